"""Changes to a region's tables: each gives new tables and leaves the old ones as they are."""

from collections.abc import Mapping
from typing import Any

from simulator import indonesian as fmt
from simulator.tables.layout import TABLE
from simulator.tables.names import names, with_codes
from simulator.tables.rows import Row, Tables, with_rows
from simulator.tables.split import split

_OWNERS = ("segments", "budgets", "sponsors")


def with_cell(tables: Tables, key: str, row: int, column: str, value: Any) -> dict[str, tuple[Row, ...]]:
    """One cell filled, or emptied by None or blank text. A row gets its code with its name, and keeps it."""
    rows = list(tables[key])
    rows[row] = rows[row].with_cell(column, value)
    return with_codes(with_rows(tables, key, tuple(rows)))


def with_detail(tables: Tables, key: str, row: int, column: str, part: str, value: Any) -> dict[str, tuple[Row, ...]]:
    """One detail of a number filled, or emptied by None or blank text."""
    rows = list(tables[key])
    rows[row] = rows[row].with_detail(column, part, value)
    return with_rows(tables, key, tuple(rows))


def with_row(tables: Tables, key: str, cells: Mapping[str, Any] | None = None) -> dict[str, tuple[Row, ...]]:
    """One more row at the end; a funder pays last."""
    cells = dict(cells or {})
    if key in ("budgets", "sponsors"):
        cells["order"] = 1 + max((_order(r) for k in ("budgets", "sponsors") for r in tables[k]), default=0)
    return with_codes(with_rows(tables, key, (*tables[key], Row(cells))))


def with_sources(tables: Tables, references: Mapping[str, Any]) -> dict[str, tuple[Row, ...]]:
    """The tables with these sources (plain data of a file's `references`) in their list, where they are not yet."""
    there = {r.cells.get("id") for r in tables["references"]}
    more = split({"references": {k: v for k, v in references.items() if k not in there}})["references"]
    return with_rows(tables, "references", (*tables["references"], *more))


def _order(row: Row) -> int:
    found = row.cells.get("order", 0)
    return found if isinstance(found, int) else 0


def without_row(tables: Tables, key: str, row: int) -> tuple[dict[str, tuple[Row, ...]], list[str]]:
    """The tables without a row, and without what hangs on it; what went with it, in Indonesian.

    With a group or funder go its places in funders' lists, what was paid for it and settings of scenarios and stress
    tests; with a scenario or stress test its settings; with a source its mentions.
    """
    gone = tables[key][row].cells.get("id")
    done = with_rows(tables, key, tuple(r for i, r in enumerate(tables[key]) if i != row))
    told: list[str] = []
    others = [r.cells.get("id") for r in done[key]]
    if gone is None or gone in others:
        return done, told
    if key in _OWNERS:
        done = _without_owner(done, str(gone), told)
    for owned, column, word in (("settings", "scenario", "setelan"), ("stress_settings", "test", "setelan")):
        if key == {"settings": "scenarios", "stress_settings": "stress_tests"}[owned]:
            done = _without(done, owned, lambda r, c=column: r.cells.get(c) == gone, word, told)
    if key == "references":
        done = _without_reference(done, str(gone), told)
    return done, told


def _without(tables: Tables, key: str, gone: Any, word: str, told: list[str]) -> dict[str, tuple[Row, ...]]:
    kept = tuple(r for r in tables[key] if not gone(r))
    if lost := len(tables[key]) - len(kept):
        told.append(f"{lost} baris {TABLE[key].title if word == '' else word}")
    return with_rows(tables, key, kept)


def _without_owner(tables: Tables, code: str, told: list[str]) -> dict[str, tuple[Row, ...]]:
    """Everything that names a group or funder taken away."""
    done = tables
    for key, columns in (("paid_before", ("funder", "segment")), ("by_year", ("funder",))):
        done = _without(done, key, lambda r, cs=columns: any(r.cells.get(c) == code for c in cs), "", told)
    losing = [r for k in ("budgets", "sponsors") for r in done[k] if code in (r.cells.get("segments") or ())]
    if losing:
        told.append(f"dari daftar Boleh membayari {fmt.listing([str(r.cells.get('name', '')) for r in losing])}")
    for key in ("budgets", "sponsors"):
        done = with_rows(done, key, tuple(_without_segment(r, code) for r in done[key]))
    for key, word in (("settings", "setelan skenario"), ("stress_settings", "setelan uji tekanan")):
        done = _without(done, key, lambda r: names_owner(str(r.cells.get("path", "")), code), word, told)
    if emptied := _emptied(tables, done):
        told.append(f"semua setelan skenario {fmt.listing(emptied)}, yang kini sama dengan kondisi berjalan")
    rows = []
    for row in done["settings"]:  # lists of groups that a scenario sets
        value = row.cells.get("value")
        if isinstance(value, (list, tuple)) and code in value:
            row = row.with_cell("value", [v for v in value if v != code])
        rows.append(row)
    return with_rows(done, "settings", tuple(rows))


def _emptied(before: Tables, after: Tables) -> list[str]:
    """Names of scenarios that lost their last setting."""
    had, have = ({r.cells.get("scenario") for r in t["settings"]} for t in (before, after))
    return [f"“{r.cells.get('name')}”" for r in before["scenarios"] if r.cells.get("id") in had - have]


def idle_scenarios(tables: Tables) -> list[int]:
    """Rows of scenarios that set nothing, but for the first one: they are all the same as today's policy."""
    set_ = {r.cells.get("scenario") for r in tables["settings"]}
    idle = [i for i, r in enumerate(tables["scenarios"]) if not r.blank and r.cells.get("id") not in set_]
    today = [i for i in idle if tables["scenarios"][i].cells.get("id") == "kondisi_berjalan"] or idle[:1]
    return [i for i in idle if i not in today]


def names_owner(path: str, code: str) -> bool:
    """Whether a lever's path is one of this group or funder: rentan.workers, apbd.paid_before.rentan."""
    return path.split(".")[0] == code or path.endswith(f".paid_before.{code}")


def _without_segment(row: Row, code: str) -> Row:
    listed = row.cells.get("segments")
    if isinstance(listed, (list, tuple)) and code in listed:
        return row.with_cell("segments", [s for s in listed if s != code] or None)
    return row


def _without_reference(tables: Tables, code: str, told: list[str]) -> dict[str, tuple[Row, ...]]:
    """Every mention of a source taken away."""
    done, lost = dict(tables), 0
    for key, rows in tables.items():
        kept = []
        for row in rows:
            before = row
            if row.cells.get("reference") == code:
                row = row.with_cell("reference", None)
            if code in (row.cells.get("references") or ()):
                row = row.with_cell("references", [v for v in row.cells["references"] if v != code] or None)
            for column, parts in row.details.items():
                if parts.get("reference") == code:
                    row = row.with_detail(column, "reference", None)
            lost += row is not before
            kept.append(row)
        done[key] = tuple(kept)
    if lost:
        told.append(f"penyebutannya di {lost} baris")
    return done


def moved(tables: Tables, key: str, row: int, by: int) -> dict[str, tuple[Row, ...]]:
    """A row moved up (−1) or down (+1); funders change their turn of paying with the neighbour in both tables."""
    if key in ("budgets", "sponsors"):
        return _moved_funder(tables, key, row, by)
    to = row + by
    if not 0 <= to < len(tables[key]):
        return dict(tables)
    rows = list(tables[key])
    rows[row], rows[to] = rows[to], rows[row]
    return with_rows(tables, key, tuple(rows))


def paying_order(tables: Tables) -> list[tuple[str, int]]:
    """(table, row) of every funder in the order in which they pay."""
    found = [(k, i) for k in ("budgets", "sponsors") for i in range(len(tables[k]))]
    return sorted(found, key=lambda at: _order(tables[at[0]][at[1]]) or 10**6)


def _moved_funder(tables: Tables, key: str, row: int, by: int) -> dict[str, tuple[Row, ...]]:
    order = paying_order(tables)
    at = order.index((key, row))
    to = at + by
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    done = dict(tables)
    for number, (k, i) in enumerate(order, 1):
        done = with_rows(done, k, tuple(r.with_cell("order", number) if j == i else r for j, r in enumerate(done[k])))
    for k in ("budgets", "sponsors"):  # the tables stand in the order of paying, too
        done = with_rows(done, k, tuple(sorted(done[k], key=_order)))
    return done


def without_dead_settings(tables: Tables, paths_known: set[str]) -> tuple[dict[str, tuple[Row, ...]], int]:
    """The tables without settings of parameters that the region no longer has, and how many they were."""
    done, lost = dict(tables), 0
    for key in ("settings", "stress_settings"):
        kept = tuple(r for r in tables[key] if str(r.cells.get("path", "")) in paths_known)
        lost += len(tables[key]) - len(kept)
        done[key] = kept
    return done, lost


def row_name(tables: Tables, key: str, row: int) -> str:
    """What a row is called: its name, code, or what it joins; its number where it has none of them."""
    cells = tables[key][row].cells
    if TABLE[key].form:
        return TABLE[key].title
    known = names(tables)
    if "funder" in cells and key in ("paid_before", "by_year"):
        funder = known["owner"].get(cells["funder"], cells["funder"])
        other = known["segment"].get(cells.get("segment"), cells.get("segment", cells.get("year", "")))
        return f"{funder} · {other}"
    for column in ("name", "title", "path", "id", "year"):
        if column in cells:
            return fmt.date_text(str(cells[column]))
    if "population" in cells:
        return str((TABLE[key].column("population").options or {}).get(cells["population"], cells["population"]))
    return f"baris {row + 1}"
