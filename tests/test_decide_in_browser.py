"""Questions in a real browser: what a person types, takes over and finds again."""

import re

import pytest
from browser import open_page, settle

WAIT = "old => document.querySelector('.jawaban').innerText !== old"


def sentence(page) -> str:
    """The answer as it stands on screen."""
    return page.locator(".jawaban").inner_text()


def fill(page, label: str, text: str) -> None:
    """Type into a box and wait for another answer."""
    before = sentence(page)
    box = page.get_by_role("textbox", name=re.compile(label))
    box.fill(text)
    box.press("Enter")
    page.wait_for_function(WAIT, arg=before)
    settle(page)


def test_a_target_is_sought_taken_over_and_undone(page, app_server):
    open_page(page, f"{app_server}/cari?daerah=palopo")
    fill(page, "Target", "60%")
    answer = sentence(page)
    assert "60,00%" in answer and "anggaran iuran" in answer
    page.get_by_role("button", name="Pakai di Simulasi").click()
    page.wait_for_url(re.compile("ubah="))
    settle(page)
    page.get_by_role("link", name="Simulasi").click()
    settle(page)
    assert "(diubah)" in sentence(page)
    page.get_by_role("button", name="Urungkan").click()
    page.wait_for_function("() => !document.querySelector('.jawaban').innerText.includes('(diubah)')")


def test_a_mix_is_pinned_and_stands_in_the_comparison_and_on_the_frontier(page, app_server):
    open_page(page, f"{app_server}/bauran?daerah=blora-2027")
    fill(page, "Target", "29%")
    assert "Termurah" in sentence(page)
    page.get_by_role("button", name="Sematkan untuk dibandingkan").click()
    page.wait_for_url(re.compile("sematan1="))
    settle(page)
    page.get_by_role("link", name="Bandingkan").click()
    settle(page)
    assert "Bauran 29% 2029" in page.locator('[data-testid="stMain"]').inner_text()


def test_what_was_asked_outlives_a_reload(page, app_server):
    open_page(page, f"{app_server}/cari?daerah=palopo")
    fill(page, "Target", "55%")
    answer = sentence(page)
    page.wait_for_url(re.compile("tanya.target="))
    page.reload()
    settle(page)
    assert sentence(page) == answer


@pytest.mark.parametrize("where", ["cari", "bauran", "bandingkan"])
def test_nothing_overflows_on_a_phone(page, app_server, where):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{app_server}/{where}?daerah=ponorogo&skenario=gotong_royong")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
