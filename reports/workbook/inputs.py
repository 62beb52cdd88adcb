"""The sheet of numbers in use: for every run the yellow cell that each number comes from, or what holds for a blank."""

from collections.abc import Callable, Iterable

from reports.workbook.expression import (
    Cells,
    Expression,
    Part,
    constant,
    contains,
    count_numbers,
    either,
    equal,
    is_number,
    join,
    most,
    not_available,
    product_sum,
    total,
    when,
)
from reports.workbook.pages import BAND, Page
from reports.workbook.plan import SPARE_YEARS, Plan, Run, Source
from simulator.registry import DUTIES, FIELDS, OTHER_NAME, PAYERS, UNITS
from simulator.schema import BudgetFunder
from simulator.tables.layout import BY_SEGMENT, NO_LIMIT, RISKS, SECTORS
from simulator.tables.numbers import is_share

UNLIMITED = 1_000_000_000_000_000  # stands for no limit: more people than there are
FIRST = 3  # column of the first run
_ASSUMED = {
    "verification_yield": 1,
    "overlap": 0,
    "self_pay_continuation": 0,
    "self_pay_lapse": 0,
    "grace_months": 3,
    "deaths_per_1000": 2,
    "accidents_per_1000": 2.5,
    "children_per_death": 1,
}
_BUDGET = {"budget_growth": 0, "start_month": 1, "months": 12, "absorption": 1}
_SPONSORS = {
    "sponsors": None, "participation": None, "initial_participation": 0, "start_after": 0, "ramp_months": 12,
    "workers_per_sponsor": None, "still_paying": 1,
}  # fmt: skip
PROGRAMMES = ("jkk", "jkm", "jht")


def one_of(cell: Expression, options: dict, code: str) -> Expression:
    """Whether a choice is made, told by its label or by its code."""
    return either(equal(cell, str(options[code])), equal(cell, code))


class Inputs:
    """Writes the sheet; gives each run's numbers by key: a lever's path, or a path of what follows from it."""

    def __init__(self, page: Page, plan: Plan, source: Source, default_income: Expression):
        self.page, self.plan, self.source = page, plan, source
        self._default_income = default_income
        self._cells: dict[tuple[int, str], Expression] = {}
        self._row = 4
        self.names = self._names()
        self.run_names = self._run_names()
        self._write()

    def get(self, run: Run, key: str) -> Expression:
        """A number of a run, as other sheets name it. Raises KeyError."""
        return self._cells[run.number, key]

    # ---- names

    def _names(self) -> dict[str, Expression]:
        """Segments and funders by code: formulas that give what the input sheets call them."""
        found = {}
        for key, table in (("segments", "segments"), ("budgets", "budgets"), ("sponsors", "sponsors")):
            for i, row in enumerate(self.plan.tables[key]):
                found[str(row.cells["id"])] = join(self.source.at(table, i, "name"), "")
        other = self.source.at("other", 0, "name")
        found["other"] = when(equal(other, ""), OTHER_NAME, join(other, ""))
        return found

    def _run_names(self) -> list[Expression]:
        """What the reader calls each run; the same in every document."""
        return [constant(run.name) for run in self.plan.runs]

    def scenario_name(self, run: Run) -> Expression | None:
        """What the scenario behind a run is called on its sheet; None where that is the run's own name or none."""
        rows = self.plan.tables["scenarios"]
        at = next((i for i, row in enumerate(rows) if str(row.cells["id"]) == run.scenario), None)
        if run is self.plan.today or at is None or rows[at].cells.get("name") == run.name:
            return None
        return join(self.source.at("scenarios", at, "name"), "")

    # ---- single cells

    def _raw(self, run: Run, path: str) -> Expression | None:
        """The cell that a number of a run comes from: its scenario's setting, else that of the data."""
        return self.source.cell(run.paths[path]) if path in run.paths else self.source.found(path)

    def _number(self, run: Run, path: str, default: Part | None) -> Expression:
        """A number: what is typed, the default for a blank; a fault where a required one is missing or is a text."""
        cell = self._raw(run, path)
        if cell is None:
            return constant(0 if default is None else default) if not isinstance(default, Expression) else default
        typed = when(is_number(cell), cell, not_available())
        if default is None or path in run.paths:
            return typed
        return when(equal(cell, ""), default, typed)

    def _limit(self, run: Run, path: str) -> Expression:
        """An enrolment limit; blank or in words: none."""
        cell = self._raw(run, path)
        free = either(equal(cell, ""), equal(cell, NO_LIMIT))
        return when(free, UNLIMITED, when(is_number(cell), cell, not_available()))

    # ---- rows

    def _section(self, name: Part) -> None:
        page = self.page
        look = page.styles(bold=True, bg_color=BAND, border=1, border_color="#C9CED6")
        page.formula(self._row, 0, name, look) if isinstance(name, Expression) else page.text(self._row, 0, name, look)
        for column in range(1, FIRST + len(self.plan.runs) + 1):
            page.text(self._row, column, None, look)
        self._row += 1

    def _add(
        self, key: str, label: str, unit: str, kind: str, make: Callable[[Run], Expression], path: str = ""
    ) -> None:
        """One number for all runs; `path`: the lever's where it is another than the key."""
        page, row = self.page, self._row
        plain = page.styles.plain
        page.text(row, 0, None, plain)
        page.text(row, 1, label, plain)
        page.text(row, 2, unit, plain)
        for run in self.plan.runs:
            own = (path or key) in run.paths
            look = page.look(kind, font_color="#9C4A00", bold=True) if own else page.look(kind)
            column = FIRST + run.number
            page.formula(row, column, make(run), look)
            self._cells[run.number, key] = page.there(row, column)
        place = self.source.place(path or key)
        page.text(row, FIRST + len(self.plan.runs), self.source.where(place) if place else "dihitung", plain)
        self._row += 1

    def _field(self, path: str, field: str, default: Part | None, label: str = "") -> None:
        """A number of the file format."""
        f = FIELDS[field]
        kind = "share" if is_share(f) else "rupiah" if f.unit.startswith("rupiah") else "decimals"
        kind = "people" if f.unit.startswith("people") and f.unit != "people_per_sponsor" or f.whole else kind
        self._add(path, label or f.label, UNITS[f.unit], kind, lambda run: self._number(run, path, default))

    def _write(self) -> None:
        page = self.page
        page.title_lines(
            "Angka terpakai",
            "Angka yang dipakai tiap skenario: setelan skenario bila ada (jingga tebal), selain itu sel kuning di"
            " lembar data, atau nilai bawaan bila sel itu kosong. Ubahlah di sel kuning, bukan di sini.",
        )
        page.heads(3, 0, ["Milik", "Parameter", "Satuan", *self.run_names, "Sel data"])
        for column, width in enumerate((26, 38, 20, *[18] * len(self.plan.runs), 30)):
            page.sheet.set_column(column, column, width)
        page.sheet.set_row(3, 45)
        page.sheet.freeze_panes(4, 2)
        page.sheet.repeat_rows(3)
        page.sheet.repeat_columns(0, 1)
        page.sheet.fit_to_pages(1, 0)
        self._region()
        for s in self.plan.region.segments:
            self._segment(s.id, s.membership)
        self._other()
        for funder in self.plan.region.funders:
            self._funder(funder)

    def _region(self) -> None:
        self._section(join(self.source.at("region", 0, "title"), ""))
        self._field("coverage_base.workers", "coverage_base.workers", None)
        self._field("coverage_base.growth", "coverage_base.growth", 0)
        self._field("coverage_base.outside", "coverage_base.outside", 0)
        self._field("covered", "covered", None)
        self._field("apbd_total", "apbd_total", 0)
        self._section("Perilaku")
        for name, default in _ASSUMED.items():
            self._field(f"assumptions.{name}", f"assumptions.{name}", default)
        lapse = "assumptions.self_pay_lapse"
        text = "Lanjut mandiri yang bertahan sebulan"
        self._add("kept", text, "bagian", "factor", lambda run: (1 - self.get(run, lapse)) ** (constant(1) / 12))
        for name in ("deaths", "accidents"):
            rate = f"assumptions.{name}_per_1000"
            label = f"{FIELDS[rate].label} tiap orang sebulan"
            self._add(name, label, "bagian", "number", lambda run, rate=rate: self.get(run, rate) / 1000 / 12)

    def _segment(self, s: str, membership: str) -> None:
        self._section(self.names[s])
        self._field(f"{s}.workers", "segment.workers", None)
        self._field(f"{s}.covered", "segment.covered", None)
        self._field(f"{s}.covered_change", "segment.covered_change", 0)

        def must(run: Run) -> Expression:
            return when(one_of(self._raw(run, f"{s}.duty"), DUTIES, "must"), 1, 0)

        self._add(f"{s}.must", "Wajib didaftarkan pemberi kerjanya", "", "flag", must, f"{s}.duty")
        self._add(
            f"{s}.yield", "Lolos verval", "%", "share",
            lambda run: self._number(
                run, f"{s}.verification_yield",
                when(equal(self.get(run, f"{s}.must"), 1), 1, self.get(run, "assumptions.verification_yield")),
            ), f"{s}.verification_yield",
        )  # fmt: skip
        if membership == "pu":
            self._field(f"{s}.wage", "segment.wage", None)
            self._add(f"{s}.risk", "Risiko kerja (1–5)", "", "plain", lambda run: self._risk(run, s))
        else:
            self._field(f"{s}.income", "segment.income", self._default_income)
            transport = lambda run: when(one_of(self._raw(run, f"{s}.sector"), SECTORS, "transport"), 1, 0)  # noqa: E731
            self._add(f"{s}.transport", "Sektor angkutan", "", "flag", transport, f"{s}.sector")
        for name in PROGRAMMES:
            make = lambda run, name=name: self._programme(self._raw(run, f"{s}.programmes"), name)  # noqa: E731
            self._add(f"{s}.{name}", f"Program {name.upper()}", "", "flag", make, f"{s}.programmes")
        self._paid_total(s)

    def _risk(self, run: Run, s: str) -> Expression:
        """1 very low … 5 very high; blank is very low."""
        cell = self._raw(run, f"{s}.risk")
        found: Part = not_available()
        for at, code in reversed(list(enumerate(RISKS, 1))):
            found = when(one_of(cell, RISKS, code), at, found)
        return when(equal(cell, ""), 1, found)

    def _programme(self, cell: Expression, name: str) -> Expression:
        """Whether a segment's programmes hold one; a blank is JKK and JKM."""
        return when(equal(cell, ""), 0 if name == "jht" else 1, when(contains(name, cell), 1, 0))

    def _paid_total(self, s: str) -> None:
        """Those of a segment who are paid for today, by all funders; the funders' rows come below."""
        funders = [f.id for f in self.plan.region.funders]

        def make(run: Run) -> Expression:
            parts = [
                self._number(run, f"{k}.paid_before.{s}", None)
                for k in funders
                if self._raw(run, f"{k}.paid_before.{s}") is not None
            ]
            return total(*parts) if parts else constant(0)

        self._add(f"{s}.paid", "Dibayari saat awal oleh semua sumber", "orang", "people", make)

    def _other(self) -> None:
        """What is left of the base."""
        ids = [s.id for s in self.plan.region.segments]
        self._section(self.names["other"])
        get = self.get

        def rest(run: Run) -> Expression:
            left = get(run, "coverage_base.workers") - get(run, "coverage_base.outside")
            return left - total(*(get(run, f"{s}.workers") for s in ids)) if ids else left

        def rest_covered(run: Run) -> Expression:
            found = get(run, "covered")
            return found - total(*(get(run, f"{s}.covered") for s in ids)) if ids else found

        self._add("other.rest", "Sisa penyebut", "orang", "people", rest)
        self._add("other.rest_covered", "Sisa yang terlindungi", "orang", "people", rest_covered)
        self._add("other.workers", "Jumlah pekerja", "orang", "people", lambda run: most(0, get(run, "other.rest")))
        self._add(
            "other.covered", "Sudah terlindungi", "orang", "people", lambda run: most(0, get(run, "other.rest_covered"))
        )
        self._field("other.covered_change", "segment.covered_change", 0)
        self._add(
            "other.yield", "Lolos verval", "%", "share",
            lambda run: self._number(run, "other.verification_yield", get(run, "assumptions.verification_yield")),
            "other.verification_yield",
        )  # fmt: skip
        self._field("other.income", "segment.income", self._default_income)
        fixed = {"must": 0, "transport": 0, "jkk": 1, "jkm": 1, "jht": 0}
        for name, value in fixed.items():
            label = {"must": "Wajib didaftarkan pemberi kerjanya", "transport": "Sektor angkutan"}
            self._add(
                f"other.{name}",
                label.get(name, f"Program {name.upper()}"),
                "",
                "flag",
                lambda run, v=value: constant(v),
            )
        self._paid_total("other")

    # ---- funders

    def _funder(self, funder) -> None:
        k = funder.id
        self._section(self.names[k])
        payer = self.source.found(f"{k}.payer")
        for key, code in (("government", "government"), ("corporate", "corporate")):
            label = f"Pembayar: {PAYERS[code]}"
            self._add(
                f"{k}.{key}", label, "", "flag", lambda run, c=code: when(one_of(payer, PAYERS, c), 1, 0), f"{k}.payer"
            )
        self._add(f"{k}.relief", "Mendapat keringanan iuran", "", "flag", lambda run: self._relief(run, k, payer))
        for name in PROGRAMMES:
            make = lambda run, name=name: self._funder_programme(self._raw(run, f"{k}.programmes"), name)  # noqa: E731
            self._add(f"{k}.{name}", f"Program {name.upper()}", "", "flag", make, f"{k}.programmes")
        name = f"{k}.onboarding_per_month"
        label, unit = FIELDS["funder.onboarding_per_month"].label, UNITS["people_month"]
        self._add(name, label, unit, "limit", lambda run: self._limit(run, name))
        if isinstance(funder, BudgetFunder):
            self._field(f"{k}.annual_budget", "funder.annual_budget", None)
            for name, default in _BUDGET.items():
                self._field(f"{k}.{name}", f"funder.{name}", default)
            for i, year in enumerate(self.plan.years):
                self._single_year(k, i, year)
        else:
            for name, default in _SPONSORS.items():
                self._field(f"{k}.{name}", f"funder.{name}", default)
        self._paid_by(k)

    def _relief(self, run: Run, k: str, payer: Expression) -> Expression:
        """Individuals have it unless said otherwise, the government never."""
        cell = self._raw(run, f"{k}.relief")
        yes = either(equal(cell, "ya"), equal(cell, Expression("TRUE", True)))
        usual = when(one_of(payer, PAYERS, "individual"), 1, 0)
        return when(one_of(payer, PAYERS, "government"), 0, when(equal(cell, ""), usual, when(yes, 1, 0)))

    def _funder_programme(self, cell: Expression, name: str) -> Expression:
        """1 or 0; −1 where the segment's own hold."""
        own = either(equal(cell, ""), equal(cell, BY_SEGMENT))
        return when(own, -1, when(contains(name, cell), 1, 0))

    def _single_year(self, k: str, i: int, year: int) -> None:
        """Budget, first month and months of a year: its setting's, else the sheet of single years', else the usual."""
        rows = len(self.plan.tables["by_year"]) + SPARE_YEARS - 1
        last = {
            c: self.source.at("by_year", rows, c) for c in ("funder", "year", "annual_budget", "start_month", "months")
        }
        ranges = {}
        for column, end in last.items():
            start = self.source.at("by_year", 0, column)
            values = [self.source.at("by_year", r, column).value for r in range(rows + 1)]
            ranges[column] = Cells(f"{start.text}:{end.text.rpartition('!')[2]}", values)
        code = self.source.found(f"{k}.id")
        called = self.source.found(f"{k}.name")
        keys = [(ranges["funder"], [code, called]), (ranges["year"], [constant(year)])]
        for name in ("annual_budget", "start_month", "months"):

            def make(run: Run, name: str = name) -> Expression:
                path = f"{k}.by_year.{year}.{name}"
                if path in run.paths:
                    return self._number(run, path, None)
                usual = self.get(run, f"{k}.{name}")
                if name == "annual_budget":
                    usual = usual * (1 + self.get(run, f"{k}.budget_growth")) ** i
                given = count_numbers(keys, ranges[name])
                return when(given > 0, product_sum(keys, ranges[name]), usual)

            f = FIELDS[f"funder.{name}"]
            kind = "rupiah" if name == "annual_budget" else "plain"
            self._add(f"{k}.by_year.{year}.{name}", f"{f.label} {year}", UNITS[f.unit], kind, make)

    def _paid_by(self, k: str) -> None:
        """Those whom a funder pays for today, by segment."""
        paid = self._paid_segments(k)
        for s in paid:
            path = f"{k}.paid_before.{s}"
            page_row = self._row
            self._field(path, "funder.paid_before", 0, FIELDS["funder.paid_before"].label)
            self.page.formula(page_row, 0, self.names[s], self.page.styles.plain)
        make = lambda run: total(*(self.get(run, f"{k}.paid_before.{s}") for s in paid)) if paid else constant(0)  # noqa: E731
        self._add(f"{k}.paid", "Dibayari saat awal, semua kelompok", "orang", "people", make)

    def _paid_segments(self, k: str) -> Iterable[str]:
        return [
            s
            for s in self.plan.region.segment_ids
            if any(self._raw(run, f"{k}.paid_before.{s}") is not None for run in self.plan.runs)
        ]
