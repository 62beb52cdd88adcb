"""A total that must not be passed: how far it is passed, and ways to keep it, each one click away."""

from html import escape

import streamlit as st

from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions import cap
from simulator.registry import FIELDS
from ui import html, state

ERROR = "cap"  # where what was typed and refused is kept


def notice(c: state.Case, run: Projection) -> list[tuple[int, str]]:
    """A warning where the cap is passed, with its weight; nothing where there is none or it is kept."""
    if c.cap is None:
        return []
    years = [y for y in cap.over(run, c.cap, c.cap_scope) if y.over > 0]
    if not years:
        return []
    worst = max(years, key=lambda y: y.over)
    text = (
        f"Pagu {fmt.rupiah(c.cap, 2)} setahun untuk {fmt.inside(_scope_names(run)[c.cap_scope])} terlewati"
        f" {fmt.rupiah(worst.over, 2)} pada {worst.year}. Tab Pagu menunjukkan cara memenuhinya."
    )
    return [(0, text)]


def body(c: state.Case, run: Projection, before: Projection) -> None:
    """The cap's box, the years, and the ways to mend."""
    _boxes(c, run)
    if c.cap is None:
        st.html(
            '<span class="kecil">Isi jumlah yang tidak boleh dilewati tiap tahun, misalnya 2,5 miliar. Simulator lalu'
            " menunjukkan kelebihannya dan cara memenuhinya: bulan lebih sedikit, kelompok lebih kecil, atau sumber"
            " lain.</span>"
        )
        return
    found = cap.check(state.region(c.region), c.cap, c.cap_scope, c.year, c.scenario, c.changes)
    st.html(html.notices([(0 if found.worst.over > 0 else 2, found.sentence)]))
    left, right = st.columns([1, 2.4])
    with left:
        st.html(_years(found))
    with right:
        for i, mend in enumerate(found.mends):
            words, button = st.columns([5, 1], vertical_alignment="center")
            words.html(f'<div class="judul">{escape(mend.title)}</div><div class="kecil">{escape(mend.text)}</div>')
            button.button("Pakai", key=f"pagu_pakai_{i}", on_click=_mend, args=(mend.changes, mend.title))


def _scope_names(run: Projection) -> dict[str, str]:
    """Whose money the cap holds for. The id `apbd` stands for all of the government's money."""
    names = {state.APBD: "Uang pemerintah daerah (APBD)", state.ALL_FUNDERS: "Semua sumber"}
    return {**{f.id: f.name for f in run.region.funders}, **names}


def _boxes(c: state.Case, run: Projection) -> None:
    left, right, _ = st.columns([1.2, 1.6, 2])
    key, error = f"pagu|{c.region}|{c.serial}", c.errors.get(ERROR)
    shown = error[0] if error else fmt.count(c.cap) if c.cap is not None else ""
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    left.text_input("Pagu, Rp setahun", key=key, on_change=_typed, args=(key,), placeholder="tanpa pagu")
    if error:
        left.error(error[1])
    names = _scope_names(run)
    order = [state.APBD, state.ALL_FUNDERS, *(k for k in names if k not in (state.APBD, state.ALL_FUNDERS))]
    scope = f"pagu_siapa|{c.region}|{c.serial}"
    if st.session_state.get(scope) != c.cap_scope:
        st.session_state[scope] = c.cap_scope
    right.selectbox("Berlaku untuk", order, key=scope, format_func=names.get, on_change=_chosen, args=(scope,))


def _typed(key: str) -> None:
    """A sum typed; a blank takes the cap away. What cannot be read stays in the box with its reason."""
    state.touch()
    c, text = state.case(), st.session_state[key].strip()
    c.errors.pop(ERROR, None)
    try:
        value = fmt.parse_number(text) if text else None
        if value is not None and not 0 <= value <= FIELDS["funder.annual_budget"].le:
            raise fmt.NotANumber("Pagu tidak boleh negatif.")
    except fmt.NotANumber as err:
        c.errors[ERROR] = (text, str(err))
        return
    state.set_cap(value, c.cap_scope)


def _chosen(key: str) -> None:
    state.touch()
    c = state.case()
    state.set_cap(c.cap, st.session_state[key])


def _mend(changes: dict, title: str) -> None:
    """Take a way to keep the cap, as one step that can be undone."""
    reason = state.apply_changes(changes, what=f"Memenuhi pagu: {title}")
    if reason:
        state.case().notices = [f"Tidak dapat dipakai: {reason}."]
    st.rerun()


def _years(found: cap.CapAnswer) -> str:
    heads = ["Tahun", "Biaya", "Lebih"]
    rows = [[str(y.year), fmt.rupiah(y.cost, 2), fmt.rupiah(y.over, 2) if y.over > 0 else "–"] for y in found.years]
    return html.grid(heads, rows, heads[1:])
