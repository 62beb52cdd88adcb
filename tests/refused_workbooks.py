"""Files that cannot be used: how to make each, and the line that says why."""

import re
import struct

import openpyxl
from workbooks import edited, repacked, saved, written, zipped

from simulator.workbook.gate import LARGEST

NAME = "ponorogo"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
AGAIN = "Buka di Excel, pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”, lalu unggah berkas itu."
DAMAGED = f"Berkas Excel ini rusak atau terpotong. {AGAIN} Bila berasal dari surel atau unduhan, ambil sekali lagi."


def wide(text):
    return text.encode("utf-16-le")


def cut():
    return written(NAME)[:20_000]


def with_part(name, data):
    return repacked(written(NAME), lambda parts: {**parts, name: data})


def locked_zip():
    content = bytearray(zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"y"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(content)):
            struct.pack_into("<H", content, found.start() + place, 1)
    return bytes(content)


def bomb():
    return with_part("xl/media/image1.png", b"\0" * (8 * 2**20))


def strange_xml():
    def change(parts):
        sheet = parts["xl/worksheets/sheet2.xml"]
        return {
            **parts,
            "xl/worksheets/sheet2.xml": sheet.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1),
        }

    return repacked(written(NAME), change)


def strict():
    def change(parts):
        book = parts["xl/workbook.xml"]
        old = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return {**parts, "xl/workbook.xml": book.replace(old, b"http://purl.oclc.org/ooxml/spreadsheetml/main")}

    return repacked(written(NAME), change)


def torn_sheet():
    def change(parts):
        return {**parts, "xl/worksheets/sheet4.xml": parts["xl/worksheets/sheet4.xml"][:2000]}

    return repacked(written(NAME), change)


def foreign_book():
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    book.active["A1"] = "apa saja"
    return saved(book)


def many_sheets(book):
    for n in range(70):
        book.create_sheet(f"Lembar {n}")


def many_rows(book):
    for n in range(5100):
        book["Kelompok pekerja"].cell(20 + n, 1).value = f"Orang {n}"


def many_cells():
    row = b"<row>" + b'<c s="1"/>' * 100 + b"</row>"
    return repacked(
        written(NAME),
        lambda parts: {
            **parts,
            "xl/worksheets/sheet9.xml": parts["xl/worksheets/sheet9.xml"].replace(
                b"</sheetData>", row * 2500 + b"</sheetData>"
            ),
        },
    )


def huge_merge():
    merge = b"</sheetData><mergeCells count='1'><mergeCell ref='A1:XFD1048576'/></mergeCells>"
    return repacked(
        written(NAME),
        lambda parts: {
            **parts,
            "xl/worksheets/sheet9.xml": parts["xl/worksheets/sheet9.xml"].replace(b"</sheetData>", merge),
        },
    )


REFUSED = {
    "nothing in it": (lambda: b"", "Berkas ini kosong (0 byte). Simpan dahulu di Excel, lalu unggah lagi."),
    "too large": (
        lambda: b"PK\x03\x04" + bytes(LARGEST),
        "Berkas 5 MB lebih besar daripada batas 5 MB. Hapus gambar dan lembar lain, simpan lagi.",
    ),
    "old excel": (lambda: OLE + wide("Workbook"), f"Ini Excel lama (.xls). {AGAIN}"),
    "password": (
        lambda: OLE + wide("EncryptionInfo") + wide("EncryptedPackage"),
        "Berkas dikunci kata sandi. Buka di Excel, hapus kata sandinya (File, Info, Lindungi Buku Kerja, Enkripsi"
        " dengan"
        " Kata Sandi, kosongkan), simpan, lalu unggah lagi.",
    ),
    "old word": (
        lambda: OLE + wide("WordDocument"),
        "Ini dokumen Word lama (.doc), bukan buku kerja Excel. Salin tabelnya ke templat Excel, lalu unggah.",
    ),
    "pdf": (lambda: b"%PDF-1.7\n", f"Ini berkas PDF, bukan buku kerja Excel. {AGAIN}"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", f"Ini gambar PNG, bukan buku kerja Excel. {AGAIN}"),
    "web page": (
        lambda: b"\xef\xbb\xbf <HTML><table><tr><td>1",
        f"Ini halaman web (HTML), walaupun namanya mungkin .xls, bukan buku kerja Excel. {AGAIN}",
    ),
    "xml of 2003": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        f"Ini lembar XML dari Excel 2003, bukan buku kerja Excel. {AGAIN}",
    ),
    "csv": (
        lambda: b"Nama;Jumlah\r\nNelayan;5\r\n",
        "Ini berkas teks atau CSV, bukan buku kerja Excel. Unggah CSV di tempat unggah CSV.",
    ),
    "something binary": (
        lambda: b"\x00\x01\x02" * 100,
        f"Berkas .xlsx ini bukan buku kerja Excel dan bukan CSV, atau sudah rusak. {AGAIN}",
    ),
    "opendocument": (
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        "Ini berkas LibreOffice (.ods). Buka, pilih Simpan Sebagai, jenis .xlsx, lalu unggah lagi.",
    ),
    "word": (
        lambda: zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
        f"Ini dokumen Word (.docx), bukan buku kerja Excel (.xlsx). {AGAIN}",
    ),
    "slides": (
        lambda: zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}),
        f"Ini presentasi PowerPoint (.pptx), bukan buku kerja Excel (.xlsx). {AGAIN}",
    ),
    "binary workbook": (
        lambda: zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"a"}),
        f"Ini buku kerja biner (.xlsb), bukan buku kerja Excel (.xlsx). {AGAIN}",
    ),
    "cut off": (cut, DAMAGED),
    "zip of pictures": (
        lambda: zipped({"foto.txt": b"a"}),
        f"Ini arsip zip tanpa buku kerja Excel di dalamnya. {AGAIN}",
    ),
    "locked zip": (locked_zip, "Arsip ini dikunci kata sandi. Simpan buku kerja tanpa kata sandi, lalu unggah lagi."),
    "zip bomb": (
        bomb,
        "Isi berkas ini mengembang tidak wajar saat dibuka. Salin isinya ke templat yang baru, lalu unggah.",
    ),
    "too much in it": (
        lambda: zipped({f"{n}.txt": b"" for n in range(2001)}),
        "Isi berkas ini terlalu besar setelah dibuka (0 MB, 2.001 bagian). Salin isinya ke templat yang baru, lalu"
        " unggah.",
    ),
    "entities": (strange_xml, f"Berkas ini memuat XML yang tidak pernah ditulis Excel. {AGAIN}"),
    "strict": (strict, f"Berkas ini disimpan sebagai “Strict Open XML”. {AGAIN}"),
    "torn sheet": (
        torn_sheet,
        "Berkas Excel ini tidak dapat dibaca; susunan di dalamnya rusak. Buka di Excel, simpan sebagai salinan"
        " .xlsx yang"
        " baru, lalu unggah salinannya.",
    ),
    "another workbook": (
        foreign_book,
        "Tidak ada lembar yang dikenal, misalnya “Daerah” dan “Kelompok pekerja”. Unduh templat Excel, isi, lalu"
        " unggah.",
    ),
    "too many sheets": (
        lambda: edited(written(NAME), many_sheets),
        "Berkas ini mempunyai 88 lembar, lebih dari 60. Hapus lembar yang tidak perlu.",
    ),
    "a row a person": (
        lambda: edited(written(NAME), many_rows),
        "Lembar Kelompok pekerja berisi 5.110 baris, lebih dari 5.000. Data satu orang per baris tidak dipakai di sini;"
        " isikan jumlahnya saja.",
    ),
    "too many cells": (
        many_cells,
        "Berkas ini berisi 253.904 sel terisi, berformat, atau digabung; paling banyak 100.000. Hapus lembar lain dan"
        " baris kosong yang berformat, lalu simpan.",
    ),
    "everything merged": (
        huge_merge,
        "Berkas ini berisi 17.179.873.088 sel terisi, berformat, atau digabung; paling banyak 100.000. Hapus lembar"
        " lain"
        " dan baris kosong yang berformat, lalu simpan.",
    ),
}
