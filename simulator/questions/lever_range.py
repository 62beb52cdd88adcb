"""How far a lever may be moved when a setting of it is sought: the format's limits, and what makes sense here."""

from math import ceil

import numpy as np

from simulator import paths
from simulator.contributions import as_written, price_table
from simulator.faults import Fault, InputError
from simulator.levers import numbers
from simulator.region import configure, plain_data
from simulator.registry import FIELDS, LARGEST, Field
from simulator.rules import amount
from simulator.schema import Region

NOT_SOUGHT = ("years", "apbd_total")
WHERE_RULES_TURN = 4  # decimals


def field(region: Region, lever: str) -> Field:
    """The registry's entry of a lever's number."""
    return FIELDS[paths.field_key(lever, _data(region))]


def _data(region: Region) -> dict:
    return region._data or plain_data(region)


def now(region: Region, lever: str) -> float | None:
    """What stands at a lever's path; a single year's setting that is not given is the funder's own."""
    found = {n.path: n.quantity for n in numbers(region)}
    if lever in found:
        return found[lever].value if found[lever] else None
    parts = lever.split(".")
    if len(parts) == 4 and parts[1] == "by_year":
        return _of_year(region, parts[0], int(parts[2]), parts[3])
    return amount(paths.read(_data(region), lever))


def _of_year(region: Region, funder: str, year: int, name: str) -> float:
    """A funder's setting in a year that has none of its own: budgets grow from the first year on."""
    f = next(x for x in region.funders if x.id == funder)
    value = getattr(f, name).value
    return value * (1 + f.budget_growth.value) ** (year - region.first_month[0]) if name == "annual_budget" else value


def plain(lever: str, region: Region, value: float) -> float | int:
    """Whole-number fields as whole numbers."""
    return int(value) if field(region, lever).whole else value


def whole_rupiah(lever: str, region: Region, value: float, top: float) -> float:
    """Budgets in whole rupiah, rounded up: a little more still reaches the target."""
    if field(region, lever).unit != "rupiah_year":
        return value
    return float(ceil(value)) if ceil(value) <= top else value


def settings(region: Region, lever: str, count: int, low: float | None = None, high: float | None = None) -> np.ndarray:
    """About `count` settings over a lever's range: what the file format allows, as far as it makes sense here.

    Raises InputError for what is no lever, or cannot be sought.
    """
    key = paths.field_key(lever, _data(region))
    if key is None or key in NOT_SOUGHT:
        facts = {} if key else {"guess": paths.guess(_data(region), lever)}
        raise InputError([Fault(lever, "not_sought" if key else "unknown_path", facts, region._source)])
    sought, present = FIELDS[key], now(region, lever)
    bottom, top = _reach(region, lever, key)
    bottom, top = max(bottom, low if low is not None else bottom), min(top, high if high is not None else top)
    if sought.whole:
        every = np.unique(np.round(np.linspace(ceil(bottom), int(top), count)))
        allowed = [v for v in every if _legal(region, lever, v)]
    else:
        start = present if present is not None and bottom <= present <= top else None
        bottom, top = (_legal_end(region, lever, end, start) for end in (bottom, top))
        allowed = np.linspace(bottom, top, count)
    if len(allowed) == 0 or top < bottom:
        facts = {"low": bottom, "value": bottom, "high": top}
        raise InputError([Fault(lever, "range_order", facts, region._source)])
    return np.unique(np.array(allowed, dtype=float))


def _reach(region: Region, lever: str, key: str) -> tuple[float, float]:
    """The ends of a search: the field's own limits; where they are wide, as much as the whole base could need."""
    found, people = FIELDS[key], _most_people(region)
    tiny = 1e-9
    low = found.ge if found.ge is not None else (found.gt + tiny if found.gt is not None else -people)
    high = found.le if found.le is not None else found.lt - tiny
    if high < LARGEST:
        return (max(low, -0.5), min(high, 1.0)) if "growth" in key else (low, high)
    if key == "funder.annual_budget":
        return low, _whole_base_cost(region, lever.split(".")[0], people)
    if found.unit == "rupiah_month":
        return 1.0, 100 * (now(region, lever) or 1e6)
    return (low if found.ge is not None or found.gt is not None else -people), 10 * people


def _most_people(region: Region) -> float:
    base, years = region.coverage_base, region.years.value
    return base.workers.value * max(1.0, (1 + base.growth.value) ** years)


def _whole_base_cost(region: Region, funder: str, people: float) -> float:
    """Rp a year with which a funder could pay for everyone in every month."""
    f = next(x for x in region.funders if x.id == funder)
    price = price_table(region, f, as_written, tuple(region.months))
    dearest = float(price.max(initial=0.0)) or 1.0
    shrinks = min(1.0, (1 + f.budget_growth.value) ** region.years.value)
    spent = max(f.absorption.value, 0.01)
    return min(LARGEST, 12 * people * dearest / spent / max(shrinks, 1e-3))


def _legal(region: Region, lever: str, value: float) -> bool:
    try:
        configure(region, None, {lever: plain(lever, region, value)})
    except InputError:
        return False
    return True


def _legal_end(region: Region, lever: str, end: float, inside: float | None) -> float:
    """The end of a range, moved in to where the rules that join several numbers still hold."""
    if inside is None or _legal(region, lever, end):
        return end
    for _ in range(60):
        middle = (inside + end) / 2
        if _legal(region, lever, middle):
            inside = middle
        else:
            end = middle
    exact = round(inside, WHERE_RULES_TURN)  # the rules bear with a millionth of a worker; a range ends at the rule
    return exact if _legal(region, lever, exact) else inside
