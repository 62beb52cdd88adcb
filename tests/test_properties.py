"""What must hold whatever the numbers: more money never hurts, nobody is counted twice, columns are alone."""

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import plain_number, regions, regions_with_settings, years_of

from simulator import dump_region, load_region, parse_region, project
from simulator.batch import run_batch

few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
NEVER_ABOVE = 1 + 1e-9


def run(data, scenario=None, changes=None):
    """The projection as the mapping that the command line prints."""
    return project(parse_region(deepcopy(data)), scenario=scenario, changes=changes or {}).to_json()


def growth_factor(data, t):
    """g of month t."""
    return (1 + plain_number(data["coverage_base"].get("growth", 0))) ** (t / 12)


# ---- changes --------------------------------------------------------------------------------------


@few
@given(regions())
def test_empty_changes_give_exactly_the_run_of_the_file(data):
    region = parse_region(deepcopy(data))
    assert project(region, changes={}).to_json() == project(region).to_json()


@few
@given(regions_with_settings())
def test_a_run_with_changes_leaves_the_region_as_it_was(case):
    data, scenario, changes = case
    region = parse_region(deepcopy(data))
    before = project(region).to_json()
    project(region, scenario=scenario, changes=changes)
    assert project(region).to_json() == before


# ---- more money -----------------------------------------------------------------------------------


def without_memory(data):
    """The region with no onboarding limits and nobody who goes on by himself.

    Then a month knows nothing of the months before it, and each funder leaves every need the smaller, the
    smaller it finds it and the more it has: more money insures more in every single segment, with overlap
    too (v_s stands on the need before any payment). With memory it is not so, and need not be: money now
    raises next year's onboarding limit, and workers paid for in a dear month are asked to go on, or
    are not asked because the money no longer stops.
    """
    for funder in data["funders"]:
        funder.pop("onboarding_per_month", None)
    data["assumptions"]["self_pay_continuation"] = 0
    data.pop("scenarios", None)
    return data


def with_more(data, funder_id, factor):
    """A copy in which one funder has more rupiah or more sponsors."""
    data = deepcopy(data)
    funder = next(item for item in data["funders"] if item["id"] == funder_id)
    field = "annual_budget" if funder["kind"] == "budget" else "sponsors"
    funder[field] = plain_number(funder[field]) * factor
    return data


@few
@given(regions().map(without_memory), st.data())
def test_more_money_or_sponsors_never_insure_fewer_in_any_month(data, draw):
    funder = draw.draw(st.sampled_from([item["id"] for item in data["funders"]]))
    factor = draw.draw(st.sampled_from([1.001, 1.5, 10]))
    less, more = run(data), run(with_more(data, funder, factor))
    for before, after in zip(less["monthly"], more["monthly"], strict=True):
        for segment, insured in before["segments"].items():
            assert insured <= after["segments"][segment] * NEVER_ABOVE + 1e-6
        assert before["active"] <= after["active"] * NEVER_ABOVE + 1e-6


# ---- nobody twice, nothing over budget ------------------------------------------------------------


@few
@given(regions())
def test_no_segment_has_more_insured_than_workers(data):
    workers = {part["id"]: part["workers"] for part in data["segments"]}
    base = data["coverage_base"]
    workers["other"] = plain_number(base["workers"]) - base.get("outside", 0) - sum(workers.values())
    for t, row in enumerate(run(data)["monthly"]):
        g = growth_factor(data, t)
        for segment, insured in row["segments"].items():
            assert -1e-6 <= insured <= workers[segment] * g * NEVER_ABOVE + 1e-6
        assert row["insured"] == pytest.approx(sum(row["segments"].values()))
        assert row["insured"] <= row["active"] * NEVER_ABOVE <= row["workers"] * NEVER_ABOVE**2


@few
@given(regions_with_settings())
def test_no_funder_spends_more_than_it_has(case):
    out = run(*case)
    for row in [*out["monthly"], *out["yearly"]]:
        for funder, cost in row["cost"].items():
            assert 0 <= cost <= row["available"][funder] * NEVER_ABOVE + 1e-6


def paying_one_month_a_year(data):
    """The region where each funder pays in one month of every year and nobody was paid for before.

    Five funders at most, in the same month each year: then no six months on end are all paid, which
    two dates of one funder around the new year or six funders in a row could make.
    """
    data["funders"] = [funder for funder in data["funders"] if funder["kind"] == "budget"][:5]
    for funder in data["funders"]:
        funder["months"] = 1
        funder.pop("by_year", None)
        funder.pop("paid_before", None)
    data.pop("scenarios", None)
    return data


@few
@given(regions(kinds=("budget",)).map(paying_one_month_a_year))
def test_one_month_of_payment_a_year_makes_nobody_go_on_by_himself(data):
    for row in run(data)["monthly"]:
        assert row["self_paying"] == 0
        assert row["fallen"] == 0


# ---- many columns in one pass ---------------------------------------------------------------------

COLUMNS = 4


@st.composite
def batches(draw):
    """A region and some levers with a number for each column."""
    data = draw(regions(max_years=2))
    levers = {
        "assumptions.overlap": st.integers(0, 900).map(lambda n: n / 1000),
        "assumptions.self_pay_continuation": st.integers(0, 1000).map(lambda n: n / 1000),
        "coverage_base.growth": st.integers(-100, 100).map(lambda n: n / 1000),
    }
    for funder in data["funders"]:
        name = funder["id"]
        if funder["kind"] == "budget":
            levers[f"{name}.annual_budget"] = st.integers(0, 5 * 10**9).map(float)
            levers[f"{name}.by_year.{years_of(data)[0]}.annual_budget"] = st.integers(0, 5 * 10**9).map(float)
        else:
            levers[f"{name}.participation"] = st.integers(0, 1000).map(lambda n: n / 1000)
    chosen = draw(st.lists(st.sampled_from(sorted(levers)), unique=True, min_size=1, max_size=4))
    return data, {path: draw(st.lists(levers[path], min_size=COLUMNS, max_size=COLUMNS)) for path in chosen}


@few
@given(batches())
def test_each_column_of_a_batch_is_the_run_with_its_numbers_alone(case):
    data, levers = case
    region = parse_region(deepcopy(data))
    batch = run_batch(region, {path: np.array(numbers) for path, numbers in levers.items()})
    for column in range(COLUMNS):
        alone = {path: numbers[column] for path, numbers in levers.items()}
        single = project(region, changes=alone).to_json()
        for name in ("insured", "active", "coverage"):
            assert [row[name] for row in single["monthly"]] == pytest.approx(
                list(getattr(batch, name)[:, column]), rel=1e-10
            )
        for funder, cost in batch.cost.items():
            assert [row["cost"][funder] for row in single["yearly"]] == pytest.approx(
                list(cost[:, column]), rel=1e-9, abs=1e-3
            )


@few
@given(batches(), st.permutations(range(COLUMNS)))
def test_the_order_of_columns_does_not_matter(case, order):
    data, levers = case
    region = parse_region(deepcopy(data))
    numbers = {path: np.array(column) for path, column in levers.items()}
    straight = run_batch(region, numbers)
    shuffled = run_batch(region, {path: column[order] for path, column in numbers.items()})
    for name in ("insured", "active", "coverage"):
        np.testing.assert_allclose(getattr(shuffled, name), getattr(straight, name)[:, order], rtol=1e-12)
    for funder, cost in straight.cost.items():
        np.testing.assert_allclose(shuffled.cost[funder], cost[:, order], rtol=1e-12, atol=1e-3)


# ---- files ----------------------------------------------------------------------------------------


@few
@given(regions())
def test_a_region_written_and_read_back_is_the_same(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("region") / "contoh.yaml"
    region = parse_region(deepcopy(data))
    path.write_text(dump_region(region), encoding="utf-8")
    again = load_region(path)
    assert dump_region(again) == dump_region(region)
    for scenario in [None, *(item["id"] for item in data.get("scenarios", []))]:
        assert project(again, scenario=scenario).to_json() == project(region, scenario=scenario).to_json()
