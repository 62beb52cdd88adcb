"""Which rows of a table a memo has room for, and how its columns are headed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reports.brief import Grid
from reports.memo.plain import shorten
from simulator.indonesian import NONE, rupiah_full
from simulator.questions.compare import Side

LETTERS, HEADS = 150, 84  # letters of all sides' names over their columns where they stand whole, and where not
CELL = 70  # letters of a cell that lists many things
MANY = 4  # columns of a table that leave no room for explanations
_BRACKETS = re.compile(r"([^\d()]+?) \(([^()]+)\)\Z")
_JOINED = "Program dengan orang-bulan sama digabung satu baris; tarifnya berdampingan."
_NUMBER = re.compile(r"\d[\d.]*")


def with_marks(grid: Grid, sides: Sequence[Side], whole: bool = False) -> Grid:
    """The grid with each side's letter, as in the charts, over its column; long names whole in one table only.

    Where there is no room for them over the columns of that table either they stand in its note.
    """
    names = tuple(s.name for s in sides)
    if len(sides) < 2 or grid.heads[-len(sides) :] != names:
        return grid
    over = whole and sum(map(len, names)) <= LETTERS
    heads = (f"{s.mark} · {s.name if over else shorten(s.name, HEADS // len(sides))}" for s in sides)
    told = "; ".join(f"{s.mark}: {s.name}" for s in sides if len(s.name) > HEADS // len(sides))
    note = f"{told}. {grid.note}".strip() if whole and told and not over else grid.note
    return replace(grid, heads=(*grid.heads[: -len(sides)], *heads), note=note)


def told_rows(grid: Grid) -> Grid:
    """The grid without rows that hold no figure, each label with a capital letter."""
    rows = tuple((row[0][:1].upper() + row[0][1:], *row[1:]) for row in grid.rows if set(row[1:]) != {NONE})
    return replace(grid, rows=rows)


def shorter_cells(grid: Grid) -> Grid:
    """The grid without its longest lists."""
    return replace(grid, rows=tuple(tuple(shorten(cell, CELL) for cell in row) for row in grid.rows))


def shorter_chances(grid: Grid) -> Grid:
    """With many columns, what stands in brackets behind a word is said once, in the note."""
    if len(grid.heads) < MANY:
        return grid
    told: dict[str, str] = {}
    rows = []
    for row in grid.rows:
        cells = [row[0]]
        for cell in row[1:]:
            found = _BRACKETS.match(cell)
            told.update({found[1]: found[2]} if found else {})
            cells.append(found[1] if found else cell)
        rows.append(tuple(cells))
    words = "; ".join(f"{word}: {meaning}" for word, meaning in told.items())
    note = f"{grid.note} {words[:1].upper()}{words[1:]}.".strip() if words else grid.note
    return replace(grid, rows=tuple(rows), note=note)


def rka_by_funder(grid: Grid) -> Grid:
    """The budget table as budgets are written: a funder's sum first, its lines below it, without a funder's column."""
    if grid.heads[:1] != ("Sumber",) or not grid.totals:
        return grid
    groups: dict[str, tuple[list, list]] = {}
    for i, row in enumerate(grid.rows):
        sums, lines = groups.setdefault(row[0], ([], []))
        (sums if i in grid.totals else lines).append(row)
    rows, totals = [], set()
    for funder, (sums, lines) in groups.items():
        totals |= set(range(len(rows), len(rows) + len(sums)))
        rows += [(funder or row[1], *row[2:]) for row in sums]
        rows += _joined([row[1:] for row in lines])
    numeric = frozenset(i - 1 for i in grid.numeric if i)
    note = f"{_JOINED} {grid.note}" if len(rows) < len(grid.rows) else grid.note
    return replace(grid, heads=grid.heads[1:], rows=tuple(rows), numeric=numeric, totals=frozenset(totals), note=note)


def _joined(lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A funder's lines with the programmes of one group in one row where their person-months are the same: tariffs
    side by side, amounts added up to the rupiah.
    """
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for line in lines:
        programme, _, group = line[0].partition(": ")
        key = (group, *line[1:4]) if programme.startswith("Iuran ") and group else line
        found.setdefault(key, []).append(line)
    rows = []
    for (name, *counts), own in found.items():
        if len(own) == 1:
            rows.append(own[0])
            continue
        programmes = " + ".join(line[0].partition(": ")[0].removeprefix("Iuran ") for line in own)
        tariffs = " + ".join([own[0][4], *(line[4].removeprefix("Rp").strip() for line in own[1:])])
        amount = rupiah_full(sum(_number(line[5]) for line in own)).replace("Rp ", own[0][5][:3])  # spaces as they were
        rows.append((f"Iuran {programmes}: {name}", *counts[:3], tariffs, amount))
    return rows


def largest(grid: Grid, most: int) -> tuple[Grid, int]:
    """All sums and the lines with the largest amounts (last column), in their order; how many are left out."""
    lines = [i for i in range(len(grid.rows)) if i not in grid.totals]
    if len(lines) <= most:
        return grid, 0
    kept = set(sorted(lines, key=lambda i: -_number(grid.rows[i][-1]))[:most]) | grid.totals
    places = sorted(kept)
    totals = frozenset(n for n, i in enumerate(places) if i in grid.totals)
    return replace(grid, rows=tuple(grid.rows[i] for i in places), totals=totals), len(lines) - most


def few(grid: Grid, most: int) -> Grid:
    """The stress tests that hit most people, in their order, after the row without any."""
    if len(grid.rows) <= most:
        return grid
    hit = sorted(range(1, len(grid.rows)), key=lambda i: -_number(grid.rows[i][1]))[: most - 1]
    return replace(grid, rows=tuple(grid.rows[i] for i in [0, *sorted(hit)]))


def _number(text: str) -> int:
    """The first whole number of a text: Rp 1.200 as 1200; −1 where there is none."""
    found = _NUMBER.search(text)
    return int(found.group().replace(".", "")) if found else -1
