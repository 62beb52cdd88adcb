"""Charts as pictures: whole, white, Indonesian, telling what they show and whence; and a button for each chart."""

import datetime
import io
import re
from xml.etree import ElementTree

import pytest
from browser import open_page
from PIL import Image
from streamlit.testing.v1 import AppTest

from simulator import load_region, project
from simulator.questions import frames
from ui import chart_pictures, charts
from ui.live_chart import spec_text
from ui.palette import region_palette

WHOSE = ("scenarios/lampung.yaml", "gotong_royong")
DAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def run():
    return project(load_region(WHOSE[0]), WHOSE[1])


@pytest.fixture(scope="module")
def coverage(run):
    frame = frames.coverage(run, project(run.region))
    of = chart_pictures.picture(
        run, "Gotong <royong> & “kawan”", "cakupan", "Cakupan tiap bulan, % dari angkatan kerja"
    )
    return chart_pictures.svg(spec_text("coverage", charts.coverage_chart, frame, height=285), frame, of, DAY)


def texts(svg):
    """All that is written in a picture; the picture has to be well-formed for that."""
    return [e.text for e in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text") if e.text]


def test_a_picture_tells_what_it_shows_of_what_base_whose_it_is_and_whence(coverage, run):
    said = texts(coverage)
    assert said[0] == "Cakupan tiap bulan, % dari angkatan kerja"
    assert said[1] == f"{run.region.title} · Gotong <royong> & “kawan” · 2023–2029"
    foot = " ".join(said[-2:])
    assert "Sumber: hitungan Simulator" in foot and "model versi 1." in foot and "Dibuat 22 November 2026." in foot


def test_numbers_are_indonesian_and_the_legend_is_whole(coverage):
    said = texts(coverage)
    assert "43,92%" in said and not any(re.search(r"\d\.\d+%", text) for text in said)
    assert {"Skenario", "Kondisi berjalan", "Target"} <= set(said)
    assert not any(text.endswith("…") for text in said)


def test_a_picture_is_white_and_asks_for_nothing_from_elsewhere(coverage):
    first = ElementTree.fromstring(coverage).find("{http://www.w3.org/2000/svg}rect")
    assert first.get("fill") == "#ffffff"
    assert not re.search(r"(href|src)=|url\((?!#)|@import", coverage)


def test_a_png_has_twice_the_pixels_and_white_corners(coverage):
    root = ElementTree.fromstring(coverage)
    made = Image.open(io.BytesIO(chart_pictures.png(coverage)))
    assert made.format == "PNG"
    assert made.size == (2 * int(root.get("width")), 2 * int(root.get("height")))
    assert {made.getpixel((x, y)) for x in (0, made.width - 1) for y in (0, made.height - 1)} == {(255, 255, 255)}
    assert len(made.getcolors(maxcolors=1 << 20)) > 20, "nothing is drawn"


def test_a_legend_of_many_payers_stays_inside_the_picture(run):
    frame = frames.segments(run, 2029)
    palette = region_palette([*frames.payers(run), frames.OPEN])
    spec = spec_text("segments", charts.segments_chart, frame, height=500, palette=palette)
    whole = chart_pictures.svg(spec, frame, chart_pictures.picture(run, "x", "kelompok", "Kelompok", 2029))
    plain = Image.open(io.BytesIO(chart_pictures.png(whole, 1.0))).convert("L")
    edge = plain.crop((plain.width - 8, 0, plain.width, plain.height))
    assert edge.getextrema() == (255, 255), "something reaches the right edge"
    assert {label for label, _ in palette} <= set(texts(whole))


def test_names_that_a_chart_has_not_stand_above_it(run):
    frame = frames.coverage(run, run)
    lines = [("1  Usulan Sekda <b>", "#b5397f", (1, 0)), ("2  Lain", "#2b8a57", (10, 3))]
    of = chart_pictures.picture(run, "dua", "cakupan", "Cakupan", lines=lines)
    whole = chart_pictures.svg(spec_text("coverage", charts.coverage_chart, frame, height=285), frame, of)
    assert {"1  Usulan Sekda <b>", "2  Lain"} <= set(texts(whole))
    assert 'stroke="#2b8a57"' in whole and 'stroke-dasharray="10,3"' in whole


def test_a_file_is_named_after_region_scenario_and_chart(run):
    of = chart_pictures.picture(run, "Usulan / 2 (diubah)", "biaya", "Biaya")
    assert of.file == "provinsi_lampung-usulan_2_diubah-biaya"


# ---- on the pages


def _simulation() -> None:
    from ui import simulation_page

    simulation_page.page()


def _compare() -> None:
    from ui import compare_page

    compare_page.page()


def _goal() -> None:
    from ui import goal_page

    goal_page.page()


def _mix() -> None:
    from ui import mix_page

    mix_page.page()


def _risk() -> None:
    from ui import risk_page

    risk_page.page()


def opened(page, tab=None, **query):
    at = AppTest.from_function(page, default_timeout=60)
    for key, value in {"daerah": "ponorogo", "skenario": "gotong_royong", **query}.items():
        at.query_params[key] = value
    if tab:
        at.session_state[tab[0]] = tab[1]
    return at.run()


PAGES = [
    (_simulation, ("tabs", "Cakupan"), {"coverage", "payers"}),
    (_simulation, ("tabs", "Biaya"), {"cost"}),
    (_simulation, ("tabs", "Kelompok pekerja"), {"segments"}),
    (_simulation, ("tabs", "Manfaat"), {"claims"}),
    (_compare, None, {"compare_coverage", "compare_cost"}),
    (_goal, None, {"curve"}),
    (_mix, None, {"frontier"}),
    (_risk, ("tabs_risiko", "Paling berpengaruh"), {"gantung"}),
    (_risk, ("tabs_risiko", "Uji tekanan"), {"stress"}),
]


def named(value):
    return "-".join(sorted(value)) if isinstance(value, set) else None


@pytest.mark.parametrize(("screen", "tab", "names"), PAGES, ids=named)
def test_every_chart_of_every_page_can_be_had_as_a_picture(screen, tab, names):
    at = opened(screen, tab, sematan1="asn_usulan_2", nama1="Usulan")
    assert not at.exception
    kept = at.session_state["gambar"]
    assert set(kept) == names
    assert len([b for b in at.get("download_button") if b.proto.label in ("SVG", "PNG")]) == 2 * len(names)
    for drawn in kept.values():
        said = texts(chart_pictures.svg(drawn.spec, drawn.frame, drawn.picture))
        assert drawn.picture.title.startswith(said[0][:30]) and len(said) > 8
        assert not re.search(r"\b(undefined|NaN|null|Invalid|January|May)\b", " ".join(said))


def test_the_picture_has_the_band_that_was_drawn_after_the_line():
    at = opened(_simulation)
    assert (at.session_state["gambar"]["coverage"].frame["series"] == "Nilai tengah").any()


def test_one_click_gives_one_file(page, app_server):
    open_page(page, f"{app_server}/?daerah=palopo&skenario=gotong_royong")
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=kind, exact=True).first.click()
        found = waiting.value
        assert found.suggested_filename == f"kota_palopo-gotong_royong-cakupan.{kind.lower()}"
        with open(found.path(), "rb") as file:
            assert file.read(4) == begins[:4]
