"""What a user has chosen: region, scenario, changed levers, pinned settings, year. One plain record in the session.

The record is always valid: a change that breaks a rule of the region is refused with its reason. Each change is a
step that can be undone. Pages change the record only through the functions below.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st

from simulator import InputError, configure
from simulator import indonesian as fmt
from simulator.questions.settings import settings, words
from ui import cases, own_memory, regions, share
from ui import history as histories
from ui.cases import (
    Case,
    case_project,
    case_risk,
    compared,
    compared_risk,
    current,
    fact_changes,
    lever_map,
    one_lever,
    origin,
    pin_project,
    pin_risk,
    refused,
    todays_policy,
    values,
)
from ui.regions import TODAY, baseline, files, region, scenario_title, titles, usual_year
from ui.share import ALL_FUNDERS, APBD, CURRENT, MOST_PINS, Pin

__all__ = [  # what pages find here, wherever it is made
    "ALL_FUNDERS", "APBD", "CURRENT", "MOST_PINS", "TODAY", "Case", "Pin", "baseline", "case_project", "case_risk",
    "compared", "compared_risk", "current", "fact_changes", "files", "lever_map", "one_lever", "origin", "pin_project",
    "pin_risk", "refused", "region", "titles", "todays_policy", "usual_year", "values",
]  # fmt: skip

KEEP = "*"  # no scenario has this id; as an argument: the one there is


# ---- the record and the address


def case() -> Case:
    """This session's choices; the first time they come from the address."""
    if "case" not in st.session_state:
        st.session_state.case = _from_address()
        st.session_state["started"] = _words(st.session_state.case)
    return st.session_state.case


def follow_address() -> None:
    """Take over an address that the browser's Back or Forward brought, once at the start of each run.

    A run that a widget's callback began is not such a one: the browser's address may lag behind it.
    """
    touched = st.session_state.pop("touched", False)
    written = st.session_state.get("address")
    query = _query()
    if written is None or touched or query == written or share.REGION not in query:
        return
    serial = case().serial + 1
    with step("Berpindah dengan tombol peramban"):
        st.session_state.case = _from_address()
        st.session_state.case.serial = serial
    touched_no_more()


def _query() -> dict[str, str]:
    return {key: st.query_params[key] for key in st.query_params}


def touched_no_more() -> None:
    """End the mark of `touch`: the answer to it is being drawn."""
    st.session_state.pop("touched", None)


def touch() -> None:
    """Mark this run as begun by one of our widgets."""
    st.session_state["touched"] = True


def _from_address() -> Case:
    """The choices that the address tells; a bad link gives a notice and a safe start."""
    query = _query()
    home = regions.FIRST_REGION if regions.FIRST_REGION in files() else next(iter(files()))
    if share.REGION not in query:
        return cases.started(home, [])
    if query[share.REGION].startswith(own_memory.PREFIX) and not cases.known(query[share.REGION]):
        return cases.started(home, [cases.NEEDS_FILE])
    try:
        return cases.built(share.decode(query))
    except (share.BadLink, InputError) as err:
        safe = query[share.REGION] if cases.known(query[share.REGION]) else home
        text = f"Tautan tidak dapat dipakai: {cases.reason_text(err)}. Simulator dimulai dari kondisi berjalan."
        return cases.started(safe, [text])


def address() -> dict[str, str]:
    """The query that tells the choices; where they are too many for an address, all but the pins, then the tests."""
    query = share.encode(case().link())
    query = share.without_pins(query) if share.too_long(query) else query
    return share.without_tests(query) if share.too_long(query) else query


def write_address() -> None:
    """Let the address tell the choices."""
    query = address()
    if _query() != query:
        st.query_params.from_dict(query)
    st.session_state["address"] = query


def full_address(query: Mapping[str, str] | None = None) -> str:
    """The share link in full: of this query, else of all that is chosen."""
    here = (st.context.url or "http://localhost:8501").split("?")[0]
    return f"{here}?{share.query_text(query or _words(case()))}"


# ---- steps that can be undone


def history() -> histories.History:
    """What can be undone and done again."""
    return st.session_state.get("history", histories.History())


def _words(c: Case) -> dict[str, str]:
    return share.encode(c.link())


@contextmanager
def step(what: str) -> Iterator[Case]:
    """A change of the record that can be undone; `what` says in Indonesian what it is. The year alone is none."""
    touch()
    before = _words(case())
    yield case()
    if histories.same(before, _words(case())):
        return
    st.session_state["history"] = histories.record(history(), what, before)


def undo() -> None:
    """Take back the last step."""
    _travel(histories.undo, history().past)


def redo() -> None:
    """Do again what was undone last."""
    _travel(histories.redo, history().future)


def _travel(move: Any, steps: tuple) -> None:
    touch()
    if not steps:
        return
    now = case()
    moved, kept = move(history(), _words(now))
    try:
        found = cases.built(share.decode(kept, longest=None))
    except (share.BadLink, InputError) as err:  # the region's file has changed since, or the browser's copy was spoilt
        st.session_state["history"] = histories.without_last(history(), undone=move is histories.undo)
        now.notices = [f"Langkah ini tidak dapat dipulihkan: {cases.reason_text(err)}."]
        return
    if found.region == now.region and now.year in case_project(found).years.years:
        found.year = now.year
    if found.region == now.region:
        found.asks = now.asks  # a question is no step
    found.serial, found.notices = now.serial + 1, []
    st.session_state["history"], st.session_state.case = moved, found


def take_over_history(text: Any) -> None:
    """Put what the browser's tab kept over a reload before the steps of this session."""
    kept = histories.from_text(text)
    if kept is not None:
        started = st.session_state.get("started") or _words(case())
        what = "Membuka tautan lain"
        st.session_state["history"] = histories.join(*kept, history(), started, what)


def history_text() -> str:
    """What the browser's tab is to keep."""
    return histories.to_text(history(), _words(case()))


# ---- region, scenario and levers


def choose_region(name: str) -> None:
    """Another region, as it is today; pins belong to their region and go with it."""
    c = case()
    if name == c.region:
        return
    lost = [f"{len(c.changes)} perubahan Anda"] if c.changes else []
    lost += [f"{len(c.pins)} sematan {region(c.region).title}"] if c.pins else []
    lost += [f"{len(c.tests)} uji buatan Anda"] if c.tests else []
    lost += [f"{len(c.ranges)} rentang Anda"] if c.ranges else []
    told = [f"{fmt.listing(lost)} dilepas; tombol Urungkan memulihkannya."] if lost else []
    with step(f"Daerah: {titles()[c.region]} → {titles()[name]}"):
        st.session_state.case = cases.started(name, told)
        st.session_state.case.serial = c.serial + 1


def choose_scenario(name: str | None) -> None:
    """Another scenario of the same region; own changes are dropped."""
    c, r = case(), region(case().region)
    told = f"{len(c.changes)} perubahan Anda dilepas; tombol Urungkan memulihkannya."
    what = f"Skenario: {scenario_title(r, c.scenario)} → {scenario_title(r, name)}"
    with step(what if name != c.scenario else f"Kembali ke skenario {scenario_title(r, name)}"):
        _set(c, name, {}, [told] if c.changes else [])


def reset() -> None:
    """Back to the scenario as it is written."""
    choose_scenario(case().scenario)


def _set(c: Case, scenario: str | None, changes: dict[str, Any], notices: list[str]) -> None:
    c.scenario, c.changes, c.errors, c.notices = scenario, changes, {}, notices
    c.serial += 1


def apply_changes(changes: Mapping[str, Any], scenario: str | None = KEEP, what: str | None = None) -> str | None:
    """Set several levers at once, as one step; the reason in Indonesian where they are refused as a whole.

    Without a scenario they are added to the user's changes; with one they are all the changes there are to it.
    `what` names the step for undo.
    """
    touch()
    c = case()
    to = c.scenario if scenario == KEEP else scenario
    trial = {**(c.changes if scenario == KEEP else {}), **{p: share.plain(v) for p, v in changes.items()}}
    if reason := refused(c.region, to, trial):
        return reason
    with step(what or f"Mengubah {len(changes)} parameter sekaligus"):
        _set(c, to, cases.changed_only(c.region, to, trial), [])
    return None


def set_lever(path: str, value: Any) -> None:
    """Set one lever, or refuse it with its reason; months and start month make room for each other."""
    touch()
    c = case()
    c.errors.pop(path, None)
    c.notices = []
    moved = _make_room(path, value, c)
    trial = {**c.changes, path: value, **moved}
    try:
        after = configure(region(c.region), c.scenario, trial)
    except InputError as err:
        c.errors[path] = (None, "; ".join(dict.fromkeys(f.reason() for f in err.faults)))
        return
    before, after = (settings(r, (path,)).get(path) for r in (current(c), after))
    with step(_what(path, before, after)):
        c.changes = cases.changed_only(c.region, c.scenario, trial)
    for other, new in moved.items():
        word = "Bulan dibayar" if other.endswith(".months") else "Bulan mulai membayar"
        told = str(new) if other.endswith(".months") else fmt.month_name(new)
        c.notices.append(f"{word} disesuaikan menjadi {told} agar pembayaran selesai pada Desember.")


def _make_room(path: str, value: Any, c: Case) -> dict[str, Any]:
    """The other half of a paying period that would run past December."""
    funder, _, name = path.rpartition(".")
    if name not in ("months", "start_month") or ".by_year." in path:
        return {}
    other = f"{funder}.{'start_month' if name == 'months' else 'months'}"
    now = values(current(c)).get(other)
    if now is None or value + now - 1 <= 12:
        return {}
    return {other: int(13 - value)}


def _what(path: str, before: Any, after: Any) -> str:
    """A lever's move in words."""
    named = after or before
    if named is None:
        return f"Mengubah {path}"
    return f"{named.label} ({named.group_name}): {words(before)} → {words(after)}"


# ---- ranges


def set_range(path: str, ends: share.Range | None) -> str | None:
    """The user's own range of a number, None: it is certain; the reason in Indonesian where it cannot have it."""
    touch()
    c = case()
    if reason := cases.range_refused(c, path, ends):
        return reason
    with step(f"Rentang {_number_name(c, path)}"):
        c.ranges = {**c.ranges, path: ends}
    return None


def drop_range(path: str) -> None:
    """Back to the range of the region's file."""
    c = case()
    with step(f"Rentang {_number_name(c, path)} kembali ke berkas daerah"):
        c.ranges = {p: ends for p, ends in c.ranges.items() if p != path}


def _number_name(c: Case, path: str) -> str:
    known = settings(current(c), (path,)).get(path)
    return f"{known.label} ({known.group_name})" if known else path


# ---- pins and the cap; what else can be done with pins is in ui.pins


def pin(name: str, scenario: str | None, changes: Mapping[str, Any]) -> str | None:
    """Keep a setting of the region for comparison; the reason in Indonesian where that cannot be.

    The name is cut to 60 characters and made unlike the names of other pins.
    """
    touch()
    c = case()
    if len(c.pins) >= MOST_PINS:
        return f"Sudah ada {MOST_PINS} sematan; lepas salah satu di halaman Bandingkan."
    trial = {path: share.plain(v) for path, v in changes.items()}
    if reason := refused(c.region, scenario, trial):
        return f"Tidak dapat disematkan: {reason}."
    new = Pin(
        share.unique_name(name, [p.name for p in c.pins]),
        scenario,
        cases.changed_only(c.region, scenario, trial),
    )
    if same := next((p for p in c.pins if p.setting == new.setting), None):
        return f"Pengaturan ini sudah disematkan sebagai “{same.name}”."
    with step(f"Menyematkan “{new.name}”"):
        c.pins = [*c.pins, new]
    return None


def set_cap(cap: float | None, scope: str = APBD) -> None:
    """The Rp a year that must not be passed, and whose: "apbd", "semua" or a funder's id. None: no cap.

    Raises ValueError for a cap that is not a sum of money and for a scope there is none of.
    """
    c = case()
    if scope not in (APBD, ALL_FUNDERS, *region(c.region).funder_ids):
        raise ValueError(f"no such scope: {scope}")
    if cap is not None and not 0 <= cap <= share.LARGEST_CAP:
        raise ValueError(f"no sum of money: {cap}")
    with step("Batas biaya " + (fmt.rupiah(cap) if cap is not None else "dihapus")):
        c.cap, c.cap_scope = None if cap is None else float(cap), scope
