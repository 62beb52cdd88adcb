"""Method and sources: every parameter with law, status and date; every formula with this run's numbers; notes."""

from html import escape

import pandas as pd
import streamlit as st

from simulator import MODEL_VERSION, Projection, parameters, project
from simulator import indonesian as fmt
from simulator.identities import check_identities
from simulator.legal_basis import all_rules
from simulator.levers import levers
from simulator.questions import method
from simulator.questions.origins import lever_law, of_run
from simulator.registry import POPULATIONS, STATUSES
from ui import html, method_answers, origin, origin_box, quality_notes, state
from ui.labels import label, range_text
from ui.notes import region_notes
from ui.simulation_page import scenario_name

TABS = (
    "Rumus dengan angka",
    "Rumus keluaran",
    "Cara jawaban dicari",
    "Masukan daerah",
    "Catatan dan pertentangan",
    "Mutu data",
    "Peraturan dan tarif",
    "Pengalaman daerah lain",
)


def page() -> None:
    """Its tabs; only the open one is worked out."""
    state.follow_address()
    c = state.case()
    run = project(state.region(c.region), c.scenario, c.changes)
    base = run.region.coverage_base
    st.html(
        f"<b>{escape(run.region.title)}</b>, skenario {escape(scenario_name(c))}. Penyebut cakupan:"
        f" {POPULATIONS[base.population]}, {fmt.count(base.workers.value)} pekerja. Model versi {MODEL_VERSION}."
    )
    tabs = st.tabs(list(TABS), on_change="rerun", key="tabs_metode")
    bodies = (_formulas, _outputs, _answers, _inputs, _notes, _quality, _law, _elsewhere)
    for tab, body in zip(tabs, bodies, strict=True):
        if tab.open:
            with tab:
                body(c, run)
    state.write_address()


def _formulas(c: state.Case, run: Projection) -> None:
    segment, funder = method.busiest(run, c.year)
    months = {fmt.month(m): m for m in run.arrays.months}
    names = {s.id: s.name for s in run.region.segments} | {"other": run.region.other.name}
    funders = {f.id: f.name for f in run.region.funders}
    slot = f"{c.region}|{c.serial}"
    a, b, d = st.columns(3)
    last = [m for m in run.arrays.months if m[0] == c.year][-1]
    month = a.selectbox("Bulan", list(months), index=list(months.values()).index(last), key=f"m|{slot}|{c.year}")
    segment = b.selectbox(
        "Kelompok",
        list(names),
        index=list(names).index(segment),
        format_func=names.get,
        key=f"k|{slot}|{c.year}",
    )
    funder = d.selectbox(
        "Sumber",
        list(funders),
        index=list(funders).index(funder),
        format_func=funders.get,
        key=f"f|{slot}|{c.year}",
    )
    rows = [
        (s.title, s.formula, s.filled)
        for s in method.steps(run, months[month], segment, funder, state.baseline(c.region))
    ]
    st.html(html.table(pd.DataFrame(rows, columns=["Langkah", "Rumus", "Dengan angka simulasi ini"])))
    st.markdown("**Yang selalu berlaku, diperiksa pada simulasi ini**")
    checks = [
        (x.statement, "berlaku" if x.holds else "TIDAK berlaku", "0" if x.worst < 1e-6 else fmt.count(x.worst, 6))
        for x in check_identities(run)
    ]
    st.html(html.table(pd.DataFrame(checks, columns=["Pernyataan", "Hasil", "Selisih terbesar"])))


def _outputs(c: state.Case, run: Projection) -> None:
    """The formula of every figure on the screens in one year."""
    years = run.years.years
    key = f"tahun_rumus|{c.region}|{c.serial}"
    now = years.index(c.year) if c.year in years else len(years) - 1
    year = st.columns([1, 5])[0].selectbox("Tahun", years, index=now, key=key)
    st.html(origin_box.table(run, state.baseline(c.region), year))


def _answers(c: state.Case, run: Projection) -> None:
    st.html(html.table(pd.DataFrame(method_answers.ROWS, columns=list(method_answers.HEADS))))


def _inputs(c: state.Case, run: Projection) -> None:
    """Every number with range, status and source; a click on its name tells its note and its law."""
    known, rows, told = of_run(run), [], []
    for x in levers(run.region):
        one = known.of(x.path)
        about = ", ".join(filter(None, (one.status, one.dated)))
        cells = (x.group_name, x.label, label(x, x.value), range_text(x), about)
        rows.append([*map(escape, cells), "; ".join(origin.citation(s) for s in one.sources)])
        funder = x.group if x.group in run.region.funder_ids else None
        law = lever_law(run.region, x.path, x.field.key, funder)
        told.append(origin.inputs(one, law) if one.note or law else "")
    heads = ("Kelompok", "Parameter", "Nilai", "Rentang", "Status", "Sumber")
    st.html(html.grid(heads, rows, ("Nilai",), origins=told, head=1))


def _notes(c: state.Case, run: Projection) -> None:
    st.html(region_notes(run.region))


def _quality(c: state.Case, run: Projection) -> None:
    """Notes on the region's file as it is written, whatever scenario and changes are chosen."""
    quality_notes.show(state.region(c.region))


def _law(c: state.Case, run: Projection) -> None:
    rows = []
    for p in parameters.all_parameters():
        for v in p.values:
            ranged = f" ({_amount(v.low, p.unit)} – {_amount(v.high, p.unit)})" if v.low is not None else ""
            cells = (p.label, _amount(v.value, p.unit) + ranged, f"sejak {fmt.month(v.start)}", STATUSES[v.status])
            source = html.link(v.reference.title, v.reference.link) if v.reference else ""
            rest = (fmt.date_text(str(v.checked)), v.note or "")
            rows.append([*map(escape, cells), source, *map(escape, rest)])
    heads = ("Parameter", "Nilai", "Berlaku", "Status", "Peraturan atau sumber", "Diperiksa", "Catatan")
    st.html('<div class="judul">Yang menentukan rupiahnya</div>' + html.grid(heads, rows))
    st.html('<div class="judul bagian">Siapa boleh atau wajib membayar</div>' + _who_may_pay())


def _who_may_pay() -> str:
    """Regulations on who pays for whom, for every funder, whether or not it pays in this run."""
    rows = []
    for r in all_rules():
        source = html.link(r.source, r.address)
        told = (fmt.date_text(str(r.checked)), r.doubt)
        rows.append([escape(r.title), escape(r.says), source, *map(escape, told)])
    return html.grid(("Peraturan", "Isinya", "Dibaca dari", "Diperiksa", "Catatan"), rows)


def _amount(value: float, unit: str) -> str:
    if unit.startswith("rupiah"):
        return fmt.rupiah_full(value)
    if unit.startswith("share"):
        return fmt.percent(value)
    return f"{fmt.count(value, 2)} {parameters.UNITS[unit]}"


def _elsewhere(c: state.Case, run: Projection) -> None:
    rows = [
        [
            *map(escape, (r.place, fmt.date_text(r.date), r.text)),
            html.link(r.reference.title, r.reference.link),
            escape(r.note or ""),
        ]
        for r in parameters.all_realised()
    ]
    st.html(html.grid(("Tempat", "Waktu", "Yang terjadi", "Sumber", "Catatan"), rows))
