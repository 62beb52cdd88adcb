"""Columns of levers that cannot be true together, made possible.

Ranges are given number by number, so a draw may hold more insured than workers. MODEL is silent there; a planner
would say that such a combination does not occur. The numbers that take part in the broken rule are moved within their
own ranges, each by the same share of the room it has, just so far that the rule holds. Where that is not enough, all
people are moved along a straight line towards the likely values, which do go together.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from simulator.schema import BudgetFunder, Region

Columns = dict[str, np.ndarray]
Ends = Mapping[str, tuple[float, float]]
Rule = dict[str, float]  # path → sign: the sum of sign · number must not be negative
SLACK = 1e-7  # people; the engine's arrays allow ten times as much
ROUNDS = 6  # a rule that was mended may break another


def possible(region: Region, columns: Columns, ends: Ends) -> tuple[Columns, int]:
    """The columns with every rule of the file kept, and how many of them had to be moved.

    `columns` path → (n,), `ends` path → its range, `region` as configured: its own values break no rule.
    """
    if not columns:
        return columns, 0
    found, moved = dict(columns), np.zeros(len(next(iter(columns.values()))), dtype=bool)
    likely = _people(region)
    rules = [r for r in _rules(region) if any(p in found for p in r)]
    for _ in range(ROUNDS):
        now = np.zeros_like(moved)
        for rule in rules:
            now |= _ease(rule, found, likely, ends)
        moved |= now
        if not now.any():
            break
    for rule in rules:
        moved |= _pull(rule, found, likely)
    for funder in region.funders:
        if isinstance(funder, BudgetFunder):
            moved |= _shorten(funder, found)
    return found, int(moved.sum())


def _people(region: Region) -> dict[str, float]:
    """Path → likely value of every number that the rules about people join."""
    base = region.coverage_base
    found = {
        "coverage_base.workers": base.workers.value,
        "coverage_base.outside": base.outside.value,
        "covered": region.covered.value,
    }
    for s in region.segments:
        found |= {f"{s.id}.workers": s.workers.value, f"{s.id}.covered": s.covered.value}
    for f in region.funders:
        found |= {f"{f.id}.paid_before.{s}": q.value for s, q in f.paid_before.items()}
    return found


def _rules(region: Region) -> Iterator[Rule]:
    """Paid before ≤ covered ≤ workers in each segment; the same for what is left over, which is not negative."""
    left: Rule = {"coverage_base.workers": 1, "coverage_base.outside": -1}
    left_covered: Rule = {"covered": 1}
    for s in region.segments:
        paid = {f"{f.id}.paid_before.{s.id}": -1.0 for f in region.funders if s.id in f.paid_before}
        yield {f"{s.id}.covered": 1, **paid}
        yield {f"{s.id}.workers": 1, f"{s.id}.covered": -1}
        left[f"{s.id}.workers"] = -1
        left_covered[f"{s.id}.covered"] = -1
    yield left
    yield left_covered | {f"{f.id}.paid_before.other": -1.0 for f in region.funders if "other" in f.paid_before}
    yield {**left, **{path: -sign for path, sign in left_covered.items()}}


def _sum(rule: Rule, columns: Columns, likely: Mapping[str, float]) -> np.ndarray:
    return np.atleast_1d(sum(sign * columns.get(p, likely[p]) for p, sign in rule.items()))


def _ease(rule: Rule, columns: Columns, likely: Mapping[str, float], ends: Ends) -> np.ndarray:
    """Move the rule's numbers within their ranges until it holds; True where it was broken, (n,).

    With g < 0 the rule's sum and r_i the room of number i towards the end that mends: x_i ± r_i · min(1, −g/Σ r).
    """
    short = -_sum(rule, columns, likely)
    broken = short > SLACK
    which = [p for p in rule if p in columns and p in ends]
    if not broken.any() or not which:
        return broken
    room = {p: np.maximum(0.0, ends[p][1] - columns[p] if rule[p] > 0 else columns[p] - ends[p][0]) for p in which}
    whole = sum(room.values())
    share = np.where(broken, np.minimum(1.0, short / np.where(whole > 0, whole, np.inf)), 0.0)
    for path in which:
        columns[path] = columns[path] + rule[path] * room[path] * share
    return broken


def _pull(rule: Rule, columns: Columns, likely: Mapping[str, float]) -> np.ndarray:
    """Pull all people towards the likely values where the rule is still broken; True where that was needed, (n,).

    With g the rule's sum: x → m + λ(x − m), λ = g(m)/(g(m) − g(x)).
    """
    at_likely, now = max(0.0, sum(sign * likely[p] for p, sign in rule.items())), _sum(rule, columns, likely)
    broken = now < -SLACK
    if not broken.any():
        return broken
    keep = np.where(broken, at_likely / np.where(broken, at_likely - now, 1.0), 1.0)
    for path in likely:
        if path in columns:
            columns[path] = likely[path] + keep * (columns[path] - likely[path])
    return broken


def _shorten(funder: BudgetFunder, columns: Columns) -> np.ndarray:
    """Payments end in December: the start moves back towards its likely month, then months are cut, in every year.

    A single year's clash is mended in that year alone: it gets columns of its own.
    """
    moved = np.zeros(1, dtype=bool)
    for year in (None, *funder.by_year):
        single = funder.by_year.get(year) if year else None
        paths, values, usual = {}, {}, {}
        for name in ("start_month", "months"):
            own = getattr(single, name) if single is not None else None
            paths[name] = f"{funder.id}.by_year.{year}.{name}" if year else f"{funder.id}.{name}"
            usual[name] = (own or getattr(funder, name)).value
            fallback = columns.get(f"{funder.id}.{name}") if own is None else None
            given = columns.get(paths[name], fallback)
            values[name] = usual[name] if given is None else given
        if not (over := np.atleast_1d(values["start_month"] + values["months"] - 1 > 12)).any():
            continue
        start, months = np.broadcast_arrays(values["start_month"], values["months"])
        least = np.minimum(start, usual["start_month"])
        new_start = np.where(over, np.maximum(np.minimum(start, 13 - months), least), start)
        new_months = np.minimum(months, 13 - new_start)
        for name, before, now in (("start_month", start, new_start), ("months", months, new_months)):
            if (before != now).any():
                columns[paths[name]] = now.astype(float)
        moved = moved | over
    return moved
