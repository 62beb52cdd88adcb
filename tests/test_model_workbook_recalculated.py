"""The workbook of formulas worked out anew by LibreOffice: the text of every formula means its stored value, and what
is changed in yellow cells moves all sheets as the simulator would with the same file uploaded."""

from dataclasses import replace

import pytest
from model_workbooks import built, odd_order, orders, same_results
from recalculated import falsified, recalculated, values
from workbook_changes import changed, open_cells, typed, with_single_year

from reports.brief import Order
from reports.workbook import build
from reports.workbook.plan import plan
from simulator import parse_region, project
from simulator.region import plain_data
from simulator.tables.assemble import check
from simulator.workbook.upload import read_upload

SEEDS = [("odd", n) for n in range(1, 4)] + [
    ("ponorogo", 6), ("blora-2027", 7), ("lampung", 9)
]  # fmt: skip
PLAIN = ("odd", "palopo")  # the first with others compared
YEARS = 4  # of the shipped regions


def short(name, seed) -> Order:
    """An order with as little compared and as few years as may be: LibreOffice takes long for every formula."""
    order = odd_order() if name == "odd" else orders(name, seed)
    region = parse_region(plain_data(order.region) | {"years": min(YEARS, int(order.region.years.value))})
    return replace(order, region=region, others=order.others[:1] if seed == 1 else ())


@pytest.fixture(scope="module")
def generated():
    """Name → (order, changed workbook, region as its tables have it)."""
    found = {}
    for name, seed in SEEDS:
        order = short(name, seed)
        content, region, count = changed(order, build(order), seed)
        assert count >= 10
        found[f"{name}-{seed}"] = (order, content, region)
    order = short("odd", 0)
    found["year"] = (order, *with_single_year(order, build(order), "desa", 2027, 777_000_000, 9))
    return found


def broken():
    """A workbook in which a required cell is blank and a rule is broken."""
    order = short("odd", 0)
    _, cells = open_cells(order)
    wrong = {("segments", 0, "covered", ""): 9_000, ("budgets", 1, "annual_budget", ""): None}
    return typed(build(order), {cells[place]: value for place, value in wrong.items()})


@pytest.fixture(scope="module")
def anew(generated, tmp_path_factory):
    """Name → workbook worked out by LibreOffice, all in one go."""
    files = {name: content for name, (_, content, _) in generated.items()}
    files |= {name: falsified(built(name)) for name in PLAIN} | {"broken": broken()}
    return recalculated(files, tmp_path_factory.mktemp("libreoffice"))


@pytest.mark.parametrize("name", PLAIN)
def test_every_formula_means_its_stored_value(name, anew):
    """All stored numbers were replaced by 7 first, so that what comes out was worked out."""
    right, found = values(built(name)), values(anew[name])
    compared = 0
    for sheet in right.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                mine, theirs = cell.value, found[sheet.title][cell.coordinate].value
                if isinstance(mine, (int, float)):
                    assert theirs == pytest.approx(mine, rel=1e-9, abs=1e-4), (sheet.title, cell.coordinate)
                    compared += mine not in (0, 7)
                else:
                    assert (mine or "") == (theirs or ""), (sheet.title, cell.coordinate)
    assert compared > 5_000


@pytest.mark.parametrize("name", [f"{name}-{seed}" for name, seed in SEEDS] + ["year"])
def test_changed_inputs_give_what_the_engine_gives_for_the_same_file(name, generated, anew):
    order, content, region = generated[name]
    reading = read_upload(content, "x.xlsx")
    checked = check(reading.tables)
    assert reading.told(checked.problems) == [] and plain_data(checked.region) == plain_data(region)
    book, made = values(anew[name]), plan(order)
    assert book["Ringkasan"]["A3"].value == "Masukan: tidak ada kesalahan."
    assert book["Ringkasan"]["A4"].value.startswith("Masukan telah diubah")
    same_results(book, [project(checked.region, run.scenario) for run in made.runs], made.main.number)


def test_a_blank_that_is_required_is_no_zero_and_faults_are_told_with_their_place(anew):
    book = values(anew["broken"])
    assert book["Ringkasan"]["A3"].value.startswith("PERHATIAN: ")
    told = [str(book["Periksa"].cell(row, 1).value) for row in range(4, 13)]
    assert any("Sumber anggaran!" in line and "wajib diisi; kosong bukan nol" in line for line in told)
    assert any("lebih banyak daripada pekerjanya" in line for line in told)
    assert "1 isian wajib yang kosong" in told[0]
    row = next(r for r in book["Tahunan"].iter_rows(values_only=True) if r[0] == "Iuran semua sumber")
    assert row[3] == "#N/A"
    assert check(read_upload(broken(), "x.xlsx").tables).problems != ()
