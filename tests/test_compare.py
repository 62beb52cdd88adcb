"""The comparison: its numbers against small sums of their own, and what is left out of it."""

import itertools
import json

import numpy as np
import pytest

from simulator import load_region, project
from simulator.catalogue import region_files
from simulator.questions import compare
from simulator.questions.answer import answer
from simulator.questions.compare import Side
from simulator.questions.settings import differences, settings
from ui import compare_charts, compare_tables, palette

REGIONS = sorted(region_files())
YEAR = 2026


def sides(*settings_of, region="ponorogo"):
    """Today's policy, then a side for each (scenario, changes)."""
    r = load_region(region_files()[region])
    found = [Side("berjalan", "Kondisi berjalan", "K", project(r))]
    for number, (scenario, changes) in enumerate(settings_of, 1):
        found.append(Side(str(number), f"Nama {number}", str(number), project(r, scenario, changes)))
    return found


@pytest.fixture(scope="module")
def known():
    return sides(
        ("asn_usulan_2", {"asn.participation": 0.5}),
        ("asn_usulan_2", {}),
        ("gotong_royong", {"apbd.months": 6, "assumptions.overlap": 0.1}),
        ("rentan_apbd", {}),
    )


def cell(frame, measure, side, column="value"):
    return frame[(frame["measure"] == measure) & (frame["side"] == side)][column].item()


# ---- results


@pytest.mark.parametrize("baseline", ["berjalan", "2"])
def test_every_figure_is_that_of_the_yearly_table(known, baseline):
    found = compare.results(known, baseline, YEAR)
    rows = {s.key: s.run.yearly.set_index("year").loc[YEAR] for s in known}
    for key, row in rows.items():
        base = rows[baseline]
        cost = {k: sum(r[f"cost.{f}"] for f in known[0].run.region.funder_ids) for k, r in rows.items()}
        apbd = {
            k: sum(r[f"cost.{f}"] for f in ("apbd", "dbhcht", "dbhcht_2", "apbd_perubahan")) for k, r in rows.items()
        }
        for measure in ("coverage_end", "coverage_average", "active_end", "insured_end", "must_uninsured", "jkm"):
            assert cell(found, measure, key) == pytest.approx(row[measure])
            assert cell(found, measure, key, "difference") == pytest.approx(row[measure] - base[measure], abs=1e-9)
        assert cell(found, "cost", key) == pytest.approx(cost[key])
        assert cell(found, "apbd_cost", key) == pytest.approx(apbd[key])
        assert cell(found, "cost", key, "difference") == pytest.approx(cost[key] - cost[baseline], abs=1e-3)


def test_an_added_worker_costs_the_extra_money_over_the_mean_of_the_months(known):
    found = compare.results(known, "berjalan", YEAR)
    months = {s.key: s.run.monthly[s.run.monthly["month"].str.startswith(str(YEAR))] for s in known}
    for key in ("1", "2"):
        extra = cell(found, "cost", key, "difference")
        added = (months[key]["insured"].to_numpy() - months["berjalan"]["insured"].to_numpy()).mean()
        points = 100 * (months[key]["coverage"].to_numpy() - months["berjalan"]["coverage"].to_numpy()).mean()
        assert cell(found, "per_worker", key) == pytest.approx(extra / added)
        assert cell(found, "per_point", key) == pytest.approx(extra / points)
    assert np.isnan(cell(found, "per_worker", "berjalan")) and np.isnan(cell(found, "per_point", "berjalan"))


def test_what_costs_less_or_adds_nobody_has_no_price(known):
    found = compare.results(known, "2", YEAR)
    assert cell(found, "cost", "1", "difference") < 0
    assert np.isnan(cell(found, "per_worker", "1"))
    assert "–" in compare_tables.results(found, known, "2", YEAR, "x", "target 1%")


@pytest.mark.parametrize("region", REGIONS)
def test_equal_settings_differ_by_exactly_nothing(region):
    same = sides(("gotong_royong", {}), ("gotong_royong", {}), region=region)[1:]
    year = compare.years(same)[-1]
    found = compare.results(same, "1", year)
    told = found["difference"].dropna()
    assert len(told) > 10 and (told == 0.0).all()
    assert (compare.paying(same, "1", year)["difference"] == 0.0).all()
    assert compare.different_settings(same).empty
    assert found["text"][found["side"] == "1"].tolist() == found["text"][found["side"] == "2"].tolist()


def test_the_target_is_told_with_its_year(known):
    found = compare.results(known, "berjalan", YEAR)
    for s in known:
        a = answer(s.run, known[0].run, YEAR)
        text = cell(found, "target", s.key, "text")
        assert text.startswith("2026: tercapai") == a.reached
        assert cell(found, "target", s.key) == pytest.approx(a.target_share)
    assert compare.target_label(known, YEAR) == "target nasional 34,99% dari semesta pekerja (UCJ)"


def test_the_headline_names_the_best_and_the_cheapest(known):
    found = compare.results(known, "berjalan", YEAR)
    text = compare.headline(found, known, "berjalan", YEAR, "semesta pekerja (UCJ)")
    ends = {s.key: float(s.run.years.coverage_end[s.run.years.years.index(YEAR), 0]) for s in known}
    assert f"tertinggi pada “Nama {max(ends, key=ends.get)}”" in text and "% dari semesta pekerja (UCJ)" in text
    same = sides(("gotong_royong", {}), ("gotong_royong", {}))[1:]
    assert "sama pada semuanya" in compare.headline(compare.results(same, "1", YEAR), same, "1", YEAR, "x")


def test_equals_are_named_together_and_what_costs_nothing_is_the_cheapest():
    pair = {"asn.participation": 0.05}
    both = sides((None, {**pair, "asn.relief": False}), (None, pair))
    text = compare.headline(compare.results(both, "berjalan", YEAR), both, "berjalan", YEAR, "x")
    ends = [float(s.run.years.coverage_end[s.run.years.years.index(YEAR), 0]) for s in both[1:]]
    assert ends[0] == pytest.approx(ends[1]) and f"tertinggi pada {both[1].said} dan {both[2].said}" in text
    saving = sides(("rentan_apbd", {}), (None, {"dbhcht.annual_budget": 7333200000.0, "asn.participation": 0.1}))
    text = compare.headline(compare.results(saving, "berjalan", YEAR), saving, "berjalan", YEAR, "x")
    assert f"tanpa tambahan biaya pada {saving[2].said}" in text and "paling murah" not in text


def test_only_years_that_all_simulate_can_be_chosen():
    short = sides(("gotong_royong", {"years": 2}))
    assert compare.years(short) == short[1].run.years.years[:2]


# ---- who pays


@pytest.mark.parametrize("region", REGIONS)
def test_who_pays_more_adds_up_to_the_difference_of_cost(region):
    known = sides(("asn_usulan_2", {}), ("gotong_royong", {"apbd.months": 6}), ("dbhcht", {}), region=region)
    for baseline, year in itertools.product(("berjalan", "2"), compare.years(known)):
        sums = compare.paying(known, baseline, year).groupby("side")["difference"].sum()
        found = compare.results(known, baseline, year)
        for s in known:
            assert sums[s.key] == pytest.approx(cell(found, "cost", s.key, "difference"), abs=0.01)


def test_each_side_has_its_sentence_with_the_funders_that_pay_more_or_less(known):
    frame = compare.paying(known, "2", YEAR)
    told = compare.paying_words(frame, known, "2", YEAR)
    assert set(told) == {"berjalan", "1", "3", "4"}
    assert told["1"].startswith("Dibanding “Nama 2”, pada 2026 ASN penanggung iuran membayar Rp ")
    assert "lebih sedikit" in told["1"] and "lebih banyak" not in told["1"]
    for key, text in told.items():
        own = frame[frame["side"] == key]
        for payer, difference in zip(own["payer"], own["difference"], strict=True):
            assert (f"{payer} membayar" in text) == (abs(difference) > compare.SMALL)


def test_a_side_that_pays_the_same_says_so():
    same = sides(("gotong_royong", {}), ("gotong_royong", {}))[1:]
    told = compare.paying_words(compare.paying(same, "1", YEAR), same, "1", YEAR)
    assert told == {"2": "Pada 2026 setiap sumber membayar sama dengan “Nama 1”."}


# ---- what is set otherwise


def test_only_settings_that_differ_are_listed_with_every_sides_value():
    known = sides(("asn_usulan_2", {}), ("asn_usulan_2", {"apbd.months": 6, "asn.participation": 0.055}))[1:]
    frame = compare.different_settings(known)
    found = {(r.path, r.side): r.text for r in frame.itertuples()}
    assert found == {
        ("apbd.months", "1"): "12", ("apbd.months", "2"): "6",
        ("asn.participation", "1"): "100%", ("asn.participation", "2"): "5,5%",
    }  # fmt: skip
    assert set(frame["whose"]) == {"APBD Kabupaten", "ASN penanggung iuran"}


def test_choices_that_are_no_numbers_are_listed_too():
    changes = {
        "apbd.programmes": ["jkk", "jkm", "jht"],
        "baznas.relief": True,
        "apbd.segments": ["other", "rentan"],
        "apbd.onboarding_per_month": 500,
    }
    known = sides(("kondisi_berjalan", {}), ("kondisi_berjalan", changes))[1:]
    found = {(r.path, r.side): r.text for r in compare.different_settings(known).itertuples()}
    assert found["apbd.programmes", "1"] == "JKK + JKM" and found["apbd.programmes", "2"] == "JKK + JKM + JHT"
    assert (found["baznas.relief", "1"], found["baznas.relief", "2"]) == ("tidak", "ya")
    assert found["apbd.segments", "2"] == "Pekerja lainnya; Pekerja rentan"
    assert found["apbd.onboarding_per_month", "1"] == "tanpa batas" and len({p for p, _ in found}) == 4


def test_a_setting_that_only_follows_another_is_not_listed():
    known = sides(("kondisi_berjalan", {}), ("kondisi_berjalan", {"assumptions.verification_yield": 0.5}))[1:]
    assert compare.different_settings(known)["path"].unique().tolist() == ["assumptions.verification_yield"]


@pytest.mark.parametrize("region", REGIONS)
def test_every_preset_differs_from_today_in_just_what_it_sets(region):
    r = load_region(region_files()[region])
    today = project(r).region
    for scenario in r.scenarios:
        run = project(r, scenario.id).region
        found = {(a or b).path for a, b in differences(today, run)}
        assert found <= set(scenario.set)
        unlike = {path for path in scenario.set if settings(today).get(path) != settings(run).get(path)}
        assert found <= unlike


# ---- charts and tables


def test_marks_at_the_lines_ends_keep_apart_and_in_order():
    places = compare._apart([0.30, 0.31, 0.305, 0.9], 0.05)
    assert places[0] < places[2] < places[1] < places[3] == 0.9
    assert min(abs(a - b) for a, b in itertools.combinations(places, 2)) >= 0.05 - 1e-12
    assert sum(places[:3]) / 3 == pytest.approx(0.305)
    assert min(compare._apart([0.0, 0.0, 0.0], 0.05)) == 0.0


def test_the_coverage_chart_holds_every_side_and_the_targets(known):
    frame = compare.coverage(known)
    for s in known:
        own = frame[frame["side"] == s.key]
        assert own["coverage"].tolist() == pytest.approx(s.run.monthly["coverage"].tolist())
        assert own["mark"].tolist() == [""] * (len(own) - 1) + [s.mark]
    assert frame[frame["side"] == "target"]["coverage"].tolist() == [0.3215, 0.3499]


LONG = "Usulan Sekda: seluruh ASN menanggung dua pekerja rentan 2027"


@pytest.mark.parametrize("name", [LONG, "x" * 60, "a b " * 15])
def test_a_long_name_is_written_whole_over_its_bar(known, name):
    renamed = [Side(s.key, name, s.mark, s.run) for s in known]
    frame = compare_charts.headed(compare.cost(renamed, YEAR))
    assert all(len(line) <= compare_charts.LINE for text in frame["head"] for line in text.split("\n"))
    assert all(name.replace(" ", "") in text.replace("\n", "").replace(" ", "") for text in frame["head"])
    assert len({text.count("\n") for text in frame["head"]}) == 1


def charts_of(known, year):
    colours = palette.region_palette([(f.id, f.name) for f in known[0].run.region.funders])
    return (
        compare_charts.coverage_chart(compare.coverage(known)),
        compare_charts.cost_chart(compare_charts.headed(compare.cost(known, year)), colours),
    )


def test_specifications_follow_no_value_and_no_name(known):
    def specs(chosen, year):
        return [
            {k: v for k, v in c.to_dict().items() if k not in ("data", "datasets")} for c in charts_of(chosen, year)
        ]

    other = [Side(s.key, f"Lain {s.key}", s.mark, s.run) for s in reversed(known)]
    assert specs(known, YEAR) == specs(other, 2028)
    assert "Nama 1" not in json.dumps(specs(known, YEAR))


def test_lines_are_told_apart_without_colour():
    dashes = [look.dash for key, look in compare_charts.LOOKS.items() if key != "sekarang"]
    assert len(set(dashes)) == len(dashes)


def test_names_stand_escaped_in_every_table(known):
    evil = [Side(s.key, "<img src=x onerror=alert(1)> & \"'", s.mark, s.run) for s in known]
    found, paying = compare.results(evil, "1", YEAR), compare.paying(evil, "1", YEAR)
    texts = (
        compare_tables.legend(evil),
        compare_tables.results(found, evil, "1", YEAR, "x", compare.target_label(evil, YEAR)),
        compare_tables.paying(paying, compare.paying_words(paying, evil, "1", YEAR), evil, "1", YEAR),
        compare_tables.different(compare.different_settings(evil), evil, "1"),
        compare_tables.pin_title("1", evil[0].name, "<b>", 2),
        compare_tables.beginning("<b>"),
    )
    assert not any("<img" in text or "<b><" in text for text in texts)
    assert all("&lt;" in text for text in texts)


def test_differences_are_written_with_sign_and_unit(known):
    found = compare.results(known, "berjalan", YEAR)
    text = compare_tables.results(found, known, "berjalan", YEAR, "semesta pekerja (UCJ)", "target 1% dari x")
    assert "% dari semesta pekerja (UCJ)" in text and " poin</div>" in text and "(patokan)" in text
    assert '<div class="selisih utuh naik">+' in text
