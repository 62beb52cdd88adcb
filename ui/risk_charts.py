"""Charts of what is not certain. Pure functions, like those of ui.charts."""

import altair as alt
import pandas as pd

from ui.charts import INK, RUPIAH_WORDS, finish, payer_colour, plain_axis

LOW_END, HIGH_END = "Nilai rendah", "Nilai tinggi"
END_COLOURS = ((LOW_END, "#c98a1b"), (HIGH_END, "#2b6cb0"))
ROW = 30  # px of a number's bar with its name
PICKED = "pilih"  # the selection of a bar

AXES = {
    "share": {"format": ".1~%"},
    "rupiah": {"labelExpr": RUPIAH_WORDS.format("datum.value")},
    "people": {"format": ",.0f"},
}


def ranking_chart(frame: pd.DataFrame, unit: str, title: str) -> alt.LayerChart:
    """What each number's plausible range does to an answer: a bar from the present answer to that at either end.

    Columns: path, number (label, unique), end ("Nilai rendah" or "Nilai tinggi"), start (the answer as it is), stop
    (the answer at that end), setting (the end in words), told (the answer in words), source. Rows come in the
    frame's order. `unit` is share, rupiah or people. Clicking a bar selects its path.
    """
    picked = alt.selection_point(name=PICKED, fields=["path"], empty=False)
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "number:N",
            sort=None,
            axis=alt.Axis(
                title=None, labelLimit={"expr": "width < 420 ? 130 : 290"}, labelFontSize=12, ticks=False, domain=False
            ),
            scale=alt.Scale(paddingInner=0.32, paddingOuter=0.1),
        )
    )
    axis = plain_axis(tickCount=6, **AXES[unit])
    axis.title, axis.titleFontWeight = title, "normal"
    bars = (
        base.mark_bar(cursor="pointer")
        .encode(
            x=alt.X("stop:Q", axis=axis, scale=alt.Scale(zero=False, padding={"expr": "width < 260 ? 14 : 78"})),
            x2="start:Q",
            color=payer_colour("end", END_COLOURS),
            tooltip=[
                alt.Tooltip("number:N", title="Angka"),
                alt.Tooltip("end:N", title="Ujung"),
                alt.Tooltip("setting:N", title="Bila"),
                alt.Tooltip("told:N", title="Jawaban"),
                alt.Tooltip("source:N", title="Asal rentang"),
            ],
        )
        .add_params(picked)
    )
    right = base.transform_filter("datum.stop > datum.start").mark_text(align="left", dx=4, **_small())
    left = base.transform_filter("datum.stop < datum.start").mark_text(align="right", dx=-4, **_small())
    rule = alt.Chart(frame).mark_rule(stroke=INK, strokeWidth=1.2, tooltip=None).encode(x=alt.X("mean(start):Q"))
    texts = [text.encode(x="stop:Q", text="setting:N") for text in (right, left)]
    return finish(alt.layer(bars, rule, *texts))


def _small() -> dict:
    return {"fontSize": 11, "fill": INK, "tooltip": None}
