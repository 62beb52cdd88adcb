"""Texts, tiles and tables set into boxes so that they fit. A box is (left, top, width, height) in inches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from reports.brief import Figure, Grid
from reports.slides import fit, master
from reports.slides.fit import fitted, plain, unbroken

Box = tuple[float, float, float, float]

TITLE_SIZES = (30, 28, 26, 24)
BODY_SIZES = (22, 20, 18)
TABLE_SIZES = (20, 18, 17, 16, 15, 14)
FIRST = (0.18, 0.21, 0.24, 0.27, 0.3, 0.35, 0.4, 0.5)  # parts of a table that its first column may take
GAP = 0.35  # between paragraphs, as a part of the size
DENT = 0.26  # inches before the text of a list
CAPTION_SIZE, FOOT_LINES = 18, 2
WORD = 15  # letters of a word that a column should hold
PAD_X, PAD_Y = 0.09, 0.045  # inches within a table's cell


def clean(text: str) -> str:
    """A text as it is set: plain, its sums of money unbroken."""
    return unbroken(plain(text))


def write(frame: Any, texts: Sequence[str], size: float, bold: bool = False, colour: str = master.INK) -> None:
    """Paragraphs into a text frame, each one run in Indonesian."""
    frame.word_wrap = True
    for i, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, master.rgb(colour)
        run._r.get_or_add_rPr().set("lang", master.LANGUAGE)


def title(slide: Any, text: str) -> bool:
    """The slide's message in its title; returns whether some of it had to stay away.

    A sentence that is too long ends at a clause, one that has none in ….
    """
    room = master.TITLE[2:]
    whole = clean(text)
    said = whole if _title_fits(whole) else fit.clause(whole, _title_fits)
    found = fitted([said], TITLE_SIZES, room, bold=True)
    frame = slide.shapes.title.text_frame
    write(frame, found.texts, found.size, True, master.DARK)
    return found.cut or said != whole


def _title_fits(text: str) -> bool:
    return fit.height([text], TITLE_SIZES[-1], master.TITLE[2], True) <= master.TITLE[3]


def paragraphs(
    slide: Any,
    box: Box,
    texts: Sequence[str],
    sizes: Sequence[float] = BODY_SIZES,
    *,
    listed: bool = False,
    colour: str = master.INK,
    bold: bool = False,
) -> float:
    """A text box; returns how much of its height the text takes. `listed`: with bullets."""
    left, top, wide, high = box
    found = fitted([clean(t) for t in texts if t], sizes, (wide - DENT * listed, high), bold, GAP)
    used = fit.height(found.texts, found.size, wide - DENT * listed, bold, GAP)
    frame = textbox(slide, (left, top, wide, min(high, used + 0.02)))
    write(frame, found.texts, found.size, bold, colour)
    for i, paragraph in enumerate(frame.paragraphs):
        if i:
            paragraph.space_before = Pt(found.size * GAP)
        if listed:
            _bullet(paragraph)
    return used


def caption(slide: Any, box: Box, *texts: str) -> None:
    """What a chart or a table shows, on one line: the first of the texts that is whole there, else the last cut."""
    whole = (t for t in texts if fit.width(clean(t), CAPTION_SIZE) <= box[2])
    paragraphs(slide, box, [next(whole, texts[-1])], (CAPTION_SIZE,), colour=master.SOFT)


def footing(text: str) -> tuple[str, float]:
    """(text, size) of the footing: whole at the largest size that has room, else without its last sentences."""
    said = plain(text)
    if not _footing_fits(said):
        heads = [said[: end + 1] for end in range(len(said)) if said[end] == "." and said[end + 1 : end + 2] == " "]
        said = next((h for h in reversed(heads) if _footing_fits(h)), None) or fit.clause(said, _footing_fits)
    found = fitted([said], master.FOOT_SIZES, master.FOOT[2:])
    return found.texts[0], found.size


def _footing_fits(text: str) -> bool:
    return len(fit.wrapped(text, master.FOOT_SIZES[-1], master.FOOT[2])) <= FOOT_LINES


def textbox(slide: Any, box: Box) -> Any:
    """The empty text frame of a new box without margins."""
    frame = slide.shapes.add_textbox(*(Inches(x) for x in box)).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    return frame


def _bullet(paragraph: Any) -> None:
    props = paragraph._p.get_or_add_pPr()
    props.set("marL", str(Inches(DENT)))
    props.set("indent", str(-Inches(DENT)))
    for tag, attributes in (("a:buFont", {"typeface": master.FONT}), ("a:buChar", {"char": "•"})):
        props.append(props.makeelement(qn(tag), attributes))


# ---- tiles


def tiles(slide: Any, box: Box, figures: Sequence[Figure]) -> float:
    """Headline figures side by side: what it is, the figure, what it is beside; returns how high they are."""
    left, top, wide, most = box
    gap, inset = 0.18, 0.13
    each = (wide - gap * (len(figures) - 1)) / len(figures)
    room = each - 2 * inset
    sizes = [_value_size(clean(f.value), room) for f in figures]
    size = min([s for s, f in zip(sizes, figures, strict=True) if any(map(str.isdigit, f.value))] or sizes)
    heads = max(fit.height([clean(f.label)], 18, room) for f in figures)
    value = size * fit.LINE / 72
    below = max(fit.height([clean(f.beside)], 18, room) for f in figures)
    high = min(most, heads + value + below + 0.27)
    for i, figure in enumerate(figures):
        x = left + i * (each + gap)
        card = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(v) for v in (x, top, each, high)))
        card.fill.solid()
        card.fill.fore_color.rgb = master.rgb(master.PALE)
        card.line.fill.background()
        master.flat(card)
        frame = card.text_frame
        frame.margin_left = frame.margin_right = Inches(inset)
        frame.margin_top = frame.margin_bottom = Inches(0.1)
        frame.vertical_anchor = MSO_ANCHOR.TOP
        label = fitted([clean(figure.label)], (18,), (room, heads))
        shown = fitted([clean(figure.value)], (min(size, sizes[i]),), (room, value), True)
        rest = fitted([clean(figure.beside)], (18,), (room, high - 0.25 - heads - value))
        write(frame, [*label.texts, *shown.texts, *rest.texts], 18)
        first, second, third = frame.paragraphs
        first.space_after = Pt((heads - fit.height(label.texts, 18, room)) * 72)
        second.runs[0].font.size, second.runs[0].font.bold = Pt(shown.size), True
        second.space_after = Pt((size - shown.size) * fit.LINE)
        second.runs[0].font.color.rgb = master.rgb(master.BLUE)
        for paragraph in (first, second, third):
            paragraph.alignment = PP_ALIGN.LEFT
    return high


def _value_size(text: str, room: float) -> float:
    return next((s for s in (40, 36, 32, 30, 28, 26, 24) if fit.width(text, s, True) <= room), 20)


# ---- tables


@dataclass(frozen=True)
class Set:
    """A table as it fits: column widths and row heights in inches, its size, how many rows had to stay away."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    dropped: int


def table(slide: Any, box: Box, grid: Grid, sizes: Sequence[float] = TABLE_SIZES, name: str = "") -> float:
    """A table in a box, its columns as wide as their texts need; returns how high it is.

    Rows at the end that do not fit at the smallest size stay away.
    """
    left, top, wide, high = box
    heads = tuple(_cell(h) for h in grid.heads)
    rows = [tuple(_cell(c) for c in row) for row in grid.rows]
    plan = _plan(heads, rows, wide, high, sizes)
    rows = rows[: len(rows) - plan.dropped]
    frame = slide.shapes.add_table(
        len(rows) + 1, len(heads), Inches(left), Inches(top), Inches(wide), Inches(sum(plan.heights))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(name or grid.title))
    made = frame.table
    made.horz_banding = False
    for column, inches in zip(made.columns, plan.widths, strict=True):
        column.width = Inches(inches)
    for i, cells in enumerate([heads, *rows]):
        made.rows[i].height = Inches(plan.heights[i])
        fill = master.DARK if i == 0 else "FFFFFF" if i % 2 else master.PALE
        for k, text in enumerate(cells):
            cell = made.cell(i, k)
            cell.fill.solid()
            cell.fill.fore_color.rgb = master.rgb(fill)
            cell.margin_left = cell.margin_right = Inches(PAD_X)
            cell.margin_top = cell.margin_bottom = Inches(PAD_Y)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            write(cell.text_frame, [text], plan.size, i == 0, "FFFFFF" if i == 0 else master.INK)
            if k in grid.numeric:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return sum(plan.heights)


def _cell(text: str) -> str:
    """A cell's text: a sum may break before its unit, for columns are narrow, but not after its Rp."""
    return plain(text).replace("Rp ", "Rp\u00a0")


def holds(grid: Grid, wide: float, high: float, sizes: Sequence[float] = TABLE_SIZES) -> float:
    """The size at which all rows of a table fit in so many inches; 0 where none does."""
    plan = _plan(tuple(map(_cell, grid.heads)), [tuple(map(_cell, row)) for row in grid.rows], wide, high, sizes)
    return 0 if plan.dropped else plan.size


def _plan(heads: tuple[str, ...], rows: list[tuple[str, ...]], wide: float, high: float, sizes: Sequence[float]) -> Set:
    """The largest size at which all rows fit and no word breaks, else only fit; at the smallest rows stay away."""
    for unbroken_words in (True, False):
        for size in sizes:
            ways = _ways(heads, rows, wide, size, unbroken_words)
            found = [(widths, _heights(heads, rows, widths, size)) for widths in ways]
            widths, heights = min(found, key=lambda way: round(sum(way[1]), 3), default=((), (high + 1,)))
            if sum(heights) <= high:
                return Set(widths, heights, size, 0)
    kept = len(rows)
    while kept > 1 and sum(heights[: kept + 1]) > high:
        kept -= 1
    return Set(widths, heights[: kept + 1], size, len(rows) - kept)


def _ways(
    heads: tuple[str, ...], rows: list[tuple[str, ...]], wide: float, size: float, whole: bool
) -> list[tuple[float, ...]]:
    """Column widths to choose from: the first so wide, the others alike; or by what they hold. `whole`: words are."""
    others = len(heads) - 1
    ways = [(wide * part, *[wide * (1 - part) / others] * others) for part in FIRST] if others else []
    ways.append(_widths(heads, rows, wide, size))
    words = _needs(heads, rows, size, WORD)
    return [w for w in ways if not whole or all(a >= b - 1e-9 for a, b in zip(w, words, strict=True))]


def _needs(heads: tuple[str, ...], rows: list[tuple[str, ...]], size: float, word: int) -> list[float]:
    """How wide each column is where no word of so many letters breaks (longer ones may); 0: no text at all."""
    columns = zip(heads, *rows, strict=True)
    parts = ([t for text in c for t in ([w[:word] for w in text.split(" ")] if word else [text])] for c in columns)
    return [max(fit.width(t, size, True) for t in texts) + 2 * PAD_X + 0.02 for texts in parts]


def _heights(heads: tuple[str, ...], rows: list[tuple[str, ...]], widths: Sequence[float], size: float) -> tuple:
    return tuple(
        max(fit.height([t], size, w - 2 * PAD_X, i == 0) for t, w in zip(cells, widths, strict=True)) + 2 * PAD_Y
        for i, cells in enumerate([heads, *rows])
    )


def _widths(heads: tuple[str, ...], rows: list[tuple[str, ...]], wide: float, size: float) -> tuple[float, ...]:
    """Columns by what they hold: none narrower than its longest word, the rest shared by need up to one limit."""
    columns = range(len(heads))
    whole, words = (_needs(heads, rows, size, word) for word in (0, WORD))
    least = [min(w, wide / len(columns)) for w in words]
    low, high = 0.0, wide
    for _ in range(40):  # the limit at which the columns fill the table
        limit = (low + high) / 2
        if sum(max(a, min(b, limit)) for a, b in zip(least, whole, strict=True)) > wide:
            high = limit
        else:
            low = limit
    found = [max(a, min(b, low)) for a, b in zip(least, whole, strict=True)]
    spare = (wide - sum(found)) / len(found)
    return tuple(w + spare for w in found)
