"""What a question about a target is measured by: year's end, the year's average, or BPJS's active count."""

from types import MappingProxyType

import numpy as np

from simulator.arrays import Arrays
from simulator.engine import Months
from simulator.faults import Fault, InputError
from simulator.projection import Projection
from simulator.registry import FIELDS
from simulator.schema import Region
from simulator.years import coverage_base, spans

END, AVERAGE, ACTIVE = "end", "average", "active"
MEASURES = MappingProxyType(
    {
        END: "cakupan akhir tahun",
        AVERAGE: "cakupan rata-rata setahun",
        ACTIVE: "peserta aktif akhir tahun (hitungan BPJS)",
    }
)
APART = 0.01  # end and average that differ by more than a point must be told apart
ROUNDING = 1e-12  # a share: one run and a batch may add up the same months to a last digit's difference


def share(run: Projection, year: int, measure: str) -> float:
    """A run's coverage in a year by a measure, as a share of the coverage base."""
    y, i = run.years, run.years.years.index(year)
    return float({END: y.coverage_end, AVERAGE: y.coverage_average, ACTIVE: y.active_end}[measure][i, 0])


def reaches(coverage: float, target: float) -> bool:
    """Whether a run's coverage is the target or more, but for rounding."""
    return coverage >= target - ROUNDING


def shares(a: Arrays, m: Months, year: int, measure: str) -> np.ndarray:
    """The same for every column, (n,)."""
    start, end = span(a, year)
    base = coverage_base(a)
    if measure == AVERAGE:
        return (m.insured[start:end] / base[start:end]).mean(axis=0)
    people = m.active if measure == ACTIVE else m.insured
    return people[end - 1] / base[end - 1]


def span(a: Arrays, year: int) -> tuple[int, int]:
    """(first month's index, index after the last) of a year."""
    return next((i, j) for y, i, j in spans(a) if y == year)


def people(a: Arrays, year: int, measure: str) -> float:
    """How many workers a coverage of 1 is, by a measure: the base in the last month, or the mean of the months'.

    For the average it is 12/Σ(1/base_t), so that one more worker all year is one worker by the measure.
    """
    start, end = span(a, year)
    base = np.broadcast_to(coverage_base(a), (len(a.months), a.n))[:, 0]
    return float((end - start) / (1 / base[start:end]).sum()) if measure == AVERAGE else float(base[end - 1])


def until(region: Region, year: int) -> Region:
    """The region with a run no longer than a question on `year` asks for."""
    first_year, first_month = region.first_month
    years = -(-((year - first_year) * 12 + 13 - first_month) // 12)
    whole = int(region.years.value)
    if years >= whole:
        return region
    from simulator.region import configure  # here, for a region is built by it

    return configure(region, None, {"years": years})


def check_question(region: Region, year: int, coverage: float | None, measure: str) -> None:
    """Raise InputError for a year outside the run, a share that is none, or an unknown measure."""
    faults = []
    simulated = sorted({y for y, _ in region.months})
    if year not in simulated:
        facts = {"value": year, "first": simulated[0], "last": simulated[-1]}
        faults.append(Fault("year", "year_outside", facts, region._source))
    field = FIELDS["target.coverage"]
    if coverage is not None and not (np.isfinite(coverage) and 0 <= coverage <= field.le):
        faults.append(Fault("coverage", "not_a_share", {"value": coverage}, region._source))
    if measure not in MEASURES:
        facts = {"value": measure, "allowed": tuple(MEASURES), "guess": None}
        faults.append(Fault("measure", "not_one_of", facts, region._source))
    if faults:
        raise InputError(faults)
