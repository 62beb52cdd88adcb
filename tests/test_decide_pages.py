"""The pages that answer questions, through Streamlit's own test harness: goal seek, mix and the cap."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from simulator import load_region, project
from simulator.catalogue import region_files
from simulator.questions.goal import seek

REGIONS = sorted(region_files())
ENGLISH = re.compile(r"\b(nan|None|inf|True|False|the|year|budget|coverage|cannot)\b")


def _goal() -> None:
    from ui import goal_page

    goal_page.page()


def _mix() -> None:
    from ui import mix_page

    mix_page.page()


def _simulation() -> None:
    from ui import simulation_page

    simulation_page.page()


def opened(page, **query: str) -> AppTest:
    """A page, opened with an address."""
    at = AppTest.from_function(page, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def bodies(at: AppTest) -> str:
    """All HTML of a page, without tags."""
    return re.sub(r"<[^>]+>", " ", "\n".join(e.proto.body for e in at.get("html")))


def sentence(at: AppTest) -> str:
    return next(re.sub(r"<[^>]+>", " ", e.proto.body) for e in at.get("html") if "jawaban" in e.proto.body)


def field(at: AppTest, kind: str, label: str):
    return next(w for w in at.get(kind) if label in w.label)


def click(at: AppTest, label: str) -> AppTest:
    return next(b for b in at.button if label in b.label).click().run()


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("question", ["Berapa yang diperlukan?", "Apa yang didapat?", "Berapa untuk menutup sisanya?"])
def test_every_region_gets_an_answer_to_every_question(region, question):
    at = opened(_goal, daerah=region)
    if question != "Berapa yang diperlukan?":
        at.get("button_group")[0].set_value(question).run()
    assert not at.exception and not at.error
    assert sentence(at).strip()
    assert not ENGLISH.search(bodies(at)), ENGLISH.search(bodies(at))


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_gets_a_mix(region):
    at = opened(_mix, daerah=region)
    assert not at.exception and not at.error
    assert "iuran" in sentence(at)
    assert not ENGLISH.search(bodies(at)), ENGLISH.search(bodies(at))


def test_a_target_that_cannot_be_read_gets_one_line_and_stays_in_its_box():
    at = opened(_goal, daerah="blora-2027")
    field(at, "text_input", "Target").set_value("tiga puluh").run()
    assert len(at.error) == 1 and "tiga puluh" in at.error[0].value
    assert field(at, "text_input", "Target").value == "tiga puluh"
    field(at, "text_input", "Target").set_value("30%").run()
    assert not at.error and "30,00%" in sentence(at)


def test_the_answer_is_the_one_that_the_model_gives_and_can_be_taken_and_undone():
    at = opened(_goal, daerah="blora-2027")
    field(at, "text_input", "Target").set_value("30%").run()
    region = load_region("scenarios/blora-2027.yaml")
    found = seek(region, "apbd.annual_budget", 0.30, 2029)
    assert "Rp 3,7 miliar" in sentence(at) and round(found.value / 1e8) == 37
    click(at, "Pakai di Simulasi")
    changes = at.session_state["case"].changes
    assert changes == {"apbd.annual_budget": found.value}
    assert project(region, "kondisi_berjalan", changes).years.coverage_end[2, 0] >= 0.30
    assert "sudah mencapai" in sentence(at)
    click(at, "Urungkan")
    assert at.session_state["case"].changes == {}


def test_what_cannot_be_reached_says_so_with_the_nearest_and_what_is_in_the_way():
    at = opened(_goal, daerah="blora-2027")
    field(at, "selectbox", "Parameter yang dicari").select("asn.participation").run()
    assert "tidak dapat mencapai" in sentence(at) and "Yang terdekat" in sentence(at)
    assert "Yang menghalangi" in bodies(at) and "tidak lolos verval" in bodies(at)


def test_what_three_billion_buys_is_told_against_the_present_setting():
    at = opened(_goal, daerah="blora-2027")
    at.get("button_group")[0].set_value("Apa yang didapat?").run()
    field(at, "text_input", "Menjadi").set_value("3 miliar").run()
    assert "menambah" in sentence(at) and "pekerja pada akhir 2029" in sentence(at)


def test_the_gap_is_closed_year_by_year_and_a_typed_path_is_followed():
    at = opened(_goal, daerah="blora-2027")
    at.get("button_group")[0].set_value("Berapa untuk menutup sisanya?").run()
    assert "Setelah sumber lain membayar bagiannya" in sentence(at)
    field(at, "text_input", "2028").set_value("27%").run()
    assert re.search(r"2028\s+27,00%", bodies(at))
    click(at, "Pakai di Simulasi")
    assert {p.split(".")[2] for p in at.session_state["case"].changes} == {"2027", "2028", "2029", "2030", "2031"}


def test_a_limit_on_the_mix_is_kept_and_an_unreadable_one_is_told():
    at = opened(_mix, daerah="blora-2027")
    field(at, "text_input", "Target").set_value("28%").run()
    field(at, "text_input", "APBD Kabupaten, Rp").set_value("500 juta").run()
    click(at, "Pakai di Simulasi")
    assert at.session_state["case"].changes.get("apbd.annual_budget", 302_400_000) <= 500e6
    field(at, "text_input", "APBD Kabupaten, Rp").set_value("banyak").run()
    assert any("banyak" in e.value for e in at.error)


def test_most_coverage_for_a_total_does_not_pass_it():
    at = opened(_mix, daerah="blora-2027")
    field(at, "selectbox", "Pertanyaan").select("Cakupan terbanyak untuk jumlah tertentu").run()
    field(at, "text_input", "Jumlah").set_value("2 miliar").run()
    assert not at.error and "paling banyak Rp 2 miliar" in sentence(at)
    click(at, "Sematkan untuk dibandingkan")
    case = at.session_state["case"]
    run = project(load_region("scenarios/blora-2027.yaml"), case.pins[0].scenario, case.pins[0].changes)
    assert run.years.cost[run.years.years.index(2029)].sum() <= 2e9 + 10


def test_a_cap_that_is_passed_is_told_on_top_and_each_way_of_keeping_it_keeps_it():
    at = opened(_simulation, daerah="blora-2027", skenario="gotong_royong", batas="700000000")
    assert "Pagu Rp 700 juta" in bodies(at)
    at.session_state["tabs"] = "Pagu"
    at.run()
    assert not at.exception
    click(at, "Pakai")
    case = at.session_state["case"]
    run = project(load_region("scenarios/blora-2027.yaml"), case.scenario, case.changes)
    public = [k for k, f in enumerate(run.region.funders) if f.payer == "government"]
    assert run.years.cost[:, public, 0].sum(axis=1).max() <= 700e6 + 1
    assert "terlewati" not in bodies(at)


def test_a_cap_that_cannot_be_read_loses_nothing():
    at = opened(_simulation, daerah="blora-2027", skenario="gotong_royong", batas="700000000")
    at.session_state["tabs"] = "Pagu"
    at.run()
    field(at, "text_input", "Pagu").set_value("tujuh ratus").run()
    assert any("tujuh ratus" in e.value for e in at.error)
    assert at.session_state["case"].cap == 700e6
    field(at, "text_input", "Pagu").set_value("").run()
    assert at.session_state["case"].cap is None
