"""The answer at a glance: coverage, people and money of a run in one year, beside today's policy."""

from dataclasses import dataclass

import numpy as np

from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.registry import POPULATIONS
from simulator.schema import Target


@dataclass(frozen=True)
class Figures:
    """One run in one year. Shares are of the coverage base; money is Rp in that year; people at year's end."""

    coverage_end: float
    coverage_average: float
    active_end: float
    insured_end: float
    insured_average: float
    must_uninsured: float
    cost: float
    apbd_cost: float
    apbd_share: float | None
    others: tuple[tuple[str, float], ...]  # (population, insured at year's end as a share of it)


@dataclass(frozen=True)
class Answer:
    """A run beside today's policy in one year. `per_worker` and `per_point` are None where nobody is added."""

    year: int
    run: Figures
    baseline: Figures
    added: float  # insured at year's end over today's policy
    added_average: float  # the same, mean of the year's months
    extra_cost: float
    per_worker: float | None  # Rp for one added worker for a year
    per_point: float | None  # Rp a year for one point of average coverage
    target: Target | None
    target_share: float | None  # coverage on the target's own base
    reached: bool | None
    first_reached: int | None  # the first year whose end meets the target's coverage
    short: float | None  # workers missing to the target


def default_target(p: Projection) -> Target | None:
    """The latest target that falls in the run."""
    inside = [t for t in p.region.targets if int(t.year.value) in p.years.years]
    return max(inside, key=lambda t: t.year.value, default=None)


def target_of(p: Projection, year: int) -> Target | None:
    """The target of a year, else the next one in the run, else the last one."""
    inside = sorted((t for t in p.region.targets if int(t.year.value) in p.years.years), key=lambda t: t.year.value)
    return next((t for t in inside if t.year.value >= year), inside[-1] if inside else None)


def figures(p: Projection, year: int) -> Figures:
    """A run's figures in one year."""
    y, i = p.years, p.years.years.index(year)
    cost = y.cost[i, :, 0]
    public = np.array([f.payer == "government" for f in p.region.funders], dtype=bool)
    apbd = float(cost[public].sum()) if len(cost) else 0.0
    insured = float(y.insured_end[i, 0])
    total = p.region.apbd_total.value if p.region.apbd_total else None
    growth = insured / float(y.coverage_end[i, 0]) / p.region.coverage_base.workers.value if insured else 1.0
    months = [t for t, (when, _) in enumerate(p.arrays.months) if when == year]
    return Figures(
        coverage_end=float(y.coverage_end[i, 0]),
        coverage_average=float(y.coverage_average[i, 0]),
        active_end=float(y.active_end[i, 0]),
        insured_end=insured,
        insured_average=float(p.months.insured[months, 0].mean()),
        must_uninsured=float(y.must_uninsured[i, 0]),
        cost=float(cost.sum()),
        apbd_cost=apbd,
        apbd_share=apbd / total if total else None,
        others=tuple((b.population, insured / (b.workers.value * growth)) for b in p.region.coverage_base.also),
    )


def answer(run: Projection, baseline: Projection, year: int) -> Answer:
    """A run beside today's policy.

    per_worker = extra cost of the year / mean of the months' added workers;
    per_point = extra cost of the year / points of average coverage added.
    """
    now, today = figures(run, year), figures(baseline, year)
    extra, average = now.cost - today.cost, now.insured_average - today.insured_average
    rise = now.coverage_average - today.coverage_average
    pays = extra > 0.5 and average > 0.5
    target = target_of(run, year)
    share, reached, first, short = _against_target(run, target)
    return Answer(
        year=year,
        run=now,
        baseline=today,
        added=now.insured_end - today.insured_end,
        added_average=average,
        extra_cost=extra,
        per_worker=extra / average if pays else None,
        per_point=extra / (rise * 100) if pays and rise > 0 else None,
        target=target,
        target_share=share,
        reached=reached,
        first_reached=first,
        short=short,
    )


def _against_target(p: Projection, target: Target | None) -> tuple:
    """(share on the target's base, reached, first year that reaches it, workers short), None where not known."""
    if target is None:
        return None, None, None, None
    reached, size = p.target_reached(target), p.target_base(target)
    if reached is None or size is None:
        return None, None, None, None
    shares = p.target_shares(size)
    row = p.years.years.index(int(target.year.value))
    goal = target.coverage.value
    first = next((y for y, s in zip(p.years.years, shares, strict=True) if s >= goal), None)
    people = p.years.insured_end[row, 0] / shares[row] if shares[row] else size
    return float(shares[row]), reached, first, float(max(0.0, (goal - shares[row]) * people))


def base_name(p: Projection) -> str:
    """The coverage base in Indonesian."""
    return POPULATIONS[p.region.coverage_base.population]


def sentence(a: Answer, p: Projection, scenario_name: str) -> str:
    """The answer in one sentence, with people, money and the target."""
    base, run = base_name(p), a.run
    when = fmt.month(max(m for m in p.arrays.months if m[0] == a.year))
    share = f"{fmt.percent(run.coverage_end)} dari {base}"
    same = abs(a.added) < 0.5 and abs(a.extra_cost) < 0.5
    paid = f"dengan iuran {fmt.rupiah(run.cost)} setahun dari sumber pendanaan yang disimulasikan"
    if same:
        paid = paid if run.cost >= 0.5 else "tanpa iuran dari sumber pendanaan yang disimulasikan"
        people = fmt.count(run.insured_end)
        start = f"Seperti kondisi berjalan, pada {when}, {people} pekerja terlindungi atau {share}, {paid}"
    else:
        word = "lebih banyak" if a.added >= 0 else "lebih sedikit"
        people = f"{fmt.count(abs(a.added))} pekerja {word} terlindungi daripada kondisi berjalan"
        if abs(a.added) < 0.5:
            people = "pekerja terlindungi sama banyak dengan kondisi berjalan"
        start = (
            f"{scenario_name}: pada {when}, {people}{average_words(a)}, menjadi"
            f" {fmt.count(run.insured_end)} atau {share}, dengan iuran"
            f" {fmt.rupiah(run.cost)} setahun, {_apbd_words(run, p, a.year)}"
        )
    return f"{start}; {target_sentence(a)}."


def average_words(a: Answer) -> str:
    """The year's average where the last month alone would mislead: another sign, or less than half or twice as much."""
    end, average = a.added, a.added_average
    if abs(average) < 0.5 or (end * average > 0 and 0.5 <= end / average <= 2):
        return ""
    word = "lebih banyak" if average > 0 else "lebih sedikit"
    return f" (rata-rata setahun {fmt.count(abs(average))} {word})"


def _apbd_words(run: Figures, p: Projection, year: int) -> str:
    """What of it is the government's money; where that is more than the APBD's own budget, what else it is."""
    if run.apbd_cost < 0.5:
        return "tanpa uang APBD"
    i = p.years.years.index(year)
    public = [f.name for k, f in enumerate(p.region.funders) if f.payer == "government" and p.years.cost[i, k, 0] > 0.5]
    name = "APBD" if len(public) == 1 else f"uang pemerintah daerah ({fmt.listing(public)})"
    if abs(run.cost - run.apbd_cost) < 0.5:
        return f"seluruhnya dari {name}"
    return f"{fmt.rupiah(run.apbd_cost)} di antaranya dari {name}"


def target_sentence(a: Answer) -> str:
    """Whether the target is reached, since when, or how many workers are missing; a part of a sentence."""
    if a.target is None:
        return "daerah ini belum mempunyai target pada masa simulasi"
    year = int(a.target.year.value)
    goal = f"{a.target.name} {fmt.percent(a.target.coverage.value)} pada {year}"
    if a.reached is None:
        return f"{goal} memakai penyebut lain yang belum diketahui, jadi belum dapat dinilai"
    if a.reached:
        early = f" sejak {a.first_reached}" if a.first_reached and a.first_reached < year else ""
        return f"{goal} tercapai{early}"
    if a.first_reached:
        return f"{goal} belum tercapai, baru pada {a.first_reached}"
    return f"{goal} belum tercapai, kurang {fmt.count(a.short)} pekerja"
