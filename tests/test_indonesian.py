"""Numbers, rupiah and dates as Indonesians write them, and reading what they type without guessing."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import indonesian as fmt
from simulator.indonesian import NotANumber, parse_number, parse_percent


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (467018, 0, "467.018"),
        (467018.4, 0, "467.018"),
        (999.5, 0, "1.000"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-0.4, 0, "0"),
        (-1500, 0, "−1.500"),
        (1.7, 1, "1,7"),
        (2, 1, "2"),
        (12345.678, 2, "12.345,68"),
        (0.125, 2, "0,13"),
        (5e-324, 6, "0"),
        (1e30, 0, "1" + ".000" * 10),
        (1e23, 6, "100" + ".000" * 7),
        (math.nan, 0, "–"),
        (math.inf, 0, "–"),
        (-math.inf, 2, "–"),
    ],
)
def test_counts_have_dots_for_thousands_and_are_rounded_half_up(value, digits, text):
    assert fmt.count(value, digits) == text


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.1578, 2, "15,78%"),
        (0.15785, 2, "15,79%"),
        (0.15784, 2, "15,78%"),
        (1, 2, "100,00%"),
        (0.4392, 0, "44%"),
        (-0.001, 2, "−0,10%"),
        (-0.000001, 2, "0,00%"),
        (0.3499, 2, "34,99%"),
        (1e28, 0, "1" + "0" * 30 + "%"),
        (math.nan, 2, "–"),
    ],
)
def test_percentages_have_a_decimal_comma(share, digits, text):
    assert fmt.percent(share, digits) == text


@pytest.mark.parametrize(("share", "text"), [(0.055, "5,5%"), (1, "100%"), (0.1234, "12,34%"), (0, "0%")])
def test_short_percentages_drop_zeros_that_say_nothing(share, text):
    assert fmt.percent_short(share) == text


def test_differences_of_shares_are_points():
    assert fmt.points(0.0112) == "1,12 poin"
    assert fmt.points(-0.05, 0) == "−5 poin"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "Rp 0"),
        (16_800, "Rp 16.800"),
        (-5, "−Rp 5"),
        (999_499, "Rp 999.499"),
        (999_999, "Rp 999.999"),
        (999_999.6, "Rp 1 juta"),
        (1_000_000, "Rp 1 juta"),
        (302_400_000, "Rp 302,4 juta"),
        (999_949_999, "Rp 999,9 juta"),
        (999_950_000, "Rp 1 miliar"),
        (2_610_921_600, "Rp 2,6 miliar"),
        (2_650_000_000, "Rp 2,7 miliar"),
        (-2_610_921_600, "−Rp 2,6 miliar"),
        (22_280_000_000, "Rp 22,3 miliar"),
        (2_600_000_000_000, "Rp 2,6 triliun"),
        (1e15, "Rp 1.000 triliun"),
        (math.nan, "–"),
    ],
)
def test_rupiah_is_short_from_a_million_on(value, text):
    assert fmt.rupiah(value) == text


def test_rupiah_in_full():
    assert fmt.rupiah_full(2_610_921_600) == "Rp 2.610.921.600"
    assert fmt.rupiah_full(-16_800.4) == "−Rp 16.800"
    assert fmt.rupiah_full(math.inf) == "–"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2024-08", "Agustus 2024"),
        ("2024-08-31", "31 Agustus 2024"),
        ("2024", "2024"),
        ("2024-13", "2024-13"),
        ("awal 2024", "awal 2024"),
        ("", ""),
    ],
)
def test_dates_name_the_month(written, text):
    assert fmt.date_text(written) == text


def test_months_and_lists_and_signs():
    assert fmt.month((2029, 12)) == "Desember 2029"
    assert [fmt.month_name(n) for n in (1, 5, 8)] == ["Januari", "Mei", "Agustus"]
    assert [fmt.listing(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a dan b", "a, b, dan c"]
    assert (fmt.signed("5", 5), fmt.signed("−5", -5), fmt.signed("0", 0)) == ("+5", "−5", "0")


# ---- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12.951", 12951),
        ("12951", 12951),
        ("15,78", 15.78),
        ("1.234.567,5", 1234567.5),
        (" 5 ", 5),
        ("−5", -5),
        ("-5", -5),
        ("+5", 5),
        (",5", 0.5),
        ("0", 0),
        ("Rp 2,6 miliar", 2.6e9),
        ("rp2,6 Miliar", 2.6e9),
        ("Rp2.610.921.600", 2610921600),
        ("302,4 juta", 302.4e6),
        ("2 jt", 2e6),
        ("2,6 M", 2.6e9),
        ("1 t", 1e12),
        ("5 ribu", 5000),
        ("Rp\xa016.800", 16800),
    ],
)
def test_numbers_are_read_as_indonesians_write_them(typed, number):
    assert parse_number(typed) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    "typed",
    [
        "5.5",
        "12.95",
        "0.5",
        "1,234.5",
        "1.000.00",
        "1..000",
        "1,5,5",
        "12 951",
        "abc",
        "juta",
        "Rp",
        "",
        "  ",
        "5%",
        "--5",
        "nan",
        "NaN",
        "sNaN",
        "inf",
        "Infinity",
        "1e5",
        "1_000",
        "٣",
        "½",
        "1e400",
        "9" * 400,
        "=1+1",
        "2 lusin",
    ],
)
def test_what_is_no_number_or_could_be_two_is_refused_in_indonesian(typed):
    with pytest.raises(NotANumber) as caught:
        parse_number(typed)
    assert "Tulis" in str(caught.value)


@pytest.mark.parametrize(("typed", "share"), [("15,78%", 0.1578), ("15,78", 0.1578), (" 5 % ", 0.05), ("100", 1)])
def test_percentages_are_read_with_or_without_their_sign(typed, share):
    assert parse_percent(typed) == pytest.approx(share)


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_written_and_read_is_the_same(number):
    assert parse_number(fmt.count(number)) == number
    assert parse_number(fmt.rupiah_full(number).replace("−Rp ", "−")) == number


@given(st.integers(-(10**11), 10**11), st.integers(0, 6))
def test_a_decimal_number_written_and_read_is_the_same(whole, digits):
    number = whole / 10**digits
    assert parse_number(fmt.count(number, digits)) == pytest.approx(number, rel=1e-14, abs=1e-14)


@given(st.floats())
def test_any_number_at_all_can_be_written(number):
    for write in (fmt.count, fmt.percent, fmt.points, fmt.rupiah, fmt.rupiah_full, fmt.percent_short):
        text = write(number)
        assert text and "e" not in text and "-" not in text


@given(st.text())
def test_any_text_at_all_is_a_number_or_refused(typed):
    try:
        assert math.isfinite(parse_number(typed))
    except NotANumber as err:
        assert str(err)
