"""What a person does, in a real browser."""

import re

from browser import open_page, settle

SIDEBAR = '[data-testid="stSidebar"]'


def sentence(page) -> str:
    """The answer as it stands on screen."""
    return page.locator(".jawaban").inner_text()


def choose(page, label: str, option: str) -> None:
    """Choose from a select box."""
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def test_asn_with_three_workers_each_in_ponorogo_changes_the_sentence_and_the_link_tells_it(page, app_server):
    open_page(page, app_server)
    choose(page, "Daerah", "Kabupaten Ponorogo")
    assert "Seperti kondisi berjalan" in sentence(page)
    choose(page, "Skenario", page_option(page, "usulan"))
    choose(page, "Parameter yang diatur", "ASN penanggung iuran")
    before = sentence(page)
    box = page.get_by_role("textbox", name=re.compile("Pekerja tiap penanggung"))
    box.fill("3")
    box.press("Enter")
    page.wait_for_function("old => document.querySelector('.jawaban').innerText !== old", arg=before)
    settle(page)
    after = sentence(page)
    assert "pekerja lebih banyak terlindungi" in after
    page.wait_for_url(re.compile("workers_per_sponsor"))
    link = page.url
    page.goto("about:blank")
    open_page(page, link)
    assert sentence(page) == after


def page_option(page, word: str) -> str:
    """The first scenario whose name has a word."""
    page.get_by_role("combobox", name=re.compile("Skenario")).click()
    name = page.get_by_role("option", name=re.compile(word, re.I)).first.inner_text()
    page.keyboard.press("Escape")
    return name


def test_levers_and_answer_are_visible_together_on_a_laptop(page, app_server):
    open_page(page, f"{app_server}/?daerah=blora-2027&skenario=gotong_royong")
    height = page.viewport_size["height"]
    for seen in (".jawaban", ".ubin", f"{SIDEBAR} input[type=range]", '[data-testid="stVegaLiteChart"]'):
        box = page.locator(seen).first.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + min(box["height"], 250) <= height, seen


def test_nothing_overflows_on_a_phone(page, app_server):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{app_server}/?daerah=palopo&skenario=gotong_royong")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_moves_a_slider_and_the_answer_follows(page, app_server):
    open_page(page, f"{app_server}/?daerah=bengkulu")
    before = sentence(page)
    slider = page.locator(f"{SIDEBAR} input[type=range]").first
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_function("old => document.querySelector('.jawaban').innerText !== old", arg=before)
    assert "diubah" in sentence(page)


def test_a_csv_comes_with_its_inputs_and_the_models_version(page, app_server, tmp_path):
    open_page(page, f"{app_server}/?daerah=blora-2027&skenario=gotong_royong")
    page.get_by_role("tab", name="Tabel RKA").click()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Unduh CSV")).click()
    target = tmp_path / "rka.csv"
    waiting.value.save_as(target)
    text = target.read_text(encoding="utf-8-sig")
    assert "Versi model;1." in text and "Masukan;" in text and "Iuran JKK" in text and "daerah=blora-2027" in text


def test_the_method_page_keeps_what_was_chosen(page, app_server):
    open_page(page, f"{app_server}/?daerah=lampung&skenario=baznas")
    page.get_by_role("link", name="Metode dan sumber").click()
    settle(page)
    assert "Lampung" in page.locator('[data-testid="stMain"]').inner_text()
    assert "daerah=lampung" in page.url


def test_back_in_the_browser_brings_back_what_was_changed(page, app_server):
    open_page(page, f"{app_server}/?daerah=ponorogo&skenario=baznas")
    slider = page.locator(f"{SIDEBAR} input[type=range]").first
    before = sentence(page)
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_function("old => document.querySelector('.jawaban').innerText !== old", arg=before)
    settle(page)
    changed = sentence(page)
    choose(page, "Daerah", "Kota Palopo")
    assert sentence(page) != changed
    page.go_back()
    page.wait_for_function("old => document.querySelector('.jawaban').innerText === old", arg=changed)
    settle(page)
    assert "daerah=ponorogo" in page.url and "ubah=" in page.url
    assert page.get_by_role("combobox", name=re.compile("Daerah")).input_value() == "Kabupaten Ponorogo"
