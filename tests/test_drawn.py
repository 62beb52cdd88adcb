"""Widgets of levers: whichever drawing the browser takes first begins at the record; only moves count."""

import pytest
from streamlit.testing.v1 import AppTest

from simulator.levers import lever, numbers
from ui import levers_panel, state

ALL_OWN = ("semua", "apbd", "asn", "assumptions", "coverage_base", "kelompok")


def _simulation() -> None:
    from ui import simulation_page

    simulation_page.page()


def _present() -> None:
    from ui import present_page

    present_page.page()


def opened(page, **query):
    at = AppTest.from_function(page, default_timeout=60)
    for key, value in {"daerah": "ponorogo", "skenario": "gotong_royong", **query}.items():
        at.query_params[key] = value
    return at.run()


def widget(at, kind, path):
    return next(w for w in at.get(kind) if (w.key or "").endswith(f"|{path}"))


def another_stop(at, key):
    """A stop of a slider beside its value."""
    region, path = state.current(at.session_state["case"]), key.rpartition("|")[2]
    stops = levers_panel.scale(lever(region, next(n for n in numbers(region) if n.path == path)))[0]
    at_now = stops.index(at.select_slider(key=key).value)
    return stops[at_now - 1] if at_now else stops[1]


def misplaced(at):
    """Widgets of levers that would begin at another value than they show, were this drawing the first to arrive."""
    sliders = [
        s for s in at.select_slider if [s.proto.options[int(i)] for i in s.proto.default] != [s.format_func(s.value)]
    ]
    boxes = [b for b in at.text_input if (b.key or "").startswith("t|") and b.proto.default != b.value]
    switches = [t for t in at.toggle if (t.key or "").startswith("w|") and t.proto.default != t.value]
    return [w.key for w in (*sliders, *boxes, *switches)]


@pytest.mark.parametrize("group", ALL_OWN)
def test_every_drawing_of_the_page_of_the_levers_begins_at_the_record(group):
    at = opened(_simulation)
    at.selectbox(key="lever_group").set_value(group).run()
    assert at.select_slider and not misplaced(at)
    assert not misplaced(at.run())  # the session tells the browser a value once: the second drawing must stand alone
    key = at.select_slider[0].key
    at.select_slider(key=key).set_value(another_stop(at, key)).run()
    assert not at.exception and not misplaced(at) and not misplaced(at.run())


def test_every_drawing_of_a_presentation_begins_at_the_record():
    at = opened(_present, **{"tanya.layar": "pembayar"})
    for _ in range(2):
        next(b for b in at.button if b.key == "layar_maju").click().run()
        assert len(at.select_slider) >= 2 and not misplaced(at)


def test_a_move_keeps_the_slider_and_gives_the_box_beside_it_anew():
    at = opened(_simulation)
    at.selectbox(key="lever_group").set_value("apbd").run()
    path = "apbd.annual_budget"
    slider, box = widget(at, "select_slider", path).key, widget(at, "text_input", path).key
    widget(at, "select_slider", path).set_value(4_000_000_000.0).run()
    assert widget(at, "select_slider", path).key == slider  # else it would lose the focus, and a held arrow key
    assert widget(at, "text_input", path).key != box and widget(at, "text_input", path).value == "4.000.000.000"
    box = widget(at, "text_input", path).key
    widget(at, "text_input", path).set_value("3 miliar").run()
    assert widget(at, "text_input", path).key == box and widget(at, "text_input", path).value == "3.000.000.000"
    assert widget(at, "select_slider", path).key != slider and widget(at, "select_slider", path).value == 3e9


def test_every_stop_of_a_slider_is_kept_as_it_is():
    """Were a stop rounded on its way into the record, the slider would be drawn anew under the user's hand."""
    at = opened(_simulation)
    at.selectbox(key="lever_group").set_value("asn").run()
    for key in [s.key for s in at.select_slider]:
        at.select_slider(key=key).set_value(another_stop(at, key)).run()
        if not at.session_state["case"].errors:
            assert key in [s.key for s in at.select_slider], key


def _echo() -> None:
    import streamlit as st

    from ui import drawn, state

    c = state.case()
    first = drawn.key("s", "apbd.annual_budget", 5.0)
    st.session_state[first] = 0.0
    heard = [drawn.moved("s", "apbd.annual_budget", first), drawn.moved("s", "apbd.annual_budget", first)]
    drawn.key("s", "apbd.annual_budget", 0.0)
    second = drawn.key("s", "apbd.annual_budget", 7.0)  # the record changed by another way
    st.session_state[first] = 5.0
    heard += [second == first, drawn.moved("s", "apbd.annual_budget", first)]
    st.session_state[second] = 7.0
    heard.append(drawn.moved("s", "apbd.annual_budget", second))
    c.serial += 1  # undone, or another scenario
    st.session_state[second] = 9.0
    heard.append(drawn.moved("s", "apbd.annual_budget", second))
    st.session_state["heard"] = heard


def test_what_a_widget_had_anyway_or_one_drawn_no_more_says_is_nobody_s_move():
    at = opened(_echo)
    assert not at.exception
    assert at.session_state["heard"] == [True, False, False, False, False, False]
