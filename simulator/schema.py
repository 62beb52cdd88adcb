"""The region file as frozen, typed models (pydantic). What each number may be comes from the registry.

Rules that join several fields are in simulator.rules; reading a file is simulator.region.
"""

import datetime
import math
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr
from pydantic_core import PydanticCustomError

from simulator.migrate import SCHEMA, Step
from simulator.registry import FIELDS, OTHER_NAME
from simulator.registry import Field as Number


class Model(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _problem(kind: str, **facts: Any) -> PydanticCustomError:
    return PydanticCustomError(kind, "", facts)


def number_hint(text: str) -> str | None:
    """How a number that was written as text is to be written, where only one reading makes sense."""
    bare = text.strip().removeprefix("Rp").strip()
    percent = bare.endswith("%")
    bare = bare.removesuffix("%").strip()
    groups = bare.split(".")
    if len(groups) > 2 and groups[0].isdigit() and all(len(g) == 3 and g.isdigit() for g in groups[1:]):
        bare = "".join(groups)
    elif bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        return None
    value = value / 100 if percent else value
    return f"{value:.12g}" if math.isfinite(value) else None


def _finite(value: Any) -> float:
    if value is None:
        raise _problem("blank")
    if isinstance(value, str):
        raise _problem("text_number", value=value, guess=number_hint(value))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _problem("not_number", value=value if isinstance(value, bool) else str(value)[:40])
    if abs(value) > 1e300 or not math.isfinite(value):
        raise _problem("not_finite", value=str(value)[:20])
    return float(value)


Finite = Annotated[float, BeforeValidator(_finite)]


def _date_text(value: Any) -> Any:
    if isinstance(value, (datetime.date, int)) and not isinstance(value, bool):
        return str(value)
    return value


DateText = Annotated[str, BeforeValidator(_date_text)]


class Quantity(Model):
    """A number with, where known, its range and where it comes from."""

    value: Finite
    low: Finite | None = None
    high: Finite | None = None
    as_of: DateText | None = None
    reference: str | None = None
    status: Literal["law", "statistic", "reported", "assumption"] | None = None
    note: str | None = None

    @property
    def ranged(self) -> bool:
        """Whether both ends of the range are known."""
        return self.low is not None and self.high is not None


def _as_quantity(value: Any) -> Any:
    if isinstance(value, (dict, Quantity)):
        return value
    return {"value": _finite(value)}


def check_limits(value: float, field: Number) -> None:
    """Raise the limit of `field` that `value` breaks."""
    if field.le is not None and value > field.le:
        raise _problem("more_than", value=value, limit=field.le)
    if field.lt is not None and value >= field.lt:
        raise _problem("not_below", value=value, limit=field.lt)
    if field.ge is not None and value < field.ge:
        raise _problem("less_than", value=value, limit=field.ge)
    if field.gt is not None and value <= field.gt:
        raise _problem("not_above", value=value, limit=field.gt)
    if field.whole and not float(value).is_integer():
        raise _problem("not_whole", value=value)


def number(key: str) -> Any:
    """The type of a number of the registry: a bare number or a mapping, within its legal limits."""
    field = FIELDS[key]

    def within(q: Quantity) -> Quantity:
        for v in (q.value, q.low, q.high):
            if v is not None:
                check_limits(v, field)
        low = q.value if q.low is None else q.low
        high = q.value if q.high is None else q.high
        if not low <= q.value <= high:
            raise _problem("range_order", low=low, value=q.value, high=high)
        return q

    return Annotated[Quantity, BeforeValidator(_as_quantity), AfterValidator(within)]


def default(value: float) -> Any:
    """A default number."""
    return Quantity(value=value)


Programme = Literal["jkk", "jkm", "jht"]
Membership = Literal["bpu", "pu"]
Population = Literal["labour_force", "employed", "bpjs_potential"]


class AlsoBase(Model):
    """Another base that coverage is quoted on, shown beside."""

    population: Population
    workers: number("also.workers")
    note: str | None = None


class CoverageBase(Model):
    """The workers that coverage is quoted on."""

    population: Population
    workers: number("coverage_base.workers")
    growth: number("coverage_base.growth") = default(0)
    outside: number("coverage_base.outside") = default(0)
    also: tuple[AlsoBase, ...] = Field(default=(), strict=False)
    note: str | None = None


class Target(Model):
    """A share of workers to be insured at the end of a year; `name` is how the screen calls it."""

    year: number("target.year")
    name: str = "target"
    coverage: number("target.coverage")
    population: Population | None = None
    reference: str | None = None
    note: str | None = None


class Segment(Model):
    """Workers of one kind."""

    id: str
    name: str
    workers: number("segment.workers")
    covered: number("segment.covered")
    covered_change: number("segment.covered_change") = default(0)
    membership: Membership
    income: number("segment.income") | None = None
    sector: Literal["general", "transport"] | None = None
    wage: number("segment.wage") | None = None
    risk: Literal["very_low", "low", "medium", "high", "very_high"] | None = None
    programmes: tuple[Programme, ...] = Field(default=("jkk", "jkm"), strict=False)
    duty: Literal["must", "may"] = "may"
    verification_yield: number("segment.verification_yield") | None = None
    reference: str | None = None
    note: str | None = None


class Other(Model):
    """What is left of the base."""

    name: str = OTHER_NAME
    covered_change: number("segment.covered_change") = default(0)
    income: number("segment.income") | None = None
    verification_yield: number("segment.verification_yield") | None = None
    note: str | None = None


class ByYear(Model):
    """What differs in a single year."""

    annual_budget: number("funder.annual_budget") | None = None
    start_month: number("funder.start_month") | None = None
    months: number("funder.months") | None = None


class _Funder(Model):
    id: str
    name: str
    payer: Literal["government", "village", "zakat", "corporate", "individual"]
    segments: tuple[str, ...] = Field(strict=False)
    paid_before: dict[str, number("funder.paid_before")] = {}
    onboarding_per_month: number("funder.onboarding_per_month") | None = None
    relief: bool | None = None
    programmes: tuple[Programme, ...] | None = Field(default=None, strict=False)
    reference: str | None = None
    note: str | None = None

    @property
    def has_relief(self) -> bool:
        """Whether it gets the relief of PP 50/2025: by default individuals do, the government never."""
        if self.payer == "government":
            return False
        return self.payer == "individual" if self.relief is None else self.relief


class BudgetFunder(_Funder):
    """Pays out of a budget for contributions."""

    kind: Literal["budget"]
    annual_budget: number("funder.annual_budget")
    budget_growth: number("funder.budget_growth") = default(0)
    by_year: dict[int, ByYear] = Field(default={})
    start_month: number("funder.start_month") = default(1)
    months: number("funder.months") = default(12)
    absorption: number("funder.absorption") = default(1)


class SponsorFunder(_Funder):
    """People who each pay for some workers."""

    kind: Literal["sponsors"]
    sponsors: number("funder.sponsors")
    participation: number("funder.participation")
    initial_participation: number("funder.initial_participation") = default(0)
    start_after: number("funder.start_after") = default(0)
    ramp_months: number("funder.ramp_months") = default(12)
    workers_per_sponsor: number("funder.workers_per_sponsor")
    still_paying: number("funder.still_paying") = default(1)


Funder = Annotated[BudgetFunder | SponsorFunder, Field(discriminator="kind")]


class Assumptions(Model):
    """Behaviour and risk; see the registry for each."""

    verification_yield: number("assumptions.verification_yield") = default(1)
    overlap: number("assumptions.overlap") = default(0)
    self_pay_continuation: number("assumptions.self_pay_continuation") = default(0)
    self_pay_lapse: number("assumptions.self_pay_lapse") = default(0)
    grace_months: number("assumptions.grace_months") = default(3)
    deaths_per_1000: number("assumptions.deaths_per_1000") = default(2.0)
    accidents_per_1000: number("assumptions.accidents_per_1000") = default(2.5)
    children_per_death: number("assumptions.children_per_death") = default(1)


class Scenario(Model):
    """A named set of lever settings; `set` is applied to the file and validated with it."""

    id: str
    name: str
    description: str = ""
    references: tuple[str, ...] = Field(default=(), strict=False)
    set: dict[str, Any] = {}
    note: str | None = None


def _bounded(low: float, high: float) -> Any:
    """A finite number within limits, for numbers of a file that are no levers."""

    def within(value: float) -> float:
        if value > high:
            raise _problem("more_than", value=value, limit=high)
        if value < low:
            raise _problem("less_than", value=value, limit=low)
        return value

    return Annotated[Finite, AfterValidator(within)]


class StressSpec(Model):
    """A named trouble: new values (`set`), factors on present values (`scale`: 0.6 is 40% less), and the share of
    those insured by themselves or through employers who are lost within three months."""

    id: str
    name: str
    description: str = ""
    set: dict[str, Any] = {}
    scale: dict[str, _bounded(0, 1000)] = {}
    members_lost: _bounded(0, 1) = 0.0
    note: str | None = None


class Reference(Model):
    """Where a number comes from."""

    title: str
    address: str | None = None
    date: DateText | None = None
    note: str | None = None


class SavedResult(Model):
    """What a scenario (absent: the file as written) came to in a year when the file was saved; cost in Rp."""

    scenario: str | None = None
    year: int
    coverage_end: Finite
    coverage_average: Finite
    cost: Finite


class Saved(Model):
    """What a file says of the moment it was saved: model, day, format, fingerprint of the data, and results.

    No run reads it; see simulator.saved.
    """

    model: str
    on: DateText
    schema_version: int = Field(alias="schema")
    data: str
    results: tuple[SavedResult, ...] = Field(strict=False)


class Region(Model):
    """A district or province and its numbers at one date."""

    schema_version: int = Field(default=SCHEMA, alias="schema")  # held to SCHEMA by simulator.migrate
    title: str
    start: str
    years: number("years")
    coverage_base: CoverageBase
    covered: number("covered")
    apbd_total: number("apbd_total") | None = None
    targets: tuple[Target, ...] = Field(default=(), strict=False)
    segments: tuple[Segment, ...] = Field(strict=False)
    other: Other = Other()
    funders: tuple[Funder, ...] = Field(strict=False)
    assumptions: Assumptions = Assumptions()
    scenarios: tuple[Scenario, ...] = Field(default=(), strict=False)
    stress_tests: tuple[StressSpec, ...] = Field(default=(), strict=False)
    references: dict[str, Reference] = {}
    note: str | None = None
    saved: Saved | None = None

    _source: str = PrivateAttr(default="")
    _told: tuple[Step, ...] = PrivateAttr(default=())
    _data: dict = PrivateAttr(default_factory=dict)

    @property
    def first_month(self) -> tuple[int, int]:
        """(year, month) of the first simulated month."""
        year, month = self.start.split("-")
        return int(year), int(month)

    @property
    def months(self) -> list[tuple[int, int]]:
        """(year, month) of every simulated month: 12 times `years` of them, from `start` on."""
        year, month = self.first_month
        first = year * 12 + month - 1
        return [((first + t) // 12, (first + t) % 12 + 1) for t in range(12 * int(self.years.value))]

    @property
    def segment_ids(self) -> tuple[str, ...]:
        """Ids in file order, the residual `other` last."""
        return (*(s.id for s in self.segments), "other")

    @property
    def funder_ids(self) -> tuple[str, ...]:
        """Ids in the order in which they pay."""
        return tuple(f.id for f in self.funders)
