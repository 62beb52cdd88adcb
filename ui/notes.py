"""Notes on a region's numbers: doubts and contradictions, each beside the number that it concerns."""

from html import escape

from simulator import Region
from simulator import indonesian as fmt
from simulator.levers import levers
from simulator.registry import POPULATIONS, STATUSES
from ui.html import grid, link
from ui.labels import label, range_text

HEADS = ("Angka", "Nilai", "Rentang", "Status", "Catatan", "Sumber")


def _row(
    name: str, value: str, status: str | None, as_of: str | None, note: str, source: str, ranged: str = ""
) -> list[str]:
    where = ", ".join(filter(None, (STATUSES.get(status or "", ""), fmt.date_text(as_of) if as_of else "")))
    return [*map(escape, (name, value, ranged, where, note)), source]


def region_notes(region: Region) -> str:
    """A table of every number that carries a note, official and reported ones first."""
    rows = [
        _row(
            f"{x.group_name}: {x.label.lower()}",
            label(x, x.value),
            x.status,
            x.as_of,
            x.note,
            link(x.source or "", x.address),
            range_text(x),
        )
        for x in sorted(levers(region), key=lambda x: x.status == "assumption")
        if x.note
    ]
    if (total := region.apbd_total) and (total.note or total.reference):
        source = _source(region, total.reference)
        rows.insert(
            0, _row("Seluruh APBD", fmt.rupiah(total.value, 2), total.status, total.as_of, total.note or "", source)
        )
    rows += [*_other_bases(region), *_targets(region)]
    rows += [_row(x.name, "", None, None, x.note, "") for x in (*region.segments, *region.funders) if x.note]
    intro = f"<p>{escape(region.note)}</p>" if region.note else ""
    return intro + grid(HEADS, rows, ("Nilai", "Rentang"))


def _other_bases(region: Region) -> list[list[str]]:
    found = []
    for base in region.coverage_base.also:
        note = " ".join(filter(None, (base.note, base.workers.note)))
        if note:
            name = f"Penyebut lain: {POPULATIONS[base.population]}"
            q = base.workers
            found.append(_row(name, fmt.count(q.value), q.status, q.as_of, note, _source(region, q.reference)))
    return found


def _targets(region: Region) -> list[list[str]]:
    found = []
    for t in region.targets:
        q, note = t.coverage, " ".join(filter(None, (t.note, t.coverage.note)))
        if note:
            source = _source(region, t.reference or q.reference)
            found.append(_row(f"Target {int(t.year.value)}", fmt.percent(q.value), q.status, q.as_of, note, source))
    return found


def _source(region: Region, key: str | None) -> str:
    ref = region.references.get(key or "")
    return link(ref.title, ref.address) if ref else ""
