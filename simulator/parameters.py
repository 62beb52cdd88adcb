"""Dated figures of law and practice, and what came true elsewhere, from `simulator/parameters/*.yaml`.

Nothing is read before it is asked for: the law first (all that the engine needs), the rest when an id is not
found there. Each file is read once; everything handed out is frozen, so it may be shared.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from simulator.registry import STATUSES
from simulator.registry import UNITS as LEVER_UNITS

FOLDER = Path(__file__).with_suffix("")
LAW_FILES = ("contributions", "relief", "benefits")
OTHER_FILES = ("targets", "defaults")

# Every unit a figure may have, and how it reads on screen: those of the levers and what only law needs.
UNITS = {
    **LEVER_UNITS,
    "share_of_income": "bagian dari penghasilan sebulan",
    "share_of_wage": "bagian dari upah sebulan",
    "rupiah_child": "Rp tiap anak",
}
FUNDERS = ("apbd", "apbd_perubahan", "dbhcht", "apbdes", "baznas", "bumd", "asn")

YearMonth = tuple[int, int]
Month = str | YearMonth


class ParameterError(LookupError, ValueError):
    """A figure that is unknown, not in force in that month, or wrongly written in its file."""


# --- what a field may hold ---------------------------------------------------


def _known(words: Iterable[str]) -> AfterValidator:
    known = tuple(words)

    def check(word: str) -> str:
        if word not in known:
            raise ValueError(f"{word!r} is unknown; known are {', '.join(known)}")
        return word

    return AfterValidator(check)


def _start(written: Any) -> Any:
    """A year means from its January; months are written YYYY-MM."""
    if isinstance(written, int) and not isinstance(written, bool):
        return written, 1
    return _year_month(written)


Text = Annotated[str, Strict(), Field(min_length=1)]
Unit = Annotated[str, Strict(), _known(UNITS)]
Status = Annotated[str, Strict(), _known(STATUSES)]
Funder = Annotated[str, Strict(), _known(FUNDERS)]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Above0 = Annotated[float, Strict(), Field(gt=0, allow_inf_nan=False)]
Flag = Annotated[bool, Strict()]
Date = Annotated[datetime.date, Strict()]
Start = Annotated[tuple[int, int], BeforeValidator(_start)]
When = Annotated[str, BeforeValidator(str), Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$")]


class _Closed:
    """Fields that a class does not name are refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Reference(_Closed):
    """Where a figure comes from: an Indonesian title and, where known, an address."""

    title: Text
    address: Text | None = None

    @property
    def link(self) -> str | None:
        """The address where it is a complete one; None where only its beginning is known."""
        return self.address if self.address and self.address.startswith("https://") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue(_Closed):
    """A figure from its first month on, until the next one. `low` and `high` bound what is plausible."""

    start: Start
    value: Number
    low: Number | None = None
    high: Number | None = None
    status: Status
    reference: Reference | None = None
    checked: Date
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.reference is None and self.status != "assumption":
            raise ValueError(f"a value with status {self.status} needs a reference with a title")
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise ValueError(f"{self.value} lies outside its range {low} to {high}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(_Closed):
    """One figure and its history. `label` and the notes are Indonesian, `description` is English."""

    id: Text
    label: Text
    description: Text
    unit: Unit
    values: Annotated[tuple[DatedValue, ...], Field(min_length=1)]

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.values):
            if later.start == earlier.start:
                raise ValueError(f"start {_show(later.start)} comes twice")
            if later.start < earlier.start:
                raise ValueError(f"start {_show(later.start)} stands after {_show(earlier.start)}")

    @property
    def latest(self) -> DatedValue:
        """The newest value."""
        return self.values[-1]

    def at(self, month: Month) -> DatedValue:
        """The value in force in `month` ("YYYY-MM" or (year, month)). ParameterError before the first one."""
        wanted = _year_month(month)
        position = bisect_right(self.values, wanted, key=lambda dated: dated.start)
        if position == 0:
            first = _show(self.values[0].start)
            raise ParameterError(f"{self.id}: no value for {_show(wanted)}; the first one holds from {first}")
        return self.values[position - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised(_Closed):
    """What came true elsewhere for one lever's field; no funders means any. `text` is for the screen."""

    id: Text
    lever: Text
    funders: tuple[Funder, ...] = ()
    text: Text
    place: Text
    date: When
    value: Number | None = None
    unit: Unit | None = None
    reference: Reference
    note: Text | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.unit is None):
            raise ValueError("value and unit come together or not at all")


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(_Closed):
    """A real programme: workers paid for, months, contribution (Rp a worker and month), rupiah reported.

    `match` tells how the reported rupiah meets workers × months × contribution: `exact` (to the rupiah),
    `rounded` (to the rounding of the report), `wrong` (the press contradicts itself), `unreported`, `incomplete`
    (rupiah without workers, or without months and paying for no whole number of them up to a year).
    `months_inferred`: the months are not reported but follow from the rupiah. `sum_of`: ids that it sums up.
    """

    id: Text
    place: Text
    year: Annotated[int, Strict()] | None
    funder: Funder
    workers: Above0 | None = None
    months: Above0 | None = None
    rp_per_month: Above0
    reported_rupiah: Above0 | None = None
    reported_text: Text | None = None
    match: Literal["exact", "rounded", "wrong", "unreported", "incomplete"]
    months_inferred: Flag = False
    sum_of: tuple[Text, ...] = ()
    note: Text | None = None
    reference: Reference

    def __post_init__(self) -> None:
        if (self.match == "unreported") != (self.reported_rupiah is None):
            raise ValueError("a programme without reported_rupiah is unreported, and no other is")
        known = self.sum_of or (self.workers and self.months)
        if self.match in ("exact", "rounded", "wrong") and not known or self.match == "incomplete" and known:
            raise ValueError(f"match {self.match} does not go with these workers and months")

    @property
    def rupiah(self) -> float | None:
        """Workers × months × contribution, in rupiah; None where one of them is not known."""
        return self.workers * self.months * self.rp_per_month if self.workers and self.months else None

    @property
    def press_wrong(self) -> bool:
        """Whether the rupiah of the press cannot be right."""
        return self.match == "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorPlan(_Closed):
    """Civil servants who were asked to pay for workers: what was asked of each, and how many came of it.

    `asked_low`…`asked_high` workers a sponsor; `joined` sponsors, `registered` workers, `paying` workers still paid
    for; None where not reported. `like`: the plan whose realised shares a plan without own ones is reckoned with.
    """

    id: Text
    place: Text
    year: Annotated[int, Strict()]
    sponsors: Above0
    asked_low: Above0
    asked_high: Above0
    joined: Above0 | None = None
    registered: Above0 | None = None
    paying: Above0 | None = None
    like: Text | None = None
    note: Text | None = None
    reference: Reference

    def __post_init__(self) -> None:
        if (self.joined is None) != (self.registered is None) or self.asked_low > self.asked_high:
            raise ValueError("joined and registered come together, asked_low is not above asked_high")


# --- reading -----------------------------------------------------------------

_KINDS = {"parameters": Parameter, "realised": Realised, "programmes": Programme, "sponsors": SponsorPlan}


def parse(text: str, kind: str, source: str) -> tuple[Any, ...]:
    """The rows of a YAML file of one kind: `parameters`, `realised`, `programmes` or `sponsors`.

    `source` names the file in errors. ParameterError, one line: file: id: what.
    """
    rows = _rows(text, kind, source)
    try:
        found = _checker(kind).validate_python(rows)
    except ValidationError as error:
        raise ParameterError(_first_fault(error, rows, source)) from None
    _refuse_twins(found, source)
    return found


def _rows(text: str, kind: str, source: str) -> list[Any]:
    """The rows as written, each reference's key replaced by the reference."""
    try:
        data = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise ParameterError(f"{source}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(data, dict) or set(data) - {"references"} != {kind} or not isinstance(data[kind], list):
        raise ParameterError(f"{source}: needs a list named {kind}, beside it at most references")
    references = data.get("references", {})
    if not isinstance(references, dict):
        raise ParameterError(f"{source}: references are no mapping")
    for row in data[kind]:
        for part in _parts(row):
            key = part["reference"]
            if not isinstance(key, str) or key not in references:
                raise ParameterError(f"{source}: {row.get('id')}: reference {key!r} is not in the list")
            part["reference"] = references[key]
    return data[kind]


def _parts(row: Any) -> list[dict]:
    """The row and its values, those that name a reference."""
    values = row.get("values") if isinstance(row, dict) else None
    parts = [row, *(values if isinstance(values, list) else [])]
    return [part for part in parts if isinstance(part, dict) and part.get("reference") is not None]


@lru_cache(maxsize=4)
def _checker(kind: str) -> TypeAdapter:
    return TypeAdapter(tuple[_KINDS[kind], ...])


def _first_fault(error: ValidationError, rows: list[Any], source: str) -> str:
    """One line: file: id: field: what. Positions in a list are counted from 0."""
    fault = error.errors(include_url=False)[0]
    position, *path = fault["loc"]
    named = isinstance(rows[position], dict) and isinstance(rows[position].get("id"), str)
    words = [source, rows[position]["id"] if named else f"row {position}"]
    if path:
        words.append(".".join(str(part) for part in path))
    words.append("missing" if fault["type"] == "missing" else fault["msg"].removeprefix("Value error, "))
    return ": ".join(words)


def _refuse_twins(rows: Iterable[Any], source: str) -> None:
    seen = set()
    for row in rows:
        if row.id in seen:
            raise ParameterError(f"{source}: {row.id}: this id comes twice")
        seen.add(row.id)


@lru_cache(maxsize=16)
def _load(name: str, kind: str = "parameters") -> tuple[Any, ...]:
    return parse((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), kind, f"{name}.yaml")


@lru_cache(maxsize=2)
def _by_id(names: tuple[str, ...]) -> dict[str, Parameter]:
    return {each.id: each for name in names for each in _load(name)}


# --- looking up --------------------------------------------------------------


def value(parameter_id: str, month: Month) -> float:
    """The figure in force in `month` ("YYYY-MM" or (year, month)), in the parameter's own unit.

    ParameterError where the id is unknown or the month comes before the first value.
    """
    return parameter(parameter_id).at(month).value


def series(parameter_id: str, months: Iterable[YearMonth]) -> list[float]:
    """The figure in force in each of a run of (year, month). Errors as for `value`."""
    found = parameter(parameter_id)
    return [found.at(month).value for month in months]


def parameter(parameter_id: str) -> Parameter:
    """The parameter with its history. ParameterError where the id is unknown."""
    found = _by_id(LAW_FILES).get(parameter_id) or _by_id(OTHER_FILES).get(parameter_id)
    if found is None:
        raise ParameterError(f"{parameter_id}: no such parameter")
    return found


def all_parameters() -> tuple[Parameter, ...]:
    """Every parameter, file by file. ParameterError where two files use one id."""
    found = tuple(each for name in (*LAW_FILES, *OTHER_FILES) for each in _load(name))
    _refuse_twins(found, FOLDER.name)
    return found


def realised(lever: str, funder_id: str | None = None) -> tuple[Realised, ...]:
    """What was realised elsewhere for a lever's field, such as `participation` or `overlap`.

    With a funder, only what holds for it or for any; without one, everything about that field.
    """
    return tuple(
        each
        for each in all_realised()
        if each.lever == lever and (funder_id is None or not each.funders or funder_id in each.funders)
    )


def all_realised() -> tuple[Realised, ...]:
    """Everything realised elsewhere, in the file's order."""
    return _load("realised", "realised")


def programmes() -> tuple[Programme, ...]:
    """The real programmes that the cost identity is held to, in the file's order."""
    return _load("programmes", "programmes")


def sponsor_plans() -> tuple[SponsorPlan, ...]:
    """What civil servants were asked to pay for elsewhere and what came of it, in the file's order."""
    return _load("sponsors", "sponsors")


def _year_month(month: Any) -> YearMonth:
    parts = month.split("-") if isinstance(month, str) else month
    try:
        year, number = (int(part) for part in parts)
    except (TypeError, ValueError):
        year, number = 0, 0
    if not 1 <= number <= 12:
        raise ParameterError(f"{month!r} is not a month; write YYYY-MM")
    return year, number


def _show(month: YearMonth) -> str:
    return f"{month[0]:04d}-{month[1]:02d}"
