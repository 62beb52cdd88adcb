"""Charts of the questions: coverage by a lever's setting, and cost against coverage."""

import altair as alt
import pandas as pd

from ui.charts import INK, RUPIAH_WORDS, finish, line_legend, plain_axis, top_axis

CURVE, FOUND, NOW, GOAL = "Cakupan menurut parameter", "Jawaban", "Sekarang", "Target"
TOGETHER, ALONE = "Semua sumber, bauran terbaik", "Hanya satu sumber"
COLOURS = {CURVE: "#1668ad", GOAL: "#c2571a", FOUND: "#0f7a3d", NOW: "#8a8f98"}
LINES = {TOGETHER: ("#1668ad", [1, 0]), ALONE: ("#c2571a", [6, 4])}


def curve_chart(frame: pd.DataFrame, unit: tuple[tuple[str, str], ...] = (("angka", ""),)) -> alt.LayerChart:
    """Coverage by a lever's setting, with the target as a line and two points: now, and the answer.

    Columns: value (the lever's unit), coverage (share of the base), kind (one of COLOURS). `unit` is a pair in a
    tuple: how the axis writes its numbers (rupiah, share, number) and what it is called.
    """
    how, title = unit[0]
    formats = {"rupiah": {"labelExpr": RUPIAH_WORDS.format("datum.value")}, "share": {"format": ".1~%"}}
    axis = plain_axis(tickCount=5, grid=False, **formats.get(how, {"format": ",.1~f"}))
    axis.title = title
    base = alt.Chart(frame).encode(
        x=alt.X("value:Q", axis=axis, scale=alt.Scale(nice=False, zero=False)),
        y=alt.Y("coverage:Q", axis=top_axis("Cakupan (% penyebut)", format=".1~%"), scale=alt.Scale(zero=False)),
    )
    names, legend = list(COLOURS), line_legend()
    legend.values = [CURVE, GOAL]  # the points are named where they stand
    colour = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[COLOURS[n] for n in names]), legend=legend)
    number = {"rupiah": "$,.0f", "share": ".2%"}.get(how, ",.2~f")
    tips = [
        alt.Tooltip("kind:N", title="Garis"),
        alt.Tooltip("value:Q", format=number, title=title),
        alt.Tooltip("coverage:Q", format=".2%", title="Cakupan"),
    ]
    kind = "datum.kind === '{}'".format
    line = base.transform_filter(kind(CURVE)).mark_line(strokeWidth=3)
    goal = base.transform_filter(kind(GOAL)).mark_line(strokeWidth=2, strokeDash=[2, 4])
    points = base.transform_filter(f"{kind(FOUND)} || {kind(NOW)}")
    dots = points.mark_point(filled=True, size=130, opacity=1)
    return finish(
        alt.layer(
            line.encode(color=colour, tooltip=tips),
            goal.encode(color=colour, tooltip=tips),
            dots.encode(color=colour, tooltip=tips, shape=alt.ShapeValue("circle")),
            _point_names(points, kind(FOUND)),
        )
    )


def _point_names(points: alt.Chart, found: str) -> alt.Chart:
    """Names beside the points: the answer's above it to the left, below it at the left edge, today's to the right."""
    return points.mark_text(
        dy={"expr": f"{found} ? (scale('x', datum.value) > 70 ? -12 : 20) : 4"},
        dx={"expr": f"{found} ? -4 : 10"},
        align={"expr": f"{found} && scale('x', datum.value) > 70 ? 'right' : 'left'"},
        fontSize=12,
        fontWeight="bold",
        fill=INK,
    ).encode(text="kind:N")


def frontier_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Cost against coverage: a line for all funders, one for a single funder, and settings as named points.

    Columns: line (one of LINES, empty for a point), cost (Rp of all funders in the year), coverage (share of the
    base), name (of a point, else empty), order (of points: names of neighbours are kept apart).
    """
    cost_axis = plain_axis(tickCount=6, grid=False, labelExpr=RUPIAH_WORDS.format("datum.value"))
    cost_axis.title = "Iuran semua sumber, Rp setahun"
    base = alt.Chart(frame).encode(
        x=alt.X("cost:Q", axis=cost_axis, scale=alt.Scale(zero=False, nice=True)),
        y=alt.Y("coverage:Q", axis=top_axis("Cakupan (% penyebut)", format=".1~%"), scale=alt.Scale(zero=False)),
    )
    names = list(LINES)
    tips = [
        alt.Tooltip("line:N", title="Garis"),
        alt.Tooltip("cost:Q", format="$,.0f", title="Iuran setahun"),
        alt.Tooltip("coverage:Q", format=".2%", title="Cakupan"),
    ]
    lines = (
        base.transform_filter("datum.line !== ''")
        .mark_line(strokeWidth=3, point={"size": 26, "filled": True})
        .encode(
            color=alt.Color(
                "line:N", scale=alt.Scale(domain=names, range=[LINES[n][0] for n in names]), legend=line_legend()
            ),
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=names, range=[LINES[n][1] for n in names])),
            tooltip=tips,
        )
    )
    points = base.transform_filter("datum.name !== ''")
    named = [alt.Tooltip("name:N", title="Pengaturan"), *tips[1:]]
    marks = points.mark_point(filled=True, size=110, shape="diamond", opacity=1, color=INK)
    return finish(alt.layer(lines, marks.encode(tooltip=named), _setting_names(points)))


def _setting_names(points: alt.Chart) -> alt.Chart:
    """Names beside the points, on the side where there is room, neighbours above and below."""
    late = "scale('x', datum.cost) > width * 0.6"
    return points.mark_text(
        align={"expr": f"{late} ? 'right' : 'left'"},
        dx={"expr": f"{late} ? -9 : 9"},
        dy={"expr": "datum.order % 2 ? -9 : 12"},
        fontSize=12,
        fill=INK,
        limit=240,
    ).encode(text="name:N")
