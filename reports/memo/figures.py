"""The memo's two charts, with what they show in words for those who cannot see them."""

import pandas as pd

from reports import pictures as draw
from reports import print_charts as charts
from reports.brief import Brief
from reports.memo.blocks import Picture
from reports.memo.plain import plain
from simulator import indonesian as fmt


def pictures(brief: Brief) -> tuple[Picture, ...]:
    """Coverage, and cost where anybody pays."""
    found = [_coverage(brief)]
    if brief.cost["rupiah"].max() > 0.5:
        found.append(_cost(brief))
    return tuple(found)


def _coverage(brief: Brief) -> Picture:
    chart = charts.coverage_chart(brief.coverage, brief.base, brief.year)
    months = brief.run.arrays.months
    note = ""
    if charts.has_band(brief.coverage):
        side = next(s for s in brief.sides if s.key == charts.main_key(brief.coverage))
        note = f"Bidang pucat: delapan dari sepuluh kemungkinan untuk {side.mark}."
    caption = f"Cakupan tiap bulan, {fmt.month(months[0])} sampai {fmt.month(months[-1])}."
    return Picture(caption, draw.png(chart.to_dict(validate=False)), _coverage_words(brief), note)


def _coverage_words(brief: Brief) -> str:
    rows = brief.coverage[brief.coverage["month"] == pd.Timestamp(*_month(brief), 1)]
    parts = [f"{r.name} {fmt.percent(r.coverage)}" for r in rows[rows["side"] != "target"].itertuples(index=False)]
    targets = brief.coverage[brief.coverage["side"] == "target"].itertuples(index=False)
    goals = [f"{r.goal} {fmt.percent(r.coverage)} pada {r.month.year}" for r in targets]
    text = f"Grafik garis cakupan dari {brief.base}. Pada {brief.when}: {fmt.listing(parts)}."
    return f"{text} Target: {fmt.listing(goals)}." if goals else text


def _month(brief: Brief) -> tuple[int, int]:
    """The last simulated month of the report's year."""
    return max(m for m in brief.run.arrays.months if m[0] == brief.year)


def _cost(brief: Brief) -> Picture:
    funders = [(f.id, plain(f.name)) for f in brief.region.funders]
    chart = charts.cost_chart(brief.cost, funders)
    caption = f"Iuran setahun menurut sumber, {brief.year}."
    note = "Angka di dalam batang menunjuk sumbernya di bawah gambar."
    return Picture(caption, draw.png(chart.to_dict(validate=False)), _cost_words(brief), note)


def _cost_words(brief: Brief) -> str:
    told = []
    for (_, name), rows in brief.cost.groupby(["side", "name"], sort=False):
        paid = [f"{r.payer} {fmt.rupiah(r.rupiah)}" for r in rows.itertuples() if r.rupiah > 0.5]
        total = fmt.rupiah(rows["rupiah"].sum())
        told.append(f"{name} {total} ({fmt.listing(paid)})" if paid else f"{name} tanpa biaya")
    return plain(f"Batang bertumpuk iuran {brief.year} menurut sumber: {'; '.join(told)}.")
