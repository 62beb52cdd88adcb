"""The page where pinned settings stand side by side."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions import compare
from simulator.questions.answer import base_name
from simulator.questions.compare import Side
from simulator.questions.risk import Risk
from ui import (
    ask,
    bands,
    changes_panel,
    chart_pictures,
    compare_charts,
    compare_risk,
    compare_tables,
    history_bar,
    html,
    opening,
    pins,
    share,
    simulation_page,
    state,
)
from ui.live_chart import show as chart
from ui.palette import region_palette
from ui.regions import scenario_title

HEIGHT = 320
RESULTS, SETTINGS = "perbandingan", "parameter berbeda"  # fragments


def page() -> None:
    """What is compared in the sidebar, the comparison beside it."""
    c = opening.sound_case()
    if c is None:
        return
    sidebar = st.sidebar.container()
    _results()
    _settings()
    with sidebar:
        history_bar.show()
        _pins(c)


# ---- what is compared


def sides(c: state.Case) -> list[Side]:
    """Today's policy, the current setting where it is neither that nor a pin, and the pins."""
    setting = (c.scenario, c.changes)
    twin = next((p for p in c.pins if p.setting == setting), None)
    usual = _is_today(c)
    found = [Side(share.TODAY, "Kondisi berjalan" + _now(usual), "K", _today(c))]
    if twin is None and not usual:
        found.append(Side(share.CURRENT, "Pengaturan sekarang", "S", state.case_project(c)))
    for number, pin in enumerate(c.pins, 1):
        found.append(Side(str(number), pin.name + _now(pin is twin), str(number), state.pin_project(c, pin)))
    return found


def _now(is_current: bool) -> str:
    return " (sekarang)" if is_current else ""


def _is_today(c: state.Case) -> bool:
    """Whether the current setting is today's policy as it is written."""
    usual = next((s for s in state.region(c.region).scenarios if s.id == state.TODAY), None)
    return not c.changes and (c.scenario is None or (c.scenario == state.TODAY and not (usual and usual.set)))


def _facts(c: state.Case) -> list[dict]:
    """The changes to data and behaviour of everything compared, each once."""
    compared = [*c.pins] if _is_today(c) else [c, *c.pins]
    found: list[dict] = []
    for one in compared:
        facts = state.fact_changes(one, c.region)
        if facts not in found:
            found.append(facts)
    return found


def _today(c: state.Case) -> Projection:
    """Today's funding, on the data and behaviour that all compared share; on the file's where they differ."""
    facts = _facts(c)
    return state.todays_policy(c.region, facts[0] if len(facts) == 1 else {})


def baseline(c: state.Case, known: list[Side]) -> str:
    """The key of the side that all are compared with; a current setting that is pinned is found under its pin."""
    keys = [s.key for s in known]
    if c.compare_with in keys:
        return c.compare_with
    twin = next((str(i) for i, p in enumerate(c.pins, 1) if p.setting == (c.scenario, c.changes)), share.TODAY)
    return twin if c.compare_with == share.CURRENT else share.TODAY


# ---- the comparison


@st.fragment(key=RESULTS)
def _results() -> None:
    """Everything that follows year and baseline; they draw this anew, not the whole page."""
    c = state.case()
    state.touched_no_more()
    for text in c.notices:
        st.info(html.plain_markdown(text))
    if c.pins:
        _comparison(c)
    else:
        _empty(c)
    state.write_address()


def _empty(c: state.Case) -> None:
    st.html(compare_tables.beginning(state.region(c.region).title))
    ids = pins.useful(c)
    names = [scenario_title(state.region(c.region), s) for s in ids]
    if ids:
        st.html(f'<div class="kecil">Contoh untuk daerah ini: {escape(fmt.listing(names))}.</div>')
        st.button("Sematkan tiga contoh ini" if len(ids) == 3 else "Sematkan contoh ini", on_click=_pin_useful)


def _pin_useful() -> None:
    pins.pin_scenarios(pins.useful(state.case()))
    st.rerun()


def _comparison(c: state.Case) -> None:
    known = sides(c)
    years = compare.years(known)
    year = c.year if c.year in years else years[-1]
    base = baseline(c, known)
    left, middle, right = st.columns([4.2, 2.3, 1.3], vertical_alignment="bottom")
    with middle:
        _choose_baseline(c, known, base)
    with right:
        ask.choose_year(years, year, "|banding")
        bands.switch(c)
    whole = base_name(known[0].run)
    found, paying = compare.results(known, base, year), compare.paying(known, base, year)
    words = compare.paying_words(paying, known, base, year)
    headline = html.unbroken(compare.headline(found, known, base, year, whole))
    left.html(html.answer(headline, _whose(c, known), "mengatur sematan"))
    _told(c)
    shown = bands.shown(c)
    drawn = _charts(known, year, shown)
    st.html(compare_tables.results(found, known, base, year, whole, compare.target_label(known, year)))
    st.html(compare_tables.paying(paying, words, known, base, year))
    risks = compare_risk.draws(c, known) if shown else {}
    if shown:
        _coverage_chart(known, risks, drawn)  # the lines first, then their bands
    compare_risk.section(c, known, risks, base, year, whole)


@st.fragment(key=SETTINGS)
def _settings() -> None:
    """What is set otherwise: it does not hang on the year, so the year does not draw it."""
    c = state.case()
    if c.pins:
        known = sides(c)
        st.html(compare_tables.different(compare.different_settings(known), known, baseline(c, known)))


def _whose(c: state.Case, known: list[Side]) -> str:
    return f"{state.region(c.region).title} · {len(known)} pengaturan dibandingkan"


def _told(c: state.Case) -> None:
    """What a reader of the comparison has to know."""
    told = []
    facts = _facts(c)
    if len(facts) > 1:
        told.append("Data atau perilaku tidak sama di semua pengaturan; kondisi berjalan memakai data berkas daerah.")
    elif facts and facts[0]:
        told.append("Kondisi berjalan dihitung dengan perubahan data dan perilaku yang sama.")
    if share.too_long(share.encode(c.link())):
        told.append(
            "Sematan terlalu panjang untuk alamat peramban, jadi tautan hanya memuat pengaturan sekarang. Setelah"
            " halaman dimuat ulang, tombol Urungkan memulihkan semuanya."
        )
    if told:
        st.html(html.notices((2, text) for text in told))


def _coverage_chart(known: list[Side], risks: dict[str, Risk] | None, into: Any = None) -> Any:
    """The chart of coverage; with bands where risks are given, the known ones (none yet: room for them)."""
    plain = compare.coverage(known)
    return chart(
        "compare_coverage",
        compare_charts.coverage_chart,
        plain if risks is None else compare.coverage_with_bands(plain, risks),
        alt="Cakupan tiap bulan dari semua pengaturan yang dibandingkan, target, dan rentang undian",
        height=HEIGHT,
        into=into,
        picture=_picture(known, "cakupan", f"Cakupan tiap bulan, % dari {base_name(known[0].run)}", named=True),
    )


def _picture(
    known: list[Side], name: str, title: str, year: int | None = None, named: bool = False
) -> chart_pictures.Picture:
    """What stands around a chart's picture; the names of its lines where the chart has but their marks."""
    own = simulation_page.scenario_name(state.case())  # a picture stands alone: “Pengaturan sekarang” would say nothing
    names = {share.CURRENT: own}
    named_keys = [(f"{s.mark}  {names.get(s.key, s.name)}", s.key) for s in known] + [("Target", "target")]
    lines = [(text, compare_charts.LOOKS[key].colour, compare_charts.LOOKS[key].dash) for text, key in named_keys]
    setting = f"{len(known)} pengaturan dibandingkan"
    return chart_pictures.picture(known[0].run, setting, name, title, year, lines if named else ())


def _charts(known: list[Side], year: int, shown: bool) -> Any:
    left, right = st.columns(2)
    cost = compare_charts.headed(compare.cost(known, year))
    with left:
        st.html(f'<div class="judul">Cakupan tiap bulan, % dari {base_name(known[0].run)}</div>')
        drawn = _coverage_chart(known, {} if shown else None)
        st.html(compare_tables.legend(known))
    with right:
        st.html(f'<div class="judul">Biaya {year} menurut sumber</div>')
        chart(
            "compare_cost",
            compare_charts.cost_chart,
            cost,
            alt="Biaya setahun menurut sumber dari semua pengaturan yang dibandingkan",
            height=compare_charts.cost_height(cost),
            palette=region_palette([(f.id, f.name) for f in known[0].run.region.funders]),
            picture=_picture(known, "biaya", f"Biaya {year} menurut sumber, Rp setahun", year),
        )
    return drawn


def _choose_baseline(c: state.Case, known: list[Side], base: str) -> None:
    names = {s.key: s.name for s in known}
    key = f"patokan|{c.region}|{c.serial}"
    if st.session_state.get(key) != base:
        st.session_state[key] = base
    st.selectbox("Patokan", list(names), format_func=names.get, key=key, on_change=_base_chosen, args=(key,))


def _base_chosen(key: str) -> None:
    pins.compare_with(st.session_state[key])
    st.rerun([RESULTS, SETTINGS, history_bar.FRAGMENT])


# ---- the pins in the sidebar


def _pins(c: state.Case) -> None:
    for number, pin in enumerate(c.pins, 1):
        _pin(c, number, pin)
    _add(c)
    changes_panel.link_box(c)


def _pin(c: state.Case, number: int, pin: state.Pin) -> None:
    slot = f"{c.region}|{c.serial}|{number}"
    key = f"nama|{slot}"
    error = c.errors.get(pins.name_box(number))
    if error is None and st.session_state.get(key) != pin.name:
        st.session_state[key] = pin.name
    with st.container(key=f"sematan{number}", gap="small"):
        made_of = scenario_title(state.region(c.region), pin.scenario)
        st.html(compare_tables.pin_title(str(number), pin.name, made_of, len(pin.changes)))
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"tombol{number}"):
            if st.button("Buka", key=f"buka|{slot}", help="Pakai pengaturan ini di halaman Simulasi."):
                pins.open_pin(number)
                st.switch_page(simulation(), query_params=state.address())  # so that Back leads here
            with st.popover("Nama"):
                st.text_input(
                    "Nama baru", key=key, max_chars=share.LONGEST_NAME, on_change=_renamed, args=(number, key)
                )
                if error:
                    st.error(html.plain_markdown(error[1]))
            _action("Naik", f"naik|{slot}", number > 1, pins.move, number, -1)
            _action("Turun", f"turun|{slot}", number < len(c.pins), pins.move, number, 1)
            _action("Lepas", f"lepas|{slot}", True, pins.drop, number)


def _action(text: str, key: str, possible: bool, what: Callable[..., None], *args: int) -> None:
    st.button(text, key=key, disabled=not possible, on_click=what, args=args)


def _renamed(number: int, key: str) -> None:
    pins.rename(number, st.session_state[key])


def _add(c: state.Case) -> None:
    if len(c.pins) >= state.MOST_PINS:
        st.caption(f"Sudah {state.MOST_PINS} sematan; lepas satu untuk menambah yang lain.")
        return
    r = state.region(c.region)
    free = {s.id: s.name for s in r.scenarios if all(p.setting != (s.id, {}) for p in c.pins)}
    if not _is_today(c) and all(p.setting != (c.scenario, c.changes) for p in c.pins):
        free = {share.CURRENT + "*": "Pengaturan sekarang", **free}
    key = f"tambah|{c.region}|{c.serial}|{len(c.pins)}"
    st.selectbox("Sematkan", list(free), format_func=free.get, index=None, placeholder="Pilih skenario", key=key,
                 on_change=_added, args=(key,))  # fmt: skip


def _added(key: str) -> None:
    chosen = st.session_state[key]
    if chosen is None:
        return
    c = state.case()
    name = scenario_title(state.region(c.region), chosen)
    reason = pins.pin_current() if chosen.endswith("*") else state.pin(name, chosen, {})
    c.notices = [reason] if reason else []


def simulation():
    """The page of the levers, as the navigation knows it."""
    return st.Page(simulation_page.page, title="Simulasi", url_path="simulasi", default=True)
