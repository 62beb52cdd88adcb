"""Lever paths: `apbd.annual_budget`, `rentan.covered_change`, `assumptions.overlap`, `apbd.by_year.2028.months`.

A path names one setting of a region's plain data; setting it leaves the data it came from untouched.
"""

import re
from collections.abc import Mapping
from typing import Any

from simulator.faults import Fault, nearest
from simulator.registry import FIELDS
from simulator.rules import amount, items, listing, mapping
from simulator.schema import BudgetFunder, SponsorFunder

_TOP = ("covered", "apbd_total", "years")
_BASE = ("workers", "growth", "outside")
_OTHER = ("covered_change", "income", "verification_yield")
_YEARLY = ("annual_budget", "start_month", "months")
_YEAR = re.compile(r"[0-9]{4}\Z")
_FIXED = {"id", "name", "kind", "payer", "by_year", "paid_before", "reference", "note"}
_SEGMENT = ("workers", "covered", "covered_change", "verification_yield", "programmes", "duty")


_ASSUMPTIONS = tuple(k.removeprefix("assumptions.") for k in FIELDS if k.startswith("assumptions."))


def _funder_fields(funder: dict) -> list[str]:
    model = SponsorFunder if funder.get("kind") == "sponsors" else BudgetFunder
    return [name for name in model.model_fields if name not in _FIXED]


def _segment_fields(segment: dict) -> tuple[str, ...]:
    own = ("wage", "risk") if segment.get("membership") == "pu" else ("income", "sector")
    return (*_SEGMENT, *own)


def locate(data: dict, path: str) -> tuple | None:
    """The keys that lead to a path's value in plain data, or None where there is no such lever."""
    head, _, rest = str(path).partition(".")
    if not rest:
        return (head,) if head in _TOP else None
    for owner, names in (("coverage_base", _BASE), ("other", _OTHER), ("assumptions", _ASSUMPTIONS)):
        if head == owner:
            return (owner, rest) if rest in names else None
    for key in ("segments", "funders"):
        for i, item in enumerate(listing(data.get(key))):
            if isinstance(item, dict) and item.get("id") == head:
                inner = _inside(item, rest, key)
                return (key, i, *inner) if inner else None
    return None


def _inside(item: dict, rest: str, key: str) -> tuple | None:
    if key == "segments":
        return (rest,) if rest in _segment_fields(item) else None
    if rest in _funder_fields(item):
        return (rest,)
    parts = rest.split(".")
    if len(parts) == 2 and parts[0] == "paid_before" and parts[1] in listing(item.get("segments")):
        return tuple(parts)
    if len(parts) == 3 and parts[0] == "by_year" and parts[2] in _YEARLY and item.get("kind") == "budget":
        return ("by_year", int(parts[1]), parts[2]) if _YEAR.match(parts[1]) else None
    return None


def known(data: dict) -> list[str]:
    """Every path that may be set, single years left out."""
    found = [*_TOP, *(f"coverage_base.{n}" for n in _BASE), *(f"assumptions.{n}" for n in _ASSUMPTIONS)]
    found += [f"other.{n}" for n in _OTHER]
    for _, segment in items(data, "segments"):
        found += [f"{segment.get('id')}.{n}" for n in _segment_fields(segment)]
    for _, funder in items(data, "funders"):
        found += [f"{funder.get('id')}.{n}" for n in _funder_fields(funder)]
        found += [f"{funder.get('id')}.paid_before.{s}" for s in listing(funder.get("segments"))]
    return found


def guess(data: dict, path: str) -> str | None:
    """The likeliest path meant: a year's field is matched in its own funder."""
    parts = str(path).split(".")
    candidates = known(data)
    if len(parts) == 4 and parts[1] == "by_year" and _YEAR.match(parts[2]):
        budgets = [f.get("id") for _, f in items(data, "funders") if f.get("kind") == "budget"]
        candidates += [f"{k}.by_year.{parts[2]}.{n}" for k in budgets for n in _YEARLY]
    return nearest(path, candidates)


def field_key(path: str, data: dict) -> str | None:
    """The registry's key of the number at a path (`apbd.by_year.2028.months` → `funder.months`), or None."""
    keys = locate(data, path)
    if keys is None:
        return None
    if keys[0] in ("segments", "funders"):
        name = "paid_before" if "paid_before" in keys else keys[-1]
        key = f"{'segment' if keys[0] == 'segments' else 'funder'}.{name}"
    elif keys[0] == "other":
        key = f"segment.{keys[1]}"
    else:
        key = ".".join(keys)
    return key if key in FIELDS else None


def read(data: dict, path: str) -> Any:
    """What stands at a path in plain data (a number, a mapping, …), or None where the default holds."""
    raw: Any = data
    for key in locate(data, path) or ("",):
        if isinstance(raw, list):
            raw = raw[key]
        elif isinstance(raw, dict):
            raw = raw.get(key)
    return raw


def apply(data: dict, settings: Mapping[str, Any]) -> tuple[dict, list[Fault]]:
    """The data with every path set, and the faults of paths that do not exist. The data itself stays as it is."""
    faults = []
    for path, value in settings.items():
        keys = locate(data, path)
        if keys is None:
            faults.append(Fault(str(path), "unknown_path", {"guess": guess(data, path)}))
            continue
        data = _set(data, keys, value)
    return data, faults


def _set(raw: Any, keys: tuple, value: Any) -> Any:
    if not keys:
        return _setting(raw, value)
    if isinstance(raw, list):
        return [_set(v, keys[1:], value) if i == keys[0] else v for i, v in enumerate(raw)]
    here = dict(mapping(raw))
    here[keys[0]] = _set(here.get(keys[0]), keys[1:], value)
    return here


def _setting(old: Any, new: Any) -> Any:
    """The new setting: a lever that is set keeps its range, widened to hold the new value."""
    if not isinstance(old, dict) or "value" not in old:
        return new
    given = new if isinstance(new, dict) else {"value": new}
    value = amount(given)
    if value is None or "low" in given or "high" in given:
        return new
    ends = {k: amount(old.get(k)) for k in ("low", "high")}
    if ends["low"] is not None:
        given = {**given, "low": min(ends["low"], value)}
    if ends["high"] is not None:
        given = {**given, "high": max(ends["high"], value)}
    return given if len(given) > 1 else new


def as_lever(path: str) -> str:
    """A place in the file as a lever's path: `funders.apbd.months` → `apbd.months`."""
    head, _, rest = path.partition(".")
    return rest if head in ("segments", "funders") and rest else path
