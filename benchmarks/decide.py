"""Timings of the questions that decide: goal seek, cheapest mix, frontier; beside them what a plain way takes.

60 months, 12 segments, 6 funders that pay in July to December (so that each counts at the year's end). The plain
ways use the same model in the same run: a bisection that calls `project` for one setting after the other, until it
is within a worker of the target, and a grid of plans in one batch.
"""

import itertools
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.engine import _milliseconds
from benchmarks.region_12x6 import region_data

YEAR = 2031
REPEATS = 5
LEVELS = 5  # settings of each funder on the grid


def december_data() -> dict[str, Any]:
    """The region with all budgets paid from July to December."""
    data = region_data()
    for funder in data["funders"]:
        if funder["kind"] == "budget":
            funder["start_month"], funder["months"] = 7, 6
    return data


def bisect(region: Any, lever: str, target: float, measure: str, high: float) -> tuple[float, int]:
    """(the setting, how many runs) of a plain bisection to within a worker."""
    from simulator import project
    from simulator.questions import measure as measures

    base, low, runs = region.coverage_base.workers.value, 0.0, 0
    while True:
        middle, runs = (low + high) / 2, runs + 1
        got = measures.share(project(region, changes={lever: middle}), YEAR, measure)
        if 0 <= got - target <= 1 / base:
            return middle, runs
        low, high = (low, middle) if got >= target else (middle, high)


def grid(region: Any, target: float, measure: str) -> tuple[float, int]:
    """(Rp of the cheapest plan that reaches the target, how many plans) of a grid in one batch."""
    from simulator.mix.task import make

    task = make(region, YEAR, measure)
    shares = np.linspace(0, 1, LEVELS)
    plans = np.array(list(itertools.product(shares, repeat=len(task.choices)))).T
    out = [task.outcome(plans[:, i : i + 1024]) for i in range(0, plans.shape[1], 1024)]
    people, cost = np.concatenate([o.people for o in out]), np.concatenate([o.cost.sum(axis=0) for o in out])
    return float(cost[people >= target * task.scale].min()), plans.shape[1]


def half_way(region: Any, measure: str) -> float:
    """The coverage half-way between nobody paying and everybody paying all that is in the file."""
    from simulator.mix.task import make

    task = make(region, YEAR, measure)
    return float(task.outcome(np.array([[0.0, 1.0]] * len(task.choices))).people.mean() / task.scale)


def _once(work: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    return work(), (time.perf_counter() - begin) * 1e3


def _row(name: str, median: float, best: float, aim: str) -> None:
    print(f"{name:52}{median:10.0f}{best:10.0f}  {aim}")


def _goal(region: Any) -> None:
    from simulator import project
    from simulator.questions import measure as measures
    from simulator.questions.goal import seek

    lever = "f0.annual_budget"
    for measure in (measures.END, measures.AVERAGE):
        none, much = (measures.share(project(region, changes={lever: x}), YEAR, measure) for x in (0.0, 3e9))
        target = (none + much) / 2
        median, best = _milliseconds(lambda m=measure, t=target: seek(region, lever, t, YEAR, m), REPEATS)
        _row(f"goal seek, {measure}", median, best, "<= 100")
        found = seek(region, lever, target, YEAR, measure)
        (value, runs), taken = _once(lambda m=measure, t=target, f=found: bisect(region, lever, t, m, f.high))
        apart = abs(value - found.value) / found.value
        _row(f"  plain bisection, {runs} runs", taken, taken, f"{taken / median:.1f} times; answers {apart:.4%} apart")


def _mix(region: Any) -> None:
    from simulator.questions.mix import cheapest

    for measure in ("end", "average"):
        target = half_way(region, measure)
        median, best = _milliseconds(lambda m=measure, t=target: cheapest(region, t, YEAR, m), REPEATS)
        _row(f"cheapest mix, {measure}", median, best, "<= 600")
        found = cheapest(region, target, YEAR, measure)
        (cost, plans), taken = _once(lambda m=measure, t=target: grid(region, t, m))
        dearer = cost / sum(found.cost.values()) - 1
        _row(f"  grid of {plans:,} plans", taken, taken, f"{taken / median:.1f} times; its best is {dearer:.1%} dearer")
        print(f"  the mix: {found.how}, reached {found.reached}, Rp {sum(found.cost.values()):,.0f}")


def main() -> None:
    """Print the table."""
    from simulator import parse_region
    from simulator.questions.frontier import POINTS, frontier

    region = parse_region(december_data())
    print(f"{'questions: 60 months, 12 segments, 6 funders':52}{'median ms':>10}{'best ms':>10}  aim")
    _goal(region)
    _mix(region)
    for measure in ("end", "average"):
        median, best = _milliseconds(lambda m=measure: frontier(region, YEAR, m), REPEATS)
        _row(f"frontier of {POINTS} points, {measure}", median, best, "<= 600")


if __name__ == "__main__":
    main()
