"""Plans tried in the model itself, where the programme's rows are not the whole story.

The model's order of paying may keep a plan of the linear programme from reaching its figure, and money that finds
nobody in the year's first months costs less than the programme reckons. Then plans around the programme's are run,
thousands of settings in a few passes: each is brought to the goal along a straight line, and the best is improved
by exchanges between two funders at the model's own slopes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.mix.task import Outcome, Task
from simulator.questions import measure as measures

STEPS = 17
BEST = 8  # plans that are brought to the goal
IMPROVED = 2  # of them, that are improved
ROUNDS = 6
ENOUGH = 1e-3  # of the cost: less is not worth another round
MOVES = 6  # exchanges tried in a round
CLOSE = 1e-3  # workers
SLOPE_STEP = 1e-5  # of a limit
PENNY = 1.0  # Rp
DEAR, CHEAP = 2.0, 0.5  # what missing workers will cost, and those too many save, of the usual price
DUTY = 0.5  # workers of duty `must` that may stay open beyond the fewest
REACH = 1e-6  # workers that a plan may be short of before the last line


@dataclass(frozen=True)
class Best:
    """The cheapest plan found (K,), its cost by the objective in Rp and its workers by the measure."""

    plan: np.ndarray
    cost: float
    people: float


def objective(task: Task, cost: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Rp by the objective, with a millionth of all money to tell plans apart, (n,)."""
    return (weights + 1e-6) @ cost


def cheapest(task: Task, starts: list[np.ndarray], goal: float, weights: np.ndarray) -> Best | None:
    """The cheapest plan that covers `goal` workers, from several starts; None where none of them gets there."""
    different = np.unique(np.round(np.array(starts), 6), axis=0)
    best = None
    for plan in _to_goal(task, different.T, goal, weights):
        found = _improve(task, plan, goal, weights)
        if found is not None and (best is None or found.cost < best.cost * (1 - 1e-9)):
            best = found
    return best


def without_idle(task: Task, plan: np.ndarray) -> np.ndarray:
    """The plan without money or places that find nobody in any month of the year, if it covers as many then."""
    a, m = task.months_of(plan[:, None])
    start, end = task.span
    trimmed = plan.copy()
    for k, f in enumerate(a.funders):
        has, used = (f.limit, m.funded[k]) if f.spendable is None else (f.spendable, m.cost[k])
        had = np.broadcast_to(has[start:end], used[start:end].shape)
        if had.max() > 0:
            trimmed[k] = plan[k] * min(1.0, float((used[start:end] / np.where(had > 0, had, np.inf)).max()))
    if (trimmed > plan * (1 - 1e-6)).all():
        return plan
    before, after = task.outcome(np.array([plan, trimmed]).T).people
    return trimmed if after >= before - REACH else plan


def straight(task: Task, plan: np.ndarray, goal: float) -> np.ndarray:
    """The plan moved in a straight line until it just covers the goal, or as far as that goes."""
    found = _to_goal(task, plan[:, None], goal, np.ones(len(plan)))
    return found[0] if found else plan


def _along(
    task: Task, starts: np.ndarray, up: np.ndarray, fails: np.ndarray, does: Callable[[Outcome], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Every start moved in a straight line, to all limits (`up`) or to nothing, until what `does` asks holds, where
    the start `fails` it, or holds no more: the plans just before and just after, each (K, n)."""
    to = np.broadcast_to(np.where(up, 1.0, 0.0), starts.shape)
    columns = np.arange(starts.shape[1])
    low, high = np.zeros(len(columns)), np.ones(len(columns))
    for _ in range(3):
        steps = low + (high - low) * np.linspace(0, 1, STEPS)[:, None]  # (steps, plans)
        plans = starts[:, None, :] + (to - starts)[:, None, :] * steps[None]
        done = does(task.outcome(plans.reshape(len(starts), -1))).reshape(steps.shape)
        turn = np.where(fails, done, ~done)
        j = np.where(turn.any(axis=0), turn.argmax(axis=0), STEPS - 1)
        low, high = steps[np.maximum(0, j - 1), columns], steps[j, columns]
    return starts + (to - starts) * low, starts + (to - starts) * high


def _to_goal(task: Task, starts: np.ndarray, goal: float, weights: np.ndarray) -> list[np.ndarray]:
    """The most promising starts, moved along their lines until they just cover the goal."""
    first = task.outcome(starts)
    cost = objective(task, first.cost, weights)
    missing = goal - first.people
    worth = np.where(missing > 0, DEAR, CHEAP) * missing * _per_worker(task, cost, first.people)
    order = np.argsort(cost + worth, kind="stable")[:BEST]
    starts, short = starts[:, order], first.people[order] < goal
    before, after = _along(task, starts, short, short, lambda out: out.people >= goal - REACH)
    moved = np.where(short, after, before)
    out = task.outcome(moved)
    by_cost = np.argsort(objective(task, out.cost, weights), kind="stable")
    return [moved[:, i] for i in by_cost if out.people[i] >= goal - REACH][:IMPROVED]


def _per_worker(task: Task, cost: np.ndarray, people: np.ndarray) -> float:
    """Rp for a worker, roughly: what plans cost over those who are insured without any."""
    none = task.outcome(np.zeros((len(task.choices), 1))).people
    return max(float(np.median(cost / np.maximum(people - none, 1.0))), 1.0)


def duties(task: Task, plan: np.ndarray, goal: float, weights: np.ndarray) -> np.ndarray:
    """The plan, one funder or all of them larger where the order of paying leaves workers of duty `must` open."""
    steps = np.linspace(0, 1, 2 * STEPS)
    ends = np.maximum(plan, np.vstack([np.eye(len(plan)), np.ones(len(plan))]))
    plans = np.vstack([plan + (end - plan) * step for end in ends for step in steps]).T
    _, m = task.months_of(plans)
    start, end = task.span
    left = m.must_open[start:end].mean(axis=0) if task.measure == measures.AVERAGE else m.must_open[end - 1]
    out = task.outcome(plans)
    fits = (left <= left.min() + DUTY) & (out.people >= goal - REACH)
    if fits[0] or not fits.any():
        return plan
    return plans[:, int(np.argmin(np.where(fits, objective(task, out.cost, weights), np.inf)))]


def most(task: Task, starts: list[np.ndarray], total: float, weights: np.ndarray) -> Best | None:
    """The plan with most workers whose cost by the objective stays within `total`, from several starts."""
    different = np.unique(np.round(np.array(starts), 6), axis=0)
    best = None
    for plan in _to_total(task, different.T, total, weights):
        found = _enlarge(task, plan, total, weights)
        if best is None or found.people > best.people + CLOSE:
            best = found
    return best


def within(task: Task, plan: np.ndarray, total: float, weights: np.ndarray) -> np.ndarray | None:
    """The plan moved in a straight line until its cost just fills the total; None where that cannot be."""
    found = _to_total(task, plan[:, None], total, weights)
    return found[0] if found else None


def _to_total(task: Task, starts: np.ndarray, total: float, weights: np.ndarray) -> list[np.ndarray]:
    """The most promising starts, moved along their lines until their cost just fills the total."""
    first = task.outcome(starts)
    cost = weights @ first.cost
    left = total - cost
    worth = left / (np.where(left > 0, DEAR, CHEAP) * _per_worker(task, cost, first.people))
    order = np.argsort(-(first.people + worth), kind="stable")[:BEST]
    starts, over = starts[:, order], cost[order] > total
    plans = np.hstack(_along(task, starts, ~over, over, lambda out: weights @ out.cost <= total + PENNY))
    out = task.outcome(plans)
    people = np.where(weights @ out.cost <= total + PENNY, out.people, -np.inf)
    return [plans[:, i] for i in np.argsort(-people, kind="stable")[:IMPROVED] if np.isfinite(people[i])]


def _enlarge(task: Task, plan: np.ndarray, total: float, weights: np.ndarray) -> Best:
    """Pairs of funders exchange money at the model's own slopes, as long as that covers more."""
    now = task.outcome(plan[:, None])
    best = Best(plan, float((weights @ now.cost)[0]), float(now.people[0]))
    for _ in range(ROUNDS):
        plans = _for_more(task, best, total, weights)
        if plans is None:
            break
        out = task.outcome(plans)
        cost = weights @ out.cost
        people = np.where(cost <= total + PENNY, out.people, -np.inf)
        i = int(np.argmax(people))
        if people[i] <= best.people + CLOSE * max(1.0, 1e-3 * best.people):
            break
        best = Best(plans[:, i], float(cost[i]), float(people[i]))
    return best


def _for_more(task: Task, best: Best, total: float, weights: np.ndarray) -> np.ndarray | None:
    """Plans in which one funder has more, of what is left of the total and of what another one gives up."""
    up, down, cost_up, cost_down = slopes(task, best.plan, weights)
    lengths = np.concatenate([[0.0], np.geomspace(1e-3, 1.0, 10)])
    moves = []
    for more in np.flatnonzero((task.caps > 0) & (best.plan < 1) & (up > 0)):
        price = max(cost_up[more], 1e-6)
        spare = np.minimum(1 - best.plan[more], max(0.0, total - best.cost) / price)
        for less in np.flatnonzero((task.caps > 0) & (best.plan > 0)):
            gain = up[more] / price * cost_down[less] - down[less]
            if less == more or (gain <= 0 and spare <= 0):
                continue
            room = min(best.plan[less], (1 - best.plan[more]) * price / max(cost_down[less], 1e-6))
            moves.append((gain * room + up[more] * spare, less, more, room, spare, cost_down[less] / price))
        moves.append((up[more] * spare, None, more, 0.0, spare, 0.0))
    plans = []
    for _, less, more, room, spare, rate in sorted(moves, key=lambda move: -move[0])[:MOVES]:
        for length in lengths:
            trial = best.plan.copy()
            if less is not None:
                trial[less] -= length * room
                trial[more] += length * room * rate + spare * (1 - 1e-6)
            else:
                trial[more] += spare * length
            plans.append(np.clip(trial, 0.0, 1.0))
    return np.array(plans).T if plans else None


def slopes(task: Task, plan: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """(workers up, workers down, cost up, cost down) for a whole limit more or less of each funder, each (K,)."""
    count = len(plan)
    most = np.array([c.most for c in task.choices])
    step = np.eye(count) * SLOPE_STEP
    raised = np.minimum(plan[:, None] + step, most[:, None])
    lowered = np.maximum(plan[:, None] - step, 0.0)
    out = task.outcome(np.concatenate([raised, lowered, plan[:, None]], axis=1))
    cost = objective(task, out.cost, weights)
    up, down = raised.diagonal() - plan, plan - lowered.diagonal()
    return (
        _per(out.people[:count] - out.people[-1], up),
        _per(out.people[-1] - out.people[count:-1], down),
        _per(cost[:count] - cost[-1], up),
        _per(cost[-1] - cost[count:-1], down),
    )


def _per(change: np.ndarray, step: np.ndarray) -> np.ndarray:
    """change/step, 0 where there is no step to take."""
    return np.divide(change, step, out=np.zeros_like(change), where=step > 1e-12)


def _improve(task: Task, plan: np.ndarray, goal: float, weights: np.ndarray) -> Best | None:
    """Pairs of funders exchange workers at the model's own slopes, as long as that is cheaper."""
    now = task.outcome(plan[:, None])
    best = Best(plan, float(objective(task, now.cost, weights)[0]), float(now.people[0]))
    if best.people < goal - REACH:
        return None
    for _ in range(ROUNDS):
        better = _exchange(task, best, goal, weights)
        if better is None or better.cost > best.cost * (1 - ENOUGH):
            break
        best = better
    return best


def _exchange(task: Task, best: Best, goal: float, weights: np.ndarray) -> Best | None:
    """One funder pays less and another as much more as holds the goal, every pair at many lengths, in one pass."""
    moves = sorted(_moves(task, best, goal, weights), key=lambda move: -move[0])[:MOVES]
    if not moves:
        return None
    plans = []
    for _, less, more, room, rate in moves:
        for length in np.geomspace(1e-3, 1.0, 10) * room:
            trial = best.plan.copy()
            if less is not None:
                trial[less] -= length
            if more is not None:
                trial[more] += length * rate
            plans.append(np.clip(trial, 0.0, 1.0))
    plans = np.array(plans).T
    out = task.outcome(plans)
    cost = np.where(out.people >= goal - REACH, objective(task, out.cost, weights), np.inf)
    i = int(np.argmin(cost))
    return Best(plans[:, i], float(cost[i]), float(out.people[i])) if cost[i] < best.cost else None


def _moves(task: Task, best: Best, goal: float, weights: np.ndarray) -> list[tuple]:
    """(gain, who pays less, who pays more, how far the first or only one can move, how much more for that)."""
    up, down, cost_up, cost_down = slopes(task, best.plan, weights)
    free = task.caps > 0
    less_free, more_free = np.flatnonzero(free & (best.plan > 0)), np.flatnonzero(free & (best.plan < 1))
    found: list[tuple] = []
    for more in more_free:
        if cost_up[more] < 0:  # takes the places of a dearer one
            room = 1 - best.plan[more]
            found.append((-cost_up[more] * room, None, more, room, 1.0))
    for less in less_free:
        if down[less] * best.plan[less] < CLOSE or best.people > goal:
            found.append((np.inf, less, None, best.plan[less], 0.0))
        for more in more_free:
            if more == less or up[more] <= 0:
                continue
            rate = down[less] / up[more]
            gain = cost_down[less] - cost_up[more] * rate
            if gain > 1e-5 * max(best.cost, 1.0):
                room = min(best.plan[less], (1 - best.plan[more]) * up[more] / max(down[less], 1e-12))
                found.append((gain * room, less, more, room, rate))
    return found
