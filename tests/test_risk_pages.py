"""Bands on the pages, rankings and ranges, through Streamlit's own test harness."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from simulator import load_region
from simulator.catalogue import region_files
from simulator.questions import risk_words as words
from simulator.questions.measure import END
from simulator.questions.ranking import rank
from simulator.questions.risk import risk

REGIONS = sorted(region_files())
ENGLISH = re.compile(r"\b(nan|None|inf|True|False|the|year|budget|coverage|cannot|draws?)\b")


def _simulation() -> None:
    from ui import simulation_page

    simulation_page.page()


def _compare() -> None:
    from ui import compare_page

    compare_page.page()


def _risk() -> None:
    from ui import risk_page

    risk_page.page()


def _ranges() -> None:
    from ui import opening, ranges_tab

    c = opening.sound_case()
    with opening.answering():
        ranges_tab.body(c)


def opened(page, **query: str) -> AppTest:
    make = AppTest.from_string if isinstance(page, str) else AppTest.from_function
    at = make(page, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def bodies(at: AppTest) -> str:
    """All HTML of a page, without tags."""
    return re.sub(r"<[^>]+>", " ", "\n".join(e.proto.body for e in at.get("html"))).replace("\u00a0", " ")


def region(name):
    return load_region(region_files()[name])


# ---- Simulasi


@pytest.mark.parametrize("name", REGIONS)
def test_the_answer_carries_its_range_and_the_chance_in_round_words(name):
    at = opened(_simulation, daerah=name, skenario="gotong_royong")
    assert not at.exception
    year = at.session_state["case"].year
    found = risk(region(name), "gotong_royong")
    band = found.band(END, year)
    text = bodies(at)
    assert f"Delapan dari sepuluh kemungkinan: cakupan {words.shares(band.p10, band.p90)}" in text
    assert "Peluang mencapai target nasional" in text and "sedang dihitung" not in text
    assert words.off_middle(band) in text
    assert not ENGLISH.search(text)


def test_bands_can_be_switched_off_and_the_link_remembers():
    at = opened(_simulation, daerah="palopo", skenario="gotong_royong")
    next(t for t in at.toggle if t.label == "Rentang").set_value(False).run()
    assert not at.exception and "Delapan dari sepuluh kemungkinan" not in bodies(at)
    assert at.query_params["tanya.pita"] in ("tidak", ["tidak"])
    again = opened(_simulation, **{"daerah": "palopo", "skenario": "gotong_royong", "tanya.pita": "tidak"})
    assert "Delapan dari sepuluh kemungkinan" not in bodies(again) and "10–90%" not in bodies(again)


def test_a_moved_lever_gives_another_band():
    at = opened(_simulation, daerah="blora-2027")
    before = bodies(at)
    next(t for t in at.text_input if t.key.endswith("apbd.annual_budget")).set_value("2,6 miliar").run()
    after = bodies(at)
    assert not at.exception and "Delapan dari sepuluh kemungkinan" in after
    found = risk(region("blora-2027"), "kondisi_berjalan", {"apbd.annual_budget": 2.6e9})
    band = found.band(END, 2029)
    assert words.shares(band.p10, band.p90) in after
    found_in = re.compile(r"Delapan dari sepuluh kemungkinan[^.]*\.").search
    assert found_in(before)[0] != found_in(after)[0]


def test_a_range_from_a_link_is_the_users_own_and_one_that_cannot_be_is_left_out_and_said():
    at = opened(_simulation, daerah="blora-2027", rentang="covered:-;assumptions.overlap:0:0.2")
    assert at.session_state["case"].ranges == {"covered": None, "assumptions.overlap": (0.0, 0.2)}
    found = risk(region("blora-2027"), ranges={"covered": None, "assumptions.overlap": (0.0, 0.2)})
    band = found.band(END, 2029)
    assert words.shares(band.p10, band.p90) in bodies(at)
    bad = opened(_simulation, daerah="blora-2027", rentang="covered:-5:2e9;apbd.months:3:14;nobody.knows:1:2")
    assert not bad.exception and bad.session_state["case"].ranges == {}
    assert any("3 rentang tidak cocok" in i.value for i in bad.info)
    worse = opened(_simulation, daerah="blora-2027", rentang="covered:a:b")
    assert not worse.exception and any("tidak terbaca" in i.value for i in worse.info)


def test_a_region_without_ranges_shows_no_bands_and_no_switch(monkeypatch, tmp_path):
    from simulator import catalogue, dump_region, parse_region
    from simulator.catalogue import FOLDER

    raw = (FOLDER / "palopo.yaml").read_text(encoding="utf-8")
    bare = re.sub(r"^\s+(low|high): .*\n", "", raw, flags=re.M)
    (tmp_path / "pasti.yaml").write_text(bare, encoding="utf-8")
    assert dump_region(parse_region(load_region(tmp_path / "pasti.yaml")._data))
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue.region_files, "__defaults__", (tmp_path,))
    at = opened(_simulation, daerah="pasti")
    assert not at.exception and "10–90%" not in bodies(at)
    assert not [t for t in at.toggle if t.label == "Rentang"]


# ---- Bandingkan


def test_a_comparison_tells_chances_over_common_draws_and_who_is_most_robust():
    at = opened(
        _compare, daerah="blora-2027", sematan1="rentan_apbd", nama1="Rentan", sematan2="asn_usulan_3", nama2="ASN"
    )
    assert not at.exception
    text = bodies(at)
    assert "Seberapa pasti" in text and "paling tangguh" in text and "1.024 undian dan 8 uji tekanan" in text
    assert "Peluang lebih tinggi daripada kondisi berjalan" in text and "hampir pasti" in text
    assert "poin di bawah" in text and not ENGLISH.search(text)
    hidden = opened(
        _compare, **{"daerah": "blora-2027", "sematan1": "rentan_apbd", "nama1": "Rentan", "tanya.pita": "tidak"}
    )
    assert not hidden.exception and "Rentang disembunyikan" in bodies(hidden)


# ---- Risiko


@pytest.mark.parametrize("name", REGIONS)
def test_the_ranking_names_what_matters_most(name):
    at = opened(_risk, daerah=name, skenario="gotong_royong")
    assert not at.exception
    year = at.session_state["case"].year
    first = rank(region(name), year, END, "gotong_royong")[0]
    text = bodies(at)
    assert f"Paling bergantung pada {first.number.label}" in text
    assert not ENGLISH.search(text)


@pytest.mark.parametrize("what", ["average", "added", "apbd_cost", "cost"])
def test_every_answer_can_be_ranked(what):
    at = opened(_risk, daerah="ponorogo", skenario="dbhcht_turun")
    next(s for s in at.selectbox if s.label == "Jawaban yang diperiksa").set_value(what).run()
    assert not at.exception and "Paling bergantung pada" in bodies(at)


def test_the_ranges_are_listed_with_their_sources():
    at = opened(_ranges, daerah="blora-2027")
    assert not at.exception
    frame = at.dataframe[0].value
    row = frame[frame["Angka"].str.startswith("Pekerja terlindungi saat awal")].iloc[0]
    assert (row["Rendah"], row["Paling mungkin"], row["Tinggi"]) == ("85.157", "145.707", "160.925")
    assert "Batas atas memakai 29,82% (Juni 2023)" in bodies(at)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Rendah": "100.000"}, (100_000, 160_925)),
        ({"Rendah": "", "Tinggi": ""}, None),
        ({"Rendah": None, "Tinggi": None}, None),
        ({"Rendah": "140 ribu", "Tinggi": "150.000"}, (140_000, 150_000)),
    ],
)
def test_an_edited_row_is_taken_over(cells, expected):
    at = opened(_edited(cells), daerah="blora-2027")
    assert not at.exception
    assert at.session_state["case"].ranges == {"covered": expected} and not at.session_state["case"].errors


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Rendah": "150.000"}, "harus memuat nilai paling mungkin"),
        ({"Rendah": ""}, "Isi Rendah dan Tinggi"),
        ({"Tinggi": "banyak"}, ""),
        ({"Paling mungkin": "-5"}, ""),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_changes_nothing(cells, reason):
    at = opened(_edited(cells), daerah="blora-2027")
    case = at.session_state["case"]
    assert not at.exception and case.ranges == {} and case.changes == {}
    assert reason in case.errors["rentang|covered"][1] and len(case.errors["rentang|covered"][1]) > 10


def test_the_likely_value_is_the_lever_itself():
    case = opened(_edited({"Paling mungkin": "120.000"}), daerah="blora-2027").session_state["case"]
    assert case.changes == {"covered": 120_000} and case.ranges == {}


def _edited(cells: dict) -> str:
    """The text of a page that takes over one edited row of the table, as the editor hands it over."""
    return f"""
from ui import opening, ranges_tab
c = opening.sound_case()
ranges_tab._take(c, "covered", {cells!r})
"""


def test_ranges_can_be_undone():
    at = opened(_edited({"Rendah": "100.000"}), daerah="blora-2027")
    history = at.session_state["history"]
    assert history.past[-1].what.startswith("Rentang Pekerja terlindungi saat awal")
