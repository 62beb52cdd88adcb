"""Plans tried in the model itself, where the programme's rows are not the whole story.

The model's order of paying may keep a plan of the linear programme from reaching its figure, and money that finds
nobody in the year's first months costs less than the programme reckons. Then plans around the programme's are run,
thousands of settings in a few passes: each is brought to the goal along a straight line, and the best is improved
by small linear programmes of the model's own slopes.
"""

from dataclasses import dataclass

import numpy as np

from simulator.mix.task import Task

STEPS = 17
BEST = 8  # plans that are brought to the goal
IMPROVED = 2  # of them, that are improved
ROUNDS = 8
MOVES = 6  # exchanges tried in a round
CLOSE = 1e-3  # workers
SLOPE_STEP = 1e-5  # of a limit
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


def _lines(starts: np.ndarray, short: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each start's line leads to: all limits where it is short, nothing where it has too much."""
    ends = np.where(short[None, :], 1.0, 0.0)
    return starts, np.broadcast_to(ends, starts.shape)


def _to_goal(task: Task, starts: np.ndarray, goal: float, weights: np.ndarray) -> list[np.ndarray]:
    """The most promising starts, moved along their lines until they just cover the goal."""
    first = task.outcome(starts)
    cost = objective(task, first.cost, weights)
    per_worker = max(float(np.median(cost / np.maximum(first.people, 1.0))), 1.0)
    order = np.argsort(cost + 3 * per_worker * np.maximum(0.0, goal - first.people), kind="stable")[:BEST]
    starts, people = starts[:, order], first.people[order]
    from_, to = _lines(starts, people < goal)
    low, high = np.zeros(len(order)), np.ones(len(order))
    for _ in range(3):
        steps = low + (high - low) * np.linspace(0, 1, STEPS)[:, None]  # (steps, plans)
        plans = from_[:, None, :] + (to - from_)[:, None, :] * steps[None]
        seen = task.outcome(plans.reshape(len(from_), -1)).people.reshape(steps.shape)
        low, high = _around(steps, seen, goal, people < goal)
    chosen = np.where(people < goal, high, low)
    moved = from_ + (to - from_) * chosen
    out = task.outcome(moved)
    by_cost = np.argsort(objective(task, out.cost, weights), kind="stable")
    return [moved[:, i] for i in by_cost if out.people[i] >= goal - REACH][:IMPROVED]


def _around(steps: np.ndarray, seen: np.ndarray, goal: float, short: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The steps on both sides of the goal, for every line."""
    reach = seen >= goal - REACH
    low, high = np.empty(steps.shape[1]), np.empty(steps.shape[1])
    for i in range(steps.shape[1]):
        if short[i]:  # the first step that covers it
            j = int(np.argmax(reach[:, i])) if reach[:, i].any() else len(steps) - 1
            low[i], high[i] = steps[max(0, j - 1), i], steps[j, i]
        else:  # the last step that still does
            missing = ~reach[:, i]
            j = int(np.argmax(missing)) if missing.any() else len(steps) - 1
            low[i], high[i] = steps[max(0, j - 1), i], steps[j, i]
    return low, high


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
        if better is None or better.cost > best.cost * (1 - 1e-5):
            break
        best = better
    return best


def _exchange(task: Task, best: Best, goal: float, weights: np.ndarray) -> Best | None:
    """One funder pays less and another as much more as holds the goal, every pair at many lengths, in one pass."""
    up, down, cost_up, cost_down = slopes(task, best.plan, weights)
    free = task.caps > 0
    moves = []
    spare = max(0.0, best.people - goal)
    for less in np.flatnonzero(free & (best.plan > 0)):
        if down[less] * best.plan[less] < CLOSE or spare > 0:
            moves.append((np.inf, less, None, best.plan[less]))
        for more in np.flatnonzero(free & (best.plan < 1)):
            if more == less or up[more] <= 0:
                continue
            gain = cost_down[less] - cost_up[more] * down[less] / up[more]
            if gain > 1e-5 * max(best.cost, 1.0):
                room = min(best.plan[less], (1 - best.plan[more]) * up[more] / max(down[less], 1e-12))
                moves.append((gain * room, less, more, room))
    if not moves:
        return None
    lengths = np.geomspace(1e-3, 1.0, 10)
    plans = []
    for _, less, more, room in sorted(moves, key=lambda move: -move[0])[:MOVES]:
        for length in lengths * room:
            trial = best.plan.copy()
            trial[less] -= length
            if more is not None:
                trial[more] = min(1.0, trial[more] + length * down[less] / up[more])
            plans.append(np.clip(trial, 0.0, 1.0))
    plans = np.array(plans).T
    out = task.outcome(plans)
    cost = np.where(out.people >= goal - REACH, objective(task, out.cost, weights), np.inf)
    i = int(np.argmin(cost))
    return Best(plans[:, i], float(cost[i]), float(out.people[i])) if cost[i] < best.cost else None
