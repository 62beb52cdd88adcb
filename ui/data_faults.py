"""What is wrong with the region that is being built, cell by cell, with the means to mend it on the spot."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from simulator.paths import known
from simulator.registry import Field
from simulator.tables import edit
from simulator.tables.assemble import Problem
from simulator.tables.cells import digits, show_cell
from simulator.tables.layout import DETAILS, TABLE, Column
from simulator.tables.lever_words import setting_column
from simulator.tables.names import names
from ui import draft, state
from ui.data_grid import typed
from ui.html import plain_markdown

BLANK = ("missing", "blank")
MOST = 12  # faults that can be mended in the list at once; the rest wait their turn
_TYPED_KINDS = ("number", "plain", "end", "text", "id", "month", "date", "year", "order", "path", "setting")


def show(d: draft.Draft, found: Sequence[Problem], mend: bool = True) -> None:
    """The faults, each with its cell and how to mend it."""
    if not found:
        return
    dead = [p for p in found if p.kind == "unknown_path"]
    if len(dead) > 1:
        _dead_settings(d, len(dead))
        found = [p for p in found if p.kind != "unknown_path"]
    blank = [p for p in found if p.kind in BLANK]
    if len(blank) > 1:
        st.html(f'<p class="awas ringan"><b>Wajib, belum diisi</b>: {escape(_blanks(d, blank))}.</p>')
        found = [p for p in found if p.kind not in BLANK]
    for i, p in enumerate(found[:MOST]):
        with st.container(key=f"cacat_{i}_{p.table}", gap="small"):
            where = escape(draft.place_words(d, p))
            tone = "ringan" if p.kind in BLANK else "berat"
            st.html(f'<p class="awas {tone}"><b>{where}</b>: {escape(p.text)}</p>')
            if mend:
                offer(d, p, f"cacat|{d.name}|{i}|{p.place}")
    if len(found) > MOST:
        st.caption(f"dan {len(found) - MOST} hal lain, yang tampil setelah yang di atas dibetulkan.")


def _blanks(d: draft.Draft, found: Sequence[Problem]) -> str:
    """What is not filled in, by row: Marbot (Jumlah pekerja, Sudah terlindungi); Guru ngaji (Jumlah pekerja)."""
    rows: dict[str, list[str]] = {}
    for p in found:
        table = TABLE[p.table]
        name = table.title if table.form else edit.row_name(d.tables, p.table, p.row)
        rows.setdefault(name, []).append(_own(p).label)
    return "; ".join(f"{name} ({', '.join(labels)})" for name, labels in rows.items())


def _dead_settings(d: draft.Draft, count: int) -> None:
    text = f"{count} setelan skenario menunjuk sumber atau kelompok yang tidak ada lagi di daerah ini."
    st.html(f'<p class="awas berat"><b>Skenario</b>: {escape(text)}</p>')
    st.button(f"Hapus {count} setelan itu", key=f"mati|{d.name}", on_click=_drop_dead)


def _drop_dead() -> None:
    state.touch()
    d = draft.current()
    paths = set(known(draft.checked(d).data))
    singles = {str(r.cells.get("path")) for r in d.tables["settings"] if ".by_year." in str(r.cells.get("path"))}
    owners = {p.split(".")[0] for p in paths}
    kept = paths | {s for s in singles if s.split(".")[0] in owners}
    tables, lost = edit.without_dead_settings(d.tables, kept)
    draft.change(f"Menghapus {lost} setelan tanpa parameter", tables, rows_move="settings")


def offer(d: draft.Draft, p: Problem, key: str) -> None:
    """The readings to choose from, or a box to type the right value in."""
    if p.readings:
        with st.container(horizontal=True, gap="small"):
            st.markdown("Maksudnya:", width="content")
            for i, value in enumerate(p.readings):
                text = _reading(d, p, value)
                st.button(text, key=f"{key}|pilih{i}", on_click=_choose, args=(p, value))
    if p.kind == "file" and p.row >= 0:
        st.button("Biarkan kosong", key=f"{key}|biar", on_click=_accept, args=(p,))
    if p.table and not TABLE[p.table].form and _own(p).kind in _TYPED_KINDS:
        label = f"Betulkan {draft.place_words(d, p)}"
        st.text_input(
            plain_markdown(label), value=_raw(d, p), key=f"{key}|{len(d.past)}", label_visibility="collapsed",
            placeholder="Tulis nilai yang benar, lalu tekan Enter", on_change=_mended, args=(p, f"{key}|{len(d.past)}"),
            width=320,
        )  # fmt: skip


def _own(p: Problem) -> Column:
    return DETAILS[p.part] if p.part else TABLE[p.table].column(p.column)


def _field_of(d: draft.Draft, p: Problem) -> Field | None:
    """The unit and limits that the cell's number follows: for a setting, those of what it sets."""
    column = TABLE[p.table].column(p.column)
    if column.kind == "setting":
        own = setting_column(d.tables[p.table][p.row].cells, draft.checked(d).data)
        return own.field if own else None
    return column.field


def _reading(d: draft.Draft, p: Problem, value: float) -> str:
    field = _field_of(d, p)
    share = field is not None and field.unit.startswith("share")
    return show_cell(DETAILS["low"], value, None, field) if share else digits(value)


def _raw(d: draft.Draft, p: Problem) -> str:
    """What stands in the cell now, as it is shown."""
    row = d.tables[p.table][p.row]
    value = row.details.get(p.column, {}).get(p.part) if p.part else row.cells.get(p.column)
    return show_cell(_own(p), value, None, _field_of(d, p))


def _set(p: Problem, value: object) -> None:
    d = draft.current()
    if d is None or p.row >= len(d.tables[p.table]):
        return
    where = draft.place_words(d, p)
    if p.part:
        tables = edit.with_detail(d.tables, p.table, p.row, p.column, p.part, value)
    else:
        tables = edit.with_cell(d.tables, p.table, p.row, p.column, value)
    draft.change(f"Membetulkan {where}", tables)


def _accept(p: Problem) -> None:
    state.touch()
    draft.accept(p.place)


def _choose(p: Problem, value: float) -> None:
    state.touch()
    _set(p, value)


def _mended(p: Problem, key: str) -> None:
    state.touch()
    known_names = names(draft.checked(draft.current()).tables)
    _set(p, typed(_own(p), st.session_state[key], known_names, TABLE[p.table].column(p.column).field))
