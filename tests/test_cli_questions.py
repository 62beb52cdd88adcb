"""`solve` and `mix` on the command line: what they print, with which exit code, and one line a fault."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from replay import Replay
from samples import data

ROOT = Path(__file__).parent.parent
SOLVED = ["lever", "value", "coverage", "reached"]
MIXED = ["set", "cost", "coverage", "coverage_average", "reached", "price_of_one_more_worker"]


def solve(call, file, *more, lever="apbd.annual_budget", coverage="0.21", year="2029"):
    return call("solve", file, "--lever", lever, "--coverage", coverage, "--year", year, *more)


def mix(call, file, *more, coverage="0.205", year="2029"):
    return call("mix", file, "--coverage", coverage, "--year", year, *more)


def answer(result):
    """The JSON of a call that went through; constants that are no JSON are refused."""

    def refuse(word):
        raise AssertionError(word)

    return json.loads(result[1], parse_constant=refuse)


# ---- solve ----------------------------------------------------------------------------------------


def test_solve_gives_json_with_exactly_the_keys_that_are_promised(call, file):
    result = solve(call, file, "--format", "json")
    found = answer(result)
    assert (result[0], result[2]) == (0, "")
    assert list(found) == SOLVED
    assert (found["lever"], found["reached"]) == ("apbd.annual_budget", True)
    replay = Replay(data(), 2029, "end", {"apbd.annual_budget": found["value"]})
    assert replay.coverage == pytest.approx(found["coverage"], abs=1e-9)
    assert 0 <= replay.coverage - 0.21 <= 1 / replay.base


@pytest.mark.parametrize("measure", ["end", "average", "active"])
def test_solve_is_by_the_measure_asked_for(call, file, measure):
    found = answer(solve(call, file, "--measure", measure, "--format", "json"))
    replay = Replay(data(), 2029, measure, {"apbd.annual_budget": found["value"]})
    assert replay.coverage == pytest.approx(0.21, abs=1 / replay.base)


def test_solve_with_a_scenario_and_settings(call, file):
    options = ("--scenario", "rentan_penuh", "--set", "assumptions.verification_yield=0.8", "--format", "json")
    found = answer(solve(call, file, *options, lever="asn.participation", coverage="0.23"))
    changes = {"assumptions.verification_yield": 0.8, "asn.participation": found["value"]}
    replay = Replay(data(), 2029, "end", changes, "rentan_penuh")
    assert replay.coverage == pytest.approx(found["coverage"], abs=1e-9)


def test_solve_that_cannot_be_reached_exits_with_1_and_gives_the_nearest(call, file):
    result = solve(call, file, "--format", "json", coverage="0.9")
    assert result[0] == 1
    found = answer(result)
    assert (list(found), found["reached"]) == (SOLVED, False)
    assert found["coverage"] == pytest.approx(Replay(data(), 2029, "end", {found["lever"]: found["value"]}).coverage)
    code, out, err = solve(call, file, coverage="0.9")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0].startswith("apbd.annual_budget = ")
    assert lines[2] == "cannot be reached; this is the nearest that can"
    assert len(lines) > 3 and all(line.startswith("- ") for line in lines[3:])
    assert not set("{}") & set(out)


def test_solve_prints_a_table_that_names_base_and_measure(call, file):
    code, out, err = solve(call, file)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("coverage 2029 (end): 21.0")
    assert lines[1].endswith("% of labour_force; target 21.00%")


def test_whole_number_levers_are_printed_whole(call, file):
    found = answer(solve(call, file, "--format", "json", lever="apbd.months", coverage="0.2"))
    assert isinstance(found["value"], int)


def test_a_note_says_when_year_end_and_average_are_apart(call, file):
    december = ("--set", "apbd.start_month=12", "--set", "apbd.months=1")
    for command in (solve, mix):
        more = ("--cap", "apbd=1e10") if command is mix else ()
        code, out, err = command(call, file, *december, *more, "--format", "json", coverage="0.225")
        assert code == 0
        assert answer((code, out, err))["reached"]
        assert len(err.splitlines()) == 1
        assert err.startswith("note: 22.5")
        assert "little protection" in err
    assert solve(call, file)[2] == ""


# ---- mix ------------------------------------------------------------------------------------------


def test_mix_gives_json_with_exactly_the_keys_that_are_promised(call, file):
    result = mix(call, file, "--format", "json")
    found = answer(result)
    assert (result[0], result[2]) == (0, "")
    assert list(found) == MIXED
    assert set(found["set"]) == {"apbd.annual_budget", "asn.participation"}
    assert list(found["cost"]) == ["apbd", "asn"]
    replay = Replay(data(), 2029, "end", found["set"])
    assert replay.coverage == pytest.approx(found["coverage"], abs=1e-9)
    assert replay.average == pytest.approx(found["coverage_average"], abs=1e-9)
    assert replay.cost == pytest.approx(found["cost"], rel=1e-9, abs=1)
    assert found["reached"] and found["coverage"] >= 0.205
    assert found["price_of_one_more_worker"] == pytest.approx(12 * 16_800, rel=1e-3)


def test_mix_obeys_caps(call, file):
    found = answer(mix(call, file, "--cap", "apbd=5e9", "--cap", "asn=0", "--format", "json", coverage="0.22"))
    assert found["reached"]
    assert found["set"]["asn.participation"] == 0
    assert 302_400_000 < found["set"]["apbd.annual_budget"] <= 5e9
    found = answer(mix(call, file, "--cap", "asn=0.1", "--format", "json", coverage="0.22"))
    assert not found["reached"]
    assert found["set"]["asn.participation"] == pytest.approx(0.1)
    assert found["price_of_one_more_worker"] is None


def test_mix_spares_the_funder_it_is_asked_to(call, file):
    default = answer(mix(call, file, "--cap", "apbd=5e9", "--format", "json"))
    apbd = answer(mix(call, file, "--cap", "apbd=5e9", "--minimise", "apbd", "--format", "json"))
    asn = answer(mix(call, file, "--cap", "apbd=5e9", "--minimise", "asn", "--format", "json"))
    assert apbd["cost"]["apbd"] == pytest.approx(0, abs=1)
    assert asn["cost"]["asn"] == pytest.approx(0, abs=1)
    assert sum(default["cost"].values()) <= min(sum(x["cost"].values()) for x in (apbd, asn)) * 1.001
    total = answer(mix(call, file, "--cap", "apbd=5e9", "--minimise", "total", "--format", "json"))
    assert total == default


def test_mix_for_a_total(call, file):
    result = call("mix", file, "--total", "1e9", "--year", "2029", "--cap", "apbd=5e9", "--format", "json")
    found = answer(result)
    assert result[0] == 0
    assert list(found) == MIXED
    assert sum(found["cost"].values()) == pytest.approx(1e9, rel=1e-3)
    assert sum(found["cost"].values()) <= 1e9 + 3
    code, out, _ = call("mix", file, "--total", "1e9", "--year", "2029")
    assert code == 0
    assert "target" not in out


def test_mix_with_duties_first_sets_the_order_of_segments(call, file):
    changed = ("--set", "apbd.segments=[rentan, perangkat]", "--cap", "apbd=5e9")
    found = answer(mix(call, file, *changed, "--must-first", "--format", "json"))
    assert found["set"]["apbd.segments"] == ["perangkat", "rentan"]
    code, out, _ = mix(call, file, *changed, "--must-first")
    assert code == 0
    assert "apbd.segments = perangkat, rentan" in out
    assert "apbd.segments" not in answer(mix(call, file, *changed, "--format", "json"))["set"]


def test_mix_that_keeps_drops_nobody(call, file):
    """1,500 of pekerja rentan are paid for by the APBD today; sponsors could take their place, or others'."""
    found = answer(mix(call, file, "--keep", "--minimise", "apbd", "--format", "json"))
    run = Replay(data(), 2029, "end", found["set"]).run
    last = [row for row in run["monthly"] if row["month"].startswith("2029")]
    growth = [1.0125 ** (t / 12) for t in range(24, 36)]
    paid = [sum(row["places"][k].get("rentan", 0) for k in ("apbd", "asn")) for row in last]
    assert all(people >= 1_500 * g - 1 for people, g in zip(paid, growth, strict=True))


def test_mix_that_cannot_be_reached_exits_with_1_and_says_why(call, file):
    code, out, err = mix(call, file, coverage="0.9")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    at = lines.index("cannot be reached; this is the nearest that can")
    assert len(lines) > at + 1 and all(line.startswith("- ") for line in lines[at + 1 :])
    code, out, _ = mix(call, file, "--format", "json", coverage="0.9")
    assert (code, json.loads(out)["reached"]) == (1, False)


def test_mix_prints_levers_costs_coverage_and_price(call, file):
    code, out, err = mix(call, file)
    assert (code, err) == (0, "")
    starts = ["apbd.annual_budget = ", "asn.participation = ", "cost 2029 apbd: Rp ", "cost 2029 asn: Rp "]
    starts += ["cost 2029 of all: Rp ", "coverage 2029 (end): 20.5", "one more worker: Rp "]
    lines = out.splitlines()
    assert [any(line.startswith(s) for line in lines) for s in starts] == [True] * len(starts)


# ---- refused --------------------------------------------------------------------------------------

S, M = ("solve", "--lever", "apbd.annual_budget"), ("mix",)
FAULTS = [
    ((*S, "--coverage", "0.2", "--year", "2040"), "{file}: year: 2040 is outside the simulated years 2027 to 2029"),
    ((*S, "--coverage", "20", "--year", "2029"), "{file}: coverage: 20 is not a share; write 0.35 for 35%"),
    ((*S, "--coverage", "nan", "--year", "2029"), "{file}: coverage: nan is not a share; write 0.35 for 35%"),
    ((*S, "--coverage", "-1", "--year", "2029"), "{file}: coverage: -1 is not a share; write 0.35 for 35%"),
    (
        ("solve", "--lever", "apbd.budget", "--coverage", "0.2", "--year", "2029"),
        "{file}: apbd.budget: is not a lever of this region",
    ),
    (
        ("solve", "--lever", "years", "--coverage", "0.2", "--year", "2029"),
        "{file}: years: is not a number that can be sought",
    ),
    ((*S, "--coverage", "0.2", "--year", "2029", "--scenario", "x"), "{file}: scenarios: x is not a scenario"),
    ((*S, "--coverage", "0.2", "--year", "2029", "--set", "apbd.months=14"), "{file}: funders.apbd.months: 14 is more"),
    ((*S, "--coverage", "0.2", "--year", "2029", "--set", "apbd.months"), "--set apbd.months: cannot be read"),
    ((*M, "--coverage", "0.2", "--year", "2040"), "{file}: year: 2040 is outside the simulated years 2027 to 2029"),
    ((*M, "--coverage", "2", "--year", "2029"), "{file}: coverage: 2 is not a share; write 0.35 for 35%"),
    ((*M, "--total", "-1", "--year", "2029"), "{file}: total: -1 is less than 0"),
    ((*M, "--total", "nan", "--year", "2029"), "{file}: total: nan is not a finite number"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--minimise", "abpd"), "{file}: minimise: abpd is not a funder"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--cap", "abpd=1"), "{file}: cap: abpd is not a funder of this file"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--cap", "apbd"), "--cap apbd: cannot be read: write it as FUNDER=RP"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--cap", "=1"), "--cap =1: cannot be read: write it as FUNDER=RP"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--cap", "apbd=banyak"), "--cap apbd=banyak: cannot be read"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--cap", "apbd=-5"), "{file}: cap apbd: -5 is less than 0"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--cap", "apbd=nan"), "{file}: cap apbd: nan is not a finite number"),
    ((*M, "--coverage", "0.2", "--year", "2029", "--cap", "asn=2"), "{file}: cap asn: 2 is more than 1"),
]


@pytest.mark.parametrize(("arguments", "line"), FAULTS, ids=[" ".join(f[0]) for f in FAULTS])
def test_a_bad_question_is_refused_in_one_line(call, file, arguments, line):
    command, *rest = arguments
    code, out, err = call(command, file, *rest)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith(line.format(file=file))


def test_a_cap_that_stands_twice_is_refused(call, file):
    code, out, err = mix(call, file, "--cap", "apbd=1", "--cap", "apbd=2")
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_all_faults_of_a_question_are_told(call, file):
    code, _, err = mix(call, file, "--cap", "a=1", "--cap", "b=2")
    assert (code, len(err.splitlines())) == (2, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["solve"],
        ["solve", "x.yaml"],
        ["solve", "x.yaml", "--lever", "covered"],
        ["solve", "x.yaml", "--lever", "covered", "--coverage", "much", "--year", "2029"],
        ["solve", "x.yaml", "--lever", "covered", "--coverage", "0.3", "--year", "next"],
        ["solve", "x.yaml", "--lever", "covered", "--coverage", "0.3", "--year", "2029", "--measure", "best"],
        ["solve", "x.yaml", "--lever", "covered", "--coverage", "0.3", "--year", "2029", "--format", "csv"],
        ["mix", "x.yaml", "--year", "2029"],
        ["mix", "x.yaml", "--coverage", "0.3"],
        ["mix", "x.yaml", "--coverage", "0.3", "--total", "1e9", "--year", "2029"],
        ["mix", "x.yaml", "--coverage", "0.3", "--year", "2029", "--bogus"],
    ],
)
def test_a_bad_call_is_refused_in_one_line(call, arguments):
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("python -m simulator") and err.endswith("--help\n")


def test_a_file_that_is_not_there_is_refused(call):
    for command in (solve, mix):
        code, out, err = command(call, "tidak-ada.yaml")
        assert (code, out, err) == (2, "", "tidak-ada.yaml: there is no such file\n")


def test_as_a_process_the_exit_codes_are_the_same():
    command = [sys.executable, "-m", "simulator", "mix", "scenarios/blora-2027.yaml", "--year", "2029"]
    for coverage, code in (("0.2", 0), ("0.99", 1), ("99", 2)):
        done = subprocess.run(
            [*command, "--coverage", coverage], cwd=ROOT, capture_output=True, timeout=120, check=False
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) == (1 if code == 2 else 0)
