"""The first sheet: the answer beside today's policy and what is compared with it, in a year that the reader chooses."""

from collections.abc import Callable

from reports.workbook.checks import Checks
from reports.workbook.expression import (
    Expression,
    both,
    constant,
    equal,
    if_fault,
    join,
    pick,
    position,
    total,
    when,
)
from reports.workbook.inputs import Inputs
from reports.workbook.pages import BAD, GOOD, HEADING, Page
from reports.workbook.plan import Plan, Run, Source
from reports.workbook.years import Years
from simulator.version import MODEL_VERSION
from simulator.workbook.styles import INPUT

BEHIND, YEAR_ROW, HEAD = 4, 5, 7  # rows: the scenarios behind the names, the year, the headings
WIDTHS, LINK_LINES = (40, 20, 18), 3  # columns in letters: label, unit, figures; lines of the link that are shown
CHART_ROWS = 17  # rows that a chart takes
CHARTS_END = 7  # column in which the charts end
PAPER, LARGEST = 10.89, 72  # inches of A4 across within its margins; per cent, so that the tables fit on one page
SMALL = 0.5  # rupiah or people: less is nothing
_MEASURES = (  # key, label, unit, kind
    ("coverage_end", "Cakupan akhir tahun", "base", "share"),
    ("coverage_average", "Cakupan rata-rata setahun", "base", "share"),
    ("active_end", "Peserta aktif hitungan BPJS, akhir tahun", "base", "share"),
    ("insured_end", "Pekerja terlindungi akhir tahun", "orang", "people"),
    ("must_uninsured", "Kewajiban belum terlindungi, akhir tahun", "orang", "people"),
    ("cost", "Iuran semua sumber setahun", "Rp", "rupiah"),
    ("apbd_cost", "di antaranya uang pemerintah daerah (APBD)", "Rp", "rupiah"),
    ("apbd_share", "Uang pemerintah daerah", "dari seluruh APBD", "share"),
    ("jkm", "Perkiraan santunan JKM setahun", "Rp", "rupiah"),
)
_SIGNED = {"share": "points", "rupiah": "more_rupiah", "people": "more_people"}


class Summary:
    """Writes the sheet; `target` is the goal that a chart shows, None where the region has none."""

    def __init__(self, page: Page, plan: Plan, source: Source, inputs: Inputs, years: Years, checks: Checks):
        self.page, self.plan, self.source, self.inputs, self.years = page, plan, source, inputs, years
        self.runs = plan.runs
        self.target: Expression | None = None
        self.target_name: Expression | None = None
        self._last = 2 + len(self.runs)  # column of the difference
        self._edge = max(self._last + bool(plan.tables["targets"]), CHARTS_END)  # the last column that is printed
        self.base = join("dari ", source.at("region", 0, "population"))
        self.year = self._head(checks)
        self._row = HEAD + 1
        self._measures()
        self._prices()
        self._payers()
        self._targets()
        self.chart_row = self._row + 1  # two rows of charts, then what is said of everything
        self._row = self.chart_row + 2 * CHART_ROWS
        self._foot()
        self._set_up()

    # ---- above

    def _head(self, checks: Checks) -> Expression:
        page, names = self.page, self.inputs.run_names
        title = join("Simulasi cakupan Jamsostek ", self.source.at("region", 0, "title"))
        page.formula(0, 0, title, page.styles.title)
        compared = names[0] if self.plan.main is self.plan.today else join("Usulan: ", names[self.plan.main.number])
        others = [names[r.number] for r in self.runs if r is not self.plan.main]
        parts: list = [compared]
        for i, name in enumerate(others):
            parts += [", dibandingkan dengan " if i == 0 else " dan " if i == len(others) - 1 else ", ", name]
        self._wide(1, join(*parts, ""), font_size=11)
        self._state(checks)
        self._behind()
        return self._chooser()

    def _wide(self, row: int, part: Expression | str, most: int = 9, **look) -> None:
        """A text across the table, broken into as many lines as it needs, or as are allowed."""
        page, style = self.page, self.page.styles(text_wrap=True, valign="top", **look)
        page.sheet.merge_range(row, 0, row, self._edge, "", style)
        page.formula(row, 0, part, style) if isinstance(part, Expression) else page.text(row, 0, part, style)
        text = str(part.value if isinstance(part, Expression) else part)
        room = sum(WIDTHS[:2]) + WIDTHS[2] * (self._edge - 1)
        page.sheet.set_row(row, 15 * min(most, 1 + int(len(text) * look.get("font_size", 10) / 10 // room)))

    def _behind(self) -> None:
        """Which scenario of the file a run is where the reader calls it by another name."""
        names, parts = self.inputs.run_names, []
        for run in self.runs:
            scenario = self.inputs.scenario_name(run)
            if scenario is not None:
                parts += ["; " if parts else "Nama di Setelan skenario: ", names[run.number], " = ", scenario]
        if parts:
            self._wide(BEHIND, join(*parts), font_color="#5F6B76")

    def _state(self, checks: Checks) -> None:
        """Whether the inputs are sound, and whether the results are still the app's."""
        page, faults = self.page, checks.faults
        told = join(
            "PERHATIAN: ", faults, " kesalahan masukan; lihat lembar Periksa. Angka di bawah belum dapat dipakai."
        )
        page.formula(2, 0, when(equal(faults, 0), "Masukan: tidak ada kesalahan.", told), page.styles(bold=True))
        same = when(
            equal(checks.same, 1),
            "Cocok dengan aplikasi: hasil sama dengan saat berkas dibuat (selisih di bawah Rp 1 dan 0,1 pekerja).",
            "Masukan telah diubah sejak berkas dibuat: hasil tidak lagi sama dengan aplikasi saat itu (lihat Periksa).",
        )
        page.formula(3, 0, same, page.styles())
        red = page.styles(bg_color=BAD, font_color="#9C0006")
        rule = {"type": "formula", "criteria": '=LEFT($A$3,9)="PERHATIAN"', "format": red}
        page.sheet.conditional_format(2, 0, 2, 0, rule)

    def _chooser(self) -> Expression:
        """The cell in which a year is chosen."""
        page, years = self.page, self.years.row(self.plan.main, "year", len(self.plan.common_years))
        page.text(YEAR_ROW, 0, "Tahun yang ditampilkan (pilih di sel kuning)", page.styles(bold=True, font_size=11))
        look = {"bold": True, "font_size": 12, "bg_color": INPUT, "border": 1, "num_format": "0", "align": "center"}
        page.text(YEAR_ROW, 1, self.plan.year, page.styles(**look, locked=False))
        rule = {"validate": "list", "source": f"={years.text}", "error_title": "Tahun tidak ada"}
        rule["error_message"] = "Pilih salah satu tahun dari daftar di sel ini."
        page.sheet.data_validation(YEAR_ROW, 1, YEAR_ROW, 1, rule)
        return page.fixed(YEAR_ROW, 1)

    def _heads(self, row: int, first: Expression | str, last: str) -> None:
        page = self.page
        page.heads(row, 0, [first, "Satuan"])
        page.heads(row, 2, [*self.inputs.run_names, last], page.styles(**HEADING, align="right"))
        self.page.sheet.set_row(row, 45)

    def _chosen(self, run: Run, key) -> Expression:
        return self.years.chosen(run, key, self.year)

    # ---- results

    def _line(
        self,
        label: Expression | str,
        unit: Expression | str,
        kind: str,
        make: Callable[[Run], Expression],
        difference: bool = True,
    ) -> int:
        """One figure for all runs, and what main has more than today's policy."""
        page, row, plain = self.page, self._row, self.page.styles.plain
        for column, part in enumerate((label, unit)):
            page.formula(row, column, part, plain) if isinstance(part, Expression) else page.text(
                row, column, part, plain
            )
        for run in self.runs:
            look = page.look(kind, align="right", bold=run is self.plan.main)
            page.formula(row, 2 + run.number, make(run), look)
        if difference and self.plan.has_main:
            more = page.here(row, 2 + self.plan.main.number) - page.here(row, 2)
            page.formula(row, self._last, more * 100 if kind == "share" else more, page.look(_SIGNED[kind.rstrip("0")]))
        else:
            page.text(row, self._last, None, plain)
        self._row += 1
        return row

    def _measures(self) -> None:
        has_total = self.plan.region.apbd_total is not None
        self._heads(HEAD, join("Angka pada tahun ", self.year), "Usulan dikurangi kondisi berjalan")
        for key, label, unit, kind in _MEASURES:
            said = self.base if unit == "base" else unit
            if key != "apbd_share" or has_total:
                self._line(label, said, kind, lambda run, key=key: self._chosen(run, key))

    def _prices(self) -> None:
        """What one more worker, or one more point of coverage, costs beside today's policy."""

        def price(key: str, unit: int) -> Callable[[Run], Expression]:
            def make(run: Run) -> Expression:
                if run is self.plan.today:
                    return constant("–")
                extra, people, more = (
                    self._chosen(run, k) - self._chosen(self.plan.today, k) for k in ("cost", "insured_average", key)
                )
                pays = both(extra > SMALL, people > SMALL, more > 0)
                return when(pays, extra / (more * unit) if unit > 1 else extra / more, "–")

            return make

        self._line("Biaya 1 pekerja tambahan setahun", "Rp", "rupiah", price("insured_average", 1), False)
        self._line("Harga 1 poin cakupan rata-rata setahun", "Rp", "rupiah", price("coverage_average", 100), False)
        self._row += 1

    def _payers(self) -> None:
        self._heads(self._row, join("Siapa membayar berapa pada ", self.year), "Usulan dikurangi kondisi berjalan")
        first = self._row = self._row + 1
        for f in self.plan.region.funders:
            self._line(self.inputs.names[f.id], "Rp", "rupiah0", lambda run, k=f.id: self._chosen(run, ("cost", k)))
        last = self._row - 1

        def sums(run: Run) -> Expression:
            return (
                total(self.page.area(first, 2 + run.number, last, 2 + run.number, own=True))
                if last >= first
                else constant(0)
            )

        self._line("Jumlah", "Rp", "rupiah0", sums)
        self._row += 1

    # ---- targets

    def _targets(self) -> None:
        """Every target: coverage on its own base at its year's end, and whether it is reached."""
        rows = self.plan.tables["targets"]
        if not rows:
            return
        self._heads(self._row, "Target (akhir tahun)", "Target")
        self.page.heads(
            self._row, self._last + 1, ["Target pada penyebut utama"], self.page.styles(**HEADING, align="right")
        )
        first = self._row + 1
        self._row += 1
        for i in range(len(rows)):
            self._target(i)
        found = self._matched(first)
        self._row += 1
        page, label = self.page, self.page.styles(font_color="#5F6B76")
        self.target_name = page.formula(self._row - 1, 0, join("Target di grafik: ", found[1]), label)
        self.target_name = page.there(self._row - 1, 0)
        page.formula(self._row - 1, self._last, found[0], page.look("share", font_color="#5F6B76"))
        self.target = page.there(self._row - 1, self._last)
        self._row += 1

    def _matched(self, first: int) -> tuple[Expression, Expression]:
        """(share, year) of the chosen year's target, else of the last one."""
        rows, column = len(self.plan.tables["targets"]), self._last + 1
        area = [self.page.here(first + 2 * i, column) for i in range(rows)]
        found, when_ = area[-1], self.source.at("targets", rows - 1, "year")
        for i in reversed(range(rows)):
            year = self.source.at("targets", i, "year")
            found, when_ = when(equal(year, self.year), area[i], found), when(equal(year, self.year), year, when_)
        return found, when_

    def _target(self, i: int) -> None:
        """Two rows: coverage on the target's base, and what that means; the target as a share of the main base."""
        page, source = self.page, self.source
        year, goal, base = (source.at("targets", i, c) for c in ("year", "coverage", "population"))
        name = source.at("targets", i, "name")
        called = when(equal(name, ""), "target", join(name, ""))
        own = source.at("region", 0, "population")
        said = when(equal(base, ""), own, base)
        self.page.formula(self._row, 0, join(called, " ", year), page.styles.plain)
        page.formula(self._row, 1, join("dari ", said), page.styles.plain)
        size = self._size(base, own)
        for run in self.runs:
            value = self._on_target(run, year, size(run))
            page.formula(self._row, 2 + run.number, if_fault(value, "–"), page.look("share", align="right"))
            cell = page.here(self._row, 2 + run.number)
            reached = when(cell >= goal, "tercapai", "belum tercapai") if isinstance(cell.value, float) else Expression(
                when(Expression(cell.text, 0.0) >= goal, "tercapai", "belum tercapai").text, "belum tercapai"
            )  # fmt: skip
            words = when(equal(cell, "–"), "tidak dapat dinilai", reached)
            page.formula(self._row + 1, 2 + run.number, words, page.look("text", align="right"))
        page.text(self._row + 1, 0, None, page.styles.plain)
        page.text(self._row + 1, 1, "tercapai?", page.styles.plain)
        page.formula(self._row, self._last, goal, page.look("share"))
        page.text(self._row + 1, self._last, None, page.styles.plain)
        on_base = if_fault(
            goal * size(self.plan.today) / self.inputs.get(self.plan.today, "coverage_base.workers"), goal
        )
        page.formula(self._row, self._last + 1, on_base, page.look("share"))
        page.sheet.conditional_format(
            self._row + 1, 2, self._row + 1, 1 + len(self.runs),
            {"type": "cell", "criteria": "==", "value": '"tercapai"', "format": page.styles(bg_color=GOOD)},
        )  # fmt: skip
        self._row += 2

    def _size(self, base: Expression, own: Expression) -> Callable[[Run], Expression]:
        """Workers at the start of the base that a target was set on; a fault where it is not known."""

        def make(run: Run) -> Expression:
            found: Expression = Expression("NA()", float("nan"))
            for n in reversed(range(len(self.plan.tables["also"]))):
                other = self.source.at("also", n, "population")
                found = when(equal(base, other), self.source.at("also", n, "workers"), found)
            mine = self.inputs.get(run, "coverage_base.workers")
            return when(equal(base, ""), mine, when(equal(base, own), mine, found))

        return make

    def _on_target(self, run: Run, year: Expression, size: Expression) -> Expression:
        years, coverage = self.years.row(run, "year"), self.years.row(run, "coverage_end")
        at = position(year, years)
        if at.value != at.value:
            share = Expression(f"INDEX({coverage.text},{at.text})", float("nan"))
        else:
            share = pick(coverage, at)
        return share * self.inputs.get(run, "coverage_base.workers") / size

    # ---- below

    def _foot(self) -> None:
        order = self.plan.order
        made = f", dibuat {order.made}" if order.made else ""
        lines = [
            join("Setiap persentase cakupan dan peserta aktif: ", self.base, " pada bulan itu, kecuali disebut lain."),
            f"Simulator cakupan Jamsostek, model versi {MODEL_VERSION}{made}. Sumber, tanggal, dan jenis tiap"
            " angka berada di lembar data (kolom Sumber data, Jenis data, Catatan; lembar Rentang dan sumber).",
            "Ubah sel kuning di lembar data atau di Setelan skenario; semua angka mengikuti (lihat Petunjuk).",
        ]
        if order.link:
            lines.append(f"Setelan ini di aplikasi: {order.link}")
        for line in lines:
            self._wide(self._row, line, LINK_LINES if line is lines[-1] else 9, font_color="#5F6B76")
            self._row += 1

    def _set_up(self) -> None:
        sheet = self.page.sheet
        sheet.set_column(0, 0, WIDTHS[0])
        sheet.set_column(1, 1, WIDTHS[1])
        sheet.set_column(2, self._edge, WIDTHS[2])
        sheet.freeze_panes(HEAD + 1, 1)
        wide = (sum(WIDTHS[:2]) + WIDTHS[2] * (self._edge - 1)) * 7 + 5 * (self._edge + 1)  # pixels
        sheet.set_print_scale(min(LARGEST, int(PAPER * 96 / wide * 92)))  # Excel breaks pages as told only at a scale
        sheet.repeat_rows(0, 1)
        sheet.set_h_pagebreaks([self.chart_row])
        sheet.print_area(0, 0, self._row - 1, self._edge)
