"""The look of the slides: 16:9, one typeface, titles on the layouts, footing and page number on every slide."""

from copy import deepcopy
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from ui.palette import SERIES_COLOURS

FONT = "Arial"  # the same widths on every machine, so that what is measured fits; Calibri would fit too, being narrower
LANGUAGE = "id-ID"
WIDTH, HEIGHT = 13.333, 7.5
LEFT, ROOM = 0.6, 12.133  # where everything begins, and how wide it may be
TITLE = (LEFT, 0.4, ROOM, 1.36)
TOP, BOTTOM = 1.9, 6.72  # of what is under the title
FOOT = (LEFT, 6.86, 11.2, 0.46)
NUMBER = (LEFT + 11.3, 6.86, ROOM - 11.3, 0.46)
COVER_TITLE = (1.2, 1.5, 10.9, 2.2)
COVER_TEXT = (1.2, 4.05, 10.9, 2.2)
FOOT_SIZES = (12, 11, 10, 9)
INK, SOFT, DARK, PALE, LINE = "1F2A44", "4A5468", "12305C", "EEF2F8", "C3CBD9"
BLUE = SERIES_COLOURS["Skenario"].lstrip("#").upper()

_COVER, _PAGE = "Title Slide", "Title Only"
_NAMES = {_COVER: "Sampul", _PAGE: "Judul dan isi"}
_PROMPTS = {"Master title": "Judul: satu kalimat yang menyimpulkan", "subtitle": "Keterangan", "text styles": "Teks"}
_LEVELS = {"Second level": "Tingkat dua", "Third level": "Tingkat tiga", "Fourth level": "Tingkat empat"}
_WORDS = {**_PROMPTS, **_LEVELS, "Fifth level": "Tingkat lima"}
_SHAPES = {"Subtitle": "Keterangan", "Title": "Judul", "TextBox": "Teks", "Text Placeholder": "Teks"}
_SHAPES |= {"Slide Number": "Nomor halaman", "Footer": "Kaki", "Chart": "Grafik", "Table": "Tabel"}
_SHAPES |= {"Rectangle": "Angka", "Connector": "Garis", "Notes": "Catatan", "Slide Image": "Gambar halaman"}
_ACCENTS = ("#1668ad", "#c2571a", "#0d9786", "#9e5db3", "#cfb555", "#8a8f98")


def presentation() -> Any:
    """An empty presentation with the layouts `cover` and `page`."""
    prs = Presentation()
    prs.slide_width, prs.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(prs.slide_layouts):
        if layout.name not in _NAMES:
            prs.slide_layouts.remove(layout)
    size = prs.element.find(qn("p:sldSz"))
    size.attrib.pop("type", None)  # the template's: 4:3
    for key, rel in list(prs.part.package._rels.items()):
        if rel.reltype == RT.THUMBNAIL:
            prs.part.package._rels.pop(key)
    master = prs.slide_master
    _theme(master)
    _title_style(master)
    for holder in (master, *prs.slide_layouts):
        _arrange(holder)
        _translate(holder)
    for layout in prs.slide_layouts:
        if layout.name == _COVER:
            _cover(layout)
        layout._element.cSld.set("name", _NAMES[layout.name])
    _translate(prs.notes_master)
    return prs


def cover(prs: Any) -> Any:
    """A new slide of the first layout."""
    return prs.slides.add_slide(_layout(prs, _NAMES[_COVER]))


def page(prs: Any, footing: tuple[str, float]) -> Any:
    """A new slide with a title, the footing (its text and size) and its page number."""
    layout = _layout(prs, _NAMES[_PAGE])
    slide = prs.slides.add_slide(layout)
    for holder in layout.placeholders:
        kind = holder.placeholder_format.type
        if kind in (KIND.FOOTER, KIND.SLIDE_NUMBER):
            own = deepcopy(holder._element)
            slide.shapes._spTree.append(own)
            own.nvSpPr.cNvPr.set("id", str(100 + len(slide.shapes)))
            if kind == KIND.FOOTER:
                frame = slide.shapes[-1].text_frame
                frame.text, frame.paragraphs[0].font.size = footing[0], Pt(footing[1])
                frame.paragraphs[0].runs[0].font.size = Pt(footing[1])
    return slide


def finish(prs: Any) -> None:
    """Indonesian everywhere: the language of all texts, and the names that screen readers and lists of objects tell."""
    holders = (prs.slide_master, prs.notes_master, *prs.slide_layouts, *prs.slides)
    for element in prs.element.iter(qn("a:defRPr")):
        element.set("lang", LANGUAGE)
    for holder in (*holders, *(s.notes_slide for s in prs.slides)):
        for run in holder._element.iter(qn("a:r")):
            run.get_or_add_rPr()
        for element in holder._element.iter(*(qn(f"a:{tag}") for tag in ("rPr", "endParaRPr", "defRPr"))):
            element.set("lang", LANGUAGE)
        for number, shape in enumerate(holder.shapes, 1):
            shape.name = f"{next((w for part, w in _SHAPES.items() if part in shape.name), 'Bentuk')} {number}"


def place(shape: Any, box: tuple[float, float, float, float]) -> Any:
    """Put a shape at (left, top, width, height) in inches; returns it."""
    shape.left, shape.top, shape.width, shape.height = (Inches(x) for x in box)
    return shape


def flat(shape: Any) -> Any:
    """Take a shape's shadow and the other effects of the theme away; returns it."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)
    return shape


def rgb(colour: str) -> RGBColor:
    """A colour as #1668ad or 1668AD; what is see-through counts as it looks on white."""
    bare = colour.lstrip("#")
    parts = [int(bare[i : i + 2], 16) for i in range(0, len(bare), 2)]
    if len(parts) == 4:
        *parts, alpha = parts
        parts = [round(255 - (255 - p) * alpha / 255) for p in parts]
    return RGBColor(*parts)


def _layout(prs: Any, name: str) -> Any:
    return next(x for x in prs.slide_layouts if x.name == name)


def _theme(master: Any) -> None:
    """Typeface and colours of what a user adds."""
    from lxml import etree

    part = master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    for font in root.iter(qn("a:majorFont"), qn("a:minorFont")):
        font.find(qn("a:latin")).set("typeface", FONT)
    for number, colour in enumerate(_ACCENTS, 1):
        for accent in root.iter(qn(f"a:accent{number}")):
            accent[0].set("val", colour.lstrip("#").upper())
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _title_style(master: Any) -> None:
    style = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", "2800")
    run.set("b", "1")
    fill = run.find(qn("a:solidFill"))
    fill.clear()
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": DARK}))


def _arrange(holder: Any) -> None:
    """Places of the placeholders, and no date: the footing has it."""
    for shape in list(holder.placeholders):
        kind = shape.placeholder_format.type
        if kind == KIND.DATE:
            shape._element.getparent().remove(shape._element)
        elif kind in (KIND.TITLE, KIND.CENTER_TITLE):
            place(shape, TITLE)
            _tight(shape, MSO_ANCHOR.TOP)
        elif kind == KIND.BODY:
            place(shape, (LEFT, TOP, ROOM, BOTTOM - TOP))
        elif kind in (KIND.FOOTER, KIND.SLIDE_NUMBER):
            place(shape, FOOT if kind == KIND.FOOTER else NUMBER)
            _tight(shape, MSO_ANCHOR.MIDDLE)
            _small(shape, "l" if kind == KIND.FOOTER else "r")


def _tight(shape: Any, anchor: MSO_ANCHOR) -> None:
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = anchor, True
    for fit in shape._element.iter(qn("a:normAutofit")):
        fit.getparent().remove(fit)


def _small(shape: Any, align: str) -> None:
    styles = shape._element.txBody.find(qn("a:lstStyle"))
    styles.clear()
    level = styles.makeelement(qn("a:lvl1pPr"), {"algn": align})
    run = level.makeelement(qn("a:defRPr"), {"sz": str(FOOT_SIZES[0] * 100), "lang": LANGUAGE})
    fill = run.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": SOFT}))
    run.append(fill)
    level.append(run)
    styles.append(level)


def _cover(layout: Any) -> None:
    """The first slide: light letters on dark, without footing."""
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = rgb(DARK)
    for shape in list(layout.placeholders):
        kind = shape.placeholder_format.type
        if kind in (KIND.CENTER_TITLE, KIND.SUBTITLE):
            place(shape, COVER_TITLE if kind == KIND.CENTER_TITLE else COVER_TEXT)
            _tight(shape, MSO_ANCHOR.BOTTOM if kind == KIND.CENTER_TITLE else MSO_ANCHOR.TOP)
            for level in shape._element.txBody.find(qn("a:lstStyle")):
                level.set("algn", "l")
                level.set("marL", "0")
        else:
            shape._element.getparent().remove(shape._element)


def _translate(holder: Any) -> None:
    """What PowerPoint shows where a placeholder is empty."""
    for text in holder._element.iter(qn("a:t")):
        text.text = next((word for part, word in _WORDS.items() if part in (text.text or "")), text.text)
