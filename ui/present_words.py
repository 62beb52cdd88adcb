"""What the screens of a presentation say: one sentence a question, from the same runs as the pages."""

import datetime

import numpy as np

from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions import frames, stress_words
from simulator.questions.answer import Answer, base_name, target_sentence
from simulator.questions.stress import HALF, Outcome, Report
from simulator.questions.warnings import cliff
from simulator.stress import APBD_STOPS, DBHCHT_LESS, SPONSORS

STOPPING = (APBD_STOPS, DBHCHT_LESS, SPONSORS)  # the tests in which money stops, the one to show first
MOST_NAMED = 4  # payers named in a sentence
SMALL = 0.5  # of a rupiah or a person


def last_month(run: Projection, year: int) -> int:
    """The place of a year's last month among the run's months."""
    return max(t for t, month in enumerate(run.arrays.months) if month[0] == year)


def groups(run: Projection, t: int) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names of the groups, workers insured and workers not, in month t."""
    names = [s.name for s in run.region.segments] + [run.region.other.name]
    insured = frames.by_payer(run)[:, t].sum(axis=0)
    return names, insured, np.maximum(0.0, run.arrays.workers[t, :, 0] - insured)


def newest_month(run: Projection, day: datetime.date) -> int:
    """The place of the newest month that is not after a day; 0 where the run begins later."""
    return max((t for t, month in enumerate(run.arrays.months) if month <= (day.year, day.month)), default=0)


def uncovered(today: Projection, t: int) -> str:
    """Who is not insured in month t of today's policy; beyond the first month that is reckoned, and said so."""
    names, _, gaps = groups(today, t)
    share = float(today.months.insured[t, 0] / today.base[t])
    when = fmt.month(today.arrays.months[t])
    text = f"Menurut kondisi berjalan, pada {when}" if t else f"Pada {when}"
    text += f", {fmt.percent(share)} dari {base_name(today)} terlindungi"
    if gaps.sum() < SMALL:
        return f"{text}; tidak ada kelompok pekerja yang tersisa."
    order = [i for i in np.argsort(-gaps, kind="stable")[:3] if gaps[i] >= SMALL]
    most = fmt.listing([f"{names[i]} ({fmt.count(gaps[i])})" for i in order])
    text += f"; {fmt.count(gaps.sum())} pekerja belum. Terbanyak: {most}."
    must = float(today.months.must_open[t, 0])
    if must >= SMALL:
        text += f" {fmt.count(must)} di antaranya kewajiban pemerintah daerah atau desa."
    return text


def path(a: Answer, run: Projection) -> str:
    """From where to where coverage goes until the year's end, and the target."""
    first, end = fmt.month(run.arrays.months[0]), fmt.month(run.arrays.months[last_month(run, a.year)])
    start = float(run.months.insured[0, 0] / run.base[0])
    text = f"Dari {fmt.percent(start)} {base_name(run)} pada {first}"
    text += f" menjadi {fmt.percent(a.run.coverage_end)} pada {end}"
    if abs(a.run.coverage_end - a.baseline.coverage_end) >= 0.5e-4:
        text += f" (kondisi berjalan {fmt.percent(a.baseline.coverage_end)})"
    return f"{text}; {target_sentence(a)}."


def paying(a: Answer, run: Projection) -> str:
    """Who pays how much in the year, the greatest first, and how much that is beside today."""
    row = run.years.cost[run.years.years.index(a.year), :, 0]
    paid = sorted(((float(v), f.name) for v, f in zip(row, run.region.funders, strict=True) if v > SMALL), reverse=True)
    if not paid:
        return f"Pada {a.year} tidak ada sumber pendanaan yang membayar iuran."
    named = [f"{name} {fmt.rupiah(v)}" for v, name in paid[:MOST_NAMED]]
    if rest := paid[MOST_NAMED:]:
        named.append(f"{len(rest)} sumber lain {fmt.rupiah(sum(v for v, _ in rest))}")
    text = f"Pada {a.year}: {fmt.listing(named)}"
    if len(paid) > 1:
        text += f"; bersama {fmt.rupiah(a.run.cost)}"
    if abs(a.extra_cost) > SMALL:
        text += f", {fmt.rupiah(abs(a.extra_cost))} {'lebih banyak' if a.extra_cost > 0 else 'lebih sedikit'}"
        return f"{text} daripada kondisi berjalan."
    return f"{text}, seperti kondisi berjalan."


def covered(a: Answer, run: Projection, today: Projection) -> str:
    """Which groups are insured best and least at the year's end, and where most are added."""
    t = last_month(run, a.year)
    names, insured, gaps = groups(run, t)
    sizes = insured + gaps
    shares = {i: insured[i] / sizes[i] for i in range(len(names)) if sizes[i] >= SMALL}
    if not shares:
        return f"Pada akhir {a.year} tidak ada pekerja dalam kelompok mana pun."
    best, least = max(shares, key=shares.get), min(shares, key=shares.get)
    text = f"Akhir {a.year} paling terlindungi: {names[best]}, {fmt.percent(shares[best], 0)} dari kelompoknya"
    if best != least:
        text += f"; paling sedikit: {names[least]}, {fmt.percent(shares[least], 0)}"
    added = insured - groups(today, t)[1]
    most = int(added.argmax())
    if added[most] >= SMALL:
        text += f". Tambahan terbanyak: {names[most]}, {fmt.count(added[most])} pekerja"
    return f"{text}."


def stopped(found: Report, run: Projection) -> tuple[str, Outcome | None]:
    """What happens when money stops, and the outcome that shows it: the APBD, else DBHCHT, else sponsors.

    A cut of DBHCHT by which people are lost is told besides. None where no such test can be run here.
    """
    fall = next((w.text for w in cliff(run)), "")
    if float(run.years.available.sum()) < SMALL:
        return "Tidak ada sumber pendanaan yang membayar, jadi tidak ada yang dapat berhenti.", None
    known = [found.outcome(test) for test in STOPPING]
    able = [o for o in known if o.ran]
    if not able:
        why = known[0].refused or known[0].test.none
        return " ".join(filter(None, ("Berhentinya uang belum dapat diuji di sini.", why, fall))), None
    shown, text = able[0], stress_words.outcome(able[0], found)
    less = next((o for o in able[1:] if o.test.id == DBHCHT_LESS and o.loss.most >= HALF), None)
    if less:
        text += f" {less.test.name}: {stress_words.lost_words(less.loss)}."
    elif shown.loss.most < HALF and fall:
        text += f" {fall}"
    return text, shown


def footing(run: Projection, scenario: str, year: int, version: str, proposed: datetime.date | None = None) -> str:
    """The small line under each screen: whose it is, the base with its source, year and version.

    `proposed` is today where something is proposed: a run that began before says since when it is reckoned to hold.
    """
    base, region = run.region.coverage_base, run.region
    number = base.workers
    known = region.references.get(number.reference) if number.reference else None
    dated = f", {fmt.date_text(number.as_of)}" if number.as_of else ""
    source = f" · Sumber: {known.title}" if known else ""
    size = f"{base_name(run)}, {fmt.count(number.value)} orang{dated}{source}"
    first = run.arrays.months[0]
    past = proposed is not None and first < (proposed.year, proposed.month)
    since = f" · dihitung seolah berlaku sejak {fmt.month(first)}" if past else ""
    return f"{region.title} · {scenario} · {year}{since} · Penyebut: {size} · Model versi {version}"
