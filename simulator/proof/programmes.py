"""Real programmes, run again in the model: a region of one group and one funder, made in memory for each."""

import re
from dataclasses import dataclass
from typing import Any

from simulator import parameters
from simulator.contributions import first_dated_month
from simulator.parameters import Programme
from simulator.projection import Projection, project
from simulator.region import parse_region

UNKNOWN_YEAR = 2025  # for programmes whose year is not reported; the lowest contribution is the same since July 2015
PAYERS = {"apbdes": "village", "baznas": "zakat", "bumd": "corporate", "asn": "individual"}  # all others: government
PLENTY = 1_000_000  # Rp a year for each worker: far more than any contribution, so that money never decides
FAR = 0.04  # of the reported rupiah: further away is no rounding, however roughly the report writes
WHOLE = 0.005  # months; nearer to a whole number than this is one
_WRITTEN = re.compile(r"Rp ([\d.]+)(?:,(\d+))?(?: (juta|miliar|triliun))?")
_POWERS = {"": 0, "juta": 6, "miliar": 9, "triliun": 12}


@dataclass(frozen=True)
class Rerun:
    """A programme as the model has it. Rp: `computed` for all its months (None where they are not known), `month` for
    one of them (None for sums). `pays_months`, or `pays_worker_months` where the workers are not known: what the
    reported rupiah would pay for. `difference` = computed − reported. `held`: as near or far as it is said to be."""

    programme: Programme
    computed: float | None
    month: float | None
    pays_months: float | None
    pays_worker_months: float | None
    difference: float | None
    held: bool


def rerun_all(programmes: tuple[Programme, ...] | None = None) -> list[Rerun]:
    """Every known programme, run in the model."""
    known = parameters.programmes() if programmes is None else programmes
    done: dict[str, Rerun] = {}
    for p in sorted(known, key=lambda p: bool(p.sum_of)):
        done[p.id] = _rerun(p, done)
    return [done[p.id] for p in known]


def _rerun(p: Programme, done: dict[str, Rerun]) -> Rerun:
    computed = month = months_paid = worker_months = None
    if p.sum_of:
        computed = sum(done[each].computed for each in p.sum_of)
    else:
        run = run_programme(p)
        months = int(p.months or 1)
        cost = float(run.months.cost.sum())
        month = cost / months
        computed = cost if p.workers and p.months else None
    if p.reported_rupiah and month and p.match == "incomplete":
        months_paid = p.reported_rupiah / month if p.workers else None
        worker_months = None if p.workers else p.reported_rupiah / month
    difference = computed - p.reported_rupiah if computed is not None and p.reported_rupiah else None
    return Rerun(p, computed, month, months_paid, worker_months, difference, _held(p, difference, months_paid))


def year_run(p: Programme) -> int:
    """The year a programme is run in: its own, a stated one where that is unknown, and the model's first full one
    where it is earlier (all benefits are known from December 2019 on; the contribution was the same before)."""
    year, month = first_dated_month()
    return max(p.year or UNKNOWN_YEAR, year if month == 1 else year + 1)


def region_data(p: Programme) -> dict[str, Any]:
    """The plain data of a programme's region: its workers, none insured, one funder with more than enough money.

    Months go up to December, as most programmes' do; one month where they are not known, one worker where those are
    not.
    """
    months, workers = int(p.months or 1), float(p.workers or 1)
    funder = {"id": p.funder, "name": p.funder, "kind": "budget", "payer": PAYERS.get(p.funder, "government")}
    funder |= {"segments": ["pekerja"], "annual_budget": PLENTY * workers}
    funder |= {"start_month": 13 - months, "months": months}
    return {
        "title": p.place,
        "start": f"{year_run(p)}-01",
        "years": 1,
        "coverage_base": {"population": "employed", "workers": workers},
        "covered": 0,
        "segments": [{"id": "pekerja", "name": "Pekerja", "workers": workers, "covered": 0, "membership": "bpu"}],
        "funders": [funder],
    }


def run_programme(p: Programme) -> Projection:
    """A programme's year in the model."""
    return project(parse_region(region_data(p), p.id))


def rounding(p: Programme) -> float:
    """One unit of the last digit that the report writes, Rp: 100 million for "Rp 2,1 miliar"; 1 where in full.

    At most FAR of the reported sum.
    """
    reported = p.reported_rupiah or 0.0
    for whole, part, word in _WRITTEN.findall(p.reported_text or ""):
        value = float(f"{whole.replace('.', '')}.{part or 0}") * 10 ** _POWERS[word]
        if abs(value - reported) < 1:
            return min(10.0 ** (_POWERS[word] - len(part)), FAR * reported)
    return 1.0


def _held(p: Programme, difference: float | None, months_paid: float | None) -> bool:
    """Whether a programme's `match` is true of what the model gives."""
    if p.match == "exact":
        return difference is not None and abs(difference) < 0.5
    if p.match == "rounded":
        return difference is not None and abs(difference) <= rounding(p)
    if p.match == "wrong":
        return difference is not None and abs(difference) > FAR * p.reported_rupiah
    if p.match == "incomplete":
        return months_paid is None or months_paid > 12 or abs(months_paid - round(months_paid)) > WHOLE
    return p.reported_rupiah is None
