"""A region with a fine grid of plans, run in one batch, for what a mix is held to."""

from copy import deepcopy
from itertools import product

import numpy as np
import pytest
from hypothesis import strategies as st
from replay import Replay, without_single_years
from small_regions import small_regions

from simulator import parse_region
from simulator.batch import run_batch
from simulator.mix.task import make

STEPS = {1: 201, 2: 31, 3: 13}  # settings of each funder on the grid, by the number of funders


class Case:
    """A region, its limits and a grid of plans that was run in one batch."""

    def __init__(self, data, year, measure, times=1.0, must_first=False):
        self.data, self.year, self.measure = data, year, measure
        self.region = parse_region(deepcopy(data))
        budgets = [f for f in data["funders"] if f["kind"] == "budget"]
        self.caps = {f["id"]: f["annual_budget"] * times for f in budgets}
        self.task = make(self.region, year, measure, caps=self.caps, must_first=must_first)
        self.ids = [c.funder for c in self.task.choices]
        levels = np.linspace(0, 1, STEPS[len(self.ids)])
        self.grid = np.array(list(product(levels, repeat=len(self.ids)))).T * self.task.caps[:, None]
        paths = [c.path for c in self.task.choices]
        batch = run_batch(self.task.region, dict(zip(paths, self.grid, strict=True)))
        rows = [i for i, (y, _) in enumerate(batch.months) if y == year]
        shares = batch.active_coverage if measure == "active" else batch.coverage
        self.shares = shares[rows].mean(axis=0) if measure == "average" else shares[rows[-1]]
        at = batch.years.years.index(year)
        self.costs = {k: batch.cost[k][at] for k in self.ids}
        self.must_open = batch.years.must_uninsured[at]

    def target(self, twentieths):
        """A coverage so far up what the grid can do; 21 is out of reach."""
        low, high = self.shares.min(), self.shares.max()
        return float(min(1.0, low + (high - low) * twentieths / 20))

    def cost(self, funders):
        """Rp of some funders on the grid."""
        return sum(self.costs[k] for k in funders)

    def same_in_reference(self, found):
        """Coverage and cost of a plan: on the file without single years, and on the file as it is."""
        plain = {path: value for path, value in found.set.items() if ".by_year." not in path}
        for data, changes in ((without_single_years(self.data), plain), (self.data, found.set)):
            replay = Replay(data, self.year, self.measure, changes)
            assert found.coverage == pytest.approx(replay.coverage, abs=1e-9)
            assert (found.end, found.average) == pytest.approx((replay.end, replay.average), abs=1e-9)
            assert dict(found.cost) == pytest.approx(replay.cost, rel=1e-9, abs=1)

    def within_caps(self, found):
        for c in self.task.choices:
            assert 0 <= found.set[c.path] <= c.cap * (1 + 1e-12)


@st.composite
def cases(draw, must_first=False):
    """A small region, a whole year of it, a measure, limits."""
    data = draw(small_regions())
    first, years = int(data["start"][:4]), data["years"]
    # A last year of six months would let a plan pay in the year before for nothing, and keep those who go on alone.
    year = draw(st.sampled_from(range(first, first + years)))
    measure = draw(st.sampled_from(["end", "end", "average", "active"]))
    return Case(data, year, measure, draw(st.sampled_from([1, 1, 0.5, 2, 5])), must_first)
