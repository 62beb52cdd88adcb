"""The command line: what it prints, with which exit code, and that bad input costs one line each and no traceback."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import text_with

from simulator import MODEL_VERSION, load_region, project

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))

TOP = ["region", "scenario", "coverage_base", "changes", "model_version", "targets", "monthly", "yearly"]
MONTH = [
    "month",
    "workers",
    "insured",
    "active",
    "coverage",
    "active_coverage",
    "funded",
    "places",
    "cost",
    "available",
    "self_paying",
    "fallen",
    "segments",
]
YEAR = [
    "year",
    "months",
    "insured_end",
    "coverage_end",
    "active_end",
    "coverage_average",
    "cost",
    "available",
    "unspent",
    "not_absorbed",
    "kpi_workers",
    "must_uninsured",
    "deaths",
    "jkm",
    "scholarship_children",
    "accidents",
]


def refused(result):
    """The lines on standard error of a call that was refused."""
    code, out, err = result
    assert (code, out) == (2, "")
    assert err.endswith("\n")
    return err.splitlines()


# ---- run ------------------------------------------------------------------------------------------


def test_json_has_exactly_the_keys_that_are_promised(call, file):
    code, out, err = call("run", file, "--format", "json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == TOP
    assert list(found["coverage_base"]) == ["population", "workers"]
    assert all(list(row) == MONTH for row in found["monthly"])
    assert all(list(row) == YEAR for row in found["yearly"])
    assert (len(found["monthly"]), len(found["yearly"])) == (36, 3)
    for name in ("funded", "cost", "available"):
        assert list(found["monthly"][0][name]) == ["apbd", "asn"]
    assert found["monthly"][0]["places"].keys() == {"apbd", "asn"}
    assert list(found["monthly"][0]["places"]["asn"]) == ["rentan", "other"]
    assert list(found["monthly"][0]["segments"]) == ["perangkat", "guru", "rentan", "other"]
    assert found["monthly"][0]["month"] == "2027-01"


def test_json_is_what_python_gives(call, file):
    _, out, _ = call("run", file, "--scenario", "rentan_penuh", "--set", "apbd.months=6", "--format", "json")
    run = project(load_region(file), "rentan_penuh", {"apbd.months": 6})
    assert json.loads(out) == run.to_json()


def test_json_tells_what_was_run(call, file):
    _, out, _ = call("run", file, "--scenario", "rentan_penuh", "--set", "covered=90000", "--format", "json")
    found = json.loads(out)
    assert (found["region"], found["scenario"]) == ("Kabupaten Contoh", "rentan_penuh")
    assert found["changes"] == {"covered": 90000}
    assert found["model_version"] == MODEL_VERSION
    assert json.loads(call("run", file, "--format", "json")[1])["scenario"] is None


def test_targets_tell_whether_they_are_reached_and_null_where_that_cannot_be_told(call, tmp_path):
    goals = (
        "targets:\n  - {year: 2028, coverage: 0.1}\n  - {year: 2029, coverage: 0.9}\n"
        "  - {year: 2040, coverage: 0.1}\n  - {year: 2029, coverage: 0.1, population: employed}\nreferences:"
    )
    path = tmp_path / "x.yaml"
    path.write_text(text_with("references:", goals), encoding="utf-8")
    found = json.loads(call("run", path, "--format", "json")[1])["targets"]
    assert [list(goal) for goal in found] == [["year", "coverage", "reached"]] * 4
    assert [goal["reached"] for goal in found] == [True, False, None, None]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_json_of_every_shipped_file_holds_numbers_alone_no_nan(call, path):
    code, out, _ = call("run", path, "--format", "json")

    def refuse(word):
        raise AssertionError(word)

    assert code == 0
    assert list(json.loads(out, parse_constant=refuse)) == TOP


def test_csv_is_a_line_a_month_with_nested_keys_joined_by_a_dot(call, file):
    _, out, _ = call("run", file, "--format", "csv")
    rows = list(csv.DictReader(out.splitlines()))
    run = project(load_region(file))
    assert len(rows) == 36
    assert list(rows[0]) == list(run.monthly.columns)
    assert {"cost.apbd", "places.asn.other", "segments.rentan"} <= set(rows[0])
    assert float(rows[35]["insured"]) == pytest.approx(run.records["monthly"][35]["insured"], rel=1e-12)


def test_the_table_is_the_usual_format_and_names_the_coverage_base(call, file):
    code, out, _ = call("run", file)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "Kabupaten Contoh; scenario: as written; % of labour_force (500,000)"
    assert [line.split()[0] for line in lines[1:]] == ["year", "2027", "2028", "2029"]
    assert call("run", file, "--format", "table")[1] == out


# ---- settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("apbd.annual_budget=9e8", 9e8),
        ("apbd.annual_budget=900000000", 900000000),
        ("apbd.annual_budget={value: 5, high: 9}", {"value": 5, "high": 9}),
        ("apbd.programmes=[jkk, jkm, jht]", ["jkk", "jkm", "jht"]),
        ("apbd.segments=[rentan, other]", ["rentan", "other"]),
        ("apbd.onboarding_per_month=null", None),
        ("rentan.covered_change=-100", -100),
        ("asn.relief=false", False),
        ("apbd.by_year.2028.months=6", 6),
        ("guru.risk=very_high", "very_high"),
    ],
)
def test_a_setting_may_be_a_number_a_word_or_a_list(call, file, setting, value):
    code, out, err = call("run", file, "--set", setting, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["changes"] == {setting.partition("=")[0]: value}


def test_several_settings_go_together(call, file):
    _, out, _ = call(
        "run", file, "--set", "apbd.start_month=7", "--set", "apbd.months=6", "--set", "years=1", "--format", "json"
    )
    paid = [row["cost"]["apbd"] > 0 for row in json.loads(out)["monthly"]]
    assert paid == [False] * 6 + [True] * 6


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("apbd.months=14", "{file}: funders.apbd.months: 14 is more than 12"),
        (
            "apbd.annual_budget=1.830.000.000",
            '{file}: funders.apbd.annual_budget: "1.830.000.000" is text, not a number; did you mean 1830000000?',
        ),
        ("apbd.annual_budget=.nan", "{file}: funders.apbd.annual_budget: nan is not a finite number"),
        ("apbd.annual_budget=1e999", "{file}: funders.apbd.annual_budget: inf is not a finite number"),
        (
            "apbd.annual_budget=",
            "{file}: funders.apbd.annual_budget: is blank; a blank is not zero: write a value, or take the line out",
        ),
        (
            "apbd.anual_budget=5",
            "{file}: apbd.anual_budget: is not a lever of this region; did you mean apbd.annual_budget?",
        ),
        (
            "apbd.segments=[rentn]",
            "{file}: funders.apbd.segments: rentn is not a segment of this file; did you mean rentan?",
        ),
        ("covered=1", "{file}: covered: the segments' insured add up to 9600, 9599 more than all 1 insured"),
        ("apbd.months", "--set apbd.months: cannot be read: write it as PATH=VALUE"),
        ("=4", "--set =4: cannot be read: write it as PATH=VALUE"),
        ("", "--set : cannot be read: write it as PATH=VALUE"),
    ],
)
def test_a_bad_setting_is_refused_in_a_line(call, file, setting, line):
    assert line.format(file=file) in refused(call("run", file, "--set", setting))


def test_a_setting_that_is_not_yaml_or_stands_twice_is_refused_in_a_line(call, file):
    assert len(refused(call("run", file, "--set", "apbd.months=[1"))) == 1
    assert len(refused(call("run", file, "--set", "apbd.months=1", "--set", "apbd.months=2"))) == 1


def test_all_bad_settings_are_told_at_once(call, file):
    assert len(refused(call("run", file, "--set", "apbd.months=14", "--set", "asn.participation=2"))) == 2


def test_an_unknown_scenario_is_refused_with_the_likeliest(call, file):
    assert refused(call("run", file, "--scenario", "rentan_penu")) == [
        f"{file}: scenarios: rentan_penu is not a scenario of this file; did you mean rentan_penuh?"
    ]


def test_a_start_before_the_first_known_rate_is_refused_in_a_line(call, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(text_with("2027-01", "1999-01"), encoding="utf-8")
    assert refused(call("run", path)) == [
        f"{path}: start: 1999-01 is before the first known contribution rate or benefit (2019-12)"
    ]


# ---- bad calls ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["rum"],
        ["run"],
        ["check"],
        ["run", "x.yaml", "--bogus"],
        ["run", "x.yaml", "--format", "xml"],
        ["run", "x.yaml", "--set"],
        ["run", "x.yaml", "y.yaml"],
        ["run", "x.yaml", "two\nlines"],
        ["--version"],
    ],
)
def test_a_bad_call_is_refused_in_one_line(call, arguments):
    lines = refused(call(*arguments))
    assert len(lines) == 1
    assert lines[0].startswith("python -m simulator")
    assert lines[0].endswith("--help")


def test_help_is_no_error(call):
    code, out, err = call("run", "--help")
    assert (code, err) == (0, "")
    assert "--scenario" in out


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_file_with_three_faults_gives_three_lines(call, tmp_path, command):
    path = tmp_path / "x.yaml"
    text = text_with("years: 3", "years: 30").replace("payer: government", "payer: negara")
    path.write_text(text.replace("302400000", "302400000\n    months: 14"), encoding="utf-8")
    assert sorted(refused(call(command, path))) == [
        f"{path}: funders.apbd.months: 14 is more than 12",
        f"{path}: funders.apbd.payer: negara is not one of government, village, zakat, corporate, individual",
        f"{path}: years: 30 is more than 20",
    ]


# ---- check ----------------------------------------------------------------------------------------


def test_check_goes_through_all_files_and_tells_which_are_good(call, file, tmp_path):
    bad = tmp_path / "rusak.yaml"
    bad.write_text(text_with("years: 3", "years: 30"), encoding="utf-8")
    code, out, err = call("check", file, bad, tmp_path / "tidak-ada.yaml", file)
    assert code == 2
    assert out.splitlines() == [f"{file}: ok, Kabupaten Contoh, 1 scenarios"] * 2
    assert err.splitlines() == [
        f"{bad}: years: 30 is more than 20",
        f"{tmp_path / 'tidak-ada.yaml'}: there is no such file",
    ]


def test_check_of_good_files_gives_exit_code_zero(call, file):
    code, _, err = call("check", *FILES, file)
    assert (code, err) == (0, "")


def test_check_notes_a_reference_that_is_not_listed(call, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(text_with("500000", "{value: 500000, reference: sensus-1990}"), encoding="utf-8")
    code, out, _ = call("check", path)
    assert code == 0
    assert f"{path}: note: coverage_base.workers.reference: sensus-1990 is not in the list of references" in out


# ---- as a process ---------------------------------------------------------------------------------


def process(*arguments, cwd=ROOT, **more):
    """`python -m simulator` as users call it."""
    return subprocess.run(
        [sys.executable, "-m", "simulator", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        check=False,
        **more,
    )


def test_it_runs_from_another_folder_and_prints_utf_8(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(text_with("Kabupaten Contoh", "Kabupatén – Contoh"), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = process("run", path, cwd=tmp_path, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").startswith("Kabupatén – Contoh; scenario: as written")


def test_as_a_process_it_gives_the_same_exit_codes_and_no_traceback():
    done = process("run", "scenarios/tidak-ada.yaml")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == ["scenarios/tidak-ada.yaml: there is no such file"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_reader_that_stops_reading_gets_no_traceback():
    command = f'"{sys.executable}" -m simulator run scenarios/template.yaml --format json | head -c 10'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.stdout == b'{"region":'
    assert done.stderr == b""
