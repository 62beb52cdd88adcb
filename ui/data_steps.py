"""The steps in which a region is built: what is asked in each, and what stands above and below it."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from simulator import guidance, usual
from simulator import indonesian as fmt
from simulator.tables import edit
from simulator.tables.assemble import Problem
from simulator.tables.layout import TABLE
from simulator.tables.residual import Residual, residual
from simulator.tables.rows import with_rows
from simulator.tables.split import split
from ui import data_check, data_faults, data_form, data_grid, draft, html, state
from ui.data_rows import add_row, rows, sources

REGION_FIELDS = ("title", "start", "population", "workers", "covered", "outside", "growth", "years", "apbd_total")
SEGMENT_COLUMNS = (
    "name", "workers", "covered", "membership", "wage", "duty", "covered_change", "income", "sector", "risk",
    "programmes", "verification_yield", "reference", "note", "id",
)  # fmt: skip
BUDGET_COLUMNS = (
    "name", "order", "annual_budget", "payer", "segments", "start_month", "months", "absorption", "budget_growth",
    "onboarding_per_month", "relief", "programmes", "reference", "note", "id",
)  # fmt: skip
SPONSOR_COLUMNS = (
    "name", "order", "sponsors", "participation", "workers_per_sponsor", "still_paying", "payer", "segments",
    "initial_participation", "start_after", "ramp_months", "onboarding_per_month", "relief", "programmes",
    "reference", "note", "id",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step: its title, the tables that are filled in it, and its body."""

    key: str
    title: str
    tables: tuple[str, ...]
    body: Callable[[draft.Draft], None]


def problems(d: draft.Draft, step: Step) -> list[Problem]:
    """What is wrong in a step's tables; more paid for than insured is told of where both numbers are typed."""
    found = draft.problems_of(d, *step.tables)
    return found + (draft.problems_of_kind(d, "paid_over_covered") if "paid_before" in step.tables else [])


def intro(step: Step) -> None:
    """What one needs at hand for a step."""
    text = next((s.text for s in guidance.steps() if s.id == step.key), "")
    if text:
        st.html(f'<div class="kalimat"><p>{escape(text)}</p></div>')


def _region(d: draft.Draft) -> None:
    data_form.show(d, "region", REGION_FIELDS, across=3)
    with st.expander("Catatan tentang daerah dan penyebut", key="lipat_catatan"):
        data_form.show(d, "region", ("note", "base_note"))
    _below(d, "region")
    also = _counted("Penyebut lain yang ditampilkan berdampingan", len(d.tables["also"]))
    with st.expander(also, key="lipat_penyebut"):
        st.caption(TABLE["also"].about)
        rows(d, "also", ("population", "workers", "note"), "Tambah penyebut lain")


def _segments(d: draft.Draft) -> None:
    _strip(residual(draft.checked(d).tables))
    _usual_groups(d)
    rows(d, "segments", SEGMENT_COLUMNS, "Tambah kelompok kosong")
    _below(d, "segments")
    with st.expander("Pekerja lainnya: sisa penyebut", key="lipat_sisa"):
        data_form.show(d, "other", ("name", "covered_change", "income", "verification_yield"), across=4)
        data_form.show(d, "other", ("note",), across=1)
        data_grid.details(d, "other")


def _funders(d: draft.Draft) -> None:
    _usual_funders(d)
    st.html('<div class="judul bagian">Sumber yang membayar dari anggaran</div>')
    rows(d, "budgets", BUDGET_COLUMNS, "Tambah sumber anggaran", ("order",))
    st.html('<div class="judul bagian">Orang yang menanggung iuran (misalnya ASN)</div>')
    rows(d, "sponsors", SPONSOR_COLUMNS, "Tambah sumber penanggung", ("order",))
    st.html(
        '<div class="judul bagian">Siapa yang sekarang sudah membayari siapa</div>'
        f'<div class="kecil">{escape(TABLE["paid_before"].about)}</div>'
    )
    rows(d, "paid_before", ("funder", "segment", "workers"), "Tambah baris")
    _below(d, "budgets", "sponsors", "paid_before")
    single = _counted("Anggaran yang lain pada tahun tertentu", len(d.tables["by_year"]))
    with st.expander(single, key="lipat_tahun"):
        st.caption(TABLE["by_year"].about)
        rows(d, "by_year", ("funder", "year", "annual_budget", "start_month", "months"), "Tambah tahun")
        data_grid.details(d, "by_year")


def _behaviour(d: draft.Draft) -> None:
    st.button(
        "Pakai nilai pengalaman daerah lain untuk yang kosong",
        key="pengalaman",
        on_click=_experience,
        help="Mengisi asumsi yang masih kosong dengan nilai, rentang, dan sumber yang dicatat simulator.",
    )
    data_form.show(d, "assumptions", tuple(c.key for c in TABLE["assumptions"].columns), across=4)
    _below(d, "assumptions", opened=True)


def _targets(d: draft.Draft) -> None:
    if usual.usual_targets() and not d.tables["targets"]:
        st.button("Pakai target nasional RPJMN", key="target_nasional", on_click=_national_target)
    rows(d, "targets", ("year", "name", "coverage", "population", "reference", "note"), "Tambah target")
    _below(d, "targets")


STEPS = (
    Step("base", "Daerah dan penyebut", ("region", "also"), _region),
    Step("segments", "Kelompok pekerja", ("segments", "other"), _segments),
    Step("funders", "Sumber pendanaan", ("budgets", "sponsors", "paid_before", "by_year"), _funders),
    Step("assumptions", "Perilaku", ("assumptions",), _behaviour),
    Step("targets", "Target", ("targets",), _targets),
    Step(
        "check",
        "Periksa dan simpan",
        ("references", "scenarios", "settings", "stress_tests", "stress_settings"),
        data_check.body,
    ),
)


def _counted(text: str, count: int) -> str:
    return f"{text} ({count})" if count else text


def _below(d: draft.Draft, *tables: str, opened: bool = False) -> None:
    """Under the main tables of a step: faults, ranges and sources, the list of sources, and what each column is."""
    wrong = [p for p in draft.problems_of(d, *tables) if not TABLE[p.table].form or p.part]
    if "paid_before" in tables:
        wrong += draft.problems_of_kind(d, "paid_over_covered")
    data_faults.show(d, wrong)
    with st.expander("Rentang, tanggal, dan sumber tiap angka", expanded=opened, key=f"lipat_rinci_{tables[0]}"):
        data_grid.details(d, *tables)
        sources(d)
    tabular = [t for t in tables if not TABLE[t].form]
    if tabular:
        with st.expander("Penjelasan kolom: apa artinya dan di mana mencarinya", key=f"lipat_kolom_{tables[0]}"):
            for table in tabular:
                st.html(_columns(table))


def _columns(table: str) -> str:
    """A table's columns with what they mean: HTML."""
    rows = [[escape(c.heading) + (" *" if c.required else ""), data_form.about(c)] for c in TABLE[table].columns]
    return f'<div class="judul">{escape(TABLE[table].title)}</div>' + html.grid(["Kolom", "Penjelasan"], rows)


def _strip(found: Residual) -> None:
    """What is left of the base, worked out anew with each number."""
    n = fmt.count

    def text(value: float | None) -> str:
        return "belum diketahui" if value is None else n(value)

    outside = "belum diisi; dianggap 0" if found.outside is None else "ASN, TNI, Polri, penganggur"
    people = [
        html.Tile("Penyebut", text(found.base), "pekerja"),
        html.Tile("− di luar kepesertaan", n(found.outside or 0), outside),
        html.Tile("− semua kelompok", n(found.segments), "jumlah pekerja"),
        html.Tile("= Pekerja lainnya", text(found.rest), "sisa, dihitung sendiri"),
    ]
    insured = [
        html.Tile("Seluruh terlindungi", text(found.covered), "siapa pun yang membayar"),
        html.Tile("− di semua kelompok", n(found.segments_covered), "sudah terlindungi"),
        html.Tile("= pada pekerja lainnya", text(found.rest_covered), "sisa, dihitung sendiri"),
    ]
    told = [(0, t) for t in (found.workers_text, found.covered_text) if t]
    if found.missing:
        told.append((2, f"Sisa sementara: {_still_missing(found.missing)}."))
    st.html(f'<div class="sisa">{html.tiles(people)}{html.tiles(insured)}</div>' + html.notices(told))


def _still_missing(names: tuple[str, ...]) -> str:
    return f"{names[0]} belum diisi" if len(names) == 1 else f"{len(names)} angka belum diisi"


# ---- what districts usually have


def _usual_groups(d: draft.Draft) -> None:
    there = {r.cells.get("id") for r in d.tables["segments"]}
    known = {g.id: g for g in usual.usual_groups() if g.id not in there}
    chosen = _offer("Kelompok yang lazim di kabupaten/kota", "kelompok", known, len(there), _add_group)
    if chosen:
        group = known[chosen]
        _pandu(group.where, group.seen_text, group.note)


def _offer(label: str, word: str, known: dict, there: int, add: Callable[[str], None]) -> str | None:
    """A list of what districts usually have and a button that adds the chosen one; the chosen one's id."""
    if not known:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            label,
            list(known),
            index=None,
            format_func=lambda i: known[i].name,
            placeholder=f"Pilih {word}; angkanya Anda isi sendiri",
            key=f"{word}_lazim|{there}",
            width=420,
        )
        st.button("Tambahkan", key=f"tambah_{word}", disabled=chosen is None, on_click=add, args=(chosen,))
    return chosen


def _pandu(*texts: str | None) -> None:
    st.html(f'<div class="pandu">{escape(" ".join(t for t in texts if t))}</div>')


def _add_group(chosen: str) -> None:
    group = next(g for g in usual.usual_groups() if g.id == chosen)
    add_row("segments", split({"segments": [group.data()]})["segments"][0], group.name)


def _usual_funders(d: draft.Draft) -> None:
    there = {r.cells.get("id") for k in ("budgets", "sponsors") for r in d.tables[k]}
    known = {f.id: f for f in usual.usual_funders() if f.id not in there}
    chosen = _offer("Sumber yang lazim", "sumber", known, len(there), _add_funder)
    if chosen:
        _pandu(known[chosen].where, known[chosen].note)


def _add_funder(chosen: str) -> None:
    funder = next(f for f in usual.usual_funders() if f.id == chosen)
    there = {str(r.cells.get("id")) for r in draft.current().tables["segments"]}
    data = funder.data(there)
    tables = split({"funders": [data]})
    table = "sponsors" if tables["sponsors"] else "budgets"
    row = tables[table][0]
    add_row(
        table,
        row if data["segments"] else row.with_cell("segments", None),
        funder.name,
        usual.usual_references({"funders": [data]}),
    )


def _experience() -> None:
    state.touch()
    d = draft.current()
    found = usual.usual_assumptions()
    row, filled = d.tables["assumptions"][0], split({"assumptions": found})["assumptions"][0]
    for key in filled.cells:
        if key not in row.cells:
            row = row.with_cell(key, filled.cells[key])
            for part, value in filled.details.get(key, {}).items():
                row = row.with_detail(key, part, value)
    tables = with_rows(d.tables, "assumptions", (row,))
    draft.change(
        "Asumsi dari pengalaman daerah lain", edit.with_sources(tables, usual.usual_references({"assumptions": found}))
    )


def _national_target() -> None:
    state.touch()
    d, found = draft.current(), usual.usual_targets()
    rows = (*d.tables["targets"], *split({"targets": found})["targets"])
    tables = edit.with_sources(with_rows(d.tables, "targets", rows), usual.usual_references({"targets": found}))
    draft.change("Target nasional", tables, rows_move="targets")
