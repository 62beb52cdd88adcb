"""Where a number comes from: inputs with source, date, status and doubts; law with regulation and day of checking."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from simulator import indonesian as fmt
from simulator import parameters
from simulator.levers import Number, numbers
from simulator.projection import Projection
from simulator.questions.settings import value_text
from simulator.registry import FIELDS, POPULATIONS, STATUSES, Field
from simulator.schema import Quantity, Region, Scenario, Target

TYPED, BY_SCENARIO, BY_MODEL = "diisi pengguna", "diatur skenario", "bawaan model"

# What stands in for a number that a region does not give: the dated parameter of the same meaning.
DEFAULTS = {
    "segment.income": "bpu_min_income_base",
    "segment.verification_yield": "verification_yield",
    "coverage_base.growth": "growth",
    **{f"assumptions.{n}": n for n in ("verification_yield", "overlap", "self_pay_continuation", "self_pay_lapse")},
    **{f"assumptions.{n}": n for n in ("grace_months", "deaths_per_1000", "accidents_per_1000", "children_per_death")},
    **{f"funder.{n}": n for n in ("participation", "workers_per_sponsor", "still_paying")},
}
# The law that works on a number.
LAW = {
    "segment.income": ("bpu_jkk_rate", "bpu_jkm", "bpu_jht_rate", "bpu_min_income_base"),
    "segment.wage": ("pu_jkm_rate", "pu_jht_rate"),
    "funder.annual_budget": ("bpu_jkk_rate", "bpu_jkm"),
    "funder.participation": ("bpu_jkk_rate", "bpu_jkm"),
    "assumptions.grace_months": ("grace_months",),
    "assumptions.self_pay_continuation": ("self_pay_needs_months",),
    "assumptions.deaths_per_1000": ("jkm_full", "jkm_funeral_only", "jkm_full_after_months"),
    "assumptions.children_per_death": ("scholarship_max_per_child", "scholarship_after_months"),
}


@dataclass(frozen=True)
class Citation:
    """A source: Indonesian title, address where known, date and note as the file has them."""

    title: str
    address: str | None = None
    date: str = ""
    note: str = ""


@dataclass(frozen=True)
class Origin:
    """One number and where it comes from, in words for the screen; empty where nothing is known.

    `dated` is the day of the data, or since when a law holds and when it was checked; `note` holds doubts and
    contradictions, uncut.
    """

    label: str
    value: str
    status: str
    dated: str = ""
    ranged: str = ""
    sources: tuple[Citation, ...] = ()
    note: str = ""


@lru_cache(maxsize=256)
def law(parameter_id: str, month: tuple[int, int]) -> Origin:
    """A dated parameter as it stands in a month. Errors as for `parameters.value`."""
    found = parameters.parameter(parameter_id)
    now = found.at(month)
    ranged = f"{amount(now.low, found.unit)} – {amount(now.high, found.unit)}" if now.low is not None else ""
    source = (Citation(now.reference.title, now.reference.link),) if now.reference else ()
    return Origin(
        found.label,
        amount(now.value, found.unit),
        STATUSES[now.status],
        f"sejak {fmt.month(now.start)}, diperiksa {fmt.date_text(str(now.checked))}",
        ranged,
        source,
        now.note or "",
    )


def amount(value: float, unit: str) -> str:
    """A parameter's value with its unit."""
    if unit.startswith("rupiah"):
        return fmt.rupiah_full(value)
    if unit.startswith("share"):
        return fmt.percent(value)
    return f"{fmt.count(value, 2)} {parameters.UNITS[unit]}"


def lever_law(region: Region, path: str, key: str, funder: str | None = None) -> list[Origin]:
    """The law that works on a lever, as it stands in the region's first month."""
    ids = list(LAW.get(key, ()))
    if key == "segment.wage":
        risk = next((s.risk for s in region.segments if path.startswith(f"{s.id}.")), None) or "very_low"
        ids.insert(0, f"pu_jkk_rate_{risk}")
    if funder and key == "funder.annual_budget" and next(f for f in region.funders if f.id == funder).has_relief:
        ids.append("relief_general")
    return [law(i, _within(i, region.first_month)) for i in ids]


def default_law(key: str, path: str, region: Region) -> Origin | None:
    """The parameter that stands behind a model default, None where there is none."""
    found = DEFAULTS.get(key)
    if key == "funder.months":
        found = f"months_{path.split('.')[0]}"
    try:
        return law(found, _within(found, region.first_month)) if found else None
    except parameters.ParameterError:
        return None


def _within(parameter_id: str, month: tuple[int, int]) -> tuple[int, int]:
    """The month, or the first one that the parameter knows."""
    return max(month, parameters.parameter(parameter_id).values[0].start)


def citations(region: Region, keys: Any) -> tuple[Citation, ...]:
    """References of the region's list; one that is not listed is left out."""
    found = (region.references.get(k or "") for k in keys)
    return tuple(Citation(r.title, r.address, r.date or "", r.note or "") for r in found if r)


def of_quantity(region: Region, label: str, value: str, q: Quantity, field: Field | None = None) -> Origin:
    """A number that the region's file gives."""
    ranged = ""
    if field is not None and q.ranged and q.low != q.high:
        ranged = f"{value_text(field, q.low)} – {value_text(field, q.high)}"
    dated = f"data {fmt.date_text(q.as_of)}" if q.as_of else ""
    status = STATUSES.get(q.status or "", BY_MODEL)
    return Origin(label, value, status, dated, ranged, citations(region, (q.reference,)), q.note or "")


def of_default(region: Region, path: str, key: str, label: str, value: float | None, must: bool = False) -> Origin:
    """A number that the model puts in: the parameter it is taken from, or what the suggested value would be."""
    field = FIELDS[key]
    shown = value_text(field, value)
    if must:
        return Origin(label, shown, BY_MODEL, note="Kelompok kewajiban dianggap lolos verval semua: aturan model ini.")
    found = default_law(key, path, region)
    if found is None or value is None:
        return Origin(label, shown, BY_MODEL, note="" if value is not None else "Tanpa batas selama tidak diisi.")
    same = value == parameters.parameter(DEFAULTS.get(key, f"months_{path.split('.')[0]}")).latest.value
    told = f"{found.label}: {found.value}{f' ({found.ranged})' if found.ranged else ''}"
    if same:
        return Origin(label, shown, f"{BY_MODEL}, {found.status}", found.dated, found.ranged, found.sources, found.note)
    note = f"Tidak diisi dalam berkas daerah. Angka pembanding: {told}, {found.status}. {found.note}".strip()
    return Origin(label, shown, BY_MODEL, "", "", found.sources, note)


def of_target(region: Region, target: Target) -> Origin:
    """A target with its reference and whose base it was set on."""
    population = POPULATIONS[target.population or region.coverage_base.population]
    q = target.coverage
    note = " ".join(filter(None, (target.note, q.note)))
    sources = citations(region, dict.fromkeys((target.reference, q.reference)))
    dated = f"data {fmt.date_text(q.as_of)}" if q.as_of else ""
    label = f"{target.name[:1].upper()}{target.name[1:]} {int(target.year.value)}"
    status = STATUSES.get(q.status or "", "tanpa keterangan status")
    return Origin(label, f"{fmt.percent(q.value)} dari {population}", status, dated, "", sources, note)


def of_base(region: Region) -> Origin:
    """The base of the coverage, as the file has it."""
    base = region.coverage_base
    field, q = FIELDS["coverage_base.workers"], base.workers
    found = of_quantity(region, POPULATIONS[base.population].capitalize(), value_text(field, q.value), q, field)
    return replace(found, note=" ".join(filter(None, (found.note, base.note))))


def scenario(region: Region, scenario_id: str | None) -> Scenario | None:
    """The scenario of a region by its id."""
    return next((s for s in region.scenarios if s.id == scenario_id), None)


def of_scenario(region: Region, found: Scenario) -> Origin:
    """A scenario and what it is built on."""
    sources = citations(region, found.references)
    return Origin(found.name, "", "skenario", "", "", sources, found.note or "")


class Origins:
    """The origins of a region's numbers: the region as its scenario and the user's changes set it, and these."""

    def __init__(self, region: Region, scenario_id: str | None = None, changes: Mapping[str, Any] | None = None):
        self.region, self.changes = region, changes or {}
        self.scenario = scenario(region, scenario_id)
        self.month = region.first_month
        self._funders = {f.id: f for f in region.funders}
        self._segments = {s.id: s for s in region.segments}
        self._of_funder: dict[tuple[int, int], tuple[Origin, ...]] = {}

    def _number(self, path: str) -> Number:
        """A number by its path; those of most tiles without the whole list, for tiles follow every slider."""
        head, _, name = path.partition(".")
        if path == "covered":
            return Number(path, path, "", "", self.region.covered)
        if head in ("coverage_base", "assumptions"):
            return Number(path, path, "", "", getattr(getattr(self.region, head), name))
        if head in self._funders and "." not in name:
            return Number(path, f"funder.{name}", head, "", getattr(self._funders[head], name))
        if name in ("workers", "covered"):
            return Number(path, f"segment.{name}", head, "", getattr(self._segments[head], name))
        return self.numbers[path]

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """Every number by its path."""
        return {n.path: n for n in numbers(self.region)}

    def of(self, path: str, label: str = "") -> Origin:
        """A number by its path: typed by the user, set by the scenario, from the file, or the model's default."""
        return self.of_number(self._number(path), label)

    def of_number(self, n: Number, label: str = "") -> Origin:
        """The same of a number that is at hand."""
        path, field, q = n.path, FIELDS[n.key], n.quantity
        label, value = label or field.label, q.value if q else None
        shown = value_text(field, value)
        if path in self.changes:
            return Origin(label, shown, TYPED, note="Sumber nilai asalnya ada di balik tanda tanya parameter ini.")
        if q is not None and q.status:
            return of_quantity(self.region, label, shown, q, field)
        if self.scenario and path in self.scenario.set:
            told = f"Skenario “{self.scenario.name}”. {self.scenario.note or ''}".strip()
            sources = citations(self.region, self.scenario.references)
            return Origin(label, shown, BY_SCENARIO, "", "", sources, told)
        must = n.key == "segment.verification_yield" and q is not None and self._must(path)
        return of_default(self.region, path, n.key, label, value, must)

    def _must(self, path: str) -> bool:
        found = self._segments.get(path.split(".")[0])
        return found is not None and found.duty == "must" and found.verification_yield is None

    def law(self, *ids: str, month: tuple[int, int] | None = None) -> tuple[Origin, ...]:
        """Dated parameters as they stand in a month; the run's first one where none is given."""
        return tuple(law(i, _within(i, month or self.month)) for i in ids)

    def base(self) -> tuple[Origin, ...]:
        """What a percentage of the coverage base stands on."""
        growth = self.region.coverage_base.growth.value
        paths = ["coverage_base.workers", *(["coverage_base.growth"] if growth else [])]
        return tuple(self.of(path) for path in paths)

    def funder(self, k: int, year: int) -> tuple[Origin, ...]:
        """What decides on how much a funder pays in a year; looked up once, for several figures ask for it."""
        if (k, year) not in self._of_funder:
            self._of_funder[k, year] = self._new_funder(k, year)
        return self._of_funder[k, year]

    def _new_funder(self, k: int, year: int) -> tuple[Origin, ...]:
        f = self.region.funders[k]
        if f.kind == "sponsors":
            names = ("sponsors", "participation", "workers_per_sponsor", "still_paying")
            return tuple(self.of(f"{f.id}.{n}", f"{f.name}: {_small(FIELDS[f'funder.{n}'].label)}") for n in names)
        single = f.by_year.get(year)
        found = []
        for n in ("annual_budget", "months", "budget_growth", "absorption"):
            of_year = n in ("annual_budget", "months") and single is not None and getattr(single, n) is not None
            usual = {"budget_growth": 0.0, "absorption": 1.0}.get(n)
            if usual is not None and getattr(f, n).value == usual:
                continue
            path = f"{f.id}.by_year.{year}.{n}" if of_year else f"{f.id}.{n}"
            year_text = f" {year}" if of_year else ""
            found.append(self.of(path, f"{f.name}: {_small(FIELDS[f'funder.{n}'].label)}{year_text}"))
        return tuple(found)


def of_run(p: Projection) -> Origins:
    """The origins of a run's numbers."""
    return Origins(p.region, p.scenario, p.changes)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
