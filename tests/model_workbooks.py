"""Workbooks of formulas for tests: orders, an odd region in which every rule binds, and what a workbook shows."""

import copy
from functools import lru_cache

import numpy as np
from workbooks import FILES, SCENARIOS

from reports.brief import Order, Setting
from reports.workbook import build
from simulator import load_region, parse_region, project
from simulator.questions.budget import lines

ODD = {
    "schema": 1,
    "title": "Kabupaten Contoh",
    "start": "2026-02",
    "years": 3,
    "coverage_base": {
        "population": "employed",
        "workers": 52_345,
        "growth": {"value": 0.021, "low": 0.01, "high": 0.03},
        "outside": 2_345,
        "also": [{"population": "bpjs_potential", "workers": 41_000}],
    },
    "covered": 15_000,
    "apbd_total": 1_500_000_000_000,
    "targets": [
        {"year": 2027, "coverage": 0.4, "population": "bpjs_potential"},
        {"year": 2028, "name": "RPJMD", "coverage": 0.35},
        {"year": 2028, "name": "lain", "coverage": 0.5, "population": "labour_force"},
    ],
    "segments": [
        {"id": "ojek", "name": "Ojek & kurir", "workers": 6_000, "covered": 1_500, "membership": "bpu",
         "sector": "transport", "income": 1_234_567, "covered_change": -120},
        {"id": "guru", "name": "Guru <honorer>", "workers": 2_000, "covered": 700, "membership": "pu",
         "wage": 2_350_000, "risk": "high", "duty": "must", "programmes": ["jkk", "jkm", "jht"]},
        {"id": "rentan", "name": 'Pekerja "rentan"', "workers": 12_000, "covered": 3_000, "membership": "bpu",
         "verification_yield": {"value": 0.83, "low": 0.5, "high": 0.95}, "covered_change": 333},
        {"id": "perangkat", "name": "Perangkat", "workers": 900, "covered": 400, "membership": "bpu", "duty": "must"},
    ],
    "other": {"name": "Sisanya", "covered_change": 400, "income": 1_500_000},
    "funders": [
        {"id": "bumd", "name": "=CMD|' /C calc'!A0", "kind": "budget", "payer": "corporate",
         "segments": ["rentan", "ojek"], "annual_budget": 300e6, "start_month": 5, "months": 8, "absorption": 0.9,
         "relief": True, "paid_before": {"rentan": 700, "ojek": 200}, "programmes": ["jkk", "jkm", "jht"]},
        {"id": "apbd", "name": "APBD", "kind": "budget", "payer": "government", "segments": ["guru", "rentan", "other"],
         "annual_budget": 900e6, "budget_growth": -0.12, "onboarding_per_month": 150, "paid_before": {"rentan": 1500},
         "by_year": {2027: {"annual_budget": 2_000e6, "months": 7}, 2028: {"start_month": 3, "months": 10}}},
        {"id": "asn", "name": "ASN", "kind": "sponsors", "payer": "individual", "segments": ["ojek", "rentan", "other"],
         "sponsors": 3_000, "participation": 0.4, "initial_participation": 0.05, "start_after": 3, "ramp_months": 7,
         "workers_per_sponsor": {"value": 2, "low": 1, "high": 3}, "still_paying": 0.8, "onboarding_per_month": 400},
        {"id": "desa", "name": "Desa", "kind": "budget", "payer": "village", "segments": ["perangkat"],
         "annual_budget": 120e6, "months": 6},
        {"id": "donor", "name": "Donatur", "kind": "sponsors", "payer": "corporate", "segments": ["other"],
         "sponsors": 100, "participation": 0.5, "workers_per_sponsor": 5},
    ],
    "assumptions": {
        "verification_yield": 0.77, "overlap": 0.14, "self_pay_continuation": 0.2, "self_pay_lapse": 0.35,
        "grace_months": 5, "deaths_per_1000": 2.4, "accidents_per_1000": 3.1, "children_per_death": 1.3,
    },
    "scenarios": [
        {"id": "besar", "name": "Anggaran besar", "set": {
            "apbd.annual_budget": 6_000e6, "apbd.segments": ["rentan", "guru", "other"],
            "apbd.onboarding_per_month": None, "apbd.by_year.2028.annual_budget": 7_000e6,
            "assumptions.overlap": 0.3, "asn.participation": 0.9}},
        {"id": "lain", "name": "Lain", "set": {
            "guru.risk": "very_low", "ojek.sector": "general", "asn.relief": False, "bumd.programmes": None,
            "perangkat.duty": "may", "rentan.workers": 13_000, "coverage_base.growth": 0, "apbd.paid_before.guru": 300,
            "guru.wage": 3_100_000}},
        {"id": "berjalan", "name": "Berjalan", "set": {}},
    ],
}  # fmt: skip


@lru_cache
def odd(**changes):
    """The odd region."""
    return parse_region({**copy.deepcopy(ODD), **changes})


@lru_cache
def shipped(name):
    """A region that ships."""
    return load_region(SCENARIOS / f"{name}.yaml")


NAMES = tuple(file.stem for file in FILES)
SHIFTS = {name: at * 5 for at, name in enumerate(NAMES)}  # another preset for every region


def orders(name, shift=0):
    """An order on a region: one preset, in one region compared with two others."""
    region = shipped(name)
    presets = [s for s in region.scenarios if s.set]
    chosen = [presets[(shift + step) % len(presets)] for step in ((0, 4, 9) if name == "ponorogo" else (0,))]
    settings = [Setting(s.name, s.id) for s in chosen]
    return Order(region, settings[0], tuple(settings[1:]), made="22 November 2026", link="https://contoh.id/?d=1")


def odd_order():
    """An order on the odd region, with changes of one's own."""
    own = {"apbd.months": 5, "asn.workers_per_sponsor": 2.5, "donor.sponsors": 150}
    others = (Setting("Lain", "lain"), Setting("Tanpa ASN", None, {"asn.participation": 0}))
    return Order(odd(), Setting("Usulan kami", "besar", own), others, year=2027)


@lru_cache
def built(name, shift=0):
    """The workbook of `orders`; of `odd_order` for the name odd."""
    return build(odd_order() if name == "odd" else orders(name, shift))


# ---- what a workbook shows


FIGURES = (
    ("Pekerja terlindungi akhir tahun", "insured_end"),
    ("Cakupan akhir tahun", "coverage_end"),
    ("Cakupan rata-rata setahun", "coverage_average"),
    ("Peserta aktif hitungan BPJS akhir tahun %", "active_end"),
    ("Kewajiban belum terlindungi akhir tahun", "must_uninsured"),
    ("Perkiraan kematian peserta dibayari atau lanjut mandiri", "deaths"),
    ("Perkiraan santunan JKM", "jkm"),
    ("Perkiraan anak penerima beasiswa", "scholarship_children"),
    ("Perkiraan kecelakaan kerja", "accidents"),
)
BY_FUNDER = (
    ("Iuran", "cost"),
    ("Anggaran tersedia", "available"),
    ("Tidak terpakai", "unspent"),
    ("di antaranya tidak terserap", "not_absorbed"),
    ("Hitungan KPI BPJS", "kpi_workers"),
)


def yearly(book):
    """[(name of a run, {(figure, funder's name): [value by year]}), …] of the sheet of years."""
    found, before = [], None
    for row in book["Tahunan"].iter_rows(min_row=4, values_only=True):
        numbers = [v for v in row[3:] if v is not None]
        if row[0] == "Angka":
            found.append((before, {("Tahun", None): numbers}))
        elif found and row[0] and numbers:
            mark = " %" if row[2] == "dari penyebut" and row[0].startswith("Peserta") else ""
            found[-1][1][row[0] + mark, row[1] or None] = numbers
        before = row[0]
    return found


def same_years(figures, run):
    """Hold a run's yearly figures to the engine: a rupiah a year and funder, a tenth of a worker, shares to 1e-7."""
    y = run.years
    assert figures["Tahun", None] == list(y.years)
    for label, key in FIGURES:
        slack = 1e-7 if "akup" in label or label.endswith("%") else 1 if key == "jkm" else 0.1
        np.testing.assert_allclose(figures[label, None], getattr(y, key)[:, 0], rtol=0, atol=slack, err_msg=label)
    for i, funder in enumerate(run.region.funders):
        for label, key in BY_FUNDER:
            slack = 0.1 if key == "kpi_workers" else 1
            found = figures[label, funder.name]
            np.testing.assert_allclose(
                found, getattr(y, key)[:, i, 0], rtol=0, atol=slack, err_msg=f"{label} {funder.id}"
            )
    np.testing.assert_allclose(figures["Iuran semua sumber", None], y.cost[:, :, 0].sum(axis=1), rtol=0, atol=1)


def budget_rows(book):
    """The lines of the sheet RKA that hold money: (year, funder, text, people, months, volume, tariff, amount)."""
    found = []
    for row in book["RKA"].iter_rows(min_row=9, values_only=True):
        if row[8] and not str(row[2]).startswith("Jumlah"):
            found.append((row[0], row[1], row[2], row[4] or 0, row[5] or 0, row[6] or 0, row[7] or 0, row[8]))
    return sorted(found, key=lambda r: (*r[:3], r[6]))


def same_budget(book, run):
    """Hold the sheet RKA to the budget table, to the rupiah."""
    wanted = [
        (
            x.year,
            x.funder_name,
            x.description,
            x.workers or 0,
            x.months or 0,
            x.person_months or 0,
            x.tariff or 0,
            x.amount,
        )
        for x in lines(run)
    ]
    wanted.sort(key=lambda r: (*r[:3], r[6]))
    found = budget_rows(book)
    assert [r[:3] for r in found] == [r[:3] for r in wanted]
    for mine, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(mine[3], theirs[3], rtol=1e-9, atol=1e-4, err_msg=str(theirs))
        assert mine[4] == theirs[4], theirs
        assert mine[5] == theirs[5] and abs(mine[6] - theirs[6]) < 1e-6 and abs(mine[7] - theirs[7]) <= 1, theirs
    for year in run.years.years:
        whole = sum(r[7] for r in found if r[0] == year)
        assert whole == sum(r[7] for r in wanted if r[0] == year)


def monthly(book, number):
    """{(block, column's heading): [value by month]} of a run's sheet of months."""
    sheet = next(s for s in book.worksheets if s.title.startswith(f"Bulanan {number} "))
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    block, found = "", {}
    for column in range(len(rows[0])):
        block = rows[0][column] or block
        found[block, rows[1][column]] = [
            r[column] for r in rows[3:] if r[1] is not None and not str(r[0]).startswith("mulai")
        ]
    return found


def same_months(columns, run):
    """Hold a run's months to the engine."""
    m, names = run.months, {s.id: s.name for s in run.region.segments} | {"other": run.region.other.name}

    def near(block, head, wanted, slack=1e-3):
        np.testing.assert_allclose(columns[block, head], wanted, rtol=0, atol=slack, err_msg=f"{block} {head}")

    near("Hasil", "Terlindungi", m.insured[:, 0])
    near("Hasil", "Lanjut mandiri", m.self_paying[:, 0])
    near("Hasil", "Terhenti", m.fallen[:, 0])
    near("Hasil", "Kewajiban belum terlindungi", m.must_open[:, 0])
    for i, funder in enumerate(run.region.funders):
        near("Tempat terbayar, menurut sumber", funder.name, m.funded[i, :, 0])
        near("Iuran, menurut sumber", funder.name, m.cost[i, :, 0], 0.1)
        for s in funder.segments:
            at = run.arrays.segments.index(s)
            near(f"6. {funder.name}", f"Tempat: {names[s]}", m.places[i, :, at, 0])
    for at, s in enumerate(run.arrays.segments):
        near("8. Terlindungi", names[s], m.segments[:, at, 0])
        near("7. Lanjut mandiri (Q)", names[s], m.self_payers[:, at, 0])


def runs(order):
    """The runs of an order as the app makes them, today's policy first."""
    main, *others = [project(order.region, s.scenario, s.changes) for s in (order.main, *order.others)]
    return [project(order.region), main, *others]


def same_results(book, found, main=1):
    """Hold a whole workbook to runs of the engine."""
    shown = yearly(book)
    assert len(shown) == len(found)
    for number, ((_, figures), run) in enumerate(zip(shown, found, strict=True), 1):
        same_years(figures, run)
        same_months(monthly(book, number), run)
    same_budget(book, found[main])
