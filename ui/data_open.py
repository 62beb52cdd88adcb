"""Opening a file of any kind on the page Data daerah: a region file, a workbook, a table as CSV."""

from collections.abc import Sequence

import streamlit as st

from simulator.saved import Opening, open_yaml
from simulator.tables.assemble import Place, place_of
from simulator.tables.layout import TABLE
from simulator.tables.names import with_codes
from simulator.tables.rows import Row, with_rows
from simulator.tables.split import split
from simulator.workbook.reading import Reading
from ui import draft, html, own, regions, state

CSV_TABLES = {"segments", "budgets", "sponsors"}
MOST_LINES = 8  # lines of what a file says that fit on a page
TABLE_NUMBERS = {c.key for key in CSV_TABLES for c in TABLE[key].numbers}
_SAFE = "Data yang sedang Anda kerjakan tidak berubah."
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
    else:
        _tables(content, name)


def _yaml(content: bytes, name: str) -> None:
    opened = open_yaml(content, name)
    if opened.data is None:
        lines = [f.indonesian() for f in opened.faults[:5]]
        _refuse(f"{name} tidak dapat dibuka. {_SAFE}", *lines)
        return
    if opened.region is not None and (same := own.same_as(opened.region)):
        draft.open_own(same)
        draft.notify(f"{name} sama dengan {regions.titles()[same]} yang sudah ada; itulah yang dibuka.")
        _compare(same, opened)
        return
    d = draft.start(split(opened.data), name)
    cells = {p.place[:3] for p in draft.problems(d)}
    kinds = {p.kind for p in draft.problems(d)} | {"text_number"}  # text is read as people write numbers
    places = draft.checked(d).places
    lost = [f.indonesian() for f in opened.faults if f.kind not in kinds and place_of(f.path, places)[:3] not in cells]
    if lost:
        rest = f"; dan {len(lost) - 5} lainnya" if len(lost) > 5 else ""
        draft.notify(f"Tidak terpakai dari berkas: {'; '.join(lost[:5])}{rest}.")
    draft.notify(_opened(name, d))
    _compare(d.name, opened)


def _compare(name: str, opened: Opening) -> None:
    """Keep what the file's results were, to be shown beside today's."""
    if opened.comparison is None:
        draft.notify(*opened.told)
    else:
        st.session_state.setdefault("perbandingan_berkas", {})[name] = opened.comparison


def _opened(name: str, d: draft.Draft) -> str:
    count = len(draft.problems(d))
    if not count:
        return f"{name} dibuka sebagai {d.title}; kini ada di daftar Daerah di semua halaman."
    things = "satu hal" if count == 1 else f"{count} hal"
    return f"{name} dibuka sebagai {d.title}; {things} perlu dibetulkan. Semua isian lain sudah terbaca."


def _tables(content: bytes, name: str) -> None:
    """A workbook or CSV, whatever it is called."""
    from simulator.workbook.upload import read_upload

    reading = read_upload(content, name)
    if reading.refused:
        _refuse(f"{name}: {reading.refused} {_SAFE}")
    elif reading.found <= CSV_TABLES and len(reading.found) == 1 and not content.startswith(b"PK"):
        _csv(reading, name)
    else:
        _workbook(reading, name)


def _told(reading: Reading) -> tuple[dict[Place, str], list[str]]:
    """What only the file can say: of its cells, and of whole sheets and columns, each with its place."""
    own = [p for p in reading.problems if p.table and p.row >= 0]
    return {p.place: p.text for p in own}, [reading.line(p) for p in reading.problems if p not in own]


def _workbook(reading: Reading, name: str) -> None:
    told, whole = _told(reading)
    if draft.current() is None:
        draft.start(reading.tables, name.rsplit(".", 1)[0], found_at=reading.places, told=told)
    else:
        draft.replace_all(f"Membuka {name}", reading.tables, reading.places, told)
        draft.notify("Semua tabel diganti isi berkas; Urungkan mengembalikannya.")
    draft.notify(_opened(name, draft.current()), *whole[:MOST_LINES], _remarks(reading.remarks))


def _remarks(remarks: Sequence[str]) -> str:
    return f"Catatan pembacaan: {' '.join(remarks[:MOST_LINES])}" if remarks else ""


def _csv(reading: Reading, name: str) -> None:
    """One table of the open draft replaced; ranges and sources stay with numbers that are the same."""
    d = draft.current()
    if d is None:
        _refuse(f"{name}: CSV hanya memuat satu tabel. Mulailah dahulu sebuah daerah, lalu buka CSV di sana.")
        return
    told, whole = _told(reading)
    (key,) = reading.found
    before = {r.cells.get("id"): r for r in d.tables[key]}
    rows = tuple(_with_details(r, before.get(r.cells.get("id"))) for r in with_codes(reading.tables)[key])
    found = {place: where for place, where in reading.places.items() if place[0] == key}
    draft.replace_all(f"Membuka {name}", with_rows(d.tables, key, rows), found, told)
    draft.notify(
        f"{name}: tabel {TABLE[key].title} diganti isi berkas. Urungkan mengembalikannya.",
        *whole[:MOST_LINES],
        _remarks(reading.remarks),
    )


def _with_details(row: Row, before: Row | None) -> Row:
    """The row with the ranges and sources of its numbers that did not change."""
    if before is None:
        return row
    columns = [c for c in TABLE_NUMBERS if c in before.details and row.cells.get(c) == before.cells.get(c)]
    return Row(row.cells, {**row.details, **{c: before.details[c] for c in columns}})
