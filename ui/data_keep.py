"""Downloads of the region that is being built, and of any region: one file to open again, a workbook, tables as CSV."""

import datetime

import streamlit as st

from simulator.schema import Region
from simulator.tables.rows import Tables
from simulator.tables.split import split
from ui import draft, html, own, regions, state


def downloads(d: draft.Draft) -> None:
    """The draft to take away, faults and all in Excel; as a region file only where it is sound."""
    st.html('<div class="judul bagian">Simpan</div>')
    checked = draft.checked(d)
    with st.container(horizontal=True, gap="small"):
        if checked.region is not None:
            yaml_button(checked.region, d.name)
        excel_button(d.tables, d.title, d.name)
        for table, text in (("segments", "Kelompok"), ("budgets", "Sumber anggaran"), ("sponsors", "Penanggung")):
            csv_button(d.tables, table, text, d.name)
    whole = (
        "Berkas daerah (YAML) memuat data, skenario, dan uji tekanan; dapat dibuka lagi di sini, juga dengan versi yang"
        " lebih baru."
    )
    later = "Berkas daerah (YAML) dapat diunduh setelah semua hal di atas dibetulkan."
    st.caption(
        f"{whole if checked.region is not None else later} Excel memuat tabel yang sama dan dapat diisi lalu dibuka"
        " kembali. Isian ini juga tersimpan di peramban komputer ini sampai Anda menghapusnya."
    )
    with st.popover("Hapus data ini dari peramban"):
        st.markdown("Data yang belum diunduh hilang untuk selamanya.")
        st.button("Ya, hapus", key=f"buang|{d.name}", on_click=_remove, args=(d.name,))


def yaml_button(region: Region, name: str, whose: str = "") -> None:
    """The region with its scenarios and results in one file."""

    def content() -> str:
        from simulator.saved import to_file

        return to_file(region, datetime.date.today())

    st.download_button(
        f"Unduh berkas daerah{whose} (YAML)", content, file_name=f"{name}.yaml", mime="application/yaml",
        key=f"yaml|{name}", on_click="ignore",
    )  # fmt: skip


def excel_button(tables: Tables, title: str, name: str, whose: str = "") -> None:
    """The tables as a workbook to fill in further."""

    def content() -> bytes:
        from simulator.workbook.write import write

        return write(tables, title)

    st.download_button(
        f"Unduh Excel{whose}", content, file_name=f"{name}.xlsx", key=f"xlsx|{name}", on_click="ignore",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )  # fmt: skip


def csv_button(tables: Tables, table: str, text: str, name: str) -> None:
    """One table as CSV."""

    def content() -> bytes:
        from simulator.workbook.csv_io import write_csv

        return write_csv(table, tables)

    st.download_button(
        f"{text} (CSV)", content, file_name=f"{name}-{table}.csv", mime="text/csv", key=f"csv|{name}|{table}",
        on_click="ignore",
    )  # fmt: skip


def shipped(name: str) -> None:
    """Downloads of a region as it stands."""
    region = regions.region(name)
    with st.container(horizontal=True, gap="small"):
        whose = f" {html.plain_markdown(region.title)}"
        yaml_button(region, name, whose)
        excel_button(split(region._data), region.title, name, whose)


def _remove(name: str) -> None:
    state.touch()
    if name in own.names():
        own.remove(name)
    own.drop_draft(name)
    draft.close()
    draft.notify("Data itu dihapus dari peramban.")
