"""What the screens of a presentation say: one sentence a question, from the same runs as the pages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions import frames, stress_words
from simulator.questions.answer import Answer, base_name, target_sentence
from simulator.questions.settings import Setting, differences, words
from simulator.questions.stress import HALF, Outcome, Report
from simulator.questions.warnings import cliff
from simulator.region import Region
from simulator.stress import APBD_STOPS, DBHCHT_LEAST, DBHCHT_LESS, LATE, SPONSORS

MONEY = (DBHCHT_LESS, DBHCHT_LEAST, APBD_STOPS, LATE, SPONSORS)  # the tests in which somebody pays less
MOST_NAMED = 4  # payers named in a sentence
SMALL = 0.5  # of a rupiah or a person


@dataclass(frozen=True)
class Decision:
    """What one payer is asked to decide: (what, from, to) of each setting, and what it pays in the year in words."""

    payer: str
    changes: tuple[tuple[str, str, str], ...]
    pays: str


def last_month(run: Projection, year: int) -> int:
    """The place of a year's last month among the run's months."""
    return max(t for t, month in enumerate(run.arrays.months) if month[0] == year)


def groups(run: Projection, t: int) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names of the groups, workers insured and workers not, in month t."""
    names = [s.name for s in run.region.segments] + [run.region.other.name]
    insured = frames.by_payer(run)[:, t].sum(axis=0)
    return names, insured, np.maximum(0.0, run.arrays.workers[t, :, 0] - insured)


def uncovered(today: Projection) -> str:
    """Who is not insured when the run begins."""
    names, _, gaps = groups(today, 0)
    share = float(today.months.insured[0, 0] / today.base[0])
    text = f"Pada {fmt.month(today.arrays.months[0])}, {fmt.percent(share)} dari {base_name(today)} terlindungi"
    if gaps.sum() < SMALL:
        return f"{text}; tidak ada kelompok pekerja yang tersisa."
    order = [i for i in np.argsort(-gaps, kind="stable")[:3] if gaps[i] >= SMALL]
    most = fmt.listing([f"{names[i]} ({fmt.count(gaps[i])})" for i in order])
    text += f"; {fmt.count(gaps.sum())} pekerja belum. Terbanyak: {most}."
    must = float(today.months.must_open[0, 0])
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
    """What happens when money stops: the worst of those tests in words, and its outcome; None where nothing happens."""
    lost = [o for o in found.outcomes if o.test.id in MONEY and o.ran and o.loss.most >= HALF]
    fall = next((w.text for w in cliff(run)), "")
    if not lost:
        none = "Tidak ada uji berhentinya uang yang membuat orang kehilangan perlindungan."
        return " ".join(filter(None, (none, fall))), None
    worst = max(lost, key=lambda o: o.loss.most)
    return stress_words.outcome(worst, found), worst


def decisions(today: Projection, run: Projection, year: int) -> list[Decision]:
    """What every payer is asked to decide: its settings that differ from today's, main ones first."""
    row = dict(zip(run.region.funder_ids, run.years.cost[run.years.years.index(year), :, 0], strict=True))
    changes: dict[str, list[tuple[str, str, str]]] = {}
    for before, after in _funder_differences(today.region, run.region):
        named = after or before
        changes.setdefault(named.group, []).append((named.label, words(before), words(after)))
    names = {f.id: f.name for f in (*today.region.funders, *run.region.funders)}
    return [
        Decision(names[key], tuple(own), f"{fmt.rupiah(float(row.get(key, 0.0)))} pada {year}")
        for key, own in changes.items()
    ]


def _funder_differences(one: Region, other: Region) -> list[tuple[Setting | None, Setting | None]]:
    payers = {*one.funder_ids, *other.funder_ids}
    return [(a, b) for a, b in differences(one, other) if (a or b).group in payers]


def asked(a: Answer, run: Projection, decided: Sequence[Decision]) -> str:
    """What this meeting is asked for, in a sentence."""
    if not decided:
        return "Belum ada yang diminta: pendanaannya sama dengan kondisi berjalan. Geser parameter atau pilih skenario."
    who = f"{len(decided)} sumber berikut" if len(decided) > 1 else f"{decided[0].payer}"
    end = fmt.month(run.arrays.months[last_month(run, a.year)])
    text = f"Persetujuan atas pendanaan dari {who}, agar {fmt.percent(a.run.coverage_end)} dari {base_name(run)}"
    text += f" terlindungi pada {end}, dengan iuran {fmt.rupiah(a.run.cost)} setahun"
    if a.run.apbd_cost >= SMALL and abs(a.run.cost - a.run.apbd_cost) >= SMALL:
        text += f", {fmt.rupiah(a.run.apbd_cost)} di antaranya uang pemerintah daerah"
    return f"{text}."


def footing(run: Projection, scenario: str, year: int, version: str) -> str:
    """The small line under each screen: whose it is, the base with its source, year and version."""
    base, region = run.region.coverage_base, run.region
    number = base.workers
    known = region.references.get(number.reference) if number.reference else None
    dated = f", {fmt.date_text(number.as_of)}" if number.as_of else ""
    source = f"; {known.title}" if known else ""
    size = f"{base_name(run)}, {fmt.count(number.value)} orang{dated}{source}"
    return f"{region.title} · {scenario} · {year} · Penyebut: {size} · Model versi {version}"
