"""A note on the data of a region, and the figures that the rules look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator import indonesian as fmt
from simulator.registry import POPULATIONS
from simulator.schema import BudgetFunder, Quantity, Region

NAMED = 3  # figures a sentence names before it only counts the rest: more than three nobody reads
SHARE_OF_BASE = 0.01  # of the base: a smaller segment cannot move coverage by more than a point


@dataclass(frozen=True)
class Note:
    """One note. `kind` names the rule, `weight` is GRAVE, NOTABLE or REMARK, `places` are paths in the file such as
    `segments.rentan.workers`, `mend` is what one can do."""

    kind: str
    weight: int
    text: str
    places: tuple[str, ...]
    mend: str


@dataclass(frozen=True)
class Figure:
    """A number of the file: its path there, what it is called inside a sentence, and the number itself."""

    path: str
    label: str
    quantity: Quantity


def people(region: Region) -> Iterator[Figure]:
    """Counts of people that coverage hangs on: base, those outside it, insured, each segment, sponsors."""
    base = region.coverage_base
    yield Figure("coverage_base.workers", "penyebut", base.workers)
    if base.outside.value:
        yield Figure("coverage_base.outside", "di luar kepesertaan", base.outside)
    yield Figure("covered", "jumlah peserta", region.covered)
    for s in region.segments:
        yield Figure(f"segments.{s.id}.workers", f"jumlah pekerja “{s.name}”", s.workers)
        yield Figure(f"segments.{s.id}.covered", f"peserta “{s.name}”", s.covered)
    for f in region.funders:
        if not isinstance(f, BudgetFunder):
            yield Figure(f"funders.{f.id}.sponsors", f"calon penanggung {f.name}", f.sponsors)


def weighty(region: Region) -> Iterator[Figure]:
    """The figures that carry a run: base, insured, every segment of weight, every budget and number of sponsors."""
    small = SHARE_OF_BASE * region.coverage_base.workers.value
    light = {f"segments.{s.id}.{n}" for s in region.segments if s.workers.value < small for n in ("workers", "covered")}
    yield from (f for f in people(region) if f.path not in light and f.quantity.value)
    for f in region.funders:
        if isinstance(f, BudgetFunder) and f.annual_budget.value:
            yield Figure(f"funders.{f.id}.annual_budget", f"anggaran {f.name}", f.annual_budget)


def bases(region: Region) -> list[tuple[str, str, float]]:
    """(path, population, workers) of the coverage base, then of the others beside it."""
    base = region.coverage_base
    also = [(f"coverage_base.also[{i}].workers", a.population, a.workers.value) for i, a in enumerate(base.also, 1)]
    return [("coverage_base.workers", base.population, base.workers.value), *also]


def called(base: str) -> str:
    """What a base is called, without brackets of its own, for names often stand in brackets here."""
    return POPULATIONS[base].replace("(", "").replace(")", "")


def population(region: Region) -> str:
    """What the coverage base is called."""
    return called(region.coverage_base.population)


def residual(region: Region) -> tuple[float, float]:
    """(workers, insured) that the segments leave in the base."""
    base = region.coverage_base
    workers = base.workers.value - base.outside.value - sum(s.workers.value for s in region.segments)
    return workers, region.covered.value - sum(s.covered.value for s in region.segments)


def coverage(region: Region) -> float:
    """Insured over the coverage base."""
    return region.covered.value / region.coverage_base.workers.value


def names(words: Sequence[str]) -> str:
    """The first few of a list, and how many more there are."""
    more = len(words) - NAMED
    return f"{', '.join(words[:NAMED])}, dan {more} lainnya" if more > 0 else fmt.listing(list(words))


def rounding(value: float, most: float = 1.0) -> float:
    """The unit that a number seems rounded to: the largest power of ten that divides it, at most `most` of it.

    469,000 is rounded to 1,000; with most = 0.001 to 100.
    """
    unit = 1.0
    while value and value % (10 * unit) == 0 and 10 * unit <= most * value:
        unit *= 10
    return unit
