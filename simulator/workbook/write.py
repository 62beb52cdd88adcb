"""A region's tables as a workbook that people fill in: one sheet a table, ranges and sources, how to fill it in.

`add_sheets` takes any xlsxwriter workbook, so that the same sheets can stand in a larger one.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from simulator.tables.assemble import Place
from simulator.tables.cells import SEPARATOR, show_cell
from simulator.tables.layout import DETAILS, TABLES, Column, Table
from simulator.tables.names import names, with_codes
from simulator.tables.rows import Row, Tables
from simulator.workbook import examples
from simulator.workbook.beside import listed, written_names
from simulator.workbook.headings import (
    DETAIL_KEYS,
    DETAILS_TITLE,
    FORM_HELP,
    FORM_LABEL,
    FORM_UNIT,
    FORM_VALUE,
    bare,
)
from simulator.workbook.instructions import add_guide, cell_help, explanation, short_help
from simulator.workbook.lists import Lists
from simulator.workbook.styles import Heights, Styles, put
from simulator.workbook.values import field_of_path

HEAD_ROW = 3  # of a sheet, from 0: title, explanation, an empty line, headings
_SPARE = 20  # yellow rows below what is filled in
_WIDTHS = {  # by a column's key, else by its kind
    "name": 30,
    "note": 44,
    "title": 48,
    "address": 44,
    "description": 60,
    "text": 34,
    "number": 17,
    "choice": 22,
    "flag": 12,
    "order": 9,
    "year": 9,
    "ids": 40,
    "owner": 24,
    "segment": 24,
    "scenario": 26,
    "test": 26,
    "path": 38,
    "setting": 34,
}
# What may be done on a protected sheet, besides filling in its open cells.
ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Guard:
    """Sheets protected without a password. `closed`: (table, column, row) of cells that nobody is to change there;
    `spare`: table → empty rows below what is filled in, none where it is not named."""

    closed: Callable[[Table, Column, Row], bool]
    spare: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Written:
    """Where everything stands: place of a cell → (sheet, row, column), from 0."""

    cells: dict[Place, tuple[str, int, int]] = field(default_factory=dict)

    def address(self, place: Place) -> str:
        """A cell as a formula names it: 'Kelompok pekerja'!$C$6. Raises KeyError."""
        sheet, row, column = self.cells[place]
        quoted = sheet.replace("'", "''")
        return f"'{quoted}'!{xlsxwriter.utility.xl_rowcol_to_cell(row, column, True, True)}"


def write(tables: Tables, title: str = "") -> bytes:
    """The tables as a workbook. Raises styles.TooLong where a text is longer than a cell of Excel holds."""
    return _book(tables, title, example=False)


def template() -> bytes:
    """The empty workbook, with one example row in each table that has rows."""
    return _book(examples.rows(), "Templat data daerah", example=True)


def _book(tables: Tables, title: str, example: bool) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"title": title, "comments": "Data daerah untuk simulator cakupan Jamsostek"})
    book.set_calc_mode("auto")
    add_guide(book, title)
    add_sheets(book, tables, example=example)
    book.close()
    return stream.getvalue()


def add_sheets(book: Any, tables: Tables, example: bool = False, guard: Guard | None = None) -> Written:
    """Add a sheet for every table, one for ranges and sources and a hidden one of choices to an xlsxwriter workbook.

    With `example` all rows are shown as examples; with `guard` the sheets are protected. Returns where each cell
    stands, for formulas.
    """
    coded = tables if example else with_codes(tables)
    page = _Page(book, Styles(book), Lists(coded), coded, _other_name(coded), example, guard)
    for table in TABLES:
        if table.form:
            _form(page, table)
        else:
            _table(page, table)
    _beside(page)
    page.lists.add_sheet(book, guard is not None)
    return page.written


@dataclass
class _Page:
    """What all sheets of one workbook share."""

    book: Any
    styles: Styles
    lists: Lists
    tables: Tables
    names: Mapping[str, Mapping[str, str]]
    example: bool
    guard: Guard | None = None
    written: Written = field(default_factory=Written)

    def spare(self, table: str) -> int:
        """Yellow rows below what is filled in."""
        return _SPARE if self.guard is None else self.guard.spare.get(table, 0)

    def closed(self, table: Table, column: Column, row: Row) -> bool:
        """Whether a cell is not to be changed."""
        return self.guard is not None and self.guard.closed(table, column, row)


def _other_name(tables: Tables) -> dict[str, dict[str, str]]:
    """What is written in place of a code: rows have their codes, so that they may be renamed; the rest has a name."""
    known = names(tables)["segment"]
    name = known["other"]
    clear = [bare(text) for pair in known.items() for text in pair].count(bare(name)) == 1
    said = {"other": name} if clear and name == name.strip() and name and not set(name) & set(";,\n") else {}
    return {"ids": said, "segment": said}


def shown(column: Column, value: Any, known: Mapping[str, Mapping[str, str]]) -> Any:
    """A cell as it is written: numbers as numbers, all else in the words that `read_cell` reads back."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    if isinstance(value, str) and column.kind in ("number", "plain", "end", "setting", "text", "path"):
        return value
    if column.kind == "setting" and isinstance(value, (list, tuple)):
        return SEPARATOR.join(str(v) for v in value)
    return show_cell(column, value, known.get(column.kind))


# ---- sheets


def _start(page: _Page, title: str, about: str, columns: int) -> Any:
    """A new sheet with title, explanation and print set-up."""
    sheet = page.book.add_worksheet(title)
    put(sheet, 0, 0, title, page.styles.title)
    put(sheet, 1, 0, about, page.styles.about)
    sheet.set_row(HEAD_ROW, 45)
    sheet.freeze_panes(HEAD_ROW + 1, min(2, columns))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1 + (columns - 1) // 9, 0)  # a wide table goes on beside, or nobody can read it
    sheet.repeat_rows(HEAD_ROW)
    sheet.repeat_columns(0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&L&A&RHalaman &P dari &N")
    if page.guard is not None:
        sheet.protect("", ALLOWED)
    return sheet


def _table(page: _Page, table: Table) -> None:
    """A sheet with one line a row."""
    sheet = _start(page, table.title, table.about, len(table.columns))
    rows, top = page.tables[table.key], HEAD_ROW + 2
    last = top + len(rows) + page.spare(table.key) - 1
    widths = [_WIDTHS.get(column.key, _WIDTHS.get(column.kind, 20)) for column in table.columns]
    heights = Heights(widths)
    for at, column in enumerate(table.columns):
        put(sheet, HEAD_ROW, at, column.heading + (" *" if column.required else ""), page.styles.head)
        put(sheet, HEAD_ROW + 1, at, short_help(column), page.styles.help)
        heights.see(HEAD_ROW + 1, at, short_help(column))
        sheet.set_column(at, at, widths[at])
        _validate(page, sheet, column, (top, last, at))
        for index in range(last - top + 1):
            row = rows[index] if index < len(rows) else Row()
            heights.see(top + index, at, _cell(page, sheet, table, column, row, index, (top + index, at)))
    heights.set(sheet)


def _cell(page: _Page, sheet: Any, table: Table, column: Column, row: Row, index: int, at: tuple[int, int]) -> Any:
    """One cell to be filled in, or filled; what stands in it."""
    value = shown(column, row.cells.get(column.key), page.names)
    unit = column.field
    if column.kind == "setting" and row.cells.get("how") != "scale":
        unit = field_of_path(row.cells.get("path"))
    example, closed = page.example and value is not None, page.closed(table, column, row)
    put(sheet, *at, value, page.styles.input(column, unit, value, example, closed))
    page.written.cells[(table.key, index, column.key, "")] = (table.title, *at)
    return value


def _validate(page: _Page, sheet: Any, column: Column, area: tuple[int, int, int]) -> None:
    """A drop-down where the choice is closed, a hint elsewhere; nothing but a wrong choice is refused by Excel."""
    first, last, at = area
    if last < first:
        return
    title, message = cell_help(column)
    rule: dict[str, Any] = {"validate": "any", "input_title": title, "input_message": message}
    if source := page.lists.source(column):
        closed = column.kind in ("choice", "flag")
        rule |= {"validate": "list", "source": source, "show_error": closed}
        if closed:
            rule |= {
                "error_title": "Pilihan tidak dikenal",
                "error_message": "Pilih salah satu dari daftar di sel ini.",
            }
    sheet.data_validation(first, at, last, at, rule)


_FORM_DETAILS = tuple(DETAILS.values())
_FORM_HEADS = (FORM_LABEL, FORM_VALUE, FORM_UNIT, *(d.label for d in _FORM_DETAILS), FORM_HELP)
_FORM_WIDTHS = (32, 30, 16, 17, 17, 15, 22, 16, 44, 80)


def _form(page: _Page, table: Table) -> None:
    """A sheet with one line a field."""
    sheet = _start(page, table.title, table.about, 2)
    for at, (text, width) in enumerate(zip(_FORM_HEADS, _FORM_WIDTHS, strict=True)):
        put(sheet, HEAD_ROW, at, text, page.styles.head)
        sheet.set_column(at, at, width)
    row, heights, last = page.tables[table.key][0], Heights(_FORM_WIDTHS), len(_FORM_HEADS) - 1
    for line, column in enumerate(table.columns, HEAD_ROW + 1):
        put(sheet, line, 0, column.label + (" *" if column.required else ""), page.styles.plain)
        heights.see(line, 1, _cell(page, sheet, table, column, row, 0, (line, 1)))
        put(sheet, line, 2, column.unit, page.styles.plain)
        put(sheet, line, last, explanation(column), page.styles.plain)
        heights.see(line, last, explanation(column))
        _validate(page, sheet, column, (line, line, 1))
        if column.kind != "number":
            for at in range(3, 3 + len(_FORM_DETAILS)):
                put(sheet, line, at, None, page.styles.plain)
            continue
        for at, part in enumerate(_FORM_DETAILS, 3):
            value = shown(part, row.details.get(column.key, {}).get(part.key), page.names)
            put(sheet, line, at, value, page.styles.input(part, column.field, value))
            _validate(page, sheet, part, (line, line, at))
            heights.see(line, at, value)
            page.written.cells[(table.key, 0, column.key, part.key)] = (table.title, line, at)
    heights.set(sheet)


_BESIDE_WIDTHS = (24, 48, 26, 17, 17, 15, 24, 16, 60)


def _beside(page: _Page) -> None:
    """The sheet of ranges and sources: one line for every number of a table with rows that has any."""
    about = (
        "Satu baris untuk satu angka di tabel berbaris banyak. Lembar isian (misalnya Daerah) punya kolomnya sendiri."
    )
    sheet = _start(page, DETAILS_TITLE, about, 3)
    heads = (*DETAIL_KEYS, *(d.label for d in _FORM_DETAILS))
    helps = ("Wajib: nama lembarnya", "Wajib: kode atau nama barisnya di lembar itu", "Wajib: judul kolom angkanya")
    heights = Heights(_BESIDE_WIDTHS)
    for at, (text, width) in enumerate(zip(heads, _BESIDE_WIDTHS, strict=True)):
        put(sheet, HEAD_ROW, at, text + (" *" if at < 3 else ""), page.styles.head)
        sheet.set_column(at, at, width)
        short = helps[at] if at < 3 else short_help(_FORM_DETAILS[at - 3])
        put(sheet, HEAD_ROW + 1, at, short, page.styles.help)
        heights.see(HEAD_ROW + 1, at, short)
    line = HEAD_ROW + 2
    called = written_names(page.tables)
    for table in filter(listed, TABLES):
        for index, row in enumerate(page.tables[table.key]):
            for key, details in row.details.items():
                name = called[table.key][index]
                heights.see(line, 1, name)
                heights.see(line, len(heads) - 1, details.get("note"))
                _beside_line(page, sheet, line, table, index, table.column(key), name, details)
                line += 1
    heights.set(sheet)
    blank, more = Column("", "", required=True), page.spare("")
    for spare in range(line, line + more):
        for at in range(len(heads)):
            put(sheet, spare, at, None, page.styles.input(blank if at < 3 else _FORM_DETAILS[at - 3]))
    last = line + more - 1
    if last < HEAD_ROW + 2:
        return
    sheet.data_validation(
        HEAD_ROW + 2, 0, last, 0, {"validate": "list", "source": page.lists.sheets, "show_error": False}
    )
    for at, part in enumerate(_FORM_DETAILS, 3):
        _validate(page, sheet, part, (HEAD_ROW + 2, last, at))


def _beside_line(
    page: _Page, sheet: Any, line: int, table: Table, index: int, column: Column, name: str, details: Mapping[str, Any]
) -> None:
    """What stands beside one number."""
    row = page.tables[table.key][index]
    unit = column.field
    if column.kind == "setting" and row.cells.get("how") != "scale":
        unit = field_of_path(row.cells.get("path"))
    for at, text in enumerate((table.title, name, column.label)):
        look = page.styles.input(Column("", "", required=True), None, text, page.example, page.guard is not None)
        put(sheet, line, at, text, look)
    for at, part in enumerate(_FORM_DETAILS, 3):
        value = shown(part, details.get(part.key), page.names)
        put(sheet, line, at, value, page.styles.input(part, unit, value, page.example))
        page.written.cells[(table.key, index, column.key, part.key)] = (DETAILS_TITLE, line, at)
