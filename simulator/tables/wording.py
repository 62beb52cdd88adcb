"""What a fault of a region file is called beside its cell: in the words of the tables, not of the file."""

from collections.abc import Callable, Mapping
from typing import Any

from simulator import indonesian as fmt
from simulator.faults import Fault
from simulator.tables.cells import show_number
from simulator.tables.layout import Column
from simulator.tables.names import names
from simulator.tables.residual import residual
from simulator.tables.rows import Row

_KINDS = {
    "bpu": "bukan penerima upah",
    "pu": "penerima upah",
    "budget": "sumber anggaran",
    "sponsors": "sumber penanggung",
}
_LIMITS = {
    "more_than": "Paling banyak {limit}; tertulis {value}.",
    "less_than": "Paling sedikit {limit}; tertulis {value}.",
    "not_above": "Harus lebih dari {limit}; tertulis {value}.",
    "not_below": "Harus kurang dari {limit}; tertulis {value}.",
}
_EMPTY = "{label} belum diisi; kosong bukan nol."
_TABLES = Mapping[str, tuple[Row, ...]]


def told(fault: Fault, column: Column | None, tables: _TABLES) -> str:
    """A fault in one Indonesian line: what is wrong and how to mend it."""
    facts = dict(fault.facts)
    label = column.label if column else fault.path
    if fault.kind in ("missing", "blank"):
        return _EMPTY.format(label=label)
    if fault.kind in _LIMITS:
        field = column.field if column else None
        return _LIMITS[fault.kind].format(**{k: show_number(field, facts[k]) for k in ("limit", "value")})
    if fault.kind == "range_order":
        field = column.field if column else None
        low, value, high = (show_number(field, facts[k]) for k in ("low", "value", "high"))
        return f"Batas bawah {low}, nilai {value}, dan batas atas {high} tidak berurutan. Nilai harus di antaranya."
    if fault.kind in _SAID:
        return _SAID[fault.kind](facts, label, tables)
    return fault.reason()[:1].upper() + fault.reason()[1:] + "."


def _count(value: Any) -> str:
    return fmt.count(float(value), 1)


def _called(code: Any, tables: _TABLES) -> str:
    known = names(tables)
    return known["segment"].get(str(code)) or known["owner"].get(str(code)) or str(code)


def _guess(facts: dict) -> str:
    return f" Maksudnya {facts['guess']}?" if facts.get("guess") else ""


def _residual_workers(facts: dict, _label: str, tables: _TABLES) -> str:
    return residual(tables).workers_text or (
        f"Kelompok dan yang di luar kepesertaan berjumlah {_count(facts['value'])}: {_count(facts['excess'])} lebih"
        f" banyak daripada penyebut {_count(facts['limit'])}."
    )


def _residual_covered(facts: dict, _label: str, tables: _TABLES) -> str:
    return residual(tables).covered_text or (
        f"Yang terlindungi di semua kelompok berjumlah {_count(facts['value'])}: {_count(facts['excess'])} lebih banyak"
        f" daripada seluruh yang terlindungi, {_count(facts['limit'])}."
    )


_SAID: dict[str, Callable[[dict, str, _TABLES], str]] = {
    "residual_workers": _residual_workers,
    "residual_covered": _residual_covered,
    "covered_over_workers": lambda f, _l, _t: (
        f"Terlindungi {_count(f['value'])} lebih banyak daripada {_count(f['limit'])} pekerjanya."
    ),
    "paid_over_covered": lambda f, _l, _t: (
        f"Sudah dibayari semua sumber {_count(f['value'])}, lebih banyak daripada {_count(f['limit'])} yang"
        " terlindungi."
    ),
    "wrong_kind": lambda f, label, _t: (
        f"{label} hanya berlaku bagi {_KINDS.get(str(f['owner']), f['owner'])}, bukan"
        f" {_KINDS.get(str(f['kind']), f['kind'])}. Kosongkan sel ini, atau ubah jenisnya."
    ),
    "unknown_segment": lambda f, _l, _t: f"{f['value']} bukan kelompok pekerja di sini.{_guess(f)}",
    "not_eligible": lambda f, _l, t: (
        f"{_called(f['value'], t)} tidak termasuk yang boleh dibayari sumber ini. Tambahkan ke Boleh membayari,"
        " atau hapus barisnya."
    ),
    "unknown_reference": lambda f, _l, _t: f"Sumber {f['value']} tidak ada dalam Daftar sumber.{_guess(f)}",
    "unknown_path": lambda f, _l, _t: (
        f"Parameter ini tidak ada lagi di daerah ini.{_guess(f)} Hapus barisnya bila sumber atau kelompoknya dihapus."
    ),
    "programmes_needed": lambda _f, _l, _t: "JKK dan JKM keduanya wajib ada.",
    "relief_government": lambda _f, _l, _t: "Keringanan PP 50/2025 tidak berlaku bila pemerintah membayar. Isi tidak.",
    "not_month": lambda f, _l, _t: f"{f['value']} bukan bulan. Tulis seperti Januari 2027.",
    "not_whole": lambda f, _l, _t: f"{_count(f['value'])} bukan bilangan bulat.",
    "duplicate_id": lambda f, _l, _t: f"Kode {f['value']} dipakai dua kali. Beri kode lain.",
    "reserved_id": lambda f, _l, _t: f"Kode {f['value']} sudah dipakai model. Beri kode lain.",
    "bad_id": lambda f, _l, _t: f"Kode {f['value']} tidak sah. Pakai huruf, angka, dan garis bawah; diawali huruf.",
    "duplicate_item": lambda f, _l, t: f"{_called(f['value'], t)} tertulis dua kali.",
    "past_december": lambda f, _l, _t: (
        f"{_count(f['months'])} bulan mulai {fmt.month_name(int(f['start']))}{f['year']} melewati Desember. Kurangi"
        " bulannya atau mulai lebih awal."
    ),
    "not_text": lambda f, label, _t: f"{label} harus berupa teks; tertulis {f['value']}.",
}
