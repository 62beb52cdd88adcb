"""Charts that PowerPoint can edit, with their numbers in a workbook inside.

Names are plain text there too: nothing becomes a formula. Money is given in the unit that the slide names.
"""

import math
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from reports.slides import fit, master
from reports.slides.fit import plain

TEXT = 14  # points of all that is written in a chart
WHOLE = r"[>=999999.5]#\.###\.##0;[>=999.5]#\.##0;0"  # 12.951 whatever the language of the reader's Office
SHEET = "Data"
Box = tuple[float, float, float, float]
Kind = XL_CHART_TYPE


@dataclass(frozen=True)
class Series:
    """What is drawn in one colour: a name and a value for each category (None: nothing there)."""

    name: str
    values: tuple[float | None, ...]
    colour: str


class _Writer(CategoryWorkbookWriter):
    """The workbook inside: no text is taken for a formula, an address or a number."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any):
        plainly = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        workbook = Workbook(xlsx_file, {"in_memory": True, **plainly})
        yield workbook, workbook.add_worksheet(SHEET)
        workbook.close()

    @property
    def categories_ref(self) -> str:
        return super().categories_ref.replace("Sheet1", SHEET)

    def series_name_ref(self, series: Any) -> str:
        return super().series_name_ref(series).replace("Sheet1", SHEET)

    def values_ref(self, series: Any) -> str:
        return super().values_ref(series).replace("Sheet1", SHEET)


class _Data(CategoryChartData):
    @property
    def _workbook_writer(self) -> _Writer:
        return _Writer(self)


def add(
    slide: Any, box: Box, kind: Kind, categories: Sequence[Any], series: Sequence[Series], number: str, told: str
) -> Any:
    """A chart in a box; `number` is the format of its values, `told` what it shows for those who cannot see it."""
    data = _Data(number_format=number)
    data.categories = [_lines(c) if isinstance(c, str) else c for c in categories]
    for one in series:
        data.add_series(plain(one.name), one.values)
    frame = slide.shapes.add_chart(kind, *(Inches(x) for x in box), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(told))
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.size, chart.font.name = Pt(TEXT), master.FONT
    chart.font.color.rgb = master.rgb(master.INK)
    _speak_indonesian(chart)
    return chart


def _lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.split("\n"))


def _speak_indonesian(chart: Any) -> None:
    space = chart._chartSpace
    space.insert(1, parse_xml(f'<c:lang {nsdecls("c")} val="{master.LANGUAGE}"/>'))
    if space.find(qn("c:roundedCorners")) is None:  # Office takes what is not said for round
        space.insert(2, parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))
    for run in space.iter(qn("a:defRPr"), qn("a:endParaRPr")):
        run.set("lang", master.LANGUAGE)


def plot_area(chart: Any, left: float, top: float, wide: float, high: float) -> None:
    """Where the plot lies within the chart, axes' texts not counted, each a part of the chart's size."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    parts = "".join(f'<c:{k} val="{v:.5f}"/>' for k, v in (("x", left), ("y", top), ("w", wide), ("h", high)))
    manual = f'<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>{parts}'
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{manual}</c:manualLayout></c:layout>"))


def quiet_axes(chart: Any, number: str) -> None:
    """Hairlines for the values, no tick marks, texts in the chart's size."""
    values, other = chart.value_axis, chart.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = master.rgb(master.LINE)
    values.major_gridlines.format.line.width = Pt(0.75)
    values.format.line.fill.background()
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number, False
    other.format.line.color.rgb = master.rgb(master.SOFT)
    other.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for axis in (values, other):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.font.size = Pt(TEXT)
        axis.tick_labels.font.name = master.FONT


def years_axis(chart: Any) -> None:
    """A label for each year on an axis of months."""
    axis = chart.category_axis
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "yyyy", False
    element = axis._element
    base = element.find(qn("c:baseTimeUnit"))
    base.set("val", "months")
    for tag, value in (("c:majorTimeUnit", "years"), ("c:majorUnit", "1")):
        base.addnext(parse_xml(f'<{tag} {nsdecls("c")} val="{value}"/>'))


def legend(chart: Any) -> None:
    """The legend, at the bottom."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size, chart.legend.font.name = Pt(TEXT), master.FONT


def legend_height(names: Sequence[str], wide: float) -> float:
    """Room in inches that a legend takes in a chart so wide."""
    rows, filled = 1, 0.0
    for name in names:
        need = fit.width(name, TEXT) + 0.45
        if filled and filled + need > wide * 0.9:
            rows, filled = rows + 1, 0.0
        filled += need
    return rows * 0.32 + 0.12


def colour(chart: Any, series: Sequence[Series], edge: str = "FFFFFF") -> None:
    """Fill each series, with a hairline between parts that a grey printer shows too."""
    for drawn, one in zip(chart.plots[0].series, series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = master.rgb(one.colour)
        drawn.format.line.color.rgb = master.rgb(edge)
        drawn.format.line.width = Pt(0.75)


def label_parts(chart: Any, series: Sequence[Series], number: str, least: Sequence[float]) -> None:
    """Write the value into each part that is large enough: at least so much in its category."""
    for drawn, one in zip(chart.plots[0].series, series, strict=True):
        small = [i for i, (v, m) in enumerate(zip(one.values, least, strict=True)) if v is None or v < m or v <= 0]
        if len(small) == len(one.values):
            continue
        labels = drawn.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = number, False
        labels.font.size, labels.font.bold, labels.font.name = Pt(TEXT), True, master.FONT
        labels.font.color.rgb = master.rgb(ink_on(one.colour))
        for i in reversed(small):
            gone = f'<c:dLbl {nsdecls("c")}><c:idx val="{i}"/><c:delete val="1"/></c:dLbl>'
            labels._element.insert(0, parse_xml(gone))


def ink_on(ground: str) -> str:
    """Black or white, whichever reads better on a colour."""
    red, green, blue = master.rgb(ground)
    light = (0.2126 * (red / 255) ** 2.2) + (0.7152 * (green / 255) ** 2.2) + (0.0722 * (blue / 255) ** 2.2)
    return "FFFFFF" if (1.05 / (light + 0.05)) >= ((light + 0.05) / 0.05) else "111111"


def steps(top: float, most: int = 6) -> tuple[float, float]:
    """(end, step) of an axis from 0 that holds a value, with round steps, at most so many."""
    power = math.floor(math.log10(top)) - 2
    step = next(s for k in range(9) for d in (1, 2, 5) if top <= (s := d * 10.0 ** (power + k)) * most)
    return math.ceil(top / step - 1e-9) * step, step
