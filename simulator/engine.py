"""The month: people, self-payers, need, money, contributions, waterfall, who falls out, counts.

One pass over the months for all columns; the batch axis is last. Every quantity is in people (places) or
rupiah, float64. Symbols: N workers, O insured by themselves or employers, Q self-payers, F funded workers,
H = F + Q.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Arrays, FunderArrays

SETTLED_MONTHS = 6  # paid for six months on end before one can go on alone
LOOK_BACK = 12  # months that onboarding looks back on
CHUNK = 1024  # columns worked on together: a month's arrays stay in the processor's cache


@dataclass(frozen=True)
class Months:
    """What every month holds. T months, K funders, S segments, n columns.

    insured, active, self_paying, fallen, must_open (T, n) people; held, lasting and schooled (T, n) are Σ H and
    the least H of each segment over the months that a full death benefit and a scholarship ask for, summed;
    funded places and cost in Rp (K, T, n). Only where asked for: segments (T, S, n) insured, need_left (T, S, n)
    workers whom somebody could still pay for, self_payers (T, S, n), places and reached (K, T, S, n), reached being
    the places that went to people not insured already.
    """

    insured: np.ndarray
    active: np.ndarray
    self_paying: np.ndarray
    fallen: np.ndarray
    must_open: np.ndarray
    held: np.ndarray
    lasting: np.ndarray
    schooled: np.ndarray
    funded: np.ndarray
    cost: np.ndarray
    segments: np.ndarray | None
    need_left: np.ndarray | None
    self_payers: np.ndarray | None
    places: np.ndarray | None
    reached: np.ndarray | None


def waterfall(
    funder: FunderArrays, t: int, need: np.ndarray, open_share: np.ndarray | None, funded: np.ndarray
) -> np.ndarray:
    """Places one funder pays for in month t, shape (R, w): first things first, while need, money and room last.

    x_s = max(0, min(need_s/(1 − v_s), money left/p_s or places left, onboarding room left)). What earlier
    segments take is the running sum of their wants, for once anything runs out all later ones get nothing.
    """
    wanted = need[funder.rows]
    if open_share is not None:
        wanted = wanted / open_share[funder.rows]
    places = wanted
    room = None if funder.limit is None else funder.limit[t]
    if funder.spendable is not None:
        if funder.one_price is not None:
            room = funder.spendable[t] / funder.one_price[t]
        else:
            price = funder.price[t]
            bill = wanted * price
            places = np.minimum(wanted, (funder.spendable[t] - (_running(bill) - bill)) / price)
    if funder.onboarding is not None:
        free = _most_paid(funder, t, funded) + funder.onboarding[0]
        room = free if room is None else np.minimum(room, free)
    if room is not None:
        places = np.minimum(places, room - (_running(wanted) - wanted))
    return np.maximum(0.0, places)


def _running(rows: np.ndarray) -> np.ndarray:
    """Sum of each row and those above it; a loop over the few rows is faster than numpy's along this axis."""
    out = rows.copy()
    for i in range(1, len(out)):
        out[i] += out[i - 1]
    return out


def _most_paid(funder: FunderArrays, t: int, funded: np.ndarray) -> np.ndarray:
    """The most places paid in any of the last 12 months; before the start that is Σ paid_before."""
    most = funded[max(0, t - LOOK_BACK) : t].max(axis=0) if t else funder.paid_before[0]
    return np.maximum(most, funder.paid_before[0]) if t < LOOK_BACK else most


def _open_share(a: Arrays, t: int, need: np.ndarray) -> np.ndarray | None:
    """1 − v: the share of places that reach someone not insured. Blind choice meets the insured in proportion:

    v = min(overlap, O/(O + need)). Where need is 0 nobody is paid for, whatever v is. None where no column has
    overlap.
    """
    if not a.overlap.any():
        return None
    everyone = np.maximum(a.own[t] + need, np.finfo(float).tiny)
    return 1.0 - np.minimum(a.overlap, a.own[t] / everyone)


class _Recorder:
    """Where a run writes its months."""

    def __init__(self, a: Arrays, n: int, detail: bool):
        total, count, kinds = len(a.months), len(a.segments), len(a.funders)
        self.people = {name: np.empty((total, n)) for name in _PEOPLE}
        self.funded, self.cost = np.zeros((kinds, total, n)), np.zeros((kinds, total, n))
        for name in ("segments", "need_left", "self_payers"):
            setattr(self, name, np.empty((total, count, n)) if detail else None)
        self.places = np.zeros((kinds, total, count, n)) if detail else None
        self.reached = np.zeros((kinds, total, count, n)) if detail else None

    def done(self) -> Months:
        """The run."""
        return Months(**self.people, **{k: v for k, v in vars(self).items() if k != "people"})


_PEOPLE = ("insured", "active", "self_paying", "fallen", "must_open", "held", "lasting", "schooled")


def run_months(a: Arrays, n: int, detail: bool = False) -> Months:
    """All months of n columns (n = 1 or the arrays' width). `detail` keeps what is told by segment."""
    shape = (len(a.segments), n)
    before = np.broadcast_to(a.paid_before, shape)
    settled = Trailing(np.minimum, SETTLED_MONTHS, before)
    recent = _Active(a.grace, before)
    lasting, schooled = (Trailing(np.minimum, months + 1, before) for months in (a.full_after, a.school_after))
    peak, asked, self_payers = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    out = _Recorder(a, n, detail)
    for t in range(len(a.months)):
        own, workers = a.own[t], a.workers[t]
        self_payers = np.minimum(workers - own, self_payers * a.kept)
        need = np.maximum(0.0, a.payable(t) - self_payers)
        need, paid = _pay(a, t, need, out)
        peak = np.maximum(peak, settled.latest)
        fallen = np.maximum(0.0, np.minimum(peak - paid, need))
        now_asked = np.maximum(asked, fallen)
        self_payers = self_payers + a.continuation * (now_asked - asked)
        asked = now_asked
        settled.add(paid)
        held = paid + self_payers
        insured = np.minimum(workers, own + held)
        people = {
            "insured": insured,
            "active": np.minimum(workers, own + recent.add(held)),
            "self_paying": self_payers,
            "fallen": fallen,
            "must_open": (workers - insured)[a.must],
            "held": held,
            "lasting": lasting.add(held),
            "schooled": schooled.add(held),
        }
        for name, by_segment in people.items():
            out.people[name][t] = by_segment.sum(axis=0)
        if detail:
            out.segments[t], out.need_left[t], out.self_payers[t] = insured, need, self_payers
    return out.done()


def _pay(a: Arrays, t: int, need: np.ndarray, out: _Recorder) -> tuple[np.ndarray, np.ndarray]:
    """The month's waterfall: (need left, funded workers F), each (S, n); writes places and cost."""
    paid = np.zeros(need.shape)
    open_share = _open_share(a, t, need)
    for k, funder in enumerate(a.funders):
        if funder.idle[t]:
            continue
        x = waterfall(funder, t, need, open_share, out.funded[k])
        covers = x if open_share is None else x * open_share[funder.rows]
        need[funder.rows] = np.maximum(0.0, need[funder.rows] - covers)
        paid[funder.rows] += covers
        places = x.sum(axis=0)
        out.funded[k, t] = places
        one = funder.one_price
        out.cost[k, t] = places * one[t] if one is not None else (x * funder.price[t]).sum(axis=0)
        if out.places is not None:
            out.places[k, t, funder.rows] = x
            out.reached[k, t, funder.rows] = covers
    return need, paid


class Trailing:
    """The least (or greatest) of the last `length` months, `before` standing in every month before the first.

    Windows of doubled length are kept, so that a month costs log2(length) comparisons, not length.
    """

    def __init__(self, extreme: np.ufunc, length: int, before: np.ndarray):
        self.extreme, self.latest = extreme, before
        self.steps, have = [], 1
        while have < length:
            step = min(have, length - have)
            self.steps.append(deque([before] * step, maxlen=step))
            have += step

    def add(self, month: np.ndarray) -> np.ndarray:
        """Takes in a month; returns the extreme of the window that ends with it."""
        for earlier in self.steps:
            then = earlier[0]
            earlier.append(month)
            month = self.extreme(month, then)
        self.latest = month
        return month


class _Active:
    """max of H over t − grace … t; grace may differ by column."""

    def __init__(self, grace: np.ndarray, before: np.ndarray):
        lags = np.unique(grace)
        self.windows = [Trailing(np.maximum, int(lag) + 1, before) for lag in lags]
        self.chosen = [np.broadcast_to(grace == lag, before.shape) for lag in lags]

    def add(self, held: np.ndarray) -> np.ndarray:
        """Takes in a month's H."""
        peaks = [window.add(held) for window in self.windows]
        return peaks[0] if len(peaks) == 1 else np.select(self.chosen, peaks)
