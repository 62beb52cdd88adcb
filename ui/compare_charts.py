"""Charts that lay several settings side by side. Pure functions, like those of ui.charts.

Their specifications know the places of the sides (pin 1 to 4, the current setting, today's policy), never their
names: these stand in the rows and in the legend beside the chart.
"""

from dataclasses import dataclass
from textwrap import wrap

import altair as alt
import pandas as pd

from simulator import indonesian as fmt
from ui.charts import (
    INK,
    PAGE,
    RUPIAH_WORDS,
    Palette,
    at_least_to,
    finish,
    months_axis,
    payer_colour,
    plain_axis,
    top_axis,
)
from ui.palette import SERIES_COLOURS

AXIS = "Cakupan, % penyebut (sumbu tidak mulai dari 0)"
LINE = 44  # characters of a name that fit over a bar on a phone
BAR, TEXT, GAP = 18, 15, 8  # px of a bar, of a line of the text over it, and between that and the bar above


@dataclass(frozen=True)
class Look:
    """How a side is drawn: told apart by dashes where the printer knows no colour."""

    colour: str
    dash: tuple[int, ...]


LOOKS = {
    "berjalan": Look(SERIES_COLOURS["Kondisi berjalan"], (6, 4)),
    "sekarang": Look(SERIES_COLOURS["Skenario"], (1, 0)),
    "1": Look("#b5397f", (1, 0)),
    "2": Look("#2b8a57", (10, 3)),
    "3": Look("#9a7b12", (3, 2)),
    "4": Look("#7d5bd0", (9, 3, 2, 3)),
    "target": Look(SERIES_COLOURS["Target"], (2, 4)),
}


def coverage_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Coverage by month of all sides on the same axes, and the targets.

    Columns: month, side (a key of LOOKS), name, goal (a target's name), coverage (a fraction), insured, mark (what is
    written at a line's end) and mark_at (at what height). A target's rows are as in ui.charts.coverage_chart. With
    the columns low, middle and high each side has its band, pale.
    """
    base = alt.Chart(frame).encode(
        x=months_axis().scale(padding=14),  # room for the marks at the lines' ends
        y=alt.Y("coverage:Q", axis=top_axis(AXIS, format=".1~%"), scale=alt.Scale(zero=False)),
    )
    lines, targets = (base.transform_filter(f"datum.side {sign} 'target'") for sign in ("!==", "==="))
    look = {"color": _colours(), "strokeDash": _dashes(), "detail": "side:N"}
    share = alt.Tooltip("coverage:Q", format=".2%", title="Cakupan")
    month = alt.Tooltip("month:T", format="%B %Y", title="Bulan")
    banded = "low" in frame.columns
    bands = _bands(lines) if banded else []
    ends = lines.transform_filter("isValid(datum.mark_at)").encode(y="mark_at:Q", text="mark:N", color=_colours())
    return finish(
        alt.layer(
            *bands,
            targets.mark_line(interpolate="step-before", tooltip=None, strokeWidth=2).encode(
                color=_colours(), strokeDash=_dashes(), detail="goal:N"
            ),
            lines.mark_line(tooltip=None, strokeJoin="round", strokeWidth=2.6).encode(**look),
            ends.mark_text(align="left", dx=5, fontSize=12, fontWeight="bold", tooltip=None),
            targets.mark_text(align="right", dx=-4, dy=-10, fontSize=11, fill=INK, tooltip=None).encode(
                text=alt.Text("coverage:Q", format=".2~%")
            ),
            # A thin line is hard to hit: a wide unseen one carries the tooltip.
            lines.mark_line(stroke="transparent", strokeWidth=14, clip=True).encode(
                detail="side:N",
                tooltip=[month, alt.Tooltip("name:N", title="Garis"), share]
                + [alt.Tooltip("insured:Q", format=",.0f", title="Terlindungi")]
                + (_band_tips() if banded else []),
            ),
            targets.mark_point(shape="diamond", size=80, filled=True, opacity=1).encode(
                color=_colours(), tooltip=[month, alt.Tooltip("goal:N", title="Target"), share]
            ),
        )
    )


def _bands(lines: alt.Chart) -> list[alt.Chart]:
    """The 10–90% band of every side; its median stands in the tooltip, for more lines would hide one another."""
    area = lines.mark_area(opacity=0.12, tooltip=None)
    return [area.encode(y="low:Q", y2="high:Q", color=_colours(), detail="side:N")]


def _band_tips() -> list[alt.Tooltip]:
    titles = {"low": "Batas bawah (10%)", "middle": "Nilai tengah", "high": "Batas atas (90%)"}
    return [alt.Tooltip(f"{column}:Q", format=".2%", title=title) for column, title in titles.items()]


def cost_chart(frame: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """What the funders pay in a year, a bar for each side on one axis, stacked by funder.

    Columns: side, name, head (what is written over the bar, see `headed`), payer, order, rupiah. Bars come in the
    frame's order.
    """
    base = alt.Chart(frame).encode(
        y=alt.Y("side:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    )
    bars = (
        base.transform_stack(stack="rupiah", groupby=["side"], sort=[alt.SortField("order")], as_=["bottom", "top"])
        .mark_bar(
            height=BAR,
            yOffset={"expr": f"bandwidth('y') / 2 - {BAR / 2}"},  # at its band's end
            stroke=PAGE,
            strokeWidth={"expr": "datum.rupiah > 0 ? 1 : 0"},
        )
        .encode(
            x=alt.X("top:Q", axis=_money_axis(), scale=at_least_to(1_000_000), stack=None),
            x2=alt.value({"expr": "scale('x', datum.bottom)"}),
            color=payer_colour("payer", palette),
            tooltip=[
                alt.Tooltip("name:N", title="Pengaturan"),
                alt.Tooltip("payer:N", title="Sumber"),
                alt.Tooltip("rupiah:Q", format="$,.0f", title="Jumlah"),
            ],
        )
    )
    names = (
        base.transform_aggregate(groupby=["side", "head"])
        .mark_text(align="left", baseline="line-top", lineBreak="\n", lineHeight=TEXT, fontSize=12, fill=INK)
        .encode(x=alt.value(0), text="head:N")
    )
    names.mark.tooltip, names.mark.yOffset = None, {"expr": f"{GAP} - bandwidth('y') / 2"}
    # Its height is that of its bars: legend and axis come below, however many lines they take.
    return finish(alt.layer(bars, names)).properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


def headed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with what is written over each bar: mark, name and sum, in lines that no screen cuts."""
    sums = frame.groupby("side")["rupiah"].transform("sum")
    texts = [
        wrap(f"{mark}  {name}: {fmt.rupiah(total) if total >= 0.5 else 'tanpa biaya'}", LINE)
        for mark, name, total in zip(frame["mark"], frame["name"], sums, strict=True)
    ]
    most = max(map(len, texts))
    return frame.assign(head=["\n" * (most - len(lines)) + "\n".join(lines) for lines in texts])


def cost_height(frame: pd.DataFrame) -> int:
    """Height of the cost chart: as many bars as sides, under names of as many lines as the longest takes."""
    lines = frame["head"].iloc[0].count("\n") + 1
    return frame["side"].nunique() * (BAR + TEXT * lines + GAP)


def _colours() -> alt.Color:
    return alt.Color("side:N", scale=_by_side([look.colour for look in LOOKS.values()]), legend=None)


def _dashes() -> alt.StrokeDash:
    return alt.StrokeDash("side:N", scale=_by_side([list(look.dash) for look in LOOKS.values()]), legend=None)


def _by_side(values: list) -> alt.Scale:
    return alt.Scale(domain=list(LOOKS), range=values)


def _money_axis() -> alt.Axis:
    return plain_axis(labelExpr=RUPIAH_WORDS.format("datum.value"), tickCount={"expr": "width > 420 ? 5 : 3"})
