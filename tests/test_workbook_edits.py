"""What people do to a workbook before they upload it: moved, renamed, hidden, annotated."""

import datetime

from workbooks import cell, edited, form, heading, region_data, repacked, same, told, written

from simulator.region import plain_data
from simulator.tables.assemble import check
from simulator.tables.rows import Row, empty
from simulator.workbook.headings import DETAILS_TITLE
from simulator.workbook.read import read
from simulator.workbook.write import write


def test_rows_inserted_above_and_columns_and_sheets_moved_do_no_harm():
    def change(book):
        sheet = book["Kelompok pekerja"]
        for row in sheet.iter_rows(min_row=4):
            values = [c.value for c in row]
            formats = [c.number_format for c in row]
            for c, value, shown in zip(row, values[::-1], formats[::-1], strict=True):
                c.value, c.number_format = value, shown
        book["Sumber anggaran"].insert_rows(1, 3)
        book["Daerah"].insert_rows(1, 2)
        book.move_sheet("Daerah", 5)

    same(edited(written("ponorogo"), change), region_data("ponorogo"))


def test_a_group_or_funder_may_be_renamed_without_losing_what_hangs_on_it():
    def change(book):
        cell(book, "segments", "name").value = "Nama baru"
        cell(book, "budgets", "name").value = "Sumber baru"

    region = check(read(edited(written("ponorogo"), change), "x.xlsx").tables).region
    data = plain_data(region)
    data["segments"][0]["name"] = region_data("ponorogo")["segments"][0]["name"]
    data["funders"][0]["name"] = region_data("ponorogo")["funders"][0]["name"]
    assert data == region_data("ponorogo")


def test_new_rows_without_codes_are_known_by_their_names():
    def change(book):
        last = len(region_data("ponorogo")["segments"])
        for column, value in (("name", "Nelayan"), ("workers", 100), ("covered", 10), ("membership", "bpu")):
            cell(book, "segments", column, last).value = value
        pays = cell(book, "budgets", "segments")
        pays.value = f"{pays.value}; Nelayan"
        sheet = book[DETAILS_TITLE]
        line = next(r for r in range(6, 200) if sheet.cell(r, 1).value is None)
        for at, value in enumerate(("Kelompok pekerja", "nelayan", "jumlah pekerja", 90, 120), 1):
            sheet.cell(line, at).value = value

    region = check(read(edited(written("ponorogo"), change), "x.xlsx").tables).region
    assert region.segments[-1].id == "nelayan" and "nelayan" in region.funders[0].segments
    assert (region.segments[-1].workers.low, region.segments[-1].workers.high) == (90, 120)


def test_headings_and_sheet_names_are_known_in_any_case_with_any_spaces():
    def change(book):
        heading(book, "segments", "workers").value = "  JUMLAH\nPEKERJA ( orang )*"
        heading(book, "segments", "covered").value = "sudah terlindungi"
        form(book, "region", "title").parent.cell(form(book, "region", "title").row, 1).value = "NAMA  DAERAH:"
        book["Kelompok pekerja"].title = " kelompok PEKERJA "

    same(edited(written("ponorogo"), change), region_data("ponorogo"))


def test_choices_are_read_by_label_or_code_in_any_case():
    def change(book):
        cell(book, "segments", "membership").value = "Bukan  Penerima UPAH"
        cell(book, "segments", "membership", 1).value = "BPU"
        form(book, "region", "population").value = "bpjs_potential"

    tables = read(edited(written("ponorogo"), change), "x.xlsx").tables
    back = check(tables).tables
    assert [row.cells["membership"] for row in back["segments"][:2]] == ["bpu", "bpu"]
    assert back["region"][0].cells["population"] == "bpjs_potential"


def test_blank_rows_and_rows_of_spaces_are_skipped_and_a_blank_is_no_zero():
    def change(book):
        sheet = book["Kelompok pekerja"]
        sheet.insert_rows(8, 2)
        sheet.cell(8, 1).value = "   "
        cell(book, "segments", "covered").value = None

    reading, lines = told(edited(written("ponorogo"), change))
    assert len(reading.tables["segments"]) == len(region_data("ponorogo")["segments"])
    place = "Lembar Kelompok pekerja, sel D6"
    assert lines == [f"{place}: Sudah terlindungi: rentang atau sumber diisi tanpa nilainya."]
    assert "covered" not in reading.tables["segments"][0].cells


def test_the_value_of_a_formula_is_taken():
    def change(parts):
        name = next(n for n, data in parts.items() if n.startswith("xl/worksheets/") and b"<v>3750</v>" in data)
        assert parts[name].count(b"<v>3750</v>") == 1
        return {**parts, name: parts[name].replace(b"<v>3750</v>", b"<f>3000+750</f><v>3750</v>")}

    same(repacked(written("ponorogo"), change), region_data("ponorogo"))


def test_a_number_typed_as_text_is_read_the_indonesian_way():
    def change(book):
        cell(book, "budgets", "annual_budget").value = "Rp 2,6 miliar"
        form(book, "region", "growth").value = "1,25%"

    back = check(read(edited(written("ponorogo"), change), "x.xlsx").tables)
    assert back.problems == ()
    assert back.region.funders[0].annual_budget.value == 2_600_000_000
    assert back.region.coverage_base.growth.value == 0.0125


def test_a_date_that_excel_made_of_a_month_is_a_month_again():
    def change(book):
        form(book, "region", "start").value = datetime.datetime(2024, 1, 1)
        date = form(book, "region", "workers").parent.cell(form(book, "region", "workers").row, 6)
        date.value, date.number_format = datetime.datetime(2023, 12, 1), "mmm-yy"

    same(edited(written("ponorogo"), change), region_data("ponorogo"))


def test_a_macro_workbook_is_read_and_its_macros_are_left_alone():
    reading, lines = told(
        repacked(written("ponorogo"), lambda parts: {**parts, "xl/vbaProject.bin": b"\0" * 50}), "x.xlsm"
    )
    assert lines == [] and reading.remarks == ("Makro di berkas ini tidak dijalankan dan tidak dibaca.",)


def test_hidden_sheets_rows_and_columns_are_read_and_that_is_said():
    def change(book):
        book["Sudah dibayari"].sheet_state = "hidden"
        book["Kelompok pekerja"].row_dimensions[7].hidden = True
        book["Kelompok pekerja"].column_dimensions["C"].hidden = True
        book.create_sheet("Hitungan").sheet_state = "veryHidden"
        book["Hitungan"]["A1"] = 5

    reading = same(edited(written("ponorogo"), change), region_data("ponorogo"))
    assert set(reading.remarks) == {
        "Lembar Sudah dibayari tersembunyi tetapi tetap dibaca.",
        "Lembar Kelompok pekerja: baris tersembunyi tetap dibaca (baris 7).",
        "Lembar Kelompok pekerja: kolom tersembunyi tetap dibaca (kolom C).",
        "Lembar tersembunyi Hitungan tidak dikenal dan tidak dibaca.",
    }


def test_notes_sums_and_unknown_columns_are_left_out_by_name():
    def change(book):
        sheet = book["Kelompok pekerja"]
        last = 6 + len(region_data("ponorogo")["segments"])
        sheet.cell(last, 1).value, sheet.cell(last, 3).value = "JUMLAH", 123
        sheet.cell(last + 2, 1).value = "Sumber: BPS, diolah"
        sheet.cell(4, 20).value = "Nomor telepon"
        sheet.cell(6, 20).value = "0812"
        sheet.cell(7, 25).value = "cek lagi"

    reading = same(edited(written("ponorogo"), change), region_data("ponorogo"))
    last = 6 + len(region_data("ponorogo")["segments"])
    assert set(reading.remarks) == {
        f"Lembar Kelompok pekerja, baris {last}: baris jumlah tidak dibaca.",
        f"Lembar Kelompok pekerja, sel A{last + 2}: catatan di luar tabel tidak dibaca.",
        "Lembar Kelompok pekerja: kolom “Nomor telepon” (sel T4) tidak dikenal dan tidak dibaca.",
        "Lembar Kelompok pekerja: tulisan di luar tabel tidak dibaca (sel Y7).",
    }


def test_a_number_with_three_decimals_where_people_are_counted_is_asked_about():
    _, lines = told(
        edited(written("ponorogo"), lambda book: setattr(cell(book, "segments", "workers"), "value", 12.951))
    )
    assert lines[0] == (
        "Lembar Kelompok pekerja, sel C6: Terbaca 12,951; bila maksudnya 12.951, ketik 12951 tanpa titik."
    )


def test_two_groups_of_one_name_keep_their_own_ranges():
    rows = tuple(
        Row({"name": "Nelayan", "id": code, "workers": 100}, {"workers": {"low": low, "high": 200}})
        for code, low in (("a", 10), ("b", 20))
    )
    back = read(write({**empty(), "segments": rows}), "x.xlsx")
    assert [row.details["workers"]["low"] for row in back.tables["segments"]] == [10, 20]


def test_places_name_the_cell_of_a_value_and_of_what_stands_beside_it():
    reading = read(written("ponorogo"), "x.xlsx")
    assert reading.where(("region", 0, "title", "")) == "lembar Daerah, sel B5"
    assert reading.where(("region", 0, "workers", "low")) == "lembar Daerah, sel D9"
    assert reading.where(("segments", 0, "workers", "")) == "lembar Kelompok pekerja, sel C6"
    assert reading.where(("segments", 0, "workers", "status")).startswith("lembar Rentang dan sumber, sel H")
    assert reading.where(("", -1, "", "")) == ""
