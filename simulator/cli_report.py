"""The command `report`: a memo, slides or a workbook of one setting, as a file."""

import argparse
import datetime
import os
import shlex
import tempfile
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
        tuple(setting(i, {}) for i in dict.fromkeys(args.compare)),
        args.year,
        link=_command(args),
        made=date_text(datetime.date.today().isoformat()),
    )
    _write(out, make(order, out.suffix.lower().removeprefix(".")))
    print(str(out).encode("utf-8", "replace").decode())
    return 0


def _faults(args: argparse.Namespace, region: Region, out: Path) -> list[Fault]:
    """What is wrong with the call, told before anything is worked out."""
    faults = []
    if out.suffix.lower() not in ENDINGS:
        problem = f"the name must end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        faults.append(Fault(f"--out {args.out}", "call", {"problem": problem}))
    elif problem := _place_fault(out):
        faults.append(Fault(f"--out {args.out}", "call", {"problem": problem}))
    if len(args.compare) > MOST:
        problem = f"at most {MOST} scenarios can be compared"
        faults.append(Fault("--compare", "call", {"problem": problem}))
    for scenario in filter(None, (args.scenario, *args.compare)):
        find_scenario(region, scenario)
    return faults


def _place_fault(out: Path) -> str:
    """Why nothing can be written there, empty where it can."""
    try:
        if out.is_dir():
            return "this is a folder; give a file's name"
        return "" if out.absolute().parent.is_dir() else "there is no such folder"
    except OSError as err:
        return f"this is no name for a file ({err.strerror})"


def _command(args: argparse.Namespace) -> str:
    """The command that runs the same again, for there is no address here."""
    words = ["python", "-m", "simulator", "run", args.file, *(["--scenario", args.scenario] if args.scenario else [])]
    return shlex.join([*words, *(part for text in args.settings for part in ("--set", text))])


def _write(out: Path, content: bytes) -> None:
    """Write whole or not at all, through links. Raises InputError where that cannot be."""
    out, part = out.resolve(), ""
    try:
        handle, part = tempfile.mkstemp(suffix=".part", dir=out.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, out)
    except OSError as err:
        if part:
            Path(part).unlink(missing_ok=True)
        problem = f"it could not be written ({err.strerror}); is it open in another program?"
        raise InputError([Fault(f"--out {out}", "call", {"problem": problem})]) from None


def _umask() -> int:
    """The rights that new files do not get."""
    now = os.umask(0)
    os.umask(now)
    return now
