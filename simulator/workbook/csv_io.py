"""One table as CSV, out and in: groups of workers, funders with a budget, sponsors.

Written as Excel on Indonesian computers reads it: semicolons, decimal commas, UTF-8 with its mark. Ranges and sources
of single numbers have no place in a CSV; the workbook has.
"""

import csv
import io
import math
import re
from typing import Any

from simulator import indonesian as fmt
from simulator.tables.cells import SEPARATOR, show_cell
from simulator.tables.layout import TABLE, Column, Table
from simulator.tables.names import with_codes
from simulator.tables.numbers import number_text
from simulator.tables.rows import Row, Tables
from simulator.workbook.gate import inspect
from simulator.workbook.headings import HELP_STARTS, Header, bare, labels, match
from simulator.workbook.reading import Gathered, Reading

CSV_TABLES = ("segments", "budgets", "sponsors")
MOST_ROWS = 5000
_HEADINGS_WITHIN = 30
_PARTINGS = {";": "titik koma", ",": "koma", "\t": "tab"}
_DANGER = re.compile(r"'*[=+\-@\t\r]")  # how a cell begins that a spreadsheet could take for a formula
_NUMBER = re.compile(r"-?[0-9.,]+%?\Z")


# ---- out


def write_csv(key: str, tables: Tables) -> bytes:
    """One of CSV_TABLES as CSV. Raises KeyError for another table."""
    if key not in CSV_TABLES:
        raise KeyError(key)
    table, stream = TABLE[key], io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    for row in with_codes(tables)[key]:
        writer.writerow([_safe(_shown(column, row.cells.get(column.key))) for column in table.columns])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def _shown(column: Column, value: Any) -> str:
    """A cell in words that read back; codes stay codes, for a CSV has no other table to find a name in."""
    known = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if column.kind == "number" and known:
        return number_text(value, column.field).replace("−", "-")
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(str(v) for v in value)
    return show_cell(column, value)


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before it; numbers need none."""
    return f"'{text}" if _DANGER.match(text) and not _NUMBER.match(text) else text


# ---- in


def read_csv(content: bytes, name: str) -> Reading:
    """The one table that a CSV holds, told by its headings. Raises nothing: what cannot be used is `refused`."""
    opened = inspect(content, name)
    if opened.refused or opened.kind != "csv":
        return Reading(opened.refused or "Ini buku kerja Excel, bukan CSV. Unggah di tempat unggah Excel.")
    text, remark = _decoded(content)
    best = None
    for parting in _PARTINGS:
        lines = _lines(text, parting)
        if isinstance(lines, list) and (found := _headings(lines)) and (best is None or found[0] > best[0]):
            best = (*found, parting, lines)
    if best is None:
        return Reading(_foreign(text))
    (_, lawful), table, at, header, parting, lines = best
    if not lawful:
        missing = "; ".join(f"“{c.heading}”" for c in header.missing(table))
        return Reading(
            f"CSV ini mirip tabel {table.title}, tetapi kolom wajibnya kurang: {missing}. Unduh contoh CSV, lalu isi."
        )
    if len(lines) > MOST_ROWS:
        return Reading(
            f"CSV ini berisi lebih dari {fmt.count(MOST_ROWS)} baris. Isikan jumlah tiap kelompok, bukan satu orang"
            " per baris."
        )
    out = Gathered(remarks=[remark] if remark else [])
    _read(table, at, header, lines, parting, out)
    return out.done()


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and what is said of its encoding."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        remark = "Berkas bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf beraksen dan tanda kutip."
        return content.decode("cp1252", "replace"), remark


def _lines(text: str, parting: str) -> list[tuple[int, list[str]]] | str:
    """(line number from 1, cells) of every line that is not blank; a text where the quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parting, strict=True)
    found, start = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        return f"baris {start}"
    return found


def _headings(lines: list[tuple[int, list[str]]]) -> tuple[tuple[int, bool], Table, int, Header] | None:
    """((columns known, whether all required are), table, line of headings, header) of the table that fits best."""
    best = None
    for key in CSV_TABLES:
        table = TABLE[key]
        known = labels(table.columns)
        for at, (_, cells) in enumerate(lines[:_HEADINGS_WITHIN]):
            header = match(known, [(i, cell) for i, cell in enumerate(cells) if cell.strip()])
            rank = (len(header.columns), not header.missing(table))
            if rank[0] >= 2 and (best is None or (rank[1], rank[0]) > (best[0][1], best[0][0])):
                best = (rank, table, at, header)
    return best


def _foreign(text: str) -> str:
    """Why a text is no table of ours."""
    broken = [said for parting in _PARTINGS if isinstance(said := _lines(text, parting), str)]
    if len(broken) == len(_PARTINGS):
        return f"CSV ini rusak: tanda kutip yang dibuka mulai {broken[0]} tidak ditutup. Simpan lagi dari Excel."
    needed = "; ".join(
        f"{TABLE[key].title} ({', '.join(c.label for c in TABLE[key].columns if c.required)})" for key in CSV_TABLES
    )
    return f"Judul kolom CSV ini tidak dikenal. Yang dapat diunggah, dengan kolom wajibnya: {needed}."


def _read(
    table: Table, at: int, header: Header, lines: list[tuple[int, list[str]]], parting: str, out: Gathered
) -> None:
    out.found.add(table.key)
    top = lines[at][0]
    for column, first, second in header.twice:
        both = f"kolom ke-{first + 1} dan ke-{second + 1}"
        text = f"Judul “{column.label}” ada dua kali, di {both}; yang dibaca yang pertama. Hapus salah satunya."
        out.trouble(f"baris {top}", text)
    for place, text in header.unknown:
        out.remarks.append(f"Kolom “{text[:60]}” (kolom ke-{place + 1}) tidak dikenal dan tidak dibaca.")
    rows: list[Row] = []
    width = len(lines[at][1])
    for number, cells in lines[at + 1 :]:
        filled = [cell for cell in cells if cell.strip()]
        if number == top + 1 and all(bare(cell).startswith(HELP_STARTS) for cell in filled):
            continue
        rows.append(_row(table, header, cells, number, len(rows), out))
        extra = [cell for cell in cells[width:] if cell.strip()]
        if extra:
            out.trouble(
                f"baris {number}",
                f"Ada {len(cells)} isian, padahal judulnya {width}. Periksa tanda {_PARTINGS[parting]} di dalam angka"
                " atau nama: apit isiannya dengan tanda kutip ganda.",
            )
    out.tables[table.key] = tuple(rows)


def _row(table: Table, header: Header, cells: list[str], number: int, index: int, out: Gathered) -> Row:
    out.places[(table.key, index, "", "")] = f"baris {number}"
    found: dict[str, Any] = {}
    for place, column in header.columns.items():
        out.places[(table.key, index, column.key, "")] = f"baris {number}, kolom {column.label}"
        text = cells[place].strip() if place < len(cells) else ""
        if text.startswith("'") and _DANGER.match(text[1:]):
            text = text[1:]
        if text:
            found[column.key] = re.sub(r"\r\n?", "\n", text)
    return Row({c.key: found[c.key] for c in table.columns if c.key in found})
