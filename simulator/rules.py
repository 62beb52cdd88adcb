"""Rules of a region file that join several fields.

They read the plain data and skip whatever is not there or not a number (the schema tells of that), so that
all faults of a file come at once.
"""

import re
from collections.abc import Iterator
from typing import Any

from simulator.contributions import first_dated_month
from simulator.faults import Fault, nearest
from simulator.registry import RESERVED_IDS

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_MONTH = re.compile(r"((?:19|20|21)\d{2})-(0[1-9]|1[0-2])\Z")  # later years overflow the frames' dates
_TOLERANCE = 1e-6  # people; sums of floats that should be equal
_ONLY = {  # fields of a segment that only one kind of membership has
    "bpu": ("income", "sector"),
    "pu": ("wage", "risk"),
}


def is_id(text: Any) -> bool:
    """Whether a text may be the id of a segment, funder, scenario or stress test."""
    return isinstance(text, str) and bool(_ID.match(text))


def amount(raw: Any, fallback: float | None = None) -> float | None:
    """The number in plain data (bare, or a mapping's value); `fallback` where it is absent, None where it is bad."""
    if raw is None:
        return fallback
    if isinstance(raw, dict):
        raw = raw.get("value")
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not abs(raw) <= 1e300:
        return None
    return float(raw)


def items(data: dict, key: str) -> list[tuple[str, dict]]:
    """(path, mapping) of each well-formed item of a list, named by its id."""
    raw = data.get(key)
    found = []
    for i, item in enumerate(raw if isinstance(raw, list) else [], 1):
        if isinstance(item, dict):
            name = item.get("id")
            found.append((f"{key}.{name}" if isinstance(name, str) else f"{key}[{i}]", item))
    return found


def mapping(raw: Any) -> dict:
    """The mapping itself, or an empty one."""
    return raw if isinstance(raw, dict) else {}


def listing(raw: Any) -> list:
    """The list itself, or an empty one."""
    return raw if isinstance(raw, list) else []


def _known_ids(data: dict) -> list[str]:
    return [s["id"] for _, s in items(data, "segments") if isinstance(s.get("id"), str)] + ["other"]


def check_ids(data: dict) -> Iterator[Fault]:
    """Ids are well formed, not taken by the model, and unique over segments and funders together."""
    seen: set[str] = set()
    for path, item in items(data, "segments") + items(data, "funders"):
        name = item.get("id")
        if not isinstance(name, str):
            continue
        if not _ID.match(name):
            yield Fault(f"{path}.id", "bad_id", {"value": name})
        if name in RESERVED_IDS:
            yield Fault(f"{path}.id", "reserved_id", {"value": name})
        if name in seen:
            yield Fault(f"{path}.id", "duplicate_id", {"value": name})
        seen.add(name)
    for key in ("scenarios", "stress_tests"):
        seen = set()
        for path, item in items(data, key):
            name = item.get("id")
            if isinstance(name, str) and not _ID.match(name):
                yield Fault(f"{path}.id", "bad_id", {"value": name})
            if isinstance(name, str) and name in seen:
                yield Fault(f"{path}.id", "duplicate_id", {"value": name})
            seen.add(name) if isinstance(name, str) else None


def check_eligibility(data: dict) -> Iterator[Fault]:
    """A funder names known segments, each once, and has paid only for those that it names."""
    known = _known_ids(data)
    for path, funder in items(data, "funders"):
        named = [s for s in listing(funder.get("segments")) if isinstance(s, str)]
        for name in dict.fromkeys(named):
            if name not in known:
                yield Fault(f"{path}.segments", "unknown_segment", {"value": name, "guess": nearest(name, known)})
            if named.count(name) > 1:
                yield Fault(f"{path}.segments", "duplicate_item", {"value": name})
        for name in mapping(funder.get("paid_before")):
            if name not in known:
                facts = {"value": name, "guess": nearest(name, known)}
                yield Fault(f"{path}.paid_before.{name}", "unknown_segment", facts)
            elif isinstance(funder.get("segments"), list) and name not in named:
                yield Fault(f"{path}.paid_before.{name}", "not_eligible", {"value": name})


def _paid_before(data: dict, segment: str) -> float:
    paid = (mapping(f.get("paid_before")).get(segment) for _, f in items(data, "funders"))
    return sum(amount(p, 0.0) or 0.0 for p in paid)


def check_people(data: dict) -> Iterator[Fault]:
    """Nobody is counted twice: insured within workers, paid for within insured, segments within the base."""
    workers = covered = 0.0
    for path, segment in items(data, "segments"):
        n, c = amount(segment.get("workers")), amount(segment.get("covered"))
        if n is None or c is None:
            return
        workers, covered = workers + n, covered + c
        if c > n + _TOLERANCE:
            yield Fault(f"{path}.covered", "covered_over_workers", {"value": c, "limit": n})
        paid = _paid_before(data, str(segment.get("id")))
        if paid > c + _TOLERANCE:
            yield Fault(f"{path}.covered", "paid_over_covered", {"value": paid, "limit": c})
    base = mapping(data.get("coverage_base"))
    total, outside, insured = amount(base.get("workers")), amount(base.get("outside"), 0.0), amount(data.get("covered"))
    if None in (total, outside, insured):
        return
    rest, rest_covered = total - outside - workers, insured - covered
    if rest < -_TOLERANCE:
        facts = {"value": workers + outside, "excess": -rest, "limit": total}
        yield Fault("coverage_base.workers", "residual_workers", facts)
    if rest_covered < -_TOLERANCE:
        yield Fault("covered", "residual_covered", {"value": covered, "excess": -rest_covered, "limit": insured})
    elif rest >= -_TOLERANCE:
        if rest_covered > rest + _TOLERANCE:
            yield Fault("other.covered", "covered_over_workers", {"value": rest_covered, "limit": rest})
        paid = _paid_before(data, "other")
        if paid > rest_covered + _TOLERANCE:
            yield Fault("other.covered", "paid_over_covered", {"value": paid, "limit": rest_covered})


def check_calendar(data: dict) -> Iterator[Fault]:
    """The run starts in a month; a funder's paying months end by December, in single years too."""
    start = data.get("start")
    if isinstance(start, str) and not _MONTH.match(start):
        yield Fault("start", "not_month", {"value": start})
    elif isinstance(start, str):
        year, month = first_dated_month()
        if start < f"{year:04d}-{month:02d}":
            yield Fault("start", "before_first", {"value": start, "limit": f"{year:04d}-{month:02d}"})
    for path, funder in items(data, "funders"):
        first, months = amount(funder.get("start_month"), 1.0), amount(funder.get("months"), 12.0)
        yield from _past_december(path, "", first, months)
        for year, single in mapping(funder.get("by_year")).items():
            if isinstance(single, dict):
                yield from _past_december(
                    f"{path}.by_year.{year}",
                    f" {year}",
                    amount(single.get("start_month"), first),
                    amount(single.get("months"), months),
                )


def _past_december(path: str, year: str, first: float | None, months: float | None) -> Iterator[Fault]:
    if first is None or months is None or not (1 <= first <= 12 and 1 <= months <= 12):
        return  # the schema tells of these
    if first + months - 1 > 12:
        yield Fault(f"{path}.months", "past_december", {"months": months, "start": first, "year": year})


def check_contributions(data: dict) -> Iterator[Fault]:
    """JKK and JKM go together, each kind of membership has its own fields, the government gets no relief."""
    for path, item in items(data, "segments") + items(data, "funders"):
        programmes = item.get("programmes")
        if isinstance(programmes, list):
            if not {"jkk", "jkm"} <= {p for p in programmes if isinstance(p, str)}:
                yield Fault(f"{path}.programmes", "programmes_needed")
            for p in {p for p in programmes if isinstance(p, str) and programmes.count(p) > 1}:
                yield Fault(f"{path}.programmes", "duplicate_item", {"value": p})
        if item.get("relief") is True and item.get("payer") == "government":
            yield Fault(f"{path}.relief", "relief_government")
    for path, segment in items(data, "segments"):
        membership = segment.get("membership")
        for owner, names in _ONLY.items():
            for name in names:
                if name in segment and membership in tuple(_ONLY) and membership != owner:
                    yield Fault(f"{path}.{name}", "wrong_kind", {"owner": owner, "kind": membership})
        if membership == "pu" and "wage" not in segment:
            yield Fault(f"{path}.wage", "missing")


def check_references(data: dict) -> Iterator[Fault]:
    """A misspelt reference: not in the file's list, but close to one that is."""
    known = [str(k) for k in mapping(data.get("references"))]
    for path, name in unlisted_references(data):
        if guess := nearest(name, known):
            yield Fault(path, "unknown_reference", {"value": name, "guess": guess})


def unlisted_references(data: dict) -> Iterator[tuple[str, str]]:
    """(path, id) of references that the file names but does not list; no number hangs on them."""
    known = {str(k) for k in mapping(data.get("references"))}
    return ((path, name) for path, name in _references("", data) if name not in known)


def _references(path: str, raw: Any) -> Iterator[tuple[str, str]]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            where = f"{path}.{key}" if path else str(key)
            if key == "reference" and isinstance(value, str):
                yield where, value
            elif key == "references" and isinstance(value, list):
                yield from ((where, v) for v in value if isinstance(v, str))
            elif where != "references":
                yield from _references(where, value)
    elif isinstance(raw, list):
        for i, value in enumerate(raw, 1):
            name = value.get("id") if isinstance(value, dict) else None
            yield from _references(f"{path}.{name}" if isinstance(name, str) else f"{path}[{i}]", value)


def check_blanks(data: dict) -> Iterator[Fault]:
    """A blank is no value; only a funder's onboarding_per_month and programmes may be null.

    Scenarios and stress tests are set first.
    """
    here = {k: v for k, v in data.items() if k not in ("scenarios", "stress_tests")}
    for path in _blanks("", here):
        if not (path.startswith("funders") and path.endswith((".onboarding_per_month", ".programmes"))):
            yield Fault(path, "blank")


def _blanks(path: str, raw: Any) -> Iterator[str]:
    if raw is None:
        yield path
    for key, value in mapping(raw).items():
        yield from _blanks(f"{path}.{key}" if path else str(key), value)
    for i, value in enumerate(listing(raw), 1):
        name = mapping(value).get("id")
        yield from _blanks(f"{path}.{name}" if isinstance(name, str) else f"{path}[{i}]", value)


RULES = (
    check_blanks,
    check_ids,
    check_eligibility,
    check_people,
    check_calendar,
    check_contributions,
    check_references,
)


def check_all(data: dict) -> list[Fault]:
    """All broken rules of a region's plain data."""
    return [fault for rule in RULES for fault in rule(data)]
