"""A region file's plain data as tables."""

from collections.abc import Mapping
from typing import Any

from simulator.rules import listing, mapping
from simulator.tables.layout import (
    ALSO,
    ASSUMPTIONS,
    BUDGETS,
    DETAILS,
    OTHER,
    REGION,
    SEGMENTS,
    SPONSORS,
    TARGETS,
    Column,
    Table,
)
from simulator.tables.rows import Row, empty, plain_cell

_LISTS = ("ids", "programmes", "references", "setting")


def split(data: Mapping[str, Any]) -> dict[str, tuple[Row, ...]]:
    """The tables of a region's plain data; `assemble` gives the same data back.

    What is not of the format (a list where a mapping should be) is left out; reading the file tells of it.
    """
    tables = empty()
    base = mapping(data.get("coverage_base"))
    tables["region"] = (_row(REGION, data),)
    tables["other"] = (_row(OTHER, mapping(data.get("other"))),)
    tables["assumptions"] = (_row(ASSUMPTIONS, mapping(data.get("assumptions"))),)
    tables["also"] = tuple(_row(ALSO, item) for item in _items(base.get("also")))
    tables["targets"] = tuple(_row(TARGETS, item) for item in _items(data.get("targets")))
    tables["segments"] = tuple(_row(SEGMENTS, item) for item in _items(data.get("segments")))
    for order, funder in enumerate(_items(data.get("funders")), 1):
        _funder(tables, funder, order)
    tables["references"] = tuple(
        Row({"id": str(key), **_texts(mapping(item), ("title", "address", "date", "note"))})
        for key, item in mapping(data.get("references")).items()
    )
    for scenario in _items(data.get("scenarios")):
        _scenario(tables, scenario)
    for test in _items(data.get("stress_tests")):
        _stress_test(tables, test)
    return tables


def _items(raw: Any) -> list[dict]:
    return [item for item in listing(raw) if isinstance(item, dict)]


def _row(table: Table, item: Mapping[str, Any]) -> Row:
    row = Row()
    for column in table.columns:
        row = _filled(row, column, item)
    return row


def _filled(row: Row, column: Column, item: Mapping[str, Any]) -> Row:
    """The row with a column's value, where the item has one."""
    raw: Any = item
    for key in column.keys:
        if not isinstance(raw, dict) or key not in raw:
            return row
        raw = raw[key]
    return _put(row, column, raw)


def _put(row: Row, column: Column, raw: Any) -> Row:
    """The row with plain data in a column: a number's mapping becomes its value and what stands beside it."""
    if raw is None:
        return row.with_cell(column.key, column.null) if column.null else row
    if isinstance(raw, dict) and column.kind in ("number", "setting"):
        for part, value in raw.items():
            if part in DETAILS:  # a misspelt key is told when the file is read
                row = row.with_detail(column.key, part, _one(value))
        raw = raw.get("value")
    return row.with_cell(column.key, plain_cell(raw) if column.kind in _LISTS else _one(raw))


def _one(raw: Any) -> Any:
    """A single value, whatever a file has put there."""
    cell = plain_cell(raw)
    return str(cell) if isinstance(cell, list) else cell


def _funder(tables: dict, funder: dict, order: int) -> None:
    """A funder's row, what it pays for today, and its single years."""
    table = SPONSORS if funder.get("kind") == "sponsors" else BUDGETS
    tables[table.key] += (_row(table, {**funder, "order": order}),)
    owner = funder.get("id")
    for segment, paid in mapping(funder.get("paid_before")).items():
        row = Row({"funder": _one(owner), "segment": _one(segment)})
        tables["paid_before"] += (_put(row, Column("workers", "", "number"), paid),)
    for year, single in mapping(funder.get("by_year")).items():
        row = Row({"funder": _one(owner), "year": _one(year)})
        for name, raw in mapping(single).items():
            row = _put(row, Column(name, "", "number"), raw)
        tables["by_year"] += (row,)


def _texts(item: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _one(item[name]) for name in names if item.get(name) not in (None, "")}


def _setting(row: Row, raw: Any, null: str) -> Row:
    return _put(row, Column("value", "", "setting", null=null), raw)


def _null_of(path: str) -> str:
    return BUDGETS.column("programmes").null if str(path).endswith(".programmes") else BUDGETS.column(
        "onboarding_per_month"
    ).null  # fmt: skip


def _scenario(tables: dict, scenario: dict) -> None:
    cells = _texts(scenario, ("name", "id", "description", "note"))
    if names := list(listing(scenario.get("references"))):
        cells["references"] = plain_cell(names)
    tables["scenarios"] += (Row(cells),)
    for path, raw in mapping(scenario.get("set")).items():
        row = Row({"scenario": _one(scenario.get("id")), "path": _one(path)})
        tables["settings"] += (_setting(row, raw, _null_of(path)),)


def _stress_test(tables: dict, test: dict) -> None:
    cells = _texts(test, ("name", "id", "description", "members_lost", "note"))
    tables["stress_tests"] += (Row(cells),)
    for how in ("set", "scale"):
        for path, raw in mapping(test.get(how)).items():
            row = Row({"test": _one(test.get("id")), "how": how, "path": _one(path)})
            tables["stress_settings"] += (_setting(row, raw, _null_of(path)),)
