"""Notes on a region's numbers: doubts and contradictions, each beside the number that it concerns."""

from html import escape

from simulator import Region
from simulator import indonesian as fmt
from simulator.levers import Lever, levers
from simulator.registry import STATUSES
from ui.html import link


def _value(x: Lever) -> str:
    from ui.levers_panel import label

    return label(x, x.value)


def _row(name: str, value: str, status: str | None, as_of: str | None, note: str, source: str) -> str:
    where = ", ".join(filter(None, (STATUSES.get(status or "", ""), fmt.date_text(as_of) if as_of else "")))
    return (
        f"<tr><td>{escape(name)}</td><td class='angka'>{escape(value)}</td><td>{escape(where)}</td>"
        f"<td>{escape(note)}</td><td>{source}</td></tr>"
    )


def region_notes(region: Region) -> str:
    """A table of every number that carries a note."""
    rows = [
        _row(
            f"{x.group_name}: {x.label.lower()}",
            _value(x),
            x.status,
            x.as_of,
            x.note,
            link(x.source or "", x.address),
        )
        for x in sorted(levers(region), key=lambda x: x.status == "assumption")
        if x.note
    ]
    for base in region.coverage_base.also:
        if base.workers.note or base.note:
            note = base.workers.note or base.note or ""
            rows.append(
                _row(
                    "Penyebut lain",
                    fmt.count(base.workers.value),
                    base.workers.status,
                    base.workers.as_of,
                    note,
                    "",
                )
            )
    for t in region.targets:
        note = " ".join(filter(None, (t.note, t.coverage.note)))
        if note:
            ref = region.references.get(t.reference or t.coverage.reference or "")
            source = link(ref.title, ref.address) if ref else ""
            value = fmt.percent(t.coverage.value)
            rows.append(
                _row(f"Target {int(t.year.value)}", value, t.coverage.status, t.coverage.as_of, note, source)
            )
    rows += [_row(s.name, "", None, None, s.note, "") for s in region.segments if s.note]
    rows += [_row(f.name, "", None, None, f.note, "") for f in region.funders if f.note]
    intro = f"<p>{escape(region.note)}</p>" if region.note else ""
    head = "<tr><th>Angka</th><th class='angka'>Nilai</th><th>Status</th><th>Catatan</th><th>Sumber</th></tr>"
    return (
        f"{intro}<div class='tabel-bungkus'><table class='tabel'><thead>{head}</thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
