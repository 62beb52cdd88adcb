"""The commands that ask a question: `solve` (one lever), `mix` (all funders) and `risk` (how sure).

`solve` and `mix` exit 0 where the target is reached, 1 where it cannot be: the nearest that can stands in the answer.
"""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from simulator.cli_values import read_caps
from simulator.questions import measure as measures
from simulator.schema import Region


def add(commands: Any, common: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands to the parser."""
    solve = commands.add_parser("solve", help="find the setting of one lever that reaches a coverage")
    common(solve)
    solve.add_argument("--lever", required=True, metavar="PATH", help="the lever to set, e.g. apbd.annual_budget")
    _target(solve)
    solve.add_argument("--coverage", required=True, type=float, metavar="SHARE", help="the target, e.g. 0.35 for 35%%")
    mix = commands.add_parser("mix", help="find the cheapest mix of funders that reaches a coverage")
    common(mix)
    _target(mix)
    goal = mix.add_mutually_exclusive_group(required=True)
    goal.add_argument("--coverage", type=float, metavar="SHARE", help="the target, e.g. 0.35 for 35%%")
    goal.add_argument("--total", type=float, metavar="RP", help="instead: the most coverage for so much a year")
    mix.add_argument("--minimise", default="total", metavar="total|FUNDER", help="whose money is to be spared")
    mix.add_argument(
        "--cap",
        action="append",
        default=[],
        dest="caps",
        metavar="FUNDER=RP",
        help="a funder's limit: Rp a year, or the share of sponsors; default: the file's budget, and 1",
    )
    mix.add_argument("--must-first", action="store_true", help="cover workers of duty `must` first")
    mix.add_argument("--keep", action="store_true", help="drop nobody who is paid for today")
    risk = commands.add_parser("risk", help="say how sure the coverage is: bands and the chance of the targets")
    common(risk)
    risk.add_argument("--draws", type=int, default=1024, metavar="N", help="draws of all numbers with a range")
    risk.add_argument("--format", choices=("table", "json"), default="table")


def _target(command: argparse.ArgumentParser) -> None:
    command.add_argument("--year", required=True, type=int, metavar="YEAR", help="the year of the target")
    command.add_argument("--measure", choices=tuple(measures.MEASURES), default=measures.END, help="default: end")
    command.add_argument("--format", choices=("table", "json"), default="table")


def solve(args: argparse.Namespace, region: Region, changes: dict[str, Any]) -> int:
    """Print the setting found."""
    from simulator.questions.goal import seek

    goal = seek(region, args.lever, args.coverage, args.year, args.measure, args.scenario, changes)
    if args.format == "json":
        answer = {"lever": goal.lever, "value": goal.value, "coverage": goal.coverage, "reached": goal.reached}
        print(json.dumps(answer, allow_nan=False))
    else:
        base = goal.run.region.coverage_base.population
        print(f"{goal.lever} = {_number(goal.value)}")
        print(f"coverage {args.year} ({args.measure}): {goal.coverage:.4%} of {base}; target {args.coverage:.2%}")
        if not goal.reached:
            print("cannot be reached; this is the nearest that can")
            for limit in goal.limits:
                print(f"- {limit.english()}")
    _say_apart(goal.apart, goal.end, goal.average)
    return 0 if goal.reached else 1


def mix(args: argparse.Namespace, region: Region, changes: dict[str, Any]) -> int:
    """Print the mix found."""
    from simulator.questions import mix as mixes

    options = {
        "measure": args.measure,
        "minimise": args.minimise,
        "caps": read_caps(args.caps),
        "scenario": args.scenario,
        "changes": changes,
        "must_first": args.must_first,
        "keep": args.keep,
    }
    if args.coverage is not None:
        found = mixes.cheapest(region, args.coverage, args.year, **options)
    else:
        found = mixes.most(region, args.total, args.year, **options)
    if args.format == "json":
        answer = {
            "set": dict(found.set),
            "cost": dict(found.cost),
            "coverage": found.coverage,
            "coverage_average": found.average,
            "reached": found.reached,
            "price_of_one_more_worker": found.price,
        }
        print(json.dumps(answer, allow_nan=False))
    else:
        _print_mix(args, found)
    _say_apart(found.apart, found.end, found.average)
    return 0 if found.reached else 1


def _print_mix(args: argparse.Namespace, found: Any) -> None:
    base = found.run.region.coverage_base.population
    for path, value in found.set.items():
        print(f"{path} = {_number(value) if isinstance(value, (int, float)) else ', '.join(value)}")
    for funder, cost in found.cost.items():
        print(f"cost {args.year} {funder}: Rp {cost:,.0f}")
    print(f"cost {args.year} of all: Rp {sum(found.cost.values()):,.0f}")
    target = f"; target {args.coverage:.2%}" if args.coverage is not None else ""
    print(f"coverage {args.year} ({args.measure}): {found.coverage:.4%} of {base}{target}")
    if found.price is not None:
        print(f"one more worker: Rp {found.price:,.0f} a year")
    if found.how != "exact":
        print(
            f"the linear programme alone: {found.programme_people:,.0f} workers for Rp {found.programme_cost:,.0f};"
            f" the run: {found.people:,.0f} for Rp {found.objective_cost:,.0f}"
        )
    if not found.reached:
        print("cannot be reached; this is the nearest that can")
        for limit in found.limits:
            print(f"- {limit.english()}")


def risk(args: argparse.Namespace, region: Region, changes: dict[str, Any]) -> int:
    """Print bands of coverage at every year's end and the chance of its target."""
    from simulator.questions import risk as risks

    found = risks.risk(region, args.scenario, changes, args.draws)
    answer = risks.to_json(found)
    if args.format == "json":
        print(json.dumps(answer, allow_nan=False))
        return 0
    base = found.run.region.coverage_base.population
    drawn = len(found.ranges)
    print(f"coverage at year's end, % of {base}; {answer['draws']} draws of {drawn} numbers with a range")
    print("year      p10      p50      p90   likely   chance of target")
    for row in answer["yearly"]:
        shares = "  ".join(f"{row['coverage_end'][k]:7.2%}" for k in ("p10", "p50", "p90", "value"))
        chance = row["probability_of_target"]
        print(f"{row['year']}  {shares}   {'-' if chance is None else f'{chance:.0%}'}")
    return 0


def _say_apart(apart: bool, end: float, average: float) -> None:
    """Year's end and average that differ by more than a point; on standard error, beside the answer."""
    if apart:
        print(
            f"note: {end:.2%} at year's end, {average:.2%} on average over the year:"
            " payment for a few months buys a year-end figure and little protection",
            file=sys.stderr,
        )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.6g}"


COMMANDS = {"solve": solve, "mix": mix, "risk": risk}
