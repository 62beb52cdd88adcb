"""The page Simulasi with buttons that keep and take away own regions, for tests in a browser."""

import samples
import streamlit as st

from ui import own, own_store, simulation_page, state, style

st.set_page_config(layout="wide")
style.apply()
ready = own_store.listen()
own_store.show()


def _put(title: str) -> None:
    state.touch()
    own.put(None, {**samples.data(), "title": title})


def _edit() -> None:
    """The own region of the session's case with more workers insured."""
    state.touch()
    data = own.regions.region(state.case().region)._data
    own.put(state.case().region, {**data, "covered": 150000})


def _draft() -> None:
    state.touch()
    own.keep_draft("milik-daerah-draf", '{"region": "belum selesai"}')


def _remove() -> None:
    state.touch()
    own.remove(state.case().region)


with st.container(horizontal=True):
    for title in ("Kabupaten Contoh", "Kota Lain"):
        st.button(f"Simpan {title}", on_click=_put, args=(title,))
    st.button("Sunting", on_click=_edit)
    st.button("Simpan draf", on_click=_draft)
    st.button("Hapus", on_click=_remove)
st.text(f"milik: {', '.join(own.names())}; draf: {own.draft('milik-daerah-draf')}")
if ready:
    simulation_page.page()
