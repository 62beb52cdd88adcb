"""Cost against coverage, from today to what is possible, for all funders together and for one alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulator import indonesian as fmt
from simulator.faults import Fault, InputError, nearest
from simulator.levers import main_lever
from simulator.mix.programme import Programme
from simulator.mix.rows import committed
from simulator.mix.task import Task, make
from simulator.projection import Projection
from simulator.questions import measure as measures
from simulator.schema import BudgetFunder, Region

POINTS = 21
FULL = 1e-3  # a limit is reached but for this share
BEND = 0.1  # a slope must fall by this share to be called a bend
SMALL = 0.5  # workers
STEPS = 12  # lengths tried of every step up
MOST_STEPS = 24
BILLION = 1e9
ALL, ALONE = "all", "alone"


@dataclass(frozen=True)
class Bend:
    """Where one more rupiah buys less than before. Rp a year; workers for Rp 1 billion before and after."""

    line: str
    cost: float
    coverage: float
    before: float
    after: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Frontier:
    """`points`: line (all or alone), cost (Rp of all funders in the year), coverage (share by the measure), people,
    and a column for each funder's part of the cost; each is a run of the model. `alone` is the funder of its own
    line (None where the region has none)."""

    task: Task
    alone: str | None
    points: pd.DataFrame
    bends: tuple[Bend, ...]


def frontier(
    region: Region,
    year: int,
    measure: str = measures.END,
    caps: Mapping[str, float] | None = None,
    scenario: str | None = None,
    changes: Mapping[str, Any] | None = None,
    alone: str | None = None,
    points: int = POINTS,
) -> Frontier:
    """The most coverage for every total, within the limits, and what the APBD (or funder `alone`) does by itself.

    The first line begins with the present setting, or with today's policy where that costs less, as far as the limits
    let them; the other begins with the present setting and leaves all other funders as they are. Raises InputError
    as `make` does.
    """
    task = make(region, year, measure, scenario, changes, caps)
    alone = alone or _usual_alone(task)
    if alone is not None and alone not in task.region.funder_ids:
        facts = {"value": alone, "guess": nearest(alone, task.region.funder_ids)}
        raise InputError([Fault("alone", "unknown_funder", facts, task.region._source)])
    now = _now(task)
    everybody = _all_plans(task, _cheaper(task, now), points)
    single = _alone_plans(task, now, alone, points) if alone else np.zeros((len(now), 0))
    plans = np.hstack([everybody, single])
    frame, a_months = _frame(task, plans, everybody.shape[1])
    bends = [b for line in (ALL, ALONE) for b in _bends(task, frame, plans, a_months, line)]
    return Frontier(task, alone, frame, tuple(bends))


def point(run: Projection, year: int, measure: str) -> tuple[float, float]:
    """(cost of all funders in the year in Rp, coverage) of a run: its place beside the frontier."""
    return float(run.years.cost[run.years.years.index(year)].sum()), measures.share(run, year, measure)


def _now(task: Task) -> np.ndarray:
    """The present setting as a plan."""
    values = [main_lever(f)[1] for f in task.region.funders]
    return np.array([c.share_of(value) for c, value in zip(task.choices, values, strict=True)])


def _cheaper(task: Task, now: np.ndarray) -> np.ndarray:
    """The present setting or today's policy, whichever costs less: there the line of all funders begins."""
    cost = task.outcome(np.array([now, task.today]).T).cost.sum(axis=0)
    return now if cost[0] <= cost[1] else task.today


def _usual_alone(task: Task) -> str | None:
    """The APBD; else the first budget of the government; else the first budget."""
    budgets = [f for f in task.region.funders if isinstance(f, BudgetFunder)]
    order = sorted(budgets, key=lambda f: (f.id != "apbd", f.payer != "government"))
    return order[0].id if order else None


def _alone_plans(task: Task, now: np.ndarray, funder: str, points: int) -> np.ndarray:
    k = [c.funder for c in task.choices].index(funder)
    plans = np.repeat(now[:, None], points, axis=1)
    plans[k] = np.linspace(now[k], 1.0, points)
    return plans


def _all_plans(task: Task, now: np.ndarray, points: int) -> np.ndarray:
    """Plans that cover most for evenly spread totals: the linear programme's, or, where the order of paying keeps
    those from their figure, steps up from the present setting, each time the funder with most people for a rupiah."""
    path, costs, people = _upward(task, now)
    weights = np.ones(len(now))
    programme = Programme(task, now)
    most_money = float(programme.money_of(np.ones(len(now))).sum())
    totals = np.linspace(costs[0], costs[-1], points)
    solved = [programme.most(min(float(t), most_money), weights) for t in totals[1:]]
    plans = np.array([s.plan if s else now for s in solved]).T
    stepped = np.array([_at(path, costs, t) for t in totals[1:]]).T
    out = task.outcome(np.clip(np.hstack([plans, stepped]), 0.0, 1.0))
    count = points - 1
    paid = out.cost.sum(axis=0)
    within = paid[:count] <= totals[1:] + 1e4
    better = within & (out.people[:count] > out.people[count:] + SMALL)
    chosen, most = [now], people[0]
    for j in range(count):
        here = out.people[j if better[j] else count + j]
        chosen.append((plans if better[j] else stepped)[:, j] if here >= most else chosen[-1])
        most = max(most, here)
    return np.clip(np.array(chosen).T, 0.0, 1.0)


def _upward(task: Task, now: np.ndarray) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Settings from the present one up, nobody's money ever cut: (plans, cost of all, people)."""
    plan, lengths = now, np.linspace(0, 1, STEPS + 1)[1:]
    out = task.outcome(now[:, None])
    plans, costs, people = [now], [float(out.cost.sum())], [float(out.people[0])]
    for _ in range(MOST_STEPS):
        free = np.flatnonzero((plan < 1 - 1e-9) & (task.caps > 0))
        if not len(free):
            break
        trials = np.repeat(plan[:, None], len(free) * STEPS, axis=1)
        for i, k in enumerate(free):
            trials[k, i * STEPS : (i + 1) * STEPS] = plan[k] + (1 - plan[k]) * lengths
        out = task.outcome(trials)
        more, paid = out.people - people[-1], out.cost.sum(axis=0) - costs[-1]
        worth = np.where((more > SMALL) & (paid > 1e4), more / np.maximum(paid, 1e4), 0.0)
        worth = np.where((more > SMALL) & (paid <= 1e4), np.inf, worth)
        best = float(worth.max())
        if best <= 0:
            break
        i = int(np.flatnonzero(worth >= best * (1 - 1e-3))[-1])  # as far as it stays as good
        begin = i // STEPS * STEPS
        for j in range(begin, i + 1):
            plans.append(trials[:, j])
            costs.append(float(out.cost[:, j].sum()))
            people.append(float(out.people[j]))
        plan = trials[:, i]
    return plans, np.array(costs), np.array(people)


def _at(path: list[np.ndarray], costs: np.ndarray, total: float) -> np.ndarray:
    """The setting on the way up that costs just so much."""
    i = int(np.searchsorted(costs, total))
    if i <= 0 or i >= len(costs):
        return path[min(i, len(path) - 1)]
    span = costs[i] - costs[i - 1]
    share = (total - costs[i - 1]) / span if span > 0 else 1.0
    return path[i - 1] + (path[i] - path[i - 1]) * share


def _frame(task: Task, plans: np.ndarray, first: int) -> tuple[pd.DataFrame, np.ndarray]:
    """The points as a frame, coverage never falling along a line, and the need left by segment (S, n)."""
    a, m = task.months_of(plans, detail=True)
    start, end = task.span
    share = np.broadcast_to(measures.shares(a, m, task.year, task.measure), (plans.shape[1],))
    cost = m.cost[:, start:end].sum(axis=1)
    frame = pd.DataFrame(
        {
            "line": [ALL] * first + [ALONE] * (plans.shape[1] - first),
            "cost": cost.sum(axis=0),
            "coverage": share,
            "people": share * task.scale,
            **{c.funder: cost[k] for k, c in enumerate(task.choices)},
        }
    )
    frame["point"] = np.arange(len(frame))
    return frame, m.need_left[end - 1]


def _bends(task: Task, frame: pd.DataFrame, plans: np.ndarray, need: np.ndarray, line: str) -> list[Bend]:
    """Where the slope falls, and what ran out there."""
    rows = frame[frame["line"] == line].sort_values(["cost", "people"])
    rows = rows[rows["people"] >= rows["people"].cummax() - SMALL]
    cost, people = rows["cost"].to_numpy(), rows["people"].to_numpy()
    spent = np.diff(cost)
    slope = np.where(spent > 1e4, np.diff(people) / np.maximum(spent, 1.0) * BILLION, np.nan)
    known = [(i, float(v)) for i, v in enumerate(slope) if np.isfinite(v)]
    found: list[tuple[int, int, float, float]] = []  # where it begins and ends to fall, and the slopes around
    for (_, before), (i, now) in zip(known, known[1:], strict=False):
        if now >= before * (1 - BEND):
            continue
        if found and found[-1][1] == i - 1:  # a kink between two points bends two slopes
            found[-1] = (found[-1][0], i, found[-1][2], now)
        else:
            found.append((i, i, before, now))
    ids = rows["point"].to_numpy()
    return [
        Bend(line, float(cost[i]), float(rows["coverage"].iloc[i]), before, after,
             _why(task, plans, rows, need, ids[max(0, i - 1)], ids[j + 1]))
        for i, j, before, after in found
    ]  # fmt: skip


def _why(
    task: Task, plans: np.ndarray, rows: pd.DataFrame, need: np.ndarray, before: int, here: int
) -> tuple[str, ...]:
    """Limits reached and groups exhausted between two points, in Indonesian; else who pays for the workers after."""
    found = []
    start, end = task.span
    cost = rows.set_index("point")
    for k, c in enumerate(task.choices):
        most = committed(task.ends.funders[k], start, end)[1]
        spent = cost.at[here, c.funder] >= most * (1 - FULL)  # at its limit, and not for want of workers
        if c.cap > 0 and spent and plans[k, here] >= 1 - FULL > plans[k, before]:
            found.append(f"batas {c.name} ({fmt.rupiah(c.cap) if c.budget else fmt.percent_short(c.cap)}) tercapai")
    names = [s.name for s in task.region.segments] + [task.region.other.name]
    for s, name in enumerate(names):
        if need[s, here] < SMALL <= need[s, before]:
            found.append(f"{name} yang lolos verval sudah terlindungi semua")
    if not found:
        rise = [cost.at[here, c.funder] - cost.at[before, c.funder] for c in task.choices]
        payer = task.choices[int(np.argmax(rise))].name
        found.append(f"tambahan berikutnya dibayar {payer}, yang menjangkau lebih sedikit pekerja per rupiah")
    return tuple(found)
