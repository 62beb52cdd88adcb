"""Contributions: rupiah per worker and month, by programme, from dated regulation."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator import parameters

if TYPE_CHECKING:
    from simulator.schema import Region, Segment

Month = tuple[int, int]
BPU_RATES = {"jkk": "bpu_jkk_rate", "jkm": "bpu_jkm", "jht": "bpu_jht_rate"}


@lru_cache(maxsize=64)
def _rates(ids: tuple[str, ...], months: tuple[Month, ...]) -> np.ndarray:
    """Values of dated parameters, shape (ids, months), read-only."""
    table = np.array([parameters.series(i, months) for i in ids], dtype=float).reshape(len(ids), len(months))
    table.setflags(write=False)
    return table


def default_income(month: Month) -> float:
    """The lowest income that informal workers' contributions are reckoned on, Rp a month (PP 44/2015)."""
    return parameters.value("bpu_min_income_base", month)


def bpu_parts(income: np.ndarray, sector: str, relief: bool, months: tuple[Month, ...]) -> dict[str, np.ndarray]:
    """An informal worker's contributions by programme, each (T, w) Rp a month.

    jkk = 1% · income · (1 − relief), jkm = 6,800 · (1 − relief), jht = 2% · income.
    """
    jkk, jkm, jht, off = _rates((*BPU_RATES.values(), f"relief_{sector}"), months)[:, :, None]
    off = off if relief else np.zeros_like(off)
    return {"jkk": jkk * income * (1 - off), "jkm": jkm * (1 - off) + 0 * income, "jht": jht * income}


def pu_parts(wage: np.ndarray, risk: str, months: tuple[Month, ...]) -> dict[str, np.ndarray]:
    """A wage earner's contributions by programme (the employer's part), each (T, w) Rp a month: rate · wage."""
    rates = _rates((f"pu_jkk_rate_{risk}", "pu_jkm_rate", "pu_jht_rate"), months)[:, :, None]
    return {name: rate * wage for name, rate in zip(("jkk", "jkm", "jht"), rates, strict=True)}


def parts(region: "Region", funder: Any, segment: str, get: Any, months: tuple[Month, ...]) -> dict[str, np.ndarray]:
    """Contributions of one place of a funder in a segment, by programme paid for, each (T, w) Rp a month."""
    found = next((s for s in region.segments if s.id == segment), None)
    if found is not None and found.membership == "pu":
        amounts = pu_parts(get(f"{segment}.wage", found.wage.value), found.risk or "very_low", months)
    else:
        given = found.income if found is not None else region.other.income
        income = get(f"{segment}.income", given.value if given else default_income(months[0]))
        amounts = bpu_parts(income, _sector(found), funder.has_relief, months)
    paid = funder.programmes or (found.programmes if found is not None else ("jkk", "jkm"))
    return {name: amounts[name] for name in amounts if name in paid}


def as_written(_path: str, number: float) -> np.ndarray:
    """A lever's one column: the region's own number."""
    return np.array([number], dtype=float)


def _sector(segment: "Segment | None") -> str:
    return (segment.sector if segment is not None else None) or "general"


def price_table(region: "Region", funder: Any, get: Any, months: tuple[Month, ...]) -> np.ndarray:
    """Rp a place, shape (T, R, w): R the segments that the funder pays for, in its order."""
    rows = [sum(parts(region, funder, s, get, months).values()) for s in funder.segments]
    return np.stack(np.broadcast_arrays(*rows), axis=1) if rows else np.zeros((len(months), 0, 1))


def first_dated_month() -> Month:
    """The first month for which every contribution and benefit is known."""
    law = ("bpu_jkk_rate", "bpu_jkm", "bpu_jht_rate", "pu_jkm_rate", "pu_jht_rate", "relief_general", "jkm_full")
    return max(parameters.parameter(i).values[0].start for i in law)
