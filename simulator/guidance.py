"""Guidance beside each input of a region: what it is, where a planner finds it, what is usual, what a blank means.

Texts are Indonesian and stand in `simulator/parameters/guidance.yaml`. Ranges come from parameters with a source, from
what was realised elsewhere, or from the region files that ship (copied into guidance.yaml and held to the files by a
test, for reading all of them takes seconds). Usual groups, funders and behaviour are simulator.usual's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulator import indonesian as fmt
from simulator import parameters
from simulator.guidance_rows import (
    FromLaw,
    FromParameter,
    FromRealised,
    FromRegions,
    Guidance,
    Origin,
    RegionGroup,
    Step,
    WrittenGuide,
    load,
)
from simulator.parameters import DatedValue, ParameterError
from simulator.questions.settings import value_text
from simulator.registry import FIELDS, STATUSES
from simulator.usual import (
    usual_assumptions,
    usual_funders,
    usual_groups,
    usual_growth,
    usual_references,
    usual_targets,
)

__all__ = [
    "Guide",
    "RegionGroup",
    "Step",
    "Typical",
    "guide",
    "inputs",
    "region_groups",
    "steps",
    "typical_text",
    "usual_assumptions",
    "usual_funders",
    "usual_groups",
    "usual_growth",
    "usual_references",
    "usual_targets",
    "written_typicals",
]

UNKNOWN = "Rentang lazim tidak diketahui; isi sebagai asumsi dengan batas bawah dan atas."
# What follows a range; a rupiah or % sign stands with the number already.
_SUFFIX = {
    "rupiah_year": " setahun",
    "rupiah_month": " sebulan",
    "people": " orang",
    "people_year": " orang setahun",
    "people_month": " tempat sebulan",
    "share_year": " setahun",
    "months": " bulan",
    "years": " tahun",
    "per_1000_year": " per 1.000 orang setahun",
    "people_per_sponsor": " pekerja per ASN",
    "children": " anak",
}


@dataclass(frozen=True, slots=True)
class Typical:
    """What is usual for a number. `low` and `high` in `unit` (a unit of the registry); `high` None: only a least value.

    `share_of` names the number of the same file that they are a share of. `shown` is the range in Indonesian style;
    `text` the sentence with it; `source` who says so, with status and the day of checking; `address` where known.
    """

    low: float
    high: float | None
    unit: str
    shown: str
    text: str
    source: str
    address: str | None = None
    share_of: str | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands beside an input. `number`: it is one of the registry, so `typical` None means that nothing is known.

    `zero` says what a blank means; empty where the input has to be filled in.
    """

    key: str
    what: str
    where: str
    typical: Typical | None
    note: str
    example: str
    zero: str
    number: bool


def guide(key: str, funder: str = "") -> Guide:
    """The guidance of an input; with a funder's id (dbhcht, dbhcht_2) what is usual there. KeyError: no such input."""
    return _guide(key, funder.rstrip("_0123456789"))


@lru_cache(maxsize=512)
def _guide(key: str, funder: str) -> Guide:
    written = _guides()[key]
    origin = written.funders.get(funder, written.typical)
    typical = None if origin in (None, "none") else _typical(key, origin)
    # a note explains the usual range, so it goes where another one takes that range's place
    note = (written.note or "") if origin is written.typical else ""
    return Guide(key, written.what, written.where, typical, note, written.example, written.zero or "", key in FIELDS)


def inputs() -> tuple[str, ...]:
    """Every input that has guidance, in the file's order."""
    return tuple(_guides())


def steps() -> tuple[Step, ...]:
    """The steps of the page, in order."""
    return _guidance().steps


def region_groups() -> Mapping[str, RegionGroup]:
    """The groups of region files that ranges are taken from."""
    return _guidance().region_groups


def written_typicals() -> list[tuple[str, Origin]]:
    """(key, where its range comes from) of every range that guidance.yaml names, funders' own included."""
    found = [(key, origin) for key, g in _guides().items() for origin in (g.typical, *g.funders.values())]
    return [(key, origin) for key, origin in found if origin not in (None, "none")]


def typical_text(one: Guide) -> str:
    """What is usual and who says so, in Indonesian; that nothing is known; empty for an input that is no number."""
    if not one.number:
        return ""
    return " ".join(filter(None, (one.typical.text if one.typical else UNKNOWN, one.note)))


def _typical(key: str, origin: Origin) -> Typical:
    if isinstance(origin, FromRegions):
        return _of_regions(key, origin)
    if isinstance(origin, FromParameter):
        return _of_parameter(key, origin)
    return _of_law(key, origin) if isinstance(origin, FromLaw) else _of_realised(key, origin)


def _of_regions(key: str, origin: FromRegions) -> Typical:
    field, group = FIELDS[key], _guidance().region_groups[origin.regions]
    if origin.share_of is None:
        unit, shown = field.unit, _range(key, origin.low, origin.high)
    else:
        ends = dict.fromkeys((fmt.percent_short(origin.low), fmt.percent_short(origin.high)))
        unit, shown = "share", f"{' – '.join(ends)} dari {fmt.inside(FIELDS[origin.share_of].label)}"
    text = f"Pada {group.text}: {shown}."
    return Typical(origin.low, origin.high, unit, shown, text, group.text, share_of=origin.share_of)


def _of_parameter(key: str, origin: FromParameter) -> Typical:
    now = parameters.parameter(origin.parameter).latest
    low, high = _ends(now)
    shown, source = _range(key, low, high), _source(now)
    told = f"{'Asumsi:' if now.status == 'assumption' else 'Lazimnya'} {_with_range(key, now)}."
    beside = []
    for p in map(parameters.parameter, origin.more):
        beside.append(f"{p.label}: {_with_range(key, p.latest)}. Sumber: {_source(p.latest)}.")
    text = " ".join(filter(None, (told, now.note, f"Sumber: {source}.", *beside)))
    return Typical(low, high, FIELDS[key].unit, shown, text, source, now.reference and now.reference.link)


def _of_law(key: str, origin: FromLaw) -> Typical:
    p = parameters.parameter(origin.law)
    field, source, link = FIELDS[key], _source(p.latest), p.latest.reference and p.latest.reference.link
    if origin.bound:
        shown = f"paling rendah {_range(key, p.latest.value, p.latest.value)}"
        text = f"{p.label}: {shown}. Sumber: {source}."
        return Typical(p.latest.value, None, field.unit, shown, text, source, link)
    found = [v.value for v in p.values]
    dated = ", ".join(f"{value_text(field, v.value)} ({v.start[0]})" for v in p.values)
    text = " ".join(filter(None, (f"{p.label}: {dated}.", p.latest.note, f"Sumber: {source}.")))
    return Typical(min(found), max(found), field.unit, _range(key, min(found), max(found)), text, source, link)


def _of_realised(key: str, origin: FromRealised) -> Typical:
    found = [r for r in parameters.all_realised() if r.id in origin.realised]
    if len(found) < len(origin.realised) or any(r.value is None for r in found):
        raise ParameterError(f"guidance.yaml: {key}: not all of {', '.join(origin.realised)} are known with a value")
    low, high = min(r.value for r in found), max(r.value for r in found)
    shown, source = _range(key, low, high), "; ".join(r.reference.title for r in found)
    told = "; ".join(f"{r.text}, menurut {r.reference.title}" for r in found)
    text = f"{shown[:1].upper()}{shown[1:]} di daerah lain. {told}."
    return Typical(low, high, FIELDS[key].unit, shown, text, source, found[0].reference.link)


def _ends(dated: DatedValue) -> tuple[float, float]:
    """The range of a figure; the value itself where none is known."""
    return (
        dated.value if dated.low is None else dated.low,
        dated.value if dated.high is None else dated.high,
    )


def _range(key: str, low: float, high: float) -> str:
    ends = dict.fromkeys(value_text(FIELDS[key], v) for v in (low, high))
    return f"{' – '.join(ends)}{_SUFFIX.get(FIELDS[key].unit, '')}"


def _with_range(key: str, dated: DatedValue) -> str:
    low, high = _ends(dated)
    ranged = f" ({value_text(FIELDS[key], low)} – {value_text(FIELDS[key], high)})" if low != high else ""
    return f"{value_text(FIELDS[key], dated.value)}{ranged}{_SUFFIX.get(FIELDS[key].unit, '')}"


def _source(dated: DatedValue) -> str:
    title = dated.reference.title if dated.reference else "tanpa sumber"
    return f"{title}. Status: {STATUSES[dated.status]}, diperiksa {fmt.date_text(str(dated.checked))}"


@lru_cache(maxsize=1)
def _guidance() -> Guidance:
    return load("guidance", None, Guidance)


@lru_cache(maxsize=1)
def _guides() -> dict[str, WrittenGuide]:
    return {one.key: one for one in _guidance().guides}
