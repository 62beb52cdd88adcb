"""Who pays and who is covered: bars parted by payer, groups parted in two, payers over the months."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from reports.brief import Brief
from reports.slides import charts, fit
from reports.slides.charts import TEXT, Box, Series
from reports.slides.fit import plain, short
from simulator import indonesian as fmt
from simulator.questions import frames
from ui.palette import SERIES_COLOURS, region_palette

SMALL = 0.5  # rupiah or people; less is nothing
NAME = 30  # characters of a payer's name in a legend
PART = 0.075  # of the longest bar: a part no larger has no room for its number
ROWS = 9  # groups that have room
COVERED, OPEN = "Terlindungi", frames.OPEN[1]
PALE = "#c8ced8"
# From which sum on (Rp) a unit is shown: whole numbers of it then say enough.
UNITS = ((1e11, 1e9, "Rp miliar"), (1e7, 1e6, "Rp juta"), (1e4, 1e3, "Rp ribu"), (0.0, 1.0, "Rp"))


def palette(brief: Brief) -> dict[str, str]:
    """Id of a payer → colour, the same as on screen."""
    payers = frames.payers(brief.run)
    return {key: colour for (key, _), (_, colour) in zip(payers, region_palette(payers), strict=True)}


def unit(most: float) -> tuple[float, str]:
    """(rupiah, name) of the unit in which sums up to so much are shown."""
    return next((size, name) for least, size, name in UNITS if most >= least)


# ---- who pays


def paid(brief: Brief) -> list[tuple[str, str, tuple[float, ...]]]:
    """(id, name, rupiah by column) of all that pay: by side, or by year where there is but one side."""
    if len(brief.sides) > 1:
        frame, column, wanted = brief.cost, "side", [s.key for s in brief.sides]
    else:
        frame, column = brief.yearly_cost[brief.yearly_cost["part"] == "Iuran terbayar"], "year"
        wanted = list(dict.fromkeys(frame["year"]))
    found = []
    for key in dict.fromkeys(frame["colour_key"]):
        own = frame[frame["colour_key"] == key]
        money = dict(zip(own[column], own["rupiah"], strict=True))
        if max(money.values()) > SMALL:
            found.append((key, str(own["payer"].iloc[0]), tuple(float(money[w]) for w in wanted)))
    return found


def costs(slide: Any, box: Box, brief: Brief) -> None:
    """Contributions by funder, a bar for each side; where there is one side, a column for each year."""
    parts, colours = paid(brief), palette(brief)
    totals = [sum(column) for column in zip(*(m for _, _, m in parts), strict=True)]
    size, word = unit(max(totals))
    series = [Series(short(plain(n), NAME), tuple(v / size for v in m), colours[k]) for k, n, m in parts]
    by_side = len(brief.sides) > 1
    if by_side:
        heads = [f"{s.mark} · {s.name}" for s in brief.sides]
        names = [_head(h, fmt.rupiah(t) if t > SMALL else "tanpa iuran") for h, t in zip(heads, totals, strict=True)]
    else:
        names = [str(y) for y in dict.fromkeys(brief.yearly_cost["year"])]
    told = f"Grafik batang bertumpuk: iuran menurut sumber, {word}. " + "; ".join(
        f"{n.replace(chr(10), ' ')}" if by_side else f"{n} {fmt.rupiah(t)}" for n, t in zip(names, totals, strict=True)
    )
    kind = XL_CHART_TYPE.BAR_STACKED if by_side else XL_CHART_TYPE.COLUMN_STACKED
    _stack(slide, box, kind, names, series, told, [max(totals) / size * PART] * len(names))


def _head(name: str, total: str) -> str:
    """A name in a line or two with its sum under it."""
    return f"{short(plain(name), 44)}:\n{total}"


# ---- who is covered


def groups(brief: Brief) -> list[tuple[str, float, float]]:
    """(name, covered, not covered) of each group of workers, the smallest put together where there are many."""
    frame = brief.groups
    found = []
    for name in dict.fromkeys(frame["segment"]):
        own = frame[frame["segment"] == name]
        left = float(own.loc[own["colour_key"] == frames.OPEN[0], "workers"].sum())
        found.append((str(name), float(own["workers"].sum()) - left, left))
    found = [g for g in found if g[1] + g[2] >= SMALL]
    if len(found) <= ROWS:
        return found
    kept = sorted(found, key=lambda g: -(g[1] + g[2]))[: ROWS - 1]
    rest = [g for g in found if g not in kept]
    name = f"{len(rest)} kelompok lain bersama"
    return [*(g for g in found if g in kept), (name, sum(g[1] for g in rest), sum(g[2] for g in rest))]


def covered(slide: Any, box: Box, brief: Brief) -> None:
    """Each group as a bar of equal length, parted into covered and not covered."""
    found = groups(brief)
    names = [
        f"{short(plain(n), 40)}:\n{fmt.count(a)} dari {fmt.count(a + b)} ({fmt.percent(a / (a + b), 1)})"
        for n, a, b in found
    ]
    series = [
        Series(COVERED, tuple(a for _, a, _ in found), SERIES_COLOURS["Skenario"]),
        Series(OPEN, tuple(b for _, _, b in found), PALE),
    ]
    told = f"Grafik batang: pekerja terlindungi dan belum, {brief.when}. " + "; ".join(
        n.replace("\n", " ") for n in names
    )
    least = [(a + b) * 0.13 for _, a, b in found]
    _stack(slide, box, XL_CHART_TYPE.BAR_STACKED_100, names, series, told, least)


# ---- the bars of both


def _stack(
    slide: Any,
    box: Box,
    kind: XL_CHART_TYPE,
    names: Sequence[str],
    series: Sequence[Series],
    told: str,
    least: Sequence[float],
) -> None:
    chart = charts.add(slide, box, kind, names, series, charts.WHOLE, told)
    lying = kind != XL_CHART_TYPE.COLUMN_STACKED
    hundred = kind == XL_CHART_TYPE.BAR_STACKED_100
    charts.quiet_axes(chart, "0%" if hundred else charts.WHOLE)
    charts.legend(chart)
    charts.colour(chart, series)
    charts.label_parts(chart, series, charts.WHOLE, least)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = (45 if lying else 60), 100
    values = chart.value_axis
    values.minimum_scale = 0
    if hundred:
        values.maximum_scale, values.major_unit = 1, 0.25
    else:
        top = max(sum(v) for v in zip(*(s.values for s in series), strict=True))
        end, step = charts.steps(top * 1.01)
        values.maximum_scale, values.major_unit = end, step
    if lying:
        chart.category_axis.reverse_order = True
        values._element.find(qn("c:crosses")).set("val", "max")  # the numbers stay below
    _, _, wide, tall = box
    bottom = charts.legend_height([s.name for s in series], wide) + 0.36
    labels = max(fit.width(line, TEXT) for n in names for line in n.split("\n")) + 0.2 if lying else 0.75
    side = min(0.38 * wide, labels) / wide
    charts.plot_area(chart, side, 0.02, 1 - side - 0.04, 1 - bottom / tall - 0.02)


# ---- payers over the months


def payers(slide: Any, box: Box, brief: Brief) -> bool:
    """Insured workers by who pays for them, month by month; returns whether there was anybody to draw."""
    frame, colours = brief.payers, palette(brief)
    found = []
    for key in dict.fromkeys(frame["colour_key"]):
        own = frame[frame["colour_key"] == key]
        values = tuple(float(v) for v in own["insured"])
        if max(values) >= SMALL:
            found.append(Series(short(plain(str(own["payer"].iloc[0])), NAME), values, colours[key]))
    if not found:
        return False
    first = frame[frame["colour_key"] == frame["colour_key"].iloc[0]]
    told = "Grafik bidang bertumpuk: pekerja terlindungi tiap bulan menurut yang membayar: " + fmt.listing(
        [s.name for s in found]
    )
    months = [m.date() for m in first["month"]]
    chart = charts.add(slide, box, XL_CHART_TYPE.AREA_STACKED, months, found, charts.WHOLE, told)
    charts.quiet_axes(chart, charts.WHOLE)
    charts.years_axis(chart)
    charts.legend(chart)
    charts.colour(chart, found)
    end, step = charts.steps(max(sum(v) for v in zip(*(s.values for s in found), strict=True)))
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, end
    chart.value_axis.major_unit = step
    _, _, wide, tall = box
    bottom = charts.legend_height([s.name for s in found], wide) + 0.36
    side = (fit.width(fmt.count(end), TEXT) + 0.15) / wide
    charts.plot_area(chart, side, 0.03, 1 - side - 0.04, 1 - bottom / tall - 0.03)
    return True
