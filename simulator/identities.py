"""What must always hold in a run, as functions that anyone can call and the screen can show."""

from dataclasses import dataclass

from simulator.projection import Projection
from simulator.proof.laws import IDENTITIES, Law, Runs


@dataclass(frozen=True)
class Check:
    """One identity: `holds`, and the worst distance from it in people or rupiah."""

    id: str
    statement: str
    holds: bool
    worst: float


def check(p: Projection, law: Law) -> Check:
    """One law on one run."""
    runs = Runs(p.arrays, p.months, p.years)
    return Check(law.id, law.statement, bool(law.kept(runs)[0]), float(law.excess(runs)[0]))


def check_identities(p: Projection) -> list[Check]:
    """All identities on one run."""
    return [check(p, law) for law in IDENTITIES]
