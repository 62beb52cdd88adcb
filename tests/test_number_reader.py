"""Numbers as people type them: read to the digit, and put back where they could mean something else."""

import math
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.indonesian import NotANumber
from simulator.registry import FIELDS, UNITS, Field
from simulator.tables.numbers import Unclear, is_share, number_text, read_number

PEOPLE, MONEY, MONTHS = FIELDS["segment.workers"], FIELDS["funder.annual_budget"], FIELDS["funder.months"]
SHARE, GROWTH = FIELDS["funder.participation"], FIELDS["coverage_base.growth"]
MONTH, DEATHS, PER = (
    FIELDS["funder.start_month"],
    FIELDS["assumptions.deaths_per_1000"],
    FIELDS["funder.workers_per_sponsor"],
)
ANY_FIELD = st.sampled_from(list(FIELDS.values()))
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("12.951", PEOPLE, 12951),
        (" 1.234.567 ", PEOPLE, 1234567),
        ("15,78", PEOPLE, 15.78),
        ("1.234,56", PEOPLE, 1234.56),
        ("0,055", PEOPLE, 0.055),
        ("12951", PEOPLE, 12951),
        ("−500", PEOPLE, -500),
        ("+500", PEOPLE, 500),
        ("12.951 orang", PEOPLE, 12951),
        ("12.951\xa0pekerja", PEOPLE, 12951),
        ("12,9 ribu jiwa", PEOPLE, 12900),
        ("Rp 2,6 miliar", MONEY, 2_600_000_000),
        ("Rp2,6M", MONEY, 2_600_000_000),
        ("302,4 juta", MONEY, 302_400_000),
        ("Rp 302,4 juta setahun", MONEY, 302_400_000),
        ("Rp 1.000.000,-", MONEY, 1_000_000),
        ("Rp. 1.000.000,00", MONEY, 1_000_000),
        ("16.800 rupiah", MONEY, 16_800),
        ("1,1 triliun rupiah per tahun", MONEY, 1_100_000_000_000),
        ("3 bulan", MONTHS, 3),
        ("2,5 per 1.000", DEATHS, 2.5),
        ("1,7 pekerja per ASN", PER, 1.7),
        ("15,78%", SHARE, 0.1578),
        ("15,78 %", SHARE, 0.1578),
        ("5 persen", SHARE, 0.05),
        ("100%", SHARE, 1),
        ("1,25% setahun", GROWTH, 0.0125),
        ("−2,5%", GROWTH, -0.025),
        ("0", SHARE, 0),
        ("0,0", SHARE, 0),
        ("Maret", MONTH, 3),
        ("mar", MONTH, 3),
        ("3", MONTH, 3),
        ("2029", FIELDS["target.year"], 2029),
        ("15,78", SHARE, 0.1578),  # nothing else is lawful, so that the sign may be left out
        ("100", SHARE, 1.0),
    ],
)
def test_indonesian_numbers_are_read(text, field, value):
    assert read_number(text, field) == value


@pytest.mark.parametrize(
    ("text", "field", "readings"),
    [
        ("12.95", PEOPLE, (12.95,)),
        ("5.5", PEOPLE, (5.5,)),
        ("0.055", PEOPLE, (0.055,)),
        (".5", PEOPLE, (0.5,)),
        ("1,234.5", PEOPLE, (1234.5,)),
        ("1,234,567", PEOPLE, (1234567.0,)),
        ("1,234", PEOPLE, (1.234, 1234.0)),
        ("Rp 1,234", MONEY, (1.234, 1234.0)),
        ("2,610 miliar", MONEY, (2_610_000_000.0, 2_610_000_000_000.0)),
        ("2.5 jt", MONEY, (2_500_000.0,)),
        ("3.000", MONTHS, (3.0,)),
        ("2.125", DEATHS, (2.125,)),
        ("2,029", FIELDS["target.year"], (2029.0,)),
        ("0,5", SHARE, (0.005, 0.5)),
        ("1", SHARE, (0.01, 1.0)),
        ("5.5", SHARE, (0.055,)),
        ("12.951", SHARE, (0.12951,)),
        ("1.234%", SHARE, (0.01234,)),
        ("0.0", SHARE, (0.0,)),
        ("2", GROWTH, (0.02,)),
        ("-0,5", GROWTH, (-0.005, -0.5)),
    ],
)
def test_what_could_mean_something_else_is_put_back_with_its_readings(text, field, readings):
    with pytest.raises(Unclear) as caught:
        read_number(text, field)
    assert caught.value.readings == readings
    for value in readings:
        assert number_text(value, field) in str(caught.value)
        assert read_number(number_text(value, field), field) == value


def test_a_comma_before_three_digits_is_read_where_the_limits_leave_one_reading():
    assert read_number("2,125", DEATHS) == 2.125  # 2.125 deaths per 1.000 cannot be
    assert read_number("1,234%", SHARE) == 0.01234
    with pytest.raises(Unclear):
        read_number("1,234", MONEY)


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        ("", PEOPLE, "Kosong; kosong bukan nol. Tulis sebuah angka."),
        ("  \n", PEOPLE, "Kosong; kosong bukan nol. Tulis sebuah angka."),
        ("5%", PEOPLE, "“5%” memakai tanda persen, padahal isian ini dalam orang. Tulis angkanya saja."),
        ("Rp 5", MONTHS, "“Rp 5” adalah rupiah, padahal isian ini dalam bulan. Tulis angkanya saja."),
        ("150", SHARE, "“150” bukan persen yang mungkin di sini. Tulis dengan tanda %, misalnya 15,78%."),
        (
            "banyak sekali",
            PEOPLE,
            "“banyak sekali” tidak terbaca sebagai satu angka. Tulis ribuan dengan titik (12.951) dan desimal dengan"
            " koma (15,78).",
        ),
    ],
)
def test_what_is_no_number_is_told_in_one_line(text, field, message):
    with pytest.raises(NotANumber) as caught:
        read_number(text, field)
    assert not isinstance(caught.value, Unclear)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["1 2", "--5", ",5", "5.", "1.2.3", "1e5", "12 orang lebih", "5 juta%", "5 bulan", "½"]
)
def test_what_is_no_single_number_is_refused(text):
    with pytest.raises(NotANumber):
        read_number(text, PEOPLE)


def test_a_unit_that_is_not_in_the_list_of_units_does_no_harm():
    strange = Field("strange", "Aneh", "a unit of no list")
    assert strange.unit not in UNITS and read_number("0,6", strange) == 0.6
    with pytest.raises(NotANumber, match="angka biasa"):
        read_number("60%", strange)


@given(FINITE, ANY_FIELD)
def test_every_number_written_in_indonesian_reads_back_to_the_digit(value, field):
    assert read_number(number_text(value, field), field) == value


@given(
    st.text(max_size=40) | st.from_regex(r"(Rp ?)?-?[0-9.,]{1,12} ?(%|juta|m|orang|bulan)?", fullmatch=True), ANY_FIELD
)
def test_no_text_gives_any_other_exception(text, field):
    try:
        value = read_number(text, field)
    except Unclear as err:
        assert err.readings and all(map(math.isfinite, err.readings)) and "\n" not in str(err)
    except NotANumber as err:
        assert str(err) and "\n" not in str(err)
    else:
        assert math.isfinite(value)


@given(st.from_regex(r"-?[0-9.,]{1,12}%?", fullmatch=True), ANY_FIELD)
def test_a_number_that_is_read_has_the_digits_that_indonesian_style_gives_the_text(text, field):
    """Dots part thousands and the comma starts the decimals, or the text is not taken without asking."""
    try:
        value = read_number(text, field)
    except NotANumber:
        return
    digits = Decimal(text.removesuffix("%").replace(".", "").replace(",", "."))
    part = text.endswith("%") or is_share(field)  # without its sign only where nothing else is lawful
    assert value == float(digits.scaleb(-2) if part else digits)
    assert not re.search(r"\.(?![0-9]{3}(?![0-9]))", text)  # a dot that does not part thousands was never read


@given(st.floats(0.0001, 0.9999), st.integers(1, 6))
def test_a_share_below_one_without_its_sign_is_never_read(share, decimals):
    text = f"{share:.{decimals}f}".replace(".", ",")
    if float(text.replace(",", ".")):
        with pytest.raises(Unclear) as caught:
            read_number(text, SHARE)
        assert float(text.replace(",", ".")) in caught.value.readings


def test_shares_are_told_by_their_unit():
    assert is_share(SHARE) and is_share(GROWTH) and not is_share(PEOPLE)
