"""The page that hands out documents, through Streamlit's own test harness."""

import io
import re
import zipfile

import docx
import pytest
from streamlit.testing.v1 import AppTest

from ui import report_page

ENGLISH = re.compile(r"\b(nan|None|True|False|the|year|download|report)\b", re.IGNORECASE)


def _page() -> None:
    from ui import report_page

    report_page.page()


def opened(**query: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def words(at: AppTest) -> str:
    kinds = ("html", "markdown", "caption", "info", "error", "warning")
    return " ".join(re.sub(r"<[^>]+>", " ", str(e.value)) for kind in kinds for e in at.get(kind))


def press(at: AppTest, label: str) -> AppTest:
    next(b for b in at.button if b.label == label).click()
    at.run()
    for job in at.session_state["laporan_dibuat"].values():
        job.thread.join(60)
    return at.run()


@pytest.mark.parametrize("region", ["blora-2027", "ponorogo", "palopo", "lampung"])
def test_the_page_says_what_will_stand_in_the_documents(region):
    at = opened(daerah=region, skenario="gotong_royong")
    assert not at.exception
    question, advice = at.text_area
    assert question.placeholder.endswith("?")
    assert "Gotong royong" in advice.placeholder and "Rp" in advice.placeholder
    assert [b.label for b in at.button if b.label.startswith("Buat")] == [
        "Buat Memo (Word)",
        "Buat Salindia (PowerPoint)",
        "Buat Buku kerja (Excel)",
    ]
    assert not ENGLISH.search(words(at))


def test_pins_are_compared_unless_they_are_left_out():
    at = opened(
        daerah="palopo", skenario="gotong_royong", sematan1="dbhcht", nama1="Cukai", sematan2="gotong_royong", nama2="G"
    )
    assert [(c.label, c.value) for c in at.checkbox] == [("Cukai", True)]  # the proposal itself stands in any case


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Buat Memo (Word)", "word/document.xml"),
        ("Buat Salindia (PowerPoint)", "ppt/presentation.xml"),
        ("Buat Buku kerja (Excel)", "xl/workbook.xml"),
    ],
)
def test_a_document_is_made_and_can_be_downloaded(label, part):
    at = press(opened(daerah="palopo", skenario="gotong_royong"), label)
    assert not at.exception and not at.error
    (job,) = at.session_state["laporan_dibuat"].values()
    assert part in zipfile.ZipFile(io.BytesIO(job.content)).namelist()
    assert any(b.label.startswith(label.replace("Buat", "Unduh")) for b in at.get("download_button"))
    assert label not in [b.label for b in at.button]


def test_ones_own_sentences_stand_in_the_memo():
    at = opened(daerah="palopo", skenario="gotong_royong")
    at.text_area[0].set_value("Berapa yang\nharus disiapkan?")
    at.text_area[1].set_value("Setujui <b>semua</b> & segera.")
    at = press(at.run(), "Buat Memo (Word)")
    (job,) = at.session_state["laporan_dibuat"].values()
    text = "".join(t.text or "" for t in docx.Document(io.BytesIO(job.content)).element.body.iter())
    assert "Berapa yang harus disiapkan?" in text and "Setujui <b>semua</b> & segera." in text


def test_changed_words_ask_for_a_new_document():
    at = press(opened(daerah="palopo", skenario="gotong_royong"), "Buat Memo (Word)")
    at.text_area[0].set_value("Yang lain?")
    assert "Buat Memo (Word)" in [b.label for b in at.run().button]


def test_words_typed_just_before_the_click_stand_in_the_document():
    at = opened(daerah="palopo", skenario="gotong_royong")
    at.text_area[1].set_value("Baru saja diketik.")
    at = press(at, "Buat Memo (Word)")  # one drawing gets both
    (job,) = at.session_state["laporan_dibuat"].values()
    text = "".join(t.text or "" for t in docx.Document(io.BytesIO(job.content)).element.body.iter())
    assert "Baru saja diketik." in text
    assert any(b.label.startswith("Unduh Memo") for b in at.get("download_button"))


def test_words_that_are_too_long_stay_and_are_told():
    at = opened(daerah="palopo", skenario="gotong_royong")
    at.text_area[0].set_value("a" * 1001)
    at.run()
    assert "1.001 huruf; pendekkan sampai 1.000" in at.error[0].value
    assert at.text_area[0].value == "a" * 1001
    assert next(b for b in at.button if b.label == "Buat Memo (Word)").disabled


def test_a_document_that_fails_says_so_and_can_be_tried_again(monkeypatch):
    def refuse(order, ending, tell):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(report_page, "make", refuse)
    at = press(opened(daerah="palopo", skenario="gotong_royong"), "Buat Memo (Word)")
    assert not at.exception
    assert "kesalahan simulator" in at.error[0].value and "no such thing" not in words(at)
    assert "Buat Memo (Word)" in [b.label for b in at.button]
