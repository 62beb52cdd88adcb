"""Notes on the quality of a region's data, grouped by weight, each with what can be done about it."""

from html import escape

import streamlit as st

from simulator import Region
from simulator.quality import Note, notes
from simulator.questions.warnings import GRAVE, NOTABLE, REMARK
from ui.html import unbroken

HEADS = {
    GRAVE: ("berat", "Betulkan dahulu: angka pokok bergantung padanya"),
    NOTABLE: ("", "Patut ditanyakan sebelum angkanya dipakai"),
    REMARK: ("ringan", "Sekadar diketahui"),
}
CHECKED = (
    "Yang diperiksa: persentase yang dikutip terhadap jumlahnya, bagian terhadap keseluruhan, nama dan daftar"
    " yang berulang, tanggal data, penyebut cakupan dan target, sumber dan rentang angka pokok, serta angka yang"
    " belum diisi."
)


def html(region: Region) -> str:
    """The notes of a region as HTML (every text escaped), or a sentence that there are none, and what was checked."""
    found = notes(region)
    if not found:
        title = escape(region.title)
        said = f"Tidak ada catatan: tidak satu pun pemeriksaan menemukan kejanggalan pada data {title}."
        return f'<p class="awas lolos">{said}</p><p class="kecil">{escape(CHECKED)}</p>'
    body = f'<p class="kecil">{len(found)} catatan atas berkas daerah seperti tertulis. {escape(CHECKED)}</p>'
    for weight, (tone, head) in HEADS.items():
        some = [note for note in found if note.weight == weight]
        if some:
            body += f'<p class="judul" style="margin: .9rem 0 .35rem 0">{escape(head)} ({len(some)})</p>' + "".join(
                _note(n, tone) for n in some
            )
    return body


def _note(note: Note, tone: str) -> str:
    """One note and its remedy."""
    mend = f'<br><span class="kecil"><b>Cara membetulkan:</b> {escape(note.mend)}</span>'
    return f'<p class="awas {tone}">{escape(unbroken(note.text))}{mend}</p>'


def show(region: Region) -> None:
    """The notes on the screen."""
    st.html(html(region))
