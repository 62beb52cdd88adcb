"""Each page through Streamlit's own test harness: what a user sets is what the page says."""

import pytest
from streamlit.testing.v1 import AppTest

from simulator.catalogue import region_files
from ui import simulation_page

REGIONS = sorted(region_files())


def simulation(**query: str) -> AppTest:
    """The first page, opened with an address."""
    at = AppTest.from_function(_simulation, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def _simulation() -> None:
    from ui import simulation_page

    simulation_page.page()


def _method() -> None:
    from ui import method_page

    method_page.page()


def html_of(at: AppTest) -> str:
    """All HTML and text of a page."""
    parts = [e.proto.body for e in at.get("html")]
    parts += [e.value for kind in ("markdown", "caption", "info", "error", "warning") for e in at.get(kind)]
    return "\n".join(parts)


def sentence(at: AppTest) -> str:
    """The answer."""
    return next(e.proto.body for e in at.get("html") if "jawaban" in e.proto.body)


def widget(at: AppTest, kind: str, path: str):
    """The widget of a lever: `select_slider` or `text_input`."""
    return next(w for w in at.get(kind) if (w.key or "").endswith(f"|{path}"))


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_opens_with_an_answer_and_no_error(region):
    at = simulation(daerah=region)
    assert not at.exception and not at.error
    assert "pekerja terlindungi" in sentence(at)
    assert at.selectbox(key="daerah").value == region


def test_a_slider_changes_the_answer_and_the_address():
    at = simulation(daerah="ponorogo", skenario="asn_usulan_2")
    before = sentence(at)
    slider = widget(at, "select_slider", "asn.participation")
    slider.set_value(0.5).run()
    assert not at.exception
    assert sentence(at) != before
    assert at.query_params["ubah"] == "asn.participation:0.5"


def test_a_typed_number_in_indonesian_style_is_understood():
    at = simulation(daerah="blora-2027")
    widget(at, "text_input", "apbd.annual_budget").set_value("2,6 miliar").run()
    assert not at.exception
    assert at.query_params["ubah"] == "apbd.annual_budget:2600000000"
    assert widget(at, "text_input", "apbd.annual_budget").value == "2.600.000.000"


@pytest.mark.parametrize("text", ["5.5", "enam", "", "1.2.3"])
def test_what_cannot_be_read_is_told_and_nothing_is_lost(text):
    at = simulation(daerah="blora-2027", skenario="gotong_royong")
    before = sentence(at)
    widget(at, "text_input", "apbd.annual_budget").set_value(text).run()
    assert not at.exception
    assert len(at.error) == 1
    assert sentence(at) == before
    assert widget(at, "text_input", "apbd.annual_budget").value == text


def test_a_number_outside_its_limits_is_refused_with_the_limit():
    at = simulation(daerah="blora-2027")
    widget(at, "text_input", "asn.participation").set_value("140%").run()
    assert at.error[0].value == "Paling banyak 100%."


def test_months_and_start_month_make_room_for_each_other():
    at = simulation(daerah="blora-2027")
    at.selectbox(key="lever_group").set_value("apbd").run()
    widget(at, "select_slider", "apbd.start_month").set_value(3).run()
    assert not at.exception and not at.error
    assert widget(at, "select_slider", "apbd.months").value == 10
    assert "disesuaikan menjadi 10" in html_of(at)


@pytest.mark.parametrize("group", ["apbd", "apbdes", "asn", "assumptions", "coverage_base", "kelompok"])
def test_every_group_of_levers_opens(group):
    at = simulation(daerah="ponorogo")
    at.selectbox(key="lever_group").set_value(group).run()
    assert not at.exception and not at.error
    assert len(at.get("select_slider")) >= 4


def test_jht_makes_the_contribution_dearer():
    at = simulation(daerah="blora-2027")
    at.selectbox(key="lever_group").set_value("apbd").run()
    next(t for t in at.toggle if "JHT" in t.label).set_value(True).run()
    assert at.query_params["ubah"] == "apbd.programmes:jkk+jkm+jht"
    assert "≈ 684 pekerja × 12 bulan" in html_of(at)  # 302,400,000 / 12 / 36,800


@pytest.mark.parametrize(
    "query",
    [
        {"daerah": "atlantis"},
        {"daerah": "ponorogo", "skenario": "tidak_ada"},
        {"daerah": "ponorogo", "ubah": "apbd.months:14"},
        {"daerah": "ponorogo", "ubah": "apbd.bulan:6"},
        {"daerah": "ponorogo", "ubah": "rusak"},
    ],
)
def test_a_bad_link_gives_a_notice_and_a_safe_start(query):
    at = simulation(**query)
    assert not at.exception
    assert "Tautan tidak dapat dipakai" in at.info[0].value
    assert "Seperti kondisi berjalan" in sentence(at)


def test_a_link_of_another_model_version_is_told():
    at = simulation(daerah="ponorogo", skenario="baznas", versi="0.1.0")
    assert "versi 0.1.0" in at.info[0].value


def test_a_link_rebuilds_scenario_levers_and_year():
    first = simulation(daerah="ponorogo", skenario="asn_usulan_2", ubah="asn.workers_per_sponsor:3", tahun="2027")
    again = simulation(**dict(first.query_params))
    assert sentence(first) == sentence(again)
    assert "Desember 2027" in sentence(first) and "diubah" in sentence(first)


def test_resetting_brings_back_the_scenario():
    at = simulation(daerah="ponorogo", skenario="asn_usulan_2", ubah="asn.workers_per_sponsor:3")
    next(b for b in at.button if "Kembalikan" in b.label).click().run()
    assert not at.exception
    assert "ubah" not in at.query_params


@pytest.mark.parametrize("tab", simulation_page.TABS)
def test_every_tab_shows_something(tab):
    at = AppTest.from_function(_simulation, default_timeout=60)
    at.query_params["daerah"] = "ponorogo"
    at.query_params["skenario"] = "gotong_royong"
    at.session_state["tabs"] = tab
    at.run()
    assert not at.exception and not at.error
    drawn = len(at.get("vega_lite_chart")) + len(at.get("arrow_vega_lite_chart"))
    assert drawn or "tabel" in html_of(at) or "awas" in html_of(at)


@pytest.mark.parametrize(
    "tab", ["Rumus dengan angka", "Rumus keluaran", "Masukan daerah", "Catatan dan pertentangan", "Peraturan dan tarif"]
)
def test_the_method_page_shows_its_tables(tab):
    at = AppTest.from_function(_method, default_timeout=60)
    at.query_params["daerah"] = "blora-2022"
    at.session_state["tabs_metode"] = tab
    at.run()
    assert not at.exception
    assert "tabel" in html_of(at)


def test_the_method_page_names_law_status_and_date():
    at = AppTest.from_function(_method, default_timeout=60)
    at.session_state["tabs_metode"] = "Peraturan dan tarif"
    text = html_of(at.run())
    for word in ("PP 44/2015", "PP 50/2025", "peraturan", "November 2026", "Rp 6.800"):
        assert word in text


def test_corrected_data_hold_for_todays_policy_too():
    at = simulation(daerah="lampung", ubah="covered:760468")
    assert "Seperti kondisi berjalan" in sentence(at)
    assert "dengan data dan perilaku yang sama" in html_of(at)


def test_a_budget_too_small_for_one_worker_asks_for_its_unit():
    at = simulation(daerah="blora-2027")
    widget(at, "text_input", "apbd.annual_budget").set_value("2,6").run()
    assert "Tulis satuannya" in at.error[0].value


def test_a_budget_above_the_whole_apbd_is_refused():
    at = simulation(daerah="blora-2027")
    widget(at, "text_input", "apbd.annual_budget").set_value("9,99 triliun").run()
    assert at.error[0].value == "Lebih besar daripada seluruh APBD (Rp 2,21 triliun)."


@pytest.mark.parametrize("text", ["300jt", "0,3 milyar", "Rp 300 juta", "300.000.000"])
def test_money_may_be_typed_as_people_write_it(text):
    at = simulation(daerah="blora-2027")
    widget(at, "text_input", "apbd.annual_budget").set_value(text).run()
    assert not at.error
    assert at.query_params["ubah"] == "apbd.annual_budget:300000000"


def test_a_month_may_be_typed_by_its_name():
    at = simulation(daerah="blora-2027")
    at.selectbox(key="lever_group").set_value("apbd").run()
    widget(at, "text_input", "apbd.start_month").set_value("Maret").run()
    assert widget(at, "select_slider", "apbd.start_month").value == 3


def test_a_year_outside_the_run_is_told():
    at = simulation(daerah="ponorogo", skenario="baznas", tahun="2050")
    assert "Tahun 2050 di luar masa simulasi" in at.info[0].value


def test_a_typed_number_is_called_the_users_own():
    at = simulation(daerah="ponorogo", ubah="apbd.annual_budget:3500000000")
    assert "Diisi pengguna" in widget(at, "select_slider", "apbd.annual_budget").help


def test_every_tile_opens_its_formula_with_sources():
    at = simulation(daerah="blora-2027", skenario="gotong_royong", tahun="2029")
    tiles = next(e.proto.body for e in at.get("html") if 'class="ubin"' in e.proto.body)
    assert tiles.count("<details") == tiles.count('class="asal-isi"') == tiles.count("<summary") == 10
    assert "÷ 559.565 = 29,50%" in tiles or "÷ 559.566 = 29,50%" in tiles
    assert 'href="https://' in tiles and "diberitakan, data Oktober 2023" in tiles
    assert "Penyebut persentase 2023 tidak disebutkan" in tiles  # a contradiction, uncut


@pytest.mark.parametrize("tab", ["Tabel RKA", "Tabel tahunan"])
def test_every_row_of_a_table_opens_its_formula(tab):
    at = AppTest.from_function(_simulation, default_timeout=60)
    at.query_params["daerah"] = "ponorogo"
    at.session_state["tabs"] = tab
    text = html_of(at.run())
    table = next(part for part in text.split("<table") if "asal-baris" in part).split("</table>")[0]
    assert table.count("<details") == table.count('class="asal-baris"') >= 8
    assert table.count("<tr") == 1 + 2 * table.count("<details")


def test_the_help_of_a_lever_names_source_law_and_day_of_checking():
    at = simulation(daerah="blora-2027", skenario="asn_usulan_2")
    money = widget(at, "select_slider", "apbd.annual_budget").help
    assert "](<https://" in money and "PP 44/2015" in money and "diperiksa 21 November 2026" in money
    asn = widget(at, "select_slider", "asn.participation").help
    assert "diatur skenario" in asn and "realita.co" in asn
    at.selectbox(key="lever_group").set_value("kelompok").run()
    at.selectbox(key="lever_segment").set_value("other").run()
    income = widget(at, "select_slider", "other.income").help
    assert "bawaan model" in income and "PP 44/2015" in income


def test_scenario_target_and_base_name_their_sources():
    at = simulation(daerah="blora-2027", skenario="asn_usulan_2")
    text = html_of(at)
    folded = next(part for part in text.split("<details") if "Sumber skenario, target, dan penyebut" in part)
    for word in ("Usulan ASN menanggung 2 sampai 3 pekerja", "Target cakupan RPJMN", "angkatan kerja Agustus 2024"):
        assert word in folded
