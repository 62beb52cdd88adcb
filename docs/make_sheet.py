"""Makes what is written from other files: `python -m docs.make_sheet`.

- docs/lembar-sekda.docx, the one-page sheet for Word, from docs/lembar-sekda.md
- docs/panduan/istilah.md, the terms, from simulator/parameters/glossary.yaml
"""

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from simulator import glossary

if TYPE_CHECKING:
    from docx.document import Document as Sheet
    from docx.text.paragraph import Paragraph

DOCS = Path(__file__).parent
SHEET, WORD, TERMS = DOCS / "lembar-sekda.md", DOCS / "lembar-sekda.docx", DOCS / "panduan" / "istilah.md"
FONT, BLUE = "Calibri", RGBColor(0x0B, 0x5C, 0x85)
SIZES = {"Title": (18, 0, 6), "Heading 1": (13, 10, 3), "Normal": (11, 0, 3)}  # pt: letters, space above and below
TABLE = (105, 65)  # mm of its columns
STAMP = datetime.datetime(2026, 1, 1)  # the same text gives the same file
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def main() -> None:
    """Write both files."""
    WORD.write_bytes(word(SHEET.read_text(encoding="utf-8")))
    TERMS.write_text(terms(), encoding="utf-8")
    print(WORD, TERMS, sep="\n")


# ---- the sheet


def word(text: str) -> bytes:
    """The sheet as a Word file: one A4 page, with styles of Word for title, headings and lists."""
    sheet = Document()
    _page(sheet)
    _styles(sheet)
    lines = [line for line in text.splitlines() if line]
    for i, line in enumerate(lines):
        if not line.startswith("|"):
            _line(sheet, line)
        elif not lines[i - 1].startswith("|"):
            _table(sheet, [row for row in lines[i:] if row.startswith("|")])
    about = sheet.core_properties
    about.title, about.author, about.language = (
        text.splitlines()[0].lstrip("# "),
        "Simulator cakupan Jamsostek",
        "id-ID",
    )
    about.created = about.modified = STAMP
    about.comments = ""
    raw = io.BytesIO()
    sheet.save(raw)
    return _same_dates(raw.getvalue())


def _page(sheet: "Sheet") -> None:
    page = sheet.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(16)


def _styles(sheet: "Sheet") -> None:
    for name, (size, above, below) in SIZES.items():
        style = sheet.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        _all_letters(style.element.get_or_add_rPr())
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.line_spacing = 1.05
        if name != "Normal":
            style.font.color.rgb, style.font.bold = BLUE, True
    for name in ("List Bullet", "List Number"):
        sheet.styles[name].paragraph_format.space_after = Pt(2)
    lean = sheet.styles.add_style("Dasar", WD_STYLE_TYPE.PARAGRAPH)
    lean.base_style = sheet.styles["Normal"]
    lean.font.size = Pt(10)


def _all_letters(properties) -> None:
    """One font for all scripts, and Indonesian for the spelling check."""
    fonts = properties.get_or_add_rFonts()
    for name in [n for n in fonts.attrib if "Theme" in n]:
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "id-ID")


def _line(sheet: "Sheet", line: str) -> None:
    """One line of the text as one paragraph of its style."""
    if line.startswith("# "):
        _bold(sheet.add_paragraph(style="Title"), line[2:])
    elif line.startswith("## "):
        _bold(sheet.add_paragraph(style="Heading 1"), line[3:])
    elif line.startswith("- "):
        _bold(sheet.add_paragraph(style="List Bullet"), line[2:])
    elif re.match(r"\d+\. ", line):
        _bold(sheet.add_paragraph(style="List Number"), line.split(". ", 1)[1])
    else:
        _bold(sheet.add_paragraph(style="Dasar" if re.search(r"\d/20\d\d", line) else "Normal"), line)


def _table(sheet: "Sheet", rows: list[str]) -> None:
    """A Markdown table as one of Word, its first row repeated as heading where a page would break."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if not row.startswith("|---")]
    table = sheet.add_table(len(cells), len(cells[0]), style="Table Grid")
    table.autofit = False
    for i, row in enumerate(cells):
        for j, text in enumerate(row):
            cell = table.cell(i, j)
            cell.width = Mm(TABLE[j])
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.paragraphs[0].add_run(text).bold = i == 0 or None
    for j, width in enumerate(TABLE):
        table.columns[j].width = Mm(width)
    head = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(head)


def _bold(paragraph: "Paragraph", text: str) -> None:
    """The text with what stands between ** in bold."""
    for i, part in enumerate(_BOLD.split(text)):
        if part:
            paragraph.add_run(part).bold = True if i % 2 else None


def _same_dates(content: bytes) -> bytes:
    """The same archive with one date for all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, STAMP.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# ---- the terms


def terms() -> str:
    """All terms as a Markdown table."""
    head = "# Istilah\n\nBerkas ini dibuat dari `simulator/parameters/glossary.yaml`; ubahlah di sana.\n"
    rows = ["| Istilah | Artinya | Peraturan atau sumber | Di mana |", "|---|---|---|---|"]
    for t in glossary.all_terms():
        also = f" ({'; '.join(t.also)})" if t.also else ""
        law = "; ".join(f"[{title}]({link})" if link else title for title, link in glossary.sources(t))
        rows.append(f"| **{t.term}**{also} | {t.says} | {law} | {t.where} |")
    return head + "\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
