"""Broken files on the page Data daerah: each is told, and what stood on the screen is not lost.

Of the page only what a file brings about is drawn: notices, refusals, the list of faults.
"""

from html import unescape

import pytest
from broken_workbooks import BROKEN as BROKEN_BOOKS
from broken_workbooks import NAME
from refused_workbooks import REFUSED
from samples import TEXT
from streamlit.testing.v1 import AppTest
from test_broken_yaml import BROKEN as BROKEN_YAML
from workbooks import edited, written

from simulator.tables.rows import from_text
from simulator.tables.split import split
from simulator.yaml_io import read_yaml

PAGE = """
import streamlit as st
from ui import data_faults, data_open, draft
if "tables" in st.session_state:
    draft.start(st.session_state.pop("tables"))
if "file" in st.session_state:
    data_open.read(*st.session_state.pop("file"))
for text in draft.notices():
    st.info(text)
data_open.refused()
data_faults.show(draft.current(), draft.problems(draft.current()))
st.button("Urungkan", on_click=draft.undo)
"""


@pytest.fixture(scope="module")
def at():
    """The page with a sound draft of one's own, opened once for all files of this module."""
    at = AppTest.from_string(PAGE, default_timeout=60)
    at.session_state["tables"] = split(read_yaml(TEXT)[0])
    return at.run()


@pytest.fixture
def opened(at):
    """The page with that draft open, and what is kept of it."""
    held = at.session_state["milik"]
    name = next(iter(held.drafts))
    from ui import draft

    at.session_state["draf"] = draft.Draft(name, from_text(held.drafts[name]))
    return at, name, held.drafts[name], held.regions[name]


def said(at):
    """All that the page says."""
    shown = " ".join(str(e.value) for kind in ("html", "info", "error", "warning") for e in at.get(kind))
    return plain(unescape(shown))


def plain(text):
    """A text without the signs that keep a name from being read as Markdown."""
    return text.replace("\\", "")


def upload(at, content, name):
    at.session_state["file"] = (content, name)
    at.run()
    assert not at.exception
    return said(at)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_leaves_the_draft_as_it_is(opened, name):
    at, own, text, region = opened
    make, message = REFUSED[name]
    shown = upload(at, make(), "berkas.xlsx")
    assert plain(message) in shown or (name == "csv" and "Judul kolom CSV ini tidak dikenal" in shown)
    held = at.session_state["milik"]
    assert at.session_state["draf"].name == own and held.drafts[own] == text and held.regions[own] is region


@pytest.mark.parametrize("name", BROKEN_BOOKS)
def test_a_workbook_with_something_wrong_shows_it_and_can_be_undone(opened, name):
    at, own, text, region = opened
    shown = upload(at, edited(written(NAME), BROKEN_BOOKS[name][0]), "isian.xlsx")
    assert "isian.xlsx dibuka sebagai" in shown
    for line in BROKEN_BOOKS[name][1]:
        assert plain(line.split(": ", 1)[1]) in shown
    at.button[-1].click().run()
    assert not at.exception
    held = at.session_state["milik"]
    assert from_text(held.drafts[own]) == from_text(text)
    assert held.regions[own].fingerprint == region.fingerprint


@pytest.mark.parametrize(("content", "lines"), [c[1:] for c in BROKEN_YAML], ids=[c[0] for c in BROKEN_YAML])
def test_a_broken_region_file_is_told_and_takes_nothing_away(opened, content, lines):
    at, own, text, region = opened
    shown = upload(at, content, "daerah.yaml")
    held = at.session_state["milik"]
    assert held.drafts[own] == text and held.regions[own] is region
    if at.session_state["draf"].name == own:  # nothing could be read: refused, with the reason
        assert plain(lines[0]) in shown
    else:  # begun as another draft, to be mended
        assert "dibetulkan" in shown or "Tidak terpakai dari berkas" in shown or "dibuka sebagai" in shown
        del held.drafts[at.session_state["draf"].name]
        held.regions.pop(at.session_state["draf"].name, None)
