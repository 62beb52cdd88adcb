"""Bytes of a file that somebody chose, as text; what is no text of ours is told by what it is."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from simulator.faults import Fault
from simulator.yaml_io import MAX_BYTES

# how a file begins: (what it is in English, in Indonesian)
_BEGINNINGS = (
    (b"\x89PNG", "a picture (PNG)", "gambar (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "gambar (JPEG)"),
    (b"GIF8", "a picture (GIF)", "gambar (GIF)"),
    (b"%PDF", "a PDF", "dokumen PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file (.doc, .xls)", "berkas Word atau Excel lama (.doc, .xls)"),
    (b"{\\rtf", "a formatted text (RTF)", "teks berformat (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip)", "berkas terkompresi (gzip)"),
)
_ZIPPED = (  # what lies in a zip that is more than a zip
    ("xl/", "an Excel file (.xlsx)", "berkas Excel (.xlsx)"),
    ("word/", "a Word file (.docx)", "berkas Word (.docx)"),
    ("ppt/", "a PowerPoint file (.pptx)", "berkas PowerPoint (.pptx)"),
    ("content.xml", "a LibreOffice file", "berkas LibreOffice"),
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_PAGE = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|\?xml)", re.IGNORECASE | re.DOTALL)


def decoded(content: bytes, source: str = "") -> tuple[str | None, list[Fault]]:
    """The text in the bytes of a region file; None and one fault where there is none."""

    def no(kind: str, **facts: object) -> tuple[None, list[Fault]]:
        return None, [Fault("", kind, facts, source)]

    if not content.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        return no("empty_file")
    if found := _other_kind(content):
        return no("other_kind", what=found[0], what_id=found[1])
    if len(content) > MAX_BYTES:
        return no("too_large", value=len(content), limit=MAX_BYTES)
    if content.startswith(_WIDE) or _looks_wide(content):
        return no("utf16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        return no("not_utf8_line", line=content.count(b"\n", 0, err.start) + 1)
    if _PAGE.match(text[:5000]):
        return no("other_kind", what="a web page or XML", what_id="halaman web atau XML")
    return text, []


def _other_kind(content: bytes) -> tuple[str, str] | None:
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    return next(((english, own) for start, english, own in _BEGINNINGS if content.startswith(start)), None)


def _zipped(content: bytes) -> tuple[str, str]:
    try:
        with ZipFile(BytesIO(content)) as zipped:
            names = zipped.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        names = []
    for start, english, own in _ZIPPED:
        if any(name.startswith(start) for name in names):
            return english, own
    return "a zip file", "berkas zip"


def _looks_wide(content: bytes) -> bool:
    """Whether every other byte is nought, as in Latin text of two bytes a letter without a mark at its beginning."""
    head = content[:200]
    return len(head) >= 4 and max(head[0::2].count(0), head[1::2].count(0)) > len(head) * 0.4
