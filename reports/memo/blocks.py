"""What a memo is made of, and how high each piece stands on paper.

Heights are in points, as Arial takes them; they decide how much is told before anything is written.
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reports.brief import Figure, Grid
from reports.memo import plain as p

CM = 72 / 2.54
AS_SET = 0.97  # height that pages take once set, beside what is reckoned here, amply
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 21.0, 29.7, 2.0  # cm, A4
TEXT_WIDTH = (PAGE_WIDTH - 2 * MARGIN) * CM
TEXT_HEIGHT = (PAGE_HEIGHT - 2 * MARGIN) * CM
PIXEL = 72 / 96 / 2  # pt on paper of a pixel of a picture, drawn at twice its size

LONGEST, TYPED = 2000, 160  # letters of a link that Word opens, of one that is read on paper
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)

CELL = 8.5  # pt, letters in tables
CELL_SIDE, CELL_TOP = 3.0, 1.2  # pt left and right of a cell's text, above and below it
FIGURE, LABEL = 90, 75  # pt: figures up to this width stay in one line where they can; least of a first column
HEAD_LINES, HEAD_MOST = 2.4, 90  # a head takes about so many lines, where that is no wider than so many pt
WHOLE, TOGETHER = 135, 2  # pt of a table that no page parts; rows that stay together at a higher one's ends


@dataclass(frozen=True)
class Style:
    """A paragraph style: size in pt, space before and after, indents in pt."""

    size: float
    bold: bool = False
    before: float = 0
    after: float = 3
    left: float = 0
    right: float = 0
    keep: bool = False  # with what follows
    colour: str = "1F2430"


INK_BLUE, GREY = "0F3D7A", "4A505C"
STYLES = {
    "Normal": Style(10, after=4),
    "Title": Style(17, True, after=5, keep=True, colour=INK_BLUE),
    "Heading 1": Style(12, True, before=9, after=3, keep=True, colour=INK_BLUE),
    "Heading 2": Style(10, True, before=5, after=2, keep=True),
    "Caption": Style(9, True, before=4, after=3, keep=True, colour=GREY),
    "List Bullet": Style(10, after=2.5, left=14),
    "Kepala Memo": Style(10, after=1.5, left=60),
    "Pertanyaan": Style(10, before=8, after=2),
    "Rekomendasi": Style(12, before=6, after=9, left=8, right=8, colour=INK_BLUE),
    "Keterangan": Style(8.5, before=2, after=5, colour=GREY),
    "Sumber": Style(8.5, after=1.5, left=10, colour=GREY),
    "Isi Tabel": Style(CELL, after=0),
    "Kepala Tabel": Style(CELL, True, after=0, keep=True),
    "Angka Utama": Style(14, True, after=0, colour=INK_BLUE),
}
BOX = 10  # pt that the frame of the recommendation adds


@dataclass(frozen=True)
class Para:
    """A paragraph; `lead` stands bold before it."""

    style: str
    text: str
    lead: str = ""

    @cached_property
    def height(self) -> float:
        s = STYLES[self.style]
        whole = f"{self.lead} {self.text}".strip()
        rows = p.lines(whole, s.size, TEXT_WIDTH - s.left - s.right, s.bold)
        return s.before + rows * s.size * p.LINE + s.after + (BOX if self.style == "Rekomendasi" else 0)

    @property
    def keep(self) -> bool:
        return STYLES[self.style].keep


@dataclass(frozen=True)
class Table:
    """A table under its caption; `note` stands below."""

    caption: str
    grid: Grid
    note: str = ""

    @cached_property
    def columns(self) -> tuple[float, ...]:
        """Width of each column in pt."""
        return column_widths(self.grid)

    @cached_property
    def rows(self) -> tuple[float, ...]:
        """Height of the header row and of each other one in pt."""
        return _heights(self.grid, self.columns)

    @property
    def whole(self) -> bool:
        """Whether the table stays on one page."""
        return sum(self.rows) <= WHOLE or len(self.grid.rows) < 2 * TOGETHER

    def kept(self, row: int) -> bool:
        """Whether a row stays with what follows."""
        last = len(self.grid.rows) - 1
        if row == last:
            return bool(self.note)
        return self.whole or row < TOGETHER - 1 or row > last - TOGETHER

    @property
    def over(self) -> float:
        """Height of the caption above."""
        return Para("Caption", f"Tabel 0. {self.caption}").height

    @property
    def under(self) -> float:
        """Height of what is said below."""
        return Para("Keterangan", self.note).height if self.note else 6


@dataclass(frozen=True)
class Picture:
    """A chart with its caption below; `alt` says what it shows."""

    caption: str
    png: bytes
    alt: str
    note: str = ""

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height on paper in pt, no wider than the text."""
        wide, high = struct.unpack(">II", self.png[16:24])
        shrink = min(1.0, TEXT_WIDTH / (wide * PIXEL))
        return wide * PIXEL * shrink, high * PIXEL * shrink

    @property
    def height(self) -> float:
        return self.size[1] + Para("Caption", f"Gambar 0. {self.caption} {self.note}").height + 6


@dataclass(frozen=True)
class Tiles:
    """Headline figures side by side."""

    figures: tuple[Figure, ...]

    @property
    def columns(self) -> int:
        return 4 if len(self.figures) == 4 else 3

    @property
    def height(self) -> float:
        room = TEXT_WIDTH / self.columns - 12
        size = STYLES["Angka Utama"].size
        total = 6.0
        for i in range(0, len(self.figures), self.columns):
            row = self.figures[i : i + self.columns]
            total += max(
                (p.lines(f.label, CELL, room) + p.lines(f.beside, CELL, room)) * CELL * p.LINE
                + p.lines(f.value, size, room, True) * size * p.LINE
                for f in row
            )
            total += 8
        return total


@dataclass(frozen=True)
class Link:
    """The address that rebuilds the setting."""

    label: str
    address: str

    @property
    def web(self) -> bool:
        """Whether it is an address that Word can open."""
        return bool(_WEB.match(self.address)) and len(self.address) <= LONGEST

    @property
    def shown(self) -> str:
        """What stands on paper: a long web address would fill it and be typed by nobody."""
        return "buka simulasi ini" if self.web and len(self.address) > TYPED else self.address

    @property
    def height(self) -> float:
        return Para("Keterangan", f"{self.label} {self.shown}").height


Block = Para | Table | Picture | Tiles | Link


def _row(cells: Sequence[str], columns: Sequence[float], bold: bool) -> float:
    """Height of a row: that of its highest cell."""
    most = max(p.lines(c, CELL, w - 2 * CELL_SIDE, bold) for c, w in zip(cells, columns, strict=True))
    return most * CELL * p.LINE + 2 * CELL_TOP + 0.5


@lru_cache(maxsize=512)
def column_widths(grid: Grid) -> tuple[float, ...]:
    """Widths that fill the page and make the table as low as may be.

    Each column gets its longest word, a column of figures its longest figure; what is left is shared out in several
    ways, by what the columns would take in one line, of which the lowest is taken.
    """
    least, natural = _needs(grid, unbroken=True)
    if sum(least) > TEXT_WIDTH:
        least, natural = _needs(grid, unbroken=False)
    spare = TEXT_WIDTH - sum(least)
    if spare <= 0:
        return tuple(w * TEXT_WIDTH / sum(least) for w in least)
    wishes = [n - w for n, w in zip(natural, least, strict=True)]
    if sum(wishes) <= spare:
        return tuple(n + (spare - sum(wishes)) / len(least) for n in natural)
    tried = [_shared(least, [wish**power for wish in wishes], spare) for power in (1.0, 0.7, 0.5)]
    for i, wish in enumerate(wishes):  # one column first, the others by what is left
        first = min(wish, spare)
        rest = [0.0 if k == i else other for k, other in enumerate(wishes)]
        tried.append(_shared([w + first * (k == i) for k, w in enumerate(least)], rest, spare - first))
    return min(tried, key=lambda widths: sum(_heights(grid, widths)))


def _needs(grid: Grid, unbroken: bool) -> tuple[list[float], list[float]]:
    """The least width of each column, and that in which no cell takes a second line."""
    least, natural = [], []
    most = min(0.3, 0.8 / len(grid.heads)) * TEXT_WIDTH  # of a word; longer ones are broken
    for i, head in enumerate(grid.heads):
        cells = [row[i] for row in grid.rows]
        named = min(p.width(head, CELL, True) / HEAD_LINES, HEAD_MOST)
        words = max((p.width(word, CELL, True) for cell in (head, *cells) for word in cell.split(" ")), default=0)
        wide = [p.width(cell, CELL, True) for cell in cells]
        whole = max(wide, default=0)
        short = max((w for w in wide if w <= FIGURE), default=0) if i in grid.numeric and unbroken else 0
        least.append(max(min(max(words, named), most), short, LABEL if not i else 0) + 2 * CELL_SIDE + 1)
        natural.append(max(least[-1], max(whole, p.width(head, CELL, True) / 2) + 2 * CELL_SIDE + 1))
    return least, natural


def _shared(least: Sequence[float], wishes: Sequence[float], spare: float) -> tuple[float, ...]:
    """The least widths and what is to spare, shared out by wishes."""
    total = sum(wishes) or 1.0
    even = 0.0 if sum(wishes) else spare / len(least)
    return tuple(w + even + spare * wish / total for w, wish in zip(least, wishes, strict=True))


@lru_cache(maxsize=4096)
def _heights(grid: Grid, columns: tuple[float, ...]) -> tuple[float, ...]:
    """Heights of the header row and of each other one in pt."""
    body = [_row(row, columns, i in grid.totals) for i, row in enumerate(grid.rows)]
    return (_row(grid.heads, columns, True), *body)


def pages(blocks: Sequence[Block], scale: float = AS_SET) -> float:
    """Pages that the blocks take, with what the last one holds as a fraction; nothing that belongs together parts.

    `scale` is how high everything stands beside what is reckoned here.
    """
    done, at, height = 0, 0.0, TEXT_HEIGHT / scale
    for piece, head in _pieces(blocks):
        if at and at + piece > height:
            done, at = done + 1, head
        at += piece
    return done + at / height


def _pieces(blocks: Sequence[Block]) -> list[tuple[float, float]]:
    """What a page break cannot part: headings with what follows, small tables, pictures, rows.

    Each with its height and that of a table's head, which is said again on a new page.
    """
    found, kept = [], 0.0
    for block in blocks:
        if isinstance(block, Para) and block.keep:
            kept += block.height
            continue
        if isinstance(block, Table):
            rows = block.rows
            first, last = (len(rows), len(rows)) if block.whole else (TOGETHER + 1, len(rows) - TOGETHER)
            start = kept + block.over + sum(rows[:first])
            middle = [(row, rows[0]) for row in rows[first:last]]
            end = sum(rows[last:]) + block.under
            found += [(start + end, 0.0)] if block.whole else [(start, 0.0), *middle, (end, rows[0])]
        else:
            found.append((kept + block.height, 0.0))
        kept = 0.0
    return found
