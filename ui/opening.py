"""How every page with a question begins: the address, a sound region, and what the question stands on."""

import streamlit as st

from simulator import InputError
from ui import history_bar, html, simulation_page, state


def sound_case() -> state.Case | None:
    """The session's case, after the browser's address; None, and said so, where its region's file has faults."""
    state.follow_address()
    c = state.case()
    try:
        state.region(c.region)
    except InputError:
        st.error("Berkas daerah ini belum dapat dipakai; halaman Simulasi menyebutkan sebabnya.")
        return None
    return c


def sidebar(c: state.Case, text: str) -> None:
    """Undo, region and scenario; `text` says what is asked on top of them."""
    with st.sidebar:
        history_bar.show()
        simulation_page.choices(c)
        st.caption(text)


def notices(c: state.Case) -> None:
    """What the last step has to say."""
    for told in c.notices:
        st.info(html.plain_markdown(told))
