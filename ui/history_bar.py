"""Undo and redo, and their memory in the browser's tab: steps outlive a reload and a lost connection.

The server keeps them in the session only. At each drawing the tab writes them into its own sessionStorage; a new
session (after a reload, or a restart of the server) gets back what the tab had written for the old one.
"""

import secrets
from collections.abc import Callable

import streamlit as st

from ui import state
from ui.html import plain_markdown

FRAGMENT = "riwayat"

_MEMORY = st.components.v2.component(
    "simulator_history",
    js="""
export default function (component) {
  const { data, setTriggerValue } = component;
  const place = "simulator-riwayat";
  let kept = null;
  try {
    kept = JSON.parse(window.sessionStorage.getItem(place));
  } catch (problem) {
    kept = null;
  }
  const unheard = kept && kept.text && kept.session !== data.session && kept.session !== data.heard;
  if (unheard) {
    setTriggerValue("kept", kept);
    return;
  }
  try {
    window.sessionStorage.setItem(place, JSON.stringify({ session: data.session, text: data.text }));
  } catch (problem) {
    console.warn(problem);
  }
}
""",
)


@st.fragment(key=FRAGMENT)
def show(present: bool = False) -> None:
    """Two buttons side by side. They draw the whole page anew; a lever draws only them.

    With `present` a third leads to the page before a projector.
    """
    past, future = state.history().past, state.history().future
    undone = f"Mengurungkan: {past[-1].what}" if past else "Belum ada langkah yang dapat diurungkan."
    again = f"Mengulangi: {future[-1].what}" if future else "Tidak ada langkah yang diurungkan."
    with st.container(horizontal=True, gap="small", key="urung"):
        _button("↶ Urungkan", "urungkan", bool(past), undone, _undo)
        _button("↷ Ulangi", "ulangi", bool(future), again, _redo)
        told = "Satu pertanyaan satu layar, untuk proyektor, dengan pengaturan ini."
        if present and st.button("▶ Presentasi", key="presentasi", help=told, width="stretch"):
            from ui.present_page import as_page

            st.switch_page(as_page(), query_params=state.address())
    remember()


def remember() -> None:
    """Let the browser's tab keep the steps; a page without the buttons calls this in what follows its levers."""
    memory = {"session": _session(), "heard": st.session_state.get("heard"), "text": state.history_text()}
    with st.container(key="ingatan"):
        _MEMORY(data=memory, key="ingatan_tab", on_kept_change=_kept)


def _button(text: str, key: str, possible: bool, told: str, what: Callable[[], None]) -> None:
    st.button(text, key=key, disabled=not possible, help=plain_markdown(told), on_click=what, width="stretch")


def _session() -> str:
    return st.session_state.setdefault("session", secrets.token_hex(8))


def _undo() -> None:
    state.undo()
    st.rerun()


def _redo() -> None:
    state.redo()
    st.rerun()


def _kept() -> None:
    """The tab tells what it kept, once for each session it kept it for."""
    kept = st.session_state["ingatan_tab"].get("kept")
    if not isinstance(kept, dict) or st.session_state.get("heard") == kept.get("session"):
        return
    st.session_state["heard"] = kept.get("session")
    state.take_over_history(kept.get("text"))
