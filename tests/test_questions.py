"""What is told of a run: the answer in a sentence, the budget table to the rupiah, frames whose parts add up, CSV."""

import csv
import io
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from samples import TEXT, budget, region, sponsors
from strategies import regions_with_settings

from simulator import MODEL_VERSION, load_region, parse_region, project
from simulator.catalogue import FOLDER
from simulator.levers import levers
from simulator.questions import answer, export, frames
from simulator.questions.budget import COLUMNS, lines, shown, table, year_table
from simulator.questions.warnings import warnings
from simulator.region import read_region

FILES = sorted(FOLDER.glob("*.yaml"))
YEAR = 201_600
RENTAN = {"id": "rentan", "workers": 500}
TARGET = {"year": 2028, "coverage": 0.4}


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def runs(request):
    """Every preset of a shipped region, the file as written first."""
    where = load_region(request.param)
    return [project(where, preset) for preset in (None, *(s.id for s in where.scenarios))]


# ---- the answer -----------------------------------------------------------------------------------


def sentence(run, baseline, year=2028, name="Uji"):
    """The answer in one sentence."""
    return answer.sentence(answer.answer(run, baseline, year), run, name)


def test_the_answer_names_people_money_and_what_is_missing_to_the_target():
    base = project(region([RENTAN], [budget(0)], covered=100, targets=[TARGET]))
    run = project(base.region, changes={"apbd.annual_budget": 250 * YEAR})
    assert sentence(run, base) == (
        "Uji: pada Desember 2028, 250 pekerja lebih banyak terlindungi daripada kondisi berjalan, menjadi 350 atau"
        " 35,00% dari penduduk bekerja, dengan iuran Rp 50,4 juta setahun, seluruhnya dari APBD; target 40,00% pada"
        " 2028 belum tercapai, kurang 50 pekerja."
    )
    assert sentence(base, base) == (
        "Seperti kondisi berjalan, pada Desember 2028, 100 pekerja terlindungi atau 10,00% dari penduduk bekerja,"
        " tanpa iuran dari sumber pendanaan yang disimulasikan; target 40,00% pada 2028 belum tercapai, kurang 300"
        " pekerja."
    )


def test_the_answer_tells_who_pays():
    base = project(region([RENTAN], [budget(0), sponsors(0)]))
    mixed = project(base.region, changes={"apbd.annual_budget": 100 * YEAR, "asn.sponsors": 100})
    assert "dengan iuran Rp 40,3 juta setahun, Rp 20,2 juta di antaranya dari APBD;" in sentence(mixed, base)
    assert "tanpa uang APBD; daerah ini belum mempunyai target" in sentence(
        project(base.region, changes={"asn.sponsors": 100}), base
    )


def test_the_answer_tells_when_the_target_is_reached():
    where = region([RENTAN], [budget(450 * YEAR)], targets=[TARGET], years=3)
    run = project(where)
    none = project(where, changes={"apbd.annual_budget": 0})
    assert sentence(run, none).endswith("target 40,00% pada 2028 tercapai sejak 2027.")
    late = project(where, changes={"apbd.annual_budget": 0, "apbd.by_year.2028.annual_budget": 450 * YEAR})
    assert sentence(late, none).endswith("target 40,00% pada 2028 tercapai.")
    after = project(where, changes={"apbd.annual_budget": 0, "apbd.by_year.2029.annual_budget": 450 * YEAR})
    assert sentence(after, none).endswith("target 40,00% pada 2028 belum tercapai, baru pada 2029.")
    assert "450 pekerja lebih sedikit terlindungi" in sentence(none, run)


def test_prices_are_told_only_where_somebody_is_added_for_money():
    where = region([RENTAN], [budget(0)], covered=100)
    base, run = project(where), project(where, changes={"apbd.annual_budget": 200 * YEAR})
    found = answer.answer(run, base, 2028)
    assert found.per_worker == pytest.approx(YEAR)
    assert found.per_point == pytest.approx(10 * YEAR)
    same = answer.answer(base, base, 2028)
    assert (same.per_worker, same.per_point, same.added) == (None, None, 0)
    assert answer.answer(base, run, 2028).per_worker is None


def test_a_target_on_another_base_is_measured_on_that_base():
    goal = {"year": 2028, "coverage": 0.2, "population": "labour_force"}
    also = {"also": [{"population": "labour_force", "workers": 2000}]}
    run = project(region([RENTAN], [budget(450 * YEAR)], targets=[goal], coverage_base=also))
    found = answer.answer(run, run, 2028)
    assert (found.target_share, found.reached) == (pytest.approx(0.225), True)
    assert found.run.others == (("labour_force", pytest.approx(0.225)),)
    unknown = project(region([RENTAN], [budget(450 * YEAR)], targets=[goal]))
    assert answer.answer(unknown, unknown, 2028).reached is None
    assert sentence(unknown, unknown).endswith("memakai penyebut lain yang belum diketahui, jadi belum dapat dinilai.")


def test_every_preset_is_answered_in_one_sentence_for_every_year(runs):
    for run in runs:
        for year in run.years.years:
            text = sentence(run, runs[0], year)
            assert text.endswith(".") and f"Desember {year}" in text
            assert "None" not in text and "nan" not in text.split() and "–" not in text


# ---- the budget table -----------------------------------------------------------------------------


def test_the_budget_adds_up_to_the_rupiah_of_each_year_and_funder(runs):
    for run in runs:
        found = lines(run)
        for i, year in enumerate(run.years.years):
            for k, funder in enumerate(run.region.funders):
                amounts = [x.amount for x in found if (x.year, x.funder) == (year, funder.id)]
                assert sum(amounts) == round(float(run.years.cost[i, k, 0])), (run.scenario, year, funder.id)


def test_every_line_is_whole_person_months_times_its_tariff(runs):
    for run in runs:
        for line in lines(run):
            if line.tariff is None:
                assert line.description == "Sisa pembulatan orang-bulan"
                continue
            assert line.amount == round(line.person_months * line.tariff), line
            assert isinstance(line.amount, int) and isinstance(line.person_months, int)
            assert line.person_months <= line.workers * line.months + 1e-3
            assert line.description.startswith(("Iuran JKK: ", "Iuran JKM: ", "Iuran JHT: "))


def test_accident_and_death_insurance_stand_on_lines_of_their_own():
    found = lines(project(region([RENTAN], [budget(100 * YEAR, programmes=["jkk", "jkm", "jht"])], years=1)))
    assert [(x.description, x.tariff) for x in found[:3]] == [
        ("Iuran JKK: Rentan", 10_000),
        ("Iuran JKM: Rentan", 6_800),
        ("Iuran JHT: Rentan", 20_000),
    ]


def test_a_whole_number_of_workers_leaves_no_rounding_line():
    found = lines(project(region([RENTAN], [budget(100 * YEAR)], years=1)))
    assert [(x.workers, x.months, x.person_months, x.amount) for x in found] == [
        (pytest.approx(100), 12, 1200, 12_000_000),
        (pytest.approx(100), 12, 1200, 8_160_000),
    ]


def test_a_change_of_tariff_within_a_year_gives_a_line_for_each():
    found = lines(project(region([RENTAN], [sponsors(100)], start="2026-01", years=1)))
    assert [(x.months, x.tariff) for x in found] == [(3, 10_000), (9, 5_000), (3, 6_800), (9, 3_400)]


@pytest.mark.parametrize(("rupiah", "income"), [(10_000, 1_000_000), (5_000_001, 1_234_567), (77_777, 333_333)])
def test_fractions_of_a_worker_are_closed_by_a_rounding_line(rupiah, income):
    run = project(region([{**RENTAN, "income": income}], [budget(rupiah)], years=1))
    found = lines(run)
    assert sum(x.amount for x in found) == round(float(run.years.cost[0, 0, 0])) == rupiah
    assert found[-1].tariff is None


def test_the_table_has_indonesian_headings_and_styled_cells():
    run = project(region([RENTAN], [budget(100 * YEAR)]))
    frame = table(run, 2028)
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["Tahun"]) == {2028} and len(table(run)) == 2 * len(frame)
    cells = shown(frame).iloc[0].to_list()
    assert cells == ["2028", "APBD", "Iuran JKK: Rentan", "100", "12", "1.200", "Rp 10.000", "Rp 12.000.000"]


def test_the_year_table_holds_the_yearly_figures(runs):
    for run in runs[:3]:
        frame, rows = year_table(run), run.records["yearly"]
        assert frame["Tahun"].to_list() == [row["year"] for row in rows]
        assert frame["Terlindungi akhir tahun"].to_list() == [row["insured_end"] for row in rows]
        assert np.allclose(frame["Iuran semua sumber"], [sum(row["cost"].values()) for row in rows])
        assert not shown(frame).isna().any().any()


# ---- frames ---------------------------------------------------------------------------------------


def test_payers_add_up_to_the_insured_of_every_month(runs):
    for run in runs:
        people = frames.insured_by_payer(run).groupby("month")["insured"].sum().to_numpy()
        assert np.allclose(people, run.months.insured[:, 0], rtol=1e-9), run.scenario


def test_parts_of_a_segment_add_up_to_its_workers_at_the_end_of_every_year(runs):
    for run in runs:
        for year in run.years.years:
            frame = frames.segments(run, year)
            t = max(i for i, month in enumerate(run.arrays.months) if month[0] == year)
            names = [s.name for s in run.region.segments] + [run.region.other.name]
            people = frame.groupby("segment")["workers"].sum()[names].to_numpy()
            assert np.allclose(people, run.arrays.workers[t, :, 0], rtol=1e-9), (run.scenario, year)
            assert frame["workers"].min() >= -1e-6


def test_paid_and_unspent_add_up_to_the_money_available(runs):
    for run in runs:
        money = frames.cost(run).groupby(["year", "order"])["rupiah"].sum().to_numpy()
        assert np.allclose(money, run.years.available[:, :, 0].ravel(), rtol=1e-9, atol=1e-3), run.scenario


def test_the_coverage_frame_holds_the_scenario_the_present_and_the_targets(runs):
    base, run = runs[0], runs[-1]
    frame = frames.coverage(run, base)
    months = len(run.arrays.months)
    assert frame.groupby("series").size()[["Skenario", "Kondisi berjalan"]].to_list() == [months, months]
    shares = frame[frame["series"] == "Skenario"]["coverage"].to_numpy()
    assert np.allclose(shares, run.monthly["coverage"], rtol=1e-12)
    for goal in frame[frame["series"] == "Target"].itertuples():
        assert (goal.month.year, goal.coverage) in {(int(t.year.value), t.coverage.value) for t in run.region.targets}


def test_claims_are_those_of_the_yearly_figures(runs):
    frame = frames.claims(runs[-1])
    deaths = frame[frame["kind"] == "Kematian"]
    assert deaths["count"].to_list() == [row["deaths"] for row in runs[-1].records["yearly"]]
    assert deaths["rupiah"].to_list() == [row["jkm"] for row in runs[-1].records["yearly"]]


# ---- CSV ------------------------------------------------------------------------------------------


def rows_of(text):
    """The rows of a CSV as spreadsheets with Indonesian settings read it."""
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def exported(run, frame=None):
    """A run's CSV."""
    frame = table(run) if frame is None else frame
    return rows_of(
        export.to_csv(frame, run, levers(run.region), "Tabel RKA", "Kondisi berjalan", "http://localhost/?d=x")
    )


def test_a_csv_carries_version_scenario_link_inputs_and_sources():
    run = project(read_region(TEXT), changes={"apbd.months": 6})
    rows = exported(run)
    assert ["Versi model", MODEL_VERSION] in rows
    assert ["Skenario", "Kondisi berjalan"] in rows
    assert ["Tautan", "http://localhost/?d=x"] in rows
    assert list(COLUMNS) in rows
    assert ["apbd.months", "6"] in rows
    assert any(row[:3] == ["bps", "Badan Pusat Statistik", ""] for row in rows)
    inputs = [row for row in rows if row and row[0] == "Pekerja rentan"]
    assert ["Pekerja rentan", "Jumlah pekerja", "12951"] in [row[:3] for row in inputs]
    assert len([row for row in rows if len(row) == 10]) == len(levers(run.region)) + 1


def test_numbers_in_a_csv_have_a_decimal_comma_and_keep_their_value():
    run = project(region([RENTAN], [budget(100 * YEAR)], covered=333))
    rows = exported(run, year_table(run))
    head = next(i for i, row in enumerate(rows) if row and row[0] == "Tahun")
    share = rows[head + 1][rows[head].index("Cakupan akhir tahun")]
    value = float(share.removesuffix("%").replace(",", ".")) / 100
    assert "," in share and share.endswith("%") and value == pytest.approx(run.years.coverage_end[0, 0], abs=5e-7)


@pytest.mark.parametrize("text", ["=CMD()", "+1", "-1+1", "@SUM(1)", "\t=1", '=HYPERLINK("x";"y")'])
def test_text_that_a_spreadsheet_would_run_stays_text(text):
    where = region(
        [{**RENTAN, "name": text}],
        [{**budget(100 * YEAR), "name": text}],
        references={"x": {"title": text, "address": text}},
    )
    run = project(where)
    for frame in (table(run), year_table(run)):
        cells = [cell for row in exported(run, frame) for cell in row]
        assert f"'{text}" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]
        assert not [cell for cell in cells if cell.startswith("-") and not cell[1:].replace(",", "").isdigit()]


def test_every_preset_can_be_exported_and_read_back(runs):
    for run in (runs[0], runs[-1]):
        rows = exported(run)
        start = rows.index(list(COLUMNS)) + 1
        assert sum(int(row[-1]) for row in rows[start : start + len(lines(run))]) == sum(x.amount for x in lines(run))


# ---- any region -----------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(regions_with_settings())
def test_every_question_can_be_asked_of_any_region(case):
    data, scenario, changes = case
    where = parse_region(deepcopy(data))
    base, run = project(where), project(where, scenario, changes)
    for year in run.years.years:
        assert sentence(run, base, year).endswith(".")
        assert frames.segments(run, year)["workers"].min() >= -1e-6
    paid = frames.insured_by_payer(run).groupby("month")["insured"].sum()
    assert np.allclose(paid, run.months.insured[:, 0], rtol=1e-9, atol=1e-6)
    assert sum(x.amount for x in lines(run)) == sum(round(float(rp)) for rp in run.years.cost[:, :, 0].ravel())
    assert all("nan" not in w.text.split() for w in warnings(run))
    assert exported(run, year_table(run))
