"""The workbook of formulas: its stored values are the engine's, and it goes back into the simulator unharmed."""

import io
import re
import zipfile
from dataclasses import replace
from functools import lru_cache

import openpyxl
import pytest
from model_workbooks import NAMES, ODD, SHIFTS, built, odd, odd_order, orders, runs, same_results, shipped, yearly
from recalculated import values

from reports.brief import Order, Setting
from reports.workbook import build
from reports.workbook.plan import sheet_name
from simulator import parse_region, project
from simulator.region import plain_data
from simulator.tables.assemble import check
from simulator.tables.layout import TABLE, TABLES
from simulator.workbook.headings import is_model
from simulator.workbook.upload import read_upload

NEWER = re.compile(
    r"\b(OFFSET|INDIRECT|NOW|TODAY|RAND|LET|LAMBDA|FILTER|XLOOKUP|TEXTJOIN|IFS|MAXIFS|MINIFS|SORT|UNIQUE|CONCAT|SWITCH)\("
)


@lru_cache
def opened(name):
    """The workbook with its formulas, read once."""
    return openpyxl.load_workbook(io.BytesIO(built(name, SHIFTS.get(name, 0))))


@lru_cache
def shown(name):
    """The workbook with its values, read once."""
    return values(built(name, SHIFTS.get(name, 0)))


@pytest.mark.parametrize(("name", "shift"), SHIFTS.items())
def test_stored_values_of_shipped_regions_are_the_engines(name, shift):
    same_results(values(built(name, shift), once=True), runs(orders(name, shift)))


def test_stored_values_are_the_engines_where_every_rule_binds():
    same_results(shown("odd"), runs(odd_order()))


@pytest.mark.parametrize("years", [1, 20])
def test_any_length_of_simulation(years):
    region = odd(years=years)
    book = values(build(Order(region, Setting("Anggaran besar", "besar"))), once=True)
    same_results(book, [project(region), project(region, "besar")])


def test_a_region_without_funders_targets_or_scenarios():
    data = {k: v for k, v in ODD.items() if k not in ("scenarios", "targets", "apbd_total")} | {"funders": []}
    region = parse_region(data)
    book = values(build(Order(region, Setting("Kondisi berjalan"))))
    same_results(book, [project(region)], 0)


def test_today_stands_once_where_it_is_what_the_workbook_is_about():
    region = shipped("palopo")
    names = [name for name, _ in yearly(values(build(Order(region, Setting("Kondisi berjalan", "kondisi_berjalan")))))]
    assert names == ["Kondisi berjalan"]


def test_changed_facts_hold_for_todays_policy_too():
    changes = {"covered": 90_000, "apbd.months": 6}
    region = shipped("blora-2027")
    book = build(Order(region, Setting("Usulan", "rentan_apbd", changes)))
    today, main = (project(region, None, {"covered": 90_000}), project(region, "rentan_apbd", changes))
    same_results(values(book, once=True), [today, main])


# ---- back into the simulator


@pytest.mark.parametrize("name", NAMES)
def test_an_untouched_workbook_uploads_as_the_same_region(name):
    reading = read_upload(built(name, SHIFTS[name]), "x.xlsx")
    checked = check(reading.tables)
    assert (reading.refused, reading.told(checked.problems)) == ("", [])
    assert plain_data(checked.region) == plain_data(shipped(name))
    assert [r for r in reading.remarks if "Ringkasan" in r] == list(reading.remarks)


def test_own_settings_come_back_as_scenarios_that_run_alike():
    order = odd_order()
    back = check(read_upload(built("odd"), "x.xlsx").tables).region
    own = [s for s in back.scenarios if s.id not in {s.id for s in order.region.scenarios}]
    assert [s.name for s in own] == ["Usulan kami", "Tanpa ASN"]
    assert {**plain_data(back), "scenarios": plain_data(order.region)["scenarios"]} == plain_data(order.region)
    for scenario, setting in zip(own, (order.main, order.others[1]), strict=True):
        mine, theirs = project(back, scenario.id), project(order.region, setting.scenario, setting.changes)
        assert (mine.years.cost == theirs.years.cost).all() and (
            mine.years.insured_end == theirs.years.insured_end
        ).all()


def test_a_large_workbook_is_read_for_only_its_data_is_opened():
    """Twenty years have more formulas than a file may have cells."""
    data = plain_data(shipped("palopo")) | {"years": 20}
    region = parse_region(data)
    presets = [s for s in region.scenarios if s.set][:2]
    content = build(Order(region, Setting("a", presets[0].id), (Setting("b", presets[1].id),)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        cells = sum(archive.read(n).count(b"<c ") for n in archive.namelist() if "worksheets/" in n)
    assert cells > 100_000
    reading = read_upload(content, "x.xlsx")
    assert reading.refused == "" and plain_data(check(reading.tables).region) == data


def test_a_sheet_of_ones_own_that_is_called_like_a_result_is_told_not_to_be_read():
    book = openpyxl.Workbook()
    book.active.title = "RKA"
    book.create_sheet("Daerah")["A1"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    assert any("RKA" in r for r in read_upload(stream.getvalue(), "x.xlsx").remarks)


# ---- locks, paper, names


@pytest.mark.parametrize("name", ["odd", "ponorogo"])
def test_every_sheet_is_protected_without_a_password_and_only_inputs_are_open(name):
    book = opened(name)
    inputs = {t.title for t in TABLES} | {"Rentang dan sumber"}
    for sheet in book.worksheets:
        assert sheet.protection.sheet and sheet.protection.password is None, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert cell.protection.locked, (sheet.title, cell.coordinate)
                elif not cell.protection.locked:
                    assert sheet.title in inputs or (sheet.title, cell.coordinate) == ("Ringkasan", "B6")
                    assert cell.fill.fgColor.rgb in ("FFFFF9DB", "FFFFE8A3"), (sheet.title, cell.coordinate)


def test_numbers_names_and_choices_are_open_and_the_structure_is_not():
    sheet = opened("ponorogo")["Kelompok pekerja"]
    heads = {str(c.value).removesuffix(" *"): c.column for c in sheet[4]}
    for column, is_open in (("name", True), ("workers", True), ("duty", True), ("id", False), ("membership", False)):
        at = heads[TABLE["segments"].column(column).heading]
        assert sheet.cell(6, at).protection.locked is not is_open, column
    settings = opened("ponorogo")["Setelan skenario"]
    for row in settings.iter_rows(min_row=6, max_col=3):
        assert row[2].protection.locked is str(row[1].value).endswith(".segments")


def test_sheets_are_set_up_for_paper():
    for sheet in opened("ponorogo").worksheets:
        if sheet.sheet_state == "visible":
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), sheet.title
            if sheet.title == "Ringkasan":
                assert 50 <= sheet.page_setup.scale <= 72 and sheet.print_area
                continue
            assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight in (0, None)
            assert sheet.title == "Petunjuk" or sheet.print_title_rows or is_model(sheet.title)
    assert opened("ponorogo")["RKA"].print_title_rows == "$8:$8"


@pytest.mark.parametrize("name", ["odd", "ponorogo"])
def test_nothing_runs_nothing_leads_outside_and_no_value_is_a_fault(name):
    with zipfile.ZipFile(io.BytesIO(built(name, SHIFTS.get(name, 0)))) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    assert not [n for n in parts if re.search("vba|external|activex|embed|connection", n, re.IGNORECASE)]
    assert not [n for n, text in parts.items() if n.endswith(".rels") and b'TargetMode="External"' in text]
    for n, text in parts.items():
        if "worksheets/" in n:
            assert not re.search(rb'<v>(nan|inf|None)|t="e"|#REF|<f t="array"| cm="', text), n


@pytest.mark.parametrize("name", ["odd", "ponorogo"])
def test_formulas_are_such_as_excel_2010_and_libreoffice_know(name):
    for sheet in opened(name).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formula = str(cell.value)
                    assert len(formula) < 8000 and not NEWER.search(formula), formula
                    assert all(len(text) <= 255 for text in re.findall(r'"((?:[^"]|"")*)"', formula)), formula


def test_hostile_names_come_out_as_plain_text():
    bad = [
        "=CMD|' /C calc'!A0",
        'A & B <b>"x"</b>',
        "[1]:*?/\\ 'tebal'",
        "😀" * 20 + " sangat panjang",
        "History",
        "+1",
    ]
    data = {**ODD, "title": bad[1]}
    data["segments"] = [{**s, "name": n} for s, n in zip(ODD["segments"], bad, strict=False)]
    data["funders"] = [{**f, "name": n} for f, n in zip(ODD["funders"], reversed(bad), strict=False)]
    region = parse_region(data)
    settings = [Setting(n, "lain", {"apbd.months": m}) for m, n in enumerate(bad[:5], 1)]
    content = build(Order(region, settings[0], tuple(settings[1:5]), link="=1+1", made='<"&>'))
    book, plain = openpyxl.load_workbook(io.BytesIO(content)), values(content)
    titles = [s.title for s in book.worksheets]
    assert len({t.casefold() for t in titles}) == len(titles)
    assert all(len(t.encode("utf-16-le")) <= 62 and not set(t) & set("[]:*?/\\") and t[0] != "'" for t in titles)
    texts = {str(c.value) for s in plain.worksheets for row in s.iter_rows() for c in row}
    assert {*bad[:4], *(f"Tempat: {n}" for n in bad[:3])} <= texts
    for sheet in book.worksheets:
        formulas = [str(c.value) for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        bare = [
            re.sub(r"'(?:[^']|'')*'!|\"(?:[^\"]|\"\")*\"", "", f) for f in formulas
        ]  # but for quoted sheets and texts
        assert not [f for f in bare if "CMD" in f or f == "=1+1"], sheet.title
    same_results(plain, [project(region), *(project(region, s.scenario, s.changes) for s in settings)])
    assert check(read_upload(content, "x.xlsx").tables).problems == ()


def test_names_of_sheets_are_cut_and_kept_apart():
    taken = {"rka"}
    found = [sheet_name(name, taken) for name in ("RKA", "x" * 40, "X" * 40, "'", "a/b", "\ud83d\ude00" * 20)]
    assert found[0] == "RKA 2" and found[1] == "x" * 31 and found[2] == "X" * 29 + " 2" and found[4] == "a b"
    assert all(len(name.encode("utf-16-le")) <= 62 for name in found)


# ---- what it tells


def test_the_summary_tells_year_base_version_and_that_it_agrees():
    book = shown("odd")
    sheet = book["Ringkasan"]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
    whole = " ".join(texts)
    assert sheet["B6"].value == 2027 and "Angka pada tahun 2027" in texts
    assert sheet["A3"].value == "Masukan: tidak ada kesalahan." and sheet["A4"].value.startswith(
        "Cocok dengan aplikasi"
    )
    for part in ("dari penduduk bekerja", "model versi", "tercapai", "tidak dapat dinilai", "Usulan: Usulan kami"):
        assert part in whole
    run = runs(odd_order())[1]
    row = next(r for r in sheet.iter_rows(values_only=True) if r[0] == "Cakupan akhir tahun")
    assert row[3] == pytest.approx(run.years.coverage_end[1, 0], abs=1e-9)
    with zipfile.ZipFile(io.BytesIO(built("odd"))) as archive:
        charts = [n for n in archive.namelist() if "charts/chart" in n]
    assert len(charts) == 3


def test_targets_are_told_as_the_engine_tells_them():
    order = odd_order()
    sheet = shown("odd")["Ringkasan"]
    rows = list(sheet.iter_rows(values_only=True))
    first = next(i for i, r in enumerate(rows) if r[0] == "Target (akhir tahun)")
    words = {True: "tercapai", False: "belum tercapai", None: "tidak dapat dinilai"}
    for n, target in enumerate(order.region.targets):
        told = rows[first + 2 + 2 * n][2:6]
        assert told == tuple(words[run.target_reached(run.region.targets[n])] for run in runs(order)), target


def test_the_link_and_day_are_written_where_given():
    order = replace(odd_order(), link="https://contoh.id/?d=1", made="22 November 2026")
    texts = [str(c.value) for row in values(build(order), once=True)["Ringkasan"].iter_rows() for c in row]
    assert any("https://contoh.id/?d=1" in t for t in texts) and any("22 November 2026" in t for t in texts)
    assert not any("Setelan ini di aplikasi" in str(c.value) for row in shown("odd")["Ringkasan"] for c in row)


def test_the_input_sheets_stay_as_the_template_knows_them():
    """Nothing but the sheets of results is new."""
    book = opened("palopo")
    own = [s.title for s in book.worksheets if not is_model(s.title)]
    assert own == ["Petunjuk", *(t.title for t in TABLES), "Rentang dan sumber", "Pilihan"]
