"""The cheapest mix: held to a fine grid of plans, to the reference model and to figures worked by hand."""

from pathlib import Path

import numpy as np
import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_grids import Case, cases
from replay import Replay
from samples import budget, sponsors
from small_regions import ANNUAL, small_regions
from strategies import whole

from simulator import InputError, load_region
from simulator.mix.programme import Programme
from simulator.mix.task import make
from simulator.questions import mix
from simulator.region import configure
from simulator.yaml_io import read_yaml

SCENARIOS = Path(__file__).parent.parent / "scenarios"
some = settings(max_examples=45, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
# A plan is found by linear programmes and local exchanges. What a linear programme cannot see (self-payers, enrolment
# limits that leave money idle, which funder takes whose place) may keep it that far from the best of a grid:
SHARE, RUPIAH = 0.015, 200_000.0


# ---- cheapest -------------------------------------------------------------------------------------


@some
@given(cases(), whole(2, 21), st.sampled_from(["total", "total", "one", "group"]))
def test_no_plan_of_a_fine_grid_is_clearly_cheaper(case, twentieths, minimise):
    funders = {"one": case.ids[:1], "group": case.ids[:2]}.get(minimise, case.ids)
    target = case.target(twentieths)
    asked = "total" if minimise == "total" else funders[0] if minimise == "one" else funders
    found = mix.cheapest(case.region, target, case.year, case.measure, minimise=asked, caps=case.caps)
    assert found.minimise == tuple(funders)
    case.same_in_reference(found)
    case.within_caps(found)
    assert found.reached == bool(found.coverage >= target - 1e-12)
    reach = case.shares >= target + 1e-9
    if reach.any():
        assert found.reached
        best = case.cost(funders)[reach].min()
        assert sum(found.cost[k] for k in funders) <= best * (1 + SHARE) + RUPIAH
    if not found.reached:
        most = case.shares.max()
        assert found.coverage >= most - max(1 / case.task.scale, 0.005 * most)
        assert found.limits
        for limit in found.limits:
            assert not set("{}") & set(limit.english() + limit.indonesian())


@some
@given(small_regions(alone=False, idle=False), whole(2, 19), st.sampled_from(["end", "average"]))
def test_the_linear_programme_is_a_bound_where_nobody_goes_on_alone_and_no_money_is_idle(data, twentieths, measure):
    """What is promised is paid: plans on the grid with money or places that find nobody are left out."""
    case = Case(data, int(data["start"][:4]) + data["years"] - 1, measure)
    target, weights = case.target(twentieths), np.ones(len(case.ids))
    programme = Programme(case.task, case.task.today)
    solved = programme.cheapest(target * case.task.scale, weights)
    plans = case.grid / np.maximum(case.task.caps, 1e-9)[:, None]
    committed = programme.committed[0][:, None] + (programme.committed[1] - programme.committed[0])[:, None] * plans
    paid = case.cost(case.ids)
    busy = (case.shares >= target) & (paid >= committed.sum(axis=0) * 1e6 * (1 - 1e-9) - 1)
    if busy.any():
        assert solved is not None
        assert solved.money.sum() <= paid[busy].min() * (1 + 1e-6) + 1


@some
@given(cases(must_first=True), whole(2, 18))
def test_duties_first_leaves_no_more_of_them_open_than_any_plan(case, twentieths):
    target = case.target(twentieths)
    found = mix.cheapest(case.region, target, case.year, case.measure, caps=case.caps, must_first=True)
    case.same_in_reference(found)
    case.within_caps(found)
    assert found.reached or not (case.shares >= target + 1e-9).any()
    if case.measure == "end" and found.reached:
        y = found.run.years.years.index(case.year)
        left, base = float(found.run.years.must_uninsured[y, 0]), case.task.scale
        assert left <= case.must_open.min() + 1 + 0.005 * base
    for path, order in found.set.items():
        if path.endswith(".segments"):
            duties = {s["id"]: s["duty"] for s in case.data["segments"]}
            kinds = [duties.get(s, "may") for s in order]
            assert kinds == sorted(kinds, key=lambda kind: kind != "must")


@some
@given(cases(), whole(2, 18))
def test_keep_drops_nobody_or_says_so(case, twentieths):
    target = case.target(twentieths)
    found = mix.cheapest(case.region, target, case.year, case.measure, caps=case.caps, keep=True)
    case.same_in_reference(found)
    case.within_caps(found)
    assert found.reached or not (case.shares >= target + 1e-9).any()
    if found.kept:
        assert found.dropped < 0.5


def test_keep_pays_more_so_that_nobody_is_dropped():
    """A pays for 100 in guru (dear), B could pay for 200 in rentan (cheap): 10% are cheaper without A."""
    parts = [
        {"id": "guru", "workers": 200, "covered": 100, "membership": "pu", "wage": 5_000_000, "risk": "high"},
        {"id": "rentan", "workers": 800},
    ]
    a = budget(100 * 12 * 78_500, ["guru"], name="a", paid_before={"guru": 100})
    b = budget(300 * ANNUAL, ["rentan"], name="b")
    region = samples.region(parts, [a, b], base=1_000, covered=100)
    cheap = mix.cheapest(region, 0.2, 2027)
    assert cheap.set["a.annual_budget"] == 0
    assert cheap.dropped == pytest.approx(100)
    kept = mix.cheapest(region, 0.2, 2027, keep=True)
    assert kept.kept and kept.reached and kept.dropped == pytest.approx(0, abs=1e-3)
    assert kept.cost["a"] == pytest.approx(100 * 12 * 78_500, rel=1e-4)
    assert kept.cost["b"] == pytest.approx(100 * ANNUAL, rel=1e-3)


# ---- most for a total -----------------------------------------------------------------------------


@some
@given(cases(), whole(1, 20))
def test_the_most_for_a_total_never_passes_it_and_no_plan_of_a_grid_covers_clearly_more(case, twentieths):
    costs = case.cost(case.ids)
    total = float(costs.min() + (costs.max() - costs.min()) * twentieths / 20)
    found = mix.most(case.region, total, case.year, case.measure, caps=case.caps)
    case.same_in_reference(found)
    case.within_caps(found)
    assert sum(found.cost.values()) <= total + len(case.ids) + 1  # budgets are whole rupiah
    best = case.shares[costs <= total].max() * case.task.scale
    assert found.people >= best * (1 - SHARE) - 1


def test_the_most_by_hand():
    region = two_funders()
    found = mix.most(region, 250 * ANNUAL, 2027)
    assert found.people == pytest.approx(250, abs=0.1)
    assert found.reached and found.goal is None and found.total == 250 * ANNUAL
    assert found.price == pytest.approx(ANNUAL, rel=1e-4)
    nothing = mix.most(region, 0, 2027)
    assert sum(nothing.cost.values()) == 0
    everything = mix.most(region, 1e12, 2027, caps={"a": 200 * ANNUAL, "b": 400 * ANNUAL})
    assert everything.people == pytest.approx(600)


# ---- by hand --------------------------------------------------------------------------------------


def two_funders(**more):
    """Two that may pay for the same 1,000 workers at the same contribution; today 100 and 200 of them."""
    part = {"id": "rentan", "workers": 1_000}
    funders = [budget(100 * ANNUAL, name="a"), budget(200 * ANNUAL, name="b", payer="village", **more)]
    return samples.region([part], funders, base=1_000)


@pytest.fixture
def doubled():
    """Limits twice what is there: 200 and 400 workers."""
    return {"a": 200 * ANNUAL, "b": 400 * ANNUAL}


def test_of_plans_that_cost_the_same_the_nearest_to_todays_is_taken_and_the_others_told(doubled):
    found = mix.cheapest(two_funders(), 0.45, 2027, caps=doubled)
    assert (found.how, found.reached) == ("exact", True)
    assert sum(found.cost.values()) == pytest.approx(450 * ANNUAL, rel=1e-4)
    assert found.cost["a"] >= 100 * ANNUAL * (1 - 1e-4)
    assert found.cost["b"] >= 200 * ANNUAL * (1 - 1e-4)
    workers = {k: (low / ANNUAL, high / ANNUAL) for k, (low, high) in found.alternatives.items()}
    assert workers == {"a": pytest.approx((50, 200), abs=0.1), "b": pytest.approx((250, 400), abs=0.1)}
    assert found.price == pytest.approx(ANNUAL, rel=1e-6)
    assert found.today == pytest.approx({"a": 100 * ANNUAL, "b": 200 * ANNUAL})


def test_the_money_of_one_is_spared_before_the_total(doubled):
    found = mix.cheapest(two_funders(), 0.45, 2027, minimise="a", caps=doubled)
    assert found.cost == pytest.approx({"a": 50 * ANNUAL, "b": 400 * ANNUAL}, rel=1e-3)
    found = mix.cheapest(two_funders(), 0.35, 2027, minimise=["a"], caps=doubled)
    assert found.cost == pytest.approx({"a": 0, "b": 350 * ANNUAL}, rel=1e-3)
    assert found.alternatives == {}
    assert found.price == pytest.approx(ANNUAL, rel=1e-4)  # of b's money: a's is spared


def test_a_limit_that_binds_tells_what_it_costs(doubled):
    """A third funder pays for the same workers with JHT, at 36,800 a month; a and b are at their limit."""
    part = {"id": "rentan", "workers": 1_000}
    dear = budget(400 * 12 * 36_800, name="c", programmes=["jkk", "jkm", "jht"])
    funders = [budget(100 * ANNUAL, name="a"), budget(200 * ANNUAL, name="b"), dear]
    region = samples.region([part], funders, base=1_000)
    found = mix.cheapest(region, 0.5, 2027)
    assert found.cost == pytest.approx({"a": 100 * ANNUAL, "b": 200 * ANNUAL, "c": 200 * 12 * 36_800}, rel=1e-3)
    assert {b.choice.funder for b in found.bounds} == {"a", "b"}
    assert all(b.saving == pytest.approx(200 * 12 * 20_000, rel=1e-3) for b in found.bounds)
    assert found.price == pytest.approx(12 * 36_800, rel=1e-4)


def test_what_cannot_be_reached_says_so_and_gives_the_nearest():
    found = mix.cheapest(two_funders(), 0.9, 2027)
    assert (found.reached, found.price) == (False, None)
    assert found.people == pytest.approx(300)
    assert [x.kind for x in found.limits] == ["cap", "cap"]
    assert found.limits[0].indonesian().startswith("A sudah di batas Rp")


def test_a_target_that_is_exactly_the_most_is_reached(doubled):
    found = mix.cheapest(two_funders(), 0.6, 2027, caps=doubled)
    assert found.reached
    assert found.people == pytest.approx(600)


def test_december_alone_is_cheaper_for_the_year_end_and_told_apart():
    """12 months of a at 16,800, or December alone of b: 300 workers at year's end for a twelfth of the money."""
    region = two_funders(start_month=12, months=1)
    caps = {"a": 1_000 * ANNUAL, "b": 1_000 * ANNUAL}
    end = mix.cheapest(region, 0.3, 2027, caps=caps)
    assert end.cost == pytest.approx({"a": 0, "b": 300 * 16_800}, rel=1e-3)
    assert end.apart
    assert (end.end, end.average) == pytest.approx((0.3, 0.025), abs=1e-3)
    average = mix.cheapest(region, 0.3, 2027, "average", caps=caps)
    assert average.average == pytest.approx(0.3, abs=1e-4)
    assert sum(average.cost.values()) == pytest.approx(300 * ANNUAL, rel=1e-3)


def test_blora_one_more_worker_costs_a_years_contribution():
    part = {"id": "rentan", "workers": 12_951}
    region = samples.region([part], [budget(2_610_921_600)], base=467_018, coverage_base={"outside": 0}, covered=73_695)
    found = mix.cheapest(region, 0.18, 2027)
    assert found.price == pytest.approx(201_600, rel=1e-6)
    assert sum(found.cost.values()) == pytest.approx((0.18 * 467_018 - 73_695) * 201_600, rel=1e-4)
    whole_list = mix.cheapest(region, (73_695 + 12_951) / 467_018, 2027)
    assert whole_list.reached
    assert sum(whole_list.cost.values()) == pytest.approx(2_610_921_600, rel=1e-6)


def test_sponsors_stand_beside_budgets():
    """Ponorogo: 14,000 ASN × 2 places; participation comes first where its contribution is relieved (2026)."""
    part = {"id": "rentan", "workers": 255_000}
    funders = [budget(1e11), sponsors(14_000, each=2)]
    region = samples.region([part], funders, base=375_000, covered=120_000, start="2026-01", years=1)
    found = mix.cheapest(region, 0.36, 2026)
    assert found.set == pytest.approx({"apbd.annual_budget": 0, "asn.participation": 15_000 / 28_000}, rel=1e-4)
    assert found.cost["asn"] == pytest.approx(15_000 * (3 * 16_800 + 9 * 8_400), rel=1e-4)
    more = mix.cheapest(region, 0.40, 2026, caps={"asn": 0.5})
    assert more.set["asn.participation"] == 0.5
    assert more.cost["apbd"] == pytest.approx(16_000 * ANNUAL, rel=1e-3)


def order_matters():
    """a comes first and pays for s1 before s2; b may pay for s1 alone. s1 has room for 100, s2 for 100."""
    parts = [{"id": "s1", "workers": 100}, {"id": "s2", "workers": 100}]
    funders = [budget(200 * ANNUAL, ["s1", "s2"], name="a"), budget(100 * ANNUAL, ["s1"], name="b")]
    return samples.region(parts, funders, base=1_000)


def test_where_the_order_of_paying_matters_the_plan_is_one_that_the_model_can_carry_out():
    """With a's money spared, b cannot help: whatever a pays goes to s1 first. 15% are 150 of a, or 100 of b + 150 …"""
    found = mix.cheapest(order_matters(), 0.15, 2027, minimise="a")
    assert found.reached
    assert found.programme_cost == pytest.approx(50 * ANNUAL, rel=1e-3)  # the programme would let a pay for s2 alone
    assert found.objective_cost == pytest.approx(150 * ANNUAL, rel=1e-3)
    assert found.how == "searched"


def test_the_programme_with_the_order_of_paying_knows_it():
    task = make(order_matters(), 2027, "end")
    ordered = Programme(task, task.today, ordered=True, month=11)
    solved = ordered.first(150.0, np.array([1.0, 0.0]))
    assert solved.money[0] == pytest.approx(150 * ANNUAL, rel=1e-4)
    plain = Programme(task, task.today).first(150.0, np.array([1.0, 0.0]))
    assert plain.money[0] == pytest.approx(50 * ANNUAL, rel=1e-4)


# ---- the price of one more worker -----------------------------------------------------------------


def shipped(name):
    """(plain data, region) of a file that is shipped."""
    path = SCENARIOS / f"{name}.yaml"
    return read_yaml(path.read_text(encoding="utf-8"))[0], load_region(path)


SMOOTH = [("ponorogo", 2026, "end"), ("blora-2027", 2028, "end"), ("lampung", 2027, "average")]


@pytest.mark.parametrize(("name", "year", "measure"), SMOOTH)
def test_on_shipped_regions_the_price_is_what_fifty_more_workers_cost(name, year, measure):
    data, region = shipped(name)
    task = make(region, year, measure)
    low, high = task.outcome(np.array([[0.0, 1.0]] * len(task.choices))).people
    target = (low + (high - low) * 0.5) / task.scale
    plans = [mix.cheapest(region, target + step / task.scale, year, measure) for step in (0, 50)]
    assert all(p.reached for p in plans)
    step = (plans[1].objective_cost - plans[0].objective_cost) / (plans[1].people - plans[0].people)
    assert plans[0].price == pytest.approx(step, rel=0.01)
    replay = Replay(data, year, measure, plans[0].set)
    assert replay.coverage == pytest.approx(plans[0].coverage, abs=1e-9)
    assert replay.cost == pytest.approx(dict(plans[0].cost), rel=1e-9, abs=1)


# ---- scenarios, changes, refusals -----------------------------------------------------------------


def test_scenario_and_changes_come_before_the_plan():
    data, region = shipped("ponorogo")
    scenario = region.scenarios[0].id
    changes = {"assumptions.overlap": 0.1}
    found = mix.cheapest(region, 0.3, 2026, scenario=scenario, changes=changes)
    replay = Replay(data, 2026, "end", {**changes, **found.set}, scenario)
    assert replay.coverage == pytest.approx(found.coverage, abs=1e-9)
    configure(region, scenario, {**changes, **found.set})


BAD = [
    ({"year": 2040}, "year: 2040 is outside the simulated years 2027 to 2028"),
    ({"coverage": 1.5}, "coverage: 1.5 is not a share"),
    ({"coverage": float("nan")}, "coverage: nan is not a share"),
    ({"measure": "best"}, "measure: best is not one of"),
    ({"minimise": "c"}, "minimise: c is not a funder of this file"),
    ({"caps": {"c": 1.0}}, "cap: c is not a funder of this file"),
    ({"caps": {"a": -1.0}}, "cap a: -1 is less than 0"),
    ({"caps": {"a": float("nan")}}, "cap a: nan is not a finite number"),
    ({"caps": {"a": float("inf")}}, "cap a: inf is not a finite number"),
    ({"caps": {"a": 1e16}}, "cap a: 1e+16 is more than"),
    ({"scenario": "none"}, "scenarios: none is not a scenario"),
]


@pytest.mark.parametrize(("wrong", "line"), BAD, ids=[str(b[0]) for b in BAD])
def test_bad_questions_are_refused_in_a_line(wrong, line):
    asked = {"coverage": 0.2, "year": 2027, **wrong}
    with pytest.raises(InputError) as caught:
        mix.cheapest(two_funders(), **asked)
    assert line in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("total", [-1.0, float("nan"), float("inf")])
def test_a_total_that_is_none_is_refused(total):
    with pytest.raises(InputError, match="total: "):
        mix.most(two_funders(), total, 2027)


def test_limits_of_nothing_and_no_funders_at_all():
    found = mix.cheapest(two_funders(), 0.2, 2027, caps={"a": 0, "b": 0})
    assert (found.reached, found.people) == (False, 0)
    alone = samples.region([{"id": "rentan", "workers": 900}], [], base=1_000, covered=100)
    found = mix.cheapest(alone, 0.2, 2027)
    assert (found.reached, dict(found.set), dict(found.cost)) == (False, {}, {})
    assert found.limits
    assert mix.cheapest(alone, 0.1, 2027).reached
    assert mix.most(alone, 1e9, 2027).coverage == pytest.approx(0.1)
