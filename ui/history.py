"""Undo and redo: what was, step by step, as texts that a share link is made of.

Pure: the page keeps one History in its session, and the browser's tab a copy of it that outlives a reload
(`ui.history_bar`). What comes back from the browser is read as carefully as a link.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui import share

MOST_STEPS = 60
LONGEST = 200_000  # characters of a kept history; 60 steps with four pins each take a tenth

Words = Mapping[str, str]  # the query parameters of a share link


@dataclass(frozen=True)
class Step:
    """What was done, in words, and the choices on the other side of it: before it in the past, after it in future."""

    what: str
    words: Words


@dataclass(frozen=True)
class History:
    """The steps that lead here, and those that were undone, each with the nearest one last."""

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()


def record(history: History, what: str, before: Words) -> History:
    """After a new step: it can be undone, and nothing can be redone."""
    return History((*history.past, Step(what, dict(before)))[-MOST_STEPS:])


def same(one: Words, other: Words) -> bool:
    """Whether two choices are alike; the year shown, the model's version, the state of a user's own data and what is
    asked make no step."""
    keys = {k for k in {*one, *other} - {share.YEAR, share.VERSION, share.DATA} if not k.startswith(share.ASK)}
    return all(one.get(k) == other.get(k) for k in keys)


def without_last(history: History, *, undone: bool) -> History:
    """The history without the step that would come next, backwards or forwards."""
    return History(history.past[:-1], history.future) if undone else History(history.past, history.future[:-1])


def undo(history: History, now: Words) -> tuple[History, Words]:
    """One step back: the history and the choices after it. Call it only where there is a past."""
    *past, step = history.past
    return History(tuple(past), (*history.future, Step(step.what, dict(now)))), step.words


def redo(history: History, now: Words) -> tuple[History, Words]:
    """One step forth again. Call it only where there is a future."""
    *future, step = history.future
    return History((*history.past, Step(step.what, dict(now)))[-MOST_STEPS:], tuple(future)), step.words


def join(kept: History, kept_now: Words, own: History, started: Words, what: str) -> History:
    """The history after a reload: what the tab kept, then what was done since.

    `started` are the choices that the reload began with. Where they are not those that the tab kept last, another
    link was opened in it, which is a step too.
    """
    if not same(started, kept_now):
        kept = record(kept, what, kept_now)
    if not own.past and not own.future:
        return kept
    return History((*kept.past, *own.past)[-MOST_STEPS:], own.future)


def to_text(history: History, now: Words) -> str:
    """A history and the choices it leads to as JSON; texts that come again are written once."""
    texts: dict[str, int] = {}

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    def row(step: Step) -> list[int]:
        pairs = [number(part) for item in step.words.items() for part in item]
        return [number(step.what), *pairs]

    steps = {
        "past": [row(s) for s in history.past],
        "future": [row(s) for s in history.future],
        "now": row(Step("", now)),
    }
    return json.dumps({"texts": list(texts), **steps}, ensure_ascii=False, separators=(",", ":"))


def from_text(text: Any) -> tuple[History, Words] | None:
    """What `to_text` wrote; None where it is anything else."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    try:
        data = json.loads(text)
        texts = data["texts"]
        if not all(isinstance(t, str) for t in texts):
            return None
        past, future = (tuple(_step(texts, row) for row in data[key])[-MOST_STEPS:] for key in ("past", "future"))
        return History(past, future), _step(texts, data["now"]).words
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _step(texts: list[str], row: list[int]) -> Step:
    what, *words = (texts[i] for i in row)
    return Step(what, dict(zip(words[::2], words[1::2], strict=True)))
