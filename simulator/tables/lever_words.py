"""Lever paths in words: apbd.by_year.2028.months as APBD Kabupaten · Bulan dibayar setahun 2028."""

from collections.abc import Mapping
from typing import Any

from simulator import paths
from simulator.tables.assemble import column_of
from simulator.tables.layout import SCALE, Column
from simulator.tables.names import path_names
from simulator.tables.rows import Tables

_GROUPS = {"assumptions": "Perilaku", "coverage_base": "Penyebut"}


def path_labels(tables: Tables, data: dict) -> dict[str, str]:
    """Path → words, for every lever that the region has and every path that its settings name."""
    owners = {**_GROUPS, **path_names(tables)}
    named = [str(r.cells["path"]) for key in ("settings", "stress_settings") for r in tables[key] if "path" in r.cells]
    found: dict[str, str] = {}
    for path in dict.fromkeys((*paths.known(data), *named)):
        words = _label(path, owners, data)
        found[path] = words if words not in found.values() else f"{words} ({path})"
    return found


def _label(path: str, owners: Mapping[str, str], data: dict) -> str:
    column, parts = column_of(path, data), path.split(".")
    if column is None:
        return path
    owner = owners.get(parts[0], "Daerah") if len(parts) > 1 else "Daerah"
    year = f" {parts[2]}" if len(parts) == 4 else ""
    whom = f" {owners.get(parts[2], parts[2])}" if len(parts) == 3 and parts[1] == "paid_before" else ""
    label = f"Sudah dibayari:{whom}" if whom else column.label
    return f"{owner} · {label}{year}"


def setting_column(cells: Mapping[str, Any], data: dict) -> Column | None:
    """The column by which a setting's value is read and written; None where its path is no lever."""
    if cells.get("how") == "scale":
        return SCALE
    return column_of(str(cells.get("path", "")), data)
