"""Indonesian number and date style (Rp 2,6 miliar; 15,78%; 467.018; Desember 2029), by Babel's CLDR data."""

import math
import re
from contextlib import suppress
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache

from babel.dates import get_month_names
from babel.numbers import NumberFormatError, format_decimal, parse_decimal

LOCALE = "id"
NONE = "–"  # a figure that does not exist
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)  # room for any float
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9.,]+\Z")
SCALES = {  # words for powers of ten behind a number
    **dict.fromkeys(("ribu", "rb"), 10**3),
    **dict.fromkeys(("juta", "jt"), 10**6),
    **dict.fromkeys(("miliar", "milyar", "m"), 10**9),
    **dict.fromkeys(("triliun", "trilyun", "t"), 10**12),
}
_SCALED = re.compile(r"(.*?[0-9])\s*([A-Za-z]+)\Z")


def _decimal(value: float, digits: int, power: int = 0) -> Decimal:
    """value · 10^power, rounded half up, as people do, not half even; −0 becomes 0."""
    exact = Decimal(repr(float(value))).scaleb(power).quantize(Decimal(1).scaleb(-digits), context=_WIDE)
    return exact if exact else Decimal(0)


def _text(number: Decimal, pattern: str) -> str:
    """A number in Indonesian style, with a true minus sign."""
    with localcontext(_WIDE):
        return format_decimal(number, format=pattern, locale=LOCALE).replace("-", "−")


@lru_cache(maxsize=4096)
def count(value: float, digits: int = 0) -> str:
    """467018.4 as 467.018; with digits, trailing zeros stay away: 1.7 as 1,7."""
    if not math.isfinite(value):
        return NONE
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return _text(_decimal(value, digits), pattern)


@lru_cache(maxsize=4096)
def percent(share: float, digits: int = 2) -> str:
    """0.1578 as 15,78%."""
    if not math.isfinite(share):
        return NONE
    pattern = "0" + ("." + "0" * digits if digits else "")
    return _text(_decimal(share, digits, 2), pattern) + "%"


@lru_cache(maxsize=4096)
def percent_short(share: float) -> str:
    """0.055 as 5,5% and 1 as 100%: no zeros behind the comma that say nothing."""
    return count(share * 100, 2) + "%" if math.isfinite(share) else NONE


@lru_cache(maxsize=4096)
def points(share: float, digits: int = 2) -> str:
    """A difference of shares: 0.0112 as 1,12 poin."""
    return percent(share, digits).removesuffix("%") + " poin"


@lru_cache(maxsize=4096)
def rupiah(value: float, digits: int = 1) -> str:
    """2610921600 as Rp 2,6 miliar; below a million in full: Rp 16.800."""
    if not math.isfinite(value):
        return NONE
    if abs(value) < 999_999.5:
        return rupiah_full(value)
    powers = ((6, "juta"), (9, "miliar"), (12, "triliun"))
    power, word = next((p for p in powers if abs(_decimal(value, digits, -p[0])) < 1000), powers[-1])
    return f"{rupiah_full(value / 10**power, digits)} {word}"


@lru_cache(maxsize=4096)
def rupiah_full(value: float, digits: int = 0) -> str:
    """2610921600 as Rp 2.610.921.600."""
    if not math.isfinite(value):
        return NONE
    text = count(value, digits)
    return f"−Rp {text[1:]}" if text.startswith("−") else f"Rp {text}"


def significant(value: float, digits: int) -> float:
    """A number rounded to so many digits that count: 10979 to three as 11000."""
    return float(f"{value:.{digits}g}")


def signed(text: str, value: float) -> str:
    """A change with its sign; nothing but zero goes without."""
    return f"+{text}" if value > 0 and not text.startswith(("+", "−")) else text


@lru_cache(maxsize=1)
def _months() -> dict[int, str]:
    return dict(get_month_names("wide", locale=LOCALE))


def month(year_month: tuple[int, int]) -> str:
    """(2029, 12) as Desember 2029."""
    return f"{_months()[year_month[1]]} {year_month[0]}"


def month_name(number: int) -> str:
    """12 as Desember."""
    return _months()[number]


def date_text(text: str) -> str:
    """2024-08 as Agustus 2024, 2024-08-31 as 31 Agustus 2024; anything else as it is."""
    parts = text.split("-")
    if not all(p.isdigit() for p in parts) or not 2 <= len(parts) <= 3 or not 1 <= int(parts[1]) <= 12:
        return text
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{month((int(parts[0]), int(parts[1])))}"


class NotANumber(ValueError):
    """A typed text that is no number, or could be two. The message is Indonesian."""


def parse_number(text: str) -> float:
    """A number as Indonesians write it: 12.951; 15,78; Rp 2,6 miliar; 302,4 juta.

    Percentages are for parse_percent. Raises NotANumber where the text has no or two readings (5.5, 12.95).
    """
    bare = text.strip().replace("−", "-").replace("\xa0", " ")
    bare = bare[2:].lstrip(" .").strip() if bare[:2].lower() == "rp" else bare
    bare = re.sub(r",[-–]{1,2}\Z", "", bare)  # Rp 1.000.000,- as on a receipt
    if not bare:
        raise NotANumber("Kosong; kosong bukan nol. Tulis sebuah angka.")
    scale, parted = 1, _SCALED.match(bare)
    if parted and parted[2].lower() in SCALES:
        scale, bare = SCALES[parted[2].lower()], parted[1]
    value = math.nan
    with suppress(NumberFormatError):
        if _PLAIN_NUMBER.match(bare):
            value = float(parse_decimal(bare, locale=LOCALE, strict=True) * scale)
    if not math.isfinite(value):
        example = "Tulis ribuan dengan titik (12.951) dan desimal dengan koma (15,78)."
        raise NotANumber(f"“{text.strip()}” tidak terbaca sebagai satu angka. {example}")
    return value


def parse_percent(text: str) -> float:
    """15,78% or 15,78 as 0.1578. Raises NotANumber as parse_number does."""
    bare = text.strip().lower()
    return parse_number(bare.removesuffix("%").removesuffix("persen")) / 100


def parse_month(text: str) -> float:
    """Maret, mar, or 3 as 3. Raises NotANumber."""
    word = text.strip().lower()
    found = [n for n, name in _months().items() if len(word) >= 3 and name.lower().startswith(word)]
    return float(found[0]) if len(found) == 1 else parse_number(text)


def inside(name: str) -> str:
    """A name inside a sentence: its first letter small, unless the word is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def listing(words: list[str]) -> str:
    """a, b, dan c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])}{',' if len(words) > 2 else ''} dan {words[-1]}"
