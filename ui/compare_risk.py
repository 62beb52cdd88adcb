"""How sure a comparison is: bands, chances against the baseline, and which proposal is never far from the best."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from simulator import indonesian as fmt
from simulator import parameters
from simulator.questions import compare_risk as questions
from simulator.questions import robust
from simulator.questions.compare import Side
from simulator.questions.measure import AVERAGE, END
from simulator.questions.risk import Risk
from ui import ask, bands, html, regions, share, state, stress_own

YEAR_END, MEAN = "Akhir tahun", "Rata-rata setahun"


def draws(c: state.Case, sides: Sequence[Side]) -> dict[str, Risk]:
    """Key → the draws of every side: the same point of the sequence for the same number."""
    return {s.key: regions.risk(c.region, *setting(c, s), c.ranges, s.run) for s in sides}


def setting(c: state.Case, side: Side) -> tuple[str | None, dict]:
    """(scenario, changes) of a side."""
    if side.key == share.CURRENT:
        return c.scenario, dict(c.changes)
    if side.key.isdigit():
        return c.pins[int(side.key) - 1].setting
    return None, dict(side.run.changes)


def section(c: state.Case, sides: Sequence[Side], known: dict[str, Risk], baseline: str, year: int, base: str) -> None:
    """Heading, the plain sentence, the table; where ranges are hidden (nothing known), how to see them."""
    st.html('<div class="judul bagian">Seberapa pasti</div>')
    if not known:
        text = (
            "Rentang disembunyikan; hidupkan “Rentang” di atas." if bands.anything(c) else "Tidak ada yang berentang."
        )
        st.html(f'<div class="kecil">{text}</div>')
        return
    what = END if ask.segments("Cakupan yang dinilai", "tangguh", [YEAR_END, MEAN], YEAR_END) == YEAR_END else AVERAGE
    st.html(html.answer(html.unbroken(_robust(c, sides, known, year, what, base)), "Yang paling tangguh", ""))
    if missing := _plans_taken_whole(sides, known):
        st.html(html.notices([(1, missing)]))
    st.html(table(sides, known, baseline, year, what, base))
    st.html(
        '<div class="kecil">Semua pengaturan memakai undian yang sama, jadi selisihnya jauh lebih pasti daripada'
        " cakupannya sendiri. Uji tekanan satu per satu ada di halaman Risiko.</div>"
    )


def _plans_taken_whole(sides: Sequence[Side], known: dict[str, Risk]) -> str:
    """Settings that count on more sponsors than ever came, without a range for it: their chances leave that out."""
    realised = parameters.parameter("participation").latest
    most = realised.high or realised.value
    named = []
    for s in sides:
        for f in s.run.region.funders:
            joined = getattr(f, "participation", None)
            whole = f"{f.id}.participation" not in known[s.key].ranges
            if joined is not None and whole and f.payer == "individual" and joined.value > most:
                named.append(f"{s.said} ({fmt.percent_short(joined.value)} {f.name} ikut)")
    if not named:
        return ""
    source = realised.reference.title if realised.reference else "asumsi"
    return (
        f"Peluang di bawah menganggap rencana ini terlaksana penuh: {fmt.listing(named)}. Di tempat lain yang ikut"
        f" hanya sekitar {fmt.percent_short(realised.value)} ({source})."
        " Beri rentang pada “Penanggung yang ikut” di halaman Risiko, atau lihat uji “ASN ikut seperti realisasi”."
    )


def _robust(c: state.Case, sides: Sequence[Side], known: dict[str, Risk], year: int, what: str, base: str) -> str:
    own = stress_own.specs(c)
    tested = {s.key: regions.stressed(c.region, *setting(c, s), year, own) for s in sides}
    column = 0 if what == END else 1
    found = robust.standings(
        {key: r.samples(what, year) for key, r in known.items()},
        {key: {name: both[column] for name, both in tests.items()} for key, tests in tested.items()},
    )
    costs = {s.key: float(s.run.years.cost[s.run.years.years.index(year)].sum()) for s in sides}
    drawn = max((r.n for r in known.values() if not r.certain), default=1)
    meant = f"cakupan {'akhir' if what == END else 'rata-rata'} {year}"
    tests = len(next(iter(tested.values())))
    text = robust.sentence(found, {s.key: s.said for s in sides}, costs, drawn, tests, meant)
    return f"{text} Poin dihitung dari {base}."


def table(sides: Sequence[Side], known: dict[str, Risk], baseline: str, year: int, what: str, base: str) -> str:
    """A column a side: band, difference over the same draws, chance of being above the baseline, and of the target."""
    rows = questions.rows(sides, known, baseline, year, what, base)
    heads = ["", *(f"{s.mark} · {s.name}" for s in sides)]
    return f'<div class="banding">{html.grid(heads, [[escape(x) for x in row] for row in rows])}</div>'
