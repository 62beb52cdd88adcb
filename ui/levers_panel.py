"""The levers: a slider, a typed number, what it buys, what was realised elsewhere, and where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from simulator import Region, parameters
from simulator import indonesian as fmt
from simulator.levers import Lever, Number, lever, main_lever, monthly_price, numbers
from simulator.questions.buys import buys
from simulator.questions.origins import Origins, lever_law
from ui import changes_panel, drawn, history_bar, origin, state
from ui.labels import label, read_typed, typed

ALL, BEHAVIOUR, BASE, SEGMENTS = "semua", "assumptions", "coverage_base", "kelompok"


SLIDER, BOX, ALONE, SWITCH = "s", "t", "g", "w"  # kinds of widgets: a lever's slider and box, a slider alone, on or off
ANSWER = "jawaban"  # the fragment of the page that shows what the levers come to


@dataclass(frozen=True)
class _Panel:
    """What the levers show: the case they belong to, the region as run and as its scenario has it."""

    of: tuple
    now: Region
    first: Region
    numbers: dict[str, Number]
    scales: dict[str, Number]
    written: dict[str, float | None]


def _panel() -> _Panel:
    """The panel of the session's case, worked out once for each of its states."""
    c = state.case()
    of = (c.region, c.scenario, c.serial, repr(c.changes))
    kept = st.session_state.get("panel")
    if kept is None or kept.of != of:
        now, first = state.current(c), state.origin(c)
        written = state.values(first) if c.changes else {}
        kept = _Panel(of, now, first, *({n.path: n for n in numbers(r)} for r in (now, first)), written)
        st.session_state["panel"] = kept
    return kept


def has(c: state.Case, path: str) -> bool:
    """Whether the panel has a slider for a number."""
    return path in {n.path for n in numbers(state.current(c))}


def focus(path: str) -> None:
    """Open the group of a lever and mark it, for a page that leads here."""
    number = next((n for n in numbers(state.current(state.case())) if n.path == path), None)
    if number is None:
        return
    own = (*state.current(state.case()).funder_ids, BEHAVIOUR, BASE)
    st.session_state["lever_group"] = number.group if number.group in own else SEGMENTS
    if number.group not in own:
        st.session_state["lever_segment"] = number.group
    st.session_state["lever_focus"] = path


def show() -> None:
    """The panel: in the list of all funders each lever is a fragment of its own, so that only it is drawn again."""
    panel = _panel()
    now = panel.now
    group = _choose_group(now)
    if group == ALL:
        for f in now.funders:
            path, _ = main_lever(f)
            st.fragment(key=_fragment(path))(_funder_lever)(path)
        return
    if group == SEGMENTS:
        group = _choose_segment(now)
    if group in now.funder_ids:
        st.html(f'<div class="kecil">Boleh membayari, berurutan: {escape(_eligible(now, group))}.</div>')
    for path, number in panel.numbers.items():
        if number.group == group:
            _lever(panel, path, _own_title)
    if told := origin.of_owner(now, group):
        st.html(told)
    if group in now.funder_ids:
        _switches(now, group)


def _fragment(path: str) -> str:
    return f"parameter {path}"


def _funder_lever(path: str) -> None:
    _lever(_panel(), path, _funder_title)


def _redraw(path: str) -> None:
    """After a change draw again what follows it; in a funder's own list that is everything."""
    if st.session_state.get("lever_group") == ALL and not state.case().notices:
        st.rerun([ANSWER, _fragment(path), history_bar.FRAGMENT, changes_panel.FRAGMENT])


def _with_scale_of(now: Lever, first: Lever) -> Lever:
    """A lever on the slider that its scenario has, so that the scale does not run away from the knob."""
    value = first.minimum if now.value is None else now.value
    return replace(
        now,
        minimum=min(first.minimum, value),
        maximum=max(first.maximum, value),
        step=first.step,
        source=first.source,
        address=first.address,
        status=first.status,
        as_of=first.as_of,
        note=first.note,
    )


def _eligible(now: Region, funder: str) -> str:
    names = {s.id: s.name for s in now.segments} | {"other": now.other.name}
    return "; ".join(names[s] for s in next(f for f in now.funders if f.id == funder).segments)


def _funder_title(x: Lever) -> str:
    """In the list of all funders: whose lever it is."""
    return x.group_name if x.field.name == "annual_budget" else f"{x.group_name} yang ikut"


SPOKEN_UNITS = ("Rp setahun", "Rp sebulan", "orang", "orang setahun", "tempat sebulan")


def _own_title(x: Lever) -> str:
    """In a funder's own list: what it is, and its unit where neither label nor value says it."""
    unit = x.field.unit_label
    return f"{x.label} ({unit})" if unit in SPOKEN_UNITS else x.label


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


def _lever(panel: _Panel, path: str, titled: Callable[[Lever], str]) -> None:
    c, now, written = state.case(), panel.now, panel.written
    number = panel.numbers[path]
    one = _with_scale_of(lever(now, number), lever(panel.first, panel.scales.get(path, number)))
    title = titled(one)
    shown = f"▶ {title}" if st.session_state.get("lever_focus") == path else title
    options, labels = scale(one)
    error = c.errors.get(path)
    text = typed(one, one.value) if error is None or error[0] is None else error[0]
    slider_key, text_key = drawn.key(SLIDER, path, one.value), drawn.key(BOX, path, text)
    changed = path in written and written[path] != one.value
    left, right = st.columns([1.55, 1], vertical_alignment="bottom", gap="small")
    left.select_slider(
        f"**{shown}** ●" if changed else shown,
        options,
        one.value,
        format_func=labels.get,
        key=slider_key,
        help=_origin_help(panel, one, number, changed, written.get(path)),
        on_change=_slid,
        args=(path, slider_key),
    )
    right.text_input(
        f"{title} (ketik)",
        text,
        key=text_key,
        label_visibility="collapsed",
        on_change=_typed,
        args=(path, text_key),
    )
    if error:
        st.error(error[1])
    st.html(_below(now, one))


def only_slider(path: str) -> None:
    """A lever as a slider and what it buys, for a page that draws all of itself anew after a move."""
    panel, c = _panel(), state.case()
    number = panel.numbers[path]
    one = _with_scale_of(lever(panel.now, number), lever(panel.first, panel.scales.get(path, number)))
    options, labels = scale(one)
    key = drawn.key(ALONE, path, one.value)
    st.select_slider(
        _funder_title(one), options, one.value, format_func=labels.get, key=key, on_change=_moved, args=(path, key)
    )
    if error := c.errors.get(path):
        st.error(error[1])
    st.html(f'<div class="beli">{escape(buys(panel.now, one))}</div>')


def _moved(path: str, key: str) -> None:
    if drawn.moved(ALONE, path, key):
        state.set_lever(path, st.session_state[key])


def _below(now: Region, lever: Lever) -> str:
    """What it buys, and one thing that was realised elsewhere; the rest is behind the question mark."""
    bought = escape(buys(now, lever))
    elsewhere = _elsewhere(now, lever)
    first = escape(elsewhere[0].text) if elsewhere else ""
    return (
        f'<div class="bawah"><div class="beli" title="{bought}">{bought}</div><div title="{first}">{first}</div></div>'
    )


def _elsewhere(now: Region, lever: Lever) -> list[parameters.Realised]:
    """What was realised in other places."""
    found = parameters.realised(lever.field.name, _funder_kind(now, lever))
    return [r for r in found if not now.title.startswith(r.place)]


def _funder_kind(now: Region, lever: Lever) -> str | None:
    """The funder whose experience elsewhere fits; a second window is like the first."""
    return lever.group.removesuffix("_2") if lever.group in now.funder_ids else None


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


def _origin_help(panel: _Panel, x: Lever, number: Number, changed: bool, written: float | None) -> str:
    """What the number is, where it comes from, what is doubtful about it, the law behind it, and experience."""
    parts = [x.field.help]
    if changed:
        parts.append(f"Diisi pengguna. Nilai skenario: {label(x, written)}.")
    first = panel.scales.get(x.path, number)
    known = Origins(panel.first, state.case().scenario)
    parts.append(origin.markdown(known.of_number(first), "Nilai skenario" if changed else "Nilai"))
    funder = x.group if x.group in panel.now.funder_ids else None
    parts += [origin.markdown(p, f"Peraturan: {p.label}") for p in lever_law(panel.first, x.path, x.field.key, funder)]
    for r in _elsewhere(panel.now, x):
        cited = origin.markdown_link(r.reference.title, r.reference.link)
        note = f" ({origin.plain(r.note)})" if r.note else ""
        parts.append(f"Di tempat lain: {origin.plain(r.text)}{note} – {cited}")
    return "\n\n".join(p for p in parts if p)


def _slid(path: str, key: str) -> None:
    if drawn.moved(SLIDER, path, key):
        state.set_lever(path, st.session_state[key])
        _redraw(path)


def _typed(path: str, key: str) -> None:
    """A typed number, in Indonesian style; what cannot be read stays in the box with its reason."""
    if not drawn.moved(BOX, path, key):
        return None
    text = st.session_state[key]
    state.touch()
    c = state.case()
    now = state.one_lever(state.current(c), path)
    try:
        value = read_typed(now, text)
        _check_money(state.current(c), now, value)
    except fmt.NotANumber as err:
        c.errors[path] = (text, str(err))
        return _redraw(path)
    state.set_lever(path, value)
    if path in c.errors:
        c.errors[path] = (text, c.errors[path][1])
    return _redraw(path)


def _check_money(region: Region, lever: Lever, value: float | None) -> None:
    """A typed budget must pay for somebody and must not pass the whole APBD. Raises NotANumber."""
    if lever.field.name != "annual_budget" or not value:
        return
    funder = next(f for f in region.funders if f.id == lever.group)
    price = monthly_price(region, funder, region.first_month)
    if price and value < price:
        raise fmt.NotANumber(
            f"{fmt.rupiah_full(value)} kurang dari iuran satu pekerja sebulan ({fmt.rupiah_full(price)})."
            " Tulis satuannya, misalnya 2,6 miliar atau 300 juta."
        )
    total = region.apbd_total
    if total and funder.payer == "government" and value > total.value:
        raise fmt.NotANumber(f"Lebih besar daripada seluruh APBD ({fmt.rupiah(total.value, 2)}).")


def _switches(now: Region, group: str) -> None:
    """JHT or not, and the relief of PP 50/2025 where it is unsettled."""
    funder = next(f for f in now.funders if f.id == group)
    jht, jht_path = bool(funder.programmes and "jht" in funder.programmes), f"{group}.programmes"
    jht_key = drawn.key(SWITCH, jht_path, jht)
    st.toggle(
        "Bayari juga JHT (tabungan hari tua)",
        jht,
        key=jht_key,
        help="Menambah JHT 2% dari dasar penghasilan pada JKK dan JKM: Rp 36.800, bukan Rp 16.800, per pekerja sebulan"
        " untuk dasar penghasilan Rp 1.000.000.\n\n" + origin.law_markdown("bpu_jht_rate", now.first_month),
        on_change=_jht,
        args=(jht_path, jht_key),
    )
    relief_key = drawn.key(SWITCH, f"{group}.relief", funder.has_relief)
    st.toggle(
        "Mendapat keringanan iuran PP 50/2025",
        funder.has_relief,
        key=relief_key,
        disabled=funder.payer == "government",
        help="Setengah JKK dan JKM untuk bukan penerima upah, April–Desember 2026 (transportasi Januari 2026–Maret"
        " 2027). Tidak berlaku bila APBN atau APBD yang membayar; untuk zakat, perusahaan,"
        " desa, dan ASN belum ditegaskan.\n\n" + origin.law_markdown("relief_general", (2026, 4)),
        on_change=_relief,
        args=(f"{group}.relief", relief_key),
    )


def _jht(path: str, key: str) -> None:
    if drawn.moved(SWITCH, path, key):
        state.set_lever(path, ["jkk", "jkm", "jht"] if st.session_state[key] else ["jkk", "jkm"])


def _relief(path: str, key: str) -> None:
    if drawn.moved(SWITCH, path, key):
        state.set_lever(path, bool(st.session_state[key]))
