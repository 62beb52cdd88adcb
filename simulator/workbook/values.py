"""One cell of a workbook as the tables hold it: a number, a truth value, or the text that was typed."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from simulator import indonesian as fmt
from simulator.registry import FIELDS, Field
from simulator.tables.cells import tidy
from simulator.tables.layout import Column
from simulator.tables.numbers import is_share

NUMERIC = frozenset({"number", "plain", "end", "setting"})
_BY_NAME = {f.name: f for f in FIELDS.values()}
_ERRORS = {
    "#REF!": "rumusnya merujuk sel yang sudah tidak ada",
    "#N/A": "rumusnya tidak menemukan yang dicari",
    "#DIV/0!": "rumusnya membagi dengan nol",
    "#VALUE!": "rumusnya menghitung sesuatu yang bukan angka",
    "#NAME?": "rumusnya memuat nama yang tidak dikenal",
    "#NUM!": "rumusnya menghasilkan angka yang tidak mungkin",
    "#NULL!": "rumusnya merujuk daerah sel yang kosong",
}
_UNCALCULATED = "rumusnya belum pernah dihitung. Buka dan simpan sekali di Excel, lalu unggah lagi."
_RETURN = re.compile(r"_x000[dD]_\n?|\r\n?")
_TYPE_AGAIN = "Ubah format selnya menjadi {format}, lalu ketik lagi."


@dataclass(frozen=True)
class Raw:
    """One cell as a workbook has it: row and column from 1; `formula` is its text, empty where there is none."""

    row: int
    column: int
    value: Any = None
    kind: str = "n"
    format: str = "General"
    formula: str = ""

    @property
    def name(self) -> str:
        """D7."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """Whether nothing stands here; spaces are nothing, a formula is not."""
        empty = self.value is None or (isinstance(self.value, str) and not self.value.strip())
        return empty and not self.uncalculated

    @property
    def uncalculated(self) -> bool:
        """A formula whose value nobody worked out; one that gives an empty text has another type."""
        return bool(self.formula) and self.value is None and self.kind == "n"


@dataclass(frozen=True)
class Told:
    """A cell's value for the tables, what is wrong with it, and what is remarked on it."""

    value: Any
    problem: str = ""
    remark: str = ""


def field_of_path(path: Any) -> Field | None:
    """The number that a lever's path sets, told by its last word: apbd.months; None where it is no number."""
    return _BY_NAME.get(str(path or "").rpartition(".")[2])


def told(raw: Raw, column: Column, unit: Field | None) -> Told:
    """The value of a cell that is not blank; what cannot be a value stays as text, with what is wrong."""
    value = raw.value
    if raw.uncalculated:
        return Told(raw.formula, _UNCALCULATED[:1].upper() + _UNCALCULATED[1:])
    if raw.kind == "e":
        reason = _ERRORS.get(str(value), "rumusnya gagal dihitung")
        return Told(str(value), f"Berisi galat {value}: {reason}. Perbaiki rumusnya atau tulis angkanya, lalu simpan.")
    if isinstance(value, bool):
        return _truth(value, column)
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _date(raw, column)
    if isinstance(value, (int, float)):
        return _number(raw, column, unit)
    return Told(_RETURN.sub("\n", str(value)))


def _truth(value: bool, column: Column) -> Told:
    if column.kind in ("flag", "setting"):
        return Told(value)
    word = "BENAR" if value else "SALAH"
    need = "sebuah angka" if column.kind in NUMERIC else "teks"
    return Told(word, f"Berisi nilai logika {word} (TRUE/FALSE), padahal isian ini {need}.")


def _date(raw: Raw, column: Column) -> Told:
    """A date: as month or date where one is wanted; elsewhere Excel has most likely made it out of a typed 1-2."""
    value = raw.value
    if not isinstance(value, datetime.date):
        text = str(value)
        return Told(text, f"Berisi jam ({text}). {_TYPE_AGAIN.format(format='Angka atau Teks')}")
    day = value.date() if isinstance(value, datetime.datetime) else value
    if column.kind == "month":
        return Told(f"{day:%Y-%m}")
    shows_day = "d" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", raw.format).lower()
    if column.kind == "date":
        return Told(f"{day:%Y-%m-%d}" if shows_day or day.day != 1 else f"{day:%Y-%m}")
    need = "Angka" if column.kind in NUMERIC | {"year", "order"} else "Teks"
    shown = fmt.date_text(f"{day:%Y-%m-%d}")
    text = f"Berisi tanggal ({shown}), mungkin karena Excel mengubah 1-2 menjadi tanggal."
    return Told(f"{day:%Y-%m-%d}", f"{text} {_TYPE_AGAIN.format(format=need)}")


def _number(raw: Raw, column: Column, unit: Field | None) -> Told:
    """A number as it is; a share only where its cell shows per cent, for 0,5 alone could be 0,5% or 50%."""
    value = raw.value
    if column.kind not in NUMERIC:
        return Told(int(value) if float(value).is_integer() else value)
    if unit is not None and is_share(unit) and value and "%" not in raw.format:
        return Told(f"{Decimal(repr(value)):f}".replace(".", ","))
    return Told(
        tidy(value),
        remark="" if raw.formula else _thousands_lost(value, unit),
    )


def _thousands_lost(value: float, unit: Field | None) -> str:
    """A word on 12,951 people: an English Excel makes it of a typed 12.951."""
    counted = unit is not None and unit.unit.startswith(("people", "rupiah")) and unit.unit != "people_per_sponsor"
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    if not counted or not 1 <= abs(value) < 1000 or exponent not in (-3, -2, -1):
        return ""
    shown, thousands = fmt.count(value, 3), fmt.count(value * 1000)
    return f"terbaca {shown}; bila maksudnya {thousands}, ketik {round(value * 1000)} tanpa titik."
