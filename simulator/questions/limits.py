"""Why coverage cannot be higher: what stands in the way of one funder, or of all, in the month that counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulator import indonesian as fmt
from simulator.engine import LOOK_BACK
from simulator.projection import Projection, month_text
from simulator.questions import measure as measures

SMALL = 0.5  # people

# kind: (English, Indonesian)
TEXTS: dict[str, tuple[str, str]] = {
    "not_paying": ("{name} does not pay in {month}", "{name} tidak membayar pada {month}"),
    "no_money": ("{name} has no money set aside", "{name} belum mempunyai anggaran atau penanggung yang ikut"),
    "part_year": ("{name} pays {count} of 12 months", "{name} hanya membayar {count} dari 12 bulan"),
    "no_workers": (
        "no eligible worker is left for {name}",
        "tidak ada lagi pekerja yang boleh dibayari {name} dan lolos verval",
    ),
    "onboarding": (
        "{name} can enrol no more than {people} new places a month",
        "{name} hanya dapat mendaftarkan {people} tempat baru sebulan",
    ),
    "verification": (
        "{people} uninsured workers do not pass verification",
        "{people} pekerja yang belum terlindungi tidak lolos verval",
    ),
    "not_listed": (
        "{people} uninsured workers are in segments that {name} may not pay for",
        "{people} pekerja yang belum terlindungi ada di kelompok yang tidak boleh dibayari {name}",
    ),
    "nobody_pays": (
        "{people} uninsured workers are in segments that no funder may pay for",
        "{people} pekerja yang belum terlindungi ada di kelompok yang tidak boleh dibayari sumber mana pun",
    ),
    "highest": (
        "no setting of this lever gives more",
        "tidak ada nilai parameter ini yang memberi lebih",
    ),
    "outside": (
        "{people} people of the coverage base can never be insured here",
        "{people} orang dalam penyebut (ASN, TNI, Polri, penganggur) tidak dapat menjadi peserta di sini",
    ),
    "sponsors": (
        "all {people} places that its sponsors really pay for are taken",
        "semua {people} tempat yang benar-benar dibayar penanggungnya sudah terpakai",
    ),
    "budget": ("the budget of {name} is spent", "anggaran {name} sudah habis"),
    "absorption": ("{name} spends nothing: its absorption is 0", "{name} tidak membelanjakan apa pun: serapannya 0%"),
    "no_effect": (
        "this lever does not change the figure asked for",
        "parameter ini tidak mengubah angka yang dicari",
    ),
    "cap": ("{name} is at its limit of {limit}", "{name} sudah di batas {limit}"),
}


@dataclass(frozen=True)
class Limit:
    """One thing in the way; `people` orders them where there are several."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def english(self) -> str:
        """For the command line."""
        facts = {k: f"{v:,.0f}" if isinstance(v, (int, float)) else str(v) for k, v in self.facts.items()}
        if isinstance(self.facts.get("month"), tuple):
            facts["month"] = month_text(self.facts["month"])
        return TEXTS[self.kind][0].format(**facts)

    def indonesian(self) -> str:
        """For the screen."""
        facts = {k: fmt.count(v) if isinstance(v, (int, float)) else v for k, v in self.facts.items()}
        if isinstance(self.facts.get("month"), tuple):
            facts["month"] = fmt.month(self.facts["month"])
        return TEXTS[self.kind][1].format(**facts)


def of_funder(run: Projection, funder: str, year: int, measure: str) -> tuple[Limit, ...]:
    """What keeps a funder from covering more workers in a year, on the run in which it has all it can have."""
    k = run.region.funder_ids.index(funder)
    start, end = measures.span(run.arrays, year)
    t = end - 1
    own = (_calendar(run, k, start, end, measure), _absorption(run, k), _onboarding(run, k, t), _workers(run, k, t))
    return tuple(x for x in own if x)


def of_people(run: Projection, funder: str, year: int) -> tuple[Limit, ...]:
    """Whom a funder cannot reach in a year, however much it has."""
    k = run.region.funder_ids.index(funder)
    t = measures.span(run.arrays, year)[1] - 1
    listed = run.arrays.funders[k].row_numbers
    people = (_not_verified(run, t, listed), _not_listed(run, k, t), _outside(run, t))
    return tuple(x for x in people if x)


def of_region(run: Projection, year: int) -> tuple[Limit, ...]:
    """What keeps all funders together from covering more."""
    t = measures.span(run.arrays, year)[1] - 1
    listed = sorted({s for f in run.arrays.funders for s in f.row_numbers.tolist()})
    return tuple(x for x in (_not_verified(run, t, listed), _nobody_pays(run, t, listed), _outside(run, t)) if x)


def of_all(run: Projection, year: int, measure: str) -> tuple[Limit, ...]:
    """What keeps each funder, and all together, from covering more."""
    each = (x for k in run.region.funder_ids for x in of_funder(run, k, year, measure))
    return (*each, *of_region(run, year))


def _calendar(run: Projection, k: int, start: int, end: int, measure: str) -> Limit | None:
    """A funder that has no money in the month that counts."""
    idle, funder = run.arrays.funders[k].idle, run.region.funders[k]
    if idle[start:end].all() and run.arrays.funders[k].spendable is not None and _no_absorption(run, k):
        return None  # told as absorption
    if _has_nothing(run, k, start, end):
        return Limit("no_money", {"name": funder.name})
    if measure != measures.AVERAGE:
        return (
            Limit("not_paying", {"name": funder.name, "month": run.arrays.months[end - 1]}) if idle[end - 1] else None
        )
    paying = int((~idle[start:end]).sum())
    return Limit("part_year", {"name": funder.name, "count": paying}) if paying < end - start else None


def _has_nothing(run: Projection, k: int, start: int, end: int) -> bool:
    """Whether a funder has no money or places in any month of the year, though its calendar would let it pay."""
    f = run.arrays.funders[k]
    has = f.limit if f.spendable is None else f.available
    return not bool((np.broadcast_to(has, (len(run.arrays.months), has.shape[1]))[start:end] > 0).any())


def _no_absorption(run: Projection, k: int) -> bool:
    absorption = getattr(run.region.funders[k], "absorption", None)
    return absorption is not None and absorption.value == 0


def _absorption(run: Projection, k: int) -> Limit | None:
    return Limit("absorption", {"name": run.region.funders[k].name}) if _no_absorption(run, k) else None


def _onboarding(run: Projection, k: int, t: int) -> Limit | None:
    """New enrolments at their limit: it pays for as many more as it may, and there is need left."""
    f, paid = run.arrays.funders[k], run.months.funded[k, :, 0]
    if f.onboarding is None or not np.isfinite(f.onboarding[0, 0]):
        return None
    most = max(paid[max(0, t - LOOK_BACK) : t].max(initial=0.0), float(f.paid_before[0, 0]) if t < LOOK_BACK else 0.0)
    room = most + float(f.onboarding[0, 0]) - paid[t]
    return Limit("onboarding", {"name": run.region.funders[k].name, "people": float(f.onboarding[0, 0])}) if (
        room < SMALL and paid[t] > most
    ) else None  # fmt: skip


def _workers(run: Projection, k: int, t: int) -> Limit | None:
    """Nobody left to pay for, or no money or places left for those who are."""
    f, funder = run.arrays.funders[k], run.region.funders[k]
    left = float(run.months.need_left[t, f.row_numbers, 0].sum())
    if left < SMALL:
        return Limit("no_workers", {"name": funder.name})
    if f.limit is not None and not f.idle[t]:
        places = float(np.broadcast_to(f.limit, (len(run.arrays.months), f.limit.shape[1]))[t, 0])
        if run.months.funded[k, t, 0] > places - SMALL:
            return Limit("sponsors", {"people": places})
    if f.spendable is not None and not f.idle[t]:
        money = float(np.broadcast_to(f.spendable, (len(run.arrays.months), f.spendable.shape[1]))[t, 0])
        if run.months.cost[k, t, 0] > money * (1 - 1e-6):
            return Limit("budget", {"name": funder.name})
    return None


def _not_verified(run: Projection, t: int, rows: Iterable[int]) -> Limit | None:
    a = run.arrays
    rejected = (a.unknown[t] * (1 - a.passing))[list(rows), 0].sum()
    return Limit("verification", {"people": float(rejected)}) if rejected > SMALL else None


def _uninsured_elsewhere(run: Projection, t: int, listed: Iterable[int]) -> float:
    """Uninsured workers of the segments that are not listed."""
    others = sorted(set(range(len(run.arrays.segments))) - set(listed))
    return float((run.arrays.workers[t, others, 0] - run.months.segments[t, others, 0]).sum())


def _nobody_pays(run: Projection, t: int, listed: Iterable[int]) -> Limit | None:
    gap = _uninsured_elsewhere(run, t, listed)
    return Limit("nobody_pays", {"people": gap}) if gap > SMALL else None


def _not_listed(run: Projection, k: int, t: int) -> Limit | None:
    gap = _uninsured_elsewhere(run, t, run.arrays.funders[k].row_numbers.tolist())
    name = run.region.funders[k].name
    return Limit("not_listed", {"people": gap, "name": name}) if gap > SMALL else None


def _outside(run: Projection, t: int) -> Limit | None:
    base = run.region.coverage_base
    people = base.outside.value * float(run.arrays.growth[t, 0, 0])
    return Limit("outside", {"people": people}) if people > SMALL else None
