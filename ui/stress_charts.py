"""Charts of the stress tests. Pure functions, like those of ui.charts."""

import altair as alt
import pandas as pd

from simulator.questions.stress import STRESSED, TARGET, USUAL
from ui.charts import INK, finish, line_legend, months_axis, top_axis
from ui.palette import SERIES_COLOURS

LOOKS = {
    USUAL: (SERIES_COLOURS["Skenario"], [1, 0]),
    STRESSED: ("#b5397f", [6, 3]),
    TARGET: (SERIES_COLOURS["Target"], [2, 4]),
}
AXIS = "Cakupan, % penyebut (sumbu tidak mulai dari 0)"


def coverage_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Coverage by month of a scenario with and without trouble, and the targets.

    Columns: month, series (a key of LOOKS), test (its name), goal (a target's name), coverage (a fraction), insured.
    A target's rows are as in ui.charts.coverage_chart.
    """
    base = alt.Chart(frame).encode(
        x=months_axis(),
        y=alt.Y("coverage:Q", axis=top_axis(AXIS, format=".1~%"), scale=alt.Scale(zero=False)),
    )
    look = _look()
    month = alt.Tooltip("month:T", format="%B %Y", title="Bulan")
    share = alt.Tooltip("coverage:Q", format=".2%", title="Cakupan")
    lines, targets = (base.transform_filter(f"datum.series {sign} '{TARGET}'") for sign in ("!==", "==="))
    drawn = [
        base.transform_filter(f"datum.series === '{series}'")
        .mark_line(tooltip=None, strokeJoin="round", strokeWidth=width)
        .encode(detail="test:N", **look)
        for series, width in ((USUAL, 3.2), (STRESSED, 2.6))
    ]
    return finish(
        alt.layer(
            targets.mark_line(interpolate="step-before", tooltip=None, strokeWidth=2).encode(detail="goal:N", **look),
            *drawn,
            targets.mark_text(align="right", dx=-4, dy=-10, fontSize=11, fill=INK, tooltip=None).encode(
                text=alt.Text("coverage:Q", format=".2~%")
            ),
            # A thin line is hard to hit: a wide unseen one carries the tooltip.
            lines.mark_line(stroke="transparent", strokeWidth=14, clip=True).encode(
                detail="test:N",
                tooltip=[month, alt.Tooltip("test:N", title="Garis"), share]
                + [alt.Tooltip("insured:Q", format=",.0f", title="Terlindungi")],
            ),
            targets.mark_point(shape="diamond", size=80, filled=True, opacity=1).encode(
                color=alt.value(LOOKS[TARGET][0]), tooltip=[month, alt.Tooltip("goal:N", title="Target"), share]
            ),
        )
    )


def _look() -> dict[str, alt.Color | alt.StrokeDash]:
    """Colour and dashes by series, in one legend."""
    colours, dashes = zip(*LOOKS.values(), strict=True)
    return {
        "color": alt.Color("series:N", scale=_scale(list(colours)), legend=line_legend()),
        "strokeDash": alt.StrokeDash("series:N", scale=_scale(list(dashes))),
    }


def _scale(values: list) -> alt.Scale:
    return alt.Scale(domain=list(LOOKS), range=values)
