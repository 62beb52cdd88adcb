"""Columns of levers that cannot be true together, made possible.

Ranges are given number by number, so a draw may hold more insured than workers. MODEL is silent there; a planner
would say that such a combination does not occur. The numbers that take part in the broken rule are moved along a
straight line towards the likely values, which do go together, until the rule holds.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from simulator.schema import BudgetFunder, Region

Columns = dict[str, np.ndarray]
Rule = dict[str, float]  # path → sign: the sum of sign · number must not be negative
SLACK = 1e-9


def possible(region: Region, columns: Columns) -> tuple[Columns, int]:
    """The columns with every rule of the file kept, and how many of them had to be moved.

    `columns` path → (n,), `region` as configured: its own values break no rule.
    """
    if not columns:
        return columns, 0
    found, moved = dict(columns), np.zeros(len(next(iter(columns.values()))), dtype=bool)
    likely = _people(region)
    rules = [r for r in _rules(region) if any(p in found for p in r)]
    for rule in rules:
        moved |= _pull(rule, found, likely, [p for p in rule if p in found])
    for rule in rules:  # a rule kept above may have been broken again by the next: then all give way together
        moved |= _pull(rule, found, likely, [p for p in likely if p in found])
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


def _pull(rule: Rule, columns: Columns, likely: Mapping[str, float], which: list[str]) -> np.ndarray:
    """Pull `which` numbers towards the likely where the rule is broken; True where that was needed, (n,).

    With g the rule's sum: x → m + λ(x − m), λ = g(m)/(g(m) − g(x)).
    """
    at_likely = sum(sign * likely[p] for p, sign in rule.items())
    size = sum(abs(likely[p]) for p in rule)
    now = sum(sign * columns.get(p, likely[p]) for p, sign in rule.items())
    broken = np.atleast_1d(now < -SLACK * max(1.0, size))
    if not broken.any():
        return broken
    keep = np.where(broken, max(at_likely, 0.0) / np.where(broken, max(at_likely, 0.0) - now, 1.0), 1.0)
    for path in which:
        columns[path] = likely[path] + keep * (columns[path] - likely[path])
    return broken


def _shorten(funder: BudgetFunder, columns: Columns) -> np.ndarray:
    """Payments end in December: months are cut, or the start moved up where the months are given, in every year."""
    moved = np.zeros(1, dtype=bool)
    for year in (None, *funder.by_year):
        single = funder.by_year.get(year) if year else None
        place = {}
        for name in ("start_month", "months"):
            own = single is not None and getattr(single, name) is not None
            path = f"{funder.id}.by_year.{year}.{name}" if own else f"{funder.id}.{name}"
            place[name] = path, columns.get(path, getattr(single if own else funder, name).value)
        (start_path, start), (months_path, months) = place["start_month"], place["months"]
        over = np.atleast_1d(start + months - 1 > 12)
        if over.any():
            if months_path in columns:
                columns[months_path] = np.minimum(months, 13 - start)
            else:
                columns[start_path] = np.minimum(start, 13 - months)
            moved = moved | over
    return moved
