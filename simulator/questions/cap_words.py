"""What a budget cap and its mends are told as, in Indonesian."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.questions.answer import Figures, base_name
from simulator.schema import BudgetFunder, Region, SponsorFunder

if TYPE_CHECKING:
    from simulator.questions.cap import YearOver

SMALL = 0.5  # people and rupiah: less is rounding
_IDLE = 0.01  # of the money available: less left over is not worth a word
_NAMED_YEARS = 4


def scope_name(region: Region, scope: str) -> str:
    """A scope as it stands behind the word Biaya."""
    named = {f.id: f.name for f in region.funders} | {"apbd": "APBD", "semua": "semua sumber"}
    return named[scope]


def _apart(first: float, second: float) -> tuple[str, str]:
    """Two amounts in rupiah with as many digits as it takes to tell them apart."""
    pairs = ((fmt.rupiah(first, n), fmt.rupiah(second, n)) for n in (1, 2, 3))
    return next((p for p in pairs if p[0] != p[1]), (fmt.rupiah_full(first), fmt.rupiah_full(second)))


def _difference(more: float, less: float) -> tuple[str, str, str]:
    """Two amounts and their difference with as many digits as it takes for a reader's subtraction to come out."""
    for digits in (1, 2, 3):
        told = tuple(fmt.rupiah(v, digits) for v in (more, less, more - less))
        high, low, rest = (round(fmt.parse_number(text)) for text in told)
        if high - low == rest > 0:
            return told
    return tuple(fmt.rupiah_full(v) for v in (more, less, more - less))


def sentence(name: str, cap: float, years: "Sequence[YearOver]", worst: "YearOver", others: bool) -> str:
    """The answer: how far the dearest year passes the cap or stays below it. `others`: funders outside could help."""
    if not worst.over:
        limit, cost, room = _difference(cap, worst.cost)
        start = f"Biaya {name} tidak melewati pagu {limit} setahun: paling tinggi {cost} pada {worst.year},"
        return f"{start} masih ada ruang {room}." if cap - worst.cost >= SMALL else f"{start} tepat pada pagu."
    cost, limit, rest = _difference(worst.cost, cap)
    text = f"Biaya {name} {worst.year} {cost} melewati pagu {limit} sebesar {rest}."
    passed = [str(y.year) for y in years if y.over]
    if len(passed) > 1:
        listed = f" ({fmt.listing(passed)})" if len(passed) <= _NAMED_YEARS else ""
        when = "setiap tahun" if len(passed) == len(years) else f"dalam {len(passed)} dari {len(years)} tahun{listed}"
        text += f" Pagu itu dilewati {when}."
    if not others:
        text += " Mengalihkan ke sumber lain tidak menurunkan biaya semua sumber, jadi tidak diusulkan."
    return text


def months(funders: Sequence[BudgetFunder], most: int) -> str:
    """What changes where these funders pay at most so many months."""
    names, same = fmt.listing([f.name for f in funders]), "dengan jumlah pekerja yang dibayari tiap bulan tetap"
    single = len(funders) == 1 and not funders[0].by_year
    if single and funders[0].start_month.value + funders[0].months.value == 13:
        span = "Desember saja" if most == 1 else f"{fmt.month_name(13 - most)}–{fmt.month_name(12)}"
    elif single:
        first = int(funders[0].start_month.value)
        span = fmt.month_name(first) + (f"–{fmt.month_name(first + most - 1)}" if most > 1 else " saja")
    else:
        return f"{names} membayar paling lama {most} bulan setahun, {same}"
    return f"{names} membayar {most} bulan setahun ({span}), {same}"


def cut(run: Projection, rows: Sequence[int], year: int, factor: float) -> str:
    """What changes where these funders keep a part of their money and sponsors."""
    share = fmt.percent_short(1 - factor)
    share = "kurang dari 0,01%" if share == "0%" else share
    y = run.years
    used = [k for k in rows if y.available[:, k].any()]
    budgets = [f for f in (run.region.funders[k] for k in used) if isinstance(f, BudgetFunder)]
    people = [f.name for f in (run.region.funders[k] for k in used) if isinstance(f, SponsorFunder)]
    parts = []
    if budgets:
        was = budgets[0].annual_budget.value
        plain = len(budgets) == 1 and not budgets[0].by_year and not budgets[0].budget_growth.value
        amounts = " dari {} menjadi {} setahun".format(*_apart(was, math.floor(was * factor))) if plain else ""
        parts.append(f"anggaran {fmt.listing([f.name for f in budgets])} dipotong {share}{amounts}")
    if people:
        parts.append(f"penanggung yang ikut di {fmt.listing(people)} berkurang {share}")
    i = y.years.index(year)
    idle = (y.unspent - y.not_absorbed)[i, used, 0].sum()
    note = " (termasuk dana yang memang tidak terpakai)" if idle > _IDLE * y.available[i, used, 0].sum() else ""
    return " dan ".join(parts) + note


def raised(
    funder: BudgetFunder | SponsorFunder, year: int | None, now: float, value: float, back: float, lost: float
) -> str:
    """What changes where another funder pays more and brings `back` of the workers `lost` at year's end.

    `year` is told where the budget is that of one year.
    """
    if isinstance(funder, SponsorFunder):
        pairs = [tuple(f"{fmt.count(share * 100, n)}%" for share in (now, value)) for n in (1, 2, 5)]
        was, then = next((p for p in pairs if p[0] != p[1]), pairs[-1])
        text = f"penanggung yang ikut di {funder.name} naik dari {was} menjadi {then}"
    else:
        was, then = _apart(now, value)
        text = f"anggaran {funder.name} {year or 'setahun'} naik dari {was} menjadi {then}"
    if lost - back <= SMALL:
        return text
    return f"{text} (paling banyak memulihkan {fmt.count(back)} dari {fmt.count(lost)} pekerja pada akhir tahun)"


def effect(what: str, cost: str, run: Projection, year: int, before: Figures, after: Figures) -> str:
    """One sentence: what changes, what it costs then, and what it does to coverage and people in a year."""
    when = fmt.month(max(m for m in run.arrays.months if m[0] == year))
    coverage = (
        f"cakupan {fmt.percent(after.coverage_end)} dari {base_name(run)} pada {when} dan"
        f" {fmt.percent(after.coverage_average)} rata-rata sepanjang {year}"
    )
    end, average = before.insured_end - after.insured_end, before.insured_average - after.insured_average
    if abs(end) < SMALL and abs(average) < SMALL:
        people = "jumlah pekerja terlindungi tetap seperti rencana ini"
    else:
        people = f"{_fewer(end)} pada {when} dan {_fewer(average)} rata-rata sepanjang {year} dibanding rencana ini"
    return f"{what[0].upper()}{what[1:]}: {cost}; {coverage}; {people}."


def _fewer(people: float) -> str:
    if abs(people) < SMALL:
        return "jumlah pekerja terlindungi tetap"
    return f"{fmt.count(abs(people))} pekerja lebih {'sedikit' if people > 0 else 'banyak'} terlindungi"
