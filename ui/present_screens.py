"""The screens of a presentation: one question each, its answer in a sentence, and one chart or a few figures."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from simulator import Projection, project
from simulator.questions import answer as answers
from simulator.questions import compare, frames, risk_words, stress
from simulator.questions.answer import Answer, base_name
from ui import (
    bands,
    charts,
    compare_charts,
    compare_page,
    compare_tables,
    html,
    present_charts,
    simulation_page,
    state,
    stress_charts,
    stress_own,
    tiles,
)
from ui import present_asked as asking
from ui import present_words as words
from ui.live_chart import ROWS, rows_for, spec_text
from ui.palette import region_palette

FIGURES = ("coverage_end", "added", "cost", "apbd_cost")  # of the tiles of Simulasi
NOBODY_PAYS = "Semua sumber pendanaan bernilai nol, jadi tidak ada yang digambar. Geser parameter di kanan."
NOTHING_ASKED = "Untuk menyusun usulan, geser parameter di kanan atau pilih skenario di halaman Simulasi."
HEIGHT = 400  # of a chart's specification; on the screen it is as high as there is room


@dataclass(frozen=True)
class Told:
    """The case, its run and what it is compared with, in the year shown."""

    c: state.Case
    run: Projection
    today: Projection
    answer: Answer


@dataclass(frozen=True)
class Shown:
    """The answer in a sentence or two, and what draws the rest of the screen."""

    answer: str
    draw: Callable[[], None]


@dataclass(frozen=True)
class Screen:
    """A question: its word in the address, itself, how it is answered, and whether the levers are beside it."""

    key: str
    question: str
    show: Callable[[Told], Shown]
    levers: bool = True


def screens(c: state.Case) -> list[Screen]:
    """The screens in order; the comparison only where something is pinned."""
    return [s for s in ALL if s.key != "pilihan" or c.pins]


def told(c: state.Case) -> Told:
    """All that the screens of this case stand on. Raises InputError where it cannot be run."""
    today, run = state.compared(c), project(state.region(c.region), c.scenario, c.changes)
    if c.year not in run.years.years:
        c.year = run.years.years[-1]
    return Told(c, run, today, answers.answer(run, today, c.year))


# ---- the questions


def _uncovered(t: Told) -> Shown:
    at = words.newest_month(t.today, datetime.date.today())
    names, _, gaps = words.groups(t.today, at)
    frame = present_charts.gap_frame(names, gaps)
    return Shown(words.uncovered(t.today, at), lambda: _chart(
        "gap", present_charts.gap_chart, frame, "Pekerja yang belum terlindungi menurut kelompok"
    ))  # fmt: skip


def _proposal(t: Told) -> Shown:
    sentence = answers.sentence(t.answer, t.run, simulation_page.scenario_name(t.c))
    return Shown(html.unbroken(sentence), lambda: _figures(t))


def _figures(t: Told) -> None:
    """Four figures of the page Simulasi, large, and what the scenario is."""
    found = {tile.key: tile for tile in tiles.build(t.answer, t.run)}
    cells = "".join(_figure(found[key]) for key in FIGURES)
    about = next((s.description for s in t.run.region.scenarios if s.id == t.c.scenario), "")
    note = f'<p class="layar-kata">{escape(about)}</p>' if about else ""
    st.html(f'<div class="layar-angka">{cells}</div>{note}')


def _figure(tile: html.Tile) -> str:
    tone = {True: "naik", False: "turun", None: ""}[tile.good]
    change = f'<div class="ubah-ini {tone}">{escape(html.unbroken(tile.change))}</div>' if tile.change else ""
    return (
        f'<div><div class="nama">{escape(tile.name)}</div><div class="nilai">{escape(html.unbroken(tile.value))}</div>'
        f'{change}<div class="beda">{escape(html.unbroken(tile.below))}</div></div>'
    )


def _path(t: Told) -> Shown:
    frame = frames.coverage(t.run, t.today)
    return Shown(words.path(t.answer, t.run), lambda: _chart(
        "coverage", charts.coverage_chart, frame, "Cakupan tiap bulan: skenario, kondisi berjalan, dan target"
    ))  # fmt: skip


def _paying(t: Told) -> Shown:
    if float(t.run.years.available.sum()) < words.SMALL:
        return Shown(words.paying(t.answer, t.run), lambda: _plain(NOBODY_PAYS))
    palette = region_palette([(f.id, f.name) for f in t.run.region.funders])
    frame = frames.cost(t.run)
    return Shown(html.unbroken(words.paying(t.answer, t.run)), lambda: _chart(
        "cost", charts.cost_chart, frame, "Biaya tiap tahun menurut sumber", palette
    ))  # fmt: skip


def _covered(t: Told) -> Shown:
    at = words.last_month(t.run, t.answer.year)
    names, insured, gaps = words.groups(t.run, at)
    before = words.groups(t.today, at)[1]
    frame = present_charts.cover_frame(names, insured, before, gaps)
    return Shown(words.covered(t.answer, t.run, t.today), lambda: _chart(
        "cover", present_charts.cover_chart, frame, "Bagian tiap kelompok pekerja yang terlindungi"
    ))  # fmt: skip


def _sure(t: Told) -> Shown:
    if not bands.anything(t.c):
        sentence = "Tidak ada angka yang hanya diketahui rentangnya; jawabannya tidak bergantung pada undian."
        return Shown(sentence, lambda: _plain("Tidak ada pita kemungkinan untuk digambar."))
    known = bands.known(t.c) or bands.draw(t.c, t.run)
    frame = frames.coverage_with_band(frames.coverage(t.run, t.today), known.run)
    sentence = risk_words.sentence(known.run, t.answer, known.before)
    return Shown(html.unbroken(sentence), lambda: _chart(
        "coverage", charts.coverage_chart, frame, "Cakupan tiap bulan dengan pita 8 dari 10 kemungkinan"
    ))  # fmt: skip


def _stopped(t: Told) -> Shown:
    c = t.c
    found = stress.report(state.region(c.region), c.year, c.scenario, c.changes, stress_own.specs(c))
    sentence, shown = words.stopped(found, t.run)
    if shown is None and float(t.run.years.available.sum()) < words.SMALL:
        return Shown(sentence, lambda: _plain(NOBODY_PAYS))
    frame = stress.coverage(found, [shown.test.id] if shown else [])
    return Shown(html.unbroken(sentence), lambda: _chart(
        "stress", stress_charts.coverage_chart, frame, "Cakupan tiap bulan tanpa dan dengan gangguan, dan target"
    ))  # fmt: skip


def _choices(t: Told) -> Shown:
    known = compare_page.sides(t.c)
    years = compare.years(known)
    year = t.c.year if t.c.year in years else years[-1]
    base = compare_page.baseline(t.c, known)
    found = compare.results(known, base, year)
    sentence = compare.headline(found, known, base, year, base_name(known[0].run))

    def draw() -> None:
        frame = compare.coverage(known)
        _chart("compare", compare_charts.coverage_chart, frame, "Cakupan tiap bulan dari semua yang dibandingkan")
        st.html(compare_tables.legend(known))

    return Shown(html.unbroken(sentence), draw)


def _asked(t: Told) -> Shown:
    decided = asking.decisions(t.today, t.run, t.answer.year)
    return Shown(html.unbroken(asking.asked(t.answer, t.run, decided)), lambda: _decisions(t, decided))


def _decisions(t: Told, decided: list[asking.Decision]) -> None:
    """A row a payer: what it decides and what it pays; then the others, and what all of it comes to."""
    rows = asking.rows(t.run, t.answer.year, decided)
    if not rows:
        return _plain(NOTHING_ASKED)
    cells = "".join(
        f'<div class="siapa-bayar">{escape(payer)}</div><div>{escape(html.unbroken(text))}</div>'
        f'<div class="berapa">{escape(html.unbroken(pays))}</div>'
        for payer, text, pays in rows
    )
    st.html(f'<div class="layar-putusan">{cells}</div>')


ALL = (
    Screen("belum", "Siapa yang belum terlindungi?", _uncovered, levers=False),
    Screen("usulan", "Apa usulannya dan berapa hasilnya?", _proposal),
    Screen("cakupan", "Bagaimana cakupannya sampai tahun target?", _path),
    Screen("pembayar", "Siapa membayar berapa?", _paying),
    Screen("kelompok", "Kelompok mana yang terlindungi?", _covered),
    Screen("pasti", "Seberapa pasti?", _sure),
    Screen("berhenti", "Apa yang terjadi bila uangnya berhenti?", _stopped),
    Screen("pilihan", "Bagaimana dibanding pilihan lain?", _choices),
    Screen("diminta", "Apa yang diminta dari rapat ini?", _asked),
)


# ---- drawing


def _plain(text: str) -> None:
    """What stands where there is nothing to draw."""
    st.html(f'<p class="layar-kata">{escape(text)}</p>')


def _chart(name: str, build: Callable, frame: pd.DataFrame, alt: str, palette: tuple | None = None) -> None:
    """A chart with large type, as high as there is room. It is kept while levers move, as on the other pages."""
    text = spec_text(name, build, frame, height=HEIGHT, palette=palette)
    spec = present_charts.larger(text)
    spec["datasets"] = {ROWS: rows_for(frame, text)}
    with st.container(key="layar_gambar", height="stretch"):
        st.vega_lite_chart(None, spec, width="stretch", height="stretch", alt=alt)
