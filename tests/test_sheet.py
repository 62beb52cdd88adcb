"""The one-page sheet for the Sekda: as its text says, with real styles, and one A4 page."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm

from docs import make_sheet

TEXT = make_sheet.SHEET.read_text(encoding="utf-8")


def document():
    return Document(io.BytesIO(make_sheet.WORD.read_bytes()))


def test_the_word_file_is_up_to_date_and_the_same_each_time():
    assert make_sheet.word(TEXT) == make_sheet.word(TEXT)
    made = Document(io.BytesIO(make_sheet.word(TEXT)))
    assert make_sheet.WORD.read_bytes() == make_sheet.word(TEXT) or words(made) == words(document())


def words(sheet) -> list[str]:
    cells = [c.text for t in sheet.tables for row in t.rows for c in row.cells]
    return [*(p.text for p in sheet.paragraphs), *cells]


def test_all_words_of_the_text_are_in_it():
    plain = [re.sub(r"\*\*", "", line) for line in TEXT.splitlines() if line and not line.startswith("|")]
    plain = [re.sub(r"^(#+|-|\d+\.) ", "", line) for line in plain]
    cells = [c.strip() for line in TEXT.splitlines() if line.startswith("| ") for c in line.strip("|").split("|")]
    assert words(document()) == [*plain, *cells]


def test_it_has_styles_a_page_of_a4_and_five_questions():
    sheet = document()
    page = sheet.sections[0]
    assert abs(page.page_width - Mm(210)) < Mm(1) and abs(page.page_height - Mm(297)) < Mm(1)
    styles = {p.style.name for p in sheet.paragraphs}
    assert {"Title", "Heading 1", "List Bullet", "Dasar"} <= styles
    assert len(sheet.tables[0].rows) == 6
    assert "id-ID" in sheet.styles["Normal"].element.xml and sheet.core_properties.language == "id-ID"


def test_the_regulations_named_are_those_of_the_parameters():
    known = "".join(p.read_text(encoding="utf-8") for p in Path("simulator/parameters").glob("*.yaml"))
    named = re.findall(r"(?:PP|Inpres|Permendagri|PMK|Fatwa MUI) \d+/20\d\d", TEXT)
    assert len(named) >= 8 and not [n for n in named if n not in known]


def test_it_is_one_page(tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(make_sheet.WORD)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    content = (tmp_path / "lembar-sekda.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1
