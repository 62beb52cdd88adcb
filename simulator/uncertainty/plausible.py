"""The plausible range of every number of a setting: what it is ranked by.

In this order: the range of the file (or the user's own); what was seen elsewhere, as a parameter with its source; for
a decision, the least and the most that the region's own scenarios set. Never so many per cent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator import parameters, paths
from simulator.levers import Number, numbers
from simulator.registry import FIELDS, Field
from simulator.rules import amount
from simulator.schema import BudgetFunder, Quantity, Region
from simulator.uncertainty.ranges import ranges

FILE, ELSEWHERE, SCENARIOS = "file", "elsewhere", "scenarios"
DECISIONS = ("annual_budget", "months", "start_month", "participation", "sponsors", "onboarding_per_month")
_MONTHS = {"apbd": "months_apbd", "apbd_perubahan": "months_apbd_perubahan", "dbhcht": "months_dbhcht"}
_SPONSORS = ("participation", "workers_per_sponsor", "still_paying")


@dataclass(frozen=True)
class Plausible:
    """A number's plausible range in the unit of its field. `origin` is FILE, ELSEWHERE or SCENARIOS.

    `decision`: somebody decides it; else it is data, behaviour or risk. `said` names the source in Indonesian.
    """

    path: str
    field: Field
    whose: str
    group: str
    year: int | None
    low: float
    value: float
    high: float
    origin: str
    said: str
    decision: bool

    @property
    def label(self) -> str:
        """Label; a number of one year names it."""
        return f"{self.field.label} {self.year}" if self.year else self.field.label


def plausible(region: Region, settled: Region) -> list[Plausible]:
    """Every number of a setting with a plausible range wider than nothing, in the order of the screen.

    `region` is the file as read (its scenarios tell what is proposed), `settled` the setting.
    """
    return list(_all(region, settled))


def _all(region: Region, settled: Region) -> Iterator[Plausible]:
    own = ranges(settled)
    for path, n in every_number(settled).items():
        field = FIELDS[n.key]
        decision = n.group in settled.funder_ids and field.name in DECISIONS
        if path in own:
            found = own[path].low, own[path].high, FILE, _file_source(settled, n)
        elif n.quantity is None or (given := _elsewhere(region, settled, n) or _proposed(region, n)) is None:
            continue
        else:
            found = given
        low, high = min(found[0], _value(n, own)), max(found[1], _value(n, own))
        if low < high:
            yield Plausible(
                path, field, n.group_name, n.group, n.year, low, _value(n, own), high, found[2], found[3], decision
            )


def _value(n: Number, own: dict) -> float:
    return own[n.path].value if n.path in own else n.quantity.value


def every_number(settled: Region) -> dict[str, Number]:
    """Path → every number that a slider shows, and those with a range that none does (e.g. paid_before)."""
    found = {n.path: n for n in numbers(settled)}
    names = {x.id: x.name for x in (*settled.funders, *settled.segments)} | {"other": settled.other.name}
    for path, r in ranges(settled).items():
        if path not in found:
            head = path.split(".")[0]
            q = Quantity.model_validate(paths.read(settled._data, path))
            found[path] = Number(path, r.field.key, head, names.get(head, head), q)
    return found


def _file_source(settled: Region, n: Number) -> str:
    q = n.quantity
    ref = settled.references.get(q.reference) if q is not None and q.reference else None
    return f"berkas daerah: {ref.title}" if ref else "berkas daerah, perkiraan"


Given = tuple[float, float, str, str]


def _elsewhere(region: Region, settled: Region, n: Number) -> Given | None:
    """What was seen in other places, for levers that have a parameter of their own."""
    funder = next((f for f in settled.funders if f.id == n.group), None)
    name = n.key.rpartition(".")[2]
    if funder is None or n.year is not None:
        return None
    kind = n.group.removesuffix("_2")
    if isinstance(funder, BudgetFunder):
        if name == "months" and kind in _MONTHS and funder.annual_budget.value > 0:
            return _parameter(_MONTHS[kind], most=13 - funder.start_month.value)
        if name == "annual_budget" and kind == "dbhcht" and funder.annual_budget.value > 0:
            low, _, _, said = _parameter("dbhcht_change")
            value = funder.annual_budget.value
            return value * (1 + low), value, ELSEWHERE, said
        return None
    if (
        funder.payer == "individual"
        and name in _SPONSORS
        and (name == "participation" or funder.participation.value > 0)
    ):
        return _parameter(name)
    return None


def _parameter(name: str, most: float = float("inf")) -> Given | None:
    found = parameters.parameter(name).latest
    if found.low is None or found.high is None:
        return None
    title = found.reference.title if found.reference else "asumsi model"
    return min(found.low, most), min(found.high, most), ELSEWHERE, f"pengalaman di tempat lain: {title}"


def _proposed(region: Region, n: Number) -> Given | None:
    """The least and the most that the file and its scenarios set, for decisions."""
    if n.key.rpartition(".")[2] not in DECISIONS:
        return None
    set_values = [amount(s.set[n.path]) for s in region.scenarios if n.path in s.set]
    values = [v for v in set_values if v is not None]
    if not values:
        return None
    written = next((m.quantity for m in numbers(region) if m.path == n.path), None)
    values += [written.value] if written is not None else []  # today's policy is one of the choices
    return min(values), max(values), SCENARIOS, "yang diusulkan dalam skenario daerah ini"
