"""What a user makes of regions outlives a reload, a new session and other tabs, in a real browser."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import samples
from browser import free_port, new_context, open_page, serve, settle

PLACE = "simulator-daerah"


@pytest.fixture(scope="module")
def own_server() -> Iterator[str]:
    """The address of a page on which regions can be put in with a click."""
    with serve(Path(__file__).with_name("own_app.py")) as server:
        yield server.url


def press(page, name: str) -> None:
    """Press a button and wait for all that follows."""
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def choose_region(page, title: str) -> None:
    """Choose from the list of regions."""
    page.get_by_role("combobox", name=re.compile("Daerah")).click()
    page.get_by_role("option", name=title, exact=True).click()
    settle(page)


def state_of(page) -> str:
    """The line that tells what the session holds."""
    return page.get_by_text(re.compile("^milik:")).inner_text()


def holds(page, text: str) -> None:
    """Wait until the session holds this, or fail."""
    page.get_by_text(re.compile(f"^milik: {re.escape(text)}")).wait_for()


def sentence(page) -> str:
    return page.locator(".jawaban").inner_text()


def stored(page) -> dict:
    """What the browser keeps."""
    return json.loads(page.evaluate(f"localStorage.getItem('{PLACE}')") or "{}")


def written(page, key: str) -> None:
    """Wait until the browser has written an entry down, or fail."""
    page.wait_for_function("([place, key]) => key in JSON.parse(localStorage.getItem(place) || '{}')", arg=[PLACE, key])


def begin(page, url: str) -> None:
    """Keep a region of one's own and look at it."""
    open_page(page, url)
    press(page, "Simpan Kabupaten Contoh")
    written(page, "daerah|milik-kabupaten-contoh")
    choose_region(page, "Kabupaten Contoh (data Anda)")
    page.wait_for_url(re.compile("daerah=milik-kabupaten-contoh"))


def test_an_own_region_and_a_draft_survive_a_reload_and_a_new_session(page, own_server):
    begin(page, own_server)
    press(page, "Simpan draf")
    written(page, "draf|milik-daerah-draf")
    before, link = sentence(page), page.url
    page.reload()
    settle(page)
    holds(page, "milik-kabupaten-contoh; draf: {")
    assert sentence(page) == before
    other = page.context.new_page()  # a session that knows nothing
    open_page(other, link)
    assert sentence(other) == before
    assert "tidak sama" not in other.locator('[data-testid="stMain"]').inner_text()
    open_page(other, own_server)
    holds(other, "milik-kabupaten-contoh; draf: {")
    choose_region(other, "Kabupaten Contoh (data Anda)")
    assert sentence(other) == before


def test_an_edit_outlives_a_reload_and_an_old_link_says_that_its_data_were_others(page, own_server):
    begin(page, own_server)
    link, before = page.url, sentence(page)
    press(page, "Sunting")
    after = sentence(page)
    assert after != before
    page.reload()
    settle(page)
    assert sentence(page) == after
    open_page(page, link)
    assert sentence(page) == after
    assert "tidak sama dengan data ketika tautan dibuat" in page.locator('[data-testid="stMain"]').inner_text()


def test_a_link_to_data_that_this_browser_does_not_have_asks_for_their_file(page, browser, own_server):
    begin(page, own_server)
    with new_context(browser) as elsewhere:
        stranger = elsewhere.new_page()
        open_page(stranger, page.url)
        stranger.get_by_text("mintalah berkasnya lalu buka di halaman Data daerah").wait_for()
        assert "Blora" in stranger.locator('[data-testid="stMain"]').inner_text()


def test_a_restart_of_the_server_loses_nothing(page, monkeypatch):
    port = free_port()
    monkeypatch.setattr("browser.free_port", lambda: port)
    script = Path(__file__).with_name("own_app.py")
    with serve(script) as server:
        begin(page, server.url)
        before, link = sentence(page), page.url
        page.goto("about:blank")
    with serve(script):
        open_page(page, link)
        assert sentence(page) == before


def test_two_tabs_keep_each_others_regions_and_what_is_deleted_stays_deleted(page, own_server):
    open_page(page, own_server)
    other = page.context.new_page()
    open_page(other, own_server)
    press(page, "Simpan Kabupaten Contoh")
    press(other, "Simpan Kota Lain")
    third = page.context.new_page()
    open_page(third, own_server)
    holds(third, "milik-kabupaten-contoh, milik-kota-lain;")
    choose_region(third, "Kabupaten Contoh (data Anda)")
    press(third, "Hapus")
    press(other, "Simpan draf")  # the other tab writes again; it does not bring back what it never had
    third.reload()
    settle(third)
    holds(third, "milik-kota-lain; draf: {")
    entry = stored(third)["daerah|milik-kabupaten-contoh"]
    assert entry[1] is None and entry[0] > 0


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "7",
        '{"daerah|milik-x": 5, "daerah|ponorogo": [1, "{}"], "lain": [1, "x"], "draf|milik-y": ["a", "b"]}',
    ],
)
def test_a_spoilt_memory_is_no_memory_and_can_be_written_again(page, own_server, text):
    open_page(page, own_server)
    page.evaluate("([place, text]) => localStorage.setItem(place, text)", [PLACE, text])
    open_page(page, own_server)
    assert state_of(page) == "milik: ; draf: None" and sentence(page)
    press(page, "Simpan Kabupaten Contoh")
    written(page, "daerah|milik-kabupaten-contoh")


def test_a_kept_region_with_faults_is_left_out_and_told(page, own_server):
    open_page(page, own_server)
    bad = json.dumps({"daerah|milik-x": [5, '{"title": "x"}'], "draf|milik-y": [6, "halo"]})
    page.evaluate("([place, text]) => localStorage.setItem(place, text)", [PLACE, bad])
    open_page(page, own_server)
    page.get_by_text("satu data daerah tidak dapat dipakai dan dilewati").wait_for()
    assert json.loads(bad)["daerah|milik-x"] == stored(page)["daerah|milik-x"]  # nothing is thrown away


def test_a_browser_that_keeps_nothing_is_told_in_a_line(page, own_server):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }")
    open_page(page, own_server)
    press(page, "Simpan Kabupaten Contoh")
    page.get_by_text("Peramban tidak mengizinkan penyimpanan data Anda").wait_for()
    assert "milik-kabupaten-contoh" in state_of(page)


def test_keeping_a_region_runs_no_other_deed_a_second_time(page, app_server, tmp_path):
    """The browser's word that it has written all down must not come while the page is drawn: what a widget that is
    about to go had said would count again."""
    file = tmp_path / "contoh.yaml"
    file.write_text(samples.TEXT, encoding="utf-8")
    open_page(page, f"{app_server}/data")
    page.locator("input[type=file]").first.set_input_files(file)
    written(page, "daerah|milik-kabupaten-contoh")
    settle(page, quiet=1000)
    assert sorted(stored(page)) == ["daerah|milik-kabupaten-contoh", "draf|milik-kabupaten-contoh"]


def test_a_moved_slider_sends_no_region_to_the_browser(page, own_server):
    frames: list[bytes] = []

    def note(frame) -> None:
        frames.append(frame if isinstance(frame, bytes) else str(frame).encode())

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    begin(page, own_server)
    assert any(b"paid_before" in frame for frame in frames)  # it was sent once, to be kept
    frames.clear()
    before = sentence(page)
    slider = page.locator('[data-testid="stSidebar"] input[type=range]').first
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_function("old => document.querySelector('.jawaban').innerText !== old", arg=before)
    settle(page)
    assert frames and not any(b"paid_before" in frame for frame in frames)
