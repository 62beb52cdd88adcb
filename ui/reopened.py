"""What a region file that was opened again says: what was changed in it, and its results then and now."""

from collections.abc import Callable
from html import escape

import streamlit as st

from simulator import indonesian as fmt
from simulator.registry import POPULATIONS
from simulator.saved import Comparison, Row
from ui import html

FEW = 8  # rows that need not be folded away
_THEN, _NOW = "disimpan", "kini"


def show(comparison: Comparison) -> None:
    """One line where nothing has changed, else what has, scenario by scenario; nothing where nothing was stored."""
    for text in comparison.told:
        st.html(html.notices([(2, f"Berkas versi lama disesuaikan: {text}")]))
    if not comparison.stored:
        return
    if comparison.same:
        st.html(html.notices([(2, f"Hasil sama dengan ketika disimpan ({_when(comparison)}).")]))
    else:
        st.html(html.notices([(1, text) for text in sentences(comparison)]))
    if len(comparison.rows) > FEW:
        with st.expander(f"Hasil ketika disimpan dan kini ({len(comparison.rows)} baris)"):
            st.html(table(comparison))
    elif comparison.rows:
        st.html(table(comparison))


def _when(c: Comparison) -> str:
    return f"model {c.model}, {fmt.date_text(c.on)}"


def sentences(c: Comparison) -> list[str]:
    """What has changed, and why that may be."""
    told = []
    if c.rows:
        told.append(f"{len(c.rows)} dari {c.compared} hasil berbeda dengan ketika disimpan ({_when(c)}). {_why(c)}")
    if c.gone:
        shown = fmt.listing([f"“{name}”" for name in c.gone[:5]])
        rest = f" dan {len(c.gone) - 5} lainnya" if len(c.gone) > 5 else ""
        told.append(f"Hasil yang disimpan untuk {shown}{rest} tidak dapat dibandingkan: tidak ada lagi dalam data ini.")
    return told


def _why(c: Comparison) -> str:
    newer = c.model != c.model_now
    if c.edited and newer:
        return f"Datanya diubah sejak disimpan, dan model kini versi {c.model_now}; keduanya dapat menjadi sebabnya."
    if c.edited:
        return "Datanya diubah sejak disimpan; itu sebabnya."
    if newer:
        return f"Datanya sama; sebabnya model kini versi {c.model_now}."
    return "Data dan versi modelnya sama; catatan hasil di berkas mungkin diubah."


def table(c: Comparison) -> str:
    """Old and new side by side."""
    heads = (
        "Skenario", "Tahun", f"Cakupan akhir, {_THEN}", f"Cakupan akhir, {_NOW}",
        f"Rata-rata, {_THEN}", f"Rata-rata, {_NOW}", f"Biaya, {_THEN}", f"Biaya, {_NOW}",
    )  # fmt: skip
    base = f"{POPULATIONS.get(c.population, c.population)}, {fmt.count(c.workers)} pekerja"
    below = f'<div class="kecil">Cakupan: % dari {escape(base)}. Biaya: semua sumber, setahun.</div>'
    return html.grid(heads, [_cells(row) for row in c.rows], heads[1:]) + below


def _cells(row: Row) -> list[str]:
    pairs = (
        _pair(row.old.coverage_end, row.new.coverage_end, fmt.percent),
        _pair(row.old.coverage_average, row.new.coverage_average, fmt.percent),
        _pair(row.old.cost, row.new.cost, fmt.rupiah_full),
    )
    return [escape(row.name), str(row.year), *(escape(text) for pair in pairs for text in pair)]


def _pair(old: float, new: float, words: Callable[[float, int], str]) -> tuple[str, str]:
    """Both in words, with as many digits as it takes to tell them apart."""
    for digits in (2, 4, 6, 8, 10) if words is fmt.percent else (0, 2, 4):
        texts = words(old, digits), words(new, digits)
        if old == new or texts[0] != texts[1]:
            return texts
    return texts
