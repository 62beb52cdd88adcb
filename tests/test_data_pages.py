"""The page Data daerah as its users meet it: ways to begin, steps, faults at their cells, undo, and what is kept."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from simulator import load_region, parse_region
from simulator.catalogue import FOLDER
from simulator.region import plain_data
from simulator.tables.assemble import check
from simulator.tables.lever_words import path_labels
from simulator.tables.rows import Row, from_text
from ui.data_start import fresh, without_numbers
from ui.data_steps import STEPS
from ui.draft import Draft

APP = str(Path(__file__).parent.parent / "streamlit_app.py")
PAGE = "from ui import data_page, own_store, style\nstyle.apply()\nown_store.listen()\ndata_page.page()"


@pytest.fixture
def at():
    """The page, nothing begun."""
    return AppTest.from_string(PAGE, default_timeout=60).run()


def button(at, text):
    """The button with this text in it."""
    return next(b for b in at.button if text in b.label)


def texts(at):
    """All that is written on the page."""
    return " ".join(str(e.value) for kind in ("html", "markdown", "caption", "info", "error") for e in at.get(kind))


def begun(at, title="Kabupaten Uji"):
    """A region begun from nothing."""
    at.text_input(key="nama_nol").set_value(title).run()
    return button(at, "Mulai dari nol").click().run()


def go(at, number):
    """Another step, counted from 1."""
    at.session_state["langkah_data"] = number - 1
    return at.run()


def draft_of(at):
    return at.session_state["draf"]


def field(at, table, column):
    """A field of a form."""
    key = f"isian|{draft_of(at).name}|{table}|{column}"
    return next(w for w in (*at.text_input, *at.selectbox, *at.text_area) if w.key == key)


def sound(at):
    """A small sound region, typed in."""
    begun(at)
    field(at, "region", "population").set_value("angkatan kerja").run()
    field(at, "region", "workers").set_value("200.000").run()
    field(at, "region", "covered").set_value("50.000").run()
    return at


def test_nothing_is_begun_and_the_chosen_region_shows_its_quality(at):
    assert not at.exception
    assert "Cara membetulkan" in texts(at)
    assert {"Mulai dari nol", "Salin dan ubah"} <= {b.label for b in at.button}


def test_a_region_from_nothing_has_behaviour_with_sources_and_no_number_of_its_own(at):
    begun(at)
    assert not at.exception
    found = check(draft_of(at).tables)
    missing = {(p.table, p.column) for p in found.problems}
    assert missing == {("region", "population"), ("region", "workers"), ("region", "covered")}
    assumptions = draft_of(at).tables["assumptions"][0]
    assert len(assumptions.cells) == 8 and all(d.get("note") for d in assumptions.details.values())
    assert "milik-kabupaten-uji" in draft_of(at).name


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
@pytest.mark.parametrize("begin", ["nothing", "ponorogo"])
def test_every_step_opens(at, number, begin):
    if begin == "nothing":
        begun(at)
    else:
        at.selectbox(key="salin_dari").set_value("ponorogo").run()
        at.checkbox(key="kosongkan").set_value(False).run()
        button(at, "Salin dan ubah").click().run()
    go(at, number)
    assert not at.exception
    assert "nan" not in texts(at).replace("pendanaan", "").replace("dana", "").split()


def test_a_sound_region_is_in_use_at_once_and_the_last_sound_one_stays(at):
    sound(at)
    name = draft_of(at).name
    kept = at.session_state["milik"].regions[name]
    assert kept.title == "Kabupaten Uji"
    field(at, "region", "covered").set_value("250.000").run()  # more than the base
    assert at.session_state["milik"].regions[name] is kept
    assert "lebih banyak daripada" in texts(at)
    field(at, "region", "covered").set_value("60.000").run()
    assert at.session_state["milik"].regions[name] is not kept


def test_what_cannot_be_read_stays_in_its_field_and_is_told_below(at):
    begun(at)
    field(at, "region", "workers").set_value("dua ratus ribu").run()
    assert "dua ratus ribu" in texts(at)
    assert field(at, "region", "workers").value == "dua ratus ribu"
    assert draft_of(at).tables["region"][0].cells["workers"] == "dua ratus ribu"


def test_an_ambiguous_number_is_asked_about(at):
    begun(at)
    field(at, "region", "workers").set_value("200,125").run()
    choices = [b.label for b in at.button if "pilih" in (b.key or "")]
    assert choices == ["200.125"]  # people come whole
    button(at, "200.125").click().run()
    assert draft_of(at).tables["region"][0].cells["workers"] == 200_125
    assert field(at, "region", "workers").value == "200.125"


def test_undo_and_redo_show_in_the_fields(at):
    sound(at)
    field(at, "region", "covered").set_value("70.000").run()
    at.button(key="urungkan_data").click().run()
    assert field(at, "region", "covered").value == "50.000"
    at.button(key="ulangi_data").click().run()
    assert field(at, "region", "covered").value == "70.000"


def test_usual_groups_and_funders_come_without_counts_and_without_guesses(at):
    sound(at)
    go(at, 2)
    at.selectbox(key="kelompok_lazim|0").set_value("marbot").run()
    at.button(key="tambah_kelompok").click().run()
    assert not at.exception
    row = draft_of(at).tables["segments"][0]
    assert row.cells["id"] == "marbot" and "workers" not in row.cells and "covered" not in row.cells
    go(at, 3)
    at.selectbox(key="sumber_lazim|0").set_value("asn").run()
    at.button(key="tambah_sumber").click().run()
    sponsors = draft_of(at).tables["sponsors"][0]
    assert "sponsors" not in sponsors.cells and sponsors.details["still_paying"]["low"] == 0.6
    assert check(draft_of(at).tables).region is None


def test_a_copied_region_is_the_same_and_keeps_its_scenarios(at):
    at.selectbox(key="salin_dari").set_value("palopo").run()
    at.checkbox(key="kosongkan").set_value(False).run()
    button(at, "Salin dan ubah").click().run()
    original = plain_data(load_region(FOLDER / "palopo.yaml"))
    copied = plain_data(check(draft_of(at).tables).region)
    assert copied.pop("title") == f"{original.pop('title')} (salinan)"
    assert copied == original


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_region_without_its_numbers_asks_for_them_all(path):
    from simulator.tables.split import split

    tables = without_numbers(split(load_region(path)._data))
    found = check(tables)
    asked = {(p.table, p.column) for p in found.problems if p.kind == "missing"}
    assert {("region", "title"), ("region", "workers"), ("region", "covered"), ("segments", "workers")} <= asked
    assert {p.kind for p in found.problems} == {"missing"}
    assert not tables["scenarios"] and not tables["settings"]


def test_the_last_step_tells_of_every_blank_that_the_model_fills(at):
    sound(at)
    go(at, 6)
    said = texts(at)
    assert "Pertumbuhan penyebut" in said and "Di luar kepesertaan" in said
    assert "pekerja terlindungi" in said


def test_what_is_wrong_in_a_scenario_is_told_once_and_its_dead_settings_go_with_one_button(at):
    at.selectbox(key="salin_dari").set_value("ponorogo").run()
    at.checkbox(key="kosongkan").set_value(False).run()
    button(at, "Salin dan ubah").click().run()
    go(at, 6)
    d = draft_of(at)
    settings = (*d.tables["settings"], *(Row({"scenario": "kondisi_berjalan", "path": p, "value": 1}) for p in "ab"))
    at.session_state["draf"] = Draft(d.name, {**d.tables, "settings": settings})
    at.run()
    assert not at.exception
    assert "2 setelan skenario menunjuk" in texts(at)
    button(at, "Hapus 2 setelan itu").click().run()
    assert draft_of(at).tables == d.tables


def test_settings_are_told_in_words_and_every_download_is_made(at, monkeypatch):
    import streamlit as st

    made = {}
    button_ = st.download_button
    monkeypatch.setattr(st, "download_button", lambda label, data, **more: made.update({label: data}) or button_(
        label, data, **more))  # fmt: skip
    at.selectbox(key="salin_dari").set_value("ponorogo").run()
    at.checkbox(key="kosongkan").set_value(False).run()
    assert made["Unduh templat Excel"]()[:2] == b"PK"
    button(at, "Salin dan ubah").click().run()
    go(at, 6)
    assert not at.exception
    assert len(made) >= 6 and all(len(make()) > 100 for make in made.values())
    labels = path_labels(draft_of(at).tables, check(draft_of(at).tables).data)
    assert labels["apbd.annual_budget"] == "APBD Kabupaten · Anggaran iuran"
    assert labels["asn.workers_per_sponsor"].startswith("ASN")
    assert len(set(labels.values())) == len(labels)


def test_a_scenario_that_lost_its_last_setting_is_named_and_can_go(at):
    at.selectbox(key="salin_dari").set_value("blora-2027").run()
    at.checkbox(key="kosongkan").set_value(False).run()
    button(at, "Salin dan ubah").click().run()
    go(at, 3)
    rows = [r.cells["id"] for r in draft_of(at).tables["budgets"]]
    at.selectbox(key=f"baris|budgets|{len(rows)}").set_value(rows.index("baznas")).run()
    at.button(key="hapus|budgets").click().run()
    assert not at.exception
    assert "sama dengan kondisi berjalan" in texts(at)
    go(at, 6)
    assert "Tanpa setelan" in texts(at)
    before = len(draft_of(at).tables["scenarios"])
    at.button(key="hapus_kosong").click().run()
    assert len(draft_of(at).tables["scenarios"]) < before
    assert check(draft_of(at).tables).region is not None


def test_more_paid_for_than_insured_is_told_where_it_is_typed(at):
    at.selectbox(key="salin_dari").set_value("ponorogo").run()
    at.checkbox(key="kosongkan").set_value(False).run()
    button(at, "Salin dan ubah").click().run()
    d = draft_of(at)
    rows = (d.tables["paid_before"][0].with_cell("workers", 10**6), *d.tables["paid_before"][1:])
    at.session_state["draf"] = Draft(d.name, {**d.tables, "paid_before": rows})
    go(at, 3)
    assert "Sudah dibayari semua sumber" in texts(at)


def test_a_removed_region_is_gone(at):
    sound(at)
    go(at, 6)
    name = draft_of(at).name
    at.button(key=f"buang|{name}").click().run()
    assert not at.exception
    assert name not in at.session_state["milik"].regions and name not in at.session_state["milik"].drafts
    assert "Mulai dari nol" in {b.label for b in at.button}


def test_the_draft_is_kept_as_text_that_reads_back(at):
    sound(at)
    d = draft_of(at)
    assert from_text(at.session_state["milik"].drafts[d.name]) == d.tables


def test_a_fresh_region_is_next_year_and_completes_to_a_region():
    import datetime

    tables = fresh("Kota Uji", datetime.date(2026, 11, 22))
    data = check(tables).data
    assert data["start"] == "2027-01"
    data["coverage_base"] = {"population": "labour_force", "workers": 1000}
    assert parse_region({**data, "covered": 100}).title == "Kota Uji"
