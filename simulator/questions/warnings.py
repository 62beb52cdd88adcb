"""Plain warnings with numbers: what an official would be asked about a run.

Each rule looks at one thing and gives at most a few sentences in Indonesian, the gravest first.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator import indonesian as fmt
from simulator import parameters
from simulator.levers import numbers
from simulator.projection import Projection
from simulator.registry import FIELDS, POPULATIONS
from simulator.schema import BudgetFunder

GRAVE, NOTABLE, REMARK = 0, 1, 2
_PER_WORKER_YEAR = 201_600  # Rp; only to weigh idle money against people when ordering
SMALL = 0.5  # people: less is rounding
CLIFF_SHARE = 0.001  # of the coverage base: a fall that deserves a sentence
STALE_MONTHS = 24


@dataclass(frozen=True)
class Warning:
    """One warning. `kind` names the rule; `weight` orders them (GRAVE first); `people` is its size where it has one."""

    kind: str
    weight: int
    text: str
    people: float = 0.0


def warnings(run: Projection, today: datetime.date | None = None) -> list[Warning]:
    """All warnings on a run, gravest first. Without `today` the age of data is reckoned from the run's start."""
    found = [w for rule in RULES for w in rule(run)] + [*past_start(run, today), *old_data(run, today)]
    return sorted(found, key=lambda w: (w.weight, -w.people))


def _years(p: Projection) -> Iterator[tuple[int, list[int]]]:
    for year in p.years.years:
        yield year, [t for t, m in enumerate(p.arrays.months) if m[0] == year]


def cliff(p: Projection) -> Iterator[Warning]:
    """The month in which most people lose insurance because money stops, and whether it comes back every year."""
    insured = np.concatenate([[p.region.covered.value], p.months.insured[:, 0]])
    drops = insured[:-1] - insured[1:]
    limit = max(SMALL, CLIFF_SHARE * p.base[0])
    worst = [(t, float(drops[t])) for t in range(len(drops)) if drops[t] > limit and _fell(p, t).max(initial=0) > SMALL]
    if not worst:
        return
    t, people = max(worst, key=lambda x: x[1])
    same = {p.arrays.months[i][0] for i, _ in worst if p.arrays.months[i][1] == p.arrays.months[t][1]}
    again = f" Penurunan di bulan {fmt.month_name(p.arrays.months[t][1])} terjadi di {len(same)} tahun."
    text = f"{fmt.month(p.arrays.months[t])} turun {fmt.count(people)} pekerja: {_who_stopped(p, t)}."
    yield Warning("cliff", GRAVE, text + (again if len(same) > 1 else ""), people)


def _fell(p: Projection, t: int) -> np.ndarray:
    """By how many places each funder pays for fewer in month t than in the month before, (K,)."""
    paid = p.months.funded[:, :, 0]
    before = paid[:, t - 1] if t else np.array([sum(q.value for q in f.paid_before.values()) for f in p.region.funders])
    return before - paid[:, t]


def _who_stopped(p: Projection, t: int) -> str:
    """The funder whose places fell most into month t, and why."""
    paid, fell = p.months.funded[:, :, 0], _fell(p, t)
    k = int(fell.argmax())
    funder, (year, month) = p.region.funders[k], p.arrays.months[t]
    if isinstance(funder, BudgetFunder):
        years = (year, year - 1) if paid[k, t] == 0 else ()
        for paying_year in years:
            months = _months_paid(funder, paying_year)
            if months < 12 and (month == 1) == (paying_year == year - 1):
                return f"{funder.name} hanya membayar {months} bulan pada {paying_year}"
        if paid[k, t] == 0:
            return f"{funder.name} berhenti membayar"
    return f"{funder.name} membayari {fmt.count(fell[k])} pekerja lebih sedikit"


def _months_paid(funder: BudgetFunder, year: int) -> int:
    single = funder.by_year.get(year)
    months = single.months if single and single.months else funder.months
    return int(months.value)


def year_end_above_average(p: Projection) -> Iterator[Warning]:
    """Year-end coverage more than a point above the year's average: insured in December, not all year."""
    gaps = [(float(e - m), y, float(e), float(m)) for y, e, m in _ends(p)]
    gap, year, end, mean = max(gaps)
    if gap > 0.01:
        text = (
            f"Akhir {year} cakupan {fmt.percent(end)}, tetapi rata-rata setahun hanya {fmt.percent(mean)}:"
            " angka Desember menggambarkan lebih banyak perlindungan daripada yang dirasakan sepanjang tahun."
        )
        yield Warning("end_above_average", NOTABLE, text)


def _ends(p: Projection) -> Iterator[tuple[int, float, float]]:
    y = p.years
    return zip(y.years, y.coverage_end[:, 0], y.coverage_average[:, 0], strict=True)


def idle_money(p: Projection) -> Iterator[Warning]:
    """Money or promised places that find nobody to insure, and who paid first."""
    y, m = p.years, p.months
    for k, funder in enumerate(p.region.funders):
        arrays = p.arrays.funders[k]
        rows = arrays.row_numbers
        left = float(m.need_left[:, rows, 0].sum(axis=1).min()) if len(rows) else 0.0
        reason = _reason(p, k, left)
        if isinstance(funder, BudgetFunder):
            idle = y.unspent[:, k, 0] - y.not_absorbed[:, k, 0]
            i = int(idle.argmax())
            if idle[i] > 0.01 * max(float(y.available[i, k, 0]), 1.0):
                text = (
                    f"{funder.name}: {fmt.rupiah(float(idle[i]))} dari {fmt.rupiah(float(y.available[i, k, 0]))}"
                    f" pada {y.years[i]} tidak terpakai karena {reason}."
                )
                yield Warning("idle_money", NOTABLE, text, float(idle[i]) / _PER_WORKER_YEAR)
        else:
            promised = np.broadcast_to(arrays.limit, (len(p.arrays.months), 1))[:, 0]
            idle = promised - m.funded[k, :, 0]
            t = int(idle.argmax())
            if idle[t] > max(SMALL, 0.01 * promised[t]):
                text = (
                    f"{funder.name}: {fmt.count(idle[t])} dari {fmt.count(promised[t])} tempat pada"
                    f" {fmt.month(p.arrays.months[t])} tidak terpakai karena {reason}."
                )
                yield Warning("idle_money", NOTABLE, text, float(idle[t]))


def _reason(p: Projection, k: int, left: float) -> str:
    """Why funder k cannot place its money: onboarding, or others who pay first, or nobody left."""
    funder = p.region.funders[k]
    if funder.onboarding_per_month is not None and left > SMALL:
        return f"batas pendaftaran baru {fmt.count(funder.onboarding_per_month.value)} orang sebulan"
    names = {s.id: s.name for s in p.region.segments} | {"other": p.region.other.name}
    first = [
        f.name
        for i, f in enumerate(p.region.funders[:k])
        if set(f.segments) & set(funder.segments)
        and p.months.places[i][:, p.arrays.funders[k].row_numbers].sum() > SMALL
    ]
    group = fmt.listing([names[s] for s in funder.segments[:3]]) + (" dan lainnya" if len(funder.segments) > 3 else "")
    if first:
        return f"pekerja yang memenuhi syarat ({group}) sudah dibayari {fmt.listing(first)}"
    return f"tidak ada lagi pekerja yang memenuhi syarat ({group})"


def option_before_obligation(p: Projection) -> Iterator[Warning]:
    """Public budgets pay for options while obligations of district or village stay open."""
    must = p.arrays.must
    public = [k for k, f in enumerate(p.region.funders) if f.payer == "government" or _may_pay_must(p, k)]
    if not must.any() or not public:
        return
    open_must = p.months.must_open[:, 0]
    options = p.months.places[public][:, :, ~must, 0].sum(axis=2)
    both = np.minimum(options.sum(axis=0), open_must)
    t = int(both.argmax())
    if both[t] > SMALL:
        who = [
            f"{p.region.funders[k].name} {fmt.count(n)}"
            for k, n in zip(public, options[:, t], strict=True)
            if n > SMALL
        ]
        text = (
            f"Pilihan dibayar sebelum kewajiban: pada {fmt.month(p.arrays.months[t])},"
            f" {fmt.count(open_must[t])} pekerja yang menjadi kewajiban pemerintah daerah atau desa belum terlindungi,"
            f" padahal {fmt.count(options[:, t].sum())} pekerja pilihan sudah dibayari ({fmt.listing(who)})."
        )
        yield Warning("option_first", GRAVE, text, float(both[t]))


def _may_pay_must(p: Projection, k: int) -> bool:
    """Whether a village budget may pay for an obligation that stays open: a district always could."""
    rows = p.arrays.funders[k].row_numbers
    open_must = p.arrays.must[rows] & (p.months.need_left[:, rows, 0].max(axis=0, initial=0.0) > SMALL)
    return p.region.funders[k].payer == "village" and bool(open_must.any())


def optimistic_sponsors(p: Projection) -> Iterator[Warning]:
    """More sponsors join than anywhere where all were asked."""
    usual, payroll = (parameters.parameter(i).latest for i in ("participation", "participation_payroll"))
    for funder in p.region.funders:
        share = getattr(funder, "participation", None)
        if share is None or share.value <= (usual.high or 1.0) or not p.months.funded[_row(p, funder.id)].any():
            continue
        text = (
            f"{funder.name}: {fmt.percent_short(share.value)} ikut. Di tempat lain yang ikut secara sukarela hanya"
            f" {fmt.percent_short(usual.low)}–{fmt.percent_short(usual.value)}; dengan potong gaji diperkirakan"
            f" {fmt.percent_short(payroll.low)}–{fmt.percent_short(payroll.high)}."
        )
        yield Warning("optimistic_sponsors", GRAVE if share.value > (payroll.high or 1.0) else NOTABLE, text)


def _row(p: Projection, funder_id: str) -> int:
    return p.region.funder_ids.index(funder_id)


def obligation_by_others(p: Projection) -> Iterator[Warning]:
    """Sponsors, zakat or companies carry what is the employer's own duty."""
    must = p.arrays.must
    for k, funder in enumerate(p.region.funders):
        if funder.payer in ("government", "village"):
            continue
        carried = p.months.places[k][:, must, 0].sum(axis=1)
        if carried.max(initial=0.0) > SMALL:
            t = int(carried.argmax())
            text = (
                f"{funder.name} membayari {fmt.count(carried[t])} pekerja yang seharusnya menjadi kewajiban"
                f" pemberi kerjanya ({fmt.month(p.arrays.months[t])})."
            )
            yield Warning("obligation_by_others", NOTABLE, text, float(carried[t]))


def short_payment(p: Projection) -> Iterator[Warning]:
    """Under six months BPJS counts workers in part; up to three months heirs get the funeral grant alone."""
    funeral = int(parameters.value("jkm_full_after_months", p.arrays.months[0]))
    amount = fmt.rupiah(parameters.value("jkm_funeral_only", p.arrays.months[0]), 0)
    for k, funder in enumerate(p.region.funders):
        for year, months in _years(p):
            paid = p.months.funded[k, months, 0]
            count = int((paid > SMALL).sum())
            if not 0 < count < 6 or len(months) < 6:
                continue
            kpi, people = float(p.years.kpi_workers[p.years.years.index(year), k, 0]), float(paid.max())
            text = (
                f"{funder.name} membayar {count} bulan pada {year}: BPJS menghitung {fmt.count(kpi)} dari"
                f" {fmt.count(people)} pekerja dalam capaian."
            )
            yield Warning("kpi_in_part", NOTABLE, text, people - kpi)
            if count <= funeral and not _paid_around(p, k, months):
                text = (
                    f"{funder.name} hanya membayar {count} bulan pada {year}: ahli waris peserta baru yang meninggal"
                    f" hanya menerima biaya pemakaman {amount}, karena santunan penuh baru berlaku setelah"
                    f" {funeral} bulan kepesertaan."
                )
                yield Warning("funeral_only", GRAVE, text, people)
            break  # one year stands for all


def _paid_around(p: Projection, k: int, months: list[int]) -> bool:
    """Whether the funder pays on from the year before or into the next."""
    paid, last = p.months.funded[k, :, 0], len(p.arrays.months) - 1
    before = months[0] > 0 and paid[months[0]] > SMALL and paid[months[0] - 1] > SMALL
    after = months[-1] < last and paid[months[-1]] > SMALL and paid[months[-1] + 1] > SMALL
    return bool(before or after)


def relief_ends(p: Projection) -> Iterator[Warning]:
    """The month in which the relief of PP 50/2025 ends and a funder's contribution goes up."""
    for k, funder in enumerate(p.region.funders):
        prices = p.arrays.funders[k].price[:, :, 0]
        for t in range(1, len(prices)):
            if (
                prices.shape[1]
                and prices[t].max() > prices[t - 1].max()
                and p.months.funded[k, t - 1 :, 0].max() > SMALL
            ):
                row = int(prices[t].argmax())
                text = (
                    f"Keringanan iuran PP 50/2025 berakhir {fmt.month(p.arrays.months[t - 1])}: iuran {funder.name}"
                    f" naik dari {fmt.rupiah_full(prices[t - 1, row])} menjadi {fmt.rupiah_full(prices[t, row])}"
                    " per pekerja sebulan. Peraturan belum menegaskan keringanan ini bagi sumber ini; ia dapat"
                    " dimatikan pada pengaturan sumbernya."
                )
                yield Warning("relief_ends", NOTABLE, text)
                break


def other_base(p: Projection) -> Iterator[Warning]:
    """A target set on another base than the coverage shown, or on one that is not stated."""
    own = p.region.coverage_base.population
    for target in p.region.targets:
        if int(target.year.value) not in p.years.years:
            continue
        goal = f"Target {fmt.percent(target.coverage.value)} tahun {int(target.year.value)}"
        if target.population not in (None, own):
            bases = f"{POPULATIONS[target.population]}, bukan {POPULATIONS[own]}"
            text = f"{goal} ditetapkan atas {bases} yang dipakai di sini."
            known = any(a.population == target.population for a in p.region.coverage_base.also)
            extra = " Capaian dihitung ulang atas penyebut target itu." if known else " Penyebut itu belum diisi."
            yield Warning("other_base", NOTABLE, text + extra)
        note = " ".join(filter(None, (target.coverage.note, target.note)))
        if "penyebut" in note.lower() and target.population in (None, own):
            yield Warning("other_base", REMARK, f"{goal}: {note}")


def unused_years(p: Projection) -> Iterator[Warning]:
    """Settings for single years outside the run."""
    for funder in p.region.funders:
        unused = [str(y) for y in getattr(funder, "by_year", {}) if y not in p.years.years]
        if unused:
            text = (
                f"{funder.name}: pengaturan tahun {fmt.listing(unused)} berada di luar masa simulasi dan tidak dipakai."
            )
            yield Warning("unused_years", REMARK, text)


def past_start(p: Projection, today: datetime.date | None) -> Iterator[Warning]:
    """Months of the run that are over: the scenario is reckoned as if it had been in force in them."""
    over = [m for m in p.arrays.months if today and m < (today.year, today.month)]
    if over:
        text = (
            f"Simulasi dimulai {fmt.month(p.region.first_month)}; {len(over)} bulan pertamanya sudah lewat dan dihitung"
            " seolah-olah skenario ini sudah berlaku sejak awal."
        )
        yield Warning("past_start", REMARK, text)


def old_data(p: Projection, today: datetime.date | None) -> Iterator[Warning]:
    """Numbers older than two years."""
    year, month = (today.year, today.month) if today else p.arrays.months[0]
    old = []
    for number in numbers(p.region):
        as_of = number.quantity.as_of if number.quantity else None
        parts = (as_of or "").split("-")
        if parts[0].isdigit():
            dated = int(parts[0]) * 12 + (int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 12)
            if year * 12 + month - dated > STALE_MONTHS:
                old.append((dated, number, as_of))
    if old:
        _, oldest, as_of = min(old, key=lambda x: x[0])
        text = (
            f"{len(old)} angka daerah ini berumur lebih dari dua tahun; yang tertua"
            f" {FIELDS[oldest.key].label.lower()} ({oldest.group_name}), data {fmt.date_text(as_of)}."
        )
        yield Warning("old_data", REMARK, text)


RULES = (
    cliff,
    option_before_obligation,
    optimistic_sponsors,
    obligation_by_others,
    idle_money,
    year_end_above_average,
    short_payment,
    relief_ends,
    other_base,
    unused_years,
)
