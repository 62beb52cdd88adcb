"""The slides one by one: which message, what stands under it, and whether there is such a slide."""

import datetime
import io
import re
from dataclasses import replace
from typing import Any

from pptx.util import Pt

from reports.brief import Brief, Grid
from reports.slides import fit, lines, master, notes, parts, stacks
from reports.slides.asks import main_side
from reports.slides.closing import asked
from reports.slides.fit import plain, short
from reports.slides.said import messages, risk_text
from simulator import indonesian as fmt
from simulator.questions import compare

LEAST = 6
LEFT, ROOM, TOP, BOTTOM = master.LEFT, master.ROOM, master.TOP, master.BOTTOM
CAPTION = 0.38
QUESTION = 80  # letters of the cover's question that stay in any case
RISKS = 1.2  # inches kept for risks under the table of chances
_MATTER = ("coverage_end", "insured_end", "cost", "apbd_cost", "per_worker")
_FIGURES = 4
_BESIDE = re.compile(r" \((?:lebih|kurang) dari [^)]*\)")  # what a chance in words comes to, where there is no room


def deck(brief: Brief) -> bytes:
    """All slides as the bytes of a .pptx file."""
    prs = master.presentation()
    said = messages(brief)
    _cover(prs, brief)
    for name in wanted(brief):
        _PAGES[name](prs, brief, said[name])
    master.finish(prs)
    return _saved(prs, brief)


def wanted(brief: Brief) -> list[str]:
    """The slides after the first: those that have something to show; where these are few, also the years one by one."""
    there = {
        "paying": bool(stacks.paid(brief)),
        "groups": bool(stacks.groups(brief)),
        "chances": bool(brief.chances.rows or brief.risks),
        "stops": bool(brief.stops),
        "years": False,
    }
    found = [name for name in _PAGES if there.get(name, True)]
    if len(found) + 1 < LEAST:
        found.insert(3, "years")
    return found


def _saved(prs: Any, brief: Brief) -> bytes:
    about = prs.core_properties
    about.title, about.subject = plain(brief.title)[:250], plain(brief.subtitle)[:250]
    about.language, about.author, about.last_modified_by = master.LANGUAGE, "Simulator cakupan Jamsostek", ""
    about.comments, about.keywords = f"Model versi {brief.version}", ""
    about.created = about.modified = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    out = io.BytesIO()
    prs.save(out)
    return out.getvalue()


def _page(prs: Any, brief: Brief, message: str) -> Any:
    slide = master.page(prs, parts.footing(brief.footing))
    parts.title(slide, message)
    return slide


def _cover(prs: Any, brief: Brief) -> None:
    slide = master.cover(prs)
    title = fit.fitted([parts.clean(brief.title)], (44, 40, 36, 32), master.COVER_TITLE[2:], True)
    parts.write(slide.shapes.title.text_frame, title.texts, title.size, True, "FFFFFF")
    day = f"{brief.made} · " if brief.made else ""
    body = _cover_text([brief.subtitle, brief.question, f"{day}model versi {brief.version}"])
    frame = slide.placeholders[1].text_frame
    parts.write(frame, body.texts, body.size, False, "E6ECF7")
    for paragraph in frame.paragraphs[1:]:
        paragraph.space_before = Pt(body.size * 0.5)
    for paragraph in frame.paragraphs:
        paragraph.line_spacing = 1.0
    notes.add(slide, brief, (brief.title, brief.subtitle, brief.question), (notes.COVERAGE,))


def _cover_text(told: list[str]) -> fit.Fitted:
    """What stands under the title; a question that is too long loses words, so that day and version stay."""
    first, question, last = (parts.clean(t) for t in told)
    sizes, room, most = (24, 22, 20, 18), master.COVER_TEXT[2:], len(question)
    while True:
        whole = [t for t in (first, short(question, most), last) if t]
        found = fit.fitted(whole, sizes, room, gap=0.5)
        if not found.cut or most <= QUESTION:
            return found
        most = max(QUESTION, most - 20)


def _answer(prs: Any, brief: Brief, message: str) -> None:
    """The recommendation, the figures that matter most, and the reasons."""
    slide = _page(prs, brief, message)
    figures = brief.figures[:_FIGURES]
    if len(brief.figures) > _FIGURES and compare.target_label(brief.sides, brief.year):
        figures = (*figures[: _FIGURES - 1], brief.figures[-1])
    high = parts.tiles(slide, (LEFT, TOP, ROOM, 2.9), figures)
    top = TOP + high + 0.25
    room = BOTTOM - top
    whole = fit.height([parts.clean(r) for r in brief.reasons], 18, ROOM - parts.DENT, gap=parts.GAP) <= room
    reasons = brief.reasons if whole else brief.reasons[1:]  # the first tells what the figures above tell already
    parts.paragraphs(slide, (LEFT, top, ROOM, room), reasons, (20, 18), listed=True)
    said = (brief.recommendation, *brief.reasons, *(f"{f.label}: {f.value} ({f.beside})" for f in brief.figures))
    how = (notes.COVERAGE, notes.COST, notes.measures("apbd_cost", "per_worker", "per_point"))
    notes.add(slide, brief, said, how)


def _coverage(prs: Any, brief: Brief, message: str) -> None:
    slide = _page(prs, brief, message)
    top = TOP + CAPTION
    from_zero = lines.coverage(slide, (LEFT, top, ROOM, BOTTOM - top), brief)
    last = fmt.month(max(brief.run.arrays.months))
    zero = "" if from_zero else " (sumbu tidak mulai dari 0)"
    captions = (
        f"Pekerja terlindungi tiap bulan, % dari {brief.base}; angka di kanan: {last}{zero}",
        f"Cakupan tiap bulan, % dari {brief.base}; di kanan {last}{zero}",
        f"Cakupan, % dari {brief.base}{zero}",
        f"Cakupan tiap bulan{zero}",
    )
    parts.caption(slide, (LEFT, TOP, ROOM, CAPTION), *captions)
    target = compare.target_label(brief.sides, brief.year)
    notes.add(slide, brief, (message, target), (notes.COVERAGE, "Target tidak dihitung model; asalnya berkas daerah."))


def _comparison(prs: Any, brief: Brief, message: str) -> None:
    """The measures that matter by side; where there is one side, by year."""
    if len(brief.sides) == 1:
        return _years(prs, brief, message)
    slide = _page(prs, brief, message)
    grid = _by_side(Grid(brief.comparison.title, brief.comparison.heads, _matter(brief)), brief)
    note = 0.42 if brief.comparison.note else 0.0
    high = parts.table(slide, (LEFT, TOP, ROOM, BOTTOM - TOP - note), grid, name=f"Tabel: {grid.title} menurut pilihan")
    if note:
        parts.caption(slide, (LEFT, TOP + high + 0.06, ROOM, note - 0.06), brief.comparison.note)
    said = (brief.comparison_words, *(f"{r[0]}: {'; '.join(r[1:])}" for r in brief.comparison.rows))
    notes.add(slide, brief, said, (notes.measures(*(m.key for m in compare.MEASURES)), notes.COST))
    return None


def _matter(brief: Brief) -> tuple[tuple[str, ...], ...]:
    """At most six rows of the comparison: coverage, people, money, price, and the target or else obligations."""
    labels = [next(m.label for m in compare.MEASURES if m.key == key) for key in _MATTER]
    target = compare.target_label(brief.sides, brief.year)
    labels.append(target or next(m.label for m in compare.MEASURES if m.key == "must_uninsured"))
    found = [row for row in brief.comparison.rows if row[0].lower().startswith(tuple(x.lower() for x in labels))]
    return tuple(found[: len(labels)] or brief.comparison.rows[: len(labels)])


def _by_side(grid: Grid, brief: Brief) -> Grid:
    """A table by side with marks and names that have room over its columns, its figures to the right."""
    most = 32 if len(brief.sides) > 4 else 60
    names = (f"{s.mark} · {short(plain(s.name), most)}" for s in brief.sides)
    return Grid(grid.title, (grid.heads[0], *names), grid.rows, frozenset(range(1, len(brief.sides) + 1)))


def _years(prs: Any, brief: Brief, message: str) -> None:
    slide = _page(prs, brief, message)
    grid = brief.years
    high = parts.table(slide, (LEFT, TOP, ROOM, BOTTOM - TOP - 0.42), grid, name=f"Tabel: {grid.title}")
    if grid.note:
        parts.caption(slide, (LEFT, TOP + high + 0.06, ROOM, 0.36), grid.note)
    rows = (", ".join(f"{h}: {c}" for h, c in zip(grid.heads, r, strict=True)) for r in grid.rows)
    notes.add(slide, brief, tuple(rows), (notes.COVERAGE, notes.COST))


def _paying(prs: Any, brief: Brief, message: str) -> None:
    slide = _page(prs, brief, message)
    words = brief.paying_words[:1]
    told = fit.fitted([parts.clean(w) for w in words], (18,), (ROOM, 0.95)) if words else None
    low = BOTTOM - (fit.height(told.texts, 18, ROOM) + 0.1 if told and not told.cut else 0.0)
    _, word = stacks.unit(max(sum(c) for c in zip(*(m for _, _, m in stacks.paid(brief)), strict=True)))
    when = f"pada {brief.year}" if len(brief.sides) > 1 else "tiap tahun"
    parts.caption(slide, (LEFT, TOP, ROOM, CAPTION), f"Iuran yang dibayar {when} menurut sumber, {word}")
    stacks.costs(slide, (LEFT, TOP + CAPTION, ROOM, low - TOP - CAPTION), brief)
    if told and not told.cut:
        parts.paragraphs(slide, (LEFT, low + 0.06, ROOM, BOTTOM - low - 0.06), words, (18,))
    rows = (f"{r[0]}: {'; '.join(r[1:])}" for r in brief.paying.rows)
    notes.add(slide, brief, (*brief.paying_words, *rows), (notes.COST,))


def _groups(prs: Any, brief: Brief, message: str) -> None:
    slide = _page(prs, brief, message)
    parts.caption(slide, (LEFT, TOP, ROOM, CAPTION), f"Pekerja tiap kelompok pada {brief.when}, % dari kelompoknya")
    stacks.covered(slide, (LEFT, TOP + CAPTION, ROOM, BOTTOM - TOP - CAPTION), brief)
    rows = (f"{n}: terlindungi {fmt.count(a)}, belum {fmt.count(b)}" for n, a, b in stacks.groups(brief))
    notes.add(slide, brief, (brief.groups_words, brief.obligation, *rows), (notes.GROUPS,))


def _chances(prs: Any, brief: Brief, message: str) -> None:
    """Bands and chances as a table, under it what else may go wrong."""
    slide = _page(prs, brief, message)
    told = [risk_text(p) for p in brief.risks]
    said = (*told, *(f"{r[0]}: {'; '.join(r[1:])}" for r in brief.chances.rows), brief.chances.note)
    top = TOP
    if brief.chances.rows:
        grid = _by_side(brief.chances, brief)
        if len(brief.sides) > 3:
            grid = replace(grid, rows=tuple(tuple(_BESIDE.sub("", c) for c in row) for row in grid.rows))
        room = BOTTOM - TOP - RISKS if parts.holds(grid, ROOM, BOTTOM - TOP - RISKS) else BOTTOM - TOP
        high = parts.table(slide, (LEFT, TOP, ROOM, room), grid, (18, 17, 16, 15, 14), f"Tabel: {grid.title}")
        top += high + 0.2
        told = [risk_text(p) for p in brief.risks if not p.text.startswith("Peluang")]
    told = [t for t in (fit.rest(message, t) for t in told) if t and t not in message]
    if told and BOTTOM - top > 0.65:
        parts.paragraphs(slide, (LEFT, top, ROOM, BOTTOM - top), told, (20, 18), listed=True)
    notes.add(slide, brief, said, (notes.CHANCES,))


def _stops(prs: Any, brief: Brief, message: str) -> None:
    """What happens when money stops, beside who pays month by month."""
    slide = _page(prs, brief, message)
    rest = [t for t in (fit.rest(message, s) for s in brief.stops) if t]
    half = 5.75 if rest else -0.3
    chart = (LEFT + half + 0.3, TOP + CAPTION, ROOM - half - 0.3, BOTTOM - TOP - CAPTION)
    drawn = stacks.payers(slide, chart, brief)
    if drawn:
        parts.caption(
            slide, (chart[0], TOP, chart[2], CAPTION), f"Dibayari tiap bulan, pekerja: {main_side(brief).name}"
        )
    if rest:
        parts.paragraphs(slide, (LEFT, TOP, half if drawn else ROOM, BOTTOM - TOP), rest, (20, 18), listed=True)
    notes.add(slide, brief, brief.stops, (notes.STOPS,))


_PAGES = {
    "answer": _answer,
    "coverage": _coverage,
    "comparison": _comparison,
    "years": _years,
    "paying": _paying,
    "groups": _groups,
    "chances": _chances,
    "stops": _stops,
    "asked": asked,
}
