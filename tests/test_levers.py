"""Levers: setting them, what the sliders show, and that no slider can bring the model to an unlawful result."""

from copy import deepcopy
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import samples
from samples import TEXT

from simulator import InputError, configure, load_region, parse_region, project
from simulator.arrays import build
from simulator.batch import run_batch
from simulator.engine import run_months
from simulator.levers import levers, nice_step
from simulator.region import read_region
from simulator.registry import FIELDS, UNITS

FILES = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
EVERY_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
NEVER_ABOVE = 1 + 1e-9


@pytest.fixture
def region():
    """The small region."""
    return read_region(TEXT, "x.yaml")


def first(region, funder):
    """A funder of a region."""
    return next(f for f in region.funders if f.id == funder)


def refusal(region, **settings):
    """The lines with which settings are refused."""
    with pytest.raises(InputError) as caught:
        configure(region, **settings)
    return str(caught.value).split("\n")


# ---- setting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "low", "high"),
    [
        ("asn.workers_per_sponsor", 2.5, 1.6, 3),
        ("asn.workers_per_sponsor", 4, 1.6, 4),
        ("asn.workers_per_sponsor", 1, 1, 3),
        ("asn.workers_per_sponsor", {"value": 5}, 1.6, 5),
        ("asn.workers_per_sponsor", {"value": 2, "low": 1.9}, 1.9, None),
        ("asn.workers_per_sponsor", {"value": 2, "low": 1.9, "high": 2.1}, 1.9, 2.1),
        ("asn.participation", 0.5, None, None),
        ("asn.participation", {"value": 0.5, "low": 0.1, "high": 1}, 0.1, 1),
    ],
)
def test_a_lever_that_is_set_keeps_its_range_widened_unless_a_range_is_given(region, path, value, low, high):
    found = getattr(first(configure(region, None, {path: value}), "asn"), path.split(".")[1])
    assert found.value == (value["value"] if isinstance(value, dict) else value)
    assert (found.low, found.high) == (low, high)


def test_a_range_widens_with_the_scenario_first_and_the_user_after():
    raw = samples.data()
    raw["scenarios"] = [{"id": "a", "name": "A", "set": {"asn.workers_per_sponsor": 4}}]
    asn = first(configure(parse_region(raw), "a", {"asn.workers_per_sponsor": 1}), "asn")
    assert (asn.workers_per_sponsor.low, asn.workers_per_sponsor.value, asn.workers_per_sponsor.high) == (1, 1, 4)


def test_the_user_has_the_last_word_over_the_scenario(region):
    budget = "apbd.annual_budget"
    assert first(configure(region, "rentan_penuh"), "apbd").annual_budget.value == 2_610_921_600
    assert first(configure(region, "rentan_penuh", {budget: 5}), "apbd").annual_budget.value == 5
    both = configure(region, "rentan_penuh", {"apbd.months": 6})
    assert (first(both, "apbd").annual_budget.value, first(both, "apbd").months.value) == (2_610_921_600, 6)


def test_settings_that_only_together_break_a_rule_are_refused_together(region):
    assert configure(region, None, {"apbd.start_month": 7, "apbd.months": 6})
    assert refusal(region, changes={"apbd.start_month": 7}) == [
        "x.yaml: funders.apbd.months: 12 months from month 7 end after December"
    ]


def test_the_region_stays_as_it_was(region):
    before = deepcopy(region._data)
    project(region, "rentan_penuh", {"apbd.by_year.2028.months": 3, "apbd.paid_before.perangkat": 9, "years": 2})
    assert region._data == before
    assert region == read_region(TEXT, "x.yaml")


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("years", 4, lambda r: r.years),
        ("covered", 120_000, lambda r: r.covered),
        ("apbd_total", 2e12, lambda r: r.apbd_total),
        ("coverage_base.growth", 0.5, lambda r: r.coverage_base.growth),
        ("coverage_base.outside", 7, lambda r: r.coverage_base.outside),
        ("other.income", 2e6, lambda r: r.other.income),
        ("assumptions.overlap", 0.5, lambda r: r.assumptions.overlap),
        ("rentan.covered_change", -5, lambda r: r.segments[2].covered_change),
        ("guru.wage", 3e6, lambda r: r.segments[1].wage),
        ("apbd.paid_before.perangkat", 9, lambda r: r.funders[0].paid_before["perangkat"]),
        ("apbd.by_year.2028.months", 10, lambda r: r.funders[0].by_year[2028].months),
        ("apbd.onboarding_per_month", 9, lambda r: r.funders[0].onboarding_per_month),
    ],
)
def test_every_kind_of_path_sets_its_number(region, path, value, read):
    assert read(configure(region, None, {path: value})).value == value


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("apbd.annual_budgt", "apbd.annual_budget"),
        ("abpd.absorption", "apbd.absorption"),
        ("assumption.overlap", "assumptions.overlap"),
        ("rentan.coverd_change", "rentan.covered_change"),
        ("apbd.paid_before.rentn", "apbd.paid_before.rentan"),
        ("apbd.by_year.2028.month", "apbd.by_year.2028.months"),
    ],
)
def test_an_unknown_path_is_refused_with_the_likeliest_meant(region, path, meant):
    assert refusal(region, changes={path: 1}) == [
        f"x.yaml: {path}: is not a lever of this region; did you mean {meant}?"
    ]


@pytest.mark.parametrize(
    "path",
    [
        "apbd.name",
        "apbd",
        "scenarios",
        "qqqqqq.zzzzz",
        "guru.income",
        "asn.months",
        "apbd.by_year.28.months",
        "apbd.by_year.²²²².months",
        "asn.by_year.2028.months",
        "apbd.paid_before.other",
    ],
)
def test_what_is_no_lever_is_refused_and_never_guessed_to_be_itself(region, path):
    line = refusal(region, changes={path: 1})[0]
    assert line.startswith(f"x.yaml: {path}: is not a lever of this region")
    assert f"did you mean {path}?" not in line


def test_an_unknown_scenario_is_refused_with_the_likeliest_meant(region):
    assert refusal(region, scenario="rentan_penh") == [
        "x.yaml: scenarios: rentan_penh is not a scenario of this file; did you mean rentan_penuh?"
    ]


# ---- sliders --------------------------------------------------------------------------------------


@EVERY_FILE
def test_every_lever_has_a_label_a_unit_and_a_scale_that_holds_its_value(file):
    region = load_region(file)
    found = levers(region)
    assert len({x.path for x in found}) == len(found)
    for x in found:
        assert x.label and x.group_name and x.field.unit in UNITS, x.path
        assert x.minimum < x.maximum and x.step > 0, x.path
        for number in (x.value, x.low, x.high):
            assert number is None or x.minimum <= number <= x.maximum, x.path


@EVERY_FILE
def test_every_scenario_stands_within_the_sliders(file):
    region = load_region(file)
    scale = {x.path: x for x in levers(region)}
    for scenario in region.scenarios:
        for x in levers(configure(region, scenario.id)):
            slider = scale.get(x.path, x)
            assert x.value is None or slider.minimum <= x.value <= slider.maximum, (scenario.id, x.path)


@EVERY_FILE
def test_the_ends_of_every_slider_are_within_the_limits_of_its_number(file):
    for x in levers(load_region(file)):
        f = x.field
        assert f.le is None or x.maximum <= f.le, x.path
        assert f.lt is None or x.maximum < f.lt, x.path
        assert f.ge is None or x.minimum >= f.ge, x.path
        assert f.gt is None or x.minimum > f.gt, x.path


@pytest.mark.parametrize(("span", "step"), [(1, 0.01), (5, 0.05), (360, 5), (14_000, 200), (2_610_921_600, 50_000_000)])
def test_steps_are_one_two_or_five_times_a_power_of_ten(span, step):
    assert nice_step(span) == pytest.approx(step)


def test_every_number_of_the_registry_has_a_label_and_a_known_unit():
    for field in FIELDS.values():
        assert field.label and field.unit in UNITS and field.unit_label, field.key


# ---- every lever at its ends, in all pairs --------------------------------------------------------


def ends(lever):
    """What a lever is set to: both ends of its slider, no limit at all where there is none now."""
    return (lever.minimum, lever.maximum)


def pairs(region):
    """{path: n values}: every two levers at their ends, all others as written."""
    found = levers(region)
    usual = {x.path: np.inf if x.value is None else x.value for x in found}
    cases = [((a.path, u), (b.path, v)) for a, b in combinations(found, 2) for u in ends(a) for v in ends(b)]
    columns = {path: np.full(len(cases), float(value)) for path, value in usual.items()}
    moved = {path: np.zeros(len(cases), bool) for path in usual}
    for i, case in enumerate(cases):
        for path, value in case:
            columns[path][i], moved[path][i] = value, True
    return follow_the_assumption(region, columns, moved)


def follow_the_assumption(region, columns, moved):
    """A segment with no share of its own that passes the checks follows the assumption, until it is moved itself."""
    general = columns["assumptions.verification_yield"]
    for s in (*region.segments, region.other):
        path = f"{getattr(s, 'id', 'other')}.verification_yield"
        if s.verification_yield is None and getattr(s, "duty", "may") == "may":
            columns[path] = np.where(moved[path], columns[path], general)
    return columns


def lawful(region, columns):
    """Which columns keep the rules of the file that join several numbers."""
    total = {k: sum(columns[f"{s.id}.{k}"] for s in region.segments) for k in ("workers", "covered")}
    rest = columns["coverage_base.workers"] - columns["coverage_base.outside"] - total["workers"]
    rest_covered = columns["covered"] - total["covered"]
    good = (rest >= 0) & (rest_covered >= paid_before(region, "other")) & (rest_covered <= rest)
    for s in region.segments:
        covered = columns[f"{s.id}.covered"]
        good &= (covered <= columns[f"{s.id}.workers"]) & (covered >= paid_before(region, s.id))
    for funder in region.funders:
        for year in (None, *getattr(funder, "by_year", {})):
            good &= ends_by_december(funder, year, columns)
    return good


def paid_before(region, segment):
    """Workers of a segment that funders pay for at the start."""
    return sum(f.paid_before[segment].value for f in region.funders if segment in f.paid_before)


def ends_by_december(funder, year, columns):
    """Whether a funder's paying months end by December, in one year or usually."""

    def number(name):
        usual = columns.get(f"{funder.id}.{name}", 1)
        return columns.get(f"{funder.id}.by_year.{year}.{name}", usual)

    return number("start_month") + number("months") - 1 <= 12


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def extremes(request):
    """(region, lawful columns) of a file, its levers at their ends in all pairs."""
    region = load_region(request.param)
    columns = pairs(region)
    good = lawful(region, columns)
    assert good.sum() > 0.5 * good.size
    return region, {path: values[good] for path, values in columns.items()}


def test_every_lever_at_its_ends_in_all_pairs_keeps_every_figure_lawful(extremes):
    region, columns = extremes
    run = run_batch(region, columns)
    y, base = run.years, columns["coverage_base.workers"]
    for name, values in {**vars(run), **vars(y)}.items():
        if isinstance(values, np.ndarray):
            assert np.isfinite(values).all(), name
            assert values.min(initial=0) >= -1e-9 * (1 + values.max(initial=0)), name  # large floats that cancel
    for share in (run.coverage, run.active_coverage, y.coverage_end, y.coverage_average, y.active_end):
        assert share.max() <= NEVER_ABOVE
    assert (run.insured <= run.active * NEVER_ABOVE + 1e-6).all()
    assert (y.cost <= y.available * NEVER_ABOVE).all()
    assert (y.not_absorbed <= y.unspent + 1e-9 * y.available + 1e-6).all()
    assert (y.must_uninsured <= base * (1 + np.maximum(0, columns["coverage_base.growth"])) ** 20).all()


def test_every_lever_at_its_ends_keeps_segments_within_their_workers_and_money_within_eligibility(extremes):
    region, columns = extremes
    some = {path: values[:: max(1, values.size // 1500)] for path, values in columns.items()}
    a = build(region, some)
    m = run_months(a, a.n, detail=True)
    workers = np.broadcast_to(a.workers, m.segments.shape)
    assert (m.segments <= workers * NEVER_ABOVE + 1e-6).all()
    assert np.allclose(m.segments.sum(axis=1), m.insured, rtol=1e-9, atol=1e-6)
    for k, funder in enumerate(a.funders):
        assert not np.delete(m.places[k], funder.row_numbers, axis=1).any()
        assert np.allclose(m.places[k].sum(axis=1), m.funded[k], rtol=1e-9, atol=1e-6)
        assert np.allclose((m.places[k][:, funder.rows] * funder.price).sum(axis=1), m.cost[k], rtol=1e-9, atol=1e-3)


def test_a_column_among_all_pairs_gives_what_a_run_of_its_settings_gives(extremes):
    region, columns = extremes
    run = run_batch(region, columns)
    written = {x.path: x.value for x in levers(region)}
    for i in range(0, run.insured.shape[1], max(1, run.insured.shape[1] // 4)):
        changes = {path: float(v[i]) for path, v in columns.items() if np.isfinite(v[i]) and v[i] != written[path]}
        alone = project(region, changes=changes)
        assert np.allclose(alone.months.insured[:, 0], run.insured[:, i], rtol=1e-9)
