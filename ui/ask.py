"""What the pages with questions ask: their inputs, kept for a region and told by the address."""

from typing import Any

import streamlit as st

from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions import measure as measures
from simulator.questions.answer import base_name, default_target
from simulator.registry import POPULATIONS
from ui import share, state

YES, NO = "ya", "tidak"
MEASURE_NAMES = {
    measures.END: "Akhir tahun",
    measures.AVERAGE: "Rata-rata setahun",
    measures.ACTIVE: "Peserta aktif (BPJS)",
}


def get(name: str, default: Any) -> Any:
    """What was chosen last for this region, else the default."""
    text = state.case().asks.get(name)
    return default if text is None else text == YES if isinstance(default, bool) else text


def put(name: str, value: Any) -> None:
    """Keep a choice; the address tells it, so that it outlives a reload."""
    state.case().asks[name] = (YES if value else NO) if isinstance(value, bool) else str(value)[: share.LONGEST_ASK]


def _key(name: str) -> str:
    return f"tanya|{state.case().region}|{name}"


def _took(name: str, key: str) -> None:
    state.touch()
    put(name, st.session_state[key])


def choose(label: str, name: str, options: list, default: Any, **more: Any) -> Any:
    """A select box that remembers."""
    value = get(name, default)
    if value not in options:
        value = default if default in options else options[0]
    key = _key(name)
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.selectbox(label, options, key=key, on_change=_took, args=(name, key), **more)
    return value


def segments(label: str, name: str, options: list[str], default: str) -> str:
    """A row of buttons, one of them chosen, that remembers."""
    value, key = get(name, default), _key(name)
    if value not in options:
        value = default
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.segmented_control(
        label, options, key=key, required=True, label_visibility="collapsed", on_change=_took, args=(name, key)
    )
    return value


def toggle(label: str, name: str, default: bool, help: str | None = None) -> bool:
    """A switch that remembers."""
    value, key = bool(get(name, default)), _key(name)
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.toggle(label, key=key, help=help, on_change=_took, args=(name, key))
    return value


def text(label: str, name: str, default: str, help: str | None = None, hidden: bool = False) -> str:
    """A text box that remembers what was typed, readable or not."""
    value, key = str(get(name, default)), _key(name)
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    visible = "collapsed" if hidden else "visible"
    st.text_input(label, key=key, help=help, label_visibility=visible, on_change=_took, args=(name, key))
    return value


def year(run: Projection) -> int:
    """The year asked about: the one that all pages share."""
    c, years = state.case(), list(run.years.years)
    if c.year not in years:
        c.year = years[-1]
    key = _key(f"tahun|{c.serial}")
    if st.session_state.get(key) != c.year:
        st.session_state[key] = c.year
    st.selectbox("Tahun", years, key=key, on_change=_year, args=(key,))
    return c.year


def _year(key: str) -> None:
    state.touch()
    state.case().year = st.session_state[key]


def measure() -> str:
    """How coverage is measured."""
    return choose(
        "Diukur pada",
        "ukuran",
        list(MEASURE_NAMES),
        measures.END,
        format_func=MEASURE_NAMES.get,
        help="Akhir tahun: Desember saja. Rata-rata: mean dua belas bulan. Peserta aktif: dibayar bulan ini atau dalam"
        " masa tunggak, seperti hitungan BPJS Ketenagakerjaan.",
    )


def usual_target(run: Projection) -> float:
    """The region's own target as a share of its coverage base; a point above today where it has none."""
    target = default_target(run)
    size = run.target_base(target) if target else None
    if target is None or size is None:
        return min(1.0, float(run.years.coverage_end[-1, 0]) + 0.05)
    return min(1.0, target.coverage.value * size / run.region.coverage_base.workers.value)


def _target_help(run: Projection) -> str:
    """Where the target that stands there at first comes from."""
    target = default_target(run)
    if target is None or run.target_base(target) is None:
        return "Daerah ini belum mempunyai target; bawaan lima poin di atas kondisi akhir."
    own = run.region.coverage_base.population
    population = POPULATIONS[target.population or own]
    told = f"Bawaan: {target.name} {fmt.percent(target.coverage.value)} dari {population} pada {int(target.year.value)}"
    if target.population not in (None, own):
        told += f", sama dengan {fmt.percent(usual_target(run))} dari {base_name(run)}"
    return told + "."


def coverage(run: Projection) -> float | None:
    """The coverage asked for, typed in per cent of the base; None, with the reason, where it cannot be read."""
    label = f"Target, % dari {base_name(run)}"
    shown = text(label, "target", fmt.percent_short(usual_target(run)), _target_help(run))
    try:
        share = fmt.parse_percent(shown)
        if not 0 <= share <= 1:
            raise fmt.NotANumber("Target harus antara 0% dan 100%.")
    except fmt.NotANumber as err:
        st.error(str(err))
        return None
    return share


def money(label: str, name: str, default: float, help: str | None = None) -> float | None:
    """A sum of rupiah, typed; None, with the reason, where it cannot be read."""
    shown = text(label, name, fmt.count(default), help)
    try:
        value = fmt.parse_number(shown)
        if not 0 <= value <= 1e15:
            raise fmt.NotANumber("Jumlah uang tidak boleh negatif.")
    except fmt.NotANumber as err:
        st.error(str(err))
        return None
    return value
