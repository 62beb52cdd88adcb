"""Where a number comes from, in a real browser: what a click, a key and a moving slider do to the panels."""

import re

import pytest
from browser import open_page, settle

OPEN = ".ubin details.asal[open]"


@pytest.fixture
def tiles(page, app_server):
    """The tiles of a setting in which many pay."""
    open_page(page, f"{app_server}/?daerah=blora-2027&skenario=gotong_royong&tahun=2029")
    return page.locator(".ubin details.asal > summary")


def test_a_tile_opens_over_the_page_without_moving_it(page, tiles):
    below = page.locator('[role="tablist"]').first.bounding_box()
    tiles.nth(0).click()
    panel = page.locator(f"{OPEN} .asal-isi")
    assert "÷" in panel.inner_text() and panel.locator("a[href^='https://']").count() >= 3
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    assert page.locator('[role="tablist"]').first.bounding_box() == below


def test_keys_open_and_close_it_and_one_is_open_at_a_time(page, tiles):
    tiles.nth(2).focus()
    page.keyboard.press("Enter")
    tiles.nth(3).click()  # the panel covers the row below
    page.wait_for_function(f"document.querySelectorAll('{OPEN}').length === 1")
    assert page.locator(OPEN).get_attribute("data-asal") == "added"
    page.keyboard.press("Escape")
    page.wait_for_function(f"document.querySelectorAll('{OPEN}').length === 0")


def test_an_open_panel_stays_open_while_a_slider_moves(page, tiles):
    tiles.nth(6).click()
    panel = page.locator(f"{OPEN} .asal-isi")
    before = panel.inner_text()
    page.locator('[data-testid="stSidebar"] input[type=range]').first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("ubah="))
    settle(page)
    assert panel.count() == 1 and panel.inner_text() != before


def test_the_row_of_a_table_opens_below_it(page, tiles):
    page.get_by_role("tab", name="Tabel tahunan").click()
    settle(page)
    row = page.locator("tr", has_text="Cakupan rata-rata").first
    told = row.locator("xpath=following-sibling::tr[1]")
    assert not told.is_visible()
    row.locator("summary").click()
    assert told.is_visible() and "÷ 12 =" in told.inner_text()
