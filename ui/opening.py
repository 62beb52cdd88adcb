"""How every page with a question begins: the address, a sound region, and what the question stands on."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from simulator import InputError
from ui import history_bar, html, simulation_page, state
from ui.cases import reason_text


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


@contextmanager
def answering() -> Iterator[state.Case]:
    """Around all that follows a question: what the last step has to say above it, and a question that cannot be
    asked told in one line; the address last."""
    c = state.case()
    state.touched_no_more()
    for told in c.notices:
        st.info(html.plain_markdown(told))
    try:
        yield c
    except InputError as err:
        st.error(reason_text(err))
    state.write_address()
