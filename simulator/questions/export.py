"""Tables as CSV that carries its own inputs, sources and model version.

Semicolons and decimal commas, with a byte order mark: what Excel with Indonesian settings opens by a
double click.
"""

import csv
import io
from collections.abc import Iterable

import pandas as pd

from simulator.indonesian import percent
from simulator.levers import Lever
from simulator.projection import Projection
from simulator.registry import POPULATIONS, STATUSES
from simulator.version import MODEL_VERSION

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula is kept text; numbers get a decimal comma."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{round(value, 6):.15g}".replace(".", ",")
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _unit(x: Lever) -> str:
    """The unit of the bare number: a share stands as 0,75, not as 75%."""
    return "bagian (0–1)" if x.field.unit.startswith("share") else x.field.unit_label


def to_csv(frame: pd.DataFrame, p: Projection, levers: Iterable[Lever], title: str, scenario: str, link: str) -> str:
    """The table, then what it was reckoned from: scenario, version, link, every input with its source."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")

    def write(*cells: object) -> None:
        writer.writerow([_cell(c) for c in cells])

    base = p.region.coverage_base
    write(title, p.region.title)
    write("Skenario", scenario)
    write("Penyebut cakupan", POPULATIONS[base.population], base.workers.value)
    write("Versi model", MODEL_VERSION)
    write("Tautan", link)
    write()
    write(*frame.columns)
    shares = [str(name).startswith(("Cakupan", "Peserta aktif")) for name in frame.columns]
    for row in frame.itertuples(index=False):
        write(*(percent(v, 4) if share else v for v, share in zip(row, shares, strict=True)))
    write()
    write("Masukan", "Parameter", "Nilai", "Satuan", "Rendah", "Tinggi", "Status", "Tanggal data", "Sumber", "Catatan")
    for x in levers:
        status = "diisi pengguna" if x.path in p.changes else STATUSES.get(x.status or "", "bawaan model")
        write(x.group_name, x.label, x.value, _unit(x), x.low, x.high, status, x.as_of, x.source, x.note)
    write()
    write("Diubah pengguna", "Nilai")
    for path, value in p.changes.items():
        write(path, value if not isinstance(value, (list, tuple)) else ", ".join(map(str, value)))
    write()
    write("Sumber", "Judul", "Alamat", "Tanggal")
    for key, ref in p.region.references.items():
        write(key, ref.title, ref.address, ref.date)
    return "\ufeff" + out.getvalue()
