"""The page before a projector: one question a screen, large, with the levers that matter beside it.

It shows the session's own case and moves its levers, so the other pages, links and undo agree with it. The screen
that is shown stands in the address among what is asked (`tanya.layar`), so a reload stays where it was.
"""

import datetime
from collections.abc import Sequence

import streamlit as st

from simulator import InputError
from simulator.levers import main_lever
from simulator.version import MODEL_VERSION
from ui import ask, history_bar, html, levers_panel, opening, state
from ui.cases import reason_text
from ui.present_screens import Screen, Told, screens, told
from ui.present_style import CSS, KEYS
from ui.present_words import footing
from ui.regions import usual_scenario
from ui.simulation_page import scenario_name

ASK = "layar"
KEYS_AT = "layar_tombol_panah"
LEAST_LEVERS, MOST_LEVERS = 2, 4

_KEYS = st.components.v2.component("simulator_keys", js=KEYS)


def page() -> None:
    """All of it is one fragment: a key or a lever draws the screen anew and nothing else."""
    c = opening.sound_case()
    if c is None:
        return
    st.html(CSS)
    _screen()


@st.fragment(key="layar_pecahan")
def _screen() -> None:
    c = state.case()
    state.touched_no_more()
    if st.session_state.pop("layar_keluar", False):
        leave()
    known = screens(c)
    at = place(c, known)
    with st.container(key="layar"):
        line = ""
        try:
            found = told(c)
            proposed = datetime.date.today() if c.changes or c.scenario != usual_scenario(found.run.region) else None
            line = footing(found.run, scenario_name(c), c.year, MODEL_VERSION, proposed)
            _body(found, known[at])
        except InputError as err:
            st.error(reason_text(err))
        _foot(line, at, known)
    history_bar.remember()
    state.write_address()


def place(c: state.Case, known: Sequence[Screen]) -> int:
    """Where in the row of screens the case is; the first where the address names none of them."""
    wanted = c.asks.get(ASK)
    return next((i for i, s in enumerate(known) if s.key == wanted), 0)


def _body(found: Told, screen: Screen) -> None:
    """Question, answer, and below them the chart or figures beside the levers."""
    shown = screen.show(found)
    st.html(
        f'<div class="layar-tanya" role="heading" aria-level="1">{html.escape(screen.question)}</div>'
        f'<div class="layar-jawab" role="status" style="margin-top:.5rem">{html.escape(shown.answer)}</div>'
    )
    for text in found.c.notices:
        st.html(html.notices([(2, text)]))
    with st.container(horizontal=True, key="layar_isi", height="stretch"):
        with st.container(key="layar_kiri", height="stretch"):
            shown.draw()
        if screen.levers:
            with st.container(key="layar_parameter", height="stretch"):
                for path in beside(found.c):
                    levers_panel.only_slider(path)


def _foot(line: str, at: int, known: Sequence[Screen]) -> None:
    """The small line with source and version, and the bar that turns the screens."""
    with st.container(horizontal=True, key="layar_bawah"):
        st.html(f'<div class="layar-kaki">{html.escape(line)}</div>', width="stretch")
        st.button("‹", key="layar_mundur", disabled=at == 0, on_click=_turn, args=(at - 1,),
                  help="Layar sebelumnya (← atau Page Up)")  # fmt: skip
        st.html(f'<div class="layar-nomor">{at + 1}/{len(known)}</div>', width="content")
        st.button("›", key="layar_maju", disabled=at == len(known) - 1, on_click=_turn, args=(at + 1,),
                  help="Layar berikutnya (→, Page Down, atau spasi)")  # fmt: skip
        st.button("Keluar", key="layar_tutup", on_click=_out, help="Kembali ke Simulasi (Esc)")
    with st.container(key="layar_tombol"):
        data = {"screen": at, "count": len(known)}
        _KEYS(data=data, key=KEYS_AT, on_turn_change=_pressed, on_out_change=_out)


# ---- what is done


def _pressed() -> None:
    to = st.session_state[KEYS_AT].get("turn")
    if isinstance(to, (int, float)):
        _turn(int(to))


def _turn(to: int) -> None:
    """Go to a screen by its place; beyond the ends nothing happens."""
    state.touch()
    known = screens(state.case())
    if 0 <= to < len(known):
        ask.put(ASK, known[to].key)


def _out() -> None:
    state.touch()
    st.session_state["layar_keluar"] = True


def leave() -> None:
    """Back to the page of the levers, as they are now."""
    from ui.compare_page import simulation

    st.switch_page(simulation(), query_params=state.address())


def as_page():
    """This page as the navigation knows it."""
    return st.Page(page, title="Presentasi", url_path="presentasi")


# ---- the levers


def beside(c: state.Case) -> list[str]:
    """The main levers of the payers that matter, in the order of paying: those moved, then those that pay most.

    Chosen once for a scenario, so that no slider goes away under the hand that moves it to nought.
    """
    of = (c.region, c.scenario, c.serial)
    kept = st.session_state.get("layar_parameter")
    if kept is None or kept[0] != of:
        kept = st.session_state["layar_parameter"] = (of, _chosen(c))
    return kept[1]


def _chosen(c: state.Case) -> list[str]:
    run = state.case_project(c)
    paid = dict(zip(run.region.funder_ids, run.years.cost[:, :, 0].sum(axis=0), strict=True))
    paths = {f.id: main_lever(f)[0] for f in run.region.funders}
    order = sorted(paths, key=lambda f: (paths[f] not in c.changes, -float(paid[f])))
    paying = [f for f in order if paid[f] > 0 or paths[f] in c.changes]
    few = (paying if len(paying) >= LEAST_LEVERS else order[:LEAST_LEVERS])[:MOST_LEVERS]
    return [paths[f] for f in paths if f in few]
