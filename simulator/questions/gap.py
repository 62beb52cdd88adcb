"""One funder closes the gap: what it must pay each year to reach a path of targets after all the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.faults import Fault, InputError
from simulator.projection import Projection, project
from simulator.questions import limits
from simulator.questions import measure as measures
from simulator.questions.goal import seek
from simulator.region import configure
from simulator.schema import BudgetFunder, Region


@dataclass(frozen=True)
class GapYear:
    """What one funder must pay in one year to bring coverage to that year's target, after all the others."""

    year: int
    target: float
    budget: float
    others: float  # coverage without this funder in this year
    coverage: float
    average: float
    cost: float  # Rp really paid by this funder
    reached: bool
    limits: tuple[limits.Limit, ...]


@dataclass(frozen=True)
class GapPlan:
    """A funder that closes the gap year by year: its budgets, and the run that proves them."""

    funder: str
    measure: str
    years: tuple[GapYear, ...]
    changes: Mapping[str, float]
    run: Projection


def even_path(run: Projection, coverage: float, year: int) -> dict[int, float]:
    """Year → coverage: even steps from where the run starts to the target, then the target held."""
    return path_through(run, {year: coverage})


def path_through(run: Projection, targets: Mapping[int, float], since: int | None = None) -> dict[int, float]:
    """Year → coverage: even steps through every target, then the last one held.

    They begin where the run starts; from a year `since` on, where that year finds coverage.
    """
    years = run.years.years
    before = max(years[0], since or years[0]) - 1
    start = run.region.covered.value / run.region.coverage_base.workers.value
    if before in years:
        start = float(run.years.coverage_end[years.index(before), 0])
    known = sorted({before: start, **{y: v for y, v in targets.items() if y > before}}.items())
    when, shares = zip(*known, strict=True)
    return {y: float(np.interp(y, when, shares)) for y in years if y > before}


def close_gap(
    region: Region,
    funder: str,
    path: Mapping[int, float],
    measure: str = measures.END,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    never_less: bool = False,
) -> GapPlan:
    """What `funder` (a budget) must pay each year of `path` {year: coverage} after the others' commitments.

    Years are taken in turn, as a year's payments bear on the next. With `never_less` a year's budget is at least
    that of the year before. Raises InputError where the funder has no yearly budget.
    """
    settled = configure(region, scenario, changes)
    if not isinstance(next((f for f in settled.funders if f.id == funder), None), BudgetFunder):
        raise InputError([Fault(f"{funder}.annual_budget", "unknown_path", {}, region._source)])
    for year, target in path.items():
        measures.check_question(settled, year, target, measure)
    now = dict(changes or {})
    found, least = [], 0.0
    for year, target in sorted(path.items()):
        lever = f"{funder}.by_year.{year}.annual_budget"
        others = measures.share(project(region, scenario, {**now, lever: 0.0}), year, measure)
        goal = seek(region, lever, target, year, measure, scenario, now, low=least)
        if not goal.has_effect:  # it need not pay, or its paying does not help
            goal = seek(region, lever, target, year, measure, scenario, now, low=least, high=least)
        now[lever] = goal.value
        least = goal.value if never_less else 0.0
        i, k = goal.run.years.years.index(year), goal.run.region.funder_ids.index(funder)
        cost = float(goal.run.years.cost[i, k, 0])
        found.append(
            GapYear(year, target, goal.value, others, goal.coverage, goal.average, cost, goal.reached, goal.limits)
        )
    return GapPlan(funder, measure, tuple(found), now, project(region, scenario, now))
