"""Pages on paper: whole, light, without what only a screen needs. Held against the page as its printer sees it."""

import re

import pytest
from browser import open_page

PINS = "sematan1=asn_usulan_2&nama1=Usulan&sematan2=gotong_royong&nama2=Gotong&sematan3=dbhcht_turun&nama3=Turun"
PAGES = {
    "": "daerah=blora-2027&skenario=gotong_royong&ubah=apbd.months:6",
    "bandingkan": f"daerah=ponorogo&{PINS}",
    "risiko": "daerah=ponorogo&skenario=gotong_royong",
    "bauran": "daerah=lampung",
    "metode": "daerah=palopo",
}
WIDTH = 718  # px between the margins of an upright A4 page
SEEN = """() => {
  const wide = e => e.getBoundingClientRect().right > innerWidth + 1;
  const shown = e => e.getClientRects().length > 0 && e.getBoundingClientRect().height > 1;
  const all = sign => [...document.querySelectorAll(sign)];
  return {
    text: document.body.innerText,
    controls: all('button, input, textarea, select, a[href="bandingkan"]').filter(shown).map(e => e.outerHTML),
    cut: all('table, canvas, .jawaban, .ubin > div').filter(e => shown(e) && wide(e)).map(e => e.className),
    ink: getComputedStyle(document.querySelector('[data-testid="stMain"]')).color,
    paper: getComputedStyle(document.body).backgroundColor,
    high: document.documentElement.scrollHeight,
  };
}"""


@pytest.mark.parametrize("where", PAGES)
def test_a_page_prints_whole_and_without_what_a_screen_needs(page, app_server, where):
    open_page(page, f"{app_server}/{where}?{PAGES[where]}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDTH, "height": 1000})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen = page.evaluate(SEEN)
    assert not [html for html in seen["controls"] if 'role="tab"' not in html]
    assert not seen["cut"]
    assert "Cari jawaban" not in seen["text"] and "Urungkan" not in seen["text"]
    heading = page.locator(".cetak")
    assert re.search(r" · dicetak \d+ \w+ 20\d\d · model versi 1\.\d+\.\d+$", heading.inner_text())
    assert heading.evaluate("e => e.getClientRects().length && e.offsetHeight") < 36, (
        "the heading takes more than a line"
    )
    assert seen["text"].count("?daerah=") == 1 and f"/{where}?daerah=" in seen["text"].strip().splitlines()[-1]
    assert "Atau pilih di sini" not in seen["text"]
    assert seen["high"] > 700  # no box keeps what does not fit to itself


def test_a_dark_screen_prints_dark_on_white_on_several_pages(page, app_server):
    page.emulate_media(color_scheme="dark")
    open_page(page, f"{app_server}/?{PAGES['']}")
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen = page.evaluate(SEEN)
    assert seen["ink"] == "rgb(12, 20, 28)" and seen["paper"] == "rgb(255, 255, 255)"
    assert "Gotong royong (diubah)" in seen["text"] and "pekerja" in seen["text"]
    assert page.evaluate("document.documentElement.hasAttribute('data-gelap')")
    light = page.locator('[data-testid="stVegaLiteChart"] canvas').first
    assert "invert" in light.evaluate("e => getComputedStyle(e).filter")
