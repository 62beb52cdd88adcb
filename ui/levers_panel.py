"""The levers: a slider, a typed number, what it buys, what was realised elsewhere, and where it comes from."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from simulator import Region, parameters
from simulator import indonesian as fmt
from simulator.levers import Lever, lever, numbers
from simulator.questions.buys import buys
from simulator.registry import STATUSES
from simulator.schema import SponsorFunder
from ui import state

ALL, BEHAVIOUR, BASE, SEGMENTS = "semua", "assumptions", "coverage_base", "kelompok"
NO_LIMIT = "tanpa batas"


def show(c: state.Case, now: Region) -> None:
    """The panel of a case; `now` is the region as it is run."""
    written = state.values(state.origin(c)) if c.changes else {}
    group = _choose_group(now)
    if group == ALL:
        paths = {f"{f.id}.{_main(f)}" for f in now.funders}
        chosen = [n for n in numbers(now) if n.path in paths]
        title: Callable[[Lever], str] = _funder_title
    else:
        if group == SEGMENTS:
            group = _choose_segment(now)
        chosen = [n for n in numbers(now) if n.group == group]
        title = _own_title
    for number in chosen:
        one = lever(now, number)
        _lever(c, now, one, title(one), written)
    if group in now.funder_ids:
        _switches(c, now, group)


def _funder_title(x: Lever) -> str:
    """In the list of all funders: whose lever it is."""
    return x.group_name if x.field.name == "annual_budget" else f"{x.group_name} yang ikut"


SPOKEN_UNITS = ("Rp setahun", "Rp sebulan", "orang", "orang setahun", "tempat sebulan")


def _own_title(x: Lever) -> str:
    """In a funder's own list: what it is, and its unit where neither label nor value says it."""
    unit = x.field.unit_label
    return f"{x.label} ({unit})" if unit in SPOKEN_UNITS else x.label


def _main(funder: Any) -> str:
    return "participation" if isinstance(funder, SponsorFunder) else "annual_budget"


def _choose_group(now: Region) -> str:
    names = {ALL: "Semua sumber", **{f.id: f.name for f in now.funders}}
    names |= {BEHAVIOUR: "Perilaku", BASE: "Penyebut", SEGMENTS: "Kelompok pekerja"}
    key = "lever_group"
    if st.session_state.get(key) not in names:
        st.session_state[key] = ALL
    return st.selectbox("Parameter yang diatur", list(names), format_func=names.get, key=key)


def _choose_segment(now: Region) -> str:
    names = {s.id: s.name for s in now.segments} | {"other": now.other.name}
    key = "lever_segment"
    if st.session_state.get(key) not in names:
        st.session_state[key] = next(iter(names))
    return st.selectbox("Kelompok", list(names), format_func=names.get, key=key)


def _lever(c: state.Case, now: Region, lever: Lever, title: str, written: dict) -> None:
    slot = f"{c.region}|{c.scenario}|{c.serial}|{lever.path}"
    slider_key, text_key = f"s|{slot}", f"t|{slot}"
    options, labels = scale(lever)
    error = c.errors.get(lever.path)
    _follow(slider_key, lever.value)
    if error is None or error[0] is None:
        _follow(text_key, typed(lever, lever.value))
    changed = lever.path in written and written[lever.path] != lever.value
    left, right = st.columns([1.55, 1], vertical_alignment="bottom", gap="small")
    left.select_slider(
        f"**{title}** ●" if changed else title,
        options,
        format_func=labels.get,
        key=slider_key,
        help=origin_text(lever, written.get(lever.path) if changed else None),
        on_change=_slid,
        args=(lever.path, slider_key),
    )
    right.text_input(
        f"{title} (ketik)",
        key=text_key,
        label_visibility="collapsed",
        on_change=_typed,
        args=(lever.path, text_key),
    )
    if error:
        st.error(error[1])
    st.html(_below(now, lever))


def _below(now: Region, lever: Lever) -> str:
    """What it buys, and one thing that was realised elsewhere; the rest is behind the question mark."""
    bought = escape(buys(now, lever))
    elsewhere = parameters.realised(lever.field.name, _funder_kind(now, lever))
    first = escape(elsewhere[0].text) if elsewhere else ""
    return (
        f'<div class="bawah"><div class="beli" title="{bought}">{bought}</div><div title="{first}">{first}</div></div>'
    )


def _funder_kind(now: Region, lever: Lever) -> str | None:
    """The funder whose experience elsewhere fits; a second window is like the first."""
    return lever.group.removesuffix("_2") if lever.group in now.funder_ids else None


def _follow(key: str, value: Any) -> None:
    """Let a widget show the value of the record, touching it only where it differs."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def scale(lever: Lever) -> tuple[list[float | None], dict[float | None, str]]:
    """The slider's stops and their labels: an even grid and the value itself, no two labels alike."""
    steps = round((lever.maximum - lever.minimum) / lever.step)
    grid = [round(lever.minimum + i * lever.step, 10) for i in range(steps + 1)]
    if lever.field.gt is not None:
        grid = [v for v in grid if v > lever.field.gt]
    own = label(lever, lever.value)
    stops = [v for v in grid if label(lever, v) != own]
    if lever.value is not None:
        stops = sorted([*stops, lever.value])
    if lever.field.name == "onboarding_per_month":
        stops.append(None)
    return stops, {v: label(lever, v) for v in stops}


def label(lever: Lever, value: float | None) -> str:
    """A value as it stands over the slider."""
    if value is None:
        return NO_LIMIT
    unit = lever.field.unit
    if unit.startswith("rupiah"):
        return fmt.rupiah(value, 3)
    if unit.startswith("share"):
        return fmt.percent_short(value)
    if unit == "month":
        return fmt.month_name(int(value))
    return fmt.count(value, 0 if lever.field.whole or unit.startswith("people_y") or unit == "people" else 2)


def typed(lever: Lever, value: float | None) -> str:
    """A value as it stands in the box beside the slider."""
    if value is None:
        return NO_LIMIT
    if lever.field.unit.startswith("share"):
        return fmt.percent_short(value)
    return fmt.count(value, 0 if abs(value) >= 1000 else 4)


def origin_text(lever: Lever, written: float | None) -> str:
    """What the number is, where it comes from and what is doubtful about it."""
    parts = [lever.field.help, f"Satuan: {lever.field.unit_label}."]
    if written is not None:
        parts.append(f"Nilai skenario: {label(lever, written)}.")
    if lever.low is not None and lever.high is not None:
        parts.append(f"Rentang: {label(lever, lever.low)} – {label(lever, lever.high)}.")
    source = lever.source or ("bawaan model" if lever.status is None else "tanpa sumber tertulis")
    dated = f", data {fmt.date_text(lever.as_of)}" if lever.as_of else ""
    parts.append(f"Sumber: {source}{dated} ({STATUSES.get(lever.status or '', 'bawaan')}).")
    if lever.note:
        parts.append(f"Catatan: {lever.note}")
    more = parameters.realised(lever.field.name, lever.group.removesuffix("_2"))
    parts += [f"Di tempat lain: {r.text} — {r.reference.title}" for r in more[:3]]
    return "  \n".join(p.replace("$", "\\$") for p in parts if p)


def _slid(path: str, key: str) -> None:
    state.set_lever(path, st.session_state[key])


def _typed(path: str, key: str) -> None:
    """A typed number, in Indonesian style; what cannot be read stays in the box with its reason."""
    text = st.session_state[key]
    c = state.case()
    now = state.one_lever(state.current(c), path)
    try:
        value = read_typed(now, text)
    except fmt.NotANumber as err:
        c.errors[path] = (text, str(err))
        return
    state.set_lever(path, value)
    if path in c.errors:
        c.errors[path] = (text, c.errors[path][1])


def read_typed(lever: Lever, text: str) -> float | None:
    """The number that a typed text means for this lever. Raises NotANumber."""
    if lever.field.name == "onboarding_per_month" and text.strip().lower() == NO_LIMIT:
        return None
    if lever.field.unit.startswith("share"):
        return fmt.parse_percent(text)
    value = fmt.parse_number(text)
    return int(value) if lever.field.whole and value.is_integer() else value


def _switches(c: state.Case, now: Region, group: str) -> None:
    """JHT or not, and the relief of PP 50/2025 where it is unsettled."""
    funder = next(f for f in now.funders if f.id == group)
    slot = f"{c.region}|{c.scenario}|{c.serial}|{group}"
    jht_key, relief_key = f"jht|{slot}", f"relief|{slot}"
    _follow(jht_key, bool(funder.programmes and "jht" in funder.programmes))
    st.toggle(
        "Bayari juga JHT (tabungan hari tua)",
        key=jht_key,
        help="Menambah JHT 2% dari dasar penghasilan pada JKK dan JKM: Rp 36.800, bukan Rp 16.800, per pekerja sebulan"
        " untuk dasar penghasilan Rp 1.000.000.",
        on_change=_jht,
        args=(f"{group}.programmes", jht_key),
    )
    _follow(relief_key, funder.has_relief)
    st.toggle(
        "Mendapat keringanan iuran PP 50/2025",
        key=relief_key,
        disabled=funder.payer == "government",
        help="Setengah JKK dan JKM untuk bukan penerima upah, April–Desember 2026 (transportasi Januari 2026–Maret"
        " 2027). Tidak berlaku bila APBN atau APBD yang membayar; untuk zakat, perusahaan,"
        " desa, dan ASN belum ditegaskan.",
        on_change=_relief,
        args=(f"{group}.relief", relief_key),
    )


def _jht(path: str, key: str) -> None:
    state.set_lever(path, ["jkk", "jkm", "jht"] if st.session_state[key] else ["jkk", "jkm"])


def _relief(path: str, key: str) -> None:
    state.set_lever(path, bool(st.session_state[key]))
