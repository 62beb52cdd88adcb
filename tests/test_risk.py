"""Bands and chances against plain random draws of the slow reference, and what must hold of them."""

import json
from pathlib import Path

import numpy as np
import plain_draws
import pytest
import reference

from simulator import InputError, configure, load_region, project
from simulator.questions import risk_words as words
from simulator.questions.answer import answer
from simulator.questions.measure import ACTIVE, AVERAGE, END
from simulator.questions.risk import APBD_COST, COST, INSURED, Band, Versus, risk, to_json, versus
from simulator.region import parse_region
from simulator.uncertainty.draws import drawn
from simulator.uncertainty.ranges import ranges

SCENARIOS = Path(__file__).parent.parent / "scenarios"
CASES = pytest.mark.parametrize("case", plain_draws.CASES, ids=lambda c: c[0])
YEARLY = (END, AVERAGE, ACTIVE, INSURED, COST, APBD_COST)


def region(name):
    return load_region(SCENARIOS / f"{name}.yaml")


def kept(name):
    """20,000 plain random draws of the reference."""
    return json.loads((plain_draws.KEPT / f"{name}.json").read_text(encoding="utf-8"))


# ---- against the slow reference


@CASES
def test_bands_are_within_one_per_cent_of_20_000_plain_draws_of_the_reference(case):
    name, scenario, _ = case
    plain, found = kept(name), risk(region(name), scenario)
    assert plain["draws"] == 20_000
    for what, figure in (("coverage_end", END), ("coverage_average", AVERAGE), ("cost", COST)):
        for year, ends in zip(found.run.years.years, plain["bands"][what], strict=True):
            band = found.band(figure, year)
            assert (band.p10, band.p50, band.p90) == pytest.approx(ends, rel=0.01), (what, year)


@CASES
def test_chances_are_within_three_in_a_hundred_of_20_000_plain_draws(case):
    name, scenario, goal = case
    plain, found = kept(name), risk(region(name), scenario)
    assert plain["goal"] == goal and any(0.2 < share < 0.8 for share in plain["chances"])
    for year, share in zip(found.run.years.years, plain["chances"], strict=True):
        assert found.chance_of(END, year, goal) == pytest.approx(share, abs=0.03)


@CASES
def test_the_kept_plain_draws_are_what_the_reference_gives(case):
    """The first draws again, and the same numbers drawn as the product draws."""
    name, scenario, goal = case
    plain = kept(name)
    again = plain_draws.summary(name, scenario, goal, draws=plain_draws.REPEATED)
    for before, now in zip(plain["first"], again["first"], strict=True):
        for what, years in before.items():
            assert now[what] == pytest.approx(years, rel=1e-9)
    assert plain["numbers"] == sorted(ranges(configure(region(name), scenario)))


@CASES
def test_each_drawn_column_is_a_run_of_the_reference(case):
    name, scenario, _ = case
    r = region(name)
    found = risk(r, scenario)
    data = plain_draws.with_scenario(plain_draws.plain_data(name), scenario)
    for i in (0, 511, 1023):
        values = {path: float(column[i]) for path, column in found.draws.columns.items()}
        own = reference.run(data, None, values)
        for y, row in zip(found.run.years.years, own["yearly"], strict=True):
            assert found.samples(END, y)[i] == pytest.approx(row["coverage_end"], rel=1e-9)
            assert found.samples(COST, y)[i] == pytest.approx(sum(row["cost"].values()), rel=1e-9, abs=1e-3)


# ---- what must hold


def without_ranges(raw):
    """Plain data with every range taken away."""
    if isinstance(raw, dict):
        return {k: without_ranges(v) for k, v in raw.items() if k not in ("low", "high")}
    return [without_ranges(v) for v in raw] if isinstance(raw, list) else raw


@pytest.mark.parametrize("name", ["blora-2027", "ponorogo", "lampung"])
def test_without_ranges_bands_have_no_width_and_chances_are_none_or_all(name):
    r = parse_region(without_ranges(region(name)._data))
    found = risk(r, "rentan_apbd")
    assert found.certain
    for year in found.run.years.years:
        for what in YEARLY:
            band = found.band(what, year)
            assert band.width == 0 and band.p50 == band.value == band.p10
    assert (np.ptp(found.monthly_coverage, axis=0) == 0).all()
    for target in r.targets:
        if (share := found.chance(target)) is not None:
            assert share == float(found.run.target_reached(target))


def test_equal_scenarios_differ_by_exactly_nothing():
    r = region("ponorogo")
    first = risk(r, "asn_usulan_3")
    second = risk(r, None, dict(next(s for s in r.scenarios if s.id == "asn_usulan_3").set))
    for what in YEARLY:
        for year in first.run.years.years:
            assert (first.samples(what, year) - second.samples(what, year) == 0).all()
            gap = versus(first, second, what, year)
            assert (gap.more, gap.less, gap.same) == (0, 0, 1)
            assert gap.difference == Band(0, 0, 0, 0)


def test_a_difference_is_one_draw_by_draw_and_narrower_than_the_bands():
    r = region("blora-2027")
    more, today = risk(r, "rentan_apbd"), risk(r)
    gap = versus(more, today, END, 2029)
    assert gap.more == 1 and gap.less == 0
    assert gap.difference.width < 0.2 * min(more.band(END, 2029).width, today.band(END, 2029).width)
    assert versus(today, more, END, 2029).less == 1


def test_the_line_is_the_run_with_all_numbers_as_they_are_and_may_lie_off_the_middle():
    r = region("blora-2027")
    found = risk(r, "asn_realisasi")
    band = found.band(END, 2029)
    assert band.value == project(r, "asn_realisasi").years.coverage_end[2, 0]
    assert band.p10 < band.p50 < band.value  # covered at the start has its likely value near its top
    assert not band.outside
    assert "lebih mudah meleset ke bawah" in words.off_middle(band)
    assert words.off_middle(Band(0.2, 0.2, 0.2, 0.2)) == ""


def test_monthly_and_yearly_percentiles_are_those_of_the_samples():
    found = risk(region("palopo"), "gotong_royong", draws=256)
    last = [m[0] for m in found.run.arrays.months].index(2026) - 1
    assert found.monthly_coverage.shape == (3, 60)
    band = found.band(END, 2025)
    assert found.monthly_coverage[:, last] == pytest.approx((band.p10, band.p50, band.p90), rel=1e-12)
    assert found.yearly_cost[:, 0] == pytest.approx(np.percentile(found.samples(COST, 2025), (10, 50, 90)), rel=1e-12)


def test_a_target_on_another_base_is_judged_on_that_base():
    data = dict(region("blora-2027")._data)
    data["targets"] = [{"year": 2029, "coverage": 0.28, "population": "employed"}]
    r = parse_region(data)
    found = risk(r)
    people = found.samples(INSURED, 2029)
    growth = (1 + found.draws.columns["coverage_base.growth"]) ** (35 / 12)
    assert found.chance(r.targets[0]) == ((people / (519_853 * growth)) >= 0.28).mean()
    assert 0.05 < found.chance(r.targets[0]) < 0.95


def test_the_users_own_ranges_take_the_place_of_the_files():
    r = region("blora-2027")
    narrow = risk(r, ranges={"covered": None})
    assert "covered" not in narrow.ranges
    assert narrow.band(END, 2029).width < 0.1 * risk(r).band(END, 2029).width
    with pytest.raises(InputError):
        risk(r, ranges={"assumptions.verification_yield": (-1.0, 2.0)})


@pytest.mark.parametrize("draws", [0, -5, 10**9])
def test_a_number_of_draws_that_is_none_is_refused(draws):
    with pytest.raises(InputError, match="is not a number of draws"):
        risk(region("palopo"), draws=draws)


def test_a_lever_that_is_set_keeps_its_range_widened_to_hold_it():
    r = region("blora-2027")
    found = drawn(r, configure(r, "asn_realisasi", {"asn.participation": 0.4}), 64)
    known = found.ranges["asn.participation"]
    assert (known.low, known.value, known.high) == (0.011, 0.4, 0.4)


# ---- the command line


def test_risk_prints_what_was_agreed(call):
    file = SCENARIOS / "ponorogo.yaml"
    code, out, err = call("risk", file, "--scenario", "dbhcht_turun", "--format", "json", "--draws", "128")
    assert (code, err) == (0, "")
    answer_ = json.loads(out)
    assert set(answer_) == {"draws", "yearly"} and answer_["draws"] == 128
    assert [row["year"] for row in answer_["yearly"]] == [2024, 2025, 2026, 2027, 2028]
    for row in answer_["yearly"]:
        assert set(row) == {"year", "coverage_end", "probability_of_target"}
        assert set(row["coverage_end"]) == {"p10", "p50", "p90", "value"}
        assert 0 < row["coverage_end"]["p10"] <= row["coverage_end"]["p50"] <= row["coverage_end"]["p90"] < 1
    chances = {row["year"]: row["probability_of_target"] for row in answer_["yearly"]}
    assert 0 < chances[2026] < 1 and chances[2024] is None and chances[2028] is None
    assert call("risk", file, "--scenario", "dbhcht_turun", "--format", "json", "--draws", "128")[1] == out


def test_risk_by_default_draws_1024_and_tells_years_in_a_table(call, file):
    code, out, _ = call("risk", file)
    assert code == 0 and "1024 draws" in out and "chance of target" in out
    assert to_json(risk(load_region(file)))["draws"] == 1024


def test_risk_says_what_is_wrong_in_a_line(call, file):
    code, out, err = call("risk", file, "--draws", "0")
    assert (code, out) == (2, "") and "draws: 0 is not a number of draws" in err and err.count("\n") == 1
    assert call("risk", file, "--set", "apbd.mnths=3")[0] == 2


# ---- words


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "hampir tidak ada"), (0.009, "hampir tidak ada"), (0.03, "sangat kecil"), (0.05, "sekitar 1 dari 10"),
        (0.31, "sekitar 3 dari 10"), (0.35, "sekitar 4 dari 10"), (0.5, "sekitar 5 dari 10"),
        (0.949, "sekitar 9 dari 10"), (0.97, "sangat besar"), (0.995, "hampir pasti"), (1, "hampir pasti"),
    ],
)  # fmt: skip
def test_chances_in_round_words(share, text):
    assert words.chance(share).startswith(text)


def test_ranges_in_words():
    assert words.shares(0.2589, 0.284) == "25,9–28,4%"
    assert words.shares(0.28401, 0.28402) == "28,4%"
    assert words.people(11_000, 17_400) == "11.000–17.400"
    assert words.people(-300, 400) == "−300 sampai 400"
    assert words.money(1.23e9, 1.44e9) == "Rp 1,2–1,4 miliar"
    assert words.money(974.6e6, 1.6e9) == "Rp 974,6 juta sampai Rp 1,6 miliar"
    assert words.money(2e9, 2e9) == "Rp 2 miliar"
    assert words.points(0.0094, 0.0136) == "+0,94 sampai +1,36 poin"
    assert words.points(-0.02, 0.01) == "−2,00 sampai +1,00 poin"
    assert words.points(0, 0) == "0 poin"


def test_a_comparison_in_words_says_how_often_both_are_the_same():
    none = Band(0, 0, 0, 0)
    assert words.beats(Versus(0, 0, none)) == "tidak pernah: selalu sama"
    assert words.beats(Versus(0.3, 0, none)) == "sekitar 3 dari 10; pada 70% kemungkinan sama"
    assert words.beats(Versus(0.6, 0.4, none)) == "sekitar 6 dari 10"


def test_the_sentence_carries_the_bands_and_the_chance():
    r = region("ponorogo")
    found, today = risk(r, "dbhcht_turun"), risk(r)
    a = answer(found.run, today.run, 2026)
    text = words.sentence(found, a, today)
    band = found.band(END, 2026)
    assert words.shares(band.p10, band.p90) in text and "Delapan dari sepuluh kemungkinan" in text
    assert f"Peluang mencapai target nasional 34,99% pada 2026: {words.chance(found.chance(a.target))}." in text
    assert "berkurang" in text and "pekerja" in text
    certain = risk(parse_region(without_ranges(r._data)))
    assert words.sentence(certain, a) == ""


def test_a_target_and_another_base_with_a_range_are_drawn_for_its_chance():
    data = dict(region("blora-2027")._data)
    data["targets"] = [{"year": 2029, "coverage": {"value": 0.25, "low": 0.1, "high": 0.5}}]
    r = parse_region(without_ranges(data) | {"targets": data["targets"]})
    found = risk(r)
    assert found.certain and 0.2 < found.chance(r.targets[0]) < 0.9  # 26.98% against 10–50%
    base = {"population": "employed", "workers": {"value": 519_853, "low": 300_000, "high": 900_000}}
    data["coverage_base"] = without_ranges(data["coverage_base"]) | {"also": [base]}
    data["targets"] = [{"year": 2029, "coverage": 0.28, "population": "employed"}]
    other = parse_region(without_ranges({k: v for k, v in data.items() if k != "coverage_base"})
                         | {"coverage_base": data["coverage_base"]})  # fmt: skip
    assert 0.05 < risk(other).chance(other.targets[0]) < 0.95


def test_risk_draws_what_only_the_setting_brings_about(call):
    file = SCENARIOS / "blora-2027.yaml"
    setting = "apbd.by_year.2040.annual_budget={value: 1e9, low: 5e8, high: 2e9}"
    code, out, err = call("risk", file, "--draws", "64", "--set", setting)
    assert (code, err) == (0, "") and "2031" in out
