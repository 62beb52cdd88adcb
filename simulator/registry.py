"""The one place that knows each number a region file may hold: label, unit, limits and step.

Widgets, validation, links, exports and the method page read it. A number's key is its owner and field:
`funder.annual_budget`, `segment.workers`, `assumptions.overlap`, `coverage_base.growth`, `covered`.
"""

from dataclasses import dataclass
from types import MappingProxyType

UNITS = MappingProxyType(
    {
        "rupiah_year": "Rp setahun",
        "rupiah_month": "Rp sebulan",
        "rupiah": "Rp",
        "people": "orang",
        "people_year": "orang setahun",
        "people_month": "tempat sebulan",
        "share": "%",
        "share_year": "% setahun",
        "months": "bulan",
        "month": "bulan ke-",
        "years": "tahun",
        "year": "tahun",
        "per_1000_year": "per 1.000 orang setahun",
        "people_per_sponsor": "pekerja per ASN",
        "children": "anak",
        "factor": "kali",
    }
)

LARGEST = 1e15  # no count or sum of a region is larger; keeps all arithmetic finite


@dataclass(frozen=True)
class Field:
    """One number of the file format.

    `ge`, `gt`, `le`, `lt` are the legal limits (MODEL rules); `step` and `top` shape the slider: the top is
    where a slider ends unless the region's own numbers ask for more.
    """

    key: str
    label: str
    unit: str
    help: str = ""
    ge: float | None = None
    gt: float | None = None
    le: float | None = LARGEST
    lt: float | None = None
    whole: bool = False
    step: float | None = None
    top: float | None = None

    @property
    def unit_label(self) -> str:
        """The unit in Indonesian."""
        return UNITS[self.unit]

    @property
    def name(self) -> str:
        """The last part of the key: the field's name in the file."""
        return self.key.rsplit(".", 1)[-1]


def _share(key: str, label: str, help: str = "", step: float = 0.01, **limits) -> Field:
    return Field(key, label, "share", help, **{"ge": 0, "le": 1, "step": step, "top": 1, **limits})


_FIELDS = (
    Field("covered", "Pekerja terlindungi saat awal", "people", "Siapa pun yang membayar.", ge=0),
    Field("apbd_total", "Seluruh APBD", "rupiah_year", "Untuk menyebut biaya sebagai bagian APBD.", gt=0),
    Field("years", "Lama simulasi", "years", ge=1, le=20, whole=True, step=1, top=10),
    Field("coverage_base.workers", "Penyebut cakupan", "people", "Pekerja yang menjadi dasar persentase.", gt=0),
    Field("coverage_base.growth", "Pertumbuhan penyebut", "share_year", gt=-1, le=10, step=0.0025, top=0.05),
    Field("coverage_base.outside", "Di luar kepesertaan", "people", "ASN, TNI, Polri, penganggur.", ge=0),
    Field("also.workers", "Penyebut lain", "people", gt=0),
    Field("target.year", "Tahun target", "year", ge=1900, le=2200, whole=True),
    _share("target.coverage", "Target cakupan"),
    Field("segment.workers", "Jumlah pekerja", "people", ge=0),
    Field("segment.covered", "Sudah terlindungi", "people", "Saat awal, siapa pun yang membayar.", ge=0),
    Field(
        "segment.covered_change",
        "Perubahan mandiri",
        "people_year",
        "Pekerja yang masuk (+) atau keluar (−) sendiri atau lewat pemberi kerja.",
    ),
    Field("segment.income", "Dasar penghasilan", "rupiah_month", "Dasar iuran JKK dan JHT.", gt=0, step=100_000),
    Field("segment.wage", "Upah", "rupiah_month", "Dasar iuran pekerja penerima upah.", gt=0, step=100_000),
    _share("segment.verification_yield", "Lolos verval kelompok ini", "Menggantikan asumsi umum."),
    Field("funder.annual_budget", "Anggaran iuran", "rupiah_year", "Khusus iuran.", ge=0),
    Field("funder.budget_growth", "Perubahan anggaran", "share_year", gt=-1, le=10, step=0.01, top=0.25),
    Field("funder.start_month", "Bulan mulai membayar", "month", ge=1, le=12, whole=True, step=1, top=12),
    Field("funder.months", "Bulan dibayar setahun", "months", ge=1, le=12, whole=True, step=1, top=12),
    _share("funder.absorption", "Serapan anggaran", "Bagian anggaran yang benar-benar dibelanjakan."),
    Field(
        "funder.onboarding_per_month",
        "Batas pendaftaran baru",
        "people_month",
        "Tempat baru paling banyak di atas pembayaran terbanyak 12 bulan terakhir.",
        ge=0,
    ),
    Field("funder.paid_before", "Sudah dibayari sumber ini", "people", "Dari yang terlindungi saat awal.", ge=0),
    Field("funder.sponsors", "Jumlah calon penanggung", "people", "Mis. seluruh ASN daerah.", ge=0),
    _share("funder.participation", "Penanggung yang ikut", "Bagian dari seluruh calon penanggung.", step=0.005),
    _share("funder.initial_participation", "Penanggung yang ikut saat awal", step=0.005),
    Field("funder.start_after", "Mulai setelah", "months", "Dihitung dari bulan awal.", ge=0, le=240, step=1, top=36),
    Field("funder.ramp_months", "Lama sampai penuh", "months", ge=1, le=240, step=1, top=36),
    Field(
        "funder.workers_per_sponsor",
        "Pekerja tiap penanggung",
        "people_per_sponsor",
        ge=0,
        le=1000,
        step=0.1,
        top=5,
    ),
    _share("funder.still_paying", "Janji yang tetap dibayar", "Bagian tempat yang benar-benar dibayar."),
    _share("assumptions.verification_yield", "Lolos verval", "Bagian yang lolos NIK, usia, dan kepesertaan."),
    _share("assumptions.overlap", "Kepesertaan ganda", "Tempat yang jatuh ke orang yang sudah peserta.", le=None, lt=1),
    _share("assumptions.self_pay_continuation", "Lanjut mandiri", "Yang meneruskan sendiri saat bantuan berhenti."),
    _share("assumptions.self_pay_lapse", "Berhenti lagi dalam setahun", "Dari yang lanjut mandiri.", le=None, lt=1),
    Field(
        "assumptions.grace_months",
        "Masa tunggak yang masih aktif",
        "months",
        "BPJS masih menghitung peserta aktif.",
        ge=0,
        le=240,
        whole=True,
        step=1,
        top=12,
    ),
    Field("assumptions.deaths_per_1000", "Kematian", "per_1000_year", ge=0, le=1000, step=0.1, top=6),
    Field("assumptions.accidents_per_1000", "Kecelakaan kerja", "per_1000_year", ge=0, le=1000, step=0.1, top=20),
    Field("assumptions.children_per_death", "Anak penerima per kematian", "children", ge=0, le=20, step=0.1, top=2),
)

FIELDS: MappingProxyType[str, Field] = MappingProxyType({f.key: f for f in _FIELDS})

POPULATIONS = MappingProxyType(
    {
        "labour_force": "angkatan kerja",
        "employed": "penduduk bekerja",
        "bpjs_potential": "semesta pekerja (UCJ)",
    }
)
PAYERS = MappingProxyType(
    {
        "government": "pemerintah daerah",
        "village": "pemerintah desa",
        "zakat": "zakat, infak, sedekah",
        "corporate": "badan usaha",
        "individual": "perorangan",
    }
)
DUTIES = MappingProxyType({"must": "kewajiban", "may": "pilihan"})
STATUSES = MappingProxyType(
    {"law": "peraturan", "statistic": "statistik", "reported": "diberitakan", "assumption": "asumsi"}
)
MEMBERSHIPS = MappingProxyType({"bpu": "bukan penerima upah", "pu": "penerima upah"})
PROGRAMMES = MappingProxyType({"jkk": "JKK", "jkm": "JKM", "jht": "JHT"})
RESERVED_IDS = frozenset({"other", "assumptions", "coverage_base", "covered"})
OTHER_NAME = "Pekerja lainnya"
