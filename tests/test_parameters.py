"""Dated law and realised figures: what is looked up, what is refused, where what is shipped comes from."""

import datetime
import subprocess
import sys

import pytest

from simulator import parameters
from simulator.parameters import ParameterError

ONE = """
references:
  pp: {{title: PP 1/2015, address: https://example.org/pp}}
parameters:
  - id: tarif
    label: Tarif
    description: A rate.
    unit: {unit}
    values:
      - {{start: 2015-07, value: 1, status: law, {reference} {checked}}}
      - {{start: {second}, value: 2, status: {status}, reference: pp, checked: 2026-11-21{extra}}}
"""
GOOD = {
    "unit": "share",
    "reference": "reference: pp,",
    "checked": "checked: 2026-11-21",
    "second": "2020-01",
    "status": "law",
    "extra": "",
}


def one_parameter(**changes: str) -> tuple[parameters.Parameter, ...]:
    return parameters.parse(ONE.format(**GOOD | changes), "parameters", "x.yaml")


def test_a_value_holds_from_its_month_until_the_next_one():
    (rate,) = one_parameter()
    assert [rate.at(month).value for month in ("2015-07", "2019-12", "2020-01", (2031, 5))] == [1, 1, 2, 2]
    assert rate.latest.value == 2
    assert rate.at("2016-01").reference.link == "https://example.org/pp"


def test_a_year_means_from_its_january():
    (rate,) = one_parameter(second="2020")
    assert rate.at("2019-12").value == 1
    assert rate.at("2020-01").value == 2


def test_a_month_before_the_first_value_is_refused():
    with pytest.raises(ParameterError, match="jkm_full: no value for 2019-11; the first one holds from 2019-12"):
        parameters.value("jkm_full", "2019-11")
    assert parameters.value("jkm_full", (2019, 12)) == 42_000_000


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-00", "januari", (2026, 0), (2026,), 2026, None])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(ParameterError, match="is not a month"):
        parameters.value("bpu_jkm", month)


def test_an_unknown_id_is_refused():
    with pytest.raises(ParameterError, match="bpu_jkx: no such parameter"):
        parameters.parameter("bpu_jkx")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"reference": ""}, "a value with status law needs a reference with a title"),
        ({"reference": "reference: lain,"}, "x.yaml: tarif: reference 'lain' is not in the list"),
        ({"checked": ""}, "values.0.checked: missing"),
        ({"unit": "persen"}, "x.yaml: tarif: unit: 'persen' is unknown"),
        ({"status": "rumor"}, "values.1.status: 'rumor' is unknown"),
        ({"second": "2015-07"}, "x.yaml: tarif: start 2015-07 comes twice"),
        ({"second": "2014"}, "x.yaml: tarif: start 2014-01 stands after 2015-07"),
        ({"second": "2020-13"}, "'2020-13' is not a month"),
        ({"extra": ", low: 3"}, "2.0 lies outside its range 3.0 to 2.0"),
        ({"extra": ", high: 1"}, "2.0 lies outside its range 2.0 to 1.0"),
        ({"extra": ", lo: 1"}, "values.1.lo: "),
        ({"extra": ", note: 5"}, "values.1.note: "),
        ({"extra": ", low: .nan"}, "values.1.low: "),
        ({"extra": ", low: '1'"}, "values.1.low: "),
    ],
)
def test_a_badly_written_value_is_refused_with_file_id_and_what(changes, what):
    with pytest.raises(ParameterError) as refusal:
        one_parameter(**changes)
    line = str(refusal.value)
    assert line.startswith("x.yaml: tarif: ")
    assert what in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("parameters: [", "x.yaml: not readable as YAML"),
        ("- 1", "x.yaml: needs a list named parameters"),
        ("", "x.yaml: needs a list named parameters"),
        ("parameters: {}", "x.yaml: needs a list named parameters"),
        ("programmes: []", "x.yaml: needs a list named parameters"),
        ("parameters: [5]", "x.yaml: row 0: "),
        ("parameters: [{id: 5}]", "x.yaml: row 0: "),
        ("parameters: [{id: tarif, values: 5}]", "x.yaml: tarif: "),
        ("parameters: [{id: tarif, reference: [1]}]", "x.yaml: tarif: "),
        ("references: 5\nparameters: [{id: tarif, reference: pp}]", "x.yaml: references are no mapping"),
        (
            ONE.format(**GOOD) + ONE.format(**GOOD).split("parameters:\n")[1],
            "x.yaml: tarif: this id comes twice",
        ),
    ],
)
def test_a_badly_written_file_is_refused_in_one_line(text, what):
    with pytest.raises(ParameterError) as refusal:
        parameters.parse(text, "parameters", "x.yaml")
    assert what in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_what_is_handed_out_cannot_be_changed():
    with pytest.raises(AttributeError):
        parameters.parameter("bpu_jkm").latest.value = 0


# --- what is shipped --------------------------------------------------------------------------------


def test_the_cheapest_informal_contribution_is_16_800():
    for month in ("2015-07", "2022-06", "2026-04", "2030-12"):
        income = parameters.value("bpu_min_income_base", month)
        jkk = parameters.value("bpu_jkk_rate", month) * income
        assert jkk + parameters.value("bpu_jkm", month) == 16_800
        assert 16_800 + parameters.value("bpu_jht_rate", month) * income == 36_800


def test_wage_earners_pay_by_risk():
    risks = ("very_low", "low", "medium", "high", "very_high")
    rates = [parameters.value(f"pu_jkk_rate_{risk}", "2026-01") for risk in risks]
    assert rates == [0.0024, 0.0054, 0.0089, 0.0127, 0.0174]
    assert parameters.value("pu_jkm_rate", "2026-01") == 0.003
    assert parameters.value("pu_jht_rate", "2026-01") == 0.037


def test_relief_comes_and_goes_by_itself():
    months = [(year, month) for year in (2025, 2026, 2027) for month in range(1, 13)]
    general = parameters.series("relief_general", months)
    transport = parameters.series("relief_transport", months)
    assert general == [0.0] * 15 + [0.5] * 9 + [0.0] * 12
    assert transport == [0.0] * 12 + [0.5] * 15 + [0.0] * 9


def test_the_full_death_benefit_contains_the_funeral():
    assert parameters.value("jkm_full", "2026-01") == 20_000_000 + 24 * 500_000 + 10_000_000
    assert parameters.value("jkm_funeral_only", "2026-01") == 10_000_000
    stages = 2 * 1_500_000 + 6 * 1_500_000 + 3 * 2_000_000 + 3 * 3_000_000 + 5 * 12_000_000
    assert parameters.value("scholarship_max_per_child", "2026-01") == stages == 87_000_000


def test_each_shipped_value_can_be_traced():
    shipped = parameters.all_parameters()
    assert len(shipped) > 40
    for each in shipped:
        assert each.unit in parameters.UNITS, each.id
        for dated in each.values:
            assert dated.reference is not None and dated.reference.title, each.id
            assert dated.checked >= datetime.date(2026, 11, 21), each.id
            if dated.status != "assumption":
                assert dated.reference.address, each.id


def test_each_suggested_range_holds_its_value_and_shares_stay_shares():
    for each in parameters.all_parameters():
        for dated in each.values:
            for number in (dated.low, dated.value, dated.high):
                if number is not None and each.unit.startswith("share") and each.unit != "share_year":
                    assert 0 <= number <= 1, each.id


def test_each_realised_sentence_is_short_sourced_and_for_a_known_funder():
    seen = parameters.all_realised()
    assert len(seen) > 60
    for each in seen:
        assert len(each.text) <= 90, each.text
        assert each.reference.title, each.id
        assert set(each.funders) <= set(parameters.FUNDERS), each.id


def test_realised_is_chosen_by_lever_and_funder():
    asn = parameters.realised("participation", "asn")
    assert asn and all("asn" in each.funders for each in asn)
    assert not parameters.realised("participation", "dbhcht")
    assert {each.place for each in parameters.realised("months", "apbd_perubahan")} == {
        "Kabupaten Blora",
        "Kabupaten Bogor",
    }
    for_any = parameters.realised("verification_yield", "apbd")
    assert for_any == parameters.realised("verification_yield")
    assert parameters.realised("no_such_lever") == ()


def test_programmes_called_exact_meet_the_cost_identity_to_the_rupiah():
    exact = {each.id: each for each in parameters.programmes() if each.match == "exact"}
    assert {
        "lumajang_dbhcht_2025",
        "blora_baznas_2023",
        "blora_apbdp_2024",
        "blora_apbd_2025",
        "madiun_pdam_2022",
        "jombang_dbhcht_2024_month",
    } <= set(exact)
    for each in exact.values():
        assert each.rupiah == each.workers * each.months * 16_800 == each.reported_rupiah, each.id


def test_the_other_programmes_are_as_near_or_as_far_as_they_are_said_to_be():
    for each in parameters.programmes():
        if each.match == "rounded" and not each.sum_of:
            assert abs(each.rupiah / each.reported_rupiah - 1) < 0.04, each.id
        if each.match == "wrong":
            assert abs(each.rupiah / each.reported_rupiah - 1) > 0.2, each.id
        assert (each.match == "unreported") == (each.reported_rupiah is None), each.id
        assert each.press_wrong == (each.match == "wrong")


def test_ponorogo_2025_sums_to_its_two_lists():
    by_id = {each.id: each for each in parameters.programmes()}
    both = by_id["ponorogo_dbhcht_2025a"].rupiah + by_id["ponorogo_dbhcht_2025b"].rupiah
    assert both == 5_526_612_000


def test_importing_reads_no_file_and_loads_no_pandas():
    code = (
        "import sys; from simulator import parameters as p;"
        "assert p._load.cache_info().currsize == 0; p.value('bpu_jkm', (2026, 1));"
        "assert p._load.cache_info().currsize == 3; assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
