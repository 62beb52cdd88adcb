"""What must always hold in a run, as functions that anyone can call and the screen can show."""

from dataclasses import dataclass

import numpy as np

from simulator.projection import Projection

TOLERANCE = 1e-9  # of the largest figure compared; float64 sums differ by less


@dataclass(frozen=True)
class Check:
    """One identity: `holds`, and the worst distance from it in people or rupiah."""

    id: str
    statement: str
    holds: bool
    worst: float


def _check(id: str, statement: str, excess: np.ndarray, scale: float) -> Check:
    worst = float(np.max(excess, initial=0.0))
    return Check(id, statement, worst <= TOLERANCE * max(1.0, scale), worst)


def no_segment_over_its_workers(p: Projection) -> Check:
    """insured_s <= N_s in every month."""
    n = p.arrays.workers
    text = "Tidak ada kelompok yang pesertanya melebihi jumlah pekerjanya"
    return _check("within_workers", text, p.months.segments - n, float(n.max()))


def no_spending_over_money(p: Projection) -> Check:
    """cost_k <= spendable_k <= available_k in every month."""
    available, spendable = p.money
    cost = p.months.cost[..., 0]
    excess = np.maximum(cost - spendable, spendable - available)
    text = "Tidak ada sumber yang membelanjakan lebih dari uang yang tersedia"
    return _check("within_money", text, excess, float(np.max(available, initial=0.0)))


def parts_add_up(p: Projection) -> Check:
    """Σ segments = insured and Σ places = funded, in every month."""
    m = p.months
    people = np.abs(m.segments.sum(axis=1) - m.insured)
    places = np.abs(m.places.sum(axis=2) - m.funded)
    excess = np.concatenate([people.ravel(), places.ravel()])
    return _check("adds_up", "Jumlah bagian sama dengan totalnya", excess, float(m.insured.max()))


def nobody_outside_eligibility(p: Projection) -> Check:
    """Places of a funder in segments that it may not pay for are zero."""
    outside = [np.delete(p.months.places[k], f.row_numbers, axis=1).ravel() for k, f in enumerate(p.arrays.funders)]
    excess = np.concatenate(outside) if outside else np.zeros(0)
    return _check("eligible_only", "Tidak ada iuran untuk kelompok di luar haknya", np.abs(excess), 1.0)


def cost_is_places_times_contribution(p: Projection) -> Check:
    """cost_k = Σ_s x_ks · p_ks in every month."""
    gaps = [
        np.abs((p.months.places[k][:, f.rows] * f.price).sum(axis=1) - p.months.cost[k]).ravel()
        for k, f in enumerate(p.arrays.funders)
    ]
    text = "Biaya sama dengan tempat × iuran"
    largest = float(np.max(p.months.cost, initial=0.0))
    return _check("cost_identity", text, np.concatenate(gaps) if gaps else np.zeros(0), largest)


def unspent_closes_the_account(p: Projection) -> Check:
    """available = cost + unspent in every year, and unspent holds what was not absorbed."""
    y = p.years
    gap = np.abs(y.available - y.cost - y.unspent)
    excess = np.maximum(gap, y.not_absorbed - y.unspent)
    text = "Tersedia = terbayar + tidak terpakai, dan yang tidak terserap termasuk di dalamnya"
    return _check("account", text, excess, float(np.max(y.available, initial=0.0)))


IDENTITIES = (
    no_segment_over_its_workers,
    no_spending_over_money,
    parts_add_up,
    nobody_outside_eligibility,
    cost_is_places_times_contribution,
    unspent_closes_the_account,
)


def check_identities(p: Projection) -> list[Check]:
    """All identities on one run."""
    return [identity(p) for identity in IDENTITIES]
