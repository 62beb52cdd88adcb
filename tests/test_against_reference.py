"""The engine gives the reference's numbers: on generated regions and on every file that is shipped."""

import math
from copy import deepcopy
from pathlib import Path

import pytest
import reference
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML
from strategies import regions_with_settings

from simulator import parse_region, project

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
RELATIVE, ABSOLUTE = 1e-9, 1e-11  # absolute as a share of the scale, for differences of large numbers
RUPIAH_OR_SHARE = {
    "cost": "rupiah",
    "available": "rupiah",
    "unspent": "rupiah",
    "not_absorbed": "rupiah",
    "jkm": "rupiah",
    "coverage": "share",
    "active_coverage": "share",
    "coverage_end": "share",
    "active_end": "share",
    "coverage_average": "share",
}


def scales(expected):
    """What a large number is, by unit, in this run."""
    people = max(row["workers"] for row in expected["monthly"])
    rupiah = [people]
    for row in expected["yearly"]:
        rupiah += [row["jkm"], *row["cost"].values(), *row["available"].values()]
    return {"people": people, "rupiah": max(rupiah), "share": 1}


def differences(expected, got, scale, path="", unit="people"):
    """Every place where the two trees differ, as text."""
    if isinstance(expected, dict):
        if not isinstance(got, dict) or set(expected) != set(got):
            return [f"{path}: keys {_keys(expected)} but engine has {_keys(got)}"]
        pairs = [(key, expected[key], got[key]) for key in expected]
    elif isinstance(expected, list):
        if len(expected) != len(got):
            return [f"{path}: {len(expected)} rows but engine has {len(got)}"]
        pairs = [(index, *pair) for index, pair in enumerate(zip(expected, got, strict=True))]
    elif isinstance(expected, bool | str | None):
        same = type(expected) is type(got) and expected == got
        return [] if same else [f"{path}: {expected!r} but engine has {got!r}"]
    else:
        number = isinstance(got, int | float) and not isinstance(got, bool)
        near = number and math.isclose(expected, got, rel_tol=RELATIVE, abs_tol=ABSOLUTE * scale[unit])
        return [] if near else [f"{path}: {expected!r} but engine has {got!r}"]
    found = []
    for key, left, right in pairs:
        found += differences(left, right, scale, f"{path}.{key}", RUPIAH_OR_SHARE.get(key, unit))
    return found


def _keys(tree):
    return sorted(map(str, tree)) if isinstance(tree, dict) else tree


def assert_same(data, scenario=None, changes=None):
    """Both models give the same mapping."""
    expected = reference.run(data, scenario, changes)
    got = project(parse_region(deepcopy(data)), scenario=scenario, changes=changes or {}).to_json()
    assert got.pop("model_version")
    found = differences(expected, got, scales(expected))
    assert not found, "\n".join(found[:12])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(regions_with_settings())
def test_engine_gives_the_numbers_of_the_reference_on_any_region(case):
    assert_same(*case)


def shipped_cases():
    """Every region file without a scenario and with each of its own."""
    for path in SCENARIOS:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        for scenario in [None, *(item["id"] for item in data.get("scenarios") or [])]:
            yield pytest.param(data, scenario, id=f"{path.stem}-{scenario or 'as written'}")


def test_there_are_shipped_files_to_compare():
    assert SCENARIOS


@pytest.mark.parametrize(("data", "scenario"), list(shipped_cases()))
def test_engine_gives_the_numbers_of_the_reference_on_every_shipped_scenario(data, scenario):
    assert_same(data, scenario)
