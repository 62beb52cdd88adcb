"""What the memo tells, in its order, and by which rules it is shortened to four pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.brief import Brief, Grid
from reports.memo import plain as p
from reports.memo.blocks import AS_SET, Block, Link, Para, Picture, Table, Tiles, pages
from reports.memo.rows import few, largest, rka_by_funder, shorter_cells, shorter_chances, told_rows, with_marks
from simulator.questions.compare import PROPOSED

MOST_PAGES = 3.93
SCALES = (0.95, AS_SET, 0.985)  # it must fit however a program sets it: closer, as usual, wider
# Where that stands which there is no room for.
EXCEL, METHOD = "ada di buku kerja Excel", "ada di halaman Metode dan sumber"
COMPARE, RISK, SIMULATION = "ada di halaman Bandingkan", "ada di halaman Risiko", "ada di halaman Simulasi"


@dataclass(frozen=True)
class Room:
    """How many rows or sentences of each part are told; the least that a memo needs."""

    rka: int = 6
    reasons: int = 3
    risks: int = 3
    stops: int = 2
    assumptions: int = 3
    laws: int = 3
    different: int = 0
    paying_words: int = 1
    stress: int = 0
    warnings: int = 0
    years: int = 0
    sources: int = 0
    place: int = 0  # of the chart of cost


PLACES = (0, 1, 2)
ENOUGH = 11  # steps of MORE

# What is added to the least as long as it fits, what matters most first: the budget table, for it is what is adopted.
MORE: tuple[tuple[str, int], ...] = (
    ("rka", 90), ("different", 9), ("reasons", 5), ("stops", 3), ("risks", 4), ("assumptions", 4), ("paying_words", 2),
    ("laws", 4), ("stress", 5), ("risks", 5), ("warnings", 1), ("reasons", 7), ("assumptions", 6),
    ("laws", 6), ("stops", 5), ("different", 20), ("paying_words", 5), ("stress", 9), ("risks", 8),
    ("warnings", 3), ("years", 12), ("assumptions", 9), ("laws", 9), ("warnings", 5), ("reasons", 9), ("sources", 4),
)  # fmt: skip


# What gives way where even the least does not fit.
LESS: tuple[tuple[str, int], ...] = (
    ("laws", 2), ("assumptions", 2), ("risks", 2), ("reasons", 2), ("rka", 3), ("paying_words", 0), ("rka", 0),
)  # fmt: skip


def fitted(brief: Brief, pictures: Sequence[Picture]) -> list[Block]:
    """All blocks: the least, and as much more as four pages hold.

    The chart of cost stands in one of three places: where it leaves most room, for a picture is never parted.
    """
    best, most = Room(), -len(LESS) - 1
    for place in PLACES:
        room, steps = _filled(brief, pictures, Room(place=place))
        if steps > most:
            best, most = room, steps
        if most >= ENOUGH:
            break
    return list(_blocks(brief, pictures, best))


def _filled(brief: Brief, pictures: Sequence[Picture], room: Room) -> tuple[Room, int]:
    """The least with as much more as fits, and how many steps of MORE found all their room (less those of LESS)."""
    steps = 0
    for name, most in LESS:
        if _fit(brief, pictures, room):
            break
        room = replace(room, **{name: most})
        steps -= 1
    for name, most in MORE:
        low, high = getattr(room, name), most
        while low < high:  # the most that fits
            middle = (low + high + 1) // 2
            if _fit(brief, pictures, replace(room, **{name: middle})):
                low = middle
            else:
                high = middle - 1
        steps += low >= most
        room = replace(room, **{name: low})
    return room, steps


def _fit(brief: Brief, pictures: Sequence[Picture], room: Room) -> bool:
    blocks = list(_blocks(brief, pictures, room))
    return all(pages(blocks, scale) <= MOST_PAGES for scale in SCALES)


def _blocks(brief: Brief, pictures: Sequence[Picture], room: Room) -> Iterator[Block]:
    """The memo in its order; nothing is said twice in the same words."""
    said: set[str] = set()
    yield from _head(brief)
    yield from _answer(brief)
    yield from _comparison(brief, pictures, room, said)
    yield from _paying(brief, pictures, room, said)
    yield from _rka(brief, room)
    yield from _risks(brief, room, said)
    yield from _stops(brief, room, said)
    yield from _assumptions(brief, room)
    if brief.laws.rows:
        yield Para("Heading 1", "Dasar hukum")
        yield _table(brief.laws, room.laws, METHOD)
    yield Para("Heading 1", "Catatan")
    yield Para("Keterangan", brief.footing)
    if brief.link:
        web = brief.link.startswith(("http://", "https://"))
        yield Link("Untuk membuka pengaturan ini lagi:" if web else "Perintah yang menghitungnya lagi:", brief.link)


def _head(brief: Brief) -> Iterator[Block]:
    yield Para("Title", brief.title)
    yield Para("Kepala Memo", f"{p.addressee(brief.region.title)}", "Kepada\t:")
    yield Para("Kepala Memo", f"{p.DOTS}", "Dari\t:")
    yield Para("Kepala Memo", f"{brief.made or p.DOTS}", "Tanggal\t:")
    yield Para("Kepala Memo", f"{brief.subtitle}", "Perihal\t:")


def _answer(brief: Brief) -> Iterator[Block]:
    """Question, recommendation, headline figures."""
    yield Para("Pertanyaan", brief.question, "Pertanyaan:")
    yield Para("Heading 1", "Rekomendasi")
    yield _recommendation(brief.recommendation)
    if brief.figures:
        yield Tiles(brief.figures)


def _recommendation(text: str) -> Para:
    """The recommendation, in bold up to its colon; whole where it has none early on."""
    first, colon, rest = text.partition(": ")
    return Para("Rekomendasi", rest, f"{first}:") if colon and len(first) <= 150 else Para("Rekomendasi", "", text)


def _comparison(brief: Brief, pictures: Sequence[Picture], room: Room, said: set[str]) -> Iterator[Block]:
    alone = len(brief.sides) == 1
    yield Para("Heading 1", "Hasil" if alone else "Perbandingan")
    if brief.comparison.rows:
        yield _table(with_marks(told_rows(brief.comparison), brief.sides, whole=True))
    proposed = any(side.key == PROPOSED for side in brief.sides)
    words = (brief.comparison_words,) if len(brief.sides) > 2 and brief.comparison_words else ()
    yield from _list("Alasan" if proposed else "Penjelasan", (*brief.reasons, *words), room.reasons, said)
    yield from pictures[: 1 if room.place else 2]
    if len(pictures) < 2:
        yield Para("Normal", f"Pada {brief.year} tidak ada sumber pendanaan yang membayar iuran.")
    if not alone and not brief.different.rows:
        yield Para("Normal", "Tidak ada parameter yang diatur berbeda di antara yang dibandingkan.")
    elif not alone:
        grid = with_marks(shorter_cells(brief.different), brief.sides)
        if room.different:
            yield _table(grid, room.different, COMPARE)
        else:
            yield Para("Normal", f"Yang diatur berbeda ({len(grid.rows)} baris) {COMPARE}.")


def _paying(brief: Brief, pictures: Sequence[Picture], room: Room, said: set[str]) -> Iterator[Block]:
    """Who pays how much, and for whom."""
    yield Para("Heading 1", "Siapa membayar, siapa terlindungi")
    if brief.paying.rows:
        yield _table(with_marks(brief.paying, brief.sides))
    yield from pictures[1:] if room.place == 1 else ()
    yield from _bullets(brief.paying_words, room.paying_words, said)
    for text in (brief.groups_words, brief.obligation):
        if text and text not in said:
            yield Para("Normal", text)
    if 0 < len(brief.years.rows) <= room.years:  # all years or none
        yield _table(brief.years)
    yield from pictures[1:] if room.place == 2 else ()


def _rka(brief: Brief, room: Room) -> Iterator[Block]:
    yield Para("Heading 1", f"Rincian anggaran {brief.year} untuk RKA")
    if brief.rka.rows:
        grid, left = largest(rka_by_funder(brief.rka), room.rka)
        yield Table(grid.title.removeprefix("Tabel "), grid, _note(grid.note, left, EXCEL, " yang terkecil"))
    else:
        yield Para("Normal", f"Tidak ada iuran yang harus dianggarkan pada {brief.year}.")


def _risks(brief: Brief, room: Room, said: set[str]) -> Iterator[Block]:
    yield Para("Heading 1", "Risiko dan peluangnya")
    if brief.chances.rows:
        yield _table(with_marks(shorter_chances(brief.chances), brief.sides))
    else:
        yield Para("Normal", "Tidak ada angka yang mempunyai rentang, sehingga peluang tidak dapat dihitung.")
    points = brief.risks[: room.risks]
    for point in points:
        text = point.text.removeprefix(f"{point.heading}: ")
        yield Para("List Bullet", text[:1].upper() + text[1:], f"{point.heading}.")
    yield from _more(len(brief.risks) - len(points), "risiko", RISK)
    said.update(brief.stops)  # they have a heading of their own
    new = [text for text in dict.fromkeys(brief.warnings) if text not in said]
    if room.warnings:
        yield from _list("Peringatan model", new, room.warnings, said, level="Heading 2")
    yield from _more(len(new) - room.warnings, "peringatan model", SIMULATION)


def _stops(brief: Brief, room: Room, said: set[str]) -> Iterator[Block]:
    if not brief.stops and not brief.stress.rows:
        return
    yield Para("Heading 1", "Bila uang berhenti")
    if brief.stops:
        yield from (Para("List Bullet", text) for text in brief.stops[: room.stops])
    else:
        yield Para("Normal", "Tidak ada pekerja yang perlindungannya bergantung pada sumber yang disimulasikan.")
    if brief.stress.rows and room.stress > 2:
        left = len(brief.stress.rows) - room.stress
        grid = few(brief.stress, room.stress)
        yield Table(grid.title, grid, _note(grid.note, left, RISK))
    elif brief.stress.rows:
        yield Para("Keterangan", f"Uji tekanan lainnya {RISK}.")


def _assumptions(brief: Brief, room: Room) -> Iterator[Block]:
    if brief.assumptions.rows:
        yield Para("Heading 1", "Asumsi dan sumbernya")
        yield _table(brief.assumptions, room.assumptions)
    if brief.sources and room.sources:
        shown, left = brief.sources[: room.sources], len(brief.sources) - room.sources
        whole = f" ({len(shown)} dari {len(brief.sources)}; selebihnya {METHOD})" if left > 0 else ""
        yield Para("Heading 2", f"Sumber data daerah{whole}")
        yield from (Para("Sumber", text) for text in shown)


# ---- parts


def _table(grid: Grid, most: int = 0, where: str = EXCEL) -> Table:
    """A table of its first rows (0: all), with a word on where those left out stand."""
    left = len(grid.rows) - most if most else 0
    return Table(grid.title, replace(grid, rows=grid.rows[:most]) if left > 0 else grid, _note(grid.note, left, where))


def _note(note: str, left: int, where: str, which: str = "") -> str:
    """A table's note, and how many rows stand elsewhere."""
    return f"… dan {left} baris lain{which} {where}. {note}".strip() if left > 0 else note


def _list(heading: str, texts: Sequence[str], most: int, said: set[str], level: str = "Heading 1") -> Iterator[Block]:
    """A heading and its bullets; neither where there is nothing new to say."""
    found = list(_bullets(texts, most, said))
    if found:
        yield Para(level, heading)
        yield from found


def _bullets(texts: Iterable[str], most: int, said: set[str]) -> Iterator[Block]:
    """Bullets of what is not said yet."""
    new = [text for text in dict.fromkeys(texts) if text not in said]
    said.update(new)
    yield from (Para("List Bullet", text) for text in new[:most])


def _more(count: int, what: str, where: str) -> Iterator[Block]:
    if count > 0:
        yield Para("Keterangan", f"… dan {count} {what} lain {where}.")
