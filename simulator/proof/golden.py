"""Golden results: what every preset of every shipped region gave, compared with what it gives now.

A golden file holds {"columns": [names], "runs": {preset: [a row of numbers a year]}} and, from the first rewriting on,
the model's "version" that wrote it; `changes.yaml` beside the files says which version changed numbers, and why.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.catalogue import FOLDER as SCENARIOS
from simulator.faults import InputError
from simulator.projection import project, yearly_records
from simulator.region import load_region
from simulator.schema import Region
from simulator.version import MODEL_VERSION
from simulator.yaml_io import read_yaml

GOLDEN = SCENARIOS.parent / "tests" / "golden"
AS_WRITTEN = "as written"
ALL = "all"
RUPIAH = {"cost", "available", "unspent", "not_absorbed", "jkm"}
DIGITS = 10  # significant; enough to see any real change, too few to see a processor's last bit
RELATIVE = 1e-8  # golden figures have ten digits
UNREADABLE = "tidak terbaca"

Key = tuple[str, float, str]  # preset, year, figure
Load = Callable[[Path], Region]


class RecordError(ValueError):
    """The record of changes cannot be read; the message is Indonesian."""


@dataclass(frozen=True)
class Difference:
    """A figure that is not what it was; None where it was not, or is no more."""

    preset: str
    year: float
    figure: str
    before: float | None
    now: float | None


@dataclass(frozen=True)
class Change:
    """An entry of the record: a version that changed the numbers of some regions (or "all"), when, and why."""

    version: str
    date: str
    regions: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Compared:
    """A region beside its golden results. `largest`: the greatest relative deviation of a figure that both have.

    `fault`: why it could not be compared, in Indonesian. `reasons`: what the record says of the differences.
    """

    region: str
    version: str | None = None
    presets: int = 0
    figures: int = 0
    largest: float = 0.0
    differences: tuple[Difference, ...] = ()
    reasons: tuple[str, ...] = ()
    fault: str | None = None

    @property
    def unexplained(self) -> bool:
        """Whether figures have changed and the record does not say why."""
        return bool(self.differences) and not self.reasons


# --- what a region gives now ---------------------------------------------------------------------------------


def files(folder: Path = SCENARIOS) -> list[Path]:
    """All region files of a folder, the template too."""
    return sorted(folder.glob("*.yaml"))


def flat(row: dict, prefix: str = "") -> dict[str, float]:
    """{"cost.apbd": 5} of {"cost": {"apbd": 5}}."""
    found = {}
    for key, value in row.items():
        found.update(flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value})
    return found


def dust(column: str) -> float:
    """What is nothing in this column: sums of billions of rupiah leave a hundredth, people and shares far less."""
    return 0.01 if column.split(".")[0] in RUPIAH else 1e-8


def rounded(number: float, column: str) -> float:
    """A number with ten significant digits, 0 where it is but rounding."""
    short = float(f"{number:.{DIGITS}g}")
    return 0 if abs(short) < dust(column) else int(short) if short.is_integer() else short


def runs(path: Path, load: Load = load_region) -> dict[str, Any]:
    """Columns and runs of a region file as it is now, read by `load`. Raises InputError."""
    region = load(path)
    presets = [None, *(s.id for s in region.scenarios)]
    rows = {preset or AS_WRITTEN: [flat(y) for y in yearly_records(project(region, preset))] for preset in presets}
    columns = list(rows[AS_WRITTEN][0])
    return {
        "columns": columns,
        "runs": {preset: [[rounded(year[c], c) for c in columns] for year in years] for preset, years in rows.items()},
    }


# --- comparing ------------------------------------------------------------------------------------------------


def by_figure(found: dict) -> dict[Key, float]:
    """{(preset, year, figure): number}."""
    year = found["columns"].index("year")
    return {
        (preset, row[year], name): number
        for preset, rows in found["runs"].items()
        for row in rows
        for name, number in zip(found["columns"], row, strict=True)
    }


def differences(before: dict[Key, float], now: dict[Key, float]) -> list[Difference]:
    """What has changed between two results by figure; a last digit's rounding is no change."""
    found = []
    for key in [*before, *(key for key in now if key not in before)]:
        old, new = before.get(key), now.get(key)
        if old is None or new is None or not math.isclose(old, new, rel_tol=RELATIVE, abs_tol=dust(key[2])):
            found.append(Difference(*key, old, new))
    return found


def largest_deviation(before: dict[Key, float], now: dict[Key, float]) -> float:
    """The greatest |now − before| / |before| of figures that both have; dust counts as nothing."""
    pairs = ((abs(now[k] - old), abs(old), dust(k[2])) for k, old in before.items() if k in now)
    return max((gap / max(size, speck) for gap, size, speck in pairs if gap > speck), default=0.0)


def compare(path: Path, folder: Path = GOLDEN, record: tuple[Change, ...] = (), load: Load = load_region) -> Compared:
    """A region file beside its golden results in `folder`; `record` as `record_of` reads it."""
    stored = folder / f"{path.stem}.json"
    if not stored.exists():
        return Compared(path.stem, fault="belum ada hasil baku untuk daerah ini")
    try:
        golden = json.loads(stored.read_text(encoding="utf-8"))
        before = by_figure(golden)
    except (OSError, ValueError, KeyError, TypeError):
        return Compared(path.stem, fault=f"berkas hasil baku {UNREADABLE}")
    try:
        found = runs(path, load)
    except InputError as err:
        return Compared(path.stem, fault=f"berkas daerah tidak dapat dipakai: {err.faults[0].reason()}")
    now = by_figure(found)
    told = tuple(differences(before, now))
    version = golden.get("version") or (record[0].version if record else None)
    return Compared(
        path.stem, version, len(found["runs"]), len(before.keys() | now.keys()), largest_deviation(before, now), told,
        explained(path.stem, version, record) if told else (),
    )  # fmt: skip


# --- the record of changes -------------------------------------------------------------------------------------


def record_of(folder: Path = GOLDEN) -> tuple[Change, ...]:
    """The entries of `changes.yaml`, oldest first; none where there is no such file. Raises RecordError."""
    path = folder / "changes.yaml"
    if not path.exists():
        return ()
    data, faults = read_yaml(path.read_text(encoding="utf-8"), path.name)
    if faults or not isinstance(data, dict) or not isinstance(data.get("changes"), list):
        raise RecordError(f"{path.name} tidak terbaca sebagai daftar changes")
    return tuple(_change(entry, i, path.name) for i, entry in enumerate(data["changes"], 1))


def _change(entry: Any, number: int, source: str) -> Change:
    named = entry if isinstance(entry, dict) else {}
    regions = [named.get("regions")] if named.get("regions") == ALL else named.get("regions")
    texts = [named.get(key) for key in ("version", "date", "why")]
    if not isinstance(regions, list) or not regions or not all(isinstance(t, str) and t for t in [*texts, *regions]):
        raise RecordError(
            f"{source}, catatan ke-{number}: version, date, dan why harus teks; regions harus all atau daftar daerah"
        )
    return Change(texts[0], texts[1], tuple(regions), texts[2])


def explained(region: str, stored: str | None, record: tuple[Change, ...], now: str = MODEL_VERSION) -> tuple[str, ...]:
    """Why this version's figures differ from those of the stored one; empty where the record does not say.

    Results of the same version must be the same: an entry about it was written together with the stored figures.
    """
    if stored == now:
        return ()
    return tuple(c.why for c in record if c.version == now and (ALL in c.regions or region in c.regions))
