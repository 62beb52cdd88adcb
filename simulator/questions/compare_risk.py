"""How sure a comparison is: bands, differences and chances of every side over the same draws, as text."""

from collections.abc import Mapping, Sequence

from simulator import indonesian as fmt
from simulator.questions import risk_words as words
from simulator.questions.answer import target_of
from simulator.questions.compare import Side, find
from simulator.questions.measure import END
from simulator.questions.risk import COST, Risk, versus


def rows(
    sides: Sequence[Side], known: Mapping[str, Risk], baseline: str, year: int, what: str, base: str
) -> list[list[str]]:
    """A row a question, its name first, then a column a side: band, difference over the same draws, chance of being
    above the baseline, cost, chance of the target. `known` key → draws; `what` is END or AVERAGE.
    """
    than = find(sides, baseline)
    named = "Cakupan akhir" if what == END else "Cakupan rata-rata"
    target = target_of(sides[0].run, year)
    found: list[list[str]] = [
        [f"{named} {year}, {words.RANGE_NAME}, % {base}"],
        [f"Selisih dari {than.said}, {words.RANGE_NAME}"],
        [f"Peluang lebih tinggi daripada {than.said}"],
        [f"Biaya {year}, {words.RANGE_NAME}"],
    ]
    if target is not None:
        goal = f"{target.name} {fmt.percent(target.coverage.value)} pada {int(target.year.value)}"
        found.append([f"Peluang mencapai {goal}"])
    for s in sides:
        r = known[s.key]
        band, cost = r.band(what, year), r.band(COST, year)
        gap = versus(r, known[baseline], what, year)
        same = s.key == baseline
        cells = [
            words.shares(band.p10, band.p90),
            fmt.NONE if same else words.points(gap.difference.p10, gap.difference.p90),
            fmt.NONE if same else words.beats(gap),
            words.money(cost.p10, cost.p90),
        ]
        if target is not None:
            reached = r.chance(target)
            cells.append(fmt.NONE if reached is None else words.chance(reached))
        for row, cell in zip(found, cells, strict=True):
            row.append(cell)
    return found
