"""The page where levers and answer stand side by side."""

import datetime
from collections.abc import Callable
from typing import Any

import streamlit as st

from simulator import InputError, Projection, project
from simulator.questions import answer as answers
from simulator.questions import budget, export, formulas, frames
from simulator.questions.warnings import warnings
from ui import (
    ask,
    bands,
    cap_tab,
    changes_panel,
    chart_pictures,
    charts,
    history_bar,
    html,
    levers_panel,
    origin,
    regions,
    state,
    tiles,
)
from ui.live_chart import show as chart
from ui.palette import region_palette

HEIGHT = 285  # px of a chart: two side by side fit under the tiles on a 768 px screen
TABS = (
    "Cakupan",
    "Biaya",
    "Kelompok pekerja",
    "Manfaat",
    "Pagu",
    "Tabel RKA",
    "Tabel tahunan",
    "Peringatan",
    "Catatan data",
)


def page() -> None:
    """Answer first, so that it changes first; the levers' widgets follow."""
    state.follow_address()
    c = state.case()
    sidebar = st.sidebar.container()
    sound = _sound(c)
    if sound:
        _answer()
    with sidebar:
        history_bar.show(present=True)
        choices(c)
        if sound:
            levers_panel.show()
            changes_panel.show()


def _sound(c: state.Case) -> bool:
    """Whether the region's file can be used; says all its faults where it cannot."""
    try:
        state.region(c.region)
    except InputError as err:
        st.error("Berkas daerah ini belum dapat dipakai. Perbaiki hal berikut, lalu muat ulang halaman:")
        for fault in err.faults:
            st.markdown(f"- {fault.indonesian()}")
        return False
    return True


@st.fragment(key=levers_panel.ANSWER)
def _answer() -> None:
    """Everything that follows the levers; a lever draws this anew, not the whole page."""
    c = state.case()
    state.touched_no_more()
    before, run = state.compared(c), project(state.region(c.region), c.scenario, c.changes)
    years = run.years.years
    if c.year not in years:
        c.year = years[-1]
    found = answers.answer(run, before, c.year)
    left, right = st.columns([6, 1], vertical_alignment="top")
    known = bands.known(c)
    said = left.html(_words(c, run, found, known))
    with right:
        ask.choose_year(years, c.year)
        bands.switch(c)
    for text in c.notices:
        st.info(html.plain_markdown(text))
    if state.fact_changes(c):
        text = "Data atau perilaku diubah; kondisi berjalan dihitung ulang dengan data dan perilaku yang sama."
        st.html(html.notices([(2, text)]))
    built = tiles.build(found, run)
    figures = st.html(_tiles(c, built, found, known))
    if passed := cap_tab.notice(c, run):
        st.html(html.notices(passed))
    tabs = st.tabs(list(TABS), on_change="rerun", key="tabs")
    bodies = (_coverage, _cost, _segments, _claims, cap_tab.body, _budget, _years, _warnings, _notes)
    banded = None
    for tab, body in zip(tabs, bodies, strict=True):
        if tab.open:
            with tab:
                banded = body(c, run, before)
    told = [] if tabs[TABS.index("Peringatan")].open else warnings(run, datetime.date.today())
    if told:
        rest = f" (+{len(told) - 1} peringatan lain di tab Peringatan)" if len(told) > 1 else ""
        st.html(html.notices([(told[0].weight, told[0].text + rest)]))
    if bands.shown(c) and known is None:  # the line first, then how sure it is
        known = bands.draw(c, run)
        said.html(_words(c, run, found, known))
        figures.html(_tiles(c, built, found, known))
        if banded:
            banded(known)
    state.write_address()  # last: the browser draws the page once more for it


def _words(c: state.Case, run: Projection, found: answers.Answer, known: bands.Known | None) -> str:
    """The answer, and below it what the ranges make of it."""
    sentence = answers.sentence(found, run, scenario_name(c))
    below = bands.sentence(c, found, known)
    return html.answer(sentence, f"{run.region.title} · {scenario_name(c)}", below=below)


def _tiles(c: state.Case, built: list[html.Tile], found: answers.Answer, known: bands.Known | None) -> str:
    return html.tiles(bands.on_tiles(c, built, found, known))


def _warnings(c: state.Case, run: Projection, before: Projection) -> None:
    told = warnings(run, datetime.date.today())
    st.html(html.notices((w.weight, w.text) for w in told) or "Tidak ada peringatan.")


def scenario_name(c: state.Case) -> str:
    """The scenario's name, told to be changed where it is."""
    found = next((s for s in state.region(c.region).scenarios if s.id == c.scenario), None)
    name = found.name if found else "Kondisi berjalan"
    return f"{name} (diubah)" if c.changes else name


def _picture(c: state.Case, run: Projection, name: str, title: str, year: int | None = None) -> chart_pictures.Picture:
    return chart_pictures.picture(run, scenario_name(c), name, title, year)


def _palette(run: Projection):
    return region_palette([*frames.payers(run), frames.OPEN])


def _coverage(c: state.Case, run: Projection, before: Projection) -> Callable[[bands.Known], None] | None:
    left, right = st.columns(2)
    plain, shown = frames.coverage(run, before), bands.shown(c)
    title = f"Cakupan tiap bulan, % dari {answers.base_name(run)}"
    picture = _picture(c, run, "cakupan", title)

    def draw(known: bands.Known | None, into: Any = None) -> Any:
        return chart(
            "coverage",
            charts.coverage_chart,
            frames.coverage_with_band(plain, known and known.run) if shown else plain,
            alt="Cakupan tiap bulan: skenario, kondisi berjalan, target, dan rentang undian",
            height=HEIGHT,
            into=into,
            picture=picture,
        )

    with left:
        st.html(f'<div class="judul">{title}</div>')
        drawn = draw(bands.known(c))
        why = st.html(bands.off_middle(c, bands.known(c))) if shown else None
    with right:
        _payers(c, run)

    def again(known: bands.Known) -> None:
        draw(known, drawn)
        if why:
            why.html(bands.off_middle(c, known))

    return again


def _payers(c: state.Case, run: Projection) -> None:
    """Who pays; those insured by themselves or employers are far more, so they are shown on request."""
    whole = st.session_state.get("dengan_mandiri", False)
    people = frames.insured_by_payer(run)
    t = max(i for i, m in enumerate(run.arrays.months) if m[0] == c.year)
    own = float(run.arrays.own[t, :, 0].sum())
    if not whole and people["insured"][people["colour_key"] != frames.OWN[0]].max() < 0.5:
        whole = True  # nobody else pays: an empty chart would say less
    if not whole:
        people = people[people["colour_key"] != frames.OWN[0]]
    title = "Pekerja terlindungi menurut siapa yang membayar"
    st.html(f'<div class="judul">{title}</div>')
    chart(
        "payers",
        charts.payers_chart,
        people,
        alt="Pekerja terlindungi tiap bulan menurut siapa yang membayar",
        height=HEIGHT - 24,
        palette=region_palette(frames.payers(run) if whole else frames.payers(run)[1:]),
        picture=_picture(c, run, "pembayar", title if whole else f"{title}, tanpa mandiri dan pemberi kerja"),
    )
    text = f"Tampilkan juga mandiri dan pemberi kerja ({answers.fmt.count(own)}, {c.year})"
    st.checkbox(text, key="dengan_mandiri")


def _cost(c: state.Case, run: Projection, before: Projection) -> Callable[[bands.Known], None] | None:
    if float(run.years.available.sum()) < 0.5:
        st.info("Belum ada sumber pendanaan yang membayar iuran pada skenario ini.")
        return None
    plain, shown = frames.cost(run), bands.shown(c)
    picture = _picture(c, run, "biaya", "Biaya tiap tahun menurut sumber, Rp")

    def draw(known: bands.Known | None, into: Any = None) -> Any:
        return chart(
            "cost",
            charts.cost_chart,
            frames.cost_with_band(plain, known and known.run) if shown else plain,
            alt="Biaya tiap tahun menurut sumber, yang tidak terpakai, dan rentang undian",
            height=HEIGHT + 20,
            palette=region_palette([(f.id, f.name) for f in run.region.funders]),
            into=into,
            picture=picture,
        )

    drawn = draw(bands.known(c))
    return lambda known: draw(known, drawn)


def _segments(c: state.Case, run: Projection, before: Projection) -> None:
    st.html(f'<span class="kecil">Keadaan akhir {c.year}. Tiap batang satu kelompok pekerja.</span>')
    chart(
        "segments",
        charts.segments_chart,
        frames.segments(run, c.year),
        alt="Kelompok pekerja: terlindungi, belum terlindungi, sifat, dan pembayarnya",
        height=max(HEIGHT, 46 * len(run.arrays.segments)),
        palette=_palette(run),
        picture=_picture(c, run, "kelompok", f"Siapa terlindungi di tiap kelompok pekerja, akhir {c.year}", c.year),
    )


def _claims(c: state.Case, run: Projection, before: Projection) -> None:
    i = run.years.years.index(c.year)
    jkm = run.years.jkm[i, 0]
    st.html(
        '<span class="kecil">Perkiraan untuk peserta yang dibayari orang lain atau lanjut mandiri; yang sudah dibayari'
        " saat awal dianggap sudah lama menjadi peserta. "
        f"Santunan JKM {c.year}: {html.escape(answers.fmt.rupiah(float(jkm)))}.</span>"
    )
    chart(
        "claims",
        charts.claims_chart,
        frames.claims(run),
        alt="Perkiraan kematian, kecelakaan kerja, dan anak penerima beasiswa tiap tahun",
        height=HEIGHT,
        picture=_picture(c, run, "manfaat", "Perkiraan kasus tiap tahun, peserta yang dibayari atau lanjut mandiri"),
    )
    st.html(origin.of_claims(run, c.year))


def _budget(c: state.Case, run: Projection, before: Projection) -> None:
    frame = budget.table(run, c.year)
    if frame.empty:
        st.info(f"Tidak ada iuran yang dibayar sumber mana pun pada {c.year}.")
        return
    shown, totals = budget.with_totals(frame)
    numbers = ("Jumlah pekerja", "Bulan", "Orang-bulan", "Tarif", "Jumlah")
    told = origin.of_budget(run, c.year)
    st.html(html.table(shown.drop(columns="Tahun"), numbers, totals, told, head=1))
    st.html(
        '<span class="kecil">Ketuk uraian untuk rumus dan sumbernya.'
        " Jumlah pekerja = orang-bulan ÷ bulan, dibulatkan. Orang-bulan × tarif = jumlah; bagian"
        " orang-bulan yang tidak utuh menjadi baris sisa pembulatan.</span>"
    )
    _download(c, run, budget.table(run), f"Tabel RKA {run.region.title}", "rka")


def _years(c: state.Case, run: Projection, before: Projection) -> None:
    frame = budget.year_table(run)
    shown = budget.shown(frame).set_index("Tahun").T
    shown.insert(0, "Uraian", shown.index)
    shown.columns = [str(x) for x in shown.columns]
    told = origin.panels(formulas.year_rows(run, c.year))
    st.html(f'<span class="kecil">Ketuk nama baris untuk rumus dan sumbernya, dengan angka {c.year}.</span>')
    origins = [told.get(name, "") for name in shown["Uraian"]]
    st.html(html.table(shown, [str(y) for y in run.years.years], origins=origins))
    _download(c, run, frame, f"Tabel tahunan {run.region.title}", "tahunan")


def _download(c: state.Case, run: Projection, frame, title: str, name: str) -> None:
    address = state.full_address()

    def content() -> bytes:
        levers = state.lever_map(run.region).values()
        return export.to_csv(frame, run, levers, title, scenario_name(c), address).encode("utf-8")

    st.download_button(
        "Unduh CSV (dengan masukan dan sumber)",
        data=content,
        file_name=f"{c.region}-{c.scenario or 'berjalan'}{'-diubah' if c.changes else ''}-{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"unduh-{name}",
    )


def _notes(c: state.Case, run: Projection, before: Projection) -> None:
    from ui.notes import region_notes

    st.html(region_notes(run.region))


def choices(c: state.Case) -> None:
    """Region and scenario: what every page's questions stand on."""
    names = state.titles()
    key = "daerah"
    if st.session_state.get(key) != c.region:
        st.session_state[key] = c.region
    known = list(names)
    st.selectbox("Daerah", known, known.index(c.region), format_func=names.get, key=key, on_change=_region_chosen)
    r = state.region(c.region)
    labels = {s.id: s.name for s in r.scenarios}
    if regions.usual_scenario(r) is None:  # no scenario stands for the file as written
        labels = {None: regions.scenario_title(r, None), **labels}
    key = f"skenario|{c.region}|{c.serial}"
    if st.session_state.get(key) != c.scenario:
        st.session_state[key] = c.scenario
    first = 0 if None in labels else list(labels).index(c.scenario)  # None chosen would mean: as at first
    st.selectbox("Skenario", list(labels), first, format_func=labels.get, key=key,
                 help=origin.scenario_help(r, c.scenario), on_change=_scenario_chosen, args=(key,))  # fmt: skip
    described = next((s.description for s in r.scenarios if s.id == c.scenario), "")
    if described:
        st.caption(described.replace("$", "\\$"))
    st.html(origin.of_region(r, c.scenario))


def _region_chosen() -> None:
    state.choose_region(st.session_state["daerah"])


def _scenario_chosen(key: str) -> None:
    state.choose_scenario(st.session_state[key])
