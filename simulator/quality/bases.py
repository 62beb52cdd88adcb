"""Dates and targets: are figures of one time put together, and is a target set on the base that is used?"""

import math
import re
from collections.abc import Iterator

from simulator import indonesian as fmt
from simulator.quality.note import Figure, Note, bases, called, people, population
from simulator.quality.quotes import base_unknown
from simulator.questions.warnings import NOTABLE, REMARK, STALE_MONTHS
from simulator.schema import Quantity, Region, Target

YEAR = 12  # months: lists and labour surveys are renewed once a year, so a year apart is usual
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-\d{1,2})?\Z")

Months = tuple[int, int]  # first and last month that a date may mean, counted from year 0


def dated(region: Region, q: Quantity) -> tuple[Months, str] | None:
    """The months that a number's date covers, a bare year all twelve, and the date as the file has it.

    Its own date, else that of its reference; None where neither is known.
    """
    ref = region.references.get(q.reference or "")
    for text in (q.as_of, ref.date if ref else None):
        found = _DATE.match(text or "")
        if found and (found[2] is None or 1 <= int(found[2]) <= 12):
            first = 12 * int(found[1]) + (int(found[2]) - 1 if found[2] else 0)
            return (first, first if found[2] else first + 11), text or ""
    return None


def apart(a: Months, b: Months) -> int:
    """Months that surely lie between two dates."""
    return max(0, a[0] - b[1], b[0] - a[1])


def _dates(region: Region) -> list[tuple[Figure, Months, str]]:
    """Every figure of people with a date; an assumed zero is no data."""
    some = [f for f in people(region) if f.quantity.value or f.quantity.status != "assumption"]
    return [(f, *found) for f in some if (found := dated(region, f.quantity))]


def dates(region: Region) -> Iterator[Note]:
    """Insured and base are of one time; no figure lies more than a year from the base or is two years old at the start.

    One note for all: how many, from when to when, and the farthest.
    """
    known, start = _dates(region), _start(region)
    base = next((x for x in known if x[0].path == "coverage_base.workers"), None)
    far = [x for x in known if base and apart(x[1], base[1]) > YEAR]
    old = [x for x in known if start - x[1][1] > STALE_MONTHS]
    later = [x for x in known if x[1][0] - start > YEAR]
    mend = "Mutakhirkan ke satu tahun data (BPS, BPJS Ketenagakerjaan, pendataan dinas), atau geser awal simulasi."
    covered = next((x for x in far if x[0].path == "covered"), None)
    if covered and base:
        text = (
            f"Jumlah peserta ({fmt.date_text(covered[2])}) dan penyebut ({fmt.date_text(base[2])}) berjarak"
            f" {apart(covered[1], base[1])} bulan; persentase cakupan mencampur dua keadaan."
        )
        mended = "Pakai jumlah peserta dan penyebut dari tahun yang sama."
        yield Note("dates_of_coverage", NOTABLE, text, ("covered", "coverage_base.workers"), mended)
    if not far and not old:
        return
    told = []
    if far and base:
        told.append(f"{len(far)} berjarak lebih dari setahun dari penyebut ({fmt.date_text(base[2])})")
    if old:
        told.append(f"{len(old)} lebih tua dari dua tahun pada awal simulasi ({fmt.month(region.first_month)})")
    if later:
        told.append(f"{len(later)} bertanggal lebih dari setahun sesudah awal simulasi")
    first, last = min(known, key=lambda x: x[1][1]), max(known, key=lambda x: x[1][0])
    text = (
        f"Dari {len(known)} angka jumlah orang yang bertanggal, {fmt.listing(told)}. Tertua {first[0].label}"
        f" ({fmt.date_text(first[2])}), terbaru {last[0].label} ({fmt.date_text(last[2])})."
    )
    yield Note("dates", NOTABLE, text, tuple(dict.fromkeys(x[0].path for x in (*far, *old))), mend)


def _start(region: Region) -> int:
    year, month = region.first_month
    return 12 * year + month - 1


def _said(t: Target) -> str:
    return f"{fmt.percent(t.coverage.value)} tahun {int(t.year.value)}"


def _elsewhere(region: Region, t: Target) -> str:
    """What a target asks for on the file's base, and on each other base: as people and as a share of the file's."""
    (_, _, base), *also = bases(region)
    people_now = [
        f"{fmt.count(t.coverage.value * n)} orang ({fmt.percent(t.coverage.value * n / base)} dari"
        f" penyebut di sini) bila dari {called(p)}"
        for _, p, n in also
    ]
    own = f"{fmt.count(t.coverage.value * base)} orang bila dari {population(region)}"
    return f"{own}{', tetapi ' if people_now else ''}{fmt.listing(people_now)}"


def base_of_target(region: Region) -> Iterator[Note]:
    """A target is set on the base that the file uses, and it is known to be.

    Worked number: target · other base ÷ own base is what it asks for on the file's base.
    """
    unknown, own = [], region.coverage_base.population
    sizes = {p: n for _, p, n in reversed(bases(region))}
    for i, t in enumerate(region.targets, 1):
        if t.population is None or base_unknown(f"{t.coverage.note or ''}. {t.note or ''}"):
            unknown.append((i, t))
        elif t.population != own:
            text = f"Target {_said(t)} ditetapkan atas {called(t.population)}, bukan {called(own)}."
            if t.population in sizes:
                need = t.coverage.value * sizes[t.population]
                text += f" Itu {fmt.count(need)} orang, atau {fmt.percent(need / sizes[own])} dari {called(own)}."
            else:
                text += " Jumlah pekerja penyebut itu belum diisi."
            mend = "Isi penyebut target itu sebagai penyebut lain, atau tetapkan target atas penyebut yang dipakai."
            yield Note("base_of_target", NOTABLE, text, (f"targets[{i}]", "coverage_base.workers"), mend)
    if unknown:
        last = max((t for _, t in unknown), key=lambda t: t.year.value)
        which = "Penyebut target" if len(unknown) == 1 else f"Penyebut {len(unknown)} target"
        text = f"{which} tidak diketahui. Target {_said(last)} berarti {_elsewhere(region, last)}."
        mend = "Tanyakan kepada penetap target atas penduduk mana ia dihitung, lalu isi penyebutnya."
        yield Note("base_of_target_unknown", NOTABLE, text, tuple(f"targets[{i}]" for i, _ in unknown), mend)


def reached_already(region: Region) -> Iterator[Note]:
    """Targets of the run that coverage exceeds before it starts: they measure nothing."""
    sizes = {p: n for _, p, n in reversed(bases(region))}
    passed: dict[str, list[tuple[int, Target]]] = {}
    for i, t in enumerate(region.targets, 1):
        base = t.population or region.coverage_base.population
        if t.year.value >= region.first_month[0] and region.covered.value >= t.coverage.value * sizes.get(
            base, math.inf
        ):
            passed.setdefault(base, []).append((i, t))
    for base, found in passed.items():
        text = (
            f"Target {fmt.listing([_said(t) for _, t in found])} sudah terlampaui sebelum simulasi dimulai: cakupan"
            f" awal {fmt.percent(region.covered.value / sizes[base])} dari {called(base)}."
        )
        mend = "Periksa penyebutnya; bila benar, pakai target daerah yang lebih tinggi."
        yield Note("reached_already", REMARK, text, tuple(f"targets[{i}]" for i, _ in found), mend)


RULES = (dates, base_of_target, reached_already)
