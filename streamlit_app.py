"""The door: page set-up and navigation, nothing else. Start with `streamlit run streamlit_app.py`."""

from pathlib import Path

import streamlit as st

from ui import (
    compare_page,
    data_page,
    goal_page,
    guide_page,
    method_page,
    mix_page,
    own_store,
    present_page,
    print_style,
    proof_page,
    report_page,
    risk_page,
    simulation_page,
    style,
)
from ui.live_chart import settle_memory

st.set_page_config(
    page_title="Simulator cakupan Jamsostek",
    page_icon=str(Path(__file__).parent / "ui" / "icon.png"),  # a file of ours: named icons come from the network
    layout="wide",
    initial_sidebar_state=390,
)
settle_memory()
style.apply()
page = st.navigation(
    [
        st.Page(simulation_page.page, title="Simulasi", url_path="simulasi", default=True),
        st.Page(compare_page.page, title="Bandingkan", url_path="bandingkan"),
        st.Page(goal_page.page, title="Cari jawaban", url_path="cari"),
        st.Page(mix_page.page, title="Bauran termurah", url_path="bauran"),
        st.Page(risk_page.page, title="Risiko", url_path="risiko"),
        st.Page(report_page.page, title="Laporan", url_path="laporan"),
        present_page.as_page(),
        st.Page(data_page.page, title="Data daerah", url_path="data"),
        st.Page(proof_page.page, title="Uji model", url_path="uji"),
        st.Page(method_page.page, title="Metode dan sumber", url_path="metode"),
        st.Page(guide_page.page, title="Panduan", url_path="panduan"),
    ],
    position="top",
)
head = st.container(key="cetak")
if own_store.listen():
    page.run()
    with head:
        print_style.heading()
    with st.container(key="cetak_akhir"):
        print_style.ending()
