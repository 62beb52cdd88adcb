"""The screen of the stress tests, through Streamlit's own test harness."""

import re

import pytest
from samples import TEXT
from streamlit.testing.v1 import AppTest

from simulator import InputError, dump_region, load_region, parse_region
from simulator.catalogue import region_files
from simulator.cli import main
from simulator.questions import stress
from simulator.region import with_stress_tests
from ui import cases, regions, share, stress_charts, stress_own

REGIONS = sorted(region_files())
ENGLISH = re.compile(r"\b(nan|None|inf|True|False|the|year|budget|coverage|cannot)\b")


def _page() -> None:
    import streamlit as st

    from ui import history_bar, opening, stress_tab

    c = opening.sound_case()
    with st.sidebar:
        history_bar.show()
    with opening.answering():
        stress_tab.body(c)


def opened(**query: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def bodies(at: AppTest) -> str:
    return re.sub(r"<[^>]+>", " ", "\n".join(e.proto.body for e in at.get("html")))


def html(at: AppTest, mark: str) -> str:
    return next(e.proto.body for e in at.get("html") if mark in e.proto.body)


def click(at: AppTest, label: str, place: int = 0) -> AppTest:
    return [b for b in at.button if b.label == label][place].click().run()


def box(at: AppTest, kind: str, label: str, place: int = 0):
    return [w for w in at.get(kind) if label in w.label][place]


def choose(at: AppTest, label: str) -> AppTest:
    return at.get("button_group")[0].set_value(label).run()


def address(at: AppTest) -> dict[str, str]:
    """The page's query."""
    return {k: v if isinstance(v, str) else v[0] for k, v in at.query_params.items()}


def told(at: AppTest) -> str:
    return " ".join(m.value for m in at.info)


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_shows_its_tests(region):
    at = opened(daerah=region, skenario="gotong_royong")
    assert not at.exception and not at.error
    assert "Paling banyak yang kehilangan perlindungan:" in html(at, "jawaban")
    table = html(at, "tabel uji")
    for name in ("DBHCHT −40%", "DBHCHT −95%", "APBD berhenti", "Oktober", "ASN ikut", "Lolos verval 46%", "Semua"):
        assert name in table
    assert not ENGLISH.search(bodies(at)), ENGLISH.search(bodies(at))


def test_a_test_without_effect_says_why_and_cannot_be_used():
    at = choose(opened(daerah="lampung"), "DBHCHT −95%")
    assert "tidak berpengaruh di skenario ini. Anggaran DBHCHT di skenario ini nol." in bodies(at)
    assert next(b for b in at.button if b.label == "Pakai sebagai pengaturan").disabled


def test_a_click_shows_what_the_test_changes_and_the_address_keeps_it():
    at = choose(opened(daerah="ponorogo", skenario="gotong_royong"), "DBHCHT −40%")
    shown = html(at, "gulir")
    assert "Rp 7,56 miliar" in shown and "Rp 4,536 miliar" in shown
    assert "Kejaksaan Negeri Blora" in bodies(at)
    assert address(at)["tanya.uji"] == "DBHCHT −40%"
    assert address(choose(at, "Semua"))["tanya.uji"] == "Semua"


def test_a_tests_settings_become_the_users_changes_and_can_be_undone():
    at = choose(opened(daerah="ponorogo", skenario="gotong_royong"), "DBHCHT −40%")
    at = click(at, "Pakai sebagai pengaturan")
    changes = at.session_state["case"].changes
    assert changes["dbhcht.annual_budget"] == 4_536_000_000 and len(changes) == 4
    assert "Dipakai: DBHCHT −40%" in told(at)
    at = next(b for b in at.button if "Urungkan" in b.label).click().run()
    assert at.session_state["case"].changes == {}


def test_lost_members_cannot_be_settings_and_it_is_said_why():
    at = choose(opened(daerah="ponorogo"), "Peserta hilang 12%")
    assert next(b for b in at.button if b.label == "Pakai sebagai pengaturan").disabled
    assert "tidak dapat dipakai sebagai pengaturan: tidak ada parameter" in bodies(at)


# ---- own tests


def written(at: AppTest, name: str = "APBD separuh", text: str = "-50%") -> AppTest:
    at = click(at, "Buat uji baru")
    box(at, "text_input", "Nama uji").set_value(name)
    box(at, "text_input", "Nilai").set_value(text)
    return at.run()


def test_an_own_test_is_kept_shown_and_told_by_the_address():
    at = click(written(opened(daerah="ponorogo")), "Simpan uji")
    assert at.session_state["case"].tests == [share.OwnTest("APBD separuh", {}, {"apbd.annual_budget": 0.5})]
    assert (address(at)["uji1"], address(at)["namauji1"]) == ("apbd.annual_budget*0.5", "APBD separuh")
    assert "APBD separuh" in html(at, "tabel uji") and "−50%" in bodies(at)
    assert "Yang diubah: APBD separuh" in bodies(at), "a new test is the chosen one"
    again = opened(**address(at))
    assert again.session_state["case"].tests == at.session_state["case"].tests
    at = next(b for b in at.button if "Urungkan" in b.label).click().run()
    assert at.session_state["case"].tests == []
    at = next(b for b in at.button if "Ulangi" in b.label).click().run()
    assert len(at.session_state["case"].tests) == 1


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("Uji A", "separuh", "tidak terbaca sebagai satu angka"),
        ("Uji A", "-120%", "paling sedikit −100%"),
        ("", "-50%", "Nama uji tidak boleh kosong"),
        ("DBHCHT −40%", "-50%", "sudah dipakai uji lain"),
    ],
)
def test_what_cannot_be_kept_is_told_and_stays_as_typed(name, text, reason):
    at = click(written(opened(daerah="ponorogo"), name, text), "Simpan uji")
    assert reason in " ".join(e.value for e in at.error).replace("\\", "")
    assert not at.exception and at.session_state["case"].tests == []
    assert (box(at, "text_input", "Nama uji").value, box(at, "text_input", "Nilai").value) == (name, text)


def test_a_new_value_is_held_to_the_region_as_a_whole():
    at = written(opened(daerah="ponorogo"), text="Oktober")
    box(at, "selectbox", "Angka").set_value("apbd.start_month")
    box(at, "selectbox", "Cara").set_value("menjadi").run()
    at = click(at, "Simpan uji")
    assert "melewati Desember" in " ".join(e.value for e in at.error)
    at = click(at, "Tambah angka")
    box(at, "selectbox", "Angka", 1).set_value("apbd.months")
    box(at, "selectbox", "Cara", 1).set_value("menjadi")
    box(at, "text_input", "Nilai", 1).set_value("3").run()
    at = click(at, "Simpan uji")
    assert not at.error
    assert at.session_state["case"].tests[0].set == {"apbd.start_month": 10, "apbd.months": 3}


def test_whole_numbers_are_not_changed_by_a_percentage():
    at = written(opened(daerah="ponorogo"))
    box(at, "selectbox", "Angka").set_value("apbd.months").run()
    assert "Bilangan bulat" in " ".join(e.value for e in click(at, "Simpan uji").error)


def test_an_own_test_can_be_changed_and_deleted():
    at = opened(daerah="ponorogo", uji1="apbd.annual_budget*0.5;peserta_hilang:0.1", namauji1="A", uji2="apbd.months:3")
    at = click(at, "Ubah")
    assert box(at, "text_input", "Peserta hilang").value == "10%" and box(at, "text_input", "Nilai").value == "−50%"
    box(at, "text_input", "Nilai").set_value("−25%").run()
    at = click(at, "Simpan uji")
    assert at.session_state["case"].tests[0] == share.OwnTest("A", {}, {"apbd.annual_budget": 0.75}, 0.1)
    at = click(at, "Hapus", 0)
    assert [t.name for t in at.session_state["case"].tests] == ["Uji 2"]
    assert address(at)["uji1"] == "apbd.months:3"


def test_a_row_that_is_taken_away_leaves_the_others_as_typed():
    at = click(written(opened(daerah="ponorogo"), text="-10%"), "Tambah angka")
    box(at, "text_input", "Nilai", 1).set_value("-20%").run()
    at = click(at, "Hapus", 0)
    assert [w.value for w in at.text_input if w.label == "Nilai"] == ["-20%"]


def test_a_link_with_a_test_that_does_not_fit_opens_without_it_and_says_so():
    at = opened(daerah="ponorogo", uji1="apbd.anual_budget*0.5", namauji1="Salah <b>", uji2="apbd.months:3")
    assert "Uji “Salah" in told(at) and [t.name for t in at.session_state["case"].tests] == ["Uji 2"]
    assert not at.exception
    bad = opened(daerah="ponorogo", uji1="apbd.annual_budget*banyak")
    assert "Tautan tidak dapat dipakai" in told(bad) and not bad.exception


def test_a_name_is_text_on_the_page():
    at = opened(daerah="ponorogo", uji1="apbd.annual_budget*0.5", namauji1="<script>alert(1)</script>")
    assert not at.exception
    assert all("<script>alert" not in e.proto.body for e in at.get("html"))


def _other_region() -> None:
    from ui import opening, state, stress_tab

    c = opening.sound_case()
    if c.region == "ponorogo":
        state.choose_region("palopo")
    with opening.answering():
        stress_tab.body(state.case())


def test_another_region_leaves_the_tests_behind_and_says_so():
    at = AppTest.from_function(_other_region, default_timeout=60)
    at.query_params["daerah"], at.query_params["uji1"] = "ponorogo", "apbd.annual_budget*0.5"
    at.run()
    assert at.session_state["case"].tests == []
    assert "1 uji buatan Anda dilepas" in told(at)


def test_the_file_holds_the_tests_and_check_takes_it(tmp_path, capsys):
    test = share.OwnTest("A", {"apbd.months": 3}, {"dbhcht.annual_budget": 0.6}, 0.12)
    file = tmp_path / "ponorogo.yaml"
    more = with_stress_tests(regions.region("ponorogo"), [cases.test_data(test, "uji_1")])
    file.write_text(dump_region(more), encoding="utf-8")
    assert main(["check", str(file)]) == 0
    back = load_region(file)
    assert [(t.id, t.name, t.members_lost) for t in back.stress_tests] == [("uji_1", "A", 0.12)]
    report = stress.report(back, 2026)
    assert report.outcome("uji_1").ran
    capsys.readouterr()


def test_a_files_tests_are_listed_and_can_be_copied(tmp_path, monkeypatch):
    more = "\nstress_tests:\n  - {id: separuh, name: APBD separuh, scale: {apbd.annual_budget: 0.5}, note: Contoh.}\n"
    file = tmp_path / "contoh.yaml"
    file.write_text(TEXT + more, encoding="utf-8")
    monkeypatch.setattr(regions, "files", lambda: {"contoh": file})
    monkeypatch.setattr(cases, "files", lambda: {"contoh": file})
    monkeypatch.setattr("ui.state.files", lambda: {"contoh": file})
    at = choose(opened(daerah="contoh"), "APBD separuh")
    assert not at.exception and "Yang diubah: APBD separuh" in bodies(at)
    at = click(at, "Salin ke uji sendiri")
    assert at.session_state["case"].tests == [
        share.OwnTest("APBD separuh (salinan)", {}, {"apbd.annual_budget": 0.5}, 0.0)
    ]


def test_own_ids_are_not_those_of_the_file(monkeypatch):
    r = parse_region(
        {**regions.region("palopo")._data, "stress_tests": [{"id": "uji_1", "name": "X", "members_lost": 0.1}]}
    )
    monkeypatch.setattr("ui.state.region", lambda _: r)
    c = cases.Case("palopo", tests=[share.OwnTest("A", {}, {}, 0.1), share.OwnTest("B", {}, {}, 0.2)])
    assert [s.id for s in stress_own.specs(c)] == ["uji_2", "uji_3"]


def test_no_more_than_eight_tests_come_by_a_link():
    words = {"daerah": "ponorogo", **{f"uji{i}": "apbd.months:3" for i in range(1, 10)}}
    with pytest.raises(share.BadLink, match="paling banyak 8"):
        share.decode(words)


def test_the_chart_knows_no_number():
    found = stress.report(regions.region("ponorogo"), 2026)
    frame = stress.coverage(found, ["mulai_oktober"])
    spec = stress_charts.coverage_chart(frame.iloc[:0]).to_json()
    assert (
        stress_charts.coverage_chart(frame).to_dict()["layer"]
        == stress_charts.coverage_chart(frame[:0]).to_dict()["layer"]
    )
    assert "Ponorogo" not in spec


def test_a_year_outside_the_run_is_refused():
    with pytest.raises(InputError):
        stress.report(regions.region("ponorogo"), 2050)
