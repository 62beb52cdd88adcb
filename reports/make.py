"""The door: an order in, a document out. Each document's library is loaded when it is asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from reports.brief import Order
from simulator.region import parse_region, plain_data

LONGEST_NAME = 200  # letters
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Kind:
    """A kind of document: its ending, what it is called, what it holds, and its media type."""

    ending: str
    name: str
    holds: str
    mime: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        "docx": Kind(
            "docx",
            "Memo (Word)",
            "Dua sampai empat halaman untuk Sekda: usulan, perbandingan, siapa membayar, risiko, tabel RKA, asumsi,"
            " dan dasar hukum.",
            f"{_OFFICE}.wordprocessingml.document",
        ),
        "pptx": Kind(
            "pptx",
            "Salindia (PowerPoint)",
            "Enam sampai sembilan salindia; grafiknya dapat diubah di PowerPoint, sumbernya ada di catatan pembicara.",
            f"{_OFFICE}.presentationml.presentation",
        ),
        "xlsx": Kind(
            "xlsx",
            "Buku kerja (Excel)",
            "Seluruh model sebagai rumus: ubah sel kuning, hasilnya ikut berubah. Dapat diunggah kembali sebagai data"
            " daerah.",
            f"{_OFFICE}.spreadsheetml.sheet",
        ),
    }
)


def make(order: Order, ending: str, tell: Tell = lambda share, text: None) -> bytes:
    """A document of an order. `tell` hears how far it is: a share from 0 to 1 and what is being done, in Indonesian.

    Raises InputError for settings that break a rule, simulator.workbook.styles.TooLong for a text that no cell of
    Excel holds, KeyError for an ending that is not in KINDS.
    """
    order = cleaned(order)
    if ending == "xlsx":
        tell(0.1, "Menulis rumus tiap bulan")
        from reports import workbook

        return workbook.build(order)
    write = {"docx": _memo, "pptx": _slides}[ending]
    tell(0.05, "Menjalankan simulasi, rentang, dan uji tekanan")
    from reports.gather import gather

    brief = gather(order)
    tell(0.55, "Menggambar grafik dan menulis dokumen")
    return write(brief)


def cleaned(order: Order) -> Order:
    """The order with names that every document can hold: no signs that XML forbids, none longer than 200 letters.

    Only a region file written by hand can have such; it is read once more where it does.
    """
    data = plain_data(order.region)
    fit = _fit(data)
    return order if fit == data else replace(order, region=parse_region(fit, order.region._source))


def _fit(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _name(v) if k in ("name", "title") and isinstance(v, str) else _fit(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_fit(v) for v in data]
    return _UNFIT.sub(" ", data) if isinstance(data, str) else data


def _name(text: str) -> str:
    clean = _UNFIT.sub(" ", text)
    return clean if len(clean) <= LONGEST_NAME else f"{clean[: LONGEST_NAME - 1].rstrip()}…"


def _memo(brief) -> bytes:
    from reports import memo

    return memo.build(brief)


def _slides(brief) -> bytes:
    from reports import slides

    return slides.build(brief)
