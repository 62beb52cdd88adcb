"""How sure a projection is: bands and chances over draws of all numbers that have a range (MODEL, Uncertainty)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.batch import run_batch
from simulator.faults import Fault, InputError
from simulator.projection import Projection, project
from simulator.questions.measure import ACTIVE, AVERAGE, END, ROUNDING
from simulator.region import configure
from simulator.schema import Quantity, Region, Target
from simulator.uncertainty.draws import DRAWS, MOST_DRAWS, Draws, apart, drawn, triangular
from simulator.uncertainty.ranges import Range, with_ranges
from simulator.years import Years

PERCENTILES = (10, 50, 90)  # of a band: its ends and its middle
COST, APBD_COST, INSURED = "cost", "apbd_cost", "insured"
DIGITS = 12  # printed: enough to see any change, too few to see a processor's last bit


@dataclass(frozen=True)
class Band:
    """10th, 50th and 90th percentile over the draws, and the run with all numbers at their likely values."""

    p10: float
    p50: float
    p90: float
    value: float

    @property
    def width(self) -> float:
        """p90 − p10."""
        return self.p90 - self.p10

    @property
    def outside(self) -> bool:
        """Whether the likely run lies outside its own band: ranges are that lopsided."""
        slack = ROUNDING * max(1.0, abs(self.value))
        return not self.p10 - slack <= self.value <= self.p90 + slack


@dataclass(frozen=True)
class Risk:
    """The draws of one setting. T months, Y years, n draws; where nothing has a range, n is 1 and bands have no width.

    `run` is the likely run. `monthly_coverage` (3, T) and `yearly_cost` (3, Y, Rp of all funders) hold the 10th, 50th
    and 90th percentile; `figures` the drawn years, each (Y, n): END, AVERAGE, ACTIVE (shares), INSURED (people at
    year's end), COST, APBD_COST (Rp).
    """

    run: Projection
    draws: Draws
    monthly_coverage: np.ndarray
    yearly_cost: np.ndarray
    figures: Mapping[str, np.ndarray]

    @property
    def n(self) -> int:
        """How many draws were asked for; where nothing has a range one run stands for all of them."""
        return self.draws.n

    @property
    def certain(self) -> bool:
        """Whether nothing has a range."""
        return self.draws.certain

    @property
    def ranges(self) -> dict[str, Range]:
        """Path → range of all that is drawn."""
        return self.draws.ranges

    def samples(self, what: str, year: int) -> np.ndarray:
        """A figure of one year in every draw, (n,); `what` is a key of `figures`."""
        return self.figures[what][self.run.years.years.index(year)]

    def band(self, what: str, year: int) -> Band:
        """A figure's band in one year; `what` as for `samples`."""
        p10, p50, p90 = np.percentile(self.samples(what, year), PERCENTILES)
        value = _figures(self.run.years, self.run.region)[what][self.run.years.years.index(year), 0]
        return Band(float(p10), float(p50), float(p90), float(value))

    def target_samples(self, target: Target) -> np.ndarray | None:
        """Coverage at a target's year's end in every draw, on the base that the target was set on, (n,).

        None where the year is not simulated or that base is not known.
        """
        year = int(target.year.value)
        if year not in self.run.years.years or self.run.target_base(target) is None:
            return None
        shares = self.samples(END, year)
        base = self.run.region.coverage_base
        if target.population in (None, base.population):
            return shares
        own = self.draws.columns.get("coverage_base.workers", np.array([base.workers.value]))
        other = next(a for a in base.also if a.population == target.population)
        return shares * own / self._drawn(other.workers, f"also.{other.population}")

    def chance(self, target: Target) -> float | None:
        """Share of the draws in which a target is reached; None where that cannot be told."""
        shares = self.target_samples(target)
        if shares is None:
            return None
        goal = self._drawn(target.coverage, f"target.{int(target.year.value)}.{target.name}")
        return float((shares >= goal - ROUNDING).mean())

    def _drawn(self, q: Quantity, name: str) -> np.ndarray:
        """A target's or another base's number: it is no lever, so it is drawn here where it has a range."""
        if not q.ranged or q.low == q.high:
            return np.array([q.value])
        return triangular(apart(name, self.n), q.low, q.value, q.high)

    def chance_of(self, what: str, year: int, at_least: float) -> float:
        """Share of the draws in which a figure of a year is so much or more."""
        return float((self.samples(what, year) >= at_least - ROUNDING).mean())


def _figures(years: Years, region: Region) -> dict[str, np.ndarray]:
    """What a Risk keeps of its years, each (Y, n)."""
    public = np.array([f.payer == "government" for f in region.funders], dtype=bool)
    return {
        END: years.coverage_end,
        AVERAGE: years.coverage_average,
        ACTIVE: years.active_end,
        INSURED: years.insured_end,
        COST: years.cost.sum(axis=1),
        APBD_COST: years.cost[:, public].sum(axis=1),
    }


def risk(
    region: Region,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    draws: int = DRAWS,
    ranges: Mapping[str, tuple[float, float] | None] | None = None,
    run: Projection | None = None,
) -> Risk:
    """Bands and chances of a setting; all settings of a region share their draws.

    `region` is the file as read. `ranges` are the user's own ranges by path (None: taken away). `run` is the likely
    run where there is one already. Raises InputError as `project` does, and for a number of draws that is none.
    """
    if not 1 <= draws <= MOST_DRAWS or draws != int(draws):
        raise InputError([Fault("draws", "draws", {"value": draws, "limit": MOST_DRAWS}, region._source)])
    run = run or project(region, scenario, changes)
    settled = ranged(region, scenario, changes, ranges) if ranges else run.region
    found = drawn(region, settled, int(draws))
    batch = run_batch(settled, found.columns)
    figures = _figures(batch.years, settled)
    bands = (np.percentile(x, PERCENTILES, axis=-1) for x in (batch.coverage, figures[COST]))
    return Risk(run, found, *bands, figures)


def ranged(
    region: Region,
    scenario: str | None,
    changes: Mapping[str, Any] | None,
    ranges: Mapping[str, tuple[float, float] | None],
) -> Region:
    """The configured region with the user's own ranges. Raises InputError for a range that the number cannot have."""
    settled = configure(region, scenario, changes)
    return configure(settled, None, with_ranges(settled, ranges))


@dataclass(frozen=True)
class Versus:
    """One setting against another in one year, over the draws that they share.

    `more` and `less` are the shares of draws in which the first is above and below the other; `difference` is the
    band of first − other, by the same figure.
    """

    more: float
    less: float
    difference: Band

    @property
    def same(self) -> float:
        """Share of the draws in which both come to the same."""
        return max(0.0, 1.0 - self.more - self.less)


def versus(first: Risk, other: Risk, what: str, year: int) -> Versus:
    """Two settings of one region compared draw by draw, so that what both do not know cancels out."""
    gap = first.samples(what, year) - other.samples(what, year)
    slack = ROUNDING * max(1.0, float(np.max(np.abs(first.samples(what, year)))))
    p10, p50, p90 = np.percentile(gap, PERCENTILES)
    value = first.band(what, year).value - other.band(what, year).value
    more, less = float((gap > slack).mean()), float((gap < -slack).mean())
    return Versus(more, less, Band(float(p10), float(p50), float(p90), value))


def to_json(found: Risk) -> dict[str, Any]:
    """The mapping that `risk --format json` prints.

    A year without a target of its own has no probability (null). Of several targets in one year the first of the
    file counts.
    """
    rows = []
    for year in found.run.years.years:
        target = next((t for t in found.run.region.targets if int(t.year.value) == year), None)
        band = found.band(END, year)
        rows.append(
            {
                "year": year,
                "coverage_end": {k: round(getattr(band, k), DIGITS) for k in ("p10", "p50", "p90", "value")},
                "probability_of_target": None if target is None else found.chance(target),
            }
        )
    return {"draws": found.n, "yearly": rows}
