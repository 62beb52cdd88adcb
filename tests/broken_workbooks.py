"""One thing wrong in a good workbook: how to change it, and the lines that tell of it."""

import datetime

from workbooks import cell, form, heading

from simulator.workbook.headings import DETAILS_TITLE

NAME = "ponorogo"


def put(table, column, value, row=0, shown=None):
    """A change of one cell of a table with rows."""

    def change(book):
        at = cell(book, table, column, row)
        at.value = value
        if shown:
            at.number_format = shown

    return change


def fill(column, value, shown=None):
    """A change of one value on the sheet Daerah."""

    def change(book):
        at = form(book, "region", column)
        at.value = value
        if shown:
            at.number_format = shown

    return change


def beside(column, value, row=6):
    """A change of one cell of the sheet Rentang dan sumber."""
    return lambda book: setattr(book[DETAILS_TITLE].cell(row, column), "value", value)


def merge(sheet, area):
    return lambda book: book[sheet].merge_cells(area)


def twice(book):
    sheet = book["Kelompok pekerja"]
    sheet.cell(4, 16).value = "Jumlah pekerja (orang)"
    sheet.cell(6, 16).value = 7


def drop(*names):
    def change(book):
        for name in names:
            del book[name]

    return change


def no_heading(table, column):
    return lambda book: setattr(heading(book, table, column), "value", "Sesuatu yang lain")


def no_headings(title):
    def change(book):
        for at in book[title][4]:
            at.value = None

    return change


def no_line(column):
    def change(book):
        at = form(book, "region", column)
        at.parent.cell(at.row, 1).value = None

    return change


def line_twice(book):
    sheet = book["Daerah"]
    sheet.cell(20, 1).value, sheet.cell(20, 2).value = "Nama daerah", "Kabupaten lain"


def sheet_twice(book):
    sheet = book.create_sheet("Target ")
    sheet["A1"] = 1


def beside_twice(book):
    sheet = book[DETAILS_TITLE]
    for at in range(1, 10):
        sheet.cell(40, at).value = sheet.cell(6, at).value


K, D, A, R = (
    "Lembar Kelompok pekerja, sel",
    "Lembar Daerah, sel",
    "Lembar Sumber anggaran, sel",
    "Lembar Rentang dan sumber, sel",
)
STYLE = "Tulis ribuan dengan titik (12.951) dan desimal dengan koma (15,78)."
NOT_READ = f"tidak terbaca sebagai satu angka. {STYLE}"
WORKERS, COVERED = ("segments", 0, "workers"), ("segments", 0, "covered")

# name: (change, lines that are told, cells that may differ from the good workbook)
BROKEN = {
    "reference error": (
        put("segments", "workers", "#REF!"),
        [
            f"{K} C6: Berisi galat #REF!: rumusnya merujuk sel yang sudah tidak ada. Perbaiki rumusnya atau tulis"
            f" angkanya, lalu simpan."
        ],
        {WORKERS},
    ),
    "lookup error": (
        put("segments", "covered", "#N/A"),
        [
            f"{K} D6: Berisi galat #N/A: rumusnya tidak menemukan yang dicari. Perbaiki rumusnya atau tulis"
            f" angkanya, lalu simpan."
        ],
        {COVERED},
    ),
    "division error": (
        fill("growth", "#DIV/0!"),
        [
            f"{D} B10: Berisi galat #DIV/0!: rumusnya membagi dengan nol. Perbaiki rumusnya atau tulis angkanya,"
            f" lalu simpan."
        ],
        {("region", 0, "growth")},
    ),
    "error in a name": (
        put("segments", "name", "#NAME?", row=2),
        [
            f"{K} A8: Berisi galat #NAME?: rumusnya memuat nama yang tidak dikenal. Perbaiki rumusnya atau tulis"
            f" angkanya, lalu simpan."
        ],
        {("segments", 2, "name")},
    ),
    "formula never calculated": (
        put("segments", "workers", "=3000+750"),
        [f"{K} C6: Rumusnya belum pernah dihitung. Buka dan simpan sekali di Excel, lalu unggah lagi."],
        {WORKERS},
    ),
    "truth value": (
        put("segments", "workers", True),
        [f"{K} C6: Berisi nilai logika BENAR (TRUE/FALSE), padahal isian ini sebuah angka."],
        {WORKERS},
    ),
    "date for a number": (
        put("budgets", "months", datetime.datetime(2026, 2, 1)),
        [
            f"{A} I6: Berisi tanggal (1 Februari 2026), mungkin karena Excel mengubah 1-2 menjadi tanggal. Ubah"
            f" format selnya"
            " menjadi Angka, lalu ketik lagi."
        ],
        {("budgets", 0, "months")},
    ),
    "time for a number": (
        put("segments", "workers", datetime.time(12, 30)),
        [f"{K} C6: Berisi jam (12:30:00). Ubah format selnya menjadi Angka atau Teks, lalu ketik lagi."],
        {WORKERS},
    ),
    "date for a name": (
        put("budgets", "name", datetime.datetime(2026, 5, 7)),
        [
            f"{A} B6: Berisi tanggal (7 Mei 2026), mungkin karena Excel mengubah 1-2 menjadi tanggal. Ubah format"
            f" selnya"
            " menjadi Teks, lalu ketik lagi."
        ],
        {("budgets", 0, "name")},
    ),
    "english decimals as text": (
        put("segments", "workers", "12.95"),
        [f"{K} C6: “12.95”: orang harus bilangan bulat. Maksudnya 12.950?"],
        {WORKERS},
    ),
    "english thousands as text": (
        fill("workers", "370,000"),
        [f"{D} B9: “370,000”: orang harus bilangan bulat. Maksudnya 370 atau 370.000?"],
        {("region", 0, "workers")},
    ),
    "per cent of people": (
        put("segments", "workers", "15%"),
        [f"{K} C6: “15%” memakai tanda persen, padahal isian ini dalam orang. Tulis angkanya saja."],
        {WORKERS},
    ),
    "share without its sign": (
        fill("growth", 0.5, "General"),
        [f"{D} B10: “0,5” belum jelas: maksudnya 0,5% atau 50%? Tulis salah satunya."],
        {("region", 0, "growth")},
    ),
    "share as a percentage number": (
        fill("growth", 1.25, "0.00"),
        [f"{D} B10: “1,25” belum jelas: maksudnya 1,25%? Bila benar, tulis demikian."],
        {("region", 0, "growth")},
    ),
    "dash for nothing": (put("segments", "workers", "-"), [f"{K} C6: “-” {NOT_READ}"], {WORKERS}),
    "two numbers in a cell": (
        put("segments", "workers", "3.000 s.d. 4.000"),
        [f"{K} C6: “3.000 s.d. 4.000” {NOT_READ}"],
        {WORKERS},
    ),
    "negative people": (
        put("segments", "workers", -5),
        [
            f"{K} C6: Paling sedikit 0; tertulis −5.",
            f"{K} D6: Terlindungi 1.427 lebih banyak daripada −5 pekerjanya.",
        ],
        {WORKERS},
    ),
    "unknown choice": (
        put("segments", "membership", "BPJS"),
        [f"{K} E6: “BPJS” tidak dikenal. Pilih salah satu: bukan penerima upah, penerima upah."],
        {("segments", 0, "membership")},
    ),
    "thirteen months": (
        put("budgets", "months", 13),
        [f"{A} I6: Paling banyak 12; tertulis 13."],
        {("budgets", 0, "months")},
    ),
    "no month": (
        fill("start", "awal tahun"),
        [f"{D} B6: “awal tahun” bukan bulan. Tulis seperti Januari 2027."],
        {("region", 0, "start")},
    ),
    "order in words": (
        put("budgets", "order", "pertama"),
        [f"{A} A6: “pertama” bukan nomor urut. Tulis 1, 2, 3, dan seterusnya."],
        {("budgets", 0, "order")},
    ),
    "a sheet that has no ranges": (
        beside(1, "Daerah"),
        [
            f"{R} A6: “Daerah” bukan lembar yang barisnya dapat diberi rentang di sini. Yang ada: Penyebut lain;"
            f" Kelompok pekerja;"
            " Sumber anggaran; Sumber penanggung; Sudah dibayari; Tahun tertentu; Target; Setelan skenario; Setelan uji"
            " tekanan."
        ],
        {("also", 0, "workers")},
    ),
    "a row that is not there": (
        beside(2, "semua pekerja"),
        [
            f"{R} B6: “semua pekerja” tidak ada di lembar Penyebut lain. Samakan dengan nama di sana, atau hapus"
            f" baris ini."
        ],
        {("also", 0, "workers")},
    ),
    "a column without numbers": (
        beside(3, "Catatan"),
        [f"{R} C6: “Catatan” bukan kolom angka di lembar Penyebut lain. Yang ada: Jumlah pekerja."],
        {("also", 0, "workers")},
    ),
    "no row named": (
        beside(2, None),
        [f"{R} B6: Baris belum diisi: tulis angka mana yang dimaksud, atau hapus baris ini."],
        {("also", 0, "workers")},
    ),
    "merged rows": (
        merge("Kelompok pekerja", "F7:F8"),
        [
            f"{K} F7: Sel F7:F8 digabung, sehingga hanya sel pertamanya yang berisi. Pisahkan (Unmerge), lalu isi"
            f" tiap sel."
        ],
        {("segments", 2, "duty")},
    ),
    "merged values of a form": (
        merge("Daerah", "B14:B15"),
        [f"{D} B14: Sel B14:B15 digabung, sehingga hanya sel pertamanya yang berisi. Pisahkan (Unmerge)."],
        {("region", 0, "note")},
    ),
    "a heading twice": (
        twice,
        [f"{K} P4: Judul kolom “Jumlah pekerja” ada dua kali, di C4 dan P4; yang dibaca C4. Hapus salah satunya."],
        set(),
    ),
    "a sheet twice": (
        sheet_twice,
        ["Lembar “Target ”: Ada dua lembar bernama Target; yang dibaca yang pertama. Hapus salah satunya."],
        set(),
    ),
    "a field twice": (
        line_twice,
        ["Lembar Daerah, baris 20: Isian “Nama daerah” ada dua kali, di baris 5 dan 20. Hapus salah satunya."],
        set(),
    ),
}
