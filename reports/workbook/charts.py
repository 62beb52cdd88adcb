"""Charts of the workbook, fed by its formulas: coverage of all runs, cost by funder, insured by who pays."""

from typing import Any

from reports.workbook.months import Months
from reports.workbook.pages import Page
from reports.workbook.plan import Plan
from reports.workbook.summary import CHART_ROWS, HEAD, Summary
from reports.workbook.years import Years
from simulator.workbook.styles import local
from ui.palette import CONTINUED, region_palette

_LINES = ("#8A8F98", "#1668AD", "#0D9786", "#9E5DB3", "#CFB555", "#78424F")
_TARGET = "#C2571A"
_DASHES = ("solid", "solid", "dash", "long_dash", "dash_dot", "square_dot")
_FONT = {"name": "Calibri", "size": 9}
_GRID = {"visible": True, "line": {"color": "#DDE1E6"}}
_SIZE = {"width": 560, "height": 320}


def add_charts(book: Any, page: Page, plan: Plan, months: dict[int, Months], years: Years, summary: Summary) -> None:
    """Put the charts below the tables of the summary."""
    row = summary.chart_row
    charts = [_coverage(book, plan, months, summary), _cost(book, plan, years), _payers(book, plan, months)]
    for n, chart in enumerate(c for c in charts if c is not None):
        chart.set_size(_SIZE)
        place = {"x_offset": 4 if n % 2 == 0 else 150, "y_offset": 8}
        page.sheet.insert_chart(row + CHART_ROWS * (n // 2), 0 if n % 2 == 0 else 2, chart, place)


def _title(chart: Any, text: str) -> None:
    chart.set_title({"name": text, "name_font": {**_FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT})


def _axis(**more: Any) -> dict[str, Any]:
    return {"num_font": _FONT, "name_font": {**_FONT, "bold": False}, "major_gridlines": {"visible": False}, **more}


def _coverage(book: Any, plan: Plan, months: dict[int, Months], summary: Summary) -> Any:
    chart = book.add_chart({"type": "line"})
    for run in plan.runs:
        m = months[run.number]
        line = {
            "color": _LINES[run.number % 6],
            "width": 2.25 if run is plan.main else 1.5,
            "dash_type": _DASHES[run.number % 6],
        }
        name = summary.page.name(HEAD, 2 + run.number, HEAD, 2 + run.number)
        chart.add_series({"name": name, "categories": m.name("month"), "values": m.name("coverage"), "line": line})
    if summary.target is not None:
        m = months[plan.main.number]
        key = m.add_column("Target", "untuk grafik Ringkasan", summary.target, "share")
        line = {"color": _TARGET, "width": 1.25, "dash_type": "round_dot"}
        chart.add_series({"name": "Target", "categories": m.name("month"), "values": m.name(key), "line": line})
    _title(chart, "Cakupan tiap bulan (dari penyebut cakupan)")
    chart.set_x_axis(_axis(date_axis=True, num_format="[$-421]mmm yy", major_unit=6, major_unit_type="months"))
    chart.set_y_axis(_axis(num_format=local("0%"), major_gridlines=_GRID))
    return chart


def _colours(plan: Plan) -> dict[str, str]:
    """Funder → colour, the same as on screen."""
    payers = [(f.id, f.id) for f in plan.region.funders] + [(CONTINUED, CONTINUED)]
    return dict(region_palette(payers))


def _cost(book: Any, plan: Plan, years: Years) -> Any:
    if not plan.region.funders:
        return None
    chart, colours = book.add_chart({"type": "column", "subtype": "stacked"}), _colours(plan)
    for f in plan.main.region.funders:
        key = ("cost", f.id)
        chart.add_series(
            {
                "name": years.label(plan.main, key),
                "categories": years.name(plan.main, "year"),
                "values": years.name(plan.main, key),
                "fill": {"color": colours[f.id]},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
            }
        )
    _title(chart, "Iuran setahun menurut sumber (miliar rupiah)")
    chart.set_x_axis(_axis(num_format="0"))
    chart.set_y_axis(_axis(num_format=local("#,##0.0,,,"), major_gridlines=_GRID))
    return chart


def _payers(book: Any, plan: Plan, months: dict[int, Months]) -> Any:
    chart, colours, m = book.add_chart({"type": "area", "subtype": "stacked"}), _colours(plan), months[plan.main.number]
    keys = [(("reached", f.id), colours[f.id]) for f in plan.main.region.funders] + [("self", colours[CONTINUED])]
    for key, colour in keys:
        series = {"name": m.head(key), "categories": m.name("month"), "values": m.name(key), "fill": {"color": colour}}
        chart.add_series({**series, "border": {"color": "#FFFFFF", "width": 0.25}})
    _title(chart, "Terlindungi karena sumber pendanaan (orang; tanpa yang mandiri atau lewat pemberi kerja)")
    chart.set_x_axis(_axis(date_axis=True, num_format="[$-421]mmm yy", major_unit=6, major_unit_type="months"))
    chart.set_y_axis(_axis(num_format=local("#,##0"), major_gridlines=_GRID))
    return chart
