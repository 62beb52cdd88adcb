"""Small pieces of HTML: the answer, tiles, warnings, tables. Every text from a file or a user is escaped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

SIGN = '<span class="tanda" role="img" aria-label="Buka rumus dan sumbernya">i</span>'
BESIDE = 17  # signs of a value and its change that fit side by side in a tile
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~$]")


@dataclass(frozen=True)
class Tile:
    """A figure: name, value, and a line below that may begin with a change (`change`, good or bad or neither).

    `explain` is the short hint on hovering, `span` a further small line such as the range of the value, `origin`
    the HTML (escaped already) that opens under the tile, `key` what the open panel is remembered by.
    """

    name: str
    value: str
    below: str = ""
    change: str = ""
    good: bool | None = None
    explain: str = ""
    span: str = ""  # the 10–90% band of the figure
    origin: str = ""
    key: str = ""


def answer(sentence: str, whose: str, aside: str = "memilih daerah, skenario, dan parameter", below: str = "") -> str:
    """The answer in one sentence, under whose it is; on a phone, where the levers (`aside`) are.

    `below` is a second, quieter sentence: how sure the first one is.
    """
    quiet = f'<div class="yakin">{escape(below)}</div>' if below else ""
    hint = f'<div class="hp">Ketuk » di kiri atas untuk {escape(aside)}.</div>'
    said = f'<div class="jawaban" role="status">{escape(sentence)}{quiet}</div>'
    return f'{hint}<div class="siapa">{escape(whose)}</div>{said}'


def tiles(items: Iterable[Tile]) -> str:
    """A grid of tiles."""
    return f'<div class="ubin">{"".join(_tile(t) for t in items)}</div>'


def _tile(t: Tile) -> str:
    tone = {True: "naik", False: "turun", None: ""}[t.good]
    change = f'<span class="ubah-ini {tone}">{escape(t.change)}</span>' if t.change else ""
    beside = change and len(t.value) + len(t.change) <= BESIDE
    span = f'<div class="rentang">{escape(t.span)}</div>' if t.span else ""
    sign = SIGN if t.origin else ""
    inside = (
        f'<div class="nama">{escape(t.name)}</div>'
        f'<div class="nilai">{sign}<span>{escape(t.value)}</span>{f" {change}" if beside else ""}</div>'
        f'<div class="beda">{"" if beside or not change else change + " · "}{escape(t.below)}</div>{span}'
    )
    if not t.origin:
        return f'<div title="{escape(t.explain)}">{inside}</div>'
    return (
        f'<div><details class="asal" data-asal="{escape(t.key)}">'
        f'<summary title="{escape(t.explain)}">{inside}</summary>'
        f'<div class="asal-isi"><div class="judul">{escape(t.name)}</div>{t.origin}</div></details></div>'
    )


def notices(items: Iterable[tuple[int, str]]) -> str:
    """Warnings, each with its weight: 0 grave, 1 notable, 2 a remark."""
    tone = {0: "berat", 1: "", 2: "ringan"}
    return "".join(f'<p class="awas {tone[w]}">{escape(text)}</p>' for w, text in items)


def table(
    frame: pd.DataFrame,
    numbers: Sequence[str] = (),
    totals: Sequence[int] = (),
    origins: Sequence[str] = (),
    head: int = 0,
) -> str:
    """A frame of texts as a table; `numbers` names right-aligned columns, `totals` the rows that are sums.

    `origins` and `head` as for `grid`.
    """
    heads = [str(c) for c in frame.columns]
    rows = [[escape(str(v)) for v in row] for row in frame.itertuples(index=False)]
    return grid(heads, rows, numbers, totals, origins, head)


def grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[str] = (),
    totals: Sequence[int] = (),
    origins: Sequence[str] = (),
    head: int = 0,
) -> str:
    """A table whose cells are HTML already: escape them, or make them with `link`.

    `origins` holds for each row the HTML that opens under it on a click on its cell in column `head` ("": none).
    """
    kinds = [' class="angka"' if name in numbers else "" for name in heads]
    top = "".join(f"<th{kind}>{escape(name)}</th>" for name, kind in zip(heads, kinds, strict=True))
    body = ""
    for i, row in enumerate(rows):
        told = origins[i] if origins else ""
        cells = [_opens(c, i) if told and j == head else c for j, c in enumerate(row)]
        inside = "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(cells, kinds, strict=True))
        body += f"<tr{' class=jumlah' if i in totals else ''}>{inside}</tr>"
        if told:
            panel = f'<div class="asal-isi">{told}</div>'
            body += f'<tr class="asal-baris"><td colspan="{len(heads)}">{panel}</td></tr>'
    whole = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="tabel-bungkus"><table class="tabel">{whole}</table></div>'


def _opens(cell: str, row: int) -> str:
    """A row's name on which a click shows the row below it."""
    return f'<details class="asal" data-asal="baris{row}"><summary>{SIGN}{cell}</summary></details>'


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
