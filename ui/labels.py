"""How a lever's value is written: over the slider, in the box beside it, and back from what was typed."""

from pydantic_core import PydanticCustomError

from simulator import indonesian as fmt
from simulator.levers import Lever
from simulator.questions.settings import NO_LIMIT, value_text
from simulator.schema import check_limits


def label(lever: Lever, value: float | None) -> str:
    """A value as it stands over the slider."""
    return value_text(lever.field, value)


def typed(lever: Lever, value: float | None) -> str:
    """A value as it stands in the box beside the slider."""
    if value is None:
        return NO_LIMIT
    if lever.field.unit.startswith("share"):
        return fmt.percent_short(value)
    if lever.field.unit == "month":
        return fmt.month_name(int(value))
    return fmt.count(value, 0 if abs(value) >= 1000 else 4)


def range_text(lever: Lever) -> str:
    """Low to high, or nothing where the range is not known."""
    if lever.low is None or lever.high is None or lever.low == lever.high:
        return ""
    return f"{label(lever, lever.low)} – {label(lever, lever.high)}"


def read_typed(lever: Lever, text: str) -> float | None:
    """The number that a typed text means for this lever. Raises NotANumber where it means none, or an unlawful one."""
    if lever.field.name == "onboarding_per_month" and text.strip().lower() == NO_LIMIT:
        return None
    if lever.field.unit.startswith("share"):
        value = fmt.parse_percent(text)
    elif lever.field.unit == "month":
        value = fmt.parse_month(text)
    else:
        value = fmt.parse_number(text)
    check_typed(lever, value)
    return int(value) if lever.field.whole else value


def check_typed(lever: Lever, value: float) -> None:
    """Raise NotANumber with the limit that a value breaks, told in the lever's own unit."""
    try:
        check_limits(value, lever.field)
    except PydanticCustomError as err:
        limit = (err.context or {}).get("limit")
        word = {
            "more_than": "Paling banyak",
            "less_than": "Paling sedikit",
            "not_above": "Harus di atas",
            "not_below": "Harus di bawah",
        }.get(err.type)
        if word is None:
            raise fmt.NotANumber(f"{lever.label} harus bilangan bulat.") from None
        raise fmt.NotANumber(f"{word} {label(lever, limit)}.") from None
