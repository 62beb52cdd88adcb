"""The numbers of a region that have a range, and their places in the sequence of draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator import paths
from simulator.levers import numbers
from simulator.region import plain_data
from simulator.registry import FIELDS, Field
from simulator.rules import amount, items
from simulator.schema import BudgetFunder, Region

NOT_DRAWN = ("years", "apbd_total")  # the length of a run, and a sum that nothing in a run hangs on


@dataclass(frozen=True)
class Range:
    """A number that is known by a range only: `low` <= `value` <= `high`, in the unit of its field."""

    path: str
    field: Field
    low: float
    value: float
    high: float

    @property
    def lopsided(self) -> bool:
        """Whether the likely value is off the range's middle by a tenth of its length or more."""
        return abs(self.value - (self.low + self.high) / 2) >= 0.1 * (self.high - self.low)


def _data(region: Region) -> dict:
    return region._data or plain_data(region)


def numbered(region: Region) -> list[str]:
    """Every path at which a number may stand that a run hangs on, in a fixed order; single years last."""
    data = _data(region)
    found = [p for p in paths.known(data) if paths.field_key(p, data) and p not in NOT_DRAWN]
    years = sorted({y for y, _ in region.months})
    for f in region.funders:
        if isinstance(f, BudgetFunder):
            own = sorted({*years, *f.by_year})
            found += [f"{f.id}.by_year.{y}.{n}" for y in own for n in ("annual_budget", "start_month", "months")]
    return found


def ranges(region: Region) -> dict[str, Range]:
    """Path → range of every number of a (configured) region that has one wider than nothing.

    Not among them: targets and other bases, which only the chance of a target hangs on (see questions.risk), and the
    whole APBD.
    """
    data = _data(region)
    found = {}
    for path in numbered(region):
        raw = paths.read(data, path)
        if not isinstance(raw, dict) or raw.get("low") is None or raw.get("high") is None:
            continue
        low, value, high = float(raw["low"]), amount(raw), float(raw["high"])
        if low < high and value is not None:
            found[path] = Range(path, FIELDS[paths.field_key(path, data)], low, value, high)
    return found


def places(region: Region) -> dict[str, int]:
    """Path → its place in the sequence of draws: a number is drawn alike whatever else is drawn beside it.

    The file's own ranges come first, then those of its scenarios, then every other number. `region` is the file as
    read, with no scenario set, so that all scenarios of a file share their draws.
    """
    everything = numbered(region)
    data = _data(region)
    first = list(ranges(region))
    for _, scenario in items(data, "scenarios"):
        settings = scenario.get("set")
        first += [p for p, v in (settings if isinstance(settings, dict) else {}).items() if isinstance(v, dict)]
    known = set(everything)
    order = dict.fromkeys([*(p for p in first if p in known), *everything])
    return {path: i for i, path in enumerate(order)}


def with_ranges(region: Region, changed: Mapping[str, tuple[float, float] | None]) -> dict[str, Any]:
    """Settings that give numbers of a configured region another range, their values kept; None: no range.

    Ready to be set beside other changes: {path: {value, low, high, and what else the file says of it}}. A range is
    widened to hold the value, as a file's own range is when a lever is set.
    """
    data = _data(region)
    default = {n.path: n.quantity.value for n in numbers(region) if n.quantity is not None} if changed else {}
    found: dict[str, Any] = {}
    for path, ends in changed.items():
        raw = paths.read(data, path)
        value = amount(raw, default.get(path))
        if value is None:
            continue  # the number is not in this setting: nothing to draw
        kept = {k: v for k, v in raw.items() if k not in ("low", "high")} if isinstance(raw, dict) else {"value": value}
        if ends is not None:
            kept |= {"low": min(ends[0], value), "high": max(ends[1], value)}
        found[path] = kept if ends is not None else {**kept, "low": value, "high": value}
    return found
