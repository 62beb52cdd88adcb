"""A form of the region: one field under the other, each with its unit, what it is and where to find it."""

from html import escape
from typing import Any

import streamlit as st

from simulator.guidance import guide, typical_text
from simulator.tables import edit
from simulator.tables.cells import show_cell
from simulator.tables.layout import TABLE, Column
from ui import data_faults, draft, state
from ui.data_faults import offer
from ui.data_grid import typed

_SERIAL = "isian_ke"


def show(d: draft.Draft, table: str, columns: tuple[str, ...], across: int = 2) -> None:
    """The fields of a form, `across` beside each other."""
    for start in range(0, len(columns), across):
        places = st.columns(across, gap="medium")
        for place, key in zip(places, columns[start : start + across], strict=False):
            with place:
                _field(d, table, TABLE[table].column(key))


def _field(d: draft.Draft, table: str, column: Column) -> None:
    """One field, what is wrong with it below, else what it is."""
    key = f"isian|{d.name}|{table}|{column.key}"
    shown = d.tables[table][0].cells.get(column.key)
    label = column.heading + (" *" if column.required else "")
    if column.kind == "choice":
        _choice(column, key, label, shown, table)
    else:
        _text(column, key, label, shown, table)
    wrong = [p for p in draft.problems_of(d, table) if p.column == column.key and not p.part]
    for i, p in enumerate(wrong):
        tone = "ringan" if p.kind in data_faults.BLANK else "berat"
        st.html(f'<p class="awas {tone} kecil">{escape(p.text)}</p>')
        offer(d, p, f"{key}|{i}")
    st.html(f'<div class="pandu">{about(column)}</div>')


def about(column: Column) -> str:
    """What a field is, where it is found, its usual range, and what a blank means: HTML."""
    if not column.guide:
        return " ".join(filter(None, (escape(column.help), _blank(column))))
    found = guide(column.guide)
    more = [f"<b>Di mana mencarinya:</b> {escape(found.where)}"]
    usual = typical_text(found)
    more.append(f"<b>Lazimnya:</b> {escape(usual)}" if usual else "")
    more.append(f"<b>Cara menulis:</b> {escape(found.example)}" if found.example else "")
    inside = "".join(f"<p>{text}</p>" for text in more if text)
    blank = escape(found.zero) if found.zero else _blank(column)
    head = f"{escape(found.what)} {blank}"
    return f"{head} <details class='lipat'><summary>Di mana dan lazimnya berapa</summary>{inside}</details>"


def _blank(column: Column) -> str:
    return f"<b>Bila kosong:</b> {escape(column.default)}." if column.default else ""


def _text(column: Column, key: str, label: str, shown: Any, table: str) -> None:
    text = show_cell(column, shown)
    _follow(key, text)
    hint = f"misalnya {guide(column.guide).example}" if column.guide and guide(column.guide).example else ""
    if column.key in ("note", "base_note"):
        st.text_area(label, key=key, height=80, on_change=_typed, args=(table, column.key, key))
        return
    st.text_input(label, key=key, placeholder=hint or None, on_change=_typed, args=(table, column.key, key))


def _choice(column: Column, key: str, label: str, shown: Any, table: str) -> None:
    options = list((column.options or {}).values())
    text = (column.options or {}).get(shown)
    _follow(key, text)
    st.selectbox(
        label, options, index=None, key=key, placeholder="Pilih", on_change=_typed, args=(table, column.key, key)
    )


def _follow(key: str, value: Any) -> None:
    """Let the widget show the draft's value where the draft changed elsewhere (undo, another file)."""
    kept = f"{key}|tampil"
    if key not in st.session_state or st.session_state.get(kept) != value:
        st.session_state[key] = value
    st.session_state[kept] = value


def _typed(table: str, column_key: str, key: str) -> None:
    state.touch()
    d, column, raw = draft.current(), TABLE[table].column(column_key), st.session_state[key]
    if d is None:
        return
    value = typed(column, raw, {})
    draft.change(f"{TABLE[table].title}: {column.label}", edit.with_cell(d.tables, table, 0, column_key, value))
