"""Text as Word may hold it, and how much room it takes."""

import re
from functools import lru_cache

# XML forbids control characters and lone surrogates; marks that turn the direction of writing would hide a name's end.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BLANKS = re.compile(r"[\t\r\n\u2028\u2029]+")
_YEAR = re.compile(r"[ ,]+(19|20)\d\d\Z")
DOTS = "…" * 18

# Widths of Arial's letters in thousandths of its size; all others are as wide as most.
_USUAL, _WIDE = 556, 1000
_WIDTHS = {
    222: "ijl", 191: "'", 278: " .,:;/!ft|[]\\\u00a0", 333: "()r-“”·*`", 500: "ckvxyzJs", 611: "FTZ",
    667: "AEPSBVXYK&", 722: "wCDHNRU", 778: "GOQ", 833: "mM", 889: "%", 944: "W", 1000: "…@÷−",
}  # fmt: skip
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
BOLD = 1.07  # how much wider bold is
LINE = 1.16  # height of a line, in sizes


def plain(text: str) -> str:
    """A text in one line, without what XML forbids; money stays with its Rp."""
    return _BLANKS.sub(" ", _FORBIDDEN.sub("", text.replace("\r\n", "\n"))).strip().replace("Rp ", "Rp\u00a0")


def shorten(text: str, most: int) -> str:
    """A text of so many letters at most."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def addressee(region: str) -> str:
    """The secretary whom a region's memo is for: its title without the year of its data."""
    place = _YEAR.sub("", plain(region))
    known = place.startswith(("Kabupaten ", "Kota ", "Provinsi "))
    return f"Sekretaris Daerah {place if known else DOTS}"


@lru_cache(maxsize=20_000)
def width(text: str, size: float, bold: bool = False) -> float:
    """Points that a text takes in one line."""
    total = sum(_OF.get(c, _USUAL if c < "\u2190" else _WIDE) for c in text)
    return total * size / 1000 * (BOLD if bold else 1)


@lru_cache(maxsize=20_000)
def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """Lines that a text takes in so many points."""
    return len(folded(text, size, room, bold))


@lru_cache(maxsize=20_000)
def folded(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """A text in lines of so many points; words too long for a line are broken."""
    done, at, here = [], 0.0, ""
    blank = width(" ", size, bold)
    for word in text.split(" "):
        own = width(word, size, bold)
        if here and at + blank + own > room:
            done.append(here)
            at, here = 0.0, ""
        while own > room and len(word) > 1:
            fits = max(1, next(n for n in range(len(word), 0, -1) if width(word[:n], size, bold) <= room or n == 1))
            done.append(word[:fits])
            word = word[fits:]
            own = width(word, size, bold)
        here, at = (f"{here} {word}", at + blank + own) if here else (word, own)
    return (*done, here)
