"""The budget cap: by how much a run passes a yearly total, and ways to mend it with what each costs in coverage."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulator import indonesian as fmt
from simulator.batch import run_batch
from simulator.projection import Projection, project
from simulator.questions import cap_words as words
from simulator.questions.answer import figures
from simulator.registry import LARGEST
from simulator.schema import BudgetFunder, Region, SponsorFunder

APBD, ALL = "apbd", "semua"  # scopes; any other is a funder's id
SMALL = 0.5  # people: less is rounding
TAKERS = 3  # other funders proposed at most
_CALENDAR = ("annual_budget", "start_month", "months")
_DOWN, _UP = 1e9, 1e6  # shares of sponsors are rounded down and up to such parts
_PASSES, _FINE = 6, 1e-6  # a search ends when what is left open is this small beside the value
_CLOSE = 1e-6  # people: a float's last digits


@dataclass(frozen=True)
class YearOver:
    """Rp in scope in one year, and by how much that passes the cap (0 where it does not)."""

    year: int
    cost: float
    over: float


@dataclass(frozen=True)
class Mend:
    """A way to keep the cap in every year. `kind` is months, group or funder; `title` and `text` are Indonesian.

    `changes` are lever paths with their values, to be set over the changes that were given. Figures are of the year
    asked about, from the run with these changes: `cost` Rp in scope, `total_cost` Rp of all funders, shares of the
    coverage base, and workers fewer than in the run as it is (negative: more).
    """

    kind: str
    title: str
    text: str
    changes: dict[str, Any]
    cost: float
    total_cost: float
    coverage_end: float
    coverage_average: float
    lost_end: float
    lost_average: float


@dataclass(frozen=True)
class CapAnswer:
    """A run beside a cap in Rp a year. `worst` is the dearest year; where no year is over there are no mends."""

    cap: float
    scope: str
    scope_name: str
    years: tuple[YearOver, ...]
    worst: YearOver
    mends: tuple[Mend, ...]
    sentence: str


def funders_in(region: Region, scope: str) -> tuple[str, ...]:
    """Ids of the funders that a cap counts: `apbd` all that the government pays, `semua` all, else the one named.

    `apbd` is the group even where a funder has that id. Raises ValueError for a funder that is not there.
    """
    if scope == ALL:
        return region.funder_ids
    if scope == APBD:
        return tuple(f.id for f in region.funders if f.payer == "government")
    if scope not in region.funder_ids:
        raise ValueError(f"no funder {scope!r}")
    return (scope,)


def over(run: Projection, cap: float, scope: str) -> tuple[YearOver, ...]:
    """Every simulated year of a run beside the cap. Raises ValueError for a cap that is negative or not finite."""
    if not (math.isfinite(cap) and cap >= 0):
        raise ValueError(f"a cap is a finite number of rupiah, not below 0: {cap}")
    rows = [run.region.funder_ids.index(k) for k in funders_in(run.region, scope)]
    costs = run.years.cost[:, rows, 0].sum(axis=1)
    passed = np.where(costs - cap > _slack(cap), costs - cap, 0.0)
    return tuple(YearOver(y, float(c), float(o)) for y, c, o in zip(run.years.years, costs, passed, strict=True))


def check(
    region: Region,
    cap: float,
    scope: str,
    year: int,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> CapAnswer:
    """A region's run beside a cap that holds in every simulated year; ways to mend it where it is passed.

    Raises ValueError for a bad cap, scope or year, and InputError as `project` does.
    """
    run = project(region, scenario, changes)
    years = over(run, cap, scope)
    if year not in run.years.years:
        raise ValueError(f"{year} is not simulated")
    # of years that cost the same to the rupiah the one asked about, else the first
    worst = max(years, key=lambda y: (y.over > 0, round(y.cost), y.year == year, -y.year))
    mends: list[Mend | None] = []
    if worst.over:
        case = _Case(region, scenario, dict(changes or {}), run, float(cap), scope, year)
        settings, what = _group(case)
        cut = case.replay(settings)
        group = _mend(case, "group", "Kurangi pekerja yang dibayari", what, settings, cut)
        mends = [*_months(case), group, *_takeovers(case, cut, settings, what)]
    name = words.scope_name(region, scope)
    sentence = words.sentence(name, float(cap), years, worst, others=scope != ALL)
    return CapAnswer(float(cap), scope, name, years, worst, tuple(m for m in mends if m), sentence)


def _slack(cap: float) -> float:
    """Rp that are a float's last digits, not money: half a rupiah, and nearly nothing where the cap is nothing."""
    return min(0.5, 1e-6 + 1e-3 * cap)


@dataclass(frozen=True)
class _Case:
    """What was asked, and the run as it is."""

    region: Region
    scenario: str | None
    changes: dict[str, Any]
    run: Projection
    cap: float
    scope: str
    year: int

    @cached_property
    def rows(self) -> list[int]:
        """Rows of the funders in scope."""
        return [self.run.region.funder_ids.index(k) for k in funders_in(self.run.region, self.scope)]

    @property
    def row(self) -> int:
        """The year's row in yearly figures."""
        return self.run.years.years.index(self.year)

    def room(self, cost: np.ndarray) -> np.ndarray:
        """Rp under the cap in the dearest year, (n,), from cost (Y, K, n); negative where the cap is passed."""
        return self.cap - cost[:, self.rows].sum(axis=1).max(axis=0)

    def replay(self, settings: Mapping[str, Any]) -> Projection:
        """The run with more changes."""
        return project(self.region, self.scenario, {**self.changes, **settings})


def _mend(case: _Case, kind: str, title: str, what: str, settings: dict, run: Projection) -> Mend | None:
    """The mend by its run; None where that passes the cap after all."""
    years = over(run, case.cap, case.scope)
    if any(y.over for y in years):
        return None
    before, after = figures(case.run, case.year), figures(run, case.year)
    cost = years[case.row].cost
    told = f"biaya {words.scope_name(case.region, case.scope)} {case.year} menjadi {fmt.rupiah(cost)}"
    if kind == "funder":
        told += f" dan biaya semua sumber {fmt.rupiah(after.cost)}"
    return Mend(
        kind=kind,
        title=title,
        text=words.effect(what, told, run, case.year, before, after),
        changes=settings,
        cost=cost,
        total_cost=after.cost,
        coverage_end=after.coverage_end,
        coverage_average=after.coverage_average,
        lost_end=before.insured_end - after.insured_end,
        lost_average=before.insured_average - after.insured_average,
    )


def _search(grids: list[np.ndarray], score: Callable[[list[np.ndarray]], list[np.ndarray]]) -> list[float]:
    """For each grid, which leads from what surely does to things as they are, the last point that will do.

    A point does where its score is not below 0; where none does, where it is as good as the best. `score` takes the
    points of all grids in one pass. The whole grid is scanned, as scores need not fall evenly; then the gap behind
    the last point that does is narrowed.
    """
    scores = score(grids)
    lowest = [0.0 if y.max() >= 0 else float(y.max()) - _CLOSE for y in scores]
    ends = [_ends(x, y - low) for x, y, low in zip(grids, scores, lowest, strict=True)]
    for _ in range(_PASSES):
        points = [_between(*e) for e in ends]
        if not any(len(x) for x in points):
            break
        ends = [
            _ends(np.array([e[0], *x, e[2]]), np.array([e[1], *(y - low), e[3]]))
            for e, x, y, low in zip(ends, points, score(points), lowest, strict=True)
        ]
    return [e[0] for e in ends]


def _ends(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float, float]:
    """The last point that does and the next one, which does not, each with its score."""
    i = int(np.flatnonzero(y >= 0)[-1])
    j = min(i + 1, len(x) - 1)
    return float(x[i]), float(y[i]), float(x[j]), float(y[j])


def _between(good: float, high: float, bad: float, low: float) -> np.ndarray:
    """Points between two: evenly spread, and close around where a straight line between their scores meets 0."""
    if abs(good - bad) <= _FINE * max(abs(good), abs(bad)):
        return np.zeros(0)
    meets = high / (high - low) if high > 0 else 0.0
    near = 10.0 ** -np.arange(1, 9)
    parts = np.unique(np.concatenate([np.linspace(0, 1, 22), meets - near, [meets], meets + near]))
    return good + (bad - good) * parts[(parts > 0) & (parts < 1)]


def _months(case: _Case) -> list[Mend | None]:
    """The same people a month in fewer months: the most months that keep the cap, if any do."""
    run, first = case.run, case.run.region.first_month[0]
    money = {k: run.arrays.funders[k].spendable for k in case.rows}
    funders = [run.region.funders[k] for k, rupiah in money.items() if rupiah is not None and rupiah.any()]
    lengths = [q.value for f in funders for q in (f.months, *(s.months for s in f.by_year.values())) if q]
    choices = [
        {path: v for f in funders for path, v in _shorter(f, first, most, whole=True).items()}
        for most in range(1, int(max(lengths, default=1)))
    ]
    if not choices:
        return []
    batch = run_batch(run.region, {path: [c[path] for c in choices] for path in choices[0]})
    fits = np.flatnonzero(case.room(batch.years.cost) >= -_slack(case.cap) / 2)
    if not len(fits):
        return []
    most = int(fits[-1]) + 1
    cut = [(f, _shorter(f, first, most, whole=False)) for f in funders]
    what = words.months([f for f, changed in cut if changed], most)
    settings = {path: v for _, changed in cut for path, v in changed.items()}
    return [_mend(case, "months", f"Bayar paling lama {most} bulan", what, settings, case.replay(settings))]


def _shorter(funder: BudgetFunder, first: int, most: int, whole: bool) -> dict[str, float]:
    """A funder's calendar with at most `most` months a year and each month's money as it was, by path.

    Whoever pays until December still does; others keep their start. `whole` gives every setting, else those alone
    that differ from what would stand there without them. `first` is the first year of the run.
    """
    usual = [getattr(funder, k).value for k in _CALENDAR]
    now = _cut(*usual, most)
    rows = [(funder.id, now, usual)]
    for year, single in funder.by_year.items():
        growth = (1 + funder.budget_growth.value) ** (year - first)
        own = [getattr(single, k) for k in _CALENDAR]
        was = [q.value if q else u for q, u in zip(own, (usual[0] * growth, *usual[1:]), strict=True)]
        follows = (now[0] * growth, *now[1:])
        then = _cut(*was, most)
        if own[0] is None and then[2] * usual[2] == now[2] * was[2]:
            then = (follows[0], *then[1:])  # cut in proportion: it goes on following the usual budget
        stands = [q.value if q else f for q, f in zip(own, follows, strict=True)]
        rows.append((f"{funder.id}.by_year.{year}", then, stands))
    return {
        f"{owner}.{k}": v
        for owner, new, old in rows
        for k, v, was in zip(_CALENDAR, new, old, strict=True)
        if whole or v != was
    }


def _cut(budget: float, start: float, months: float, most: int) -> tuple[float, float, float]:
    """(budget in whole Rp, start, months) with at most `most` months."""
    if months <= most:
        return budget, start, months
    return float(math.floor(budget * most / months)), 13.0 - most if start + months == 13 else start, float(most)


def _group(case: _Case) -> tuple[dict[str, float], str]:
    """Fewer people in the same months: the largest part of all budgets and sponsors in scope that keeps the cap.

    Returns the settings and what they change in words.
    """

    def score(grids: list[np.ndarray]) -> list[np.ndarray]:
        cost = run_batch(case.run.region, _scaled(case, grids[0])).years.cost
        return [case.room(cost) + _slack(case.cap) / 1000]

    # much money may lie idle, so small parts count too
    grid = np.unique(np.concatenate([np.linspace(0, 1, 101), np.geomspace(1e-7, 0.01, 12)]))
    factor = _search([grid], score)[0]
    settings = {path: float(v[0]) for path, v in _scaled(case, np.array([factor])).items()}
    return settings, words.cut(case.run, case.rows, case.year, factor)


def _scaled(case: _Case, factor: np.ndarray) -> dict[str, np.ndarray]:
    """Budgets (whole Rp) and shares of sponsors in scope times factor (n,), by path, rounded down."""
    found = {}
    for k in case.rows:
        funder = case.run.region.funders[k]
        if isinstance(funder, SponsorFunder):
            shares = {n: getattr(funder, n).value for n in ("participation", "initial_participation")}
            found |= {f"{funder.id}.{n}": np.floor(v * factor * _DOWN) / _DOWN for n, v in shares.items() if v}
            continue
        budgets = {f"{funder.id}.by_year.{y}.annual_budget": s.annual_budget for y, s in funder.by_year.items()}
        budgets[f"{funder.id}.annual_budget"] = funder.annual_budget
        found |= {path: np.floor(q.value * factor) for path, q in budgets.items() if q and q.value}
    return found


@dataclass(frozen=True)
class _Taker:
    """A funder that could take over: its lever, what that is set to, and more than could ever be paid out."""

    funder: BudgetFunder | SponsorFunder
    path: str
    year: int | None  # the year that the lever's budget is told for
    now: float
    top: float


def _takeovers(case: _Case, cut: Projection, settings: dict[str, float], what: str) -> list[Mend | None]:
    """After the cut another funder pays as much as brings year-end coverage back, or as near as it can; best first.

    `settings` and `what` are the cut's.
    """
    end = max(t for t, month in enumerate(case.run.arrays.months) if month[0] == case.year)
    lost = (case.run.months.segments - cut.months.segments)[end, :, 0] > SMALL
    goal, left = (float(p.years.insured_end[case.row, 0]) for p in (case.run, cut))
    takers = _takers(case, cut, lost, end) if goal - left > SMALL else []
    if not takers:
        return []

    def score(grids: list[np.ndarray]) -> list[np.ndarray]:
        years = run_batch(cut.region, _blocks(takers, grids)).years
        fits = case.room(years.cost) >= -_slack(case.cap) / 2
        people = np.where(fits, years.insured_end[case.row] - goal + _CLOSE, -np.inf)
        return np.split(people, np.cumsum([len(x) for x in grids])[:-1])

    spread = np.unique(np.concatenate([np.linspace(0, 1, 9), np.geomspace(1e-5, 1, 18)]))[::-1]
    found = _search([t.now + (t.top - t.now) * spread for t in takers], score)
    values = [_up(t, x) for t, x in zip(takers, found, strict=True)]
    years = run_batch(cut.region, _blocks(takers, [np.array([v]) for v in values])).years
    back = years.insured_end[case.row] - left
    # who brings all back is equal, and the cheapest is best
    total = np.round(years.cost[case.row].sum(axis=0), -3)
    order = np.lexsort((total, -np.round(np.minimum(back, goal - left - 2 * _CLOSE), 2)))
    mends = []
    for i in [i for i in order if back[i] > SMALL][:TAKERS]:
        t, changed = takers[i], {**settings, takers[i].path: values[i]}
        told = f"{what}, lalu {words.raised(t.funder, t.year, t.now, values[i], back[i], goal - left)}"
        mends.append(_mend(case, "funder", f"Alihkan ke {t.funder.name}", told, changed, case.replay(changed)))
    return mends


def _blocks(takers: list[_Taker], grids: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Columns in which one funder's lever is set and all others stand still, funder after funder."""
    return {
        t.path: np.concatenate([x if i == k else np.full(len(x), t.now) for k, x in enumerate(grids)])
        for i, t in enumerate(takers)
    }


def _takers(case: _Case, cut: Projection, lost: np.ndarray, end: int) -> list[_Taker]:
    """Funders outside the scope that pay in month `end`, may pay in a segment that lost people (S,) and have more."""
    found = []
    for k, funder in enumerate(cut.region.funders):
        if k in case.rows or not lost[cut.arrays.funders[k].row_numbers].any():
            continue
        if isinstance(funder, SponsorFunder):
            top = 1.0 if funder.start_after.value <= end else 0.0
            found.append(_Taker(funder, f"{funder.id}.participation", None, funder.participation.value, top))
        else:
            found.append(_budget_taker(case, cut, k, funder, cut.arrays.months[end][1]))
    return [t for t in found if t.now < t.top]


def _budget_taker(case: _Case, cut: Projection, k: int, funder: BudgetFunder, month: int) -> _Taker:
    """A budget as taker: its lever is the budget that holds in the year asked about; nothing where it pays no more."""
    first, a, single = cut.region.first_month[0], cut.arrays, funder.by_year.get(case.year)
    own = {n: getattr(single, n) for n in _CALENDAR if getattr(single, n, None)}
    start, months = (own.get(n, getattr(funder, n)).value for n in _CALENDAR[1:])
    growth = 1.0 if "annual_budget" in own else (1 + funder.budget_growth.value) ** (case.year - first)
    spent = funder.absorption.value * growth * (1 - cut.region.assumptions.overlap.value)
    pays = start <= month < start + months and spent > 0
    top = min(LARGEST, 12 * float(a.funders[k].price.max() * a.workers.sum(axis=1).max()) / spent) if pays else 0.0
    path, year, now = f"{funder.id}.annual_budget", first if funder.budget_growth.value else None, funder.annual_budget
    if "annual_budget" in own:
        path, year, now = f"{funder.id}.by_year.{case.year}.annual_budget", case.year, own["annual_budget"]
    return _Taker(funder, path, year, now.value, top)


def _up(taker: _Taker, value: float) -> float:
    """A budget in whole Rp, a share in whole steps, rounded up."""
    if isinstance(taker.funder, BudgetFunder):
        return float(math.ceil(value))
    return min(1.0, math.ceil(value * _UP) / _UP)
