"""The proof: levers at their ends, real programmes, sponsors, golden results, assumptions; and that each can fail."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from samples import TEXT

from simulator import configure, load_region, parameters, project
from simulator.levers import levers
from simulator.parameters import ParameterError, Programme, Reference
from simulator.proof import ends, golden, laws, programmes, sponsors, unproven
from simulator.region import read_region
from simulator.version import MODEL_VERSION

SCENARIOS = Path(__file__).parent.parent / "scenarios"
REGIONS = ["blora-2027", "ponorogo", "palopo", "lampung", "template"]


def region(name):
    return load_region(SCENARIOS / f"{name}.yaml")


# ---- laws


@pytest.fixture
def runs():
    """Three runs of the small region that differ in one lever."""
    small = read_region(TEXT)
    return ends.batch(small, {"assumptions.verification_yield": np.array([0.2, 0.5, 0.9])})


def doctored(runs, part, name, index, amount):
    """The runs with one figure of the months or years changed."""
    held = getattr(runs, part)
    values = np.array(getattr(held, name), dtype=float)
    values[index] = amount
    return replace(runs, **{part: replace(held, **{name: values})})


def test_sound_runs_keep_every_law(runs):
    assert laws.broken(runs) == [(), (), ()]


@pytest.mark.parametrize(
    ("part", "name", "index", "amount", "law"),
    [
        ("months", "cost", (0, 7, 1), -1000.0, "not_negative"),
        ("months", "cost", (0, 7, 1), 1e12, "within_money"),
        ("months", "insured", (7, 1), 1e9, "share"),
        ("months", "insured", (7, 1), np.nan, "finite"),
        ("months", "fallen", (7, 1), np.inf, "finite"),
        ("months", "active", (7, 1), 0.0, "active"),
        ("months", "segments", (5, 1, 1), 1e9, "within_workers"),
        ("months", "reached", (0, 7, 0, 1), 1e9, "reached"),
        ("months", "funded", (0, 7, 1), 1.0, "adds_up"),
        ("years", "unspent", (1, 0, 1), 1e9, "account"),
        ("years", "deaths", (1, 1), -1.0, "not_negative"),
    ],
)
def test_a_doctored_figure_is_found_in_its_own_column_only(runs, part, name, index, amount, law):
    statement = next(x.statement for x in laws.LEGAL if x.id == law)
    found = laws.broken(doctored(runs, part, name, index, amount))
    assert statement in found[1]
    assert found[0] == found[2] == ()


def test_places_outside_eligibility_and_a_wrong_cost_are_found(runs):
    outside = doctored(runs, "months", "places", (0, 7, 1, 1), 5.0)  # guru: the APBD may not pay for them here
    names = {x.statement: x.id for x in laws.LEGAL}
    assert {names[s] for s in laws.broken(outside)[1]} >= {"eligible_only", "adds_up"}
    dear = doctored(runs, "months", "cost", (0, 7, 1), 5.0)
    assert "cost_identity" in {names[s] for s in laws.broken(dear)[1]}


# ---- levers at their ends


@pytest.mark.parametrize("name", REGIONS)
def test_every_lever_is_legal_at_both_ends_or_refused_with_a_reason(name):
    found = ends.lever_ends(region(name))
    assert {e.lever.path for e in found} == {x.path for x in levers(region(name))}
    assert [e for e in found if e.broken] == []
    for e in found:
        assert (e.reason is None) == (e.coverage is not None)
        assert e.reason is None or len(e.reason) > 15
    assert 0 < sum(e.reason is not None for e in found) < len(found) / 3


@pytest.mark.parametrize("name", ["palopo", "blora-2027"])
def test_the_batch_of_ends_gives_what_single_runs_give(name):
    r = configure(region(name), "gotong_royong")
    for e in ends.lever_ends(r)[::5]:
        value = int(e.value) if e.lever.field.whole else e.value
        if e.reason is None:
            alone = project(r, None, {e.lever.path: value})
            assert e.coverage == pytest.approx(float(alone.years.coverage_end[-1, 0]), rel=1e-9), e.lever.path
        else:
            with pytest.raises(ValueError):
                project(r, None, {e.lever.path: value})


def test_a_broken_run_is_told_at_its_lever():
    """A law that no run can keep is broken everywhere, and told."""
    never = laws.Law("never", "Tidak pernah", lambda r: np.ones(1), lambda r: np.ones(1))
    found = ends.lever_ends(region("template"), (never,))
    assert all(e.broken == ("Tidak pernah",) for e in found if e.reason is None)


def test_what_only_the_engine_refuses_is_a_failure_and_spares_the_others(monkeypatch):
    monkeypatch.setattr(ends, "check_all", lambda data: [])
    found = ends.lever_ends(region("template"))
    assert any(e.broken for e in found) and sum(not e.broken for e in found) > len(found) / 2
    assert {s for e in found for s in e.broken} == {ends._ENGINE}


# ---- real programmes


@pytest.fixture(scope="module")
def reruns():
    return {r.programme.id: r for r in programmes.rerun_all()}


def test_the_model_pays_workers_times_months_times_contribution(reruns):
    for r in reruns.values():
        p = r.programme
        if p.rupiah is not None:
            assert r.computed == pytest.approx(p.workers * p.months * p.rp_per_month, rel=1e-12), p.id
        if r.month is not None:
            assert r.month == pytest.approx((p.workers or 1) * p.rp_per_month, rel=1e-12), p.id


def test_a_programme_has_more_money_than_it_spends(reruns):
    """Else the budget would give the answer, not the model."""
    for r in reruns.values():
        if not r.programme.sum_of:
            run = programmes.run_programme(r.programme)
            assert float(run.years.available.sum()) > 1.5 * float(run.years.cost.sum())


def test_every_programme_is_as_near_or_as_far_as_it_is_said_to_be(reruns):
    assert [r.programme.id for r in reruns.values() if not r.held] == []
    exact = [r for r in reruns.values() if r.programme.match == "exact"]
    assert len(exact) >= 8 and all(abs(r.difference) < 0.5 for r in exact)
    for r in reruns.values():
        if r.programme.match == "rounded":
            assert abs(r.difference) <= programmes.rounding(r.programme) < r.programme.reported_rupiah * 1.01
        if r.programme.match == "wrong":
            assert abs(r.difference) > 0.2 * r.programme.reported_rupiah


def test_what_a_rupiah_without_months_or_workers_would_pay_for(reruns):
    assert reruns["luwu_perubahan_2025"].pays_months == pytest.approx(2.381, abs=1e-3)
    assert reruns["manokwari_2022"].pays_months == pytest.approx(22.62, abs=1e-2)
    assert reruns["kudus_2025"].pays_months > 12
    assert reruns["solok_baznas_2023"].pays_worker_months / 12 == pytest.approx(961, abs=1)
    assert reruns["ponorogo_dbhcht_2025"].computed == 5_526_612_000


def test_the_contribution_of_earlier_years_is_the_one_a_programme_is_run_with():
    for p in parameters.programmes():
        month = f"{p.year or programmes.UNKNOWN_YEAR}-12"
        income = parameters.value("bpu_min_income_base", month)
        assert parameters.value("bpu_jkk_rate", month) * income + parameters.value("bpu_jkm", month) == p.rp_per_month


def test_a_programme_is_run_in_its_own_year_where_the_model_knows_it():
    by_id = {p.id: p for p in parameters.programmes()}
    years = [programmes.year_run(by_id[i]) for i in ("kukar_2021", "bank_jateng_2017", "siegwerk")]
    assert years == [2021, 2020, programmes.UNKNOWN_YEAR]


def fake(**changes):
    """A programme of 100 workers over two months, 3,360,000 rupiah."""
    facts = {"id": "x", "place": "X", "year": 2025, "funder": "apbd", "workers": 100, "months": 2}
    facts |= {"rp_per_month": 16800, "reported_rupiah": 3_360_000, "match": "exact"}
    return Programme(**facts | {"reference": Reference(title="X")} | changes)


def held(**changes):
    return programmes.rerun_all((fake(**changes),))[0].held


def test_a_programme_that_is_not_what_it_is_said_to_be_fails():
    assert held()
    assert not held(reported_rupiah=3_360_001)
    assert held(match="rounded", reported_rupiah=3_400_000, reported_text="Rp 3,4 juta")
    assert not held(match="rounded", reported_rupiah=3_600_000, reported_text="Rp 3,6 juta")
    assert held(match="rounded", reported_rupiah=3_300_000, reported_text="sekitar Rp 3,3 juta")
    assert not held(match="rounded", reported_rupiah=4_000_000, reported_text="hampir Rp 4 juta")  # 16% away
    assert not held(match="wrong")
    assert not held(match="incomplete", months=None)
    assert held(match="incomplete", months=None, reported_rupiah=4_000_000)


@pytest.mark.parametrize(
    "changes",
    [{"reported_rupiah": None}, {"match": "unreported"}, {"months": None}, {"match": "incomplete"}],
)
def test_a_match_that_does_not_go_with_what_is_known_is_refused(changes):
    with pytest.raises(ValueError):
        fake(**changes)


# ---- sponsors


def test_what_sponsors_promised_and_what_came_of_it():
    found = {o.plan.id: o for o in sponsors.outcomes()}
    kendal, semarang, ponorogo = found["kendal"], found["kota_semarang"], found["ponorogo"]
    assert kendal.asked == (10345, 10345) and kendal.realised == pytest.approx(974)
    assert kendal.shares.participation == pytest.approx(0.0554, abs=1e-4)
    assert kendal.shares.workers_per_sponsor == pytest.approx(1.7, abs=1e-3)
    assert semarang.realised == pytest.approx(313) and semarang.asked == (8031, 8031)
    assert ponorogo.asked == (28000, 42000) and ponorogo.realised == pytest.approx(1318, abs=1)
    assert ponorogo.reported is None and ponorogo.difference is None
    assert ponorogo.cost == pytest.approx((28000 * 201_600, 42000 * 201_600))
    assert all(o.held for o in found.values())


def test_a_reported_count_that_the_model_does_not_give_fails():
    outcome = sponsors.outcomes()[0]
    assert not replace(outcome, difference=3.0).held


def test_a_badly_written_plan_is_refused():
    text = "references: {x: {title: X}}\nsponsors: [{id: a, place: A, year: 2025, sponsors: 5, asked_low: 2,"
    text += " asked_high: 1, reference: x}]"
    with pytest.raises(ParameterError, match="s.yaml: a: "):
        parameters.parse(text, "sponsors", "s.yaml")


# ---- golden results


RECORD = """changes:
  - {version: "1.0.0", date: "2026-11-21", regions: all, why: Versi pertama.}
  - {version: "9.9.9", date: "2026-12-01", regions: [template], why: Iuran baru.}
"""


@pytest.fixture
def folder(tmp_path):
    """Golden results of the template, one figure of which has been changed."""
    text = (golden.GOLDEN / "template.json").read_text(encoding="utf-8")
    line = next(x for x in text.splitlines() if x.startswith("["))
    cells = line.split(",")
    spoilt = ",".join([*cells[:2], str(float(cells[2]) * 1.5), *cells[3:]])
    (tmp_path / "template.json").write_text(text.replace(line, spoilt, 1), encoding="utf-8")
    (tmp_path / "changes.yaml").write_text(RECORD, encoding="utf-8")
    return tmp_path


def compared(folder):
    return golden.compare(SCENARIOS / "template.yaml", folder, golden.record_of(folder))


def test_unchanged_results_are_the_same_to_the_last_golden_digit():
    found = compared(golden.GOLDEN)
    assert (found.differences, found.largest, found.fault, found.unexplained) == ((), 0.0, None, False)
    assert found.presets == 15 and found.figures > 3000


def test_a_changed_figure_is_found_and_is_unexplained(folder):
    found = compared(folder)
    assert len(found.differences) == 1 and found.unexplained
    assert found.differences[0].preset == golden.AS_WRITTEN
    assert found.largest == pytest.approx(1 / 3)


def test_the_record_explains_a_change_of_this_version_and_region_only(folder, monkeypatch):
    record = golden.record_of(folder)
    assert golden.explained("template", "1.0.0", record, "9.9.9") == ("Iuran baru.",)
    assert golden.explained("palopo", "1.0.0", record, "9.9.9") == ()
    assert golden.explained("template", "9.9.9", record, "9.9.9") == ()  # same version, other numbers
    assert golden.explained("template", "1.0.0", record, "9.9.8") == ()
    monkeypatch.setattr(golden, "explained", lambda *known: ("Iuran baru.",))
    assert not compared(folder).unexplained


def test_what_cannot_be_compared_says_why(tmp_path):
    assert "belum ada hasil baku" in compared(tmp_path).fault
    (tmp_path / "template.json").write_text("{", encoding="utf-8")
    assert "tidak terbaca" in compared(tmp_path).fault
    assert golden.record_of(tmp_path) == ()


@pytest.mark.parametrize(
    "text", ["[", "5", "changes: 5", "changes: [5]", "changes: [{version: x, date: y, why: z}]", RECORD + "  - {}"]
)
def test_a_badly_written_record_is_refused_in_one_line(tmp_path, text):
    (tmp_path / "changes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(golden.RecordError) as refusal:
        golden.record_of(tmp_path)
    assert "changes.yaml" in str(refusal.value) and "\n" not in str(refusal.value)


def test_the_shipped_record_knows_this_version_and_the_regions_it_names():
    record = golden.record_of()
    assert MODEL_VERSION in {c.version for c in record}
    names = {path.stem for path in golden.files()}
    assert all(set(c.regions) <= names | {golden.ALL} for c in record)


# ---- assumptions


def test_numbers_without_evidence_are_those_without_a_reference():
    for name in REGIONS:
        found = unproven.unproven_numbers(region(name))
        assert all(not x.quantity.reference and x.quantity.status in (None, "assumption") for x in found)
        written = [x for x in found if x.written]
        assert written and len(written) < len(found) and found[: len(written)] == written
        assert all(x.quantity.note for x in written if name != "template"), name


def test_an_assumption_that_gains_a_reference_is_told_no_more():
    small = region("palopo")
    before = unproven.unproven_numbers(small)
    overlap = {"value": 0.1, "status": "assumption", "reference": next(iter(small.references))}
    data = {**small._data, "assumptions": {**small._data["assumptions"], "overlap": overlap}, "scenarios": []}
    from simulator import parse_region

    after = unproven.unproven_numbers(parse_region(data))
    assert len(after) == len(before) - 1


def test_assumed_parameters_are_those_marked_so():
    found = {p.id for p, _ in unproven.assumed_parameters()}
    assert "self_pay_continuation" in found and "bpu_jkm" not in found


def test_every_figure_of_a_run_is_looked_at(runs):
    """A new array of the engine's results takes part in the checks by itself."""
    arrays = [f.name for part in (runs.months, runs.years) for f in fields(part)]
    assert len(list(runs.figures())) == len(arrays) - 2  # years and months are the calendar
