"""The ways to begin a region: from one that ships, from nothing, from a file; and those that were begun already."""

import datetime

import streamlit as st

from simulator import InputError, load_region, usual
from simulator.catalogue import FOLDER, TEMPLATE
from simulator.quality import notes
from simulator.tables.layout import FUNDER_TABLES, TABLE
from simulator.tables.rows import Row, from_text, with_rows
from simulator.tables.split import split
from ui import data_keep, data_open, draft, html, own, own_store, quality_notes, regions, state

_NUMBERS_OUT = ("region", "also", "segments", "other", *(t.key for t in FUNDER_TABLES))
_LEFT_OUT = ("paid_before", "by_year", "scenarios", "settings", "stress_tests", "stress_settings")


def store() -> None:
    """Where the browser could not keep the user's data, that is said."""
    own_store.show()


def body() -> None:
    """Three ways to begin, then what the region chosen now is worth."""
    st.html(
        '<div class="jawaban">Masukkan angka daerah Anda sendiri. Tidak perlu pemrogram: isi langkah demi langkah di'
        " layar, atau lewat Excel. Angka yang belum ada dibiarkan kosong dan ditandai, tidak pernah dianggap nol.</div>"
    )
    own_list(None)
    places = st.columns(3, gap="medium", border=True)
    with places[0]:
        _from_nothing()
    with places[1]:
        _from_region()
    with places[2]:
        _from_file()
    _present()


def own_list(d: draft.Draft | None) -> None:
    """The user's own regions, to go on with."""
    known = {name: _title(name) for name in dict.fromkeys((*own.names(), *own.drafts()))}
    others = {name: title for name, title in known.items() if d is None or name != d.name}
    if not others:
        return
    st.html(f'<div class="judul">{"Lanjutkan data Anda" if d is None else "Data Anda yang lain"}</div>')
    with st.container(horizontal=True, gap="small"):
        for name, title in others.items():
            sound = "" if name in own.names() else " · belum lengkap"
            label = f"{html.plain_markdown(title)} · {own.changed(name)}{sound}"
            st.button(label, key=f"lanjut|{name}", on_click=_go_on, args=(name,))


def _title(name: str) -> str:
    text = own.draft(name)
    try:
        found = from_text(text)["region"][0].cells.get("title") if text else regions.region(name).title
    except (ValueError, InputError):
        found = None
    return str(found or "Tanpa nama")


def _go_on(name: str) -> None:
    state.touch()
    draft.open_own(name)


def _from_nothing() -> None:
    st.markdown("**Dari nol**")
    st.caption("Enam langkah. Tiap isian dijelaskan: apa artinya, di mana mencarinya, lazimnya berapa.")
    st.text_input("Nama daerah", key="nama_nol", placeholder="Kabupaten …")
    st.button("Mulai dari nol", key="mulai_nol", type="primary", on_click=_begin, args=("nama_nol",))


def _begin(key: str) -> None:
    state.touch()
    title = st.session_state.get(key, "").strip()
    draft.start(fresh(title, datetime.date.today()), "Daerah baru")


def fresh(title: str, today: datetime.date) -> dict:
    """The tables of a region begun from nothing: no data, but behaviour as known from elsewhere, with its sources."""
    assumptions = usual.usual_assumptions()
    data = {
        "start": f"{today.year + 1}-01",
        "years": 5,
        "assumptions": assumptions,
        "references": usual.usual_references({"assumptions": assumptions}),
    }
    if title:
        data["title"] = title
    return split(data)


def _from_region() -> None:
    st.markdown("**Dari daerah yang sudah ada**")
    st.caption("Salin daerah bawaan atau berkas contoh, lalu ganti angkanya. Kelompok dan sumber dana ikut tersalin.")
    known = {**regions.titles(), TEMPLATE: "Berkas contoh (semua angka karangan)"}
    chosen = st.selectbox("Salin dari", list(known), format_func=known.get, key="salin_dari")
    st.checkbox("Kosongkan angkanya, ambil susunannya saja", key="kosongkan", value=True)
    st.button("Salin dan ubah", key="salin", on_click=_copy, args=(chosen,))


def _copy(name: str) -> None:
    state.touch()
    region = load_region(FOLDER / f"{TEMPLATE}.yaml") if name == TEMPLATE else regions.region(name)
    tables = split(region._data)
    if st.session_state.get("kosongkan"):
        tables = without_numbers(tables)
    else:
        row = tables["region"][0]
        tables = with_rows(tables, "region", (row.with_cell("title", f"{region.title} (salinan)"),))
    draft.start(tables, f"{region.title} (salinan)")
    if st.session_state.get("kosongkan"):
        draft.notify("Yang disalin susunannya saja: angka, catatan, skenario, dan uji tekanan tidak ikut.")


def without_numbers(tables: dict) -> dict:
    """The groups, funders and behaviour of a region without its own numbers, notes, and what hangs on them."""
    done = dict(tables)
    for key in _NUMBERS_OUT:
        numbers = {c.key for c in TABLE[key].numbers}
        keep = {c.key for c in TABLE[key].columns} - numbers - {"note", "base_note", "reference"}
        keep -= {"title"} if key == "region" else set()
        rows = tuple(Row({k: v for k, v in r.cells.items() if k in keep}) for r in tables[key])
        done[key] = rows if key != "also" else ()
    for key in _LEFT_OUT:
        done[key] = ()
    row = done["region"][0].with_cell("years", tables["region"][0].cells.get("years"))
    return _with_used_sources(with_rows(done, "region", (row,)))


def _with_used_sources(tables: dict) -> dict:
    """Only the sources that something still names."""
    others = [r for key, rows in tables.items() if key != "references" for r in rows]
    named = {r.cells.get("reference") for r in others}
    named |= {parts.get("reference") for r in others for parts in r.details.values()}
    kept = tuple(r for r in tables["references"] if r.cells.get("id") in named)
    return with_rows(tables, "references", kept)


def _from_file() -> None:
    st.markdown("**Dari berkas**")
    data_open.uploader(
        "Buka berkas",
        "Excel (.xlsx) yang diisi dari templat, atau berkas daerah (.yaml) yang pernah diunduh dari sini.",
    )
    st.download_button(
        "Unduh templat Excel", _template, file_name="templat-daerah.xlsx", key="templat", on_click="ignore",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )  # fmt: skip


def _template() -> bytes:
    from simulator.workbook.write import template

    return template()


def _present() -> None:
    """The region chosen on the other pages: what its data are worth, and its files."""
    c = state.case()
    try:
        region = regions.region(c.region)
    except InputError:
        return
    count = len(notes(region))
    with st.expander(f"Mutu data {html.plain_markdown(region.title)}, yang kini dipilih: {count} catatan"):
        quality_notes.show(region)
    data_keep.shipped(c.region)
