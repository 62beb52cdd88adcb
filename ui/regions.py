"""Region files and runs of them, read and worked out once. Everything here is frozen, so it may be shared."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from simulator import Projection, Region, load_region, project
from simulator.catalogue import region_files, title
from simulator.questions.answer import default_target

FIRST_REGION = "blora-2027"
TODAY = "kondisi_berjalan"


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
