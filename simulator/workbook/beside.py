"""The sheet “Rentang dan sumber”: what stands beside the numbers of tables with many rows, one line a number."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from simulator.registry import Field
from simulator.tables.layout import DETAILS, TABLE, TABLES, Column, Table
from simulator.tables.names import names, with_codes
from simulator.tables.rows import Row
from simulator.workbook import examples
from simulator.workbook.headings import DETAIL_KEYS, DETAIL_LABELS, SHEETS, bare, labels, match
from simulator.workbook.reading import Gathered
from simulator.workbook.sheets import Sheet, headings, take, tell_headings
from simulator.workbook.values import Raw, field_of_path

_KEYS: Mapping[str, tuple[str, ...]] = {  # what a row is told by, where it has no name of its own
    "also": ("population",),
    "targets": ("year", "name"),
    "paid_before": ("funder", "segment"),
    "by_year": ("funder", "year"),
    "settings": ("scenario", "path"),
    "stress_settings": ("test", "how", "path"),
}
_BETWEEN = " / "
_SHEET, _ROW, _COLUMN = (Column(key, key) for key in DETAIL_KEYS)


def listed(table: Table) -> bool:
    """Whether the table's numbers have their ranges on this sheet: forms show them on their own."""
    return not table.form and any(c.kind in ("number", "setting") for c in table.columns)


def row_names(tables: Mapping[str, tuple[Row, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """All that each row of a table may be called on this sheet: by codes, by names, by its number among the rows."""
    coded = with_codes(tables)
    known = names(coded)
    return {t.key: _called(t, coded[t.key], known) for t in TABLES if listed(t)}


def written_names(tables: Mapping[str, tuple[Row, ...]]) -> dict[str, list[str]]:
    """What each row is called when it is written: by code, so that it may be renamed; else by name or number."""
    found = {}
    for key, called in row_names(tables).items():
        said = Counter(way for ways in called for way in {bare(w) for w in ways})
        found[key] = [next((w for w in ways if bare(w) and said[bare(w)] == 1), "") for ways in called]
    return found


def _called(table: Table, rows: tuple[Row, ...], known: Mapping[str, Mapping[str, str]]) -> list[tuple[str, ...]]:
    called, count = [], 0
    for row in rows:
        if row.blank:
            called.append(())
            continue
        count += 1
        if table.key in _KEYS:
            filled = [(c, row.cells[c.key]) for c in map(table.column, _KEYS[table.key]) if c.key in row.cells]
            ways = [_BETWEEN.join(_shown(c, v, known, by_name) for c, v in filled) for by_name in (False, True)]
        else:
            ways = [str(row.cells[key]) for key in ("id", "name") if key in row.cells]
        called.append((*ways, f"baris ke-{count}"))
    return called


def _shown(column: Column, value: Any, known: Mapping[str, Mapping[str, str]], by_name: bool) -> str:
    """A cell of a row's name: choices by their label, rows of other tables by code or by name."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    codes = {str(k): str(v) for k, v in (column.options or known.get(column.kind, {})).items()}
    if by_name or column.options:
        return codes.get(text, text)
    return next((code for code, name in codes.items() if bare(name) == bare(text)), text)


def read_beside(sheet: Sheet, out: Gathered) -> None:
    """Put what the sheet tells beside the numbers of the tables that were read."""
    known = labels((_SHEET, _ROW, _COLUMN)) | DETAIL_LABELS
    found = headings(sheet, known, 3)
    if found is None or not {_SHEET.key, _ROW.key, _COLUMN.key} <= {c.key for c in found[1].columns.values()}:
        text = "Baris judul “Lembar”, “Baris”, dan “Kolom” tidak ditemukan. Pakai susunan seperti di templat."
        out.trouble(f"lembar {sheet.title}", text)
        return
    top, header = found
    tell_headings(sheet, top, header, out)
    at = {column.key: place for place, column in header.columns.items()}
    called = row_names(out.tables)
    for number in sorted(r for r in sheet.rows if r > top):
        cells = {key: sheet.at(number, place) for key, place in at.items()}
        if any(cells.values()) and not _is_help(cells):
            _put(sheet, number, at, cells, called, out)


def _is_help(cells: Mapping[str, Raw | None]) -> bool:
    return all(bare(raw.value).startswith(("wajib", "boleh kosong")) for raw in cells.values() if raw)


def _put(
    sheet: Sheet, number: int, at: Mapping[str, int], cells: Mapping[str, Raw | None], called: Mapping, out: Gathered
) -> None:
    """One line: found by sheet, row and column, its details put beside that number."""
    if _example(cells, out):
        out.example_sheets.append(sheet.title)
        return
    named = SHEETS.get(bare(_text(cells[_SHEET.key])))
    if named and listed(named) and (named.key not in out.found or (named.key, "") in out.absent):
        return  # its sheet or headings are missing, which is told already
    wrong, table, index, column = _target(cells, called)
    if wrong:
        key, text = wrong
        out.trouble(sheet.where(number, at[key]), text)
        return
    row = out.tables[table.key][index]
    unit = _unit(row, column)
    for part in DETAILS.values():
        raw = cells.get(part.key)
        if raw is None:
            continue
        beside = (table.key, index, column.key, part.key)
        if part.key in row.details.get(column.key, {}):
            first = out.places.get(beside, "baris lain")
            text = f"{part.label} untuk angka ini sudah ada di {first}. Hapus salah satu barisnya."
            out.trouble(sheet.where(raw.row, raw.column), text)
            continue
        row = row.with_detail(column.key, part.key, take(sheet, raw, part, beside, unit, out))
    rows = out.tables[table.key]
    out.tables[table.key] = (*rows[:index], row, *rows[index + 1 :])


def _unit(row: Row, column: Column) -> Field | None:
    """The field whose unit the ends of a range have."""
    if column.kind != "setting":
        return column.field
    return None if row.cells.get("how") in ("scale", "dikalikan") else field_of_path(row.cells.get("path"))


def _text(raw: Raw | None) -> str:
    if raw is None:
        return ""
    value = raw.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _example(cells: Mapping[str, Raw | None], out: Gathered) -> bool:
    """Whether the line belongs to an example row that was left out, unchanged like it."""
    table = SHEETS.get(bare(_text(cells[_SHEET.key])))
    if table is None or (table.key, bare(_text(cells[_ROW.key]))) not in out.examples:
        return False
    return examples.is_example_detail({k: raw.value for k, raw in cells.items() if raw is not None and k in DETAILS})


def _target(
    cells: Mapping[str, Raw | None], called: Mapping[str, list[tuple[str, ...]]]
) -> tuple[tuple[str, str] | None, Table, int, Column]:
    """(what is wrong: column and text, or None; table, row number and column of the number that a line means)."""
    none = (TABLE["region"], -1, TABLE["region"].columns[0])
    for key in DETAIL_KEYS:
        if cells[key] is None:
            return ((key, f"{key} belum diisi: tulis angka mana yang dimaksud, atau hapus baris ini."), *none)
    title, name, heading = (_text(cells[key]) for key in DETAIL_KEYS)
    table = SHEETS.get(bare(title))
    if table is None or not listed(table):
        known = "; ".join(t.title for t in TABLES if listed(t))
        return (
            (_SHEET.key, f"“{title[:60]}” bukan lembar yang barisnya dapat diberi rentang di sini. Yang ada: {known}."),
            *none,
        )
    hits = [i for i, both in enumerate(called[table.key]) if bare(name) in {bare(n) for n in both}]
    if len(hits) != 1:
        text = f"“{name[:80]}” " + (
            f"ada {len(hits)} kali di lembar {table.title}. Tulis kodenya."
            if hits
            else f"tidak ada di lembar {table.title}. Samakan dengan nama di sana, atau hapus baris ini."
        )
        return ((_ROW.key, text), *none)
    columns = [c for c in table.columns if c.kind in ("number", "setting")]
    found = match(labels(columns), [(1, heading)]).columns.get(1)
    if found is None:
        allowed = "; ".join(c.label for c in columns)
        return (
            (_COLUMN.key, f"“{heading[:60]}” bukan kolom angka di lembar {table.title}. Yang ada: {allowed}."),
            *none,
        )
    return None, table, hits[0], found
