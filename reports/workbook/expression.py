"""Formulas that carry their value: text and number are built by the same operation, so that they cannot disagree.

Excel's Protected View and viewers on phones show the values stored in a file; programs that work it out show those of
the text. Comparisons and functions mean what Excel means: texts are equal whatever their case, a blank is "" and 0.
Values: float or int, str, bool, None for a blank cell, nan for a fault.
"""

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from simulator.questions.budget import RESIDUE

Value = float | int | str | bool | None
_FAULT = math.isnan
_ATOM, _POWER, _TIMES, _PLUS, _JOIN, _COMPARE = 5, 4, 3, 2, 1, 0


class Expression:
    """A part of a formula and what it comes to. `rank` is how tightly its outermost operator binds."""

    __slots__ = ("rank", "text", "value")

    def __init__(self, text: str, value: Value, rank: int = _ATOM):
        self.text, self.value, self.rank = text, value, rank

    def __add__(self, other: Any) -> "Expression":
        return _arithmetic(self, "+", other, _PLUS, operator.add)

    def __radd__(self, other: Any) -> "Expression":
        return _plain(other) + self

    def __sub__(self, other: Any) -> "Expression":
        return _arithmetic(self, "-", other, _PLUS, operator.sub)

    def __rsub__(self, other: Any) -> "Expression":
        return _plain(other) - self

    def __mul__(self, other: Any) -> "Expression":
        return _arithmetic(self, "*", other, _TIMES, operator.mul)

    def __rmul__(self, other: Any) -> "Expression":
        return _plain(other) * self

    def __truediv__(self, other: Any) -> "Expression":
        return _arithmetic(self, "/", other, _TIMES, lambda a, b: a / b if b else math.nan)

    def __rtruediv__(self, other: Any) -> "Expression":
        return _plain(other) / self

    def __pow__(self, other: Any) -> "Expression":
        return _arithmetic(self, "^", other, _POWER, operator.pow)

    def __lt__(self, other: Any) -> "Expression":
        return _compared(self, "<", other, operator.lt)

    def __le__(self, other: Any) -> "Expression":
        return _compared(self, "<=", other, operator.le)

    def __gt__(self, other: Any) -> "Expression":
        return _compared(self, ">", other, operator.gt)

    def __ge__(self, other: Any) -> "Expression":
        return _compared(self, ">=", other, operator.ge)


class Cells:
    """A range of cells and their values, row by row."""

    __slots__ = ("_rows", "text", "values")

    def __init__(self, text: str, values: Sequence[Value]):
        self.text, self.values = text, values
        self._rows: dict[Value, frozenset[int]] = {}

    def rows_of(self, key: Value) -> frozenset[int]:
        """The rows, from 0, in which a number stands."""
        if key not in self._rows:
            self._rows[key] = frozenset(i for i, v in enumerate(self.values) if v == key)
        return self._rows[key]


Part = Expression | Cells | float | int | str


def _plain(other: Part) -> Expression:
    """A constant as an expression; an expression as it is."""
    if isinstance(other, Expression):
        return other
    if isinstance(other, str):
        return Expression('"' + other.replace('"', '""') + '"', other)
    return _constant(other)


@lru_cache(maxsize=1024, typed=True)
def _constant(value: float) -> Expression:
    text = repr(value) if isinstance(value, int) else f"{value:.15G}"  # a formula's constants have 15 digits in Excel
    return Expression(text, value, _ATOM if value >= 0 else _PLUS)


def constant(value: float | int | str) -> Expression:
    """A constant; numbers have at most 15 digits."""
    return _plain(value)


def number(value: Value) -> float:
    """A value as arithmetic takes it: a blank is 0, a text is a fault."""
    if value is None:
        return 0.0
    return math.nan if isinstance(value, str) else value


def _arithmetic(left: Expression, sign: str, other: Part, rank: int, work: Callable) -> Expression:
    right = other if other.__class__ is Expression else _plain(other)
    a, b = left.value, right.value
    if a.__class__ is not float or b.__class__ is not float:
        a, b = number(a), number(b)
    one = left.text if left.rank >= rank else f"({left.text})"
    two = right.text if right.rank > rank else f"({right.text})"
    return Expression(one + sign + two, work(a, b), rank)


def _compared(left: Expression, sign: str, other: Part, work: Callable) -> Expression:
    right = _plain(other)
    value = work(number(left.value), number(right.value))
    return Expression(_operand(left) + sign + _operand(right), value, _COMPARE)


def _operand(part: Expression) -> str:
    return part.text if part.rank > _COMPARE else f"({part.text})"


def equal(left: Part, right: Part) -> Expression:
    """left = right, as Excel compares: texts whatever their case, a blank equals "" and 0."""
    one, two = _plain(left), _plain(right)
    return Expression(f"{_operand(one)}={_operand(two)}", _same(one.value, two.value), _COMPARE)


def unequal(left: Part, right: Part) -> Expression:
    """left <> right."""
    one, two = _plain(left), _plain(right)
    return Expression(f"{_operand(one)}<>{_operand(two)}", not _same(one.value, two.value), _COMPARE)


def _same(a: Value, b: Value) -> bool:
    if a is None or b is None:
        return (a or b) in (None, "", 0, 0.0) and not isinstance(a or b, bool)
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and a.casefold() == b.casefold()
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def join(*parts: Part) -> Expression:
    """Texts put together by &. Numbers must be whole, or their text would follow the computer's language."""
    several = [_plain(p) for p in parts]
    text = "&".join(p.text if p.rank >= _JOIN else f"({p.text})" for p in several)
    fault = any(isinstance(p.value, float) and p.value != p.value for p in several)
    return Expression(text, math.nan if fault else "".join(_shown(p.value) for p in several), _JOIN)


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# ---- functions


def _call(name: str, parts: Iterable[Part], value: Value) -> Expression:
    texts = [p.text if isinstance(p, (Expression, Cells)) else _plain(p).text for p in parts]
    return Expression(f"{name}({','.join(texts)})", value)


def _numbers(parts: Iterable[Part]) -> list[float]:
    """All numbers of single values and ranges; in ranges blanks and texts do not count."""
    found: list[float] = []
    for part in parts:
        if isinstance(part, Cells):
            found += [v for v in part.values if v.__class__ is float or isinstance(v, (int, float))]
        else:
            found.append(number(part.value) if isinstance(part, Expression) else part)
    return found


def least(*parts: Part) -> Expression:
    """MIN(…)."""
    return _extreme("MIN", min, parts)


def most(*parts: Part) -> Expression:
    """MAX(…)."""
    return _extreme("MAX", max, parts)


def _extreme(name: str, pick: Callable, parts: Iterable[Part]) -> Expression:
    """Text and value at once: most of a sheet's formulas pass here."""
    texts, found = [], []
    for part in parts:
        if part.__class__ is not Expression:
            if part.__class__ is Cells:
                texts.append(part.text)
                found += _numbers((part,))
                continue
            part = _plain(part)
        texts.append(part.text)
        value = part.value
        found.append(value if value.__class__ is float else number(value))
    value = math.nan if any(map(_FAULT, found)) else pick(found)
    return Expression(f"{name}({','.join(texts)})", value)


def total(*parts: Part) -> Expression:
    """SUM(…)."""
    return _call("SUM", parts, math.fsum(_numbers(parts)))


def average(cells: Cells) -> Expression:
    """AVERAGE(range)."""
    found = _numbers([cells])
    return _call("AVERAGE", (cells,), math.fsum(found) / len(found))


def largest(cells: Cells, nth: int) -> Expression:
    """LARGE(range, nth)."""
    return _call("LARGE", (cells, nth), sorted(_numbers([cells]), reverse=True)[nth - 1])


def when(condition: Expression, then: Part, otherwise: Part) -> Expression:
    """IF(condition, then, otherwise)."""
    one, two = _plain(then), _plain(otherwise)
    return Expression(f"IF({condition.text},{one.text},{two.text})", (one if condition.value else two).value)


def both(*conditions: Expression) -> Expression:
    """AND(…)."""
    return _call("AND", conditions, all(c.value for c in conditions))


def either(*conditions: Expression) -> Expression:
    """OR(…)."""
    return _call("OR", conditions, any(c.value for c in conditions))


def is_number(part: Expression) -> Expression:
    """ISNUMBER(…)."""
    value = part.value
    good = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
    return _call("ISNUMBER", (part,), good)


def is_fault(part: Expression) -> Expression:
    """ISERROR(…)."""
    return _call("ISERROR", (part,), isinstance(part.value, float) and part.value != part.value)


def not_available() -> Expression:
    """NA()."""
    return Expression("NA()", math.nan)


def contains(word: str, part: Expression) -> Expression:
    """ISNUMBER(SEARCH(word, part)): whether a text holds a word, whatever its case."""
    found = word.casefold() in _shown(part.value).casefold()
    return Expression(f'ISNUMBER(SEARCH("{word}",{part.text}))', found)


def whole(part: Expression) -> Expression:
    """INT(…)."""
    value = number(part.value)
    return _call("INT", (part,), math.floor(value) if value == value else value)


def rounded(part: Expression, digits: int = 0) -> Expression:
    """ROUND(part, digits), half away from zero."""
    value = number(part.value)
    if value == value and abs(value) < 1e15:
        scale = 10**digits
        near = round(value, digits) if digits else float(round(value))
        if digits == 0 and abs(value - math.trunc(value)) == 0.5:
            near = float(math.trunc(value) + math.copysign(1, value))
        value = near if scale else value
    return _call("ROUND", (part, digits), value)


def absolute(part: Expression) -> Expression:
    """ABS(…)."""
    return _call("ABS", (part,), abs(number(part.value)))


def date(year: Expression, month: Expression) -> Expression:
    """DATE(year, month, 1), as days since 1900."""
    import datetime

    day = datetime.date(int(year.value), int(month.value), 1) - datetime.date(1899, 12, 30)
    return _call("DATE", (year, month, 1), float(day.days))


def pick(cells: Cells, position: Part) -> Expression:
    """INDEX(range, position), from 1."""
    at = int(number(_plain(position).value))
    return _call("INDEX", (cells, position), cells.values[at - 1])


def position(wanted: Part, cells: Cells, exact: bool = True) -> Expression:
    """MATCH(wanted, range, 0), or with 1 the last that is not above it; a fault where there is none."""
    value = _plain(wanted).value
    if exact:
        found = next((i for i, v in enumerate(cells.values, 1) if _same(v, value)), math.nan)
    else:
        found = sum(1 for v in cells.values if v <= value) or math.nan
    return _call("MATCH", (wanted, cells, 0 if exact else 1), found)


def if_fault(part: Expression, otherwise: Part) -> Expression:
    """IFERROR(part, otherwise)."""
    bad = isinstance(part.value, float) and part.value != part.value
    return _call("IFERROR", (part, otherwise), _plain(otherwise).value if bad else part.value)


def sum_if(keys: Cells, key: Expression, cells: Cells) -> Expression:
    """SUMIF(keys, key, cells) for numbers."""
    found = math.fsum(number(cells.values[i]) for i in keys.rows_of(key.value))
    return _call("SUMIF", (keys, key, cells), found)


def average_if(keys: Cells, key: Expression, cells: Cells) -> Expression:
    """AVERAGEIF(keys, key, cells) for numbers."""
    found = [number(cells.values[i]) for i in keys.rows_of(key.value)]
    return _call("AVERAGEIF", (keys, key, cells), math.fsum(found) / len(found) if found else math.nan)


def count_if(keys: Cells, key: Part) -> Expression:
    """COUNTIF(keys, key) for a plain number or text."""
    wanted = _plain(key).value
    return _call("COUNTIF", (keys, key), sum(1 for v in keys.values if _same(v, wanted) and v is not None))


def sum_where(keys: Sequence[tuple[Cells, Expression]], cells: Cells | None = None) -> Expression:
    """SUMIFS(cells, keys, key, …) for numbers as keys; without cells COUNTIFS(…)."""
    hits = _rows_of(keys)
    parts = [p for pair in keys for p in pair]
    if cells is None:
        return _call("COUNTIFS", parts, len(hits))
    return _call("SUMIFS", (cells, *parts), math.fsum(number(cells.values[i]) for i in hits))


def _rows_of(keys: Sequence[tuple[Cells, Expression]]) -> frozenset[int]:
    """The rows in which every range holds its key."""
    return frozenset.intersection(*(cells.rows_of(key.value) for cells, key in keys))


def count_positive(keys: Sequence[tuple[Cells, Expression]], cells: Cells) -> Expression:
    """COUNTIFS(cells, ">"&1/1000000, keys, key, …): the rows in which more stands than what floats leave over.

    The bound is put together by &, for a decimal sign within a text would follow the computer's language.
    """
    hits = sum(1 for i in _rows_of(keys) if number(cells.values[i]) > RESIDUE)
    above = Expression('">"&1/1000000', f">{RESIDUE}", _JOIN)
    return _call("COUNTIFS", (cells, above, *(p for pair in keys for p in pair)), hits)


def product_sum(conditions: Sequence[tuple[Cells, Sequence[Expression]]], cells: Cells | None = None) -> Expression:
    """SUMPRODUCT over the rows in which every range holds one of its keys: the numbers of `cells`, or their count.

    SUMPRODUCT(((range=key)+(range=key)>0)*(range=key), cells): works in every Excel without an array formula.
    """
    tests, hits = [], set(range(len(conditions[0][0].values)))
    for keys, wanted in conditions:
        one = [f"({keys.text}={w.text})" for w in wanted]
        tests.append(one[0] if len(one) == 1 else f"({'+'.join(one)}>0)")
        hits &= {i for i, v in enumerate(keys.values) if any(_same(v, w.value) for w in wanted)}
    text = "*".join((*tests, "1"))
    if cells is None:
        return Expression(f"SUMPRODUCT({text})", len(hits))
    values = [v for i in sorted(hits) for v in [cells.values[i]] if isinstance(v, (int, float))]
    return Expression(f"SUMPRODUCT({text},{cells.text})", math.fsum(values))


def count_numbers(conditions: Sequence[tuple[Cells, Sequence[Expression]]], cells: Cells) -> Expression:
    """How many rows that meet the conditions hold a number in `cells`."""
    counted = [1.0 if isinstance(v, (int, float)) and not isinstance(v, bool) else 0.0 for v in cells.values]
    return product_sum(conditions, Cells(f"ISNUMBER({cells.text})*1", counted))
