"""What the answer hangs on: levers and assumptions by what their plausible range does to it."""

import json

import pandas as pd
import streamlit as st

from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.questions import ranking
from simulator.questions.answer import base_name
from simulator.questions.measure import AVERAGE, END
from simulator.questions.ranking import ADDED, Effect
from simulator.questions.risk import APBD_COST, COST
from simulator.questions.settings import value_text
from simulator.uncertainty.plausible import Plausible
from ui import ask, chart_pictures, html, levers_panel, risk_charts, state
from ui.live_chart import rows_for, spec_text
from ui.simulation_page import scenario_name

NAMES = {
    END: "Cakupan akhir tahun",
    AVERAGE: "Cakupan rata-rata setahun",
    ADDED: "Pekerja tambahan",
    APBD_COST: "Biaya APBD setahun",
    COST: "Biaya semua sumber setahun",
}
UNITS = {END: "share", AVERAGE: "share", ADDED: "people", APBD_COST: "rupiah", COST: "rupiah"}
ALL, DECISIONS, FACTS = "Semua", "Keputusan", "Data dan perilaku"
MOST = 14  # bars


def body(c: state.Case, run: Projection) -> None:
    """The question, the answer in a sentence, the chart and all rows as a table."""
    left, middle, right = st.columns([2.2, 3, 1], vertical_alignment="bottom")
    with left:
        what = ask.choose("Jawaban yang diperiksa", "gantung", list(NAMES), END, format_func=NAMES.get)
    with middle:
        kind = ask.segments("Yang ditampilkan", "jenis_angka", [ALL, DECISIONS, FACTS], ALL)
    with right:
        year = ask.year(run)
    effects = ranking.rank(state.region(c.region), year, what, c.scenario, c.changes, c.ranges)
    if not effects:
        st.info("Tidak ada angka yang mempunyai rentang; isi dahulu di tab Rentang angka.")
        return
    moving = [e for e in effects if e.swing > ranking.SMALL[what]]
    st.html(html.answer(html.unbroken(sentence(moving, what, year, run)), f"{NAMES[what]} {year}", "mengatur pilihan"))
    shown = [e for e in moving if kind == ALL or e.number.decision == (kind == DECISIONS)]
    if not shown:
        st.info("Tidak ada angka jenis ini yang mengubah jawaban.")
        return
    told = f"{MOST} terbesar dari {len(shown)} angka yang berpengaruh. " if len(shown) > MOST else ""
    st.html(f'<div class="kecil">{told}Klik sebuah batang untuk membuka parameternya di Simulasi.</div>')
    _chart(c, shown[:MOST], what, run, year)
    _lead(c, shown)
    _table(shown, len(effects) - len(moving), what)


def words(value: float, what: str) -> str:
    """An answer in its own unit."""
    if UNITS[what] == "share":
        return fmt.percent(value)
    return fmt.rupiah(value) if UNITS[what] == "rupiah" else fmt.count(value)


def sentence(moving: list[Effect], what: str, year: int, run: Projection) -> str:
    """What matters most, and the decision that does."""
    base = f" dari {base_name(run)}" if UNITS[what] == "share" else ""
    if not moving:
        return f"Tidak ada rentang yang mengubah {NAMES[what].lower()}."
    first = moving[0]
    text = f"{NAMES[what]} {year} sekarang {words(first.value, what)}{base}."
    text += f" Paling bergantung pada {_said(first, what)}"
    decided = next((e for e in moving if e.number.decision), None)
    if decided is not None and decided is not first:
        text += f"; dari yang dapat diputuskan, pada {_said(decided, what)}"
    return text + "."


def _said(e: Effect, what: str) -> str:
    n = e.number
    ends = [(n.low, e.at_low), (n.high, e.at_high)]
    parts = [f"{words(a, what)} bila {told(n, v)}" for v, a in ends if v != n.value]
    return f"{name(e)} ({'; '.join(parts)})"


def name(e: Effect) -> str:
    """A number's name with whose it is, unlike all others; behaviour and the base are everybody's."""
    n = e.number
    return n.label if n.group in (levers_panel.BEHAVIOUR, levers_panel.BASE) else f"{n.label} ({n.whose})"


def told(n: Plausible, value: float) -> str:
    """An end of a range in words, with its unit."""
    text = value_text(n.field, value)
    return f"{text} bulan" if n.field.unit == "months" else text


def frame(effects: list[Effect], what: str) -> pd.DataFrame:
    """Two rows a number: path, number, end, start, stop, setting, told, source."""
    rows = []
    for e in effects:
        n = e.number
        for end, at, answer in ((risk_charts.LOW_END, n.low, e.at_low), (risk_charts.HIGH_END, n.high, e.at_high)):
            rows.append((n.path, name(e), end, e.value, answer, told(n, at), words(answer, what), n.said))
    return pd.DataFrame(rows, columns=["path", "number", "end", "start", "stop", "setting", "told", "source"])


def _chart(c: state.Case, shown: list[Effect], what: str, run: Projection, year: int) -> None:
    rows = frame(shown, what)
    height = risk_charts.ROW * len(shown)
    title = f"{NAMES[what]}{f', % dari {base_name(run)}' if UNITS[what] == 'share' else ''}"
    text = spec_text(
        f"ranking {UNITS[what]} {title}",
        lambda empty: risk_charts.ranking_chart(empty, UNITS[what], title),
        rows,
        height=height,
    )
    spec = json.loads(text)
    spec["datasets"] = {"rows": rows_for(rows, text)}
    asked = f"Yang paling berpengaruh pada {title[:1].lower()}{title[1:]}"
    chart_pictures.keep("gantung", text, rows, chart_pictures.picture(run, scenario_name(c), "pengaruh", asked, year))
    chart_pictures.buttons("gantung")
    key = f"gantung|{c.region}|{what}|{st.session_state.get('dibuka', 0)}"
    picked = st.vega_lite_chart(None, spec, width="stretch", height="content", on_select="rerun", key=key)
    chosen = picked.selection.get(risk_charts.PICKED) if picked else None
    if chosen:
        open_lever(chosen[0]["path"])


def open_lever(path: str) -> None:
    """Go to the lever on the page Simulasi, its group open and itself marked."""
    st.session_state["dibuka"] = st.session_state.get("dibuka", 0) + 1  # so that coming back does not lead there again
    levers_panel.focus(path)
    from ui.compare_page import simulation

    st.switch_page(simulation(), query_params=state.address())


def _lead(c: state.Case, shown: list[Effect]) -> None:
    """The same by keyboard, and on a phone."""
    names = {e.number.path: name(e) for e in shown if levers_panel.has(c, e.number.path)}
    st.html('<div class="kecil hanya-layar">Atau pilih di sini:</div>')
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        key = f"buka parameter|{c.region}"
        st.selectbox("Parameter", list(names), format_func=names.get, key=key, label_visibility="collapsed")
    with right:
        if st.button("Buka parameter", width="stretch") and st.session_state.get(key):
            open_lever(st.session_state[key])


def _table(shown: list[Effect], still: int, what: str) -> None:
    heads = ("Angka", "Rendah → tinggi", "Jawaban bila rendah", "sekarang", "bila tinggi", "Ayunan", "Asal rentang")
    rows = []
    for e in shown:
        n = e.number
        low, now, high = (told(n, v) for v in (n.low, n.value, n.high))
        span = f"{low} → {high}" if n.value in (n.low, n.high) else f"{low} → {now} → {high}"
        swing = fmt.points(e.swing) if UNITS[what] == "share" else words(e.swing, what)
        answers = [words(v, what) for v in (e.at_low, e.value, e.at_high)]
        note = " (ditarik ke nilai terdekat yang mungkin)" if e.pulled else ""
        rows.append([html.escape(x) for x in (name(e), span, *answers, swing, n.said + note)])
    with st.expander(f"Semua {len(rows)} angka yang berpengaruh sebagai tabel"):
        st.html(html.grid(heads, rows, heads[2:6]))
        if still:
            st.html(f'<div class="kecil">{still} angka lain mempunyai rentang tetapi tidak mengubah jawaban ini.</div>')
