"""Stress tests: each changes what it says and nothing else, and what it comes to is reckoned right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import budget, region, sponsors

from simulator import InputError, configure, dump_region, load_region, parse_region, project
from simulator import arrays as arrays_of
from simulator.catalogue import region_files
from simulator.questions import stress as questions
from simulator.questions import stress_words
from simulator.region import stress_test_faults, with_stress_tests
from simulator.schema import BudgetFunder, SponsorFunder, StressSpec
from simulator.stress import (
    ALL,
    APBD_STOPS,
    BUILT_IN,
    CHECKS,
    DBHCHT_LEAST,
    DBHCHT_LESS,
    LATE,
    MEMBERS,
    SPONSORS,
    is_dbhcht,
    lose_members,
    stress_tests,
    written,
)
from simulator.yaml_io import read_yaml

REGIONS = {name: load_region(path) for name, path in region_files().items()}
SETTINGS = [(name, s.id) for name, r in REGIONS.items() for s in r.scenarios]
EVERY_SETTING = pytest.mark.parametrize(("name", "scenario"), SETTINGS)


def built_in(r):
    return {t.id: t for t in stress_tests(r)}


def numbers(r):
    """Every number of a configured region that a run reads, by a path of its own."""
    found = {"general": r.assumptions.verification_yield.value}
    for s in (*r.segments, r.other):
        default = 1.0 if getattr(s, "duty", "may") == "must" else None
        found[f"{getattr(s, 'id', 'other')}.yield"] = s.verification_yield.value if s.verification_yield else default
    for f in r.funders:
        if isinstance(f, BudgetFunder):
            for year in sorted({y for y, _ in r.months}):
                single = f.by_year.get(year)
                for key in ("annual_budget", "start_month", "months"):
                    own = getattr(single, key, None)
                    grown = (1 + f.budget_growth.value) ** (year - r.first_month[0]) if key == "annual_budget" else 1
                    found[f"{f.id}.{year}.{key}"] = own.value if own else getattr(f, key).value * grown
        else:
            for key in ("participation", "initial_participation", "workers_per_sponsor"):
                found[f"{f.id}.{key}"] = getattr(f, key).value
    return found


def expected(r, test):
    """What the numbers must be under a built-in test, told anew from its description."""
    want = numbers(r)
    years = sorted({y for y, _ in r.months})
    for f in r.funders:
        if isinstance(f, SponsorFunder) and test == SPONSORS and f.payer == "individual":
            share = max(want[f"{f.id}.participation"], want[f"{f.id}.initial_participation"])
            if share * f.sponsors.value * want[f"{f.id}.workers_per_sponsor"] > 0:
                for key, most in (("participation", 0.055), ("initial_participation", 0.055)):
                    want[f"{f.id}.{key}"] = min(most, want[f"{f.id}.{key}"])
                want[f"{f.id}.workers_per_sponsor"] = min(1.7, want[f"{f.id}.workers_per_sponsor"])
        if not isinstance(f, BudgetFunder):
            continue
        tobacco = f.id.startswith("dbhcht") or "DBHCHT" in f.name or "cukai" in f.name.lower()
        has_money = any(want[f"{f.id}.{y}.annual_budget"] > 0 for y in years)
        for i, y in enumerate(years):
            at = f"{f.id}.{y}."
            if tobacco and test in (DBHCHT_LESS, DBHCHT_LEAST):
                want[f"{at}annual_budget"] *= 0.6 if test == DBHCHT_LESS else 0.05
            if test == APBD_STOPS and f.payer == "government" and not tobacco and i >= 2:
                want[f"{at}annual_budget"] = 0
            if test == LATE and has_money and want[f"{at}start_month"] < 10:
                want[f"{at}start_month"], want[f"{at}months"] = 10, min(3, want[f"{at}months"])
    if test == CHECKS:
        want = {k: v if v is None or not ("yield" in k or k == "general") else min(v, 0.46) for k, v in want.items()}
    return want


@EVERY_SETTING
def test_each_test_changes_what_it_says_and_nothing_else(name, scenario):
    settled = configure(REGIONS[name], scenario)
    for test in stress_tests(settled):
        if test.id in (MEMBERS, ALL):
            continue
        after = configure(settled, None, test.settings)
        got, want = numbers(after), expected(settled, test.id)
        if test.none:
            assert not test.settings
            assert test.id == CHECKS or got == pytest.approx(want)
        else:
            assert got == pytest.approx(want, nan_ok=True), test.id
            assert got != pytest.approx(numbers(settled)), f"{test.id} changes nothing, and does not say so"
        # with the changed levers set back by hand, nothing is left of the test
        changed = {path.partition(".")[0] for path in test.settings}
        for one, other in ((settled.funders, after.funders), (settled.segments, after.segments)):
            assert [x for x in one if x.id not in changed] == [x for x in other if x.id not in changed]
        assert (after.coverage_base, after.covered, after.years) == (
            settled.coverage_base, settled.covered, settled.years,
        )  # fmt: skip


@EVERY_SETTING
def test_all_at_once_is_all_that_have_an_effect_and_no_two_set_the_same(name, scenario):
    found = built_in(configure(REGIONS[name], scenario))
    parts = [t for k, t in found.items() if k not in (ALL, DBHCHT_LESS) and not t.none]
    assert sum(len(t.settings) for t in parts) == len(found[ALL].settings)
    assert found[ALL].settings == {path: v for t in parts for path, v in t.settings.items()}
    assert found[ALL].members_lost == found[MEMBERS].members_lost == 0.12
    assert tuple(found) == BUILT_IN


@pytest.mark.parametrize("name", REGIONS)
def test_lost_members_are_uninsured_and_everybody_is_still_counted(name):
    before = arrays_of.build(configure(REGIONS[name], "gotong_royong"))
    after = lose_members(before, 0.12)
    for t, left in enumerate([0.96, 0.92, 0.88, 0.88]):
        assert after.own[t] == pytest.approx(before.own[t] * left)
    assert after.own[-1] == pytest.approx(before.own[-1] * 0.88)
    assert after.own + after.known + after.unknown == pytest.approx(before.workers)
    assert (after.unknown >= -1e-9).all() and (after.known >= before.known - 1e-9).all()
    same = [f for f in vars(before) if f not in ("own", "unknown", "known")]
    assert all(getattr(after, f) is getattr(before, f) for f in same)


# ---- what is worked out by hand


def test_months_of_one_year_follow_the_rules_wherever_they_stand():
    many = {
        "by_year": {
            2027: {"start_month": 11, "months": 2},  # late already
            2028: {"months": 2},  # follows the usual start
            2029: {"start_month": 2, "months": 11},
        }
    }
    r = region([{"id": "rentan", "workers": 500}], [budget(1e6, **many), budget(0, name="kosong")], years=3)
    found = built_in(r)[LATE].settings
    assert found == {
        "apbd.start_month": 10, "apbd.months": 3,
        "apbd.by_year.2029.start_month": 10, "apbd.by_year.2029.months": 3,
    }  # fmt: skip
    late = region([{"id": "rentan", "workers": 500}], [budget(1e6, start_month=10, months=3)])
    assert "sudah mulai Oktober" in built_in(late)[LATE].none


def test_a_usual_start_in_october_leaves_a_year_that_begins_early_to_be_moved():
    r = region(
        [{"id": "rentan", "workers": 500}],
        [budget(1e6, start_month=11, months=2, by_year={2028: {"start_month": 3}})],
    )
    assert built_in(r)[LATE].settings == {"apbd.by_year.2028.start_month": 10}


def test_tobacco_money_is_known_by_id_or_name():
    rentan = [{"id": "rentan", "workers": 500}]
    names = [
        ("dbhcht_9", "Dana"),
        ("DBHCHT", "Dana"),
        ("x", "Dana dbhcht"),
        ("y", "Bagi Hasil CUKAI"),
        ("apbd", "APBD"),
    ]
    r = region(rentan, [{**budget(100, name=i), "name": n} for i, n in names], years=3)
    assert [is_dbhcht(f) for f in r.funders] == [True, True, True, True, False]
    found = built_in(r)
    assert set(found[DBHCHT_LESS].settings) == {f"{i}.annual_budget" for i, _ in names[:4]}
    assert set(found[APBD_STOPS].settings) == {"apbd.by_year.2029.annual_budget"}


def test_what_has_no_effect_says_why():
    r = region([{"id": "rentan", "workers": 500}], [budget(0, name="dbhcht"), sponsors(0)], covered=0)
    found = built_in(r)
    assert {k: bool(t.none) for k, t in found.items()} == dict.fromkeys(BUILT_IN, True)
    assert "nol" in found[DBHCHT_LESS].none and "sampai 2028" in found[APBD_STOPS].none
    report = questions.report(r, 2027)
    assert not any(o.ran for o in report.outcomes)
    assert all(o.run is report.usual.run for o in report.outcomes)
    assert stress_words.sentence(report).startswith("Tidak ada uji")


def test_money_that_stops_takes_away_those_it_paid_for():
    # Rp 16.800 a month: 201.600.000 a year pay for 1.000 workers in every month
    r = region([{"id": "rentan", "workers": 2000}], [budget(201_600_000)], base=10_000, years=4)
    report = questions.report(r, 2029)
    stopped = report.outcome(APBD_STOPS)
    assert stopped.loss.most == pytest.approx(1000)
    assert (stopped.loss.since, stopped.loss.recovered) == ((2029, 1), None)
    assert stopped.end == pytest.approx(0) and stopped.cost == pytest.approx(0)
    assert (stopped.lowest, stopped.lowest_month) == (pytest.approx(0), (2029, 1))
    assert "1.000 orang kehilangan perlindungan mulai Januari 2029" in stress_words.sentence(report)
    assert "tidak pulih sampai Desember 2030" in stress_words.sentence(report)
    late = report.outcome(LATE)
    assert late.loss.recurs and late.loss.yearly == 9 and late.loss.recovered is None
    assert late.end == pytest.approx(0.2), "a year's money in three months pays for all 2.000"


# ---- recovery

MONTHS = tuple((2027 + i // 12, i % 12 + 1) for i in range(36))


def loss(short):
    usual = np.full(36, 1000.0)
    return questions.loss(MONTHS, usual, usual - np.array(short, dtype=float))


def test_recovery_is_counted_from_the_first_shortfall():
    found = loss([0, 0, 50, 200, 100, 1.9] + [0] * 30)
    assert (found.most, found.since, found.worst) == (200, (2027, 3), (2027, 4))
    assert (found.recovered, found.months, found.recurs) == ((2027, 6), 3, False)  # 1.9 is below 1% of 200


def test_half_a_person_counts_and_less_does_not():
    assert loss([0.49] * 36) == questions.Loss()
    assert loss([0.5] + [0.4] * 35).months == 1


def test_a_shortfall_until_the_end_does_not_recover():
    found = loss([0] * 20 + [10] * 16)
    assert (found.recovered, found.months, found.recurs) == (None, None, False)


def test_a_shortfall_of_part_of_each_year_recurs_even_where_the_run_ends_without_it():
    found = loss(([100] * 9 + [0] * 3) * 3)
    assert found.recurs and found.yearly == 9 and found.months is None


def test_one_that_came_twice_and_is_over_has_recovered():
    found = loss([100, 0, 100] + [0] * 33)
    assert (found.recurs, found.months, found.recovered) == (False, 3, (2027, 4))


@given(st.lists(st.floats(-50, 500), min_size=36, max_size=36))
def test_a_loss_is_never_more_than_the_greatest_shortfall_nor_before_its_first(short):
    found = loss(short)
    worst = max(0.0, *short)
    assert found.most == (pytest.approx(worst) if worst >= 0.5 + 1e-9 else pytest.approx(found.most))
    if found.since:
        assert found.since <= found.worst
    if found.recovered:
        at = MONTHS.index(found.recovered)
        assert max(0.0, *short[at:]) < max(0.5, 0.01 * worst) + 1e-9
        assert found.months == at - MONTHS.index(found.since) >= 1


# ---- the questions


@pytest.mark.parametrize("name", REGIONS)
def test_a_report_is_the_runs_of_its_tests(name):
    r = REGIONS[name]
    changes = {"assumptions.overlap": 0.05}
    year = project(r).years.years[2]
    report = questions.report(r, year, "gotong_royong", changes)
    runs = questions.stressed_runs(r, "gotong_royong", changes)
    told = questions.outcomes(r, "gotong_royong", changes, None, year)
    usual = project(r, "gotong_royong", changes)
    assert list(runs) == list(told) == list(BUILT_IN)
    for o in report.outcomes:
        test = o.test
        assert (runs[test.id].months.insured == o.run.months.insured).all()
        assert told[test.id] == (o.end, o.average, o.cost)
        if not test.members_lost:  # the same as setting the levers by hand
            by_hand = project(r, "gotong_royong", {**changes, **test.settings})
            assert by_hand.months.insured == pytest.approx(o.run.months.insured)
        short = usual.months.insured[:, 0] - o.run.months.insured[:, 0]
        assert o.loss.most == pytest.approx(max(0.0, short.max()) if short.max() >= 0.5 else 0.0)
        assert o.lowest == pytest.approx((o.run.months.insured[:, 0] / o.run.base).min())
    table = questions.table(report)
    assert len(table) == len(BUILT_IN) + 1 and table["test"][0] == ""
    assert table["cost_change"][0] == 0
    for o in report.outcomes:
        assert stress_words.outcome(o, report).endswith(".")
        rows = stress_words.changes(o, report)
        assert bool(rows) == o.ran
        assert all(before != after for _, before, after in rows)


def test_the_chart_has_each_month_of_both_and_the_targets():
    report = questions.report(REGIONS["ponorogo"], 2026, "gotong_royong")
    frame = questions.coverage(report, [DBHCHT_LEAST])
    counts = frame["series"].value_counts()
    assert counts[questions.USUAL] == counts[questions.STRESSED] == 60 and counts[questions.TARGET] == 2
    stressed = frame[frame["series"] == questions.STRESSED]
    assert stressed["insured"].to_numpy() == pytest.approx(report.outcome(DBHCHT_LEAST).run.months.insured[:, 0])


def test_questions_refuse_what_they_cannot_answer():
    r = REGIONS["palopo"]
    with pytest.raises(InputError, match="unknown|not a stress test"):
        questions.stressed_runs(r, tests=["dbhcht_turn"])
    with pytest.raises(InputError, match="outside"):
        questions.outcomes(r, None, {}, None, 1999)
    with pytest.raises(InputError, match="outside"):
        questions.report(r, 1999)


# ---- tests that are written


def test_a_factor_is_put_on_what_the_setting_has_now():
    spec = StressSpec(id="a", name="A", scale={"dbhcht.annual_budget": 0.6}, set={"apbd.months": 6}, members_lost=0.2)
    settled = configure(REGIONS["ponorogo"], None, {"dbhcht.annual_budget": 1_000_000_000})
    test = written(settled, spec)
    assert test.settings == {"apbd.months": 6, "dbhcht.annual_budget": 600_000_000}
    assert test.members_lost == 0.2
    runs = questions.stressed_runs(REGIONS["ponorogo"], None, {}, [spec, CHECKS])
    assert list(runs) == ["a", CHECKS]
    assert runs["a"].region.funders[2].annual_budget.value == pytest.approx(7_560_000_000 * 0.6)


def test_a_number_that_the_scenario_has_not_got_is_left_out_and_told():
    spec = StressSpec(id="a", name="A", scale={"apbd.by_year.2027.annual_budget": 0.5})
    assert written(REGIONS["ponorogo"], spec).none


def test_a_test_that_breaks_a_rule_in_one_setting_is_told_there_and_harms_nothing():
    r, spec = REGIONS["palopo"], StressSpec(id="a", name="A", set={"apbd.months": 10})
    assert not stress_test_faults(r, spec.model_dump())  # the file starts in March
    late = {"apbd.start_month": 6, "apbd.months": 7}
    report = questions.report(r, 2026, None, late, [spec])
    refused = report.outcome("a")
    assert not refused.ran and "melewati Desember" in refused.refused
    assert "tidak dapat dihitung" in stress_words.outcome(refused, report)
    assert report.outcome(MEMBERS).ran
    with pytest.raises(InputError, match="after December"):
        questions.stressed_runs(r, None, late, [spec])


@pytest.mark.parametrize(
    ("raw", "place", "what"),
    [
        ({"set": {"apbd.anual_budget": 1}}, "a.set.apbd.anual_budget", "did you mean apbd.annual_budget"),
        ({"set": {"apbd.months": 14}}, "a.set.apbd.months", "14 is more than 12"),
        ({"set": {"apbd.start_month": 10}}, "a.set.apbd.months", "after December"),
        ({"scale": {"apbd.months": 0.5}}, "a.scale.apbd.months", "need not be whole"),
        ({"scale": {"apbd.segments": 0.5}}, "a.scale.apbd.segments", "need not be whole"),
        ({"scale": {"apbd.absorption": 2}}, "a.scale.apbd.absorption", "2 is more than 1"),
        ({"scale": {"apbd.annual_budget": -1}}, "a.scale.apbd.annual_budget", "less than 0"),
        ({"scale": {"apbd.annual_budget": "60%"}}, "a.scale.apbd.annual_budget", "text"),
        ({"set": {"apbd.absorption": 1}, "scale": {"apbd.absorption": 0.5}}, "a.scale.apbd.absorption", "keep one"),
        ({"members_lost": 1.2}, "a.members_lost", "1.2 is more than 1"),
        ({"members_lots": 0.1}, "a.members_lots", "did you mean members_lost"),
        ({}, "a", "changes nothing"),
        ({"members_lost": 0.1, "id": "semua"}, "semua.id", "taken by the model"),
        ({"members_lost": 0.1, "id": "1a"}, "1a.id", "not an id"),
    ],
)
def test_a_files_test_is_held_to_the_region_and_its_fault_names_the_place(raw, place, what):
    data = {**REGIONS["ponorogo"]._data, "stress_tests": [{"id": "a", "name": "A", **raw}]}
    with pytest.raises(InputError) as err:
        parse_region(data, "x.yaml")
    assert any(f"stress_tests.{place}: " in text and what in text for text in map(str, err.value.faults)), err.value


def test_ids_stand_once_and_null_takes_a_limit_away():
    good = {"id": "a", "name": "A", "set": {"apbd.onboarding_per_month": None}}
    assert with_stress_tests(REGIONS["ponorogo"], [good]).stress_tests[0].set == good["set"]
    with pytest.raises(InputError, match=r"stress_tests\.a\.id: the id a stands twice"):
        with_stress_tests(REGIONS["ponorogo"], [good, good])


@pytest.mark.parametrize("name", REGIONS)
def test_a_file_with_tests_reads_back_and_runs_as_before(name):
    r = REGIONS[name]
    tests = [
        {"id": "uji_1", "name": "APBD separuh", "scale": {"apbd.annual_budget": 0.5}, "members_lost": 0.05},
        {"id": "uji_2", "name": "Tiga bulan", "set": {"apbd.start_month": 10, "apbd.months": 3}, "note": "Contoh."},
    ]
    more = with_stress_tests(r, tests)
    back = parse_region(read_yaml(dump_region(more))[0], r._source)
    assert back == more and [t.id for t in back.stress_tests] == ["uji_1", "uji_2"]
    assert (project(back).months.insured == project(r).months.insured).all()
    assert "stress_tests" not in dump_region(r)
    report = questions.report(back, project(r).years.years[0])
    assert [o.test.name for o in report.outcomes[-2:]] == ["APBD separuh", "Tiga bulan"]


def test_a_shortfall_that_fills_the_last_year_does_not_recur_though_it_paused_before():
    months = tuple((2027 + t // 12, t % 12 + 1) for t in range(36))
    usual = np.full(36, 1_000.0)
    lasting = usual.copy()
    lasting[2:5] -= 100
    lasting[10:] -= 100
    found = questions.loss(months, usual, lasting)
    assert (found.recurs, found.recovered, found.months) == (False, None, None)
    back = lasting.copy()
    back[30] += 100  # one month of the last year is as without the stress
    assert questions.loss(months, usual, back).recurs
