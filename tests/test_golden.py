"""Every preset of every shipped region still gives what it gave; see tests/golden_update.py for changes on purpose."""

import json

import pytest
from golden_update import GOLDEN, files, main, runs, written

from simulator.proof.golden import AS_WRITTEN, by_figure, rounded
from simulator.proof.golden import differences as compared

SHOWN = 8  # differing figures that a failure tells
EVERY_FILE = pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)


def golden(path):
    """The golden results of a region file."""
    file = GOLDEN / f"{path.stem}.json"
    assert file.exists(), f"no golden results of {path.stem}; write them: python -m tests.golden_update {path.stem}"
    return json.loads(file.read_text(encoding="utf-8"))


def differences(before, now):
    """What has changed between two results, a line each."""
    told = []
    for d in compared(by_figure(before), by_figure(now)):
        is_new = "is new" if d.before is None else "is gone"
        change = is_new if d.before is None or d.now is None else f"was {d.before}, is {d.now}"
        told.append(f"{d.preset}, {d.year}, {d.figure}: {change}")
    return told


@EVERY_FILE
def test_every_preset_gives_its_golden_figures(path):
    told = differences(golden(path), runs(path))
    more = f"\n… and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    assert not told, (
        f"{path.stem}: results changed:\n"
        + "\n".join(told[:SHOWN])
        + more
        + f"\nIf that was meant: python -m tests.golden_update {path.stem}"
    )


def test_there_are_golden_results_of_shipped_regions_and_no_others():
    assert {file.stem for file in GOLDEN.glob("*.json")} == {path.stem for path in files()}
    assert "template" in {path.stem for path in files()}


@EVERY_FILE
def test_golden_results_hold_the_file_as_written_and_each_of_its_presets(path):
    found = golden(path)
    assert AS_WRITTEN in found["runs"] and len(found["runs"]) > 5
    assert "coverage_end" in found["columns"] and "cost.apbd" in found["columns"]


def test_a_changed_figure_is_told_with_both_values():
    before = {"columns": ["year", "cost.apbd"], "runs": {"a": [[2027, 5], [2028, 6]]}}
    now = {"columns": ["year", "cost.apbd"], "runs": {"a": [[2027, 5], [2028, 7]], "b": [[2027, 5]]}}
    assert differences(before, now) == [
        "a, 2028, cost.apbd: was 6, is 7",
        "b, 2027, year: is new",
        "b, 2027, cost.apbd: is new",
    ]
    assert differences(before, before) == []


def test_golden_figures_have_ten_digits_and_no_rounding_dust():
    assert [rounded(n, "cost.apbd") for n in (1.23456789012345, 2599999999.9999995, -1e-4, 0.1)] == [
        1.23456789,
        2_600_000_000,
        0,
        0.1,
    ]
    assert [rounded(n, "coverage_end") for n in (0.1578, 1e-4, 1e-9)] == [0.1578, 1e-4, 0]


def test_a_written_golden_file_reads_back_the_same():
    found = {"columns": ["year", "b"], "runs": {"as written": [[2027, 0.5], [2028, 1]], "x": [[2027, 0]]}}
    assert json.loads(written(found)) == found
    assert json.loads(written({"version": "1.0.0", **found})) == {"version": "1.0.0", **found}


def test_updating_rewrites_only_what_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("golden_update.GOLDEN", tmp_path / "golden")
    main(["template"])
    assert [file.name for file in (tmp_path / "golden").iterdir()] == ["template.json"]
    assert capsys.readouterr().out == "template: written\n"
