"""Style sheet: a dense page that fits a 1366×768 laptop, in light and dark and on a phone; paper is in print_style."""

import streamlit as st

from ui import print_style

CSS = """
<style>
[data-testid="stMainBlockContainer"] {padding: 3.75rem 1.6rem 2rem 1.6rem; max-width: 1500px;}
/* all pages stand in the row on top of a 1366 px screen; on narrower ones the rest is under a word of ours */
[data-testid="stTopNavLink"] {padding-left: .4rem !important; padding-right: .4rem !important;}
[data-testid="stTopNavLink"] p {font-size: .86rem;}
[data-testid="stTopNavSection"] [data-testid="stMarkdownContainer"] p {font-size: 0;}
[data-testid="stTopNavSection"] [data-testid="stMarkdownContainer"] p::after {content: "Lainnya"; font-size: .86rem;}
[data-testid="stSidebarUserContent"] {padding: 0 1.1rem 1rem 1.1rem;}
[data-testid="stSidebarHeader"] {height: 1.6rem; min-height: 1.6rem; padding: 0; margin: 0;}
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] {gap: .45rem;}
[data-testid="stSidebar"] [data-testid="stCaptionContainer"] p {font-size: .78rem; line-height: 1.25;}
[data-testid="stSidebar"] [data-testid="stTextInput"] input {padding: .3rem .45rem; font-size: .84rem;
  text-align: right;}
[data-testid="stSidebar"] [data-testid="stWidgetLabel"] p {font-size: .84rem; line-height: 1.2;}
.siapa {font-size: .8rem; font-weight: 650; opacity: .85; margin-bottom: .15rem;}
.hp {display: none; font-size: .8rem; opacity: .85; margin-bottom: .3rem;}
[data-testid="stSliderTickBar"] {display: none;}
.judul {font-weight: 650; font-size: .92rem;}
.bawah {font-size: .77rem; line-height: 1.3; margin: -.35rem 0 .25rem;}
.bawah div {overflow: hidden; text-overflow: ellipsis; white-space: nowrap; opacity: .78;}
.bawah div.beli {font-weight: 600; opacity: 1;}
[data-testid="stMain"] [data-testid="stVerticalBlock"] {gap: .55rem;}
/* Streamlit's own English words that no setting removes */
[data-testid="InputInstructions"], [data-testid="stElementToolbar"], [data-testid="stStatusWidget"],
.vega-embed summary {display: none !important;}
.jawaban {border-left: 4px solid var(--aksen, #0b5c85); padding: .35rem .8rem; font-size: 1.02rem; line-height: 1.4;
  background: color-mix(in srgb, currentColor 4%, transparent); border-radius: 0 .35rem .35rem 0;}
.yakin {font-size: .87rem; line-height: 1.4; margin-top: .2rem; padding-top: .15rem; min-height: 2.8em; opacity: .92;
  border-top: 1px solid color-mix(in srgb, currentColor 14%, transparent);}
.ubin {display: grid; grid-template-columns: repeat(auto-fit, minmax(152px, 1fr)); gap: .45rem;}
.ubin > div {border: 1px solid color-mix(in srgb, currentColor 16%, transparent); border-radius: .35rem;
  padding: .3rem .55rem .35rem; min-width: 0;}
.ubin .nama {font-size: .76rem; opacity: .82; line-height: 1.2;}
.ubin .nilai {font-size: 1.22rem; font-weight: 650; line-height: 1.3;}
.ubin .nilai > span {white-space: nowrap;}
.ubin .ubah-ini {font-size: .76rem; font-weight: 600; line-height: 1.25;}
.ubin .beda {font-size: .76rem; line-height: 1.25; opacity: .9;}
.ubin .rentang {font-size: .74rem; line-height: 1.25; opacity: .8; font-variant-numeric: tabular-nums;}
.ubin .naik {color: color-mix(in srgb, #0f9d4f 62%, currentColor); font-weight: 600;}
.ubin .turun {color: color-mix(in srgb, #e5383f 62%, currentColor); font-weight: 600;}
.awas {border-left: 4px solid #b26a00; padding: .25rem .8rem; font-size: .9rem; line-height: 1.4;
  background: color-mix(in srgb, #b26a00 9%, transparent); border-radius: 0 .35rem .35rem 0; margin: 0;}
.awas.berat {border-color: #a3262b; background: color-mix(in srgb, #a3262b 9%, transparent);}
.awas.ringan {border-color: #5a6480; background: color-mix(in srgb, #5a6480 9%, transparent);}
.awas.lolos {border-color: #0f7a3f; background: color-mix(in srgb, #0f7a3f 9%, transparent);}
.awas + .awas {margin-top: .35rem;}
.tabel-bungkus {overflow-x: auto;}
.tabel {border-collapse: collapse; width: 100%; font-size: .84rem;}
.tabel th {text-align: left; font-weight: 600; padding: .25rem .5rem; vertical-align: bottom;
  border-bottom: 2px solid color-mix(in srgb, currentColor 35%, transparent);}
.tabel td {border-bottom: 1px solid color-mix(in srgb, currentColor 13%, transparent); padding: .22rem .5rem;
  vertical-align: top;}
.tabel .angka {text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums;}
.tabel tr.jumlah td {font-weight: 650; border-top: 1px solid color-mix(in srgb, currentColor 35%, transparent);}
[data-testid="stMain"] .tabel a {color: inherit; text-decoration: underline;
  text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);}
.banding th, .banding td, .banding .angka {white-space: normal; overflow-wrap: anywhere;}
.banding td {line-height: 1.35;}
.banding th {min-width: 6.6rem; max-width: 12rem; line-height: 1.25; font-size: .8rem;}
.banding th:first-child {min-width: 8.5rem;}
.banding th:first-child, .banding td:first-child {position: sticky; left: 0; background: light-dark(#fff, #11171d);}
.uji td, .uji th {line-height: 1.3;}
.uji tr.terpilih td {background: color-mix(in srgb, #1668ad 9%, transparent);}
.uji tr.terpilih td:first-child {font-weight: 650;}
.gulir {max-height: 15rem; overflow-y: auto;}
.bukti .tabel td, .bukti .tabel .angka {white-space: normal; line-height: 1.35;}
.bukti .tabel td:first-child {min-width: 8.5rem;}
.bukti .tabel td:nth-child(2) {min-width: 5rem;}
.bukti .tabel .dasar {min-width: 13rem; overflow-wrap: anywhere;}
.utuh {white-space: nowrap;}
.selisih {font-size: .76rem; opacity: .85; line-height: 1.3;}
.selisih.beda {font-weight: 600; opacity: 1;}
.selisih.naik {color: color-mix(in srgb, #0f9d4f 62%, currentColor); font-weight: 600; opacity: 1;}
.selisih.turun {color: color-mix(in srgb, #e5383f 62%, currentColor); font-weight: 600; opacity: 1;}
.bagian {margin: .9rem 0 .3rem;}
.kalimat p {font-size: .88rem; line-height: 1.4; margin: 0 0 .25rem; overflow-wrap: anywhere;}
.legenda {display: flex; flex-wrap: wrap; gap: .15rem .9rem; font-size: .78rem; line-height: 1.3;}
.legenda > div {display: flex; gap: .35rem; align-items: center; overflow-wrap: anywhere;}
.legenda i, .sematan i {flex: none; width: 34px; height: 3px; print-color-adjust: exact;
  -webkit-print-color-adjust: exact;}
.sematan {display: flex; gap: .45rem; align-items: baseline; overflow-wrap: anywhere;
  font-size: .78rem; line-height: 1.25; margin-top: .3rem;}
.langkah {font-size: .92rem; line-height: 1.5; margin: .6rem 0 .4rem; padding-left: 1.3rem;}
.sematan i {position: relative; top: -.25em;}
[data-testid="stSidebar"] [class*="st-key-tombol"] {gap: .25rem;}
[data-testid="stSidebar"] [class*="st-key-tombol"] [data-testid] button {padding: .1rem .3rem; height: 1.9rem;
  min-height: 1.9rem;}
[data-testid="stSidebar"] [class*="st-key-tombol"] button p {display: block;}
[data-testid="stSidebar"] [class*="st-key-sematan"] button p {font-size: .8rem; line-height: 1.2;}
.ubah {font-size: .8rem; line-height: 1.3; overflow-wrap: anywhere;}
.st-key-ingatan, .st-key-simpanan {position: absolute; width: 0; height: 0; overflow: hidden;} /* only remember */
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] > [data-testid="stLayoutWrapper"]:has(
  .st-key-simpanan) {position: absolute;} /* no gap above the page either */
[data-testid="stSidebar"] .stButton button {padding: .15rem .5rem; min-height: 2rem;}
[data-testid="stSidebar"] .st-key-daftar_ubah .stButton button {padding: .1rem .2rem; min-height: 1.8rem;}
[data-testid="stSidebar"] .stButton button p {font-size: .84rem; line-height: 1.2;}
.kecil {font-size: .8rem; opacity: .85; line-height: 1.35;}
/* a chart as a picture: two small words over its upper right, taking no room */
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-gambar_"]) {height: 0; margin-bottom: -.55rem; position: relative;
  z-index: 5;}
[class*="st-key-gambar_"] {gap: .1rem; pointer-events: none;} /* the chart below keeps its mouse */
[class*="st-key-gambar_"] button {pointer-events: auto; min-height: 0; height: 1.3rem; padding: 0 .35rem; opacity: .55;
  background: light-dark(#fff, #11171d);}
[class*="st-key-gambar_"] button:hover, [class*="st-key-gambar_"] button:focus-visible {opacity: 1;}
[class*="st-key-gambar_"] button p {font-size: .7rem; letter-spacing: .02em;}
/* where a number comes from: a panel under a tile, over what follows; a row of its own under a row of a table */
.ubin {position: relative;}
.ubin > div:has(> details.asal) {padding: 0;}
.ubin > div:has(> details.asal[open]) {border-color: var(--aksen, #0b5c85);}
details.asal > summary {list-style: none; cursor: pointer; border-radius: .35rem;}
details.asal > summary::-webkit-details-marker {display: none;}
details.asal > summary:focus-visible {outline: 2px solid #2f83b5; outline-offset: 1px;}
details.asal > summary:hover .tanda, details.asal[open] > summary .tanda {opacity: 1;}
.ubin details.asal > summary {height: 100%; padding: .3rem .55rem .35rem;}
.tanda {display: inline-flex; align-items: center; justify-content: center; width: .95rem; height: .95rem;
  margin-right: .4rem; border: 1px solid currentColor; border-radius: 50%; opacity: .55; vertical-align: .06em;
  font: italic 600 .68rem/1 Georgia, serif;}
.ubin .tanda {float: right; margin: .4rem 0 0 .2rem;}
.asal-isi {font-size: .82rem; line-height: 1.42; overflow-wrap: anywhere;}
.ubin .asal-isi {position: absolute; left: 0; right: 0; z-index: 30; margin-top: .2rem; padding: .6rem .9rem .7rem;
  max-height: min(62vh, 30rem); overflow-y: auto; background: light-dark(#fff, #11171d); border-radius: .35rem;
  border: 1px solid color-mix(in srgb, currentColor 38%, transparent); box-shadow: 0 6px 18px rgb(0 0 0 / .22);}
.asal-isi p {font-size: inherit; margin: 0 0 .35rem;}
.asal-isi p.rumus b {font-weight: 600; font-variant-numeric: tabular-nums;}
.asal-isi h6 {font-size: .8rem; font-weight: 650; margin: .45rem 0 .1rem; padding: 0;}
.asal-isi ul {margin: 0; padding-left: 1.1rem; font-size: inherit;}
.asal-isi li {font-size: inherit; margin: 0 0 .22rem;}
.asal-isi i {opacity: .85;}
[data-testid="stMain"] .asal-isi a, [data-testid="stSidebar"] .asal-isi a {color: inherit; text-decoration: underline;
  text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);}
.tabel tr.asal-baris {display: none;}
.tabel tr:has(details.asal[open]) + tr.asal-baris {display: table-row;}
.tabel tr.asal-baris > td {background: color-mix(in srgb, currentColor 4%, transparent); padding: .4rem .8rem .5rem;
  font-weight: 400; text-align: left;}
.tabel tr.asal-baris .asal-isi {position: sticky; left: .8rem; max-width: min(100%, calc(100vw - 3.5rem));}
[data-testid="stTooltipContent"] {max-height: 70vh; font-size: .84rem;
  border: 1px solid color-mix(in srgb, currentColor 22%, transparent);}
/* the page on which a region is built */
.pandu {font-size: .78rem; line-height: 1.35; opacity: .85; margin: -.35rem 0 .5rem; overflow-wrap: anywhere;}
.pandu p {font-size: inherit; margin: .15rem 0 0;}
.sisa {display: grid; gap: .45rem;}
.awas.kecil {font-size: .82rem; opacity: 1; margin-top: -.3rem;}
[class*="st-key-cacat_"] {margin-bottom: .2rem;}
.st-key-urung_data button {padding: .15rem .4rem; min-height: 2rem;}
/* the uploader speaks English and no setting changes that */
[data-testid="stFileUploaderDropzoneInstructions"] {display: none;}
[data-testid="stFileUploaderDropzone"] button {font-size: 0; width: 100%;}
[data-testid="stFileUploaderDropzone"] button * {font-size: 0;}
[data-testid="stFileUploaderDropzone"] button::after {content: "Pilih atau jatuhkan berkas"; font-size: .86rem;}
.lipat > summary {cursor: pointer; font-size: .8rem;}
.lipat .asal-isi {max-height: 22rem; overflow-y: auto; padding: .2rem 0 .4rem;}
[data-testid="stMain"] .lipat .asal-isi {max-height: none;}
@media (max-width: 640px) {
  .hp {display: block;}
  [data-testid="stMainBlockContainer"] {padding: 4.1rem .8rem 2rem .8rem;}
  .ubin {grid-template-columns: repeat(2, 1fr);}
  .ubin .nilai {font-size: 1.1rem;}
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-gambar_"]) {height: auto; margin-bottom: -.4rem;}
}
</style>
"""

# A panel that is open stays open when its tile is drawn anew; one at a time in a group; Escape or a click elsewhere
# closes a tile's. Without this script panels still open and close.
OPEN_PANEL = """
if (!window.asalDijaga) {
  window.asalDijaga = true;
  let open = null;
  const group = e => e.closest('.ubin, .tabel');
  const tile = d => d.closest('.ubin') !== null;
  const again = new MutationObserver(() => {
    if (open === null || document.querySelector('.ubin details.asal[open]')) return;
    const same = [...document.querySelectorAll(`.ubin details.asal[data-asal="${open}"]`)].pop();
    if (same) same.open = true;
    else { open = null; again.disconnect(); }  // another page
  });
  document.addEventListener('toggle', e => {
    const d = e.target;
    if (!d.matches || !d.matches('details.asal') || !tile(d)) return;
    if (d.open) {
      open = d.dataset.asal;
      group(d).querySelectorAll('details.asal[open]').forEach(x => { if (x !== d) x.open = false; });
      again.observe(document.body, {childList: true, subtree: true});
    } else if (open === d.dataset.asal && d.isConnected) {
      open = null;
      again.disconnect();
    }
  }, true);
  const close = () => document.querySelectorAll('.ubin details.asal[open]').forEach(x => { x.open = false; });
  document.addEventListener('keydown', e => { if (e.key === 'Escape') close(); });
  document.addEventListener('click', e => {
    const main = e.target.closest && e.target.closest('[data-testid="stMain"]');
    if (open !== null && main && !e.target.closest('.ubin details.asal')) close();
  });
}
"""


def apply() -> None:
    """Put the style sheet on the page, and tell browser and screen reader that it is Indonesian."""
    st.html(CSS + print_style.CSS)
    script = f"document.documentElement.lang = 'id';\n{OPEN_PANEL}{print_style.BEFORE}"
    st.html(f"<script>\n{script}</script>", unsafe_allow_javascript=True)
