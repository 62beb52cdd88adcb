"""Coverage month by month: a line a side, the targets, and their names at the lines' ends."""

from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from reports.brief import Brief
from reports.slides import charts, fit, master
from reports.slides.charts import Series
from reports.slides.parts import clean, textbox, write
from simulator import indonesian as fmt
from simulator.questions.compare import PROPOSED
from ui.palette import SERIES_COLOURS


@dataclass(frozen=True)
class Look:
    """How a line is drawn: told apart by dashes where the printer knows no colour."""

    colour: str
    dash: Any
    wide: float = 2.75


LOOKS = {  # the colours of ui.compare_charts.LOOKS
    "berjalan": Look(SERIES_COLOURS["Kondisi berjalan"], MSO_LINE.DASH),
    PROPOSED: Look(SERIES_COLOURS["Skenario"], MSO_LINE.SOLID, 4.5),
    "1": Look("#b5397f", MSO_LINE.SOLID),
    "2": Look("#2b8a57", MSO_LINE.LONG_DASH),
    "3": Look("#9a7b12", MSO_LINE.SQUARE_DOT),
    "4": Look("#7d5bd0", MSO_LINE.LONG_DASH_DOT),
    "target": Look(SERIES_COLOURS["Target"], MSO_LINE.ROUND_DOT, 2.25),
}
LEAD = Look(master.LINE, MSO_LINE.SOLID, 0.75)  # from a line's end to its name: thin and grey, for it is no data
SIZES = (16, 14)  # of the names at the ends
NAMES = 3.75  # inches for them, for the leaders to them, and for samples of their lines
LEADER, SAMPLE, SPACE = 0.32, 0.34, 0.08
LEGS = (0.075, 0.03, 0.90)  # left edge, top edge and height of the plot, as parts of the chart
FLAT = 0.35  # lines that differ by a smaller part of the highest are shown from above 0


@dataclass(frozen=True)
class End:
    """What is written at a line's end, and at what height of the axis the line ends."""

    look: Look
    value: float
    value_text: str
    name: str


def coverage(slide: Any, box: charts.Box, brief: Brief) -> bool:
    """Draw it; returns whether the axis begins at 0."""
    months, series, ends = _lines(brief)
    values = [v for one in series for v in one.values if v is not None]
    low, high, step = _axis(min(values), max(values))
    left, top, wide, tall = box
    room = (left, top, wide - NAMES, tall)
    told = f"Grafik garis: cakupan tiap bulan, % dari {brief.base}, dan target. " + "; ".join(
        f"{e.name} {e.value_text}" for e in ends
    )
    chart = charts.add(slide, room, XL_CHART_TYPE.LINE, months, series, "0.0%", told)
    charts.quiet_axes(chart, "0%" if step >= 0.0099 else "0.0%")
    charts.years_axis(chart)
    x, y, h = LEGS
    charts.plot_area(chart, x, y, 1 - x - 0.01, h)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    for drawn, end in zip(chart.plots[0].series, ends, strict=True):
        drawn.smooth = False
        line = drawn.format.line
        line.color.rgb, line.width, line.dash_style = master.rgb(end.look.colour), Pt(end.look.wide), end.look.dash
        drawn.marker.style = None
        drawn._element.get_or_add_marker().get_or_add_symbol().set("val", "none")
    edge = left + (wide - NAMES) * 0.99
    plot = (top + tall * y, tall * h)
    _write_ends(slide, (edge, top, left + wide - edge, tall), plot, (low, high), ends)
    return low == 0


def _lines(brief: Brief) -> tuple[list, list[Series], list[End]]:
    """Months, a series a side and a target path, and what stands at their ends."""
    frame = brief.coverage
    first = frame[frame["side"] == brief.sides[0].key]
    months = [m.date() for m in first["month"]]
    series, ends = [], []
    for side in brief.sides:
        shares = frame.loc[frame["side"] == side.key, "coverage"]
        values = tuple(float(v) for v in shares)
        look = LOOKS[side.key]
        series.append(Series(side.name, values, look.colour))
        ends.append(End(look, values[-1], fmt.percent(values[-1]), f"{side.mark} · {side.name}"))
    targets = frame[frame["side"] == "target"]
    for goal in dict.fromkeys(targets["goal"]):
        due = [
            (m.date(), float(v))
            for m, v in zip(*(targets.loc[targets["goal"] == goal, c] for c in ("month", "coverage")), strict=True)
        ]
        path = tuple(next((v for m, v in due if month <= m), None) for month in months)
        look, last = LOOKS["target"], due[-1]
        series.append(Series(goal, path, look.colour))
        ends.append(End(look, last[1], fmt.percent(last[1]), f"{goal[:1].upper()}{goal[1:]} {last[0].year}"))
    return months, series, ends


def _axis(low: float, high: float) -> tuple[float, float, float]:
    """(low, high, step): from 0, but nearer where all lines lie close together far above it."""
    high = max(high, 0.01)
    if high - low >= FLAT * high:
        end, step = charts.steps(high * 1.02)
        return 0.0, end, step
    _, step = charts.steps((high - low) * 1.3 or 0.01, 5)
    start = max(0.0, (low - (high - low) * 0.15) // step * step)
    end = start + step
    while end < high * 1.0001:
        end += step
    return start, end, step


def _write_ends(slide: Any, box: charts.Box, plot: tuple, axis: tuple, ends: list[End]) -> None:
    """Names beside the lines' ends, from above, as near to them as they go without touching one another."""
    left, top, wide, tall = box
    start = left + LEADER + SPACE + SAMPLE + SPACE  # of the names
    room = left + wide - start
    size, lines = next(
        ((s, n) for s, n in ((16, 2), (14, 2)) if len(ends) * (n * s * fit.LINE / 72 + 0.06) <= tall), (14, 1)
    )
    each = lines * size * fit.LINE / 72
    order = sorted(range(len(ends)), key=lambda i: -ends[i].value)
    at = [plot[0] + plot[1] * (1 - (ends[i].value - axis[0]) / (axis[1] - axis[0])) for i in order]
    places = spread(at, each + 0.06, top, top + tall)
    for i, y, middle in zip(order, at, places, strict=True):
        end = ends[i]
        _stroke(slide, (left + 0.03, y), (left + LEADER, middle), LEAD)
        first = left + LEADER + SPACE
        _stroke(slide, (first, middle), (first + SAMPLE, middle), end.look)
        frame = textbox(slide, (start, middle - each / 2, room, each))
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        head = f"{end.value_text}  "
        text = head + clean(end.name)
        most = len(text)
        while len(fit.wrapped(text, size, room, True)) > lines:
            most -= 1
            text = head + fit.short(clean(end.name), most - len(head))
        write(frame, [text], size, True)


def _stroke(slide: Any, start: tuple[float, float], end: tuple[float, float], look: Look) -> None:
    """A straight line between two points in inches."""
    stroke = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Inches(v) for v in (*start, *end)))
    master.flat(stroke)
    stroke.line.color.rgb, stroke.line.width = master.rgb(look.colour), Pt(look.wide)
    stroke.line.dash_style = look.dash


def spread(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Middles, in rising order, moved as little as keeps every two a gap apart and all within low to high.

    Raises nothing: where there is no room for all, they stand evenly.
    """
    if len(places) * gap >= high - low:
        each = (high - low) / len(places)
        return [low + each * (i + 0.5) for i in range(len(places))]
    crowds: list[list[float]] = []  # [sum of wished starts, members], from above
    least, most = low + gap / 2, high - gap / 2
    for i, place in enumerate(places):
        crowds.append([min(max(place, least), most) - i * gap, 1])
        while len(crowds) > 1 and crowds[-1][0] / crowds[-1][1] < crowds[-2][0] / crowds[-2][1]:
            total, members = crowds.pop()
            crowds[-1] = [crowds[-1][0] + total, crowds[-1][1] + members]
    starts = [total / members for total, members in crowds for _ in range(int(members))]
    last = most - (len(places) - 1) * gap
    return [min(max(s, least), last) + i * gap for i, s in enumerate(starts)]
