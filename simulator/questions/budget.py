"""The budget table (tabel RKA): what each funder pays in each year, line by line, to the rupiah."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulator import contributions
from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.registry import PROGRAMMES

RESIDUE = 1e-6  # places; less is what floats leave over, and no month that was paid
COLUMNS = ("Tahun", "Sumber", "Uraian", "Jumlah pekerja", "Bulan", "Orang-bulan", "Tarif", "Jumlah")


@dataclass(frozen=True)
class Line:
    """One line: whole person-months × tariff = amount, to the rupiah; `workers` is their mean over the months paid.

    The line that closes a funder's year has no tariff: what fractions of a person-month come to.
    """

    year: int
    funder: str
    funder_name: str
    description: str
    workers: float | None
    months: int | None
    person_months: int | None
    tariff: float | None
    amount: int
    segment: str | None = None  # what the tariff is made of
    programme: str | None = None


def _tariffs(p: Projection, k: int) -> dict[str, dict[str, np.ndarray]]:
    """Segment → programme → Rp a place in every month, (T,), of funder k."""
    funder = p.region.funders[k]
    total = len(p.arrays.months)
    return {
        s: {
            name: np.broadcast_to(v[:, 0], (total,))
            for name, v in contributions.parts(p.region, funder, s, contributions.as_written, p.arrays.months).items()
        }
        for s in funder.segments
    }


def lines(p: Projection) -> list[Line]:
    """All lines of a run, by year and funder; a funder that pays nothing in a year has none."""
    found: list[Line] = []
    tariffs = [_tariffs(p, k) for k in range(len(p.region.funders))]
    for i, year in enumerate(p.years.years):
        months = [t for t, m in enumerate(p.arrays.months) if m[0] == year]
        for k, funder in enumerate(p.region.funders):
            own = _funder_lines(p, k, year, months, tariffs[k])
            rest = round(float(p.years.cost[i, k, 0])) - sum(line.amount for line in own)
            if rest:
                text = "Sisa pembulatan orang-bulan"
                own.append(Line(year, funder.id, funder.name, text, None, None, None, None, rest))
            found += own
    return found


def _funder_lines(p: Projection, k: int, year: int, months: list[int], tariffs: dict) -> list[Line]:
    """Lines of one funder in one year: a line a segment, programme and tariff."""
    funder = p.region.funders[k]
    names = {s.id: s.name for s in p.region.segments} | {"other": p.region.other.name}
    found = []
    for s in funder.segments:
        monthly = p.months.places[k, :, p.arrays.segments.index(s), 0]
        paying = [t for t in months if monthly[t] > RESIDUE]
        for programme, by_month in tariffs[s].items():
            for tariff in dict.fromkeys(float(by_month[t]) for t in paying):
                at_tariff = [t for t in paying if by_month[t] == tariff]
                places = float(monthly[at_tariff].sum())
                volume = int(places + RESIDUE)  # 1,500 × 12 must not become 17,999 by a float's last digit
                if volume:
                    text = f"Iuran {PROGRAMMES[programme]}: {names[s]}"
                    count = len(at_tariff)
                    amount = round(volume * tariff)
                    line = Line(
                        year, funder.id, funder.name, text, places / count, count, volume, tariff, amount, s, programme
                    )
                    found.append(line)
    return found


def table(p: Projection, year: int | None = None) -> pd.DataFrame:
    """The lines as a frame with Indonesian headings, numbers as numbers; of one year or all."""
    rows = [
        (x.year, x.funder_name, x.description, x.workers, x.months, x.person_months, x.tariff, x.amount)
        for x in lines(p)
        if year in (None, x.year)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def year_table(p: Projection) -> pd.DataFrame:
    """A row a year with Indonesian headings, numbers as numbers; money in Rp, shares as fractions of the base."""
    y = p.years
    data = {
        "Tahun": y.years,
        "Bulan disimulasikan": y.months,
        "Terlindungi akhir tahun": y.insured_end[:, 0],
        "Cakupan akhir tahun": y.coverage_end[:, 0],
        "Cakupan rata-rata": y.coverage_average[:, 0],
        "Peserta aktif (BPJS)": y.active_end[:, 0],
        "Kewajiban belum terlindungi": y.must_uninsured[:, 0],
        "Iuran semua sumber": y.cost[:, :, 0].sum(axis=1),
    }
    for k, f in enumerate(p.region.funders):
        data[f"Iuran {f.name}"] = y.cost[:, k, 0]
        data[f"Tidak terpakai {f.name}"] = y.unspent[:, k, 0]
        data[f"Hitungan KPI BPJS {f.name}"] = y.kpi_workers[:, k, 0]
    data |= {
        "Perkiraan kematian": y.deaths[:, 0],
        "Perkiraan santunan JKM": y.jkm[:, 0],
        "Perkiraan anak beasiswa": y.scholarship_children[:, 0],
        "Perkiraan kecelakaan kerja": y.accidents[:, 0],
    }
    return pd.DataFrame(data)


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of this module as text in Indonesian style, for the screen."""
    out = pd.DataFrame(index=frame.index)
    for name in frame.columns:
        style = _style(str(name))
        out[name] = ["" if v is None or v != v else style(v) for v in frame[name]]
    return out


def with_totals(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[int]]:
    """The budget table of one year as text, a sum after each funder and one at the end; the rows that are sums."""
    parts, totals = [], []
    for name, rows in frame.groupby("Sumber", sort=False):
        parts += [shown(rows), _sum_row(frame.columns, str(name), f"Jumlah {name}", int(rows["Jumlah"].sum()))]
        totals.append(sum(len(p) for p in parts) - 1)
    parts.append(_sum_row(frame.columns, "", "Jumlah semua sumber", int(frame["Jumlah"].sum())))
    totals.append(sum(len(p) for p in parts) - 1)
    return pd.concat(parts, ignore_index=True), totals


def _sum_row(columns: pd.Index, source: str, text: str, amount: int) -> pd.DataFrame:
    row = dict.fromkeys(columns, "") | {"Sumber": source, "Uraian": text, "Jumlah": fmt.rupiah_full(amount)}
    return pd.DataFrame([row])


def _style(name: str):
    if name in ("Tahun", "Sumber", "Uraian"):
        return str
    if name in ("Jumlah", "Tarif") or name.startswith(("Iuran", "Tidak terpakai", "Perkiraan santunan")):
        return fmt.rupiah_full
    if name.startswith("Cakupan") or name.startswith("Peserta aktif"):
        return fmt.percent
    if name.startswith("Perkiraan"):
        return lambda v: fmt.count(v, 1)
    return fmt.count
