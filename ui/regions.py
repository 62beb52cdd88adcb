"""Regions, shipped and the user's own, and runs of them, read and worked out once.

Everything here is frozen, so it may be shared.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from simulator import Projection, Region, load_region, parse_region, project
from simulator.catalogue import region_files, title
from simulator.questions.answer import default_target
from simulator.questions.risk import Risk
from simulator.questions.risk import risk as draw
from simulator.questions.stress import report
from simulator.schema import StressSpec
from ui import own_memory

FIRST_REGION = "blora-2027"
TODAY = "kondisi_berjalan"
Ranges = Mapping[str, tuple[float, float] | None]


# A region is found by its place and edition: a shipped one by its file and when that changed, a user's own one by its
# id and the sha256 of its data. So sessions share what was worked out only where the data are the same.


@st.cache_resource(show_spinner=False, max_entries=60)
def _region(place: str, edition: float | str, _text: str | None) -> Region:
    """A region file, read again when it changes on disk; or a user's own region, of its text."""
    return load_region(place) if _text is None else parse_region(own_memory.from_text(_text), place)


@st.cache_resource(show_spinner=False, max_entries=40)
def _baseline(place: str, edition: float | str, _text: str | None) -> Projection:
    """Today's policy of a region: the file as written."""
    return project(_region(place, edition, _text))


@st.cache_resource(show_spinner=False, max_entries=100)
def _title(path: str, changed: float) -> str:
    return title(Path(path))


@st.cache_resource(show_spinner=False, max_entries=40)
def _run(place: str, edition: float | str, _text: str | None, scenario: str | None, changes: str) -> Projection:
    """A run of a setting; a page that compares asks for the same few again and again."""
    return project(_region(place, edition, _text), scenario, json.loads(changes))


@st.cache_resource(show_spinner=False, max_entries=60)
def _risk(
    place: str, edition: float | str, _text: str | None, scenario: str | None, changes: str, ranges: str,
    _known: Projection,
) -> Risk:  # fmt: skip
    """The draws of a setting: a third of a megabyte each."""
    own = {k: v and tuple(v) for k, v in json.loads(ranges).items()}
    return draw(_region(place, edition, _text), scenario, json.loads(changes), ranges=own, run=_known)


@st.cache_resource(show_spinner=False, max_entries=100)
def _stressed(
    place: str, edition: float | str, _text: str | None, scenario: str | None, changes: str, year: int, own: str
) -> dict[str, tuple[float, float]]:
    """What a setting comes to under every stress test."""
    specs = [StressSpec.model_validate(spec) for spec in json.loads(own)]
    found = report(_region(place, edition, _text), year, scenario, json.loads(changes), specs)
    return {o.test.name: (o.end, o.average) for o in found.outcomes}


def files() -> dict[str, Path]:
    """The region files that ship with the simulator, by id; a user's own regions have no file."""
    return region_files()


def _source(name: str) -> tuple[str, float | str, str | None]:
    """Place, edition and, of a user's own region, text."""
    if kept := own_memory.kept(name):
        return name, kept.sha, kept.text
    path = files()[name]
    return str(path), path.stat().st_mtime, None


def read_own(name: str, text: str) -> Region:
    """The region of a text of `own_memory.to_text` under an id. Raises InputError with all its faults."""
    return _region(name, own_memory.sha(text), text)


def edition(name: str) -> str:
    """What tells a state of a user's own region from others; empty for a region that ships."""
    kept = own_memory.kept(name)
    return kept.sha if kept else ""


def fingerprint(name: str) -> str:
    """What a link says of the data of a user's own region: 8 hexadecimal digits; empty for a region that ships."""
    kept = own_memory.kept(name)
    return kept.fingerprint[:8] if kept else ""


def titles() -> dict[str, str]:
    """Region id → title, in order of titles; the user's own ones are told apart."""
    found = {name: _title(str(path), path.stat().st_mtime) for name, path in files().items()}
    for name, kept in own_memory.shelf().regions.items():
        text, number = f"{kept.title} (data Anda)", 2
        while text in found.values():
            text, number = f"{kept.title} (data Anda {number})", number + 1
        found[name] = text
    return dict(sorted(found.items(), key=lambda item: item[1]))


def region(name: str) -> Region:
    """A region by id, shipped or the user's own. Raises InputError where its file has faults."""
    return _region(*_source(name))


def baseline(name: str) -> Projection:
    """Today's policy of a region: its file as written."""
    return _baseline(*_source(name))


def run(name: str, scenario: str | None, changes: Mapping[str, Any]) -> Projection:
    """A region's run with a scenario and changes. Raises InputError where they break a rule."""
    return _run(*_source(name), scenario, json.dumps(dict(changes)))


def risk(name: str, scenario: str | None, changes: Mapping[str, Any], ranges: Ranges, known: Projection) -> Risk:
    """The draws of a setting with the user's own ranges; `known` is its run. Raises InputError for bad ranges."""
    return _risk(*_source(name), scenario, json.dumps(dict(changes)), json.dumps(dict(ranges)), known)


def stressed(
    name: str, scenario: str | None, changes: Mapping[str, Any], year: int, own: Sequence[StressSpec] = ()
) -> dict[str, tuple[float, float]]:
    """Name of a stress test → coverage at a year's end and its average under it; `own` are the user's tests."""
    specs = json.dumps([spec.model_dump(exclude_unset=True) for spec in own])
    return _stressed(*_source(name), scenario, json.dumps(dict(changes)), year, specs)


def usual_year(name: str) -> int:
    """The target's year, else the last year of the run."""
    found = baseline(name)
    target = default_target(found)
    return int(target.year.value) if target else found.years.years[-1]


def usual_scenario(r: Region) -> str | None:
    """The scenario that stands for today's policy."""
    return TODAY if any(s.id == TODAY for s in r.scenarios) else None


def scenario_title(r: Region, scenario: str | None) -> str:
    """A scenario's name."""
    return next((s.name for s in r.scenarios if s.id == scenario), "Kondisi berjalan")
