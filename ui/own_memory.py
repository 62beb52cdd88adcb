"""What this session holds of a user's own regions and unfinished drafts: texts, and when each was last changed.

No rules and no widgets: `ui.own` decides what may stand here, `ui.own_store` lets the browser keep it.
"""

import hashlib
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from simulator.faults import Fault, InputError
from simulator.yaml_io import MAX_BYTES

PREFIX = "milik-"
REGION, DRAFT = "daerah", "draf"  # the two kinds of entry
ID = re.compile(rf"{PREFIX}[A-Za-z0-9][A-Za-z0-9_-]{{0,79}}\Z")
_PLACE = "milik"


@dataclass(frozen=True)
class Kept:
    """A sound region: its plain data as JSON, the sha256 of that text, the fingerprint of its data, its title."""

    text: str
    sha: str
    fingerprint: str
    title: str


@dataclass
class Shelf:
    """All that is the user's own. `times` has, by entry, when it was last changed or taken away (ms of the server's
    clock, never going back); `heard` what of it the browser has written down."""

    regions: dict[str, Kept] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    times: dict[tuple[str, str], int] = field(default_factory=dict)
    heard: dict[tuple[str, str], int] = field(default_factory=dict)

    def stamp(self, kind: str, name: str, at: int | None = None) -> None:
        """Note that an entry has changed: now, or when the browser says it did."""
        last = self.times.get((kind, name), 0)
        self.times[kind, name] = max(int(time.time() * 1000), last + 1) if at is None else at

    def text_of(self, kind: str, name: str) -> str | None:
        """What the browser is to keep of an entry; None: that it was taken away."""
        if kind == DRAFT:
            return self.drafts.get(name)
        return self.regions[name].text if name in self.regions else None


def shelf() -> Shelf:
    """This session's own regions and drafts."""
    if _PLACE not in st.session_state:
        st.session_state[_PLACE] = Shelf()
    return st.session_state[_PLACE]


def kept(name: str) -> Kept | None:
    """An own region of this session; None where the name is of no such one."""
    return shelf().regions.get(name) if name.startswith(PREFIX) else None


def to_text(data: Mapping[str, Any]) -> str:
    """A region's plain data as JSON. Raises InputError where it is larger than a region file may be."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), default=str)
    if len(text) > MAX_BYTES:
        raise InputError([Fault("", "too_large", {"value": len(text), "limit": MAX_BYTES})])
    return text


def from_text(text: str) -> Any:
    """The plain data again; years, which JSON writes as text, are numbers. Raises ValueError where it is no JSON."""
    try:
        data = json.loads(text)
    except RecursionError as err:
        raise ValueError("nested too deeply") from err
    funders = data.get("funders") if isinstance(data, dict) else None
    for funder in funders if isinstance(funders, list) else []:
        if isinstance(funder, dict) and isinstance(funder.get("by_year"), dict):
            years = funder["by_year"]
            funder["by_year"] = {int(k) if re.fullmatch(r"[0-9]{1,9}", k) else k: v for k, v in years.items()}
    return data


def sha(text: str) -> str:
    """The text's sha256, by which what is worked out of it is kept."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
