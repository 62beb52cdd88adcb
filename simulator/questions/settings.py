"""All that may be set in a region, numbers and choices alike, so that two ways of setting it can be told apart."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from simulator import indonesian as fmt
from simulator import paths
from simulator.levers import Number, numbers
from simulator.registry import DUTIES, FIELDS, PROGRAMMES, Field
from simulator.schema import Region, Segment

NO_LIMIT = "tanpa batas"
REGION_GROUP = ("daerah", "Daerah")
SECTORS = {"general": "umum", "transport": "transportasi"}
RISKS = {
    "very_low": "sangat rendah",
    "low": "rendah",
    "medium": "sedang",
    "high": "tinggi",
    "very_high": "sangat tinggi",
}


@dataclass(frozen=True)
class Setting:
    """One setting of a region: a number of the registry (`number`), or a choice, told in words by `text`.

    `value` is what holds, be it given or a default; `given` tells which of the two.
    """

    path: str
    group: str
    group_name: str
    label: str
    value: Any
    given: bool
    unit: str = ""
    number: Number | None = None
    text: str = ""

    def holds(self, value: Any) -> bool:
        """Whether setting it to a value would change nothing."""
        if self.path.endswith(".programmes") and isinstance(value, (list, tuple)):
            return _in_order(value) == self.value
        return (tuple(value) if isinstance(value, list) else value) == self.value


def settings(region: Region, only: Collection[str] | None = None) -> dict[str, Setting]:
    """Every setting by its path, in the order of the screen; or only those of some paths."""
    known = [*numbers(region), *_more_numbers(region)]
    found = [_number(region, n) for n in known if only is None or n.path in only]
    owners = None if only is None else {path.partition(".")[0] for path in only}
    for owner, choices in ((region.funders, _funder_choices), (region.segments, _segment_choices)):
        for one in owner:
            if owners is None or one.id in owners:
                found += [s for s in choices(region, one) if only is None or s.path in only]
    return {s.path: s for s in found}


def words(setting: Setting | None) -> str:
    """What holds, number or choice, in Indonesian style; a dash where there is no such setting."""
    if setting is None:
        return fmt.NONE
    if setting.number is None:
        return setting.text
    field = FIELDS[setting.number.key]
    if setting.value is None and field.name != "onboarding_per_month":
        return fmt.NONE
    return value_text(field, setting.value)


def value_text(field: Field, value: float | None) -> str:
    """A number as it is told to people: 2,6 miliar, 5,5%, Maret."""
    if value is None:
        return NO_LIMIT
    if field.unit.startswith("rupiah"):
        return fmt.rupiah(value, 3)
    if field.unit.startswith("share"):
        return fmt.percent_short(value)
    if field.unit == "month":
        return fmt.month_name(int(value))
    if field.unit == "year":
        return str(int(value))
    return fmt.count(value, 0 if field.whole or field.unit.startswith("people_y") or field.unit == "people" else 2)


def differ(a: Setting | None, b: Setting | None) -> bool:
    """Whether two regions differ in a setting. One that merely follows another setting does not count."""
    if a is None or b is None:
        return a is not b
    return a.value != b.value and (a.given or b.given)


def differences(one: Region, other: Region) -> list[tuple[Setting | None, Setting | None]]:
    """The settings in which two regions differ, in the order of the screen; None where one has no such setting."""
    first, second = settings(one), settings(other)
    return [(first.get(p), second.get(p)) for p in (first | second) if differ(first.get(p), second.get(p))]


def _number(region: Region, n: Number) -> Setting:
    field = FIELDS[n.key]
    label = f"{field.label} {n.year}" if n.year else field.label
    value = n.quantity.value if n.quantity else None
    given = paths.read(region._data, n.path) is not None
    return Setting(n.path, n.group, n.group_name, label, value, given, field.unit_label, n)


def _more_numbers(region: Region) -> Iterable[Number]:
    """Numbers that a link may set though no slider does."""
    for key in ("years", "apbd_total"):
        yield Number(key, key, *REGION_GROUP, getattr(region, key))
    for f in region.funders:
        for segment, q in f.paid_before.items():
            yield Number(f"{f.id}.paid_before.{segment}", "funder.paid_before", f.id, f.name, q)


def _names(region: Region) -> dict[str, str]:
    return {s.id: s.name for s in region.segments} | {"other": region.other.name}


def _choice(region: Region, owner: Any, name: str, label: str, value: Any, text: str) -> Setting:
    path = f"{owner.id}.{name}"
    return Setting(path, owner.id, owner.name, label, value, paths.read(region._data, path) is not None, text=text)


def _funder_choices(region: Region, f: Any) -> Iterable[Setting]:
    names, paid = _names(region), _programmes(region, f)
    programmes = _programme_words(paid) if paid else "menurut kelompoknya"
    yield _choice(region, f, "programmes", "Program yang dibayari", paid, programmes)
    yield _choice(region, f, "relief", "Keringanan PP 50/2025", f.has_relief, "ya" if f.has_relief else "tidak")
    order = "; ".join(names[s] for s in f.segments)
    yield _choice(region, f, "segments", "Boleh membayari, berurutan", f.segments, order)


def _programmes(region: Region, f: Any) -> tuple[str, ...] | None:
    """The programmes a funder pays for; None where they are the groups' own and these differ."""
    if f.programmes is not None:
        return _in_order(f.programmes)
    own = {s.id: _in_order(s.programmes) for s in region.segments}
    found = {own.get(s, ("jkk", "jkm")) for s in f.segments}
    return found.pop() if len(found) == 1 else None


def _in_order(programmes: Iterable[str]) -> tuple[str, ...]:
    return tuple(p for p in PROGRAMMES if p in set(programmes))


def _programme_words(programmes: Iterable[str]) -> str:
    return " + ".join(PROGRAMMES[p] for p in programmes)


def _segment_choices(region: Region, s: Segment) -> Iterable[Setting]:
    programmes = _in_order(s.programmes)
    yield _choice(region, s, "programmes", "Program", programmes, _programme_words(programmes))
    yield _choice(region, s, "duty", "Sifat", s.duty, DUTIES[s.duty])
    if s.membership == "pu":
        risk = s.risk or "very_low"
        yield _choice(region, s, "risk", "Tingkat risiko", risk, RISKS[risk])
    else:
        sector = s.sector or "general"
        yield _choice(region, s, "sector", "Bidang kerja", sector, SECTORS[sector])
