"""One file, opened again later: the same region to the digit, with what it came to beside what it comes to now."""

import datetime

import pytest
import samples
from streamlit.testing.v1 import AppTest

from simulator import InputError, configure, load_region, parse_region, project
from simulator.catalogue import region_files
from simulator.region import plain_data, read_region, with_scenarios, with_stress_tests
from simulator.saved import differences, fingerprint, open_yaml, results, to_file
from simulator.version import MODEL_VERSION
from simulator.yaml_io import read_yaml

DAY = datetime.date(2026, 11, 22)
REGIONS = sorted(region_files())


def saved(region) -> dict:
    """The plain data of a region's file."""
    return read_yaml(to_file(region, DAY))[0]


def opened(data: dict):
    return differences(parse_region(data))


@pytest.mark.parametrize("name", REGIONS)
def test_every_region_comes_back_to_the_digit_with_scenarios_stress_tests_and_the_same_results(name):
    first = load_region(region_files()[name])
    more = with_stress_tests(
        first, [{"id": "uji_1", "name": "Uji: 1", "scale": {"covered": 0.9}, "set": {"years": 3}, "members_lost": 0.1}]
    )
    region = parse_region(with_scenarios(more, [("", "Milik sendiri", "Satu.", {"assumptions.overlap": 1 / 7})]))
    text = to_file(region, DAY)
    back = read_region(text, f"{name}.yaml")
    assert plain_data(back) == {**plain_data(region), "schema": 1}
    assert results(back) == results(region)  # floats, to the last digit
    found = differences(back)
    assert found.same and not found.edited and found.compared == len(results(region)) >= 45
    assert (found.model, found.on) == (MODEL_VERSION, "2026-11-22")
    again = read_yaml(to_file(back, DAY))[0]
    assert again == read_yaml(text)[0]


def test_the_stored_results_are_what_a_run_says():
    region = load_region(region_files()["ponorogo"])
    rows = saved(region)["saved"]["results"]
    assert [r.get("scenario") for r in rows[:: int(region.years.value)]] == [None, *(s.id for s in region.scenarios)]
    for row in rows:
        run = project(region, row.get("scenario"))
        year = next(y for y in run.records["yearly"] if y["year"] == row["year"])
        assert row["coverage_end"] == year["coverage_end"] and row["coverage_average"] == year["coverage_average"]
        assert row["cost"] == pytest.approx(sum(year["cost"].values()), abs=1e-3)


def test_a_result_of_another_model_is_shown_and_rounding_is_not():
    data = saved(parse_region(samples.data()))
    rows = data["saved"]["results"]
    rows[0]["coverage_end"] += 1e-6
    rows[1]["coverage_average"] -= 2e-9
    rows[2]["cost"] += 0.6
    rows[3]["cost"] += 0.4
    rows[4]["coverage_end"] += 5e-10
    data["saved"]["model"] = "0.9.0"
    found = opened(data)
    assert [(r.scenario, r.year) for r in found.rows] == [(None, 2027), (None, 2028), (None, 2029)]
    assert (found.compared, found.edited, found.same, found.model) == (6, False, False, "0.9.0")
    first = found.rows[0]
    assert first.old.coverage_end == rows[0]["coverage_end"] and first.name == "Berkas apa adanya"
    assert first.new.coverage_end == project(parse_region(samples.data())).years.coverage_end[0, 0]


def test_data_edited_since_are_known_by_their_fingerprint():
    data = saved(parse_region(samples.data()))
    assert not opened(data).edited
    data["covered"] = 120000
    found = opened(data)
    assert found.edited and len(found.rows) == 6
    note = saved(parse_region(samples.data()))
    note["note"] = "Sebuah catatan."
    found = opened(note)
    assert found.edited and found.same


def test_results_of_scenarios_and_years_that_are_gone_are_named():
    data = saved(parse_region(samples.data()))
    data["scenarios"], data["years"] = [], 2
    found = opened(data)
    assert found.gone == ("Berkas apa adanya 2029", "rentan_penuh 2027", "rentan_penuh 2028", "rentan_penuh 2029")
    assert found.compared == 2 and not found.same


def test_a_file_without_results_says_so():
    found = differences(parse_region(samples.data()))
    assert not found.stored and not found.same and found.rows == ()


def test_what_was_saved_changes_no_run_and_is_in_no_other_text():
    region = parse_region(samples.data())
    back = parse_region(saved(region))
    assert back.saved is not None and "saved" not in back._data and "saved" not in plain_data(back)
    assert plain_data(back, saved=True)["saved"]["data"] == fingerprint(region)
    assert configure(back, "rentan_penuh", {"apbd.months": 6}).saved is None
    assert project(back, "rentan_penuh").to_json() == project(region, "rentan_penuh").to_json()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda s: s.pop("on"), "saved.on: is missing; it has no default"),
        (lambda s: s.update(results=5), "saved.results: is not a list"),
        (lambda s: s["results"][0].update(cost="banyak"), 'saved.results[1].cost: "banyak" is text, not a number'),
        (lambda s: s["results"][0].update(yaer=1), "saved.results[1].yaer: is not a known key"),
        (lambda s: s.update(modl=1), "saved.modl: is not a known key"),
        (lambda s: s["results"].insert(0, None), "saved.results[1]: is blank; a blank is not zero: write a value, or"
         " take the line out"),
    ],
)  # fmt: skip
def test_stored_results_that_cannot_be_read_are_a_fault_but_do_not_lock_the_data_in(change, line):
    region = parse_region(samples.data())
    data = saved(region)
    change(data["saved"])
    with pytest.raises(InputError) as caught:
        parse_region(data)
    assert [f.english() for f in caught.value.faults] == [line]
    from simulator.yaml_io import write_yaml

    found = open_yaml(write_yaml(data).encode(), "x.yaml")
    assert found.region is not None and not found.faults and not found.comparison.stored
    assert found.told == ("Catatan hasil di dalam berkas ini tidak terbaca dan dilewati; datanya utuh.",)


def test_an_opened_file_gives_region_data_and_comparison():
    region = parse_region(samples.data())
    found = open_yaml(to_file(region, DAY).encode(), "contoh.yaml")
    assert plain_data(found.region) == {**plain_data(region), "schema": 1}
    assert found.data["covered"] == 100000 and "saved" not in found.data
    assert found.comparison.same and found.faults == () and found.told == ()


def test_a_file_with_faults_still_gives_its_data_for_mending():
    found = open_yaml(samples.text_with("years: 3", "years: 30").encode(), "contoh.yaml")
    assert found.region is None and found.comparison is None and found.data["years"] == 30
    assert [f.indonesian() for f in found.faults] == ["contoh.yaml: years: 30 lebih dari 20"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_is_read_with_and_without_its_mark(mark):
    found = open_yaml(mark + samples.TEXT.replace("Guru honorer", "Guru ngaji – “TPQ”").encode(), "contoh.yaml")
    assert found.region.segments[1].name == "Guru ngaji – “TPQ”"


def test_the_file_begins_with_how_to_open_it():
    region = parse_region({**samples.data(), "title": "Kabupaten\nContoh: #1"})
    text = to_file(region, DAY)
    assert text.startswith("# Kabupaten Contoh: #1: data daerah") and "halaman Data daerah" in text.split("schema:")[0]
    assert read_region(text).title == "Kabupaten\nContoh: #1"


# ---- on the screen


def _shown() -> None:
    import streamlit as st

    from ui import reopened

    reopened.show(st.session_state["comparison"])


def shown(comparison) -> tuple[str, AppTest]:
    at = AppTest.from_function(_shown, default_timeout=30)
    at.session_state["comparison"] = comparison
    at.run()
    assert not at.exception
    return "\n".join(e.proto.body for e in at.get("html")), at


def test_the_screen_says_in_a_line_that_nothing_has_changed():
    text, _ = shown(opened(saved(parse_region(samples.data()))))
    assert f"Hasil sama dengan ketika disimpan (model {MODEL_VERSION}, 22 November 2026)." in text
    assert "tabel" not in text


def test_the_screen_shows_old_and_new_side_by_side_with_the_cause():
    data = saved(parse_region(samples.data()))
    data["scenarios"][0]["name"] = "Rentan <b>penuh</b>"
    data["saved"]["model"] = "0.9.0"
    data["saved"]["results"][3]["coverage_end"] += 0.01
    data["saved"]["results"][4]["cost"] += 1000
    text, _ = shown(opened(data))
    assert "2 dari 6 hasil berbeda" in text and "Datanya diubah sejak disimpan, dan model kini versi" in text
    assert "Rentan &lt;b&gt;penuh" in text and "% dari angkatan kerja, 500.000 pekerja" in text
    old, new = data["saved"]["results"][4]["cost"], data["saved"]["results"][4]["cost"] - 1000
    assert f"Rp {old:,.0f}".replace(",", ".") in text and f"Rp {new:,.0f}".replace(",", ".") in text


def test_the_screen_says_nothing_of_a_file_that_stored_nothing_and_folds_a_long_table():
    assert shown(differences(parse_region(samples.data())))[0] == ""
    data = saved(load_region(region_files()["palopo"]))
    data["covered"] = data["covered"]["value"] + 1000 if isinstance(data["covered"], dict) else data["covered"] + 1000
    text, at = shown(opened(data))
    assert at.expander and "Datanya diubah sejak disimpan; itu sebabnya." in text
