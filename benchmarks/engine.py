"""Timings of the engine: one run, 1,024 and 10,000 columns, and the plain-Python reference, in one run.

60 months, 12 segments, 6 funders. Memory is the peak of what the arrays of a batch take.
"""

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable

from benchmarks.region_12x6 import columns, region_data

REPEATS = 7
MEMORY_LIMIT = 250  # MB


def _milliseconds(work: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """(median, best) of some repeats, after one that warms up."""
    work()
    taken = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1e3)
    return statistics.median(taken), min(taken)


def _import_times() -> tuple[float, float]:
    """Milliseconds (best of five) to import numpy and to import the simulator, in fresh processes."""
    code = "import time; t = time.perf_counter(); import {}; print((time.perf_counter() - t) * 1e3)"

    def best(name: str) -> float:
        runs = [subprocess.run([sys.executable, "-c", code.format(name)], capture_output=True) for _ in range(5)]
        return min(float(r.stdout) for r in runs)

    return best("numpy"), best("simulator")


def _reference(seconds: float = 3.0) -> float:
    """Milliseconds for one run of the plain-Python reference."""
    from tests import reference

    data, runs, begin = region_data(), 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        reference.run(data)
        runs += 1
    return (time.perf_counter() - begin) / runs * 1e3


def main() -> None:
    """Print the table."""
    from simulator import parse_region, project
    from simulator.batch import run_batch

    region = parse_region(region_data())
    rows: list[tuple[str, float, float, str]] = []
    rows.append(("one run, validated, with benefits", *_milliseconds(lambda: project(region), 30), "<= 20"))
    for n, limit in ((1_024, "<= 100"), (10_000, "<= 500")):
        many = columns(n)
        rows.append((f"{n:,} columns", *_milliseconds(lambda m=many: run_batch(region, m)), limit))
    many = columns(10_000)
    tracemalloc.start()
    run_batch(region, many)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"{'engine: 60 months, 12 segments, 6 funders':44}{'median ms':>10}{'best ms':>10}  aim")
    for name, median, best, aim in rows:
        print(f"{name:44}{median:10.1f}{best:10.1f}  {aim}")
    one = _reference()
    print(f"{'plain-Python reference, one run':44}{one:10.1f}")
    print(f"{'1,024 reference runs / 1,024 columns':44}{one * 1024 / rows[1][1]:10.0f} times  aim >= 25")
    print(f"{'memory of 10,000 columns, peak':44}{peak:10.0f} MB  aim <= {MEMORY_LIMIT}")
    base, own = _import_times()
    print(f"{'import simulator / import numpy':44}{own / base:10.1f} times  aim <= 8 ({own:.0f} / {base:.0f} ms)")


if __name__ == "__main__":
    main()
