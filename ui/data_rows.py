"""Adding, copying, moving and dropping rows of a table that is being filled in."""

import streamlit as st

from simulator import indonesian as fmt
from simulator.tables import edit
from simulator.tables.layout import TABLE
from simulator.tables.rows import Row, with_rows
from ui import data_grid, draft, state

_SOURCES = "Laporan, berita, dan peraturan yang dapat dipilih di kolom Sumber data. Tambahkan dahulu di sini."


def rows(d: draft.Draft, table: str, columns: tuple[str, ...], add: str, locked: tuple[str, ...] = ()) -> None:
    """A table to type in, and the tools for its rows."""
    if d.tables[table]:
        data_grid.show(d, table, columns, locked)
    row_tools(d, table, add)


def sources(d: draft.Draft) -> None:
    """The list of sources that numbers may name."""
    st.html(f'<div class="judul bagian">Daftar sumber</div><div class="kecil">{_SOURCES}</div>')
    rows(d, "references", ("title", "date", "address", "note", "id"), "Tambah sumber data")


def row_tools(d: draft.Draft, table: str, add: str) -> None:
    """A button for a new row, and for one chosen row: up, down, copy, drop."""
    numbers = range(len(d.tables[table]))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.button(f"+ {add}", key=f"baru|{table}", on_click=_add, args=(table,))
        if not numbers:
            return
        with st.popover("Atur baris", key=f"atur|{table}|{len(numbers)}"):
            row = st.selectbox(
                "Baris",
                numbers,
                format_func=lambda i: f"{_number(d, table, i)}. {edit.row_name(d.tables, table, i)}",
                key=f"baris|{table}|{len(numbers)}",
            )
            with st.container(horizontal=True, gap="small"):
                for text, what in (("↑ Naik", -1), ("↓ Turun", 1)):
                    st.button(text, key=f"pindah|{table}|{what}", on_click=_move, args=(table, row, what))
                st.button("Salin", key=f"salin|{table}", on_click=_copy, args=(table, row))
                st.button("Hapus", key=f"hapus|{table}", on_click=_drop, args=(table, row))
            if table in ("budgets", "sponsors"):
                names = [edit.row_name(d.tables, k, i) for k, i in edit.paying_order(d.tables)]
                st.caption("Urutan membayar: " + "; ".join(f"{i}. {n}" for i, n in enumerate(names, 1)))


def _number(d: draft.Draft, table: str, row: int) -> int:
    """A row's number: its turn of paying, else its place in the table."""
    return d.tables[table][row].cells.get("order", row + 1)


def add_row(table: str, row: Row, name: str, references: dict | None = None) -> None:
    """A row that stands ready made, as a step; with the sources that it names."""
    state.touch()
    d = draft.current()
    tables = edit.with_row(d.tables, table, row.cells)
    last = tables[table][-1]
    tables = with_rows(tables, table, (*tables[table][:-1], Row(last.cells, row.details)))
    draft.change(f"Menambah {name}", edit.with_sources(tables, references or {}), rows_move=table)


def _add(table: str) -> None:
    state.touch()
    d = draft.current()
    tables = edit.with_row(d.tables, table)
    if table not in ("budgets", "sponsors"):
        tables = with_rows(d.tables, table, (*d.tables[table], Row()))
    draft.change(f"Menambah baris {TABLE[table].title}", tables, rows_move=table)


def _move(table: str, row: int, by: int) -> None:
    state.touch()
    d = draft.current()
    name = edit.row_name(d.tables, table, row)
    draft.change(f"Memindahkan {name}", edit.moved(d.tables, table, row, by), rows_move=table)


def _copy(table: str, row: int) -> None:
    state.touch()
    d = draft.current()
    old = d.tables[table][row]
    cells = {k: v for k, v in old.cells.items() if k != "id"}
    for key in ("name", "title"):
        if key in cells:
            cells[key] = f"{cells[key]} (salinan)"
    tables = edit.with_row(d.tables, table, cells)
    tables = with_rows(tables, table, (*tables[table][:-1], Row(tables[table][-1].cells, old.details)))
    draft.change(f"Menyalin {edit.row_name(d.tables, table, row)}", tables, rows_move=table)


def _drop(table: str, row: int) -> None:
    state.touch()
    d = draft.current()
    name = edit.row_name(d.tables, table, row)
    tables, gone = edit.without_row(d.tables, table, row)
    draft.change(f"Menghapus {name}", tables, rows_move=table)
    also = f" Ikut dihapus: {fmt.listing(gone)}." if gone else ""
    draft.notify(f"{name} dihapus.{also} Urungkan mengembalikannya.")
