"""The message of each slide: one sentence with its figures, worked out from the same runs."""

from dataclasses import replace

from reports.brief import Brief, Point
from reports.slides import asks, fit, stacks
from reports.slides.asks import main_side
from reports.slides.fit import plain, short
from simulator import indonesian as fmt
from simulator.questions import answer as answers
from simulator.questions import compare, risk_words
from simulator.questions.compare import PROPOSED, Side

NAME = 44  # characters of a name within a message
HALF = 0.5  # a chance


def messages(brief: Brief) -> dict[str, str]:
    """Slide → its message."""
    a = answers.answer(brief.run, brief.baseline, brief.year)
    return {
        "answer": brief.recommendation,
        "coverage": _coverage(brief, a),
        "comparison": _comparison(brief) if len(brief.sides) > 1 else _years(brief),
        "years": _years(brief),
        "paying": _paying(brief, a),
        "groups": _groups(brief),
        "chances": _chances(brief),
        "stops": _stops(brief),
        "asked": _asked(brief),
    }


def _short(side: Side) -> Side:
    return replace(side, name=short(plain(side.name), NAME))


def _coverage(brief: Brief, a: answers.Answer) -> str:
    share = f"{fmt.percent(a.run.coverage_end)} dari {brief.base}"
    said = _short(main_side(brief)).said
    if len(brief.sides) == 1 or main_side(brief).key != PROPOSED:
        text = f"Dengan kondisi berjalan, pada {brief.when} cakupan {share}"
    else:
        old = fmt.percent(a.baseline.coverage_end)
        text = f"Dengan {said}, pada {brief.when} cakupan {share}; kondisi berjalan {old}"
    if a.target is not None and a.reached is not None:
        goal = f"{a.target.name} {fmt.percent(a.target.coverage.value)} pada {int(a.target.year.value)}"
        text += f"; {goal} {'tercapai' if a.reached else 'belum tercapai'}"
    return f"{text}."


def _comparison(brief: Brief) -> str:
    sides = tuple(_short(s) for s in brief.sides)
    a = answers.answer(brief.run, brief.baseline, brief.year)
    if len(sides) == 2 and a.per_worker is not None and main_side(brief).key == PROPOSED:
        return (
            f"{sides[1].said[:1].upper()}{sides[1].said[1:]} menambah rata-rata {fmt.count(a.added_average)} pekerja"
            f" terlindungi pada {brief.year}, {fmt.rupiah(a.per_worker)} seorang setahun."
        )
    first = sides[0].key
    return compare.headline(compare.results(sides, first, brief.year), sides, first, brief.year, brief.base)


def _years(brief: Brief) -> str:
    y = brief.run.years
    ends = [f"{fmt.percent(y.coverage_end[i, 0])} pada akhir {y.years[i]}" for i in (0, -1)]
    name = _short(main_side(brief)).name
    return f"{name}: cakupan {ends[0]} dan {ends[1]}, dari {brief.base}."


def _paying(brief: Brief, a: answers.Answer) -> str:
    side, i = _short(main_side(brief)), brief.run.years.years.index(brief.year)
    paid = [(f.name, float(brief.run.years.cost[i, k, 0])) for k, f in enumerate(brief.run.region.funders)]
    who, most = max(paid, key=lambda p: p[1], default=("", 0.0))
    how = "Kondisi berjalan" if side.key != PROPOSED else f"Usulan {side.said}"
    if a.run.cost <= stacks.SMALL:
        return f"{how} tidak memerlukan iuran dari sumber pendanaan pada {brief.year}."
    text = f"{how} memerlukan iuran {fmt.rupiah(a.run.cost)} pada {brief.year}"
    if most > a.run.cost - stacks.SMALL:
        text += f", seluruhnya dari {short(plain(who), NAME)}"
    else:
        part = f"{fmt.rupiah(most)} atau {fmt.percent(most / a.run.cost, 1)} dari iuran itu"
        text += f", terbesar dari {short(plain(who), NAME)}: {part}"
    return f"{text}."


def _groups(brief: Brief) -> str:
    found = stacks.groups(brief)
    inside, out = sum(g[1] for g in found), sum(g[2] for g in found)
    text = f"Pada {brief.when}, {fmt.count(inside)} pekerja terlindungi dan {fmt.count(out)} belum"
    most = max(found, key=lambda g: g[2], default=None)
    if most and most[2] >= stacks.SMALL and len(found) > 1:
        text += f", terbanyak {short(plain(most[0]), NAME)} ({fmt.count(most[2])})"
    return f"{text}."


def _chances(brief: Brief) -> str:
    """The gravest first: that it may do no better than today's policy, else the first of the risks."""
    first = brief.risks[0] if brief.risks else None
    above = brief.above
    if above is not None and above.more < HALF:
        text = f"Peluang cakupan akhir {brief.year} di atas kondisi berjalan: {risk_words.beats(above)}"
        goal = first.text if first and first.text.startswith("Peluang mencapai") else ""
        return f"{text}; {fmt.inside(goal)}" if goal else f"{text}."
    if first is None:
        return brief.chances.note
    whole = risk_text(first)
    if brief.chances.rows or fit.opening(whole) != whole or len(brief.risks) > 1:
        return fit.opening(whole)
    return f"Yang paling mengancam hasil ini: {fmt.inside(first.heading)}."  # what it does stands below


def risk_text(point: Point) -> str:
    """A heading and its text, the heading once."""
    return point.text if point.text.startswith((point.heading, "Peluang")) else f"{point.heading}: {point.text}"


def _stops(brief: Brief) -> str:
    """The first sentence; where there is more than one text, the whole of the first."""
    first = brief.stops[0] if brief.stops else ""
    return first if len(brief.stops) > 1 else fit.opening(first)


def _asked(brief: Brief) -> str:
    n = len(brief.assumptions.rows)
    checked = f" dan memeriksa {n} asumsi di baliknya" if n else ""
    return f"Rapat diminta {asks.task(brief)}{checked}."
