"""The user guide: ten chapters, their pictures, links, and that every name of a control is one on the screen."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from on_screen import is_on_screen

from docs.guide_pictures import PICTURES
from docs.make_guide_images import FOLDER as PICTURE_FOLDER
from docs.make_guide_images import LARGEST
from simulator import load_region
from simulator.catalogue import region_files
from ui import guide_text

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = guide_text.chapters()
EVERY_CHAPTER = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: str(c.number))
TEXTS = [*(c.file for c in CHAPTERS), guide_text.FOLDER / "README.md", guide_text.SHEET_TEXT]
PAGES_TOLD = (ROOT / "streamlit_app.py").read_text(encoding="utf-8") + (ROOT / "ui" / "present_page.py").read_text(
    encoding="utf-8"
)
ENGLISH = re.compile(
    r"\b(the|and|or|of|with|click|button|year|budget|coverage|page|chapter|file|download|save|link|undo|stress|memory"
    r"|target is|scenario|chart|slide|print|report)\b"
)


def text(chapter) -> str:
    return chapter.file.read_text(encoding="utf-8")


def plain(words: str) -> str:
    """Markdown without code, and without the addresses of links and pictures."""
    return re.sub(r"\]\([^)]*\)", "]", re.sub(r"`[^`]*`", " ", words))


# ---- chapters


def test_there_are_ten_chapters_in_order():
    assert [c.number for c in CHAPTERS] == list(range(1, 11))
    assert [c.file.name[:2] for c in CHAPTERS] == [f"{n:02d}" for n in range(1, 11)]
    assert len({c.title for c in CHAPTERS}) == 10


@EVERY_CHAPTER
def test_a_chapter_is_about_a_page_with_headings_steps_and_one_or_two_pictures(chapter):
    body = text(chapter)
    assert body.startswith(f"# {chapter.number}. {chapter.title}\n")
    assert body.count("\n## ") >= 2
    assert re.search(r"^1\. ", body, re.MULTILINE)
    assert 1 <= len([p for p in guide_text.pieces(body) if p.picture]) <= 2
    assert 200 <= len(plain(body).split()) <= 540


@EVERY_CHAPTER
def test_every_name_in_bold_and_every_quoted_text_is_on_the_screen(chapter):
    body = text(chapter)
    named = re.findall(r"\*\*(.+?)\*\*", body) + re.findall("“(.+?)”", body)
    unknown = [n for n in named if not is_on_screen(n)]
    assert named and not unknown


@EVERY_CHAPTER
def test_numbers_in_the_text_are_on_the_picture_above_it(chapter):
    """A number that stands for a mark needs a picture of the chapter that has it."""
    marks = [len(PICTURES[p.picture.stem].marks) for p in guide_text.pieces(text(chapter)) if p.picture]
    told = [int(n) for n in re.findall(r"\((?:nomor )?(\d)\)", text(chapter))]
    assert not told or max(told) <= max(marks)
    assert (not told) == (max(marks) == 0)


def test_the_search_for_names_can_fail():
    assert is_on_screen("Sematkan untuk dibandingkan") and not is_on_screen("Tombol yang tidak ada")
    assert not is_on_screen("matkan untuk dibandingkan")


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_no_english_and_no_place_of_one_machine(path):
    words = plain(path.read_text(encoding="utf-8"))
    assert ENGLISH.findall(words.lower().replace("(bookmark)", "")) == []


# ---- links and pictures


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).is_file(), target


def used() -> set[str]:
    return {p.picture.stem for c in CHAPTERS for p in guide_text.pieces(text(c)) if p.picture}


def test_every_picture_of_the_guide_is_made_by_the_script_and_none_is_orphaned():
    assert used() == set(PICTURES)
    assert {p.stem for p in PICTURE_FOLDER.glob("*")} == set(PICTURES)


def test_pictures_are_small_and_png():
    files = list(PICTURE_FOLDER.glob("*.png"))
    assert all(f.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" for f in files)
    assert max(f.stat().st_size for f in files) <= LARGEST == 150_000
    assert sum(f.stat().st_size for f in files) <= 2_500_000


def test_every_chapter_is_in_the_list_of_contents():
    index = (guide_text.FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^(\d+)\. \[(.+?)\]\((.+?)\)$", index, re.MULTILINE) == [
        (str(c.number), c.title, c.file.name) for c in CHAPTERS
    ]


def test_pieces_keep_all_words_and_turn_links_between_chapters_into_words():
    found = guide_text.pieces("# 1. Judul\n\nSatu [bab 2](02-x.md).\n\n![Layar](gambar/layar.png)\n\nDua.\n")
    assert [(p.text, p.picture and p.picture.name) for p in found] == [
        ("Satu bab 2.", None), ("Layar", "layar.png"), ("Dua.", None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_of_a_page_a_region_and_a_scenario_that_exist(name):
    path, _, query = PICTURES[name].address.partition("?")
    assert path == "/" or f'"{path.strip("/")}"' in PAGES_TOLD
    asked = dict(parse_qsl(query))
    if "daerah" in asked:
        scenarios = {s.id for s in load_region(region_files()[asked["daerah"]]).scenarios}
        assert {v for k, v in asked.items() if k in ("skenario", "sematan1", "sematan2")} <= scenarios
