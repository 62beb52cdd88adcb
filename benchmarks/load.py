"""How much of the processor other programs take: on Linux only, elsewhere always nothing."""

import os
import time
from pathlib import Path

PROC = Path("/proc")


class ForeignLoad:
    """Cores kept busy, since the object was made, by programs that this process did not start."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._before = _foreign_seconds()

    def cores(self) -> float:
        passed = time.perf_counter() - self._start
        return max(0.0, _foreign_seconds() - self._before) / passed


def _foreign_seconds() -> float:
    """Return the processor time of everything on this computer but this process and its children."""
    try:
        busy = sum(int(part) for part in _fields(PROC / "stat")[1:9]) - sum(_idle_ticks())
        own = sum(_own_ticks().values())
    except (OSError, ValueError, IndexError):
        return 0.0
    return (busy - own) / os.sysconf("SC_CLK_TCK")


def _fields(path: Path) -> list[str]:
    return path.read_text().split("\n", 1)[0].split()


def _idle_ticks() -> list[int]:
    return [int(part) for part in _fields(PROC / "stat")[4:6]]


def _own_ticks() -> dict[int, int]:
    """Return the processor time in ticks of this process and all that come from it."""
    parents, ticks = {}, {}
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            state = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:  # it ended meanwhile
            continue
        pid = int(folder.name)
        parents[pid] = int(state[1])
        ticks[pid] = sum(int(part) for part in state[11:15])  # with those of children that ended
    return {pid: count for pid, count in ticks.items() if _descends(pid, parents)}


def _descends(pid: int, parents: dict[int, int]) -> bool:
    while pid and pid != os.getpid():
        pid = parents.get(pid, 0)
    return bool(pid)
