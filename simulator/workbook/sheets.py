"""Sheets of a workbook as rows of a table: headings are found by their words, rows by what stands in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from simulator import indonesian as fmt
from simulator.registry import Field
from simulator.tables.assemble import Place
from simulator.tables.layout import DETAILS, Column, Table
from simulator.tables.rows import Row
from simulator.workbook import examples
from simulator.workbook.headings import DETAIL_LABELS, FORM_LABEL, FORM_VALUE, HELP_STARTS, Header, bare, labels, match
from simulator.workbook.reading import Gathered
from simulator.workbook.values import Raw, field_of_path, told

MOST_ROWS = 5000  # with something in them, a sheet
_HEADINGS_WITHIN = 60  # rows from the top in which headings are looked for
_SUMS = frozenset(
    {"jumlah", "total", "jumlah total", "total jumlah", "grand total", "subtotal", "sub total", "jumlah seluruhnya"}
)
_NOTE_STARTS = (
    "catatan",
    "sumber:",
    "keterangan",
    "ket:",
    "ket.",
    "*)",
    "**",
    "note:",
    "nb:",
    "nb.",
    "dicetak",
    "diolah",
)
_LONG = 60  # letters of a lone text below a table that make it a note


@dataclass
class Sheet:
    """A worksheet's cells, row by row: values, and formulas where there are any."""

    title: str
    values: Worksheet
    formulas: Worksheet | None = None
    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # only cells that are there: iter_rows would make all those up to a stray one in the last row of the sheet
        for _, cell in sorted(self.values._cells.items()):
            raw = self._raw(cell)
            if raw is not None and not raw.blank:
                self.rows.setdefault(raw.row, {})[raw.column] = raw

    def _raw(self, cell: Any) -> Raw | None:
        if isinstance(cell, MergedCell):
            return None
        formula = ""
        if self.formulas is not None:
            other = self.formulas.cell(cell.row, cell.column)
            formula = str(getattr(other.value, "text", other.value)) if other.data_type == "f" else ""
        return Raw(cell.row, cell.column, cell.value, cell.data_type, cell.number_format or "", formula)

    def at(self, row: int, column: int) -> Raw | None:
        """What stands in a cell; None where nothing does."""
        return self.rows.get(row, {}).get(column)

    def where(self, row: int, column: int) -> str:
        """lembar Daerah, sel B7."""
        return f"lembar {self.title}, sel {get_column_letter(column)}{row}"

    def merged(self) -> list[tuple[int, int, int, int]]:
        """Merged cells: first row, last row, first column, last column."""
        return [(m.min_row, m.max_row, m.min_col, m.max_col) for m in self.values.merged_cells.ranges]


def headings(sheet: Sheet, known: Mapping[str, Column], least: int) -> tuple[int, Header] | None:
    """The row of headings: the one with the most known words, the first of equals; None with fewer than `least`."""
    best: tuple[int, Header] | None = None
    for row in sorted(sheet.rows)[:_HEADINGS_WITHIN]:
        found = match(known, [(c, raw.value) for c, raw in sorted(sheet.rows[row].items()) if raw.value is not None])
        if len(found.columns) >= least and (best is None or len(found.columns) > len(best[1].columns)):
            best = (row, found)
    return best


def tell_headings(sheet: Sheet, row: int, header: Header, out: Gathered) -> None:
    """Say what is wrong with the headings and what is not read."""
    for column, first, second in header.twice:
        one, two = (f"{get_column_letter(c)}{row}" for c in (first, second))
        text = f"Judul kolom “{column.label}” ada dua kali, di {one} dan {two}; yang dibaca {one}. Hapus salah satunya."
        out.trouble(sheet.where(row, second), text)
    for place, text in header.unknown:
        cell = f"{get_column_letter(place)}{row}"
        out.remarks.append(f"Lembar {sheet.title}: kolom “{text[:60]}” (sel {cell}) tidak dikenal dan tidak dibaca.")


def take(sheet: Sheet, raw: Raw, column: Column, place: Place, unit: Field | None, out: Gathered) -> Any:
    """A cell's value for the tables; its place, problem and remark are noted."""
    found = told(raw, column, unit)
    out.places[place] = sheet.where(raw.row, raw.column)
    if found.problem:
        out.problem(place, found.problem)
    if found.remark and unit is not None and unit.unit == "people":
        out.problem(place, found.remark[:1].upper() + found.remark[1:])
    elif found.remark:
        where = sheet.where(raw.row, raw.column)
        out.remarks.append(f"{where[:1].upper()}{where[1:]}: {found.remark}")
    return found.value


# ---- tables of many rows


def read_table(sheet: Sheet, table: Table, out: Gathered) -> None:
    """The rows of a table's sheet."""
    out.found.add(table.key)
    found = headings(sheet, labels(table.columns), 2)
    out.places[(table.key, -1, "", "")] = f"lembar {sheet.title}"
    if found is None:
        out.absent.add((table.key, ""))
        if any(c.required for c in table.columns):
            first = fmt.listing([f"“{c.heading}”" for c in table.columns if c.required][:3])
            out.trouble(
                f"lembar {sheet.title}",
                f"Baris judul kolom tidak ditemukan. Harus ada satu baris dengan judul {first}, seperti di templat.",
            )
        return
    top, header = found
    tell_headings(sheet, top, header, out)
    for column in header.missing(table):
        text = f"Kolom “{column.heading}” tidak ada, padahal wajib. Tambahkan judulnya di baris {top}, lalu isi."
        out.trouble(f"lembar {sheet.title}", text)
        out.absent.add((table.key, column.key))
    rows: list[Row] = []
    for number in _data_rows(sheet, table, top, header, out):
        row = _read_row(sheet, table, number, header, len(rows), out)
        if row is not None:
            rows.append(row)
    out.tables[table.key] = tuple(rows)
    _tell_merged(sheet, table, top, header, out)


def _data_rows(sheet: Sheet, table: Table, top: int, header: Header, out: Gathered) -> Iterator[int]:
    """Rows below the headings with something in a known column; help, sums and notes below the table are told."""
    last = top
    loose: list[str] = []
    for number in sorted(r for r in sheet.rows if r > top):
        cells = {c: raw for c, raw in sheet.rows[number].items() if c in header.columns}
        stray = [raw for c, raw in sheet.rows[number].items() if c not in header.columns and not _titled(header, c)]
        loose += [raw.name for raw in stray]
        if not cells or (number == top + 1 and _is_help(sheet.rows[number])):
            continue
        first = min(cells)
        lone = len(cells) == 1 and isinstance(cells[first].value, str)
        word = bare(cells[first].value)
        if word in _SUMS and not _own_row(table, header, cells):
            out.remarks.append(f"Lembar {sheet.title}, baris {number}: baris jumlah tidak dibaca.")
        elif lone and number > last + 1 and (word.startswith(_NOTE_STARTS) or len(word) > _LONG):
            out.remarks.append(f"Lembar {sheet.title}, sel {cells[first].name}: catatan di luar tabel tidak dibaca.")
        else:
            last = number
            yield number
    if loose:
        cells = ", ".join(loose[:5]) + (" dan lainnya" if len(loose) > 5 else "")
        out.remarks.append(f"Lembar {sheet.title}: tulisan di luar tabel tidak dibaca (sel {cells}).")


def _own_row(table: Table, header: Header, cells: Mapping[int, Raw]) -> bool:
    """Whether a row that is called Total is one of the table's own: it has a code, or names a group."""
    if table.key not in ("segments", "budgets", "sponsors", "paid_before"):
        return True
    telling = "segment" if table.key == "paid_before" else "id"
    return any(header.columns[c].key == telling for c in cells)


def _titled(header: Header, column: int) -> bool:
    """Whether a column that is not read was told of by its heading."""
    return any(column == place for place, _ in header.unknown) or any(column == two for _, _, two in header.twice)


def _is_help(cells: Mapping[int, Raw]) -> bool:
    """The line of short help under the headings."""
    return all(bare(raw.value).startswith(HELP_STARTS) for raw in cells.values())


def _read_row(sheet: Sheet, table: Table, number: int, header: Header, index: int, out: Gathered) -> Row | None:
    """One row; None for an example that nobody changed."""
    mine = Gathered()
    mine.places[(table.key, index, "", "")] = f"lembar {sheet.title}, baris {number}"
    cells: dict[str, Any] = {}
    path = next((sheet.at(number, c) for c, column in header.columns.items() if column.key == "path"), None)
    how = next((sheet.at(number, c) for c, column in header.columns.items() if column.key == "how"), None)
    for place, column in header.columns.items():
        raw = sheet.at(number, place)
        mine.places[(table.key, index, column.key, "")] = sheet.where(number, place)
        if raw is None:
            continue
        unit = column.field
        if column.kind == "setting":
            factor = how is not None and bare(how.value) in ("scale", "dikalikan")
            unit = None if factor else field_of_path(path.value if path else "")
        cells[column.key] = take(sheet, raw, column, (table.key, index, column.key, ""), unit, mine)
    if not cells:
        return None
    if examples.is_example(table.key, cells):
        out.example_sheets.append(sheet.title)
        out.examples |= {(table.key, bare(cells[key])) for key in ("id", "name") if key in cells}
        return None
    out.places |= mine.places
    out.problems += mine.problems
    out.remarks += mine.remarks
    return Row({c.key: cells[c.key] for c in table.columns if c.key in cells})


def _tell_merged(sheet: Sheet, table: Table, top: int, header: Header, out: Gathered) -> None:
    """Merged cells within the table: only the first of them holds a value."""
    indexed = {out.places.get((table.key, i, "", "")): i for i in range(len(out.tables[table.key]))}
    for row, last_row, column, last_column in sheet.merged():
        inside = [c for c in range(column, last_column + 1) if c in header.columns]
        if last_row <= top or not inside or (row == last_row and len(inside) < 2):
            continue
        index = indexed.get(f"lembar {sheet.title}, baris {row}")
        if index is None:
            continue
        key = header.columns[inside[0]].key
        area = f"{get_column_letter(column)}{row}:{get_column_letter(last_column)}{last_row}"
        text = f"Sel {area} digabung, sehingga hanya sel pertamanya yang berisi. Pisahkan (Unmerge), lalu isi tiap sel."
        out.problem((table.key, index, key, ""), text)


# ---- forms


def read_form(sheet: Sheet, table: Table, out: Gathered) -> None:
    """The one row of a form, whose fields stand below each other."""
    out.found.add(table.key)
    out.places[(table.key, -1, "", "")] = out.places[(table.key, 0, "", "")] = f"lembar {sheet.title}"
    label, value = Column("label", FORM_LABEL), Column("value", FORM_VALUE)
    found = headings(sheet, labels((label, value)) | DETAIL_LABELS, 2)
    names = {column.key: place for place, column in found[1].columns.items()} if found else {}
    if not {"label", "value"} <= set(names):
        out.absent.add((table.key, ""))
        out.trouble(
            f"lembar {sheet.title}",
            f"Baris judul “{FORM_LABEL}” dan “{FORM_VALUE}” tidak ditemukan. Pakai susunan seperti di templat.",
        )
        return
    top, header = found
    known = labels(table.columns)
    fields = match(
        known, [(r, c[names["label"]].value) for r, c in sheet.rows.items() if r > top and names["label"] in c]
    )
    row = Row()
    for number, column in sorted(fields.columns.items()):
        row = _read_field(sheet, table, column, number, header, names["value"], row, out)
    out.tables[table.key] = (row,)
    _tell_form(sheet, table, fields, names["value"], out)


def _read_field(
    sheet: Sheet, table: Table, column: Column, number: int, header: Header, value: int, row: Row, out: Gathered
) -> Row:
    """One line of a form: the value and what stands beside it."""
    place = (table.key, 0, column.key, "")
    out.places[place] = sheet.where(number, value)
    if raw := sheet.at(number, value):
        row = row.with_cell(column.key, take(sheet, raw, column, place, column.field, out))
    if column.kind != "number":
        return row
    for at, part in header.columns.items():
        if part.key not in DETAILS:
            continue
        beside = (table.key, 0, column.key, part.key)
        out.places[beside] = sheet.where(number, at)
        if raw := sheet.at(number, at):
            found = take(sheet, raw, part, beside, column.field if part.kind == "end" else None, out)
            row = row.with_detail(column.key, part.key, found)
    return row


def _tell_form(sheet: Sheet, table: Table, fields: Header, value: int, out: Gathered) -> None:
    """What is missing or twice in a form, lines that are not known, merged values."""
    for column, first, second in fields.twice:
        text = f"Isian “{column.label}” ada dua kali, di baris {first} dan {second}. Hapus salah satunya."
        out.trouble(f"lembar {sheet.title}, baris {second}", text)
    for column in fields.missing(table):
        text = f"Baris isian “{column.label}” tidak ada. Tambahkan seperti di templat."
        out.trouble(f"lembar {sheet.title}", text)
        out.absent.add((table.key, column.key))
    for number, text in fields.unknown:
        if sheet.at(number, value):
            out.remarks.append(
                f"Lembar {sheet.title}, baris {number}: isian “{text[:60]}” tidak dikenal dan tidak dibaca."
            )
    for row, last_row, column, last_column in sheet.merged():
        if row < last_row and column <= value <= last_column and row in fields.columns:
            place = (table.key, 0, fields.columns[row].key, "")
            area = f"{get_column_letter(column)}{row}:{get_column_letter(last_column)}{last_row}"
            out.problem(place, f"Sel {area} digabung, sehingga hanya sel pertamanya yang berisi. Pisahkan (Unmerge).")
