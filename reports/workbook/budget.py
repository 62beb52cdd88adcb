"""The budget table (RKA) of the main run: whole person-months × tariff, to the rupiah, for every year and funder.

Every line that could come about is there, for a changed input may bring it about; lines without money are hidden by a
filter, and the sheet says when one of them has come to hold money.
"""

from dataclasses import dataclass
from typing import Any

from reports.workbook.expression import (
    Expression,
    constant,
    count_positive,
    equal,
    join,
    rounded,
    sum_where,
    total,
    unequal,
    when,
    whole,
)
from reports.workbook.inputs import PROGRAMMES, Inputs
from reports.workbook.months import Months
from reports.workbook.pages import BAND, Page
from reports.workbook.plan import Plan
from reports.workbook.rates import Rates, code
from reports.workbook.years import Years
from simulator import indonesian as fmt

HEADS = (
    "Tahun", "Sumber", "Uraian", "Masa tarif", "Jumlah pekerja", "Bulan", "Orang-bulan", "Tarif (Rp)", "Jumlah (Rp)",
    "Tampil", "Tempat-bulan",
)  # fmt: skip
YEAR, SOURCE, TEXT, SPAN, WORKERS, MONTHS, VOLUME, TARIFF, AMOUNT, SHOWN, PLACES = range(len(HEADS))
TOP = 7  # row of the headings
SLACK = 0.000001  # 1,500 × 12 must not become 17,999 by a float's last digit


@dataclass(frozen=True)
class Stretch:
    """Months of one year with one tariff period: its number from 0, and the months in words."""

    period: int
    words: str


class Budget:
    """Writes the sheet."""

    def __init__(self, page: Page, plan: Plan, inputs: Inputs, rates: Rates, months: Months, years: Years):
        self.page, self.plan, self.inputs, self.rates, self.months, self.years = (
            page,
            plan,
            inputs,
            rates,
            months,
            years,
        )
        self.run, self._row = plan.main, TOP + 1
        self._hidden: list[int] = []
        for year in self.run.projection.years.years:
            self._year(year)
        self._head()

    # ---- lines

    def _stretches(self, year: int) -> list[Stretch]:
        """The tariff periods of a year."""
        starts, found = self.rates.periods, []
        months = [m for m in self.run.projection.arrays.months if m[0] == year]
        for i, start in enumerate(starts):
            end = starts[i + 1] if i + 1 < len(starts) else (9999, 1)
            inside = [m for m in months if code(start) <= code(m) < code(end)]
            if inside:
                first, last = (fmt.month_name(m[1])[:3] for m in (inside[0], inside[-1]))
                found.append(Stretch(i, first if first == last else f"{first}–{last}"))
        return found

    def _year(self, year: int) -> None:
        page, sums = self.page, []
        head = self.years.cell(self.run, "year", year)
        for funder in self.run.region.funders:
            first = self._row
            for s in funder.segments:
                for name in PROGRAMMES:
                    self._lines(year, head, funder.id, s, name)
            self._rest(head, year, funder.id, first)
            area = page.area(first, AMOUNT, self._row - 1, AMOUNT, own=True)
            words = join("Jumlah ", self.inputs.names[funder.id])
            sums.append(self._sum_row(head, self.inputs.names[funder.id], words, total(area)))
        amount = _added(sums)
        self._sum_row(head, constant("Semua sumber"), join("Jumlah semua sumber ", head), amount, True)

    def _cells(self, shown: bool, values: dict[int, tuple[Any, str]], bold: bool = False) -> dict[int, Expression]:
        """One row: column → (formula or text, kind)."""
        page, more = self.page, {"bold": True, "bg_color": BAND} if bold else {}
        found = {}
        for column in range(len(HEADS)):
            part, kind = values.get(column, (None, "text"))
            look = page.look(kind, **more) if kind != "text" else page.styles(
                text_wrap=True, valign="top", border=1, border_color="#C9CED6", **more
            )  # fmt: skip
            if isinstance(part, Expression):
                found[column] = page.formula(self._row, column, part, look)
            else:
                page.text(self._row, column, part, look)
        if not shown:
            self._hidden.append(self._row)
        self._row += 1
        return found

    def _lines(self, year: int, head: Expression, k: str, s: str, name: str) -> None:
        """The lines of one programme: months whose tariff is the same stand together, in the first such line."""
        stretches, months = self._stretches(year), self.months
        top, places = self._row, months.column(("x", k, s))
        years, periods = months.column("year"), months.column("period")
        tariffs = [self.rates.tariff_in(self.run, k, s, name, x.period) for x in stretches]
        keys = [[(years, head), (periods, constant(x.period + 1))] for x in stretches]
        volumes = [sum_where(key, places) for key in keys]
        counts = [count_positive(key, places) for key in keys]
        cells = [Expression(f"K{top + i + 1}", v.value) for i, v in enumerate(volumes)]
        text = join(f"Iuran {name.upper()}: ", self.inputs.names[s])
        for i, stretch in enumerate(stretches):
            own, number, span = cells[i], counts[i], constant(stretch.words)
            for j in range(i + 1, len(stretches)):
                same = equal(tariffs[j], tariffs[i])
                own, number = own + when(same, cells[j], 0), number + when(same, counts[j], 0)
                span = when(same, _span(stretch.words, stretches[j].words), span)
            volume = when(tariffs[i] > 0, whole(own + SLACK), 0)
            people = own
            for j in range(i):
                volume = when(equal(tariffs[j], tariffs[i]), 0, volume)
            self._line(head, k, text, span, (people, number, volume, tariffs[i], volumes[i]))

    def _line(
        self, head: Expression, k: str, text: Expression, span: Expression, parts: tuple[Expression, ...]
    ) -> None:
        people, number, volume, tariff, places = parts
        row = self._row + 1
        volume_cell = Expression(f"G{row}", volume.value)
        count = when(volume_cell > 0, number, 0)
        count_cell = Expression(f"F{row}", count.value)
        tariff_cell = Expression(f"H{row}", tariff.value)
        amount = rounded(volume_cell * tariff_cell, 0)
        amount_cell = Expression(f"I{row}", amount.value)
        workers = when(count_cell > 0, people / count_cell, 0)
        self._cells(
            bool(amount.value),
            {
                YEAR: (head, "plain"),
                SOURCE: (self.inputs.names[k], "text"),
                TEXT: (text, "text"),
                SPAN: (span, "text"),
                WORKERS: (workers, "people0"),
                MONTHS: (count, "people0"),
                VOLUME: (volume, "people0"),
                TARIFF: (tariff, "rupiah0"),
                AMOUNT: (amount, "rupiah0"),
                SHOWN: (when(unequal(amount_cell, 0), 1, 0), "plain"),
                PLACES: (places, "decimals"),
            },
        )

    def _rest(self, head: Expression, year: int, k: str, first: int) -> None:
        """What fractions of a person-month come to."""
        cost = rounded(self.years.cell(self.run, ("cost", k), year), 0)
        lines = self.page.area(first, AMOUNT, self._row - 1, AMOUNT, own=True) if self._row > first else None
        amount = cost - total(lines) if lines else cost
        self._money_row(head, self.inputs.names[k], constant("Sisa pembulatan orang-bulan"), amount)

    def _sum_row(
        self, head: Expression, source: Expression, text: Expression, amount: Expression, bold: bool = True
    ) -> Expression:
        return self._money_row(head, source, text, amount, bold)

    def _money_row(
        self, head: Expression, source: Expression, text: Expression, amount: Expression, bold: bool = False
    ) -> Expression:
        cell = Expression(f"I{self._row + 1}", amount.value)
        values = {
            YEAR: (head, "plain"),
            SOURCE: (source, "text"),
            TEXT: (text, "text"),
            AMOUNT: (amount, "rupiah0"),
            SHOWN: (when(unequal(cell, 0), 1, 0), "plain"),
        }
        return self._cells(bool(amount.value), values, bold)[AMOUNT]

    # ---- the sheet

    def _head(self) -> None:
        page, about = self.page, self.page.styles.about
        name = self.inputs.run_names[self.run.number]
        page.title_lines(
            join("Rencana kerja dan anggaran (RKA): ", name), "Orang-bulan utuh × tarif = jumlah, sampai rupiah."
        )
        again = "klik tanda saring di kolom Tampil, lalu Terapkan ulang (Reapply)."
        page.text(2, 0, f"Baris tanpa uang disaring. Bila masukan diubah: {again}", about)
        hidden = self._now_hidden()
        told = join("PERHATIAN: ", hidden, f" baris yang disaring kini berisi uang; {again}")
        page.formula(3, 0, when(hidden > 0, told, "Semua baris yang berisi uang terlihat."), page.styles(bold=True))
        page.text(
            4, 0,
            "Jumlah pekerja: rata-rata pada bulan yang dibayar. Sisa pembulatan: pecahan orang-bulan, agar jumlah tiap"
            " sumber sama dengan biaya di lembar Tahunan.", about,
        )  # fmt: skip
        page.heads(TOP, 0, HEADS)
        self._set_up()

    def _now_hidden(self) -> Expression:
        """How many lines that the filter hides have come to hold money."""
        shown = self.page.area(TOP + 1, SHOWN, self._row - 1, SHOWN, own=True)
        hidden = set(self._hidden)
        visible = sum(v for i, v in enumerate(shown.values, TOP + 1) if i not in hidden)
        return total(shown) - Expression(f"SUBTOTAL(109,{shown.text})", float(visible))

    def _set_up(self) -> None:
        sheet, bottom = self.page.sheet, self._row - 1
        for column, width in enumerate((8, 26, 44, 12, 12, 8, 14, 14, 20, 8, 14)):
            sheet.set_column(column, column, width, None, {"hidden": column == PLACES})
        sheet.set_row(TOP, 32)
        for row in self._hidden:
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.autofilter(TOP, 0, bottom, SHOWN)
        sheet.filter_column(SHOWN, "x == 1")
        sheet.freeze_panes(TOP + 1, 3)
        sheet.repeat_rows(TOP)
        sheet.print_area(0, 0, bottom, AMOUNT)
        sheet.fit_to_pages(1, 0)


def _span(first: str, last: str) -> str:
    """Jan–Mar and Apr–Des together: Jan–Des."""
    return f"{first.split('–')[0]}–{last.split('–')[-1]}"


def _added(parts: list[Expression]) -> Expression:
    found = parts[0] if parts else constant(0)
    for part in parts[1:]:
        found = found + part
    return found
