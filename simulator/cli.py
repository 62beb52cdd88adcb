"""The command line: `python -m simulator run | solve | mix | risk | report | check`.

Exit 0 on success, 1 where the answer is "cannot be reached", 2 on bad input with one line a fault on standard error.
Never a traceback for bad input.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from simulator import cli_questions as questions
from simulator import cli_report
from simulator.cli_values import read_settings
from simulator.faults import InputError, one_line
from simulator.parameters import ParameterError
from simulator.projection import Projection, project
from simulator.region import load_region, plain_data
from simulator.rules import unlisted_references


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the call in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {one_line(message)}; see {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = _Parser(prog="python -m simulator", description="Coverage of a district's workers by funding choice.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="project a region month by month")
    _common(run)
    run.add_argument(
        "--format",
        choices=("table", "json", "csv"),
        default="table",
        help="table: a line a year; json: all; csv: a line a month",
    )
    questions.add(commands, _common)
    cli_report.add(commands, _common)
    check = commands.add_parser("check", help="say what is wrong with region files, scenarios included")
    check.add_argument("files", nargs="+", metavar="FILE")
    return top


def _common(command: argparse.ArgumentParser) -> None:
    """What every command on one region takes."""
    command.add_argument("file", metavar="FILE", help="a region file (YAML)")
    command.add_argument("--scenario", metavar="ID", help="a scenario of the file; default: the file as written")
    command.add_argument(
        "--set", action="append", default=[], dest="settings", metavar="PATH=VALUE", help="a lever, e.g. apbd.months=6"
    )


def table(p: Projection) -> str:
    """The run as text: a line a year, then the targets."""
    ids = p.region.funder_ids
    base = p.region.coverage_base
    head = ["year", "months", "insured", "coverage", "active", "average", "must_open", *(f"Rp {k}" for k in ids)]
    rows = [head]
    for y in p.records["yearly"]:
        shares = [f"{y[k]:.2%}" for k in ("coverage_end", "active_end", "coverage_average")]
        people = [f"{y['insured_end']:,.0f}", *shares, f"{y['must_uninsured']:,.0f}"]
        rows.append([str(y["year"]), str(y["months"]), *people, *(f"{y['cost'][k]:,.0f}" for k in ids)])
    widths = [max(len(r[i]) for r in rows) for i in range(len(head))]
    lines = ["  ".join(cell.rjust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    title = (
        f"{p.region.title}; scenario: {p.scenario or 'as written'}; % of {base.population} ({base.workers.value:,.0f})"
    )
    words = {True: "reached", False: "not reached", None: "cannot be told from this run"}
    targets = [
        f"target {int(t.year.value)}: {t.coverage.value:.2%} of {t.population or base.population}: "
        f"{words[p.target_reached(t)]}"
        for t in p.region.targets
    ]
    return "\n".join([title, *lines, *targets])


def _run(args: argparse.Namespace) -> int:
    p = project(load_region(args.file), args.scenario, read_settings(args.settings))
    if args.format == "json":
        print(json.dumps(p.to_json(), ensure_ascii=False, allow_nan=False))
    elif args.format == "csv":
        print(p.monthly.to_csv(index=False, lineterminator="\n"), end="")
    else:
        print(table(p))
    return 0


def _check(args: argparse.Namespace) -> int:
    status = 0
    for file in args.files:
        try:
            region = load_region(file)
        except InputError as err:
            print(err, file=sys.stderr)
            status = 2
        else:
            print(f"{file}: ok, {region.title}, {len(region.scenarios)} scenarios")
            for step in region._told:
                print(f"{file}: note: {step.english}")
            for path, name in unlisted_references(plain_data(region)):
                print(f"{file}: note: {path}: {name} is not in the list of references")
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles default to a code page
    args = parser().parse_args(argv)
    try:
        asked = {**questions.COMMANDS, "report": cli_report.report}
        if args.command in asked:
            status = asked[args.command](args, load_region(args.file), read_settings(args.settings))
        else:
            status = {"run": _run, "check": _check}[args.command](args)
        sys.stdout.flush()
    except (InputError, ParameterError) as err:
        print(err, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads us has seen enough: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status
