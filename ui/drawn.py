"""Widgets that show the record: each begins at the record's value, and only the user's own move of it is heard.

`session_state[key] = value` tells the browser a value once. Where a second drawing overtakes the first (a busy
computer, code of the widget that is still on its way after a reload), the browser never hears it: the widget begins
at its default, a slider at its first stop, and the next event carries that as if the user had chosen it. So here

- the value is the widget's default at every drawing, and whichever drawing the browser takes first begins right;
- where the record changed by another way, the widget is a new one: its key carries a number;
- what comes from a widget that is drawn no more, or what it had anyway, is nobody's move.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui import state

_KEPT = "tergambar"


@dataclass
class _Drawn:
    """A widget's number, the value it shows, and whether the user gave that since it was drawn last."""

    number: int
    value: Any
    heard: bool = False


def key(kind: str, path: str, value: Any) -> str:
    """The key of the widget of a kind for a path of the case; give the widget `value` as its default.

    A widget keeps its key, and with it the focus, where the change was the user's own move of it.
    """
    kept = _kept()
    known = kept.setdefault((kind, path), _Drawn(0, value))
    if known.value != value and not known.heard:
        known.number += 1
    found = _key(kind, path, known.number)
    if known.value != value and known.heard:  # what was typed, as it is written; what was refused, as it was
        st.session_state[found] = value
    known.value, known.heard = value, False
    return found


def moved(kind: str, path: str, at: str) -> bool:
    """Whether the user gave the widget with the key `at` another value than it was drawn with."""
    known = _kept().get((kind, path))
    if known is None or at != _key(kind, path, known.number) or st.session_state[at] == known.value:
        return False
    known.value, known.heard = st.session_state[at], True
    return True


def _key(kind: str, path: str, number: int) -> str:
    return "|".join((kind, str(number), *map(str, _of()), path))


def _of() -> tuple:
    c = state.case()
    return c.region, c.scenario, c.serial


def _kept() -> dict[tuple[str, str], _Drawn]:
    """What is drawn of the case as it is; of another there is nothing left to hear."""
    of, kept = st.session_state.get(_KEPT, (None, {}))
    if of != _of():
        of, kept = st.session_state[_KEPT] = (_of(), {})
    return kept
