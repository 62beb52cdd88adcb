"""Which tables a region has and what each column holds; screen, workbook and CSV are all made from this.

A form is a table of one row, shown from top to bottom.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simulator.registry import (
    DUTIES,
    FIELDS,
    MEMBERSHIPS,
    OTHER_NAME,
    PAYERS,
    POPULATIONS,
    PROGRAMMES,
    STATUSES,
    Field,
)

SECTORS = MappingProxyType({"general": "umum", "transport": "angkutan"})
RISKS = MappingProxyType(
    {
        "very_low": "sangat rendah (0,24%)",
        "low": "rendah (0,54%)",
        "medium": "sedang (0,89%)",
        "high": "tinggi (1,27%)",
        "very_high": "sangat tinggi (1,74%)",
    }
)
CHANGES = MappingProxyType({"set": "nilai baru", "scale": "dikalikan"})
FLAGS = MappingProxyType({True: "ya", False: "tidak"})
NO_LIMIT = "tanpa batas"  # stands for null in onboarding_per_month
BY_SEGMENT = "menurut kelompok"  # stands for null in a funder's programmes
NULLS = (NO_LIMIT, BY_SEGMENT)


@dataclass(frozen=True)
class Column:
    """One column. `kind` says how a cell is read:

    text, id, number, choice, flag, month (2027-01), date, year, order, ids (segments, first things first),
    programmes, reference, references, owner (a funder), segment, scenario, test, path (a lever's), setting (of it).
    `at` are the keys that lead to the value in the row's mapping; `default` is what the model takes for a blank.
    """

    key: str
    label: str
    kind: str = "text"
    field: Field | None = None
    required: bool = False
    options: Mapping | None = None
    help: str = ""
    default: str = ""
    at: tuple[str, ...] = ()
    null: str = ""
    guide: str = ""  # key of its guidance

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that lead to the value."""
        return self.at or (self.key,)

    @property
    def unit(self) -> str:
        """The unit in Indonesian, empty where there is none."""
        return self.field.unit_label if self.field else ""

    @property
    def heading(self) -> str:
        """Label with unit: Jumlah pekerja (orang)."""
        said = not self.unit or (self.unit == "tahun" and self.label.startswith("Tahun"))
        return self.label if said else f"{self.label} ({self.unit})"


@dataclass(frozen=True)
class Table:
    """One table: its Indonesian title is the name of its sheet."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    form: bool = False

    def column(self, key: str) -> Column:
        """A column by its key. Raises KeyError."""
        return next(c for c in self.columns if c.key == key)

    @property
    def numbers(self) -> tuple[Column, ...]:
        """The columns whose numbers may have a range and a source."""
        return tuple(c for c in self.columns if c.kind == "number")


def _number(key: str, field: str, label: str = "", required: bool = False, default: str = "", **more) -> Column:
    f = FIELDS[field]
    return Column(key, label or f.label, "number", f, required, help=f.help, default=default, guide=field, **more)


def _note(guide: str = "note") -> Column:
    return Column("note", "Catatan", help="Pertentangan sumber, keterbatasan, dan cara menghitung.", guide=guide)


def _reference(label: str = "Sumber data") -> Column:
    return Column("reference", label, "reference", help="Kode dari tabel Daftar sumber.", guide="quantity.reference")


_NAME = Column("name", "Nama", required=True)
_ID = Column("id", "Kode", "id", help="Huruf, angka, dan garis bawah. Bila kosong, dibuat dari nama.")
_PROGRAMMES_HELP = "JKK dan JKM wajib; JHT boleh ditambahkan dan menaikkan iuran."


def _segment_columns() -> tuple[Column, ...]:
    return (
        Column("name", "Nama kelompok", required=True, guide="segment.name"),
        _ID,
        _number("workers", "segment.workers", required=True),
        _number("covered", "segment.covered", required=True),
        Column("membership", "Kepesertaan", "choice", None, True, MEMBERSHIPS, guide="segment.membership"),
        Column("duty", "Sifat", "choice", None, False, DUTIES, default="pilihan", guide="segment.duty"),
        _number("covered_change", "segment.covered_change", default="0"),
        _number("income", "segment.income", default="Rp 1.000.000; hanya bukan penerima upah"),
        Column("sector", "Sektor", "choice", None, False, SECTORS, default="umum", guide="segment.sector"),
        _number("wage", "segment.wage", default="wajib bagi penerima upah"),
        Column("risk", "Risiko kerja", "choice", None, False, RISKS, default="sangat rendah", guide="segment.risk"),
        Column(
            "programmes", "Program", "programmes", None, False, PROGRAMMES, _PROGRAMMES_HELP, "JKK dan JKM",
            guide="segment.programmes",
        ),
        _number("verification_yield", "segment.verification_yield", default="asumsi umum; kewajiban 100%"),
        _reference(),
        _note(),
    )  # fmt: skip


def _funder_head(payer: str) -> tuple[Column, ...]:
    return (
        Column("order", "Urutan", "order", help="Yang lebih dahulu membayar bernomor lebih kecil."),
        Column("name", "Nama sumber", required=True, guide="funder.name"),
        _ID,
        Column("payer", "Pembayar", "choice", None, True, PAYERS, payer, guide="funder.payer"),
        Column(
            "segments", "Boleh membayari", "ids", None, True,
            help="Kelompok menurut urutan, dipisah titik koma; yang pertama didahulukan.", guide="funder.segments",
        ),
    )  # fmt: skip


def _funder_tail() -> tuple[Column, ...]:
    return (
        _number("onboarding_per_month", "funder.onboarding_per_month", default=NO_LIMIT, null=NO_LIMIT),
        Column(
            "relief", "Keringanan iuran", "flag", None, False, FLAGS, "Keringanan PP 50/2025; pemerintah tidak pernah.",
            "ya bagi perorangan, selain itu tidak", guide="funder.relief",
        ),
        Column(
            "programmes", "Program", "programmes", None, False, PROGRAMMES, _PROGRAMMES_HELP, BY_SEGMENT,
            null=BY_SEGMENT, guide="funder.programmes",
        ),
        _reference(),
        _note(),
    )  # fmt: skip


def _base(key: str, field: str, **more) -> Column:
    return _number(key, f"coverage_base.{field}", at=("coverage_base", field), **more)


_POPULATION = Column("population", "Jenis penyebut", "choice", None, True, POPULATIONS)

REGION = Table(
    "region",
    "Daerah",
    "Nama daerah, masa simulasi, dan penyebut cakupan: pekerja yang menjadi dasar persentase.",
    (
        Column("title", "Nama daerah", required=True, guide="title"),
        Column("start", "Bulan mulai", "month", None, True, help="Bulan pertama simulasi.", guide="start"),
        _number("years", "years", required=True),
        Column(
            "population", "Jenis penyebut", "choice", None, True, POPULATIONS, at=("coverage_base", "population"),
            guide="coverage_base.population",
        ),
        _base("workers", "workers", required=True),
        _base("growth", "growth", default="0: penyebut tidak tumbuh"),
        _base("outside", "outside", default="0: semua dapat dilindungi"),
        Column("base_note", "Catatan penyebut", at=("coverage_base", "note"), guide="note"),
        _number("covered", "covered", required=True),
        _number("apbd_total", "apbd_total", default="biaya tidak dibandingkan dengan APBD"),
        _note(),
    ),
    form=True,
)  # fmt: skip
ALSO = Table(
    "also",
    "Penyebut lain",
    "Penyebut lain yang ditampilkan berdampingan, misalnya semesta pekerja (UCJ). Boleh kosong.",
    (
        Column("population", "Jenis penyebut", "choice", None, True, POPULATIONS, guide="also.population"),
        _number("workers", "also.workers", "Jumlah pekerja", required=True),
        _note(),
    ),
)
SEGMENTS = Table(
    "segments",
    "Kelompok pekerja",
    "Satu baris untuk satu kelompok. Sisa penyebut menjadi Pekerja lainnya dengan sendirinya.",
    _segment_columns(),
)
OTHER = Table(
    "other",
    "Pekerja lainnya",
    "Sisa penyebut di luar semua kelompok. Jumlahnya dihitung sendiri; isian ini semuanya boleh kosong.",
    (
        Column("name", "Nama", default=OTHER_NAME, guide="segment.name"),
        _number("covered_change", "segment.covered_change", default="0"),
        _number("income", "segment.income", default="Rp 1.000.000"),
        _number("verification_yield", "segment.verification_yield", default="asumsi umum"),
        _note(),
    ),
    form=True,
)
BUDGETS = Table(
    "budgets",
    "Sumber anggaran",
    "Yang membayar dari anggaran iuran: APBD, DBHCHT, APBDes/ADD, Baznas, BUMN/BUMD. Satu baris satu sumber.",
    (
        *_funder_head("Menentukan keringanan dan cara menghitung."),
        _number("annual_budget", "funder.annual_budget", required=True),
        _number("budget_growth", "funder.budget_growth", default="0"),
        _number("start_month", "funder.start_month", default="Januari"),
        _number("months", "funder.months", default="12"),
        _number("absorption", "funder.absorption", default="100%"),
        *_funder_tail(),
    ),
)
SPONSORS = Table(
    "sponsors",
    "Sumber penanggung",
    "Orang yang masing-masing membayari beberapa pekerja, misalnya ASN. Satu baris satu sumber.",
    (
        *_funder_head("ASN sebagai pribadi: perorangan."),
        _number("sponsors", "funder.sponsors", required=True),
        _number("participation", "funder.participation", required=True),
        _number("initial_participation", "funder.initial_participation", default="0"),
        _number("start_after", "funder.start_after", default="0: sejak bulan mulai"),
        _number("ramp_months", "funder.ramp_months", default="12"),
        _number("workers_per_sponsor", "funder.workers_per_sponsor", required=True),
        _number("still_paying", "funder.still_paying", default="100%"),
        *_funder_tail(),
    ),
)
PAID_BEFORE = Table(
    "paid_before",
    "Sudah dibayari",
    "Dari yang terlindungi saat awal, berapa yang kini dibayari tiap sumber. Mereka berhenti bila uangnya berhenti.",
    (
        Column("funder", "Sumber", "owner", required=True),
        Column("segment", "Kelompok", "segment", required=True),
        _number("workers", "funder.paid_before", "Jumlah pekerja", required=True),
    ),
)
BY_YEAR = Table(
    "by_year",
    "Tahun tertentu",
    "Anggaran, bulan mulai, atau banyaknya bulan yang lain pada satu tahun. Boleh sebagian; boleh kosong.",
    (
        Column("funder", "Sumber", "owner", required=True),
        Column("year", "Tahun", "year", required=True, guide="funder.by_year"),
        _number("annual_budget", "funder.annual_budget", default="mengikuti sumbernya"),
        _number("start_month", "funder.start_month", default="mengikuti sumbernya"),
        _number("months", "funder.months", default="mengikuti sumbernya"),
    ),
)
_ASSUMED = {
    "verification_yield": "100%",
    "overlap": "0%",
    "self_pay_continuation": "0%",
    "self_pay_lapse": "0%",
    "grace_months": "3",
    "deaths_per_1000": "2",
    "accidents_per_1000": "2,5",
    "children_per_death": "1",
}
ASSUMPTIONS = Table(
    "assumptions",
    "Perilaku",
    "Asumsi perilaku dan risiko. Isilah batas bawah dan atas: dari situlah rentang hasil.",
    tuple(_number(key, f"assumptions.{key}", default=text) for key, text in _ASSUMED.items()),
    form=True,
)
TARGETS = Table(
    "targets",
    "Target",
    "Target cakupan pada akhir suatu tahun, dengan penyebutnya. Boleh lebih dari satu, boleh kosong.",
    (
        _number("year", "target.year", required=True),
        Column("name", "Nama target", default="target", guide="target.name"),
        _number("coverage", "target.coverage", required=True),
        Column(
            "population", "Penyebut target", "choice", None, False, POPULATIONS, default="tidak diketahui",
            guide="target.population",
        ),
        _reference(),
        _note(),
    ),
)  # fmt: skip
REFERENCES = Table(
    "references",
    "Daftar sumber",
    "Dari mana angka berasal: laporan, berita, peraturan. Kodenya dipakai di tabel lain.",
    (
        _ID,
        Column("title", "Judul", required=True, guide="reference.title"),
        Column("address", "Alamat", help="Tautan atau tempat menyimpannya.", guide="reference.address"),
        Column("date", "Tanggal", "date", guide="reference.date"),
        _note(),
    ),
)
SCENARIOS = Table(
    "scenarios",
    "Skenario",
    "Pilihan pendanaan bernama. Setelannya di tabel Setelan skenario; tanpa setelan berarti kondisi berjalan.",
    (
        _NAME,
        _ID,
        Column("description", "Penjelasan"),
        Column("references", "Sumber data", "references", help="Kode dari Daftar sumber, dipisah titik koma."),
        _note(),
    ),
)
SETTINGS = Table(
    "settings",
    "Setelan skenario",
    "Satu baris untuk satu parameter yang diubah sebuah skenario, misalnya apbd.annual_budget.",
    (
        Column("scenario", "Skenario", "scenario", required=True),
        Column("path", "Parameter", "path", required=True, help="Kode pemilik, titik, nama isian dalam berkas."),
        Column("value", "Nilai", "setting", required=True),
    ),
)
_LOST = Field("stress.members_lost", "Peserta lain yang hilang", "share", "Dalam tiga bulan pertama.", ge=0, le=1)
_FACTOR = Field("stress.scale", "Pengali", "factor", "0,6 berarti turun 40%.", ge=0, le=1000)
STRESS_TESTS = Table(
    "stress_tests",
    "Uji tekanan",
    "Kesulitan bernama buatan Anda, misalnya DBHCHT dipotong. Boleh kosong.",
    (
        _NAME,
        _ID,
        Column("description", "Penjelasan"),
        Column("members_lost", _LOST.label, "plain", _LOST, default="0%", help=_LOST.help),
        _note(),
    ),
)
STRESS_SETTINGS = Table(
    "stress_settings",
    "Setelan uji tekanan",
    "Satu baris untuk satu parameter yang diubah sebuah uji tekanan.",
    (
        Column("test", "Uji", "test", required=True),
        Column("how", "Cara", "choice", None, True, CHANGES),
        Column("path", "Parameter", "path", required=True),
        Column("value", "Nilai", "setting", required=True),
    ),
)

TABLES = (
    REGION, ALSO, SEGMENTS, OTHER, BUDGETS, SPONSORS, PAID_BEFORE, BY_YEAR, ASSUMPTIONS, TARGETS, REFERENCES,
    SCENARIOS, SETTINGS, STRESS_TESTS, STRESS_SETTINGS,
)  # fmt: skip
TABLE: MappingProxyType[str, Table] = MappingProxyType({t.key: t for t in TABLES})
FUNDER_TABLES = (BUDGETS, SPONSORS)
SCALE = Column("value", "Nilai", "plain", _FACTOR)

# What may stand beside a number: key → column.
DETAILS: MappingProxyType[str, Column] = MappingProxyType(
    {
        "low": Column("low", "Batas bawah", "end", guide="quantity.low"),
        "high": Column("high", "Batas atas", "end", guide="quantity.high"),
        "as_of": Column("as_of", "Tanggal data", "date", guide="quantity.as_of"),
        "reference": Column("reference", "Sumber data", "reference", guide="quantity.reference"),
        "status": Column("status", "Jenis data", "choice", None, False, STATUSES, guide="quantity.status"),
        "note": Column("note", "Catatan angka", guide="quantity.note"),
    }
)
