"""Numbers as people type them in Indonesia, read to the digit and never by guessing.

Indonesian style is home style: 12.951 is twelve thousand, 15,78 has decimals. What reads well only in English style,
or has two readings within the field's limits, is put back to the user with its readings.
"""

import math
import re
from decimal import Decimal

from pydantic_core import PydanticCustomError

from simulator import indonesian as fmt
from simulator.registry import UNITS, Field
from simulator.schema import check_limits

_INDONESIAN = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?\Z")
_ENGLISH = re.compile(r"(?:[0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?\Z")
_PARTS = re.compile(
    r"(?P<sign>[-+]?) ?(?P<rupiah>rp\.? ?)?(?P<sign2>[-+]?) ?(?P<core>[0-9.,]*[0-9])(?:,-{1,2})? ?"
    r"(?P<rest>[^0-9.,].*)?\Z"
)
_PACE = re.compile(r"(.*?) ?/?(setahun|sebulan|(?:per |/ ?)(?:tahun|bulan))\Z")
_PERCENT = frozenset({"%", "persen"})
_PEOPLE = frozenset({"orang", "pekerja", "jiwa"})
_WORDS = {  # words that may stand behind a number, by its unit
    "rupiah_year": {"rupiah"},
    "rupiah_month": {"rupiah"},
    "rupiah": {"rupiah"},
    "people": _PEOPLE,
    "people_year": _PEOPLE,
    "people_month": _PEOPLE | {"tempat"},
    "months": {"bulan", "bln"},
    "years": {"tahun", "thn"},
    "per_1000_year": {"per 1.000", "per 1.000 orang", "per 1000", "per 1000 orang"},
    "people_per_sponsor": _PEOPLE | {"pekerja per asn", "orang per asn"},
    "children": {"anak"},
}
_PACES = {"_year": "tahun", "_month": "bulan"}
_STYLE = "Tulis ribuan dengan titik (12.951) dan desimal dengan koma (15,78)."


class Unclear(fmt.NotANumber):
    """A text that could be two numbers, or one that is not written in Indonesian style: the user is to say which.

    `readings` are the values it could have, the Indonesian one first.
    """

    def __init__(self, message: str, readings: tuple[float, ...]):
        super().__init__(message)
        self.readings = readings


def read_number(text: str, field: Field) -> float:
    """The number that a typed text means for `field`; a share as a part of one (15,78% is 0.1578).

    Raises Unclear where it could mean two, or is not in Indonesian style; NotANumber where it is none. The field's
    limits only help to tell readings apart; whether the number keeps them is checked elsewhere.
    """
    readings, sure = _readings(text, field)
    if sure:
        return readings[0]
    shown = " atau ".join(number_text(v, field) for v in readings)
    ask = "Tulis salah satunya." if len(readings) > 1 else "Bila benar, tulis demikian."
    raise Unclear(f"“{_short(text)}” belum jelas: maksudnya {shown}? {ask}", readings)


def _readings(text: str, field: Field) -> tuple[tuple[float, ...], bool]:
    """(the values a text could mean, whether it means the first without doubt). Raises NotANumber."""
    bare = _plain(text)
    if field.unit == "month" and bare.isalpha():
        return (fmt.parse_month(bare),), True
    if not bare:
        raise fmt.NotANumber("Kosong; kosong bukan nol. Tulis sebuah angka.")
    parts = _PARTS.match(bare)
    if parts is None:
        raise _none(text)
    power, percent = _suffix(text, parts, field)
    wrong = "memakai tanda persen" if percent and not is_share(field) else ""
    if parts["rupiah"] and not field.unit.startswith("rupiah"):
        wrong = "adalah rupiah"
    if wrong:
        raise fmt.NotANumber(
            f"“{_short(text)}” {wrong}, padahal isian ini dalam {UNITS.get(field.unit, 'angka biasa')}. Tulis angkanya"
            " saja."
        )
    styles = _styles(parts, text)
    if is_share(field) and not percent:
        return _bare_share(text, *styles, field)
    return _decide(text, *(_value(digits, power - 2 * percent) for digits in styles), field)


def _suffix(text: str, parts: re.Match, field: Field) -> tuple[int, bool]:
    """(power of ten of the scale word, whether a percent sign follows); refuses words that do not fit the field."""
    rest = parts["rest"] or ""
    if pace := _PACE.match(rest):
        rest = pace[1]
        if not any(field.unit.endswith(end) and pace[2].endswith(word) for end, word in _PACES.items()):
            raise _none(text)
    scale, _, unit = rest.partition(" ")
    if scale not in fmt.SCALES:
        scale, unit = "", rest
    percent = unit in _PERCENT
    if (scale and is_share(field)) or (unit and not percent and unit not in _WORDS.get(field.unit, ())):
        raise _none(text)
    return (len(str(fmt.SCALES[scale])) - 1 if scale else 0), percent


def _styles(parts: re.Match, text: str) -> tuple[Decimal | None, Decimal | None]:
    """The digits by Indonesian and by English style, each None where they do not follow it."""
    core, signs = parts["core"], parts["sign"] + parts["sign2"]
    if len(signs) > 1:
        raise _none(text)
    home = core.replace(".", "").replace(",", ".") if _INDONESIAN.match(core) else None
    english = core.replace(",", "") if _ENGLISH.match(core) else None
    return tuple(Decimal(signs + digits) if digits else None for digits in (home, english))


def _value(digits: Decimal | None, power: int) -> float | None:
    """digits · 10^power, correctly rounded once; None where it is too large for a number."""
    if digits is None:
        return None
    sign, numerals, exponent = digits.as_tuple()
    value = float(Decimal((sign, numerals, exponent + power)))
    return value + 0.0 if math.isfinite(value) else None  # + 0.0: no minus zero


def _decide(text: str, home: float | None, english: float | None, field: Field) -> tuple[tuple[float, ...], bool]:
    """The readings by both styles: Indonesian style goes first, but a comma that could part thousands is no guess."""
    if home is None and english is None:
        raise _none(text)
    if home is None:
        return (english,), False
    if english is None or english == home:
        return (home,), True
    lawful = tuple(v for v in (home, english) if _lawful(v, field))
    if lawful == (english,):
        return lawful, False
    if lawful == (home,) or "," not in text.rstrip().removesuffix(",-").removesuffix(",--"):  # dots part thousands
        return (home,), True
    return (home, english), False


def _bare_share(
    text: str, home: Decimal | None, english: Decimal | None, field: Field
) -> tuple[tuple[float, ...], bool]:
    """A share without a percent sign: 0 is 0, 15,78 can only be 15,78% where 1 is the most; others are put back."""
    if home is not None and not home:
        return (0.0,), True
    found = []
    for digits in (home, english):
        if digits is not None:
            found += [_value(digits, -2)] + ([_value(digits, 0)] if abs(digits) <= 1 else [])
    readings = tuple(dict.fromkeys(v for v in found if v is not None and _lawful(v, field)))
    if not readings:
        raise fmt.NotANumber(
            f"“{_short(text)}” bukan persen yang mungkin di sini. Tulis dengan tanda %, misalnya 15,78%."
        )
    only = len(readings) == 1 and home is not None and readings[0] == _value(home, -2)
    return readings, only and not _lawful(_value(home, 0), field)


def number_text(value: float, field: Field) -> str:
    """A finite value in Indonesian style with all its digits: what read_number reads back as the same value.

    A share is shown in per cent. Where dots or a comma could be taken otherwise (1,234), it is written so that they
    cannot (1,2340).
    """
    exact = Decimal(repr(float(value)))
    power, sign = (2, "%") if is_share(field) else (0, "")
    text = f"{exact.scaleb(power):f}" if exact else "0"
    minus, text = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    for grouped, tail in ((f"{int(whole):,}".replace(",", "."), ""), (whole, ""), (whole, "0"), (whole, "00")):
        rest = f",{decimals}{tail}" if decimals else ""
        shown = f"{minus}{grouped}{rest}{sign}"
        if _reads_back(shown, float(value), field):
            break
    return shown


def _reads_back(text: str, value: float, field: Field) -> bool:
    try:
        return _readings(text, field) == ((value,), True)
    except fmt.NotANumber:
        return False


def is_share(field: Field) -> bool:
    """Whether the field holds a part of one that is written in per cent."""
    return field.unit.startswith("share")


def _lawful(value: float, field: Field) -> bool:
    try:
        check_limits(value, field)
    except PydanticCustomError:
        return False
    return True


def _plain(text: str) -> str:
    """The text in small letters with plain spaces and minus signs."""
    bare = re.sub(r"[\s\u200b\ufeff]+", " ", text).strip().lower()
    return re.sub(r"[−–]", "-", bare)


def _short(text: str) -> str:
    """A typed text as a message quotes it."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:37] + "..."


def _none(text: str) -> fmt.NotANumber:
    return fmt.NotANumber(f"“{_short(text)}” tidak terbaca sebagai satu angka. {_STYLE}")
