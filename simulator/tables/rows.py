"""Rows of a region's tables: what was filled in, read or not yet readable. Never changed in place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.tables.layout import DETAILS, TABLE, TABLES


@dataclass(frozen=True)
class Row:
    """One row. `cells`: column → value, or the text that could not be read; a blank cell is not there.

    `details`: column of a number → what stands beside it (low, high, as_of, reference, status, note).
    """

    cells: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def with_cell(self, column: str, value: Any) -> "Row":
        """The row with one cell filled, or emptied by None or blank text."""
        cells = {k: v for k, v in self.cells.items() if k != column}
        if value is not None and value != "":
            cells = {k: value if k == column else v for k, v in {**self.cells, column: value}.items()}
        return Row(cells, self.details)

    def with_detail(self, column: str, part: str, value: Any) -> "Row":
        """The row with one detail of a number filled, or emptied by None or blank text."""
        parts = {k: v for k, v in self.details.get(column, {}).items() if k != part}
        if value is not None and value != "":
            parts[part] = value
        details = {k: v for k, v in self.details.items() if k != column}
        return Row(self.cells, {**details, column: parts} if parts else details)

    @property
    def blank(self) -> bool:
        """Whether nothing is filled in."""
        return not self.cells and not self.details


LARGEST = 10**300  # a count beyond it is no number that arithmetic can hold


def plain_cell(raw: Any) -> Any:
    """What a cell may hold: a text, number, truth, or a list of texts; anything else as text, to be told and mended."""
    if isinstance(raw, (list, tuple)):
        return [item if isinstance(item, str) else str(plain_cell(item)) for item in raw]
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) > LARGEST:
        return f"{str(raw)[:20]}…"
    return raw if raw is None or isinstance(raw, (str, int, float, bool)) else str(raw)[:200]


Tables = Mapping[str, tuple[Row, ...]]  # table key → rows; every table is there


def empty() -> dict[str, tuple[Row, ...]]:
    """All tables without rows; forms with their one blank row."""
    return {t.key: (Row(),) if t.form else () for t in TABLES}


def with_rows(tables: Tables, key: str, rows: tuple[Row, ...]) -> dict[str, tuple[Row, ...]]:
    """The tables with the rows of one of them replaced."""
    return {**tables, key: tuple(rows)}


def to_text(tables: Tables) -> str:
    """The tables as JSON, to be kept."""
    plain = {
        k: [[dict(r.cells), {c: dict(d) for c, d in r.details.items()}] for r in rows] for k, rows in tables.items()
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> dict[str, tuple[Row, ...]]:
    """What `to_text` wrote. Raises ValueError for anything else; unknown tables and columns are left out."""
    try:
        plain = json.loads(text)
        found = empty()
        for key, rows in plain.items():
            if key in TABLE:
                found[key] = tuple(_row(key, cells, details) for cells, details in rows)
        return found
    except (TypeError, AttributeError, KeyError, RecursionError) as err:
        raise ValueError("no tables") from err


def _flat(raw: Any) -> Any:
    cell = plain_cell(raw)
    return str(cell) if isinstance(cell, list) else cell


def _row(key: str, cells: Any, details: Any) -> Row:
    known = {c.key for c in TABLE[key].columns}
    return Row(
        {k: plain_cell(v) for k, v in cells.items() if k in known and v is not None},
        {
            k: {p: _flat(v) for p, v in d.items() if v is not None and p in DETAILS}
            for k, d in details.items()
            if k in known
        },
    )
