"""A region kept in one file, with what it came to, and opened again later.

The file is a region file like any other. Its key `saved` tells the day and the model, a fingerprint of the data, and
coverage and cost of every scenario and year as they were, so that a later model can say what has changed. No run reads
it.
"""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.decoding import decoded
from simulator.faults import Fault, InputError
from simulator.migrate import KEY, SCHEMA
from simulator.projection import project
from simulator.region import parse_region, plain_data, read_region
from simulator.schema import Region, SavedResult
from simulator.tables.cells import tidy
from simulator.version import MODEL_VERSION
from simulator.yaml_io import read_yaml, write_yaml

COVERAGE_ALIKE = 1e-9  # share of the base
COST_ALIKE = 0.5  # Rp

_HEAD = """\
# {title}: data daerah untuk simulator cakupan Jamsostek, disimpan {day} dengan model versi {model}.
#
# Cara membuka: jalankan simulator, buka halaman Data daerah, lalu pilih atau jatuhkan berkas ini di sana.
# Ubahlah angka di halaman itu, bukan di berkas ini. Bila terpaksa menyunting di sini: tulis angka tanpa titik ribuan,
# pecahan dengan titik (0.35 berarti 35%), dan hapus baris yang tidak ada nilainya.
# Bagian "saved" di bawah mencatat hasil hitungan ketika disimpan; simulator membandingkannya dengan hitungan baru.
"""


@dataclass(frozen=True)
class Result:
    """What a scenario came to in a year: coverage at its end and on average (shares of the base), Rp of all funders."""

    coverage_end: float
    coverage_average: float
    cost: float

    def like(self, other: "Result") -> bool:
        """Whether the two are the same but for rounding."""
        ends = abs(self.coverage_end - other.coverage_end), abs(self.coverage_average - other.coverage_average)
        return max(ends) <= COVERAGE_ALIKE and abs(self.cost - other.cost) <= COST_ALIKE


@dataclass(frozen=True)
class Row:
    """A result that is another one now. `scenario` is an id, None: the file as written; `name` is the scenario's."""

    scenario: str | None
    name: str
    year: int
    old: Result
    new: Result


@dataclass(frozen=True)
class Comparison:
    """The results in a file beside those of today's model.

    `stored`: whether the file has any; `compared` how many of them could be compared, `rows` those that differ.
    `edited`: the data are not those that were saved, so that differences may come from that. `gone` are scenarios and
    years that have a stored result and are no longer there. `told` is in Indonesian what was done to an older file.
    """

    stored: bool
    told: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    compared: int = 0
    edited: bool = False
    model: str = ""
    model_now: str = MODEL_VERSION
    on: str = ""
    gone: tuple[str, ...] = ()
    population: str = ""
    workers: float = 0.0

    @property
    def same(self) -> bool:
        """Whether all stored results hold."""
        return self.stored and not self.rows and not self.gone


@dataclass(frozen=True)
class Opening:
    """A file read: its region where it is sound, its plain data where it can be read at all (for mending), its faults,
    what was done to it (`told`, Indonesian), and what it came to then and now."""

    region: Region | None = None
    data: dict | None = None
    faults: tuple[Fault, ...] = ()
    told: tuple[str, ...] = ()
    comparison: Comparison | None = None


# ---- saving


def fingerprint(region: Region) -> str:
    """sha256, in hexadecimal, of the region's data: the same for the same numbers and texts, however written."""
    data = {k: v for k, v in plain_data(region).items() if k != KEY}
    text = json.dumps(_canonical(data), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _canonical(raw: Any) -> Any:
    """Plain data with keys as text and whole numbers written as such."""
    if isinstance(raw, Mapping):
        return {str(k): _canonical(v) for k, v in raw.items()}
    if isinstance(raw, (list, tuple)):
        return [_canonical(v) for v in raw]
    return int(raw) if isinstance(raw, float) and raw.is_integer() else raw


def results(region: Region) -> dict[tuple[str | None, int], Result]:
    """(scenario, year) → what it comes to, for the file as written (None) and every scenario of the region."""
    found = {}
    for scenario in (None, *(s.id for s in region.scenarios)):
        years = project(region, scenario).years
        for i, year in enumerate(years.years):
            ends = float(years.coverage_end[i, 0]), float(years.coverage_average[i, 0])
            found[scenario, year] = Result(*ends, float(years.cost[i, :, 0].sum()))
    return found


def to_file(region: Region, today: datetime.date) -> str:
    """The region as the text of a file that opens again as it is, with its results as of today."""
    data = {KEY: SCHEMA, **{k: _tidy(v) for k, v in plain_data(region).items() if k != KEY}}
    data["saved"] = {
        "model": MODEL_VERSION,
        "on": today.isoformat(),
        KEY: SCHEMA,
        "data": fingerprint(region),
        "results": [
            {
                **({"scenario": scenario} if scenario is not None else {}),
                "year": year,
                "coverage_end": r.coverage_end,
                "coverage_average": r.coverage_average,
                "cost": r.cost,
            }
            for (scenario, year), r in results(region).items()
        ],
    }
    title = " ".join(region.title.split())
    return _HEAD.format(title=title, day=today.isoformat(), model=MODEL_VERSION) + write_yaml(data)


def _tidy(raw: Any) -> Any:
    """Whole numbers without their point, as people write them; equal to what they were."""
    if isinstance(raw, dict):
        return {k: _tidy(v) for k, v in raw.items()}
    if isinstance(raw, list):
        return [_tidy(v) for v in raw]
    return tidy(raw) if isinstance(raw, float) else raw


# ---- opening


def differences(region: Region) -> Comparison:
    """The results that a file holds (`region.saved`) beside those of this model, all scenarios run anew."""
    told = tuple(step.told for step in region._told)
    saved, base = region.saved, region.coverage_base
    if saved is None:
        return Comparison(False, told)
    now = results(region)
    names = {s.id: s.name for s in region.scenarios} | {None: "Berkas apa adanya"}
    rows, gone = [], []
    for r in saved.results:
        old, new = _result(r), now.get((r.scenario, r.year))
        if new is None:
            gone.append(f"{names.get(r.scenario, r.scenario)} {r.year}")
        elif not old.like(new):
            rows.append(Row(r.scenario, names[r.scenario], r.year, old, new))
    return Comparison(
        True, told, tuple(rows), len(saved.results) - len(gone), saved.data != fingerprint(region),
        saved.model, MODEL_VERSION, saved.on, tuple(gone), base.population, base.workers.value,
    )  # fmt: skip


def _result(r: SavedResult) -> Result:
    return Result(r.coverage_end, r.coverage_average, r.cost)


def open_yaml(content: bytes, name: str) -> Opening:
    """The region file in these bytes; `name` is the file's, for its faults. Whatever the bytes, no exception."""
    text, faults = decoded(content, name)
    if text is None:
        return Opening(faults=tuple(faults))
    data, unread = read_yaml(text, name)
    if not isinstance(data, dict) and not unread:
        return Opening(faults=(Fault("", "empty_file" if data is None else "no_region", {}, name),))
    told: tuple[str, ...] = ()
    try:
        region = read_region(text, name)
    except InputError as err:
        if any(f.kind == "newer_schema" for f in err.faults) or not isinstance(data, dict):
            return Opening(faults=err.faults)
        rest = {k: v for k, v in data.items() if k != "saved"}
        if not all(_of_saved(f) for f in err.faults):
            return Opening(data=rest, faults=tuple(f for f in err.faults if not _of_saved(f)))
        region = parse_region(rest, name)
        told = ("Catatan hasil di dalam berkas ini tidak terbaca dan dilewati; datanya utuh.",)
    comparison = differences(region)
    return Opening(region, region._data, (), (*comparison.told, *told), comparison)


def _of_saved(fault: Fault) -> bool:
    return fault.path.partition(".")[0].partition("[")[0] == "saved"
