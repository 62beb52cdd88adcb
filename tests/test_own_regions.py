"""A user's own regions: on the pages like those that ship, and what becomes of choices when their data change."""

import json

import pytest
import samples
from streamlit.testing.v1 import AppTest

from simulator import InputError, parse_region
from simulator.region import plain_data, read_region, with_scenarios
from simulator.saved import fingerprint
from simulator.yaml_io import MAX_BYTES
from ui import own_memory, own_store, share

NAME = "milik-kabupaten-contoh"


def _page() -> None:
    """The first page with the own region in the session, after the deeds that the test asks for."""
    import samples
    import streamlit as st

    from ui import own, simulation_page, state

    if "begun" not in st.session_state:
        st.session_state["begun"] = own.put(None, samples.data())
    for deed in st.session_state.pop("deeds", []):
        state.touch()
        deed(own, state)
    simulation_page.page()


def opened(**query: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=60)
    for key, value in ({"daerah": NAME} | query).items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def after(at: AppTest, *deeds) -> AppTest:
    """The page drawn anew after deeds of the form (own, state) → anything."""
    at.session_state["deeds"] = list(deeds)
    at.run()
    assert not at.exception
    return at


def told(at: AppTest) -> str:
    return "\n".join(e.value for e in at.info)


def sentence(at: AppTest) -> str:
    return next(e.proto.body for e in at.get("html") if "jawaban" in e.proto.body)


def changed(change) -> dict:
    """The sample's data after a change of them in place."""
    data = samples.data()
    change(data)
    return data


def put(change):
    return lambda own, state: own.put(NAME, changed(change))


def widget(at: AppTest, kind: str, path: str):
    return next(w for w in at.get(kind) if (w.key or "").endswith(f"|{path}"))


# ---- like any other region


def test_an_own_region_is_in_the_list_told_apart_and_runs():
    at = opened()
    box = at.selectbox(key="daerah")
    assert box.value == NAME and "Kabupaten Contoh (data Anda)" in box.options and "Kabupaten Blora 2027" in box.options
    assert "pekerja terlindungi" in sentence(at) and not at.error
    before = sentence(at)
    widget(at, "text_input", "apbd.annual_budget").set_value("2 miliar").run()
    assert sentence(at) != before and at.query_params["ubah"] == "apbd.annual_budget:2000000000"


def test_the_file_as_written_can_be_chosen_again_after_a_scenario():
    at = opened(skenario="rentan_penuh")
    box = next(b for b in at.selectbox if b.label == "Skenario")
    assert box.options == ["Kondisi berjalan", "Pekerja rentan penuh"] and box.value == "rentan_penuh"
    box.set_value(None).run()
    assert not at.exception and "skenario" not in at.query_params


def test_two_regions_of_one_name_are_told_apart():
    at = after(opened(), lambda own, state: own.put(None, samples.data()))
    options = at.selectbox(key="daerah").options
    assert "Kabupaten Contoh (data Anda)" in options and "Kabupaten Contoh (data Anda 2)" in options


@pytest.mark.parametrize("page", ["compare_page", "goal_page", "mix_page", "risk_page", "proof_page", "method_page"])
def test_every_page_takes_an_own_region(page):
    def script(page) -> None:
        import importlib

        import samples
        import streamlit as st

        from ui import own

        if "begun" not in st.session_state:
            st.session_state["begun"] = own.put(None, samples.data())
        importlib.import_module(f"ui.{page}").page()

    at = AppTest.from_function(script, default_timeout=180, args=(page,))
    at.query_params["daerah"] = NAME
    at.run()
    assert not at.exception and not at.error
    assert at.session_state["case"].region == NAME
    shown = "\n".join(e.proto.body for e in at.get("html"))
    assert "Kabupaten Contoh" in shown or any(b.value == NAME for b in at.selectbox if b.label == "Daerah")


def test_the_text_is_yaml_that_reads_back_to_the_same_region():
    seen = []
    after(opened(), lambda own, state: seen.append(own.text(NAME)))
    assert read_region(seen[0]) == parse_region(samples.data())


def test_single_years_survive_the_way_through_json():
    data = changed(lambda d: d["funders"][0].update(by_year={2028: {"months": 6}}))
    assert own_memory.from_text(own_memory.to_text(data)) == data


# ---- what becomes of the choices


def test_choices_that_still_fit_stay_as_they_are():
    at = opened(ubah="apbd.months:6", sematan1="rentan_penuh;asn.participation:0.5", uji1="apbd.annual_budget*0.5",
                rentang="covered:90000:110000", batas="5000000000")  # fmt: skip
    before, first = at.session_state["case"], sentence(at)
    after(at, put(lambda d: d.update(covered=150000)))
    c = at.session_state["case"]
    assert (c.changes, c.pins, c.tests, c.cap) == (before.changes, before.pins, before.tests, before.cap)
    assert c.ranges == before.ranges == {"covered": (90000, 110000)} and c.changes == {"apbd.months": 6}
    assert sentence(at) != first and not told(at)
    assert at.query_params["data"] == fingerprint(parse_region(changed(lambda d: d.update(covered=150000))))[:8]


def test_changes_pins_and_tests_of_a_funder_that_is_gone_are_dropped_and_named():
    at = opened(ubah="asn.participation:0.5;apbd.months:6", sematan1="-;asn.participation:0.5", nama1="Usulan ASN",
                uji1="asn.sponsors*0.5", namauji1="ASN separuh", batas="5", lingkup="asn",
                rentang="asn.sponsors:9000:12000")  # fmt: skip
    after(at, put(lambda d: d["funders"].pop(1)))
    c = at.session_state["case"]
    assert c.changes == {"apbd.months": 6} and c.pins == [] and c.tests == [] and c.cap is None and c.ranges == {}
    text = told(at)
    for name in ("ASN penanggung iuran", "Usulan ASN", "ASN separuh", "Batas biaya dilepas", "1 rentang tidak cocok"):
        assert name in text
    assert "APBD Kabupaten" not in text and not at.error and sentence(at)


def test_a_change_that_a_tighter_rule_refuses_is_dropped_and_the_others_stay():
    at = opened(ubah="rentan.workers:20000;apbd.annual_budget:5000000000")
    after(at, put(lambda d: d["coverage_base"].update(workers=70000, outside=30000) or d.update(covered=12000)))
    assert at.session_state["case"].changes == {"apbd.annual_budget": 5000000000}
    assert "Pekerja rentan" in told(at)


def test_changes_that_go_only_together_stay_together():
    at = opened(ubah="apbd.start_month:10;apbd.months:3;asn.participation:0.5")
    after(at, put(lambda d: d["funders"].pop(1)))
    assert at.session_state["case"].changes == {"apbd.start_month": 10, "apbd.months": 3}


def test_a_scenario_that_is_gone_gives_way_to_todays_policy():
    at = opened(skenario="rentan_penuh", ubah="apbd.months:6")
    after(at, put(lambda d: d.update(scenarios=[])))
    c = at.session_state["case"]
    assert (c.scenario, c.changes) == (None, {"apbd.months": 6})
    assert "Skenario “Pekerja rentan penuh” tidak ada lagi" in told(at)


def test_a_year_past_the_new_end_is_another_one():
    at = opened(tahun="2029")
    after(at, put(lambda d: d.update(years=1)))
    assert at.session_state["case"].year == 2027 and "2029 di luar masa simulasi" in told(at)


def test_data_with_faults_are_refused_and_nothing_changes():
    def deed(own, state) -> None:
        before = own.text(NAME)
        try:
            own.put(NAME, {**samples.data(), "covered": -1})
        except InputError as err:
            seen.append([f.reason() for f in err.faults])
        assert own.text(NAME) == before and own.names() == (NAME,)

    seen = []
    at = after(opened(ubah="apbd.months:6"), deed)
    assert seen[0][0] == "-1 kurang dari 0" and at.session_state["case"].changes == {"apbd.months": 6}


def test_undo_after_an_edit_goes_back_where_it_can_and_says_where_it_cannot():
    at = opened()
    after(at, lambda own, state: state.set_lever("asn.participation", 0.5))
    after(at, lambda own, state: state.set_lever("apbd.months", 6))
    after(at, put(lambda d: d["funders"].pop(1)))
    assert at.session_state["case"].changes == {"apbd.months": 6}
    after(at, lambda own, state: state.undo())
    assert "tidak dapat dipulihkan" in told(at) and at.session_state["case"].changes == {"apbd.months": 6}
    after(at, lambda own, state: state.undo())
    assert at.session_state["case"].changes == {}


def test_a_region_that_is_taken_away_leaves_a_safe_start_and_an_undo_that_says_why_not():
    at = after(opened(ubah="apbd.months:6"), lambda own, state: own.remove(NAME))
    c = at.session_state["case"]
    assert c.region == "blora-2027" and "“Kabupaten Contoh” dihapus" in told(at)
    assert "Kabupaten Contoh (data Anda)" not in at.selectbox(key="daerah").options
    assert at.query_params["daerah"] == "blora-2027"


def test_removing_another_region_leaves_the_choices_alone():
    at = after(opened(daerah="ponorogo", ubah="apbd.months:6"), lambda own, state: own.remove(NAME))
    assert at.session_state["case"].region == "ponorogo" and not told(at)


# ---- links


def test_a_link_carries_the_datas_fingerprint_and_only_for_own_regions():
    at = opened()
    assert at.query_params["data"] == fingerprint(parse_region(samples.data()))[:8]
    assert "data" not in opened(daerah="ponorogo").query_params


def test_a_link_made_on_other_data_says_so_and_one_on_the_same_does_not():
    text = "Data daerah ini tidak sama dengan data ketika tautan dibuat; angkanya dapat berbeda."
    assert text in told(opened(data="0badc0de"))
    assert text not in told(opened(data=fingerprint(parse_region(samples.data()))[:8]))
    assert text not in told(opened())


def test_a_link_to_an_own_region_that_is_not_here_asks_for_its_file():
    at = opened(daerah="milik-kota-jauh", ubah="apbd.months:6")
    assert "mintalah berkasnya lalu buka di halaman Data daerah" in told(at)
    assert at.session_state["case"].region == "blora-2027" and at.session_state["case"].changes == {}


def test_the_fingerprint_is_of_the_data_however_they_are_written():
    one, other = samples.data(), samples.data()
    other["covered"], other["schema"] = 100000.0, 1
    other["funders"][0]["annual_budget"] = {"value": 302400000}
    assert fingerprint(parse_region(one)) == fingerprint(parse_region(other))
    other["covered"] = 100001
    assert fingerprint(parse_region(one)) != fingerprint(parse_region(other))


# ---- the session's store


def _store() -> None:
    import streamlit as st

    from ui import own

    st.session_state["seen"] = st.session_state["deed"](own)


def stored(deed):
    """What a deed of the form own → anything comes to in a session of its own."""
    at = AppTest.from_function(_store, default_timeout=60)
    at.session_state["deed"] = deed
    at.run()
    assert not at.exception
    return at.session_state["seen"]


def test_ids_are_made_of_titles_and_unlike_those_there_are():
    def deed(own):
        own.keep_draft("milik-kabupaten-contoh", "x")
        found = [own.put(None, samples.data()), own.new_id("Kota Bahagia & Sejahtera"), own.new_id("²")]
        return [*found, own.put("milik-kabupaten-contoh", samples.data())]

    assert stored(deed) == [f"{NAME}_2", "milik-kota-bahagia-sejahtera", "milik-daerah-2", NAME]


def test_no_more_than_eight_and_no_id_that_is_none():
    def deed(own):
        for _ in range(own.MOST):
            own.put(None, samples.data())
        told = []
        for name in (None, "milik-lain", "ponorogo", "milik-", "milik-a b", "milik-" + "x" * 99):
            try:
                own.put(name, samples.data())
            except ValueError as err:
                told.append([f.reason() for f in getattr(err, "faults", ())])
        own.put(own.names()[0], samples.data())  # those there are may change
        return told, len(own.names()), own.room()

    full = ["sudah ada 8 daerah milik Anda; hapus salah satu lebih dahulu"]
    assert stored(deed) == ([full, full, [], [], [], []], 8, False)


def test_drafts_are_kept_as_they_are_with_or_without_a_region():
    def deed(own):
        own.keep_draft("milik-a", "bukan { json")
        own.put("milik-b", samples.data())
        own.keep_draft("milik-b", "b")
        own.drop_draft("milik-b")
        own.drop_draft("milik-tidak-ada")
        return own.drafts(), own.draft("milik-b"), own.names()

    assert stored(deed) == ({"milik-a": "bukan { json"}, None, ("milik-b",))


def test_data_larger_than_a_file_may_be_are_refused():
    with pytest.raises(InputError) as caught:
        own_memory.to_text({"title": "x" * MAX_BYTES})
    assert caught.value.faults[0].kind == "too_large"


def test_results_of_the_past_do_not_stay_with_the_data():
    def deed(own):
        own.put("milik-a", {**samples.data(), "saved": {"rusak": 1}})
        return own.text("milik-a")

    assert "saved" not in stored(deed)


# ---- what a browser hands back


def entry(data=None) -> str:
    return own_memory.to_text(data or samples.data())


def test_what_the_browser_kept_comes_back_the_newer_of_each_and_the_bad_is_counted():
    newer = changed(lambda d: d.update(title="Baru"))
    kept = {
        "daerah|milik-a": [10, entry()],
        "daerah|milik-rusak": [11, '{"title": 1}'],
        "daerah|milik-json": [11, "{"],
        "daerah|milik-b": [9_999_999_999_999, entry(newer)],
        "daerah|milik-c": [1, entry(newer)],
        "draf|milik-a": [12, "draf"],
        "draf|milik-x": [13, None],
    }

    def deed(own):
        own.put("milik-b", samples.data())
        own.put("milik-c", samples.data())
        own.remove("milik-c")
        bad = own.take_over(own_store.read(json.dumps(kept)))
        return bad, sorted(own.names()), own.regions.region("milik-b").title, own.drafts()

    assert stored(deed) == (2, ["milik-a", "milik-b"], "Baru", {"milik-a": "draf"})


def test_a_deletion_in_another_tab_holds_after_a_reload():
    def deed(own):
        own.put("milik-a", samples.data())
        own.take_over({("daerah", "milik-a"): (9_999_999_999_999, None)})
        return own.names()

    assert stored(deed) == ()


@pytest.mark.parametrize(
    "text",
    [None, 7, "", "{", "[]", "null", "[" * 100_000, "x" * (own_store.LONGEST + 1), '{"a": 1}',
     '{"daerah|milik-a": "x"}', '{"daerah|milik-a": [1]}', '{"daerah|milik-a": [true, "x"]}',
     '{"daerah|milik-a": [-1, "x"]}', '{"daerah|milik-a": [1.5, "x"]}',
     '{"daerah|milik-a": [1e30, "x"]}', '{"daerah|milik-a": [1, 2]}',
     '{"daerah|ponorogo": [1, "x"]}', '{"lain|milik-a": [1, "x"]}', '{"daerah|milik-../a": [1, "x"]}'],
)  # fmt: skip
def test_a_spoilt_memory_is_no_memory(text):
    assert own_store.read(text) == {}


def test_a_sound_memory_is_read():
    assert own_store.read('{"draf|milik-a": [5, "x"], "daerah|milik-a": [6, null]}') == {
        ("draf", "milik-a"): (5, "x"),
        ("daerah", "milik-a"): (6, None),
    }


# ---- scenarios of the file


def test_settings_become_scenarios_of_the_file_with_ids_of_their_names():
    region = parse_region(samples.data())
    data = with_scenarios(
        region,
        [
            ("", "Usulan Sekda: 3 pekerja", "Satu kalimat.", {"asn.workers_per_sponsor": 3}),
            ("", "Pekerja rentan penuh", "", {"apbd.programmes": ("jkk", "jkm", "jht")}),
            ("rentan_penuh", "Lain", "", {}),
            ("2 salah", "123", "", {"apbd.months": 6}),
        ],
    )
    more = parse_region(data).scenarios
    assert [s.id for s in more] == [
        "rentan_penuh",
        "usulan_sekda_3_pekerja",
        "pekerja_rentan_penuh",
        "rentan_penuh_2",
        "skenario_123",
    ]
    assert more[2].set == {"apbd.programmes": ["jkk", "jkm", "jht"]} and more[1].description == "Satu kalimat."
    assert plain_data(region)["scenarios"] == plain_data(parse_region(data))["scenarios"][:1]


def test_a_scenario_that_the_file_does_not_take_is_told_by_its_id():
    data = with_scenarios(parse_region(samples.data()), [("", "Salah", "", {"apbd.months": 14})])
    with pytest.raises(InputError, match=r"scenarios\.salah\.set\.apbd\.months: 14 is more than 12"):
        parse_region(data)


def test_the_link_of_data_makes_no_step():
    from ui import history

    assert history.same({share.REGION: NAME, share.DATA: "1"}, {share.REGION: NAME, share.DATA: "2"})
