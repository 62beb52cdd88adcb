"""The sheet of checks: what the simulator would refuse and where it stands, and whether results are the app's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.workbook.expression import (
    Cells,
    Expression,
    Part,
    absolute,
    both,
    contains,
    count_if,
    either,
    equal,
    if_fault,
    is_fault,
    is_number,
    join,
    pick,
    position,
    product_sum,
    total,
    unequal,
    when,
    whole,
)
from reports.workbook.inputs import Inputs, one_of
from reports.workbook.pages import Page
from reports.workbook.plan import SPARE_YEARS, Plan, Run, Source
from reports.workbook.years import Years
from simulator.registry import PAYERS, Field
from simulator.schema import BudgetFunder
from simulator.tables.layout import BY_SEGMENT, NO_LIMIT, TABLE, Column
from simulator.tables.rows import Row
from simulator.workbook.instructions import limits_text
from simulator.workbook.values import field_of_path

EMPTY = "wajib diisi; kosong bukan nol"
SLACK = 0.000001  # people; sums of floats that should be equal
RUPIAH, PEOPLE = 1, 0.1  # what may differ from the app
SHOWN = 8  # faults told at the top
_TABLES = (
    "region", "also", "segments", "other", "budgets", "sponsors", "paid_before", "by_year", "assumptions", "targets",
    "settings",
)  # fmt: skip
_BASES = ("id", "order", "ids", "month", "path", "scenario", "reference", "references", "date")


@dataclass(frozen=True)
class Check:
    """One thing that is looked at: where, what, its value and what is wrong (an empty text where nothing is)."""

    where: str
    what: Part
    value: Expression | None
    fault: Expression


class Checks:
    """Writes the sheet; `faults` and `same` are the cells that the summary shows."""

    def __init__(self, page: Page, plan: Plan, source: Source, inputs: Inputs, years: Years):
        self.page, self.plan, self.source, self.inputs, self.years = page, plan, source, inputs, years
        self._row = 6 + SHOWN
        self.same = self._compare()
        self.faults = self._list()
        self._head()

    # ---- results as they were

    def _compare(self) -> Expression:
        """A row a run and year: the app's figures when the file was made, beside those of this workbook."""
        page = self.page
        page.text(
            self._row,
            0,
            "Hasil aplikasi saat berkas dibuat (angka tetap) dan hasil buku ini",
            page.styles(bold=True, font_size=11),
        )
        self._row += 1
        page.heads(
            self._row, 0,
            ["Skenario", "Tahun", "Terlindungi: aplikasi", "Terlindungi: buku ini", "Iuran: aplikasi",
             "Iuran: buku ini", "Peserta aktif: aplikasi", "Peserta aktif: buku ini", "Cocok"],
        )  # fmt: skip
        page.sheet.set_row(self._row, 32)
        first = self._row = self._row + 1
        for run in self.plan.runs:
            for i, year in enumerate(run.projection.years.years):
                self._compare_row(run, i, year)
        fine, self._compared = page.area(first, 8, self._row - 1, 8), self._row - 1
        self._row += 1
        return if_fault(when(equal(total(fine), len(fine.values)), 1, 0), 0)

    def _compare_row(self, run: Run, i: int, year: int) -> None:
        page, y, row = self.page, run.projection.years, self._row
        active = float(y.active_end[i, 0] * y.insured_end[i, 0] / y.coverage_end[i, 0]) if y.coverage_end[i, 0] else 0.0
        if not y.coverage_end[i, 0]:
            month = max(t for t, m in enumerate(run.projection.arrays.months) if m[0] == year)
            active = float(run.projection.months.active[month, 0])
        page.formula(row, 0, self.inputs.run_names[run.number], page.styles.plain)
        page.formula(row, 1, self.years.cell(run, "year", year), page.look("plain"))
        pairs = (
            (float(y.insured_end[i, 0]), "insured_end", "people1", PEOPLE),
            (float(y.cost[i, :, 0].sum()), "cost", "rupiah", RUPIAH),
            (active, "active_people", "people1", PEOPLE),
        )
        near = []
        for n, (value, key, kind, slack) in enumerate(pairs):
            page.text(row, 2 + 2 * n, value, page.look(kind, font_color="#5F6B76"))
            now = page.formula(row, 3 + 2 * n, self.years.cell(run, key, year), page.look(kind))
            near.append(absolute(now - page.here(row, 2 + 2 * n)) < slack)
        page.formula(row, 8, if_fault(when(both(*near), 1, 0), 0), page.look("plain"))
        self._row += 1

    # ---- faults

    def _list(self) -> Expression:
        page = self.page
        page.text(self._row, 0, "Yang diperiksa", page.styles(bold=True, font_size=11))
        page.heads(self._row + 1, 0, ["Di mana", "Isian", "Nilai", "Keadaan", "Kesalahan", "Nomor kesalahan"])
        first = row = self._row + 2
        plain = page.styles.plain
        for check in self._all():
            page.text(row, 0, check.where, plain)
            page.formula(row, 1, join(check.what, ""), plain) if isinstance(check.what, Expression) else page.text(
                row, 1, check.what, plain
            )
            if check.value is None:
                page.text(row, 2, None, plain)
            else:
                page.formula(
                    row,
                    2,
                    when(is_fault(check.value), "tidak ada", when(equal(check.value, ""), "", check.value)),
                    page.look("number", align="right"),
                )
            fault = page.formula(row, 3, check.fault, plain)
            one = page.formula(row, 4, when(equal(fault, ""), 0, 1), page.look("plain"))
            page.formula(row, 5, one if row == first else page.here(row - 1, 5) + one, page.look("plain"))
            row += 1
        last = self._last = row - 1
        self._states, self._numbers = (page.area(first, c, last, c, own=True) for c in (3, 5))
        self._places, self._whats = (page.area(first, c, last, c, own=True) for c in (0, 1))
        page.sheet.conditional_format(
            first,
            3,
            last,
            3,
            {"type": "cell", "criteria": "!=", "value": '""', "format": page.styles(bg_color="#F9DEDC")},
        )
        return page.there(last, 5)

    def _head(self) -> None:
        page = self.page
        page.title_lines(
            "Periksa",
            "Apa yang akan ditolak simulator bila berkas ini diunggah, dan apakah hasilnya masih sama dengan aplikasi.",
        )
        faults = page.here(self._last, 5)
        empty = count_if(self._states, EMPTY)
        words = when(
            equal(faults, 0),
            "Tidak ada kesalahan masukan.",
            join(
                faults,
                " kesalahan masukan, di antaranya ",
                empty,
                " isian wajib yang kosong. Simulator menolak berkas seperti ini; perbaiki yang berikut:",
            ),
        )
        page.formula(3, 0, words, page.styles(bold=True))
        for n in range(1, SHOWN + 1):
            at = position(n, self._numbers)
            told = join(
                pick_safe(self._places, at), ", ", pick_safe(self._whats, at), ": ", pick_safe(self._states, at)
            )
            page.formula(3 + n, 0, if_fault(told, ""), page.styles())
        for column, width in enumerate((44, 44, 20, 40, 20, 20, 20, 20, 10)):
            page.sheet.set_column(column, column, width)
        page.sheet.freeze_panes(3, 0)
        page.sheet.print_area(0, 0, self._compared, 8)  # the list below is looked at on screen
        page.sheet.fit_to_pages(1, 0)

    def _all(self) -> Iterator[Check]:
        for key in _TABLES:
            spare = SPARE_YEARS if key == "by_year" else 0
            for i in range(len(self.plan.tables[key]) + spare):
                yield from self._row_checks(key, i)
        for run in self.plan.runs:
            yield from self._rules(run)

    def _row_checks(self, key: str, i: int) -> Iterator[Check]:
        rows = self.plan.tables[key]
        row = rows[i] if i < len(rows) else Row()
        if key == "by_year":
            yield self._single_year(i)
        for column in TABLE[key].columns:
            cell = self.source.at(key, i, column.key)
            place = (key, i, column.key, "")
            fault = self._fault(key, i, column, row, cell)
            if fault is not None:
                yield Check(self.source.where(place), self._label(key, i, column, row), cell, fault)

    def _label(self, key: str, i: int, column: Column, row: Row) -> Part:
        if key == "settings":
            return f"{row.cells.get('scenario', '')}: {row.cells.get('path', '')}"
        if "name" in {c.key for c in TABLE[key].columns} and column.key != "name" and key not in ("other", "targets"):
            return join(self.source.at(key, i, "name"), f": {column.label}")
        return column.label

    def _fault(self, key: str, i: int, column: Column, row: Row, cell: Expression) -> Expression | None:
        """What is wrong with a cell; None where it is not looked at."""
        required = column.required and key != "by_year"
        if key == "segments" and column.key == "wage":
            required = row.cells.get("membership") == "pu"
        field = column.field
        if key == "settings":
            if column.key != "value":
                return None
            field, required = field_of_path(row.cells.get("path")), True
            if field is None or isinstance(row.cells.get("value"), (list, bool)):
                return when(equal(cell, ""), EMPTY, "")
        if field is not None and column.kind in ("number", "setting"):
            return self._number((key, i, column.key, ""), field, required, cell)
        if column.kind == "year":
            return when(equal(cell, ""), "", when(is_number(cell), "", "bukan tahun"))
        if column.key == "relief":
            payer = self.source.at(key, i, "payer")
            wrong = both(one_of(payer, PAYERS, "government"), equal(cell, "ya"))
            return when(wrong, "pemerintah tidak mendapat keringanan; tulis tidak atau kosongkan", "")
        if column.kind == "programmes":
            return self._programmes(cell)
        if required and column.kind not in _BASES:
            return when(equal(cell, ""), EMPTY, "")
        return None

    def _programmes(self, cell: Expression) -> Expression:
        known = both(contains("jkk", cell), contains("jkm", cell))
        return when(either(equal(cell, ""), equal(cell, BY_SEGMENT)), "", when(known, "", "JKK dan JKM wajib ada"))

    def _number(self, place: tuple, field: Field, required: bool, cell: Expression) -> Expression:
        """Blank, no number, outside its limits, not whole, outside its own range."""
        low, high = ((*place[:3], part) for part in ("low", "high"))
        limits = [cell < v if s == "ge" else cell > v if s == "le" else cell <= v if s == "gt" else cell >= v
                  for s in ("ge", "le", "gt", "lt") if (v := getattr(field, s)) is not None]  # fmt: skip
        said = limits_text(field).lower()
        found: Part = ""
        if self.source.has(low):
            one, two = self.source.cell(low), self.source.cell(high)
            outside = either(both(is_number(one), one > cell), both(is_number(two), two < cell))
            found = when(outside, "di luar batas bawah dan batas atasnya; ubah juga rentangnya", "")
        if field.whole:
            found = when(unequal(cell, whole(cell)), "harus bilangan bulat", found)
        elif field.unit == "people":
            found = when(both(unequal(cell, whole(cell)), absolute(cell) < 1000), "orang harus bilangan bulat", found)
        if limits:
            found = when(either(*limits), f"di luar batas: {said}" if said else "terlalu besar atau kecil", found)
        found = when(is_number(cell), found, "bukan angka")
        blank: Part = EMPTY if required else ""
        if not required and self.source.has(low):
            one, two = self.source.cell(low), self.source.cell(high)
            blank = when(both(equal(one, ""), equal(two, "")), "", "rentang diisi tanpa nilainya")
        if field.name == "onboarding_per_month":
            found = when(equal(cell, NO_LIMIT), "", found)
        return when(equal(cell, ""), blank, found)

    def _single_year(self, i: int) -> Check:
        """A row of single years names a funder with a budget and a year, and no other row has both."""
        source, last = self.source, len(self.plan.tables["by_year"]) + SPARE_YEARS - 1
        funder, year = (source.at("by_year", i, c) for c in ("funder", "year"))
        numbers = [source.at("by_year", i, c) for c in ("annual_budget", "start_month", "months")]
        columns = []
        for c in ("funder", "year"):
            start, end = source.at("by_year", 0, c), source.at("by_year", last, c)
            values = [source.at("by_year", r, c).value for r in range(last + 1)]
            columns.append(Cells(f"{start.text}:{end.text.rpartition('!')[2]}", values))
        budgets = range(len(self.plan.tables["budgets"]))
        known = [equal(funder, source.at("budgets", b, c)) for b in budgets for c in ("id", "name")]
        twice = product_sum([(columns[0], [funder]), (columns[1], [year])]) > 1
        nothing = both(*(equal(c, "") for c in (funder, year, *numbers)))
        fault = when(twice, "sumber dan tahun ini sudah ada di baris lain", "")
        fault = when(either(*known), fault, "bukan kode sumber anggaran") if known else fault
        fault = when(either(equal(funder, ""), equal(year, "")), "sumber dan tahunnya wajib diisi", fault)
        return Check(source.where(("by_year", i, "funder", "")), "Sumber dan tahun", None, when(nothing, "", fault))

    # ---- rules that join several numbers

    def _rules(self, run: Run) -> Iterator[Check]:
        get, names = self.inputs.get, self.inputs.names
        where = f"Terpakai, skenario {run.number + 1}"

        def rule(what: Part, wrong: Expression, text: str) -> Check:
            return Check(
                where,
                what,
                None,
                if_fault(when(wrong, text, ""), "tidak dapat dihitung; ada isian yang kosong atau salah"),
            )

        yield rule(
            "Sisa penyebut", get(run, "other.rest") < -SLACK,
            "kelompok dan yang di luar kepesertaan lebih banyak daripada penyebut",
        )  # fmt: skip
        yield rule(
            "Sisa yang terlindungi", get(run, "other.rest_covered") < -SLACK,
            "yang terlindungi di semua kelompok lebih banyak daripada seluruhnya",
        )  # fmt: skip
        for s in run.region.segment_ids:
            covered, workers, paid = (get(run, f"{s}.{n}") for n in ("covered", "workers", "paid"))
            yield rule(join(names[s], ": terlindungi"), covered > workers + SLACK, "lebih banyak daripada pekerjanya")
            yield rule(
                join(names[s], ": dibayari saat awal"), paid > covered + SLACK, "lebih banyak daripada yang terlindungi"
            )
        for f in run.region.funders:
            if isinstance(f, BudgetFunder):
                for year in ("", *(f"by_year.{y}." for y in self.plan.years)):
                    start, months = (get(run, f"{f.id}.{year}{n}") for n in ("start_month", "months"))
                    label = f": bulan dibayar {year.split('.')[1]}" if year else ": bulan dibayar"
                    yield rule(join(names[f.id], label), start + months - 1 > 12, "bulan bayar melewati Desember")


def pick_safe(cells: Cells, at: Expression) -> Expression:
    """INDEX where the place may be a fault: the value is then a fault too."""
    if at.value != at.value:
        return Expression(f"INDEX({cells.text},{at.text})", float("nan"))
    return pick(cells, at)
