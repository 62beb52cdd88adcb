"""Many runs in one: each lever a number or an array of n values, all n columns in one pass over the months."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from simulator import arrays
from simulator.engine import CHUNK, run_months
from simulator.region import configure
from simulator.schema import Region
from simulator.years import Years, coverage_base, summarise


@dataclass(frozen=True)
class Batch:
    """n runs. T months, Y years.

    (T, n): insured, active people; coverage, active_coverage shares of the coverage base; fallen, self_paying
    people. `cost` funder → (Y, n) Rp. `years` holds all yearly figures.
    """

    months: tuple[tuple[int, int], ...]
    funders: tuple[str, ...]
    insured: np.ndarray
    active: np.ndarray
    coverage: np.ndarray
    active_coverage: np.ndarray
    self_paying: np.ndarray
    fallen: np.ndarray
    years: Years

    @property
    def cost(self) -> dict[str, np.ndarray]:
        """Rp a year by funder, each (Y, n)."""
        return {name: self.years.cost[:, k] for k, name in enumerate(self.funders)}


def run_batch(
    region: Region,
    columns: Mapping[str, Any],
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Batch:
    """All columns of levers in one go: `columns` maps lever paths to n values each.

    Scenario and changes are set first, for every column. Raises InputError as `configure` does, and for columns
    that break a rule of the file.
    """
    settled = configure(region, scenario, changes)
    values = {path: np.atleast_1d(np.asarray(v, dtype=float)) for path, v in columns.items()}
    n = max((v.size for v in values.values()), default=1)
    parts = []
    for start in range(0, n, CHUNK):
        a = arrays.build(settled, {path: v[start : start + CHUNK] for path, v in values.items()})
        m = run_months(a, a.n)
        base = coverage_base(a)
        parts.append((m.insured, m.active, m.insured / base, m.active / base, m.self_paying, m.fallen, summarise(a, m)))
    joined = [np.concatenate(column, axis=-1) for column in zip(*(p[:-1] for p in parts), strict=True)]
    return Batch(a.months, settled.funder_ids, *joined, years=_join([p[-1] for p in parts]))


def _join(parts: list[Years]) -> Years:
    same = ("years", "months")
    first = parts[0]
    return Years(
        **{
            f.name: getattr(first, f.name)
            if f.name in same
            else np.concatenate([getattr(p, f.name) for p in parts], axis=-1)
            for f in fields(Years)
        }
    )
