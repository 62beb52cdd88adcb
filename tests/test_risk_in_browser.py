"""How sure the answer is, in a real browser: the band that follows the line, cells that are edited, bars that lead."""

import re

import pytest
from browser import open_page, settle

SURE = ".yakin"
WATCH = """() => {
  window.told = [];
  new MutationObserver(() => {
    const now = document.querySelector('.yakin')?.innerText;
    if (now && window.told.at(-1) !== now) window.told.push(now);
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def test_the_line_shows_first_and_its_band_after_it(page, app_server):
    open_page(page, f"{app_server}/?daerah=blora-2027&skenario=gotong_royong")
    before = page.locator(SURE).inner_text()
    assert "Delapan dari sepuluh kemungkinan" in before and "Peluang mencapai" in before
    page.evaluate(WATCH)
    box = page.get_by_role("textbox", name=re.compile("APBD Kabupaten"))
    box.fill("2,6 miliar")
    box.press("Enter")
    drawn = "old => window.told.at(-1)?.includes('Delapan dari sepuluh') && window.told.at(-1) !== old"
    page.wait_for_function(drawn, arg=before)
    told = page.evaluate("window.told")
    assert any("sedang dihitung" in text for text in told[:-1]), told


def test_bands_hidden_stay_hidden_after_a_reload(page, app_server):
    open_page(page, f"{app_server}/?daerah=palopo&skenario=gotong_royong")
    assert page.locator(".ubin .rentang").count() == 4
    page.get_by_text("Rentang", exact=True).click()
    page.wait_for_function("() => !document.querySelector('.yakin')")
    settle(page)
    page.reload()
    settle(page)
    assert page.locator(SURE).count() == 0 and page.locator(".ubin .rentang").count() == 0


def test_a_bar_leads_to_its_lever(page, app_server):
    open_page(page, f"{app_server}/risiko?daerah=ponorogo&skenario=dbhcht_turun")
    page.get_by_role("button", name="Buka parameter").click()
    page.get_by_text("▶ Anggaran iuran").first.wait_for()
    assert "/risiko" not in page.url
    page.get_by_role("link", name="Risiko").click()
    settle(page)
    assert page.get_by_role("button", name="Buka parameter").is_visible()  # coming back does not lead away again
    chart = page.locator('[data-testid="stVegaLiteChart"] canvas').first.bounding_box()
    page.mouse.click(chart["x"] + chart["width"] * 0.66, chart["y"] + 15)
    page.get_by_text("▶ Anggaran iuran").first.wait_for()


def test_a_range_is_edited_in_the_table_found_in_the_link_and_undone(page, app_server):
    open_page(page, f"{app_server}/risiko?daerah=blora-2027")
    page.get_by_role("tab", name="Rentang angka").click()
    settle(page)
    _type_low(page, "Pekerja terlindungi saat awal", "100.000")
    page.wait_for_url(re.compile("rentang=covered(:|%3A)100000"))
    settle(page)
    assert "100.000 sampai 160.925" in page.locator('[data-testid="stMain"]').inner_text()
    page.get_by_role("button", name="Urungkan").click()
    page.wait_for_function("() => !location.search.includes('rentang=')")


def test_a_range_that_cannot_be_is_told_and_stays_in_its_cell(page, app_server):
    open_page(page, f"{app_server}/risiko?daerah=blora-2027")
    page.get_by_role("tab", name="Rentang angka").click()
    settle(page)
    _type_low(page, "Pekerja terlindungi saat awal", "150.000")
    page.get_by_text("harus memuat nilai paling mungkin").wait_for()
    assert "rentang=" not in page.url


def _type_low(page, number: str, text: str) -> None:
    """Type into the column Rendah of a number; the table is a canvas, its rows are told by an accessible grid."""
    page.locator('[data-testid="glide-cell-0-0"]').wait_for(state="attached")
    rows = page.locator('[data-testid^="glide-cell-0-"]').all_text_contents()
    row = next(i for i, name in enumerate(rows) if name.startswith(number))
    box = page.locator('[data-testid="stDataFrame"] canvas').first.bounding_box()
    page.mouse.click(box["x"] + 380, box["y"] + 35 * (row + 1) + 17)
    page.keyboard.press("Enter")
    page.locator("textarea.gdg-input").fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("where", ["risiko", "uji"])
def test_nothing_overflows_on_a_phone(page, app_server, where):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{app_server}/{where}?daerah=ponorogo&skenario=gotong_royong")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
