"""Tidy frames for charts and tables: a row an observation, Indonesian labels, colours by key."""

import numpy as np
import pandas as pd

from simulator.projection import Projection
from simulator.questions.risk import Risk
from simulator.registry import DUTIES

OWN = ("mandiri", "Mandiri atau pemberi kerja")
CONTINUED = ("lanjut", "Lanjut mandiri")
OPEN = ("belum", "Belum terlindungi")
MEDIAN = "Nilai tengah"  # the series that carries a band


def dates(p: Projection) -> np.ndarray:
    """The run's months as dates."""
    return np.array([f"{y:04d}-{m:02d}" for y, m in p.arrays.months], dtype="datetime64[ns]")


def payers(p: Projection) -> list[tuple[str, str]]:
    """(colour key, label) of everyone who pays, in the order in which they are stacked."""
    return [OWN, *((f.id, f.name) for f in p.region.funders), CONTINUED]


def coverage(run: Projection, baseline: Projection) -> pd.DataFrame:
    """month, series, goal (a target's name), coverage (share of the base), insured: scenario, today, targets."""
    months, total = dates(run), len(run.arrays.months)
    targets = [
        (months[t], goal.coverage.value, goal.name)
        for goal in sorted(run.region.targets, key=lambda x: x.year.value)
        for t, m in enumerate(run.arrays.months)
        if m == (int(goal.year.value), 12) and goal.population in (None, run.region.coverage_base.population)
    ]
    series = ["Skenario"] * total + ["Kondisi berjalan"] * total + ["Target"] * len(targets)
    shares = [p.months.insured[:, 0] / p.base for p in (run, baseline)]
    people = [p.months.insured[:, 0] for p in (run, baseline)]
    return pd.DataFrame(
        {
            "month": np.concatenate([months, months, np.array([d for d, _, _ in targets], dtype="datetime64[ns]")]),
            "series": series,
            "goal": [""] * 2 * total + [name for _, _, name in targets],
            "coverage": np.concatenate([*shares, np.array([v for _, v, _ in targets], dtype=float)]),
            "insured": np.concatenate([*people, np.full(len(targets), np.nan)]),
        }
    )


def coverage_with_band(plain: pd.DataFrame, found: Risk | None) -> pd.DataFrame:
    """The rows of `coverage` with low and high, and the band of a run's draws (None: no rows yet): series "Nilai
    tengah", its median as coverage.
    """
    rows = plain.assign(low=np.nan, high=np.nan)
    if found is None:
        return rows
    low, middle, high = found.monthly_coverage
    band = {"month": dates(found.run), "series": MEDIAN, "goal": "", "coverage": middle, "insured": np.nan}
    return pd.concat([rows, pd.DataFrame({**band, "low": low, "high": high})], ignore_index=True)


def cost_with_band(plain: pd.DataFrame, found: Risk | None) -> pd.DataFrame:
    """The rows of `cost` with low and high, and a row a year with the band of all that is paid (None: no rows yet)."""
    rows = plain.assign(low=np.nan, high=np.nan)
    if found is None:
        return rows
    low, middle, high = found.yearly_cost
    band = {"year": found.run.years.years, "payer": "", "colour_key": "", "order": -1, "part": MEDIAN}
    return pd.concat([rows, pd.DataFrame({**band, "rupiah": middle, "low": low, "high": high})], ignore_index=True)


def by_payer(p: Projection) -> np.ndarray:
    """Insured workers by who pays, (payer, T, S), in the order of `payers`; adds up to the insured."""
    m = p.months
    return np.concatenate([p.arrays.own[None, :, :, 0], m.reached[..., 0], m.self_payers[None, :, :, 0]])


def insured_by_payer(p: Projection) -> pd.DataFrame:
    """month, payer, colour_key, order, insured."""
    people = by_payer(p).sum(axis=2)
    keys = payers(p)
    total = people.shape[1]
    return pd.DataFrame(
        {
            "month": np.tile(dates(p), len(keys)),
            "payer": np.repeat([label for _, label in keys], total),
            "colour_key": np.repeat([key for key, _ in keys], total),
            "order": np.repeat(np.arange(len(keys)), total),
            "insured": people.ravel(),
        }
    )


def cost(p: Projection) -> pd.DataFrame:
    """year, payer, colour_key, order, part (paid or unspent), rupiah."""
    y = p.years
    rows = [
        (year, f.name, f.id, k, part, float(values[i, k, 0]))
        for i, year in enumerate(y.years)
        for k, f in enumerate(p.region.funders)
        for part, values in (("Iuran terbayar", y.cost), ("Tidak terpakai", y.unspent))
    ]
    return pd.DataFrame(rows, columns=["year", "payer", "colour_key", "order", "part", "rupiah"])


def segments(p: Projection, year: int) -> pd.DataFrame:
    """At a year's end: segment, duty_label, part, colour_key, order, workers; parts add up to the segment."""
    t = max(i for i, m in enumerate(p.arrays.months) if m[0] == year)
    people = by_payer(p)[:, t]
    gap = np.maximum(0.0, p.arrays.workers[t, :, 0] - people.sum(axis=0))
    keys = [*payers(p), OPEN]
    names = [s.name for s in p.region.segments] + [p.region.other.name]
    duty = [DUTIES[s.duty] for s in p.region.segments] + [DUTIES["may"]]
    table = np.concatenate([people, gap[None]])
    rows = [
        (names[s], duty[s], label, key, order, float(table[order, s]))
        for s in range(len(names))
        for order, (key, label) in enumerate(keys)
    ]
    return pd.DataFrame(rows, columns=["segment", "duty_label", "part", "colour_key", "order", "workers"])


def claims(p: Projection) -> pd.DataFrame:
    """year, kind, count, rupiah (for deaths): what to expect for workers whose contribution others pay."""
    y = p.years
    none = np.full_like(y.jkm, np.nan)
    kinds = (
        ("Kematian", y.deaths, y.jkm),
        ("Kecelakaan kerja", y.accidents, none),
        ("Anak penerima beasiswa", y.scholarship_children, none),
    )
    rows = [
        (year, kind, float(values[i, 0]), float(rupiah[i, 0]))
        for i, year in enumerate(y.years)
        for kind, values, rupiah in kinds
    ]
    return pd.DataFrame(rows, columns=["year", "kind", "count", "rupiah"])
