"""Stress tests as a region file holds them: new values (`set`), factors on present values (`scale`), members lost.

`stress_tests: [{id: apbd_separuh, name: APBD tinggal separuh, scale: {apbd.annual_budget: 0.5}}]`
"""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator import paths
from simulator.faults import Fault
from simulator.levers import numbers
from simulator.registry import FIELDS
from simulator.rules import amount, mapping
from simulator.schema import Region

BUILT_IN = (  # ids of simulator.stress, which a file's tests may not take
    "dbhcht_turun", "dbhcht_anjlok", "apbd_berhenti", "mulai_oktober", "asn_realisasi", "verval_rendah",
    "peserta_hilang", "semua",
)  # fmt: skip
DIGITS = 6  # a product of floats keeps no more than a millionth: 457228800 · 0.6 is 274337280


def faults(data: dict, test: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with a test's paths in a region's plain data, each place told from the test on (`set.x.y`)."""
    settings, scale = mapping(test.get("set")), mapping(test.get("scale"))
    if test.get("id") in BUILT_IN:
        yield Fault("id", "reserved_id", {"value": test["id"]})
    for f in paths.apply(data, settings)[1]:
        yield Fault(f"set.{f.path}", f.kind, f.facts)
    for path in scale:
        if paths.locate(data, path) is None:
            yield Fault(f"scale.{path}", "unknown_path", {"guess": paths.guess(data, path)})
        elif not may_scale(data, path):
            yield Fault(f"scale.{path}", "not_scaled")
        elif path in settings:
            yield Fault(f"scale.{path}", "set_and_scaled")
    if not settings and not scale and not test.get("members_lost"):
        yield Fault("", "no_change")


def may_scale(data: dict, path: str) -> bool:
    """Whether a percentage may be put on what stands at a path: a number that need not be whole."""
    key = paths.field_key(path, data)
    return key is not None and not FIELDS[key].whole


def present(region: Region) -> dict[str, float | None]:
    """What holds now at every number's path, defaults included; None where there is no limit."""
    return {n.path: n.quantity.value if n.quantity else None for n in numbers(region)}


def settings_of(region: Region, test: Mapping[str, Any]) -> dict[str, Any]:
    """What a test sets in a region as configured: `set` as written, and present value · factor for each of `scale`.

    A single year's number that this setting of the region has not got stays away.
    """
    scale = mapping(test.get("scale"))
    now = present(region) if scale else {}
    found = dict(mapping(test.get("set")))
    for path, factor in scale.items():
        value = now[path] if path in now else amount(paths.read(region._data, path))
        if value is not None:
            found[path] = scaled(value, factor)
    return found


def scaled(value: float, factor: float) -> float:
    """value · factor, without the last digits' noise."""
    return round(value * factor, DIGITS)
