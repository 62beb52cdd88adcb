"""How pages print from the browser: on A4, light, whole, without what only a screen needs."""

from html import escape

import streamlit as st

from simulator import InputError
from simulator.version import MODEL_VERSION
from ui import regions, state

CSS = """
<style>
.cetak, .cetak-tautan {display: none;}
/* no gap above the page, none below */
[data-testid="stLayoutWrapper"]:has(> .st-key-cetak), [data-testid="stLayoutWrapper"]:has(> .st-key-cetak_akhir) {
  position: absolute;}
@media print {
  [data-testid="stLayoutWrapper"]:has(> .st-key-cetak), [data-testid="stLayoutWrapper"]:has(> .st-key-cetak_akhir) {
    position: static;}
  @page {margin: 12mm 11mm 13mm;}
  :root {color-scheme: light !important;}
  /* what only a screen needs */
  section[data-testid="stSidebar"], header[data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stBottom"],
  [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"], [data-testid="stStatusWidget"],
  [data-testid="stElementToolbar"], .stButton, .stDownloadButton, .stLinkButton, .stPopover, .stSelectbox,
  .stMultiSelect, .stTextInput, .stTextArea, .stNumberInput, .stCheckbox, .stRadio, .stSlider, .stButtonGroup,
  .stFileUploader, .stTooltipIcon, .vega-embed details, .hp, .tanda, .hanya-layar, .st-key-layar_bawah,
  [data-testid="stMain"] [data-testid="stLayoutWrapper"]:has(> [class*="st-key-gambar_"]),
  [data-testid="stColumn"]:not(:has(.stHtml, .stMarkdown, .stVegaLiteChart, .stDataFrame, .stTable, .stAlert, .stCode)),
  .stTabs [role="tab"]:not([aria-selected="true"]), .stTabs [data-baseweb="tab-highlight"], .stSpinner,
  [data-testid="stSkeleton"], .stException, .st-key-layar_parameter,
  .stExpander:not(:has(details[open])) {display: none !important;}
  /* on the page Data daerah what is filled in is no control but the data */
  [class*="st-key-isian-"] :is(.stTextInput, .stTextArea, .stSelectbox) {display: block !important;}
  /* boxes that scroll on a screen are as long as what they hold */
  html, body, #root, #root > div, .stApp, [data-testid="stAppViewContainer"], [data-testid="stAppViewContainer"] > div,
  [data-testid="stMain"], [data-testid="stScreencast"] {position: static !important; overflow: visible !important;
    height: auto !important; max-height: none !important; width: auto !important; display: block !important;
    background: #fff !important; transform: none !important;}
  [data-testid="stMainBlockContainer"] {padding: 0 !important; max-width: none !important; height: auto !important;}
  [data-testid="stMain"] [data-testid="stVerticalBlock"], [data-testid="stMain"] [data-testid="stLayoutWrapper"],
  .stTabs, .stTabs > div, .stExpander, .stExpander details {display: block !important;
    height: auto !important; max-height: none !important; overflow: visible !important; width: 100% !important;}
  [data-testid="stMain"] [data-testid="stVerticalBlock"] > * {margin-bottom: .35rem;}
  [data-testid="stTabPanel"] {padding: 0 !important; height: auto !important; overflow: visible !important;}
  .stTabs [role="tablist"] {display: block !important; border: 0 !important; box-shadow: none !important;}
  .stTabs [role="tab"][aria-selected="true"] {display: block !important; border: 0 !important;
    padding: .3rem 0 !important;}
  .stTabs [role="tab"][aria-selected="true"] p {font-size: 1.05rem; font-weight: 700;}
  /* dark ink on white, whatever the theme */
  [data-testid="stMain"], [data-testid="stMain"] *:not(canvas, .naik, .turun, i) {color: #0c141c !important;
    -webkit-text-fill-color: currentColor !important;}
  [data-testid="stMain"] .naik {color: #0b6b36 !important;}
  [data-testid="stMain"] .turun {color: #a3262b !important;}
  .jawaban, .awas, .ubin > div, .legenda i, .sematan i {print-color-adjust: exact; -webkit-print-color-adjust: exact;}
  .banding th:first-child, .banding td:first-child {background: none !important; position: static !important;}
  .stExpander details, .stAlert > div {border-color: #c9d3dc !important; background: none !important;}
  html[data-gelap] [data-testid="stMain"] canvas {filter: invert(1) hue-rotate(180deg) brightness(1.13);}
  /* whole, and not over two pages */
  [data-testid="stDataFrame"] {zoom: .75;} /* a grid is a picture of what the screen shows of it */
  .stVegaLiteChart canvas, .stVegaLiteChart svg {max-width: 100% !important; height: auto !important;}
  .stVegaLiteChart, .jawaban, .ubin > div, .awas, .judul, .siapa, .legenda, tr, li, [data-testid="stDataFrame"] {
    break-inside: avoid;}
  .judul, .siapa, h1, h2, h3, h6, .bagian, .stTabs [role="tablist"] {break-after: avoid;}
  [data-testid="stElementContainer"]:has(> .stHtml > :is(.judul, .kecil)) {break-after: avoid;}
  [data-testid="stColumn"] {break-inside: auto; min-width: 0 !important; flex-grow: 1 !important;}
  [data-testid="stHorizontalBlock"] {overflow: visible !important; gap: .8rem !important;}
  .ubin {grid-template-columns: repeat(5, 1fr);}
  .ubin .asal-isi {position: static; max-height: none; overflow: visible; box-shadow: none; border: 0;
    background: none;}
  .ubin > div:has(> details.asal[open]) {grid-column: 1 / -1;}
  .asal-isi a::after {content: " (" attr(href) ")";}
  .tabel-bungkus, .gulir, .lipat .asal-isi {overflow: visible !important; max-height: none !important;}
  .tabel {font-size: .72rem;}
  .tabel th, .tabel td, .tabel .angka, .banding th {padding: .16rem .3rem; min-width: 0 !important; max-width: none;
    overflow-wrap: break-word;}
  .tabel thead {display: table-header-group;}
  .tabel tr.asal-baris .asal-isi {position: static; max-width: none;}
  .cetak {display: block; border-bottom: 1.5px solid #0b5c85; padding-bottom: .3rem; margin-bottom: .5rem;
    font-size: .78rem; line-height: 1.35;}
  .cetak b {font-size: .95rem;}
  .cetak-tautan {display: block; break-inside: avoid; border-top: 1px solid #c9d3dc; padding-top: .25rem;
    margin-top: .6rem; font-size: .62rem; line-height: 1.3; overflow-wrap: anywhere;}
}
@media print and (orientation: landscape) { /* upright, columns stand one below the other: Streamlit sees to that */
  [data-testid="stMain"] [data-testid="stHorizontalBlock"] {display: flex !important; flex-wrap: nowrap !important;
    align-items: flex-start !important;}
  [data-testid="stMain"] [data-testid="stColumn"] {width: auto !important;}
}
</style>
"""

# Before a page is printed: the day and the address as they are then, and whether the screen is dark, for charts are
# pictures that were drawn for the screen's theme and only a filter makes them light.
BEFORE = """
if (!window.cetakDijaga) {
  window.cetakDijaga = true;
  window.addEventListener('beforeprint', () => {
    const day = new Intl.DateTimeFormat('id-ID', {day: 'numeric', month: 'long', year: 'numeric'}).format(new Date());
    document.querySelectorAll('.cetak .hari').forEach(e => { e.textContent = day; });
    document.querySelectorAll('.cetak-tautan .tautan').forEach(e => { e.textContent = location.href; });
    const chosen = new URLSearchParams(location.search);
    if (chosen.has('daerah')) {  // levers draw only what follows them, so the heading may be older than they are
      document.querySelectorAll('.cetak .diubah').forEach(e => { e.hidden = !chosen.has('ubah'); });
    }
    const app = document.querySelector('[data-testid="stApp"]');
    const colour = getComputedStyle(app || document.body).color.match(/\\d+/g) || [0, 0, 0];
    const light = (Number(colour[0]) + Number(colour[1]) + Number(colour[2])) / 3;
    document.documentElement.toggleAttribute('data-gelap', light > 128);
  });
}
"""


def heading() -> None:
    """The line that only a printed page has: region, scenario, day, version; the browser fills in the day."""
    c = state.case()
    try:
        title = regions.region(c.region).title
    except (InputError, KeyError):
        return
    what = f"{title} · {regions.scenario_title(regions.region(c.region), c.scenario)}"
    changed = f'<span class="diubah"{"" if c.changes else " hidden"}> (diubah)</span>'
    st.html(
        f'<div class="cetak"><b>{escape(what)}{changed}</b> · dicetak <span class="hari"></span> · model versi'
        f" {MODEL_VERSION}</div>"
    )


def ending() -> None:
    """The address that opens the same again, small, once below all; the browser fills it in."""
    st.html('<div class="cetak-tautan">Simulator cakupan Jamsostek: <span class="tautan"></span></div>')
