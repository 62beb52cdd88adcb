"""What the speaker can answer when asked where a figure comes from: formula in words, base, sources, version, link."""

from collections.abc import Sequence
from typing import Any

from reports.brief import Brief
from reports.slides.fit import plain
from simulator.questions.compare import MEASURES

_MEASURES = {m.key: m for m in MEASURES}
COVERAGE = (
    "Cakupan = pekerja terlindungi ÷ {base}. Terlindungi: membayar sendiri, dibayar pemberi kerja, atau dibayari salah"
    " satu sumber pada bulan itu; tidak ada orang yang dihitung dua kali."
)
COST = (
    "Iuran setahun = jumlah iuran yang terbayar tiap bulan: orang yang dibayari × iuran sebulan menurut peraturan,"
    " paling banyak sebesar anggaran sumbernya."
)
GROUPS = (
    "Tiap kelompok: pekerja terlindungi bulan itu ÷ pekerja kelompok itu pada bulan yang sama. Persentase di sini dari"
    " kelompoknya, bukan dari {base}."
)
CHANCES = (
    "Peluang = bagian dari undian yang mencapainya. Setiap angka yang mempunyai rentang diundi dari rendah, mungkin,"
    " dan tinggi; undiannya sama untuk semua pilihan. 10–90%: delapan dari sepuluh hasil ada di antaranya."
)
STOPS = (
    "Pekerja menurut pembayar: yang iurannya dibayar sumber itu pada bulan itu. Bila sumber berhenti, mereka keluar"
    " setelah bulan terbayar habis, kecuali yang melanjutkan sendiri."
)
ASSUMED = (
    "Status angka: peraturan, statistik, diberitakan, atau asumsi. Asumsi diurutkan dari yang paling mengubah cakupan;"
    " pengaruh dihitung dengan memindahkan satu angka ke ujung rentangnya."
)


def measures(*keys: str) -> str:
    """How measures of the comparison come about, in the words of the screen."""
    known = [_MEASURES[k] for k in keys]
    return " ".join(f"{m.label}: {m.explain[:1].lower()}{m.explain[1:]}." for m in known if m.explain)


def add(slide: Any, brief: Brief, said: Sequence[str], how: Sequence[str], *, sources: bool = True) -> None:
    """The notes of a slide: what is said in full, how it is reckoned, and where it comes from."""
    parts = [("Isi lengkap", said), ("Cara menghitung", [h.format(base=brief.base) for h in how])]
    parts.append(("Dasar persentase", [f"{brief.base}, kecuali disebut lain."]))
    parts.append(("Pengaturan yang dihitung", [f"{s.mark} = {s.name}" for s in brief.sides]))
    if sources:
        parts.append(("Sumber data", brief.sources or ("Berkas daerah ini tidak menyebut sumber.",)))
    origin = f"Simulator cakupan Jamsostek, model versi {brief.version}."
    parts.append(("Asal angka", [origin, *([f"Dibuat {brief.made}."] if brief.made else [])]))
    if brief.link:
        parts.append(("Untuk mengulang", [brief.link]))
    lines = []
    for heading, texts in parts:
        told = [plain(t) for t in texts if t]
        if told:
            lines += [f"{heading}:", *(f"- {t}" for t in told), ""]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines).rstrip()
