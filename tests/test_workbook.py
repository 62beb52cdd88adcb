"""Workbooks out and in: nothing changes on the way, and what people move about does no harm."""

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import samples
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import FILES, cell, edited, region_data, same, saved, told, without_validation, written

from simulator.region import plain_data
from simulator.registry import FIELDS
from simulator.tables.assemble import check
from simulator.tables.layout import DETAILS, TABLE, TABLES
from simulator.tables.rows import Row, empty
from simulator.tables.split import split
from simulator.workbook.headings import DETAILS_TITLE, GUIDE_TITLE, LISTS_TITLE
from simulator.workbook.instructions import cell_help, short_help
from simulator.workbook.read import read
from simulator.workbook.styles import Exact, TooLong, number_format
from simulator.workbook.write import add_sheets, template, write

EVERY_REGION = pytest.mark.parametrize("name", [file.stem for file in FILES])


@EVERY_REGION
def test_a_region_comes_back_from_its_workbook_to_the_digit(name):
    reading = same(written(name), region_data(name))
    assert reading.remarks == ()


@EVERY_REGION
def test_rows_and_settings_come_back_in_their_order(name):
    tables = split(region_data(name))
    back = check(read(written(name), "x.xlsx").tables).tables
    for table in TABLES:
        for column in [c for c in table.columns if c.kind in ("id", "path", "scenario", "order", "ids")]:
            before, after = ([row.cells.get(column.key) for row in rows[table.key]] for rows in (tables, back))
            assert before == after, (table.key, column.key)


@pytest.mark.parametrize("name", ["ponorogo"])
def test_another_program_that_saves_it_again_changes_nothing(name):
    same(edited(written(name), lambda book: None), region_data(name))
    same(without_validation(written(name)), region_data(name))


def test_libreoffice_saves_it_again_and_changes_nothing(tmp_path):
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    for file in FILES:
        (tmp_path / f"{file.stem}.xlsx").write_bytes(written(file.stem))
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "again"), *map(str, tmp_path.glob("*.xlsx"))]
    for _ in range(2):  # the first start may only make the profile
        subprocess.run(command, capture_output=True, timeout=300)
    for file in FILES:
        same((tmp_path / "again" / f"{file.stem}.xlsx").read_bytes(), region_data(file.stem))


# ---- the digits


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
@settings(max_examples=30)
def test_every_number_comes_back_to_the_digit(numbers):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, number in enumerate(numbers):
        sheet.write_number(row, 0, Exact(number))
    book.close()
    back = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).active
    assert [back.cell(row + 1, 1).value for row in range(len(numbers))] == numbers


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("segment.workers", 12951, "[$-421]#,##0"),
        ("segment.workers", 12951.5, "[$-421]#,##0.0"),
        ("funder.participation", 0.1578, "[$-421]0.00%"),
        ("funder.participation", 0.123456, "[$-421]0.0000%"),
        ("funder.participation", None, "[$-421]0.00%"),
        ("funder.annual_budget", 302400000, '[$-421]"Rp" #,##0'),
        ("target.year", 2029, "0"),
    ],
)
def test_a_number_shows_all_its_decimals(field, value, shown):
    assert number_format(FIELDS[field], value) == shown


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).map(str.strip).filter(bool)


@given(
    st.lists(
        _TEXT | st.sampled_from(["=1+1", "+62", "-", "@x", "'q", "{=A1}", "https://x.id", "007", "1-2"]), max_size=8
    )
)
@settings(max_examples=12, deadline=None)
def test_any_text_comes_back_as_text(texts):
    rows = tuple(Row({"id": f"s{i}", "title": text, "note": text}) for i, text in enumerate(texts))
    back = read(write({**empty(), "references": rows}), "x.xlsx")
    assert [dict(row.cells) for row in back.tables["references"]] == [dict(row.cells) for row in rows]
    assert back.problems == tuple(p for p in back.problems if p.table != "references")


def test_what_could_not_be_read_is_written_as_it_was_typed():
    rows = (Row({"name": "Nelayan", "workers": "12.95", "covered": "kira-kira 300", "membership": "swasta"}),)
    back = read(write({**empty(), "segments": rows}), "x.xlsx").tables["segments"][0].cells
    assert {k: back[k] for k in rows[0].cells} == dict(rows[0].cells)


def test_a_text_that_no_cell_holds_is_refused_not_cut():
    with pytest.raises(TooLong, match="32767"):
        write({**empty(), "references": (Row({"id": "a", "title": "x" * 32_768}),)})


# ---- how it is built


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_there_is_a_sheet_for_every_table_and_the_first_says_how_to_fill_in():
    names = opened(written("ponorogo")).sheetnames
    assert names == [GUIDE_TITLE, *(t.title for t in TABLES), DETAILS_TITLE, LISTS_TITLE]
    assert all(len(name) <= 31 for name in names)


def test_the_guide_says_that_blank_is_not_zero_and_macros_are_not_run():
    text = " ".join(str(c.value) for row in opened(template())[GUIDE_TITLE].iter_rows() for c in row if c.value)
    for part in ("Kosong bukan nol", "Makro tidak dijalankan", "15,78%", "12951", "wajib diisi", "boleh kosong"):
        assert part in text
    assert all(table.about in text for table in TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_column_has_its_heading_help_and_hint(table):
    sheet = opened(template())[table.title]
    cells = {str(c.value).removesuffix(" *") for row in sheet.iter_rows() for c in row if c.value is not None}
    for column in table.columns:
        assert (column.label if table.form else column.heading) in cells
        title, message = cell_help(column)
        assert 0 < len(title) <= 32 and 0 < len(message) <= 255
        assert short_help(column).startswith("Wajib" if column.required else "Boleh kosong")
    if table.form:
        assert {d.label for d in DETAILS.values()} | {"Isian", "Nilai", "Satuan"} <= cells


def test_sheets_are_set_up_for_paper_and_stay_in_sight():
    book = opened(written("ponorogo"))
    for table in TABLES:
        sheet = book[table.title]
        assert sheet.freeze_panes == "C5"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$4:$4" and sheet.page_setup.fitToHeight == 0


def test_closed_choices_have_a_drop_down_that_refuses_others_and_names_only_offer():
    book = opened(written("ponorogo"))
    rules = {
        (sheet, area.coord.split(":")[0]): rule
        for sheet in ("Kelompok pekerja", "Sudah dibayari")
        for rule in book[sheet].data_validations.dataValidation
        for area in rule.sqref.ranges
    }
    payers = rules[("Kelompok pekerja", cell(book, "segments", "membership").coordinate)]
    assert (payers.type, payers.showErrorMessage) == ("list", True)
    funders = rules[("Sudah dibayari", cell(book, "paid_before", "funder").coordinate)]
    assert (funders.type, funders.showErrorMessage) == ("list", False)
    workers = rules[("Sudah dibayari", cell(book, "paid_before", "workers").coordinate)]
    assert workers.type in (None, "none") and workers.showInputMessage
    lists = openpyxl.load_workbook(io.BytesIO(written("ponorogo")), data_only=True)[LISTS_TITLE]
    offered = lists[funders.formula1.split("!")[1]]
    assert [c[0].value for c in offered][0] == region_data("ponorogo")["funders"][0]["id"]


def test_no_text_becomes_a_formula():
    tables = {**empty(), "references": (Row({"id": "a", "title": "=HYPERLINK(1)", "note": "+1"}),)}
    sheet = opened(write(tables))["Daftar sumber"]
    kinds = {str(c.value): c.data_type for row in sheet.iter_rows() for c in row if c.value is not None}
    assert kinds["=HYPERLINK(1)"] == kinds["+1"] == "s"


def test_the_same_sheets_can_stand_in_a_larger_workbook_whose_formulas_name_their_cells():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    results = book.add_worksheet("Hasil")
    where = add_sheets(book, split(region_data("palopo")))
    address = where.address(("segments", 0, "workers", ""))
    results.write_formula(0, 0, f"={address}", None, 1)
    book.close()
    name, at = address.replace("$", "").split("!")
    back = opened(stream.getvalue())
    assert back[name.strip("'")][at].value == split(region_data("palopo"))["segments"][0].cells["workers"]
    reading = same(stream.getvalue(), region_data("palopo"))
    assert reading.remarks == ("Lembar Hasil tidak dikenal dan tidak dibaca.",)


def test_the_app_starts_without_the_readers_and_writers_of_workbooks():
    code = (
        "import simulator.tables.assemble, simulator.tables.split, sys; print(*{n.split('.')[0] for n in sys.modules})"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True, timeout=120
    )
    assert not set(done.stdout.split()) & {"openpyxl", "xlsxwriter", "defusedxml"}


# ---- the template


def test_the_template_holds_an_example_in_every_table_and_none_of_them_is_read():
    reading, lines = told(template())
    assert reading.problems == () and len(reading.remarks) == 1
    assert reading.remarks[0].startswith("Baris contoh yang tidak diubah tidak dibaca")
    for table in TABLES:
        assert table.form or (reading.tables[table.key] == () and table.title in reading.remarks[0])
    assert lines and all(line.endswith("belum diisi; kosong bukan nol.") for line in lines)
    missing = {c.label for c in TABLE["region"].columns if c.required}
    assert {line.split(": ")[1].removesuffix(" belum diisi; kosong bukan nol.") for line in lines} == missing


def test_an_example_that_was_overwritten_is_read():
    def change(book):
        cell(book, "segments", "name").value = "Nelayan Rembang"

    reading, _ = told(edited(template(), change))
    assert [row.cells["name"] for row in reading.tables["segments"]] == ["Nelayan Rembang"]


def test_the_workbook_holds_no_date_of_its_making_in_a_table():
    """Writing the same tables twice gives the same sheets."""
    once, twice = (write(split(region_data("palopo")), "x") for _ in range(2))
    parts = [zipfile.ZipFile(io.BytesIO(content)) for content in (once, twice)]
    names = [n for n in parts[0].namelist() if n.startswith("xl/")]
    assert [parts[0].read(n) for n in names] == [parts[1].read(n) for n in names]
    assert saved(opened(once))


def test_rows_called_total_come_back_where_they_are_the_tables_own():
    data = samples.data()
    data["segments"][2] |= {"id": "total", "name": "Total"}
    data["funders"][0] = {**data["funders"][0], "id": "jumlah", "name": "Jumlah", "segments": ["total"]}
    data["funders"][0]["paid_before"] = {"total": 100}
    data["funders"][1]["segments"] = ["total", "other"]
    data["scenarios"][0]["set"] = {}
    before = check(split(data))
    assert before.problems == ()
    after = check(read(write(before.tables, "x"), "x.xlsx").tables)
    assert plain_data(after.region) == plain_data(before.region)
