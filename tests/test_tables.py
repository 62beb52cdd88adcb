"""A region as tables and back: nothing is lost, and what is wrong is told at its cell."""

import pytest
from hypothesis import given, settings
from samples import TEXT
from strategies import regions

from simulator import load_region, parse_region
from simulator.catalogue import FOLDER
from simulator.guidance import inputs
from simulator.ids import slug, unique
from simulator.region import plain_data
from simulator.tables import edit
from simulator.tables.assemble import check, column_of
from simulator.tables.cells import read_cell, show_cell
from simulator.tables.layout import DETAILS, SCALE, TABLE, TABLES
from simulator.tables.names import names
from simulator.tables.residual import residual
from simulator.tables.rows import Row, empty, from_text, to_text
from simulator.tables.split import split
from simulator.yaml_io import read_yaml

FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture
def tables():
    """The tables of the small sample region."""
    return split(read_yaml(TEXT)[0])


def told(tables):
    """(table, row, column, text) of every problem."""
    return [(p.table, p.row, p.column, p.text) for p in check(tables).problems]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_shipped_region_is_the_same_after_tables(path):
    region = load_region(path)
    found = check(split(region._data))
    assert found.problems == ()
    assert plain_data(found.region) == plain_data(region)


@settings(max_examples=60, deadline=None)
@given(regions())
def test_any_region_is_the_same_after_tables_and_their_text(data):
    tables = split(data)
    assert from_text(to_text(tables)) == tables
    found = check(tables)
    assert found.problems == ()
    assert plain_data(found.region) == plain_data(parse_region({"schema": 1, **data}))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_cell_that_is_written_is_read_back_to_the_digit(path):
    found = check(split(load_region(path)._data))
    known = names(found.tables)
    for table in TABLES:
        for row in found.tables[table.key]:
            for column in table.columns:
                if column.key not in row.cells:
                    continue
                value, own = row.cells[column.key], column
                if column.kind == "setting":
                    own = SCALE if row.cells.get("how") == "scale" else column_of(row.cells["path"], found.data)
                text = show_cell(own, value, known.get(own.kind))
                assert read_cell(own, text, known.get(own.kind)) == value, (table.key, column.key, text)


@pytest.mark.parametrize(
    ("table", "row", "column", "typed", "said"),
    [
        ("region", 0, "workers", "banyak", "tidak terbaca sebagai satu angka"),
        ("region", 0, "start", "tahun depan", "bukan bulan. Tulis seperti Januari 2027"),
        ("region", 0, "start", "2027-13", "2027-13 bukan bulan"),
        ("region", 0, "years", 25, "Paling banyak 20; tertulis 25."),
        ("segments", 0, "covered", 30000, "Terlindungi 30.000 lebih banyak daripada 20.000 pekerjanya."),
        ("segments", 0, "membership", "bpuu", "Pilih salah satu: bukan penerima upah, penerima upah."),
        ("segments", 1, "income", 1_000_000, "hanya berlaku bagi bukan penerima upah, bukan penerima upah."),
        ("segments", 2, "verification_yield", 35, "Paling banyak 100%; tertulis 3.500%."),
        ("segments", 2, "programmes", "JKK; PBI", "bukan program"),
        ("budgets", 0, "months", 13, "Paling banyak 12; tertulis 13."),
        ("budgets", 0, "segments", "rentan; nelayan", "“nelayan” tidak ada dalam tabelnya"),
        ("budgets", 0, "annual_budget", None, "Anggaran iuran belum diisi; kosong bukan nol."),
        ("budgets", 0, "relief", True, "tidak berlaku bila pemerintah membayar"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(tables, table, row, column, typed, said):
    changed = edit.with_cell(tables, table, row, column, typed)
    found = [t for t in told(changed) if t[:3] == (table, row, column)]
    assert len(found) == 1, told(changed)
    assert said in found[0][3]
    assert check(changed).region is None


def test_what_cannot_be_read_stays_as_it_was_typed(tables):
    changed = edit.with_cell(tables, "segments", 2, "workers", "12.95")
    problem = check(changed).problems[0]
    assert problem.readings == (12_950,)  # people come whole
    assert changed["segments"][2].cells["workers"] == "12.95"
    assert from_text(to_text(changed)) == changed


def test_a_blank_row_is_skipped_and_a_blank_number_is_not_zero(tables):
    more = {**tables, "segments": (*tables["segments"], Row(), Row({"name": "Nelayan"}))}
    found = check(more)
    missing = [(p.row, p.column) for p in found.problems if p.table == "segments"]
    assert set(missing) == {(4, "workers"), (4, "covered"), (4, "membership")}


def test_a_negative_rest_says_which_numbers_cannot_be_true_together(tables):
    changed = edit.with_cell(tables, "segments", 0, "workers", 500_000)
    said = [t for t in told(changed) if "lainnya menjadi" in t[3]]
    assert len(said) == 1 and said[0][:3] == ("region", 0, "workers")
    text = said[0][3]
    assert "Perangkat desa 500.000" in text and "Kelebihannya 43.951 orang" in text and "500.000" in text
    assert residual(changed).rest == 500_000 - 30_000 - 513_951


def test_the_rest_is_worked_out_while_numbers_are_missing():
    tables = edit.with_cell(empty(), "region", 0, "workers", 1000)
    tables = edit.with_row(tables, "segments", {"name": "Marbot", "workers": 300})
    found = residual(tables)
    assert found.rest == 700 and found.rest_covered is None
    assert found.missing == ("seluruh yang terlindungi", "terlindungi Marbot")


def test_names_do_for_codes_and_any_case(tables):
    changed = edit.with_cell(tables, "budgets", 0, "segments", "PEKERJA RENTAN; perangkat; pekerja lainnya")
    assert check(changed).region.funders[0].segments == ("rentan", "perangkat", "other")


def test_a_code_is_made_of_the_name_and_stays(tables):
    more = edit.with_row(tables, "segments", {"name": "Guru ngaji & TPQ"})
    assert more["segments"][-1].cells["id"] == "guru_ngaji_tpq"
    renamed = edit.with_cell(more, "segments", 3, "name", "Guru agama")
    assert renamed["segments"][-1].cells["id"] == "guru_ngaji_tpq"
    twice = edit.with_row(renamed, "segments", {"name": "Guru ngaji TPQ"})
    assert twice["segments"][-1].cells["id"] == "guru_ngaji_tpq_2"


def test_slugs_are_codes():
    assert slug("1.000 marbot", "kelompok") == "kelompok_1_000_marbot"
    assert slug("漢字", "kelompok") == "kelompok"
    assert unique("a", {"a", "a_2"}) == "a_3"


def test_a_dropped_group_takes_along_what_hangs_on_it():
    region = load_region(FOLDER / "blora-2027.yaml")
    tables = split(region._data)
    at = next(i for i, r in enumerate(tables["segments"]) if r.cells["id"] == "rentan")
    without, gone = edit.without_row(tables, "segments", at)
    found = check(without)
    assert not [p for p in found.problems if p.kind in ("unknown_path", "unknown_segment", "cell")], found.problems
    assert any("Sudah dibayari" in text for text in gone), gone
    assert len(tables["segments"]) == len(without["segments"]) + 1  # the old tables stay as they were


def test_a_dropped_funder_leaves_a_region_that_runs():
    tables = split(load_region(FOLDER / "ponorogo.yaml")._data)
    for table in ("budgets", "sponsors"):
        while tables[table]:
            tables, _ = edit.without_row(tables, table, 0)
    found = check(tables)
    assert found.problems == () and found.region.funders == ()


def test_funders_change_turns_across_both_tables():
    tables = split(load_region(FOLDER / "blora-2027.yaml")._data)
    before = check(tables).region.funder_ids
    key, row = edit.paying_order(tables)[3]
    after = check(edit.moved(tables, key, row, -1)).region.funder_ids
    assert after == (*before[:2], before[3], before[2], *before[4:])
    back = edit.paying_order(edit.moved(tables, key, row, -1))[2]
    assert check(edit.moved(edit.moved(tables, key, row, -1), *back, 1)).region.funder_ids == before


def test_a_setting_of_what_is_gone_is_told_and_can_be_dropped(tables):
    scenario = {"id": "a", "name": "A", "set": {"dbhcht.months": 3, "apbd.months": 6}}
    data = {**read_yaml(TEXT)[0], "scenarios": [scenario]}
    broken = split(data)
    problems = check(broken).problems
    assert [(p.table, p.row, p.kind) for p in problems] == [("settings", 0, "unknown_path")]
    mended, lost = edit.without_dead_settings(broken, {"apbd.months"})
    assert lost == 1 and check(mended).problems == ()


def test_details_are_read_and_told_at_their_cell(tables):
    changed = edit.with_detail(tables, "segments", 0, "workers", "low", "19.000")
    changed = edit.with_detail(changed, "segments", 0, "workers", "status", "statistik")
    workers = check(changed).region.segments[0].workers
    assert (workers.low, workers.status) == (19_000, "statistic")
    wrong = edit.with_detail(tables, "segments", 0, "workers", "high", "10.000")
    assert "tidak berurutan" in told(wrong)[0][3]
    unread = edit.with_detail(tables, "segments", 0, "workers", "low", "sedikit")
    assert check(unread).problems[0].place == ("segments", 0, "workers", "low")


def test_every_column_that_has_guidance_names_one():
    missing = {c.guide for t in TABLES for c in t.columns if c.guide} - set(inputs())
    assert not missing


def test_the_layout_is_sound():
    for table in TABLES:
        assert len(table.title) <= 31  # a sheet's name in Excel
        assert len({c.key for c in table.columns}) == len(table.columns)
        assert len({c.heading for c in table.columns}) == len(table.columns)
        assert all(TABLE[table.key].column(c.key) is c for c in table.columns)


# ---- what files, pastes and browsers may bring


JUNK = [
    ("segments", "workers", {"value": {"value": 3}}),
    ("segments", "workers", {"value": 2, "low": 1, "hgih": 3}),
    ("segments", "workers", 10**400),
    ("segments", "workers", float("inf")),
    ("segments", "name", ["a", ["b"]]),
    ("segments", "id", {"a": 1}),
    ("segments", "membership", {"a": 1}),
    ("segments", "programmes", ["jkk", 3, ["jkm"]]),
    ("funders", "segments", [["perangkat", "rentan"]]),
    ("funders", "payer", {"a": 1}),
    ("funders", "paid_before", {"rentan": {"value": [1]}}),
    ("funders", "by_year", {"2028": {"months": {"value": 3, "low": "abc"}}}),
    ("scenarios", "id", ["a"]),
    ("scenarios", "set", {"apbd.annual_budget": {"value": 5, "foo": "abc"}}),
    ("scenarios", "set", {"apbd.segments": {"value": ["rentan"], "low": "abc"}}),
    ("scenarios", "set", {"apbd.segments": [["rentan"], {"a": 1}]}),
    ("scenarios", "set", {"apbd.programmes": [3, None]}),
    ("scenarios", "references", [{"a": 1}]),
]


@pytest.mark.parametrize(("where", "key", "junk"), JUNK)
def test_whatever_a_file_has_in_a_cell_can_be_shown_told_and_kept(where, key, junk):
    data = read_yaml(TEXT)[0]
    item = {**data[where][0], key: junk}
    tables = split({**data, where: [item, *data[where][1:]]})
    found = check(tables)
    assert from_text(to_text(tables)) == tables
    known = names(found.tables)
    for table in TABLES:
        for row in found.tables[table.key]:
            for column in table.columns:
                assert isinstance(show_cell(column, row.cells.get(column.key), known.get(column.kind)), str)
    assert residual(found.tables).segments >= 0


def test_a_footnote_mark_beside_a_turn_of_paying_is_told(tables):
    assert "bukan nomor urut" in told(edit.with_cell(tables, "budgets", 0, "order", "1²"))[0][3]


@pytest.mark.parametrize(("typed", "readings"), [("12.95", (12_950,)), ("1.500,5", ()), ("20,125", (20_125,))])
def test_a_lost_zero_is_asked_about_only_where_one_may_be_lost(tables, typed, readings):
    assert check(edit.with_cell(tables, "segments", 0, "workers", typed)).problems[0].readings == readings


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("Agustus 2025", "2025-08"),
        ("31 Agustus 2025", "2025-08-31"),
        ("31 Februari 2026", "31 Februari 2026"),
        ("2025", "2025"),
    ],
)
def test_dates_are_read_in_words_where_there_is_such_a_day(typed, date):
    assert read_cell(DETAILS["as_of"], typed) == date


def test_a_browser_that_kept_nonsense_gives_no_tables_or_cells_that_can_be_shown():
    with pytest.raises(ValueError):
        from_text("[1, 2")
    with pytest.raises(ValueError):
        from_text('{"segments": 5}')
    spoilt = from_text('{"segments": [[{"workers": {"a": 1}, "nobody": 3}, {"workers": {"low": [1], "x": 2}}]]}')
    assert spoilt["segments"][0].cells == {"workers": "{'a': 1}"}
    assert spoilt["segments"][0].details == {"workers": {"low": "['1']"}}
    check(spoilt)
