"""The user's own regions in this session: kept, replaced, taken away; drafts of those that are not sound yet.

Pure: no widgets. An own region is a region like any other on all pages. When its data change while the session's
choices stand on it, the choices are fitted to the new data, and what no longer fits is dropped and said.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from simulator import InputError, Region, configure, dump_region
from simulator import indonesian as fmt
from simulator.faults import Fault
from simulator.ids import slug, unique
from simulator.questions.settings import settings
from simulator.saved import fingerprint
from ui import cases, own_memory, regions, share
from ui.own_memory import DRAFT, ID, PREFIX, REGION, Kept, shelf

__all__ = ["LONGEST_DRAFT", "MOST", "PREFIX", "draft", "drafts", "drop_draft", "keep_draft", "names", "new_id", "put",
           "remove", "room", "take_over", "text"]  # fmt: skip

MOST = 8  # sound regions in a session
MOST_DRAFTS, LONGEST_DRAFT = 40, 1_000_000  # drafts read back from a browser, characters of one


# ---- regions


def names() -> tuple[str, ...]:
    """Ids of the own regions that are sound, the oldest first."""
    return tuple(shelf().regions)


def text(name: str) -> str:
    """An own region as YAML, as it was when it was sound last. Raises KeyError where there is none."""
    if name not in shelf().regions:
        raise KeyError(name)
    return dump_region(regions.region(name))


def room() -> bool:
    """Whether one more own region can be kept."""
    return len(shelf().regions) < MOST


def same_as(region: Region) -> str | None:
    """The own region that holds the very same data, None where there is none."""
    wanted = fingerprint(region)
    return next((name for name, kept in shelf().regions.items() if kept.fingerprint == wanted), None)


def new_id(title: str) -> str:
    """An id made of a title that no own region and no draft has: Kabupaten Contoh as milik-kabupaten-contoh."""
    wanted = PREFIX + (slug(title, "daerah") or "daerah").replace("_", "-")
    return unique(wanted, {*regions.files(), *names(), *drafts()})


def put(name: str | None, data: Mapping[str, Any]) -> str:
    """Keep a sound region's plain data under an id, None: under a new one made of its title; returns the id.

    Raises InputError, and changes nothing, where the data have faults or there is no room for one more region;
    ValueError for an id that cannot be one. Results stored with the data (`saved`) are of the past and left out.
    """
    if name is None:
        title = data.get("title")
        name = new_id(title if isinstance(title, str) else "")
    if not ID.match(name):
        raise ValueError(f"no id of an own region: {name}")
    if name not in names() and not room():
        raise InputError([Fault("", "too_many_regions", {"limit": MOST})])
    plain = {k: v for k, v in data.items() if k != "saved"}
    _place(name, own_memory.to_text(plain))
    return name


def remove(name: str) -> None:
    """Take an own region away; where the session's choices stand on it, they start anew. Its draft stays."""
    kept = shelf().regions.pop(name, None)
    if kept is None:
        return
    shelf().stamp(REGION, name)
    c: cases.Case | None = st.session_state.get("case")
    if c is not None and c.region == name:
        _leave(c, kept.title)


def _leave(c: cases.Case, title: str) -> None:
    known = regions.files()
    home = regions.FIRST_REGION if regions.FIRST_REGION in known else next(iter(known))
    told = f"Data daerah “{title}” dihapus; simulator dimulai lagi dari {regions.region(home).title}."
    new = cases.started(home, [told])
    new.serial = c.serial + 1
    st.session_state.case = new


def _place(name: str, content: str, at: int | None = None) -> None:
    """Put a region's text in its place; raises InputError, before anything changes, where it is not sound."""
    found = regions.read_own(name, content)
    new = Kept(content, own_memory.sha(content), fingerprint(found), found.title)
    old = shelf().regions.get(name)
    if old is not None and old.sha == new.sha:
        return
    before = regions.region(name) if old is not None else None
    shelf().regions[name] = new
    shelf().stamp(REGION, name, at)
    c: cases.Case | None = st.session_state.get("case")
    if before is not None and c is not None and c.region == name:
        st.session_state.case = _fitted(c, before)


# ---- what the session's choices become on new data


def _fitted(c: cases.Case, before: Region) -> cases.Case:
    """The choices on their region's new data; `before` is the region as it was."""
    now, told = regions.region(c.region), []
    scenario = c.scenario
    if scenario not in {None, *(s.id for s in now.scenarios)}:
        told.append(f"Skenario “{regions.scenario_title(before, scenario)}” tidak ada lagi; yang dipakai kini "
                    f"“{regions.scenario_title(now, regions.usual_scenario(now))}”.")  # fmt: skip
        scenario = regions.usual_scenario(now)
    changes = _fitting(c.region, scenario, c.changes)
    if lost := [path for path in c.changes if path not in changes]:
        named = fmt.listing(_labels(before, c, lost))
        told.append(f"Perubahan yang tidak cocok lagi dengan data daerah dilepas: {named}.")
    link = replace(c.link(), scenario=scenario, changes=cases.changed_only(c.region, scenario, changes))
    if link.cap_scope not in (share.APBD, share.ALL_FUNDERS, *now.funder_ids):
        link = replace(link, cap=None, cap_scope=share.APBD)
        told.append("Batas biaya dilepas karena sumber pendanaannya tidak ada lagi.")
    found = cases.built(link)
    found.notices, found.serial = [*told, *found.notices], c.serial + 1
    return found


def _fitting(name: str, scenario: str | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    """As many of the changes as the region takes together, in their order."""
    kept: dict[str, Any] = {}
    left = dict(changes)
    if cases.refused(name, scenario, left) is None:
        return left
    progress = True
    while progress:  # one that was refused may go together with one that came after it
        taken = {}
        for path, value in left.items():
            if cases.refused(name, scenario, {**kept, path: value}) is None:
                kept[path] = taken[path] = value
        left = {path: v for path, v in left.items() if path not in taken}
        progress = bool(taken and left)
    return {path: v for path, v in changes.items() if path in kept}


def _labels(before: Region, c: cases.Case, paths: Iterable[str]) -> list[str]:
    """What numbers were called in the region as it was."""
    known = settings(configure(before, c.scenario, c.changes), list(paths))
    return [f"{known[p].label} ({known[p].group_name})" if p in known else p for p in paths]


# ---- drafts


def draft(name: str) -> str | None:
    """An unfinished draft's text; None where there is none under this id."""
    return shelf().drafts.get(name)


def drafts() -> dict[str, str]:
    """Unfinished drafts by id, the oldest first."""
    return dict(shelf().drafts)


def changed(name: str) -> str:
    """When a region or its draft was changed last, in the user's time: 22 November 2026 14.53."""
    at = max(shelf().times.get((kind, name), 0) for kind in (REGION, DRAFT))
    offset = datetime.timedelta(minutes=-(st.context.timezone_offset or 0))
    when = datetime.datetime.fromtimestamp(at / 1000, datetime.UTC) + offset
    return f"{fmt.date_text(f'{when:%Y-%m-%d}')} {when:%H.%M}"


def keep_draft(name: str, content: str) -> None:
    """Keep a draft under an id, with or without a sound region there. Raises ValueError for what cannot be an id."""
    if not ID.match(name):
        raise ValueError(f"no id of an own region: {name}")
    if shelf().drafts.get(name) != content:
        shelf().drafts[name] = content
        shelf().stamp(DRAFT, name)


def drop_draft(name: str) -> None:
    """Forget a draft; the sound region under its id stays."""
    if shelf().drafts.pop(name, None) is not None:
        shelf().stamp(DRAFT, name)


# ---- what a browser kept


def take_over(entries: Mapping[tuple[str, str], tuple[int, str | None]]) -> int:
    """Put what a browser kept beside what the session holds, the newer of each; returns how many could not be used.

    `entries` are as `ui.own_store.read` gives them: (kind, id) → (when it was changed, its text or None: taken away).
    """
    bad = 0
    for (kind, name), (at, content) in sorted(entries.items(), key=lambda item: item[1][0]):
        if at <= shelf().times.get((kind, name), 0):
            continue
        if not _take(kind, name, at, content):
            bad += 1
            continue
        shelf().times[kind, name] = shelf().heard[kind, name] = at
    return bad


def _take(kind: str, name: str, at: int, content: str | None) -> bool:
    if kind == DRAFT and content is not None:
        if len(content) > LONGEST_DRAFT or (name not in shelf().drafts and len(shelf().drafts) >= MOST_DRAFTS):
            return False
        shelf().drafts[name] = content
    elif kind == DRAFT:
        shelf().drafts.pop(name, None)
    elif content is None:
        remove(name)
    else:
        try:
            if name not in names() and not room():
                return False
            _place(name, content, at)
        except (InputError, ValueError):
            return False
    return True
