"""The levers of a region: every number a user may set, with label, range, step and source.

Widgets, links, exports and the method page read this list; nothing else knows a lever.
"""

import math
from dataclasses import dataclass

from simulator.contributions import as_written, default_income, price_table
from simulator.registry import FIELDS, Field
from simulator.rules import amount
from simulator.schema import BudgetFunder, Quantity, Region, SponsorFunder

BUDGET_LEVERS = ("annual_budget", "months", "start_month", "budget_growth", "absorption", "onboarding_per_month")
YEARLY_LEVERS = ("annual_budget", "months", "start_month")
SPONSOR_LEVERS = (
    "participation",
    "workers_per_sponsor",
    "still_paying",
    "sponsors",
    "start_after",
    "ramp_months",
    "onboarding_per_month",
)
BEHAVIOUR_LEVERS = (
    "verification_yield",
    "overlap",
    "self_pay_continuation",
    "self_pay_lapse",
    "grace_months",
    "deaths_per_1000",
    "accidents_per_1000",
    "children_per_death",
)
BASE_LEVERS = ("coverage_base.growth", "covered", "coverage_base.workers", "coverage_base.outside")


@dataclass(frozen=True)
class Number:
    """One number of a region by its path: the registry's key, whose it is, and what stands there (None: no limit)."""

    path: str
    key: str
    group: str
    group_name: str
    quantity: Quantity | None
    year: int | None = None  # where it holds for one year only


@dataclass(frozen=True)
class Lever:
    """One number: `minimum`…`maximum` by `step` is the slider's scale, not the legal limit (that is the field's)."""

    path: str
    field: Field
    group: str
    group_name: str
    value: float | None
    minimum: float
    maximum: float
    step: float
    low: float | None = None
    high: float | None = None
    status: str | None = None
    as_of: str | None = None
    source: str | None = None
    address: str | None = None
    note: str | None = None
    year: int | None = None

    @property
    def label(self) -> str:
        """Indonesian label; a number of one year names it."""
        return f"{self.field.label} {self.year}" if self.year else self.field.label


def nice_step(span: float, parts: int = 100) -> float:
    """1, 2 or 5 times a power of ten: about `parts` steps over a span."""
    if span <= 0:
        return 1.0
    power = 10 ** math.floor(math.log10(span / parts))
    return next((m * power for m in (1, 2, 5, 10) if m * power * parts >= span), 10 * power)


def main_lever(funder: BudgetFunder | SponsorFunder) -> tuple[str, float]:
    """(path, value) of how much a funder pays: a budget's `annual_budget` in Rp, the share of sponsors who join."""
    name = "annual_budget" if isinstance(funder, BudgetFunder) else "participation"
    return f"{funder.id}.{name}", getattr(funder, name).value


def numbers(region: Region) -> list[Number]:
    """All numbers a user may set, in the order of the screen: funders as they pay, behaviour, base, segments."""
    found: list[Number] = []
    for f in region.funders:
        names = BUDGET_LEVERS if isinstance(f, BudgetFunder) else SPONSOR_LEVERS
        found += [Number(f"{f.id}.{n}", f"funder.{n}", f.id, f.name, getattr(f, n)) for n in names]
        for year, single in sorted(getattr(f, "by_year", {}).items()):
            own = {n: getattr(single, n) for n in YEARLY_LEVERS if getattr(single, n) is not None}
            found += [
                Number(f"{f.id}.by_year.{year}.{n}", f"funder.{n}", f.id, f.name, q, year) for n, q in own.items()
            ]
    for n in BEHAVIOUR_LEVERS:
        found.append(
            Number(f"assumptions.{n}", f"assumptions.{n}", "assumptions", "Perilaku", getattr(region.assumptions, n))
        )
    base = {f"coverage_base.{n}": getattr(region.coverage_base, n) for n in ("growth", "workers", "outside")}
    base["covered"] = region.covered
    found += [Number(path, path, "coverage_base", "Penyebut dan keadaan awal", base[path]) for path in BASE_LEVERS]
    for s in (*region.segments, region.other):
        key = getattr(s, "id", "other")
        names = ["covered_change", "verification_yield"]
        names += [] if key == "other" else ["workers", "covered"]
        names += ["wage"] if getattr(s, "membership", "bpu") == "pu" else ["income"]
        found += [Number(f"{key}.{n}", f"segment.{n}", key, s.name, _default(region, s, n)) for n in names]
    return found


def levers(region: Region) -> list[Lever]:
    """All levers of a region, in the order of `numbers`."""
    return [lever(region, n) for n in numbers(region)]


def _default(region: Region, segment: object, name: str) -> Quantity | None:
    """A segment's number, or what the model takes in its place."""
    given = getattr(segment, name)
    if given is not None:
        return given
    if name == "income":
        return Quantity(value=default_income(region.first_month))
    if name == "verification_yield":
        must = getattr(segment, "duty", "may") == "must"
        return Quantity(value=1.0) if must else region.assumptions.verification_yield
    return None


def lever(region: Region, number: Number) -> Lever:
    """A number with its slider's scale and its source."""
    q, field = number.quantity, FIELDS[number.key]
    low, high, step = _scale(region, number.path, field, q)
    ref = region.references.get(q.reference) if q and q.reference else None
    return Lever(
        path=number.path,
        field=field,
        group=number.group,
        group_name=number.group_name,
        value=q.value if q else None,
        minimum=low,
        maximum=high,
        step=step,
        low=q.low if q else None,
        high=q.high if q else None,
        status=q.status if q else None,
        as_of=q.as_of if q else None,
        source=ref.title if ref else None,
        address=ref.address if ref else None,
        note=q.note if q else None,
        year=number.year,
    )


def _scale(region: Region, path: str, field: Field, q: Quantity | None) -> tuple[float, float, float]:
    """Slider scale: legal limits where they are narrow, else from the region's own numbers."""
    values = [q.value, q.low, q.high] if q else []
    values += [amount(s.set[path]) for s in region.scenarios if path in s.set]
    known = [v for v in values if v is not None]
    low = field.ge if field.ge is not None else 0.0
    if field.top is not None:
        step = field.step or nice_step(field.top)
        high = max([field.top if field.lt is None else min(field.top, field.lt - step), *known])
        low = min([-field.top, *known]) if field.gt is not None and field.gt < 0 else low
        return low, high, step
    key = field.key
    if key == "funder.annual_budget":
        known.append(whole_list_cost(region, path.split(".")[0]))
    if key == "segment.covered":
        known.append(next(s.workers.value for s in region.segments if s.id == path.split(".")[0]))
    top = 1.25 * max([abs(v) for v in known] + [1.0])
    if key in ("segment.covered_change", "funder.onboarding_per_month"):
        top = max(top, 0.02 * region.coverage_base.workers.value)
    step = nice_step(top, 200)
    high = math.ceil(top / step) * step
    if field.gt == 0:
        low = min([step, *known])  # 0 itself is refused
    return (-high if key == "segment.covered_change" else low), high, step


def whole_list_cost(region: Region, funder: str) -> float:
    """Rp a year to pay for everyone in the named segments a funder may pay for (the residual left out)."""
    f = next(x for x in region.funders if x.id == funder)
    months = (region.first_month,)
    price = price_table(region, f, as_written, months)[0]
    workers = {s.id: s.workers.value for s in region.segments}
    return float(sum(12 * workers.get(s, 0.0) * price[i, 0] for i, s in enumerate(f.segments)))


def monthly_price(region: Region, funder: BudgetFunder | SponsorFunder, month: tuple[int, int]) -> float | None:
    """Rp a place that a funder pays in its first segment in a month; None where it may pay for nobody."""
    price = price_table(region, funder, as_written, (month,))
    return float(price[0, 0, 0]) if price.shape[1] else None
