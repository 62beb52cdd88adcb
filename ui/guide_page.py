"""The user guide in the app: chapters with their pictures, the terms, and the sheet for the Sekda; no network."""

from html import escape

import streamlit as st

from simulator import glossary
from ui import guide_text, html

ADDRESS = "bab"  # what the address calls the part that is shown
TERMS, SHEET = "istilah", "lembar"
_KEPT, _CHOICE, _SEARCH = "bab_panduan", "pilih_bab", "cari_istilah"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_STYLE = """
<style>
.st-key-panduan [data-testid="stMarkdownContainer"] {max-width: 48rem;}
.st-key-panduan [data-testid="stMarkdownContainer"] table {font-size: .92rem;}
.st-key-panduan h1 {font-size: 1.6rem; padding: 0; margin-bottom: .9rem;}
.st-key-panduan h2 {font-size: 1.2rem; padding: .6rem 0 0; margin-bottom: .6rem;}
.st-key-panduan [data-testid="stMarkdownContainer"]:has(> div:last-child > h2) {margin-bottom: 0;}
.st-key-panduan [data-testid="stImage"] img {border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  border-radius: .3rem;}
.st-key-panduan [data-testid="stImageCaption"] {text-align: left; opacity: .9;}
.st-key-ke_atas {position: absolute; width: 0; height: 0; overflow: hidden;}
.istilah > div {display: grid; grid-template-columns: 12rem minmax(0, 44rem); gap: 0 1.2rem; padding: .45rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 14%, transparent); font-size: .9rem; line-height: 1.45;
  overflow-wrap: anywhere;}
.istilah b {font-weight: 650;}
.istilah a {color: inherit;}
@media (max-width: 640px) {.istilah > div {grid-template-columns: minmax(0, 1fr);}}
@media print {
  .cetak {display: none !important;} /* no region stands behind the guide */
  .st-key-panduan [data-testid="stMarkdownContainer"] {max-width: none; font-size: .77rem; line-height: 1.33;
    margin-bottom: 0 !important;}
  .st-key-panduan [data-testid="stMarkdownContainer"] :is(p, li, ul, ol) {font-size: inherit; margin-bottom: .1rem;}
  .st-key-panduan [data-testid="stMarkdownContainer"] :is(table, td, th) {font-size: .73rem; padding: .06rem .4rem;}
  .st-key-panduan h1 {font-size: 1.25rem; margin-bottom: .4rem;}
  .st-key-panduan h2 {font-size: 1rem; padding-top: .3rem; margin-bottom: .25rem;}
  .st-key-panduan [data-testid="stImage"] {break-inside: avoid;}
  .st-key-panduan [data-testid="stImage"] img {max-height: 4.9cm; width: auto !important; max-width: 100%;}
  .st-key-panduan [data-testid="stImageCaption"] * {font-size: .7rem;}
  .istilah > div {break-inside: avoid; font-size: .74rem; padding: .2rem 0;}
  .istilah .kecil {font-size: .66rem;}
}
</style>
"""

_TO_TOP = st.components.v2.component(
    "simulator_panduan",
    js="""
let shown = null;
export default function (component) {
  const bab = component.data.bab;
  if (shown !== null && shown !== bab) {
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  }
  shown = bab;
}
""",
)


def page() -> None:
    """The contents in the sidebar, the chosen part beside it."""
    parts = contents()
    shown = _shown(parts)
    with st.sidebar:
        _choose(parts, shown)
    st.html(_STYLE)
    with st.container(key="panduan"):
        st.html('<div class="hp">Ketuk » di kiri atas untuk daftar isi.</div>')
        {TERMS: _terms, SHEET: _sheet}.get(shown, lambda: _chapter(int(shown)))()
        _turn(parts, shown)
    with st.container(key="ke_atas"):
        _TO_TOP(data={"bab": shown}, key="ke_atas_bab")


def contents() -> dict[str, str]:
    """What the address may call → title, in order: the chapters, the terms, the sheet."""
    found = {str(c.number): f"{c.number}. {c.title}" for c in guide_text.chapters()}
    return {**found, TERMS: "Istilah", SHEET: "Lembar satu halaman untuk Sekda"}


# ---- which part


def _shown(parts: dict[str, str]) -> str:
    """The part that the address names, else the one that was shown last, else the first; the address tells it."""
    named = st.query_params.get(ADDRESS, "")
    shown = named if named in parts else st.session_state.get(_KEPT, next(iter(parts)))
    _show(shown)
    return shown


def _show(part: str) -> None:
    """Make a part the one that is shown."""
    st.session_state[_KEPT] = part
    if st.query_params.get(ADDRESS) != part:
        st.query_params[ADDRESS] = part


def _choose(parts: dict[str, str], shown: str) -> None:
    if st.session_state.get(_CHOICE) != shown:
        st.session_state[_CHOICE] = shown
    st.radio("Daftar isi", list(parts), format_func=parts.get, key=_CHOICE, on_change=_chosen)


def _chosen() -> None:
    _show(st.session_state[_CHOICE])


def _turn(parts: dict[str, str], shown: str) -> None:
    """Buttons to the parts before and after."""
    keys = list(parts)
    at = keys.index(shown)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bab_maju"):
        if at > 0:
            st.button(f"← {parts[keys[at - 1]]}", key="bab_sebelum", on_click=_show, args=(keys[at - 1],))
        if at < len(keys) - 1:
            st.button(f"{parts[keys[at + 1]]} →", key="bab_sesudah", type="primary", on_click=_show,
                      args=(keys[at + 1],))  # fmt: skip


# ---- the parts


def _chapter(number: int) -> None:
    """One chapter; pictures come from the disk, of this chapter only."""
    chapter = next(c for c in guide_text.chapters() if c.number == number)
    st.markdown(f"# {chapter.number}. {chapter.title}")
    for piece in guide_text.pieces(chapter.file.read_text(encoding="utf-8")):
        if piece.picture is None:
            st.markdown(piece.text)
        elif piece.picture.is_file():
            st.image(str(piece.picture), caption=piece.text)
        else:
            st.html(html.notices([(2, f"Gambar belum dibuat: {piece.text}")]))


def _terms() -> None:
    """All terms, or those that have what is typed."""
    st.markdown("# Istilah")
    with st.container(key="cari_istilah_kotak"):
        text = st.text_input("Cari istilah", key=_SEARCH, placeholder="misalnya penyebut, zakat, atau KPI")
    found = glossary.find(text)
    if not found:
        st.info("Tidak ada istilah yang memuat kata itu. Coba satu kata saja, atau kosongkan kotak pencarian.")
        return
    st.html(f'<div class="kecil">{len(found)} istilah. Tautan menuju sumbernya; perlu internet untuk membukanya.</div>')
    st.html(f'<div class="istilah">{"".join(map(_term, found))}</div>')
    st.html(
        '<div class="kecil">Peraturan dikutip dari laman resmi dan berita; naskah di Lembaran Negara belum dibaca'
        " langsung.</div>"
    )


def _term(t: glossary.Term) -> str:
    """One term: HTML."""
    also = f'<div class="selisih">{escape("; ".join(t.also))}</div>' if t.also else ""
    law = "; ".join(html.link(title, address) for title, address in glossary.sources(t))
    below = [f"Di layar: {escape(t.where)}."] + ([f"Peraturan atau sumber: {law}."] if law else [])
    told = "".join(f'<div class="kecil">{line}</div>' for line in below)
    return f"<div><div><b>{escape(t.term)}</b>{also}</div><div>{escape(t.says)}{told}</div></div>"


def _sheet() -> None:
    """The sheet's text, and the same as a file for Word."""
    if guide_text.SHEET_FILE.is_file():
        st.download_button(
            "Unduh lembar ini (Word, satu halaman A4)", guide_text.SHEET_FILE.read_bytes(),
            file_name=guide_text.SHEET_FILE.name, mime=_WORD, key="unduh_lembar", on_click="ignore",
        )  # fmt: skip
    st.markdown(guide_text.SHEET_TEXT.read_text(encoding="utf-8"))
