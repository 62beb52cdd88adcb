"""Charts as pure functions: a tidy frame in, an altair chart out.

A chart's specification may hang on the region (its payers and their colours), never on a
value in the frame: no number stands in a title, a domain or a height. The browser then keeps
the chart it has drawn and only swaps the rows (see ``ui.live_chart``).
"""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from ui import band_charts
from ui.locale_id import LOCALE
from ui.palette import CLAIM_COLOURS, SERIES_COLOURS

SCENARIO, BASELINE, TARGET = "Skenario", "Kondisi berjalan", "Target"
PAID, UNSPENT = "Iuran terbayar", "Tidak terpakai"
NOT_COVERED = "Belum terlindungi"
DASHES = {SCENARIO: [1, 0], BASELINE: [6, 4], TARGET: [2, 4]}

# Vega knows the colour of the page as the signal `background`.
PAGE = {"expr": "background"}
INK = {"expr": "luminance(background) > 0.5 ? '#31333f' : '#fafafa'"}

# Where a bar and the line of text above it lie in their band.
LOWER = {"expr": "bandwidth('y') * 0.22"}
UPPER = {"expr": "bandwidth('y') * -0.26"}

# Where a stacked part begins; as a value it leaves the axis to the column `top`.
BOTTOM = {"expr": "scale('y', datum.bottom)"}

# A Vega expression that writes a sum of rupiah in words: 2,6 miliar.
RUPIAH_WORDS = (
    "{0} >= 1e12 ? format({0} / 1e12, ',.2~f') + ' triliun'"
    " : {0} >= 1e9 ? format({0} / 1e9, ',.2~f') + ' miliar'"
    " : {0} >= 1e6 ? format({0} / 1e6, ',.2~f') + ' juta'"
    " : format({0}, ',.0f')"
)

Palette = Sequence[tuple[str, str]]


def coverage_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Coverage by month: the scenario over today's policy, and the target path.

    Columns: month, series ("Skenario", "Kondisi berjalan" or "Target"), goal (a target's name, one
    dotted line a name), coverage (a fraction), insured (people). A target has a row for each month in
    which it is due; its line shows, before that month, the level still to be reached. With the columns low
    and high there is a band: rows of series "Nilai tengah" hold its ends and, as coverage, its median.
    """
    base = alt.Chart(frame).encode(
        x=months_axis(),
        y=alt.Y("coverage:Q", axis=top_axis("Cakupan (% penyebut)", format=".1~%")),
    )
    key = [alt.Tooltip("month:T", format="%B %Y", title="Bulan"), alt.Tooltip("series:N", title="Garis")]
    share = alt.Tooltip("coverage:Q", format=".2%", title="Cakupan")
    people = alt.Tooltip("insured:Q", format=",.0f", title="Terlindungi")
    target = only_rows(base, "series", TARGET)
    numbers = target.mark_text(align="right", dx=-4, dy=-10, fontSize=11, fill=INK, tooltip=None)
    # A thin line is hard to hit: wide unseen ones carry the tooltips, the scenario's on top.
    touch = [
        only_rows(base, "series", series)
        .mark_line(stroke="transparent", strokeWidth=18, strokeJoin="round", clip=True)
        .encode(tooltip=[*key, share, people])
        for series in (BASELINE, SCENARIO)
    ]
    banded = band_charts.LOW in frame.columns
    line = _line_encoding(banded)
    return finish(
        alt.layer(
            *(band_charts.band_layers(base, "coverage", line, ".2%") if banded else ()),
            _series_line(base, BASELINE, line, strokeWidth=2),
            _series_line(base, TARGET, line, strokeWidth=2, interpolate="step-before").encode(detail="goal:N"),
            _series_line(base, SCENARIO, line, strokeWidth=3.5),
            numbers.encode(text=alt.Text("coverage:Q", format=".2~%")),
            *touch,
            target.mark_point(shape="diamond", size=80, filled=True, opacity=1).encode(
                color=alt.value(SERIES_COLOURS[TARGET]),
                tooltip=[key[0], alt.Tooltip("goal:N", title="Target"), share],
            ),
        )
    )


def payers_chart(frame: pd.DataFrame, palette: Palette) -> alt.Chart:
    """Insured workers by month, stacked by who pays.

    Columns: month, payer (label), order (place in the stack), insured; each payer has a row in
    each month, zero where it pays for nobody.
    """
    return finish(
        _stack(alt.Chart(frame), "insured", "month", "order")
        .mark_area(stroke=PAGE, strokeWidth=1)
        .encode(
            x=months_axis(),
            y=_stacked_axis(top_axis("Pekerja terlindungi", format=",.0f"), at_least=10),
            y2=alt.value(BOTTOM),
            color=payer_colour("payer", palette),
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y", title="Bulan"),
                alt.Tooltip("payer:N", title="Pembayar"),
                alt.Tooltip("insured:Q", format=",.0f", title="Pekerja"),
            ],
        )
    )


def cost_chart(frame: pd.DataFrame, palette: Palette) -> alt.Chart | alt.LayerChart:
    """Rupiah by year, stacked by payer; what stays unspent lies on top, pale and dashed.

    Columns: year, payer (label), order (place in the stack), part ("Iuran terbayar" or "Tidak
    terpakai"), rupiah. With the columns low and high a row a year more holds the band of all that is paid: its
    part is "Nilai tengah", rupiah its median.
    """
    unspent = f"datum.part === '{UNSPENT}'"
    banded = band_charts.LOW in frame.columns
    base = alt.Chart(frame).encode(x=alt.X("year:O", axis=plain_axis(labelAngle=0)))
    parts = base.transform_filter(f"datum.part !== '{band_charts.MEDIAN}'") if banded else base
    title = "Rupiah setahun (pucat: tidak terpakai" + ("; garis tegak: 8 dari 10 kemungkinan)" if banded else ")")
    axis = top_axis(title, labelExpr=RUPIAH_WORDS.format("datum.value"))
    bars = (
        _stack(parts, "rupiah", "year", "part", "order")
        .mark_bar(
            width={"band": 0.72},
            fillOpacity={"expr": f"{unspent} ? 0.3 : 1"},
            stroke={"expr": f"{unspent} ? scale('color', datum.payer) : background"},
            strokeDash={"expr": f"{unspent} ? [3, 2] : [1, 0]"},
            strokeWidth={"expr": "datum.rupiah > 0 ? 1 : 0"},
        )
        .encode(
            y=_stacked_axis(axis, at_least=1_000_000),
            y2=alt.value(BOTTOM),
            color=payer_colour("payer", palette),
            tooltip=[
                alt.Tooltip("year:O", title="Tahun"),
                alt.Tooltip("payer:N", title="Sumber"),
                alt.Tooltip("part:N", title="Bagian"),
                alt.Tooltip("rupiah:Q", format="$,.0f", title="Jumlah"),
            ],
        )
    )
    return finish(alt.layer(bars, *band_charts.whiskers(base, INK, PAGE, "rupiah")) if banded else bars)


def segments_chart(frame: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Each group of workers as a bar of equal length, parted by who pays for them.

    Columns: segment, duty_label, part (payer label or "Belum terlindungi"), order, workers.
    Groups differ a thousandfold in size, so a bar shows shares; its size stands in the line
    above it, the share insured at its end. Groups come in the frame's order.
    """
    base = alt.Chart(frame).encode(
        y=alt.Y("segment:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0.12, paddingOuter=0))
    )
    bars = (
        base.transform_joinaggregate(total="sum(workers)", groupby=["segment"])
        .transform_calculate(share="datum.total > 0 ? datum.workers / datum.total : 0")
        .mark_bar(stroke=PAGE, strokeWidth=1, height={"band": 0.5}, yOffset=LOWER)
        .encode(
            x=alt.X("share:Q", stack="zero", scale=alt.Scale(domain=[0, 1.1], nice=False), axis=_share_axis()),
            color=payer_colour("part", palette),
            order="order:Q",
            tooltip=[
                alt.Tooltip("segment:N", title="Kelompok"),
                alt.Tooltip("duty_label:N", title="Sifat"),
                alt.Tooltip("part:N", title="Bagian"),
                alt.Tooltip("workers:Q", format=",.0f", title="Pekerja"),
                alt.Tooltip("share:Q", format=".1%", title="Porsi"),
            ],
        )
    )
    return finish(alt.layer(bars, *_segment_texts(base)))


def _segment_texts(base: alt.Chart) -> list[alt.Chart]:
    """Write name, duty and size above each bar, and the share insured at its end."""
    sums = (
        base.transform_calculate(covered=f"datum.part === '{NOT_COVERED}' ? 0 : datum.workers")
        .transform_aggregate(covered="sum(covered)", total="sum(workers)", groupby=["segment", "duty_label"])
        .transform_calculate(
            line="join([datum.segment, datum.duty_label, format(datum.total, ',.0f') + ' pekerja'], ' · ')",
            rate="datum.total > 0 ? datum.covered / datum.total : 0",
        )
    )
    heads = sums.mark_text(align="left", fontSize=12, fill=INK, tooltip=None, yOffset=UPPER)
    ends = sums.mark_text(align="left", dx=5, fontSize=12, fontWeight="bold", fill=INK, tooltip=None, yOffset=LOWER)
    return [
        heads.encode(x=alt.datum(0), text="line:N"),
        ends.encode(x=alt.datum(1), text=alt.Text("rate:Q", format=".0%")),
    ]


def claims_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Claims to expect, by year and kind, as grouped bars with their numbers.

    Columns: year, kind ("Kematian", "Kecelakaan kerja" or "Anak penerima beasiswa"), count;
    optionally rupiah (NaN where no sum is known), shown in the tooltip.
    """
    kinds = list(CLAIM_COLOURS)
    tips = [
        alt.Tooltip("year:O", title="Tahun"),
        alt.Tooltip("kind:N", title="Jenis"),
        alt.Tooltip("count:Q", format=",.1f", title="Perkiraan"),
    ]
    base = alt.Chart(frame)
    if "rupiah" in frame.columns:
        words = RUPIAH_WORDS.format("datum.rupiah")
        base = base.transform_calculate(amount=f"isValid(datum.rupiah) ? 'Rp\u00a0' + ({words}) : 'tidak dihitung'")
        tips.append(alt.Tooltip("amount:N", title="Santunan"))
    base = base.encode(
        x=alt.X("year:O", axis=plain_axis(labelAngle=0), scale=alt.Scale(paddingInner=0.2)),
        xOffset=alt.XOffset("kind:N", sort=kinds),
    )
    axis = top_axis("Perkiraan kasus setahun", format=",.1~f")
    bars = base.mark_bar(stroke=PAGE, strokeWidth=1).encode(
        y=alt.Y("count:Q", axis=axis, scale=at_least_to(1), stack=None),
        color=payer_colour("kind", tuple(CLAIM_COLOURS.items())),
        tooltip=tips,
    )
    # Numbers over the bars, where the bars are wide enough for them.
    numbers = base.mark_text(
        text={"expr": "format(datum.count, datum.count < 10 ? ',.1~f' : ',.0f')"},
        opacity={"expr": "bandwidth('x') > 62 ? 1 : 0"},
        dy=-7,
        fontSize=11,
        fill=INK,
        tooltip=None,
    )
    return finish(alt.layer(bars, numbers.encode(y=alt.Y("count:Q", stack=None))))


def only_rows(chart: alt.Chart, column: str, value: str) -> alt.Chart:
    """Keep the rows with one value in a column."""
    return chart.transform_filter(f"datum.{column} === '{value}'")


def _series_line(base: alt.Chart, series: str, line: dict, **mark: object) -> alt.Chart:
    """Draw one series as a line in its own colour and dashes, told apart in a common legend."""
    return only_rows(base, "series", series).mark_line(tooltip=None, strokeJoin="round", **mark).encode(**line)


def _line_encoding(banded: bool) -> dict:
    """Colour and dashes of the lines; with a band, also those of its median, the band itself in the legend alone."""
    looks = {name: (colour, DASHES[name]) for name, colour in SERIES_COLOURS.items()}
    if banded:
        looks[band_charts.MEDIAN] = (band_charts.MEDIAN_COLOUR, band_charts.MEDIAN_DASH)
        looks[band_charts.BAND] = (band_charts.BAND_COLOUR, [1, 0])
    colours = alt.Scale(domain=list(looks), range=[colour for colour, _ in looks.values()])
    dashes = alt.Scale(domain=list(looks), range=[dash for _, dash in looks.values()])
    return {
        "color": alt.Color("series:N", scale=colours, legend=line_legend()),
        "strokeDash": alt.StrokeDash("series:N", scale=dashes),
    }


def _scale(palette: Palette) -> alt.Scale:
    """Fix which label has which colour."""
    return alt.Scale(domain=[label for label, _ in palette], range=[colour for _, colour in palette])


def _stack(chart: alt.Chart, value: str, along: str, *order: str) -> alt.Chart:
    """Stack a value in a given order into the columns `bottom` and `top`."""
    return chart.transform_stack(
        stack=value, groupby=[along], sort=[alt.SortField(field) for field in order], as_=["bottom", "top"]
    )


def payer_colour(field: str, palette: Palette) -> alt.Color:
    """Colour by label as the palette says, with a legend below."""
    limit = f"width >= {_legend_width(palette, 2)} ? 400 : width / 2 - 24"
    legend = alt.Legend(symbolType="square", columns={"expr": _columns(palette)}, labelLimit={"expr": limit})
    return alt.Color(f"{field}:N", scale=_scale(palette), legend=legend)


def _columns(palette: Palette) -> str:
    """Return a Vega expression for the most columns of a legend that fit the chart's width."""
    choices = [f"width >= {_legend_width(palette, n)} ? {n} : " for n in range(len(palette), 2, -1)]
    return "".join(choices) + "2"


def _legend_width(palette: Palette, columns: int) -> int:
    """Estimate the pixels that a legend takes, each column as wide as its longest label."""
    labels = [len(label) for label, _ in palette]
    return sum(round(34 + 5.8 * max(labels[i::columns], default=0)) for i in range(columns)) - 14


def line_legend() -> alt.Legend:
    """Return a legend of short strokes in one row."""
    return alt.Legend(columns=3, symbolType="stroke", symbolStrokeWidth=3, symbolSize=300, symbolOpacity=1,
                      labelLimit=240)  # fmt: skip


def _stacked_axis(axis: alt.Axis, *, at_least: float) -> alt.Y:
    """Return the encoding of the tops of parts that are stacked already."""
    return alt.Y("top:Q", axis=axis, scale=at_least_to(at_least), stack=None)


def at_least_to(most: float) -> alt.Scale:
    """Let an axis reach from zero to this much even where there is nothing to draw."""
    return alt.Scale(domain={"unionWith": [0, most]}, nice=True)


def months_axis() -> alt.X:
    """Return the axis of months: about five marks, years where there are several."""
    return alt.X("month:T", axis=plain_axis(grid=False, tickCount=5, ticks=True, tickSize=4))


def plain_axis(**options: object) -> alt.Axis:
    """Return an axis that needs no title: months, years."""
    return alt.Axis(title=None, domain=True, **{"labelPadding": 5, **options})


def top_axis(title: str, **options: object) -> alt.Axis:
    """Return a value axis whose title lies above it, so that it costs no width."""
    return alt.Axis(
        title=title, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-14,
        titleBaseline="bottom", tickCount=5, labelPadding=6, labelFlush=False, **options,
    )  # fmt: skip


def _share_axis() -> alt.Axis:
    """Return the axis of shares from nothing to all."""
    return alt.Axis(title=None, format=".0%", values=[0, 0.25, 0.5, 0.75, 1], labelPadding=4, grid=False)


def finish(chart: alt.Chart | alt.LayerChart) -> alt.Chart | alt.LayerChart:
    """Give a chart the common settings: Indonesian numbers, canvas, a legend below."""
    config: Mapping[str, object] = {
        "locale": LOCALE,
        "mark": {"aria": False},
        "axis": {"aria": False, "labelFontSize": 12, "titleFontSize": 12, "titlePadding": 8},
        "legend": {
            "aria": False, "orient": "bottom", "title": None, "labelFontSize": 12,
            "symbolSize": 120, "symbolStrokeWidth": 0, "columnPadding": 14, "rowPadding": 3, "padding": 0,
            "labelOffset": 4, "offset": 10,
        },
    }  # fmt: skip
    return chart.properties(usermeta={"embedOptions": {"renderer": "canvas"}}).configure(**config)
