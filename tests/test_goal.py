"""Goal seek: what it finds is replayed in the reference model, and what is nearly it must not do."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import samples
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from replay import Replay, years_of
from samples import budget, sponsors
from small_regions import ANNUAL, small_regions
from strategies import regions, whole

from simulator import InputError, load_region, parse_region, project
from simulator.batch import run_batch
from simulator.questions import goal, lever_range
from simulator.questions import measure as measures
from simulator.yaml_io import read_yaml

SCENARIOS = Path(__file__).parent.parent / "scenarios"
MEASURES = tuple(measures.MEASURES)
some = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FINE = 1_001  # settings of a fine grid


@cache
def shipped(name):
    """(plain data, region) of a file that is shipped."""
    path = SCENARIOS / f"{name}.yaml"
    return read_yaml(path.read_text(encoding="utf-8"))[0], load_region(path)


def curve_of(region, lever, values, year, measure):
    """Coverage for every value of a lever, by the batch."""
    batch = run_batch(region, {lever: np.asarray(values, dtype=float)})
    rows = [i for i, (y, _) in enumerate(batch.months) if y == year]
    if measure == "average":
        return batch.coverage[rows].mean(axis=0)
    return (batch.active_coverage if measure == "active" else batch.coverage)[rows[-1]]


# ---- replayed in the reference --------------------------------------------------------------------


@st.composite
def questions(draw):
    """A region, one of its levers, a year, a measure, and where in what the lever can do the target lies (0…1)."""
    data = draw(small_regions())
    year = draw(st.sampled_from(years_of(data)))
    names = ["assumptions.verification_yield", "coverage_base.growth"]
    names += [f"{s['id']}.{name}" for s in data["segments"] for name in ("covered_change", "covered", "workers")]
    for f in data["funders"]:
        own = ("participation", "ramp_months", "start_after") if f["kind"] == "sponsors" else BUDGET_LEVERS
        names += 2 * [f"{f['id']}.{name}" for name in (*own, "onboarding_per_month")]
        names += [f"{f['id']}.by_year.{year}.annual_budget"] if f["kind"] == "budget" else []
    lever = draw(st.sampled_from(names))
    return data, lever, year, draw(st.sampled_from(MEASURES)), draw(whole(0, 24)) / 20


BUDGET_LEVERS = ("annual_budget", "annual_budget", "months", "start_month", "absorption", "budget_growth")


def ask(case):
    """(data, region, target, the answer, coverage over the range) of a question; more than 1 is out of reach."""
    data, lever, year, measure, where = case
    region = parse_region(deepcopy(data))
    try:
        grid, seen = goal.curve(region, lever, year, measure)
    except InputError as err:
        assume(all(f.kind != "range_order" for f in err.faults))  # rules leave the lever nothing to move in
        raise
    target = seen.min() + (seen.max() - seen.min()) * where if where <= 1 else seen.max() + 0.001
    assume(target <= 1)
    return data, region, float(target), goal.seek(region, lever, float(target), year, measure), (grid, seen)


@some
@given(questions())
def test_what_is_found_reaches_the_target_in_the_reference_within_a_worker(case):
    data, region, target, found, (grid, seen) = ask(case)
    _, lever, year, measure, _ = case
    replay = Replay(data, year, measure, {lever: found.value})
    assert found.coverage == pytest.approx(replay.coverage, abs=1e-9)
    assert (found.end, found.average) == pytest.approx((replay.end, replay.average), abs=1e-9)
    assert found.reached == bool(found.coverage >= target - measures.ROUNDING)
    if not found.reached:
        return
    assert replay.coverage >= target - 1e-9
    at_an_end = found.value in (grid[0], grid[-1], found.now)
    if lever_range.field(region, lever).whole or at_an_end:
        return
    over = (replay.coverage - target) * replay.base
    if over > 1:  # only where the curve jumps: a hair beside it the target is missed by more than a worker less
        hair = 1e-7 * (found.high - found.low) * (-1 if found.rising else 1)
        assert Replay(data, year, measure, {lever: found.value + hair}).coverage < target


@some
@given(questions())
def test_nothing_nearer_to_the_cheap_end_reaches_the_target(case):
    data, region, target, found, (grid, _) = ask(case)
    _, lever, year, measure, _ = case
    if not found.reached or found.value == found.now:
        return
    slack = 2e-3 / Replay(data, year, measure).base  # goal seek is content with a thousandth of a worker
    if lever_range.field(region, lever).whole:
        beside = grid[grid < found.value] if found.rising else grid[grid > found.value]
    elif found.rising:
        beside = np.linspace(found.low, found.value, 200)[:-1]
    else:
        beside = np.linspace(found.value, found.high, 200)[1:]
    beside = beside[beside != found.value]
    if len(beside):
        assert curve_of(region, lever, beside, year, measure).max() < target + slack


@some
@given(questions().map(lambda case: (*case[:4], 1.2)))
def test_what_cannot_be_reached_gives_the_best_there_is_and_says_what_is_in_the_way(case):
    data, region, target, found, (grid, seen) = ask(case)
    _, lever, year, measure, _ = case
    assert not found.reached
    fine = grid if lever_range.field(region, lever).whole else np.linspace(grid[0], grid[-1], FINE)
    best = curve_of(region, lever, fine, year, measure).max()
    assert found.coverage >= best - 0.5 / Replay(data, year, measure).base
    assert found.limits
    for limit in found.limits:
        for text in (limit.english(), limit.indonesian()):
            assert text and not set("{}") & set(text)


@some
@given(regions(max_years=2), st.data())
def test_a_money_lever_is_as_small_as_can_be_on_any_region(data, draw):
    budgets = [f["id"] for f in data["funders"] if f["kind"] == "budget"]
    assume(budgets)
    lever = f"{draw.draw(st.sampled_from(budgets))}.annual_budget"
    year, measure = draw.draw(st.sampled_from(years_of(data))), draw.draw(st.sampled_from(MEASURES))
    region = parse_region(deepcopy(data))
    grid, seen = goal.curve(region, lever, year, measure)
    assume(seen.max() > seen[0])
    target = float(seen[0] + (seen.max() - seen[0]) * draw.draw(whole(1, 19)) / 20)
    found = goal.seek(region, lever, target, year, measure)
    replay = Replay(data, year, measure, {lever: found.value})
    rupiah_in_workers = (seen[1] - seen[0]) / grid[1]  # one rupiah, for budgets are whole
    assert found.reached and found.rising
    assert target - 1e-9 <= replay.coverage <= target + (1 + rupiah_in_workers) / replay.base
    less = Replay(data, year, measure, {lever: found.value * 0.98})
    assert less.coverage < target + 1e-3 / replay.base


SHIPPED = [
    ("ponorogo", "apbd.annual_budget", 2026, "end"),
    ("ponorogo", "asn.participation", 2027, "average"),
    ("blora-2027", "apbd.annual_budget", 2029, "end"),
    ("blora-2027", "assumptions.verification_yield", 2029, "active"),
    ("lampung", "apbd.annual_budget", 2028, "active"),
    ("palopo", "covered", 2027, "end"),
    ("ponorogo", "coverage_base.growth", 2026, "average"),
]


@pytest.mark.parametrize(("name", "lever", "year", "measure"), SHIPPED)
def test_on_shipped_regions_the_reference_agrees(name, lever, year, measure):
    data, region = shipped(name)
    grid, seen = goal.curve(region, lever, year, measure)
    target = float(seen.min() + 0.6 * (seen.max() - seen.min()))
    found = goal.seek(region, lever, target, year, measure)
    replay = Replay(data, year, measure, {lever: found.value})
    assert found.reached
    assert 0 <= replay.coverage - target + 1e-12 <= 1 / replay.base
    assert found.rising == (lever != "coverage_base.growth")
    if lever.endswith("annual_budget"):
        assert Replay(data, year, measure, {lever: found.value * 0.98}).coverage < target


def test_ponorogo_by_hand():
    """375,000 workers, 120,000 insured; 201,600 Rp insure one more for a year: 40% are 30,000 more."""
    part = {"id": "rentan", "workers": 255_000}
    region = samples.region([part], [budget(2.6e9)], base=375_000, covered=120_000)
    found = goal.seek(region, "apbd.annual_budget", 0.40, 2027)
    assert found.value == pytest.approx(30_000 * ANNUAL, abs=1e-3 * ANNUAL)  # a thousandth of a worker
    assert (found.reached, found.rising, found.now) == (True, True, 2.6e9)
    assert found.coverage_now == pytest.approx((120_000 + 2.6e9 / ANNUAL) / 375_000)


# ---- which way a lever works ----------------------------------------------------------------------

RENTAN = {"id": "rentan", "workers": 1_000}


def test_a_lever_that_takes_away_is_set_as_high_as_still_reaches():
    """Growth of the base: with 300 of 1,000 paid for, 28% hold until the base has grown to 300/0.28."""
    region = samples.region([RENTAN], [budget(300 * ANNUAL)], base=1_000, years=3)
    found = goal.seek(region, "coverage_base.growth", 0.28, 2029)
    assert not found.rising
    assert (1 + found.value) ** (35 / 12) == pytest.approx(300 / 280, rel=1e-5)
    assert curve_of(region, "coverage_base.growth", np.linspace(found.value, 1, 200)[1:], 2029, "end").max() < 0.28


def test_fewer_months_with_the_same_money_cover_more_at_the_end_but_not_on_average():
    region = samples.region([RENTAN], [budget(200 * ANNUAL, start_month=1)], base=1_000)
    found = goal.seek(region, "apbd.months", 0.2, 2027, "average")
    assert (found.value, found.reached) == (3, True)  # 800 workers for three months; in two all 1,000 are paid for
    assert found.rising
    december = samples.region([RENTAN], [budget(200 * ANNUAL, start_month=12, months=1)], base=1_000)
    start = goal.seek(december, "apbd.start_month", 0.9, 2027)
    assert (start.value, start.reached, start.apart) == (12, True, True)


def test_a_peak_in_the_middle_of_the_range_is_found():
    """Six months from month 1 … 7; only those from month 7 pay in December, those before pay for the average."""
    region = samples.region([RENTAN], [budget(300 * ANNUAL, months=6)], base=1_000)
    found = goal.seek(region, "apbd.start_month", 0.6, 2027)
    assert (found.value, found.reached) == (7, True)
    segments = [RENTAN, {"id": "guru", "workers": 1_000}]
    payers = [budget(500 * ANNUAL, ["rentan", "guru"], onboarding_per_month=100)]
    region = samples.region(segments, payers, base=2_000)
    grid, seen = goal.curve(region, "apbd.months", 2027, "average")
    best = int(np.argmax(seen))
    found = goal.seek(region, "apbd.months", float(seen[best]), 2027, "average")
    assert (found.value, found.reached) == (grid[best], True)


def test_a_lever_that_changes_nothing_keeps_its_value():
    region = samples.region([RENTAN], [budget(300 * ANNUAL)], base=1_000)
    levers = {"assumptions.accidents_per_1000": 2.5, "assumptions.grace_months": 3, "assumptions.overlap": 0}
    for lever, now in levers.items():
        for target in (0.2, 0.9):
            found = goal.seek(region, lever, target, 2027)
            assert (found.value, found.now, found.reached) == (now, now, target == 0.2)
            kinds = [x.kind for x in found.limits]
            assert kinds == ([] if found.reached else ["no_effect"])


def test_rounding_is_no_effect():
    """Nothing but the base's growth moves people here, so that it moves no share but in the last digit."""
    _, region = shipped("bengkulu")
    found = goal.seek(region, "coverage_base.growth", 0.2, 2028)
    assert (found.value, found.reached) == (found.now, True)
    found = goal.seek(region, "coverage_base.growth", 0.9, 2028)
    assert (found.value, [x.kind for x in found.limits]) == (found.now, ["no_effect"])


def test_what_is_reached_already_asks_for_nothing():
    region = samples.region([{**RENTAN, "covered": 500}], [budget(300 * ANNUAL)], base=1_000, covered=500)
    assert goal.seek(region, "apbd.annual_budget", 0.5, 2027).value == 0


def test_a_target_that_is_just_the_most_there_can_be_is_reached():
    for measure in MEASURES:
        data, region = shipped("blora-2027")
        grid, seen = goal.curve(region, "apbd.annual_budget", 2028, measure)
        assert goal.seek(region, "apbd.annual_budget", float(seen.max()), 2028, measure).reached


# ---- ranges ---------------------------------------------------------------------------------------


def test_ranges_that_other_rules_narrow_never_raise():
    part = {"id": "rentan", "workers": 1_000, "covered": 300}
    payer = budget(300 * ANNUAL, start_month=4, months=6, paid_before={"rentan": 100})
    region = samples.region([part], [payer], base=1_500, covered=400)
    ends = {
        "apbd.months": (1, 9),
        "apbd.start_month": (1, 7),
        "apbd.by_year.2028.months": (1, 9),
        "covered": (300, 800),
        "rentan.covered": (100, 400),
        "rentan.workers": (300, 1_400),
        "apbd.paid_before.rentan": (0, 300),
        "coverage_base.outside": (0, 400),
    }
    for lever, end in ends.items():
        grid, seen = goal.curve(region, lever, 2028)
        assert (grid[0], grid[-1]) == end, lever
        assert len(seen) == len(grid)
        for value in end:
            project(region, changes={lever: lever_range.plain(lever, region, value)})


@pytest.mark.parametrize("name", ["ponorogo", "bengkulu"])
def test_every_lever_of_a_shipped_region_can_be_asked_about(name):
    from simulator.levers import levers

    _, region = shipped(name)
    year = years_of(shipped(name)[0])[1]
    asked = [x.path for x in levers(region) if x.path not in lever_range.NOT_SOUGHT]
    assert len(asked) > 30
    kinds = {lever_range.FIELDS[lever_range.paths.field_key(path, region._data)].key: path for path in asked}
    for path in kinds.values():
        found = goal.seek(region, path, 0.5, year)
        assert found.low <= found.value <= found.high
        assert found.reached or found.limits


def test_a_range_may_be_narrowed():
    region = samples.region([RENTAN], [budget(300 * ANNUAL)], base=1_000)
    found = goal.seek(region, "apbd.annual_budget", 0.1, 2027, low=150 * ANNUAL, high=400 * ANNUAL)
    assert (found.value, found.reached) == (150 * ANNUAL, True)
    found = goal.seek(region, "apbd.annual_budget", 0.9, 2027, high=400 * ANNUAL)
    assert (found.value, found.reached) == (400 * ANNUAL, False)


# ---- what is in the way ---------------------------------------------------------------------------

KINDS = [
    ("no_workers", [budget(1e7)], {}, "apbd.annual_budget"),
    ("verification", [budget(1e7)], {"assumptions": {"verification_yield": 0.5}}, "apbd.annual_budget"),
    ("onboarding", [budget(1e7, onboarding_per_month=3)], {}, "apbd.annual_budget"),
    ("not_paying", [budget(1e7, months=6)], {}, "apbd.annual_budget"),
    ("sponsors", [sponsors(20, participation=0.1)], {}, "asn.participation"),
    ("absorption", [budget(1e7, absorption=0)], {}, "apbd.annual_budget"),
    ("budget", [budget(1e7)], {}, "apbd.absorption"),
    ("not_listed", [budget(1e7)], {}, "apbd.annual_budget"),
    ("nobody_pays", [budget(1e7)], {}, "rentan.income"),
    ("outside", [budget(1e7)], {"coverage_base": {"outside": 100}}, "apbd.annual_budget"),
    ("no_effect", [budget(1e7)], {}, "assumptions.deaths_per_1000"),
]


@pytest.mark.parametrize(("kind", "payers", "more", "lever"), KINDS, ids=[k[0] for k in KINDS])
def test_what_is_in_the_way_is_of_the_right_kind(kind, payers, more, lever):
    region = samples.region([RENTAN], payers, base=2_000, covered=50, **more)
    found = goal.seek(region, lever, 0.95, 2027)
    assert not found.reached
    assert kind in [x.kind for x in found.limits]
    if kind in ("verification", "onboarding", "sponsors", "not_listed", "nobody_pays", "outside"):
        people = {"verification": 500, "onboarding": 3, "sponsors": 20, "outside": 100}
        limit = next(x for x in found.limits if x.kind == kind)
        assert limit.facts["people"] == pytest.approx(people.get(kind, 950))


def test_an_average_is_held_back_by_the_months_without_payment():
    region = samples.region([RENTAN], [budget(1e7, start_month=7, months=6)], base=1_000)
    found = goal.seek(region, "apbd.annual_budget", 0.9, 2027, "average")
    assert [x.kind for x in found.limits] == ["part_year", "no_workers"]
    assert found.limits[0].english() == "APBD pays 6 of 12 months"


# ---- refused --------------------------------------------------------------------------------------

BAD = [
    ({"lever": "apbd.anual_budget"}, "apbd.anual_budget: is not a lever of this region"),
    ({"lever": "years"}, "years: is not a number that can be sought"),
    ({"lever": "apbd_total"}, "apbd_total: is not a number that can be sought"),
    ({"lever": "rentan.programmes"}, "rentan.programmes: is not a lever of this region"),
    ({"lever": "asn.participation"}, "asn.participation: is not a lever of this region"),
    ({"lever": ""}, "is not a lever of this region"),
    ({"year": 2031}, "year: 2031 is outside the simulated years 2027 to 2028"),
    ({"coverage": float("nan")}, "coverage: nan is not a share"),
    ({"coverage": float("inf")}, "coverage: inf is not a share"),
    ({"coverage": 1.5}, "coverage: 1.5 is not a share; write 0.35 for 35%"),
    ({"coverage": -0.1}, "coverage: -0.1 is not a share"),
    ({"measure": "best"}, "measure: best is not one of end, average, active"),
    ({"low": 9e9, "high": 1e9}, "apbd.annual_budget: low"),
]


@pytest.mark.parametrize(("wrong", "line"), BAD, ids=[str(b[0]) for b in BAD])
def test_bad_questions_are_refused_in_a_line(wrong, line):
    region = samples.region([RENTAN], [budget(1e7)], base=1_000)
    asked = {"lever": "apbd.annual_budget", "coverage": 0.3, "year": 2027, **wrong}
    with pytest.raises(InputError) as caught:
        goal.seek(region, **asked)
    assert len(str(caught.value).splitlines()) == len(caught.value.faults) == 1
    assert line in str(caught.value)


# ---- what a setting buys --------------------------------------------------------------------------


def test_bought_and_the_curve_agree_with_runs():
    data, region = shipped("ponorogo")
    lever, year = "apbd.annual_budget", 2026
    for measure in MEASURES:
        grid, seen = goal.curve(region, lever, year, measure, top=5e9)
        assert (grid[0], grid[-1]) == (0, 5e9)
        for i in (0, 40, len(grid) - 1):
            got = goal.bought(region, lever, float(grid[i]), year, measure)
            replay, before = Replay(data, year, measure, {lever: float(grid[i])}), Replay(data, year, measure)
            assert got.coverage == pytest.approx(seen[i], abs=1e-12) == pytest.approx(replay.coverage, abs=1e-9)
            assert got.coverage_before == pytest.approx(before.coverage, abs=1e-9)
            assert got.added == pytest.approx(replay.row["insured_end"] - before.row["insured_end"], abs=1e-5)
            assert got.cost == pytest.approx(replay.total - before.total, abs=1)
            assert got.own_unspent == pytest.approx(replay.row["unspent"]["apbd"], abs=1)


def test_bought_says_nothing_of_unspent_money_where_the_lever_is_no_funders():
    _, region = shipped("ponorogo")
    assert goal.bought(region, "assumptions.overlap", 0.1, 2026).own_unspent is None
    with pytest.raises(InputError):
        goal.bought(region, "apbd.annual_budget", -1.0, 2026)
    with pytest.raises(InputError):
        goal.bought(region, "apbd.annual_budget", 1.0, 2050)
