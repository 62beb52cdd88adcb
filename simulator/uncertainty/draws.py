"""Draws of the numbers that have a range: scrambled Sobol' points as triangular distributions (MODEL, Uncertainty)."""

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

from simulator.schema import Region
from simulator.uncertainty.possible import possible
from simulator.uncertainty.ranges import Range, places, ranges

DRAWS = 1024
SEED = 20210325  # the day of Inpres 2/2021; any fixed number would do
MOST_DRAWS = 200_000


@dataclass(frozen=True)
class Draws:
    """n drawn values of each number with a range.

    `columns` path → (n,), what `run_batch` takes; empty where nothing has a range: one run then stands for all draws.
    `pulled` counts the draws that could not be true as drawn (see `possible`).
    """

    n: int
    columns: dict[str, np.ndarray]
    ranges: dict[str, Range]
    pulled: int

    @property
    def certain(self) -> bool:
        """Whether nothing is drawn."""
        return not self.columns


@lru_cache(maxsize=4)
def uniform(n: int, dimensions: int, seed: int = SEED) -> np.ndarray:
    """The first n points of a scrambled Sobol' sequence in (0, 1), shape (dimensions, n), not to be written on.

    Kept between calls because it is the same for the same arguments: the draws of all scenarios of a region.
    """
    from scipy.stats import qmc  # only here: it takes a second to load

    points = qmc.Sobol(dimensions, scramble=True, rng=seed).random_base2(max(0, int(n - 1).bit_length()))[:n]
    table = np.ascontiguousarray(points.T)
    table.setflags(write=False)
    return table


def apart(name: str, n: int, seed: int = SEED) -> np.ndarray:
    """n points in (0, 1) for a number that has no place in the sequence, one in each n-th part, in an order of its own.

    Such are numbers that only a setting brings about (a year beyond the file's run), targets and other bases.
    """
    generator = np.random.default_rng([seed, crc32(name.encode())])
    return (generator.permutation(n) + generator.random(n)) / n


def triangular(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """The triangular distribution's values at probabilities u, any shape.

    With c = (mode − low)/(high − low): low + √(u·(high − low)·(mode − low)) up to u = c, from there
    high − √((1 − u)·(high − low)·(high − mode)).
    """
    span = high - low
    rising = low + np.sqrt(u * span * (mode - low))
    falling = high - np.sqrt((1 - u) * span * (high - mode))
    return np.where(u * span < mode - low, rising, falling)


def drawn(region: Region, settled: Region, n: int = DRAWS, seed: int = SEED) -> Draws:
    """n draws of a setting. `region` is the file as read, `settled` the same with a scenario and changes set.

    Every scenario of a file has the same point of the sequence for the same number, so that what two scenarios
    differ by is not chance. Whole numbers are rounded; draws that break a rule of the file are moved until they do
    not (see `possible`).
    """
    known = ranges(settled)
    if not known:
        return Draws(n, {}, {}, 0)
    order = places(region)
    points = uniform(n, len(order), seed)  # all of them, for the scrambling hangs on how many there are
    columns = {}
    for path, r in known.items():
        u = points[order[path]] if path in order else apart(path, n, seed)
        values = np.clip(triangular(u, r.low, r.value, r.high), r.low, r.high)
        columns[path] = np.rint(values) if r.field.whole else values
    columns, pulled = possible(settled, columns, {path: (r.low, r.high) for path, r in known.items()})
    return Draws(n, columns, known, pulled)
