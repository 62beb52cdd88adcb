"""Tables put together as a region file's plain data, and every fault at the cell that it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator import indonesian as fmt
from simulator import paths
from simulator.faults import Fault, InputError
from simulator.region import parse_region
from simulator.schema import Region
from simulator.tables.cells import Unreadable, read_cell
from simulator.tables.layout import DETAILS, FUNDER_TABLES, NULLS, SCALE, TABLE, Column, Table
from simulator.tables.names import names, with_codes
from simulator.tables.numbers import Unclear
from simulator.tables.rows import Row, Tables, with_rows
from simulator.tables.wording import told

Place = tuple[str, int, str, str]  # table, row, column, part of the details ("" for the value)


@dataclass(frozen=True)
class Problem:
    """What is wrong at a cell, in Indonesian. `table` is empty where it belongs to no cell.

    `readings` are the values to choose from where a number could be read in two ways, or not in the Indonesian way.
    """

    table: str
    row: int
    column: str
    part: str
    text: str
    readings: tuple[float, ...] = ()
    kind: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return (self.table, self.row, self.column, self.part)


@dataclass(frozen=True)
class Assembled:
    """Plain data of a region; what could not be read is left out of it and told.

    `tables` are the same tables with codes filled in and cells read; `places` says where a path of the file stands.
    """

    data: dict
    problems: tuple[Problem, ...]
    tables: dict[str, tuple[Row, ...]]
    places: dict[str, Place]


@dataclass(frozen=True)
class Checked(Assembled):
    """The same after the region's own rules; `region` is None where anything is wrong."""

    region: Region | None = None


@dataclass
class _Work:
    """What is gathered on the way."""

    tables: dict[str, tuple[Row, ...]]
    names: dict[str, dict[str, str]]
    data: dict = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def problem(self, table: str, row: int, column: str, text: str, part: str = "", readings: tuple = ()) -> None:
        self.problems.append(Problem(table, row, column, part, text, readings, "cell"))


def assemble(tables: Tables) -> Assembled:
    """The plain data of a region's tables. Raises nothing: what cannot be read is told as problems."""
    coded = with_codes(tables)
    work = _Work(coded, names(coded), {"schema": 1})
    read = {t.key: _read_table(work, t) for t in TABLE.values()}
    _top(work, read)
    _lists(work, read)
    _funders(work, read)
    _settings(work, read, "scenarios", "scenario", "settings")
    _settings(work, read, "stress_tests", "test", "stress_settings")
    return Assembled(work.data, tuple(work.problems), work.tables, work.places)


def check(tables: Tables) -> Checked:
    """The tables put together and held to every rule of a region file, each fault at its cell."""
    found = assemble(tables)
    region, problems = None, list(found.problems)
    try:
        region = parse_region(found.data)
    except InputError as err:
        known = {p.place[:3] for p in problems}
        for fault in err.faults:
            place = place_of(fault.path, found.places)
            if place[:3] not in known or not place[0]:
                column = _column(place)
                text = told(fault, column, found.tables)
                problems.append(Problem(*place, text, _as_percent(fault, column), fault.kind))
    unique = tuple(dict.fromkeys(problems))
    return Checked(found.data, unique, found.tables, found.places, None if unique else region)


def _as_percent(fault: Fault, column: Column | None) -> tuple[float, ...]:
    """35 in a column of shares is likely 35%: the reading to ask about."""
    if fault.kind != "more_than" or column is None or column.field is None or not column.field.unit.startswith("share"):
        return ()
    value = fault.facts["value"] / 100
    return (value,) if value <= fault.facts["limit"] else ()


def _column(place: Place) -> Column | None:
    if not place[0]:
        return None
    own = TABLE[place[0]].column(place[2])
    return DETAILS.get(place[3], own) if place[3] not in ("", "low", "high") else own


def place_of(path: str, places: dict[str, Place]) -> Place:
    """The cell that a path of the file stands in: its own, else that of the nearest part of the path that has one."""
    parts = path.replace("[", ".[").split(".")
    for n in range(len(parts), 0, -1):
        if found := places.get(".".join(parts[:n]).replace(".[", "[")):
            return found
    return ("", -1, "", "")


# ---- reading


def _read_table(work: _Work, table: Table) -> list[tuple[int, dict[str, Any]]]:
    """(row number, column → plain data) of every row with something in it; the work's tables hold what was read."""
    rows, found = [], []
    for i, row in enumerate(work.tables[table.key]):
        values, row = _read_row(work, table, i, row)
        rows.append(row)
        if not row.blank or table.form:
            found.append((i, values))
    work.tables = with_rows(work.tables, table.key, tuple(rows))
    return found


def _read_row(work: _Work, table: Table, i: int, row: Row) -> tuple[dict[str, Any], Row]:
    values = {}
    for column in table.columns:
        if column.key not in row.cells:
            if row.details.get(column.key):
                work.problem(table.key, i, column.key, f"{column.label}: rentang atau sumber diisi tanpa nilainya.")
            continue
        value = _read(work, (table.key, i, column.key, ""), column, row.cells[column.key])
        if value is None:
            continue
        row = row.with_cell(column.key, value)
        # what stands beside a setting has the unit of what it sets, which is not known before all else is read
        details = {} if column.kind == "setting" else _details(work, table.key, i, column, row)
        for part, read in details.items():
            row = row.with_detail(column.key, part, read)
        values[column.key] = {"value": value, **details} if details else value
        if column.null and value == column.null:
            values[column.key] = None
    return values, row


def _read(work: _Work, place: Place, column: Column, raw: Any, unit: Any = None) -> Any:
    """A cell's value, or None where it could not be read, which is told."""
    try:
        return read_cell(column, raw, work.names.get(column.kind), unit)
    except Unclear as err:
        work.problem(*place[:3], str(err), place[3], tuple(err.readings))
    except (Unreadable, fmt.NotANumber) as err:
        work.problem(*place[:3], str(err), place[3])
    return None


def _details(work: _Work, table: str, i: int, column: Column, row: Row) -> dict[str, Any]:
    found = {}
    for part, raw in row.details.get(column.key, {}).items():
        value = _read(work, (table, i, column.key, part), DETAILS[part], raw, column.field)
        if value is not None:
            found[part] = value
    return found


# ---- putting together


def _mark(work: _Work, path: str, table: str, row: int, column: str) -> None:
    """Remember where a path of the file stands, with what is beside its number."""
    work.places[path] = (table, row, column, "")
    for part in DETAILS:
        work.places[f"{path}.{part}"] = (table, row, column, part)


def _item(work: _Work, table: Table, i: int, values: dict[str, Any], path: str, skip: tuple[str, ...] = ()) -> dict:
    """One row as plain data, every value under the keys of its column."""
    item: dict = {}
    for column in table.columns:
        _mark(work, ".".join(filter(None, (path, *column.keys))), table.key, i, column.key)
        if column.key not in values or column.key in skip:
            continue
        owner = item
        for key in column.keys[:-1]:
            owner = owner.setdefault(key, {})
        owner[column.keys[-1]] = values[column.key]
    if path:
        work.places[path] = (table.key, i, table.columns[0].key, "")
    return item


def _top(work: _Work, read: dict) -> None:
    for key, path in (("region", ""), ("other", "other"), ("assumptions", "assumptions")):
        i, values = read[key][0]
        item = _item(work, TABLE[key], i, values, path)
        if not path:
            work.data |= item
        elif item:
            work.data[path] = item
    work.places["other.covered"] = ("region", 0, "covered", "")
    work.data.setdefault("coverage_base", {})


def _lists(work: _Work, read: dict) -> None:
    also = [_item(work, TABLE["also"], i, v, f"coverage_base.also[{n}]") for n, (i, v) in enumerate(read["also"], 1)]
    if also:
        work.data["coverage_base"]["also"] = also
    targets = [_item(work, TABLE["targets"], i, v, f"targets[{n}]") for n, (i, v) in enumerate(read["targets"], 1)]
    if targets:
        work.data["targets"] = targets
    work.data["segments"] = [_item(work, TABLE["segments"], i, v, f"segments.{v['id']}") for i, v in read["segments"]]
    references = {
        v["id"]: _item(work, TABLE["references"], i, v, f"references.{v['id']}", ("id",)) for i, v in read["references"]
    }
    _told_twice(work, read["references"])
    if references:
        work.data["references"] = references


def _told_twice(work: _Work, rows: list[tuple[int, dict]]) -> None:
    """A list of sources is told by code, so that a code that stands twice would lose one of them."""
    seen: set[str] = set()
    for i, values in rows:
        if values["id"] in seen:
            work.problem("references", i, "id", f"Kode {values['id']} dipakai dua kali. Beri kode lain.")
        seen.add(values["id"])


def _funders(work: _Work, read: dict) -> None:
    """Funders of both tables in their order of paying, with what they pay for today and their single years."""
    rows = [(v.get("order"), n, table, i, v) for n, table in enumerate(FUNDER_TABLES) for i, v in read[table.key]]
    rows.sort(key=lambda r: (r[0] is None, r[0] or 0, r[1], r[3]))
    funders = []
    for _, _, table, i, values in rows:
        kind = "sponsors" if table.key == "sponsors" else "budget"
        item = _item(work, table, i, values, f"funders.{values['id']}", ("order",))
        funders.append({**item, "kind": kind})
    work.data["funders"] = funders
    by_id = {f["id"]: f for f in funders}
    for i, values in read["paid_before"]:
        _paid(work, by_id, i, values)
    for i, values in read["by_year"]:
        _single_year(work, by_id, i, values)


def _needed(work: _Work, table: str, i: int, values: dict, *columns: str) -> bool:
    """Whether the columns are filled; tells of those that are not and were not told already."""
    told_of = {p.place[:3] for p in work.problems}
    missing = [c for c in columns if c not in values]
    for c in missing:
        if (table, i, c) not in told_of:
            work.problem(table, i, c, f"{TABLE[table].column(c).label} belum diisi; kosong bukan nol.")
    return not missing


def _paid(work: _Work, funders: dict[str, dict], i: int, values: dict) -> None:
    if not _needed(work, "paid_before", i, values, "funder", "segment", "workers"):
        return
    paid = funders[values["funder"]].setdefault("paid_before", {})
    if values["segment"] in paid:
        work.problem("paid_before", i, "segment", "Pasangan sumber dan kelompok ini sudah ada di baris lain.")
        return
    paid[values["segment"]] = values["workers"]
    _mark(work, f"funders.{values['funder']}.paid_before.{values['segment']}", "paid_before", i, "workers")


def _single_year(work: _Work, funders: dict[str, dict], i: int, values: dict) -> None:
    if not _needed(work, "by_year", i, values, "funder", "year"):
        return
    years = funders[values["funder"]].setdefault("by_year", {})
    if values["year"] in years:
        work.problem("by_year", i, "year", f"Tahun {values['year']} untuk sumber ini sudah ada di baris lain.")
        return
    years[values["year"]] = {k: v for k, v in values.items() if k not in ("funder", "year")}
    where = f"funders.{values['funder']}.by_year.{values['year']}"
    for column in ("annual_budget", "start_month", "months"):
        _mark(work, f"{where}.{column}", "by_year", i, column)
    work.places[where] = ("by_year", i, "year", "")


def _settings(work: _Work, read: dict, key: str, owner: str, table: str) -> None:
    """Scenarios or stress tests, each with its settings."""
    found: dict[str, dict] = {}
    items = []
    for i, values in read[key]:
        item = _item(work, TABLE[key], i, values, f"{key}.{values['id']}")
        if key == "scenarios":
            item["set"] = {}  # today's policy changes nothing, and says so
        items.append(item)
        found[values["id"]] = item
    for i, values in read[table]:
        if not _needed(work, table, i, values, *(c.key for c in TABLE[table].columns)):
            continue
        how = values.get("how", "set")
        settings = found[values[owner]].setdefault(how, {})
        if values["path"] in settings:
            work.problem(table, i, "path", f"Parameter {values['path']} sudah diatur di baris lain.")
            continue
        value = _setting(work, table, i, values["path"], how)
        if value is not None:
            settings[values["path"]] = None if value in NULLS else value
        _mark(work, f"{key}.{values[owner]}.{how}.{values['path']}", table, i, "value")
        work.places[f"{key}.{values[owner]}.{how}.{values['path']}"] = (table, i, "value", "")
    if items:
        work.data[key] = items


def _setting(work: _Work, table: str, i: int, path: str, how: str) -> Any:
    """The value of a setting, read by the column of what it sets."""
    row = work.tables[table][i]
    column = SCALE if how == "scale" else column_of(path, work.data)
    if column is None:
        return row.cells["value"]  # no such parameter; the region's rules tell of it
    value = _read(work, (table, i, "value", ""), column, row.cells["value"])
    if value is None:
        return None
    rows = list(work.tables[table])
    rows[i] = row.with_cell("value", value)
    work.tables = with_rows(work.tables, table, tuple(rows))
    found = {}
    for part, raw in row.details.get("value", {}).items():
        ended = _read(work, (table, i, "value", part), DETAILS[part], raw, column.field)
        if ended is not None:
            found[part] = ended
            rows[i] = rows[i].with_detail("value", part, ended)
    work.tables = with_rows(work.tables, table, tuple(rows))
    return {"value": value, **found} if found else value


def column_of(path: str, data: dict) -> Column | None:
    """The column that a lever's path sets, None where the data have no such lever."""
    keys = paths.locate(data, path)
    if keys is None:
        return None
    return next((c for t, c in _candidates(keys, data) if c.key == keys[-1] or c.keys == keys), None)


def _candidates(keys: tuple, data: dict) -> Iterator[tuple[Table, Column]]:
    if keys[0] == "funders" and "paid_before" in keys:
        workers = TABLE["paid_before"].column("workers")
        yield TABLE["paid_before"], Column(keys[-1], workers.label, "number", workers.field)
        return
    if keys[0] == "funders":
        kind = data["funders"][keys[1]].get("kind")
        table = TABLE["sponsors" if kind == "sponsors" else "budgets"]
    else:
        table = TABLE[keys[0] if keys[0] in TABLE else "region"]
    yield from ((table, c) for c in table.columns)
