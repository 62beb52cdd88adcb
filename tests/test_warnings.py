"""Warnings: each kind on a small region that calls for it, with its number, and none where nothing is amiss."""

import datetime

import pytest
import samples
from samples import budget, region

from simulator import load_region, project
from simulator.catalogue import region_files
from simulator.questions.warnings import GRAVE, NOTABLE, REMARK, warnings

YEAR = 201_600  # Rp that insure one worker for a year
RENTAN = {"id": "rentan", "workers": 500}
INSURED = {**RENTAN, "covered": 100}
DESA = {"id": "desa", "workers": 50, "duty": "must"}
OLD = {"id": "rentan", "workers": {"value": 500, "as_of": "2024-08"}}
ALL_PAID = budget(500 * YEAR)


def sponsors(people, *args, **more):
    """Sponsors of `people` places, one in twenty of those who were asked: what happens elsewhere."""
    return {**samples.sponsors(20 * people, *args, **more), "participation": 0.05}


def told(where, today=None, **changes):
    """{kind: text} of a region's run as written."""
    found = warnings(project(where, changes=changes), today)
    kinds = [w.kind for w in found]
    assert len(set(kinds)) == len(kinds)
    assert [w.weight for w in found] == sorted(w.weight for w in found)
    return {w.kind: w.text for w in found}


def only(kind, where, today=None):
    """The text of the one warning that there is."""
    found = told(where, today)
    assert list(found) == [kind]
    return found[kind]


def test_a_region_where_nothing_is_amiss_has_no_warning():
    assert told(region([RENTAN], [ALL_PAID])) == {}
    assert told(region([RENTAN], [])) == {}


# ---- the cliff ------------------------------------------------------------------------------------


def test_a_funder_who_pays_half_the_year_leaves_a_cliff_every_year():
    text = only("cliff", region([RENTAN], [budget(100 * YEAR / 2, months=6)]))
    assert text == (
        "Juli 2027 turun 100 pekerja: APBD hanya membayar 6 bulan pada 2027."
        " Penurunan di bulan Juli terjadi di 2 tahun."
    )


def test_a_late_start_leaves_a_cliff_in_january():
    found = told(region([RENTAN], [budget(300 * YEAR / 3, months=4, start_month=9)]))
    assert found["cliff"] == "Januari 2028 turun 300 pekerja: APBD hanya membayar 4 bulan pada 2027."


@pytest.mark.parametrize(
    ("funder", "text"),
    [
        (budget(0, paid_before={"rentan": 100}), "Januari 2027 turun 100 pekerja: APBD berhenti membayar."),
        (
            budget(50 * YEAR, paid_before={"rentan": 100}),
            "Januari 2027 turun 50 pekerja: APBD membayari 50 pekerja lebih sedikit.",
        ),
        (
            sponsors(50, paid_before={"rentan": 100}),
            "Januari 2027 turun 50 pekerja: ASN membayari 50 pekerja lebih sedikit.",
        ),
    ],
)
def test_the_cliff_names_who_stopped_or_pays_less(funder, text):
    assert only("cliff", region([INSURED], [funder], covered=100)) == text


def test_a_fall_of_less_than_a_thousandth_of_the_base_is_no_cliff():
    few = region([INSURED], [budget(99.5 * YEAR, paid_before={"rentan": 100})], covered=100)
    assert told(few) == {}


# ---- money ----------------------------------------------------------------------------------------


def test_money_with_nobody_left_to_pay_for_is_told():
    text = only("idle_money", region([RENTAN], [budget(600 * YEAR)]))
    assert text == (
        "APBD: Rp 20,2 juta dari Rp 121 juta pada 2027 tidak terpakai karena tidak ada lagi pekerja yang"
        " memenuhi syarat (Rentan)."
    )


def test_money_idle_because_another_pays_first_names_that_other():
    text = only("idle_money", region([RENTAN], [ALL_PAID, budget(100 * YEAR, name="desa", payer="village")]))
    assert text == (
        "DESA: Rp 20,2 juta dari Rp 20,2 juta pada 2027 tidak terpakai karena pekerja yang memenuhi syarat"
        " (Rentan) sudah dibayari APBD."
    )


def test_money_idle_because_of_slow_registration_names_the_limit():
    found = told(region([RENTAN], [budget(500 * YEAR, onboarding_per_month=10)]))
    assert found["idle_money"].endswith("tidak terpakai karena batas pendaftaran baru 10 orang sebulan.")


def test_promised_places_with_nobody_to_take_them_are_told():
    text = only("idle_money", region([RENTAN], [sponsors(600)]))
    assert text.startswith("ASN: 100 dari 600 tempat pada Januari 2027 tidak terpakai karena tidak ada lagi pekerja")


def test_money_that_is_not_absorbed_is_not_called_idle():
    assert told(region([RENTAN], [budget(300 * YEAR, absorption=0.5)])) == {}


# ---- obligations ----------------------------------------------------------------------------------


def test_an_option_paid_before_an_obligation_is_grave():
    where = region([RENTAN, DESA], [budget(100 * YEAR, segments=["rentan", "desa"])])
    assert only("option_first", where) == (
        "Pilihan dibayar sebelum kewajiban: pada Januari 2027, 50 pekerja yang menjadi kewajiban pemerintah daerah atau"
        " desa belum terlindungi, padahal 100 pekerja pilihan sudah dibayari (APBD 100)."
    )
    assert warnings(project(where))[0].weight == GRAVE
    assert told(region([RENTAN, DESA], [budget(550 * YEAR, segments=["desa", "rentan"])])) == {}


def test_sponsors_who_carry_an_obligation_are_told():
    text = only("obligation_by_others", region([DESA], [sponsors(20, ["desa"])]))
    assert text == ("ASN membayari 20 pekerja yang seharusnya menjadi kewajiban pemberi kerjanya (Januari 2027).")


# ---- short payment --------------------------------------------------------------------------------


def test_december_alone_buys_a_year_end_figure_a_part_of_the_count_and_the_funeral_grant():
    found = told(region([RENTAN], [budget(300 * YEAR / 12, months=1, start_month=12)]))
    assert set(found) == {"cliff", "funeral_only", "kpi_in_part", "end_above_average"}
    assert found["end_above_average"].startswith("Akhir 2028 cakupan 30,00%, tetapi rata-rata setahun hanya 2,50%")
    assert found["kpi_in_part"] == "APBD membayar 1 bulan pada 2027: BPJS menghitung 50 dari 300 pekerja dalam capaian."
    assert found["funeral_only"] == (
        "APBD hanya membayar 1 bulan pada 2027: ahli waris peserta baru yang meninggal hanya menerima biaya pemakaman"
        " Rp 10 juta, karena santunan penuh baru berlaku setelah 3 bulan kepesertaan."
    )


@pytest.mark.parametrize(
    ("months", "kinds"),
    [
        (3, {"kpi_in_part", "funeral_only"}),
        (4, {"kpi_in_part"}),
        (5, {"kpi_in_part"}),
        (6, set()),
        (12, set()),
    ],
)
def test_short_payment_is_told_below_six_and_up_to_three_months(months, kinds):
    where = region([RENTAN], [budget(300 * 16_800 * months, months=months, start_month=13 - months)])
    assert {"kpi_in_part", "funeral_only"} & set(told(where)) == kinds


def test_a_company_that_pays_under_six_months_counts_for_nothing():
    where = region([RENTAN], [budget(300 * 16_800 * 5, months=5, payer="corporate")])
    assert told(where)["kpi_in_part"] == (
        "APBD membayar 5 bulan pada 2027: BPJS menghitung 0 dari 300 pekerja dalam capaian."
    )


def test_payment_that_goes_on_over_new_year_is_not_called_funeral_only():
    years = {2027: {"annual_budget": 300 * 16_800 * 3, "start_month": 10, "months": 3}}
    where = region([RENTAN], [budget(300 * YEAR, by_year=years)])
    assert "funeral_only" not in told(where)


# ---- rates, targets, data -------------------------------------------------------------------------


def test_the_end_of_the_relief_is_told_with_both_rates():
    text = only("relief_ends", region([RENTAN], [sponsors(300)], start="2026-01"))
    assert text == (
        "Keringanan iuran PP 50/2025 berakhir Desember 2026: iuran ASN naik dari Rp 8.400 menjadi Rp 16.800"
        " per pekerja sebulan. Peraturan belum menegaskan keringanan ini bagi sumber ini; ia dapat dimatikan pada"
        " pengaturan sumbernya."
    )
    transport = {**RENTAN, "sector": "transport"}
    assert "berakhir Maret 2027" in only("relief_ends", region([transport], [sponsors(300)], start="2026-01"))
    assert told(region([RENTAN], [sponsors(300)])) == {}


@pytest.mark.parametrize(
    ("also", "ending"),
    [
        ([], "Penyebut itu belum diisi."),
        ([{"population": "labour_force", "workers": 2000}], "Capaian dihitung ulang atas penyebut target itu."),
    ],
)
def test_a_target_on_another_base_is_told(also, ending):
    goal = [{"year": 2028, "coverage": 0.4, "population": "labour_force"}]
    text = only("other_base", region([RENTAN], [ALL_PAID], targets=goal, coverage_base={"also": also}))
    assert text == (
        "Target 40,00% tahun 2028 ditetapkan atas angkatan kerja, bukan penduduk bekerja yang dipakai di"
        f" sini. {ending}"
    )


def test_a_target_whose_base_is_not_known_is_a_remark_and_one_outside_the_run_is_nothing():
    goal = {"year": 2028, "coverage": 0.4, "note": "penyebutnya tidak disebutkan"}
    assert only("other_base", region([RENTAN], [ALL_PAID], targets=[goal])) == (
        "Target 40,00% tahun 2028: penyebutnya tidak disebutkan"
    )
    assert told(region([RENTAN], [ALL_PAID], targets=[{**goal, "year": 2040}])) == {}


def test_settings_for_years_outside_the_run_are_told():
    years = {2028: {"months": 12}, 2040: {"months": 3}}
    text = only("unused_years", region([RENTAN], [{**ALL_PAID, "by_year": years}]))
    assert text == "APBD: pengaturan tahun 2040 berada di luar masa simulasi dan tidak dipakai."


def test_data_older_than_two_years_are_told_by_the_run_or_by_today():
    where = region([OLD], [ALL_PAID])
    text = "1 angka daerah ini berumur lebih dari dua tahun; yang tertua jumlah pekerja (Rentan), data Agustus 2024."
    assert only("old_data", where) == text
    assert told(where, datetime.date(2026, 8, 31)) == {}
    assert only("old_data", where, datetime.date(2026, 9, 1)) == text


def test_the_gravest_come_first():
    where = region([OLD, DESA], [budget(300 * 16_800, ["rentan", "desa"], months=1, start_month=12)])
    weights = [w.weight for w in warnings(project(where))]
    assert weights == sorted(weights)
    assert {GRAVE, NOTABLE, REMARK} == set(weights)


@pytest.mark.parametrize("name", region_files())
def test_every_preset_can_be_warned_about_in_whole_sentences(name):
    where = load_region(region_files()[name])
    for preset in (None, *(s.id for s in where.scenarios)):
        for w in warnings(project(where, preset), datetime.date(2026, 11, 1)):
            assert w.text[0].isupper() or w.text[0].isdigit(), w.text
            assert "None" not in w.text and "nan" not in w.text.split() and "  " not in w.text, w.text


def test_more_sponsors_than_anywhere_else_are_told_with_what_happened_elsewhere():
    text = only("optimistic_sponsors", region([RENTAN], [samples.sponsors(300)]))
    assert text.startswith("ASN: 100% ikut.") and "1,1%–5,5%" in text and "31%–78%" in text


def test_months_that_are_over_are_told():
    text = only("past_start", region([RENTAN], [budget(0)], start="2026-01"), datetime.date(2026, 11, 21))
    assert "Januari 2026" in text and "10 bulan pertamanya" in text
