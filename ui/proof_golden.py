"""The proof page's comparison with golden results: a line a region, what has changed, and the record of changes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from simulator import MODEL_VERSION, Region
from simulator import indonesian as fmt
from simulator.proof import golden
from simulator.proof.golden import Compared, Difference
from ui.proof_tables import Section, Table

TITLE = "Perbandingan dengan hasil baku"
SHOWN = 20  # changed figures told of a region
FIGURES = {
    "year": "tahun",
    "months": "bulan yang disimulasikan",
    "insured_end": "terlindungi akhir tahun",
    "coverage_end": "cakupan akhir tahun",
    "active_end": "peserta aktif akhir tahun",
    "coverage_average": "cakupan rata-rata",
    "cost": "iuran",
    "available": "uang tersedia",
    "unspent": "tidak terpakai",
    "not_absorbed": "tidak terserap",
    "kpi_workers": "pekerja menurut hitungan BPJS",
    "must_uninsured": "kewajiban belum terlindungi",
    "deaths": "kematian",
    "jkm": "santunan kematian",
    "scholarship_children": "anak penerima beasiswa",
    "accidents": "kecelakaan kerja",
}


def absent(folder: Path) -> Section:
    """Where there are no golden results."""
    told = (
        f"Tidak dapat diperiksa: folder hasil baku ({folder.parent.name}/{folder.name}) tidak ada di pemasangan ini."
        " Pasang dari salinan lengkap untuk membandingkan."
    )
    return Section(TITLE, told, None)


def unreadable(reason: str) -> Section:
    """Where the record of changes cannot be read."""
    return Section(TITLE, f"Catatan perubahan tidak dapat dibaca: {reason}.", False)


def section(
    found: Sequence[Compared], record: Sequence[golden.Change], titles: dict[str, str], region: Callable[[str], Region]
) -> Section:
    """All regions beside their golden results. `region` reads a region by id, for the names of what has changed."""
    compared = [c for c in found if c.fault is None]
    presets, figures = sum(c.presets for c in compared), sum(c.figures for c in compared)
    changed, unexplained = [c for c in compared if c.differences], [c for c in compared if c.unexplained]
    base = f"{presets} skenario dari {len(compared)} berkas daerah, {fmt.count(figures)} angka"
    if not changed:
        largest = max((c.largest for c in compared), default=0.0)
        verdict = f"{base}: semua sama dengan hasil baku, selisih terbesar {fmt.percent_short(largest)}."
    else:
        verdict = f"{base}: {len(changed)} daerah berubah, {len(unexplained)} di antaranya TANPA penjelasan."
    missing = [titles.get(c.region, c.region) for c in found if c.fault]
    verdict += f" Tidak dibandingkan: {fmt.listing(missing)}." if missing else ""
    heads = ("Daerah", "Skenario", "Angka dibandingkan", "Selisih terbesar", "Hasil baku dari", "Hasil")
    rows = [_row(c, titles) for c in found]
    tables = [Table(heads, rows, heads[1:4], "" if unexplained or missing else "Tiap daerah")]
    tables += [_changed(c, titles, region) for c in changed]
    tables.append(_record(record, titles))
    broken = any(c.fault and golden.UNREADABLE in c.fault for c in found)
    held = None if not compared else not unexplained and not broken
    return Section(TITLE, verdict, held, tuple(tables), f"{presets} skenario baku tidak berubah" if not changed else "")


def _row(c: Compared, titles: dict[str, str]) -> tuple[str, ...]:
    name = titles.get(c.region, c.region)
    if c.fault:
        return name, "–", "–", "–", "–", c.fault
    told = "sama"
    if c.differences:
        count = f"{fmt.count(len(c.differences))} angka berubah"
        told = f"{count}, TANPA penjelasan" if c.unexplained else f"{count}: {'; '.join(c.reasons)}"
    version = f"versi {c.version}" if c.version else "–"
    return name, str(c.presets), fmt.count(c.figures), fmt.percent_short(c.largest), version, told


def _changed(c: Compared, titles: dict[str, str], region: Callable[[str], Region]) -> Table:
    known = region(c.region)
    presets = {s.id: s.name for s in known.scenarios} | {golden.AS_WRITTEN: "Berkas apa adanya"}
    funders = {f.id: f.name for f in known.funders}
    rows = [
        (
            presets.get(d.preset, d.preset),
            f"{d.year:.0f}",
            figure_name(d, funders),
            *("tidak ada" if v is None else fmt.count(v, 6) for v in (d.before, d.now)),
        )
        for d in c.differences[:SHOWN]
    ]
    more = len(c.differences) - len(rows)
    note = f"dan {fmt.count(more)} angka lain" if more else ""
    heads = ("Skenario", "Tahun", "Angka", "Semula", "Sekarang")
    return Table(heads, rows, heads[3:], f"{titles.get(c.region, c.region)}: yang berubah", note)


def figure_name(d: Difference, funders: dict[str, str]) -> str:
    """A figure of the results in Indonesian, with whose it is."""
    name, _, owner = d.figure.partition(".")
    told = FIGURES.get(name, "angka lain")
    return f"{told}, {funders.get(owner, owner)}" if owner else told


def _record(record: Sequence[golden.Change], titles: dict[str, str]) -> Table:
    rows = [
        (
            f"{c.version}{' (sekarang)' if c.version == MODEL_VERSION else ''}",
            fmt.date_text(c.date),
            "semua" if golden.ALL in c.regions else fmt.listing([titles.get(r, r) for r in c.regions]),
            c.why,
        )
        for c in reversed(record)
    ]
    heads = ("Versi yang mengubah angka", "Tanggal", "Daerah", "Mengapa")
    return Table(heads, rows, (), "", "" if rows else "Belum ada catatan perubahan.")
