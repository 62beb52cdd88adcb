"""The sheet that tells how the workbook is read, changed and uploaded again."""

from reports.workbook.pages import Page
from reports.workbook.plan import SPARE_YEARS
from simulator.tables.layout import TABLES
from simulator.workbook.headings import DETAILS_TITLE
from simulator.workbook.styles import INPUT, REQUIRED

_STEPS = (
    (
        "Apa ini",
        "Buku kerja ini menghitung cakupan Jamsostek bulan demi bulan dengan rumus Excel biasa: tanpa makro, tanpa"
        " tautan ke berkas lain. Ubah satu angka di sel kuning, dan semua lembar mengikuti, sama seperti di simulator.",
    ),
    (
        "Mengubah angka",
        "1. Sel kuning boleh diubah: kuning tua wajib diisi, kuning muda boleh kosong (yang dipakai nilai bawaannya).",
        "2. Angka di lembar data (Daerah, Kelompok pekerja, Sumber anggaran, …) berlaku bagi semua skenario. Angka di"
        " Setelan skenario berlaku bagi skenario itu saja dan mengalahkan lembar data; sel data yang dikalahkan"
        " skenario utama bertanda merah di sudutnya dan menyebut tempat mengubahnya.",
        "3. Anggaran, bulan mulai, dan banyaknya bulan untuk satu tahun: lembar Tahun tertentu; tersedia"
        f" {SPARE_YEARS} baris kosong.",
        "4. Kosong bukan nol. Isian wajib yang kosong tampil sebagai #N/A dan disebut di lembar Periksa.",
        "5. Sesudah mengubah, lihat baris ketiga Ringkasan dan lembar Periksa: isian yang melanggar aturan disebut di"
        " sana.",
        "6. Tahun di Ringkasan dipilih di sel kuning. Batas bawah dan atas (rentang) tidak mengubah hitungan di buku"
        " ini; rentang dipakai simulator. Nilai harus tetap di dalam rentangnya agar berkas diterima.",
    ),
    (
        "Yang tidak hidup di sini",
        "Sel putih terkunci. Yang berikut hanya dapat diubah di simulator, karena rumus dibuat menurut susunan itu:"
        " kode; menambah atau menghapus kelompok, sumber, dan skenario; siapa membayari siapa dan urutannya; jenis"
        " kepesertaan; jenis penyebut; bulan mulai dan lama simulasi; baris Sudah dibayari dan Setelan skenario yang"
        " baru; uji tekanan.",
        "Rentang hasil, peluang, peringkat pengaruh, dan uji tekanan dihitung simulator, tidak di sini.",
        "Tarif iuran mengikuti peraturan menurut tanggal di lembar Tarif iuran; lembar itu terkunci karena aplikasi"
        " memakai peraturan yang sama.",
    ),
    (
        "Mencetak",
        "Yang dibuat untuk dicetak: Ringkasan, RKA, dan Tahunan. Lembar bulanan mencetak bulan dan hasilnya saja;"
        " langkah hitungan dibaca di layar. Pilih lembarnya dahulu, jangan mencetak seluruh buku.",
    ),
    (
        "Membuka kunci",
        "Lembar dikunci tanpa kata sandi agar rumus tidak terhapus tanpa sengaja: menu Tinjau (Review), Buka Proteksi"
        " Lembar (Unprotect Sheet). Lebar kolom, tinggi baris, dan saringan dapat diubah tanpa membuka kunci.",
        "Bila Excel menampilkan Tampilan Terproteksi (Protected View), angka yang terlihat adalah yang tersimpan; klik"
        " Aktifkan Pengeditan (Enable Editing) agar rumus dihitung ulang.",
    ),
    (
        "Mengunggah kembali",
        "Simpan sebagai .xlsx, lalu unggah di halaman Data daerah pada simulator. Yang dibaca hanya lembar data; lembar"
        " hasil dilewati. Setelan Anda sendiri kembali sebagai skenario bernama.",
        "Di simulator semuanya dapat diubah, termasuk yang terkunci di sini; buku kerja dapat dibuat lagi dari sana.",
    ),
)
_COLOURS = (
    ("wajib diisi, boleh diubah", REQUIRED),
    ("boleh kosong, boleh diubah", INPUT),
    ("terkunci: rumus atau susunan", "#FFFFFF"),
)


def write_guide(page: Page, months: list[Page]) -> None:
    """The sheet: colours, steps, and a line for every other sheet with a way to it."""
    sheet, styles = page.sheet, page.styles
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 112)
    page.text(0, 0, "Petunjuk", styles.title)
    for row, (text, colour) in enumerate(_COLOURS, 2):
        page.text(row, 0, text, styles(bg_color=colour, border=1, border_color="#C9CED6"))
    row, wrapped, bold = 6, styles(text_wrap=True, valign="top"), styles(bold=True, valign="top")
    for heading, *texts in _STEPS:
        page.text(row, 0, heading, bold)
        for text in texts:
            page.text(row, 1, text, wrapped)
            sheet.set_row(row, 14 * (1 + len(text) // 118) + 2)
            row += 1
        row += 1
    _sheets(page, row, months)
    sheet.fit_to_pages(1, 0)


def _sheets(page: Page, row: int, months: list[Page]) -> None:
    """What every sheet holds."""
    page.text(row, 0, "Lembar", page.styles(bold=True))
    own = [
        ("Ringkasan", "Jawaban pada satu tahun, di samping kondisi berjalan dan yang dibandingkan; grafik."),
        ("Periksa", "Kesalahan masukan, dan apakah hasil masih sama dengan aplikasi saat berkas dibuat."),
        ("RKA", "Tabel anggaran tiap tahun dan sumber untuk skenario utama: orang-bulan × tarif, sampai rupiah."),
        ("Tahunan", "Semua angka tahunan tiap skenario."),
        *((m.title, "Hitungan bulan demi bulan satu skenario, langkah demi langkah.") for m in months),
        ("Tarif iuran", "Peraturan menurut tanggal, dan iuran satu pekerja sebulan."),
        ("Terpakai", "Angka yang dipakai tiap skenario, dan sel data asalnya."),
        *((t.title, t.about) for t in TABLES),
        (DETAILS_TITLE, "Rentang dan sumber angka di tabel berbaris banyak."),
    ]
    link, wrapped = page.styles(font_color="#1F4E79", underline=1), page.styles(text_wrap=True, valign="top")
    for at, (title, about) in enumerate(own, row + 1):
        quoted = title.replace("'", "''")
        page.sheet.write_url(at, 0, f"internal:'{quoted}'!A1", link, title)
        page.text(at, 1, about, wrapped)
