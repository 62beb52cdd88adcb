"""Workbooks worked out anew by LibreOffice, and what their sheets of formulas show."""

import io
import re
import shutil
import subprocess
import warnings
from pathlib import Path

import openpyxl
import pytest
from workbooks import repacked

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def recalculated(files, folder):
    """Name → bytes of workbooks, each loaded and worked out anew by LibreOffice; skips where there is none."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    folder = Path(folder)
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "again")]
    for _ in range(2):  # the first start may only make the profile
        missing = [n for n in files if not (folder / "again" / f"{n}.xlsx").exists()]
        if missing:
            subprocess.run([*command, *(str(folder / f"{n}.xlsx") for n in missing)], capture_output=True, timeout=600)
    return {name: (folder / "again" / f"{name}.xlsx").read_bytes() for name in files}


def falsified(content):
    """The workbook with 7 as the stored value of every formula that gives a number."""
    change = re.compile(rb"(<c [^>]*?>)(<f>.*?</f>)<v>[^<]*</v>")

    def swap(found):
        return found[0] if b' t="' in found[1] else found[1] + found[2] + b"<v>7</v>"

    return repacked(
        content, lambda parts: {n: change.sub(swap, d) if "worksheets/" in n else d for n, d in parts.items()}
    )


def values(content, once=False):
    """The workbook's sheets with values in place of formulas; `once`: read from above where asked for, for speed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know every axis of a chart
        return openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=once)
