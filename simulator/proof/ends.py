"""Every lever at both ends of its slider: legal in all results, or refused with a reason.

The settings that the file's rules allow are run together, one column each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic_core import PydanticCustomError

from simulator import arrays, paths
from simulator import indonesian as fmt
from simulator.engine import run_months
from simulator.faults import Fault, InputError
from simulator.levers import Lever, levers
from simulator.proof.laws import LEGAL, Law, Runs, broken
from simulator.region import plain_data
from simulator.rules import check_all
from simulator.schema import Region, check_limits
from simulator.years import summarise

_WORDS = {  # rules that join fields, for one who has not read the file format
    "covered_over_workers": "yang terlindungi ({value}) menjadi lebih banyak daripada pekerjanya ({limit})",
    "paid_over_covered": "yang sudah dibayari ({value}) menjadi lebih banyak daripada yang terlindungi ({limit})",
    "residual_workers": "jumlah pekerja semua kelompok melebihi penyebut cakupan sebanyak {excess} orang",
    "residual_covered": "yang terlindungi di semua kelompok melebihi seluruh yang terlindungi sebanyak {excess} orang",
    "past_december": "{months} bulan mulai bulan ke-{start} melewati Desember",
}
_ENGINE = "ditolak mesin hitung walaupun lolos aturan berkas"


@dataclass(frozen=True)
class End:
    """A lever at one end: `reason` why it is refused, or the laws that its run breaks and its last year's coverage."""

    lever: Lever
    value: float
    reason: str | None = None
    broken: tuple[str, ...] = ()
    coverage: float | None = None


def lever_ends(region: Region, laws: tuple[Law, ...] = LEGAL) -> list[End]:
    """Every lever of a configured region at its slider's minimum and maximum, in the order of the levers."""
    known = levers(region)
    data = {k: v for k, v in (region._data or plain_data(region)).items() if k not in ("scenarios", "references")}
    asked = [(x, value) for x in known for value in dict.fromkeys((x.minimum, x.maximum))]
    reasons = [refusal(region, data, x, value) for x, value in asked]
    allowed = [pair for pair, reason in zip(asked, reasons, strict=True) if reason is None]
    results = iter(_run(region, known, allowed, laws))
    return [
        next(results) if reason is None else End(x, value, reason)
        for (x, value), reason in zip(asked, reasons, strict=True)
    ]


def refusal(region: Region, data: dict, x: Lever, value: float) -> str | None:
    """Why a setting may not be made, in Indonesian; None where it may. `data`: the region's plain data."""
    try:
        check_limits(value, x.field)
    except PydanticCustomError as err:
        return Fault(x.path, err.type, err.context or {}).reason()
    changed, faults = paths.apply(data, {x.path: value})
    told = [_sentence(region, fault, x.group) for fault in faults or check_all(changed)]
    return "; ".join(dict.fromkeys(told)) or None


def _sentence(region: Region, fault: Fault, group: str) -> str:
    """A broken rule in plain words, and whose where that is not the lever's own `group`."""
    owner = paths.as_lever(fault.path).split(".")[0]
    names = {s.id: s.name for s in region.segments} | {f.id: f.name for f in region.funders}
    names["other"] = region.other.name
    words = _WORDS.get(fault.kind)
    facts = {k: fmt.count(v) if isinstance(v, (int, float)) else v for k, v in fault.facts.items()}
    told = words.format(**facts) if words else fault.reason()
    return f"{names[owner]}: {told}" if owner in names and owner != group else told


def columns(region: Region, known: list[Lever], settings: list[tuple[Lever, float]]) -> dict[str, np.ndarray]:
    """Path → one value a setting: its own lever at the setting's value, all the others as the region has them."""
    general = "assumptions.verification_yield"
    found: dict[str, np.ndarray] = {}
    for x in sorted(known, key=lambda x: x.path != general):
        column = np.full(len(settings), np.inf if x.value is None else float(x.value))
        if _follows(region, x.path):
            column = found[general].copy()
        for i, (lever, value) in enumerate(settings):
            if lever.path == x.path:
                column[i] = value
        found[x.path] = column
    return found


def _follows(region: Region, path: str) -> bool:
    """Whether a group's yield of checks is not given, so that it goes with the general one."""
    owner, _, name = path.partition(".")
    found = next((s for s in (*region.segments, region.other) if getattr(s, "id", "other") == owner), None)
    if name != "verification_yield" or found is None:
        return False
    return found.verification_yield is None and getattr(found, "duty", "may") != "must"


def _run(region: Region, known: list[Lever], settings: list, laws: tuple[Law, ...]) -> list[End]:
    """The settings, run together; where the engine refuses one of them, halved until it stands alone."""
    if not settings:
        return []
    try:
        runs = batch(region, columns(region, known, settings))
    except InputError:
        if len(settings) == 1:
            return [End(*settings[0], broken=(_ENGINE,))]
        half = len(settings) // 2
        return [e for part in (settings[:half], settings[half:]) for e in _run(region, known, part, laws)]
    coverage = np.broadcast_to(runs.years.coverage_end[-1], (len(settings),))
    told = broken(runs, laws)
    return [End(x, v, None, told[i], float(coverage[i])) for i, (x, v) in enumerate(settings)]


def batch(region: Region, values: Mapping[str, Any]) -> Runs:
    """All columns of a configured region in one pass over the months, with detail. Raises InputError."""
    a = arrays.build(region, values)
    m = run_months(a, a.n, detail=True)
    return Runs(a, m, summarise(a, m))
