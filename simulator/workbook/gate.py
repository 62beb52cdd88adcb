"""Which uploaded files may be opened at all, told from their bytes before anything parses them."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from simulator import indonesian as fmt
from simulator.workbook.results import result_sheets

LARGEST = 5 * 2**20  # bytes as uploaded; a district's workbook has some 60,000
LARGEST_UNPACKED = 60 * 2**20
MOST_PARTS = 2000
MOST_TIMES = 300  # unpacked to packed size of one large part; sheets of text reach some 30
LARGEST_XML = 30 * 2**20  # of which sheets are made, pictures left out
MOST_CELLS = 100_000  # filled, formatted or merged

_AGAIN = "Buka di Excel, pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”, lalu unggah berkas itu."
_DAMAGED = f"Berkas Excel ini rusak atau terpotong. {_AGAIN} Bila berasal dari surel atau unduhan, ambil sekali lagi."
_TOO_LARGE = (
    "Isi berkas ini terlalu besar setelah dibuka ({size} MB, {parts} bagian). Salin isinya ke templat yang baru, lalu"
    " unggah."
)
_CELL, _ROW = re.compile(rb"<(?:\w+:)?c[ />]"), re.compile(rb"<(?:\w+:)?row[ />]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_RANGE = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?ref=[\"']([^\"']*)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_TELLTALES = (  # how a file begins, what it is
    (b"%PDF", "berkas PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
)
_PARTS = (  # a part of a zip, what the zip then is
    ("word/document.xml", "dokumen Word (.docx)"),
    ("ppt/presentation.xml", "presentasi PowerPoint (.pptx)"),
    ("xl/workbook.bin", "buku kerja biner (.xlsb)"),
    ("Index/Document.iwa", "berkas Numbers dari Apple"),
)
_IGNORED = (  # folder of a zip, what is said about it
    ("xl/vbaproject.bin", "Makro di berkas ini tidak dijalankan dan tidak dibaca."),
    ("xl/externallinks/", "Tautan ke berkas Excel lain tidak diikuti; yang dibaca nilai yang tersimpan."),
    ("xl/embeddings/", "Objek yang disisipkan (misalnya dokumen di dalam lembar) tidak dibaca."),
    ("xl/activex/", "Tombol dan kendali ActiveX tidak dibaca."),
    ("xl/connections.xml", "Sambungan data ke luar berkas tidak dijalankan."),
)


@dataclass(frozen=True)
class Opened:
    """What a file is: `kind` is "xlsx" or "csv"; `refused` says in one Indonesian line why it cannot be used."""

    kind: str = ""
    refused: str = ""
    remarks: tuple[str, ...] = ()
    formulas: bool = False


def inspect(content: bytes, name: str) -> Opened:
    """What an uploaded file is, and whether it may be read. Raises nothing."""
    if not content:
        return Opened(refused="Berkas ini kosong (0 byte). Simpan dahulu di Excel, lalu unggah lagi.")
    if len(content) > LARGEST:
        size, most = fmt.count(len(content) / 2**20, 1), LARGEST // 2**20
        return Opened(
            refused=f"Berkas {size} MB lebih besar daripada batas {most} MB. Hapus gambar dan lembar lain, simpan lagi."
        )
    if content.startswith(_OLE):
        return Opened(refused=_old_office(content))
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip(content)
    return _plain(content, name)


def _old_office(content: bytes) -> str:
    """Why a file in the container of old Office cannot be read."""
    if _wide("EncryptedPackage") in content:
        return (
            "Berkas dikunci kata sandi. Buka di Excel, hapus kata sandinya (File, Info, Lindungi Buku Kerja, Enkripsi"
            " dengan Kata Sandi, kosongkan), simpan, lalu unggah lagi."
        )
    if _wide("WordDocument") in content:
        return "Ini dokumen Word lama (.doc), bukan buku kerja Excel. Salin tabelnya ke templat Excel, lalu unggah."
    return f"Ini Excel lama (.xls). {_AGAIN}"


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _plain(content: bytes, name: str) -> Opened:
    """A file that is neither zip nor old Office."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    known = next((what for start, what in _TELLTALES if content.startswith(start)), "")
    low = head[:300].lower()
    if re.match(rb"<(!doctype html|html|head|body|table|meta|div)", low):
        known = "halaman web (HTML), walaupun namanya mungkin .xls"
    elif b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        known = "lembar XML dari Excel 2003"
    elif low.startswith(b"<?xml"):
        known = "berkas XML"
    if known:
        return Opened(refused=f"Ini {known}, bukan buku kerja Excel. {_AGAIN}")
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\x00" in content[:4000] and not wide:
        ending = name.rpartition(".")[2].lower()[:8]
        return Opened(refused=f"Berkas .{ending} ini bukan buku kerja Excel dan bukan CSV, atau sudah rusak. {_AGAIN}")
    return Opened("csv")


def _area(reference: bytes) -> int:
    """How many cells a range has: A1:B3 has 6."""
    found = re.fullmatch(rb"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if not found:
        return 1
    left, right = (_column(found[n]) for n in (1, 3))
    return (abs(right - left) + 1) * (abs(int(found[4]) - int(found[2])) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _zip(content: bytes) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _archive(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return Opened(refused=_DAMAGED)


def _archive(archive: zipfile.ZipFile) -> Opened:
    parts = archive.infolist()
    names = {p.filename.replace("\\", "/") for p in parts}
    small = {n.lower() for n in names}
    if refused := _too_much(parts):
        return Opened(refused=refused)
    if any(p.flag_bits & 1 for p in parts):
        return Opened(refused="Arsip ini dikunci kata sandi. Simpan buku kerja tanpa kata sandi, lalu unggah lagi.")
    if "mimetype" in names and archive.read("mimetype").strip().startswith(_ODS.encode()):
        return Opened(
            refused="Ini berkas LibreOffice (.ods). Buka, pilih Simpan Sebagai, jenis .xlsx, lalu unggah lagi."
        )
    for part, what in _PARTS:
        if part in names:
            return Opened(refused=f"Ini {what}, bukan buku kerja Excel (.xlsx). {_AGAIN}")
    kinds = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if not re.search(rb"(?i)spreadsheetml\.(sheet|template)\.main|sheet\.macroenabled\.main", kinds):
        return Opened(refused=f"Ini arsip zip tanpa buku kerja Excel di dalamnya. {_AGAIN}")
    return _workbook(archive, small)


def _too_much(parts: list[zipfile.ZipInfo]) -> str:
    """Why a zip is not unpacked: a small file may hold gigabytes. The sizes it declares are held to when unpacked."""
    unpacked = sum(p.file_size for p in parts)
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        return _TOO_LARGE.format(size=fmt.count(unpacked / 2**20), parts=fmt.count(len(parts)))
    if any(p.file_size > 2**20 and p.file_size > MOST_TIMES * max(p.compress_size, 1) for p in parts):
        return "Isi berkas ini mengembang tidak wajar saat dibuka. Salin isinya ke templat yang baru, lalu unggah."
    return ""


def _workbook(archive: zipfile.ZipFile, small: set[str]) -> Opened:
    """A workbook's parts, looked at without parsing: how much would be made of them, and what is never obeyed."""
    size, most, formulas = 0, 0, False
    left_out = result_sheets(archive)
    for part in archive.infolist():
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels")) or part.filename in left_out:
            continue
        text = archive.read(part)
        size += len(text)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\x00" in text:
            return Opened(refused=f"Berkas ini memuat XML yang tidak pernah ditulis Excel. {_AGAIN}")
        if name == "xl/workbook.xml" and b"purl.oclc.org/ooxml" in text:
            return Opened(refused=f"Berkas ini disimpan sebagai “Strict Open XML”. {_AGAIN}")
        if name != "xl/calcchain.xml":
            most += max(len(found.findall(text)) for found in (_CELL, _ROW))
            most += sum(map(_area, _RANGE.findall(text)))
        formulas = formulas or ("sheet" in name and _FORMULA.search(text) is not None)
    if size > LARGEST_XML:
        return Opened(refused=_TOO_LARGE.format(size=fmt.count(size / 2**20), parts=fmt.count(len(archive.namelist()))))
    if most > MOST_CELLS:
        return Opened(
            refused=f"Berkas ini berisi {fmt.count(most)} sel terisi, berformat, atau digabung; paling banyak"
            f" {fmt.count(MOST_CELLS)}. Hapus lembar lain dan baris kosong yang berformat, lalu simpan."
        )
    remarks = tuple(text for folder, text in _IGNORED if any(n.startswith(folder) for n in small))
    return Opened("xlsx", remarks=remarks, formulas=formulas)
