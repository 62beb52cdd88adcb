"""The user guide as it lies in docs/panduan: chapters as text and pictures, read when shown."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOLDER = DOCS / "panduan"
SHEET_TEXT, SHEET_FILE = DOCS / "lembar-sekda.md", DOCS / "lembar-sekda.docx"
_PICTURE = re.compile(r"^!\[(?P<told>[^\]]+)\]\((?P<file>[^)]+)\)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]+\)")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its number, title without number, and file."""

    number: int
    title: str
    file: Path


@dataclass(frozen=True)
class Piece:
    """A part of a chapter: Markdown, or a picture with what it shows."""

    text: str
    picture: Path | None = None


def chapters() -> tuple[Chapter, ...]:
    """All chapters in their order; a chapter's first line is `# NUMBER. TITLE`."""
    found = []
    for file in sorted(FOLDER.glob("[0-9][0-9]-*.md")):
        with file.open(encoding="utf-8") as lines:
            number, _, title = next(lines).lstrip("# ").strip().partition(". ")
        found.append(Chapter(int(number), title, file))
    return tuple(found)


def pieces(text: str) -> list[Piece]:
    """Markdown without its title, parted at its pictures. Links to other files of the guide become plain words, for
    the app turns pages by its own buttons."""
    body, found, at = re.sub(r"\A# .*\n", "", text), [], 0
    for hit in _PICTURE.finditer(body):
        found += _words(body[at : hit.start()])
        found.append(Piece(hit["told"], FOLDER / hit["file"]))
        at = hit.end()
    return [*found, *_words(body[at:])]


def _words(text: str) -> list[Piece]:
    plain = _LINK.sub(r"\1", text).strip()
    return [Piece(plain)] if plain else []
