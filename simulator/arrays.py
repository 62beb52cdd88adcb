"""A region's numbers as arrays, each lever a number or n values, the batch axis last.

Widths: an array's last axis is 1 where no column differs and n where a lever in it varies; everything
broadcasts. S counts segments (`other` last), K funders, T months, Y calendar years.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator import parameters, paths
from simulator.contributions import price_table
from simulator.faults import Fault, InputError
from simulator.region import plain_data
from simulator.registry import FIELDS
from simulator.schema import BudgetFunder, Region, SponsorFunder

Columns = Mapping[str, np.ndarray]
Get = Callable[[str, float], np.ndarray]


@dataclass(frozen=True)
class FunderArrays:
    """One funder: `rows` are the segments it pays for, in its order (a slice where they stand in a row).

    price (T, R, w) Rp a place; one_price (T, w) where it is the same in all its segments, else None; spendable,
    available (T, w) Rp or None for sponsors; limit (T, w) places or None for budgets; onboarding
    (1, w) places or None; paid_before (1, w) places in months before the start.
    """

    id: str
    payer: str
    rows: np.ndarray | slice
    price: np.ndarray
    one_price: np.ndarray | None
    available: np.ndarray | None
    spendable: np.ndarray | None
    limit: np.ndarray | None
    onboarding: np.ndarray | None
    paid_before: np.ndarray
    idle: np.ndarray  # (T,) bool: no column has money or places that month

    @property
    def row_numbers(self) -> np.ndarray:
        """Rows as whole numbers."""
        return np.arange(self.rows.start, self.rows.stop) if isinstance(self.rows, slice) else self.rows


@dataclass(frozen=True)
class Arrays:
    """All that the engine needs. People as float64."""

    n: int
    months: tuple[tuple[int, int], ...]
    segments: tuple[str, ...]
    must: np.ndarray  # (S,) bool: duty must
    growth: np.ndarray  # (T, 1, w) growth factor g
    base: np.ndarray  # (w,) coverage base at the start
    workers: np.ndarray  # (T, S, w) N
    own: np.ndarray  # (T, S, w) O: insured by themselves or through employers
    unknown: np.ndarray  # (T, S, w) R − B: not insured, checks not passed yet
    known: np.ndarray  # (T, S, w) B: those paid for at the start; they have passed the checks
    passing: np.ndarray  # (S, w) share of the unknown who pass the checks
    paid_before: np.ndarray  # (S, w) Σ_k paid_before
    overlap: np.ndarray  # (w,)
    continuation: np.ndarray  # (w,)
    kept: np.ndarray  # (w,) share of self-payers who stay, a month
    grace: np.ndarray  # (w,) months
    deaths: np.ndarray  # (w,) a person and month
    accidents: np.ndarray
    children: np.ndarray
    full_after: int  # months of membership before the full death benefit
    school_after: int  # months before a scholarship
    funders: tuple[FunderArrays, ...]

    def payable(self, t: int) -> np.ndarray:
        """yield · (R − B) + B in month t, (S, w): whoever could be paid for, self-payers among them."""
        return self.passing * self.unknown[t] + self.known[t]

    @property
    def years(self) -> list[int]:
        """Calendar years of the run."""
        return sorted({y for y, _ in self.months})


class _Source:
    """Reads each lever: its column values where it varies, else the region's number."""

    def __init__(self, region: Region, columns: Columns):
        self.data = region._data or plain_data(region)
        self.columns = _checked(self.data, columns, region._source)
        self.n = max((len(v) for v in self.columns.values()), default=1)

    def __call__(self, path: str, number: float) -> np.ndarray:
        """Values of shape (w,), w being 1 or n."""
        column = self.columns.get(path)
        return np.array([number], dtype=float) if column is None else column


def _checked(data: dict, columns: Columns, source: str) -> dict[str, np.ndarray]:
    """The columns as float arrays of one length, within the limits of the registry."""
    checked: dict[str, np.ndarray] = {}
    faults, length = [], None
    for path, raw in columns.items():
        key, values = paths.field_key(path, data), np.atleast_1d(np.asarray(raw, dtype=float))
        if key is None or key in ("years", "apbd_total"):
            faults.append(Fault(path, "unknown_path", {}, source))
            continue
        if values.ndim != 1 or (length not in (None, len(values))):
            faults.append(Fault(path, "shape", {"value": values.size, "limit": length}, source))
            continue
        length = len(values)
        faults += _limit_faults(path, key, values, source)
        checked[path] = np.ascontiguousarray(values)
    if faults:
        raise InputError(faults)
    return checked


def _limit_faults(path: str, key: str, values: np.ndarray, source: str) -> list[Fault]:
    field = FIELDS[key]
    unlimited = values if not key.endswith("onboarding_per_month") else np.where(np.isposinf(values), 0, values)
    rules = [
        ("not_finite", ~np.isfinite(unlimited), None),
        ("more_than", unlimited > (np.inf if field.le is None else field.le), field.le),
        ("not_below", unlimited >= (np.inf if field.lt is None else field.lt), field.lt),
        ("less_than", unlimited < (-np.inf if field.ge is None else field.ge), field.ge),
        ("not_above", unlimited <= (-np.inf if field.gt is None else field.gt), field.gt),
        ("not_whole", unlimited != np.round(unlimited) if field.whole else np.zeros(1, bool), None),
    ]
    return [
        Fault(path, kind, {"value": float(values[bad][0]), "limit": limit}, source)
        for kind, bad, limit in rules
        if bad.any()
    ]


def build(region: Region, columns: Columns | None = None) -> Arrays:
    """Arrays of a configured region, `columns` giving n values each for some levers.

    Raises InputError for unknown levers, values outside their limits and columns that break a rule of the file.
    """
    get = _Source(region, columns or {})
    months = tuple(region.months)
    t = np.arange(len(months), dtype=float)[:, None]
    base, growth_rate = _q(get, "coverage_base", region, "workers"), _q(get, "coverage_base", region, "growth")
    growth = ((1 + growth_rate) ** (t / 12))[:, None, :]
    paid = _paid_before(region, get)
    paid_total = _stack([sum(rows) if rows else np.zeros(1) for rows in paid])
    workers, covered, change, passing = _segments(region, get, base, paid_total)
    people = workers * growth
    own = np.minimum(people, np.maximum(0.0, (covered - paid_total + change * (t[:, :, None] / 12)) * growth))
    room = people - own
    known = np.minimum(room, paid_total * growth)
    value = {name: _q(get, "assumptions", region, name) for name in type(region.assumptions).model_fields}
    return Arrays(
        n=get.n,
        months=months,
        segments=region.segment_ids,
        must=np.array([s.duty == "must" for s in region.segments] + [False]),
        growth=growth,
        base=base,
        workers=people,
        own=own,
        unknown=room - known,
        known=known,
        passing=passing,
        paid_before=paid_total,
        overlap=value["overlap"],
        continuation=value["self_pay_continuation"],
        kept=(1 - value["self_pay_lapse"]) ** (1 / 12),
        grace=value["grace_months"],
        deaths=value["deaths_per_1000"] / 1000 / 12,
        accidents=value["accidents_per_1000"] / 1000 / 12,
        children=value["children_per_death"],
        full_after=int(parameters.value("jkm_full_after_months", months[0])),
        school_after=int(parameters.value("scholarship_after_months", months[0])),
        funders=tuple(_funder(region, f, get, months) for f in region.funders),
    )


def _q(get: Get, owner: str, region: Region, name: str) -> np.ndarray:
    return get(f"{owner}.{name}", getattr(getattr(region, owner), name).value)


def _stack(rows: list[np.ndarray]) -> np.ndarray:
    """Rows of width 1 or n as one array."""
    return np.array(np.broadcast_arrays(*rows))


def _paid_before(region: Region, get: Get) -> list[list[np.ndarray]]:
    """For each segment the places that each funder pays for today."""
    return [
        [
            get(f"{f.id}.paid_before.{s}", f.paid_before[s].value if s in f.paid_before else 0.0)
            for f in region.funders
            if s in f.segments
        ]
        for s in region.segment_ids
    ]


def _segments(region: Region, get: Get, base: np.ndarray, paid: np.ndarray) -> tuple[np.ndarray, ...]:
    """(workers, covered, covered_change, verification yield), each (S, w), the residual last."""
    general = region.assumptions.verification_yield.value
    rows = []
    for s in region.segments:
        passes = get("assumptions.verification_yield", general)
        if s.verification_yield is not None or f"{s.id}.verification_yield" in get.columns:
            passes = get(f"{s.id}.verification_yield", s.verification_yield.value if s.verification_yield else 1.0)
        elif s.duty == "must":
            passes = np.ones(1)
        numbers = [get(f"{s.id}.{k}", getattr(s, k).value) for k in ("workers", "covered", "covered_change")]
        rows.append((*numbers, passes))
    outside = _q(get, "coverage_base", region, "outside")
    all_covered = get("covered", region.covered.value)
    other = region.other
    passes = get("assumptions.verification_yield", general)
    if other.verification_yield is not None or "other.verification_yield" in get.columns:
        passes = get("other.verification_yield", other.verification_yield.value if other.verification_yield else 1.0)
    rest = base - outside - sum(r[0] for r in rows)
    rest_covered = all_covered - sum(r[1] for r in rows)
    rows.append((rest, rest_covered, get("other.covered_change", other.covered_change.value), passes))
    workers, covered, change, passing = (_stack(list(column)) for column in zip(*rows, strict=True))
    _refuse(region, workers, covered, paid)
    # sums of floats may leave a residual of −1e-11 where it is zero
    return np.maximum(workers, 0.0), np.maximum(covered, 0.0), change, passing


def _refuse(region: Region, workers: np.ndarray, covered: np.ndarray, paid: np.ndarray) -> None:
    """Columns that break a rule which joins several fields are refused, never bent."""
    slack = 1e-6
    rules = {
        "residual workers are not negative": workers[-1] < -slack,
        "residual insured are not negative": covered[-1] < -slack,
        "covered <= workers": (covered > workers + slack).any(axis=0),
        "paid_before <= covered": (paid > covered + slack).any(axis=0),
    }
    faults = [
        Fault("", "columns", {"count": int(bad.sum()), "total": bad.size, "rule": rule}, region._source)
        for rule, bad in rules.items()
        if bad.any()
    ]
    if faults:
        raise InputError(faults)


def _funder(region: Region, funder: BudgetFunder | SponsorFunder, get: Get, months: tuple) -> FunderArrays:
    ids = region.segment_ids
    number = FIELDS["funder.onboarding_per_month"].name
    cap = funder.onboarding_per_month
    limited = cap is not None or f"{funder.id}.{number}" in get.columns
    paid = [
        get(f"{funder.id}.paid_before.{s}", funder.paid_before[s].value if s in funder.paid_before else 0.0)
        for s in funder.segments
    ]
    budget = isinstance(funder, BudgetFunder)
    available, spendable = _money(region, funder, get, months) if budget else (None, None)
    limit = None if budget else _places(funder, get, len(months))
    price = price_table(region, funder, get, months)
    same = price.shape[1] > 0 and bool((price == price[:, :1]).all())
    return FunderArrays(
        id=funder.id,
        payer=funder.payer,
        rows=_rows([ids.index(s) for s in funder.segments]),
        price=price,
        one_price=price[:, 0] if same else None,
        available=available,
        spendable=spendable,
        limit=limit,
        onboarding=get(f"{funder.id}.{number}", cap.value if cap else np.inf)[None, :] if limited else None,
        paid_before=(sum(paid) if paid else np.zeros(1))[None, :],
        idle=~((spendable if budget else limit) > 0).any(axis=1),
    )


def _rows(numbers: list[int]) -> np.ndarray | slice:
    """Segment rows; a slice where they follow each other, which numpy reads without a copy."""
    if numbers and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return slice(numbers[0], numbers[0] + len(numbers))
    return np.array(numbers, dtype=int)


def _money(region: Region, funder: BudgetFunder, get: Get, months: tuple) -> tuple[np.ndarray, np.ndarray]:
    """(available, spendable) a month: budget/months in paying months, and that times absorption."""
    first = months[0][0]
    growth = get(f"{funder.id}.budget_growth", funder.budget_growth.value)
    usual = {k: get(f"{funder.id}.{k}", getattr(funder, k).value) for k in ("annual_budget", "start_month", "months")}
    rows = []
    years = sorted({y for y, _ in months})
    for year in years:
        single = funder.by_year.get(year)
        usual_now = {**usual, "annual_budget": usual["annual_budget"] * (1 + growth) ** (year - first)}
        now = []
        for key, fallback in usual_now.items():
            path, own = f"{funder.id}.by_year.{year}.{key}", getattr(single, key, None)
            given = own is not None or path in get.columns
            now.append(get(path, own.value if own else 0.0) if given else fallback)
        _refuse_calendar(region, funder, now[1], now[2])
        rows.append(now)
    of_year = [y - years[0] for y, _ in months]
    budget, start, count = (_stack(list(column))[of_year] for column in zip(*rows, strict=True))
    month = np.array([m for _, m in months], dtype=float)[:, None]
    available = np.where((start <= month) & (month < start + count), budget / count, 0.0)
    return available, available * get(f"{funder.id}.absorption", funder.absorption.value)


def _refuse_calendar(region: Region, funder: BudgetFunder, start: np.ndarray, count: np.ndarray) -> None:
    bad = np.atleast_1d(start + count - 1 > 12)
    if bad.any():
        facts = {"count": int(bad.sum()), "total": bad.size, "rule": "start_month + months - 1 <= 12"}
        raise InputError([Fault(f"{funder.id}.months", "columns", facts, region._source)])


def _places(funder: SponsorFunder, get: Get, total: int) -> np.ndarray:
    """Places that sponsors pay for, (T, w): sponsors · share · workers each · share still paying."""
    q = {
        name: get(f"{funder.id}.{name}", getattr(funder, name).value)
        for name in (
            "sponsors",
            "participation",
            "initial_participation",
            "start_after",
            "ramp_months",
            "workers_per_sponsor",
            "still_paying",
        )
    }
    t = np.arange(total, dtype=float)[:, None]
    risen = np.minimum(1.0, (t - q["start_after"] + 1) / q["ramp_months"])
    share = q["initial_participation"] + (q["participation"] - q["initial_participation"]) * risen
    share = np.where(t < q["start_after"], 0.0, share)
    return q["sponsors"] * share * q["workers_per_sponsor"] * q["still_paying"]
