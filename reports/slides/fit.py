"""How much room a text takes, so that it fits its box by construction.

Widths are those of Arial, which every machine has or has a metric twin of; other characters count as wide as the
widest of their kind. All sizes are in points, all lengths in inches.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LINE = 1.2  # height of a line, as a multiple of the font size
SPARE = 1.03  # widths are reckoned so much wider than they are
WIDE, TALL = 130, 70  # hundredths of the size: emoji and the like; letters of other alphabets

# Hundredths of the font size, for the characters from space to tilde.
_PLAIN = bytes.fromhex(
    "1c1c2338385943132121273a1c211c1c383838383838383838381c1c3a3a3a386643434848433d4e481c32433853484e"
    "434e48433d48435e43433d1c1c1c2f382138383238381c383816163216533838383821321c383248323232211a213a"
)
_BOLD = bytes.fromhex(
    "1c212f38385948182121273a1c211c1c3838383838383838383821213a3a3a3d6248484848433d4e481c38483d53484e"
    "434e48433d48435e43433d211c213a3821383d383d38213d3d1c1c381c593d3d3d3d2738213d384e383832271c273a"
)
_OTHERS = {"–": 56, "—": 100, "−": 58, "“": 50, "”": 50, "…": 100, "·": 33, "•": 35, "‘": 28, "’": 28, "×": 58, "÷": 58}
_BREAKS = "-/–"  # after which a line may end within a word
_MONEY = re.compile(r"Rp (?=[0-9])|(?<=[0-9]) (?=(?:ribu|juta|miliar|triliun|poin)\b)")
_ENDS = tuple(re.compile(rf"{mark}(?=[ \u00a0])") for mark in (r"\.", ";", ","))  # of a clause, the best first
_SENTENCE = re.compile(r"\.(?= [A-Z])")
_CLAUSE_LEAST, _OPENING_LEAST = 40, 60  # characters: a shorter beginning says too little

# What no document may hold, or what would turn a line around.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """A text on one line, without control characters and lone surrogates."""
    return _UNFIT.sub("", re.sub(r"\s", " ", text)).strip()


def unbroken(text: str) -> str:
    """A text whose sums of money no line break parts: Rp 2,6 miliar."""
    return _MONEY.sub(lambda hit: hit.group().replace(" ", "\u00a0"), text)


@lru_cache(maxsize=8192)
def width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text on one line, in inches."""
    return sum(_hundredths(c, bold) for c in text) / 100 * size / 72 * SPARE


@lru_cache(maxsize=2048)
def _hundredths(c: str, bold: bool) -> int:
    if " " <= c <= "~":
        return (_BOLD if bold else _PLAIN)[ord(c) - 32]
    if c in _OTHERS:
        return _OTHERS[c]
    if c == "\u00a0":
        return 28
    bare = unicodedata.normalize("NFD", c)[0]
    if " " <= bare <= "~":
        return _hundredths(bare, bold)
    if unicodedata.combining(c) or unicodedata.category(c) == "Cf":
        return 0
    return WIDE if unicodedata.east_asian_width(c) in "WF" or unicodedata.category(c) == "So" else TALL


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The lines into which a text breaks in a box of so many inches; a word too long for a line breaks too."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, size, room, bold)
        lines += full
    return [*lines, line]


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word too long for a line in parts that are not: after a hyphen or slash where there is one, else anywhere."""
    pieces, piece = [], ""
    for c in word:
        if piece and width(piece + c, size, bold) > room:
            head = piece[: max(piece.rfind(mark) for mark in _BREAKS) + 1] or piece
            pieces.append(head)
            piece = piece[len(head) :]
        piece += c
    return [*pieces, piece]


def height(texts: Sequence[str], size: float, room: float, bold: bool = False, gap: float = 0.0) -> float:
    """Height of paragraphs in a box so wide, with a gap after each but the last that is a part of the size."""
    lines = sum(len(wrapped(t, size, room, bold)) for t in texts)
    return (lines * LINE + max(0, len(texts) - 1) * gap) * size / 72


def short(name: str, most: int) -> str:
    """A name of at most so many characters: cut at a word where there is one, with … for what is left out."""
    if len(name) <= most:
        return name
    cut = name[: most - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) >= most // 2 else cut).rstrip(" ,;:·-–(") + "…"


def clause(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of a text that fits and ends where a sentence does, else a clause; the text if none."""
    for end in _ENDS:
        heads = [text[: hit.start()] + "." for hit in end.finditer(text)]
        fitting = [h for h in heads if len(h) >= _CLAUSE_LEAST and _closed(h) and fits(h)]
        if fitting:
            return fitting[-1]
    return text


def _closed(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "“”", "[]"))


def opening(text: str) -> str:
    """A text up to the first full stop before a capital letter that leaves enough said; all of it where none does."""
    ends = (hit.end() for hit in _SENTENCE.finditer(text))
    return text[: next((end for end in ends if end >= _OPENING_LEAST), len(text))]


def rest(told: str, text: str) -> str:
    """What a text says after a beginning that is told already; empty where that is all of it."""
    return text[len(told) :].strip() if text.startswith(told) else text


@dataclass(frozen=True)
class Fitted:
    """Paragraphs that fit their box at a size; `cut`: some of the text had to stay away."""

    texts: tuple[str, ...]
    size: float
    cut: bool = False


def fitted(
    texts: Sequence[str],
    sizes: Sequence[float],
    room: tuple[float, float],
    bold: bool = False,
    gap: float = 0.35,
) -> Fitted:
    """Paragraphs at the largest of the sizes at which they fit in (width, height).

    Where even the smallest is too large, paragraphs are told by their openings, the last ones first; then
    paragraphs at the end stay away; a single one too long loses words.
    """
    wide, high = room
    for size in sizes:
        if height(texts, size, wide, bold, gap) <= high:
            return Fitted(tuple(texts), size)
    kept, size = list(texts), sizes[-1]
    for i in reversed(range(len(kept))):  # openings alone, from the end on, before any paragraph goes
        kept[i] = opening(kept[i])
        if height(kept, size, wide, bold, gap) <= high:
            return Fitted(tuple(kept), size, cut=True)
    while len(kept) > 1 and height(kept, size, wide, bold, gap) > high:
        kept.pop()
    if height(kept, size, wide, bold, gap) > high:
        most = max(1, int(high * 72 / size / LINE))
        lines = wrapped(kept[0], size, wide, bold)[:most]
        kept = [_ended(lines, size, wide, bold)]
    return Fitted(tuple(kept), size, cut=True)


def _ended(lines: list[str], size: float, room: float, bold: bool) -> str:
    """Lines as one text that ends in … within its last line."""
    last = lines[-1]
    while last and width(last + "…", size, bold) > room:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return " ".join([*lines[:-1], last.rstrip(" ,;:·") + "…"])
