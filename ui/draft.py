"""The region that is being built: its tables, what was done to them, and what is wrong with them.

One draft is open at a time in a session. A draft without faults is the region that the simulator runs; with faults
the simulator keeps the last one that had none. Each change is a step that can be undone; nothing typed is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from simulator import InputError
from simulator.tables.assemble import Checked, Place, Problem, check
from simulator.tables.edit import row_name
from simulator.tables.layout import DETAILS, TABLE
from simulator.tables.rows import Row, Tables, from_text, to_text
from simulator.tables.split import split
from ui import own, regions, state

MOST_STEPS = 100
STEP = "langkah_data"  # the session's key of the step that is shown
_OPEN, _NOTICES = "draf", "draf_catatan"


@dataclass(frozen=True)
class Draft:
    """An own region under construction. `past` and `future` are (what was done, tables), the nearest one last.

    `found_at` says where a cell stood in the file that was read in, `told` what that file said of a cell that its
    text alone does not say; both hold until the rows of their table move.
    """

    name: str
    tables: Mapping[str, tuple[Row, ...]]
    past: tuple[tuple[str, Tables], ...] = ()
    future: tuple[tuple[str, Tables], ...] = ()
    found_at: Mapping[Place, str] = field(default_factory=dict)
    told: Mapping[Place, str] = field(default_factory=dict)
    checked: Checked | None = None

    @property
    def title(self) -> str:
        """The region's name as typed."""
        return str(self.tables["region"][0].cells.get("title", "")) or "Daerah tanpa nama"


def current() -> Draft | None:
    """The draft that is open."""
    return st.session_state.get(_OPEN)


def checked(d: Draft) -> Checked:
    """The draft's tables held to all rules, worked out once for each state of them."""
    if d.checked is None:
        d = replace(d, checked=check(d.tables))
        if current() is not None and current().name == d.name and current().tables is d.tables:
            st.session_state[_OPEN] = d
    return d.checked


def start(tables: Tables, title: str = "", **read: Any) -> Draft:
    """A new draft under a new name, open, kept and (where it is sound) in use. `read` as Draft.found_at, Draft.told."""
    title = str(tables["region"][0].cells.get("title", "")) or title
    st.session_state[STEP] = 0
    _keep(Draft(own.new_id(title), dict(tables), **read))
    return current()


def open_own(name: str) -> None:
    """Open an own region as its draft has it, else as it is in use."""
    text = own.draft(name)
    try:
        tables = from_text(text) if text else split(regions.region(name)._data)
    except ValueError:  # the browser's copy was spoilt
        tables = split(regions.region(name)._data)
    st.session_state[STEP] = 0
    st.session_state[_OPEN] = Draft(name, tables)


def close() -> None:
    """Leave the draft as it is kept; the page begins anew."""
    st.session_state.pop(_OPEN, None)


def change(what: str, tables: Tables, *, rows_move: str = "") -> None:
    """A step. `rows_move` names a table whose rows are others now, so that places in a file no longer hold."""
    d = current()
    if d is None or tables == d.tables:
        return
    found_at = {k: v for k, v in d.found_at.items() if k[0] != rows_move}
    told = {k: v for k, v in d.told.items() if k[0] != rows_move and _same_cell(k, d.tables, tables)}
    past = (*d.past, (what, d.tables))[-MOST_STEPS:]
    _keep(Draft(d.name, dict(tables), past, (), found_at, told))


def replace_all(what: str, tables: Tables, found_at: Mapping[Place, str], told: Mapping[Place, str]) -> None:
    """The open draft with the tables of a file, as one step."""
    d = current()
    if d is not None:
        past = (*d.past, (what, d.tables))[-MOST_STEPS:]
        _keep(Draft(d.name, dict(tables), past, (), found_at, told))


def _same_cell(place: Place, before: Tables, after: Tables) -> bool:
    table, row, column, part = place
    if not 0 <= row < min(len(before[table]), len(after[table])):
        return False
    one, other = before[table][row], after[table][row]
    if part:
        return one.details.get(column, {}).get(part) == other.details.get(column, {}).get(part)
    return one.cells.get(column) == other.cells.get(column)


def accept(place: Place) -> None:
    """Leave a cell as it is although the file said something of it."""
    d = current()
    if d is not None:
        _keep(replace(d, told={k: v for k, v in d.told.items() if k != place}))


def undo() -> None:
    """Take back the last step."""
    state.touch()
    d = current()
    if d and d.past:
        *past, (what, tables) = d.past
        _keep(Draft(d.name, tables, tuple(past), (*d.future, (what, d.tables)), d.found_at, d.told))


def redo() -> None:
    """Do again what was undone last."""
    state.touch()
    d = current()
    if d and d.future:
        *future, (what, tables) = d.future
        _keep(Draft(d.name, tables, (*d.past, (what, d.tables)), tuple(future), d.found_at, d.told))


def _keep(d: Draft) -> None:
    """The draft open, kept in the browser too, and in use where it is sound."""
    found = check(d.tables)
    d = replace(d, tables=found.tables, checked=found)  # read and with codes, as it is kept
    st.session_state[_OPEN] = d
    own.keep_draft(d.name, to_text(d.tables))
    if d.checked.region is not None and not d.told:
        try:
            own.put(d.name, d.checked.data)
        except InputError as err:  # sound, but there is no room: the draft stays
            notify(*(fault.reason() for fault in err.faults))


def problems(d: Draft) -> list[Problem]:
    """What is wrong, in the order of the tables; what a file said of a cell goes before what the cell says itself."""
    found = [replace(p, text=d.told.get(p.place, p.text)) for p in checked(d).problems]
    known = {p.place for p in found}
    found += [Problem(*place, text, (), "file") for place, text in d.told.items() if place not in known]
    order = {key: i for i, key in enumerate(TABLE)}
    return sorted(found, key=lambda p: (order.get(p.table, -1), p.row))


def problems_of(d: Draft, *tables: str) -> list[Problem]:
    """What is wrong in these tables."""
    return [p for p in problems(d) if p.table in tables]


def problems_of_kind(d: Draft, kind: str) -> list[Problem]:
    """What is wrong in one way, wherever it stands."""
    return [p for p in problems(d) if p.kind == kind]


def place_words(d: Draft, p: Problem) -> str:
    """Where a problem is, in words: Kelompok pekerja · Marbot · Sudah terlindungi (sel D7)."""
    if not p.table:
        return "Seluruh berkas"
    table = TABLE[p.table]
    label = table.column(p.column).label + (f", {DETAILS[p.part].label.lower()}" if p.part else "")
    row = "" if table.form or p.row >= len(d.tables[p.table]) else row_name(d.tables, p.table, p.row)
    where = " · ".join(filter(None, (table.title, row, label)))
    cell = d.found_at.get(p.place) or d.found_at.get((*p.place[:3], ""), "")
    return where + (f" ({cell})" if cell else "")


def notices() -> list[str]:
    """What the last deed has to say, once."""
    return st.session_state.pop(_NOTICES, [])


def notify(*texts: str) -> None:
    """Say something above the page the next time it is drawn."""
    st.session_state.setdefault(_NOTICES, []).extend(t for t in texts if t)
