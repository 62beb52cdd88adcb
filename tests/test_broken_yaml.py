"""Files that somebody might choose in place of a sound region file: each refused in exact words, none with a crash."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import TEXT, text_with
from streamlit.testing.v1 import AppTest

from simulator import InputError
from simulator.faults import plain
from simulator.region import read_region
from simulator.saved import open_yaml
from simulator.yaml_io import MAX_BYTES
from simulator.yaml_words import _WORDS, UNKNOWN


def t(old: str, new: str) -> bytes:
    """The sample with one part of it replaced."""
    return text_with(old, new).encode()


def zipped(*names: str) -> bytes:
    """A zip that holds files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for name in names:
            whole.writestr(name, "x")
    return out.getvalue()


def before(part: str) -> bytes:
    """The sample up to a part of it."""
    return TEXT[: TEXT.index(part)].encode()


def since(part: str) -> bytes:
    """The sample from a part of it on."""
    return TEXT[TEXT.index(part) :].encode()


BOMB = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
BOMB += [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
PLAIN = TEXT.encode()
GURU = TEXT[TEXT.index("  - id: guru") : TEXT.index("  - id: rentan")]

YAML = "penulisan YAML tidak benar"
NOT_YAML = ", bukan berkas daerah (YAML)"
NOT_UTF8 = "ada huruf yang tidak tersimpan sebagai UTF-8; simpan ulang berkasnya dengan penyandian UTF-8"
WIDE = "tersimpan dengan penyandian UTF-16 atau UTF-32; simpan ulang dengan penyandian UTF-8"
MISSING = "belum diisi; nilai ini tidak mempunyai bawaan"
NO_DATA = "bukan data; hanya teks, angka, daftar, dan pasangan kunci yang dibaca"
NO_REGION = "bukan berkas daerah: isinya bukan kunci dengan nilai, misalnya title: Kabupaten Contoh"
NO_TEXT = "ada tanda yang bukan huruf"
NO_GROUP = "bukan kelompok dalam berkas ini"
TEXT_NUMBER = "adalah teks, bukan angka"
MORE = "lebih banyak daripada"
EMPTY = "kosong; tidak ada data di dalamnya"

# name, content, what is said of it
# fmt: off
BROKEN = [
    ("tab_indent", t("  population:", "\tpopulation:"),
     [f"baris 5, kolom 1: {YAML}: ada tab; pakai spasi untuk menjorokkan baris"]),
    ("quote_open", t("title: Kabupaten Contoh", 'title: "Kabupaten Contoh'),
     [f"baris 48, kolom 1: {YAML}: tanda kutip dibuka tetapi tidak ditutup"]),
    ("apostrophe_open", t("name: Guru honorer", "name: 'Guru honorer"),
     [f"baris 48, kolom 1: {YAML}: tanda kutip dibuka tetapi tidak ditutup"]),
    ("apostrophe_inside", t("name: Guru honorer", "name: 'Guru Jum'at'"),
     [f"baris 18, kolom 21: {YAML}: ada tulisan setelah nilai berakhir; periksa kutip dan jorokan"]),
    ("colon_in_text", t("name: Guru honorer", "name: Guru: honorer"),
     [f"baris 18, kolom 15: {YAML}: ada titik dua di tempat yang salah; beri kutip pada teksnya"]),
    ("no_colon", t("years: 3", "years 3"), [f"baris 4, kolom 1: {YAML}: ada baris tanpa titik dua setelah kuncinya"]),
    ("no_space_after_colon", t("years: 3", "years:3"),
     [f"baris 4, kolom 1: {YAML}: ada baris tanpa titik dua setelah kuncinya"]),
    ("bracket_open", t("segments: [perangkat, rentan]", "segments: [perangkat, rentan"),
     [f"baris 34, kolom 16: {YAML}: kurung siku [ dibuka tetapi tidak ditutup"]),
    ("brace_open", t("paid_before: {rentan: 1500}", "paid_before: {rentan: 1500"),
     [f"baris 35, kolom 18: {YAML}: kurung kurawal {{ dibuka tetapi tidak ditutup"]),
    ("indent_off", t("    workers: 20000", "   workers: 20000"),
     [f"baris 13, kolom 4: {YAML}: jorokan tidak sama dengan baris di atasnya, atau tanda - tanpa spasi"]),
    ("dash_missing_space", t("  - id: guru", "  -id: guru"),
     [f"baris 17, kolom 3: {YAML}: jorokan tidak sama dengan baris di atasnya, atau tanda - tanpa spasi"]),
    ("percent_first", t("name: Guru honorer", "name: %guru"),
     [f"baris 18, kolom 11: {YAML}: tanda % tidak boleh mengawali nilai; beri kutip"]),
    ("at_first", t("name: Guru honorer", "name: @guru"),
     [f"baris 18, kolom 11: {YAML}: tanda @ tidak boleh mengawali nilai; beri kutip"]),
    ("star_first", t("name: Guru honorer", "name: *guru"),
     [f"baris 18, kolom 11: {YAML}: rujukan *guru tidak pernah ditetapkan (&guru)"]),
    ("backslash", t("name: Guru honorer", 'name: "C:\\data"'),
     [f"baris 18, kolom 15: {YAML}: tanda \\ diikuti d di dalam kutip ganda; tulis \\\\"]),
    ("two_documents", PLAIN + b"---\ntitle: lain\n",
     [f"baris 48, kolom 1: {YAML}: berkas berisi lebih dari satu dokumen (---); simpan satu saja"]),
    ("duplicate_key", t("years: 3", "years: 3\nyears: 4"),
     ["years: baris 4: kunci years tertulis dua kali; pertahankan satu"]),
    ("tag_object", t("years: 3", "years: !!python/object/apply:os.system ['ls']"),
     [f"years: baris 3: tag:yaml.org,2002:python/object/apply:os.system {NO_DATA}"]),
    ("tag_unknown", t("years: 3", "years: !orang 3"), [f"years: baris 3: !orang {NO_DATA}"]),
    ("anchors_bomb", "\n".join(BOMB).encode(),
     ["jangkar (&, *) mengembang menjadi lebih dari 50.000 nilai; tuliskan nilainya satu per satu"]),
    ("anchor_itself", t("years: 3", "years: &a [*a]"),
     ["years[1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1]: bersarang terlalu dalam",
      "years: [[[[[[[[[[[[[[[[[[[[None]]]]]]]]]]]]]]]] bukan angka"]),
    ("too_deep", b"title: " + b"[" * 1000 + b"]" * 1000, ["bersarang terlalu dalam"]),
    ("utf16", TEXT.encode("utf-16"), [WIDE]),
    ("utf16_no_mark", TEXT.encode("utf-16-le"), [WIDE]),
    ("utf32", TEXT.encode("utf-32"), [WIDE]),
    ("windows_1252", TEXT.replace("Guru honorer", "Guru caf\xe9").encode("cp1252"), [f"baris 18: {NOT_UTF8}"]),
    ("binary", bytes(range(256)) * 4, [f"baris 2: {NOT_UTF8}"]),
    ("nul", PLAIN.replace(b"Guru", b"Gu\x00ru"),
     [f"tidak dapat dibaca: {NO_TEXT} (#x0000); berkas ini bukan teks biasa"]),
    ("empty", b"", [EMPTY]),
    ("blank_only", b" \r\n\n", [EMPTY]),
    ("mark_only", b"\xef\xbb\xbf", [EMPTY]),
    ("comment_only", b"# nanti diisi\n", [EMPTY]),
    ("xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), [f"adalah berkas Excel (.xlsx){NOT_YAML}"]),
    ("docx", zipped("[Content_Types].xml", "word/document.xml"), [f"adalah berkas Word (.docx){NOT_YAML}"]),
    ("ods", zipped("mimetype", "content.xml"), [f"adalah berkas LibreOffice{NOT_YAML}"]),
    ("zip", zipped("daerah.yaml"), [f"adalah berkas zip{NOT_YAML}"]),
    ("zip_cut", zipped("daerah.yaml")[:20], [f"adalah berkas zip{NOT_YAML}"]),
    ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
     [f"adalah berkas Word atau Excel lama (.doc, .xls){NOT_YAML}"]),
    ("png", b"\x89PNG\r\n\x1a\n" + bytes(100), [f"adalah gambar (PNG){NOT_YAML}"]),
    ("jpeg", b"\xff\xd8\xff\xe0" + bytes(100), [f"adalah gambar (JPEG){NOT_YAML}"]),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\n", [f"adalah dokumen PDF{NOT_YAML}"]),
    ("html", b"<!DOCTYPE html>\n<html><head><title>404</title></head></html>",
     [f"adalah halaman web atau XML{NOT_YAML}"]),
    ("html_login", b"\n<html lang='id'>\n<body>Masuk</body></html>", [f"adalah halaman web atau XML{NOT_YAML}"]),
    ("json_list", b'[{"title": "x"}]', [NO_REGION]),
    ("list_on_top", b"- title: Kabupaten Contoh\n- years: 3\n", [NO_REGION]),
    ("a_sentence", b"Data daerah menyusul minggu depan", [NO_REGION]),
    ("csv", b"Kelompok;Pekerja\nGuru;1000\n", [NO_REGION]),
    ("huge", b"title: " + b"x" * MAX_BYTES,
     ["1.000.007 byte lebih besar daripada 1.000.000; berkas daerah jauh lebih kecil"]),
    ("newer", b"schema: 2\n" + PLAIN,
     ["schema: 2 lebih baru daripada 1, yang terbaru yang dikenal simulator ini; perbarui simulator"]),
    ("schema_text", b"schema: v1\n" + PLAIN, ["schema: v1 bukan versi format; tulis 1 atau hapus barisnya"]),
    ("text_number", t("annual_budget: 302400000", "annual_budget: Rp 302.400.000"),
     [f'funders.apbd.annual_budget: "Rp 302.400.000" {TEXT_NUMBER}; maksudnya 302400000?']),
    ("comma_number", t("participation: 0.055", "participation: 0,055"),
     [f'funders.asn.participation: "0,055" {TEXT_NUMBER}; maksudnya 0.055?']),
    ("thousand_dots", t("workers: 12951", "workers: 1.295.100"),
     [f'segments.rentan.workers: "1.295.100" {TEXT_NUMBER}; maksudnya 1295100?']),
    ("one_dot", t("workers: 12951", "workers: 12.951"),
     [f"segments.rentan.covered: 1500 terlindungi {MORE} 12,951 pekerja"]),
    ("percent", t("participation: 0.055", "participation: 5,5%"),
     [f'funders.asn.participation: "5,5%" {TEXT_NUMBER}; maksudnya 0.055?']),
    ("share_as_percent", t("participation: 0.055", "participation: 35"),
     ["funders.asn.participation: 35 lebih dari 1"]),
    ("blank_value", t("covered: 100000", "covered:"),
     ["covered: kosong; kosong bukan nol: isi nilainya atau hapus barisnya"]),
    ("dash_value", t("workers: 12951", "workers: '-'"), [f'segments.rentan.workers: "-" {TEXT_NUMBER}']),
    ("na_value", t("workers: 12951", "workers: n/a"), [f'segments.rentan.workers: "n/a" {TEXT_NUMBER}']),
    ("negative", t("workers: 12951", "workers: -5"),
     ["segments.rentan.workers: -5 kurang dari 0", f"segments.rentan.covered: 1500 terlindungi {MORE} -5 pekerja"]),
    ("id_space", t("id: rentan\n", "id: pekerja rentan\n"),
     ["segments.pekerja rentan.id: pekerja rentan bukan id yang sah; pakai huruf, angka, _ dan -, diawali huruf",
      f"funders.apbd.segments: rentan {NO_GROUP}; maksudnya pekerja rentan?",
      f"funders.apbd.paid_before.rentan: rentan {NO_GROUP}; maksudnya pekerja rentan?",
      f"funders.asn.segments: rentan {NO_GROUP}; maksudnya pekerja rentan?"]),
    ("id_twice", t("id: guru", "id: rentan"),
     ["segments.rentan.id: id rentan dipakai dua kali",
      f"segments.rentan.covered: 1500 yang sudah dibayari (paid_before semua pendana) {MORE} 100 yang terlindungi"]),
    ("id_number", t("id: guru", "id: 7"), ["segments[2].id: 7 bukan teks"]),
    ("unknown_key", t("    duty: must", "    kewajiban: must"),
     ["segments.perangkat.kewajiban: bukan kunci yang dikenal"]),
    ("misspelt_key", t("participation: 0.055", "particpation: 0.055"),
     [f"funders.asn.participation: {MISSING}",
      "funders.asn.particpation: bukan kunci yang dikenal; maksudnya participation?"]),
    ("misspelt_segment", t("segments: [perangkat, rentan]", "segments: [perangkat, rentn]"),
     [f"funders.apbd.segments: rentn {NO_GROUP}; maksudnya rentan?",
      "funders.apbd.paid_before.rentan: rentan tidak termasuk kelompok yang boleh dibayari sumber ini"]),
    ("date_wrong", t("start: 2027-01", "start: 2027-13"), ["start: 2027-13 bukan bulan; tuliskan seperti 2027-01"]),
    ("date_indonesian", t("start: 2027-01", "start: Januari 2027"),
     ["start: Januari 2027 bukan bulan; tuliskan seperti 2027-01"]),
    ("date_day", t("start: 2027-01", "start: 2027-01-01"), ["start: 2027-01-01 bukan bulan; tuliskan seperti 2027-01"]),
    ("month_past", t("annual_budget: 302400000", "annual_budget: 1\n    start_month: 7\n    months: 10"),
     ["funders.apbd.months: 10 bulan mulai bulan ke-7 melewati Desember"]),
    ("segments_mapping", b"segments: {guru: {workers: 5}}\n" + before("segments:") + since("funders:"),
     ["segments: bukan daftar",
      f"funders.apbd.segments: perangkat {NO_GROUP}",
      f"funders.apbd.segments: rentan {NO_GROUP}",
      f"funders.apbd.paid_before.rentan: rentan {NO_GROUP}",
      f"funders.asn.segments: rentan {NO_GROUP}"]),
    ("funders_text", before("funders:") + b"funders: APBD\n", ["funders: bukan daftar"]),
    ("segment_text", t(GURU, "  - guru honorer\n"), ["segments[2]: bukan pasangan kunci dan nilai"]),
    ("missing_required", t("title: Kabupaten Contoh\n", ""), [f"title: {MISSING}"]),
    ("missing_base", before("coverage_base:") + since("covered: 100000"), [f"coverage_base: {MISSING}"]),
    ("cut_off", before("funders:"), [f"funders: {MISSING}"]),
    ("cut_in_line", before("    payer: government"),
     [f"funders.apbd.payer: {MISSING}", f"funders.apbd.segments: {MISSING}", f"funders.apbd.annual_budget: {MISSING}"]),
    ("more_insured_than_workers", t("covered: 1500", "covered: 15000"),
     [f"segments.rentan.covered: 15.000 terlindungi {MORE} 12.951 pekerja"]),
    ("segments_over_base", t("workers: 500000", "workers: 50000"),
     ["coverage_base.workers: jumlah kelompok dan outside 63.951, kelebihan 13.951 dari penyebut 50.000"]),
    ("range_order", t("low: 0.005, high: 0.03", "low: 0.03, high: 0.005"),
     ["coverage_base.growth: batas bawah 0,03, nilai 0,0125, dan batas atas 0,005 tidak berurutan"]),
    ("wrong_choice", t("payer: government", "payer: pemerintah"),
     ["funders.apbd.payer: pemerintah bukan salah satu dari government, village, zakat, corporate, individual"]),
    ("infinite", t("workers: 12951", "workers: .inf"), ["segments.rentan.workers: inf bukan angka yang berhingga"]),
    ("nan", t("workers: 12951", "workers: .nan"), ["segments.rentan.workers: nan bukan angka yang berhingga"]),
    ("yes_no", t("kind: sponsors", "kind: sponsors\n    relief: ya"), ["funders.asn.relief: ya bukan true atau false"]),
    ("scenario_unknown_lever", t("apbd.annual_budget: 2610921600", "apbd.anggaran: 2610921600"),
     ["scenarios.rentan_penuh.set.apbd.anggaran: bukan parameter daerah ini"]),
    ("form_feed", PLAIN.replace(b"years: 3", b"years: 3\x0c"),
     [f"tidak dapat dibaca: {NO_TEXT} (#x000c); berkas ini bukan teks biasa"]),
    ("rtf", b"{\\rtf1\\ansi title: x}", [f"adalah teks berformat (RTF){NOT_YAML}"]),
    ("gzip", b"\x1f\x8b\x08\x00" + bytes(30), [f"adalah berkas terkompresi (gzip){NOT_YAML}"]),
]
# fmt: on


@pytest.mark.parametrize(("content", "lines"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_file_is_told_in_exact_words_with_its_name_and_place(content, lines):
    opened = open_yaml(content, "daerah.yaml")
    assert [f.indonesian() for f in opened.faults] == [f"daerah.yaml: {line}" for line in lines]
    assert opened.region is None and opened.comparison is None and opened.told == ()


def test_the_files_are_many_and_each_another_one():
    assert len({content for _, content, _ in BROKEN}) == len({name for name, *_ in BROKEN}) == len(BROKEN) >= 40


def test_what_can_be_mended_on_the_screen_comes_with_its_data():
    opened = {name: open_yaml(content, "x.yaml").data for name, content, _ in BROKEN}
    for name in ("text_number", "blank_value", "missing_required", "segments_mapping", "cut_off", "id_space"):
        assert opened[name]["years"] == 3, name
    for name in ("png", "tab_indent", "newer", "utf16", "anchors_bomb", "list_on_top"):
        assert opened[name] is None, name


def test_the_same_text_read_without_a_file_is_a_fault_too():
    for name, content, _ in BROKEN:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            continue
        with pytest.raises(InputError):
            read_region(text)
            pytest.fail(name)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace(b"\n", b"\r\n"),
        PLAIN.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + PLAIN,
        b"# catatan saya\n\n" + PLAIN + b"\n\n",
        t("name: Guru honorer", "name: 'Guru Jum''at: “ngaji” – <b>TPQ</b>'"),
    ],
    ids=["windows", "old mac", "mark", "comment", "signs"],
)
def test_what_editors_do_to_a_sound_file_does_no_harm(content):
    assert open_yaml(content, "x.yaml").region is not None


def test_no_reason_is_cut_off_for_its_length():
    for text in (UNKNOWN, *(words for _, words in _WORDS)):
        assert plain(text, "id") == text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=40).map(lambda more: PLAIN[:700] + more + PLAIN[700:])))
def test_no_bytes_at_all_crash(content):
    opened = open_yaml(content, "x.yaml")
    assert (opened.region is None) == bool(opened.faults)
    assert all(f.source == "x.yaml" and "\n" not in f.indonesian() for f in opened.faults)


def _own_region_open() -> None:
    import samples
    import streamlit as st

    from simulator.saved import open_yaml
    from ui import own

    name = own.put(None, samples.data())
    own.keep_draft(name, "draf")
    held = own.text(name), own.draft(name), own.names()
    for content in st.session_state["contents"]:
        open_yaml(content, "x.yaml")
        assert (own.text(name), own.draft(name), own.names()) == held
        st.session_state["seen"] = st.session_state.get("seen", 0) + 1


def test_a_refused_file_leaves_an_open_region_of_ones_own_as_it_is():
    at = AppTest.from_function(_own_region_open, default_timeout=120)
    at.session_state["contents"] = [content for _, content, _ in BROKEN]
    at.run()
    assert not at.exception and at.session_state["seen"] == len(BROKEN)
