"""The workbook of formulas as it is read and printed: names, remarks at cells that a scenario overrides, paper."""

import io
from dataclasses import replace

import openpyxl
from model_workbooks import odd_order, shipped
from recalculated import values
from workbook_changes import open_cells
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.brief import Order, Setting
from reports.workbook import build
from simulator.region import plain_data
from simulator.tables.assemble import check
from simulator.workbook.upload import read_upload

LINK = "https://contoh.id/?d=" + "x" * 7000


def texts(sheet):
    """All that stands on a sheet."""
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def test_runs_are_called_as_the_reader_calls_them_and_the_scenario_behind_is_told_once():
    region = shipped("palopo")
    names = {s.id: s.name for s in region.scenarios}
    main, other = Setting("Usulan Sekda", "rentan_apbd"), Setting(names["apbdes"], "apbdes")
    book = values(build(Order(region, main, (other,))))
    for title in ("Ringkasan", "Periksa", "Tahunan", "Terpakai"):
        found = texts(book[title])
        assert "Usulan Sekda" in found and names["apbdes"] in found, title
        assert names["rentan_apbd"] not in found, title
    behind = [t for t in texts(book["Ringkasan"]) if names["rentan_apbd"] in t]
    assert behind == [f"Nama di Setelan skenario: Usulan Sekda = {names['rentan_apbd']}"]


def test_a_cell_that_the_main_scenario_overrides_says_where_it_is_changed():
    order = odd_order()
    made, cells = open_cells(order)
    content = build(order)
    book = openpyxl.load_workbook(io.BytesIO(content))
    remarks = {(s.title, c.coordinate): c.comment.text for s in book for row in s.iter_rows() for c in row if c.comment}
    wanted = {}
    for path in ("apbd.annual_budget", "apbd.by_year.2028.annual_budget", "asn.participation", "assumptions.overlap"):
        group = "" if path.startswith("assumptions") else "funders."
        found = [made.assembled.places.get(group + path), made.main.paths[path]]
        if found[0] is not None:
            data, setting = ((cells[p][0], xl_rowcol_to_cell(*cells[p][1:])) for p in found)
            wanted[data] = f"{setting[0]}!{setting[1]}"
    assert len(wanted) >= 3
    for place, address in wanted.items():
        assert f"“Usulan kami” memakai {address}, bukan sel ini" in remarks[place]
    assert not any(book[sheet][cell].protection.locked for sheet, cell in remarks)
    back = check(read_upload(content, "x.xlsx").tables)
    assert back.problems == () and plain_data(back.region)["funders"] == plain_data(order.region)["funders"]


def test_todays_policy_has_no_remarks():
    book = openpyxl.load_workbook(io.BytesIO(build(Order(shipped("palopo"), Setting("Kondisi berjalan")))))
    assert not [c for s in book for row in s.iter_rows() for c in row if c.comment]


def test_a_long_link_stays_in_its_cell_and_does_not_widen_the_paper():
    book = openpyxl.load_workbook(io.BytesIO(build(replace(odd_order(), link=LINK))))
    sheet = book["Ringkasan"]
    cell = next(c for row in sheet.iter_rows() for c in row if LINK in str(c.value))
    assert cell.alignment.wrap_text and sheet.row_dimensions[cell.row].height <= 60
    across = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
    assert sheet.print_area.endswith(f"${cell.row}") and across.size["columns"] >= 8
    assert sheet.page_setup.scale >= 60


def test_months_print_their_results_alone():
    book = openpyxl.load_workbook(io.BytesIO(build(odd_order())))
    for sheet in (s for s in book if s.title.startswith("Bulanan")):
        left, right = sheet.print_area.rpartition("!")[2].replace("$", "").split(":")
        heads = [c.value for c in sheet[5]]
        first, last = sheet[left].column, sheet[right].column
        assert heads[first - 1] == "Penyebut" and heads[last - 1] == "Iuran semua sumber"
        assert sheet.print_title_cols == "$A:$A"
    assert any("untuk dicetak: Ringkasan, RKA, dan Tahunan" in t for t in texts(book["Petunjuk"]))
