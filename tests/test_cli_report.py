"""The command `report`."""

import io
import zipfile

import pytest

from simulator.cli import main

FILE = "scenarios/palopo.yaml"


def told(capsys) -> str:
    out = capsys.readouterr()
    assert out.out == "" and out.err.count("\n") == 1, out
    return out.err.strip()


def test_a_name_that_no_document_has_is_refused(capsys, tmp_path):
    assert main(["report", FILE, "--out", str(tmp_path / "memo.pdf")]) == 2
    assert told(capsys).endswith("memo.pdf: the name must end in .docx, .pptx or .xlsx")


def test_a_folder_that_is_not_there_is_refused(capsys, tmp_path):
    assert main(["report", FILE, "--out", str(tmp_path / "none" / "memo.docx")]) == 2
    assert told(capsys).endswith("there is no such folder")


@pytest.mark.parametrize(
    ("name", "why"), [("ada.docx", "this is a folder"), ("a" * 252 + ".docx", "no name for a file")]
)
def test_what_is_no_name_of_a_file_is_refused(name, why, capsys, tmp_path):
    (tmp_path / "ada.docx").mkdir()
    assert main(["report", FILE, "--out", str(tmp_path / name)]) == 2
    assert why in told(capsys)


def test_a_year_of_nought_is_a_year(capsys, tmp_path):
    assert main(["report", FILE, "--year", "0", "--out", str(tmp_path / "memo.docx")]) == 2
    told(capsys)


def test_an_unknown_scenario_is_refused_with_the_nearest(capsys, tmp_path):
    assert main(["report", FILE, "--compare", "dbhct", "--out", str(tmp_path / "memo.docx")]) == 2
    assert "dbhct is not a scenario of this file; did you mean dbhcht" in told(capsys)


def test_more_than_four_are_refused(capsys, tmp_path):
    others = ["dbhcht", "baznas", "bumd", "asn_usulan_2", "asn_usulan_3"]
    assert main(["report", FILE, "--compare", *others, "--out", str(tmp_path / "memo.docx")]) == 2
    assert "at most 4 scenarios" in told(capsys)


def test_a_year_outside_the_run_is_refused(capsys, tmp_path):
    assert main(["report", FILE, "--year", "1999", "--out", str(tmp_path / "memo.docx")]) == 2
    assert "1999" in told(capsys)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "part"),
    [("memo.docx", "word/document.xml"), ("S.PPTX", "ppt/presentation.xml"), ("m.xlsx", "xl/workbook.xml")],
)
def test_a_document_is_written_whole(name, part, capsys, tmp_path):
    out = tmp_path / name
    (tmp_path / f"{name}.part").write_text("mine")
    call = ["report", FILE, "--scenario", "gotong_royong", "--compare", "dbhcht", "--compare", "baznas"]
    assert main([*call, "--set", "apbd.months=6", "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert part in zipfile.ZipFile(io.BytesIO(out.read_bytes())).namelist()
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted([name, f"{name}.part"])
    assert (tmp_path / f"{name}.part").read_text() == "mine"
