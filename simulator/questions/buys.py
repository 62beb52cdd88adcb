"""What a lever's setting buys, in a few Indonesian words: ≈ 12.951 pekerja × 12 bulan."""

import math

from simulator import indonesian as fmt
from simulator.levers import Lever, monthly_price
from simulator.schema import BudgetFunder, Region, SponsorFunder


def buys(region: Region, lever: Lever) -> str:
    """One short line for a lever of a configured region; empty where there is nothing to add."""
    funder = next((f for f in region.funders if f.id == lever.group), None)
    if isinstance(funder, BudgetFunder):
        return _budget(region, funder, lever)
    if isinstance(funder, SponsorFunder):
        return _sponsors(region, funder, lever)
    return _behaviour(region, lever)


def _price(region: Region, funder: BudgetFunder | SponsorFunder, year: int | None = None) -> float | None:
    """Rp a place in the funder's first paying month of the run, or of a year."""
    first_year, first = region.first_month
    start = int(funder.start_month.value) if isinstance(funder, BudgetFunder) else first
    return monthly_price(region, funder, max((year or first_year, start), (first_year, first)))


def _budget(region: Region, funder: BudgetFunder, lever: Lever) -> str:
    single = funder.by_year.get(lever.year) if lever.year else None
    months, start = (int((getattr(single, k, None) or getattr(funder, k)).value) for k in ("months", "start_month"))
    price = _price(region, funder, lever.year)
    name = lever.field.name
    if name == "annual_budget":
        others = sorted(y for y, s in funder.by_year.items() if s.annual_budget and not lever.year)
        apart = f"; {_spans(others)} ditetapkan sendiri" if others else ""
        if others and set(others) >= {y for y, _ in region.months}:
            return f"{_spans(others)} ditetapkan sendiri: pilih sumber ini di atas untuk mengubahnya"
        if not lever.value:
            return "belum membayar iuran" + apart
        if not price:
            return ""
        places = math.floor(lever.value * funder.absorption.value / months / price + 1e-6)
        return f"≈ {fmt.count(places)} pekerja × {months} bulan{apart}"
    if name in ("months", "start_month"):
        last = fmt.month_name(start + months - 1)
        span = fmt.month_name(start) if months == 1 else f"{fmt.month_name(start)}–{last}"
        return f"dibayar {span}, {months} bulan setahun"
    if name == "absorption":
        return f"{fmt.rupiah(funder.annual_budget.value * lever.value)} terbelanjakan"
    if name == "budget_growth":
        return (
            "anggaran tetap tiap tahun" if not lever.value else f"{fmt.percent(lever.value, 0)} tiap tahun berikutnya"
        )
    return "tanpa batas" if lever.value is None else f"paling banyak +{fmt.count(lever.value)} pekerja sebulan"


def _spans(years: list[int]) -> str:
    """2025–2027 dan 2030: years that follow each other told as one."""
    found: list[list[int]] = []
    for year in years:
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return fmt.listing([str(x[0]) if len(x) == 1 else f"{x[0]}–{x[-1]}" for x in found])


def _sponsors(region: Region, funder: SponsorFunder, lever: Lever) -> str:
    joining = funder.sponsors.value * funder.participation.value
    places = joining * funder.workers_per_sponsor.value
    price = _price(region, funder) or 0.0
    name = lever.field.name
    if name == "participation":
        whole = fmt.count(funder.sponsors.value)
        return f"{fmt.count(joining)} dari {whole} orang; ≈ {fmt.count(places)} pekerja dijanjikan"
    if name == "workers_per_sponsor":
        return f"beban tiap penanggung {fmt.rupiah_full(price * lever.value)} sebulan"
    if name == "still_paying":
        return f"{fmt.count(places * lever.value)} dari {fmt.count(places)} tempat benar-benar dibayar"
    if name == "sponsors":
        return f"{fmt.percent_short(funder.participation.value)} ikut: {fmt.count(joining)} orang"
    if name == "start_after":
        return f"{fmt.count(lever.value)} bulan sejak {fmt.month(region.first_month)}"
    if name == "ramp_months":
        return f"naik bertahap selama {fmt.count(lever.value)} bulan"
    return "tanpa batas" if lever.value is None else f"paling banyak +{fmt.count(lever.value)} pekerja sebulan"


_BEHAVIOUR = {
    "verification_yield": lambda v: f"dari 100 nama yang diajukan, {fmt.count(v * 100)} lolos",
    "overlap": lambda v: f"dari 100 tempat, paling banyak {fmt.count(v * 100)} jatuh ke peserta lama",
    "self_pay_continuation": lambda v: f"dari 100 yang pertama kali berhenti dibayari, {fmt.count(v * 100)} meneruskan",
    "self_pay_lapse": lambda v: f"dari 100 yang meneruskan, {fmt.count(v * 100)} berhenti dalam setahun",
    "grace_months": lambda v: f"BPJS menghitung aktif sampai {fmt.count(v)} bulan menunggak",
    "deaths_per_1000": lambda v: f"{fmt.count(v, 1)} kematian per 1.000 peserta setahun",
    "accidents_per_1000": lambda v: f"{fmt.count(v, 1)} kecelakaan per 1.000 peserta setahun",
    "children_per_death": lambda v: f"{fmt.count(v, 1)} anak penerima beasiswa tiap kematian",
    "growth": lambda v: f"penyebut berubah {fmt.percent(v)} setahun",
    "covered_change": lambda v: f"{fmt.signed(fmt.count(v), v)} peserta mandiri setahun",
}


def _behaviour(region: Region, lever: Lever) -> str:
    if lever.value is None:
        return ""
    if lever.path == "covered":
        return f"{fmt.percent(lever.value / region.coverage_base.workers.value)} dari penyebut saat awal"
    if lever.field.name == "covered" and (s := next((s for s in region.segments if s.id == lever.group), None)):
        return f"{fmt.percent(lever.value / s.workers.value)} dari kelompok ini" if s.workers.value else ""
    words = _BEHAVIOUR.get(lever.field.name)
    return words(lever.value) if words else ""
