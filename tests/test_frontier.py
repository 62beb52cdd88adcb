"""The frontier of cost and coverage: every point is a run, no line falls, limits hold, bends have reasons."""

from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from replay import without_single_years
from samples import budget, sponsors
from small_regions import ANNUAL, small_regions

from simulator import InputError, load_region, parse_region, project
from simulator.questions import frontier as frontiers
from simulator.questions import measure as measures
from simulator.questions import mix

SCENARIOS = Path(__file__).parent.parent / "scenarios"
some = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def lines(found):
    """(name, its points in order) of each line."""
    return [(name, rows.reset_index(drop=True)) for name, rows in found.points.groupby("line")]


def held_together(found):
    """What holds for every frontier, whatever the region."""
    task = found.task
    for name, rows in lines(found):
        assert (rows["people"].diff().dropna() >= -0.5).all() or name == frontiers.ALONE
        for c, f in zip(task.choices, task.region.funders, strict=True):
            assert (rows[c.funder] >= 0).all()
            if c.budget:
                grown = (1 + f.budget_growth.value) ** (task.year - task.region.first_month[0])
                assert (rows[c.funder] <= c.cap * grown * (1 + 1e-9) + 1).all()
        spent = rows[[c.funder for c in task.choices]].sum(axis=1)
        assert spent.to_numpy() == pytest.approx(rows["cost"].to_numpy(), abs=1)
        assert (rows["people"] / task.scale).to_numpy() == pytest.approx(rows["coverage"].to_numpy(), abs=1e-12)
    for bend in found.bends:
        assert bend.after < bend.before
        assert bend.why
        assert all(why and not set("{}") & set(why) for why in bend.why)


def start_of(data, case_caps, year, measure):
    """(cost, coverage) of the present setting without single years, as far as the limits let it."""
    plain = without_single_years(data)
    now = {}
    for f in plain["funders"]:
        name = "annual_budget" if f["kind"] == "budget" else "participation"
        now[f"{f['id']}.{name}"] = min(f[name], case_caps.get(f["id"], f[name] if f["kind"] == "budget" else 1))
    return frontiers.point(project(parse_region(plain), changes=now), year, measure)


@some
@given(small_regions(), st.sampled_from(["end", "average", "active"]), st.sampled_from([0.5, 1, 3]))
def test_lines_begin_at_the_present_setting_and_never_fall(data, measure, times):
    region = parse_region(deepcopy(data))
    year = int(data["start"][:4]) + data["years"] - 1
    caps = {f["id"]: f["annual_budget"] * times for f in data["funders"] if f["kind"] == "budget"}
    found = frontiers.frontier(region, year, measure, caps=caps, points=9)
    held_together(found)
    first = found.points[found.points["line"] == frontiers.ALL].iloc[0]
    assert (first["cost"], first["coverage"]) == pytest.approx(start_of(data, caps, year, measure), rel=1e-9)
    assert found.alone == next((f["id"] for f in data["funders"] if f["id"] == "apbd"), found.alone)


@some
@given(small_regions(), st.sampled_from(["end", "average"]))
def test_each_point_is_near_the_most_that_a_mix_covers_for_its_total(data, measure):
    """The line may stay behind a mix made for that one total, which may also cut what is paid today."""
    region = parse_region(deepcopy(data))
    year = int(data["start"][:4]) + data["years"] - 1
    found = frontiers.frontier(region, year, measure, points=5)
    rows = found.points[found.points["line"] == frontiers.ALL]
    for _, row in rows.iloc[1:].iterrows():
        most = mix.most(region, row["cost"] + 1, year, measure).people
        assert row["people"] <= most * 1.02 + 2


SHIPPED = [("ponorogo", 2026, "end"), ("blora-2027", 2029, "average"), ("bengkulu", 2028, "active")]


@pytest.mark.parametrize(("name", "year", "measure"), SHIPPED)
def test_points_of_shipped_regions_are_runs(name, year, measure):
    region = load_region(SCENARIOS / f"{name}.yaml")
    caps = {f.id: 2e9 for f in region.funders if f.kind == "budget"}
    found = frontiers.frontier(region, year, measure, caps=caps)
    held_together(found)
    assert len(found.points) == 2 * frontiers.POINTS
    task = found.task
    single = dict(zip([c.funder for c in task.choices], frontiers._now(task) * task.caps, strict=True))
    alone = found.points[found.points["line"] == frontiers.ALONE]
    low = single[found.alone]
    for i in (0, 7, frontiers.POINTS - 1):
        now = {**single, found.alone: low + (caps[found.alone] - low) * i / (frontiers.POINTS - 1)}
        changes = {c.path: float(now[c.funder]) for c in task.choices}
        run = project(task.region, changes=changes)
        cost, coverage = frontiers.point(run, year, measure)
        assert alone.iloc[i]["cost"] == pytest.approx(cost, abs=1)
        assert alone.iloc[i]["coverage"] == pytest.approx(coverage, abs=1e-12)


def region_by_hand(**more):
    """a covers 100 of s1 at 16,800; b covers s2's 200 at 36,800 (with JHT); 1,000 in the base."""
    parts = [{"id": "s1", "workers": 100}, {"id": "s2", "workers": 200}]
    b = budget(0, ["s2"], name="b", programmes=["jkk", "jkm", "jht"])
    return samples.region(parts, [budget(0, ["s1"], name="a"), b], base=1_000, **more)


def test_a_bend_by_hand():
    """First a's 100 workers at 201,600 a year, then b's 200 at 441,600: the line bends where s1 is insured."""
    dear = 12 * 36_800
    caps = {"a": 300 * ANNUAL, "b": 200 * dear}
    found = frontiers.frontier(region_by_hand(), 2027, caps=caps, alone="a")
    held_together(found)
    rows = found.points[found.points["line"] == frontiers.ALL]
    assert rows["cost"].iloc[0] == 0
    assert rows["people"].iloc[-1] == pytest.approx(300)
    expected = np.where(rows["cost"] <= 100 * ANNUAL, rows["cost"] / ANNUAL, 100 + (rows["cost"] - 100 * ANNUAL) / dear)
    assert rows["people"].to_numpy() == pytest.approx(expected, abs=0.5)
    bends = [b for b in found.bends if b.line == frontiers.ALL]
    assert len(bends) == 1
    assert bends[0].before == pytest.approx(1e9 / ANNUAL, rel=0.02)
    assert bends[0].after == pytest.approx(1e9 / dear, rel=0.02)
    assert bends[0].why == ("S1 yang lolos verval sudah terlindungi semua",)
    alone = found.points[found.points["line"] == frontiers.ALONE]
    assert (alone["b"] == 0).all()
    assert alone["people"].max() == pytest.approx(100)


def test_a_bend_at_a_limit_names_it():
    dear = 12 * 36_800
    found = frontiers.frontier(region_by_hand(), 2027, caps={"a": 50 * ANNUAL, "b": 200 * dear})
    bends = [b for b in found.bends if b.line == frontiers.ALL]
    assert [b.why for b in bends] == [("batas A (Rp 10,1 juta) tercapai",)]


def test_one_funder_sponsors_alone_nobody_and_limits_of_nothing():
    part = {"id": "rentan", "workers": 900}
    one = samples.region([part], [budget(100 * ANNUAL)], base=1_000, covered=100)
    found = frontiers.frontier(one, 2027, caps={"apbd": 500 * ANNUAL}, points=5)
    held_together(found)
    assert found.points["people"].tolist() == pytest.approx([200, 300, 400, 500, 600] * 2, abs=0.1)
    asn = samples.region([part], [sponsors(100)], base=1_000, covered=100)
    found = frontiers.frontier(asn, 2027, points=5)
    held_together(found)
    assert found.alone is None
    assert set(found.points["line"]) == {frontiers.ALL}
    none = samples.region([part], [], base=1_000, covered=100)
    found = frontiers.frontier(none, 2027, points=5)
    assert found.alone is None
    assert set(found.points["people"]) == {100}
    assert (found.points["cost"] == 0).all()
    nothing = frontiers.frontier(one, 2027, caps={"apbd": 0}, points=5)
    held_together(nothing)
    assert set(nothing.points["people"]) == {100}
    assert nothing.bends == ()


def test_a_point_is_the_cost_and_coverage_of_a_run():
    region = region_by_hand()
    run = project(region, changes={"a.annual_budget": 50 * ANNUAL})
    assert frontiers.point(run, 2027, measures.END) == pytest.approx((50 * ANNUAL, 0.05))


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"year": 2040}, "year: 2040 is outside"),
        ({"measure": "best"}, "measure: best is not one of"),
        ({"caps": {"c": 1.0}}, "cap: c is not a funder of this file"),
        ({"alone": "c"}, "c is not a funder of this file"),
        ({"scenario": "none"}, "scenarios: none is not a scenario"),
    ],
    ids=str,
)
def test_bad_questions_are_refused_in_a_line(wrong, line):
    with pytest.raises(InputError) as caught:
        frontiers.frontier(region_by_hand(), **{"year": 2027, **wrong})
    assert line in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
