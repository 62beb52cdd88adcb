"""What every run obeys, each law written once for n runs at a time; the batch axis is last.

A law gives for every column how far it is broken (people, rupiah or, where said, a share of the largest figure);
0 or less where it is kept. `simulator.identities` tells the first six on a single run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from simulator import years
from simulator.arrays import Arrays
from simulator.engine import Months
from simulator.years import Years

TOLERANCE = 1e-9  # of the largest figure compared; float64 sums differ by less


@dataclass(frozen=True)
class Runs:
    """n runs, their months with detail (by segment)."""

    arrays: Arrays
    months: Months
    years: Years

    @cached_property
    def money(self) -> tuple[np.ndarray, np.ndarray]:
        """(available, spendable) in Rp, each (K, T, n)."""
        return years.money(self.arrays, self.months)

    def figures(self) -> Iterator[np.ndarray]:
        """All results, each with the batch axis last."""
        for part in (self.months, self.years):
            for field in fields(part):
                values = getattr(part, field.name)
                if isinstance(values, np.ndarray) and field.name != "months":
                    yield values


@dataclass(frozen=True)
class Law:
    """`excess` and `scale` of runs, each (n,) or (1,): kept where excess <= TOLERANCE · max(1, scale)."""

    id: str
    statement: str
    excess: Callable[[Runs], np.ndarray]
    scale: Callable[[Runs], np.ndarray]

    def kept(self, runs: Runs) -> np.ndarray:
        """Whether each run keeps the law, (n,) bool. What is no number keeps none."""
        return self.excess(runs) <= TOLERANCE * np.maximum(1.0, self.scale(runs))


def _most(values: np.ndarray) -> np.ndarray:
    """The greatest of each column and 0, (n,). A nan stays one."""
    return values.reshape(-1, values.shape[-1]).max(axis=0, initial=0.0)


def _join(parts: list[np.ndarray], n: int) -> np.ndarray:
    """The greatest of each column over several arrays, (n,)."""
    return np.max([np.broadcast_to(_most(p), (n,)) for p in parts], axis=0, initial=0.0) if parts else np.zeros(n)


def _count(runs: Runs) -> int:
    return runs.months.insured.shape[-1]


def _one(_runs: Runs) -> np.ndarray:
    return np.ones(1)


def _over_workers(r: Runs) -> np.ndarray:
    """insured_s <= N_s in every month."""
    return _most(r.months.segments - r.arrays.workers)


def _over_money(r: Runs) -> np.ndarray:
    """cost_k <= spendable_k <= available_k in every month."""
    available, spendable = r.money
    return _most(np.maximum(r.months.cost - spendable, spendable - available))


def _sums(r: Runs) -> np.ndarray:
    """Σ segments = insured and Σ places = funded, in every month."""
    m = r.months
    return _join([np.abs(m.segments.sum(axis=1) - m.insured), np.abs(m.places.sum(axis=2) - m.funded)], _count(r))


def _outside(r: Runs) -> np.ndarray:
    """Places of a funder in segments that it may not pay for are zero."""
    parts = [np.abs(np.delete(r.months.places[k], f.row_numbers, axis=1)) for k, f in enumerate(r.arrays.funders)]
    return _join(parts, _count(r))


def _cost(r: Runs) -> np.ndarray:
    """cost_k = Σ_s x_ks · p_ks in every month."""
    parts = [
        np.abs((r.months.places[k][:, f.rows] * f.price).sum(axis=1) - r.months.cost[k])
        for k, f in enumerate(r.arrays.funders)
    ]
    return _join(parts, _count(r))


def _account(r: Runs) -> np.ndarray:
    """available = cost + unspent in every year, and unspent holds what was not absorbed."""
    y = r.years
    return _most(np.maximum(np.abs(y.available - y.cost - y.unspent), y.not_absorbed - y.unspent))


def _no_number(r: Runs) -> np.ndarray:
    """How many results are nan or infinite."""
    return sum((~np.isfinite(v)).reshape(-1, v.shape[-1]).sum(axis=0) for v in r.figures()).astype(float)


def _negative(r: Runs) -> np.ndarray:
    """The furthest below zero, as a share of the largest figure of its kind."""
    with np.errstate(invalid="ignore"):  # inf/inf is no number, which keeps no law either
        return _join([-v / np.maximum(1.0, _most(np.abs(v))) for v in r.figures()], _count(r))


def _over_one(r: Runs) -> np.ndarray:
    """insured/base and active/base above 1."""
    base = years.coverage_base(r.arrays)
    return _join([r.months.insured / base - 1, r.months.active / base - 1], _count(r))


def _active(r: Runs) -> np.ndarray:
    """insured <= active: BPJS counts those insured now and those who only just stopped paying."""
    return _most(r.months.insured - r.months.active)


def _reached(r: Runs) -> np.ndarray:
    """A place reaches at most one worker who was not insured."""
    return _most(r.months.reached - r.months.places)


IDENTITIES = (
    Law(
        "within_workers",
        "Tidak ada kelompok yang pesertanya melebihi jumlah pekerjanya",
        _over_workers,
        lambda r: _most(r.arrays.workers),
    ),
    Law(
        "within_money",
        "Tidak ada sumber yang membelanjakan lebih dari uang yang tersedia",
        _over_money,
        lambda r: _most(r.money[0]),
    ),
    Law("adds_up", "Jumlah bagian sama dengan totalnya", _sums, lambda r: _most(r.months.insured)),
    Law("eligible_only", "Tidak ada iuran untuk kelompok di luar haknya", _outside, _one),
    Law("cost_identity", "Biaya sama dengan tempat × iuran", _cost, lambda r: _most(r.months.cost)),
    Law(
        "account",
        "Tersedia = terbayar + tidak terpakai, dan yang tidak terserap termasuk di dalamnya",
        _account,
        lambda r: _most(r.years.available),
    ),
)
LEGAL = (
    *IDENTITIES,
    Law("finite", "Semua hasil berupa angka", _no_number, _one),
    Law("not_negative", "Tidak ada hasil yang negatif", _negative, _one),
    Law("share", "Cakupan antara 0% dan 100%", _over_one, _one),
    Law("active", "Peserta aktif tidak kurang daripada yang terlindungi", _active, lambda r: _most(r.arrays.workers)),
    Law("reached", "Satu tempat paling banyak melindungi satu orang", _reached, lambda r: _most(r.arrays.workers)),
)


def broken(runs: Runs, laws: tuple[Law, ...] = LEGAL) -> list[tuple[str, ...]]:
    """For each of n runs the statements of the laws that it breaks."""
    n = _count(runs)
    kept = [np.broadcast_to(law.kept(runs), (n,)) for law in laws]
    return [tuple(law.statement for law, k in zip(laws, kept, strict=True) if not k[i]) for i in range(n)]
