"""Single cells: what a typed text means for its column, and how a value is written back."""

import datetime
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from simulator import indonesian as fmt
from simulator.registry import Field
from simulator.tables.layout import FLAGS, NULLS, Column
from simulator.tables.numbers import Unclear, number_text, read_number

SEPARATOR = "; "
_YEAR = re.compile(r"(19|20|21)\d{2}\Z")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})(-\d{1,2})?\Z")
_DATED = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?\Z")
_LOST = re.compile(r"\d{1,3}[.,]\d{1,3}\Z")
_OTHER_MONTHS = {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10}

# What stands in a cell whose values are named elsewhere: code → name.
Names = Mapping[str, str]


class Unreadable(ValueError):
    """A cell that means nothing for its column. The message is Indonesian."""


def read_cell(column: Column, raw: Any, names: Names | None = None, unit: Field | None = None) -> Any:
    """The value of a filled cell: as a region file has it.

    `names` are the codes and names that an ids, owner, segment, reference, scenario or test cell may hold; `unit` is
    the field whose limits and unit an end of a range follows. Raises Unreadable, or `indonesian.NotANumber` (of
    which `numbers.Unclear` tells the readings to choose from).
    """
    text = raw.strip() if isinstance(raw, str) else raw
    reader = _READERS.get(column.kind)
    if reader:
        return reader(column, text, names or {}, unit)
    if not isinstance(text, str):
        text = _plain(text)
    return text


def _plain(value: Any) -> str:
    """A cell's value as text: 5.0 as 5."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _number(column: Column, raw: Any, _names: Names, unit: Field | None) -> Any:
    if column.null and isinstance(raw, str) and raw.lower() == column.null:
        return column.null
    if isinstance(raw, str) and (unit or column.field):
        return tidy(_typed(raw, unit or column.field))
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise Unreadable(f"“{_plain(raw)}” bukan angka.")
    if column.kind == "end" and unit is None:
        raise Unreadable("Batas hanya berlaku bagi angka. Kosongkan sel ini.")
    return raw


def _typed(text: str, field: Field) -> float:
    """A typed number; people come whole, so a reading with decimals is no reading, and a lost zero is asked about."""
    if field.unit != "people":
        return read_number(text, field)
    try:
        value = read_number(text, field)
        if value.is_integer():
            return value
        readings: tuple[float, ...] = (value,)
    except Unclear as err:
        readings = err.readings
    whole = tuple(v for v in readings if v.is_integer())
    if not whole and _LOST.match(text.strip()):  # 12.95 may be 12.950 without its zero
        whole = tuple(v * 1000 for v in readings if (v * 1000).is_integer())
    if not whole:
        raise Unreadable(f"“{text}”: orang harus bilangan bulat. Tulis ribuan dengan titik (12.951).")
    asked = " atau ".join(digits(tidy(v)) for v in whole)
    raise Unclear(f"“{text}”: orang harus bilangan bulat. Maksudnya {asked}?", whole)


def tidy(value: float) -> float | int:
    """A whole number without its point."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def _choice(column: Column, raw: Any, _names: Names, _unit: Field | None) -> Any:
    for code, label in (column.options or {}).items():
        if _same(raw, code) or _same(raw, label) or raw is code:
            return code
    allowed = ", ".join(str(v) for v in (column.options or {}).values())
    raise Unreadable(f"“{_plain(raw)}” tidak dikenal. Pilih salah satu: {allowed}.")


def _same(raw: Any, known: Any) -> bool:
    return isinstance(raw, str) and isinstance(known, str) and _bare(raw) == _bare(known)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def _flag(column: Column, raw: Any, names: Names, unit: Field | None) -> bool:
    if isinstance(raw, bool):
        return raw
    words = {"true": True, "benar": True, "y": True, "false": False, "salah": False, "t": False}
    if isinstance(raw, str) and _bare(raw) in words:
        return words[_bare(raw)]
    return _choice(column, raw, names, unit)


def month_of(raw: Any) -> str:
    """A month as 2027-01, from Januari 2027, 2027-1, 1/2027 or a date. Raises Unreadable."""
    if isinstance(raw, (datetime.date, datetime.datetime)):
        return f"{raw.year:04d}-{raw.month:02d}"
    text = _bare(_plain(raw))
    if found := _YEAR_MONTH.match(text):
        return f"{int(found[1]):04d}-{int(found[2]):02d}"
    if found := re.match(r"(\d{1,2})[/-](\d{4})\Z", text):
        return f"{int(found[2]):04d}-{int(found[1]):02d}"
    word, _, year = text.rpartition(" ")
    if word and _YEAR.match(year):
        number = _month_number(word)
        if number:
            return f"{year}-{number:02d}"
    raise Unreadable(f"“{_plain(raw)}” bukan bulan. Tulis seperti Januari 2027.")


def _month_number(word: str) -> int | None:
    if word in _OTHER_MONTHS:
        return _OTHER_MONTHS[word]
    try:
        number = fmt.parse_month(word)
    except fmt.NotANumber:
        return None
    return int(number) if 1 <= number <= 12 and float(number).is_integer() else None


def _month(_column: Column, raw: Any, _names: Names, _unit: Field | None) -> str:
    return month_of(raw)


def _date(_column: Column, raw: Any, _names: Names, _unit: Field | None) -> str:
    """A date is kept as it is written, for a source may say no more than a year; a month's name becomes its number."""
    if isinstance(raw, datetime.datetime) and raw.time() != datetime.time():
        return raw.date().isoformat()
    text = _plain(raw)
    day = re.match(r"(\d{1,2}) ([A-Za-z]+ \d{4})\Z", text)
    try:
        if day:
            return datetime.date.fromisoformat(f"{month_of(day[2])}-{int(day[1]):02d}").isoformat()
        return month_of(text) if re.match(r"[A-Za-z]+ \d{4}\Z", text) else text
    except (Unreadable, ValueError):  # no such day
        return text


def _year(_column: Column, raw: Any, _names: Names, _unit: Field | None) -> int:
    text = _plain(raw)
    if not _YEAR.match(text):
        raise Unreadable(f"“{text}” bukan tahun. Tulis empat angka, misalnya 2028.")
    return int(text)


def _order(_column: Column, raw: Any, _names: Names, _unit: Field | None) -> int:
    text = _plain(raw)
    if not text.isdecimal() or len(text) > 6:
        raise Unreadable(f"“{text}” bukan nomor urut. Tulis 1, 2, 3, dan seterusnya.")
    return int(text)


def _one(column: Column, raw: Any, names: Names, _unit: Field | None) -> str:
    """One code out of those there are, told by code or name."""
    text = _plain(raw)
    if text in names:
        return text
    hits = [code for code, name in names.items() if _same(text, name)] or [c for c in names if _same(text, c)]
    if len(hits) == 1:
        return hits[0]
    if column.kind == "reference" and not hits:
        return text  # a source need not be listed; the region's rules tell where one is misspelt
    if hits:
        raise Unreadable(f"“{text}” adalah nama dari {len(hits)} baris. Tulis kodenya: {fmt.listing(hits)}.")
    known = SEPARATOR.join(names.values()) or "belum ada"
    raise Unreadable(f"“{text}” tidak ada dalam tabelnya. Yang ada: {known}.")


def _several(column: Column, raw: Any, names: Names, unit: Field | None) -> list[str]:
    """Codes in their order, told by codes or names, parted by semicolons; by commas where that is clear."""
    if isinstance(raw, (list, tuple)):
        parts = [str(part) for part in raw]
    else:
        text = _plain(raw)
        whole = [name for name in names.values() if _same(text, name)]
        parts = [text] if whole else re.split(r"[;\n]" if ";" in text or "\n" in text else r",", text)
    one = Column(column.key, column.label, "reference" if column.kind == "references" else "segment")
    return [_one(one, part.strip(), names, unit) for part in parts if part.strip()]


def _programmes(column: Column, raw: Any, _names: Names, _unit: Field | None) -> Any:
    if isinstance(raw, str) and column.null and _bare(raw) == column.null:
        return column.null
    text = ",".join(raw) if isinstance(raw, (list, tuple)) else _plain(raw)
    parts = [p for p in re.split(r"[;,+/\s]+|\bdan\b", text.lower()) if p]
    if unknown := [p for p in parts if p not in (column.options or {})]:
        raise Unreadable(f"“{unknown[0]}” bukan program. Pilih JKK, JKM, atau JHT.")
    return parts


def _path(_column: Column, raw: Any, names: Names, _unit: Field | None) -> str:
    """A lever's path, told by itself or in words; what is neither stays, for the region's rules to tell of."""
    text = _plain(raw)
    return next((code for code, name in names.items() if _same(text, name)), text)


def _setting(_column: Column, raw: Any, _names: Names, _unit: Field | None) -> Any:
    return raw  # read by the column of its path, when the tables are put together


_READERS = {
    "number": _number,
    "plain": _number,
    "end": _number,
    "choice": _choice,
    "flag": _flag,
    "month": _month,
    "date": _date,
    "year": _year,
    "order": _order,
    "owner": _one,
    "segment": _one,
    "reference": _one,
    "scenario": _one,
    "test": _one,
    "ids": _several,
    "references": _several,
    "programmes": _programmes,
    "path": _path,
    "setting": _setting,
}


def show_cell(column: Column, value: Any, names: Names | None = None, unit: Field | None = None) -> str:
    """A cell as it is written in Indonesian: 12.951, 15,78%, Januari 2027. What is still raw text stays as it is.

    `read_cell` reads it back to the same value.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return FLAGS[value]
    if isinstance(value, (int, float)):
        return _written(unit or column.field, value) if column.kind in ("number", "plain", "end") else _plain(value)
    if isinstance(value, (list, tuple)):
        known = names or {}
        labels = column.options or {}
        return SEPARATOR.join(str(labels.get(v, known.get(v, v))) for v in value)
    if column.kind in ("month", "date") and isinstance(value, str) and _DATED.match(value):
        return fmt.date_text(value)
    if column.options and value in column.options:
        return str(column.options[value])
    return str((names or {}).get(value, value)) if value not in NULLS else value


def _written(field: Field | None, value: float) -> str:
    """A number as it stands in a cell: like `show_number`, but written so that it can be read in no other way."""
    if field is None or field.unit in ("month", "year") or not math.isfinite(value):
        return show_number(field, value)
    return number_text(value, field)


def show_number(field: Field | None, value: float) -> str:
    """A number in all its digits, as it stands in a message: 15,78% for a share, Maret for a month."""
    if field is not None and field.unit.startswith("share"):
        return digits(value, 2) + "%"
    if field is not None and field.unit == "month" and float(value).is_integer() and 1 <= value <= 12:
        return fmt.month_name(int(value))
    if field is not None and field.unit == "year":
        return _plain(value)
    return digits(value)


def digits(value: float, power: int = 0) -> str:
    """value · 10^power with every digit that counts, thousands apart: 12951.5 as 12.951,5."""
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(repr(value)).scaleb(power)
    text = f"{exact:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans({",": ".", ".": ",", "-": "−"})) if exact else "0"
