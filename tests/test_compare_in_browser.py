"""Pins, undo and the link, in a real browser: what outlives a reload and what another window sees."""

import re

from browser import new_context, open_page, settle

SIDEBAR = '[data-testid="stSidebar"]'
LONG = 'Usulan Sekda & Bappeda: seluruh ASN "menanggung" dua; 😀 <b>'
PINS = "daerah=ponorogo&skenario=baznas&sematan1=asn_usulan_2;asn.participation:0.5&sematan2=rentan_apbd;apbd.months:6"


def tables(page) -> list[str]:
    """All tables and sentences of the comparison as they stand on screen."""
    return page.locator(".tabel, .kalimat, .jawaban, .legenda").all_inner_texts()


def click(page, name: str) -> None:
    """Press a button of the sidebar."""
    page.locator(SIDEBAR).get_by_role("button", name=re.compile(name)).first.click()
    settle(page)


def go(page, name: str) -> None:
    """Another page by the navigation."""
    page.get_by_role("link", name=name).click()
    settle(page)


def test_two_pins_are_compared_alike_in_a_second_window_and_outlive_a_reload_with_undo(page, app_server, browser):
    open_page(page, f"{app_server}/?daerah=ponorogo&skenario=asn_usulan_2")
    click(page, "Sematkan untuk")
    slider = page.locator(f"{SIDEBAR} input[type=range]").first
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url(re.compile("ubah="))
    settle(page)
    click(page, "Sematkan untuk")
    go(page, "Bandingkan")
    page.locator(SIDEBAR).get_by_role("button", name="Nama").first.click()
    box = page.get_by_role("textbox", name="Nama baru")
    box.fill(LONG)
    box.press("Enter")
    page.wait_for_function("name => document.querySelector('.legenda').innerText.includes(name)", arg=LONG)
    page.keyboard.press("Escape")
    settle(page)
    shown = tables(page)
    assert len(shown) == 8 and "Parameter" in shown[-1]  # two of them say how sure it is
    with new_context(browser) as other:
        second = other.new_page()
        open_page(second, page.url)
        assert tables(second) == shown
    page.reload()
    settle(page)
    assert tables(page) == shown
    click(page, "Urungkan")
    assert LONG not in page.locator(".legenda").inner_text()
    click(page, "Ulangi")
    assert tables(page) == shown
    for _ in range(4):
        click(page, "Urungkan")
    assert "Belum ada pengaturan yang disematkan" in page.locator(".jawaban").inner_text()
    assert "ubah=" not in page.url and "sematan1" not in page.url


def test_a_pin_opens_in_the_simulation_and_the_browsers_back_is_a_step_too(page, app_server):
    open_page(page, f"{app_server}/bandingkan?{PINS}")
    click(page, "Buka")
    page.wait_for_url(re.compile("ubah=asn.participation"))
    settle(page)
    assert "ASN menanggung 2" in page.locator(".siapa").inner_text()
    assert page.locator(SIDEBAR).get_by_text("Disematkan sebagai").count() == 1
    for shown in ("bandingkan.*ubah=asn.participation", "bandingkan.*skenario=baznas"):
        page.go_back()
        page.wait_for_url(re.compile(shown))
        settle(page)
    click(page, "Urungkan")
    assert "ubah=asn.participation" in page.url


def test_another_link_in_the_same_tab_loses_nothing(page, app_server):
    open_page(page, f"{app_server}/bandingkan?{PINS}")
    open_page(page, f"{app_server}/bandingkan?daerah=palopo")
    click(page, "Urungkan")
    assert "daerah=ponorogo" in page.url and "sematan2=" in page.url


def test_the_comparison_fits_a_phone_and_shows_whole_names(page, app_server):
    page.set_viewport_size({"width": 390, "height": 844})
    name = "Pekerja rentan oleh APBD, DBHCHT, dan Baznas selama 12 bulan"
    open_page(page, f"{app_server}/bandingkan?{PINS}&nama1={name}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert name in page.locator(".legenda").inner_text()
