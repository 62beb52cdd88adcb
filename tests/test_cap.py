"""The budget cap: by how much it is passed, and mends that keep it in every year with the figures of a real run."""

import re
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, assume, given, settings
from samples import budget, region, sponsors
from strategies import regions, regions_with_settings

from simulator import load_region, parse_region, project
from simulator.catalogue import FOLDER
from simulator.questions.answer import figures
from simulator.questions.cap import check, funders_in, over

FILES = sorted(FOLDER.glob("*.yaml"))
YEAR = 201_600  # Rp that insure one worker for a year
RENTAN = {"id": "rentan", "workers": 500}
WHOLE_RUPIAH = 1.0
ENGLISH = re.compile(r"\b(the|and|of|at|in|nan|none|inf|budget|months?|funders?|workers?|over|cap|group|start)\b", re.I)


def mend(found, kind, number=0):
    """The mend of a kind."""
    return [m for m in found.mends if m.kind == kind][number]


def kinds(found):
    """The kinds of mends, in order."""
    return [m.kind for m in found.mends]


def paid(run, scope):
    """Rp in scope in every year."""
    return [sum(row["cost"][k] for k in funders_in(run.region, scope)) for row in run.records["yearly"]]


# ---- the cap --------------------------------------------------------------------------------------


def test_scopes_are_the_government_all_or_one_funder():
    where = region([RENTAN], [budget(0), budget(0, name="dbhcht"), budget(0, name="desa", payer="village")])
    assert funders_in(where, "apbd") == ("apbd", "dbhcht")
    assert funders_in(where, "semua") == ("apbd", "dbhcht", "desa")
    assert funders_in(where, "desa") == ("desa",)
    with pytest.raises(ValueError):
        funders_in(where, "baznas")


def test_every_year_is_held_against_the_cap_with_what_is_really_paid():
    run = project(region([RENTAN], [budget(100 * YEAR, budget_growth=0.5, absorption=0.5)], years=3))
    found = over(run, 60 * YEAR, "apbd")
    assert [y.year for y in found] == [2027, 2028, 2029]
    assert [y.cost for y in found] == pytest.approx([50 * YEAR, 75 * YEAR, 112.5 * YEAR])
    assert [y.over for y in found] == pytest.approx([0, 15 * YEAR, 52.5 * YEAR])
    assert found[0].over == 0


def test_a_cap_that_is_met_needs_no_mend_and_tells_the_room():
    where = region([RENTAN], [budget(100 * YEAR, budget_growth=0.1)])
    found = check(where, 30_000_000, "apbd", 2027)
    assert found.mends == () and found.worst.year == 2028
    assert found.sentence == (
        "Biaya APBD tidak melewati pagu Rp 30 juta setahun: paling tinggi Rp 22,2 juta pada 2028, masih ada ruang"
        " Rp 7,8 juta."
    )
    exactly = check(where, 110 * YEAR, "apbd", 2027)
    assert exactly.mends == () and exactly.sentence.endswith("tepat pada pagu.")
    assert check(where, 0, "semua", 2027, changes={"apbd.annual_budget": 0}).mends == ()


def test_a_region_without_funders_in_scope_keeps_any_cap():
    desa = region([RENTAN], [budget(100 * YEAR, name="desa", payer="village")])
    assert check(desa, 0, "apbd", 2027).mends == ()
    assert check(region([RENTAN]), 0, "semua", 2027).worst.cost == 0


@pytest.mark.parametrize("cap", [-1, float("nan"), float("inf")])
def test_a_cap_is_a_finite_number_of_rupiah(cap):
    where = region([RENTAN], [budget(YEAR)])
    with pytest.raises(ValueError):
        check(where, cap, "apbd", 2027)
    with pytest.raises(ValueError):
        over(project(where), cap, "apbd")


def test_the_year_and_the_scope_must_be_there():
    where = region([RENTAN], [budget(YEAR)])
    for scope, year in (("apbd", 2026), ("apbd", 2029), ("baznas", 2027)):
        with pytest.raises(ValueError):
            check(where, 1, scope, year)


def test_the_sentence_names_the_dearest_year_and_how_many_years_pass():
    where = region([{"id": "rentan", "workers": 50_000}], [budget(2.4e9, budget_growth=0.1)], years=3, base=100_000)
    found = check(where, 2.5e9, "apbd", 2027)
    assert found.worst.year == 2029 and found.scope_name == "APBD"
    assert found.sentence == (
        "Biaya APBD 2029 Rp 2,904 miliar melewati pagu Rp 2,5 miliar sebesar Rp 404 juta. Pagu itu dilewati dalam"
        " 2 dari 3 tahun (2028 dan 2029)."
    )
    flat = check(where, 2e9, "semua", 2028, changes={"apbd.budget_growth": 0})
    assert flat.worst.year == 2028  # all years cost the same: the one asked about
    assert flat.sentence == (
        "Biaya semua sumber 2028 Rp 2,4 miliar melewati pagu Rp 2 miliar sebesar Rp 400 juta. Pagu itu dilewati"
        " setiap tahun. Mengalihkan ke sumber lain tidak menurunkan biaya semua sumber, jadi tidak diusulkan."
    )


# ---- fewer months ---------------------------------------------------------------------------------


def test_fewer_months_keep_the_people_and_december():
    found = check(region([RENTAN], [budget(100 * YEAR)]), 76 * YEAR, "apbd", 2028)
    m = mend(found, "months")
    assert m.changes == {"apbd.annual_budget": 75 * YEAR, "apbd.start_month": 4, "apbd.months": 9}
    assert (m.cost, m.total_cost) == (pytest.approx(75 * YEAR), pytest.approx(75 * YEAR))
    assert (m.lost_end, m.lost_average) == (pytest.approx(0), pytest.approx(25))
    assert m.title == "Bayar paling lama 9 bulan"
    assert m.text == (
        "APBD membayar 9 bulan setahun (April–Desember), dengan jumlah pekerja yang dibayari tiap bulan tetap: biaya"
        " APBD 2028 menjadi Rp 15,1 juta; cakupan 10,00% dari penduduk bekerja pada Desember 2028 dan 7,50%"
        " rata-rata sepanjang 2028; jumlah pekerja terlindungi tetap pada Desember 2028 dan 25 pekerja lebih sedikit"
        " terlindungi rata-rata sepanjang 2028 dibanding rencana ini."
    )


def test_a_funder_that_stops_before_december_keeps_its_start():
    where = region([RENTAN], [budget(60 * YEAR, start_month=2, months=6)])
    m = mend(check(where, 40 * YEAR, "apbd", 2028), "months")
    assert m.changes == {"apbd.annual_budget": 40 * YEAR, "apbd.months": 4}
    assert "APBD membayar 4 bulan setahun (Februari–Mei)" in m.text


def test_the_cap_is_met_to_the_rupiah():
    m = mend(check(region([RENTAN], [budget(100 * YEAR)]), 75 * YEAR, "apbd", 2028), "months")
    assert m.changes["apbd.months"] == 9


def test_shorter_funders_stay_as_they_are():
    funders = [budget(100 * YEAR), budget(50 * YEAR, name="dbhcht", start_month=7, months=6)]
    m = mend(check(region([RENTAN], funders), 125 * YEAR, "apbd", 2028), "months")
    assert m.changes == {"apbd.annual_budget": 75 * YEAR, "apbd.start_month": 4, "apbd.months": 9}
    m = mend(check(region([RENTAN], funders), 75 * YEAR, "apbd", 2028), "months")
    assert m.changes["dbhcht.start_month"] == 9 and m.changes["apbd.months"] == m.changes["dbhcht.months"] == 4
    assert m.text.startswith("APBD dan DBHCHT membayar paling lama 4 bulan setahun")


def test_single_years_are_cut_by_their_own_calendar():
    by_year = {
        2028: {"annual_budget": 60 * YEAR},  # follows the usual calendar
        2029: {
            "annual_budget": 40 * YEAR,
            "months": 4,
        },  # already short, in the usual start month: must not move with it
        2030: {"start_month": 5, "months": 8},  # until December
        2040: {"months": 10},  # outside the run, but must stay legal
    }
    where = region([RENTAN], [budget(100 * YEAR, start_month=3, months=10, by_year=by_year)], years=4)
    m = mend(check(where, 60 * YEAR, "apbd", 2028), "months")
    assert (
        m.changes
        == {
            "apbd.annual_budget": 60 * YEAR,
            "apbd.start_month": 7,
            "apbd.months": 6,
            "apbd.by_year.2028.annual_budget": 36 * YEAR,
            "apbd.by_year.2029.start_month": 3,
            "apbd.by_year.2030.annual_budget": 75 * YEAR,
            "apbd.by_year.2030.start_month": 7,
            "apbd.by_year.2030.months": 6,
            "apbd.by_year.2040.months": 6,
        }
        or m.changes["apbd.months"] < 6
    )
    run = project(where, changes=m.changes)
    assert max(paid(run, "apbd")) <= 60 * YEAR + WHOLE_RUPIAH


def test_no_number_of_months_helps_where_one_month_is_too_dear():
    where = region([RENTAN], [budget(120 * YEAR)])
    assert kinds(check(where, 9 * YEAR, "apbd", 2028)) == ["group"]
    assert mend(check(where, 10 * YEAR, "apbd", 2028), "months").changes["apbd.months"] == 1
    assert "(Desember saja)" in mend(check(where, 10 * YEAR, "apbd", 2028), "months").text
    assert kinds(check(region([RENTAN], [sponsors(100)]), 50 * YEAR, "asn", 2028)) == ["group"]


# ---- a smaller group ------------------------------------------------------------------------------


def test_a_smaller_group_costs_coverage_all_year():
    m = mend(check(region([RENTAN], [budget(100 * YEAR)]), 80 * YEAR, "apbd", 2028), "group")
    assert m.changes == {"apbd.annual_budget": 80 * YEAR}
    assert (m.lost_end, m.lost_average) == (pytest.approx(20), pytest.approx(20))
    assert (m.coverage_end, m.coverage_average) == (pytest.approx(0.08), pytest.approx(0.08))
    assert m.title == "Kurangi pekerja yang dibayari"
    assert m.text == (
        "Anggaran APBD dipotong 20% dari Rp 20,2 juta menjadi Rp 16,1 juta setahun: biaya APBD 2028 menjadi"
        " Rp 16,1 juta; cakupan 8,00% dari penduduk bekerja pada Desember 2028 dan 8,00% rata-rata sepanjang 2028;"
        " 20 pekerja lebih sedikit terlindungi pada Desember 2028 dan 20 pekerja lebih sedikit terlindungi rata-rata"
        " sepanjang 2028 dibanding rencana ini."
    )


def test_idle_money_goes_first():
    m = mend(check(region([RENTAN], [budget(2000 * YEAR)]), 400 * YEAR, "apbd", 2028), "group")
    assert m.changes["apbd.annual_budget"] == pytest.approx(400 * YEAR, abs=200)
    assert (m.lost_end, m.cost) == (pytest.approx(100, abs=0.01), pytest.approx(400 * YEAR, abs=200))
    assert "dipotong 80%" in m.text and "(termasuk dana yang memang tidak terpakai)" in m.text


def test_very_much_idle_money_is_cut_to_what_the_cap_pays():
    m = mend(check(region([RENTAN], [budget(1e12)]), 400 * YEAR, "apbd", 2028), "group")
    assert m.cost == pytest.approx(400 * YEAR, rel=1e-4)


def test_nobody_loses_where_another_funder_has_idle_money():
    where = region([RENTAN], [budget(500 * YEAR), budget(500 * YEAR, name="baznas", payer="zakat")])
    found = check(where, 300 * YEAR, "apbd", 2028)
    m = mend(found, "group")
    assert (m.lost_end, m.lost_average, m.total_cost) == (0, 0, pytest.approx(500 * YEAR))
    assert "jumlah pekerja terlindungi tetap seperti rencana ini" in m.text
    assert kinds(found) == ["months", "group"]


def test_a_later_funder_in_scope_steps_in_and_is_counted():
    # 300 f by the first, then up to 1,000 f by the second: 500 in all until both run short at 1,300 f
    where = region([RENTAN], [budget(300 * YEAR), budget(1000 * YEAR, name="dbhcht")])
    m = mend(check(where, 400 * YEAR, "apbd", 2028), "group")
    assert m.changes["apbd.annual_budget"] == pytest.approx(300 * 400 / 1300 * YEAR, rel=1e-5)
    assert m.cost == pytest.approx(400 * YEAR, rel=1e-5)
    assert m.text.startswith("Anggaran APBD dan DBHCHT dipotong 69,23%")


def test_budgets_of_single_years_are_cut_too():
    where = region([RENTAN], [budget(100 * YEAR, by_year={2028: {"annual_budget": 200 * YEAR, "months": 6}})])
    m = mend(check(where, 100 * YEAR, "apbd", 2027), "group")
    assert m.changes == {"apbd.annual_budget": 50 * YEAR, "apbd.by_year.2028.annual_budget": 100 * YEAR}
    assert m.cost == pytest.approx(50 * YEAR)


def test_sponsors_are_cut_with_those_who_joined_at_first():
    where = region([RENTAN], [sponsors(200, participation=0.5, initial_participation=0.25, ramp_months=12)])
    m = mend(check(where, 80 * YEAR, "asn", 2028), "group")
    assert m.changes == {
        "asn.participation": pytest.approx(0.4, abs=1e-6),
        "asn.initial_participation": pytest.approx(0.2, abs=1e-6),
    }
    assert m.text.startswith("Penanggung yang ikut di ASN berkurang 20%: biaya ASN 2028 menjadi")


def test_relief_makes_later_years_the_dear_ones():
    found = check(region([RENTAN], [sponsors(100)], start="2026-01", years=3), 90 * YEAR, "semua", 2026)
    assert [y.over > 0 for y in found.years] == [False, True, True]
    m = mend(found, "group")
    assert m.changes["asn.participation"] == pytest.approx(0.9, abs=1e-6)
    assert m.cost == pytest.approx(90 * YEAR * (3 + 9 / 2) / 12, rel=1e-5)
    assert m.lost_end == pytest.approx(10, abs=1e-3)


def test_only_the_year_of_the_highest_budget_sets_the_cut():
    where = region([RENTAN], [budget(100 * YEAR, budget_growth=0.5)], years=3)
    m = mend(check(where, 180 * YEAR, "apbd", 2027), "group")
    assert m.changes["apbd.annual_budget"] == pytest.approx(80 * YEAR, abs=2)
    assert m.cost == pytest.approx(80 * YEAR, abs=2)


def test_absorption_counts_only_what_is_paid():
    m = mend(check(region([RENTAN], [budget(100 * YEAR, absorption=0.5)]), 40 * YEAR, "apbd", 2028), "group")
    assert m.changes["apbd.annual_budget"] == pytest.approx(80 * YEAR, abs=2)


def test_an_onboarding_limit_is_idle_money_too():
    where = region([RENTAN], [budget(400 * YEAR, onboarding_per_month=10)], years=2)
    found = check(where, 100 * YEAR, "apbd", 2028)
    run = project(where, changes=mend(found, "group").changes)
    assert max(paid(run, "apbd")) == pytest.approx(100 * YEAR, rel=1e-4)


def test_a_cap_of_nothing_ends_all_payment():
    where = region([RENTAN], [budget(100 * YEAR), sponsors(50, initial_participation=0.5)], years=1)
    found = check(where, 0, "semua", 2027)
    assert kinds(found) == ["group"]
    m = mend(found, "group")
    assert set(m.changes.values()) == {0.0} and len(m.changes) == 3
    assert (m.cost, m.coverage_end) == (0, 0)
    assert m.text.startswith("Anggaran APBD dipotong 100% dari Rp 20,2 juta menjadi Rp 0 setahun dan penanggung")


def test_the_last_months_of_a_run_that_starts_in_summer_are_a_year_too():
    where = region([RENTAN], [budget(100 * YEAR)], start="2027-07", years=1)
    found = check(where, 40 * YEAR, "apbd", 2028)
    assert [y.cost for y in found.years] == pytest.approx([50 * YEAR, 50 * YEAR])
    m = mend(found, "group")
    assert m.changes == {"apbd.annual_budget": 80 * YEAR}
    assert "pada Juni 2028" in m.text


# ---- another funder -------------------------------------------------------------------------------


def test_another_funder_takes_over_whom_the_cut_left():
    where = region([RENTAN], [budget(100 * YEAR), budget(0, name="baznas", payer="zakat")])
    found = check(where, 80 * YEAR, "apbd", 2028)
    assert kinds(found) == ["months", "group", "funder"]
    m = mend(found, "funder")
    assert m.title == "Alihkan ke BAZNAS"
    assert set(m.changes) == {"apbd.annual_budget", "baznas.annual_budget"}
    assert m.changes["baznas.annual_budget"] == pytest.approx(20 * YEAR, abs=50)
    assert m.lost_end == pytest.approx(0, abs=1e-3)
    assert (m.cost, m.total_cost) == (pytest.approx(80 * YEAR), pytest.approx(100 * YEAR, abs=50))
    assert m.text.startswith(
        "Anggaran APBD dipotong 20% dari Rp 20,2 juta menjadi Rp 16,1 juta setahun, lalu anggaran BAZNAS setahun naik"
        " dari Rp 0 menjadi Rp 4 juta: biaya APBD 2028 menjadi Rp 16,1 juta dan biaya semua sumber Rp 20,2 juta;"
    )


def test_who_restores_most_comes_first_then_who_is_cheapest():
    funders = [
        budget(100 * YEAR),
        sponsors(10, participation=0),
        budget(0, name="mahal", payer="zakat", programmes=["jkk", "jkm", "jht"]),
        budget(0, name="murah", payer="corporate"),
        budget(0, name="lain", payer="zakat", segments=["other"]),
        budget(0, name="awal", payer="zakat", months=6),  # does not pay in December
    ]
    found = check(region([RENTAN], funders), 80 * YEAR, "apbd", 2028)
    takers = [m for m in found.mends if m.kind == "funder"]
    assert [m.title for m in takers] == ["Alihkan ke MURAH", "Alihkan ke MAHAL", "Alihkan ke ASN"]
    assert takers[2].lost_end == pytest.approx(10, abs=1e-3)
    assert takers[2].changes["asn.participation"] == 1
    told = "penanggung yang ikut di ASN naik dari 0% menjadi 100% (paling banyak memulihkan 10 dari 20 pekerja pada"
    assert told in takers[2].text


def test_at_most_three_others_are_proposed():
    others = [budget(0, name=f"f{i}", payer="zakat") for i in range(5)]
    assert kinds(check(region([RENTAN], [budget(100 * YEAR), *others]), 80 * YEAR, "apbd", 2028)).count("funder") == 3


def test_a_budget_of_the_year_asked_about_is_the_lever():
    baznas = budget(0, name="baznas", payer="zakat", by_year={2028: {"annual_budget": YEAR}})
    m = mend(check(region([RENTAN], [budget(100 * YEAR), baznas]), 80 * YEAR, "apbd", 2028), "funder")
    assert m.changes["baznas.by_year.2028.annual_budget"] == pytest.approx(20 * YEAR, abs=50 + YEAR)
    assert "anggaran BAZNAS 2028 naik dari Rp 201.600 menjadi" in m.text


def test_another_funder_does_not_lower_the_total_of_all():
    where = region([RENTAN], [budget(100 * YEAR), budget(0, name="baznas", payer="zakat")])
    found = check(where, 80 * YEAR, "semua", 2028)
    assert "funder" not in kinds(found)
    assert "Mengalihkan ke sumber lain tidak menurunkan biaya semua sumber" in found.sentence


# ---- what must hold whatever the numbers ----------------------------------------------------------

several = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def holds(where, found, scenario, changes):
    """Every mend keeps the cap in every year of a fresh run, and tells that run's figures."""
    before = figures(project(where, scenario, changes), found.worst.year)
    assert "group" in kinds(found)
    for m in found.mends:
        run = project(where, scenario, {**changes, **m.changes})
        assert max(paid(run, found.scope)) <= found.cap + WHOLE_RUPIAH
        after = figures(run, found.worst.year)
        row = run.years.years.index(found.worst.year)
        assert (m.cost, m.total_cost) == (pytest.approx(paid(run, found.scope)[row]), pytest.approx(after.cost))
        assert (m.coverage_end, m.coverage_average) == (after.coverage_end, after.coverage_average)
        assert m.lost_end == before.insured_end - after.insured_end
        assert m.lost_average == before.insured_average - after.insured_average
    for m in [m for m in found.mends if m.kind == "funder"]:
        assert m.coverage_end >= mend(found, "group").coverage_end
    for text in [found.sentence, *(t for m in found.mends for t in (m.title, m.text))]:
        assert not ENGLISH.search(text) and "–." not in text and "Rp –" not in text, text
        assert text[0].isupper()


@several
@given(regions_with_settings(max_years=2))
def test_every_mend_keeps_the_cap_and_tells_the_truth(case):
    data, scenario, changes = case
    where = parse_region(deepcopy(data))
    run = project(where, scenario, changes)
    for scope, part in (("semua", 0.8), ("apbd", 0.3), (where.funder_ids[0], 0.999)):
        cost = paid(run, scope)
        if max(cost) < 1e6:
            continue
        found = check(where, part * max(cost), scope, run.years.years[cost.index(max(cost))], scenario, changes)
        assert [y.cost for y in found.years] == pytest.approx(cost)
        holds(where, found, scenario, changes)


def breaks(where, changes, part, scope, cap):
    """Whether the cut makes the cap break when it is `part` of itself larger."""
    run = project(where, changes={path: v * part for path, v in changes.items()})
    return max(paid(run, scope)) > cap


@several
@given(regions(kinds=("budget",), max_years=2))
def test_the_group_is_the_largest_that_keeps_the_cap(data):
    for funder in data["funders"]:
        funder.pop("onboarding_per_month", None)
    data["assumptions"]["self_pay_continuation"] = 0
    where = parse_region(deepcopy(data))
    scope = where.funder_ids[0]
    cost = max(paid(project(where), scope))
    assume(cost > 1e6)
    group = mend(check(where, 0.8 * cost, scope, where.first_month[0]), "group")
    assert breaks(where, group.changes, 1.01, scope, 0.8 * cost)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_preset_can_be_mended_to_four_fifths_of_its_dearest_year(file):
    where = load_region(file)
    for scenario in (None, *(s.id for s in where.scenarios)):
        run = project(where, scenario)
        scope = "apbd" if max(paid(run, "apbd")) > 0 else "semua"
        cost = paid(run, scope)
        if max(cost) == 0:
            continue
        year = run.years.years[cost.index(max(cost))]
        found = check(where, 0.8 * max(cost), scope, year, scenario)
        holds(where, found, scenario, {})
        larger = {path: v * 1.01 for path, v in mend(found, "group").changes.items()}
        assert max(paid(project(where, scenario, larger), scope)) > found.cap
