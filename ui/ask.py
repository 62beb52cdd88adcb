"""What the pages with questions ask: their inputs, kept for a region and told by the address."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions import measure as measures
from simulator.questions.answer import base_name, default_target
from simulator.registry import LARGEST, POPULATIONS
from ui import share, state

T = TypeVar("T")

YES, NO = "ya", "tidak"
FURTHER = 0.05  # of the base
MEASURE_NAMES = {
    measures.END: "Akhir tahun",
    measures.AVERAGE: "Rata-rata setahun",
    measures.ACTIVE: "Peserta aktif (BPJS)",
}


# Each widget has the record's value as its default too: what is only put into session_state is told the browser
# once, and where a second drawing overtakes the first it would begin at its first option (see ui.drawn).


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
    st.selectbox(label, options, options.index(value), key=key, on_change=_took, args=(name, key), **more)
    return value


def segments(label: str, name: str, options: list[str], default: str) -> str:
    """A row of buttons, one of them chosen, that remembers."""
    value, key = get(name, default), _key(name)
    if value not in options:
        value = default
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.segmented_control(
        label,
        options,
        default=value,
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=_took,
        args=(name, key),
    )
    return value


def toggle(label: str, name: str, default: bool, help: str | None = None) -> bool:
    """A switch that remembers."""
    value, key = bool(get(name, default)), _key(name)
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.toggle(label, value, key=key, help=help, on_change=_took, args=(name, key))
    return value


def text(label: str, name: str, default: str, help: str | None = None) -> str:
    """A text box that remembers what was typed, readable or not."""
    value, key = str(get(name, default)), _key(name)
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.text_input(label, value, key=key, help=help, on_change=_took, args=(name, key))
    return value


def year(run: Projection) -> int:
    """The year asked about: the one that all pages share."""
    c, years = state.case(), run.years.years
    if c.year not in years:
        c.year = years[-1]
    choose_year(years, c.year, "|tanya")
    return c.year


def choose_year(years: Sequence[int], shown: int, where: str = "") -> None:
    """The select box of the year that all pages share; `where` tells the boxes of different pages apart."""
    c = state.case()
    key = f"tahun|{c.region}|{c.serial}{where}"
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.selectbox("Tahun", years, list(years).index(shown), key=key, on_change=_year_chosen, args=(key,))


def _year_chosen(key: str) -> None:
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
    """The region's own target as a share of its coverage base; five points above the end where it has none."""
    target = default_target(run)
    share = run.target_on_base(target) if target else None
    return further(run) if share is None else min(1.0, share)


def further(run: Projection) -> float:
    """A coverage to begin with where the region's targets ask nothing."""
    return min(1.0, float(run.years.coverage_end[-1, 0]) + FURTHER)


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


def read(label: str, name: str, default: str, reader: Callable[[str], T], help: str | None = None) -> T | None:
    """What is typed, read; None, with the reason, where it cannot be."""
    shown = text(label, name, default, help)
    try:
        return reader(shown)
    except fmt.NotANumber as err:
        st.error(str(err))
        return None


def share_of(refusal: str) -> Callable[[str], float]:
    """A reader of a percentage between 0 and 100, which refuses others with this."""

    def reader(shown: str) -> float:
        found = fmt.parse_percent(shown)
        if not 0 <= found <= 1:
            raise fmt.NotANumber(refusal)
        return found

    return reader


def coverage(run: Projection) -> float | None:
    """The coverage asked for, typed in per cent of the base; None, with the reason, where it cannot be read."""
    label, usual = f"Target, % dari {base_name(run)}", fmt.percent_short(usual_target(run))
    return read(label, "target", usual, share_of("Target harus antara 0% dan 100%."), _target_help(run))


def money(label: str, name: str, default: float, help: str | None = None) -> float | None:
    """A sum of rupiah, typed; None, with the reason, where it cannot be read."""

    def reader(shown: str) -> float:
        value = fmt.parse_number(shown)
        if not 0 <= value <= LARGEST:
            raise fmt.NotANumber("Jumlah uang tidak boleh negatif.")
        return value

    return read(label, name, fmt.count(default), reader, help)
