"""A table of the region to type in: Streamlit's data editor over one of the draft's tables.

The grid holds what was typed until it is drawn anew, so it is drawn anew only when the draft changed elsewhere (undo,
a row added, a fault mended) or a cell could not be read, which is then marked in the cell itself. Numbers are text
cells: Indonesian style, read by the same reader as a workbook's, never by the browser's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from simulator import indonesian as fmt
from simulator.registry import PROGRAMMES, Field
from simulator.tables import edit
from simulator.tables.cells import Unreadable, read_cell, show_cell
from simulator.tables.layout import DETAILS, FLAGS, TABLE, Column
from simulator.tables.lever_words import path_labels, setting_column
from simulator.tables.names import names
from simulator.tables.rows import Row
from ui import draft, state

MARK = "⚠ "
_PROGRAMMES = ("JKK, JKM", "JKK, JKM, JHT")
ROW_HEIGHT = 36
_WIDE = {
    "name": 250,
    "title": 260,
    "note": 320,
    "address": 260,
    "segments": 330,
    "description": 320,
    "path": 380,
    "value": 330,
    "scenario": 240,
}
_WIDTH = {
    "order": 80,
    "choice": 165,
    "flag": 100,
    "number": 128,
    "ids": 330,
    "programmes": 130,
    "reference": 200,
    "setting": 330,
}


@dataclass
class _Grid:
    """What a grid was drawn with: the rows that it shows after its own edits, and the number of its drawing."""

    shown: Any = None
    marked: frozenset = frozenset()
    serial: int = 0
    frame: pd.DataFrame | None = None
    drawn: bool = False


def _grid(name: str, shown: Any, marked: frozenset) -> tuple[_Grid, str, bool]:
    """The grid's record and key, and whether it is to be drawn anew."""
    record = st.session_state.setdefault(f"tabel|{name}", _Grid())
    key = f"tabel|{name}|{record.serial}"
    left = record.drawn and key not in st.session_state  # another page or step in between: its edits are gone
    anew = record.frame is None or left or record.shown != shown or not marked <= record.marked
    if anew:
        record.serial += 1
        record.shown, record.drawn = shown, False
        key = f"tabel|{name}|{record.serial}"
    record.marked = marked
    return record, key, anew


def show(d: draft.Draft, table: str, columns: tuple[str, ...], locked: tuple[str, ...] = ()) -> None:
    """The rows of a table, these columns of them; `locked` may be read only."""
    own = TABLE[table]
    shown = tuple(own.column(c) for c in columns)
    marked = frozenset(p.place for p in draft.problems_of(d, table) if p.part == "" and p.kind == "cell")
    record, key, anew = _grid(f"{d.name}|{table}", d.tables[table], marked)
    known = _known(d, table)
    if anew:
        rows = [
            _texts(d, row, shown, known, [(table, i, c.key, "") in marked for c in shown])
            for i, row in enumerate(d.tables[table])
        ]
        record.frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    record.drawn = True
    st.data_editor(
        record.frame,
        key=key,
        hide_index=True,
        width="stretch",
        height=ROW_HEIGHT * (len(record.frame) + 1) + 3,
        row_height=ROW_HEIGHT,
        disabled=list(locked),
        column_config={c.key: _config(c, known, i == 0) for i, c in enumerate(shown)},
        placeholder="–",
        on_change=_edited,
        args=(key, f"{d.name}|{table}", table),
        alt=f"Tabel {own.title}: {fmt.count(len(record.frame))} baris",
    )


def _known(d: draft.Draft, table: str) -> dict[str, dict[str, str]]:
    """Codes and names that cells may hold, by kind of column; where levers are named, theirs too."""
    checked = draft.checked(d)
    known = {kind: _unlike(found) for kind, found in names(checked.tables).items()}
    if any(c.kind == "path" for c in TABLE[table].columns):
        known["path"] = path_labels(checked.tables, checked.data)
    return known


def _unlike(found: Mapping[str, str]) -> dict[str, str]:
    """Names that can be told apart: one that two rows have, or that is another row's code, goes with its own code."""
    called = list(found.values())
    return {
        code: f"{name} ({code})" if called.count(name) > 1 or (name in found and name != code) else name
        for code, name in found.items()
    }


def _texts(d: draft.Draft, row: Row, columns: tuple[Column, ...], known: Mapping, marked: list[bool]) -> list[Any]:
    """A row as the grid has it: texts, and lists of names."""
    found = []
    for column, wrong in zip(columns, marked, strict=True):
        value = row.cells.get(column.key)
        if column.kind == "setting":
            column = setting_column(row.cells, draft.checked(d).data) or column
            text = show_cell(column, value, known.get(column.kind))
            found.append((MARK + text if wrong else text) or None)
        elif column.kind == "ids":
            value = [value] if isinstance(value, str) else list(value or [])
            found.append([known["segment"].get(v, v) for v in value])
        elif column.kind == "programmes":
            found.append(_programmes(value, column))
        else:
            text = show_cell(column, value, known.get(column.kind))
            found.append((MARK + text if wrong else text) or None)
    return found


def _programmes(value: Any, column: Column) -> str | None:
    if isinstance(value, (list, tuple)):
        return ", ".join(PROGRAMMES.get(v, v) for v in value)
    return None if value is None else str(value)


def _config(column: Column, known: Mapping, first: bool) -> Any:
    """How the grid shows a column, and what may be chosen in it."""
    label = column.heading + (" *" if column.required else "")
    about = " ".join(filter(None, (column.help, "Wajib diisi." if column.required else _default(column))))
    width = max(_WIDE.get(column.key) or _WIDTH.get(column.kind, 150), 7 * len(label) + 50)
    common = {"help": about or None, "width": width, "pinned": first or None}
    if column.kind in ("choice", "flag"):
        options = list((column.options or FLAGS).values())
        return st.column_config.SelectboxColumn(label, options=options, **common)
    if column.kind == "programmes":
        options = [*_PROGRAMMES, *([column.null] if column.null else [])]
        return st.column_config.SelectboxColumn(label, options=options, **common)
    if column.kind == "ids":
        return st.column_config.MultiselectColumn(label, options=list(known["segment"].values()), **common)
    if column.kind in ("owner", "segment", "reference", "scenario", "test", "path"):
        return st.column_config.SelectboxColumn(label, options=list(known[column.kind].values()), **common)
    align = "right" if column.kind in ("number", "order", "year") else None
    return st.column_config.TextColumn(label, alignment=align, **common)


def _default(column: Column) -> str:
    return f"Bila kosong: {column.default}." if column.default else "Boleh kosong."


def typed(column: Column, raw: Any, known: Mapping, unit: Field | None = None) -> Any:
    """What was typed into a cell: its value, the text itself where it cannot be read, None where it is blank.

    `known` holds codes and names by kind of column, `unit` the field that an end of a range follows.
    """
    if isinstance(raw, str):
        raw = raw.removeprefix(MARK.strip()).strip()
    if raw in (None, "") or raw == []:
        return None
    try:
        return read_cell(column, raw, known.get(column.kind), unit)
    except (Unreadable, fmt.NotANumber):
        return raw if isinstance(raw, (str, int, float, list)) else str(raw)


def _edited(key: str, name: str, table: str) -> None:
    """Take what was typed over into the draft. The grid keeps its edits; they are set again each time, to no harm."""
    state.touch()
    d, edits = draft.current(), st.session_state[key].get("edited_rows", {})
    if d is None or not edits:
        return
    tables, known, what = d.tables, _known(d, table), ""
    for row, cells in edits.items():
        for column_key, raw in cells.items():
            column = TABLE[table].column(column_key)
            own = setting_column(tables[table][int(row)].cells, draft.checked(d).data)
            value = typed(own if column.kind == "setting" and own else column, raw, known)
            if tables[table][int(row)].cells.get(column_key) != value:
                tables = edit.with_cell(tables, table, int(row), column_key, value)
                what = f"{column.label} ({edit.row_name(tables, table, int(row))})"
    draft.change(f"{TABLE[table].title}: {what}" if what else TABLE[table].title, tables)
    record = st.session_state.get(f"tabel|{name}")
    if record is not None:
        record.shown = draft.current().tables[table]


# ---- ranges and sources of numbers


_DETAILS = ("low", "high", "as_of", "reference", "status", "note")
_WHOSE, _VALUE = "angka", "nilai"


def details(d: draft.Draft, *tables: str) -> None:
    """Range, date, source and kind of every number that is filled in these tables, one line a number."""
    at = [
        (table, i, column.key)
        for table in tables
        for i, row in enumerate(d.tables[table])
        for column in TABLE[table].numbers
        if column.key in row.cells
    ]
    if not at:
        st.caption("Isi dahulu angkanya; setelah itu rentang dan sumbernya diisi di sini.")
        return
    marked = frozenset(p.place for p in draft.problems_of(d, *tables) if p.part and p.kind == "cell")
    name = f"{d.name}|rincian|{'|'.join(tables)}"
    record, key, anew = _grid(name, tuple(d.tables[t] for t in tables), marked)
    known = names(draft.checked(d).tables)
    if anew:
        record.frame = pd.DataFrame(
            [_detail_texts(d, place, known, marked) for place in at], columns=[_WHOSE, _VALUE, *_DETAILS], dtype=object
        )
    record.drawn = True
    text = st.column_config.TextColumn
    st.data_editor(
        record.frame,
        key=key,
        hide_index=True,
        width="stretch",
        height=min(430, ROW_HEIGHT * (len(at) + 1) + 3),
        row_height=ROW_HEIGHT,
        disabled=[_WHOSE, _VALUE],
        placeholder="–",
        column_config={
            _WHOSE: text("Angka", width=300, pinned=True),
            _VALUE: text("Nilai", width=120, alignment="right"),
            **{part: text(DETAILS[part].label, width=120, alignment="right") for part in ("low", "high")},
            "as_of": text("Tanggal data", width=110, help="Misalnya Agustus 2025 atau 2025."),
            "reference": st.column_config.SelectboxColumn(
                "Sumber data", width=230, options=list(known["reference"].values()), help="Dari Daftar sumber."
            ),
            "status": st.column_config.SelectboxColumn(
                "Jenis data", width=110, options=list(DETAILS["status"].options.values())
            ),
            "note": text("Catatan angka", width=320),
        },
        on_change=_details_edited,
        args=(key, name, at, tables),
        alt=f"Rentang dan sumber {fmt.count(len(at))} angka",
    )


def _detail_texts(d: draft.Draft, at: tuple[str, int, str], known: Mapping, marked: frozenset) -> list[Any]:
    table, i, key = at
    row, column = d.tables[table][i], TABLE[table].column(key)
    whose = column.label if TABLE[table].form else f"{edit.row_name(d.tables, table, i)} · {column.label}"
    found: list[Any] = [whose, show_cell(column, row.cells[key])]
    for part in _DETAILS:
        text = show_cell(DETAILS[part], row.details.get(key, {}).get(part), known["reference"], column.field)
        found.append((MARK + text if (*at, part) in marked else text) or None)
    return found


def _details_edited(key: str, name: str, at: list[tuple[str, int, str]], shown: tuple[str, ...]) -> None:
    state.touch()
    d, edits = draft.current(), st.session_state[key].get("edited_rows", {})
    if d is None or not edits:
        return
    tables, known, what = d.tables, names(draft.checked(d).tables), ""
    for line, cells in edits.items():
        table, i, column_key = at[int(line)]
        unit = TABLE[table].column(column_key).field
        for part, raw in cells.items():
            value = typed(DETAILS[part], raw, known, unit)
            if tables[table][i].details.get(column_key, {}).get(part) != value:
                tables = edit.with_detail(tables, table, i, column_key, part, value)
                what = f"{DETAILS[part].label} {TABLE[table].column(column_key).label}"
    draft.change(f"Rincian: {what}" if what else "Rincian angka", tables)
    record = st.session_state.get(f"tabel|{name}")
    if record is not None:
        record.shown = tuple(draft.current().tables[t] for t in shown)
