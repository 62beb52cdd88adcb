"""Which of several proposals is never far from the best, over draws and stress tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator import indonesian as fmt

DRAW = ""  # where a proposal is farthest behind: in a draw, else the name of a stress test
NOTHING = 5e-5  # of the base: less rounds to no hundredth of a point


@dataclass(frozen=True)
class Standing:
    """One proposal beside the best of all compared in the same draw or under the same stress test.

    `behind` is the most that it ever lies under the best, a share of the base, and `where` the stress test in which
    that is (DRAW: in a draw); `usually` the 90th percentile of the draws; `first` the share of draws in which it is
    the best, ties among them.
    """

    key: str
    behind: float
    where: str
    usually: float
    first: float


def standings(samples: Mapping[str, np.ndarray], stressed: Mapping[str, Mapping[str, float]]) -> list[Standing]:
    """Proposals by how far they ever lie behind the best, the nearest first.

    `samples` key → coverage in every draw, (n,) or (1,) where nothing is drawn; `stressed` key → {name of a stress
    test: coverage}, the same tests for all. Regret: max over draws and tests of max_j coverage_j − coverage_i.
    """
    keys = list(samples)
    drawn = np.array(np.broadcast_arrays(*(samples[k] for k in keys)))
    gaps = drawn.max(axis=0) - drawn
    names = list(next(iter(stressed.values()), {}))
    found = []
    for i, key in enumerate(keys):
        behind, where = float(gaps[i].max()), DRAW
        for name in names:
            gap = max(stressed[k][name] for k in keys) - stressed[key][name]
            if gap > behind + NOTHING:
                behind, where = gap, name
        first = float((gaps[i] <= NOTHING).mean())
        found.append(Standing(key, behind, where, float(np.percentile(gaps[i], 90)), first))
    return sorted(found, key=lambda s: s.behind)


def sentence(
    found: Sequence[Standing], names: Mapping[str, str], costs: Mapping[str, float], draws: int, tests: int, what: str
) -> str:
    """The most robust proposal in one sentence, with its numbers, beside the next one and what both cost.

    `names` key → name within a sentence, `costs` key → Rp a year, `what` the coverage that is meant, with its base.
    """
    best, *rest = found
    over = f"Pada {fmt.count(draws)} undian dan {tests} uji tekanan"
    if best.behind <= NOTHING:
        text = f"{over}, {what} pada {names[best.key]} tidak pernah di bawah yang lain"
    else:
        text = (
            f"{over}, {names[best.key]} paling tangguh: {what} paling jauh {fmt.points(best.behind)} di bawah yang"
            f" terbaik{_where(best)}"
        )
    if rest:
        nearest = rest[0]
        text += f"; {names[nearest.key]} pernah {fmt.points(nearest.behind)} di bawah{_where(nearest)}"
    return f"{text}. {_costs(best, rest, names, costs)}"


def _where(standing: Standing) -> str:
    return f" (pada uji “{standing.where}”)" if standing.where else ""


def _costs(best: Standing, rest: Sequence[Standing], names: Mapping[str, str], costs: Mapping[str, float]) -> str:
    paid = f"Biayanya {fmt.rupiah(costs[best.key])} setahun"
    if not rest:
        return f"{paid}."
    cheapest = min(costs, key=costs.__getitem__)
    if costs[best.key] <= costs[cheapest] + 0.5:
        return f"{paid}, tidak lebih mahal daripada yang lain."
    return f"{paid}; yang termurah {names[cheapest]}, {fmt.rupiah(costs[cheapest])}."
