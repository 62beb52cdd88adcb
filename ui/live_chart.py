"""Charts that follow a slider: built once, then only their rows change.

Building an altair chart takes longer than running the model, and a changed specification
makes the browser draw the whole chart anew. So each chart is built once, from the columns of
its frame without the rows; what is kept is JSON text, which nobody can alter by mistake.
"""

import gc
import json
from collections.abc import Callable, Sequence

import altair
import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import chart_pictures

Chart = altair.Chart | altair.LayerChart
Palette = Sequence[tuple[str, str]]

ROWS = "rows"
MOST_SPECS = 500  # a server with many regions of its users' making starts afresh here

_specs: dict[tuple, str] = {}


def show(
    name: str,
    build: Callable[..., Chart],
    frame: pd.DataFrame,
    *,
    alt: str,
    height: int,
    palette: Palette | None = None,
    into: DeltaGenerator | None = None,
    picture: chart_pictures.Picture | None = None,
) -> DeltaGenerator:
    """Draw a chart, or hand new rows to the one drawn before; `into` is a chart of this run to be drawn over.

    ``build`` is called as ``build(frame)``, or ``build(frame, palette)`` where a palette is
    given: once for each name, palette, height and set of columns. ``alt`` describes the chart
    to screen readers and must stay the same while levers move, for the browser draws the chart
    anew when it changes; a sentence with numbers belongs beside the chart. With a ``picture``
    there are buttons that hand out the chart as SVG and PNG.
    """
    text = spec_text(name, build, frame, height=height, palette=palette)
    if picture is not None:
        chart_pictures.keep(name, text, frame, picture)
        if into is None:
            chart_pictures.buttons(name)
    spec = json.loads(text)
    spec["datasets"] = {ROWS: rows_for(frame, text)}
    return (into or st).vega_lite_chart(None, spec, width="stretch", height="content", alt=alt)


def spec_text(
    name: str,
    build: Callable[..., Chart],
    frame: pd.DataFrame,
    *,
    height: int,
    palette: Palette | None = None,
) -> str:
    """Return the chart's specification without data, building it the first time."""
    key = (name, height, tuple(frame.columns), palette and tuple(palette))
    text = _specs.get(key)
    if text is None:
        empty = frame.iloc[:0]
        chart = build(empty) if palette is None else build(empty, palette)
        spec = chart.properties(height=height).to_dict()
        spec.pop("datasets", None)
        text = json.dumps({**spec, "data": {"name": ROWS}})
        if len(_specs) >= MOST_SPECS:
            _specs.clear()
        _specs[key] = text
    return text


def rows_for(frame: pd.DataFrame, spec: str) -> pa.Table:
    """Return the columns that a specification speaks of, packed for the way to the browser."""
    used = [column for column in frame.columns if column in spec]
    # Column by column: for so few rows pa.Table.from_pandas takes ten times as long.
    return pa.table({name: _packed(pa.Array.from_pandas(frame[name])) for name in used})


def _packed(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Send a repeated text once, and whole numbers as the only kind of number that Vega has."""
    if pa.types.is_integer(column.type):
        return column.cast(pa.float64())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column.dictionary_encode()
    return column


@st.cache_resource(show_spinner=False)
def settle_memory() -> bool:
    """Take what is loaded by now out of garbage collection, once a process.

    Streamlit collects garbage after each run, before the answer leaves; with pandas and altair
    loaded that takes 50 ms. Objects frozen here are no longer looked at. Call it after imports.
    """
    gc.collect()
    gc.freeze()
    return True
