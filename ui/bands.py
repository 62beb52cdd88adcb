"""How sure the answer is, on the screen: bands, chances, and the switch that hides them.

The line is drawn first and the band after it, so that a slider never waits for the draws. What was drawn last is kept
in the session with the setting it belongs to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from simulator import Projection, Region
from simulator import indonesian as fmt
from simulator.questions import risk_words as words
from simulator.questions.answer import Answer
from simulator.questions.measure import ACTIVE, AVERAGE, END
from simulator.questions.risk import APBD_COST, COST, INSURED, Risk, ranged, risk, versus
from simulator.uncertainty.ranges import ranges
from ui import ask, html, regions, state
from ui.html import Tile

SWITCH = "pita"
WAITING = "Rentang dan peluangnya sedang dihitung …"


@dataclass(frozen=True)
class Known:
    """The draws of a setting and of what it is compared with."""

    run: Risk
    before: Risk


def shown(c: state.Case) -> bool:
    """Whether bands are drawn: the user has not hidden them, and something has a range."""
    return c.asks.get(SWITCH) != ask.NO and anything(c)


def anything(c: state.Case) -> bool:
    """Whether any number of the setting has a range; worked out once for each setting, for many pieces ask."""
    kept = st.session_state.get("berentang")
    if kept is None or kept[0] != _setting(c):
        kept = _setting(c), bool(ranges(with_own_ranges(c) if c.ranges else state.current(c)))
        st.session_state["berentang"] = kept
    return kept[1]


def with_own_ranges(c: state.Case) -> Region:
    """The region as it is run, with the user's own ranges."""
    return ranged(state.region(c.region), c.scenario, c.changes, c.ranges)


def switch(c: state.Case) -> None:
    """Show bands or not."""
    help = (
        "Yang hanya diketahui rentangnya dihitung 1.024 kali dengan nilai berbeda-beda. Pita memuat 8 dari 10 hasil;"
        " 10% lebih rendah, 10% lebih tinggi. Rentang tiap angka dapat dilihat dan diubah di halaman Risiko."
    )
    if anything(c):
        ask.toggle("Rentang", SWITCH, True, help)


def _setting(c: state.Case) -> tuple:
    return c.region, regions.edition(c.region), c.scenario, repr(c.changes), repr(c.ranges)


def known(c: state.Case) -> Known | None:
    """The draws where they were made for this very setting; None where they are still to be made."""
    kept = st.session_state.get("undian")
    return kept[1] if kept is not None and kept[0] == _setting(c) and shown(c) else None


def draw(c: state.Case, run: Projection) -> Known:
    """The draws of the session's setting and of today's policy, kept for the next drawing."""
    found = Known(state.case_risk(c, run), state.compared_risk(c))
    st.session_state["undian"] = _setting(c), found
    settle_draws()
    return found


@st.cache_resource(show_spinner=False)
def settle_draws() -> bool:
    """Take what the first draws have loaded out of garbage collection, once a process (see live_chart)."""
    import gc

    gc.collect()
    gc.freeze()
    return True


def sentence(c: state.Case, found: Answer, sure: Known | None) -> str:
    """What the ranges make of the answer; while they are drawn, that they are."""
    if not shown(c):
        return ""
    return html.unbroken(words.sentence(sure.run, found, sure.before)) if sure else WAITING


def chance(c: state.Case, settings: Mapping[str, Any], coverage: float, year: int, measure: str) -> str:
    """How surely an answer that was sought holds: it was found with all numbers at their likely values.

    What is to be set is taken as decided; it is not drawn.
    """
    if not shown(c):
        return ""
    decided = {**c.ranges, **dict.fromkeys(p for p, v in settings.items() if isinstance(v, (int, float)))}
    found = risk(state.region(c.region), c.scenario, {**c.changes, **settings}, ranges=decided)
    share, band = found.chance_of(measure, year, coverage), found.band(measure, year)
    text = (
        f"Jawaban ini memakai nilai paling mungkin. Dengan rentang data dan perilaku, cakupannya"
        f" {words.shares(band.p10, band.p90)} ({words.RANGE_NAME}); peluang mencapai"
        f" {fmt.percent(coverage)}: {words.chance(share)}."
    )
    return f'<p class="awas ringan">{html.escape(text)}</p>'


def off_middle(c: state.Case, sure: Known | None) -> str:
    """Below the chart: why the line is not the middle of its band; room for it while that is worked out."""
    text = words.off_middle(sure.run.band(END, c.year)) if sure else ""
    return f'<div class="kecil tengah">{html.escape(text)}&nbsp;</div>'


def on_tiles(c: state.Case, tiles: list[Tile], found: Answer, sure: Known | None) -> list[Tile]:
    """The tiles with the band of their figure; with room for it while it is worked out.

    That of money stands in the hint, for the tiles have no room and the sentence above tells it.
    """
    if not shown(c):
        return tiles
    spans, drawn = _spans(found, sure) if sure else {}, _drawn(found.year)
    done = []
    for t in tiles:
        if drawn.get(t.name) in (COST, APBD_COST):
            t = replace(t, explain=" ".join(filter(None, (t.explain, spans.get(t.name, "")))))
        elif t.name in drawn:
            t = replace(t, span=spans.get(t.name, "\u00a0") if t.name in spans or not sure else "")
        done.append(t)
    return done


def _drawn(year: int) -> dict[str, str]:
    """Name of a tile → the figure whose band it shows."""
    return {
        f"Cakupan akhir {year}": END,
        f"Cakupan rata-rata {year}": AVERAGE,
        "Peserta aktif hitungan BPJS": ACTIVE,
        "Pekerja tambahan terlindungi": INSURED,
        f"Biaya APBD {year}": APBD_COST,
        f"Biaya semua sumber {year}": COST,
    }


def _spans(found: Answer, sure: Known) -> dict[str, str]:
    spans = {}
    for name, what in _drawn(found.year).items():
        if what == INSURED:
            band = versus(sure.run, sure.before, INSURED, found.year).difference
            text = words.people(words.round_people(band.p10), words.round_people(band.p90))
        else:
            band = sure.run.band(what, found.year)
            text = (words.money if what in (COST, APBD_COST) else words.shares)(band.p10, band.p90)
        if text != "0":
            spans[name] = f"{words.RANGE_NAME}: {text}"
    return spans
