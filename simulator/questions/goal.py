"""Goal seek, both ways: which setting of a lever reaches a coverage, and what a setting buys.

The whole range of a lever is looked at in one batch, for coverage need not rise evenly with it; the range around
the first crossing is then looked at more closely, and the setting found is run once more as the proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator import arrays
from simulator.engine import run_months
from simulator.projection import Projection, project
from simulator.questions import lever_range, limits
from simulator.questions import measure as measures
from simulator.region import configure
from simulator.schema import Region

GRID = 129  # settings looked at first, over the whole range
CLOSER = 41  # settings in each closer look
AROUND = np.concatenate([-np.geomspace(1e-2, 1e-10, 9), np.geomspace(1e-10, 1e-2, 9)])  # of the way between two
LOOKS = 7
CLOSE_ENOUGH = 1e-3  # workers


@dataclass(frozen=True)
class Goal:
    """The setting of one lever for a coverage in a year.

    `value` is the setting found; where `reached` is false it is the nearest, and `limits` say what is in the way.
    `coverage` (by `measure`), `end` and `average` are shares of the coverage base in `run`, the run that proves it.
    `now` is the lever's present setting (None: no limit), `coverage_now` what it gives. `rising` tells whether more
    of the lever gives more coverage: then `value` is the least that reaches the target, else the most. `has_effect` is
    false where no setting between `low` and `high` changes anything.
    """

    lever: str
    value: float
    target: float
    year: int
    measure: str
    coverage: float
    reached: bool
    end: float
    average: float
    now: float | None
    coverage_now: float
    rising: bool
    low: float
    high: float
    has_effect: bool
    limits: tuple[limits.Limit, ...]
    run: Projection

    @property
    def apart(self) -> bool:
        """Whether year's end and average differ by more than a point."""
        return abs(self.end - self.average) > measures.APART


def seek(
    region: Region,
    lever: str,
    coverage: float,
    year: int,
    measure: str = measures.END,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Goal:
    """The setting of `lever` that brings coverage (a share of the base) to at least `coverage` in `year`.

    `low` and `high` narrow the lever's range. Raises InputError for what cannot be asked: a lever that is none, a
    year outside the run, a share outside 0…1.
    """
    settled = configure(region, scenario, changes)
    measures.check_question(settled, year, coverage, measure)
    short = measures.until(settled, year)
    grid = lever_range.settings(short, lever, GRID, low, high)
    now = lever_range.now(settled, lever)
    seen = _shares(short, lever, grid if now is None else np.append(grid, now), year, measure)
    at_present, seen = None if now is None else float(seen[-1]), seen[: len(grid)]
    rising = bool(seen[-1] >= seen[0])
    flat = bool(np.ptp(seen) < measures.ROUNDING)
    value = _find(short, lever, grid, seen, coverage, year, measure, rising)
    if now is not None and flat and grid[0] <= now <= grid[-1]:
        value = now  # it changes nothing, so it stays
    value = lever_range.whole_rupiah(lever, settled, value, grid[-1])
    final = {**(changes or {}), lever: lever_range.plain(lever, settled, value)}
    run = project(region, scenario, final)
    got = measures.share(run, year, measure)
    reached = measures.reaches(got, coverage)
    y = run.years.years.index(year)
    return Goal(
        lever=lever,
        value=final[lever],
        target=coverage,
        year=year,
        measure=measure,
        coverage=got,
        reached=reached,
        end=float(run.years.coverage_end[y, 0]),
        average=float(run.years.coverage_average[y, 0]),
        now=now,
        coverage_now=at_present if at_present is not None else _present(region, scenario, changes, year, measure),
        rising=rising,
        low=float(grid[0]),
        high=float(grid[-1]),
        has_effect=not flat,
        limits=() if reached else _limits(run, lever, year, measure, flat),
        run=run,
    )


def curve(
    region: Region,
    lever: str,
    year: int,
    measure: str = measures.END,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    top: float | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """(settings, coverage): what every setting of a lever gives in a year, evenly over its range up to `top`."""
    settled = configure(region, scenario, changes)
    measures.check_question(settled, year, None, measure)
    short = measures.until(settled, year)
    grid = lever_range.settings(short, lever, GRID, None, top)
    return grid, _shares(short, lever, grid, year, measure)


def _limits(run: Projection, lever: str, year: int, measure: str, flat: bool) -> tuple[limits.Limit, ...]:
    """What is in the way; a lever that changes nothing is told as such unless its funder's own limits say why."""
    owner = lever.split(".")[0]
    if owner not in run.region.funder_ids:
        found = () if flat else limits.of_all(run, year, measure)
    else:
        found = limits.of_funder(run, owner, year, measure)
        found += () if flat else limits.of_people(run, owner, year)
    return found or (limits.Limit("no_effect" if flat else "highest"),)


def _present(region: Region, scenario: str | None, changes: Mapping[str, Any] | None, year: int, measure: str) -> float:
    """Coverage with the present setting."""
    return measures.share(project(region, scenario, changes), year, measure)


def _shares(region: Region, lever: str, values: np.ndarray, year: int, measure: str) -> np.ndarray:
    a = arrays.build(region, {lever: values})
    found = measures.shares(a, run_months(a, a.n), year, measure)
    return np.broadcast_to(found, values.shape)


def _between(ends: np.ndarray, shares: np.ndarray, goal: float) -> np.ndarray:
    """Settings between two that lie around the goal, in their order: evenly, and closely around the one that would
    reach it were coverage a straight line there, as it mostly is."""
    step = ends[1] - ends[0]
    straight = (goal - shares[0]) / (shares[1] - shares[0])
    parts = np.concatenate([np.linspace(0, 1, CLOSER), straight + AROUND, [straight]])
    return ends[0] + step * np.unique(np.clip(parts, 0.0, 1.0))


def _find(
    region: Region,
    lever: str,
    grid: np.ndarray,
    seen: np.ndarray,
    goal: float,
    year: int,
    measure: str,
    rising: bool,
) -> float:
    """The least setting that reaches the goal (the most, where coverage falls with the lever); else the nearest."""
    order = slice(None) if rising else slice(None, None, -1)
    values, shares = grid[order], seen[order]
    if not (shares >= goal).any():
        return float(values[np.argmax(shares >= shares.max() - 1e-12)])
    people = float(region.coverage_base.workers.value)
    whole = lever_range.field(region, lever).whole
    for _ in range(LOOKS):
        i = int(np.argmax(shares >= goal))
        if i == 0 or whole or (shares[i] - shares[i - 1]) * people < CLOSE_ENOUGH:
            break
        closer = _between(values[i - 1 : i + 1], shares[i - 1 : i + 1], goal)
        if len(closer) < 3:
            break
        values, shares = closer, _shares(region, lever, closer, year, measure)
    return float(values[int(np.argmax(shares >= goal))])


@dataclass(frozen=True)
class Bought:
    """What a setting buys in a year against the present one. Shares of the base; people; Rp."""

    lever: str
    value: float
    coverage: float
    coverage_before: float
    added: float  # insured at year's end
    added_average: float
    cost: float  # all funders, more than before
    own_unspent: float | None  # of the lever's funder, in that year
    run: Projection
    before: Projection


def bought(
    region: Region,
    lever: str,
    value: float,
    year: int,
    measure: str = measures.END,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Bought:
    """What setting `lever` to `value` does in `year`. Raises InputError as `project` does."""
    before = project(region, scenario, changes)
    measures.check_question(before.region, year, None, measure)
    run = project(region, scenario, {**(changes or {}), lever: value})
    i = run.years.years.index(year)
    start, end = measures.span(run.arrays, year)
    owner = lever.split(".")[0]
    k = run.region.funder_ids.index(owner) if owner in run.region.funder_ids else None
    people = run.months.insured[start:end, 0] - before.months.insured[start:end, 0]
    return Bought(
        lever=lever,
        value=value,
        coverage=measures.share(run, year, measure),
        coverage_before=measures.share(before, year, measure),
        added=float(people[-1]),
        added_average=float(people.mean()),
        cost=float(run.years.cost[i].sum() - before.years.cost[i].sum()),
        own_unspent=float(run.years.unspent[i, k, 0]) if k is not None else None,
        run=run,
        before=before,
    )
