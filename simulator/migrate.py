"""Older region files: brought up to the present format, step by step, each change told.

`SCHEMA` is the format that this simulator reads and writes (the file's key `schema`; absent: 1). When the format
changes, add one to `SCHEMA` and a step from the former number to `STEPS`; a file of any age then goes through all the
steps it needs. There has been one format so far, so there are no steps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from simulator.faults import Fault, InputError

SCHEMA = 1
KEY = "schema"


@dataclass(frozen=True)
class Step:
    """From one format to the next: `change` returns new plain data and leaves the old as they are.

    `told` says in Indonesian what was changed, `english` the same for the command line.
    """

    change: Callable[[dict], dict]
    told: str
    english: str


STEPS: Mapping[int, Step] = MappingProxyType({})


def migrate(data: dict, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA) -> tuple[dict, list[Step]]:
    """Plain data in the newest format, and the steps that brought them there.

    Data of the newest format come back as they are. Raises InputError for a format that is newer or no number.
    """
    version = version_of(data, newest)
    done = []
    for older in range(version, newest):
        step = steps[older]
        data = {**step.change(data), KEY: older + 1}
        done.append(step)
    return data, done


def version_of(data: dict, newest: int = SCHEMA) -> int:
    """The format of plain data: a whole number from 1 to the newest. Raises InputError for anything else."""
    found: Any = data.get(KEY, 1)
    if found is None:
        raise InputError([Fault(KEY, "blank")])
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        raise InputError([Fault(KEY, "bad_schema", {"value": found, "limit": newest})])
    if found > newest:
        raise InputError([Fault(KEY, "newer_schema", {"value": found, "limit": newest})])
    return found
