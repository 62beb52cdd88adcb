"""What a scenario comes to when something goes wrong: each stress test run and held against the same scenario."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator import arrays
from simulator.engine import run_months
from simulator.faults import Fault, InputError, nearest
from simulator.projection import Projection
from simulator.questions import measure
from simulator.questions.answer import target_of
from simulator.region import configure
from simulator.schema import Region, StressSpec
from simulator.stress import ALL, BUILT_IN, StressTest, lose_members, stress_tests, written
from simulator.years import summarise

if TYPE_CHECKING:
    import pandas as pd

USUAL, STRESSED, TARGET = "Tanpa gangguan", "Dengan gangguan", "Target"  # lines of the chart
HALF = 0.5  # of a person: fewer is nobody
RECOVERED = 0.01  # of the greatest shortfall: less counts as recovered
YEAR = 12

Month = tuple[int, int]
Which = str | StressSpec


@dataclass(frozen=True)
class Loss:
    """People short of the same scenario without trouble.

    `most` the greatest shortfall of any month; `since` its first month, `worst` the greatest's, None where nobody is
    lost. `recovered` is the month from which it stays below 1% of the greatest until the run's end, `months` those
    from `since` until then; None where that does not come. `recurs` where people are lost in part of each year again
    and again, `yearly` then the months a year, None where these differ.
    """

    most: float = 0.0
    since: Month | None = None
    worst: Month | None = None
    recovered: Month | None = None
    months: int | None = None
    recurs: bool = False
    yearly: int | None = None


@dataclass(frozen=True)
class Outcome:
    """A test and what it comes to. Shares are of the coverage base; `cost` is Rp of all funders in the year.

    `run` is that of the scenario itself where the test changes nothing here (`test.none`) or is `refused`, with the
    reason in Indonesian.
    """

    test: StressTest
    run: Projection
    lowest: float
    lowest_month: Month
    end: float
    average: float
    cost: float
    reached: bool | None
    loss: Loss
    refused: str = ""

    @property
    def ran(self) -> bool:
        """Whether the test changes something and could be run."""
        return not (self.test.none or self.refused)


@dataclass(frozen=True)
class Report:
    """All tests of one setting in one year. `usual` is the setting itself, as the outcome of a test that is none."""

    year: int
    usual: Outcome
    outcomes: tuple[Outcome, ...]

    def outcome(self, test: str) -> Outcome:
        """The outcome of the test with this id. Raises KeyError."""
        found = next((o for o in self.outcomes if o.test.id == test), None)
        if found is None:
            raise KeyError(test)
        return found

    @property
    def worst(self) -> Outcome | None:
        """The single test by which most people are lost; None where nobody is lost by any."""
        lost = [o for o in self.outcomes if o.ran and o.test.id != ALL and o.loss.most >= HALF]
        return max(lost, key=lambda o: o.loss.most, default=None)


def report(
    region: Region,
    year: int,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    own: Iterable[StressSpec] = (),
) -> Report:
    """Every test of a setting: built in, of the region's file, and a user's own, in this order.

    Raises InputError for a year outside the run and a setting that breaks a rule; a test that does is told in its
    outcome.
    """
    settled = configure(region, scenario, changes)
    measure.check_question(settled, year, None, measure.END)
    usual = _run(settled, StressTest("", "Tanpa gangguan", ""), scenario, changes)
    single = [*region.stress_tests, *own]
    tests = [*stress_tests(settled), *(written(settled, spec) for spec in single)]
    found = []
    for test in tests:
        run, refused = usual, ""
        if not test.none:
            try:
                run = _run(settled, test, scenario, changes)
            except InputError as err:
                refused = _reason(err)
        found.append(_outcome(test, run, usual, year, refused))
    none = StressTest("", "Tanpa gangguan", "Skenario ini apa adanya.")
    return Report(year, _outcome(none, usual, usual, year), tuple(found))


def stressed_runs(
    region: Region,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    tests: Iterable[Which] | None = None,
) -> dict[str, Projection]:
    """Test id → run, for built-in tests and those of the file by their ids, and for tests given whole.

    Settings stand in this order: file, scenario, changes, test. Without `tests` all built-in ones and the file's. A
    test that changes nothing has the setting's own run. Raises InputError for an unknown id, and for settings, a
    test's among them, that break a rule.
    """
    settled = configure(region, scenario, changes)
    usual: Projection | None = None
    found = {}
    for test in _chosen(region, settled, tests):
        if test.none:
            usual = usual or _run(settled, StressTest("", "", ""), scenario, changes)
        found[test.id] = usual if test.none else _run(settled, test, scenario, changes)
    return found


def outcomes(
    region: Region,
    scenario: str | None,
    changes: Mapping[str, Any] | None,
    tests: Iterable[Which] | None,
    year: int,
) -> dict[str, tuple[float, float, float]]:
    """Test id → (coverage at the year's end, its average, Rp of all funders in the year); see `stressed_runs`."""
    measure.check_question(configure(region, scenario, changes), year, None, measure.END)
    found = {}
    for test, run in stressed_runs(region, scenario, changes, tests).items():
        i = run.years.years.index(year)
        y = run.years
        found[test] = (float(y.coverage_end[i, 0]), float(y.coverage_average[i, 0]), float(y.cost[i, :, 0].sum()))
    return found


def _chosen(region: Region, settled: Region, tests: Iterable[Which] | None) -> list[StressTest]:
    built = {t.id: t for t in stress_tests(settled)}
    ours = {spec.id: spec for spec in region.stress_tests}
    found = []
    for which in [*BUILT_IN, *ours] if tests is None else tests:
        if isinstance(which, str) and which in built:
            found.append(built[which])
        elif isinstance(which, str) and which not in ours:
            facts = {"value": which, "guess": nearest(which, [*built, *ours])}
            raise InputError([Fault("stress_tests", "unknown_test", facts, region._source)])
        else:
            found.append(written(settled, ours[which] if isinstance(which, str) else which))
    return found


def _run(settled: Region, test: StressTest, scenario: str | None, changes: Mapping[str, Any] | None) -> Projection:
    """A setting with a test's settings on top and its members lost."""
    region = configure(settled, None, test.settings) if test.settings else settled
    a = arrays.build(region)
    a = lose_members(a, test.members_lost) if test.members_lost else a
    m = run_months(a, 1, detail=True)
    return Projection(region, scenario, {**(changes or {}), **test.settings}, a, m, summarise(a, m))


def _reason(err: InputError) -> str:
    """Why a test cannot be run here, in Indonesian."""
    return "; ".join(dict.fromkeys(": ".join(filter(None, (f.path, f.reason()))) for f in err.faults[:3]))


# ---- what a run comes to


def _outcome(test: StressTest, run: Projection, usual: Projection, year: int, refused: str = "") -> Outcome:
    shares = run.months.insured[:, 0] / run.base
    t, i = int(shares.argmin()), run.years.years.index(year)
    target = target_of(run, year)
    return Outcome(
        test=test,
        run=run,
        lowest=float(shares[t]),
        lowest_month=run.arrays.months[t],
        end=float(run.years.coverage_end[i, 0]),
        average=float(run.years.coverage_average[i, 0]),
        cost=float(run.years.cost[i, :, 0].sum()),
        reached=None if target is None else run.target_reached(target),
        loss=loss(run.arrays.months, usual.months.insured[:, 0], run.months.insured[:, 0]),
        refused=refused,
    )


def loss(months: tuple[Month, ...], usual: np.ndarray, stressed: np.ndarray) -> Loss:
    """Shortfall d_t = max(0, usual_t − stressed_t) of insured people, (T,) each: how great, since and until when."""
    short = np.maximum(0.0, usual - stressed)
    hit = np.flatnonzero(short >= HALF)
    if not len(hit):
        return Loss()
    first, worst = int(hit[0]), int(short.argmax())
    counted = np.flatnonzero(short >= max(HALF, RECOVERED * short[worst]))
    last = int(counted[-1])
    gaps = last - int(counted[0]) + 1 > len(counted)
    lately = int((counted >= len(months) - YEAR).sum())
    recurs = gaps and 0 < lately < YEAR  # where the whole last year is lost, nothing comes back
    since, greatest = months[first], months[worst]
    if recurs:
        return Loss(float(short[worst]), since, greatest, recurs=True, yearly=_yearly(months, counted))
    if last + 1 >= len(months):
        return Loss(float(short[worst]), since, greatest)
    return Loss(float(short[worst]), since, greatest, months[last + 1], last + 1 - first)


def _yearly(months: tuple[Month, ...], counted: np.ndarray) -> int | None:
    """Months a year in which people are lost, where all whole years in which any are have as many."""
    years = [y for y, _ in months]
    lost = [years[i] for i in counted]
    each = {lost.count(y) for y in set(lost) if years.count(y) == YEAR}
    return each.pop() if len(each) == 1 else None


# ---- frames


def table(found: Report) -> "pd.DataFrame":
    """A row a test, the setting itself first (test ""): name, ran, none, refused, lowest, lowest_month, end, average,
    cost, cost_change, most_lost, since, worst, recovered, months, recurs, reached. Months as (year, month)."""
    import pandas as pd  # only where a frame is asked for

    rows = []
    for o in (found.usual, *found.outcomes):
        rows.append(
            {
                "test": o.test.id, "name": o.test.name, "ran": o.ran, "none": o.test.none, "refused": o.refused,
                "lowest": o.lowest, "lowest_month": o.lowest_month, "end": o.end, "average": o.average,
                "cost": o.cost, "cost_change": o.cost - found.usual.cost, "most_lost": o.loss.most,
                "since": o.loss.since, "worst": o.loss.worst, "recovered": o.loss.recovered,
                "months": o.loss.months, "recurs": o.loss.recurs, "reached": o.reached,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def coverage(found: Report, tests: Iterable[str]) -> "pd.DataFrame":
    """month, series (USUAL, STRESSED or TARGET), test (its name), goal, coverage (share of the base), insured."""
    import pandas as pd  # only where a frame is asked for

    from simulator.questions import frames

    chosen = [found.outcome(t) for t in tests]
    base = frames.coverage(found.usual.run, found.usual.run)
    target = base[base["series"] == "Target"].assign(series=TARGET, test="")
    parts = []
    for series, name, run in [
        (USUAL, found.usual.test.name, found.usual.run),
        *((STRESSED, o.test.name, o.run) for o in chosen),
    ]:
        rows = base[base["series"] == "Skenario"].copy()
        rows["series"], rows["test"] = series, name
        rows["insured"] = run.months.insured[:, 0]
        rows["coverage"] = run.months.insured[:, 0] / run.base
        parts.append(rows)
    return pd.concat([*parts, target], ignore_index=True)
