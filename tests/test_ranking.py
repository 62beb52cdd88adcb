"""What an answer hangs on: equal to one-at-a-time runs of the slow reference, ranked by the plausible range."""

from pathlib import Path

import pytest
import reference

from simulator import InputError, configure, load_region, parse_region
from simulator.questions import ranking
from simulator.questions.measure import AVERAGE, END
from simulator.questions.ranking import ADDED, ANSWERS, rank
from simulator.questions.risk import APBD_COST, COST
from simulator.uncertainty.plausible import ELSEWHERE, FILE, SCENARIOS, plausible

FOLDER = Path(__file__).parent.parent / "scenarios"
CASES = [("blora-2027", "gotong_royong", 2029), ("ponorogo", "dbhcht_turun", 2026), ("palopo", "asn_usulan_3", 2027)]


def region(name):
    return load_region(FOLDER / f"{name}.yaml")


def figures(r, scenario, changes, year):
    """The answers by the reference: {answer: value}."""
    found = reference.run(r._data, scenario, changes)
    row = next(y for y in found["yearly"] if y["year"] == year)
    public = [f.id for f in r.funders if f.payer == "government"]
    return {
        END: row["coverage_end"],
        AVERAGE: row["coverage_average"],
        COST: sum(row["cost"].values()),
        APBD_COST: sum(row["cost"][k] for k in public),
        ADDED: row["insured_end"],
    }


@pytest.mark.parametrize(("name", "scenario", "year"), CASES)
def test_the_ranking_is_that_of_single_runs_of_the_reference(name, scenario, year):
    r, runs = region(name), {}

    def answers(path=None, value=None):
        """All answers with one number moved, each run of the reference made once."""
        if (path, value) not in runs:
            changes = {} if path is None else {path: value}
            found = figures(r, scenario, changes, year)
            fact = path is not None and path.split(".")[0] not in r.funder_ids
            found[ADDED] -= figures(r, None, changes if fact else {}, year)[ADDED]
            runs[path, value] = found
        return runs[path, value]

    for what in ANSWERS:
        effects = rank(r, year, what, scenario)
        swings = [e.swing if e.swing > ranking.SMALL[what] else 0 for e in effects]
        assert swings == sorted(swings, reverse=True) and swings[0] > 0
        for e in effects:
            n = e.number
            single = [answers(*moved)[what] for moved in ((n.path, n.low), (None, None), (n.path, n.high))]
            assert [e.at_low, e.value, e.at_high] == pytest.approx(single, rel=1e-9, abs=1e-6), (what, n.path)
            assert not e.pulled


def test_low_and_high_are_told_apart_where_more_means_less():
    effects = {e.number.path: e for e in rank(region("blora-2027"), 2031, END)}
    growth = effects["coverage_base.growth"]
    assert growth.number.low == 0.005 and growth.at_low > growth.value > growth.at_high
    assert growth.lower == growth.at_high - growth.value < 0 < growth.upper


def test_the_range_is_the_files_else_what_was_seen_elsewhere_else_what_is_proposed():
    r = region("blora-2027")
    found = {n.path: n for n in plausible(r, configure(r, "gotong_royong"))}
    covered, months = found["covered"], found["apbd.months"]
    assert (covered.low, covered.high, covered.origin, covered.decision) == (85_157, 160_925, FILE, False)
    assert (months.low, months.high, months.origin, months.decision) == (6, 12, ELSEWHERE, True)
    assert "Harian Muria" in months.said
    budget = found["apbd.annual_budget"]
    proposed = [s.set["apbd.annual_budget"] for s in r.scenarios if "apbd.annual_budget" in s.set]
    values = [p["value"] if isinstance(p, dict) else p for p in proposed] + [r.funders[0].annual_budget.value]
    assert (budget.low, budget.high, budget.origin) == (min(values), max(values), SCENARIOS)
    assert found["asn.participation"].origin == FILE
    assert all(n.low <= n.value <= n.high and n.low < n.high and n.said for n in found.values())


def test_the_users_own_range_and_change_rank_a_number():
    r = region("blora-2027")
    assert "apbd.absorption" not in {e.number.path for e in rank(r, 2029)}
    mine = {e.number.path: e for e in rank(r, 2029, changes={"asn.participation": 0.3},
                                          ranges={"apbd.absorption": (0.7, 1.0), "covered": None})}  # fmt: skip
    assert mine["apbd.absorption"].at_low < mine["apbd.absorption"].value
    assert "covered" not in mine
    assert mine["asn.participation"].number.high == 0.3


def test_an_end_that_cannot_be_true_is_pulled_in_and_said():
    r = region("blora-2027")
    effects = {e.number.path: e for e in rank(r, 2029, ranges={"rentan.workers": (100.0, 20_000.0)})}
    assert effects["rentan.workers"].pulled  # 1.500 of them are covered
    assert not effects["guru_ngaji.workers"].pulled


def test_a_year_outside_the_run_is_refused():
    with pytest.raises(InputError):
        rank(region("palopo"), 2050)


def test_workers_added_can_be_ranked_where_both_who_is_paid_for_and_who_is_covered_change():
    data = dict(region("blora-2027")._data)
    r = parse_region(data)
    changes = {"rentan.covered": 900, "apbd.paid_before.rentan": 800}
    found = rank(r, 2029, ADDED, None, changes)
    assert {e.number.path for e in found} >= {"covered", "assumptions.verification_yield"}
    assert all(e.at_low == e.at_low and e.at_high == e.at_high for e in found)
