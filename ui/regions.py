"""Region files and runs of them, read and worked out once. Everything here is frozen, so it may be shared."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from simulator import Projection, Region, load_region, project
from simulator.catalogue import region_files, title
from simulator.questions.answer import default_target
from simulator.questions.risk import Risk
from simulator.questions.risk import risk as draw
from simulator.questions.stress import report
from simulator.schema import StressSpec

FIRST_REGION = "blora-2027"
TODAY = "kondisi_berjalan"
Ranges = Mapping[str, tuple[float, float] | None]


@st.cache_resource(show_spinner=False, max_entries=40)
def _region(path: str, _changed: float) -> Region:
    """A region file; read again when it changes on disk."""
    return load_region(path)


@st.cache_resource(show_spinner=False, max_entries=40)
def _baseline(path: str, changed: float) -> Projection:
    """Today's policy of a region: the file as written."""
    return project(_region(path, changed))


@st.cache_resource(show_spinner=False, max_entries=100)
def _title(path: str, _changed: float) -> str:
    return title(Path(path))


@st.cache_resource(show_spinner=False, max_entries=40)
def _run(path: str, changed: float, scenario: str | None, changes: str) -> Projection:
    """A run of a setting; a page that compares asks for the same few again and again."""
    return project(_region(path, changed), scenario, json.loads(changes))


@st.cache_resource(show_spinner=False, max_entries=60)
def _risk(path: str, changed: float, scenario: str | None, changes: str, ranges: str, _known: Projection) -> Risk:
    """The draws of a setting: a third of a megabyte each."""
    own = {k: v and tuple(v) for k, v in json.loads(ranges).items()}
    return draw(_region(path, changed), scenario, json.loads(changes), ranges=own, run=_known)


@st.cache_resource(show_spinner=False, max_entries=100)
def _stressed(
    path: str, changed: float, scenario: str | None, changes: str, year: int, own: str
) -> dict[str, tuple[float, float]]:
    """What a setting comes to under every stress test."""
    specs = [StressSpec.model_validate(spec) for spec in json.loads(own)]
    found = report(_region(path, changed), year, scenario, json.loads(changes), specs)
    return {o.test.name: (o.end, o.average) for o in found.outcomes}


def files() -> dict[str, Path]:
    """The region files there are now, by id."""
    return region_files()


def _file(name: str) -> tuple[str, float]:
    path = files()[name]
    return str(path), path.stat().st_mtime


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


def run(name: str, scenario: str | None, changes: Mapping[str, Any]) -> Projection:
    """A region's run with a scenario and changes. Raises InputError where they break a rule."""
    return _run(*_file(name), scenario, json.dumps(dict(changes)))


def risk(name: str, scenario: str | None, changes: Mapping[str, Any], ranges: Ranges, known: Projection) -> Risk:
    """The draws of a setting with the user's own ranges; `known` is its run. Raises InputError for bad ranges."""
    return _risk(*_file(name), scenario, json.dumps(dict(changes)), json.dumps(dict(ranges)), known)


def stressed(
    name: str, scenario: str | None, changes: Mapping[str, Any], year: int, own: Sequence[StressSpec] = ()
) -> dict[str, tuple[float, float]]:
    """Name of a stress test → coverage at a year's end and its average under it; `own` are the user's tests."""
    specs = json.dumps([spec.model_dump(exclude_unset=True) for spec in own])
    return _stressed(*_file(name), scenario, json.dumps(dict(changes)), year, specs)


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
