"""What a workbook is made of: the region with the user's own settings as scenarios, the runs, and where cells stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports.brief import Order
from reports.gather import Facts
from reports.workbook.expression import Expression
from simulator.projection import Projection
from simulator.region import find_scenario, parse_region, plain_data, with_scenarios
from simulator.schema import Region
from simulator.tables.assemble import Assembled, Place, assemble
from simulator.tables.layout import TABLE, TABLES, Column, Table
from simulator.tables.rows import Row
from simulator.tables.split import split
from simulator.workbook.headings import DETAILS_TITLE, GUIDE_TITLE, LISTS_TITLE, MODEL_TITLES, MONTHS_TITLE
from simulator.workbook.write import Guard, Written, shown

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")
_LONGEST = 31  # of a sheet's name in Excel, in UTF-16 units
_OWN_WORDS = "Setelan dari simulator pada saat buku kerja dibuat."
SPARE_YEARS = 10  # yellow rows for single years below those of the file

# What the formulas cannot follow: which rows there are, what they are called by, and who pays for whom in which order.
_CLOSED = {
    "region": {"start", "years", "population"},
    "segments": {"id", "membership"},
    "budgets": {"order", "id", "segments"},
    "sponsors": {"order", "id", "segments"},
    "paid_before": {"funder", "segment"},
    "scenarios": {"id"},
    "settings": {"scenario", "path"},
    "references": {"id"},
    "stress_tests": {c.key for c in TABLE["stress_tests"].columns},
    "stress_settings": {c.key for c in TABLE["stress_settings"].columns},
}
_OTHERS = {"bpu": ("wage", "risk"), "pu": ("income", "sector")}


def closed(table: Table, column: Column, row: Row) -> bool:
    """Whether a cell of the input sheets is locked: the simulator alone can follow a change of it."""
    if column.key in _CLOSED.get(table.key, ()):
        return True
    if (
        table.key == "segments"
        and row.cells.get("membership") in _OTHERS
        and column.key in _OTHERS[row.cells["membership"]]
    ):
        return True  # a field of the other kind of membership
    path = str(row.cells.get("path", ""))
    return table.key == "settings" and path.rpartition(".")[2] in ("segments", "years")


GUARD = Guard(closed, {"by_year": SPARE_YEARS})


@dataclass(frozen=True)
class Run:
    """One way of funding in the workbook. `paths`: path of a setting → the cell that sets it."""

    number: int
    name: str
    scenario: str | None
    projection: Projection
    paths: Mapping[str, Place]
    title: str  # of its sheet of months

    @property
    def region(self) -> Region:
        """The region as run."""
        return self.projection.region


@dataclass(frozen=True)
class Plan:
    """The runs, today's policy first, then the main setting where it is another, then those compared with it."""

    order: Order
    region: Region  # with the user's own settings as scenarios
    tables: Mapping[str, tuple[Row, ...]]
    assembled: Assembled
    runs: tuple[Run, ...]
    year: int
    has_main: bool  # whether the main setting is another than today's policy

    @property
    def today(self) -> Run:
        """Today's policy."""
        return self.runs[0]

    @property
    def main(self) -> Run:
        """What the workbook is about."""
        return self.runs[1 if self.has_main else 0]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year that any run simulates."""
        return tuple(sorted({y for run in self.runs for y in run.projection.years.years}))

    @cached_property
    def common_years(self) -> tuple[int, ...]:
        """The years that all runs simulate."""
        return tuple(sorted(set.intersection(*(set(run.projection.years.years) for run in self.runs))))


def plan(order: Order) -> Plan:
    """The plan of an order. Raises InputError for settings that break a rule."""
    facts = Facts(order)
    own = [
        ("", _own_name(side, order.region), _OWN_WORDS, _settings(order.region, side.run))
        for side in facts.sides
        if side.run.changes
    ]
    region = parse_region(with_scenarios(order.region, own)) if own else order.region
    tables = split(plain_data(region))
    assembled = assemble(tables)
    added = iter(region.scenarios[len(order.region.scenarios) :])
    runs, taken = [], {t.casefold() for t in _taken()}
    for number, side in enumerate(facts.sides):
        scenario = next(added).id if side.run.changes else side.run.scenario
        cells = _cells(assembled, scenario)
        title = sheet_name(f"{MONTHS_TITLE} {number + 1} {side.name}", taken)
        runs.append(Run(number, side.name, scenario, side.run, cells, title))
    return Plan(order, region, assembled.tables, assembled, tuple(runs), facts.year, not facts.is_today)


def _own_name(side: Any, region: Region) -> str:
    """A name that no scenario of the region has."""
    taken = {s.name.casefold() for s in region.scenarios}
    if side.name.casefold() not in taken:
        return side.name
    return f"{side.name} (diubah)"


def _settings(region: Region, run: Projection) -> dict[str, Any]:
    """All that a run sets: its scenario's settings, then the user's changes."""
    written = dict(find_scenario(region, run.scenario).set) if run.scenario is not None else {}
    return {**written, **run.changes}


def _cells(assembled: Assembled, scenario: str | None) -> dict[str, Place]:
    """Path → cell of everything that a scenario sets."""
    start = f"scenarios.{scenario}.set."
    wanted = (p for p in assembled.places.items() if scenario and p[0].startswith(start) and not p[1][3])
    return {path.removeprefix(start): place for path, place in wanted}


def _taken() -> tuple[str, ...]:
    return (*(t.title for t in TABLES), DETAILS_TITLE, GUIDE_TITLE, LISTS_TITLE, *MODEL_TITLES)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows for a sheet and that no other has (whatever the case); it joins `taken`."""
    clean = " ".join(_FORBIDDEN.sub(" ", wanted).encode("utf-16-le", "ignore").decode("utf-16-le").split())
    name, more = _short(clean, "").strip("' ") or MONTHS_TITLE, 1
    while name.casefold() in taken:
        more += 1
        name = _short(clean, f" {more}")
    taken.add(name.casefold())
    return name


def _short(text: str, end: str) -> str:
    """The text cut so that with its end it is no longer than a sheet's name may be."""
    while len((text + end).encode("utf-16-le")) // 2 > _LONGEST:
        text = text[:-1]
    return text.rstrip() + end


class Source:
    """The cells of the input sheets as parts of formulas."""

    def __init__(self, plan: Plan, written: Written):
        self._plan, self._written = plan, written
        self._owners = {s.id: "segments" for s in plan.region.segments} | {f.id: "funders" for f in plan.region.funders}

    def cell(self, place: Place) -> Expression:
        """A cell with what stands in it."""
        table, row, column, part = place
        rows = self._plan.tables[table]
        found = rows[row] if row < len(rows) else Row()
        raw = found.details.get(column, {}).get(part) if part else found.cells.get(column)
        described = TABLE[table].column(column)
        value = raw if part else shown(described, raw, {})
        return Expression(self._written.address(place), value)

    def at(self, table: str, row: int, column: str) -> Expression:
        """A cell by table, row and column."""
        return self.cell((table, row, column, ""))

    def place(self, path: str) -> Place | None:
        """Where a lever's number stands on the data sheets; None where it has no cell of its own."""
        head = path.split(".")[0]
        full = f"{self._owners[head]}.{path}" if head in self._owners else path
        return self._plan.assembled.places.get(full)

    def found(self, path: str) -> Expression | None:
        """The cell of a lever's number on the data sheets."""
        place = self.place(path)
        return None if place is None else self.cell(place)

    def where(self, place: Place) -> str:
        """A cell's place in words: Kelompok pekerja!C6."""
        return self._written.address(place).replace("$", "").replace("'", "")

    def position(self, place: Place) -> tuple[str, int, int]:
        """A cell's sheet, row and column, from 0. Raises KeyError."""
        return self._written.cells[place]

    def has(self, place: Place) -> bool:
        """Whether the cell was written."""
        return place in self._written.cells
