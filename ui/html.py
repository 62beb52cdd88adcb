"""Small pieces of HTML: the answer, tiles, warnings, tables. Every text from a file or a user is escaped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~$]")


@dataclass(frozen=True)
class Tile:
    """A figure: name, value, and a line below that may begin with a change (`change`, good or bad or neither)."""

    name: str
    value: str
    below: str = ""
    change: str = ""
    good: bool | None = None
    explain: str = ""


def answer(sentence: str, whose: str, aside: str = "memilih daerah, skenario, dan parameter") -> str:
    """The answer in one sentence, under whose it is; on a phone, where the levers (`aside`) are."""
    hint = f'<div class="hp">Ketuk » di kiri atas untuk {escape(aside)}.</div>'
    return f'{hint}<div class="siapa">{escape(whose)}</div><div class="jawaban" role="status">{escape(sentence)}</div>'


def tiles(items: Iterable[Tile]) -> str:
    """A grid of tiles."""
    return f'<div class="ubin">{"".join(_tile(t) for t in items)}</div>'


def _tile(t: Tile) -> str:
    tone = {True: "naik", False: "turun", None: ""}[t.good]
    change = f'<span class="{tone}">{escape(t.change)}</span>{" · " if t.below else ""}' if t.change else ""
    return (
        f'<div title="{escape(t.explain)}"><div class="nama">{escape(t.name)}</div>'
        f'<div class="nilai">{escape(t.value)}</div><div class="beda">{change}{escape(t.below)}</div></div>'
    )


def notices(items: Iterable[tuple[int, str]]) -> str:
    """Warnings, each with its weight: 0 grave, 1 notable, 2 a remark."""
    tone = {0: "berat", 1: "", 2: "ringan"}
    return "".join(f'<p class="awas {tone[w]}">{escape(text)}</p>' for w, text in items)


def table(frame: pd.DataFrame, numbers: Sequence[str] = (), totals: Sequence[int] = ()) -> str:
    """A frame of texts as a table; `numbers` names right-aligned columns, `totals` the rows that are sums."""
    heads = [str(c) for c in frame.columns]
    rows = [[escape(str(v)) for v in row] for row in frame.itertuples(index=False)]
    return grid(heads, rows, numbers, totals)


def grid(
    heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = (), totals: Sequence[int] = ()
) -> str:
    """A table whose cells are HTML already: escape them, or make them with `link`."""
    kinds = [' class="angka"' if head in numbers else "" for head in heads]
    head = "".join(f"<th{kind}>{escape(name)}</th>" for name, kind in zip(heads, kinds, strict=True))
    body = "".join(
        f"<tr{' class=jumlah' if i in totals else ''}>"
        + "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(row, kinds, strict=True))
        + "</tr>"
        for i, row in enumerate(rows)
    )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="tabel-bungkus"><table class="tabel">{inside}</table></div>'


def unbroken(text: str) -> str:
    """A text whose sums of money are not parted from their Rp at a line's end."""
    return text.replace("Rp ", "Rp\u00a0")


def plain_markdown(text: str) -> str:
    """A text that means nothing but itself where Streamlit reads Markdown: a name that a user typed."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def link(text: str, address: str | None) -> str:
    """A source; clickable where it is a whole web address."""
    if address and address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}" target="_blank" rel="noreferrer">{escape(text)}</a>'
    return escape(text) + (f" ({escape(address)})" if address else "")
