"""Workbooks for tests: written by the simulator, then changed as people and programs change them."""

import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path

import openpyxl

from simulator import load_region
from simulator.region import plain_data
from simulator.tables.assemble import check
from simulator.tables.layout import TABLE
from simulator.tables.split import split
from simulator.workbook.read import read
from simulator.workbook.write import write

SCENARIOS = Path(__file__).parent.parent / "scenarios"
FILES = sorted(SCENARIOS.glob("*.yaml"))


@lru_cache
def region_data(name):
    """The plain data of a region that ships."""
    return plain_data(load_region(SCENARIOS / f"{name}.yaml"))


@lru_cache
def written(name):
    """A region that ships as a workbook."""
    return write(split(region_data(name)), name)


@lru_cache
def unharmed(name):
    """The tables that are read from a region's workbook."""
    return read(written(name), "x.xlsx").tables


def edited(content, change):
    """The workbook after `change(workbook)` by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def saved(book):
    """The bytes of an openpyxl workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(content, change):
    """The workbook with its parts changed: `change` gets and gives name → bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(change(parts))


def zipped(parts):
    """A zip of name → bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def heading(book, table, column):
    """The cell of a column's heading in the sheet of a table."""
    label = TABLE[table].column(column).heading
    for cells in book[TABLE[table].title].iter_rows():
        for cell in cells:
            if str(cell.value).removesuffix(" *") == label:
                return cell
    raise KeyError(label)


def cell(book, table, column, row=0):
    """A cell of a table with rows; row 0 is the first below the help."""
    head = heading(book, table, column)
    return book[TABLE[table].title].cell(head.row + 2 + row, head.column)


def form(book, table, column):
    """The value of a form's field."""
    sheet = book[TABLE[table].title]
    label = TABLE[table].column(column).label
    row = next(c.row for c in sheet["A"] if str(c.value).removesuffix(" *") == label)
    return sheet.cell(row, 2)


def told(content, name="berkas.xlsx"):
    """(what was read, every line that a user is told)."""
    reading = read(content, name)
    return reading, [reading.refused] if reading.refused else reading.told(check(reading.tables).problems)


def without_validation(content):
    """The same without drop-downs, as other programs save it."""
    return repacked(
        content,
        lambda parts: {
            name: re.sub(rb"<dataValidations.*?</dataValidations>", b"", data, flags=re.DOTALL)
            for name, data in parts.items()
        },
    )


def same(content, data):
    """Hold a workbook to the plain data that it should hold, to the digit."""
    reading = read(content, "x.xlsx")
    checked = check(reading.tables)
    assert (reading.refused, reading.told(checked.problems)) == ("", [])
    assert plain_data(checked.region) == data
    return reading
