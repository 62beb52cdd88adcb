"""Lawful changes to the yellow cells of a workbook of formulas, made of a seed, as people would type them."""

import io
import random
import re
from html import escape, unescape

import xlsxwriter
from workbooks import repacked
from xlsxwriter.utility import xl_col_to_name

from reports.workbook.plan import GUARD, closed, plan
from simulator.tables.assemble import check
from simulator.tables.layout import FLAGS, TABLE
from simulator.tables.rows import Row, with_rows
from simulator.workbook.values import field_of_path
from simulator.workbook.write import add_sheets

_TABLES = (
    "region", "also", "segments", "other", "budgets", "sponsors", "paid_before", "by_year", "assumptions", "targets",
    "settings",
)  # fmt: skip
_CHOICES = ("duty", "sector", "risk", "relief", "programmes", "payer")


def open_cells(order):
    """(plan, place → (sheet, row, column) of every cell that is written)."""
    made = plan(order)
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    return made, add_sheets(book, made.tables, guard=GUARD).cells


def _new_number(random_, column, field, row, value):
    """Another lawful number of the same size, within its own range where it has one."""
    details = row.details.get(column.key, {})
    low, high = details.get("low"), details.get("high")
    if low is not None or high is not None:
        ends = [v for v in (low, high, value) if isinstance(v, (int, float))]
        new = min(ends) + (max(ends) - min(ends)) * random_.random()
    elif field.unit.startswith("share"):
        new = round(random_.uniform(-0.03, 0.3) if field.unit == "share_year" else random_.uniform(0, 0.95), 4)
    elif field.unit == "month":
        new = random_.randint(1, 6)
    elif field.unit == "months":
        new = random_.randint(1, 7)
    else:
        new = (value or 300) * random_.uniform(0.6, 1.5) or 250
    whole = field.whole or field.unit in (
        "people",
        "people_year",
        "people_month",
        "rupiah_year",
        "rupiah_month",
        "months",
    )
    return round(new) if whole else round(new, 6)


def _change(random_, column, row):
    """(cell's value in the tables, as it is typed), or None where it is left."""
    raw = row.cells.get(column.key)
    if column.key in _CHOICES:
        if column.kind == "programmes":
            return random_.choice([(["jkk", "jkm"], "JKK; JKM"), (["jkk", "jkm", "jht"], "jkk, jkm, JHT")])
        options = dict(column.options or FLAGS)
        code = random_.choice(list(options))
        return code, options[code]
    field = column.field if column.kind == "number" else None
    if column.kind == "setting":
        field = field_of_path(row.cells.get("path"))
        if isinstance(raw, (list, bool, str)) or field is None:
            return None
    if field is None or field.key in ("years", "target.year"):
        return None
    if raw is not None and not column.required and column.kind != "setting" and random_.random() < 0.25:
        return (None, None) if not row.details.get(column.key) else None
    if raw is None and random_.random() < 0.6:
        return None
    new = _new_number(random_, column, field, row, raw if isinstance(raw, (int, float)) else None)
    return new, new


def changed(order, content, seed, share=0.25):
    """(the workbook with changed cells, the region as its tables now have it, how many cells)."""
    random_ = random.Random(seed)
    made, cells = open_cells(order)
    edits = {}
    for key in _TABLES:
        for i, row in enumerate(made.tables[key]):
            for column in TABLE[key].columns:
                if not closed(TABLE[key], column, row) and random_.random() < share:
                    found = _change(random_, column, row)
                    if found is not None:
                        edits[(key, i, column.key)] = found
    tables, edits = _lawful(made.tables, edits)
    return typed(content, _placed(cells, edits)), check(tables).region, len(edits)


def _applied(tables, edits):
    found = dict(tables)
    for (key, i, column), (value, _) in edits.items():
        rows = list(found[key])
        rows[i] = rows[i].with_cell(column, value)
        found = with_rows(found, key, tuple(rows))
    return found


def _lawful(tables, edits):
    """(the tables with the changes that break no rule together, those changes)."""
    kept = {}

    def take(places):
        tried = {**kept, **{p: edits[p] for p in places}}
        if not check(_applied(tables, tried)).problems:
            kept.update(tried)
        elif len(places) > 1:
            take(places[: len(places) // 2])
            take(places[len(places) // 2 :])

    take(list(edits))
    return _applied(tables, kept), kept


def typed(content, edits):
    """The workbook with values typed into cells, {(sheet, row, column from 0): value}; stored results stay as they are.

    The sheets' XML is edited: openpyxl would take longer for the formulas than LibreOffice takes to work them out.
    """

    def change(parts):
        titles = [unescape(t) for t in re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())]
        for (sheet, row, column), value in edits.items():
            part = f"xl/worksheets/sheet{titles.index(sheet) + 1}.xml"
            parts[part] = _with_cell(parts[part], f"{xl_col_to_name(column)}{row + 1}", value)
        return parts

    return repacked(content, change)


def _with_cell(xml, name, value):
    """A sheet's XML with another value in a cell."""
    found = re.search(rf'<c r="{name}"( s="\d+")(?: t="\w+")?(?:/>|>.*?</c>)'.encode(), xml)
    style = found[1].decode()
    if value is None:
        new = f'<c r="{name}"{style}/>'
    elif isinstance(value, str):
        new = f'<c r="{name}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    else:
        new = f'<c r="{name}"{style}><v>{value!r}</v></c>'
    return xml[: found.start()] + new.encode() + xml[found.end() :]


def _placed(cells, edits):
    return {cells[(key, i, column, "")]: shown for (key, i, column), (_, shown) in edits.items()}


def with_single_year(order, content, funder, year, budget, months=None):
    """The workbook with one more row on the sheet of single years."""
    made, cells = open_cells(order)
    i = len(made.tables["by_year"])
    row = {"funder": funder, "year": year, "annual_budget": budget, "months": months}
    edits = {("by_year", i, k): (v, v) for k, v in row.items() if v is not None}
    rows = (*made.tables["by_year"], Row({k: v for k, v in row.items() if v is not None}))
    region = check(with_rows(made.tables, "by_year", rows)).region
    return typed(content, _placed(cells, edits)), region
