"""What a mix may decide, and what the model makes of a plan.

A plan is one number for each funder between 0 and 1: the share of its limit that it pays, `annual_budget` of a
budget, `participation` of sponsors. It holds in every year; settings of single years are taken away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

import numpy as np

from simulator import arrays
from simulator.engine import Months, run_months
from simulator.faults import Fault, InputError, nearest
from simulator.levers import main_lever
from simulator.questions import measure as measures
from simulator.region import configure, without_single_years
from simulator.registry import LARGEST
from simulator.schema import BudgetFunder, Region

NOTHING = 500.0  # Rp a year: less is a rounding of the solver


@dataclass(frozen=True)
class Choice:
    """One funder's part: its lever, its limit and today's setting, in the lever's unit (Rp a year, or a share)."""

    funder: str
    name: str
    path: str
    budget: bool
    cap: float
    today: float

    @property
    def most(self) -> float:
        """How far the model may go beyond the limit: a share of sponsors cannot pass 1."""
        return np.inf if self.budget else (1.0 / self.cap if self.cap > 0 else 0.0)

    def share_of(self, value: float) -> float:
        """A setting as a share of the limit, as far as the limit lets it."""
        return min(1.0, value / self.cap) if self.cap > 0 else 0.0


@dataclass(frozen=True)
class Outcome:
    """What the model makes of n plans in the year asked about.

    people (n,): insured workers by the measure; cost (K, n): Rp paid by each funder.
    """

    people: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True)
class Task:
    """A question for a mix. `region` is settled, without single years, and runs no longer than to the year; `written`
    is the file as it stands, today's policy."""

    region: Region
    choices: tuple[Choice, ...]
    year: int
    measure: str
    written: Region

    @cached_property
    def caps(self) -> np.ndarray:
        """Limits in the levers' units, (K,)."""
        return np.array([c.cap for c in self.choices])

    @cached_property
    def today(self) -> np.ndarray:
        """Today's plan, as far as the limits let it, (K,)."""
        return np.array([c.share_of(c.today) for c in self.choices])

    @cached_property
    def ends(self) -> arrays.Arrays:
        """Arrays of two columns: nobody pays, and everybody pays as much as allowed."""
        return arrays.build(self.region, {c.path: np.array([0.0, c.cap]) for c in self.choices})

    @cached_property
    def span(self) -> tuple[int, int]:
        """(first month's index, index after the last) of the year."""
        return measures.span(self.ends, self.year)

    @cached_property
    def scale(self) -> float:
        """Workers that a coverage of 1 is."""
        return measures.people(self.ends, self.year, self.measure)

    @cached_property
    def paid_today(self) -> np.ndarray:
        """Workers paid for at the start whom today's policy (the file as written) goes on paying for, by month and
        segment, (T, S): its own run is the measure, so that today's setting always keeps them."""
        a = arrays.build(measures.until(self.written, self.year))
        found = run_months(a, 1, detail=True).reached[..., 0].sum(axis=0)
        found = np.minimum(found, a.paid_before[:, 0])
        total = len(self.ends.months)
        return np.vstack([found[:total], np.zeros((max(0, total - len(found)), found.shape[1]))])

    def settings(self, plan: np.ndarray) -> dict[str, float]:
        """The levers of a plan; budgets in whole rupiah, rounded up as far as the limit lets them."""
        found = {}
        for c, share in zip(self.choices, plan, strict=True):
            value = min(c.cap, max(0.0, float(share) * c.cap))
            if c.budget:
                value = 0.0 if value < NOTHING else min(c.cap, float(ceil(round(value, 4))))
            found[c.path] = value
        return found

    def shares(self, settings: Mapping[str, float]) -> np.ndarray:
        """Settings as a plan, (K,)."""
        return np.array([settings[c.path] / c.cap if c.cap > 0 else 0.0 for c in self.choices])

    def months_of(self, plans: np.ndarray, detail: bool = False) -> tuple[arrays.Arrays, Months]:
        """The model's months of plans (K, n)."""
        most = [np.inf if c.budget else 1.0 for c in self.choices]  # a solver's 1.0000000001 is no share
        columns = {c.path: np.minimum(plans[i] * c.cap, most[i]) for i, c in enumerate(self.choices)}
        a = arrays.build(self.region, columns)
        return a, run_months(a, plans.shape[1], detail)

    def outcome(self, plans: np.ndarray) -> Outcome:
        """What the model makes of plans (K, n), all in one pass."""
        a, m = self.months_of(plans)
        start, end = self.span
        people = measures.shares(a, m, self.year, self.measure) * self.scale
        return Outcome(people, m.cost[:, start:end].sum(axis=1))


def make(
    region: Region,
    year: int,
    measure: str,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    caps: Mapping[str, float] | None = None,
    must_first: bool = False,
) -> Task:
    """The task on a region. `caps` {funder: Rp a year, or share of sponsors}; else a budget's own value, and 1.

    Raises InputError for a year outside the run, an unknown funder or a limit that is none.
    """
    settled = configure(region, scenario, changes)
    measures.check_question(settled, year, None, measure)
    caps = dict(caps or {})
    _check_caps(settled, caps)
    short = measures.until(without_single_years(settled), year)
    if must_first:
        short = configure(short, None, duties_first(short))
    today = {f.id: main_lever(f)[1] for f in region.funders}
    choices = []
    for f in short.funders:
        path, value = main_lever(f)
        cap = caps.get(f.id, value if isinstance(f, BudgetFunder) else 1.0)
        choices.append(Choice(f.id, f.name, path, isinstance(f, BudgetFunder), float(cap), today[f.id]))
    return Task(short, tuple(choices), year, measure, region)


def duties_first(region: Region) -> dict[str, list[str]]:
    """Changes {funder.segments: order} that let every funder pay for duty `must` before anything else."""
    must = {s.id for s in region.segments if s.duty == "must"}
    found = {}
    for f in region.funders:
        order = [s for s in f.segments if s in must] + [s for s in f.segments if s not in must]
        if order != list(f.segments):
            found[f"{f.id}.segments"] = order
    return found


def _check_caps(region: Region, caps: Mapping[str, float]) -> None:
    faults = []
    for funder, value in caps.items():
        if funder not in region.funder_ids:
            facts = {"value": funder, "guess": nearest(funder, region.funder_ids)}
            faults.append(Fault("cap", "unknown_funder", facts, region._source))
            continue
        budget = isinstance(next(f for f in region.funders if f.id == funder), BudgetFunder)
        if not np.isfinite(value) or value < 0:
            kind = "less_than" if np.isfinite(value) else "not_finite"
            faults.append(Fault(f"cap {funder}", kind, {"value": value, "limit": 0}, region._source))
        elif value > (most := LARGEST if budget else 1):
            facts = {"value": value, "limit": most}
            faults.append(Fault(f"cap {funder}", "more_than", facts, region._source))
    if faults:
        raise InputError(faults)
