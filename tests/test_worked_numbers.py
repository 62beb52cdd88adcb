"""Numbers that can be checked with a pencil: three districts, real programmes, and each rule alone.

Every test runs twice, on the engine and on the reference, so that neither is trusted for the other.
"""

from copy import deepcopy

import pytest
import reference

from simulator import parse_region, project

YEAR = 201_600  # rupiah: 16,800 a month for twelve months


def by_engine(data, scenario=None, changes=None):
    """The run as the engine computes it."""
    return project(parse_region(deepcopy(data)), scenario=scenario, changes=changes or {}).to_json()


@pytest.fixture(params=[by_engine, reference.run], ids=["engine", "reference"])
def run(request):
    """Either of the two models."""
    return request.param


def region(segments, funders, *, base, covered=0, start="2027-01", years=1, **more):
    """A region with these segments and funders, one name each, where nothing else goes on."""
    return {
        "title": "Contoh",
        "start": start,
        "years": years,
        "covered": covered,
        "coverage_base": {"population": "employed", "workers": base},
        "segments": [{"name": part["id"], **part} for part in segments],
        "funders": [{"name": part["id"], **part} for part in funders],
        **more,
    }


def budget(rupiah, months=12, start_month=1, name="apbd", pays_for=("rentan",), **more):
    """A funder with so many rupiah a year."""
    return {
        "id": name,
        "kind": "budget",
        "payer": "government",
        "segments": list(pays_for),
        "annual_budget": rupiah,
        "start_month": start_month,
        "months": months,
        **more,
    }


def civil_servants(people, participation, each, pays_for=("rentan",), **more):
    """Sponsors who all join at once and all pay."""
    return {
        "id": "asn",
        "kind": "sponsors",
        "payer": "individual",
        "segments": list(pays_for),
        "sponsors": people,
        "participation": participation,
        "workers_per_sponsor": each,
        "ramp_months": 1,
        **more,
    }


def rentan(workers, **more):
    """The segment of vulnerable workers."""
    return {"id": "rentan", "workers": workers, "covered": 0, "membership": "bpu", **more}


def column(out, *keys):
    """One number of every month."""
    numbers = []
    for row in out["monthly"]:
        for key in keys:
            row = row[key]
        numbers.append(row)
    return numbers


# ---- districts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("each", "insured", "percent", "rupiah"), [(2, 148_000, 39.47, 5_644_800_000), (3, 162_000, 43.20, 8_467_200_000)]
)
def test_ponorogo_with_two_or_three_workers_for_each_civil_servant(run, each, insured, percent, rupiah):
    asn = civil_servants(14_000, 1, each, pays_for=("rentan", "other"))
    out = run(region([rentan(30_000, covered=10_000)], [asn], base=375_000, covered=120_000))
    assert column(out, "insured") == pytest.approx([insured] * 12)
    assert round(100 * out["yearly"][0]["coverage_end"], 2) == percent
    assert out["yearly"][0]["cost"]["asn"] == pytest.approx(rupiah, abs=0.5)


def test_ponorogo_starts_at_thirty_two_percent(run):
    out = run(region([rentan(30_000)], [budget(0)], base=375_000, covered=120_000))
    assert column(out, "coverage") == pytest.approx([0.32] * 12)


def test_ponorogo_budget_pays_twice_the_places_in_half_the_months(run):
    whole = run(region([rentan(50_000)], [budget(2_600_000_000)], base=375_000, covered=120_000))
    half = run(region([rentan(50_000)], [budget(2_600_000_000, months=6)], base=375_000, covered=120_000))
    assert [round(places, 1) for places in column(whole, "funded", "apbd")] == [12_896.8] * 12
    assert [round(places, 1) for places in column(half, "funded", "apbd")] == [25_793.7] * 6 + [0] * 6


BLORA = {"base": 467_018, "covered": 73_695}


def test_blora_starts_at_its_published_share(run):
    out = run(region([rentan(12_951)], [budget(0)], **BLORA))
    assert round(100 * out["yearly"][0]["coverage_end"], 2) == 15.78


def test_blora_pays_for_all_its_vulnerable_workers(run):
    out = run(region([rentan(12_951)], [budget(2_610_921_600)], **BLORA))
    assert column(out, "segments", "rentan") == pytest.approx([12_951] * 12)
    assert out["yearly"][0]["cost"]["apbd"] == pytest.approx(2_610_921_600, abs=0.5)


def test_blora_pays_for_its_uninsured_posts_and_for_no_more(run):
    posts = {"id": "posts", "membership": "bpu", "workers": 20_894, "covered": 8_200, "duty": "must"}
    out = run(region([posts], [budget(3_000_000_000, pays_for=["posts"])], **BLORA))
    year = out["yearly"][0]
    assert column(out, "funded", "apbd") == pytest.approx([12_694] * 12)
    assert year["cost"]["apbd"] == pytest.approx(2_559_110_400, abs=0.5)
    assert year["unspent"]["apbd"] == pytest.approx(3_000_000_000 - 2_559_110_400, abs=0.5)
    assert year["must_uninsured"] == pytest.approx(0, abs=1e-6)


def test_blora_with_both_lists_reaches_little_more_than_a_fifth(run):
    posts = {"id": "posts", "membership": "bpu", "workers": 20_894, "covered": 8_200}
    both = budget(2_610_921_600 + 2_559_110_400, pays_for=["posts", "rentan"])
    out = run(region([posts, rentan(12_951)], [both], **BLORA))
    assert round(100 * out["yearly"][0]["coverage_end"], 2) == 21.27


def test_kendal_as_it_was_realised(run):
    out = run(region([rentan(50_000)], [civil_servants(10_345, 0.055, 1.70)], base=500_000))
    assert column(out, "funded", "asn") == pytest.approx([974] * 12, rel=0.01)


# ---- real programmes to the rupiah ----------------------------------------------------------------

PROGRAMMES = [  # place, funder, payer, year, workers, months, rupiah
    ("Lumajang", "DBHCHT", "government", 2025, 5_606, 7, 659_265_600),
    ("Blora", "Baznas", "zakat", 2023, 742, 3, 37_396_800),
    ("Blora", "APBD Perubahan", "government", 2024, 4_500, 1, 75_600_000),
    ("Blora", "APBD", "government", 2025, 1_500, 12, 302_400_000),
    ("Kota Madiun", "PDAM", "corporate", 2022, 1_144, 12, 230_630_400),
    ("Ponorogo, first list", "DBHCHT", "government", 2025, 29_025, 10, 4_876_200_000),
    ("Ponorogo, second list", "DBHCHT", "government", 2025, 12_905, 3, 650_412_000),
    ("Jombang, one month", "DBHCHT", "government", 2024, 13_250, 1, 222_600_000),
    # Reported in round numbers or without a year: these rupiah are workers times months times 16,800.
    ("Kutai Kartanegara", "APBD", "government", 2021, 35_440, 3, 1_786_176_000),
    ("Riau", "APBD", "government", 2025, 10_800, 12, 2_177_280_000),
    ("Kutai Timur", "APBD", "government", 2025, 98_000, 12, 19_756_800_000),
    ("Penajam Paser Utara", "APBD", "government", 2025, 15_000, 12, 3_024_000_000),
    ("Simalungun, arrears", "APBD", "government", 2025, 37_124, 6, 3_742_099_200),
]
NAMES = [f"{place}, {funder}" for place, funder, *_ in PROGRAMMES]


def programme(row, rupiah, workers):
    """A region whose one funder pays until December, like the programme of this row."""
    _, name, payer, year, _, months, _ = row
    funder = budget(rupiah, months, 13 - months, name="payer", payer=payer)
    return region([rentan(workers)], [{**funder, "name": name}], base=2_000_000, start=f"{year}-01")


@pytest.mark.parametrize("row", PROGRAMMES, ids=NAMES)
def test_a_real_budget_pays_its_workers_and_costs_its_rupiah(run, row):
    *_, workers, months, rupiah = row
    out = run(programme(row, rupiah, workers=500_000))
    assert column(out, "funded", "payer") == pytest.approx([0] * (12 - months) + [workers] * months)
    assert out["yearly"][0]["cost"]["payer"] == pytest.approx(rupiah, abs=0.5)


@pytest.mark.parametrize("row", PROGRAMMES, ids=NAMES)
def test_real_workers_cost_their_rupiah_and_leave_the_rest_unspent(run, row):
    *_, workers, months, rupiah = row
    year = run(programme(row, 2 * rupiah, workers=workers))["yearly"][0]
    assert year["insured_end"] == pytest.approx(workers)
    assert year["cost"]["payer"] == pytest.approx(rupiah, abs=0.5)
    assert year["unspent"]["payer"] == pytest.approx(rupiah, abs=0.5)


def test_the_two_lists_of_ponorogo_together_to_the_rupiah(run):
    lists = [budget(4_876_200_000, 10, 3, name="first"), budget(650_412_000, 3, 10, name="second")]
    out = run(region([rentan(100_000)], lists, base=375_000, start="2025-01"))
    assert sum(out["yearly"][0]["cost"].values()) == pytest.approx(5_526_612_000, abs=0.5)
    assert out["yearly"][0]["insured_end"] == pytest.approx(41_930)


# ---- one rule at a time ---------------------------------------------------------------------------


def test_those_who_were_paid_for_a_year_are_asked_once_and_lapse(run):
    stops = budget(1_000 * YEAR, by_year={2028: {"annual_budget": 0}})
    assumed = {"self_pay_continuation": 0.05, "self_pay_lapse": 0.25}
    out = run(region([rentan(5_000)], [stops], base=10_000, years=2, assumptions=assumed))
    paying = column(out, "self_paying")
    assert paying[:12] == [0] * 12
    assert paying[12:] == pytest.approx([50 * 0.75 ** (t / 12) for t in range(12)])
    assert column(out, "fallen")[12:] == pytest.approx([1_000] * 12)


def test_those_who_were_paid_for_five_months_are_not_asked(run):
    assumed = {"self_pay_continuation": 1}
    out = run(region([rentan(5_000)], [budget(5_000 * 16_800, months=5)], base=10_000, assumptions=assumed))
    assert column(out, "self_paying") == [0] * 12
    six = run(region([rentan(5_000)], [budget(6_000 * 16_800, months=6)], base=10_000, assumptions=assumed))
    assert column(six, "self_paying") == pytest.approx([0] * 6 + [1_000] * 6)


def test_segment_grows_with_the_base_and_by_its_own_change(run):
    base = {"population": "employed", "workers": 10_000, "growth": 0.21}
    leaving = rentan(5_000, covered=1_000, covered_change=-400)
    grown = region([leaving], [budget(0)], base=10_000, covered=1_000, years=2, coverage_base=base)
    insured = [(1_000 - 400 * t / 12) * 1.21 ** (t / 12) for t in range(24)]
    assert column(run(grown), "insured") == pytest.approx(insured)
    assert column(run(grown), "workers") == pytest.approx([10_000 * 1.21 ** (t / 12) for t in range(24)])


def test_members_stay_active_for_three_months_after_the_money_stops(run):
    out = run(region([rentan(5_000)], [budget(6_000 * 16_800, months=6)], base=10_000))
    assert column(out, "insured") == pytest.approx([1_000] * 6 + [0] * 6)
    assert column(out, "active") == pytest.approx([1_000] * 9 + [0] * 3)


def test_places_that_fall_on_insured_workers_insure_nobody_new(run):
    half = region(
        [rentan(10_000, covered=5_000)],
        [budget(1_000 * YEAR)],
        base=10_000,
        covered=5_000,
        assumptions={"overlap": 0.2},
    )
    assert column(run(half), "funded", "apbd") == pytest.approx([1_000] * 12)
    assert column(run(half), "insured") == pytest.approx([5_800] * 12)


def test_overlap_is_at_most_what_blind_choice_would_give(run):
    few = region(
        [rentan(10_000, covered=1_000)],
        [budget(2_000 * YEAR)],
        base=10_000,
        covered=1_000,
        assumptions={"overlap": 0.6},
    )
    assert column(run(few), "insured") == pytest.approx([1_000 + 2_000 * 0.9] * 12)


def test_only_those_who_pass_the_checks_can_be_paid_for(run):
    assumed = {"verification_yield": 0.75}
    listed = region([rentan(4_000)], [budget(9_000 * YEAR)], base=10_000, assumptions=assumed)
    assert column(run(listed), "insured") == pytest.approx([3_000] * 12)
    posts = region([rentan(4_000, duty="must")], [budget(9_000 * YEAR)], base=10_000, assumptions=assumed)
    assert column(run(posts), "insured") == pytest.approx([4_000] * 12)


def test_those_whom_a_funder_pays_for_today_fall_out_with_its_money(run):
    stops = budget(0, paid_before={"rentan": 800})
    half = {"self_pay_continuation": 0.5}
    out = run(region([rentan(2_000, covered=1_000)], [stops], base=10_000, covered=1_000, assumptions=half))
    assert column(out, "self_paying") == pytest.approx([400] * 12)
    assert column(out, "insured") == pytest.approx([600] * 12)
    assert column(out, "active") == pytest.approx([1_000] * 3 + [600] * 9)


def test_onboarding_adds_so_many_places_a_month(run):
    slow = budget(1_000 * YEAR, onboarding_per_month=300, paid_before={"rentan": 100})
    out = run(region([rentan(5_000, covered=100)], [slow], base=10_000, covered=100))
    assert column(out, "funded", "apbd") == pytest.approx([400, 700, *[1_000] * 10])


@pytest.mark.parametrize(
    ("start_month", "by_year", "month", "places"), [(12, {}, 11, 600), (1, {2027: {"annual_budget": 0}}, 12, 100)]
)
def test_onboarding_remembers_twelve_months_and_no_more(run, start_month, by_year, month, places):
    late = budget(5_000 * YEAR, 1, start_month, by_year=by_year, onboarding_per_month=100, paid_before={"rentan": 500})
    out = run(region([rentan(5_000, covered=500)], [late], base=10_000, covered=500, years=2))
    assert column(out, "funded", "apbd")[: month + 1] == pytest.approx([0] * month + [places])


def test_relief_halves_the_contribution_for_sponsors_but_not_for_the_government(run):
    pays = [budget(1_000 * YEAR), civil_servants(100, 1, 1)]
    out = run(region([rentan(5_000)], pays, base=10_000, start="2026-01"))
    assert column(out, "cost", "asn") == pytest.approx([1_680_000] * 3 + [840_000] * 9)
    assert column(out, "cost", "apbd") == pytest.approx([16_800_000] * 12)


def test_relief_for_transport_workers_runs_on_into_the_next_year(run):
    drivers = rentan(5_000, sector="transport")
    out = run(region([drivers], [civil_servants(100, 1, 1)], base=10_000, start="2026-01", years=2))
    assert column(out, "cost", "asn") == pytest.approx([840_000] * 15 + [1_680_000] * 9)


ALL_THREE = {"programmes": ["jkk", "jkm", "jht"]}


@pytest.mark.parametrize(
    ("more", "rupiah"),
    [
        ({}, 16_800),
        ({"income": 2_000_000, **ALL_THREE}, 66_800),
        ({"membership": "pu", "wage": 2_000_000}, 10_800),
        ({"membership": "pu", "wage": 2_000_000, "risk": "very_high", **ALL_THREE}, 114_800),
    ],
)
def test_one_place_costs_the_contribution_of_its_segment(run, more, rupiah):
    out = run(region([rentan(5_000, **more)], [budget(rupiah * 12_000)], base=10_000))
    assert column(out, "funded", "apbd") == pytest.approx([1_000] * 12)


def test_sponsors_join_over_the_months_of_the_ramp(run):
    asn = civil_servants(1_000, 0.4, 2, start_after=2, initial_participation=0.1, still_paying=0.5)
    out = run(region([rentan(5_000)], [{**asn, "ramp_months": 3}], base=10_000))
    assert column(out, "funded", "asn") == pytest.approx([0, 0, 200, 300, *[400] * 8])


def test_workers_paid_for_during_few_months_count_less_or_not_at_all(run):
    pays = [budget(3_000 * 16_800, 3), budget(2_000 * 16_800, 4, name="bumd", payer="corporate")]
    year = run(region([rentan(5_000)], pays, base=10_000))["yearly"][0]
    assert year["kpi_workers"] == pytest.approx({"apbd": 500, "bumd": 0})


def test_death_in_the_first_three_months_pays_for_the_funeral_alone(run):
    assumed = {"deaths_per_1000": 12, "accidents_per_1000": 6}
    year = run(region([rentan(5_000)], [budget(1_000 * YEAR)], base=10_000, assumptions=assumed))["yearly"][0]
    assert year["deaths"] == pytest.approx(12)
    assert year["jkm"] == pytest.approx(3 * 10_000_000 + 9 * 42_000_000)
    assert (year["scholarship_children"], year["accidents"]) == pytest.approx((0, 6))


def test_budget_of_the_months_before_the_start_is_past(run):
    out = run(region([rentan(5_000)], [budget(1_000 * YEAR, absorption=0.9)], base=10_000, start="2027-10"))
    first = out["yearly"][0]
    assert (first["months"], first["available"]["apbd"]) == pytest.approx((3, 1_000 * YEAR / 4))
    assert first["not_absorbed"]["apbd"] == pytest.approx(first["unspent"]["apbd"])
    assert first["not_absorbed"]["apbd"] == pytest.approx(100 * YEAR / 4)
    assert [row["months"] for row in out["yearly"]] == [3, 9]
