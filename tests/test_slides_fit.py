"""Texts fit their boxes by construction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.slides import charts, fit, lines, master, stacks

WORDS = st.text(st.characters(codec="utf-8"), max_size=120)
ROOM = st.floats(0.8, 12)


@given(st.lists(WORDS, min_size=1, max_size=6), ROOM, st.floats(0.4, 5))
def test_paragraphs_fit_at_one_of_the_sizes(texts, wide, high):
    found = fit.fitted([fit.plain(t) for t in texts], (24, 20, 18), (wide, high))
    assert found.size in (24, 20, 18)
    assert fit.height(found.texts, found.size, wide, gap=0.35) <= high + 1e-9
    assert found.cut or found.texts == tuple(fit.plain(t) for t in texts)


@given(WORDS, ROOM)
def test_no_line_is_wider_than_its_box_and_nothing_is_lost(text, wide):
    found = fit.wrapped(text, 18, wide)
    assert all(fit.width(line, 18) <= wide for line in found if len(line) > 1)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


@given(WORDS, st.integers(8, 60))
def test_a_short_name_is_short_and_begins_alike(name, most):
    found = fit.short(name, most)
    assert len(found) <= most
    assert found == name if len(name) <= most else found.endswith("…") and name.startswith(found[:-1])


@given(WORDS)
def test_plain_text_holds_nothing_that_a_document_may_not(text):
    found = fit.plain(text + "\x00\x0b\ud800\u202e\ufffe")
    assert not set(found) & set("\x00\x0b\ud800\u202e\ufffe\n\t")
    assert fit.plain(found) == found


@pytest.mark.parametrize(
    "text, ends",
    [
        ("Cakupan 33,12% dari angkatan kerja pada “A, B”, dengan iuran Rp 2,9 miliar (X, Y, dan Z); sisanya.", "B”."),
        ("Kalimat pertama yang cukup panjang untuk berdiri. Kalimat kedua, dengan koma.", "berdiri."),
    ],
)
def test_a_long_message_ends_where_a_clause_does(text, ends):
    found = fit.clause(text, lambda t: len(t) < 75)
    assert found.endswith(".") and text.startswith(found[:-1])
    assert found.count("(") == found.count(")") and found.count("“") == found.count("”")
    assert found.endswith(ends)


def test_a_message_of_one_piece_stays():
    assert fit.clause("satu" * 40, lambda t: len(t) < 75) == "satu" * 40


def test_an_opening_says_enough():
    text = "ASN: 100% ikut. Di tempat lain yang ikut secara sukarela hanya 1,1% sampai 5,5%. Sisanya tidak."
    assert fit.opening(text).endswith("5,5%.")


@given(st.lists(st.floats(-1, 6), min_size=1, max_size=9).map(sorted), st.floats(0.1, 1))
def test_names_at_the_ends_keep_apart_and_inside(places, gap):
    found = lines.spread(places, gap, 0.0, 5.0)
    each = min(gap, 5.0 / len(places))
    assert all(b - a >= each - 1e-9 for a, b in zip(found, found[1:], strict=False))
    assert found[0] >= each / 2 - 1e-9 and found[-1] <= 5 - each / 2 + 1e-9


def test_names_that_have_room_stay_where_their_lines_end():
    assert lines.spread([1.0, 2.0, 4.0], 0.5, 0.0, 5.0) == pytest.approx([1.0, 2.0, 4.0])


@given(st.floats(1e-4, 1e9))
def test_an_axis_holds_its_highest_value_with_few_round_steps(top):
    end, step = charts.steps(top)
    assert end >= top * (1 - 1e-9)
    assert 1 <= round(end / step) <= 6
    assert float(f"{step:.0e}") == pytest.approx(step)
    assert f"{step:e}"[0] in "125"


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_axis_of_coverage_holds_all_lines(a, b):
    low, high = sorted((a, b))
    start, end, step = lines._axis(low, high)
    assert start <= low + 1e-9 and end >= high - 1e-9 and step > 0


@pytest.mark.parametrize(
    "rupiah, size", [(0.0, 1), (20e3, 1e3), (9e6, 1e3), (520.5e6, 1e6), (18.5e9, 1e6), (400e9, 1e9)]
)
def test_money_is_shown_in_a_unit_whose_whole_numbers_say_enough(rupiah, size):
    assert stacks.unit(rupiah)[0] == size


def test_see_through_colours_count_as_they_look_on_white():
    assert str(master.rgb("#1668ad")) == "1668AD"
    assert str(master.rgb("#00000080")) == "7F7F7F"
