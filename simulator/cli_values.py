"""NAME=VALUE texts of the command line: `--set PATH=VALUE`, `--cap FUNDER=RP`."""

from collections.abc import Callable, Sequence
from typing import Any

from simulator.faults import Fault, InputError
from simulator.yaml_io import read_yaml


def read_settings(texts: Sequence[str]) -> dict[str, Any]:
    """`PATH=VALUE` texts as {path: value}; values are read as YAML, so 9e8 is a number."""
    return _pairs(texts, "--set", "PATH=VALUE", lambda path, value: read_yaml(value, f"--set {path}"))


def read_caps(texts: Sequence[str]) -> dict[str, float]:
    """`FUNDER=RP` texts as {funder: limit}."""

    def number(funder: str, value: str) -> tuple[float | None, list[Fault]]:
        try:
            return float(value), []
        except ValueError:
            return None, [Fault(f"--cap {funder}={value}", "unreadable", {"problem": "write it as FUNDER=RP"})]

    return _pairs(texts, "--cap", "FUNDER=RP", number)


def _pairs(
    texts: Sequence[str], option: str, form: str, read: Callable[[str, str], tuple[Any, list[Fault]]]
) -> dict[str, Any]:
    """Every text parted and its value read. Raises InputError with all that is wrong."""
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            faults.append(Fault(f"{option} {text}", "unreadable", {"problem": f"write it as {form}"}))
            continue
        data, problems = read(name, value)
        faults += problems
        if name in found:
            faults.append(Fault(f"{option} {name}", "duplicate_item", {"value": name}))
        found[name] = data
    if faults:
        raise InputError(faults)
    return found
