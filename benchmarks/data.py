"""Timings of a district of one's own: tables put together and checked, quality notes, files out and in."""

import datetime

from benchmarks.engine import _milliseconds

REPEATS = 7
REGION = "ponorogo"


def _row(name: str, median: float, best: float, aim: str = "") -> None:
    print(f"{name:52}{median:10.0f}{best:10.0f}  {aim}")


def main() -> None:
    """Print the table."""
    from simulator import load_region
    from simulator.catalogue import FOLDER
    from simulator.quality import notes
    from simulator.saved import open_yaml, to_file
    from simulator.tables import edit
    from simulator.tables.assemble import check
    from simulator.tables.split import split
    from simulator.workbook.read import read
    from simulator.workbook.write import write

    region = load_region(FOLDER / f"{REGION}.yaml")
    tables = split(region._data)
    book = write(tables, region.title)
    text = to_file(region, datetime.date.today()).encode()
    workers = tables["segments"][0].cells["workers"]
    changed = edit.with_cell(tables, "segments", 0, "workers", workers + 1)
    print(f"{f'data: {REGION}, {len(region.scenarios)} scenarios':52}{'median ms':>10}{'best ms':>10}  aim")
    _row("a cell changed: all tables checked again", *_milliseconds(lambda: check(changed), REPEATS), "<= 100")
    _row("quality notes", *_milliseconds(lambda: notes(region), REPEATS), "<= 100")
    _row("Excel out", *_milliseconds(lambda: write(tables, region.title), REPEATS), "<= 1000")
    _row("Excel in", *_milliseconds(lambda: read(book, "x.xlsx"), REPEATS), "<= 2000")
    _row("region file out, with its results", *_milliseconds(lambda: to_file(region, datetime.date.today()), REPEATS))
    _row("region file in, results compared", *_milliseconds(lambda: open_yaml(text, "x.yaml"), REPEATS), "<= 2000")
