"""Sheets of formulas: written cell by cell, remembered by place so that other sheets can name their cells."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from reports.workbook.expression import Cells, Expression, Value
from simulator.workbook.styles import HEAD, LINE, QUIET, Styles, local, put
from simulator.workbook.write import ALLOWED

BAND, SOFT, GOOD, BAD = "#D6E4F0", "#EEF3F8", "#E3F1E3", "#F9DEDC"
HEADING = {
    "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "text_wrap": True, "valign": "vcenter", "border": 1,
    "border_color": LINE,
}  # fmt: skip
_PLAIN = ("number", "plain", "month", "code", "flag", "text")  # not numbers with separators
_FORMATS = {  # kind of figure → number format
    "people": "#,##0",
    "people1": "#,##0.0",
    "share": "0.00%",
    "rupiah": '"Rp" #,##0',
    "rupiah0": '"Rp" #,##0;\\-"Rp" #,##0;"–"',
    "people0": '#,##0;\\-#,##0;"–"',
    "number": "General",
    "plain": "0",
    "factor": "0.0000",
    "month": "[$-421]mmm yyyy",  # Indonesian names of months, whatever the computer's language
    "code": '0000"-"00',
    "limit": '[>=1000000000000000]"tanpa batas";#,##0',
    "flag": '"ya";"menurut kelompok";"tidak"',
    "text": "@",
    "decimals": "#,##0.00",
    "rate": "0.00%",
    "points": '+0.00" poin";\\-0.00" poin";"–"',
    "more_rupiah": '+"Rp" #,##0;\\-"Rp" #,##0;"–"',
    "more_people": '+#,##0;\\-#,##0;"–"',
}
FORMATS = {kind: code if kind in _PLAIN else local(code) for kind, code in _FORMATS.items()}


@lru_cache(maxsize=4096)
def letter(column: int) -> str:
    """A column's letters: 27 as AB."""
    return xl_col_to_name(column)


class Sheet(Worksheet):
    """A sheet that takes formulas as they are and writes them at once.

    xlsxwriter looks in each formula for thirty functions newer than Excel 2010, of which none is used here, and takes
    its cells through several hands: most of the time of a book of a hundred thousand formulas.
    """

    def put_formula(self, row: int, column: int, text: str, look: Any, value: Value) -> None:
        """A formula with its value; rows and columns from 0."""
        if not self._check_dimensions(row, column):
            self.table[row][column] = CellFormulaTuple(text, look, value)

    def line(self, row: int, last: int) -> dict[int, Any]:
        """A row into which formulas are put straight, up to a last column; rows and columns from 0."""
        if self._check_dimensions(row, 0) or self._check_dimensions(row, last):
            raise ValueError(f"{row}, {last}: outside a sheet")
        return self.table[row]

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.__class__ is not CellFormulaTuple or cell.value.__class__ is not float or cell.format is None:
            super()._write_cell(row, col, cell)
            return
        text = cell.formula
        if "<" in text or ">" in text or "&" in text:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        style = cell.format._get_xf_index()
        self.fh.write(f'<c r="{letter(col)}{row + 1}" s="{style}"><f>{text}</f><v>{cell.value!r}</v></c>')


class Page:
    """One sheet. Rows and columns are counted from 0."""

    def __init__(self, book: Any, styles: Styles, title: str, colour: str = HEAD):
        self.sheet = book.add_worksheet(title, Sheet)
        self.styles, self.title = styles, title
        plain = title.isalpha() and title.isascii() and len(title) > 3  # RKA could be a column
        quoted = title.replace("'", "''")
        self.prefix = f"{title}!" if plain else f"'{quoted}'!"
        self.values: dict[tuple[int, int], Value] = {}
        self.sheet.set_tab_color(colour)
        self.sheet.hide_gridlines(2)
        self.sheet.protect("", ALLOWED)
        self.sheet.set_paper(9)  # A4
        self.sheet.set_landscape()
        self.sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        self.sheet.set_footer("&L&A&RHalaman &P dari &N")

    def look(self, kind: str = "text", **more: Any) -> Any:
        """The format of a figure of a kind, framed."""
        return self.styles(**{"num_format": FORMATS[kind], "valign": "top", "border": 1, "border_color": LINE, **more})

    def text(self, row: int, column: int, value: Any, look: Any = None) -> None:
        """A fixed text or number."""
        self.values[row, column] = value
        put(self.sheet, row, column, value, look)

    def formula(self, row: int, column: int, part: Expression, look: Any = None) -> Expression:
        """A formula with its value; gives the cell as this sheet names it. Raises ValueError for a fault."""
        value = part.value
        if value is None:
            value = 0.0
        elif not isinstance(value, str):
            value = float(value)
            if value != value:
                raise ValueError(f"{self.prefix}{letter(column)}{row + 1}: {part.text}")
        self.values[row, column] = value
        self.sheet.put_formula(row, column, part.text, look, value)
        return Expression(f"{letter(column)}{row + 1}", value)

    def title_lines(self, title: Expression | str, about: str) -> None:
        """The sheet's title and the sentence under it."""
        for row, (words, look) in enumerate(((title, self.styles.title), (about, self.styles.about))):
            if isinstance(words, Expression):
                self.formula(row, 0, words, look)
            else:
                self.text(row, 0, words, look)

    def heads(self, row: int, column: int, texts: Sequence[Any], look: Any = None) -> None:
        """Headings side by side: texts, or formulas that give them."""
        for at, text in enumerate(texts, column):
            if isinstance(text, Expression):
                self.formula(row, at, text, look or self.styles.head)
            else:
                self.text(row, at, text, look or self.styles.head)

    def here(self, row: int, column: int) -> Expression:
        """A cell as this sheet's own formulas name it."""
        return Expression(f"{letter(column)}{row + 1}", self.values.get((row, column)))

    def fixed(self, row: int, column: int) -> Expression:
        """The same, held where formulas are copied."""
        return Expression(f"${letter(column)}${row + 1}", self.values.get((row, column)))

    def there(self, row: int, column: int) -> Expression:
        """A cell as other sheets name it."""
        return Expression(f"{self.prefix}${letter(column)}${row + 1}", self.values.get((row, column)))

    def area(self, top: int, left: int, bottom: int, right: int, own: bool = False) -> Cells:
        """A range of cells that are written already."""
        prefix = "" if own else self.prefix
        text = f"{prefix}${letter(left)}${top + 1}:${letter(right)}${bottom + 1}"
        found = [self.values.get((r, c)) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        return Cells(text, found)

    def name(self, top: int, left: int, bottom: int, right: int) -> str:
        """A range as charts and rules name it."""
        return f"={self.prefix}${letter(left)}${top + 1}:${letter(right)}${bottom + 1}"

    def quiet(self) -> Any:
        """Small grey words."""
        return self.styles(font_size=8, font_color=QUIET, text_wrap=True, valign="top")
