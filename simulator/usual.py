"""What a region may be begun with: groups of workers and funders that districts usually have, behaviour, targets.

Unknown stays unknown: a group brings no count, a funder no rupiah. Behaviour, growth and national targets come from
the dated parameters with their ranges and sources. Everything is handed out as plain data of a region file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field

from simulator import indonesian as fmt
from simulator import parameters
from simulator.guidance_rows import Closed, FromParameter, load
from simulator.levers import BEHAVIOUR_LEVERS
from simulator.parameters import DatedValue, Flag, Number, Parameter, Status, Text
from simulator.parameters import Reference as Source
from simulator.rules import unlisted_references

TARGETS = {"target_rpjmn": "target nasional (RPJMN)", "target_rkp": "target nasional (RKP)"}
# Parameters that a region begun from nothing may be given; a reference takes its id from the first that names it.
SUGGESTED = (
    *BEHAVIOUR_LEVERS,
    "growth",
    *TARGETS,
    "workers_per_sponsor",
    "still_paying",
    "months_apbd",
    "months_apbd_perubahan",
    "months_dbhcht",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Closed):
    """How many workers a shipped region file has in a group of this kind."""

    file: Text
    group: Text
    place: Text
    workers: Number
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Closed):
    """What was reported elsewhere about such workers."""

    text: Text
    reference: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualGroup(Closed):
    """A group that districts usually name. How many they are and how many are insured is for the district to find."""

    id: Text
    name: Text
    membership: Literal["bpu", "pu"]
    duty: Literal["must", "may"]
    sector: Literal["general", "transport"] | None = None
    where: Text
    seen: tuple[Seen, ...] = ()
    reports: tuple[Report, ...] = ()
    note: Text | None = None

    def data(self) -> dict[str, Any]:
        """The group as plain data of a region file, without workers, covered and wage: they are not known."""
        found = {"id": self.id, "name": self.name, "membership": self.membership, "sector": self.sector}
        return {k: v for k, v in {**found, "duty": self.duty, "note": self.note}.items() if v is not None}

    @property
    def seen_text(self) -> str:
        """How many there are in the shipped region files and elsewhere, in Indonesian; empty where nothing is known."""
        counts = [
            f"{s.place}: {fmt.count(s.workers)}{' (asumsi)' if s.status == 'assumption' else ''}" for s in self.seen
        ]
        own = f"Pada berkas bawaan: {'; '.join(counts)}." if counts else ""
        return " ".join([*([own] if own else []), *(f"{r.text}, menurut {r.reference.title}." for r in self.reports)])


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualFunder(Closed):
    """A source of money that districts usually have; `segments` are ids of usual groups, and `other`."""

    id: Text
    name: Text
    kind: Literal["budget", "sponsors"]
    payer: Literal["government", "village", "zakat", "corporate", "individual"]
    segments: Annotated[tuple[Text, ...], Field(min_length=1)]
    start_month: Number | None = None
    months: Number | FromParameter | None = None
    workers_per_sponsor: Number | FromParameter | None = None
    still_paying: Number | FromParameter | None = None
    relief: Flag | None = None
    where: Text
    note: Text

    def data(self, segments: Iterable[str] | None = None) -> dict[str, Any]:
        """The funder as plain data of a region file, without budget, sponsors and participation: they are not known.

        `segments`: ids that the region has; of the usual ones only these are named. None: all usual ones.
        """
        present = set(self.segments if segments is None else segments) | {"other"}
        found: dict[str, Any] = {"id": self.id, "name": self.name, "kind": self.kind, "payer": self.payer}
        found["segments"] = [s for s in self.segments if s in present]
        for name in ("start_month", "months", "workers_per_sponsor", "still_paying"):
            written = getattr(self, name)
            if written is not None:
                found[name] = self._number(name, written)
        return found | ({} if self.relief is None else {"relief": self.relief}) | {"note": self.note}

    def _number(self, name: str, written: float | FromParameter) -> dict[str, Any]:
        if not isinstance(written, FromParameter):
            note = "Yang lazim; ganti menurut pembayaran tahun lalu atau rencana daerah."
            return {"value": _bare(written), "status": "assumption", "note": note}
        found = quantity(written.parameter)
        if name == "months":
            # a decision, so its range is told and not drawn; the start month would have to give way to it
            low, high = found.pop("low", None), found.pop("high", None)
            if low is not None and high is not None:
                found["note"] += f" Di daerah lain {fmt.count(low)} sampai {fmt.count(high)} bulan."
        return found


@lru_cache(maxsize=1)
def usual_groups() -> tuple[UsualGroup, ...]:
    """Groups of workers that districts usually name, in the order in which they are offered."""
    return load("usual_groups", "groups", tuple[UsualGroup, ...])


@lru_cache(maxsize=1)
def usual_funders() -> tuple[UsualFunder, ...]:
    """Sources of money that districts usually have, in the order in which they usually pay."""
    return load("usual_funders", "funders", tuple[UsualFunder, ...])


# --- usual behaviour, growth, targets ------------------------------------------------------------------------------


def quantity(parameter_id: str) -> dict[str, Any]:
    """The newest value of a parameter as plain data of a region file: value, low, high, reference, status, note."""
    return _plain(parameters.parameter(parameter_id), parameters.parameter(parameter_id).latest)


def usual_assumptions() -> dict[str, Any]:
    """`assumptions` of a region that knows nothing of itself: what was seen elsewhere, with ranges and sources."""
    return {name: quantity(name) for name in BEHAVIOUR_LEVERS}


def usual_growth() -> dict[str, Any]:
    """`coverage_base.growth` as a suggestion: the nation's, so for a district an assumption."""
    found = quantity("growth")
    return found | {"status": "assumption", "note": f"{found['note']} Angka nasional, bukan angka daerah."}


def usual_targets(first: int = 0, last: int = 9999) -> list[dict[str, Any]]:
    """`targets` as a suggestion: the national ones of the years `first` to `last`, by year."""
    found = []
    for parameter_id, name in TARGETS.items():
        p = parameters.parameter(parameter_id)
        for dated in p.values:
            if first <= dated.start[0] <= last:
                one = {"year": dated.start[0], "name": name, "coverage": _plain(p, dated)}
                one["reference"] = one["coverage"]["reference"]
                found.append(one | {"note": "Target nasional, bukan target daerah."})
    return sorted(found, key=lambda one: one["year"])


def usual_references(data: Mapping[str, Any] | None = None) -> dict[str, dict[str, str]]:
    """`references` that suggestions name: all of them, or those that a region's plain data names."""
    named = None if data is None else {name for _, name in unlisted_references({**data, "references": {}})}
    return {key: dict(one) for key, one in _references().items() if named is None or key in named}


def _plain(p: Parameter, dated: DatedValue) -> dict[str, Any]:
    found = {name: _bare(getattr(dated, name)) for name in ("value", "low", "high")}
    found["reference"] = _reference_id(dated)
    found |= {"status": dated.status, "note": dated.note or p.label}
    return {k: v for k, v in found.items() if v is not None}


def _bare(value: float | None) -> float | None:
    """12.0 as 12, as people write it."""
    return int(value) if value is not None and value == int(value) else value


def _reference_id(dated: DatedValue) -> str | None:
    """The id of a figure's source; None where it has no address: then it is the model's own assumption."""
    if dated.reference is None or dated.reference.address is None:
        return None
    return _reference_ids()[dated.reference]


@lru_cache(maxsize=1)
def _reference_ids() -> dict[Source, str]:
    found: dict[Source, str] = {}
    for parameter_id in SUGGESTED:
        for dated in parameters.parameter(parameter_id).values:
            if dated.reference is not None and dated.reference.address is not None:
                found.setdefault(dated.reference, f"bawaan-{parameter_id.replace('_', '-')}")
    return found


@lru_cache(maxsize=1)
def _references() -> dict[str, dict[str, str]]:
    checked = {}
    for dated in (d for i in SUGGESTED for d in parameters.parameter(i).values):
        checked.setdefault(dated.reference, dated.checked)
    return {
        key: {
            "title": source.title,
            "address": source.address or "",
            "note": f"Diperiksa {fmt.date_text(str(checked[source]))}.",
        }
        for source, key in _reference_ids().items()
    }
