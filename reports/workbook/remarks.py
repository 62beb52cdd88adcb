"""Remarks at yellow cells of the data that the main run does not follow, for its scenario sets the same number."""

from typing import Any

from reports.workbook.plan import Plan, Source, closed
from simulator.tables.layout import TABLE
from simulator.tables.rows import Row

_SIZE = {"width": 260, "height": 110, "author": "Simulator", "font_size": 9}
_NAME = 80  # letters of a scenario's name


def add_remarks(book: Any, plan: Plan, source: Source) -> None:
    """A remark at each such cell: who sets it, and where to change it. Readers of the input sheets pass over it."""
    for path, setting in plan.main.paths.items():
        place = source.place(path)
        if place is None or not source.has(place) or _locked(plan, place):
            continue
        sheet, row, column = source.position(place)
        name = plan.main.name if len(plan.main.name) <= _NAME else plan.main.name[: _NAME - 1] + "…"
        text = (
            f"Diatur skenario: “{name}” memakai {source.where(setting)}, bukan sel ini. Ubah di sana; sel ini hanya"
            " berlaku bagi skenario yang tidak mengaturnya."
        )
        book.get_worksheet_by_name(sheet).write_comment(row, column, text, _SIZE)


def _locked(plan: Plan, place: tuple) -> bool:
    """Whether nobody changes the cell here anyway."""
    table, index, column, _ = place
    rows = plan.tables[table]
    return closed(TABLE[table], TABLE[table].column(column), rows[index] if index < len(rows) else Row())
