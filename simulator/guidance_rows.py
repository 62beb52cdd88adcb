"""The rows of guidance.yaml, usual_groups.yaml and usual_funders.yaml, and how they are read (pydantic, strict).

What they are for stands in simulator.guidance and simulator.usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from simulator.parameters import FOLDER, Funder, Number, ParameterError, Text
from simulator.registry import FIELDS

# Inputs of the page that are no numbers of the registry.
OTHER_INPUTS = frozenset(
    {
        *("title", "start", "note", "coverage_base.population", "also.population"),
        *("target.name", "target.population"),
        *(f"segment.{name}" for name in ("name", "membership", "sector", "risk", "programmes", "duty")),
        *(f"funder.{name}" for name in ("name", "payer", "segments", "relief", "programmes", "by_year")),
        *(f"reference.{name}" for name in ("title", "address", "date")),
        *(f"quantity.{name}" for name in ("low", "high", "as_of", "reference", "status", "note")),
    }
)


class Closed:
    """Fields that a class does not name are refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRegions(Closed):
    """The least and the most that the files of a group of regions write; a share of another number with `share_of`."""

    regions: Text
    low: Number
    high: Number
    share_of: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FromParameter(Closed):
    """A figure of defaults.yaml with its range; `more` are told beside."""

    parameter: Text
    more: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FromLaw(Closed):
    """All values of a dated figure; with `bound` the newest one, as the least that is allowed."""

    law: Text
    bound: Literal["low"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRealised(Closed):
    """What was realised elsewhere, by ids of realised.yaml."""

    realised: Annotated[tuple[Text, ...], Field(min_length=1)]


Origin = FromRegions | FromParameter | FromLaw | FromRealised
WrittenTypical = Origin | Literal["none"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionGroup(Closed):
    """Region files that a range is taken from, and how they are called."""

    files: Annotated[tuple[Text, ...], Field(min_length=1)]
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Closed):
    """A step of the page: what to have at hand, how long it takes, what comes out."""

    id: Text
    name: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenGuide(Closed):
    """A guide as guidance.yaml has it."""

    key: Text
    what: Text
    where: Text
    typical: WrittenTypical = None
    funders: dict[Funder, Origin] = Field(default_factory=dict)
    note: Text | None = None
    example: Text
    zero: Text | None = None

    def __post_init__(self) -> None:
        if self.key not in FIELDS and self.key not in OTHER_INPUTS:
            raise ValueError(f"{self.key!r} is no input")
        if (self.typical is not None) != (self.key in FIELDS):
            raise ValueError("numbers of the registry say what is typical (none: unknown), other inputs do not")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance(Closed):
    region_groups: dict[Text, RegionGroup]
    steps: tuple[Step, ...]
    guides: tuple[WrittenGuide, ...]

    def __post_init__(self) -> None:
        for one in self.guides:
            if isinstance(one.typical, FromRegions) and one.typical.regions not in self.region_groups:
                raise ValueError(f"{one.key}: {one.typical.regions!r} is no group of regions")


# --- reading --------------------------------------------------------------------------------------------------------


def load(name: str, part: str | None, kind: Any) -> Any:
    """The named part of a file (all of it without one) as a type. ParameterError, one line: file: where: what."""
    return parse((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), part, kind, f"{name}.yaml")


def parse(text: str, part: str | None, kind: Any, source: str) -> Any:
    """A YAML text as a type, references put in place. `source` names it in errors; ParameterError, one line."""
    try:
        data = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise ParameterError(f"{source}: not readable as YAML: {' '.join(str(error).split())}") from None
    if part is not None:
        if not isinstance(data, dict) or set(data) - {"references"} != {part} or not isinstance(data[part], list):
            raise ParameterError(f"{source}: needs a list named {part}, beside it at most references")
        _put_references(data[part], data.get("references", {}), source)
        data = data[part]
    try:
        found = TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise ParameterError(f"{source}: {where}: {fault['msg'].removeprefix('Value error, ')}") from None
    _refuse_twins([one.id for one in found] if part else [one.key for one in found.guides], source)
    return found


def _put_references(rows: list[Any], references: Any, source: str) -> None:
    for row in rows:
        for report in row.get("reports", ()) if isinstance(row, dict) else ():
            key = report.get("reference")
            if not isinstance(references, dict) or key not in references:
                raise ParameterError(f"{source}: {row.get('id')}: reference {key!r} is not in the list")
            report["reference"] = references[key]


def _refuse_twins(names: list[str], source: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ParameterError(f"{source}: {name} comes twice")
