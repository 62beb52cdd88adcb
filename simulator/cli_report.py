"""The command `report`: a memo, slides or a workbook of one setting, as a file."""

import argparse
import datetime
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.faults import Fault, InputError
from simulator.region import find_scenario
from simulator.schema import Region

ENDINGS = (".docx", ".pptx", ".xlsx")
MOST = 4


def add(commands: Any, common: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the command to the parser."""
    report = commands.add_parser("report", help="write a memo (.docx), slides (.pptx) or a workbook (.xlsx)")
    common(report)
    report.add_argument(
        "--compare",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help=f"scenarios to compare with, at most {MOST}; today's policy always stands beside",
    )
    report.add_argument("--year", type=int, metavar="YEAR", help="the year told; default: that of the last target")
    report.add_argument("--out", required=True, metavar="FILE", help="the ending tells what is written")


def report(args: argparse.Namespace, region: Region, changes: dict[str, Any]) -> int:
    """Write the document. Raises InputError for an unknown ending, scenario or year, and where it cannot be written."""
    out = Path(args.out)
    faults = _faults(args, region, out)
    if faults:
        raise InputError(faults)
    from reports.brief import Order, Setting
    from reports.make import make
    from simulator.indonesian import date_text

    def setting(scenario: str | None, settings: dict[str, Any]) -> Setting:
        name = find_scenario(region, scenario).name if scenario else "Kondisi berjalan"
        return Setting(f"{name} (diubah)" if settings else name, scenario, settings)

    order = Order(
        region,
        setting(args.scenario, changes),
        tuple(setting(i, {}) for i in args.compare),
        args.year,
        link=_command(args),
        made=date_text(datetime.date.today().isoformat()),
    )
    _write(out, make(order, out.suffix.lower().removeprefix(".")))
    print(out)
    return 0


def _faults(args: argparse.Namespace, region: Region, out: Path) -> list[Fault]:
    """What is wrong with the call, told before anything is worked out."""
    faults = []
    if out.suffix.lower() not in ENDINGS:
        problem = f"the name must end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        faults.append(Fault(f"--out {args.out}", "call", {"problem": problem}))
    elif out.is_dir() or not out.absolute().parent.is_dir():
        faults.append(Fault(f"--out {args.out}", "call", {"problem": "there is no such folder"}))
    if len(args.compare) > MOST:
        problem = f"at most {MOST} scenarios can be compared"
        faults.append(Fault("--compare", "call", {"problem": problem}))
    for scenario in filter(None, (args.scenario, *args.compare)):
        find_scenario(region, scenario)
    return faults


def _command(args: argparse.Namespace) -> str:
    """The command that runs the same again, for there is no address here."""
    words = ["python", "-m", "simulator", "run", args.file, *(["--scenario", args.scenario] if args.scenario else [])]
    return shlex.join([*words, *(part for text in args.settings for part in ("--set", text))])


def _write(out: Path, content: bytes) -> None:
    """Write whole or not at all. Raises InputError where that cannot be."""
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, out)
    except OSError as err:
        part.unlink(missing_ok=True)
        problem = f"it could not be written ({err.strerror}); is it open in another program?"
        raise InputError([Fault(f"--out {out}", "call", {"problem": problem})]) from None
