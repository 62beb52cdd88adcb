"""Draws: triangular, common to all scenarios of a file, whole where numbers are counted, and possible together."""

import math
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import configure, load_region, parse_region
from simulator.batch import run_batch
from simulator.uncertainty.draws import SEED, drawn, triangular, uniform
from simulator.uncertainty.possible import possible
from simulator.uncertainty.ranges import places, ranges, with_ranges

SCENARIOS = Path(__file__).parent.parent / "scenarios"
REGIONS = sorted(p.stem for p in SCENARIOS.glob("*.yaml"))
EVERY_REGION = pytest.mark.parametrize("name", REGIONS)


def region(name):
    return load_region(SCENARIOS / f"{name}.yaml")


def small(**changed):
    """A region of two segments whose numbers can be given ranges."""
    data = {
        "title": "Contoh",
        "start": "2027-01",
        "years": 2,
        "coverage_base": {"population": "labour_force", "workers": 10_000},
        "covered": 3_000,
        "segments": [
            {"id": "a", "name": "A", "workers": 4_000, "covered": 1_000, "membership": "bpu"},
            {"id": "b", "name": "B", "workers": 2_000, "covered": 500, "membership": "bpu"},
        ],
        "funders": [
            {"id": "apbd", "name": "APBD", "kind": "budget", "payer": "government", "segments": ["a", "b"],
             "paid_before": {"a": 800}, "annual_budget": 300e6, "start_month": 3, "months": 6}
        ],
    }  # fmt: skip
    for path, ends in changed.items():
        *way, last = path.split("__")
        owner = data
        for step in way:
            owner = next((x for x in owner if x["id"] == step), None) if isinstance(owner, list) else owner[step]
        owner[last] = {"value": owner[last], "low": ends[0], "high": ends[1]}
    return parse_region(data)


# ---- the distribution


@given(
    st.tuples(*[st.floats(-1e6, 1e6)] * 3).map(sorted).filter(lambda x: x[0] < x[2]),
    st.lists(st.floats(0, 1), min_size=2, max_size=20),
)
def test_a_triangular_draw_lies_in_its_range_and_rises_with_its_probability(numbers, probabilities):
    low, mode, high = numbers
    values = triangular(np.array(sorted(probabilities)), low, mode, high)
    slack = 1e-9 * max(1, abs(low), abs(high))
    assert (values >= low - slack).all() and (values <= high + slack).all()
    assert (np.diff(values) >= -slack).all()


@pytest.mark.parametrize(("low", "mode", "high"), [(0, 0, 1), (0, 1, 1), (2, 3, 10), (-5, 0, 1)])
def test_draws_have_the_mean_and_spread_of_the_triangular_distribution(low, mode, high):
    u = (np.arange(100_000) + 0.5) / 100_000
    values = triangular(u, low, mode, high)
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert values.mean() == pytest.approx((low + mode + high) / 3, abs=1e-4 * (high - low))
    assert values.var() == pytest.approx(variance, rel=1e-3)


def test_points_fill_every_stratum_once_and_are_the_same_each_time():
    first, again, other = uniform(256, 5), uniform(256, 5), uniform(256, 5, SEED + 1)
    assert (first == again).all() and not (first == other).any(axis=1).all()
    assert first.shape == (5, 256)
    for row in first:
        assert sorted(np.floor(row * 256)) == list(range(256))  # what plain random draws do not


def test_the_first_points_of_a_longer_sequence_are_the_same_and_odd_numbers_do_not_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (uniform(1000, 3) == uniform(1024, 3)[:, :1000]).all()
        assert uniform(1, 3).shape == (3, 1)


def test_known_points_of_the_fixed_seed():
    """The same digits on any machine: a change of library that moves them must be seen."""
    digits = uniform(4, 3)
    assert digits.round(9).tolist() == KNOWN_POINTS


KNOWN_POINTS = [
    [0.788796914, 0.213310817, 0.448466906, 0.553644878],
    [0.997943291, 0.012062198, 0.527522529, 0.481994826],
    [0.37882102, 0.655816625, 0.224013294, 0.99318101],
]


# ---- which numbers


@EVERY_REGION
def test_what_has_a_range_in_the_file_is_drawn_within_it(name):
    r = region(name)
    found = drawn(r, r, 128)
    assert set(found.columns) == set(ranges(r)) and len(found.columns) > 8
    for path, values in found.columns.items():
        known = found.ranges[path]
        assert values.shape == (128,) and known.low <= values.min() and values.max() <= known.high
        assert len(set(values)) > 1


@EVERY_REGION
def test_all_scenarios_of_a_file_draw_the_same_number_alike(name):
    r = region(name)
    first = drawn(r, r, 64)
    for scenario in r.scenarios:
        found = drawn(r, configure(r, scenario.id), 64)
        for path in set(found.columns) & set(first.columns):
            if found.ranges[path] == first.ranges[path] and not found.pulled:
                assert (found.columns[path] == first.columns[path]).all(), path


def test_a_range_more_does_not_move_the_draws_of_the_others():
    r = region("ponorogo")
    before = drawn(r, r, 64)
    more = configure(r, None, with_ranges(r, {"apbd.months": (6.0, 12.0), "apbd.absorption": (0.8, 1.0)}))
    after = drawn(r, more, 64)
    assert set(after.columns) - set(before.columns) == {"apbd.months", "apbd.absorption"}
    for path, values in before.columns.items():
        assert (after.columns[path] == values).all(), path


def test_every_number_has_a_place_of_its_own():
    known = places(region("palopo"))
    assert sorted(known.values()) == list(range(len(known)))
    assert {"covered", "apbd.by_year.2027.months", "asn.participation", "rentan.workers"} <= set(known)
    assert not {"years", "apbd_total", "apbd.segments", "apbd.relief"} & set(known)


def test_whole_numbers_stay_whole():
    r = small(funders__apbd__months=(3, 9), funders__apbd__start_month=(1, 4))
    found = drawn(r, r, 512)
    months, start = found.columns["apbd.months"], found.columns["apbd.start_month"]
    assert set(months) <= set(range(3, 10)) and len(set(months)) > 4
    assert set(start) == {1, 2, 3, 4}
    assert (start + months - 1 <= 12).all()


def test_a_range_of_no_width_is_not_drawn():
    r = small(covered=(3_000, 3_000))
    found = drawn(r, r)
    assert found.certain and found.columns == {} and found.n == 1024


def test_the_users_own_range_keeps_the_value_and_what_is_known_of_it():
    r = region("blora-2027")
    mine = configure(r, None, with_ranges(r, {"covered": (100_000.0, 150_000.0), "coverage_base.growth": None}))
    assert (mine.covered.low, mine.covered.value, mine.covered.high) == (100_000, 145_707, 150_000)
    assert mine.covered.reference == r.covered.reference and mine.covered.note == r.covered.note
    assert "coverage_base.growth" not in ranges(mine) and mine.coverage_base.growth.value == 0.0125


# ---- numbers that cannot be true together


ENDS = {"a.workers": (900, 9_000), "covered": (1_500, 8_000), "apbd.months": (1, 12)}

RULES = {
    "segments__a__workers": (900, 9_000),
    "segments__a__covered": (0, 3_900),
    "segments__b__covered": (100, 1_900),
    "covered": (1_500, 8_000),
    "coverage_base__workers": (6_500, 14_000),
    "funders__apbd__paid_before__a": (0, 1_000),
    "funders__apbd__months": (1, 12),
    "funders__apbd__start_month": (1, 7),
}


@given(st.sets(st.sampled_from(sorted(RULES)), min_size=1), st.integers(0, 50))
def test_whatever_has_a_range_the_draws_can_be_run(chosen, seed):
    r = small(**{path: RULES[path] for path in chosen})
    found = drawn(r, r, 64, seed)
    batch = run_batch(r, found.columns)  # refuses columns that break a rule
    assert np.isfinite(batch.coverage).all() and (batch.coverage <= 1 + 1e-9).all()


def test_draws_that_go_together_are_left_alone():
    r = small(segments__a__workers=(900, 9_000), covered=(1_500, 8_000))
    fine = {"a.workers": np.array([3_900.0, 4_100.0]), "covered": np.array([2_900.0, 3_100.0])}
    kept, moved = possible(r, fine, ENDS)
    assert moved == 0 and all((kept[p] == v).all() for p, v in fine.items())


def test_an_impossible_draw_stops_at_the_rule_on_its_way_from_the_likely_values():
    r = small(segments__a__workers=(900, 9_000))
    kept, moved = possible(r, {"a.workers": np.array([900.0, 4_500.0])}, ENDS)
    assert moved == 1 and kept["a.workers"].tolist() == [1_000.0, 4_500.0]  # as many as are covered


def test_months_are_cut_at_december_and_single_years_too():
    r = small(funders__apbd__months=(1, 12))
    kept, moved = possible(r, {"apbd.months": np.array([6.0, 10.0, 12.0])}, ENDS)
    assert kept["apbd.months"].tolist() == [6, 10, 10] and moved == 1
    assert math.isclose(r.funders[0].start_month.value, 3)


def test_a_draw_stays_in_its_range_when_payments_would_pass_december():
    r = small(funders__apbd__months=(5, 8), funders__apbd__start_month=(1, 9))
    found = drawn(r, r, 512)
    start, months = found.columns["apbd.start_month"], found.columns["apbd.months"]
    assert (start + months <= 13).all() and months.min() >= 5 and start.min() >= 1 and found.pulled > 0


def test_the_clash_of_one_year_leaves_the_others_alone():
    data = dict(small()._data)
    start = {"value": 1, "low": 1, "high": 6}
    data["funders"][0] |= {"start_month": start, "months": 6, "by_year": {2028: {"months": 12}}}
    r = parse_region(data)
    found = drawn(r, r, 256)
    assert len(set(found.columns["apbd.start_month"])) > 3
    assert set(found.columns["apbd.by_year.2028.start_month"]) == {1}
    assert np.isfinite(run_batch(r, found.columns).coverage).all()


def test_where_everything_adds_up_bands_do_not_collapse():
    """Covered of all segments is all that is covered: draws above it give way by as little as they must."""
    r = small(segments__a__covered=(500, 3_500), segments__b__covered=(100, 1_900), covered=(2_900, 3_100))
    found = drawn(r, r, 512)
    for path in ("a.covered", "b.covered"):
        assert np.ptp(np.percentile(found.columns[path], (10, 90))) > 0.2 * np.ptp(RULES_ENDS[path])
    assert np.isfinite(run_batch(r, found.columns).coverage).all()


RULES_ENDS = {"a.covered": (500, 3_500), "b.covered": (100, 1_900)}


def test_numbers_that_only_a_setting_brings_about_are_drawn_too():
    r = region("blora-2027")
    changes = {"years": 9, "apbd.by_year.2035.annual_budget": {"value": 1e9, "low": 5e8, "high": 2e9}}
    found = drawn(r, configure(r, None, changes), 64)
    values = found.columns["apbd.by_year.2035.annual_budget"]
    assert 5e8 <= values.min() < values.max() <= 2e9
    again = drawn(r, configure(r, "rentan_apbd", changes), 64)
    assert (again.columns["apbd.by_year.2035.annual_budget"] == values).all()
