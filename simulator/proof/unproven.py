"""What rests on no evidence: numbers of a region's file and dated parameters that are assumptions."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator import parameters, paths
from simulator.levers import levers
from simulator.parameters import DatedValue, Parameter
from simulator.region import plain_data
from simulator.registry import FIELDS, POPULATIONS, Field
from simulator.schema import Quantity, Region


@dataclass(frozen=True)
class Unproven:
    """A number of a region without a source: whose, which, its field (label and unit), and whether the file has it."""

    owner: str
    field: Field
    label: str
    quantity: Quantity
    written: bool

    @property
    def ranged(self) -> bool:
        """Whether both ends of its range are known."""
        return self.quantity.ranged


def unproven_numbers(region: Region) -> list[Unproven]:
    """Numbers of the region's file with status assumption or none, and no reference; then the model's own defaults
    that the file leaves as they are."""
    data = region._data or plain_data(region)
    found = [
        Unproven(owner, field, label, q, path is None or paths.read(data, path) is not None)
        for owner, field, label, q, path in _all_numbers(region)
        if q.status in (None, "assumption") and not q.reference
    ]
    return sorted(found, key=lambda x: not x.written)


def _all_numbers(region: Region) -> Iterator[tuple[str, Field, str, Quantity, str | None]]:
    """(owner, field, label, number, path or None where it is always written) of every number of the file."""
    for x in levers(region):
        if x.value is not None:
            given = {"value": x.value, "low": x.low, "high": x.high, "status": x.status, "note": x.note}
            reference = "ada" if x.source else None
            yield x.group_name, x.field, x.label, Quantity(**given, reference=reference), x.path
    yield from _beside_levers(region)


def _beside_levers(region: Region) -> Iterator[tuple[str, Field, str, Quantity, str | None]]:
    """Numbers that have no slider: whom a funder has paid for before, targets, other bases, the whole APBD."""
    names = {s.id: s.name for s in region.segments} | {"other": region.other.name}
    for f in region.funders:
        field = FIELDS["funder.paid_before"]
        for segment, q in f.paid_before.items():
            yield f.name, field, f"{field.label}: {names[segment]}", q, None
        if "initial_participation" in f.model_fields_set:
            field = FIELDS["funder.initial_participation"]
            yield f.name, field, field.label, f.initial_participation, None
    for base in region.coverage_base.also:
        field = FIELDS["also.workers"]
        yield "Penyebut lain", field, POPULATIONS[base.population], base.workers, None
    for t in region.targets:
        q = t.coverage if t.coverage.reference or not t.reference else t.coverage.model_copy(
            update={"reference": t.reference}
        )  # fmt: skip
        yield "Target", FIELDS["target.coverage"], f"Target {int(t.year.value)}", q, None
    if region.apbd_total is not None:
        yield "Keuangan daerah", FIELDS["apbd_total"], FIELDS["apbd_total"].label, region.apbd_total, None


def assumed_parameters() -> list[tuple[Parameter, DatedValue]]:
    """Dated parameters whose newest value is an assumption, with that value."""
    return [(p, p.latest) for p in parameters.all_parameters() if p.latest.status == "assumption"]
