"""Presentation mode, without a browser: every screen of every kind of region has its question, answer and levers."""

import datetime
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from reports import recommend
from simulator import indonesian as fmt
from simulator import load_region, project
from simulator.questions import stress
from simulator.questions.answer import answer
from simulator.stress import APBD_STOPS, DBHCHT_LESS
from ui import present_asked, present_charts, present_words
from ui.live_chart import spec_text
from ui.present_screens import ALL

ENGLISH = re.compile(r"\b(nan|None|inf|True|False|the|year|budget|coverage|cannot)\b")
PINS = {"sematan1": "asn_usulan_2", "nama1": "Usulan <b>Sekda</b>", "sematan2": "gotong_royong", "nama2": "Gotong"}


def _present() -> None:
    from ui import present_page

    present_page.page()


def opened(**query):
    at = AppTest.from_function(_present, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def said(at):
    """(question, answer) on the screen."""
    body = next(e.proto.body for e in at.get("html") if "layar-tanya" in e.proto.body)
    return [re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<div.*?</div>", body)]


def button(at, key):
    return next(b for b in at.button if b.key == key)


@pytest.mark.parametrize("pins", [{}, PINS], ids=["without pins", "with pins"])
@pytest.mark.parametrize("region", ["blora-2027", "palopo", "lampung"])
def test_every_screen_has_its_question_its_answer_and_its_levers(region, pins):
    expected = [s for s in ALL if pins or s.key != "pilihan"]
    at = opened(daerah=region, skenario="gotong_royong", **pins)
    for number, screen in enumerate(expected, 1):
        assert not at.exception and not at.error
        question, answered = said(at)
        assert question == screen.question
        assert len(answered) > 30 and not ENGLISH.search(answered), answered
        assert any(f"{number}/{len(expected)}" in e.proto.body for e in at.get("html"))
        assert len(at.select_slider) in ((2, 3, 4) if screen.levers else (0,))
        if number < len(expected):
            button(at, "layar_maju").click().run()
    assert button(at, "layar_maju").disabled
    assert not any("<b>Sekda" in e.proto.body for e in at.get("html"))


def test_a_screen_in_the_address_is_opened_and_an_unknown_one_is_the_first():
    assert said(opened(daerah="palopo", **{"tanya.layar": "kelompok"}))[0] == "Kelompok mana yang terlindungi?"
    assert said(opened(daerah="palopo", **{"tanya.layar": "<script>"}))[0] == ALL[0].question


def test_a_lever_changes_the_session_s_case_as_a_step_and_the_answer_follows():
    at = opened(daerah="blora-2027", skenario="gotong_royong", **{"tanya.layar": "usulan"})
    before = said(at)[1]
    at.select_slider[0].set_value(650_000_000.0).run()
    c = at.session_state["case"]
    assert list(c.changes) == ["apbd.annual_budget"]
    assert at.session_state["history"].past[-1].what.startswith("Anggaran iuran")
    assert said(at)[1] != before and "(diubah)" in said(at)[1]


def test_a_slider_stays_when_it_is_moved_to_nought():
    at = opened(daerah="blora-2027", skenario="gotong_royong", **{"tanya.layar": "pembayar"})
    labels = [s.label for s in at.select_slider]
    at.select_slider[0].set_value(0.0).run()
    assert [s.label for s in at.select_slider] == labels and not at.exception


def test_today_s_policy_asks_for_nothing():
    assert said(opened(daerah="ponorogo", **{"tanya.layar": "diminta"}))[1].startswith("Belum ada yang diminta")


@pytest.mark.parametrize("file", ["blora-2027", "ponorogo", "palopo", "lampung"])
def test_groups_add_up_in_what_is_said_and_drawn(file):
    region = load_region(f"scenarios/{file}.yaml")
    run, today = project(region, "gotong_royong"), project(region)
    year = run.years.years[-1]
    t = present_words.last_month(run, year)
    names, insured, gaps = present_words.groups(run, t)
    assert insured.sum() == pytest.approx(float(run.months.insured[t, 0]), rel=1e-9)
    assert present_charts.gap_frame(names, gaps)["people"].sum() == pytest.approx(gaps.sum())
    frame = present_charts.cover_frame(names, insured, present_words.groups(today, t)[1], gaps)
    assert frame.groupby("group")["share"].sum().to_numpy() == pytest.approx(1.0)
    assert frame["share"].min() >= 0 and frame["group"].nunique() <= present_charts.MOST_GROUPS


@pytest.mark.parametrize("file", ["blora-2027", "ponorogo", "palopo", "lampung"])
def test_the_table_of_what_is_asked_adds_up_to_its_sentence(file):
    region = load_region(f"scenarios/{file}.yaml")
    today = project(region)
    for scenario in (s.id for s in region.scenarios):
        run = project(region, scenario)
        for year in run.years.years[-2:]:
            decided = present_asked.decisions(today, run, year)
            a = answer(run, today, year)
            rows = present_asked.rows(run, year, decided)
            text = present_asked.asked(a, run, decided)
            assert bool(rows) == bool(decided and a.run.cost >= 0.5)
            if rows:
                assert rows[-1][2] == fmt.rupiah(a.run.cost) and f"Iuran semua sumber {rows[-1][2]}" in text
                shown = sum(fmt.parse_number(pays) for _, _, pays in rows[:-1])
                assert shown == pytest.approx(a.run.cost, rel=0.03, abs=1e5)  # each row is rounded
                assert not any("diubah" in what for _, what, _ in rows)
            for_it = recommend.verdict(a, run) in (recommend.SOUND, recommend.HOPEFUL)
            assert text.startswith("Persetujuan") == bool(decided and a.run.cost >= 0.5 and for_it), text


def test_groups_that_come_and_go_are_named():
    region = load_region("scenarios/ponorogo.yaml")
    decided = present_asked.decisions(project(region), project(region, "rentan_apbd"), 2028)
    text = "; ".join(decided[0].changes)
    assert "tidak lagi membayari RT, RW, dan BPD, Marbot" in text.replace(" dan Marbot", ", Marbot")


def test_nothing_paid_is_nothing_to_decide():
    nought = {"apbd": 0, "dbhcht": 0, "dbhcht_2": 0}
    changes = ";".join(f"{key}.annual_budget:{v}" for key, v in nought.items())
    for year in (2024, 2025):
        changes += f";dbhcht.by_year.{year}.annual_budget:0;dbhcht_2.by_year.{year}.annual_budget:0"
    at = opened(
        daerah="ponorogo", skenario="kondisi_berjalan", ubah=changes, tahun="2028", **{"tanya.layar": "diminta"}
    )
    assert said(at)[1].startswith("Tidak ada yang perlu diputuskan")
    at.query_params["tanya.layar"] = "berhenti"
    stopped = said(opened(**{k: v[0] if isinstance(v, list) else v for k, v in at.query_params.items()}))
    assert stopped[1].startswith("Tidak ada sumber pendanaan yang membayar")


def test_the_present_is_the_newest_month_and_its_reckoning_is_said():
    today = project(load_region("scenarios/ponorogo.yaml"))
    first, end = today.arrays.months[0], today.arrays.months[-1]
    for day, month in (
        (datetime.date(2020, 1, 1), first),
        (datetime.date(2026, 11, 22), (2026, 11)),
        (datetime.date(2099, 1, 1), end),
    ):
        t = present_words.newest_month(today, day)
        assert today.arrays.months[t] == month
        text = present_words.uncovered(today, t)
        assert (f"pada {fmt.month(month)}" in text.lower().replace(fmt.month(month).lower(), fmt.month(month))) and (
            text.startswith("Menurut kondisi berjalan") == (t > 0)
        )


def test_stopping_shows_the_apbd_first_and_names_a_cut_of_dbhcht_that_hits():
    region = load_region("scenarios/ponorogo.yaml")
    found = stress.report(region, 2028, "gotong_royong")
    text, shown = present_words.stopped(found, project(region, "gotong_royong"))
    assert shown.test.id == APBD_STOPS and text.startswith(shown.test.name)
    assert found.outcome(DBHCHT_LESS).test.name in text and "Oktober:" not in text


def test_the_footer_says_since_when_a_proposal_is_reckoned_to_hold():
    run = project(load_region("scenarios/ponorogo.yaml"), "gotong_royong")
    day = datetime.date(2026, 11, 22)
    assert "seolah berlaku sejak Januari 2024" in present_words.footing(run, "x", 2028, "1", day)
    assert "seolah" not in present_words.footing(run, "x", 2028, "1")
    assert "seolah" not in present_words.footing(run, "x", 2028, "1", datetime.date(2023, 12, 31))
    assert " · Sumber: " in present_words.footing(run, "x", 2028, "1")


def test_large_charts_have_no_type_below_sixteen_px_on_a_laptop():
    frame = present_charts.gap_frame(["a"], np.array([1.0]))
    text = spec_text("gap", present_charts.gap_chart, frame, height=400)
    spec = present_charts.larger(text)
    sizes = re.findall(r"'(?:fontSize|labelFontSize|titleFontSize)': \{'expr': '(\d+) \* besar'\}", str(spec))
    assert sizes and min(map(int, sizes)) * 1.42 >= 16
    assert not re.search(r"'(?:fontSize|labelFontSize|titleFontSize)': \d", str(spec))
