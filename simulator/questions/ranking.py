"""What an answer hangs on: levers and assumptions ranked by what their plausible range does to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.batch import Batch, run_batch
from simulator.projection import Projection, project
from simulator.questions.measure import AVERAGE, END, check_question
from simulator.questions.risk import APBD_COST, COST, ranged
from simulator.region import configure
from simulator.schema import Region
from simulator.uncertainty.plausible import Plausible, plausible
from simulator.uncertainty.possible import possible
from simulator.uncertainty.ranges import numbered

ADDED = "added"
ANSWERS = (END, AVERAGE, APBD_COST, COST, ADDED)  # shares, Rp, Rp, people
SMALL = {END: 5e-6, AVERAGE: 5e-6, APBD_COST: 0.5, COST: 0.5, ADDED: 0.05}  # less is nothing


@dataclass(frozen=True)
class Effect:
    """What one number does to the answer, all others at their likely values. `at_low` and `at_high` are the answer at
    the ends of its range, `value` with it as it is; shares, Rp or people. `pulled`: the end itself cannot be true
    beside the other numbers, so the nearest that can stands for it.
    """

    number: Plausible
    at_low: float
    value: float
    at_high: float
    pulled: bool

    @property
    def swing(self) -> float:
        """How far apart the answers lie, the present one among them."""
        ends = (self.at_low, self.value, self.at_high)
        return max(ends) - min(ends)

    @property
    def lower(self) -> float:
        """The least of the answers less the present one."""
        return min(self.at_low, self.at_high, self.value) - self.value

    @property
    def upper(self) -> float:
        """The greatest of the answers less the present one."""
        return max(self.at_low, self.at_high, self.value) - self.value


def rank(
    region: Region,
    year: int,
    what: str = END,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    ranges: Mapping[str, tuple[float, float] | None] | None = None,
) -> list[Effect]:
    """All numbers with a plausible range by what they do to an answer, the greatest first; those that do nothing last.

    `what` is one of ANSWERS: coverage at year's end or on average (shares of the base), cost of the government's or
    of all funders in that year (Rp), workers added over today's funding on the same data (people at year's end).
    Two columns a number, all in one pass. Raises InputError as `project` does and for a year outside the run.
    """
    settled = ranged(region, scenario, changes, ranges or {})
    check_question(settled, year, None, END)
    known = plausible(region, settled)
    if not known:
        return []
    columns, pulled = _columns(settled, known)
    values = _answers(region, settled, columns, year, what, scenario, changes)
    found = [
        Effect(n, float(values[1 + 2 * i]), float(values[0]), float(values[2 + 2 * i]), bool(pulled[i]))
        for i, n in enumerate(known)
    ]
    return sorted(found, key=lambda e: -e.swing if e.swing > SMALL[what] else 0.0)


def _columns(settled: Region, known: list[Plausible]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Column 0 as it is, then low and high of each number in turn; and which numbers had an end pulled in."""
    columns = {n.path: np.full(1 + 2 * len(known), n.value) for n in known}
    for i, n in enumerate(known):
        columns[n.path][1 + 2 * i : 3 + 2 * i] = n.low, n.high
    kept, _ = possible(settled, columns, {n.path: (n.low, n.high) for n in known})
    moved = np.zeros(1 + 2 * len(known), dtype=bool)
    for path, before in columns.items():
        column = kept[path]
        moved |= np.abs(column - before) > 1e-9 * np.maximum(1.0, np.abs(column))
    return kept, moved[1:].reshape(-1, 2).any(axis=1)


def _answers(
    region: Region,
    settled: Region,
    columns: dict[str, np.ndarray],
    year: int,
    what: str,
    scenario: str | None,
    changes: Mapping[str, Any] | None,
) -> np.ndarray:
    """The answer in every column, (n,)."""
    found = _figure(run_batch(settled, columns), settled, year, what)
    if what != ADDED:
        return found
    known = numbered(today := configure(region, None, _facts(settled, changes or {})))
    same = {p: v for p, v in columns.items() if p in known and _is_fact(settled, p)}
    same, _ = possible(today, same, {p: (float(v.min()), float(v.max())) for p, v in same.items()})
    return found - _figure(run_batch(today, same), today, year, what)


def _is_fact(region: Region, path: str) -> bool:
    """Whether a number is data or behaviour: whom a funder pays for at the start is, though it stands with it."""
    return path.split(".")[0] not in region.funder_ids or ".paid_before." in path


def _facts(region: Region, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {path: v for path, v in changes.items() if _is_fact(region, path)}


def _figure(batch: Batch, region: Region, year: int, what: str) -> np.ndarray:
    y, i = batch.years, batch.years.years.index(year)
    if what == END:
        return y.coverage_end[i]
    if what == AVERAGE:
        return y.coverage_average[i]
    if what == ADDED:
        return y.insured_end[i]
    public = [k for k, f in enumerate(region.funders) if what == COST or f.payer == "government"]
    return y.cost[i][public].sum(axis=0)


def alone(region: Region, effect: Effect, end: str, scenario: str | None, changes: Mapping[str, Any]) -> Projection:
    """The run with one number at an end of its range: what proves a row of the ranking."""
    value = effect.number.low if end == "low" else effect.number.high
    return project(region, scenario, {**changes, effect.number.path: value})
