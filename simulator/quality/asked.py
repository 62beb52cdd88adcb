"""What a careful statistician would ask besides: round figures, silent zeros, low pay, workers nobody may pay for."""

from collections.abc import Iterator

from simulator import indonesian as fmt
from simulator.contributions import default_income
from simulator.quality.note import Note, bases, coverage, names, population, rounding
from simulator.questions.warnings import NOTABLE, REMARK
from simulator.registry import FIELDS
from simulator.schema import BudgetFunder, Region, Segment

ROUND = 10_000  # people: BPS gives a labour force to the person
MOVES = 0.001  # a tenth of a point of coverage: rounding that moves it less is not worth a note
_SILENT = ("verification_yield", "overlap", "self_pay_continuation")  # assumptions whose default says all goes well


def round_base(region: Region) -> Iterator[Note]:
    """A base from statistics or a report is not rounded so much that coverage feels it.

    Rounded to u: coverage may be off by coverage · u/2 ÷ base.
    """
    q = region.coverage_base.workers
    off = coverage(region) * 0.5 * rounding(q.value) / q.value
    if q.status in ("statistic", "reported") and q.value % ROUND == 0 and off >= MOVES:
        half = 0.5 * rounding(q.value)
        text = (
            f"Penyebut {fmt.count(q.value)} bulat, tampaknya dibulatkan. Selisih pembulatan sampai {fmt.count(half)}"
            f" orang menggeser cakupan sampai {fmt.points(off)}."
        )
        mend = "Ambil angka yang tidak dibulatkan dari tabel BPS atau BPJS Ketenagakerjaan."
        yield Note("round_base", REMARK, text, ("coverage_base.workers",), mend)


def nobody_comes_or_goes(region: Region) -> Iterator[Note]:
    """Some segment gains or loses members who join by themselves or through employers."""
    parts = (*region.segments, region.other)
    if all(s.covered_change.value == 0 for s in parts):
        text = (
            "Perubahan mandiri 0 di semua kelompok: peserta lewat perusahaan dan peserta mandiri dianggap hanya tumbuh"
            " sebanding dengan penyebut, tanpa tambahan atau pengurangan lain."
        )
        mend = "Isi dari perubahan peserta aktif menurut BPJS Ketenagakerjaan beberapa tahun terakhir, dengan rentang."
        yield Note("nobody_comes_or_goes", REMARK, text, ("other.covered_change",), mend)


def not_filled(region: Region) -> Iterator[Note]:
    """Numbers whose default is silent and kind (no growth, nobody fails, all is spent) are written in the file."""
    base, given = region.coverage_base, region.assumptions
    found: list[tuple[str, str]] = []
    if "growth" not in base.model_fields_set:
        found.append(("coverage_base.growth", "pertumbuhan penyebut (model memakai 0)"))
    for name in _SILENT:
        if name not in given.model_fields_set:
            label = fmt.inside(FIELDS[f"assumptions.{name}"].label)
            value = fmt.percent_short(getattr(given, name).value)
            found.append((f"assumptions.{name}", f"{label} (model memakai {value})"))
    for name, label in (("absorption", "serapan anggaran"), ("still_paying", "janji yang tetap dibayar")):
        some = [f for f in region.funders if name in type(f).model_fields and name not in f.model_fields_set]
        some = [f for f in some if not isinstance(f, BudgetFunder) or _pays(f)]
        if some:
            who = names([f.name for f in some])
            found.append((f"funders.{some[0].id}.{name}", f"{label} {who} (model memakai 100%)"))
    if not region.targets:
        found.append(("targets", "target cakupan"))
    elif all("nasional" in t.name.lower() for t in region.targets):
        found.append(("targets", "target daerah sendiri (hanya ada target nasional)"))
    if region.apbd_total is None:
        found.append(("apbd_total", "seluruh APBD (biaya tidak dapat disebut sebagai bagian APBD)"))
    if found:
        silent = any(path == "coverage_base.growth" for path, _ in found)
        text = f"Belum diisi: {fmt.listing([x for _, x in found])}."
        mend = "Isi dengan angka daerah; bila memang nol atau 100%, tuliskan agar jelas bukan terlupa."
        yield Note("not_filled", NOTABLE if silent else REMARK, text, tuple(path for path, _ in found), mend)


def _pays(f: BudgetFunder) -> bool:
    years = (y.annual_budget.value for y in f.by_year.values() if y.annual_budget)
    return f.annual_budget.value > 0 or any(v > 0 for v in years)


def outside(region: Region) -> Iterator[Note]:
    """A base of BPS holds civil servants, soldiers and police, a labour force the unemployed too: they are outside."""
    base = region.coverage_base
    if base.population == "bpjs_potential":
        return
    who = "ASN, TNI, dan Polri" + (" serta penganggur" if base.population == "labour_force" else "")
    employed = next((n for _, p, n in bases(region)[1:] if p == "employed"), None)
    idle = base.workers.value - employed if employed and base.population == "labour_force" else 0.0
    mend = f"Isi angka di luar kepesertaan dengan jumlah {who}."
    places = ("coverage_base.outside", "coverage_base.workers")
    if base.outside.value == 0:
        text = (
            f"Di luar kepesertaan 0 orang, padahal {population(region)} memuat {who}; mereka terhitung sebagai pekerja"
            " yang dapat didaftarkan."
        )
        if idle > 0:
            text += f" Penganggur saja {fmt.count(idle)} orang."
        yield Note("outside", NOTABLE, text, places, mend)
    elif idle > base.outside.value:
        text = (
            f"Di luar kepesertaan hanya {fmt.count(base.outside.value)} orang, padahal penganggur saja"
            f" {fmt.count(idle)} (selisih angkatan kerja dan penduduk bekerja)."
        )
        yield Note("outside", NOTABLE, text, places, mend)


def low_pay(region: Region) -> Iterator[Note]:
    """Wages and incomes are no lower than the lowest base of a contribution (PP 44/2015): else a unit is wrong."""
    least = default_income(region.first_month)
    found = []
    for s in (*region.segments, region.other):
        for name, word in (("wage", "upah"), ("income", "dasar penghasilan")):
            q = getattr(s, name, None)
            if q is not None and q.value < least:
                head = f"segments.{s.id}" if isinstance(s, Segment) else "other"
                found.append((f"{head}.{name}", f"{word} “{s.name}” {fmt.rupiah_full(q.value)}"))
    if found:
        text = f"Di bawah dasar iuran terendah {fmt.rupiah_full(least)} sebulan: {names([x for _, x in found])}."
        mend = "Periksa satuannya: rupiah penuh sebulan. Iuran tidak dapat dihitung dari penghasilan yang lebih rendah."
        yield Note("low_pay", NOTABLE, text, tuple(path for path, _ in found), mend)


def nobody_may_pay(region: Region) -> Iterator[Note]:
    """Every segment with uninsured workers has a funder that may pay for it, an obligation first of all."""
    named = {s for f in region.funders for s in f.segments}
    free = [s for s in region.segments if s.id not in named and s.workers.value - s.covered.value >= 1]
    for duty, kind, weight, word in (
        ("must", "obligation_unpaid", NOTABLE, "Kewajiban"),
        ("may", "nobody_may_pay", REMARK, "Kelompok"),
    ):
        some = [s for s in free if s.duty == duty]
        if not some:
            continue
        told = [f"“{s.name}” ({fmt.count(s.workers.value - s.covered.value)} belum terlindungi)" for s in some]
        text = f"{word} tanpa sumber dana yang boleh membayarnya: {names(told)}."
        opened = [x.name for x in region.scenarios if _opens(x.set, {s.id for s in some})]
        if opened:
            text += f" Baru dimasukkan oleh skenario {names([f'“{x}”' for x in opened])}."
        mend = "Tambahkan kelompok itu ke daftar kelompok suatu sumber, atau catat siapa yang membayarnya."
        yield Note(kind, weight, text, tuple(f"segments.{s.id}" for s in some), mend)


def _opens(settings: dict, ids: set[str]) -> bool:
    """Whether a scenario gives any of these segments to a funder."""
    lists = (v for path, v in settings.items() if path.endswith(".segments") and isinstance(v, list))
    return any(ids & {x for x in v if isinstance(x, str)} for v in lists)


RULES = (outside, nobody_may_pay, low_pay, round_base, nobody_comes_or_goes, not_filled)
