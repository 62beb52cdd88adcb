"""Presentation mode in a real browser: the keys of a clicker, sliders that keep their arrows, one screen at a time."""

import pytest
from browser import open_page, settle

PINS = "sematan1=asn_usulan_2&nama1=Usulan&sematan2=dbhcht_turun&nama2=DBHCHT%20turun"
NUMBER, SLIDER = ".layar-nomor", ".st-key-layar_parameter input[type=range]"
SIZES = """() => {
  const size = sign => parseFloat(getComputedStyle(document.querySelector(sign)).fontSize);
  const main = document.querySelector('[data-testid="stMain"]');
  const box = document.querySelector('.st-key-layar_bawah').getBoundingClientRect();
  return {question: size('.layar-tanya'), answer: size('.layar-jawab'), over: main.scrollHeight - innerHeight,
    wide: main.scrollWidth - innerWidth, foot: box.bottom - innerHeight};
}"""


def pressed(page, key, number):
    """Press a key and wait for the screen with this number."""
    page.keyboard.press(key)
    page.wait_for_function(f"n => document.querySelector('{NUMBER}')?.innerText.startsWith(n + '/')", arg=str(number))


def test_keys_go_forward_back_and_out_and_a_reload_stays(page, app_server):
    open_page(page, f"{app_server}/?daerah=blora-2027&skenario=gotong_royong")
    page.get_by_role("button", name="▶ Presentasi").click()
    page.locator(".layar-tanya").wait_for()
    settle(page)
    assert (
        page.get_by_role("link", name="Bandingkan").count() == 0
        or not page.get_by_role("link", name="Bandingkan").first.is_visible()
    )
    for number, key in ((2, "ArrowRight"), (3, "PageDown"), (4, " "), (3, "PageUp"), (2, "ArrowLeft")):
        pressed(page, key, number)
    for _ in range(3):
        page.keyboard.press("PageDown")  # quicker than the server draws
    pressed(page, "PageUp", 4)
    settle(page)
    page.reload()
    settle(page)
    assert page.locator(NUMBER).inner_text().startswith("4/")
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "/presentasi" not in url)
    page.get_by_role("button", name="▶ Presentasi").wait_for()


def test_arrows_on_a_slider_move_the_lever_and_not_the_screen(page, app_server):
    open_page(page, f"{app_server}/presentasi?daerah=blora-2027&skenario=gotong_royong&tanya.layar=usulan")
    answer = page.locator(".layar-jawab").inner_text()
    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("old => document.querySelector('.layar-jawab').innerText !== old", arg=answer)
    settle(page)
    assert page.locator(NUMBER).inner_text().startswith("2/")
    pressed(page, "PageDown", 3)  # a clicker works wherever the focus is
    settle(page)
    moved = page.locator(SLIDER).first.get_attribute("aria-valuetext")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(lambda url: "/presentasi" not in url and "ubah=apbd.annual_budget" in url)
    settle(page)
    assert "(diubah)" in page.locator(".siapa").first.inner_text()
    assert page.get_by_role("slider").first.get_attribute("aria-valuetext") == moved
    assert page.get_by_role("button", name="Urungkan").is_enabled()


@pytest.mark.parametrize("region", ["ponorogo", "lampung"])
def test_every_screen_fits_a_projector_without_scrolling(page, app_server, region):
    pins = f"&{PINS}" if region == "ponorogo" else ""
    open_page(page, f"{app_server}/presentasi?daerah={region}&skenario=gotong_royong{pins}")
    last = int(page.locator(NUMBER).inner_text().split("/")[1])
    for number in range(1, last + 1):
        settle(page)
        found = page.evaluate(SIZES)
        assert found["question"] >= 32 and found["answer"] >= 24
        assert found["over"] <= 0 and found["wide"] <= 0 and found["foot"] <= 0, (number, found)
        if number < last:
            pressed(page, "PageDown", number + 1)


def test_nothing_overflows_on_a_phone(page, app_server):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{app_server}/presentasi?daerah=palopo&skenario=gotong_royong&tanya.layar=cakupan")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".layar-jawab").is_visible()


def test_sliders_whose_code_comes_late_begin_at_their_levers_and_leaving_changes_nothing(page, app_server):
    """After a reload a slider's code may come after the screen was turned: what it begins at must be the lever."""
    late = []
    page.route("**/Slider*.js", lambda asked: late.append(asked))
    page.goto(f"{app_server}/presentasi?daerah=ponorogo&skenario=gotong_royong&tanya.layar=pembayar")
    page.locator(NUMBER).wait_for()
    page.locator(".st-key-layar_parameter .beli").first.wait_for()
    pressed(page, "PageDown", 5)  # a second drawing of the same sliders before the first could show them
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    assert late
    for asked in late:
        asked.continue_()
    page.unroute("**/Slider*.js")
    page.locator(SLIDER).first.wait_for()
    settle(page)
    shown = [slider.get_attribute("aria-valuetext") for slider in page.locator(SLIDER).all()]
    assert len(shown) >= 2 and "Rp 0" not in shown
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "/presentasi" not in url)
    settle(page)
    assert "ubah=" not in page.url
    assert page.get_by_role("button", name="Urungkan").is_disabled()


def test_arrow_keys_pressed_fast_all_count(page, app_server):
    open_page(page, f"{app_server}/presentasi?daerah=blora-2027&skenario=gotong_royong&tanya.layar=usulan")
    slider = page.locator(SLIDER).first
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    settle(page)
    assert slider.get_attribute("aria-valuetext") == "Rp 900 juta"  # from Rp 604,8 juta in steps of Rp 50 juta
    assert "apbd.annual_budget%3A900000000" in page.url or "apbd.annual_budget:900000000" in page.url
    assert page.evaluate("document.activeElement.type") == "range"
