"""What each funder could pay at most, to begin with: the highest that the region's own file speaks of."""

from dataclasses import dataclass

from simulator import indonesian as fmt
from simulator.levers import main_lever
from simulator.rules import amount
from simulator.schema import BudgetFunder, Region

EVERYBODY = 1.0  # a proposal that all sponsors join is no experience; nowhere did they


@dataclass(frozen=True)
class UsualLimit:
    """One funder's limit in its lever's unit (Rp a year, or a share of sponsors) and, in Indonesian, where from."""

    funder: str
    name: str
    path: str
    budget: bool
    value: float
    source: str


def usual_limits(written: Region, now: Region) -> list[UsualLimit]:
    """Every funder's, in the order in which they pay: the highest of today's setting, the user's, and all scenarios
    of the file, which carry their sources; proposals that every sponsor joins left out. A beginning, no promise."""
    found = []
    for f, settled in zip(written.funders, now.funders, strict=True):
        budget = isinstance(f, BudgetFunder)
        path, today = main_lever(f)
        values = [(today, "kondisi berjalan"), (main_lever(settled)[1], "pengaturan sekarang")]
        values += [(amount(s.set[path]), f"skenario “{s.name}”") for s in written.scenarios if path in s.set]
        values = [x for x in values if budget or x[0] is None or x[0] < EVERYBODY] or values
        value, whose = max(((v, w) for v, w in values if v is not None), key=lambda x: x[0])
        told = fmt.rupiah(value, 2) if budget else fmt.percent_short(value)
        text = f"Bawaan {told}: yang tertinggi di berkas daerah, dari {whose}. Ganti dengan batas yang disepakati."
        found.append(UsualLimit(f.id, f.name, path, budget, value, text))
    return found
