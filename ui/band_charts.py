"""The layers that show how sure a chart is: the 10–90% band over the draws, its median, and the run itself.

Pure functions like those of ui.charts, which lays these layers under or over its own.
"""

import altair as alt

BAND, MEDIAN = "8 dari 10 kemungkinan", "Nilai tengah"
BAND_COLOUR, MEDIAN_COLOUR = "#5b9bc9", "#0e93a3"
MEDIAN_DASH = [1, 3]

# Rows with these columns carry a band; the value column of the chart holds the median in them.
LOW, HIGH = "low", "high"


def band_layers(base: alt.Chart, value: str, line: dict, share: str) -> list[alt.LayerChart]:
    """A pale area from `low` to `high` and a dotted line at the median, of the rows of series BAND and MEDIAN.

    `value` is the column of the median, `line` the encoding of a line's colour and dashes, `share` a number format.
    """
    rows = base.transform_filter(f"datum.series === '{MEDIAN}'")
    area = rows.transform_calculate(series=f"'{BAND}'").mark_area(opacity=0.26, tooltip=None, line=False)
    tips = [
        alt.Tooltip("month:T", format="%B %Y", title="Bulan"),
        alt.Tooltip(f"{LOW}:Q", format=share, title="Batas bawah (10%)"),
        alt.Tooltip(f"{value}:Q", format=share, title=MEDIAN),
        alt.Tooltip(f"{HIGH}:Q", format=share, title="Batas atas (90%)"),
    ]
    return [
        area.encode(y=f"{LOW}:Q", y2=f"{HIGH}:Q", color=line["color"]),
        rows.mark_line(tooltip=None, strokeWidth=2).encode(**line),
        rows.mark_line(stroke="transparent", strokeWidth=16, clip=True).encode(tooltip=tips),
    ]


def whiskers(base: alt.Chart, ink: dict, page: dict, median: str) -> list[alt.Chart]:
    """For bars: a line from `low` to `high`, and a short stroke at the median (column `median`), a row a bar."""
    rows = base.transform_filter(f"isValid(datum.{LOW})")
    tips = [
        alt.Tooltip("year:O", title="Tahun"),
        alt.Tooltip(f"{LOW}:Q", format="$,.0f", title="Batas bawah (10%)"),
        alt.Tooltip(f"{median}:Q", format="$,.0f", title=MEDIAN),
        alt.Tooltip(f"{HIGH}:Q", format="$,.0f", title="Batas atas (90%)"),
    ]
    span = {"y": f"{LOW}:Q", "y2": f"{HIGH}:Q"}
    return [
        rows.mark_rule(stroke=page, strokeWidth=5, tooltip=None).encode(**span),
        rows.mark_rule(stroke=ink, strokeWidth=2).encode(**span, tooltip=tips),
        rows.mark_tick(color=ink, thickness=2, width=14).encode(y=f"{median}:Q", tooltip=tips),
    ]
