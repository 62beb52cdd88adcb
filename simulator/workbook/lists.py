"""The choices behind drop-downs, on a hidden sheet; those of names follow what is typed on their own sheets."""

from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from simulator.registry import OTHER_NAME
from simulator.tables.layout import DETAILS, TABLE, TABLES, Column
from simulator.tables.rows import Tables
from simulator.workbook.beside import listed
from simulator.workbook.headings import LISTS_TITLE

_FIRST_ROW = 5  # of the filled rows of a sheet, from 0
_SPARE = 15
_NAMED = {  # kind of column → tables whose rows are offered, by code or, where there is none yet, by name
    "owner": ("budgets", "sponsors"),
    "segment": ("segments",),
    "scenario": ("scenarios",),
    "test": ("stress_tests",),
    "reference": ("references",),
}


class Lists:
    """Columns of the hidden sheet, each a list of choices."""

    def __init__(self, tables: Tables):
        self._columns: dict[str, list[tuple[str, str]]] = {}  # heading → (formula or "", text)
        self._keys: dict[Any, str] = {}
        for column in (*(c for t in TABLES for c in t.columns), *DETAILS.values()):
            if column.kind in ("choice", "flag"):
                self._keep(tuple(column.options or ()), column.label, [("", str(v)) for v in column.options.values()])
        for kind, sources in _NAMED.items():
            items = [item for key in sources for item in _live(tables, key)]
            other = str(tables["other"][0].cells.get("name", OTHER_NAME))
            self._keep(kind, f"daftar {kind}", items + ([("", other)] if kind == "segment" else []))
        self._keep("sheets", "lembar", [("", t.title) for t in TABLES if listed(t)])

    def _keep(self, key: Any, heading: str, items: list[tuple[str, str]]) -> None:
        if key in self._keys:
            return
        name = heading
        while name in self._columns:
            name += "'"
        self._keys[key] = name
        self._columns[name] = items

    def source(self, column: Column) -> str:
        """The range of a column's choices as a formula, empty where there are none."""
        key = tuple(column.options or ()) if column.kind in ("choice", "flag") else column.kind
        return self._range(key) if key in self._keys else ""

    @property
    def sheets(self) -> str:
        """The range of sheets whose numbers can have a range."""
        return self._range("sheets")

    def _range(self, key: Any) -> str:
        name = self._keys[key]
        letter = xl_col_to_name(list(self._columns).index(name), True)
        return f"={LISTS_TITLE}!{letter}$2:{letter}${1 + max(len(self._columns[name]), 1)}"

    def add_sheet(self, book: Any, protected: bool = False) -> None:
        """The hidden sheet itself."""
        sheet = book.add_worksheet(LISTS_TITLE)
        for at, (heading, items) in enumerate(self._columns.items()):
            sheet.write_string(0, at, heading)
            for row, (formula, text) in enumerate(items, 1):
                if formula:
                    sheet.write_formula(row, at, formula, None, text)
                else:
                    sheet.write_string(row, at, text)
        sheet.hide()
        if protected:
            sheet.protect()


def _live(tables: Tables, key: str) -> list[tuple[str, str]]:
    """Formulas that show the codes or names of another sheet, with room for rows that are still to come."""
    table = TABLE[key]
    name = "title" if key == "references" else "name"
    code_at, name_at = (next(i for i, c in enumerate(table.columns) if c.key == k) for k in ("id", name))
    found = []
    for index in range(len(tables[key]) + _SPARE):
        code, called = (f"'{table.title}'!{xl_rowcol_to_cell(_FIRST_ROW + index, at)}" for at in (code_at, name_at))
        cells = tables[key][index].cells if index < len(tables[key]) else {}
        found.append((f'=IF({code}<>"",{code},IF({called}="","",{called}))', str(cells.get("id", cells.get(name, "")))))
    return found
