"""Finding the plan of a mix: the linear programme's where its replay bears it out, else one sought in the model."""

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from simulator.mix import search
from simulator.mix.programme import Programme, Solved
from simulator.mix.task import Task
from simulator.questions import measure as measures

EXACT, ADJUSTED, SEARCHED, NONE = "exact", "adjusted", "searched", "none"
NEAR = 0.05  # workers: replay and programme say the same
SAME_COST = 0.01  # a plan must be cheaper by this share to be preferred to the one nearest to today's
CLOSE_COST = 0.02  # how far the run's cost may lie from the programme's before a search
TURNS = 6  # of programme and replay
AGAIN = 2  # of them, in which what is known is read anew
MOST_CORNERS = 7  # funders whose corners are all tried
SMALL_RUPIAH = 50_000.0
SMALL_DROP = 0.5  # worker-months


@dataclass(frozen=True)
class Found:
    """A plan, the programme it comes from and that programme's own answer."""

    plan: np.ndarray
    programme: Programme
    solved: Solved | None
    how: str
    weights: np.ndarray
    kept: bool

    @property
    def good(self) -> bool:
        """Whether the replay bears the plan out."""
        return self.how in (EXACT, ADJUSTED)


def most_people(task: Task) -> float:
    """The most workers by the measure that the limits allow in the model: each funder pays all it may, or nothing.

    Nearly always everybody paying is most; enrolment limits and overlap can make a funder stand in another's way.
    """
    corners = np.array(list(product((1.0, 0.0), repeat=min(len(task.choices), MOST_CORNERS)))).T
    corners = np.vstack([corners, np.ones((len(task.choices) - len(corners), corners.shape[1]))])
    return float(task.outcome(np.hstack([corners, task.today[:, None]])).people.max())


def over(task: Task, plan: np.ndarray, people: float) -> np.ndarray:
    """The plan, a hair larger where rounding leaves it a hair short of a goal that is the most there can be."""
    hairs = np.array([0.0, *np.geomspace(1e-9, 1e-2, 15)])
    plans = plan[:, None] * (1 - hairs) + hairs
    reach = task.outcome(plans).people >= people * (1 - measures.ROUNDING)
    return plans[:, int(np.argmax(reach))] if reach.any() else plan


def _programme(task: Task, around: np.ndarray, must_first: bool, keep: bool, **options: Any) -> Programme:
    found = Programme(task, around, kept=keep, **options)
    if must_first:
        found.require_duties()
    return found


def _months(task: Task) -> list[int | None]:
    """Which month stands for the measure: BPJS counts whoever was paid for in any month of the grace period."""
    if task.measure != measures.ACTIVE:
        return [None]
    last, grace = task.span[1] - 1, int(np.max(task.ends.grace))
    found: dict[tuple, int] = {}
    for t in range(last, max(-1, last - grace - 1), -1):
        found.setdefault(tuple(bool(f.idle[t]) for f in task.ends.funders), t)
    return list(found.values())


def cheapest_plan(task: Task, goal: float, weights: np.ndarray, must_first: bool, keep: bool) -> Found:
    """The programme's plan where its replay agrees or nearly so, else the best that a search in the model finds."""
    if not task.choices:  # nobody who could pay
        return Found(np.zeros(0), Programme(task, np.zeros(0)), None, NONE, weights, kept=False)
    tried = [_by_programme(task, goal, weights, must_first, keep, month) for month in _months(task)]
    good = [x for x in tried if x.good]
    if not good:
        return _searched(task, tried, goal, weights, must_first)
    cost = task.outcome(np.array([x.plan for x in good]).T).cost
    cheapest = int(np.argmin(search.objective(task, cost, weights)))
    best, paid = good[cheapest], float(weights @ cost[:, cheapest])
    promised = min(float(weights @ x.solved.money) for x in tried if x.solved is not None)
    unsure = promised < paid * (1 - SAME_COST) - SMALL_RUPIAH or _beaten(task, best, goal, weights)
    if unsure and not (keep or must_first):
        found = _searched(task, tried, goal, weights, must_first)
        if not _as_good(task, best.plan, found.plan, goal, weights):
            return found
    return best


def _beaten(task: Task, found: Found, goal: float, weights: np.ndarray) -> bool:
    """Whether some plan that leans on other funders promises to be clearly cheaper in the model.

    Money that finds nobody in some months, or workers who go on by themselves, may make it so.
    """
    corners = _corners(found, goal, weights)
    if not corners or found.solved is None:
        return False
    out = task.outcome(np.array([found.plan, *corners]).T)
    cost = search.objective(task, out.cost, weights)
    cost = cost + found.solved.price * (goal - out.people)  # as if brought to the goal
    return bool(cost[1:].min() < cost[0] * (1 - SAME_COST) - SMALL_RUPIAH)


def _corners(found: Found, goal: float, weights: np.ndarray) -> list[np.ndarray]:
    """Plans that lean on other funders; those whose money does not count may take a month off the others."""
    corners = found.programme.vertices(goal, weights) + found.programme.scan(goal, weights)
    return [*corners, np.where(weights == 0, 1.0, found.plan)] if (weights == 0).any() else corners


def _searched(task: Task, tried: list[Found], goal: float, weights: np.ndarray, must_first: bool) -> Found:
    """The best that a search in the model finds, from the programmes' plans, with the order of paying and without."""
    first = tried[0]
    starts = [x.plan for x in tried] + [np.ones(len(task.choices)), task.today]
    for x in tried:
        starts += _corners(x, goal, weights)
    ordered = _programme(task, first.plan, must_first, keep=False, ordered=True, month=task.span[1] - 1)
    in_order = ordered.first(goal, weights)
    starts += [in_order.plan] if in_order else []
    best = search.cheapest(task, starts, goal, weights)
    if best is None:
        return first
    close = [x.plan for x in tried if _as_good(task, x.plan, best.plan, goal, weights)]
    return Found(close[0] if close else best.plan, first.programme, first.solved, SEARCHED, weights, kept=False)


def _as_good(task: Task, plan: np.ndarray, best: np.ndarray, goal: float, weights: np.ndarray) -> bool:
    """Whether a plan, nearest to today's, does as well as the best found."""
    out = task.outcome(np.array([plan, best]).T)
    cost = search.objective(task, out.cost, weights)
    return bool(out.people[0] >= goal - NEAR / 5 and cost[0] <= cost[1] * (1 + SAME_COST) + SMALL_RUPIAH)


def _by_programme(
    task: Task, goal: float, weights: np.ndarray, must_first: bool, keep: bool, month: int | None
) -> Found:
    """The linear programme's plan. What its rows take as known is read from the run of its own plan, and its goal
    moved by what the replay misses, until both agree; the first answer's cost is the bound."""
    plan, asked, known, solved, missed, held = task.today, goal, None, None, np.inf, keep
    for turn in range(TURNS):
        if known is None or (turn < AGAIN and known.arrays.continuation.any()):
            known, held = _feasible(task, plan, must_first, keep, month, asked, weights)
        found = known.cheapest(asked, weights)
        if found is None:
            break
        plan, solved = found.plan, found
        missed = goal - float(task.outcome(plan[:, None]).people[0])
        if abs(missed) <= NEAR / 10:
            break
        asked += missed
    if solved is None:
        return Found(np.ones(len(task.choices)), known, None, NONE, weights, held)
    bound = solved if asked == goal else known.cheapest(goal, weights) or solved
    if missed > NEAR / 5 and (keep or must_first):  # a search would not keep to these rows
        plan = search.straight(task, plan, goal)
        missed = goal - float(task.outcome(plan[:, None]).people[0])
    if must_first and missed <= NEAR / 5:
        plan = search.duties(task, plan, goal - NEAR / 5, weights)
    paid = float(weights @ task.outcome(plan[:, None]).cost[:, 0])
    apart = abs(paid - float(weights @ bound.money))
    near = keep or must_first or apart <= max(SMALL_RUPIAH, CLOSE_COST * paid)
    how = NONE if missed > NEAR / 5 or not near else EXACT if asked == goal and apart <= SMALL_RUPIAH else ADJUSTED
    return Found(plan, known, bound, how, weights, held)


def _feasible(
    task: Task, plan: np.ndarray, must_first: bool, keep: bool, month: int | None, goal: float, weights: np.ndarray
) -> tuple[Programme, bool]:
    """(programme, whether it keeps everybody whom today's policy pays for): the limits may be too tight for that,
    then as few as possible are dropped."""
    found = _programme(task, plan, must_first, keep, month=month)
    if not keep:
        return found, False
    dropped = found.keep_most(goal, None, weights)
    if dropped is None:
        return _programme(task, plan, must_first, keep=False, month=month), False
    return found, dropped < SMALL_DROP


def most_plan(task: Task, total: float, weights: np.ndarray, must_first: bool, keep: bool) -> Found:
    """The plan that covers most for a total: the programme's where nothing that a search in the model finds covers
    clearly more. The total is what is paid; where the programme would pass it, its plan is cut in proportion."""
    if not task.choices:
        return Found(np.zeros(0), Programme(task, np.zeros(0)), None, NONE, weights, kept=False)
    tried = [_most_by_programme(task, total, weights, must_first, keep, month) for month in _months(task)]
    tried = [x for x in tried if x.solved is not None]
    if not tried:  # even what is promised already passes the total: nobody pays
        programme = _programme(task, task.today, must_first, keep=False)
        return Found(np.zeros(len(task.choices)), programme, None, NONE, weights, kept=False)
    out = task.outcome(np.array([x.plan for x in tried]).T)
    first = tried[int(np.argmax(out.people))]
    if keep or must_first:  # a search would not keep to these rows
        return first
    best = search.most(task, _starts_for_most(task, first, tried, total, weights), total, weights)
    most = max(float(out.people.max()), best.people if best else 0.0)
    if best is None or out.people.max() >= most * (1 - SAME_COST / 2) - NEAR:
        return first
    return replace(first, plan=best.plan, how=SEARCHED)


def _starts_for_most(
    task: Task, first: Found, tried: list[Found], total: float, weights: np.ndarray
) -> list[np.ndarray]:
    starts = [x.plan for x in tried] + [np.ones(len(task.choices)), task.today]
    goal = first.solved.people if first.solved else 0.0
    for x in tried:
        starts += _corners(x, goal, weights)
    if first.how == SEARCHED:
        ordered = _programme(task, first.plan, must_first=False, keep=False, ordered=True, month=task.span[1] - 1)
        in_order = ordered.most(total, weights)
        starts += [in_order.plan] if in_order else []
    return starts


def _most_by_programme(
    task: Task, total: float, weights: np.ndarray, must_first: bool, keep: bool, month: int | None
) -> Found:
    plan, known, solved, held = task.today, None, None, keep
    for _ in range(AGAIN):
        known = _programme(task, plan, must_first, keep, month=month)
        if keep:
            dropped = known.keep_most(None, total, weights)
            held = dropped is not None and dropped < SMALL_DROP
        solved = known.most(total, weights)
        if solved is None:
            return Found(plan, known, None, NONE, weights, held)
        plan = solved.plan
        if not known.arrays.continuation.any():
            break
    out = task.outcome(plan[:, None])
    if float(weights @ out.cost[:, 0]) > total + 1:
        plan = search.within(task, plan, total, weights)
        if plan is None:
            return Found(np.zeros(len(task.choices)), known, None, NONE, weights, held)
        out = task.outcome(plan[:, None])
    apart = float(out.people[0]) - solved.people
    how = EXACT if abs(apart) < NEAR else ADJUSTED if apart > 0 else SEARCHED
    return Found(plan, known, solved, how, weights, held)
