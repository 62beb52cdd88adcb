"""The formulas of a run that a page has found, folded away below it."""

from html import escape

import streamlit as st

from simulator import Projection
from simulator.questions import formulas
from ui import html, origin


def table(run: Projection, before: Projection, year: int) -> str:
    """Every output of a run in one year: formula, the same with its numbers, and behind each name inputs and law."""
    told, rows, origins = origin.Told(), [], []
    for x in formulas.outputs(run, before, year):
        lines = "<br>".join(escape(one.formula) for one in x.lines[:1])
        filled = "<br>".join(escape(html.unbroken(one.filled)) for one in x.lines[:1])
        rows.append([escape(x.title), lines or escape(x.told), filled])
        origins.append(origin.explanation(x, told, x.title))
    hint = '<span class="kecil">Ketuk nama keluaran untuk rumus bagian-bagiannya, masukan, dan peraturannya.</span>'
    return hint + html.grid(("Keluaran", "Rumus", f"Dengan angka {year}"), rows, origins=origins)


def folded(run: Projection, before: Projection, year: int, name: str) -> None:
    """The table in a box that is worked out only when it is opened; `name` tells the boxes of a page apart."""
    with st.expander(f"Rumus dan sumber angka hasil ini, {year}", on_change="rerun", key=f"rumus {name}") as box:
        if box.open:
            st.html(table(run, before, year))
