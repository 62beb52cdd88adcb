"""The document's page, styles, language, footer and properties: all looks stand in styles that Word lists."""

import re
from datetime import datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.styles.style import BaseStyle

from reports.memo import plain as p
from reports.memo.blocks import (
    CELL_SIDE,
    CELL_TOP,
    INK_BLUE,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    STYLES,
    TEXT_WIDTH,
    Style,
)
from reports.memo.xml import attributes, element, field, text_run, twips
from simulator.indonesian import month_name

FONT, LANGUAGE, MAKER = "Arial", "id-ID", "Simulator cakupan Jamsostek"
TABLE, TILES = "Tabel Memo", "Kotak Angka"
RULE, PALE, HEAD = "B9BFCA", "EEF3FA", "DFE6F1"
_NORMAL = ("Title", "Heading 1", "Heading 2", "Caption", "List Bullet")  # that every Word document has
_DATE = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})\Z")


def empty(title: str, subject: str, made: str) -> Doc:
    """An A4 document without a text, in Indonesian, with all styles."""
    document = Document()
    _page(document)
    _defaults(document)
    for name, style in STYLES.items():
        _paragraph_style(document, name, style)
    _table_style(document, TABLE, inside=True)
    _table_style(document, TILES, inside=False)
    _footer(document, title)
    _properties(document, title, subject, made)
    return document


def _page(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_WIDTH), Cm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    section.header_distance, section.footer_distance = Cm(1), Cm(0.9)


def _defaults(document: Doc) -> None:
    """Font and language where no style says otherwise; no compatibility mode, no picture of another page."""
    run = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(run):
        run.remove(child)
    run.append(_fonts())
    run.append(element("w:sz", {"w:val": 20}))
    run.append(element("w:szCs", {"w:val": 20}))
    run.append(element("w:lang", {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": "ar-SA"}))
    settings = document.settings.element
    attributes(settings.find(qn("w:themeFontLang")), {"w:val": LANGUAGE})
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            attributes(setting, {"w:val": 15})
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        rels.pop(key)


def _fonts():
    return element("w:rFonts", {f"w:{kind}": FONT for kind in ("ascii", "hAnsi", "eastAsia", "cs")})


def _paragraph_style(document: Doc, name: str, style: Style) -> None:
    """A style as told in STYLES; those that Word has of its own keep their names and numbering."""
    known = name == "Normal" or name in _NORMAL
    found = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        found.base_style, found.quick_style = document.styles["Normal"], True
    found.hidden = found.unhide_when_used = False
    numbered = found.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    for tag in ("w:pPr", "w:rPr"):
        old = found.element.find(qn(tag))
        if old is not None:
            found.element.remove(old)
    found.element.append(_paragraph(name, style, numbered))
    found.element.append(
        element(
            "w:rPr",
            {},
            _fonts(),
            *((element("w:b", {}), element("w:bCs", {})) if style.bold else ()),
            element("w:color", {"w:val": style.colour}),
            element("w:sz", {"w:val": round(style.size * 2)}),
            element("w:szCs", {"w:val": round(style.size * 2)}),
        )
    )


def _paragraph(name: str, style: Style, numbered):
    """Spacing, frame and indents of a paragraph style, in the order in which Word wants them."""
    hang = {"w:hanging": twips(style.left)} if name in ("List Bullet", "Kepala Memo", "Sumber") else {}
    stops = (twips(style.left - 8), twips(style.left))
    tabs = element("w:tabs", {}, *(element("w:tab", {"w:val": "left", "w:pos": stop}) for stop in stops))
    level = {"Heading 1": 0, "Heading 2": 1}.get(name)
    parts = [
        element("w:keepNext", {}) if style.keep else None,
        element("w:keepLines", {}) if style.keep or name == "Rekomendasi" else None,
        element("w:widowControl", {}),
        numbered,
        _frame() if name == "Rekomendasi" else None,
        element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": PALE}) if name == "Rekomendasi" else None,
        tabs if name == "Kepala Memo" else None,
        element(
            "w:spacing",
            {"w:before": twips(style.before), "w:after": twips(style.after), "w:line": 240, "w:lineRule": "auto"},
        ),
        element("w:ind", {"w:left": twips(style.left), "w:right": twips(style.right), **hang}),
        None if level is None else element("w:outlineLvl", {"w:val": level}),
    ]
    return element("w:pPr", {}, *(part for part in parts if part is not None))


def _frame():
    """The box around the recommendation, thick at its left."""
    return element(
        "w:pBdr",
        {},
        *(
            element(
                f"w:{side}",
                {"w:val": "single", "w:sz": 36 if side == "left" else 8, "w:space": 5, "w:color": INK_BLUE},
            )
            for side in ("top", "left", "bottom", "right")
        ),
    )


def _table_style(document: Doc, name: str, inside: bool) -> BaseStyle:
    """Rules between the rows, a shaded head that stands out in grey too; tiles have a frame each."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.base_style, style.hidden = document.styles["Normal Table"], False
    line = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": RULE}
    strong = {**line, "w:sz": 8, "w:color": "5A6472"}
    sides = {"top": strong, "bottom": strong, "insideH": line}
    if not inside:
        sides = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), line)
    margins = {"top": CELL_TOP, "left": CELL_SIDE, "bottom": CELL_TOP, "right": CELL_SIDE}
    if not inside:
        margins = dict.fromkeys(margins, 4) | {"left": 6, "right": 6}
    style.element.append(
        element(
            "w:tblPr",
            {},
            element("w:tblBorders", {}, *(element(f"w:{side}", look) for side, look in sides.items())),
            element(
                "w:tblCellMar", {}, *(element(f"w:{s}", {"w:w": twips(v), "w:type": "dxa"}) for s, v in margins.items())
            ),
        )
    )
    if inside:
        shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": HEAD})
        style.element.append(element("w:tblStylePr", {"w:type": "firstRow"}, element("w:tcPr", {}, shade)))
    return style


def _footer(document: Doc, title: str) -> None:
    """Title at the left, Halaman 1 dari 3 at the right, as fields."""
    paragraph = document.sections[0].footer.paragraphs[0]
    style = paragraph.style.element
    for tag in ("w:pPr", "w:rPr"):
        old = style.find(qn(tag))
        if old is not None:
            style.remove(old)
    right = element("w:tab", {"w:val": "right", "w:pos": twips(TEXT_WIDTH)})
    style.append(element("w:pPr", {}, element("w:tabs", {}, right)))
    look = STYLES["Keterangan"]
    style.append(element("w:rPr", {}, element("w:color", {"w:val": look.colour}), element("w:sz", {"w:val": 17})))
    own = paragraph._p
    own.append(text_run(f"{p.shorten(title, 70)}\tHalaman "))
    own.extend(field("PAGE", "1"))
    own.append(text_run(" dari "))
    own.extend(field("NUMPAGES", "1"))


def _properties(document: Doc, title: str, subject: str, made: str) -> None:
    core = document.core_properties
    core.title, core.subject, core.author, core.last_modified_by = title[:255], subject[:255], MAKER, MAKER
    core.comments = core.keywords = core.category = ""
    core.language, core.revision = LANGUAGE, 1
    day = _day(made)
    if day:
        core.created = core.modified = day
    else:  # no day is better than that of the empty document
        for tag in ("dcterms:created", "dcterms:modified"):
            for old in core._element.findall(qn(tag)):
                core._element.remove(old)


def _day(made: str) -> datetime | None:
    """22 November 2026 as a date; None for anything else."""
    months = {month_name(n).lower(): n for n in range(1, 13)}
    found = _DATE.match(made.strip())
    if not found or found[2].lower() not in months:
        return None
    try:
        return datetime(int(found[3]), months[found[2].lower()], int(found[1]))
    except ValueError:
        return None
