"""The sheet of a run's months: every step of the model, a column a group or funder, a row a month, all formulas.

Rows before the start hold those paid for then (Σ paid_before), so that what looks back is a plain MIN or MAX.
"""

from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import CellFormulaTuple

from reports.workbook.blocks import HEAD, RESULTS, TIME, TOP, Block, blocks, write_heads
from reports.workbook.expression import (
    Cells,
    Expression,
    constant,
    date,
    join,
    least,
    most,
    number,
    pick,
    position,
    rounded,
    total,
    when,
)
from reports.workbook.inputs import Inputs
from reports.workbook.pages import BAND, SOFT, Page, letter
from reports.workbook.plan import Plan, Run
from reports.workbook.rates import Rates
from simulator.engine import LOOK_BACK, SETTLED_MONTHS
from simulator.schema import BudgetFunder

DIGITS = 7  # of a place: what floats leave over is not paid


@dataclass
class Month:
    """Formulas of one row being built: column by key → its cell."""

    row: int
    line: dict[int, Any]  # of the sheet: column → its formula
    name: str  # of the row in formulas
    cells: dict[Any, Expression] = field(default_factory=dict)


class Months:
    """Writes the sheet and gives its columns as ranges."""

    def __init__(self, page: Page, plan: Plan, run: Run, inputs: Inputs, rates: Rates):
        self.page, self.plan, self.run, self.inputs, self.rates = page, plan, run, inputs, rates
        a = run.projection.arrays
        self.segments, self.funders = a.segments, run.region.funders
        self.history = max(a.school_after, a.full_after, LOOK_BACK, SETTLED_MONTHS)
        self.first = TOP + self.history
        self.count = len(a.months)
        self.last = self.first + self.count - 1
        self.full_after, self.school_after = a.full_after, a.school_after
        self._at: dict[Any, int] = {}
        self._values: dict[Any, list] = {}
        self._looks: dict[Any, Any] = {}
        found = blocks(run, inputs)
        self._columns_of(found)
        self._letters = [letter(at) for at in range(len(self._at))]
        self._get: dict[str, Expression] = {}
        self._columns: dict[Any, Cells] = {}
        self._heads(found)
        self._before()
        previous: Month | None = None
        for t in range(self.count):
            previous = self._month(t, previous)
        self._set_up()

    # ---- layout

    def _columns_of(self, found: list[Block]) -> None:
        """Where every column stands, and what it looks like."""
        for at, column in enumerate(c for block in found for c in block.columns):
            self._at[column.key] = at
            self._values[column.key] = [None] * self.history
            self._looks[column.key] = self.page.look(column.kind)

    def _heads(self, found: list[Block]) -> None:
        self.page.title_lines(
            join("Bulanan: ", self.inputs.run_names[self.run.number]),
            "Satu baris satu bulan, satu kolom satu kelompok atau sumber; hasil di kiri, langkah demi langkah ke kanan."
            " Baris sebelum bulan mulai berisi yang dibayari saat itu.",
        )
        write_heads(self.page, found)

    def _set_up(self) -> None:
        sheet, columns = self.page.sheet, len(self._at)
        sheet.set_column(0, 0, 11)
        sheet.set_column(1, TIME - 1, 7)
        sheet.set_column(TIME, columns - 1, 14)
        for key, at in self._at.items():
            if key in ("jkm", "cost") or key[0] in ("cost", "available", "spendable"):
                sheet.set_column(at, at, 18)
        sheet.freeze_panes(TOP, 1, self.first, 1)
        sheet.repeat_rows(HEAD, HEAD + 2)
        sheet.repeat_columns(0)
        sheet.print_area(self.first, TIME, self.last, TIME + RESULTS - 1)  # the steps are looked at on screen
        sheet.fit_to_pages(1, 0)

    # ---- ranges

    def column(self, key: Any) -> Cells:
        """A column's months, as other sheets name them."""
        if key not in self._columns:
            name = letter(self._at[key])
            text = f"{self.page.prefix}${name}${self.first + 1}:${name}${self.last + 1}"
            self._columns[key] = Cells(text, self._values[key][self.history :])
        return self._columns[key]

    def months_of(self, key: Any, year: int) -> Cells:
        """The months of one year."""
        rows = [t for t, m in enumerate(self.run.projection.arrays.months) if m[0] == year]
        name = letter(self._at[key])
        text = f"{self.page.prefix}${name}${self.first + rows[0] + 1}:${name}${self.first + rows[-1] + 1}"
        return Cells(text, self._values[key][self.history + rows[0] : self.history + rows[-1] + 1])

    def name(self, key: Any) -> str:
        """The same as charts name it."""
        return f"={self.column(key).text}"

    def head(self, key: Any) -> str:
        """A column's heading as charts name it."""
        return self.page.name(HEAD + 1, self._at[key], HEAD + 1, self._at[key])

    def add_column(self, head: str, words: str, part: Expression, kind: str) -> str:
        """One more column with the same formula in every month, for a chart; its key."""
        key, at = head, len(self._at)
        self._at[key], page = at, self.page
        page.heads(HEAD + 1, at, [head])
        page.text(HEAD, at, "Grafik", page.styles(bold=True, bg_color=BAND, border=1, border_color="#C9CED6"))
        page.text(HEAD + 2, at, words, page.styles.help)
        for row in range(self.first, self.last + 1):
            page.formula(row, at, part, page.look(kind))
        self._values[key] = [None] * self.history + [part.value] * self.count
        page.sheet.set_column(at, at, 14)
        return key

    # ---- rows

    def _window(self, key: Any, row: int, length: int, back: int = 0) -> Cells:
        """The `length` rows of a column that end `back` rows above."""
        name, end = letter(self._at[key]), row - back
        values = self._values[key][max(0, end - length + 1 - TOP) : end + 1 - TOP]
        return Cells(f"{name}{end - length + 2}:{name}{end + 1}", values)

    def _before(self) -> None:
        """The rows before the start: what looks back finds those who were paid for then."""
        held = {**{("F", s): f"{s}.paid" for s in self.segments}, **{("H", s): f"{s}.paid" for s in self.segments}}
        held |= {("X", f.id): f"{f.id}.paid" for f in self.funders}
        soft = {"bg_color": SOFT}
        label = self.page.styles(font_color="#5F6B76", **soft)
        look = self.page.look("people", **soft)
        for i in range(self.history):
            row = TOP + i
            self.page.text(row, 0, f"mulai − {self.history - i}", label)
            for key, name in held.items():
                part = self.inputs.get(self.run, name)
                self.page.formula(row, self._at[key], part, look)
                self._values[key][i] = part.value

    def _put(self, m: Month, key: Any, part: Expression) -> Expression:
        """Write a column's cell."""
        at = self._at[key]
        value = part.value
        if value.__class__ is not float:
            value = float(number(value))
        if value != value:
            raise ValueError(f"{self.page.prefix}{letter(at)}{m.row + 1}: {part.text}")
        m.line[at] = CellFormulaTuple(part.text, self._looks[key], value)
        self._values[key].append(value)
        cell = m.cells[key] = Expression(self._letters[at] + m.name, value)
        return cell

    def _in(self, key: str) -> Expression:
        """A number of this run."""
        found = self._get.get(key)
        if found is None:
            found = self._get[key] = self.inputs.get(self.run, key)
        return found

    def _month(self, t: int, previous: Month | None) -> Month:
        row = self.first + t
        m = Month(row, self.page.sheet.line(row, len(self._at) - 1), str(row + 1))
        self._time(m, t, previous)
        for s in self.segments:
            self._people(m, s, previous)
        for k, funder in enumerate(self.funders):
            self._pay(m, t, k, funder)
        for s in self.segments:
            self._after(m, s, previous)
        self._results(m)
        return m

    def _time(self, m: Month, t: int, previous: Month | None) -> None:
        put, months = self._put, self.run.projection.arrays.months
        if previous is None:
            year, month = constant(months[0][0]), constant(months[0][1])
        else:
            before = previous.cells
            year = before["year"] + when(before["number"] > 11, 1, 0)
            month = when(before["number"] > 11, 1, before["number"] + 1)
        year, month = put(m, "year", year), put(m, "number", month)
        put(m, "month", date(year, month))
        t_cell = put(m, "t", constant(0) if previous is None else previous.cells["t"] + 1)
        put(m, "period", position(year * 100 + month, self.rates.starts, exact=False))
        put(m, "recent", most(1, t_cell + (self.history + 1) - self._in("assumptions.grace_months")))
        put(m, "growth", (1 + self._in("coverage_base.growth")) ** (t_cell / 12))

    def _people(self, m: Month, s: str, previous: Month | None) -> None:
        """Steps 1 to 3: people, self-payers carried over, need."""
        put, c, get = self._put, m.cells, self._in
        g, t = c["growth"], c["t"]
        workers = put(m, ("N", s), get(f"{s}.workers") * g)
        paid = get(f"{s}.paid")
        alone = (get(f"{s}.covered") - paid + get(f"{s}.covered_change") * (t / 12)) * g
        own = put(m, ("O", s), least(workers, most(0, alone)))
        if previous is None:
            carried = put(m, ("C", s), constant(0))
        else:
            carried = put(m, ("C", s), least(workers - own, previous.cells["Q", s] * get("kept")))
        known = least(workers - own, paid * g)
        need = put(m, ("need", s), most(0, get(f"{s}.yield") * (workers - own - known) + known - carried))
        v = put(m, ("v", s), when(need > 0, least(get("assumptions.overlap"), own / (own + need)), 0))
        put(m, ("W", s), need / (1 - v))

    def _pay(self, m: Month, t: int, k: int, funder: Any) -> None:
        """Steps 4 to 6: what a funder has and whom it pays for, first things first."""
        put, c, name = self._put, m.cells, funder.id
        if isinstance(funder, BudgetFunder):
            limit, money = None, self._money(m, name)
        else:
            limit, money = self._places(m, name), None
        seen = self._window(("X", name), m.row, LOOK_BACK, 1)
        room = put(m, ("room", name), most(seen) + self._in(f"{name}.onboarding_per_month"))
        spent: list[Expression] = []
        taken: list[Expression] = []
        for s in funder.segments:
            price = put(m, ("p", name, s), pick(self.rates.tariff(self.run, name, s), c["period"]))
            left = c["W", s]
            for earlier in self.funders[:k]:
                if s in earlier.segments:
                    left = left - c["x", earlier.id, s]
            last = limit if limit is not None else money
            for bill in taken if limit is not None else spent:
                last = last - bill
            free = room
            for places in taken:
                free = free - places
            offered = last if limit is not None else (last / price)
            x = put(m, ("x", name, s), most(0, rounded(least(left, offered, free), DIGITS)))
            taken.append(x)
            spent.append(x * price)
        put(m, ("X", name), total(*taken) if taken else constant(0))
        cost = spent[0] if spent else constant(0)
        for bill in spent[1:]:
            cost = cost + bill
        put(m, ("cost", name), cost)
        parts = [c["x", name, s] * (1 - c["v", s]) for s in funder.segments]
        put(m, ("reached", name), _sum(parts))

    def _money(self, m: Month, k: str) -> Expression:
        """A budget's money of the month: in its paying months a part of the year's."""
        year = self.run.projection.arrays.months[m.row - self.first][0]
        budget, start, months = (
            self._in(f"{k}.by_year.{year}.{n}") for n in ("annual_budget", "start_month", "months")
        )
        month = m.cells["number"]
        paying = when(month >= start, when(month < start + months, budget / months, 0), 0)
        available = self._put(m, ("available", k), paying)
        return self._put(m, ("spendable", k), available * self._in(f"{k}.absorption"))

    def _places(self, m: Month, k: str) -> Expression:
        """Places that sponsors keep paying for."""
        get, t = self._in, m.cells["t"]
        first, after = get(f"{k}.initial_participation"), get(f"{k}.start_after")
        risen = least(1, (t - after + 1) / get(f"{k}.ramp_months"))
        share = when(t < after, 0, first + (get(f"{k}.participation") - first) * risen)
        return self._put(
            m, ("limit", k), get(f"{k}.sponsors") * share * get(f"{k}.workers_per_sponsor") * get(f"{k}.still_paying")
        )

    def _after(self, m: Month, s: str, previous: Month | None) -> None:
        """Steps 7 and 8: who falls out, who goes on alone, who is insured."""
        put, c = self._put, m.cells
        open_share = 1 - c["v", s]
        paid = put(m, ("F", s), _sum([c["x", f.id, s] * open_share for f in self.funders if s in f.segments]))
        settled = put(m, ("settled", s), least(self._window(("F", s), m.row, SETTLED_MONTHS, 1)))
        if previous is None:
            peak = put(m, ("peak", s), most(0, settled))
            lost = put(m, ("lost", s), most(0, least(peak, c["need", s]) - paid))
            asked = put(m, ("asked", s), lost)
            new = asked
        else:
            b = previous.cells
            peak = put(m, ("peak", s), most(b["peak", s], settled))
            lost = put(m, ("lost", s), most(0, least(peak, c["need", s]) - paid))
            asked = put(m, ("asked", s), most(b["asked", s], lost))
            new = asked - b["asked", s]
        alone = put(m, ("Q", s), c["C", s] + self._in("assumptions.self_pay_continuation") * new)
        held = put(m, ("H", s), paid + alone)
        workers, own = c["N", s], c["O", s]
        put(m, ("insured_s", s), least(workers, own + held))
        put(m, ("active_s", s), least(workers, own + most(self._recent(m, s))))
        put(m, ("m3", s), least(self._window(("H", s), m.row, self.full_after + 1)))
        put(m, ("m36", s), least(self._window(("H", s), m.row, self.school_after + 1)))

    def _recent(self, m: Month, s: str) -> Cells:
        """H over the months in which one still counts as active: from a row that depends on the grace."""
        name, start = letter(self._at["H", s]), m.cells["recent"]
        text = f"INDEX({name}${TOP + 1}:{name}{m.row + 1},{start.text}):{name}{m.row + 1}"
        return Cells(text, self._values["H", s][int(start.value) - 1 :])

    def _results(self, m: Month) -> None:
        put, c, get = self._put, m.cells, self._in
        base = put(m, "base", get("coverage_base.workers") * c["growth"])
        insured = put(m, "insured", self._over(m, "insured_s"))
        put(m, "coverage", insured / base)
        active = put(m, "active", self._over(m, "active_s"))
        put(m, "active_share", active / base)
        put(m, "own", self._over(m, "O"))
        put(m, "self", self._over(m, "Q"))
        put(m, "fallen", self._over(m, "lost"))
        open_must = [get(f"{s}.must") * (c["N", s] - c["insured_s", s]) for s in self.segments if s != "other"]
        put(m, "must", _sum(open_must))
        held = put(m, "held", self._over(m, "H"))
        deaths = put(m, "deaths", get("deaths") * held)
        full, funeral = (pick(self.rates.law(n), c["period"]) for n in ("jkm_full", "jkm_funeral_only"))
        lasting = self._over(m, "m3")
        put(m, "jkm", get("deaths") * (full * lasting + funeral * (held - lasting)))
        put(m, "children", get("deaths") * self._over(m, "m36") * get("assumptions.children_per_death"))
        put(m, "accidents", get("accidents") * held)
        put(m, "cost", _sum([c["cost", f.id] for f in self.funders]))
        del deaths

    def _over(self, m: Month, step: str) -> Expression:
        """A step summed over the segments, which stand side by side."""
        first, last = m.cells[step, self.segments[0]], m.cells[step, self.segments[-1]]
        return total(Cells(f"{first.text}:{last.text}", [m.cells[step, s].value for s in self.segments]))


def _sum(parts: list[Expression]) -> Expression:
    """a + b + …; 0 where there is none."""
    if not parts:
        return constant(0)
    found = parts[0]
    for part in parts[1:]:
        found = found + part
    return found
