"""Undo and redo: as properties of the pure history, and of all that a page may change."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui import history as h
from ui.history import History

names = st.text("abc&;:|😀“", max_size=6)
words = st.dictionaries(st.sampled_from(["daerah", "ubah", "sematan1", "nama1", "batas"]), names, max_size=4)
moves = st.lists(st.one_of(words, st.sampled_from(["undo", "redo"])), max_size=40)


def played(steps, start=None):
    """A history and the choices it leads to after some moves; a move that cannot be made is left out."""
    history, now = History(), start or {}
    for step in steps:
        if step == "undo":
            history, now = h.undo(history, now) if history.past else (history, now)
        elif step == "redo":
            history, now = h.redo(history, now) if history.future else (history, now)
        else:
            history, now = h.record(history, "langkah", now), step
    return history, now


@given(moves)
def test_undo_then_redo_changes_nothing_and_so_does_redo_then_undo(steps):
    history, now = played(steps)
    if history.past:
        assert h.redo(*h.undo(history, now)) == (history, now)
    if history.future:
        assert h.undo(*h.redo(history, now)) == (history, now)


@given(st.lists(words, max_size=30))
def test_undoing_everything_leads_back_to_the_start_and_redoing_everything_to_the_end(steps):
    history, now = played(steps, {"daerah": "ponorogo"})
    back, first = history, now
    while back.past:
        back, first = h.undo(back, first)
    assert first == {"daerah": "ponorogo"}
    while back.future:
        back, first = h.redo(back, first)
    assert (back, first) == (history, now)


@given(moves, words)
def test_a_new_step_clears_what_could_be_done_again_and_is_undone_first(steps, new):
    history, now = played(steps)
    after = h.record(history, "baru", now)
    assert after.future == () and after.past[-1].what == "baru"
    assert h.undo(after, new)[1] == now


@given(st.lists(words, min_size=h.MOST_STEPS, max_size=h.MOST_STEPS + 20))
@settings(max_examples=10)
def test_a_long_history_forgets_its_oldest_steps(steps):
    history, _ = played(steps)
    assert len(history.past) == h.MOST_STEPS


@given(moves)
def test_what_the_tab_keeps_comes_back_as_it_was(steps):
    history, now = played(steps)
    assert h.from_text(h.to_text(history, now)) == (history, now)


@pytest.mark.parametrize(
    "text",
    [None, 7, "", "[]", "{}", "null", '{"texts":[1],"past":[],"future":[],"now":[0]}', '{"texts":[],"past":[[5]]}',
     '{"texts":["a"],"past":[["x"]],"future":[],"now":[0]}', '{"texts":["a"],"past":[[0,0]],"future":[],"now":[0]}',
     "x" * (h.LONGEST + 1), "[" * 100_000],
)  # fmt: skip
def test_a_spoilt_memory_is_no_memory(text):
    assert h.from_text(text) is None


def test_texts_that_come_again_are_kept_once():
    long = "x" * 500
    history, now = played([{"sematan1": long, "ubah": str(i)} for i in range(50)])
    assert len(h.to_text(history, now)) < 4000
    assert json.loads(h.to_text(history, now))["texts"].count(long) == 1


def test_a_reload_puts_the_kept_steps_before_the_new_ones():
    kept, now = played([{"ubah": "a"}, {"ubah": "b"}])
    own, after = h.record(History(), "baru", now), {"ubah": "c"}
    joined = h.join(kept, now, own, now, "tautan")
    assert [s.what for s in joined.past] == ["langkah", "langkah", "baru"]
    assert h.undo(joined, after)[1] == now
    assert h.join(kept, now, History(), now, "tautan") == kept


def test_another_link_in_the_same_tab_is_a_step_that_can_be_undone():
    kept, now = played([{"ubah": "a"}, "undo", {"ubah": "b"}])
    joined = h.join(kept, now, History(), {"daerah": "palopo"}, "tautan")
    assert joined.past[-1].what == "tautan" and h.undo(joined, {"daerah": "palopo"})[1] == now


def test_the_year_and_the_models_version_make_no_step():
    assert h.same({"ubah": "a", "tahun": "2026", "versi": "1"}, {"ubah": "a", "tahun": "2027"})
    assert not h.same({"ubah": "a"}, {"ubah": "a", "batas": "5"})


# ---- the whole record


def _steps() -> None:
    import streamlit as st

    from ui import pins, share, state

    def told():
        words = share.encode(state.case().link())
        return {k: v for k, v in words.items() if k != share.YEAR}

    acts = [
        lambda: state.set_lever("apbd.months", 6),
        lambda: state.set_lever("apbd.programmes", ["jkk", "jkm", "jht"]),
        lambda: state.pin("Satu & dua; tiga: “empat” | 😀", "gotong_royong", {"apbd.months": 6}),
        lambda: state.choose_scenario("baznas"),
        lambda: pins.pin_current(),
        lambda: pins.compare_with("1"),
        lambda: state.apply_changes({"asn.participation": 0.5, "apbd.months": 3}),
        lambda: pins.move(1, 1),
        lambda: pins.rename(1, "Lain"),
        lambda: state.set_cap(5e9, "semua"),
        lambda: pins.open_pin(2),
        lambda: pins.drop(2),
        lambda: pins.pin_scenarios(pins.useful(state.case())),
        lambda: state.apply_changes({"apbd.months": 2}, "dbhcht"),
        lambda: state.reset(),
        lambda: state.set_cap(None),
        lambda: state.choose_region("palopo"),
    ]
    seen, whats = [told()], []
    for act in acts:
        act()
        seen.append(told())
        whats.append(state.history().past[-1].what)
    back, forth = [told()], []
    while state.history().past:
        state.undo()
        back.append(told())
    while state.history().future:
        state.redo()
        forth.append(told())
    st.session_state["seen"] = (seen, back, [back[-1], *forth], whats)


def test_everything_that_is_chosen_can_be_undone_and_done_again_step_by_step():
    at = AppTest.from_function(_steps, default_timeout=60)
    at.query_params["daerah"] = "ponorogo"
    at.run()
    assert not at.exception
    seen, back, forth, whats = at.session_state["seen"]
    assert all(a != b for a, b in zip(seen, seen[1:], strict=False))
    assert back == seen[::-1]
    assert forth == seen
    assert len(set(whats)) == len(whats) and all(whats)
    assert seen[-1] == {"daerah": "palopo", "skenario": "kondisi_berjalan", "versi": seen[0]["versi"]}


def _refusals() -> None:
    import streamlit as st

    from ui import share, state

    before = share.encode(state.case().link())
    told = [
        state.apply_changes({"apbd.months": 14}),
        state.apply_changes({"apbd.tidak_ada": 1}),
        state.apply_changes({"apbd.months": 6}, "tidak_ada"),
        state.apply_changes({"apbd.segments": [{"id": "rentan"}]}),
        state.apply_changes({"apbd.months": 6, "apbd.start_month": 10}),
        state.pin("x", "tidak_ada", {}),
        state.pin("x", "baznas", {"apbd.months": 14}),
    ]
    state.set_lever("apbd.months", 12)  # as it is: no step
    same = before == share.encode(state.case().link())
    for cap, scope in ((-1.0, "apbd"), (float("nan"), "semua"), (1.0, "tidak_ada")):
        try:
            state.set_cap(cap, scope)
            told.append(None)
        except ValueError as err:
            told.append(str(err))
    st.session_state["seen"] = (told, same, len(state.history().past))


def test_what_is_refused_is_no_step_and_tells_why():
    at = AppTest.from_function(_refusals, default_timeout=60)
    at.query_params["daerah"] = "ponorogo"
    at.run()
    assert not at.exception
    told, same, steps = at.session_state["seen"]
    assert all(told) and same and steps == 0
    assert "lebih dari 12" in told[0]


def _spoilt() -> None:
    import streamlit as st

    from ui import history, share, state

    old, now = {"daerah": "ponorogo", "ubah": "apbd.months:14"}, share.encode(state.case().link())
    state.take_over_history(history.to_text(history.record(history.History(), "dahulu", old), now))
    state.undo()
    st.session_state["seen"] = (state.case().notices, state.case().changes, state.history())


def test_a_step_that_no_longer_fits_is_told_and_left_out():
    at = AppTest.from_function(_spoilt, default_timeout=60)
    at.query_params["daerah"] = "ponorogo"
    at.run()
    assert not at.exception
    notices, changes, history = at.session_state["seen"]
    assert "tidak dapat dipulihkan" in notices[0] and changes == {}
    assert history.past == () and history.future == ()


def _numpy() -> None:
    import numpy as np
    import streamlit as st

    from ui import share, state

    reason = state.apply_changes({"apbd.annual_budget": np.float64(3e9), "apbd.months": np.int64(6)})
    st.session_state["seen"] = (reason, share.encode(state.case().link())["ubah"])


def test_numbers_of_numpy_go_into_the_link_as_plain_ones():
    at = AppTest.from_function(_numpy, default_timeout=60)
    at.query_params["daerah"] = "ponorogo"
    at.run()
    assert not at.exception
    assert at.session_state["seen"] == (None, "apbd.annual_budget:3000000000;apbd.months:6")
