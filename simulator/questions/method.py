"""Every formula of the model with one run's numbers filled in, for one month, segment and funder."""

from dataclasses import dataclass

import numpy as np

from simulator import indonesian as fmt
from simulator.contributions import as_written, parts
from simulator.projection import Projection
from simulator.questions.answer import answer, base_name
from simulator.registry import PROGRAMMES
from simulator.schema import BudgetFunder


@dataclass(frozen=True)
class Step:
    """One formula: what it is, how it reads, and this run's numbers in it."""

    title: str
    formula: str
    filled: str


@dataclass(frozen=True)
class _Place:
    """The month t, segment row s and funder k that the numbers are taken from."""

    p: Projection
    t: int
    s: int
    k: int

    def at(self, table: np.ndarray) -> float:
        """A (T, S, w) table at this month and segment."""
        return float(
            np.broadcast_to(table, (len(self.p.arrays.months), len(self.p.arrays.segments), 1))[self.t, self.s, 0]
        )


def steps(p: Projection, month: tuple[int, int], segment: str, funder: str, baseline: Projection) -> list[Step]:
    """The month's steps and the year's figures, filled in. Raises ValueError for what is not in the run."""
    place = _Place(p, p.arrays.months.index(month), p.arrays.segments.index(segment), p.region.funder_ids.index(funder))
    month_steps = [*_people(place), *_need(place), *_money(place), *_fallen(place), *_count(place)]
    return [*month_steps, *_year(place), *_claims(place), *_prices(p, baseline, month[0])]


def busiest(p: Projection, year: int) -> tuple[str, str]:
    """(segment, funder) with most places paid at a year's end: the telling example."""
    t = max(i for i, m in enumerate(p.arrays.months) if m[0] == year)
    if not len(p.region.funders):
        return p.arrays.segments[0], ""
    k, s = np.unravel_index(int(p.months.places[:, t, :, 0].argmax()), p.months.places[:, t, :, 0].shape)
    funder = p.region.funders[k]
    name = p.arrays.segments[s]
    return (name if name in funder.segments else funder.segments[0]), funder.id


def _numbers(place: _Place) -> tuple[float, float, float]:
    """(workers, covered, covered_change) of the segment at the start."""
    region = place.p.region
    if place.s < len(region.segments):
        s = region.segments[place.s]
        return s.workers.value, s.covered.value, s.covered_change.value
    workers = region.coverage_base.workers.value - region.coverage_base.outside.value
    workers -= sum(s.workers.value for s in region.segments)
    covered = region.covered.value - sum(s.covered.value for s in region.segments)
    return workers, covered, region.other.covered_change.value


def _people(place: _Place) -> list[Step]:
    p, t = place.p, place.t
    growth, g = p.region.coverage_base.growth.value, float(p.arrays.growth[t, 0, 0])
    workers, covered, change = _numbers(place)
    paid = float(p.arrays.paid_before[place.s, 0])
    n, o = place.at(p.arrays.workers), place.at(p.arrays.own)
    return [
        Step(
            "Pertumbuhan sejak awal",
            "g = (1 + pertumbuhan setahun)^(bulan/12)",
            f"(1 + {fmt.percent(growth)})^({t}/12) = {fmt.count(g, 6)}",
        ),
        Step(
            "Jumlah pekerja kelompok",
            "N = pekerja awal × g",
            f"{fmt.count(workers)} × {fmt.count(g, 6)} = {fmt.count(n, 1)}",
        ),
        Step(
            "Mandiri atau lewat pemberi kerja",
            "O = (terlindungi awal − yang sudah dibayari sumber + perubahan × bulan/12) × g, antara 0 dan N",
            f"({fmt.count(covered)} − {fmt.count(paid)} + {fmt.count(change)} × {t}/12) × {fmt.count(g, 6)}"
            f" → {fmt.count(o, 1)}",
        ),
    ]


def _need(place: _Place) -> list[Step]:
    p, t = place.p, place.t
    n, o = place.at(p.arrays.workers), place.at(p.arrays.own)
    known, unknown = place.at(p.arrays.known), place.at(p.arrays.unknown)
    share = float(p.arrays.passing[place.s, 0])
    payable = share * unknown + known
    before = place.at(p.months.self_payers[max(0, t - 1)][None]) if t else 0.0
    kept = float(p.arrays.kept[0])
    q = min(n - o, before * kept)
    need = max(0.0, payable - q)
    overlap = p.region.assumptions.overlap.value
    v = min(overlap, o / (o + need)) if need > 0 and o + need > 0 else 0.0
    return [
        Step(
            "Sudah lanjut mandiri dari bulan lalu",
            "Q = Q bulan lalu × (1 − berhenti lagi setahun)^(1/12), paling banyak N − O",
            f"{fmt.count(before, 1)} × {fmt.count(kept, 4)} → {fmt.count(q, 1)}",
        ),
        Step(
            "Pekerja yang dapat dibayari",
            "kebutuhan = lolos verval × (R − B) + B − Q; R = N − O, B = yang sudah pernah dibayari",
            f"{fmt.percent(share)} × ({fmt.count(n - o, 1)} − {fmt.count(known, 1)}) + {fmt.count(known, 1)}"
            f" − {fmt.count(q, 1)} = {fmt.count(need, 1)}",
        ),
        Step(
            "Kepesertaan ganda",
            "v = yang terkecil dari asumsi dan O/(O + kebutuhan)",
            f"terkecil dari {fmt.percent(overlap)} dan {fmt.percent(o / (o + need) if o + need else 0)}"
            f" = {fmt.percent(v)}",
        ),
    ]


def _money(place: _Place) -> list[Step]:
    p, t, k = place.p, place.t, place.k
    if not p.region.funders:
        return []
    funder, arrays = p.region.funders[k], p.arrays.funders[k]
    rows = list(arrays.row_numbers)
    if place.s not in rows:
        return [Step(funder.name, "hanya membayar kelompok yang menjadi haknya", "kelompok ini tidak termasuk")]
    amounts = parts(p.region, funder, p.arrays.segments[place.s], as_written, p.arrays.months)
    by_programme = {name: float(np.broadcast_to(v[:, 0], (len(p.arrays.months),))[t]) for name, v in amounts.items()}
    price = sum(by_programme.values())
    listed = " + ".join(f"{PROGRAMMES[n]} {fmt.rupiah_full(v)}" for n, v in by_programme.items())
    if isinstance(funder, BudgetFunder):
        available, spendable = (
            float(np.broadcast_to(x, (len(p.arrays.months), 1))[t, 0]) for x in (arrays.available, arrays.spendable)
        )
        money = Step(
            f"Uang {funder.name} bulan ini",
            "dapat dibelanjakan = anggaran setahun ÷ bulan dibayar × serapan (0 di luar bulan bayar)",
            f"tersedia {fmt.rupiah_full(available)} × {fmt.percent(funder.absorption.value)}"
            f" = {fmt.rupiah_full(spendable)}",
        )
    else:
        limit = float(np.broadcast_to(arrays.limit, (len(p.arrays.months), 1))[t, 0])
        promised = funder.sponsors.value * funder.workers_per_sponsor.value * funder.still_paying.value
        share = limit / promised if promised else 0.0
        money = Step(
            f"Tempat dari {funder.name} bulan ini",
            "tempat = calon penanggung × yang ikut (naik bertahap) × pekerja tiap penanggung × yang tetap dibayar",
            f"{fmt.count(funder.sponsors.value)} × {fmt.percent(share)}"
            f" × {fmt.count(funder.workers_per_sponsor.value, 2)} ×"
            f" {fmt.percent(funder.still_paying.value)} = {fmt.count(limit, 1)}",
        )
    x, f = (float(table[k, t, place.s, 0]) for table in (p.months.places, p.months.reached))
    return [
        money,
        Step(
            "Iuran satu pekerja sebulan",
            "iuran = JKK + JKM (+ JHT), menurut peraturan pada bulan itu",
            f"{listed} = {fmt.rupiah_full(price)}",
        ),
        Step(
            f"Tempat yang dibayar {funder.name}",
            "x = yang terkecil dari kebutuhan ÷ (1 − v), sisa uang ÷ iuran, dan batas pendaftaran; menurut urutan",
            f"{fmt.count(x, 1)} tempat, mencapai {fmt.count(f, 1)} orang yang belum terlindungi",
        ),
        Step(
            "Biayanya bulan ini",
            "biaya = tempat × iuran",
            f"{fmt.count(x, 1)} × {fmt.rupiah_full(price)} = {fmt.rupiah_full(x * price)}",
        ),
    ]


def _fallen(place: _Place) -> list[Step]:
    p, t, s = place.p, place.t, place.s
    paid = np.concatenate([np.repeat(p.arrays.paid_before[s, 0], 6), p.months.reached[:, :, s, 0].sum(axis=0)])
    settled = [float(paid[i : i + 6].min()) for i in range(t + 1)]
    fallen = max(0.0, min(max(settled) - float(paid[t + 6]), float(p.months.need_left[t, s, 0])))
    share = p.region.assumptions.self_pay_continuation.value
    return [
        Step(
            "Yang berhenti dibayari",
            "berhenti = puncak (terkecil dari enam bulan berturut-turut) − dibayari bulan ini, paling banyak kebutuhan",
            f"{fmt.count(max(settled), 1)} − {fmt.count(float(paid[t + 6]), 1)} → {fmt.count(fallen, 1)}",
        ),
        Step(
            "Yang lanjut mandiri",
            "Q bertambah lanjut mandiri × yang baru pertama kali berhenti",
            f"{fmt.percent(share)} dari yang baru berhenti; seluruhnya kini"
            f" {fmt.count(float(p.months.self_payers[t, s, 0]), 1)}",
        ),
    ]


def _count(place: _Place) -> list[Step]:
    p, t = place.p, place.t
    n, o = place.at(p.arrays.workers), place.at(p.arrays.own)
    q = float(p.months.self_payers[t, place.s, 0])
    f = float(p.months.reached[:, t, place.s, 0].sum())
    total, base = float(p.months.insured[t, 0]), float(p.base[t])
    grace = int(p.region.assumptions.grace_months.value)
    return [
        Step(
            "Terlindungi di kelompok ini",
            "terlindungi = O + dibayari semua sumber + lanjut mandiri, paling banyak N",
            f"{fmt.count(o, 1)} + {fmt.count(f, 1)} + {fmt.count(q, 1)} = {fmt.count(min(n, o + f + q), 1)}",
        ),
        Step(
            f"Cakupan ({base_name(p)})",
            "cakupan = Σ terlindungi ÷ (penyebut × g)",
            f"{fmt.count(total)} ÷ {fmt.count(base)} = {fmt.percent(total / base)}",
        ),
        Step(
            "Peserta aktif menurut BPJS",
            f"aktif = yang iurannya terbayar bulan ini atau dalam {grace} bulan terakhir",
            f"{fmt.count(float(p.months.active[t, 0]))} = {fmt.percent(float(p.months.active[t, 0]) / base)}",
        ),
    ]


def _year(place: _Place) -> list[Step]:
    p, year = place.p, place.p.arrays.months[place.t][0]
    i, k, y = p.years.years.index(year), place.k, p.years
    found = [
        Step(
            f"Cakupan rata-rata {year}",
            "rata-rata cakupan semua bulan dalam tahun itu",
            f"{fmt.count(int(y.months[i]))} bulan → {fmt.percent(float(y.coverage_average[i, 0]))}",
        ),
        Step(
            f"Kewajiban belum terlindungi {year}",
            "Σ kelompok wajib: N − terlindungi, pada akhir tahun",
            f"{fmt.count(float(y.must_uninsured[i, 0]))} pekerja",
        ),
    ]
    if p.region.funders:
        funder = p.region.funders[k]
        spent, available = float(y.cost[i, k, 0]), float(y.available[i, k, 0])
        rule = "bulan keenam terbanyak" if funder.payer == "corporate" else "rata-rata enam bulan terbanyak"
        found += [
            Step(
                f"Tidak terpakai dari {funder.name} {year}",
                "tidak terpakai = tersedia − terbayar",
                f"{fmt.rupiah_full(available)} − {fmt.rupiah_full(spent)} = {fmt.rupiah_full(available - spent)}",
            ),
            Step(
                f"Pekerja dari {funder.name} menurut KPI BPJS {year}",
                f"tempat pada {rule} dalam setahun; bulan kosong dihitung 0",
                f"{fmt.count(float(y.kpi_workers[i, k, 0]), 1)} pekerja",
            ),
        ]
    return found


def _claims(place: _Place) -> list[Step]:
    p, year = place.p, place.p.arrays.months[place.t][0]
    i, y, a = p.years.years.index(year), p.years, p.region.assumptions
    months = [t for t, m in enumerate(p.arrays.months) if m[0] == year]
    people = float(p.months.held[months, 0].mean())
    return [
        Step(
            f"Perkiraan kematian {year}",
            "kematian per 1.000 ÷ 1.000 × rata-rata peserta yang dibayari orang lain atau lanjut mandiri × bulan/12",
            f"{fmt.count(a.deaths_per_1000.value, 2)} ÷ 1.000 × {fmt.count(people)} × {len(months)}/12"
            f" = {fmt.count(float(y.deaths[i, 0]), 1)} orang",
        ),
        Step(
            f"Perkiraan santunan JKM {year}",
            "kematian × Rp 42 juta bila sudah lewat tiga bulan kepesertaan, selain itu × Rp 10 juta",
            fmt.rupiah_full(float(y.jkm[i, 0])),
        ),
        Step(
            f"Perkiraan anak penerima beasiswa {year}",
            "kematian peserta yang terlindungi tiga tahun terus-menerus × anak tiap kematian (paling banyak Rp 87 juta"
            " tiap anak)",
            f"{fmt.count(a.children_per_death.value, 1)} anak tiap kematian →"
            f" {fmt.count(float(y.scholarship_children[i, 0]), 1)} anak",
        ),
        Step(
            f"Perkiraan kecelakaan kerja {year}",
            "kecelakaan per 1.000 ÷ 1.000 × rata-rata peserta × bulan/12",
            f"{fmt.count(a.accidents_per_1000.value, 2)} ÷ 1.000 × {fmt.count(people)} × {len(months)}/12"
            f" = {fmt.count(float(y.accidents[i, 0]), 1)} kejadian",
        ),
    ]


def _prices(p: Projection, baseline: Projection, year: int) -> list[Step]:
    """What an added worker and a point of coverage cost beside today's policy."""
    a = answer(p, baseline, year)
    if a.per_worker is None:
        return []
    extra = f"({fmt.rupiah_full(a.run.cost)} − {fmt.rupiah_full(a.baseline.cost)})"
    found = [
        Step(
            f"Biaya satu pekerja tambahan {year}",
            "(biaya skenario − biaya kondisi berjalan) ÷ rata-rata pekerja tambahan dalam setahun",
            f"{extra} ÷ {fmt.count(a.added_average, 1)} = {fmt.rupiah_full(a.per_worker)}",
        )
    ]
    if a.per_point is not None:
        rise = a.run.coverage_average - a.baseline.coverage_average
        found.append(
            Step(
                f"Harga satu poin cakupan {year}",
                "(biaya skenario − biaya kondisi berjalan) ÷ tambahan poin cakupan rata-rata",
                f"{extra} ÷ {fmt.points(rise, 4)} = {fmt.rupiah_full(a.per_point)}",
            )
        )
    return found
