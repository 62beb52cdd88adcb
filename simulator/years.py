"""A year's figures and the benefits to expect, from the months of a run."""

from dataclasses import dataclass

import numpy as np

from simulator import parameters
from simulator.arrays import Arrays
from simulator.engine import Months

KPI_MONTHS = 6  # BPJS counts workers paid for by others in full from six months on


@dataclass(frozen=True)
class Years:
    """What every calendar year holds. Y years, K funders, n columns.

    (Y, n): insured_end people; coverage_end, active_end, coverage_average shares of the coverage base;
    must_uninsured people; deaths, jkm (Rp), scholarship_children, accidents. (Y, K, n): cost, available,
    unspent, not_absorbed in Rp, kpi_workers people. `months` (Y,) simulated.
    """

    years: tuple[int, ...]
    months: np.ndarray
    insured_end: np.ndarray
    coverage_end: np.ndarray
    active_end: np.ndarray
    coverage_average: np.ndarray
    cost: np.ndarray
    available: np.ndarray
    unspent: np.ndarray
    not_absorbed: np.ndarray
    kpi_workers: np.ndarray
    must_uninsured: np.ndarray
    deaths: np.ndarray
    jkm: np.ndarray
    scholarship_children: np.ndarray
    accidents: np.ndarray


def spans(a: Arrays) -> list[tuple[int, int, int]]:
    """(year, first month index, index after its last) of every calendar year."""
    years = [y for y, _ in a.months]
    return [(y, years.index(y), len(years) - years[::-1].index(y)) for y in a.years]


def coverage_base(a: Arrays) -> np.ndarray:
    """base · g, shape (T, w)."""
    return a.base * a.growth[:, 0]


def money(a: Arrays, m: Months) -> tuple[np.ndarray, np.ndarray]:
    """(available, spendable) in Rp, each (K, T, n); what sponsors have is what it costs."""
    pairs = [
        (m.cost[k], m.cost[k]) if f.available is None else (f.available, f.spendable) for k, f in enumerate(a.funders)
    ]
    empty = np.zeros(m.cost.shape)
    available, spendable = (
        np.array([np.broadcast_to(p[i], m.cost.shape[1:]) for p in pairs]) if pairs else empty for i in (0, 1)
    )
    return available, spendable


def _yearly_money(a: Arrays, m: Months, cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(available, spendable) in Rp, each (Y, K, n): summed before they are widened to all columns."""
    available, spendable = cost.copy(), cost.copy()
    for k, funder in enumerate(a.funders):
        for i, (_, start, end) in enumerate(spans(a)):
            if funder.available is not None:
                available[i, k] = funder.available[start:end].sum(axis=0)
                spendable[i, k] = funder.spendable[start:end].sum(axis=0)
    return available, spendable


def summarise(a: Arrays, m: Months) -> Years:
    """A run's years."""
    parts = spans(a)
    coverage, active = m.insured / coverage_base(a), m.active / coverage_base(a)
    last = [b - 1 for _, _, b in parts]

    def sums(monthly: np.ndarray) -> np.ndarray:
        """(K, T, n) or (T, n) summed by year, years first."""
        axis = monthly.ndim - 2
        return np.array([monthly.take(range(i, j), axis=axis).sum(axis=axis) for _, i, j in parts])

    cost = sums(m.cost)
    available, spendable = _yearly_money(a, m, cost)
    claims = [sums(x) for x in expected_claims(a, m)]
    return Years(
        years=tuple(y for y, _, _ in parts),
        months=np.array([j - i for _, i, j in parts]),
        insured_end=m.insured[last],
        coverage_end=coverage[last],
        active_end=active[last],
        coverage_average=np.array([coverage[i:j].mean(axis=0) for _, i, j in parts]),
        cost=cost,
        available=available,
        unspent=np.maximum(0.0, available - cost),  # a float's last digit must not look like overspending
        not_absorbed=np.maximum(0.0, available - spendable),
        kpi_workers=np.array([kpi_workers(a, m.funded[:, i:j]) for _, i, j in parts]),
        must_uninsured=m.must_open[last],
        deaths=claims[0],
        jkm=claims[1],
        scholarship_children=claims[2],
        accidents=claims[3],
    )


def kpi_workers(a: Arrays, funded: np.ndarray) -> np.ndarray:
    """BPJS's own count of workers paid for by others in one year, (K, n).

    From the year's monthly places c₁ ≥ c₂ ≥ … (missing months 0): (c₁ + … + c₆)/6; for payer corporate c₆.
    """
    short = max(0, KPI_MONTHS - funded.shape[1])
    padded = np.pad(funded, ((0, 0), (0, short), (0, 0)))
    top = np.partition(padded, padded.shape[1] - KPI_MONTHS, axis=1)[:, -KPI_MONTHS:]
    company = np.array([f.payer == "corporate" for f in a.funders], dtype=bool)[:, None]
    return np.where(company, top[:, 0], top.sum(axis=1) / KPI_MONTHS) if len(a.funders) else top.sum(axis=1)


def expected_claims(a: Arrays, m: Months) -> tuple[np.ndarray, ...]:
    """(deaths, jkm in Rp, children with a scholarship, accidents) of every month, each (T, n), for H only.

    With r = deaths/1000/12: deaths = Σ r·H; jkm = Σ r·(full·m3 + funeral·(H − m3)), m3 = min of H over t−3…t;
    children = Σ r·m36·children per death, m36 = min of H over t−36…t; accidents = Σ accidents/1000/12·H.
    """
    full = np.array(parameters.series("jkm_full", a.months))[:, None]
    funeral = np.array(parameters.series("jkm_funeral_only", a.months))[:, None]
    deaths = a.deaths * m.held
    jkm = a.deaths * (full * m.lasting + funeral * (m.held - m.lasting))
    return deaths, jkm, a.deaths * m.schooled * a.children, a.accidents * m.held
