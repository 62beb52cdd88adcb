"""The page on which a region is begun, filled in step by step, checked, kept and opened again."""

from html import escape

import streamlit as st

from simulator import indonesian as fmt
from ui import data_check, data_open, data_start, draft, html, own, reopened, state
from ui.compare_page import simulation
from ui.data_steps import STEPS, Step, intro, problems

_STEP, _NAME = draft.STEP, "draf"


def page() -> None:
    """The open draft with its steps; where none is open, the ways to begin."""
    state.follow_address()
    d = draft.current() or _remembered()
    _sidebar(d)
    if st.session_state.pop("ke_simulasi", False):
        state.touch()  # the address does not tell the choices yet
        st.switch_page(simulation(), query_params=state.address())
    for text in draft.notices():
        st.info(html.plain_markdown(text))
    data_open.refused()
    if d is None:  # the address may name a draft that the browser is about to hand over
        data_start.body()
    else:
        st.query_params[_NAME] = d.name
        _steps(d)
    state.touched_no_more()


def _remembered() -> draft.Draft | None:
    """The draft that was open before a reload, as the address has it."""
    name = st.query_params.get(_NAME, "")
    if name in own.drafts():
        draft.open_own(name)
    return draft.current()


def _sidebar(d: draft.Draft | None) -> None:
    with st.sidebar:
        data_start.store()
        if d is not None:
            with st.container(horizontal=True, gap="small", key="urung_data"):
                _travel("↶ Urungkan", "urungkan_data", d.past, draft.undo, "Mengurungkan")
                _travel("↷ Ulangi", "ulangi_data", d.future, draft.redo, "Mengulangi")
            st.html(f'<div class="siapa">{escape(d.title)}</div><div class="kecil">{escape(_status(d))}</div>')
            if draft.checked(d).region is not None:
                st.button("Buka di Simulasi →", key="ke_simulasi_samping", on_click=data_check.open_in_simulation,
                          args=(d.name,))  # fmt: skip
            st.button("Selesai dahulu, ke daftar daerah", key="tutup_draf", on_click=_close)
            data_start.own_list(d)
            data_open.uploader("Buka berkas ke daerah ini", "Excel mengganti semua tabel, CSV satu tabel.")


def _travel(text: str, key: str, steps: tuple, move, word: str) -> None:
    told = f"{word}: {steps[-1][0]}" if steps else "Belum ada langkah."
    st.button(
        text, key=key, disabled=not steps, help=html.plain_markdown(told), width="stretch",
        on_click=move,
    )  # fmt: skip


def _close() -> None:
    state.touch()
    draft.close()
    st.query_params.pop(_NAME, None)


def _status(d: draft.Draft) -> str:
    count = len(draft.problems(d))
    if count:
        return "Satu hal belum beres." if count == 1 else f"{count} hal belum beres."
    words = {"segments": "kelompok pekerja", "targets": "target"}
    missing = [word for table, word in words.items() if not d.tables[table]]
    if not d.tables["budgets"] and not d.tables["sponsors"]:
        missing.insert(len(missing) and 1, "sumber pendanaan")
    lacking = f" Belum ada {fmt.listing(missing)}." if missing else ""
    return f"Dapat dihitung; ada di daftar Daerah di semua halaman.{lacking}"


def _label(d: draft.Draft, number: int, step: Step) -> str:
    """A step in the row of steps: its number, title, and how many things are wrong in it."""
    count = len(problems(d, step))
    filled = step.key != "check" and any(r.cells for t in step.tables for r in d.tables[t])
    return f"{number} {step.title}" + (f" · {count}" if count else " ✓" if filled else "")


def _steps(d: draft.Draft) -> None:
    numbers = range(len(STEPS))
    comparison = st.session_state.get("perbandingan_berkas", {}).get(d.name)
    if comparison is not None and not d.past:  # after a change the file's results are of other data
        reopened.show(comparison)
    if st.session_state.get(_STEP) not in numbers:
        st.session_state[_STEP] = st.session_state.get(f"{_STEP}|{d.name}", 0)
    at = st.segmented_control(
        "Langkah",
        numbers,
        format_func=lambda i: _label(d, i + 1, STEPS[i]),
        key=_STEP,
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    st.session_state[f"{_STEP}|{d.name}"] = at
    step = STEPS[at]
    intro(step)
    step.body(d)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="maju_mundur"):
        if at > 0:
            st.button(f"← {STEPS[at - 1].title}", key="mundur", on_click=_go, args=(at - 1,))
        if at < len(STEPS) - 1:
            st.button(f"Lanjut: {STEPS[at + 1].title} →", key="maju", type="primary", on_click=_go, args=(at + 1,))


def _go(to: int) -> None:
    st.session_state[_STEP] = to
