"""Column headings and sheet names: found by what they say, whatever their place, case, spaces or line breaks."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simulator.tables.layout import DETAILS, TABLES, Column, Table

DETAILS_TITLE = "Rentang dan sumber"
DETAIL_KEYS = ("Lembar", "Baris", "Kolom")
FORM_LABEL, FORM_VALUE, FORM_UNIT, FORM_HELP = "Isian", "Nilai", "Satuan", "Penjelasan dan di mana mencarinya"
GUIDE_TITLE, LISTS_TITLE = "Petunjuk", "Pilihan"
# Sheets of the workbook of formulas; those of months have the scenario's name behind theirs. Nothing is read from them.
MONTHS_TITLE = "Bulanan"
MODEL_TITLES = ("Ringkasan", "Periksa", "RKA", "Tahunan", "Tarif iuran", "Terpakai")
HELP_STARTS = ("wajib", "boleh kosong")  # how each cell of the line under the headings begins


@dataclass
class Header:
    """Which column stands where. `twice`: (column, its first place, its second); `unknown`: (place, text)."""

    columns: dict[int, Column] = field(default_factory=dict)
    twice: list[tuple[Column, int, int]] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)

    def missing(self, table: Table) -> list[Column]:
        """Required columns that are not there."""
        return [c for c in table.columns if c.required and c not in self.columns.values()]


def bare(text: object) -> str:
    """A label without what people change by accident: case, spaces, line breaks, the mark of required fields."""
    plain = re.sub(r"[\s*\u00ad\u200b\ufeff]+", " ", str(text)).strip().casefold()
    return re.sub(r"\( ", "(", re.sub(r" \)", ")", plain)).rstrip(":").strip()


def labels(columns: Iterable[Column]) -> dict[str, Column]:
    """All that a column may be called: with its unit, without, and by its key in a region file."""
    found: dict[str, Column] = {}
    columns = tuple(columns)
    for name in (lambda c: c.heading, lambda c: c.label, lambda c: c.key):
        for column in columns:
            found.setdefault(bare(name(column)), column)
    return found


def match(known: Mapping[str, Column], cells: Iterable[tuple[int, object]]) -> Header:
    """The columns that a row of headings holds."""
    header = Header()
    places: dict[str, int] = {}
    for place, text in cells:
        column = known.get(bare(text))
        if column is None:
            header.unknown.append((place, " ".join(str(text).split())))
        elif column.key in places:
            header.twice.append((column, places[column.key], place))
        else:
            places[column.key] = place
            header.columns[place] = column
    return header


def is_model(title: str) -> bool:
    """Whether a sheet is one that the workbook of formulas works out: Bulanan 1 Kondisi berjalan, RKA."""
    return bare(title) in {bare(t) for t in MODEL_TITLES} or re.match(rf"{MONTHS_TITLE} \d+\b", title) is not None


SHEETS: dict[str, Table] = {bare(t.title): t for t in reversed(TABLES)}
DETAIL_LABELS = labels(DETAILS.values()) | {"sumber": DETAILS["reference"], "catatan": DETAILS["note"]}
