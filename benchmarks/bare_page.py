"""A bare Streamlit page, the floor that the app is timed against: one slider and one chart.

It leaves out all that costs time: the chart's specification is a constant, its rows come from a
few lines of numpy, nothing else stands on the page. The chart takes the size given in CHART_SIZE.
"""

import os

import numpy as np
import pyarrow as pa
import streamlit as st

WIDTH, HEIGHT = (int(part) for part in os.environ.get("CHART_SIZE", "700x300").split("x"))
MONTHS = np.arange(60)
SPEC = {
    "mark": {"type": "line", "strokeWidth": 2},
    "encoding": {
        "x": {"field": "month", "type": "quantitative", "title": None},
        "y": {"field": "share", "type": "quantitative", "title": None},
        "color": {"field": "series", "type": "nominal", "legend": {"orient": "bottom", "title": None}},
    },
    "config": {"aria": False},
    "usermeta": {"embedOptions": {"renderer": "canvas"}},
}


def rows(level: int) -> pa.Table:
    low = 0.2 + 0.002 * MONTHS
    high = low + level / 100 * (1 - np.exp(-MONTHS / 18))
    series = np.repeat(["A", "B"], MONTHS.size)
    return pa.table({"month": np.tile(MONTHS, 2), "share": np.concatenate([high, low]), "series": series})


st.set_page_config(layout="wide")
chosen = st.slider("Level", 0, 100, 20)
st.vega_lite_chart(rows(chosen), SPEC, width=WIDTH, height=HEIGHT, alt="Two lines over 60 months")
