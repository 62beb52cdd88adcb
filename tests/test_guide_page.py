"""The page Panduan: every part opens, the address holds it, and the terms can be searched."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from simulator import glossary
from ui import guide_page, guide_text


def _page() -> None:
    from ui import guide_page

    guide_page.page()


def opened(**query: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=30)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def bodies(at: AppTest) -> str:
    return "\n".join([*(m.value for m in at.markdown), *(e.proto.body for e in at.get("html"))])


def captions(at: AppTest) -> list[str]:
    return [image.caption for block in at.get("image") for image in block.proto.imgs]


@pytest.mark.parametrize("chapter", guide_text.chapters(), ids=lambda c: str(c.number))
def test_a_chapter_shows_its_title_text_and_pictures(chapter):
    at = opened(bab=str(chapter.number))
    assert not at.exception and not at.error
    assert f"# {chapter.number}. {chapter.title}" in [m.value for m in at.markdown]
    pieces = guide_text.pieces(chapter.file.read_text(encoding="utf-8"))
    assert [p.text for p in pieces if not p.picture] == [m.value for m in at.markdown][1:]
    assert captions(at) == [p.text for p in pieces if p.picture]
    assert ".md)" not in bodies(at) and "belum dibuat" not in bodies(at)


def test_the_first_chapter_comes_first_and_the_address_tells_it():
    at = opened()
    assert at.query_params["bab"] == "1" and at.radio[0].value == "1"


def test_an_address_that_names_no_part_gives_the_first():
    assert opened(bab="sebelas").query_params["bab"] == "1"


def test_the_list_of_contents_and_the_buttons_turn_the_pages():
    at = opened(bab="3")
    at.radio[0].set_value("5").run()
    assert at.query_params["bab"] == "5" and "5. Mencari jawaban" in bodies(at)
    at.button("bab_sesudah").click().run()
    assert at.query_params["bab"] == "6" and at.radio[0].value == "6"
    at.button("bab_sebelum").click().run()
    assert at.query_params["bab"] == "5"


def test_first_and_last_part_have_one_button():
    assert [b.key for b in opened(bab="1").button] == ["bab_sesudah"]
    assert [b.key for b in opened(bab="lembar").button if b.key.startswith("bab")] == ["bab_sebelum"]


def test_every_part_is_reached_by_turning():
    at, seen = opened(), []
    while True:
        seen.append(at.query_params["bab"])
        if not any(b.key == "bab_sesudah" for b in at.button):
            break
        at.button("bab_sesudah").click().run()
    assert seen == list(guide_page.contents())


def shown_terms(at: AppTest) -> list[str]:
    return re.findall(r"<div><div><b>(.+?)</b>", bodies(at))


def test_all_terms_are_shown_and_the_search_narrows_them():
    at = opened(bab="istilah")
    assert shown_terms(at) == [t.term for t in glossary.all_terms()]
    at.text_input[0].set_value("zakat").run()
    assert "Baznas" in shown_terms(at) and "JKK" not in shown_terms(at)
    at.text_input[0].set_value("<b>tidakada</b>").run()
    assert not at.exception and not shown_terms(at) and at.info


def test_the_sheet_is_shown_and_can_be_downloaded():
    at = opened(bab="lembar")
    assert "Lima pertanyaan untuk setiap usulan" in bodies(at)
    assert [b.proto.label for b in at.get("download_button")] == ["Unduh lembar ini (Word, satu halaman A4)"]
