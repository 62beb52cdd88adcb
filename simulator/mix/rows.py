"""The rows of the linear programme of a mix, as they are written down.

Columns: u_k, each funder's plan as a share of its limit; x_kst, places it pays for in segment s and month t;
d_k, how far its money is from today's; e_st, whom a plan drops. Rows, for each month t that counts:

    money       Σ_s p_kst · x_kst ≤ spendable_kt · u_k           (budgets)
    places      Σ_s x_kst ≤ places_kt(u_k)                       (sponsors)
    enrolment   Σ_s x_kst ≤ the most that onboarding allows by then
    need        Σ_k (1 − v_st) · x_kst ≤ need_st
    cover       Σ_t w_t · Σ_ks (1 − v_st) · x_kst + who is insured anyway ≥ goal
    kept        Σ_k (1 − v_st) · x_kst + e_st ≥ those paid for today                    (where asked)
    duties      Σ_s must … ≥ as many as can be                   (where asked: obligations first)

One u_k stands for all months and years, so that nothing can be bought in December alone or dropped from one year
to the next: what a plan costs is its whole year's money, not the months that count. Every run of the model obeys
these rows, so the optimum is a bound that no plan can beat where all money is paid and nobody goes on alone: money
that finds nobody costs nothing, which only the model knows. Whether its own order of paying reaches the optimum,
the replay tells. With `ordered` the waterfall's order itself is added, with whole-number columns: a funder comes
to its next segment only where the one before has no need left, and leaves money only where all have none.

Money is in Rp million, people are workers.
"""

from dataclasses import dataclass, field

import numpy as np

from simulator.engine import LOOK_BACK
from simulator.mix.task import Task
from simulator.questions import measure as measures

MILLION = 1e6
SLACK = 1e-7  # relative, on an optimum that a later objective must keep


@dataclass
class _Rows:
    """Rows of a programme as they are written down."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def add(self, columns, values, lower: float = -np.inf, upper: float = np.inf) -> int:
        """Append a row; returns its number."""
        self.index.extend(int(c) for c in columns)
        self.value.extend(float(v) for v in values)
        self.start.append(len(self.index))
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1


class Written:
    """The rows of a task's programme around a run of the model.

    `around` is the plan whose run gives what the rows take as known: who pays for themselves meanwhile. `kept`
    adds the rows that drop nobody whom today's policy pays for, as far as the limits allow.
    """

    def __init__(
        self, task: Task, around: np.ndarray, *, kept: bool = False, ordered: bool = False, month: int | None = None
    ):
        self.task, self.count = task, len(task.choices)
        self.arrays, self.months = task.months_of(around[:, None], detail=True)
        self.weights = _weights(task, month)
        self.rows = _Rows()
        self._known()
        self._columns(_kept_months(task) if kept else [])
        self._write(kept, ordered)

    # What the rows take as known

    def _known(self) -> None:
        a, m = self.arrays, self.months
        total = len(a.months)
        own, workers = (np.broadcast_to(x[..., :1], (total, len(a.segments), 1))[..., 0] for x in (a.own, a.workers))
        after = m.self_payers[..., 0]
        carried = np.vstack([np.zeros((1, after.shape[1])), after[:-1] * float(a.kept[0])])
        carried = np.minimum(workers - own, carried)
        payable = np.array([a.payable(t)[..., 0] for t in range(total)])
        self.need = np.maximum(0.0, payable - carried)
        everyone = np.maximum(own + self.need, np.finfo(float).tiny)
        self.reaches = 1.0 - np.minimum(float(a.overlap[0]), own / everyone)  # (T, S) 1 − v
        self.anyway = own + after  # (T, S) insured whoever pays
        self.workers = workers

    def _columns(self, kept_months: list[int]) -> None:
        """Number the columns: u, then d, then x by (funder, month, place in its order)."""
        months = sorted({*self.weights, *kept_months})
        self.x: dict[tuple[int, int, int], int] = {}
        column = 2 * self.count
        for k, f in enumerate(self.task.ends.funders):
            for t in months:
                if f.idle[t]:
                    continue
                for s in f.row_numbers.tolist():
                    self.x[k, t, s] = column
                    column += 1
        self.dropped = {(t, s): column + i for i, (t, s) in enumerate(self._kept_pairs(kept_months))}
        self.width, self.used = column + len(self.dropped), months

    def _kept_pairs(self, months: list[int]) -> list[tuple[int, int]]:
        """Months and segments in which today's policy pays and some funder may."""
        paid = self.task.paid_today
        payable = {(t, s) for _, t, s in self.x}
        return [(t, s) for t in months for s in np.flatnonzero(paid[t] > 0).tolist() if (t, s) in payable]

    def _write(self, kept: bool, ordered: bool) -> None:
        ends, (start, end) = self.task.ends, self.task.span
        self.committed = np.zeros((2, self.count))  # Rp million in the year: at nothing, and at the limit
        for k, f in enumerate(ends.funders):
            self.committed[:, k] = committed(f, start, end) / MILLION
        self.spread = self.committed[1] - self.committed[0]
        counted = [(c, t, s) for (_, t, s), c in self.x.items() if t in self.weights]
        self.counted = np.array([c for c, _, _ in counted], dtype=int)  # columns of months that count
        self.worth = np.array([self.weights[t] * self.reaches[t, s] for _, t, s in counted])  # workers for a place
        self.dutiful = np.array([bool(self.arrays.must[s]) for _, _, s in counted], dtype=bool)
        self.integers: list[int] = []
        self.upper = np.full(self.width, np.inf)
        self.upper[: self.count] = 1.0
        for t in self.used:
            self._month(t)
        self.cover = self._cover_row()
        self.total = self.rows.add(range(self.count), self.spread)
        self.primary = self.rows.add(range(self.count), np.zeros(self.count))
        self._distance(self.spread)
        self.must = self.rows.add(self.counted[self.dutiful], self.worth[self.dutiful])
        if kept:
            self._kept_rows()
        self.short = self.rows.add(self.dropped.values(), np.ones(len(self.dropped)))
        if ordered:
            for t in self.weights:
                self._order(t)

    # Rows

    def _month(self, t: int) -> None:
        """Money, places and enrolment of each funder, need of each segment, in one month."""
        ends = self.task.ends
        for k, f in enumerate(ends.funders):
            listed = [s for s in f.row_numbers.tolist() if (k, t, s) in self.x]
            if not listed:
                continue
            columns = [self.x[k, t, s] for s in listed]
            none, most = _money(f, t)
            prices = f.price[t, :, 0] / MILLION if f.spendable is not None else np.ones(len(columns))
            self.rows.add([k, *columns], [none - most, *prices], upper=none)
            most_places = _enrolled(f, t)
            if np.isfinite(most_places):
                self.rows.add(columns, np.ones(len(columns)), upper=most_places)
        for s in range(len(ends.segments)):
            columns = [c for (_, month, segment), c in self.x.items() if month == t and segment == s]
            if columns:
                self.rows.add(columns, np.full(len(columns), self.reaches[t, s]), upper=self.need[t, s])

    def _cover_row(self) -> int:
        self.given = sum(w * min(self.anyway[t].sum(), self.workers[t].sum()) for t, w in self.weights.items())
        return self.rows.add(self.counted, self.worth)

    def _distance(self, spread: np.ndarray) -> None:
        """d_k ≥ |money of the plan − money of today's|."""
        today = spread * self.task.today
        for k in range(self.count):
            self.rows.add([k, self.count + k], [spread[k], -1.0], upper=today[k])
            self.rows.add([k, self.count + k], [spread[k], 1.0], lower=today[k])

    def _kept_rows(self) -> None:
        """Whoever is paid for by today's policy stays paid for, month by month; the last row sums up who does not."""
        for (t, s), e in self.dropped.items():
            columns = [c for (_, month, segment), c in self.x.items() if month == t and segment == s]
            least = min(float(self.task.paid_today[t, s]), float(self.need[t, s])) * (1 - SLACK)
            self.rows.add([*columns, e], [*np.full(len(columns), self.reaches[t, s]), 1.0], lower=least)

    def _order(self, t: int) -> None:
        """The waterfall's own order in one month."""
        for k, f in enumerate(self.task.ends.funders):
            listed = [s for s in f.row_numbers.tolist() if (k, t, s) in self.x]
            full = []
            for s in listed:
                z = self._binary()
                earlier = [c for (i, month, segment), c in self.x.items() if month == t and segment == s and i <= k]
                row = np.full(len(earlier), self.reaches[t, s])
                self.rows.add([*earlier, z], [*row, -self.need[t, s]], lower=0.0)  # z = 1: no need left
                full.append(z)
            for z, s in zip(full, listed[1:], strict=False):
                most = self.need[t, s] / self.reaches[t, s]
                self.rows.add([self.x[k, t, s], z], [1.0, -most], upper=0.0)
            if listed:
                self._no_money_left(k, t, listed, full)

    def _no_money_left(self, k: int, t: int, listed: list[int], full: list[int]) -> None:
        """Money or places stay only where all need is met, or enrolment is at its most."""
        f = self.task.ends.funders[k]
        none, most = _money(f, t)
        done = self._binary()
        for z in full:
            self.rows.add([z, done], [1.0, -1.0], lower=0.0)
        columns = [self.x[k, t, s] for s in listed]
        prices = f.price[t, :, 0] / MILLION if f.spendable is not None else np.ones(len(columns))
        excuses = [done]
        limit = _enrolled(f, t)
        if np.isfinite(limit):
            at_most = self._binary()
            self.rows.add([*columns, at_most], [*np.ones(len(columns)), -limit], lower=0.0)
            excuses.append(at_most)
        room = [-max(none, most)] * len(excuses)
        self.rows.add([k, *columns, *excuses], [most - none, *-prices, *room], upper=-none)

    def _binary(self) -> int:
        self.integers.append(self.width + len(self.integers))
        return self.integers[-1]


def _weights(task: Task, month: int | None) -> dict[int, float]:
    """Month index → how much an insured worker in it counts: the last month, one month, or all months alike."""
    start, end = task.span
    if task.measure != measures.AVERAGE:
        return {end - 1 if month is None else month: 1.0}
    base = np.broadcast_to(task.ends.base * task.ends.growth[:, 0], (len(task.ends.months), task.ends.n))[start:end, 0]
    return {start + i: task.scale / float(b) / (end - start) for i, b in enumerate(base)}


def _kept_months(task: Task) -> list[int]:
    """Months of the year asked about."""
    return list(range(*task.span))


def _money(f, t: int) -> tuple[float, float]:
    """What a funder has in a month at nothing and at its limit: Rp million, or places."""
    table = f.spendable if f.spendable is not None else f.limit
    scale = MILLION if f.spendable is not None else 1.0
    return float(table[t, 0]) / scale, float(table[t, -1]) / scale


def committed(f, start: int, end: int) -> np.ndarray:
    """Rp in a year at nothing and at the limit, (2,). Sponsors: their places at the cheapest contribution."""
    if f.spendable is not None:
        return np.array([f.spendable[start:end, i].sum() for i in (0, -1)])
    cheapest = f.price[start:end, :, 0].min(axis=1) if f.price.shape[1] else np.zeros(end - start)
    return np.array([(f.limit[start:end, i] * cheapest).sum() for i in (0, -1)])


def _enrolled(f, t: int) -> float:
    """The most places that onboarding can have brought a funder to by month t, had it money for all."""
    if f.onboarding is None or not np.isfinite(f.onboarding[0, 0]):
        return np.inf
    step, before = float(f.onboarding[0, 0]), float(f.paid_before[0, 0])
    paid: list[float] = []
    for month in range(t + 1):
        most = max([*paid[-LOOK_BACK:], before if month < LOOK_BACK else 0.0, 0.0])
        paid.append(0.0 if f.idle[month] else most + step)
    return paid[t]
