"""How cells of a written workbook look, and numbers that come back to the digit."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from simulator.registry import Field
from simulator.tables.layout import NO_LIMIT, Column
from simulator.tables.numbers import is_share

INPUT, REQUIRED, EXAMPLE_INK, HEAD, QUIET, LINE = "#FFF9DB", "#FFE8A3", "#8A8A8A", "#1F4E79", "#5F6B76", "#C9CED6"
_MOST_DECIMALS = 10
_LONGEST = 32_767  # letters of a cell in Excel
LOCALE = "[$-421]"  # Indonesian, by Microsoft's number for it
_DIGIT = re.compile(r"[#0](?![^\[]*\])")  # a place for a digit, outside of a condition in brackets
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


class Exact(float):
    """A number that xlsxwriter, which writes 16 digits, writes with as many as it takes to read back the same."""

    def __format__(self, spec: str) -> str:
        text = float.__format__(self, spec)
        return text if float(text) == self else repr(float(self))


class TooLong(ValueError):
    """A text that no cell of Excel can hold. The message is Indonesian."""


def local(code: str) -> str:
    """A number format marked Indonesian: LibreOffice then shows 1.200.438 and 26,14% on any computer; Excel's
    separators follow Windows.
    """
    return ";".join(f"{LOCALE}{part}" if _DIGIT.search(part) else part for part in code.split(";"))


def number_format(field: Field | None, value: Any = None) -> str:
    """How a number shows: thousands apart, shares in per cent, with every decimal that the value has (up to ten)."""
    number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0
    if field is None:
        return "General"
    if is_share(field):
        return local(f"0.{'0' * max(2, _decimals(number, 2))}%")
    if field.unit == "year":
        return "0"
    decimals = _decimals(number, 0)
    digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return local(f'"Rp" {digits}' if field.unit.startswith("rupiah") else digits)


def _decimals(value: float, power: int) -> int:
    """Decimals of value · 10^power."""
    exponent = Decimal(repr(value)).scaleb(power).normalize().as_tuple().exponent
    return min(max(-exponent, 0), _MOST_DECIMALS) if isinstance(exponent, int) else 0


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any):
        self._book = book
        self._made: dict[tuple, Any] = {}

    def __call__(self, **properties: Any) -> Any:
        """The format with these properties of xlsxwriter."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Calibri", "font_size": 10, **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        """A sheet's title."""
        return self(bold=True, font_size=14, font_color=HEAD)

    @property
    def about(self) -> Any:
        """The sentence under it."""
        return self(font_color=QUIET)

    @property
    def head(self) -> Any:
        """A heading."""
        return self(
            bold=True,
            font_color="#FFFFFF",
            bg_color=HEAD,
            text_wrap=True,
            valign="vcenter",
            border=1,
            border_color=LINE,
        )

    @property
    def help(self) -> Any:
        """Short help under a heading."""
        return self(font_size=8, font_color=QUIET, text_wrap=True, valign="top", border=1, border_color=LINE)

    @property
    def plain(self) -> Any:
        """Words that are not filled in."""
        return self(text_wrap=True, valign="top", border=1, border_color=LINE)

    def input(
        self, column: Column, field: Field | None = None, value: Any = None, example: bool = False, closed: bool = False
    ) -> Any:
        """A cell to be filled in: yellow, deeper where it is required; an example is grey and leaning.

        One that is `closed` is neither yellow nor open where its sheet is protected.
        """
        look: dict[str, Any] = {"border": 1, "border_color": LINE}
        if not closed:
            look |= {"bg_color": REQUIRED if column.required else INPUT, "locked": False}
        words = isinstance(value, (str, list, bool)) and value != NO_LIMIT  # beside a limit there is room for a number
        numeric = column.kind in ("number", "plain", "end", "setting") and not words
        if numeric:
            look["num_format"] = number_format(field, value)
        elif column.kind not in ("order", "year"):
            look["num_format"] = "@"  # so that Excel does not make a date of 2026-08
        if column.kind in ("text", "ids", "references") or isinstance(value, list):
            look["text_wrap"] = True
        if example:
            look |= {"italic": True, "font_color": EXAMPLE_INK}
        return self(valign="top", **look)


class Heights:
    """Rows of a sheet as high as their longest text needs; not every program works that out on opening a file."""

    def __init__(self, widths: Sequence[int]):
        self._widths = widths
        self._lines: dict[int, int] = {}

    def see(self, row: int, column: int, value: Any) -> None:
        """Make room for a text."""
        if isinstance(value, str):
            width = self._widths[column]
            lines = sum(1 + len(part) // width for part in value.split("\n"))
            self._lines[row] = max(lines, self._lines.get(row, 1))

    def set(self, sheet: Any) -> None:
        """Set the rows' heights; Excel has none above 409."""
        for row, lines in self._lines.items():
            if lines > 1:
                sheet.set_row(row, min(3 + 13 * lines, 400))


def put(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    """Write a value: numbers to the digit, text as text, never as a formula or link. Raises TooLong."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, Exact(value), look)
    else:
        sheet.write_string(row, column, _text(str(value)), look)


def _text(text: str) -> str:
    """A text as a cell can hold it: line breaks of one kind, no control characters."""
    if len(text) > _LONGEST:
        raise TooLong(f"Satu teks berisi {len(text)} huruf; sel Excel hanya memuat {_LONGEST}. Pendekkan catatannya.")
    clean = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
