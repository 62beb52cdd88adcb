"""An uploaded workbook as tables. Nothing typed is lost, nothing is guessed, nothing in the file is ever run."""

import io
import warnings

from openpyxl import Workbook, load_workbook

from simulator import indonesian as fmt
from simulator.tables.layout import TABLE, TABLES
from simulator.workbook.beside import read_beside
from simulator.workbook.gate import Opened, inspect
from simulator.workbook.headings import DETAILS_TITLE, GUIDE_TITLE, LISTS_TITLE, SHEETS, bare
from simulator.workbook.reading import Gathered, Reading
from simulator.workbook.results import without_results
from simulator.workbook.sheets import MOST_ROWS, Sheet, read_form, read_table

MOST_SHEETS = 60
_NEEDED = ("region", "segments")
_OWN = {bare(DETAILS_TITLE), bare(GUIDE_TITLE), bare(LISTS_TITLE)}
_AGAIN = "Buka di Excel, simpan sebagai salinan .xlsx yang baru, lalu unggah salinannya."


def read(content: bytes, name: str) -> Reading:
    """The tables in an uploaded workbook (.xlsx or .xlsm). Raises nothing: a file that cannot be used is `refused`."""
    opened = inspect(content, name)
    if opened.refused:
        return Reading(opened.refused)
    if opened.kind != "xlsx":
        return Reading("Ini berkas teks atau CSV, bukan buku kerja Excel. Unggah CSV di tempat unggah CSV.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: slicers, extensions, header pictures
            content, results = without_results(content)
            values = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(content), keep_links=False) if opened.formulas else None
    except Exception:  # noqa: BLE001  a parser of foreign files may fail in any way; the user is told one thing
        return Reading(f"Berkas Excel ini tidak dapat dibaca; susunan di dalamnya rusak. {_AGAIN}")
    return _read(values, formulas, opened, results)


def _read(values: Workbook, formulas: Workbook | None, opened: Opened, results: list[str]) -> Reading:
    if len(values.worksheets) > MOST_SHEETS:
        count = fmt.count(len(values.worksheets))
        return Reading(f"Berkas ini mempunyai {count} lembar, lebih dari {MOST_SHEETS}. Hapus lembar yang tidak perlu.")
    out = Gathered(remarks=list(opened.remarks))
    if results:
        out.remarks.append(f"Lembar hasil tidak dibaca: {fmt.listing(results)}. Yang dibaca lembar data.")
    sheets = [Sheet(w.title, w, formulas[w.title] if formulas else None) for w in values.worksheets]
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS and (bare(sheet.title) in SHEETS or bare(sheet.title) in _OWN):
            return Reading(
                f"Lembar {sheet.title} berisi {fmt.count(len(sheet.rows))} baris, lebih dari {fmt.count(MOST_ROWS)}."
                " Data satu orang per baris tidak dipakai di sini; isikan jumlahnya saja."
            )
    if not any(bare(s.title) in SHEETS for s in sheets):
        some = fmt.listing([f"“{TABLE[key].title}”" for key in _NEEDED])
        return Reading(f"Tidak ada lembar yang dikenal, misalnya {some}. Unduh templat Excel, isi, lalu unggah.")
    _sheets(sheets, out)
    return out.done()


def _sheets(sheets: list[Sheet], out: Gathered) -> None:
    """Every known sheet; the ranges last, for they belong to rows of the others."""
    beside = []
    for sheet in sheets:
        table, hidden = SHEETS.get(bare(sheet.title)), sheet.values.sheet_state != "visible"
        if bare(sheet.title) == bare(DETAILS_TITLE):
            beside.append(sheet)
        elif table is None:
            if bare(sheet.title) not in _OWN and sheet.rows:
                what = "lembar tersembunyi" if hidden else "lembar"
                out.remarks.append(f"{what.capitalize()} {sheet.title} tidak dikenal dan tidak dibaca.")
            continue
        elif table.key in out.found:
            text = f"Ada dua lembar bernama {table.title}; yang dibaca yang pertama. Hapus salah satunya."
            out.trouble(f"lembar “{sheet.title}”", text)
            continue
        elif table.form:
            read_form(sheet, table, out)
        else:
            read_table(sheet, table, out)
        _tell_hidden(sheet, hidden, out)
    _tell_missing(out)
    for sheet in beside:
        read_beside(sheet, out)


def _tell_hidden(sheet: Sheet, hidden: bool, out: Gathered) -> None:
    """Hidden sheets, rows and columns are read, and that is said."""
    if hidden:
        out.remarks.append(f"Lembar {sheet.title} tersembunyi tetapi tetap dibaca.")
    rows = [n for n, d in sheet.values.row_dimensions.items() if d.hidden and n in sheet.rows]
    if rows:
        shown = ", ".join(map(str, rows[:8])) + (" dan lainnya" if len(rows) > 8 else "")
        out.remarks.append(f"Lembar {sheet.title}: baris tersembunyi tetap dibaca (baris {shown}).")
    filled = {column for cells in sheet.rows.values() for column in cells}
    columns = [k for k, d in sheet.values.column_dimensions.items() if d.hidden and _filled(d, filled)]
    if columns:
        out.remarks.append(f"Lembar {sheet.title}: kolom tersembunyi tetap dibaca (kolom {', '.join(columns[:8])}).")


def _filled(dimension, filled: set[int]) -> bool:
    first, last = dimension.min or 0, dimension.max or 0
    return any(first <= column <= last for column in filled)


def _tell_missing(out: Gathered) -> None:
    """Sheets without which there is no region."""
    for table in TABLES:
        if table.key in _NEEDED and table.key not in out.found:
            out.trouble("berkas ini", f"Lembar “{table.title}” tidak ada, padahal wajib. Salin dari templat.")
            out.absent.add((table.key, ""))
    if not {"budgets", "sponsors"} & out.found:
        one, two = TABLE["budgets"].title, TABLE["sponsors"].title
        text = f"Lembar “{one}” dan “{two}” tidak ada; paling tidak satu wajib. Salin dari templat."
        out.trouble("berkas ini", text)
