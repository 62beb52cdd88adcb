"""The cheapest mix: who should pay how much to reach a coverage, or what a total buys at most.

The linear programme gives the plan and the bound; the plan is replayed through the model. Where the model's order
of paying keeps it from its figure, plans are sought in the model itself. Both figures are given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.faults import Fault, InputError, nearest
from simulator.mix import search
from simulator.mix.plans import (
    ADJUSTED as ADJUSTED,  # `how` is told in words elsewhere
)
from simulator.mix.plans import (
    EXACT,
    SMALL_RUPIAH,
    Found,
    cheapest_plan,
    most_people,
    most_plan,
    over,
)
from simulator.mix.rows import committed
from simulator.mix.task import Choice, Task, duties_first, make
from simulator.projection import Projection, project
from simulator.questions import limits
from simulator.questions import measure as measures
from simulator.region import configure
from simulator.schema import BudgetFunder, Region

TOTAL = "total"
MARGIN = 0.02  # workers more than the goal, so that rounding does not miss it
BILLION = 1e9


@dataclass(frozen=True)
class Bound:
    """A funder at its limit: what the limit costs. `saving` Rp a year, `held` workers more if it were lifted."""

    choice: Choice
    saving: float
    held: float


@dataclass(frozen=True)
class Mix:
    """A plan and the run that proves it, in the year asked about.

    `set` holds the levers {path: value} on top of the scenario and the user's changes. Money in Rp by funder: `cost`
    really paid in the run, `committed` what must be at hand, `today` paid by today's policy. `coverage` (by the
    measure), `end` and `average` are shares of the base. `programme_people` and `programme_cost` are the linear
    programme's own figures, `people` and `objective_cost` the run's; `how` says whether they agree (exact), nearly
    agree (adjusted), or the plan was sought in the model (searched). `price` is Rp for
    one more worker (None where none can be had), `alternatives` {funder: (least, most) Rp} what plans of the same
    cost could ask, `marginal` {funder: workers for Rp 1 billion more}.
    """

    task: Task
    goal: float | None
    total: float | None
    minimise: tuple[str, ...]
    set: Mapping[str, Any]
    cost: Mapping[str, float]
    committed: Mapping[str, float]
    today: Mapping[str, float]
    coverage: float
    end: float
    average: float
    reached: bool
    people: float
    objective_cost: float
    programme_people: float
    programme_cost: float
    how: str
    price: float | None
    alternatives: Mapping[str, tuple[float, float]]
    bounds: tuple[Bound, ...]
    marginal: Mapping[str, float]
    limits: tuple[limits.Limit, ...]
    dropped: float  # workers whom today's policy pays for and the plan does not, in the year's worst month
    keep: bool  # whether it was asked that nobody is dropped
    kept: bool  # whether that holds
    must_first: bool
    run: Projection

    @property
    def apart(self) -> bool:
        """Whether year's end and average differ by more than a point."""
        return abs(self.end - self.average) > measures.APART


def cheapest(
    region: Region,
    coverage: float,
    year: int,
    measure: str = measures.END,
    minimise: str | Sequence[str] = TOTAL,
    caps: Mapping[str, float] | None = None,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    must_first: bool = False,
    keep: bool = False,
) -> Mix:
    """The plan with least cost in `year` that reaches `coverage` (a share of the base) in it.

    `minimise` is "total", or the funder(s) whose money is to be spared; `caps` {funder: Rp a year, or share of
    sponsors}. `must_first` asks for as many workers of duty `must` as the limits allow, `keep` that nobody paid for
    today is dropped. What cannot be reached gives the nearest that can. Raises InputError for bad questions.
    """
    task = make(region, year, measure, scenario, changes, caps, must_first)
    measures.check_question(task.region, year, coverage, measure)
    funders, weights = _weights(task, minimise)
    people = coverage * task.scale
    most = most_people(task)
    goal = people + MARGIN if most >= people + MARGIN else min(people, most)
    found = cheapest_plan(task, goal, weights, must_first, keep)
    if people <= most:
        found = replace(found, plan=over(task, found.plan, people))
    asked = _Asked(region, scenario, dict(changes or {}), coverage, None, funders, must_first, keep)
    return _report(task, found, asked)


def most(
    region: Region,
    total: float,
    year: int,
    measure: str = measures.END,
    minimise: str | Sequence[str] = TOTAL,
    caps: Mapping[str, float] | None = None,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    must_first: bool = False,
    keep: bool = False,
) -> Mix:
    """The plan that covers most workers in `year` while the money of `minimise` stays within `total` Rp."""
    task = make(region, year, measure, scenario, changes, caps, must_first)
    if not (np.isfinite(total) and total >= 0):
        kind = "less_than" if np.isfinite(total) else "not_finite"
        raise InputError([Fault("total", kind, {"value": total, "limit": 0}, region._source)])
    funders, weights = _weights(task, minimise)
    found = most_plan(task, total, weights, must_first, keep)
    asked = _Asked(region, scenario, dict(changes or {}), None, total, funders, must_first, keep)
    return _report(task, found, asked)


def _weights(task: Task, minimise: str | Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
    """(funders whose money counts, their weights). Raises InputError for an unknown one."""
    ids = [c.funder for c in task.choices]
    names = tuple(ids) if minimise == TOTAL else (minimise,) if isinstance(minimise, str) else tuple(minimise)
    for name in names:
        if name not in ids:
            facts = {"value": name, "guess": nearest(name, [*ids, TOTAL])}
            raise InputError([Fault("minimise", "unknown_funder", facts, task.region._source)])
    return names, np.array([1.0 if i in names else 0.0 for i in ids])


@dataclass(frozen=True)
class _Asked:
    """What was asked, beside the task."""

    region: Region
    scenario: str | None
    changes: Mapping[str, Any]
    coverage: float | None
    total: float | None
    funders: tuple[str, ...]
    must_first: bool
    keep: bool


def _report(task: Task, found: Found, asked: _Asked) -> Mix:
    """Replay the plan through the whole model and say everything about it."""
    found = replace(found, plan=search.without_idle(task, found.plan))
    settled = configure(asked.region, asked.scenario, asked.changes)
    levers = {**(duties_first(settled) if asked.must_first else {}), **_settings(task, settled, found.plan)}
    run = project(asked.region, asked.scenario, {**asked.changes, **levers})
    got = measures.share(run, task.year, task.measure)
    reached = asked.coverage is None or measures.reaches(got, asked.coverage)
    plan, i = task.shares(levers), run.years.years.index(task.year)
    dropped = _dropped(run, task)
    return Mix(
        task=task,
        goal=asked.coverage,
        total=asked.total,
        minimise=asked.funders,
        set=levers,
        coverage=got,
        end=float(run.years.coverage_end[i, 0]),
        average=float(run.years.coverage_average[i, 0]),
        reached=bool(reached),
        how=found.how,
        limits=() if reached else _limits(task, plan, run),
        dropped=dropped,
        keep=asked.keep,
        must_first=asked.must_first,
        kept=found.kept and dropped < limits.SMALL,  # the order of paying may give the money to others first
        run=run,
        **_money(task, found, run, asked, plan),
        **_worth(task, found, asked, plan, reached),
    )


def _money(task: Task, found: Found, run: Projection, asked: _Asked, plan: np.ndarray) -> dict[str, Any]:
    """What the plan costs and covers, beside today's policy and the programme's own figures."""
    before, ids = project(asked.region), run.region.funder_ids
    i, j = run.years.years.index(task.year), before.years.years.index(task.year)
    held = found.programme.money_of(plan)
    out, solved = task.outcome(plan[:, None]), found.solved
    return {
        "cost": {k: float(run.years.cost[i, n, 0]) for n, k in enumerate(ids)},
        "committed": dict(zip(ids, held.tolist(), strict=True)),
        "today": {k: float(before.years.cost[j, n, 0]) for n, k in enumerate(ids)},
        "people": float(out.people[0]),
        "objective_cost": float(found.weights @ out.cost[:, 0]),
        "programme_people": solved.people if solved else float("nan"),
        "programme_cost": float(found.weights @ solved.money) if solved else float("nan"),
    }


def _worth(task: Task, found: Found, asked: _Asked, plan: np.ndarray, reached: bool) -> dict[str, Any]:
    """The price of one more worker, what limits hold back, other plans of the same cost."""
    solved = found.solved
    sound = solved is not None and found.good and asked.total is None
    alternatives = _alternatives(found, [c.funder for c in task.choices]) if sound else {}
    bounds = _bounds(task, found, asked.coverage, asked.total)
    marginal, slope = _marginal(task, plan, found.weights)
    price = None
    if reached and asked.total is None:
        dual = abs(solved.price) if sound else None
        told = found.how == EXACT and found.weights.all()  # else self-payers or money that does not count come in
        price = dual if told or slope is None else slope
    elif asked.total is not None:
        price = solved.price if solved is not None and np.isfinite(solved.price) else None
    return {"price": price, "alternatives": alternatives, "bounds": bounds, "marginal": marginal}


def _settings(task: Task, region: Region, plan: np.ndarray) -> dict[str, Any]:
    """The plan's levers, and for every single year that the file sets apart the usual value in its place."""
    levers: dict[str, Any] = task.settings(plan)
    first = region.first_month[0]
    for f in region.funders:
        for year, single in (f.by_year if isinstance(f, BudgetFunder) else {}).items():
            grown = levers[f"{f.id}.annual_budget"] * (1 + f.budget_growth.value) ** (year - first)
            usual = {"annual_budget": grown, "start_month": f.start_month.value, "months": f.months.value}
            for name, value in usual.items():
                if getattr(single, name) is not None:
                    levers[f"{f.id}.by_year.{year}.{name}"] = value if name == "annual_budget" else int(value)
    return levers


def _alternatives(found: Found, ids: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Funders whose part may differ among plans of the same cost."""
    if found.programme.cheapest(found.solved.people, found.weights) is None:  # asked anew: it was asked other things
        return {}
    low, high = found.programme.spread_of_optimum()
    return {k: (float(low[i]), float(high[i])) for i, k in enumerate(ids) if high[i] - low[i] > SMALL_RUPIAH}


def _bounds(task: Task, found: Found, coverage: float | None, total: float | None) -> tuple[Bound, ...]:
    """Funders at their limit, and what lifting it would save, or whom it would let in."""
    if found.solved is None and coverage is None:
        return ()
    result, programme = [], found.programme
    goal = coverage * task.scale if coverage is not None else 0.0
    plain = programme.cheapest(goal, found.weights) if total is None else None
    free = np.inf if total is None else total
    held_from = programme.most(free, found.weights) if total is not None or plain is None else None
    for k, c in enumerate(task.choices):
        if c.cap <= 0 or found.plan[k] < 1 - 1e-6 or (not c.budget and c.cap >= 1):
            continue
        programme.lift(k, True)
        lifted = programme.cheapest(goal, found.weights) if total is None else None
        saving = float(found.weights @ (plain.money - lifted.money)) if plain and lifted else 0.0
        more = programme.most(free, found.weights) if held_from is not None else None
        held = more.people - held_from.people if more and held_from else 0.0
        programme.lift(k, False)
        if saving > SMALL_RUPIAH or held > 0.5:
            result.append(Bound(c, max(0.0, saving), max(0.0, held)))
    return tuple(sorted(result, key=lambda b: (-b.held, -b.saving)))


def _marginal(task: Task, plan: np.ndarray, weights: np.ndarray) -> tuple[dict[str, float], float | None]:
    """(funder → workers by the measure for Rp 1 billion more of its money, Rp for the next worker), in the model.

    The next worker is paid for by those whose money does not count, as long as they have any."""
    if not len(plan):
        return {}, None
    up, _, cost_up, _ = search.slopes(task, plan, np.ones(len(plan)))
    slope = {
        c.funder: float(up[k] / cost_up[k] * BILLION)
        for k, c in enumerate(task.choices)
        if cost_up[k] > 1 and up[k] > 0
    }
    free = [
        (weights[k] == 0, slope[c.funder])
        for k, c in enumerate(task.choices)
        if plan[k] < 1 - 1e-6 and c.funder in slope
    ]
    return _for_a_billion(task, plan), (BILLION / max(free)[1] if free else None)


def _for_a_billion(task: Task, plan: np.ndarray) -> dict[str, float]:
    """Funder → workers by the measure that Rp 1 billion more of its money adds in the model, its limit left aside."""
    start, end = task.span
    spread = np.array([np.diff(committed(f, start, end))[0] for f in task.ends.funders])
    able = np.flatnonzero((spread > 0) & (task.caps > 0))
    plans = np.repeat(plan[:, None], len(able) + 1, axis=1)
    for column, k in enumerate(able):
        plans[k, column] = min(plan[k] + BILLION / spread[k], task.choices[k].most)
    out = task.outcome(plans)
    return {task.choices[k].funder: float(out.people[j] - out.people[-1]) for j, k in enumerate(able)}


def _limits(task: Task, plan: np.ndarray, run: Projection) -> tuple[limits.Limit, ...]:
    """What is in the way of more: limits that are reached, then the people nobody can reach."""
    from simulator import indonesian as fmt

    found: list[limits.Limit] = []
    for k, c in enumerate(task.choices):
        if c.cap > 0 and plan[k] >= 1 - 1e-6:
            text = fmt.rupiah(c.cap, 2) if c.budget else fmt.percent_short(c.cap)
            found.append(limits.Limit("cap", {"name": c.name, "limit": text}))
        if c.cap > 0:
            own = limits.of_funder(run, c.funder, task.year, task.measure)
            found += [x for x in own if x.kind not in ("budget", "sponsors")]  # the plan's own choice, not a limit
    return (*found, *limits.of_region(run, task.year))


def _dropped(run: Projection, task: Task) -> float:
    """Workers whom today's policy pays for and the plan does not, in the worst month of the year asked about."""
    paid = run.months.reached[..., 0].sum(axis=0)  # (T, S)
    start, end = task.span
    before = task.paid_today[start:end]
    lost = np.minimum(np.maximum(0.0, before - paid[start:end]), run.months.need_left[start:end, :, 0])
    return float(lost.sum(axis=1).max())
