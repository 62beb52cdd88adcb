"""An order as a workbook whose whole model is live formulas."""

import io

import xlsxwriter

from reports.brief import Order
from reports.workbook.budget import Budget
from reports.workbook.charts import add_charts
from reports.workbook.checks import Checks
from reports.workbook.guide import write_guide
from reports.workbook.inputs import Inputs
from reports.workbook.months import Months
from reports.workbook.pages import Page
from reports.workbook.plan import GUARD, Source, plan
from reports.workbook.rates import Rates
from reports.workbook.remarks import add_remarks
from reports.workbook.summary import Summary
from reports.workbook.years import Years
from simulator.workbook.headings import GUIDE_TITLE
from simulator.workbook.styles import Styles
from simulator.workbook.write import OPTIONS, add_sheets

RESULT = "#2D6D41"  # colour of the tabs of results


def build(order: Order) -> bytes:
    """The workbook. Raises InputError for settings that break a rule."""
    p = plan(order)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    styles = Styles(book)
    first, guide = Page(book, styles, "Ringkasan", RESULT), Page(book, styles, GUIDE_TITLE, RESULT)
    checked = Page(book, styles, "Periksa", RESULT)
    rka = Page(book, styles, "RKA", RESULT)
    yearly = Page(book, styles, "Tahunan", RESULT)
    sheets = {run.number: Page(book, styles, run.title) for run in p.runs}
    tariffs = Page(book, styles, "Tarif iuran")
    used = Page(book, styles, "Terpakai")
    source = Source(p, add_sheets(book, p.tables, guard=GUARD))
    add_remarks(book, p, source)
    rates = Rates(tariffs, p)
    inputs = Inputs(used, p, source, rates.default_income)
    rates.write_tariffs(inputs)
    months = {run.number: Months(sheets[run.number], p, run, inputs, rates) for run in p.runs}
    years = Years(yearly, p, inputs, months)
    Budget(rka, p, inputs, rates, months[p.main.number], years)
    checks = Checks(checked, p, source, inputs, years)
    summary = Summary(first, p, source, inputs, years, checks)
    add_charts(book, first, p, months, years, summary)
    write_guide(guide, list(sheets.values()))
    book.close()
    return stream.getvalue()
