"""Sheets of an uploaded workbook that the simulator itself worked out: left out before anything parses them.

They may hold a hundred thousand formulas. Which they are is told by their names alone.
"""

import io
import re
import zipfile
from html import unescape

from simulator.workbook.headings import is_model

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_LARGEST_INDEX = 2**20  # bytes of the list of sheets
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)


def result_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part → name of the sheets of results in a workbook; none where its list of sheets cannot be made out."""
    sizes = {p.filename: p.file_size for p in archive.infolist()}
    index, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not all(0 < sizes.get(part, 0) <= _LARGEST_INDEX for part in (index, links)):
        return {}
    parts = {}
    for tag in _RELATION.findall(archive.read(links)):
        target = _attribute(tag, rb"Target")
        parts[_attribute(tag, rb"Id")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    names = {
        parts.get(_attribute(tag, rb"\w+:id"), ""): _attribute(tag, rb"name")
        for tag in _SHEET.findall(archive.read(index))
    }
    sheets = {part for part in sizes if part.startswith("xl/worksheets/")}  # a sheet that is a chart stays as it is
    return {part: name for part, name in names.items() if part in sheets and is_model(name)}


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"=(?:\"([^\"]*)\"|'([^']*)')", tag)
    return unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def without_results(content: bytes) -> tuple[bytes, list[str]]:
    """(the workbook with its sheets of results emptied, their names). What they held is never unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = result_sheets(archive)
        if not found:
            return content, []
        own = {f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels" for part in found}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as out:
            for part in archive.infolist():
                if part.filename not in own:
                    out.writestr(part.filename, _EMPTY if part.filename in found else archive.read(part))
        return stream.getvalue(), list(found.values())
