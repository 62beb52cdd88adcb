"""Any uploaded file: told apart by what it is, not by its name, and read."""

from simulator.workbook.csv_io import read_csv
from simulator.workbook.gate import inspect
from simulator.workbook.reading import Reading


def read_upload(content: bytes, name: str) -> Reading:
    """The tables in an uploaded workbook or CSV. Raises nothing: a file that cannot be used is `refused`.

    Of a workbook all tables are read; a CSV holds the one in `found`, and the others are empty.
    """
    opened = inspect(content, name)
    if opened.refused:
        return Reading(opened.refused)
    if opened.kind == "csv":
        return read_csv(content, name)
    from simulator.workbook.read import read  # openpyxl is loaded only for a workbook

    return read(content, name)
