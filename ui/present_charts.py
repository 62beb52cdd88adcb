"""Charts of a presentation: those of the pages with larger type, and two of groups of workers. Pure functions."""

import json
import re
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from simulator import indonesian as fmt
from ui.charts import INK, finish, payer_colour, plain_axis

MOST_GROUPS = 7  # bars that can be read from the last row
REST = "Kelompok lain"
NOW, ADDED, LESS, OPEN = "Seperti kondisi berjalan", "Tambahan", "Berkurang", "Belum terlindungi"
PARTS = ((NOW, "#1668ad"), (ADDED, "#2ca25f"), (LESS, "#c2571a"), (OPEN, "#80889455"))

# Type grows with the window's width: 12 px of the page are 17 px on 1366 px, 24 on 1920, and stay 12 on a phone.
LARGER = {"name": "besar", "expr": "clamp(windowSize()[0] / 1366 * 1.42, 1, 3)"}
LEAST = 12  # px on the page; smaller type is drawn as if it had this size
_SIZES = {"fontSize", "labelFontSize", "titleFontSize"}
_LENGTHS = {
    "titleY", "symbolSize", "titlePadding", "labelPadding", "columnPadding", "labelOffset", "lineHeight", "labelLimit",
}  # fmt: skip
_COLUMNS = re.compile(r"width >= (\d+)")


def larger(spec: str) -> dict[str, Any]:
    """A specification of `live_chart.spec_text` for a projector: larger type, as high as there is room."""
    found = _larger(json.loads(_COLUMNS.sub(r"width >= \1 * besar", spec)))
    found.pop("height", None)
    found["autosize"] = {"type": "fit", "contains": "padding"}
    for part in ("axis", "legend"):
        found["config"][part] |= {"labelColor": INK, "titleColor": INK}
    found["params"] = [*found.get("params", ()), LARGER]
    return found


def _larger(part: Any) -> Any:
    if isinstance(part, list):
        return [_larger(p) for p in part]
    if not isinstance(part, dict):
        return part
    return {name: _grown(name, value) for name, value in part.items()}


def _grown(name: str, value: Any) -> Any:
    """One property, with sizes and lengths that go with the type made to grow with it.

    Dashes of a scale cannot follow the window; they are longer, so that thick lines stay dashed and seen from afar.
    """
    if name == "strokeDash" and isinstance(value, dict) and isinstance(value.get("scale"), dict):
        dashes = [
            [max(2 * n, 5) for n in dash] if dash[1:] != [0] else dash for dash in value["scale"].get("range", ())
        ]
        return _larger(value | {"scale": value["scale"] | {"range": dashes}})
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return _larger(value)
    if name in _SIZES:
        return {"expr": f"{max(value, LEAST)} * besar"}
    thick = name == "strokeWidth" and value >= 2
    return {"expr": f"{value} * besar"} if thick or name in _LENGTHS else value


# ---- groups of workers


def gap_frame(names: list[str], gaps: np.ndarray) -> pd.DataFrame:
    """group, people, said: workers not insured by group, most first; what is too much for a screen in one row."""
    order = np.argsort(-gaps, kind="stable")
    few = order if len(order) <= MOST_GROUPS else order[: MOST_GROUPS - 1]
    rows = [(names[i], float(gaps[i])) for i in few]
    if len(few) < len(order):
        rows.append((f"{REST} ({len(order) - len(few)})", float(gaps[order[len(few) :]].sum())))
    return pd.DataFrame(rows, columns=["group", "people"])


def gap_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Workers not insured, a bar a group with its name above it. Columns: group, people; in the frame's order."""
    base = alt.Chart(frame).encode(y=_rows())
    bars = base.mark_bar(height={"band": 0.42}, yOffset=_below(), color="#c2571a", tooltip=None).encode(
        x=alt.X("people:Q", axis=None, scale=alt.Scale(nice=False))
    )
    return finish(alt.layer(bars, _named(base, "datum.group + ': ' + format(datum.people, ',.0f')")))


def cover_frame(names: list[str], insured: np.ndarray, before: np.ndarray, gaps: np.ndarray) -> pd.DataFrame:
    """group, said, part, order, workers: each group's insured as today, added, lost, and not insured; largest first."""
    sizes, order = insured + gaps, np.argsort(-(insured + gaps), kind="stable")
    lists = [[i] for i in order if sizes[i] >= 0.5]
    if len(lists) > MOST_GROUPS:
        rest = [i for one in lists[MOST_GROUPS - 1 :] for i in one]
        lists = [*lists[: MOST_GROUPS - 1], rest]
    rows = []
    for own in lists:
        name = names[own[0]] if len(own) == 1 else f"{REST} ({len(own)})"
        now, old, size = (float(x[own].sum()) for x in (insured, before, sizes))
        lost = min(max(0.0, old - now), size - now)
        parts = (min(now, old), max(0.0, now - old), lost, size - now - lost)
        rows += [
            (name, f"{name}: {fmt.percent(now / size, 0)} dari {fmt.count(size)} pekerja", part, k, people / size)
            for k, ((part, _), people) in enumerate(zip(PARTS, parts, strict=True))
        ]
    return pd.DataFrame(rows, columns=["group", "said", "part", "order", "share"])


def cover_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Shares of each group: insured as today, added, lost, not insured. Columns: group, said, part, order, share."""
    base = alt.Chart(frame).encode(y=_rows())
    bars = base.mark_bar(height={"band": 0.42}, yOffset=_below(), tooltip=None).encode(
        x=alt.X("share:Q", stack="zero", axis=_share_axis(), scale=alt.Scale(domain=[0, 1], nice=False)),
        color=payer_colour("part", PARTS),
        order="order:Q",
    )
    names = _named(base.transform_filter("datum.order === 0"), "datum.said")
    return finish(alt.layer(bars, names))


def _rows() -> alt.Y:
    return alt.Y("group:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0.05, paddingOuter=0))


def _below() -> dict[str, str]:
    return {"expr": "bandwidth('y') * 0.26"}


def _named(base: alt.Chart, said: str) -> alt.Chart:
    """What stands above each bar."""
    text = base.transform_calculate(line=said).mark_text(
        align="left", fontSize=12, fill=INK, tooltip=None, yOffset={"expr": "bandwidth('y') * -0.24"}
    )
    return text.encode(x=alt.value(0), text="line:N")


def _share_axis() -> alt.Axis:
    return plain_axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
