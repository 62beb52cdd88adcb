"""How sure the answer is: what it hangs on, what happens when something goes wrong, and the ranges themselves."""

import streamlit as st

from ui import opening, ranges_tab, ranking_tab, state, stress_tab

TABS = ("Paling berpengaruh", "Uji tekanan", "Rentang angka")


def page() -> None:
    """Only the open tab is worked out."""
    c = opening.sound_case()
    if c is None:
        return
    opening.sidebar(c, "Rentang dan uji tekanan berlaku untuk skenario ini bersama perubahan Anda.")
    with opening.answering():
        tabs = st.tabs(list(TABS), on_change="rerun", key="tabs_risiko")
        bodies = (_ranking, stress_tab.body, ranges_tab.body)
        for tab, body in zip(tabs, bodies, strict=True):
            if tab.open:
                with tab:
                    body(c)


def _ranking(c: state.Case) -> None:
    ranking_tab.body(c, state.case_project(c))
