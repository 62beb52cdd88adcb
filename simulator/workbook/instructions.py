"""What the written workbook says about how to fill it in: the first sheet, help under headings, hints at cells."""

from typing import Any

from simulator import indonesian as fmt
from simulator.guidance import guide
from simulator.registry import Field
from simulator.tables.layout import DETAILS, TABLES, Column
from simulator.tables.numbers import is_share, number_text
from simulator.workbook.headings import DETAILS_TITLE, GUIDE_TITLE
from simulator.workbook.styles import EXAMPLE_INK, INPUT, REQUIRED, Styles, put

_HOW = {
    "number": "angka",
    "plain": "angka",
    "end": "angka",
    "id": "huruf, angka, garis bawah",
    "month": "misalnya Januari 2027",
    "date": "misalnya 2026-08 atau 31-08-2026",
    "year": "empat angka, misalnya 2028",
    "order": "1, 2, 3, dan seterusnya",
    "ids": "kode, dipisah titik koma (;), menurut urutan",
    "references": "kode, dipisah titik koma (;)",
    "programmes": "JKK; JKM atau JKK; JKM; JHT",
    "choice": "pilih dari daftar",
    "flag": "pilih ya atau tidak",
    "reference": "kode dari Daftar sumber",
    "owner": "kode sumber",
    "segment": "kode kelompok",
    "scenario": "kode skenario",
    "test": "kode uji",
    "path": "kode pemilik, titik, nama parameter",
    "setting": "angka, daftar, atau ya/tidak",
}
_STEPS = (  # heading, its lines
    (
        "Apa ini",
        "Buku kerja ini berisi data satu daerah untuk simulator cakupan Jamsostek. Isi di Excel atau LibreOffice,"
        " simpan sebagai .xlsx, lalu unggah di halaman Data daerah. Tabel di layar diganti isi berkas ini; tombol"
        " Urungkan di sana mengembalikannya.",
    ),
    (
        "Mengisi",
        "1. Mulai dari lembar Daerah, lalu Kelompok pekerja, Sumber anggaran, dan Sumber penanggung.",
        "2. Isi sel kuning. Kuning tua dan judul bertanda * wajib; kuning muda boleh kosong.",
        "3. Kosong bukan nol. Bila nilainya memang nol, tulis 0. Bila sel boleh kosong, yang dipakai nilai bawaannya.",
        "4. Satu baris satu kelompok, satu sumber, atau satu skenario. Baris kosong di antaranya tidak apa-apa.",
        "5. Kolom Urutan menentukan siapa membayar lebih dahulu: nomor yang kecil lebih dahulu.",
        "6. Jangan mengubah nama lembar dan judul kolom. Memindahkan kolom atau menyisipkan baris boleh.",
        "7. Jangan menggabungkan sel (Merge): hanya sel pertamanya yang terbaca.",
    ),
    (
        "Menulis angka",
        "Ketik angka tanpa satuan: 12951. Pemisah ribuan dan desimal tampil menurut pengaturan komputer Anda.",
        "Pada Excel berbahasa Inggris titik berarti desimal: 12.951 menjadi dua belas koma sembilan. Ketik 12951.",
        "Angka yang tertulis sebagai teks dibaca cara Indonesia: 12.951; 15,78; Rp 2,6 miliar; 302,4 juta. Yang dapat"
        " berarti dua ditanyakan, tidak ditebak.",
        "Persen ditulis dengan tandanya: 15,78%. Tanpa tanda %, 0,5 dapat berarti 0,5% atau 50%, sehingga ditanyakan.",
        "Rumus boleh; yang dibaca hasilnya. Simpan sekali di Excel agar hasilnya tersimpan. Makro tidak dijalankan.",
        "Excel dapat mengubah 1-2 atau 2026-08 menjadi tanggal. Sel tanggal dan kode di sini sudah berformat Teks.",
    ),
    (
        "Rentang dan sumber",
        "Angka yang tidak pasti diberi batas bawah dan batas atas; dari situlah rentang hasil. Di lembar isian (mis."
        f" Daerah) kolomnya di samping; untuk tabel berbaris banyak di lembar {DETAILS_TITLE}.",
        "Baris lain disebut dengan kodenya (kolom Kode), misalnya di Boleh membayari dan di kolom Baris. Nama boleh"
        " diganti, kodenya jangan. Baris baru tanpa kode disebut dengan namanya.",
        "Setiap angka sebaiknya menyebut sumber: tulis sumbernya di Daftar sumber, lalu pakai kodenya. Yang tidak"
        " bersumber adalah asumsi.",
    ),
    ("Lembar di buku kerja ini",),
)


def short_help(column: Column) -> str:
    """The line under a heading: whether it is required, how it is written, what holds for a blank."""
    how = _HOW.get(column.kind, "")
    if column.field is not None and is_share(column.field):
        how = "angka dengan tanda %"
    start = "Wajib" if column.required else "Boleh kosong"
    told = f"{start}: {how}" if how else start
    return told + (f". Bawaan: {column.default}" if column.default else "")


def cell_help(column: Column) -> tuple[str, str]:
    """(title, message) shown when a cell is chosen: at most 32 and 255 letters."""
    parts = [short_help(column)]
    if column.field is not None and (limits := limits_text(column.field)):
        parts.append(limits)
    if column.help:
        parts.append(column.help)
    message = ". ".join(p.rstrip(".") for p in parts) + "."
    return column.label[:32] or "Isian", message if len(message) <= 255 else message[:252] + "..."


def limits_text(field: Field) -> str:
    """What the number may be: Paling sedikit 1, paling banyak 12; empty where anything may stand."""
    said = []
    for limit, words in (
        (field.ge, "paling sedikit"),
        (field.gt, "lebih dari"),
        (field.le, "paling banyak"),
        (field.lt, "kurang dari"),
    ):
        if limit is not None and abs(limit) < 1e15:
            said.append(f"{words} {number_text(limit, field)}")
    text = ", ".join(said) + ("; bilangan bulat" if field.whole and field.unit != "year" else "")
    return text[:1].upper() + text[1:]


def explanation(column: Column) -> str:
    """What a field is and where it is found, for a form: from the guidance, else the column's own help."""
    try:
        known = guide(column.guide)
        told = [known.what, known.where]
    except KeyError:
        told = [column.help]
    return " ".join(part.strip() for part in (*told, f"{short_help(column)}.") if part)


def add_guide(book: Any, title: str = "") -> None:
    """The first sheet: how to fill in, colours, numbers, and what each sheet holds."""
    styles = Styles(book)
    sheet = book.add_worksheet(GUIDE_TITLE)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 100)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    put(sheet, 0, 1, title or "Data daerah", styles.title)
    put(sheet, 1, 1, "wajib diisi", styles(bg_color=REQUIRED, border=1))
    put(sheet, 2, 1, "boleh kosong", styles(bg_color=INPUT, border=1))
    put(sheet, 3, 1, "contoh: hapus atau timpa", styles(bg_color=INPUT, italic=True, font_color=EXAMPLE_INK, border=1))
    line, wrapped, bold = 4, styles(text_wrap=True, valign="top"), styles(bold=True, font_size=11)
    for heading, *texts in _STEPS:
        put(sheet, line + 1, 1, heading, bold)
        line += 2
        for text in texts:
            sheet.merge_range(line, 1, line, 2, text, wrapped)
            sheet.set_row(line, 15 * (1 + len(text) // 145))
            line += 1
    for name, about in (*((t.title, t.about) for t in TABLES), (DETAILS_TITLE, _beside_about())):
        put(sheet, line, 1, name, styles(bold=True, valign="top"))
        put(sheet, line, 2, about, wrapped)
        line += 1


def _beside_about() -> str:
    return f"Untuk angka di tabel berbaris banyak: {fmt.listing([d.label.lower() for d in DETAILS.values()])}."
