"""One funder closes the gap: every year's budget reaches that year's target in the reference, and no more."""

from copy import deepcopy
from pathlib import Path

import pytest
import samples
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from replay import Replay, years_of
from samples import budget
from small_regions import ANNUAL, small_regions

from simulator import InputError, load_region, parse_region, project
from simulator.questions import gap
from simulator.questions import measure as measures
from simulator.yaml_io import read_yaml

ROOT = Path(__file__).parent.parent
few = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def held_to_the_reference(data, plan, changes=None):
    """Every year of a plan in the reference: the target met within a worker, the others' part, the cost."""
    before = dict(changes or {})
    for found in plan.years:
        lever = f"{plan.funder}.by_year.{found.year}.annual_budget"
        others = Replay(data, found.year, plan.measure, {**before, lever: 0})
        assert found.others == pytest.approx(others.coverage, abs=1e-9)
        before[lever] = found.budget
        replay = Replay(data, found.year, plan.measure, before)
        assert found.coverage == pytest.approx(replay.coverage, abs=1e-9)
        assert found.average == pytest.approx(replay.average, abs=1e-9)
        assert found.cost == pytest.approx(replay.cost[plan.funder], abs=1)
        assert found.reached == bool(replay.coverage >= found.target - 1e-10)
        assert found.reached != bool(found.limits)
        end = Replay(data, found.year, plan.measure, plan.changes)  # with the later years' budgets, too
        assert end.coverage == pytest.approx(replay.coverage, abs=1e-9)
        yield found, (replay.coverage - found.target) * replay.base
    assert before == plan.changes


@few
@given(small_regions(), st.sampled_from(["end", "end", "average", "active"]), st.integers(1, 9), st.booleans())
def test_each_year_reaches_its_target_within_a_worker_or_says_why_not(data, measure, tenths, never_less):
    budgets = [f["id"] for f in data["funders"] if f["kind"] == "budget"]
    assume(budgets)
    region = parse_region(deepcopy(data))
    everyone = project(region, changes={f"{budgets[0]}.annual_budget": 1e12})
    none = project(region, changes={f"{budgets[0]}.annual_budget": 0})
    path = {}
    for year in years_of(data):
        low, high = (measures.share(run, year, measure) for run in (none, everyone))
        path[year] = min(1.0, max(0.0, low + (high - low) * tenths / 10))
    plan = gap.close_gap(region, budgets[0], path, measure, never_less=never_less)
    least = 0.0
    for found, over in held_to_the_reference(data, plan):
        assert found.budget >= least
        if found.reached and found.budget > least and tenths > 0:
            assert over <= 1
        least = found.budget if never_less else 0.0


def test_blora_year_by_year():
    data = read_yaml((ROOT / "scenarios/blora-2027.yaml").read_text(encoding="utf-8"))[0]
    region = load_region(ROOT / "scenarios/blora-2027.yaml")
    before = project(region)
    path = gap.even_path(before, 0.30, years_of(data)[-1])
    assert list(path) == years_of(data)
    plan = gap.close_gap(region, "apbd", path)
    for found, over in held_to_the_reference(data, plan):
        assert not found.reached or found.budget == 0 or over <= 1


def test_by_hand_with_others_in_the_way():
    """1,000 workers, zakat pays for 100 of them: 20, 30 and 50% ask 100, 200 and 400 of the APBD."""
    part = {"id": "rentan", "workers": 1_000}
    payers = [budget(5e6), budget(100 * ANNUAL, name="baznas", payer="zakat")]
    region = samples.region([part], payers, base=1_000, years=3)
    plan = gap.close_gap(region, "apbd", {2027: 0.2, 2028: 0.3, 2029: 0.5})
    assert [y.budget / ANNUAL for y in plan.years] == pytest.approx([100, 200, 400], abs=1e-2)
    assert [y.others for y in plan.years] == pytest.approx([0.1] * 3)
    falling = {2027: 0.5, 2028: 0.3, 2029: 0.2}
    plan = gap.close_gap(region, "apbd", falling, never_less=True)
    assert [y.budget / ANNUAL for y in plan.years] == pytest.approx([400] * 3, abs=1e-2)
    assert all(y.reached for y in plan.years)
    plan = gap.close_gap(region, "apbd", falling)
    assert [y.budget / ANNUAL for y in plan.years] == pytest.approx([400, 200, 100], abs=1e-2)


def test_even_steps_lead_to_the_target_and_stay_there():
    region = samples.region([{"id": "rentan", "workers": 900}], [budget(5e6)], base=1_000, covered=100, years=4)
    assert gap.even_path(project(region), 0.4, 2029) == pytest.approx({2027: 0.2, 2028: 0.3, 2029: 0.4, 2030: 0.4})
    assert gap.even_path(project(region), 0.4, 2027) == pytest.approx(dict.fromkeys(range(2027, 2031), 0.4))


BAD = [
    ("asn", {2027: 0.2}, "asn.annual_budget: is not a lever"),
    ("apdb", {2027: 0.2}, "apdb.annual_budget: is not a lever"),
    ("apbd", {2031: 0.2}, "year: 2031 is outside the simulated years 2027 to 2028"),
    ("apbd", {2027: float("nan")}, "coverage: nan is not a share"),
    ("apbd", {2027: 1.5}, "coverage: 1.5 is not a share"),
]


@pytest.mark.parametrize(("funder", "path", "line"), BAD, ids=[f"{b[0]} {b[1]}" for b in BAD])
def test_bad_questions_are_refused_in_a_line(funder, path, line):
    part = {"id": "rentan", "workers": 1_000}
    region = samples.region([part], [budget(5e6), samples.sponsors(10)], base=1_000)
    with pytest.raises(InputError) as caught:
        gap.close_gap(region, funder, path)
    assert line in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    with pytest.raises(InputError):
        gap.close_gap(region, "apbd", {2027: 0.2}, measure="best")


def test_a_year_that_others_already_reach_asks_nothing_whatever_stands_in_the_file():
    """Zakat pays for everyone from 2028 on; the budget that the file sets for 2028 is not needed."""
    part = {"id": "rentan", "workers": 1_000}
    zakat = budget(0, name="baznas", payer="zakat", by_year={2028: {"annual_budget": 1_000 * ANNUAL}})
    apbd = budget(5e6, by_year={2028: {"annual_budget": 9e8}})
    region = samples.region([part], [zakat, apbd], base=1_000, years=2)
    plan = gap.close_gap(region, "apbd", {2027: 0.3, 2028: 0.6})
    assert [y.budget / ANNUAL for y in plan.years] == pytest.approx([300, 0], abs=1e-2)
    plan = gap.close_gap(region, "apbd", {2027: 0.3, 2028: 0.6}, never_less=True)
    assert [y.budget / ANNUAL for y in plan.years] == pytest.approx([300, 300], abs=1e-2)
