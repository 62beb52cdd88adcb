"""What must always hold does hold in every preset, and each check really fails on a run that breaks it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from samples import TEXT

from simulator import identities, load_region, parse_region, project
from simulator.region import read_region

FILES = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_identities_hold_in_every_preset(path):
    region = load_region(path)
    for preset in (None, *(s.id for s in region.scenarios)):
        checks = identities.check_identities(project(region, preset))
        assert [c.id for c in checks if not c.holds] == [], preset
        assert len(checks) == len(identities.IDENTITIES) == len({c.id for c in checks})


@pytest.fixture
def run():
    """A run of the small region."""
    return project(read_region(TEXT))


def with_months(run, name, change):
    """The run with one array of its months changed in place of a copy."""
    values = getattr(run.months, name).copy()
    change(values)
    return replace(run, months=replace(run.months, **{name: values}))


def with_years(run, name, change):
    """The run with one array of its years changed."""
    values = getattr(run.years, name).copy()
    change(values)
    return replace(run, years=replace(run.years, **{name: values}))


def add(index, amount):
    """A change that adds an amount at one place."""

    def change(values):
        values[index] += amount

    return change


def broken(run):
    """The ids of the identities that a run breaks."""
    return [c.id for c in identities.check_identities(run) if not c.holds]


def test_the_run_breaks_nothing_before_it_is_doctored(run):
    assert broken(run) == []
    assert broken(with_months(run, "insured", add((0, 0), 0))) == []


@pytest.mark.parametrize(
    ("name", "index", "amount", "expected"),
    [
        ("segments", (5, 1, 0), 1000, ["within_workers", "adds_up"]),
        ("segments", (5, 3, 0), 1, ["adds_up"]),
        ("insured", (7, 0), 1, ["adds_up"]),
        ("funded", (0, 7, 0), 1, ["adds_up"]),
        ("places", (0, 7, 0, 0), 1, ["adds_up", "cost_identity"]),
        ("cost", (0, 7, 0), 1000, ["within_money", "cost_identity"]),
        ("cost", (0, 7, 0), -1000, ["cost_identity"]),
    ],
)
def test_a_doctored_month_is_found(run, name, index, amount, expected):
    assert broken(with_months(run, name, add(index, amount))) == expected


def test_a_worker_paid_for_outside_eligibility_is_found_even_where_the_sums_are_right(run):
    def move(places):
        places[0, 7, 1, 0] += 1  # guru: the APBD may not pay for them here
        places[0, 7, 2, 0] -= 1

    found = broken(with_months(run, "places", move))
    assert "eligible_only" in found and "adds_up" not in found


@pytest.mark.parametrize(
    ("name", "amount"), [("unspent", 1000), ("cost", -1000), ("available", 1000), ("not_absorbed", 1e9)]
)
def test_a_doctored_year_is_found(run, name, amount):
    assert broken(with_years(run, name, add((1, 0, 0), amount))) == ["account"]


def test_every_identity_fails_on_some_doctored_run(run):
    doctored = [
        with_months(run, "segments", add((5, 1, 0), 1000)),
        with_months(run, "cost", add((0, 7, 0), 1000)),
        with_months(run, "places", add((0, 7, 1, 0), 1)),
        with_years(run, "unspent", add((1, 0, 0), 1000)),
    ]
    found = {identity for p in doctored for identity in broken(p)}
    assert found == {c.id for c in identities.check_identities(run)}


def test_a_check_tells_in_indonesian_how_far_it_is_off(run):
    checks = identities.check_identities(with_months(run, "insured", add((7, 0), 5)))
    check = next(c for c in checks if c.id == "adds_up")
    assert not check.holds
    assert check.worst == pytest.approx(5)
    assert check.statement == "Jumlah bagian sama dengan totalnya"


def test_a_figure_that_is_no_number_is_found(run):
    def spoil(values):
        values.flat[3] = np.nan

    for name in ("segments", "cost", "places", "insured", "funded"):
        assert broken(with_months(run, name, spoil)), name


def test_identities_hold_where_nobody_pays_for_anybody():
    region = read_region(TEXT)
    data = {**region._data, "funders": [], "scenarios": []}
    assert broken(project(parse_region(data))) == []
