"""One run of a region: frames, the JSON mapping, and what lies behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator import arrays
from simulator.engine import Months, run_months
from simulator.region import configure
from simulator.schema import Region, Target
from simulator.version import MODEL_VERSION
from simulator.years import Years, coverage_base, money, summarise

if TYPE_CHECKING:
    import pandas as pd


def month_text(month: tuple[int, int]) -> str:
    """(2027, 1) as 2027-01."""
    return f"{month[0]:04d}-{month[1]:02d}"


@dataclass(frozen=True)
class Projection:
    """A run. `region` is the region as run (scenario and changes set), `months` and `years` have n = 1."""

    region: Region
    scenario: str | None
    changes: Mapping[str, Any]
    arrays: arrays.Arrays
    months: Months
    years: Years

    @cached_property
    def base(self) -> np.ndarray:
        """Coverage base of every month, (T,)."""
        return np.broadcast_to(coverage_base(self.arrays)[:, 0], (len(self.arrays.months),))

    @cached_property
    def money(self) -> tuple[np.ndarray, np.ndarray]:
        """(available, spendable) in Rp, each (K, T)."""
        available, spendable = money(self.arrays, self.months)
        return available[..., 0], spendable[..., 0]

    @cached_property
    def monthly(self) -> "pd.DataFrame":
        """A row a month; columns as in the JSON, nested keys joined by a dot (`cost.apbd`)."""
        return self._frame("monthly")

    @cached_property
    def yearly(self) -> "pd.DataFrame":
        """A row a year; columns as in the JSON, nested keys joined by a dot (`cost.apbd`)."""
        return self._frame("yearly")

    def _frame(self, key: str) -> "pd.DataFrame":
        import pandas as pd  # only where a frame is asked for: it takes longest to load

        return pd.DataFrame([dict(_flat(row)) for row in self.records[key]])

    @cached_property
    def records(self) -> dict[str, list[dict]]:
        """`monthly` and `yearly` as lists of mappings of plain numbers."""
        return {"monthly": _monthly(self), "yearly": yearly_records(self)}

    def target_reached(self, target: Target) -> bool | None:
        """Whether a target is met at its year's end, on the base it was set on.

        None where the year is not simulated or the base is not known.
        """
        year = int(target.year.value)
        if year not in self.years.years:
            return None
        size = self.target_base(target)
        if size is None:
            return None
        return bool(self.target_shares(size)[self.years.years.index(year)] >= target.coverage.value)

    def target_base(self, target: Target) -> float | None:
        """Workers at the start of the base that a target was set on; None where it is not known."""
        base = self.region.coverage_base
        if target.population in (None, base.population):
            return base.workers.value
        return next((a.workers.value for a in base.also if a.population == target.population), None)

    def target_on_base(self, target: Target) -> float | None:
        """A target as a share of the coverage base; None where the base it was set on is not known."""
        size = self.target_base(target)
        return None if size is None else target.coverage.value * size / self.region.coverage_base.workers.value

    def target_shares(self, size: float) -> np.ndarray:
        """Coverage at every year's end on a base of `size` workers at the start, (Y,)."""
        return self.years.coverage_end[:, 0] * (self.region.coverage_base.workers.value / size)

    def to_json(self) -> dict[str, Any]:
        """The mapping that `run --format json` prints."""
        base = self.region.coverage_base
        return {
            "region": self.region.title,
            "scenario": self.scenario,
            "coverage_base": {"population": base.population, "workers": base.workers.value},
            "changes": dict(self.changes),
            "model_version": MODEL_VERSION,
            "targets": [
                {"year": int(t.year.value), "coverage": t.coverage.value, "reached": self.target_reached(t)}
                for t in self.region.targets
            ],
            **self.records,
        }


def _flat(row: Mapping[str, Any], prefix: str = ""):
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _monthly(p: Projection) -> list[dict]:
    m, base, ids = p.months, p.base, p.region.funder_ids
    available = p.money[0]
    return [
        {
            "month": month_text(month),
            "workers": float(base[t]),
            "insured": float(m.insured[t, 0]),
            "active": float(m.active[t, 0]),
            "coverage": float(m.insured[t, 0] / base[t]),
            "active_coverage": float(m.active[t, 0] / base[t]),
            "funded": {k: float(m.funded[i, t, 0]) for i, k in enumerate(ids)},
            "places": {
                f.id: {p.arrays.segments[row]: float(m.places[i, t, row, 0]) for row in f.row_numbers}
                for i, f in enumerate(p.arrays.funders)
            },
            "cost": {k: float(m.cost[i, t, 0]) for i, k in enumerate(ids)},
            "available": {k: float(available[i, t]) for i, k in enumerate(ids)},
            "self_paying": float(m.self_paying[t, 0]),
            "fallen": float(m.fallen[t, 0]),
            "segments": {s: float(m.segments[t, i, 0]) for i, s in enumerate(p.arrays.segments)},
        }
        for t, month in enumerate(p.arrays.months)
    ]


_BY_FUNDER = ("cost", "available", "unspent", "not_absorbed", "kpi_workers")
_PLAIN = ("must_uninsured", "deaths", "jkm", "scholarship_children", "accidents")


def yearly_records(p: Projection) -> list[dict]:
    """The years of a run alone, as in `Projection.records`."""
    y = p.years
    return [
        {
            "year": year,
            "months": int(y.months[i]),
            **{k: float(getattr(y, k)[i, 0]) for k in ("insured_end", "coverage_end", "active_end")},
            "coverage_average": float(y.coverage_average[i, 0]),
            **{
                name: {k: float(getattr(y, name)[i, j, 0]) for j, k in enumerate(p.region.funder_ids)}
                for name in _BY_FUNDER
            },
            **{name: float(getattr(y, name)[i, 0]) for name in _PLAIN},
        }
        for i, year in enumerate(y.years)
    ]


def project(region: Region, scenario: str | None = None, changes: Mapping[str, Any] | None = None) -> Projection:
    """Run a region, with a scenario of its file (None: as written) and the user's changes {path: value}.

    Raises InputError for settings that break a rule of the file.
    """
    settled = configure(region, scenario, changes)
    a = arrays.build(settled)
    m = run_months(a, 1, detail=True)
    return Projection(settled, scenario, dict(changes or {}), a, m, summarise(a, m))
