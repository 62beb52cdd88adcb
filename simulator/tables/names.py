"""Codes of a region's rows and what they are called."""

from collections.abc import Mapping
from typing import Any

from simulator.ids import slug, unique
from simulator.registry import OTHER_NAME, RESERVED_IDS
from simulator.tables.rows import Row, Tables, with_rows

_OWNERS = (("segments", "kelompok"), ("budgets", "sumber"), ("sponsors", "penanggung"))
_ALONE = (("references", "sumber_data"), ("scenarios", "skenario"), ("stress_tests", "uji"))


def with_codes(tables: Tables) -> dict[str, tuple[Row, ...]]:
    """The tables with a code in every row that needs one; those that are there stay."""
    done = dict(tables)
    groups = [_OWNERS, *([one] for one in _ALONE)]
    for group in groups:
        taken = {str(r.cells["id"]) for key, _ in group for r in done[key] if "id" in r.cells}
        taken |= RESERVED_IDS if group is _OWNERS else set()
        for key, word in group:
            rows = []
            for row in done[key]:
                if "id" not in row.cells and not row.blank:
                    name = row.cells.get("title" if key == "references" else "name", "")
                    code = unique(slug(name, word) or word, taken)
                    taken.add(code)
                    row = row.with_cell("id", code)
                rows.append(row)
            done = with_rows(done, key, tuple(rows))
    return done


def names(tables: Tables) -> dict[str, dict[str, str]]:
    """Codes and names that cells of a kind may hold: kind of column → code → name."""
    other = tables["other"][0].cells.get("name", OTHER_NAME)
    segments = {**_called(tables["segments"]), "other": str(other)}
    references = _called(tables["references"], "title")
    return {
        "segment": segments,
        "ids": segments,
        "owner": {**_called(tables["budgets"]), **_called(tables["sponsors"])},
        "reference": references,
        "references": references,
        "scenario": _called(tables["scenarios"]),
        "test": _called(tables["stress_tests"]),
    }


def _called(rows: tuple[Row, ...], column: str = "name") -> dict[str, str]:
    found: dict[str, Any] = {}
    for row in rows:
        if "id" in row.cells:
            found[str(row.cells["id"])] = str(row.cells.get(column, row.cells["id"]))
    return found


def path_names(tables: Tables) -> Mapping[str, str]:
    """Owner code → name, for a lever's path told in words."""
    known = names(tables)
    return {**known["segment"], **known["owner"]}
