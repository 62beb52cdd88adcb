"""Broken workbooks: each gives its line, with sheet and cell, and everything else in the file is still read."""

import io
import zipfile

import pytest
from broken_workbooks import BROKEN, NAME, beside, beside_twice, drop, no_heading, no_headings, no_line, put
from hypothesis import given, settings
from hypothesis import strategies as st
from refused_workbooks import REFUSED
from workbooks import cell, edited, told, unharmed, written, zipped

from simulator.tables.layout import TABLE
from simulator.workbook.headings import DETAILS_TITLE
from simulator.workbook.read import read


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_one_line_that_says_what_it_is(name):
    make, message = REFUSED[name]
    reading = read(make(), "berkas.xlsx")
    assert reading.refused == message
    assert all(row.blank for rows in reading.tables.values() for row in rows)


def filled(tables):
    """Every cell and detail of tables: (table, row, column) → value with what stands beside it."""
    return {
        (key, i, column): (row.cells.get(column), dict(row.details.get(column, {})))
        for key, rows in tables.items()
        for i, row in enumerate(rows)
        for column in {*row.cells, *row.details}
    }


@pytest.mark.parametrize("name", BROKEN)
def test_one_thing_wrong_gives_its_line_and_everything_else_is_read(name):
    change, expected, touched = BROKEN[name]
    reading, lines = told(edited(written(NAME), change))
    assert lines == expected
    good, here = filled(unharmed(NAME)), filled(reading.tables)
    assert {place for place in {**good, **here} if good.get(place) != here.get(place)} == touched


# ---- what is missing


def test_a_required_column_that_is_missing_is_told_once_for_the_column_and_the_rest_is_read():
    reading, lines = told(edited(written(NAME), no_heading("segments", "workers")))
    assert lines[0] == (
        "Lembar Kelompok pekerja: Kolom “Jumlah pekerja (orang)” tidak ada, padahal wajib. Tambahkan judulnya di"
        " baris 4,"
        " lalu isi."
    )
    assert reading.remarks == (
        "Lembar Kelompok pekerja: kolom “Sesuatu yang lain” (sel C4) tidak dikenal dan tidak dibaca.",
    )
    assert len(lines) == 1
    good = unharmed(NAME)["segments"]
    assert [row.cells for row in reading.tables["segments"]] == [row.with_cell("workers", None).cells for row in good]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            drop("Kelompok pekerja"),
            "Berkas ini: Lembar “Kelompok pekerja” tidak ada, padahal wajib. Salin dari templat.",
        ),
        (drop("Daerah"), "Berkas ini: Lembar “Daerah” tidak ada, padahal wajib. Salin dari templat."),
        (
            drop("Sumber anggaran", "Sumber penanggung"),
            "Berkas ini: Lembar “Sumber anggaran” dan “Sumber penanggung” tidak ada; paling tidak satu wajib. Salin"
            " dari"
            " templat.",
        ),
        (
            no_headings("Kelompok pekerja"),
            "Lembar Kelompok pekerja: Baris judul kolom tidak ditemukan. Harus ada satu baris dengan judul “Nama"
            " kelompok”,"
            " “Jumlah pekerja (orang)”, dan “Sudah terlindungi (orang)”, seperti di templat.",
        ),
        (
            no_headings("Daerah"),
            "Lembar Daerah: Baris judul “Isian” dan “Nilai” tidak ditemukan. Pakai susunan seperti di templat.",
        ),
        (
            no_headings(DETAILS_TITLE),
            "Lembar Rentang dan sumber: Baris judul “Lembar”, “Baris”, dan “Kolom” tidak ditemukan. Pakai susunan"
            " seperti di"
            " templat.",
        ),
        (no_line("title"), "Lembar Daerah: Baris isian “Nama daerah” tidak ada. Tambahkan seperti di templat."),
    ],
)
def test_what_is_missing_is_told_first_and_the_other_sheets_are_read(change, line):
    reading, lines = told(edited(written(NAME), change))
    assert lines[0] == line
    good = unharmed(NAME)
    for key in ("targets", "references", "scenarios"):
        assert [row.cells for row in reading.tables[key]] == [row.cells for row in good[key]]


def test_a_range_told_twice_keeps_the_first_and_names_both():
    _, lines = told(edited(written(NAME), beside_twice))
    assert lines and all("sudah ada di lembar Rentang dan sumber, sel" in line for line in lines)
    assert all(
        line.startswith("Lembar Rentang dan sumber, sel") and line.endswith("Hapus salah satu barisnya.")
        for line in lines
    )


def test_a_name_that_two_rows_have_is_asked_for_by_its_code():
    def change(book):
        cell(book, "segments", "name", 1).value = cell(book, "segments", "name").value
        beside(1, "Kelompok pekerja")(book)
        beside(2, cell(book, "segments", "name").value)(book)

    _, lines = told(edited(written(NAME), change))
    assert any(line.endswith("ada 2 kali di lembar Kelompok pekerja. Tulis kodenya.") for line in lines)


def test_many_things_wrong_are_all_told_at_once():
    def change(book):
        for name in ("reference error", "no month", "unknown choice", "thirteen months"):
            BROKEN[name][0](book)

    _, lines = told(edited(written(NAME), change))
    assert sorted(lines) == sorted(
        line for n in ("reference error", "no month", "unknown choice", "thirteen months") for line in BROKEN[n][1]
    )


def test_names_of_a_file_never_reach_a_message_with_line_breaks():
    reading, lines = told(edited(written(NAME), put("segments", "workers", "a\nb\tc" * 30)))
    assert all("\n" not in line for line in (*lines, *reading.remarks))


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_no_damage_gives_anything_but_a_reading(data):
    """Bytes overwritten, cut and put in anywhere, also inside the parts of the zip."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(written("palopo"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    junk = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"</row>", b'<c r="A1"><v>x</v></c>', b'" t="s"', b"&#0;"])
    )
    gone = data.draw(st.integers(0, 60))
    parts[name] = parts[name][:at] + junk + parts[name][at + gone :]
    reading = read(zipped(parts), "x.xlsx")
    assert isinstance(reading.refused, str) and set(reading.tables) == set(TABLE)
