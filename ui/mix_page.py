"""The page that mixes: who should pay how much, within each one's limit, and what every rupiah more would do."""

from typing import Any

import pandas as pd
import streamlit as st

from simulator import Projection
from simulator import indonesian as fmt
from simulator.levers import Lever
from simulator.questions import decide_words as words
from simulator.questions import mix as mixes
from simulator.questions.answer import base_name
from simulator.questions.frontier import ALONE, Frontier, frontier, point
from simulator.questions.usual_limits import UsualLimit, usual_limits
from ui import ask, bands, chart_pictures, decide_charts, goal_page, html, opening, origin_box, simulation_page, state
from ui.labels import read_typed, typed
from ui.live_chart import show as chart

CHEAPEST, MOST = "Capai target dengan biaya terkecil", "Cakupan terbanyak untuk jumlah tertentu"
ALL, PUBLIC = "Semua sumber", "Uang pemerintah daerah (APBD)"
HEIGHT = 320
ANSWER = "jawaban_bauran"


def page() -> None:
    """The question and the limits on top, the mix and the frontier below."""
    c = opening.sound_case()
    if c is not None:
        opening.sidebar(
            c,
            "Bauran dihitung di atas pengaturan tersebut: data, perilaku, bulan bayar, dan siapa yang boleh dibayari."
            " Besar anggaran dan keikutsertaan dicari.",
        )
        _body()


@st.fragment(key=ANSWER)
def _body() -> None:
    with opening.answering() as c:
        run = state.case_project(c)
        question = _question(c, run)
        if question is not None:
            _answer(c, run, question)


# ---- the question


def _question(c: state.Case, run: Projection) -> dict[str, Any] | None:
    """What is asked, as arguments of `mix`; None where something typed cannot be read."""
    left, middle, year_box, right, last = st.columns([2.4, 1.5, 0.9, 1.5, 1.9], vertical_alignment="top")
    with left:
        kind = ask.choose("Pertanyaan", "bauran", [CHEAPEST, MOST], CHEAPEST)
    with middle:
        goal = ask.coverage(run) if kind == CHEAPEST else ask.money("Jumlah, Rp setahun", "jumlah", 3e9)
    with year_box:
        year = ask.year(run)
    with right:
        measure = ask.measure()
    with last:
        whose = ("Uang siapa yang dihemat", "hemat") if kind == CHEAPEST else ("Jumlah itu uang", "jumlah_dari")
        minimise = _whose(run, *whose)
    caps = _limits(c, run)
    if goal is None or caps is None:
        return None
    options = {"year": year, "measure": measure, "minimise": minimise, "caps": caps}
    options |= {"must_first": ask.get("wajib", False), "keep": ask.get("tetap", True)}
    return {"kind": kind, "goal": goal, **options}


def _whose(run: Projection, label: str, name: str) -> str | tuple[str, ...]:
    """Whose money counts."""
    public = tuple(f.id for f in run.region.funders if f.payer == "government")
    names = {ALL: ALL, **({PUBLIC: PUBLIC} if public else {}), **{f.id: f.name for f in run.region.funders}}
    chosen = ask.choose(label, name, list(names), ALL, format_func=names.get)
    return mixes.TOTAL if chosen == ALL else public if chosen == PUBLIC else chosen


def _limits(c: state.Case, run: Projection) -> dict[str, float] | None:
    """Every funder's limit, typed; first the highest that the region's own scenarios have."""
    usual = usual_limits(state.region(c.region), run.region)
    known = state.lever_map(run.region)
    found: dict[str, float] = {}
    with st.expander("Batas tiap sumber, kewajiban dahulu, dan yang dibayari hari ini"):
        columns = st.columns(4)
        for i, limit in enumerate(usual):
            with columns[i % 4]:
                value = _limit(known[limit.path], limit)
                if value is not None:
                    found[limit.funder] = value
        left, right = st.columns(2)
        with left:
            told = "Pekerja yang pemberi kerjanya wajib membayar dilindungi sebanyak batas mengizinkan."
            ask.toggle("Kewajiban dahulu", "wajib", False, told)
        with right:
            told = "Tidak ada yang kehilangan perlindungan karena sumbernya dipangkas."
            ask.toggle("Yang dibayari hari ini tetap dibayari", "tetap", True, told)
    return found if len(found) == len(usual) else None


def _limit(lever: Lever, limit: UsualLimit) -> float | None:
    budget = limit.budget
    label = f"{limit.name}, {'Rp setahun' if budget else '% ikut'}"
    usual = typed(lever, limit.value)
    return ask.read(label, f"batas.{limit.funder}", usual, lambda shown: read_typed(lever, shown), limit.source)


# ---- the answer


def _answer(c: state.Case, run: Projection, question: dict[str, Any]) -> None:
    region = state.region(c.region)
    options = {k: v for k, v in question.items() if k not in ("kind", "goal")}
    ask_for = mixes.cheapest if question["kind"] == CHEAPEST else mixes.most
    found = ask_for(region, question["goal"], scenario=c.scenario, changes=c.changes, **options)
    st.html(html.answer(words.mix(found), f"{run.region.title} · bauran di atas {simulation_page.scenario_name(c)}"))
    own = {k: list(v) if isinstance(v, (list, tuple)) else v for k, v in found.set.items()}
    name = f"Bauran {fmt.percent_short(question['goal'])} {found.task.year}" if found.goal is not None else (
        f"Bauran {fmt.rupiah(question['goal'])} {found.task.year}"
    )  # fmt: skip
    goal_page.take_buttons(own, name)
    st.html(_table(found))
    left, right = st.columns([1, 1.1])
    with left:
        st.html('<div class="judul">Yang perlu diketahui</div>')
        told = "".join(f"<li>{html.escape(text)}</li>" for text in words.mix_details(found))
        st.html(f'<ul class="kecil">{told}</ul>')
    with right:
        edge = frontier(region, found.task.year, found.task.measure, options["caps"], c.scenario, c.changes)
        _frontier(c, run, found, edge)
    if found.goal is not None and question["kind"] == CHEAPEST:
        st.html(bands.chance(c, own, found.goal, found.task.year, found.task.measure))
    origin_box.folded(found.run, state.compared(c), found.task.year, "bauran")


def _table(found: mixes.Mix) -> str:
    """Funder by funder: today, the mix, the change and the limit."""
    year = found.task.year
    heads = ["Sumber", f"Kondisi berjalan, biaya {year}", "Bauran: yang ditetapkan", f"Bauran, biaya {year}", "Beda"]
    heads.append("Batas")
    rows = []
    for c in found.task.choices:
        value, now, cost = found.set[c.path], found.today[c.funder], found.cost[c.funder]
        setting = f"{fmt.rupiah(value, 2)} setahun" if c.budget else f"{fmt.percent_short(value)} ikut"
        limit = fmt.rupiah(c.cap, 2) if c.budget else fmt.percent_short(c.cap)
        change = fmt.signed(fmt.rupiah(cost - now, 2), cost - now) if abs(cost - now) > 0.5 else "tetap"
        cells = [c.name, fmt.rupiah(now, 2), setting, fmt.rupiah(cost, 2), change, limit]
        rows.append([html.escape(cell) for cell in cells])
    before, after = sum(found.today.values()), sum(found.cost.values())
    total = ["Jumlah", fmt.rupiah(before, 2), "", fmt.rupiah(after, 2)]
    total += [fmt.signed(fmt.rupiah(after - before, 2), after - before), ""]
    rows.append([html.escape(cell) for cell in total])
    return html.grid(heads, rows, heads[1:], [len(rows) - 1])


def _frontier(c: state.Case, run: Projection, found: mixes.Mix, edge: Frontier) -> None:
    """The most coverage for every cost, with the settings there are as points."""
    year, measure = found.task.year, found.task.measure
    alone = next((x.name for x in edge.task.choices if x.funder == edge.alone), "")
    title = f"Biaya terhadap cakupan: {words.measure_words(measure, year)}, % dari {base_name(run)}"
    st.html(f'<div class="judul">{html.escape(title)}</div>')
    named = [("Sekarang", run), ("Bauran ini", found.run)] + [(p.name, state.pin_project(c, p)) for p in c.pins]
    lines = edge.points
    rows = [
        (decide_charts.ALONE if line == ALONE else decide_charts.TOGETHER, float(cost), float(share), "")
        for line, cost, share in zip(lines["line"], lines["cost"], lines["coverage"], strict=True)
    ]
    rows = [(*row, 0) for row in rows]
    rows += [("", *point(p, year, measure), name, i) for i, (name, p) in enumerate(named) if year in p.years.years]
    frame = pd.DataFrame(rows, columns=["line", "cost", "coverage", "name", "order"])
    note = "Sekarang: pengaturan yang berlaku di simulator. Bauran ini: bauran termurah untuk target yang diminta."
    if alone:
        note += f" Hanya satu sumber: hanya {alone} yang ditambah, sumber lain seperti sekarang."
    picture = chart_pictures.picture(run, simulation_page.scenario_name(c), "bauran", title, year, note=note)
    chart("frontier", decide_charts.frontier_chart, frame, alt="Biaya terhadap cakupan", height=HEIGHT, picture=picture)
    told = [f"Garis putus-putus: hanya {alone} yang ditambah, sumber lain seperti sekarang."] if alone else []
    told += [_bend(b, alone) for b in _falling(edge.bends)]
    st.html('<ul class="kecil">' + "".join(f"<li>{html.escape(t)}</li>" for t in told) + "</ul>")


def _falling(bends: Any) -> list[Any]:
    """The bends worth telling: on each line ever fewer workers for a rupiah; a dent of the order of paying is none."""
    found: list[Any] = []
    for bend in bends:
        last = next((b for b in reversed(found) if b.line == bend.line), None)
        if last is None or bend.before <= last.after * 1.001:
            found.append(bend)
    return found[:5]


def _bend(bend: Any, alone: str) -> str:
    """Where a line bends and why."""
    whose = f"{alone} sendiri" if bend.line == ALONE else "Semua sumber"
    why = fmt.listing(list(bend.why)) or "sumber yang membayar lebih dahulu sudah mengambil kelompok yang sama"
    return (
        f"{whose}: di atas {fmt.rupiah(bend.cost)} setahun tiap Rp 1 miliar menambah {fmt.count(bend.after)} pekerja,"
        f" sebelumnya {fmt.count(bend.before)}; {why}."
    )
