"""Bands and chances in plain Indonesian."""

from simulator import indonesian as fmt
from simulator.questions.answer import Answer
from simulator.questions.measure import END
from simulator.questions.risk import COST, INSURED, Band, Risk, Versus, versus

RANGE_NAME = "10–90%"  # how a band is called on screen
FLAT = 5e-5  # of the base: a band no wider says nothing
RARE, SELDOM, MOSTLY, SURE = 0.01, 0.05, 0.95, 0.99  # beyond these words say more than tenths


def chance(share: float) -> str:
    """A chance in round words: 0.31 as sekitar 3 dari 10. Never nought and never certain: these are draws."""
    if share < RARE:
        return "hampir tidak ada (kurang dari 1 dari 100)"
    if share < SELDOM:
        return "sangat kecil (kurang dari 1 dari 20)"
    if share > SURE:
        return "hampir pasti (lebih dari 99 dari 100)"
    if share > MOSTLY:
        return "sangat besar (lebih dari 19 dari 20)"
    return f"sekitar {max(1, min(9, int(share * 10 + 0.5)))} dari 10"


def shares(low: float, high: float) -> str:
    """Two shares as 25,9–28,4%; one where they round to the same."""
    return _between(fmt.percent(low, 1), fmt.percent(high, 1), "%")


def points(low: float, high: float) -> str:
    """Two differences of shares as +0,9 sampai +1,5 poin; one where they round to the same."""
    low, high = (v if abs(v) >= 5e-5 else 0.0 for v in (low, high))
    first, last = (fmt.signed(fmt.points(v), v) for v in (low, high))
    if first == last:
        return first if low else "0 poin"
    return f"{first.removesuffix(' poin')} sampai {last}"


def beats(found: Versus) -> str:
    """The chance that the first is above the other, and what else there is to it."""
    if found.more + found.less <= 1e-9:
        return "tidak pernah: selalu sama"
    if found.same > 0.5:
        return f"{chance(found.more)}; pada {fmt.percent(min(found.same, 0.99), 0)} kemungkinan sama"
    return chance(found.more)


def people(low: float, high: float) -> str:
    """Two counts as 3.100–4.200."""
    return _between(fmt.count(low), fmt.count(high), "")


def money(low: float, high: float) -> str:
    """Two sums as Rp 1,2–1,4 miliar, the unit once where it is the same."""
    first, last = fmt.rupiah(low), fmt.rupiah(high)
    if first == last:
        return first
    unit = last.rpartition(" ")[2]
    if unit.isalpha() and first.endswith(f" {unit}") and not first.startswith("−"):
        return f"{first.removesuffix(f' {unit}')}–{last.removeprefix('Rp ')}"
    return f"{first} sampai {last}"


def _between(first: str, last: str, unit: str) -> str:
    if first == last:
        return first
    if first.startswith("−") or last.startswith("−"):
        return f"{first} sampai {last}"
    return f"{first.removesuffix(unit)}–{last}"


def sentence(found: Risk, a: Answer, before: Risk | None = None) -> str:
    """What the ranges make of the answer: the band of coverage, of the people added and of the cost, and the chance.

    `before` is today's policy with the same draws. Empty where nothing has a range.
    """
    if found.certain:
        return ""
    end, cost = found.band(END, a.year), found.band(COST, a.year)
    told = [f"cakupan {shares(end.p10, end.p90)}"]
    if before is not None and abs(a.added) >= 0.5:
        added = versus(found, before, INSURED, a.year).difference
        told.append(_added(added))
    if cost.p90 >= 0.5:
        told.append(f"biaya {money(cost.p10, cost.p90)}")
    return f"Delapan dari sepuluh kemungkinan: {', '.join(told)}.{_target(found, a)}{_outside(end)}"


def _outside(band: Band) -> str:
    """Said where the answer itself lies outside what is likely: a plan that takes every number at its best."""
    if not band.outside:
        return ""
    side, way = ("tinggi", "bawah") if band.value > band.p90 else ("rendah", "atas")
    return (
        f" Jawaban {fmt.percent(band.value)} lebih {side} daripada itu: ia memakai angka rencana, sedangkan yang belum"
        f" pasti lebih mudah meleset ke {way}."
    )


def round_people(number: float) -> float:
    """People to three digits: more would claim to know."""
    return fmt.significant(number, 3)


def _added(band: Band) -> str:
    """The people added, or those fewer."""
    low, high = round_people(band.p10), round_people(band.p90)
    if high <= 0 and low <= -0.5:
        return f"berkurang {people(-high, -low)} pekerja"
    return f"tambahan {people(low, high)} pekerja"


def _target(found: Risk, a: Answer) -> str:
    if a.target is None or (share := found.chance(a.target)) is None:
        return ""
    goal = f"{a.target.name} {fmt.percent(a.target.coverage.value)} pada {int(a.target.year.value)}"
    return f" Peluang mencapai {goal}: {chance(share)}."


def off_middle(band: Band) -> str:
    """Why the line is not the band's middle, where it is not; empty where it is near enough.

    Near enough: the median differs from the likely run by less than a tenth of the band.
    """
    gap = band.p50 - band.value
    if band.width < FLAT or abs(gap) < 0.1 * band.width:
        return ""
    way = "bawah" if gap < 0 else "atas"
    out = f" dan garis itu di {'atas' if gap < 0 else 'bawah'} pita" if band.outside else ""
    return (
        f"Garis tebal ({fmt.percent(band.value, 1)}) memakai tiap angka seperti tertulis. Angka yang belum pasti lebih"
        f" mudah meleset ke {way}, jadi nilai tengahnya {fmt.percent(band.p50, 1)}{out}."
    )
