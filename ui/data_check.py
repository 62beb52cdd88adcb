"""The last step: what is wrong, what the model assumes for blanks, what the data are worth, and how to keep them."""

from html import escape

import streamlit as st

from simulator import guidance, project
from simulator import indonesian as fmt
from simulator.questions import answer as answers
from simulator.tables.layout import ASSUMPTIONS, BUDGETS, OTHER, REGION, SEGMENTS, SPONSORS, Column, Table
from simulator.tables.rows import Row
from ui import data_faults, data_keep, data_scenarios, draft, html, quality_notes, state
from ui.data_rows import sources


def body(d: draft.Draft) -> None:
    """The check from top to bottom: the gravest first."""
    checked = draft.checked(d)
    if wrong := draft.problems(d):
        st.html(html.notices([(0, _count_words(len(wrong)))]))
        data_faults.show(d, wrong)
    elif checked.region is not None:
        _result(d)
    _blanks(d)
    if checked.region is not None:
        with st.expander("Catatan mutu data", expanded=True, key="lipat_mutu"):
            quality_notes.show(checked.region)
    with st.expander(f"Daftar sumber ({len(d.tables['references'])})", key="lipat_sumber"):
        sources(d)
    wrong = bool(draft.problems_of(d, "settings"))
    with st.expander(f"Skenario ({len(d.tables['scenarios'])})", expanded=wrong, key=f"lipat_skenario{wrong:d}"):
        data_scenarios.body(d)
    data_keep.downloads(d)


def _count_words(count: int) -> str:
    text = "Satu hal harus dibetulkan" if count == 1 else f"{count} hal harus dibetulkan"
    return f"{text} sebelum daerah ini dapat disimulasikan. Yang sudah diisi tetap tersimpan."


def _result(d: draft.Draft) -> None:
    """What the data come to under today's funding, and the way to the simulation."""
    run = project(draft.checked(d).region)
    year = _year(run)
    now = answers.answer(run, run, year)
    st.html('<p class="awas lolos">Semua isian terbaca dan tidak ada yang bertentangan.</p>')
    st.html(html.answer(answers.sentence(now, run, "Kondisi berjalan"), f"{run.region.title} · kondisi berjalan"))
    rows = [
        [str(y), fmt.percent(float(c)), fmt.percent(float(a)), fmt.rupiah(float(k))]
        for y, c, a, k in zip(
            run.years.years,
            run.years.coverage_end[:, 0],
            run.years.coverage_average[:, 0],
            run.years.cost[:, :, 0].sum(axis=1),
            strict=True,
        )
    ]
    heads = ["Tahun", "Cakupan akhir tahun", "Rata-rata setahun", "Iuran semua sumber"]
    with st.expander(f"Proyeksi kondisi berjalan tiap tahun, % dari {answers.base_name(run)}"):
        st.html(html.grid(heads, rows, heads[1:]))
    st.button("Buka di Simulasi →", key="buka_simulasi", type="primary", on_click=open_in_simulation, args=(d.name,))


def _year(run) -> int:
    target = answers.default_target(run)
    years = run.years.years
    return int(target.year.value) if target and int(target.year.value) in years else years[-1]


def open_in_simulation(name: str) -> None:
    """Make the region the one that all pages show, and go to the levers."""
    state.choose_region(name)
    st.session_state["ke_simulasi"] = True


# ---- blanks


_SAID = (REGION, SEGMENTS, OTHER, BUDGETS, SPONSORS, ASSUMPTIONS)


def blanks(tables: dict[str, tuple[Row, ...]]) -> list[tuple[Table, Column, int]]:
    """(table, column, in how many rows; 0: a form) of every optional number left blank that has a default."""
    found = []
    for table in _SAID:
        for column in table.numbers:
            if column.required or not column.default:
                continue
            rows = [r for r in tables[table.key] if (table.form or not r.blank) and _concerns(table, column.key, r)]
            count = sum(column.key not in r.cells for r in rows)
            if count:
                found.append((table, column, count if not table.form else 0))
    return found


def _concerns(table: Table, column: str, row: Row) -> bool:
    """A wage earner's income and the wage of all others are no blanks."""
    wage_earner = row.cells.get("membership") == "pu"
    return not (table.key == "segments" and (column == "wage" or (column == "income" and wage_earner)))


def _blanks(d: draft.Draft) -> None:
    """What was left blank, and what the model takes for it: nothing is silently zero."""
    found = blanks(draft.checked(d).tables)
    if not found:
        return
    rows = []
    for table, column, count in found:
        zero = guidance.guide(column.guide).zero if column.guide else ""
        whose = column.label + (f" ({count} baris)" if count else "")
        rows.append([escape(t) for t in (table.title, whose, column.default, zero)])
    with st.expander(f"Belum diisi: {len(found)} isian pilihan memakai nilai bawaan model"):
        st.html(html.grid(["Tabel", "Isian", "Yang dipakai model", "Artinya"], rows))
