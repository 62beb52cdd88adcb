"""Charts for paper: they tell the same when printed in grey.

Lines are told apart by dashes and by a letter at their end, funders by a number in their part of the bar; colour only
helps. Pure functions: a frame of `simulator.questions.compare` in, an altair chart out.
"""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from reports.memo.plain import shorten, width
from simulator import indonesian as fmt
from ui.charts import RUPIAH_WORDS, at_least_to, plain_axis, top_axis
from ui.locale_id import LOCALE
from ui.palette import region_palette

WIDTH = 640  # px: 17 cm at 96 to the inch, so that 12 px are 9 pt on paper
LINES_HEIGHT = 165  # px of the lines; legend and axis come below
END_ROOM, LETTER_ROOM = 84, 26  # px right of the last month: for letters with figures at the lines' ends, for letters
BAR, TEXT, GAP = 18, 15, 7  # px of a bar, of a line of the text over it, and between that and the bar above
PLOT = 560  # px of the longest bar
GOAL = 36  # characters of a target's name
LEGEND_LINE, STROKE = 17, 46  # px of a line of the legend and of the stroke before it
LETTERS = 12  # px
AXIS_ROOM = 36  # px of the axis left of the lines
INK, HAIR = "#1f2430", "#ffffff"
FONT = "Arial, Liberation Sans, sans-serif"

# (colour, dash, width): dark enough each to be seen in grey.
LOOKS = {
    "berjalan": ("#6b7079", (6, 4), 2.2),
    "usulan": ("#0f3d7a", (1, 0), 3.4),
    "1": ("#b5397f", (12, 3), 2.2),
    "2": ("#1f6f45", (2, 3), 2.4),
    "3": ("#8a6a00", (9, 3, 2, 3), 2.2),
    "4": ("#5b3fb0", (16, 3, 2, 3, 2, 3), 2.2),
}
TARGET, TARGET_LABEL = "target", "Target"
TARGET_LOOK = ("#b8470c", (3, 3), 1.6)


def coverage_chart(frame: pd.DataFrame, base: str, year: int) -> alt.LayerChart:
    """Coverage by month of all sides and the targets; a letter stands at each line's end.

    Columns: those of `compare.coverage`; with low and high the side that the report is about has its band, pale.
    `base` is what coverage is a share of. Where the run goes on after the report's year a rule marks that year's end;
    else each letter has its figure beside it.
    """
    rows = _labelled(frame, year)
    dated = alt.Chart().encode(x=_months(_last(rows).year <= year), y=_shares(rows, base))
    looks = _looks(rows)
    colour = _scaled(alt.Color, looks, 0)
    shown = {"color": colour, "strokeDash": _scaled(alt.StrokeDash, looks, 1), "detail": alt.Detail("goal:N")}
    lines, targets = (dated.transform_filter(f"datum.side {sign} '{TARGET}'") for sign in ("!==", "==="))
    due = targets.transform_filter("datum.end !== ''")
    layers = [
        *_band(lines, rows),
        *_year_end(rows, year),
        targets.mark_line(interpolate="step-before", strokeWidth=TARGET_LOOK[2]).encode(**shown),
        *(_line(dated, key, width, shown) for key, (_, _, width) in LOOKS.items() if (rows["side"] == key).any()),
        lines.transform_filter("datum.end !== ''")
        .mark_text(align="left", dx=6, fontSize=12, fontWeight="bold")
        .encode(y=alt.Y("end_at:Q"), text=alt.Text("end:N"), color=colour),
        due.mark_point(shape="diamond", size=80, filled=True, opacity=1).encode(color=colour),
        *_goals(due, rows),
        *_legend(looks, shown),
    ]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return _finish(alt.layer(*layers, data=rows)).properties(width=WIDTH, height=LINES_HEIGHT, autosize=fit)


def _goals(due: alt.Chart, rows: pd.DataFrame) -> list[alt.Chart]:
    """Each target's name and height, on white, on that side of its mark on which there is room."""
    first = rows["month"].min()
    middle = (first + (_last(rows) - first) / 2).strftime("%Y-%m-%d")
    found = []
    for sign, align, dx, dy in (("<", "left", 8, 11), (">=", "right", -6, -9)):
        here = due.transform_filter(f"datum.month {sign} toDate('{middle}')").encode(text=alt.Text("end:N"))
        look = {"align": align, "dx": dx, "dy": dy, "fontSize": 11, "fill": INK}
        found += [here.mark_text(**look, stroke=HAIR, strokeWidth=4, strokeJoin="round"), here.mark_text(**look)]
    return found


def _months(figures: bool) -> alt.X:
    room = END_ROOM if figures else LETTER_ROOM
    years = {"interval": "year", "step": 1}
    axis = plain_axis(grid=False, ticks=True, tickSize=4, tickCount=years, format="%b %Y", labelFlush=False)
    return alt.X("month:T", scale=alt.Scale(range=[0, {"expr": f"width - {room}"}]), axis=axis)


def _shares(rows: pd.DataFrame, base: str) -> alt.Y:
    axis = top_axis(f"Cakupan, % dari {base} (sumbu tidak mulai dari 0)", format=".1~%")
    return alt.Y("coverage:Q", axis=axis, scale=alt.Scale(domain=list(_span(rows)), nice=False, zero=False))


def _span(rows: pd.DataFrame) -> tuple[float, float]:
    """What the axis of shares reaches over: lines, targets, the band, and room for a target's name."""
    own = rows[rows["side"] == main_key(rows)]
    ends = [rows["coverage"], *((own["low"], own["high"]) if has_band(rows) else ())]
    low, high = min(float(x.min()) for x in ends), max(float(x.max()) for x in ends)
    room = max(high - low, 0.01)
    return max(0.0, low - room * 0.11), high + room * 0.12


def _year_end(rows: pd.DataFrame, year: int) -> list[alt.LayerChart]:
    """A rule at the end of the report's year, where the run goes on after it."""
    if _last(rows).year <= year:
        return []
    at = alt.Chart(pd.DataFrame({"month": [pd.Timestamp(year, 12, 1)], "text": [fmt.month((year, 12))]}))
    at = at.encode(x=alt.X("month:T"))
    return [
        at.mark_rule(color="#888c95", strokeWidth=1),
        at.mark_text(align="left", baseline="top", dx=4, fontSize=11, fill=INK).encode(
            y=alt.YValue(2), text=alt.Text("text:N")
        ),
    ]


def _last(rows: pd.DataFrame) -> pd.Timestamp:
    return rows.loc[rows["side"] != TARGET, "month"].max()


def _line(dated: alt.Chart, key: str, width: float, shown: dict) -> alt.Chart:
    only = dated.transform_filter(f"datum.side === '{key}'")
    return only.mark_line(strokeJoin="round", strokeWidth=width).encode(**shown)


def _band(lines: alt.Chart, rows: pd.DataFrame) -> list[alt.Chart]:
    """The 10–90% band of the main side; several would be one grey patch on paper."""
    key = main_key(rows)
    if not has_band(rows):
        return []
    band = lines.transform_filter(f"datum.side === '{key}'").mark_area(opacity=0.16, color=LOOKS[key][0])
    return [band.encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))]


def main_key(rows: pd.DataFrame) -> str:
    """The side that a report is about: where it is today's policy there is no other."""
    return "usulan" if (rows["side"] == "usulan").any() else "berjalan"


def has_band(rows: pd.DataFrame) -> bool:
    """Whether the main side has a band."""
    own = rows[rows["side"] == main_key(rows)]
    return "low" in own and bool(own["low"].notna().any()) and bool((own["high"] - own["low"]).max() > 5e-5)


def _labelled(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows with line (what the legend says), end (what stands at a line's end) and end_at (at what height).

    A target gets a row in the first month, so that its line leads up to it.
    """
    targets = frame[frame["side"] == TARGET].sort_values("month").drop_duplicates("goal")
    begun = targets[targets["month"] > frame["month"].min()].assign(month=frame["month"].min())
    rows = pd.concat([frame, begun], ignore_index=True)
    last, target = rows["mark"] != "", rows["side"] == TARGET
    figures = _last(rows).year <= year
    rows["end"] = ""
    rows.loc[last, "end"] = [
        f"{m}  {fmt.percent(v)}" if figures else m
        for m, v in zip(rows["mark"][last], rows["coverage"][last], strict=True)
    ]
    rows.loc[target, "end"] = [
        "" if first else f"{shorten(goal[:1].upper() + goal[1:], GOAL)} {fmt.percent_short(v)}"
        for first, goal, v in zip(rows.index[target] >= len(frame), rows["goal"][target], rows["coverage"][target],
                                  strict=True)
    ]  # fmt: skip
    low, high = _span(rows)
    rows.loc[last, "end_at"] = apart(rows["coverage"][last].to_numpy(float), (high - low) * 14 / LINES_HEIGHT)
    marks = rows[last].set_index("side")["mark"]
    line = [
        TARGET_LABEL if side == TARGET else f"{marks[side]}  {name}"
        for side, name in zip(rows["side"], rows["name"], strict=True)
    ]
    return rows.assign(line=line).drop(columns=["name", "insured", "middle", "mark_at"], errors="ignore")


def apart(heights: np.ndarray, gap: float) -> np.ndarray:
    """Heights moved until every two are a gap apart, in the same order and around the same middle."""
    order = np.argsort(heights, kind="stable")
    placed = heights[order].astype(float)
    for _ in range(200):
        short = gap - np.diff(placed)
        if not (short > gap * 1e-3).any():
            break
        push = np.maximum(short, 0) / 2
        placed[:-1] -= push
        placed[1:] += push
    found = np.empty_like(placed)
    found[order] = placed
    return found


def _looks(rows: pd.DataFrame) -> dict[str, tuple]:
    """What the legend says of each line → its look, in the order of the sides, the target last."""
    found = {line: LOOKS[side] for side, line in zip(rows["side"], rows["line"], strict=True) if side != TARGET}
    return {**found, TARGET_LABEL: TARGET_LOOK} if (rows["side"] == TARGET).any() else found


def _scaled(channel: type, looks: dict[str, tuple], place: int) -> alt.Color | alt.StrokeDash:
    """Colour or dash by line."""
    values = [list(look[place]) if place else look[place] for look in looks.values()]
    return channel("line:N", scale=alt.Scale(domain=list(looks), range=values), legend=None)


def _legend(looks: dict[str, tuple], shown: dict) -> list[alt.Chart]:
    """Strokes long enough to show their dashes, each with its name, below the axis in one column or two."""
    columns = 2 if max(width(line, LETTERS) for line in looks) <= WIDTH / 2 - STROKE - 16 else 1
    per = -(-len(looks) // columns)
    room = WIDTH / columns - STROKE - 16
    places = [
        {
            "line": line,
            "said": cut(line, room),
            "left": i // per * WIDTH / 2 - AXIS_ROOM,
            "at": LINES_HEIGHT + 40 + i % per * LEGEND_LINE,
        }
        for i, line in enumerate(looks)
    ]
    base = alt.Chart(pd.DataFrame(places)).encode(y=alt.YValue(_at("datum.at")))
    return [
        base.mark_rule(strokeWidth=2.6).encode(
            x=alt.XValue(_at("datum.left")),
            x2=alt.X2Value(_at(f"datum.left + {STROKE}")),
            y2=alt.Y2Value(_at("datum.at")),
            **{**shown, "detail": alt.Detail("line:N")},
        ),
        base.mark_text(align="left", baseline="middle", fontSize=12, fill=INK).encode(
            x=alt.XValue(_at(f"datum.left + {STROKE + 8}")), text=alt.Text("said:N")
        ),
    ]


def cut(text: str, room: float) -> str:
    """A text in one line of so many px."""
    if width(text, LETTERS) <= room:
        return text
    most = next(n for n in range(len(text), 0, -1) if n == 1 or width(text[:n], LETTERS) <= room - 12)
    return f"{text[:most].rstrip()}…"


def _at(expression: str) -> dict:
    """A place in px."""
    return {"expr": expression}


# ---- cost


def cost_chart(frame: pd.DataFrame, funders: Sequence[tuple[str, str]]) -> alt.LayerChart:
    """What the funders pay in a year, a bar a side, stacked by funder; in each part stands the funder's number.

    Columns: those of `compare.cost`, with a rupiah somewhere. `funders` are all (id, name) of the region, so that each
    keeps its colour.
    """
    rows = _stacked(frame)
    colours = dict(region_palette(funders))
    known = rows.drop_duplicates("label").sort_values("place")
    domain, shades = list(known["label"]), [colours[name] for name in known["payer"]]
    rows["ink"] = [_ink(colours[name]) for name in rows["payer"]]
    base = alt.Chart().encode(y=alt.Y("side:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)))
    low = {"expr": f"bandwidth('y') / 2 - {BAR / 2}"}  # the middle of a bar at its band's end
    axis = plain_axis(labelExpr=RUPIAH_WORDS.format("datum.value"), tickCount=5, grid=False)
    legend = alt.Legend(symbolType="square", columns=_cost_columns(domain), labelLimit=600)
    bars = base.mark_bar(height=BAR, yOffset=low, stroke=HAIR, strokeWidth=1).encode(
        x=alt.X("bottom:Q", axis=axis, scale=at_least_to(1_000_000), stack=None),
        x2=alt.X2("top:Q"),
        color=alt.Color("label:N", scale=alt.Scale(domain=domain, range=shades), legend=legend),
    )
    numbers = base.mark_text(fontSize=11, fontWeight="bold", yOffset=low).encode(
        x=alt.X("middle:Q", stack=None), text=alt.Text("inside:N"), color=alt.Color("ink:N", scale=None)
    )
    heads = (
        base.transform_aggregate(groupby=["side", "head"])
        .mark_text(align="left", baseline="line-top", fontSize=LETTERS, fill=INK)
        .encode(x=alt.XValue(0), text=alt.Text("head:N"))
    )
    heads.mark.yOffset = {"expr": f"{GAP} - bandwidth('y') / 2"}
    height = rows["side"].nunique() * (BAR + TEXT + GAP)
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return _finish(alt.layer(bars, numbers, heads, data=rows)).properties(width=WIDTH, height=height, autosize=fit)


def _stacked(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of funders that pay anywhere, stacked, with label, inside (the number, where it fits) and head."""
    paid = frame.groupby("colour_key")["rupiah"].transform("max") > 0.5
    rows = frame[paid].sort_values(["order"], kind="stable").reset_index(drop=True)
    place = {key: i + 1 for i, key in enumerate(dict.fromkeys(rows["colour_key"]))}
    rows["place"] = rows["colour_key"].map(place)
    rows["label"] = [f"{n}  {name}" for n, name in zip(rows["place"], rows["payer"], strict=True)]
    rows["top"] = rows.groupby("side")["rupiah"].cumsum()
    rows["bottom"] = rows["top"] - rows["rupiah"]
    rows["middle"] = (rows["top"] + rows["bottom"]) / 2
    px = rows["rupiah"] / rows["top"].max() * PLOT
    rows["inside"] = [_inside(n, v, w) for n, v, w in zip(rows["place"], rows["rupiah"], px, strict=True)]
    sides = list(dict.fromkeys(frame["side"]))
    rows = rows.sort_values("side", key=lambda s: s.map(sides.index), kind="stable")
    return rows.merge(_heads(frame), on="side", how="left")


def _inside(number: int, rupiah: float, px: float) -> str:
    """What is written in a part: number and sum, the number alone, or nothing where the part is too narrow."""
    whole = f"{number}:  {fmt.rupiah(rupiah).removeprefix('Rp').strip()}"
    if px >= 7.2 * len(whole):
        return whole
    return str(number) if px >= 14 else ""


def _heads(frame: pd.DataFrame) -> pd.DataFrame:
    """side, head: letter, name and sum over each bar."""
    rows = []
    for (side, mark, name), total in frame.groupby(["side", "mark", "name"], sort=False)["rupiah"].sum().items():
        paid = fmt.rupiah(total) if total > 0.5 else "tanpa biaya"
        rows.append((side, f"{cut(f'{mark}  {name}', WIDTH - 120)}: {paid}"))
    return pd.DataFrame(rows, columns=["side", "head"])


def _cost_columns(labels: Sequence[str]) -> int:
    """As many columns as the longest label leaves room for."""
    return max(1, min(len(labels), int(WIDTH / (38 + max(width(x, LETTERS) for x in labels)))))


def _ink(colour: str) -> str:
    """Black or white, whichever is read on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 128 else HAIR


def _finish(chart: alt.LayerChart) -> alt.LayerChart:
    """Indonesian numbers, a legend below, letters that Word's own look like."""
    return chart.properties(padding={"left": 2, "right": 2, "top": 4, "bottom": 2}).configure(
        locale=LOCALE,
        font=FONT,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        view={"stroke": None},
        axis={
            "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": INK,
            "titleColor": INK, "domainColor": "#888c95", "tickColor": "#888c95", "gridColor": "#dfe2e7",
        },
        legend={
            "orient": "bottom", "title": None, "labelFontSize": 12, "labelColor": INK, "symbolStrokeWidth": 0,
            "symbolSize": 130, "columnPadding": 16, "rowPadding": 3, "padding": 0, "labelOffset": 6, "offset": 10,
        },
    )  # fmt: skip
