"""Several ways of funding a region side by side: coverage, cost, results, who pays more, and what is set otherwise.

Pure functions of the sides that are compared. A difference is always side − baseline, so that two equal sides
differ by exactly nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.questions import frames
from simulator.questions.answer import Answer, answer
from simulator.questions.risk import Risk
from simulator.questions.settings import differ, settings, words
from simulator.registry import POPULATIONS

SMALL = 0.5  # rupiah; less is no payment
PROPOSED = "usulan"  # key of what a report proposes
MARK = 0.055  # height of a mark beside a line's end, as a part of the chart's


@dataclass(frozen=True)
class Side:
    """One of what is compared: a key that stays, the name on screen, a mark of a letter or two for charts."""

    key: str
    name: str
    mark: str
    run: Projection

    @property
    def said(self) -> str:
        """The name within a sentence: a user's own in quotation marks."""
        quoted = self.key.isdigit() or self.key == PROPOSED
        return f"“{self.name}”" if quoted else f"{self.name[:1].lower()}{self.name[1:]}"


@dataclass(frozen=True)
class Measure:
    """A row of the table of results. `kind`: share, people, rupiah, price or target; `more_is_good`: None for neither.

    A price has no difference of its own, for it is one of the difference from the baseline already.
    """

    key: str
    label: str
    kind: str
    more_is_good: bool | None
    explain: str = ""


_EXTRA = "Tambahan biaya dibanding patokan ÷"

MEASURES = (
    Measure("coverage_end", "Cakupan akhir tahun", "share", True, "Terlindungi bulan terakhir ÷ penyebut"),
    Measure("coverage_average", "Cakupan rata-rata setahun", "share", True, "Rata-rata cakupan tiap bulan"),
    Measure("active_end", "Peserta aktif hitungan BPJS", "share", True, "Terbayar bulan ini atau masih masa tunggak"),
    Measure("insured_end", "Pekerja terlindungi akhir tahun", "people", True),
    Measure("must_uninsured", "Kewajiban belum terlindungi", "people", False, "Pekerja kewajiban pemda atau desa"),
    Measure("cost", "Biaya semua sumber setahun", "rupiah", None, "Iuran yang terbayar"),
    Measure("apbd_cost", "di antaranya uang pemerintah daerah", "rupiah", None, "APBD, APBD Perubahan, DBHCHT"),
    Measure(
        "per_worker", "Biaya 1 pekerja tambahan setahun", "price", None, "Tambahan biaya ÷ rata-rata tambahan pekerja"
    ),
    Measure(
        "per_point", "Harga 1 poin cakupan setahun", "price", None, "Tambahan biaya ÷ tambahan poin cakupan rata-rata"
    ),
    Measure("target", "Target", "target", True, "Cakupan pada penyebut target"),
    Measure("jkm", "Perkiraan santunan JKM setahun", "rupiah", None, "Untuk peserta yang dibayari atau lanjut mandiri"),
)


def years(sides: Sequence[Side]) -> tuple[int, ...]:
    """The years that all sides simulate."""
    common = set.intersection(*(set(s.run.years.years) for s in sides))
    return tuple(sorted(common))


def find(sides: Sequence[Side], key: str) -> Side:
    """The side with a key."""
    return next(s for s in sides if s.key == key)


# ---- results


def results(sides: Sequence[Side], baseline: str, year: int) -> pd.DataFrame:
    """measure, side, value, difference, text: all measures of all sides; NaN where there is no figure.

    `text` says in words what a value alone does not: whether and when the target is reached.
    """
    base = find(sides, baseline).run
    found = {s.key: answer(s.run, base, year) for s in sides}
    money = {s.key: float(s.run.years.jkm[s.run.years.years.index(year), 0]) for s in sides}
    rows = []
    for m in MEASURES:
        values = {key: _value(a, m.key, money[key]) for key, a in found.items()}
        for key, a in found.items():
            difference = np.nan if m.kind == "price" else values[key] - values[baseline]
            rows.append((m.key, key, values[key], difference, target_words(a) if m.kind == "target" else ""))
    return pd.DataFrame(rows, columns=["measure", "side", "value", "difference", "text"])


def _value(a: Answer, key: str, jkm: float) -> float:
    own = {"jkm": jkm, "target": a.target_share, "per_worker": a.per_worker, "per_point": a.per_point}
    value = own[key] if key in own else getattr(a.run, key)
    return np.nan if value is None else float(value)


def target_words(a: Answer) -> str:
    """Whether the target is reached, and when or by how much not."""
    if a.target is None:
        return "tanpa target"
    due = int(a.target.year.value)
    if a.reached is None:
        return f"{due}: belum dapat dinilai"
    if a.reached:
        early = a.first_reached if a.first_reached and a.first_reached < due else due
        return f"{due}: tercapai" + (f" sejak {early}" if early < due else "")
    if a.first_reached:
        return f"{due}: baru tercapai {a.first_reached}"
    return f"{due}: kurang {fmt.count(a.short)} pekerja"


def target_label(sides: Sequence[Side], year: int) -> str:
    """The target that the table speaks of: name, height and base; empty where there is none."""
    run = sides[0].run
    target = answer(run, run, year).target
    if target is None:
        return ""
    base = POPULATIONS[target.population or run.region.coverage_base.population]
    return f"{target.name} {fmt.percent(target.coverage.value)} dari {base}"


def headline(found: pd.DataFrame, sides: Sequence[Side], baseline: str, year: int, base: str) -> str:
    """Which side covers most, and which adds workers most cheaply; from a frame of `results`."""
    names = {s.key: s.said for s in sides}
    reach, price = (found[found["measure"] == m].set_index("side")["value"] for m in ("coverage_end", "per_worker"))
    if reach.max() - reach.min() < 0.5e-4:
        text = f"Cakupan akhir {year} sama pada semuanya: {fmt.percent(reach.max())} dari {base}"
    else:
        best = [names[key] for key in reach.index if reach.max() - reach[key] < 0.5e-4]
        text = f"Cakupan akhir {year} tertinggi pada {fmt.listing(best)}: {fmt.percent(reach.max())} dari {base}"
    if free := _free(found, baseline):
        told = fmt.listing([names[key] for key in free])
        return f"{text}. Dibanding {names[baseline]}, pekerja bertambah tanpa tambahan biaya pada {told}."
    prices = price[reach > reach[baseline]].dropna()  # not what leaves fewer insured at the year's end
    if prices.empty:
        return f"{text}."
    cheap = prices.idxmin()
    return (
        f"{text}. Dibanding {names[baseline]}, pekerja tambahan paling murah pada {names[cheap]}:"
        f" {fmt.rupiah(prices[cheap])} seorang setahun."
    )


def _free(found: pd.DataFrame, baseline: str) -> list[str]:
    """The sides that add workers, at the year's end and on average, for no more money than the baseline."""
    end, average, cost = (
        found[found["measure"] == m].set_index("side")["value"] for m in ("coverage_end", "coverage_average", "cost")
    )
    return [
        key
        for key in end.index
        if end[key] > end[baseline] + 5e-6
        and average[key] > average[baseline] + 5e-6
        and cost[key] <= cost[baseline] + SMALL
    ]


# ---- charts


def coverage(sides: Sequence[Side]) -> pd.DataFrame:
    """month, side, name, goal, coverage, insured, mark, mark_at: all sides and the targets.

    `mark` stands in a side's last month, `mark_at` is the height at which it is written beside the line's end:
    moved apart where lines end close together.
    """
    targets = frames.coverage(sides[0].run, sides[0].run).query("series == 'Target'")
    shares = [s.run.months.insured[:, 0] / s.run.base for s in sides]
    shown = np.concatenate([*shares, targets["coverage"]])
    heights = _apart([float(share[-1]) for share in shares], float(shown.max() - shown.min()) * MARK)
    lengths = [len(share) for share in shares]
    sizes = [*lengths, len(targets)]
    ends = np.cumsum(lengths) - 1
    mark, mark_at = np.full(sum(sizes), "", dtype=object), np.full(sum(sizes), np.nan)
    mark[ends], mark_at[ends] = [s.mark for s in sides], heights
    return pd.DataFrame(
        {
            "month": np.concatenate([*(frames.dates(s.run) for s in sides), targets["month"]]),
            "side": np.repeat([*(s.key for s in sides), "target"], sizes),
            "name": np.concatenate([np.repeat([s.name for s in sides], lengths), targets["goal"]]),
            "goal": np.concatenate([np.repeat("", sum(lengths)), targets["goal"]]),
            "coverage": shown,
            "insured": np.concatenate([*(s.run.months.insured[:, 0] for s in sides), targets["insured"]]),
            "mark": mark.tolist(),
            "mark_at": mark_at,
        }
    )


def coverage_with_bands(plain: pd.DataFrame, found: Mapping[str, Risk]) -> pd.DataFrame:
    """The rows of `coverage` with low, middle and high: each side's band beside its line (no side known: none yet)."""
    ends = np.full((3, len(plain)), np.nan)
    sides = plain["side"].to_numpy()
    for key, risk in found.items():
        if not risk.certain:
            ends[:, sides == key] = risk.monthly_coverage
    return plain.assign(low=ends[0], middle=ends[1], high=ends[2])


def _apart(heights: list[float], gap: float) -> list[float]:
    """Heights moved as little as keeps every two of them a gap apart: what crowds spreads around its middle."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    crowds: list[tuple[float, int]] = []  # (middle, members), from below
    for i in order:
        middle, size = heights[i], 1
        while crowds and middle - crowds[-1][0] < gap * (size + crowds[-1][1]) / 2:
            below, members = crowds.pop()
            middle, size = (middle * size + below * members) / (size + members), size + members
        crowds.append((middle, size))
    places = [middle + (i - (size - 1) / 2) * gap for middle, size in crowds for i in range(size)]
    lift = max(0.0, -places[0]) if places else 0.0
    return [places[order.index(i)] + lift for i in range(len(heights))]


def cost(sides: Sequence[Side], year: int) -> pd.DataFrame:
    """side, name, mark, payer, colour_key, order, rupiah: what every funder pays in a year."""
    rows = [
        (s.key, s.name, s.mark, f.name, f.id, k, float(s.run.years.cost[s.run.years.years.index(year), k, 0]))
        for s in sides
        for k, f in enumerate(s.run.region.funders)
    ]
    return pd.DataFrame(rows, columns=["side", "name", "mark", "payer", "colour_key", "order", "rupiah"])


# ---- who pays more


def paying(sides: Sequence[Side], baseline: str, year: int) -> pd.DataFrame:
    """side, payer, payer_id, rupiah, difference: what every funder pays in a year, and that less the baseline's.

    A side's differences add up to the difference of its cost.
    """
    paid = cost(sides, year)
    base = paid[paid["side"] == baseline].set_index("colour_key")["rupiah"]
    difference = paid["rupiah"].to_numpy() - base.reindex(paid["colour_key"]).to_numpy()
    return pd.DataFrame(
        {
            "side": paid["side"],
            "payer": paid["payer"],
            "payer_id": paid["colour_key"],
            "rupiah": paid["rupiah"],
            "difference": difference,
        }
    )


def paying_words(frame: pd.DataFrame, sides: Sequence[Side], baseline: str, year: int) -> dict[str, str]:
    """A sentence a side: who pays more, who less, and what it comes to together; from a frame of `paying`."""
    than = find(sides, baseline).said
    changes: dict[str, list[tuple[str, float]]] = {s.key: [] for s in sides if s.key != baseline}
    for side, payer, difference in zip(frame["side"], frame["payer"], frame["difference"], strict=True):
        if side != baseline:
            changes[side].append((payer, difference))
    found = {}
    for key, own in changes.items():
        own.sort(key=lambda change: -abs(change[1]))
        more = [(payer, d) for payer, d in own if d > SMALL]
        less = [(payer, -d) for payer, d in own if d < -SMALL]
        found[key] = _sentence(more, less, sum(d for _, d in own), than, year)
    return found


def _sentence(more: list, less: list, total: float, than: str, year: int) -> str:
    if not more and not less:
        return f"Pada {year} setiap sumber membayar sama dengan {than}."
    parts = []
    for who, word in ((more, "lebih banyak"), (less, "lebih sedikit")):
        if who:
            parts.append(fmt.listing([f"{payer} membayar {fmt.rupiah(d)}" for payer, d in who]) + f" {word}")
    if len(more) + len(less) > 1:
        same = abs(total) <= SMALL
        change = f"{'bertambah' if total > 0 else 'berkurang'} {fmt.rupiah(abs(total))}"
        parts.append(f"seluruhnya {'tetap sama besar' if same else change}")
    return f"Dibanding {than}, pada {year} {'; '.join(parts)}."


# ---- what is set otherwise


def different_settings(sides: Sequence[Side]) -> pd.DataFrame:
    """path, label, whose, unit, side, text: only the settings in which any two sides differ, in the screen's order."""
    known = [settings(s.run.region) for s in sides]
    rows = []
    for path in dict.fromkeys(p for one in known for p in one):
        here = [one.get(path) for one in known]
        if not any(differ(a, b) for a, b in combinations(here, 2)):
            continue
        named = next(x for x in here if x is not None)
        unit = "" if named.number is None else named.unit
        rows += [(path, named.label, named.group_name, unit, s.key, words(x)) for s, x in zip(sides, here, strict=True)]
    return pd.DataFrame(rows, columns=["path", "label", "whose", "unit", "side", "text"])
