"""The last slide: what the meeting is asked for, what is assumed, and the law."""

from typing import Any

from reports.brief import Brief, Grid
from reports.slides import master, notes, parts
from reports.slides.asks import asks
from reports.slides.fit import plain, short

ASSUMED, LAWS = 5, 5  # rows that have room
GAP = 0.3
ASKS = 2.3  # inches for what the meeting is asked
ASSUMED_WIDE = 0.62  # of the slide
_COLUMNS = (0, 1, 2, 4)  # of the brief's assumptions: what, value, range, status


def asked(prs: Any, brief: Brief, message: str) -> None:
    """Draw it."""
    slide = master.page(prs, parts.footing(brief.footing))
    parts.title(slide, message)
    left, top, room, bottom = master.LEFT, master.TOP, master.ROOM, master.BOTTOM
    requests = asks(brief)
    high = parts.paragraphs(slide, (left, top, room, ASKS), requests, (22, 20, 18), listed=True)
    top += high + 0.2
    laws = Grid("Dasar hukum", ("Dasar hukum (rincian di catatan)",), _laws(brief))
    grid = _assumed(brief)
    tables = [(g, wide) for g, wide in ((grid, ASSUMED_WIDE), (laws, 1 - ASSUMED_WIDE)) if g.rows]
    if len(tables) == 1:
        tables = [(tables[0][0], 1.0)]
    rooms = [room * part - (GAP if k else 0.0) for k, (_, part) in enumerate(tables)]
    size = min((parts.holds(g, r, bottom - top) for (g, _), r in zip(tables, rooms, strict=True)), default=0)
    for (g, _), wide in zip(tables, rooms, strict=True):
        sizes = [s for s in parts.TABLE_SIZES if s <= (size or parts.TABLE_SIZES[-1])]
        parts.table(slide, (left, top, wide, bottom - top), g, sizes, f"Tabel: {g.title}")
        left += wide + GAP
    told = ["; ".join(filter(None, r)) for r in brief.assumptions.rows]
    law = [": ".join(filter(None, r)) for r in brief.laws.rows]
    said = (*requests, brief.obligation, "Asumsi:", *told, brief.assumptions.note, "Hukum:", *law, brief.laws.note)
    notes.add(slide, brief, said, (notes.ASSUMED,))


def _assumed(brief: Brief) -> Grid:
    """The assumptions that matter most, without those of their columns that have no room."""
    whole = brief.assumptions
    columns = [k for k in _COLUMNS if k < len(whole.heads)]
    rows = tuple(tuple(short(plain(r[k]), 60) for k in columns) for r in whole.rows[:ASSUMED])
    return Grid(whole.title, tuple(whole.heads[k] for k in columns), rows, frozenset({1, 2}))


def _laws(brief: Brief) -> tuple[tuple[str, ...], ...]:
    titles = dict.fromkeys(short(plain(r[0]), 60) for r in brief.laws.rows)
    return tuple((t,) for t in list(titles)[:LAWS])
