"""What a proposal's runs bear out, and the recommendation that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.questions import answer as answers
from simulator.questions import compare, risk_words
from simulator.questions.measure import END
from simulator.questions.warnings import optimistic_sponsors

if TYPE_CHECKING:
    from reports.gather import Facts

HALF = 0.5
CHEAPER = 1e6  # Rp a year; less is no reason to prefer another
OPTIMISTIC = "optimistic_sponsors"  # a warning's kind
NOBODY, FEWER_AT_END, HOPEFUL, SOUND = "nobody", "fewer_at_end", "hopeful", "sound"


def verdict(a: answers.Answer, run: Projection) -> str:
    """NOBODY: over the year nobody is added; FEWER_AT_END: people are, but the year ends with fewer than today's
    policy; HOPEFUL: more sponsors are counted on than ever came elsewhere; SOUND: none of these.
    """
    if a.added_average < HALF:
        return NOBODY
    if a.added <= -HALF:
        return FEWER_AT_END
    return HOPEFUL if hopes(run) else SOUND


def hopes(run: Projection) -> bool:
    """Whether more sponsors are counted on than ever came elsewhere."""
    return any(True for _ in optimistic_sponsors(run))


def recommendation(f: Facts) -> str:
    """What the runs bear out in one sentence: the proposal, what is better in everything, or not to do it."""
    a, name = f.answer, f"“{f.main.name}”"
    if better := better_one(f):
        side = compare.find(f.sides, better)
        than = "kondisi berjalan" if f.is_today else name
        start = f"Disarankan “{side.name}”, yang tidak kalah dari {than} dalam cakupan, biaya, maupun kewajiban"
        return f"{start}: {_people(f, f.answers[better])}, {_money(f, f.answers[better])}{_target(f.answers[better])}."
    if f.is_today:
        start = "Belum ada yang diusulkan; ini keadaan bila kebijakan tidak berubah"
        return f"{start}: {_people(f, a)}, {_money(f, a)}{_target(a)}."
    found = verdict(a, f.run)
    if found == NOBODY:
        what = "perlindungan sepanjang tahun" if a.added >= HALF else "perlindungan"
        start = f"Tidak disarankan menjalankan {name} apa adanya: {what} tidak bertambah"
        return f"{start}; {_people(f, a)}, {_money(f, a)}{_target(a)}."
    if found == FEWER_AT_END:
        start = f"Belum disarankan menjalankan {name} apa adanya"
        return f"{start}: {_people(f, a)}, {_money(f, a)}{_target(a)}."
    start = f"Disarankan {name}"
    if a.reached is False and a.target is not None:
        start += f", walau belum sampai ke {_goal(a)} (kurang {fmt.count(a.short)} pekerja)"
    if found == HOPEFUL:
        start += ", dengan syarat kesanggupan para penanggung dipastikan dahulu"
    return f"{start}: {_people(f, a)}, {_money(f, a)}{_target(a) if a.reached is not False else ''}.{_plan(f)}"


def _people(f: Facts, a: answers.Answer) -> str:
    """People beside today's policy at the year's end, and on average where the end alone would mislead."""
    base = f"{fmt.percent(a.run.coverage_end)} dari {f.base}"
    if abs(a.added) < HALF:
        return f"pada {f.when}, {fmt.count(a.run.insured_end)} pekerja terlindungi, {base}"
    word = "lebih banyak" if a.added > 0 else "lebih sedikit"
    return (
        f"pada {f.when}, {fmt.count(abs(a.added))} pekerja {word} terlindungi daripada kondisi berjalan"
        f"{answers.average_words(a)}, menjadi {fmt.count(a.run.insured_end)} atau {base}"
    )


def _money(f: Facts, a: answers.Answer) -> str:
    paid = f"dengan iuran {fmt.rupiah(a.run.cost)} setahun"
    if HALF <= a.run.apbd_cost < a.run.cost - HALF:
        return f"{paid} ({fmt.rupiah(a.run.apbd_cost)} di antaranya uang pemerintah daerah)"
    return f"{paid} dari uang pemerintah daerah" if a.run.apbd_cost >= HALF else paid


def _goal(a: answers.Answer) -> str:
    target = a.target
    return f"{target.name} {fmt.percent(target.coverage.value)} pada {int(target.year.value)}" if target else ""


def _target(a: answers.Answer) -> str:
    return f"; {answers.target_sentence(a)}" if a.target is not None else ""


def _plan(f: Facts) -> str:
    """Said where the answer lies outside what is likely."""
    if f.main_risk.certain or not (band := f.main_risk.band(END, f.year)).outside:
        return ""
    return f" Itu angka rencana: delapan dari sepuluh kemungkinan {risk_words.shares(band.p10, band.p90)}."


def public_money(f: Facts) -> str:
    """How the government's money of the year is called: by its one funder, or as what several pay together."""
    i = f.row
    paid = [
        x.name
        for k, x in enumerate(f.run.region.funders)
        if x.payer == "government" and float(f.run.years.cost[i, k, 0]) >= HALF
    ]
    return paid[0] if len(paid) == 1 else "uang pemerintah daerah"


def better_one(f: Facts) -> str:
    """The key of another proposal that is nowhere worse than main and somewhere better; empty where there is none."""
    main, best = f.answer.run, ""
    for key, a in f.answers.items():
        if not key.isdigit() or hopes(compare.find(f.sides, key).run):
            continue
        x = a.run
        least = ((x.coverage_end, main.coverage_end), (x.coverage_average, main.coverage_average))
        most = ((x.cost, main.cost), (x.apbd_cost, main.apbd_cost), (x.must_uninsured, main.must_uninsured))
        sound = all(new >= old - 1e-9 for new, old in least) and all(new <= old + HALF for new, old in most)
        more, cheaper = x.coverage_average > main.coverage_average + 5e-5, x.cost < main.cost - CHEAPER
        if sound and (more or cheaper):
            best, main = key, x
    return best
