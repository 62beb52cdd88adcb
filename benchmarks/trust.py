"""Timings of bands and rankings beside a loop that runs the same columns one at a time through the same engine.

60 months, 12 segments, 6 funders, 20 numbers with a range. The loop is the fairest there is: arrays and engine of the
product for one column after the other, without reading or checking the region again.
"""

from typing import Any

import numpy as np

from benchmarks.engine import _milliseconds
from benchmarks.region_12x6 import region_data

YEAR = 2031
REPEATS = 5
LOOPED = 64  # columns of the loop that are timed; the rest is told from them


def ranged_data() -> dict[str, Any]:
    """The region with twenty numbers that have a range."""
    data = region_data()
    for segment in data["segments"][:9]:
        workers = segment["workers"]
        segment["workers"] = {"value": workers, "low": 0.8 * workers, "high": 1.1 * workers}
    return data


def one_at_a_time(region: Any, columns: dict[str, np.ndarray], count: int) -> np.ndarray:
    """Coverage at every year's end of the first columns, (Y, count), each by a run of its own."""
    from simulator import arrays
    from simulator.engine import run_months
    from simulator.years import summarise

    found = []
    for i in range(count):
        a = arrays.build(region, {path: values[i : i + 1] for path, values in columns.items()})
        found.append(summarise(a, run_months(a, 1)).coverage_end[:, 0])
    return np.array(found).T


def _row(name: str, median: float, best: float, aim: str) -> None:
    print(f"{name:52}{median:10.0f}{best:10.0f}  {aim}")


def _loop(region: Any, columns: dict[str, np.ndarray], n: int, batched: float) -> np.ndarray:
    count = min(n, LOOPED)
    median, best = _milliseconds(lambda: one_at_a_time(region, columns, count), 3)
    whole = median * n / count
    told = "" if count == n else f" ({count} timed)"
    _row(f"  one at a time{told}", whole, best * n / count, f"{whole / batched:.0f} times")
    return one_at_a_time(region, columns, count)


def main() -> None:
    """Print the table."""
    from simulator import parse_region, project
    from simulator.questions.ranking import rank
    from simulator.questions.risk import risk
    from simulator.uncertainty.draws import drawn
    from simulator.uncertainty.plausible import plausible

    region = parse_region(ranged_data())
    run = project(region)
    print(f"{'trust: 60 months, 12 segments, 6 funders':52}{'median ms':>10}{'best ms':>10}  aim")
    for n in (1024, 10_000):
        found = risk(region, draws=n, run=run)  # the first time it loads scipy and makes the points
        aim = "<= 150 beside the plain run" if n == 1024 else ""
        median, best = _milliseconds(lambda n=n: risk(region, draws=n, run=run), REPEATS)
        _row(f"bands, {n:,} draws of {len(found.ranges)} numbers", median, best, aim)
        draws = drawn(region, region, n)
        looped = _loop(region, draws.columns, n, median)
        assert np.allclose(looped, found.figures["end"][:, : looped.shape[1]], rtol=1e-9)
    median, best = _milliseconds(lambda: rank(region, YEAR), REPEATS)
    known = plausible(region, region)
    _row(f"ranking of {len(known)} numbers", median, best, "")
    ends = {n.path: np.full(2 * len(known), n.value) for n in known}
    for i, n in enumerate(known):
        ends[n.path][2 * i : 2 * i + 2] = n.low, n.high
    _loop(region, ends, 2 * len(known), median)


if __name__ == "__main__":
    main()
