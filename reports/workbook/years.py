"""The sheet of years: every yearly figure of every run, a row a figure, a column a year, worked out from the months."""

from collections.abc import Callable
from typing import Any

from reports.workbook.expression import (
    Cells,
    Expression,
    average_if,
    constant,
    count_if,
    largest,
    most,
    pick,
    position,
    sum_if,
    total,
    when,
)
from reports.workbook.inputs import Inputs
from reports.workbook.months import Months
from reports.workbook.pages import BAND, Page
from reports.workbook.plan import Plan, Run
from simulator.years import KPI_MONTHS

FIRST = 3  # column of the first year
_LAST = (  # key, name, unit, kind: what stands at the end of the year
    ("insured_end", "Pekerja terlindungi akhir tahun", "orang", "people", "insured"),
    ("base_end", "Penyebut akhir tahun", "orang", "people", "base"),
    ("coverage_end", "Cakupan akhir tahun", "dari penyebut", "share", "coverage"),
    ("active_people", "Peserta aktif hitungan BPJS akhir tahun", "orang", "people", "active"),
    ("active_end", "Peserta aktif hitungan BPJS akhir tahun", "dari penyebut", "share", "active_share"),
    ("must_uninsured", "Kewajiban belum terlindungi akhir tahun", "orang", "people", "must"),
)
_CLAIMS = (
    ("deaths", "Perkiraan kematian peserta dibayari atau lanjut mandiri", "orang", "decimals", "deaths"),
    ("jkm", "Perkiraan santunan JKM", "Rp", "rupiah", "jkm"),
    ("scholarship_children", "Perkiraan anak penerima beasiswa", "anak", "decimals", "children"),
    ("accidents", "Perkiraan kecelakaan kerja", "kejadian", "decimals", "accidents"),
)


class Years:
    """Writes the sheet and gives its rows as ranges."""

    def __init__(self, page: Page, plan: Plan, inputs: Inputs, months: dict[int, Months]):
        self.page, self.plan, self.inputs, self.months = page, plan, inputs, months
        self._rows: dict[tuple[int, Any], int] = {}
        self._row = 3
        page.title_lines(
            "Tahunan",
            "Angka tahunan tiap skenario, dihitung dari lembar Bulanan. Persentase: dari penyebut saat itu.",
        )
        for column, width in enumerate((54, 26, 16, *[19] * len(plan.years))):
            page.sheet.set_column(column, column, width)
        for run in plan.runs:
            self._run(run)
        page.sheet.freeze_panes(3, FIRST)
        page.sheet.repeat_columns(0, 2)
        page.sheet.fit_to_pages(1, 0)

    # ---- for other sheets

    def row(self, run: Run, key: Any, count: int = 0) -> Cells:
        """A figure in all years of a run, or in the first `count`."""
        at, last = self._rows[run.number, key], FIRST + (count or len(run.projection.years.years)) - 1
        return self.page.area(at, FIRST, at, last)

    def cell(self, run: Run, key: Any, year: int) -> Expression:
        """A figure in one year."""
        return self.page.there(self._rows[run.number, key], FIRST + run.projection.years.years.index(year))

    def chosen(self, run: Run, key: Any, year: Expression) -> Expression:
        """A figure in the year that a cell names."""
        return pick(self.row(run, key), position(year, self.row(run, "year")))

    def name(self, run: Run, key: Any) -> str:
        """A row of figures as charts name it."""
        return f"={self.row(run, key).text}"

    def label(self, run: Run, key: Any) -> str:
        """The name of a row as charts name it."""
        at = self._rows[run.number, key]
        return self.page.name(at, 1, at, 1)

    # ---- writing

    def _run(self, run: Run) -> None:
        page, years = self.page, run.projection.years.years
        band = page.styles(bold=True, font_size=11, bg_color=BAND)
        page.formula(self._row, 0, self.inputs.run_names[run.number], band)
        for column in range(1, FIRST + len(years)):
            page.text(self._row, column, None, band)
        self._row += 1
        page.heads(self._row, 0, ["Angka", "Sumber", "Satuan"])
        months = self.months[run.number]
        look = page.styles(
            bold=True,
            font_color="#FFFFFF",
            bg_color="#1F4E79",
            num_format="0",
            align="right",
            border=1,
            border_color="#C9CED6",
        )
        first = months.column("year")
        for i in range(len(years)):
            part = pick(first, 1) if i == 0 else page.here(self._row, FIRST + i - 1) + 1
            page.formula(self._row, FIRST + i, part, look)
        self._rows[run.number, "year"] = self._row
        self._row += 1
        self._people(run, months)
        self._money(run, months)
        for key, name, unit, kind, column in _CLAIMS:
            self._sum(run, key, name, unit, kind, months.column(column))
        self._row += 1

    def _add(
        self, run: Run, key: Any, name: str, unit: str, kind: str, make: Callable[[int, Expression], Expression],
        source: Expression | None = None, bold: bool = False,
    ) -> None:  # fmt: skip
        """One figure in every year; `make` gets the year's place and the cell that names it."""
        page, row, plain = self.page, self._row, self.page.styles.plain
        page.text(row, 0, name, plain)
        if source is None:
            page.text(row, 1, None, plain)
        else:
            page.formula(row, 1, source, plain)
        page.text(row, 2, unit, plain)
        look = page.look(kind, bold=True) if bold else page.look(kind)
        for i in range(len(run.projection.years.years)):
            head = page.here(self._rows[run.number, "year"], FIRST + i)
            page.formula(row, FIRST + i, make(i, head), look)
        self._rows[run.number, key] = row
        self._row += 1

    def _here(self, run: Run, key: Any, i: int) -> Expression:
        return self.page.here(self._rows[run.number, key], FIRST + i)

    def _people(self, run: Run, months: Months) -> None:
        dates = months.column("year")
        self._add(run, "months", "Bulan disimulasikan", "bulan", "plain", lambda i, y: count_if(dates, y))
        self._add(
            run, "last", "Baris bulan terakhir di lembar bulanan", "", "plain", lambda i, y: position(y, dates, False)
        )
        for key, name, unit, kind, column in _LAST:
            cells, bold = months.column(column), key == "coverage_end"
            make = lambda i, y, cells=cells: pick(cells, self._here(run, "last", i))  # noqa: E731
            self._add(run, key, name, unit, kind, make, bold=bold)
        for key, name, unit, kind, column in (
            ("coverage_average", "Cakupan rata-rata setahun", "dari penyebut", "share", "coverage"),
            ("insured_average", "Pekerja terlindungi rata-rata setahun", "orang", "people", "insured"),
        ):
            cells = months.column(column)
            self._add(run, key, name, unit, kind, lambda i, y, cells=cells: average_if(dates, y, cells))

    def _sum(
        self, run: Run, key: Any, name: str, unit: str, kind: str, cells: Cells, source: Expression | None = None
    ) -> None:
        dates = self.months[run.number].column("year")
        self._add(run, key, name, unit, kind, lambda i, y: sum_if(dates, y, cells), source)

    def _money(self, run: Run, months: Months) -> None:
        funders, names = run.region.funders, self.inputs.names
        for f in funders:
            self._sum(run, ("cost", f.id), "Iuran", "Rp", "rupiah0", months.column(("cost", f.id)), names[f.id])

        def all_cost(i: int, _year: Expression) -> Expression:
            if not funders:
                return constant(0)
            cells = [self._rows[run.number, ("cost", f.id)] for f in funders]
            return total(self.page.area(cells[0], FIRST + i, cells[-1], FIRST + i, own=True))

        self._add(run, "cost", "Iuran semua sumber", "Rp", "rupiah0", all_cost, bold=True)

        def public(i: int, _year: Expression) -> Expression:
            parts = [self._here(run, ("cost", f.id), i) * self.inputs.get(run, f"{f.id}.government") for f in funders]
            return total(*parts) if parts else constant(0)

        self._add(run, "apbd_cost", "di antaranya uang pemerintah daerah (APBD)", "Rp", "rupiah0", public)

        def share(i: int, _year: Expression) -> Expression:
            whole = self.inputs.get(run, "apbd_total")
            return when(whole > 0, self._here(run, "apbd_cost", i) / whole, 0)

        self._add(run, "apbd_share", "Uang pemerintah daerah", "dari seluruh APBD", "share", share)
        self._left_over(run, months)

    def _left_over(self, run: Run, months: Months) -> None:
        """What each funder has, does not use and cannot spend, and BPJS's own count of its workers."""
        funders, names = run.region.funders, self.inputs.names
        for f in funders:
            money = months.column(("available" if f.kind == "budget" else "cost", f.id))
            self._sum(run, ("available", f.id), "Anggaran tersedia", "Rp", "rupiah0", money, names[f.id])
        for f in funders:
            self._add(run, ("unspent", f.id), "Tidak terpakai", "Rp", "rupiah0", self._unspent(run, f.id), names[f.id])
        for f in funders:
            make = self._idle(run, months, f)
            self._add(run, ("not_absorbed", f.id), "di antaranya tidak terserap", "Rp", "rupiah0", make, names[f.id])
        for f in funders:
            make = self._kpi(run, months, f)
            self._add(run, ("kpi", f.id), "Hitungan KPI BPJS", "orang", "people0", make, names[f.id])

    def _unspent(self, run: Run, k: str) -> Callable[[int, Expression], Expression]:
        """available − cost."""
        return lambda i, y: most(0, self._here(run, ("available", k), i) - self._here(run, ("cost", k), i))

    def _idle(self, run: Run, months: Months, funder: Any) -> Callable[[int, Expression], Expression]:
        """available − spendable; none with sponsors."""
        if funder.kind != "budget":
            return lambda i, y: constant(0)
        dates, cells = months.column("year"), months.column(("spendable", funder.id))
        return lambda i, y: most(0, self._here(run, ("available", funder.id), i) - sum_if(dates, y, cells))

    def _kpi(self, run: Run, months: Months, funder: Any) -> Callable[[int, Expression], Expression]:
        """(c₁ + … + c₆)/6 of the year's greatest monthly places, missing months 0; for companies c₆."""
        years = run.projection.years.years

        def make(i: int, _year: Expression) -> Expression:
            cells = months.months_of(("X", funder.id), years[i])
            count = min(KPI_MONTHS, len(cells.values))
            parts = [largest(cells, n) for n in range(1, count + 1)]
            mean = parts[0]
            for part in parts[1:]:
                mean = mean + part
            sixth = parts[-1] if count == KPI_MONTHS else constant(0)
            return when(self.inputs.get(run, f"{funder.id}.corporate") > 0, sixth, mean / KPI_MONTHS)

        return make
