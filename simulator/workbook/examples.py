"""The example rows of the empty template: one a table, told apart by their words and left out when read back."""

from collections.abc import Mapping
from typing import Any

from simulator.registry import OTHER_NAME
from simulator.tables.cells import show_cell
from simulator.tables.layout import DETAILS, TABLE, Column
from simulator.tables.rows import Row, empty
from simulator.workbook.headings import bare

MARK = "CONTOH – hapus atau timpa baris ini"
_GROUP, _BUDGET, _SPONSOR = "Contoh: nelayan", "Contoh: APBD Kabupaten", "Contoh: ASN penanggung"
_SCENARIO, _TEST, _SOURCE = "Contoh: seluruh nelayan", "Contoh: APBD tinggal separuh", "contoh_sumber"

# Round numbers that belong to no district.
_ROWS: Mapping[str, tuple[Row, ...]] = {
    "also": (Row({"population": "bpjs_potential", "workers": 400000, "note": MARK}),),
    "segments": (
        Row(
            {
                "name": _GROUP,
                "id": "contoh_nelayan",
                "workers": 4000,
                "covered": 1000,
                "membership": "bpu",
                "duty": "may",
                "income": 1000000,
                "reference": _SOURCE,
                "note": MARK,
            },
            {"workers": {"low": 3500, "high": 4500, "as_of": "2026-08", "reference": _SOURCE, "status": "assumption"}},
        ),
    ),
    "budgets": (
        Row(
            {
                "order": 1,
                "name": _BUDGET,
                "id": "contoh_apbd",
                "payer": "government",
                "segments": f"contoh_nelayan; {OTHER_NAME}",
                "annual_budget": 201600000,
                "start_month": 1,
                "months": 12,
                "note": f"{MARK}. 1.000 orang x Rp 16.800 x 12 bulan",
            }
        ),
    ),
    "sponsors": (
        Row(
            {
                "order": 2,
                "name": _SPONSOR,
                "id": "contoh_asn",
                "payer": "individual",
                "segments": "contoh_nelayan",
                "sponsors": 5000,
                "participation": 0.05,
                "workers_per_sponsor": 1,
                "note": MARK,
            }
        ),
    ),
    "paid_before": (Row({"funder": "contoh_apbd", "segment": "contoh_nelayan", "workers": 1000}),),
    "by_year": (Row({"funder": "contoh_apbd", "year": 2028, "annual_budget": 250000000, "months": 10}),),
    "targets": (Row({"year": 2029, "name": "Contoh: target RPJMD", "coverage": 0.35, "note": MARK}),),
    "references": (
        Row({"id": _SOURCE, "title": "Contoh: BPS, Sakernas Agustus 2026", "date": "2026-11", "note": MARK}),
    ),
    "scenarios": (Row({"name": _SCENARIO, "id": "contoh_skenario", "description": MARK}),),
    "settings": (Row({"scenario": "contoh_skenario", "path": "contoh_apbd.annual_budget", "value": 806400000}),),
    "stress_tests": (Row({"name": _TEST, "id": "contoh_uji", "description": MARK}),),
    "stress_settings": (
        Row({"test": "contoh_uji", "how": "scale", "path": "contoh_apbd.annual_budget", "value": 0.5}),
    ),
}  # fmt: skip


def rows() -> dict[str, tuple[Row, ...]]:
    """All tables with their example rows; forms are blank."""
    return {**empty(), **_ROWS}


def is_example(key: str, cells: Mapping[str, Any]) -> bool:
    """Whether a row's cells are those of the table's example, none changed, added or taken away."""
    return any(_shape(key, row.cells) == _shape(key, cells) for row in _ROWS.get(key, ()))


def is_example_detail(details: Mapping[str, Any]) -> bool:
    """Whether what stands beside a number is that of the example."""
    known = [parts for rows in _ROWS.values() for row in rows for parts in row.details.values()]
    shaped = {part: _plain(DETAILS[part], value) for part, value in details.items()}
    return any({part: _plain(DETAILS[part], value) for part, value in parts.items()} == shaped for parts in known)


def _shape(key: str, cells: Mapping[str, Any]) -> dict[str, str]:
    return {name: _plain(TABLE[key].column(name), value) for name, value in cells.items()}


def _plain(column: Column, value: Any) -> str:
    """A value as typed or as shown: labels and codes of a choice are one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if column.kind in ("date", "month"):
        value = show_cell(column, value)  # 2026-08 and Agustus 2026 are one
    return bare((column.options or {}).get(value, value)) if not isinstance(value, bool) else str(value)
