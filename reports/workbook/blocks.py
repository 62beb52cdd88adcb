"""The columns of a sheet of months: which blocks stand side by side, what they are called and what they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.workbook.expression import Expression, join
from reports.workbook.inputs import Inputs
from reports.workbook.pages import BAND, Page
from reports.workbook.plan import Run
from simulator.engine import SETTLED_MONTHS
from simulator.schema import BudgetFunder

HEAD = 3  # row of the blocks; names and short explanations follow
TOP = HEAD + 3  # first row before the start
_TIME = (  # key, heading, what the formula does, kind
    ("month", "Bulan", "", "month"),
    ("year", "Tahun", "", "plain"),
    ("number", "Bulan ke-", "dalam tahun", "plain"),
    ("t", "t", "sejak mulai", "plain"),
    ("period", "Periode tarif", "kolom Tarif iuran", "plain"),
    ("recent", "Baris awal tunggak", "untuk peserta aktif", "plain"),
    ("growth", "g", "(1+tumbuh) ^(t/12)", "factor"),
)
TIME = len(_TIME)
_RESULTS = (
    ("base", "Penyebut", "penyebut awal × g", "people"),
    ("insured", "Terlindungi", "jumlah kelompok", "people"),
    ("coverage", "Cakupan", "terlindungi ÷ penyebut", "share"),
    ("active", "Peserta aktif", "termasuk masa tunggak", "people"),
    ("active_share", "Peserta aktif, bagian", "÷ penyebut", "share"),
    ("own", "Mandiri atau pemberi kerja", "ΣO", "people"),
    ("self", "Lanjut mandiri", "ΣQ", "people"),
    ("fallen", "Terhenti", "Σ yang kehilangan iuran", "people"),
    ("must", "Kewajiban belum terlindungi", "Σ kelompok kewajiban", "people"),
    ("held", "Dibayari atau lanjut mandiri", "ΣH", "people"),
    ("deaths", "Perkiraan kematian", "kematian × ΣH", "decimals"),
    ("jkm", "Perkiraan santunan JKM", "penuh sesudah masa tunggu", "rupiah"),
    ("children", "Anak beasiswa", "kematian × Σm36 × anak", "decimals"),
    ("accidents", "Perkiraan kecelakaan", "kecelakaan × ΣH", "decimals"),
    ("cost", "Iuran semua sumber", "jumlah sumber", "rupiah"),
)
RESULTS = len(_RESULTS)
_BY_FUNDER = (
    ("X", "Tempat terbayar, menurut sumber", "Σ tempat", "people"),
    ("cost", "Iuran, menurut sumber", "Σ tempat × iuran", "rupiah"),
    ("reached", "Terlindungi karena sumber", "Σ tempat × (1 − v)", "people"),
)
_NEED = (
    ("N", "1. Pekerja (N)", "pekerja awal × g", "people"),
    ("O", "1. Mandiri atau pemberi kerja (O)", "(terlindungi − dibayari + perubahan × t/12) × g", "people"),
    ("C", "2. Lanjut mandiri yang bertahan", "Q bulan lalu × bertahan", "people"),
    ("need", "3. Kebutuhan (orang)", "lolos verval × (N − O − B) + B − yang bertahan", "people"),
    ("v", "3. Salah sasaran (v)", "MIN(ganda; O ÷ (O + kebutuhan))", "share"),
    ("W", "3. Tempat yang dibutuhkan", "kebutuhan ÷ (1 − v)", "people"),
)
_AFTER = (
    ("F", "7. Dibayari (F)", "Σ tempat × (1 − v)", "people"),
    ("settled", "7. Enam bulan terus dibayari", f"MIN F {SETTLED_MONTHS} bulan sebelumnya", "people"),
    ("peak", "7. Terbanyak yang mapan", "MAX sampai bulan ini", "people"),
    ("lost", "7. Terhenti", "MIN(puncak; kebutuhan) − F", "people"),
    ("asked", "7. Pernah ditawari lanjut", "MAX terhenti sampai bulan ini", "people"),
    ("Q", "7. Lanjut mandiri (Q)", "bertahan + lanjut × tawaran baru", "people"),
    ("H", "8. Dibayari atau lanjut (H)", "F + Q", "people"),
    ("insured_s", "8. Terlindungi", "MIN(N; O + H)", "people"),
    ("active_s", "8. Peserta aktif", "MIN(N; O + MAX H masa tunggak)", "people"),
    ("m3", "9. Berhak santunan penuh", "MIN H {full} bulan", "people"),
    ("m36", "9. Berhak beasiswa", "MIN H {school} bulan", "people"),
)


@dataclass(frozen=True)
class Column:
    """One column: its key, heading, what its formula does, and the kind of figure."""

    key: Any
    head: str | Expression
    words: str
    kind: str


@dataclass(frozen=True)
class Block:
    """Columns of one step."""

    title: str | Expression
    columns: tuple[Column, ...]


def blocks(run: Run, inputs: Inputs) -> list[Block]:
    """All blocks of a run: time, results, what each funder pays, then the model step by step."""
    names, a = inputs.names, run.projection.arrays
    segments, funders = a.segments, [f.id for f in run.region.funders]
    waits = {"full": a.full_after + 1, "school": a.school_after + 1}

    def over(steps: Sequence[tuple[str, str, str, str]], ids: Sequence[str]) -> list[Block]:
        return [
            Block(title, tuple(Column((step, x), names[x], words.format(**waits), kind) for x in ids))
            for step, title, words, kind in steps
        ]

    return [
        Block("Waktu", tuple(Column(*row) for row in _TIME)),
        Block("Hasil", tuple(Column(*row) for row in _RESULTS)),
        *over(_BY_FUNDER, funders),
        *over(_NEED, segments),
        *(_funder(f, inputs) for f in run.region.funders),
        *over(_AFTER, segments),
    ]


def _funder(funder: Any, inputs: Inputs) -> Block:
    """Steps 4 to 6 of one funder: what it has, how many it may enrol, and each segment's price and places."""
    k, names = funder.id, inputs.names
    if isinstance(funder, BudgetFunder):
        columns = [
            Column(("available", k), "Anggaran tersedia", "anggaran ÷ bulan bayar", "rupiah"),
            Column(("spendable", k), "Dapat dibelanjakan", "× serapan", "rupiah"),
        ]
    else:
        columns = [
            Column(("limit", k), "Tempat yang dijanjikan", "penanggung × ikut × tiap orang × bertahan", "people")
        ]
    columns.append(Column(("room", k), "Ruang pendaftaran", "terbanyak 12 bulan + batas", "limit"))
    for s in funder.segments:
        columns.append(Column(("p", k, s), join("Iuran: ", names[s]), "Rp sebulan", "decimals"))
        columns.append(Column(("x", k, s), join("Tempat: ", names[s]), "MIN(sisa; uang ÷ iuran; ruang)", "people"))
    return Block(join("6. ", names[k]), tuple(columns))


def write_heads(page: Page, found: Sequence[Block]) -> None:
    """The three rows of headings: step, name, what the formula does."""
    band = page.styles(bold=True, bg_color=BAND, border=1, border_color="#C9CED6")
    at = 0
    for block in found:
        for i, column in enumerate(block.columns):
            first = block.title if i == 0 else None
            write = page.formula if isinstance(first, Expression) else page.text
            write(HEAD, at, first, band)
            page.heads(HEAD + 1, at, [column.head])
            page.text(HEAD + 2, at, column.words, page.styles.help)
            at += 1
    page.sheet.set_row(HEAD + 1, 42)
    page.sheet.set_row(HEAD + 2, 34)
