"""What the scenario comes to when something goes wrong: all stress tests in one table, one of them in full."""

from html import escape

import streamlit as st

from simulator import indonesian as fmt
from simulator.questions import stress, stress_words
from simulator.questions.answer import base_name, target_of
from simulator.questions.stress import Outcome, Report
from simulator.stress import ALL, BUILT_IN
from ui import ask, chart_pictures, html, share, simulation_page, state, stress_charts, stress_own
from ui.live_chart import show as chart

HEIGHT = 330
EVERYTHING = "Semua"


def body(c: state.Case) -> None:
    """The answer, a button for each test, the table, the chosen test's chart and settings, the user's own tests.

    Raises InputError where the case's own setting cannot be run.
    """
    run = state.case_project(c)
    if c.year not in run.years.years:
        c.year = run.years.years[-1]
    found = _report(c)
    left, right = st.columns([6, 1], vertical_alignment="top")
    head = f"{run.region.title} · {simulation_page.scenario_name(c)} · bila terjadi gangguan"
    left.html(html.answer(stress_words.sentence(found), head))
    with right:
        ask.choose_year(run.years.years, c.year, "|uji")
    labels = _labels(found)
    chosen = found.outcome(labels[ask.segments("Uji", stress_own.CHOICE, list(labels), EVERYTHING)])
    st.html(f'<div class="kalimat"><p>{escape(stress_words.outcome(chosen, found))}</p></div>')
    st.html(_table(found, chosen))
    _details(c, found, chosen)
    stress_own.section(c, found)


def _report(c: state.Case) -> Report:
    """The report of this case, worked out once for each of its states: choosing a test runs nothing anew."""
    region = state.region(c.region)
    of = (c.scenario, repr(c.changes), c.year, repr(c.tests))
    kept = st.session_state.get("uji_laporan")
    if kept is None or kept[0] is not region or kept[1] != of:
        found = stress.report(region, c.year, c.scenario, c.changes, stress_own.specs(c))
        kept = st.session_state["uji_laporan"] = (region, of, found)
    return kept[2]


def _labels(found: Report) -> dict[str, str]:
    """What stands on each test's button, and its id; all at once comes first."""
    labels = {EVERYTHING: ALL}
    for o in found.outcomes:
        if o.test.id != ALL:
            labels[share.unique_name(o.test.name, labels)] = o.test.id
    return labels


# ---- the table


def _table(found: Report, chosen: Outcome) -> str:
    """A row a test, the scenario itself first. Cells are HTML."""
    heads = ["Uji", "Terendah", f"Akhir {found.year}", f"Rata-rata {found.year}", "Kehilangan perlindungan",
             "Pulih", f"Iuran {found.year}", _target_head(found)]  # fmt: skip
    rows = [_row(found.usual, found, "")]
    order = sorted(found.outcomes, key=lambda o: o.test.id != ALL)
    for o in order:
        rows.append(_row(o, found, "terpilih" if o is chosen else ""))
    head = "".join(f"<th>{escape(h)}</th>" for h in heads)
    base = escape(base_name(found.usual.run))
    note = (
        f'<div class="kecil">Persentase dari {base}; di bawahnya beda dengan tanpa gangguan. Terendah: bulan dengan'
        " cakupan paling rendah selama simulasi. Pulih: bulan sejak kekurangan pertama sampai tinggal kurang dari 1%"
        " kekurangan terbanyak.</div>"
    )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="tabel-bungkus"><table class="tabel uji">{inside}</table></div>{note}'


def _row(o: Outcome, found: Report, kind: str) -> str:
    name = EVERYTHING if o.test.id == ALL else o.test.name
    cells = [f"<td>{escape(name)}</td>"]
    if not o.ran:
        cells.append(f'<td colspan="7" class="selisih">{escape(stress_words.not_run(o))}</td>')
    else:
        usual = None if o is found.usual else found.usual
        cells += [
            _cell(fmt.percent(o.lowest), fmt.month(o.lowest_month)),
            _share(o.end, usual and usual.end),
            _share(o.average, usual and usual.average),
            _lost(o),
            f"<td>{escape(stress_words.recovery(o.loss, o.run))}</td>",
            _money(o.cost, usual and usual.cost),
            f"<td>{escape(_reached(o))}</td>",
        ]
    return f'<tr class="{kind}">{"".join(cells)}</tr>'


def _cell(value: str, below: str = "", kind: str = "utuh") -> str:
    small = f'<div class="selisih {kind}">{escape(below)}</div>' if below else ""
    return f'<td><span class="utuh">{escape(value)}</span>{small}</td>'


def _share(value: float, usual: float | None) -> str:
    if usual is None:
        return _cell(fmt.percent(value))
    change = round(value, 4) - round(usual, 4)
    if abs(change) < 5e-5:
        return _cell(fmt.percent(value), "tetap")
    return _cell(
        fmt.percent(value), fmt.signed(fmt.points(change), change), f"utuh {'naik' if change > 0 else 'turun'}"
    )


def _lost(o: Outcome) -> str:
    since, worst = o.loss.since, o.loss.worst
    if since is None or worst is None:
        return _cell(fmt.NONE if o.test.id == "" else "tidak ada")
    when = f"mulai {fmt.month(since)}" + (f", terbanyak {fmt.month(worst)}" if worst != since else "")
    return _cell(f"{fmt.count(o.loss.most)} orang", when, "")


def _money(value: float, usual: float | None) -> str:
    if usual is None:
        return _cell(fmt.rupiah(value, 2))
    change = value - usual
    told = fmt.signed(fmt.rupiah(change, 2), change) if abs(change) > 0.5 else "tetap"
    return _cell(fmt.rupiah(value, 2), told)


def _target_head(found: Report) -> str:
    target = target_of(found.usual.run, found.year)
    if target is None:
        return "Target"
    return f"Target {fmt.percent_short(target.coverage.value)} ({int(target.year.value)})"


def _reached(o: Outcome) -> str:
    return {True: "tercapai", False: "tidak tercapai", None: fmt.NONE}[o.reached]


# ---- one test in full


def _details(c: state.Case, found: Report, chosen: Outcome) -> None:
    left, right = st.columns([1.15, 1])
    name = EVERYTHING if chosen.test.id == ALL else chosen.test.name
    with left:
        title = f"Cakupan tiap bulan, % dari {base_name(found.usual.run)}: {name}"
        st.html(f'<div class="judul">{escape(title)}</div>')
        frame = stress.coverage(found, [chosen.test.id] if chosen.ran else [])
        chart("stress", stress_charts.coverage_chart, frame, height=HEIGHT,
              alt="Cakupan tiap bulan tanpa dan dengan gangguan, dan target",
              picture=chart_pictures.picture(chosen.run, simulation_page.scenario_name(c), "uji", title))  # fmt: skip
    with right:
        st.html(f'<div class="judul">Yang diubah: {escape(name)}</div>')
        st.html(f'<div class="kecil">{escape(chosen.test.description)}</div>')
        if chosen.ran:
            _changed(found, chosen)
        _sources(chosen)
        _buttons(c, found, chosen)


def _changed(found: Report, chosen: Outcome) -> None:
    rows = [
        [escape(what), *(f'<span class="utuh">{escape(text)}</span>' for text in values)]
        for what, *values in stress_words.changes(chosen, found)
    ]
    table = html.grid(["Angka", "Dari", "Menjadi"], rows)
    st.html(f'<div class="gulir">{table}</div>')


def _sources(chosen: Outcome) -> None:
    told = [f"{escape(s.text.rstrip('.'))}. {html.link(s.title, s.address)}" for s in chosen.test.sources]
    if told:
        st.html('<div class="kecil">Pernah terjadi: ' + "<br>".join(told) + "</div>")


def _buttons(c: state.Case, found: Report, chosen: Outcome) -> None:
    settings, test = dict(chosen.test.settings), chosen.test
    with st.container(horizontal=True, gap="small"):
        able = chosen.ran and bool(settings)
        st.button("Pakai sebagai pengaturan", key="uji_pakai", on_click=_use, args=(settings, test.name),
                  disabled=not able)  # fmt: skip
        spec = next((s for s in state.region(c.region).stress_tests if s.id == test.id), None)
        if spec is not None or (test.id in BUILT_IN and test.id != ALL and chosen.ran):
            taken = [o.test.name for o in found.outcomes]
            parts = (dict(spec.set), dict(spec.scale)) if spec else (settings, {})
            st.button("Salin ke uji sendiri", key="uji_salin", on_click=stress_own.copy,
                      args=(test.name, *parts, test.members_lost, taken))  # fmt: skip
    if chosen.ran and test.members_lost:
        rest = "Selebihnya dapat dipakai." if settings else ""
        told = "Peserta yang hilang tidak dapat dipakai sebagai pengaturan: tidak ada parameter untuk penurunan sekali"
        st.html(f'<div class="kecil">{told} dalam tiga bulan. {rest}</div>')


def _use(settings: dict, name: str) -> None:
    """Make a test's settings the user's changes, as one step."""
    reason = state.apply_changes(settings, what=f"Memakai uji {name}")
    told = f"Dipakai: {name}. Skenario ini sekarang memuat gangguan itu; Urungkan membatalkannya."
    state.case().notices = [f"Tidak dapat dipakai: {reason}." if reason else told]
    st.rerun()
