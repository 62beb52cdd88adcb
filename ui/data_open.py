"""Opening a file of any kind on the page Data daerah: a region file, a workbook, a table as CSV."""

from collections.abc import Sequence

import streamlit as st

from simulator import indonesian as fmt
from simulator.tables.layout import TABLE
from simulator.tables.rows import with_rows
from simulator.tables.split import split
from ui import draft, html, state

_REFUSED = "berkas_ditolak"
_KEY = "unggah_ke"


def uploader(label: str, about: str) -> None:
    """The place to drop a file on; each file is read once."""
    key = f"unggah|{st.session_state.get(_KEY, 0)}"
    with st.container(key="unggah"):
        st.file_uploader(label, key=key, on_change=_uploaded, args=(key,), help=None)
    st.caption(about)


def refused() -> None:
    """Why the last file could not be used, until the next deed."""
    for text in st.session_state.pop(_REFUSED, []):
        st.error(html.plain_markdown(text))


def _refuse(*texts: str) -> None:
    st.session_state[_REFUSED] = [*texts]


def _uploaded(key: str) -> None:
    state.touch()
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_KEY] = st.session_state.get(_KEY, 0) + 1  # an empty box again: the same file may come twice
    read(file.getvalue(), file.name)


def read(content: bytes, name: str) -> None:
    """A file taken into a new draft, or (Excel, CSV) into the one that is open; where it fails nothing changes."""
    suffix = name.lower().rsplit(".", 1)[-1]
    if suffix in ("yaml", "yml"):
        _yaml(content, name)
    elif suffix in ("csv", "tsv", "txt"):
        _csv(content, name)
    else:
        _workbook(content, name)


def _yaml(content: bytes, name: str) -> None:
    from simulator.saved import open_yaml

    opened = open_yaml(content, name)
    if opened.data is None:
        lines = [f.indonesian() for f in opened.faults[:5]]
        _refuse(f"{name} tidak dapat dibuka. Data yang sedang Anda kerjakan tidak berubah.", *lines)
        return
    d = draft.start(split(opened.data), name)
    told = {p.kind for p in draft.problems(d)} | {"text_number"}  # text is read as people write numbers
    lost = [f.indonesian() for f in opened.faults if f.kind not in told]
    if lost:
        rest = f"; dan {len(lost) - 5} lainnya" if len(lost) > 5 else ""
        draft.notify(f"Tidak terpakai dari berkas: {'; '.join(lost[:5])}{rest}.")
    draft.notify(_opened(name, d))
    if opened.comparison is None:
        draft.notify(*opened.told)
    else:
        st.session_state.setdefault("perbandingan_berkas", {})[d.name] = opened.comparison


def _opened(name: str, d: draft.Draft) -> str:
    count = len(draft.problems(d))
    if not count:
        return f"{name} dibuka sebagai {d.title}; dipakai di semua halaman."
    things = "satu hal" if count == 1 else f"{count} hal"
    return f"{name} dibuka sebagai {d.title}; {things} perlu dibetulkan. Semua isian lain sudah terbaca."


def _workbook(content: bytes, name: str) -> None:
    from simulator.workbook.read import read as read_workbook

    reading = read_workbook(content, name)
    if reading.refused:
        _refuse(f"{name}: {reading.refused} Data yang sedang Anda kerjakan tidak berubah.")
        return
    told = {p.place: p.text for p in reading.problems if p.row >= 0}
    whole = [reading.line(p) for p in reading.problems if p.row < 0]
    d = draft.current()
    if d is None:
        d = draft.start(reading.tables, name.rsplit(".", 1)[0], found_at=reading.places, told=told)
    else:
        draft.replace_all(f"Membuka {name}", reading.tables, reading.places, told)
        d = draft.current()
    draft.notify(_opened(name, d), *whole, _remarks(reading.remarks))


def _remarks(remarks: Sequence[str]) -> str:
    return f"Catatan pembacaan: {' '.join(remarks)}" if remarks else ""


def _csv(content: bytes, name: str) -> None:
    from simulator.workbook.csv_io import read_csv

    d = draft.current()
    if d is None:
        _refuse(f"{name}: CSV hanya memuat satu tabel. Mulailah dahulu sebuah daerah, lalu buka CSV di sana.")
        return
    reading = read_csv(content, name)
    if reading.refused:
        _refuse(f"{name}: {reading.refused} Data yang sedang Anda kerjakan tidak berubah.")
        return
    tables = dict(d.tables)
    for key in reading.found:
        tables = with_rows(tables, key, reading.tables[key])
    told = {p.place: p.text for p in reading.problems if p.row >= 0}
    found = {k: v for k, v in reading.places.items() if k[0] in reading.found}
    draft.replace_all(f"Membuka {name}", tables, found, told)
    titles = fmt.listing([TABLE[k].title for k in sorted(reading.found)])
    draft.notify(f"{name}: tabel {titles} diganti isi berkas. Urungkan mengembalikannya.", _remarks(reading.remarks))
