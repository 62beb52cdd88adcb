"""Style sheet: a dense page that fits a 1366×768 laptop, in light and dark, on paper and on a phone."""

import streamlit as st

CSS = """
<style>
[data-testid="stMainBlockContainer"] {padding: 4.1rem 1.6rem 2rem 1.6rem; max-width: 1500px;}
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
.ubin {display: grid; grid-template-columns: repeat(auto-fit, minmax(152px, 1fr)); gap: .45rem;}
.ubin > div {border: 1px solid color-mix(in srgb, currentColor 16%, transparent); border-radius: .35rem;
  padding: .3rem .55rem .35rem; min-width: 0;}
.ubin .nama {font-size: .76rem; opacity: .82; line-height: 1.2;}
.ubin .nilai {font-size: 1.24rem; font-weight: 650; line-height: 1.3; white-space: nowrap;}
.ubin .beda {font-size: .76rem; line-height: 1.25; opacity: .9;}
.ubin .naik {color: color-mix(in srgb, #0f9d4f 62%, currentColor); font-weight: 600;}
.ubin .turun {color: color-mix(in srgb, #e5383f 62%, currentColor); font-weight: 600;}
.awas {border-left: 4px solid #b26a00; padding: .25rem .8rem; font-size: .9rem; line-height: 1.4;
  background: color-mix(in srgb, #b26a00 9%, transparent); border-radius: 0 .35rem .35rem 0; margin: 0;}
.awas.berat {border-color: #a3262b; background: color-mix(in srgb, #a3262b 9%, transparent);}
.awas.ringan {border-color: #5a6480; background: color-mix(in srgb, #5a6480 9%, transparent);}
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
.st-key-ingatan {position: absolute; width: 0; height: 0; overflow: hidden;} /* draws nothing, only remembers */
[data-testid="stSidebar"] .stButton button {padding: .15rem .5rem; min-height: 2rem;}
[data-testid="stSidebar"] .st-key-daftar_ubah .stButton button {padding: .1rem .2rem; min-height: 1.8rem;}
[data-testid="stSidebar"] .stButton button p {font-size: .84rem; line-height: 1.2;}
.kecil {font-size: .8rem; opacity: .85; line-height: 1.35;}
@media (max-width: 640px) {
  .hp {display: block;}
  [data-testid="stMainBlockContainer"] {padding: 4.1rem .8rem 2rem .8rem;}
  .ubin {grid-template-columns: repeat(2, 1fr);}
  .ubin .nilai {font-size: 1.1rem;}
}
@media print {
  section[data-testid="stSidebar"], header, [data-testid="stToolbar"], .stTabs [role="tablist"] {
    display: none !important;}
  [data-testid="stMainBlockContainer"] {padding: 0;}
}
</style>
"""


def apply() -> None:
    """Put the style sheet on the page, and tell browser and screen reader that it is Indonesian."""
    st.html(CSS)
    st.html("<script>\ndocument.documentElement.lang = 'id';\n</script>", unsafe_allow_javascript=True)
