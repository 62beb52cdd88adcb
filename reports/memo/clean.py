"""A brief whose texts Word can hold: names may contain anything that somebody typed."""

from dataclasses import fields, replace
from typing import Any

import pandas as pd

from reports.brief import Brief, Figure, Grid, Point
from reports.memo.plain import plain
from simulator.questions.compare import Side

_NAMES = {"coverage": ("name", "goal"), "cost": ("name", "payer")}


def cleaned(brief: Brief) -> Brief:
    """The brief with every text in one line and without what XML forbids."""
    frames = {name: _frame(getattr(brief, name), columns) for name, columns in _NAMES.items()}
    texts = {f.name: _clean(getattr(brief, f.name)) for f in fields(brief) if f.name not in ("link", *_NAMES)}
    return replace(brief, **texts, **frames, link=plain(brief.link))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(map(_clean, value))
    if isinstance(value, Side):
        return replace(value, name=plain(value.name))
    if isinstance(value, Grid | Figure | Point):
        return replace(value, **{f.name: _clean(getattr(value, f.name)) for f in fields(value)})
    return value


def _frame(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    return frame.assign(**{name: [plain(str(text)) for text in frame[name]] for name in columns})
