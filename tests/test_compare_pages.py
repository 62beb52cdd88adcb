"""Pins, undo and the comparison through Streamlit's own test harness."""

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import REGIONS, _simulation, html_of, sentence, simulation, widget

from ui import cases, share


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
