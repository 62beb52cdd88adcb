"""CSV out and in: one table, in the ways that Excel and others write it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import FILES, region_data, written

from simulator.tables.assemble import check
from simulator.tables.layout import TABLE
from simulator.tables.rows import Row, empty
from simulator.tables.split import split
from simulator.workbook.csv_io import CSV_TABLES, read_csv, write_csv
from simulator.workbook.upload import read_upload

HEADS = "Nama kelompok;Kode;Jumlah pekerja (orang);Sudah terlindungi (orang);Kepesertaan"
COMPLETE = f"{HEADS}\r\nNelayan;nelayan;12.951;300;bukan penerima upah\r\n"


def rows(text, name="kelompok.csv", encoding="utf-8"):
    """(reading, cells of each row of the table that was found)."""
    reading = read_csv(text.encode(encoding) if isinstance(text, str) else text, name)
    return reading, [dict(r.cells) for key in reading.found for r in reading.tables[key]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("key", CSV_TABLES)
def test_a_table_comes_back_from_its_csv_to_the_digit(file, key):
    tables = split(region_data(file.stem))
    reading = read_csv(write_csv(key, tables), "x.csv")
    assert (reading.refused, reading.problems, reading.remarks) == ("", (), ())
    if tables[key]:
        assert reading.found == {key}
    back = check({**tables, key: reading.tables[key]}).tables
    assert [dict(r.cells) for r in back[key]] == [dict(r.cells) for r in check(tables).tables[key]]


def test_only_tables_of_rows_that_stand_alone_are_written():
    with pytest.raises(KeyError):
        write_csv("settings", empty())


def test_it_is_written_as_excel_on_indonesian_computers_reads_it():
    text = write_csv("segments", split(region_data("ponorogo")))
    assert text.startswith(b"\xef\xbb\xbfNama kelompok;") and text.count(b"\r\n") >= 2
    assert b"3.750;" in text


# ---- out: nothing is taken for a formula


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+62 812", "-besok", "@SUM(A1)", "'=1", "''-a", "\tx"])
def test_a_text_that_a_spreadsheet_could_run_gets_an_apostrophe_that_goes_again(text):
    tables = {**empty(), "segments": (Row({"name": "a", "id": "a", "note": text}),)}
    content = write_csv("segments", tables)
    cells = next(csv.reader(io.StringIO(content.decode("utf-8-sig").split("\r\n", 1)[1]), delimiter=";"))
    assert cells[-1] == f"'{text}"
    assert read_csv(content, "x.csv").tables["segments"][0].cells["note"].strip() == text.strip()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool))
@settings(max_examples=100)
def test_any_text_comes_back(text):
    tables = {**empty(), "segments": (Row({"name": text, "id": "a", "note": f"{text}\n{text}"}),)}
    cells = read_csv(write_csv("segments", tables), "x.csv").tables["segments"][0].cells
    assert cells["name"] == text and cells["note"] == f"{text}\n{text}"


def test_a_negative_number_is_no_formula():
    tables = {**empty(), "segments": (Row({"name": "a", "id": "a", "covered_change": -1500.5}),)}
    assert b";-1.500,5;" in write_csv("segments", tables)
    back = check(read_csv(write_csv("segments", tables), "x.csv").tables)
    assert back.tables["segments"][0].cells["covered_change"] == -1500.5


# ---- in


@pytest.mark.parametrize(
    "content",
    [
        COMPLETE.encode("utf-8-sig"),
        COMPLETE.encode("utf-16"),
        COMPLETE.replace(";", "\t").encode("utf-16"),
        COMPLETE.replace(";", ",").encode(),
        COMPLETE.replace("\r\n", "\n").encode(),
        COMPLETE.upper().replace("NELAYAN;NELAYAN", "Nelayan;nelayan").replace("BUKAN PENERIMA UPAH", "bpu").encode(),
        f"sep=;\r\nDaftar kelompok 2026\r\n\r\n{COMPLETE}".encode(),
    ],
    ids=["excel", "utf-16", "tabs", "commas", "unix", "capitals", "title above"],
)
def test_separators_encodings_and_lines_above_are_found_out(content):
    reading, found = rows(content)
    assert reading.refused == "" and reading.remarks == ()
    checked = check(reading.tables).tables["segments"]
    assert [r.cells["name"] for r in checked] == ["Nelayan"]
    assert (checked[0].cells["workers"], checked[0].cells["membership"]) == (12951, "bpu")


def test_windows_1252_is_read_and_that_is_said():
    reading, found = rows(COMPLETE.replace("Nelayan", "Nelayan “café”"), encoding="cp1252")
    assert found[0]["name"] == "Nelayan “café”"
    assert reading.remarks == (
        "Berkas bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf beraksen dan tanda kutip.",
    )


def test_columns_in_another_order_unknown_ones_and_blank_lines():
    text = (
        "Telepon;Kepesertaan;Sudah terlindungi;Jumlah pekerja;Nama kelompok\n;;;;\n0812;bpu;1;2;A\n   ;;;;\n;pu;3;4;B\n"
    )
    reading, found = rows(text)
    assert [cells["name"] for cells in found] == ["A", "B"]
    assert found[1] == {"name": "B", "workers": "4", "covered": "3", "membership": "pu"}
    assert reading.remarks == ("Kolom “Telepon” (kolom ke-1) tidak dikenal dan tidak dibaca.",)


def test_a_blank_is_no_zero_and_the_line_of_the_file_is_named():
    reading, found = rows(f"{HEADS}\nNelayan;nelayan;;300;bpu\n")
    assert "workers" not in found[0]
    problems = [p for p in check(reading.tables).problems if p.table == "segments"]
    assert [reading.line(p) for p in problems] == [
        "Baris 2, kolom Jumlah pekerja: Jumlah pekerja belum diisi; kosong bukan nol."
    ]


def test_what_could_be_two_numbers_is_asked_about():
    reading, _ = rows(f"{HEADS}\nNelayan;nelayan;1,234;300;bpu\n")
    problem = next(p for p in check(reading.tables).problems if p.readings)
    assert problem.readings == (1234.0,)  # people come whole
    assert reading.line(problem) == (
        "Baris 2, kolom Jumlah pekerja: “1,234”: orang harus bilangan bulat. Maksudnya 1.234?"
    )


def test_an_unquoted_comma_in_a_number_is_told():
    text = "Nama kelompok,Jumlah pekerja,Sudah terlindungi,Kepesertaan\nNelayan,15,78,3,bpu\n"
    reading, _ = rows(text)
    assert reading.told() == [
        "Baris 2: Ada 5 isian, padahal judulnya 4. Periksa tanda koma di dalam angka atau nama: apit isiannya"
        " dengan tanda"
        " kutip ganda."
    ]


def test_a_heading_twice_is_told():
    reading, found = rows(f"{HEADS};Jumlah pekerja\nNelayan;nelayan;5;3;bpu;7\n")
    assert found[0]["workers"] == "5"
    assert reading.told() == [
        "Baris 1: Judul “Jumlah pekerja” ada dua kali, di kolom ke-3 dan ke-6; yang dibaca yang pertama. Hapus salah"
        " satunya."
    ]


def test_the_table_is_told_by_its_headings():
    for key in CSV_TABLES:
        heads = ";".join(c.label for c in TABLE[key].columns if c.required)
        reading, _ = rows(f"{heads}\n" + ";".join("1" for _ in heads.split(";")))
        assert reading.found == {key}


# ---- refused


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Berkas ini kosong (0 byte). Simpan dahulu di Excel, lalu unggah lagi."),
        (
            b"Nama kelompok;Jumlah pekerja\nNelayan;5\n",
            "CSV ini mirip tabel Kelompok pekerja, tetapi kolom wajibnya kurang: “Sudah terlindungi (orang)”;"
            " “Kepesertaan”."
            " Unduh contoh CSV, lalu isi.",
        ),
        (
            b"kota,penduduk\nBlora,5\n",
            "Judul kolom CSV ini tidak dikenal. Yang dapat diunggah, dengan kolom wajibnya: Kelompok pekerja (Nama"
            " kelompok,"
            " Jumlah pekerja, Sudah terlindungi, Kepesertaan); Sumber anggaran (Nama sumber, Pembayar, Boleh membayari,"
            " Anggaran iuran); Sumber penanggung (Nama sumber, Pembayar, Boleh membayari, Jumlah calon penanggung,"
            " Penanggung"
            " yang ikut, Pekerja tiap penanggung).",
        ),
        (
            b'Nama kelompok;Jumlah pekerja\n"Nelayan;5\n',
            "CSV ini rusak: tanda kutip yang dibuka mulai baris 2 tidak ditutup. Simpan lagi dari Excel.",
        ),
        (
            (HEADS + "\nA;a;1;1;bpu" * 5001).encode(),
            "CSV ini berisi lebih dari 5.000 baris. Isikan jumlah tiap kelompok, bukan satu orang per baris.",
        ),
    ],
    ids=["empty", "columns missing", "foreign", "quotes", "a line a person"],
)
def test_what_is_no_table_is_refused_in_one_line(content, message):
    reading, _ = rows(content)
    assert reading.refused == message


def test_a_workbook_is_no_csv():
    assert (
        rows(written("palopo"), "x.csv")[0].refused == "Ini buku kerja Excel, bukan CSV. Unggah di tempat unggah Excel."
    )


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: f"{HEADS}\n{t}".encode("utf-8", "replace")))
@settings(max_examples=200)
def test_no_bytes_give_anything_but_a_reading(content):
    reading = read_csv(content, "x.csv")
    assert reading.refused or reading.found
    assert set(reading.tables) == set(TABLE)


def test_an_upload_is_told_apart_by_what_it_is_whatever_its_name():
    assert read_upload(COMPLETE.encode(), "data.xlsx").found == {"segments"}
    assert "scenarios" in read_upload(written("palopo"), "data.csv").found
    assert read_upload(b"", "data.csv").refused
