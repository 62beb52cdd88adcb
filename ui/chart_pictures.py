"""A chart as a picture that stands alone: SVG or PNG, one click each, with title, base, source and version on white.

The picture is made at the click, on the server and without a network. What it is made of is kept in the session under
the chart's name, so that a chart that gets new rows needs no new button.
"""

import datetime
import json
import re
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd
import streamlit as st

from simulator import MODEL_VERSION, Projection
from simulator import indonesian as fmt
from ui.band_charts import BAND_COLOUR

WIDTH = 900  # px of the chart; as wide as an A4 page at 120 dots an inch
EDGE = 24  # px around everything
FONTS = "Arial, 'Liberation Sans', Helvetica, sans-serif"  # one of them is on every computer, all equally wide
INK, QUIET = "#1b232b", "#5a6470"
KEPT = "gambar"
FORMATS = {"svg": "image/svg+xml", "png": "image/png"}
_ROOT = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"[^>]*>(.*)</svg>\s*\Z', re.DOTALL)
_COLUMNS = re.compile(r"width >= (\d+)")
_BAND = re.compile(rf'd="M-[\d.]+,0L[\d.]+,0" fill="{BAND_COLOUR}" stroke="{BAND_COLOUR}"[^>]*/>')
_SQUARE = f'd="M-8,-6h16v12h-16z" fill="{BAND_COLOUR}" fill-opacity="0.3"/>'  # of a band in the legend
ROOM = 1.12  # the fonts of pictures are so much wider than those of the screen, for which legends reckon their columns
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

Line = tuple[str, str, Sequence[int]]  # name, colour, dashes


@dataclass(frozen=True)
class Picture:
    """What stands around a chart: its title with the base of its percentages, whose it is, and its file's name.

    `lines` name what the chart itself does not: (name, colour, dashes) of each line.
    `note` tells in a sentence what names in the chart stand for that only its page explains.
    """

    title: str
    whose: str
    file: str
    lines: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class _Drawn:
    spec: str
    frame: pd.DataFrame
    picture: Picture


def picture(
    run: Projection,
    scenario: str,
    name: str,
    title: str,
    year: int | None = None,
    lines: Sequence[Line] = (),
    note: str = "",
) -> Picture:
    """The picture of a chart of a run.

    `scenario` is the setting's name on screen, `name` a word for the file. Without a year the chart shows all of them:
    the run's first to its last.
    """
    years = run.years.years
    when = str(year) if year else f"{years[0]}–{years[-1]}"
    file = "-".join(_file_word(word) for word in (run.region.title, scenario, name))
    return Picture(title, f"{run.region.title} · {scenario} · {when}", file, tuple(lines), note)


def _file_word(text: str) -> str:
    """A text as a part of a file's name: small letters, digits and underscores, 40 at most."""
    return _UNSAFE.sub("_", text.lower()).strip("_")[:40] or "tanpa_nama"


# ---- on the page


def keep(name: str, spec: str, frame: pd.DataFrame, of: Picture) -> None:
    """Remember what the picture of a chart of this page is made of: specification without data, rows, surroundings."""
    st.session_state.setdefault(KEPT, {})[name] = _Drawn(spec, frame, of)


def buttons(name: str) -> None:
    """Two small buttons at a chart's upper right; draw them before the chart, for they lie over it."""
    kept = st.session_state.setdefault(KEPT, {})
    with st.container(horizontal=True, horizontal_alignment="right", gap=None, key=f"gambar_{_file_word(name)}"):
        for kind, mime in FORMATS.items():
            st.download_button(
                kind.upper(),
                data=_at_click(kept, name, kind),
                file_name=f"{kept[name].picture.file}.{kind}",
                mime=mime,
                on_click="ignore",
                type="tertiary",
                key=f"gambar|{name}|{kind}",
            )


def _at_click(kept: MutableMapping[str, _Drawn], name: str, kind: str) -> Callable[[], bytes]:
    """What a button does: the session is out of reach then, what it keeps is not."""

    def made() -> bytes:
        drawn = kept[name]
        whole = svg(drawn.spec, drawn.frame, drawn.picture)
        return png(whole) if kind == "png" else whole.encode("utf-8")

    return made


# ---- the picture


def svg(spec: str, frame: pd.DataFrame, of: Picture, made: datetime.date | None = None) -> str:
    """The whole picture of a chart as SVG: white, with title above and source below.

    `spec` is the JSON text of `live_chart.spec_text`, `frame` its rows; `made` is today unless told.
    """
    from reports import pictures

    found = _ROOT.search(pictures.svg(with_rows(spec, frame)))
    if found is None:
        raise ValueError("the chart is no SVG")
    width, height, inside = float(found[1]), float(found[2]), _BAND.sub(_SQUARE, found[3])
    full = width + 2 * EDGE
    head, top = _head(of, full)
    foot, bottom = _foot(of, EDGE + top + height, full, made or datetime.date.today())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
        f' width="{full:.0f}" height="{bottom:.0f}" viewBox="0 0 {full:.0f} {bottom:.0f}" role="img"'
        f" aria-label={quoteattr(of.title)}>"
        f"<title>{escape(of.title)}</title>"
        f'<rect width="{full:.0f}" height="{bottom:.0f}" fill="#ffffff"/>'
        f'{head}<g transform="translate({EDGE},{EDGE + top:.1f})">{inside}</g>{foot}</svg>'
    ).replace('font-family="sans-serif"', f'font-family="{FONTS}"')


def png(whole: str, scale: float = 2.0) -> bytes:
    """A picture of `svg` as PNG, packed as small as it goes; `scale` pixels for one of the picture's."""
    import io

    import vl_convert
    from PIL import Image

    raw = vl_convert.svg_to_png(whole, scale=scale)
    out = io.BytesIO()
    Image.open(io.BytesIO(raw)).convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def with_rows(spec: str, frame: pd.DataFrame) -> dict[str, Any]:
    """A chart's specification with its rows in it, as wide as the picture; its plot keeps the height of the screen."""
    found = json.loads(_COLUMNS.sub(lambda m: f"width >= {round(int(m[1]) * ROOM)}", spec))
    used = frame[[column for column in frame.columns if column in spec]]
    dates = {name: used[name].dt.strftime("%Y-%m-%dT00:00:00") for name in used.select_dtypes("datetime")}
    found["datasets"] = {found["data"]["name"]: json.loads(used.assign(**dates).to_json(orient="records"))}
    found["width"] = WIDTH
    found["config"]["legend"]["labelLimit"] = WIDTH // 2
    found.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
    return found


def _head(of: Picture, width: float) -> tuple[str, float]:
    """Title, whose it is and the names of lines, and how many px they take."""
    said, y = "", 0.0
    for text, size, weight, colour in ((of.title, 17, "bold", INK), (of.whose, 13, "normal", QUIET)):
        for line in _lines(text, size, width - 2 * EDGE):
            y += size * 1.3
            said += _text(EDGE, EDGE + y - size * 0.3, line, size, colour, weight)
        y += 2
    names, taken = _names(of, EDGE + y + 8, width) if of.lines else ("", 0.0)
    return said + names, y + taken + 14


def _names(of: Picture, y: float, width: float) -> tuple[str, float]:
    """A short stroke and a name for each line, as many side by side as fit."""
    said, x, row, size = "", float(EDGE), 0, 13
    for name, colour, dash in of.lines:
        needed = 46 + len(name) * size * 0.56
        if x > EDGE and x + needed > width - EDGE:
            x, row = float(EDGE), row + 1
        at = y + row * 19 + 8
        dashes = f' stroke-dasharray="{",".join(map(str, dash))}"' if len(dash) > 1 and dash[1] else ""
        said += f'<path d="M{x:.1f},{at - 4:.1f}h30" stroke="{colour}" stroke-width="3" fill="none"{dashes}/>'
        said += _text(x + 36, at, name, size, INK)
        x += needed + 12
    return said, (row + 1) * 19 + 8.0


def _foot(of: Picture, y: float, width: float, made: datetime.date) -> tuple[str, float]:
    """Where the figures come from; the picture's height."""
    place = of.whose.partition(" · ")[0]
    told = f"{of.note} " if of.note else ""
    told += (
        f"Sumber: hitungan Simulator cakupan Jamsostek, model versi {MODEL_VERSION}, dari data daerah {place};"
        f" sumber tiap angka ada di halaman Metode dan sumber. Dibuat {made.day} {fmt.month((made.year, made.month))}."
    )
    said, y = "", y + 12
    for line in _lines(told, 11, width):
        y += 15
        said += _text(EDGE, y, line, 11, QUIET)
    return said, y + EDGE * 0.75


def _lines(text: str, size: float, width: float) -> list[str]:
    """A text in lines that fit; a letter is taken to be 0.56 of its height wide on average."""
    return wrap(text, int(width / (size * 0.56))) or [""]


def _text(x: float, y: float, text: str, size: float, colour: str, weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-size="{size}px" font-weight="{weight}"'
        f' fill="{colour}">{escape(text)}</text>'
    )
