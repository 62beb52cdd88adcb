"""The month: people, self-payers, need, money, contributions, waterfall, who falls out, counts.

One pass over the months for all columns; the batch axis is last. Every quantity is in people (places) or
rupiah, float64. Symbols: N workers, O insured by themselves or employers, Q self-payers, F funded workers,
H = F + Q.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Arrays, FunderArrays

SETTLED_MONTHS = 6  # paid for six months on end before one can go on alone
LOOK_BACK = 12  # months that onboarding looks back on
CHUNK = 1024  # columns worked on together: a month's arrays stay in the processor's cache


@dataclass(frozen=True)
class Months:
    """What every month holds. T months, K funders, S segments, n columns.

    insured, active, self_paying, fallen, must_open (T, n) people; funded places and cost in Rp (K, T, n);
    held (T, S, n) is H. Only where asked for: segments (T, S, n) insured, need_left (T, S, n) workers whom
    somebody could still pay for, self_payers (T, S, n), places and reached (K, T, S, n), reached being the places
    that went to people not insured already.
    """

    insured: np.ndarray
    active: np.ndarray
    self_paying: np.ndarray
    fallen: np.ndarray
    must_open: np.ndarray
    funded: np.ndarray
    cost: np.ndarray
    held: np.ndarray
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

    v = min(overlap, O/(O + need)), 0 where need is 0. None where no column has overlap.
    """
    if not a.overlap.any():
        return None
    own = np.broadcast_to(a.own[t], need.shape)
    blind = np.divide(own, own + need, out=np.zeros(need.shape), where=need > 0)
    return 1.0 - np.minimum(a.overlap, blind)


class _Recorder:
    """Where a run writes its months."""

    def __init__(self, a: Arrays, n: int, detail: bool):
        total, count, kinds = len(a.months), len(a.segments), len(a.funders)
        self.people = {name: np.empty((total, n)) for name in _PEOPLE}
        self.funded, self.cost = np.zeros((kinds, total, n)), np.zeros((kinds, total, n))
        self.held = np.empty((total, count, n))
        for name in ("segments", "need_left", "self_payers"):
            setattr(self, name, np.empty((total, count, n)) if detail else None)
        self.places = np.zeros((kinds, total, count, n)) if detail else None
        self.reached = np.zeros((kinds, total, count, n)) if detail else None

    def done(self) -> Months:
        """The run."""
        return Months(**self.people, **{k: v for k, v in vars(self).items() if k != "people"})


_PEOPLE = ("insured", "active", "self_paying", "fallen", "must_open")


def run_months(a: Arrays, n: int, detail: bool = False) -> Months:
    """All months of n columns (n = 1 or the arrays' width). `detail` keeps what is told by segment."""
    shape = (len(a.segments), n)
    before = np.broadcast_to(a.paid_before, shape)
    lags = [(int(lag), a.grace == lag) for lag in np.unique(a.grace)]
    paid_for = _LastMonths(before)
    peak, asked, self_payers = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    out = _Recorder(a, n, detail)
    for t in range(len(a.months)):
        own, workers = a.own[t], a.workers[t]
        self_payers = np.minimum(workers - own, self_payers * a.kept)
        need = np.maximum(0.0, a.payable[t] - self_payers)
        need, paid = _pay(a, t, need, out)
        peak = np.maximum(peak, paid_for.least())
        fallen = np.maximum(0.0, np.minimum(peak - paid, need))
        now_asked = np.maximum(asked, fallen)
        self_payers = self_payers + a.continuation * (now_asked - asked)
        asked = now_asked
        paid_for.add(paid)
        out.held[t] = held = paid + self_payers
        insured = np.minimum(workers, own + held)
        counted = np.minimum(workers, own + _recent_peak(out.held, before, t, lags))
        out.people["insured"][t] = insured.sum(axis=0)
        out.people["active"][t] = counted.sum(axis=0)
        out.people["self_paying"][t] = self_payers.sum(axis=0)
        out.people["fallen"][t] = fallen.sum(axis=0)
        out.people["must_open"][t] = (workers - insured)[a.must].sum(axis=0)
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


class _LastMonths:
    """F of the last six months: the least of them is what is settled.

    The least of six is the least of two neighbouring threes, so each month costs three comparisons.
    """

    def __init__(self, before: np.ndarray):
        self.singles = [before] * 3
        self.threes = [before] * 4

    def add(self, paid: np.ndarray) -> None:
        """Takes in a month."""
        self.singles = [*self.singles[1:], paid]
        three = np.minimum(np.minimum(self.singles[0], self.singles[1]), paid)
        self.threes = [*self.threes[1:], three]

    def least(self) -> np.ndarray:
        """min of F over t − 6 … t − 1."""
        return np.minimum(self.threes[-1], self.threes[0])


def _recent_peak(held: np.ndarray, before: np.ndarray, t: int, lags: list[tuple[int, np.ndarray]]) -> np.ndarray:
    """max of H over t − grace … t, H being Σ paid_before in months before the start; grace may differ by column."""
    peaks = []
    for lag, _ in lags:
        peak = held[max(0, t - lag) : t + 1].max(axis=0)
        peaks.append(np.maximum(peak, before) if t < lag else peak)
    if len(lags) == 1:
        return peaks[0]
    return np.select([np.broadcast_to(chosen, held.shape[1:]) for _, chosen in lags], peaks)


def rolling(extreme: np.ufunc, values: np.ndarray, before: np.ndarray, lag: int) -> np.ndarray:
    """The least or greatest of values over t − lag … t, `before` standing in every month before the first.

    Windows of doubled length: log2(lag) passes instead of lag.
    """
    padded = np.concatenate([np.broadcast_to(before, (lag, *before.shape)), values])
    length = 1
    while length < lag + 1:
        step = min(length, lag + 1 - length)
        padded = extreme(padded[step:], padded[:-step])
        length += step
    return padded
