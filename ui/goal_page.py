"""The page that seeks: what must be set to reach a coverage, what a setting buys, who closes the gap."""

import datetime
from typing import Any

import pandas as pd
import streamlit as st

from simulator import Projection, parameters
from simulator import indonesian as fmt
from simulator.levers import main_lever, numbers
from simulator.questions import decide_words as words
from simulator.questions import frames, gap, goal
from simulator.questions.answer import base_name
from simulator.questions.settings import Setting, settings
from simulator.schema import BudgetFunder, Region
from ui import ask, bands, chart_pictures, charts, decide_charts, html, opening, origin_box, simulation_page, state
from ui.labels import read_typed, typed
from ui.live_chart import show as chart
from ui.palette import region_palette

NEEDED, BUYS, GAP = "Berapa yang diperlukan?", "Apa yang didapat?", "Berapa untuk menutup sisanya?"
NAMES = "Sekarang: nilai parameter yang berlaku di simulator. Jawaban: nilai yang mencapai target."
HEIGHT = 300
UNEVEN = 1e-4  # of the base: a rise or fall between two settings that is worth a word
ANSWER = "jawaban_cari"


def page() -> None:
    """The question on top, its answer and the run that proves it below."""
    c = opening.sound_case()
    if c is not None:
        opening.sidebar(c, "Yang dicari di halaman ini dihitung di atas pengaturan tersebut, termasuk perubahan Anda.")
        _body()


@st.fragment(key=ANSWER)
def _body() -> None:
    with opening.answering() as c:
        question = ask.segments("Pertanyaan", "pertanyaan", [NEEDED, BUYS, GAP], NEEDED)
        {NEEDED: _needed, BUYS: _buys, GAP: _gap}[question](c, state.case_project(c))


def _levers(region: Region) -> dict[str, Setting]:
    """All levers, each funder's main one first."""
    main = [main_lever(f)[0] for f in region.funders]
    order = [*main, *(n.path for n in numbers(region) if n.path not in main)]
    known = settings(region, set(order))
    return {path: known[path] for path in order if path in known}


def _choose_lever(region: Region, label: str) -> Setting:
    known = _levers(region)
    path = ask.choose(
        label, "parameter", list(known), next(iter(known)),
        format_func=lambda p: words.lever_name(known[p]),
    )  # fmt: skip
    return known[path]


def _of_year(run: Projection, setting: Setting, year: int) -> Setting:
    """A funder's setting that the year asked about has of its own is what counts there: that one, then."""
    owner, _, name = setting.path.partition(".")
    path = f"{owner}.by_year.{year}.{name}"
    return settings(run.region, {path}).get(path, setting)


# ---- how much is needed


def _needed(c: state.Case, run: Projection) -> None:
    left, middle, year_box, right = st.columns([3, 1.6, 1, 1.6], vertical_alignment="top")
    with left:
        setting = _choose_lever(run.region, "Parameter yang dicari")
    with middle:
        target = ask.coverage(run)
    with year_box:
        year = ask.year(run)
    with right:
        measure = ask.measure()
    if target is None:
        return
    region = state.region(c.region)
    setting = _of_year(run, setting, year)
    found = goal.seek(region, setting.path, target, year, measure, c.scenario, c.changes)
    head = f"{run.region.title} · {simulation_page.scenario_name(c)}"
    st.html(html.answer(words.goal(found, setting), head))
    if found.limits:
        st.html(html.notices([(1, words.in_the_way(found.limits))]))
    told = words.pushed_out(found.run, run, year, setting.group) if found.value != found.now else []
    if told:
        st.html(html.notices((1, text) for text in told))
    st.html(f'<div class="kecil">{html.escape(words.proof(found))}{_elsewhere(run, setting)}</div>')
    name = f"{words.lever_name(setting)} {words.lever_value(setting, found.value)}"
    take_buttons({setting.path: found.value}, name, same=found.value == found.now)
    _needed_charts(c, run, setting, found)
    st.html(bands.chance(c, {setting.path: found.value}, target, year, measure))
    origin_box.folded(found.run, state.compared(c), year, "perlu")


def _picture(
    c: state.Case, run: Projection, name: str, title: str, year: int | None = None, note: str = ""
) -> chart_pictures.Picture:
    return chart_pictures.picture(run, simulation_page.scenario_name(c), name, title, year, note=note)


def _elsewhere(run: Projection, setting: Setting) -> str:
    """What was realised in other places, for one to weigh the answer by."""
    if setting.number is None or setting.group not in run.region.funder_ids:
        return ""
    known = parameters.realised(setting.number.key.rsplit(".", 1)[-1], setting.group.removesuffix("_2"))
    found = [r.text for r in known if not run.region.title.startswith(r.place)][:2]
    return f"<br>Di tempat lain: {html.escape('; '.join(found))}." if found else ""


def _needed_charts(c: state.Case, run: Projection, setting: Setting, found: goal.Goal) -> None:
    left, right = st.columns([1, 1.15])
    with left:
        base = base_name(found.run)
        title = f"{measures_title(found.measure, found.year)}, % dari {base}"
        st.html(f'<div class="judul">{title}</div>')
        frame, unit = _curve_frame(c, setting, found)
        steps = frame.loc[frame["kind"] == decide_charts.CURVE, "coverage"].diff()
        if steps.max() > UNEVEN and steps.min() < -UNEVEN:
            told = "Cakupan tidak naik merata menurut parameter ini; lihat garisnya."
            st.html(f'<div class="kecil">{told}</div>')
        chart("curve", decide_charts.curve_chart, frame, alt="Cakupan menurut nilai parameter", height=HEIGHT,
              palette=unit, picture=_picture(c, run, "dicari", title, found.year, NAMES))  # fmt: skip
    with right:
        st.html('<div class="judul">Bukti: hasil model tiap tahun</div>')
        st.html(_year_table(found.run, setting.group))


def measures_title(measure: str, year: int) -> str:
    """The title of a chart of a measure."""
    told = words.measure_words(measure, year)
    return told[0].upper() + told[1:]


def _curve_frame(c: state.Case, setting: Setting, found: goal.Goal) -> tuple[pd.DataFrame, tuple]:
    """The curve around now and the answer, the target's line and both points."""
    now = found.now if found.now is not None else found.low
    lever = state.one_lever(state.current(c), setting.path) if setting.number else None
    top = max(found.value, now, lever.maximum if lever else 0.0)
    top = min(found.high, max(1.5 * found.value, top) if found.value > 0 else top) if top > found.low else found.high
    values, shares = goal.curve(
        state.region(c.region), setting.path, found.year, found.measure, c.scenario, c.changes, top
    )
    rows = [(float(v), float(s), decide_charts.CURVE) for v, s in zip(values, shares, strict=True)]
    rows += [(float(v), found.target, decide_charts.GOAL) for v in (values[0], values[-1])]
    rows.append((float(now), found.coverage_now, decide_charts.NOW))
    rows.append((float(found.value), found.coverage, decide_charts.FOUND))
    unit = lever.field.unit if lever else ""
    how = "rupiah" if unit.startswith("rupiah") else "share" if unit.startswith("share") else "angka"
    return pd.DataFrame(rows, columns=["value", "coverage", "kind"]), ((how, words.lever_name(setting)),)


def _year_table(run: Projection, funder: str) -> str:
    """Every year's coverage and cost, and the lever's own funder where it has one."""
    names = {f.id: f.name for f in run.region.funders}
    heads = ["Tahun", "Akhir", "Rata-rata", "Aktif", "Iuran semua"]
    heads += ["Sumber ini"] if funder in names else []
    rows = []
    for i, year in enumerate(run.years.years):
        y = run.years
        row = [str(year)]
        row += [fmt.percent(float(v[i, 0])) for v in (y.coverage_end, y.coverage_average, y.active_end)]
        row.append(fmt.rupiah(float(y.cost[i].sum()), 2))
        if funder in names:
            row.append(fmt.rupiah(float(y.cost[i, run.region.funder_ids.index(funder), 0]), 2))
        rows.append([html.escape(cell) for cell in row])
    told = f"Persentase dari {base_name(run)}. Akhir dan aktif: Desember; aktif menurut hitungan BPJS."
    note = f'<div class="kecil">{html.escape(told)}</div>'
    return html.grid(heads, rows, heads[1:]) + note


# ---- what a setting buys


def _buys(c: state.Case, run: Projection) -> None:
    left, middle, year_box, right = st.columns([3, 1.6, 1, 1.6], vertical_alignment="top")
    with left:
        setting = _choose_lever(run.region, "Parameter yang diubah")
    lever = state.one_lever(state.current(c), setting.path)
    with middle:
        usual = typed(lever, _more(lever))
        value = ask.read("Menjadi", f"menjadi.{setting.path}", usual, lambda shown: read_typed(lever, shown))
    with year_box:
        year = ask.year(run)
    with right:
        measure = ask.measure()
    if value is None:
        return
    setting = _of_year(run, setting, year)
    found = goal.bought(state.region(c.region), setting.path, value, year, measure, c.scenario, c.changes)
    head = f"{run.region.title} · {simulation_page.scenario_name(c)}"
    st.html(html.answer(words.bought(found, setting, year), head))
    if told := words.pushed_out(found.run, found.before, year, setting.group):
        st.html(html.notices((1, text) for text in told))
    name = f"{words.lever_name(setting)} {words.lever_value(setting, value)}"
    take_buttons({setting.path: value}, name)
    left, right = st.columns([1, 1.15])
    with left:
        title = f"Cakupan tiap bulan, % dari {base_name(run)}"
        st.html(f'<div class="judul">{title}</div>')
        told = f"{title}; “Skenario”: {name}, “Kondisi berjalan”: pengaturan sekarang"
        chart("coverage", charts.coverage_chart, frames.coverage(found.run, found.before),
              alt="Cakupan tiap bulan: skenario, kondisi berjalan, dan target", height=HEIGHT,
              picture=_picture(c, run, "didapat", told))  # fmt: skip
        st.html(
            '<div class="kecil">“Skenario” memakai nilai baru; “Kondisi berjalan” di sini pengaturan sekarang.</div>'
        )
    with right:
        st.html('<div class="judul">Bukti: hasil model tiap tahun dengan nilai baru</div>')
        st.html(_year_table(found.run, setting.group))
    origin_box.folded(found.run, state.compared(c), year, "dapat")


def _more(lever: Any) -> float:
    """A value to begin with: somewhat more than there is now, within the slider."""
    value = lever.value or 0.0
    if lever.field.name == "annual_budget":
        return max(3e9, 2 * value) if value < 3e9 else 2 * value
    return min(lever.maximum, value + 10 * lever.step) if lever.value is not None else lever.maximum


# ---- who closes the gap


def _gap(c: state.Case, run: Projection) -> None:
    budgets = {f.id: f.name for f in run.region.funders if isinstance(f, BudgetFunder)}
    if not budgets:
        st.info("Daerah ini tidak mempunyai sumber dengan anggaran tahunan.")
        return
    left, middle, right = st.columns([2.4, 1.6, 2.4], vertical_alignment="top")
    with left:
        funder = ask.choose("Yang menutup sisanya", "penutup", list(budgets), next(iter(budgets)),
                            format_func=budgets.get)  # fmt: skip
    with middle:
        measure = ask.measure()
    with right:
        st.html('<div style="height:1.7rem"></div>')
        steady = ask.toggle("Anggarannya tidak turun dari tahun ke tahun", "tidak_turun", False)
    path = _path(run)
    if path is None:
        return
    plan = gap.close_gap(state.region(c.region), funder, path, measure, c.scenario, c.changes, steady)
    head = f"{run.region.title} · {simulation_page.scenario_name(c)}"
    st.html(html.answer(words.gap(plan, budgets[funder]), head))
    missed = [y for y in plan.years if not y.reached]
    if missed:
        st.html(html.notices([(1, f"{missed[0].year}: {words.in_the_way(missed[0].limits)}")]))
    own = {k: v for k, v in plan.changes.items() if k not in c.changes or c.changes[k] != v}
    take_buttons(own, f"{budgets[funder]} menutup sisanya")
    _gap_details(c, run, plan)


def _path(run: Projection) -> dict[int, float] | None:
    """The yearly targets, typed; first as even steps through the region's own targets."""
    shares = {int(t.year.value): run.target_on_base(t) for t in run.region.targets}
    own = {year: share for year, share in shares.items() if share is not None}
    last = run.years.years[-1]
    since = min(datetime.date.today().year, last)  # what is past is paid
    usual = gap.path_through(run, own or {last: ask.usual_target(run)}, since)
    if all(usual[y] <= float(run.years.coverage_end[run.years.years.index(y), 0]) for y in usual):
        usual = gap.path_through(run, {last: ask.further(run)}, since)  # what is passed already asks nothing
    st.html(f'<div class="judul">Sasaran tiap tahun, % dari {base_name(run)}</div>')
    found: dict[int, float | None] = {}
    reader = ask.share_of("Antara 0% dan 100%.")
    for year, column in zip(usual, st.columns(len(usual)), strict=True):
        with column:
            found[year] = ask.read(str(year), f"sasaran.{year}", fmt.percent_short(usual[year]), reader)
    return None if None in found.values() else found


def _gap_details(c: state.Case, run: Projection, plan: gap.GapPlan) -> None:
    heads = ["Tahun", "Sasaran", "Tanpa sumber ini", "Anggaran perlu", "Dibayar", "Cakupan"]
    rows = [
        [
            str(y.year), fmt.percent(y.target), fmt.percent(y.others), fmt.rupiah_full(y.budget), fmt.rupiah(y.cost, 2),
            fmt.percent(y.coverage) + ("" if y.reached else " ✗"),
        ]
        for y in plan.years
    ]  # fmt: skip
    left, right = st.columns([1.5, 1])
    with left:
        st.html(html.grid(heads, rows, heads[1:]))
        told = ask.MEASURE_NAMES[plan.measure].lower()
        told += "" if all(y.reached for y in plan.years) else "; ✗ sasaran tidak tercapai"
        st.html(f'<div class="kecil">Persentase dari {html.escape(base_name(run))}, diukur {html.escape(told)}.</div>')
    with right:
        st.html('<div class="judul">Iuran tiap tahun menurut sumber</div>')
        names = [(f.id, f.name) for f in plan.run.region.funders]
        told = f"Iuran tiap tahun menurut sumber bila {dict(names)[plan.funder]} menutup sisanya, Rp"
        chart("cost", charts.cost_chart, frames.cost(plan.run), alt="Biaya tiap tahun menurut sumber",
              height=HEIGHT, palette=region_palette(names), picture=_picture(c, run, "sisa", told))  # fmt: skip
    origin_box.folded(plan.run, state.compared(c), plan.years[-1].year, "sisa")


# ---- taking an answer over


def take_buttons(changes: dict[str, Any], name: str, same: bool = False) -> None:
    """Buttons that set an answer, or pin it for comparison."""
    with st.container(horizontal=True, gap="small"):
        st.button("Pakai di Simulasi", on_click=take, args=(changes, name), disabled=same, type="primary", key="pakai")
        st.button("Sematkan untuk dibandingkan", on_click=pin, args=(changes, name), key="sematkan_jawaban")


def take(changes: dict[str, Any], name: str) -> None:
    """Set the levers of an answer, as one step that can be undone."""
    reason = state.apply_changes(changes, what=f"Memakai jawaban: {name}")
    state.case().notices = [reason or f"Dipakai: {name}. Halaman Simulasi menampilkannya; Urungkan membatalkannya."]
    st.rerun()


def pin(changes: dict[str, Any], name: str) -> None:
    """Pin an answer."""
    c = state.case()
    reason = state.pin(name, c.scenario, {**c.changes, **changes})
    c.notices = [reason or f"Disematkan: {name}. Lihat halaman Bandingkan."]
    st.rerun()
