"""The page Panduan in a browser: pictures load, turning a page begins at its top, Back turns back."""

import pytest
from browser import open_page, settle

pytestmark = pytest.mark.browser
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"
LOADED = "[...document.querySelectorAll('.st-key-panduan img')].map(i => i.complete && i.naturalWidth > 0)"


def title(page) -> str:
    return page.locator(".st-key-panduan h1").inner_text()


def test_pages_turn_to_their_top_and_back(page, app_server):
    open_page(page, f"{app_server}/panduan?bab=4")
    assert page.evaluate(LOADED) == [True, True]
    page.get_by_role("button", name="5. Mencari jawaban").click()
    settle(page)
    assert title(page).startswith("5. ") and page.url.endswith("bab=5")
    assert page.evaluate(TOP) == 0
    page.go_back()
    settle(page)
    assert title(page).startswith("4. ")


def test_the_guide_opens_where_it_was_left(page, app_server):
    open_page(page, f"{app_server}/panduan?bab=istilah")
    page.get_by_role("link", name="Simulasi").click()
    settle(page)
    page.get_by_role("link", name="Panduan").click()
    settle(page)
    assert title(page) == "Istilah" and page.url.endswith("bab=istilah")
