"""Each page through Streamlit's own test harness: what a user sets is what the page says."""

import pytest
from streamlit.testing.v1 import AppTest

from simulator.catalogue import region_files
from ui import cases, share, simulation_page

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


def _compare() -> None:
    from ui import compare_page

    compare_page.page()


def comparison(**query: str) -> AppTest:
    """The page of pinned settings, opened with an address."""
    at = AppTest.from_function(_compare, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def button(at: AppTest, text: str):
    """The first button that says this."""
    return next(b for b in at.button if text in b.label)


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
    "tab", ["Rumus dengan angka", "Masukan daerah", "Catatan dan pertentangan", "Peraturan dan tarif"]
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


# ---- undo, pins and what was changed


def test_undo_and_redo_bring_back_levers_scenario_and_region():
    at = simulation(daerah="ponorogo", skenario="baznas")
    assert at.button(key="urungkan").disabled and at.button(key="ulangi").disabled
    answers = [sentence(at)]
    widget(at, "text_input", "apbd.annual_budget").set_value("3 miliar").run()
    at.run()  # a lever draws only parts of the page
    answers.append(sentence(at))
    assert (
        at.button(key="urungkan").help == "Mengurungkan: Anggaran iuran (APBD Kabupaten): Rp 2,6 miliar → Rp 3 miliar"
    )
    at.selectbox(key="daerah").set_value("palopo").run()
    assert "1 perubahan Anda dilepas; tombol Urungkan memulihkannya." in at.info[0].value
    answers.append(sentence(at))
    at.button(key="urungkan").click().run()
    assert sentence(at) == answers[1] and at.selectbox(key="daerah").value == "ponorogo"
    assert widget(at, "text_input", "apbd.annual_budget").value == "3.000.000.000"
    at.button(key="urungkan").click().run()
    assert sentence(at) == answers[0] and at.button(key="urungkan").disabled
    at.button(key="ulangi").click().run()
    at.button(key="ulangi").click().run()
    assert sentence(at) == answers[2] and at.button(key="ulangi").disabled
    assert not at.exception


def test_the_year_is_kept_by_undo():
    at = simulation(daerah="ponorogo", skenario="baznas", tahun="2026")
    widget(at, "text_input", "apbd.annual_budget").set_value("3 miliar").run()
    next(s for s in at.selectbox if s.label == "Tahun").set_value(2028).run()
    at.button(key="urungkan").click().run()
    assert at.query_params["tahun"] == "2028" and "ubah" not in at.query_params


def test_what_was_changed_is_listed_and_set_back_one_by_one_or_all_to_an_origin_of_choice():
    at = AppTest.from_function(_simulation, default_timeout=60)
    query = {"daerah": "ponorogo", "skenario": "asn_usulan_2", "ubah": "apbd.months:6;asn.participation:0.5"}
    query |= {"sematan1": "asn_usulan_2;apbd.months:9", "nama1": "Sembilan <bulan>"}
    for key, value in query.items():
        at.query_params[key] = value
    at.session_state["perubahan"] = True
    at.run()
    assert "12 → 6" in html_of(at) and "100% → 50%" in html_of(at)
    at.button(key="kembalikan|apbd.months").click().run()
    assert at.query_params["ubah"] == "asn.participation:0.5"
    at.selectbox(key="asal").set_value("1").run()
    assert at.selectbox(key="asal").options[2] == "Sematan “Sembilan <bulan>”"
    assert "9 → 12" in html_of(at) and "100% → 50%" in html_of(at)
    at.button(key="kembalikan|apbd.months").click().run()
    assert at.query_params["ubah"] == "asn.participation:0.5;apbd.months:9"
    at.button(key="kembalikan_semua").click().run()
    assert at.query_params["ubah"] == "apbd.months:9"
    at.selectbox(key="asal").set_value("berjalan").run()
    assert "0% → 100%" in html_of(at)
    at.button(key="kembalikan_semua").click().run()
    assert at.query_params["skenario"] == "kondisi_berjalan" and "ubah" not in at.query_params
    assert not at.exception


def test_a_setting_is_pinned_once_and_goes_into_the_link():
    at = simulation(daerah="ponorogo", skenario="baznas")
    widget(at, "text_input", "apbd.annual_budget").set_value("3 miliar").run()
    button(at, "Sematkan untuk dibandingkan (0 dari 4)").click().run()
    assert at.query_params["sematan1"] == "baznas;apbd.annual_budget:3000000000"
    assert at.query_params["nama1"] == "Baznas ikut membayar, diubah"
    assert not any("Sematkan" in b.label for b in at.button)
    assert "Disematkan sebagai" in html_of(at)


def test_another_region_has_no_pins_of_the_old_one_and_says_so():
    at = simulation(daerah="ponorogo", sematan1="baznas", sematan2="dbhcht")
    at.selectbox(key="daerah").set_value("palopo").run()
    assert at.info[0].value == "2 sematan Kabupaten Ponorogo dilepas; tombol Urungkan memulihkannya."
    assert "sematan1" not in at.query_params
    at.button(key="urungkan").click().run()
    assert at.query_params["sematan2"] == "dbhcht"


def test_a_link_too_long_to_share_is_told_and_leaves_the_pins_out(monkeypatch):
    pins = {f"sematan{i}": f"baznas;apbd.annual_budget:{i}000000000" for i in range(1, 5)}
    case = cases.built(share.decode({"daerah": "ponorogo", **pins}))
    monkeypatch.setattr(share, "LONGEST", 300)
    at = AppTest.from_function(_simulation, default_timeout=60)
    at.session_state["case"] = case
    at.session_state["bagikan"] = True
    at.run()
    assert not at.exception
    assert "tautan menjadi terlalu panjang" in html_of(at)
    assert "sematan" not in at.code[0].value and "daerah=ponorogo" in at.code[0].value
    assert at.query_params["daerah"] == "ponorogo" and "sematan1" not in at.query_params


# ---- the comparison


EVIL = {"nama1": '<img src=x onerror=alert(1)> & ; : | 😀 "kutip" _a_ *b* [c](h', "nama2": "Kedua"}
PINNED = {
    "daerah": "ponorogo", "skenario": "gotong_royong", "sematan1": "asn_usulan_2;asn.participation:0.5",
    "sematan2": "rentan_apbd;apbd.months:6", "patokan": "2", **EVIL,
}  # fmt: skip


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_compares_three_presets_at_one_click(region):
    at = comparison(daerah=region)
    assert "Belum ada pengaturan yang disematkan" in html_of(at)
    button(at, "Sematkan tiga contoh ini").click().run()
    assert not at.exception and not at.error
    assert [k for k in at.query_params if k.startswith("sematan")] == ["sematan1", "sematan2", "sematan3"]
    assert "Siapa membayar lebih, siapa kurang" in html_of(at) and "Parameter yang berbeda" in html_of(at)
    at.button(key="urungkan").click().run()
    assert "Belum ada pengaturan yang disematkan" in html_of(at)


def test_the_link_rebuilds_the_comparison_and_names_stand_escaped():
    first = comparison(**PINNED)
    again = comparison(**dict(first.query_params))
    assert not first.exception and html_of(first) == html_of(again)
    text = html_of(first)
    assert "<img" not in text and "&lt;img src=x" in text and "Pengaturan sekarang" in text
    assert "2 · Kedua (patokan)" in text


def test_year_and_baseline_are_chosen_on_the_page_and_the_year_holds_for_the_simulation_too():
    at = comparison(**PINNED)
    next(s for s in at.selectbox if s.label == "Tahun").set_value(2028).run()
    assert at.query_params["tahun"] == "2028" and "Hasil 2028" in html_of(at)
    next(s for s in at.selectbox if s.label == "Patokan").set_value("sekarang").run()
    assert at.query_params["patokan"] == "sekarang"
    assert "S · Pengaturan sekarang (patokan)" in html_of(at)
    assert not at.exception


def test_a_pin_is_renamed_moved_dropped_and_each_can_be_undone():
    at = comparison(**PINNED)
    box = next(t for t in at.text_input if t.label == "Nama baru")
    box.set_value("kedua").run()
    assert "sudah dipakai sematan lain" in at.error[0].value
    assert at.query_params["nama1"] == EVIL["nama1"]
    next(t for t in at.text_input if t.label == "Nama baru").set_value("  Usul   Sekda ").run()
    assert at.query_params["nama1"] == "Usul Sekda" and not at.error
    button(at, "Turun").click().run()
    assert (at.query_params["nama1"], at.query_params["nama2"]) == ("Kedua", "Usul Sekda")
    assert at.query_params["patokan"] == "1"
    button(at, "Lepas").click().run()
    assert at.query_params["nama1"] == "Usul Sekda" and "patokan" not in at.query_params
    for _ in range(3):
        at.button(key="urungkan").click().run()
    assert {k: at.query_params[k] for k in EVIL} == EVIL and at.query_params["patokan"] == "2"
    assert not at.exception


def test_a_preset_is_added_directly_until_there_are_four():
    at = comparison(**PINNED)
    for scenario in ("baznas", "dbhcht"):
        next(s for s in at.selectbox if s.label == "Sematkan").set_value(scenario).run()
    assert at.query_params["sematan4"] == "dbhcht" and not at.exception
    assert not any(s.label == "Sematkan" for s in at.selectbox)
    assert "Sudah 4 sematan" in html_of(at)


def test_the_current_setting_is_no_column_of_its_own_where_it_is_pinned():
    at = comparison(**PINNED)
    next(s for s in at.selectbox if s.label == "Sematkan").set_value("sekarang*").run()
    assert at.query_params["sematan3"] == "gotong_royong"
    text = html_of(at)
    assert "Gotong royong (sekarang)" in text and "Pengaturan sekarang" not in text


@pytest.mark.parametrize(
    "wrong",
    [{"sematan1": "tidak_ada"}, {"sematan1": "baznas;apbd.months:14"}, {"sematan1": "baznas;apbd.bulan:1"}],
)
def test_a_pin_that_no_longer_fits_is_left_out_with_one_line(wrong):
    at = comparison(daerah="ponorogo", sematan2="dbhcht", nama1="Rusak", nama2="Utuh", patokan="2", **wrong)
    assert not at.exception and len(at.info) == 1
    assert "Sematan “Rusak” tidak cocok lagi" in at.info[0].value
    assert at.query_params["nama1"] == "Utuh" and at.query_params["patokan"] == "1"


@pytest.mark.parametrize(
    "query", [{"sematan1": "baznas;rusak"}, {"lingkup": "bulan"}, {"batas": "x"}, {"patokan": "x"}]
)
def test_a_broken_link_gives_one_line_and_a_safe_start(query):
    at = comparison(daerah="ponorogo", **query)
    assert not at.exception and len(at.info) == 1
    assert at.info[0].value.startswith("Tautan tidak dapat dipakai: ")
    assert "Belum ada pengaturan yang disematkan" in html_of(at)


def test_cap_and_its_scope_are_kept_in_the_link():
    at = simulation(daerah="ponorogo", batas="5000000000", lingkup="baznas")
    assert (at.session_state["case"].cap, at.session_state["case"].cap_scope) == (5e9, "baznas")
    assert (at.query_params["batas"], at.query_params["lingkup"]) == ("5000000000", "baznas")
