"""What a user has chosen: region, scenario, changed levers, year. One plain record in the session.

The record is always valid: a change that breaks a rule of the region is refused with its reason.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from simulator import InputError, Projection, Region, configure, load_region, project
from simulator import indonesian as fmt
from simulator.catalogue import region_files, title
from simulator.levers import Lever, lever, levers, numbers
from simulator.questions.answer import default_target
from simulator.version import MODEL_VERSION
from ui import share

FIRST_REGION = "blora-2027"
TODAY = "kondisi_berjalan"


@dataclass
class Case:
    """The user's choices. `errors` holds what was typed last and refused, by lever path; `notices` are shown once."""

    region: str
    scenario: str | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    year: int = 0
    errors: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    serial: int = 0  # counts resets; part of widget keys

    def link(self) -> share.Link:
        """The share link of these choices."""
        return share.Link(self.region, self.scenario, self.changes, self.year)


@st.cache_resource(show_spinner=False, max_entries=40)
def _region(path: str, _changed: float) -> Region:
    """A region file; read again when it changes on disk. Frozen, so it may be shared."""
    return load_region(path)


@st.cache_resource(show_spinner=False, max_entries=40)
def _baseline(path: str, changed: float) -> Projection:
    """Today's policy of a region: the file as written. Frozen."""
    return project(_region(path, changed))


def files() -> dict[str, Path]:
    """The region files there are now, by id."""
    return region_files()


def _file(name: str) -> tuple[str, float]:
    path = files()[name]
    return str(path), path.stat().st_mtime


@st.cache_resource(show_spinner=False, max_entries=100)
def _title(path: str, _changed: float) -> str:
    return title(Path(path))


def titles() -> dict[str, str]:
    """Region id → title, in order of titles."""
    found = {name: _title(str(path), path.stat().st_mtime) for name, path in files().items()}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def region(name: str) -> Region:
    """A shipped region by id. Raises InputError where its file has faults."""
    return _region(*_file(name))


def baseline(name: str) -> Projection:
    """Today's policy of a region: its file as written."""
    return _baseline(*_file(name))


def compared(c: Case) -> Projection:
    """What a case is compared with: today's funding on the same data and behaviour.

    The user's changes to data and behaviour hold for both sides; only funding makes the difference.
    """
    facts = fact_changes(c)
    if not facts:
        return baseline(c.region)
    try:
        return project(region(c.region), None, facts)
    except InputError:  # the data go together only with the scenario's own settings
        return baseline(c.region)


def fact_changes(c: Case) -> dict[str, Any]:
    """The user's changes to anything but funders."""
    funders = region(c.region).funder_ids
    return {path: v for path, v in c.changes.items() if path.split(".")[0] not in funders}


def case() -> Case:
    """This session's choices; the first time they come from the address."""
    if "case" not in st.session_state:
        st.session_state.case = _from_address()
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
    st.session_state.case = _from_address()
    st.session_state.case.serial = serial


def _query() -> dict[str, str]:
    return {key: st.query_params[key] for key in st.query_params}


def touched_no_more() -> None:
    """End the mark of `touch`: the answer to it is being drawn."""
    st.session_state.pop("touched", None)


def touch() -> None:
    """Mark this run as begun by one of our widgets."""
    st.session_state["touched"] = True


def _start(name: str, notices: list[str]) -> Case:
    fresh = Case(name, _usual_scenario(region(name)), notices=notices)
    fresh.year = usual_year(name)
    return fresh


def usual_year(name: str) -> int:
    """The target's year, else the last year of the run."""
    run = baseline(name)
    target = default_target(run)
    return int(target.year.value) if target else run.years.years[-1]


def _usual_scenario(r: Region) -> str | None:
    return TODAY if any(s.id == TODAY for s in r.scenarios) else None


def _from_address() -> Case:
    """The choices that the address tells; a bad link gives a notice and a safe start."""
    query = _query()
    home = FIRST_REGION if FIRST_REGION in files() else next(iter(files()))
    if share.REGION not in query:
        return _start(home, [])
    try:
        link = share.decode(query)
        if link.region not in files():
            raise share.BadLink(f"daerah “{str(link.region)[:40]}” tidak ada di simulator ini")
        project(region(link.region), link.scenario, link.changes)
    except (share.BadLink, InputError) as err:
        told = [": ".join(filter(None, (f.path, f.reason()))) for f in getattr(err, "faults", ())[:3]]
        reason = "; ".join(told) or str(err)
        safe = query[share.REGION] if query[share.REGION] in files() else home
        return _start(safe, [f"Tautan tidak dapat dipakai: {reason}. Simulator dimulai dari kondisi berjalan."])
    found = Case(link.region, link.scenario or _usual_scenario(region(link.region)), link.changes)
    years = project(region(link.region), link.scenario, link.changes).years.years
    found.year = link.year if link.year in years else usual_year(link.region)
    if link.year and link.year not in years:
        found.notices.append(f"Tahun {link.year} di luar masa simulasi; yang ditampilkan {found.year}.")
    if link.version != MODEL_VERSION:
        found.notices.append(
            f"Tautan ini dibuat dengan model versi {link.version}; angka di sini dihitung dengan versi {MODEL_VERSION}"
            " dan dapat berbeda."
        )
    return found


def write_address() -> None:
    """Let the address tell the choices."""
    words = share.encode(case().link())
    if _query() != words:
        st.query_params.from_dict(words)
    st.session_state["address"] = words


def choose_region(name: str) -> None:
    """Another region, as it is today."""
    touch()
    serial, lost = case().serial + 1, _lost(case())
    st.session_state.case = _start(name, lost)
    st.session_state.case.serial = serial


def choose_scenario(name: str | None) -> None:
    """Another scenario of the same region; own changes are dropped."""
    touch()
    c = case()
    c.scenario, c.changes, c.errors, c.notices = name, {}, {}, _lost(c)
    c.serial += 1


def _lost(c: Case) -> list[str]:
    """What to say where own changes are dropped."""
    if not c.changes:
        return []
    return [f"{len(c.changes)} perubahan Anda dilepas; tombol Kembali di peramban memulihkannya."]


def reset() -> None:
    """Back to the scenario as it is written."""
    choose_scenario(case().scenario)


def origin(c: Case) -> Region:
    """The region with the scenario set and none of the user's changes."""
    return configure(region(c.region), c.scenario)


def current(c: Case) -> Region:
    """The region as it is run."""
    return configure(region(c.region), c.scenario, c.changes)


def set_lever(path: str, value: Any) -> None:
    """Set one lever, or refuse it with its reason; months and start month make room for each other."""
    touch()
    c = case()
    c.errors.pop(path, None)
    c.notices = []
    trial = {**c.changes, path: value}
    moved = _make_room(path, value, c)
    trial.update(moved)
    try:
        configure(region(c.region), c.scenario, trial)
    except InputError as err:
        c.errors[path] = (None, "; ".join(dict.fromkeys(f.reason() for f in err.faults)))
        return
    written = values(origin(c))
    c.changes = {p: v for p, v in trial.items() if p not in written or v != written[p]}
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


def values(r: Region) -> dict[str, float | None]:
    """The numbers of a region by path."""
    return {n.path: n.quantity.value if n.quantity else None for n in numbers(r)}


def one_lever(r: Region, path: str) -> Lever:
    """A region's lever by its path."""
    return lever(r, next(n for n in numbers(r) if n.path == path))


def lever_map(r: Region) -> dict[str, Lever]:
    """Levers of a region by path."""
    return {x.path: x for x in levers(r)}
