"""The sheet of contributions: law by date, and what one place costs a month, by run, funder, segment and programme."""

from collections.abc import Mapping

from reports.workbook.expression import Cells, Expression, pick, position, when
from reports.workbook.inputs import PROGRAMMES, Inputs
from reports.workbook.pages import BAND, Page
from reports.workbook.plan import Plan, Run
from simulator import indonesian as fmt
from simulator import parameters

_RISKS = ("very_low", "low", "medium", "high", "very_high")
LAW = (
    "bpu_jkk_rate", "bpu_jkm", "bpu_jht_rate", "bpu_min_income_base", *(f"pu_jkk_rate_{r}" for r in _RISKS),
    "pu_jkm_rate", "pu_jht_rate", "relief_general", "relief_transport", "jkm_full", "jkm_funeral_only",
    "scholarship_max_per_child",
)  # fmt: skip
_KIND = {"rupiah": "rupiah", "rupiah_month": "rupiah", "rupiah_child": "rupiah"}
_LEFT = 7  # columns before the programmes: run, funder, segment, base, relief, sector or risk, programmes


def code(month: tuple[int, int]) -> int:
    """A month as 202604."""
    return month[0] * 100 + month[1]

_PERIOD = {  # the head of a column of one period, its first month as 202601
    "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "num_format": '0000"-"00', "border": 1,
    "border_color": "#C9CED6",
}  # fmt: skip


class Rates:
    """Writes the sheet in two goes: the law first, for inputs need it; the tariffs when the inputs are there."""

    def __init__(self, page: Page, plan: Plan):
        self.page, self.plan = page, plan
        months = [m for run in plan.runs for m in run.projection.arrays.months]
        starts = sorted({v.start for name in LAW for v in parameters.parameter(name).values})
        first = max((s for s in starts if s <= min(months)), default=min(months))
        self.periods = [s for s in starts if first <= s <= max(months)] or [first]
        self._rows: dict[str, int] = {}  # of the law in each period
        self._tariffs: dict[tuple[int, str, str, str], tuple[int, int]] = {}
        self._areas: dict[tuple[int, str, str, str], Cells] = {}
        self._laws: dict[str, Cells] = {}
        self._law()

    # ---- law

    def _law(self) -> None:
        page = self.page
        page.title_lines(
            "Tarif iuran", "Ketentuan menurut tanggal berlaku, lalu iuran satu pekerja sebulan menurut ketentuan itu."
        )
        page.heads(3, 0, ["Ketentuan", "Satuan", "Berlaku sejak", "Nilai", "Dasar hukum", "Diperiksa"])
        for column, width in enumerate((40, 24, 24, 16, 14, 14, 14)):
            page.sheet.set_column(column, column, width)
        page.sheet.set_column(_LEFT, _LEFT + 4 * len(self.periods), 13)
        row, dated = 4, {}
        for name in LAW:
            found = parameters.parameter(name)
            dated[name] = (row, row + len(found.values) - 1)
            for value in found.values:
                self._dated(row, found, value)
                row += 1
        self._by_period(row + 1, dated)

    def _dated(self, row: int, found: parameters.Parameter, value: parameters.DatedValue) -> None:
        page, plain = self.page, self.page.styles.plain
        kind = _KIND.get(found.unit, "rate")
        page.text(row, 0, found.label, plain)
        page.text(row, 1, parameters.UNITS[found.unit], plain)
        page.text(row, 2, code(value.start), page.look("code"))
        page.text(row, 3, value.value, page.look(kind))
        page.text(row, 4, value.reference.title if value.reference else "asumsi", page.look("text"))
        page.text(row, 5, fmt.date_text(value.checked.isoformat()), page.look("text"))

    def _by_period(self, row: int, dated: Mapping[str, tuple[int, int]]) -> None:
        """What holds from each month in which anything changes: the last value that is in force by then."""
        page, bold = self.page, self.page.styles(bold=True, font_size=11)
        page.text(row, 0, "Nilai yang berlaku per periode", bold)
        heads = ["Ketentuan", "Satuan", "Periode mulai →"]
        page.heads(row + 1, 0, heads)
        look = page.styles(**_PERIOD)
        for i, start in enumerate(self.periods):
            page.text(row + 1, 3 + i, code(start), look)
        self._head = row + 1
        for at, name in enumerate(LAW, row + 2):
            found = parameters.parameter(name)
            page.text(at, 0, found.label, page.styles.plain)
            page.text(at, 1, parameters.UNITS[found.unit], page.styles.plain)
            page.text(at, 2, None, page.styles.plain)
            self._rows[name] = at
            top, bottom = dated[name]
            starts, values = (page.area(top, c, bottom, c, own=True) for c in (2, 3))
            for i in range(len(self.periods)):
                place = position(page.here(self._head, 3 + i), starts, exact=False)
                page.formula(at, 3 + i, pick(values, place), page.look(_KIND.get(found.unit, "rate")))
        self._next = row + 3 + len(LAW)

    @property
    def starts(self) -> Cells:
        """The first months of the periods."""
        return self.page.area(self._head, 3, self._head, 2 + len(self.periods))

    def law(self, name: str) -> Cells:
        """A figure of law in every period."""
        if name not in self._laws:
            self._laws[name] = self.page.area(self._rows[name], 3, self._rows[name], 2 + len(self.periods))
        return self._laws[name]

    @property
    def default_income(self) -> Expression:
        """The income that a blank stands for: that of the first month."""
        return self.page.there(self._rows["bpu_min_income_base"], 3)

    # ---- tariffs

    def write_tariffs(self, inputs: Inputs) -> None:
        """One row for every run, funder and segment that it may pay for."""
        page, row, count = self.page, self._next + 1, len(self.periods)
        page.text(row, 0, "Iuran satu pekerja sebulan (Rp)", page.styles(bold=True, font_size=11))
        page.text(
            row + 1, 0,
            "JKK dan JHT: tarif × dasar penghasilan atau upah; JKM bukan penerima upah: Rp tetap. Keringanan memotong"
            " JKK dan JKM bukan penerima upah. Tiap blok berisi satu kolom untuk satu periode.", page.styles.about,
        )  # fmt: skip
        blocks = [p.upper() for p in PROGRAMMES] + ["Jumlah"]
        for b, name in enumerate(blocks):
            left = _LEFT + b * count
            look = page.styles(bold=True, bg_color=BAND, border=1, border_color="#C9CED6")
            for i in range(count):
                page.text(row + 2, left + i, name if i == 0 else None, look)
        page.heads(
            row + 3,
            0,
            ["Skenario", "Sumber", "Kelompok", "Dasar (Rp sebulan)", "Keringanan", "Angkutan/risiko", "Program"],
        )
        look = page.styles(**_PERIOD)
        for b in range(len(blocks)):
            for i in range(count):
                page.formula(row + 3, _LEFT + b * count + i, page.fixed(self._head, 3 + i), look)
        page.sheet.set_row(row + 3, 30)
        row += 4
        for run in self.plan.runs:
            for funder in run.region.funders:
                for s in funder.segments:
                    self._pair(row, run, funder.id, s, inputs)
                    row += 1
        page.sheet.fit_to_pages(1, 0)
        page.sheet.freeze_panes(4, 1)

    def _pair(self, row: int, run: Run, k: str, s: str, inputs: Inputs) -> None:
        page, plain = self.page, self.page.styles.plain
        wage_earner = any(x.id == s and x.membership == "pu" for x in run.region.segments)
        page.formula(row, 0, inputs.run_names[run.number], plain)
        page.formula(row, 1, inputs.names[k], plain)
        page.formula(row, 2, inputs.names[s], plain)
        base = page.formula(row, 3, inputs.get(run, f"{s}.wage" if wage_earner else f"{s}.income"), page.look("rupiah"))
        relief = page.formula(row, 4, inputs.get(run, f"{k}.relief"), page.look("flag"))
        kind = inputs.get(run, f"{s}.risk" if wage_earner else f"{s}.transport")
        kind = page.formula(row, 5, kind, page.look("plain" if wage_earner else "flag"))
        held = [self._held(run, k, s, name, inputs) for name in PROGRAMMES]
        words = " ".join(name.upper() for name, part in zip(PROGRAMMES, held, strict=True) if part.value)
        page.text(row, 6, words, plain)
        count = len(self.periods)
        for i in range(count):
            parts = self._parts(base, relief, kind, i, wage_earner)
            sums = []
            for b, (on, part) in enumerate(zip(held, parts, strict=True)):
                sums.append(page.formula(row, _LEFT + b * count + i, when(on > 0, part, 0), page.look("decimals")))
            page.formula(row, _LEFT + 3 * count + i, sums[0] + sums[1] + sums[2], page.look("decimals", bold=True))
        for b, name in enumerate((*PROGRAMMES, "total")):
            self._tariffs[run.number, k, s, name] = (row, _LEFT + b * count)

    def _held(self, run: Run, k: str, s: str, name: str, inputs: Inputs) -> Expression:
        """Whether a funder pays for a programme in a segment: its own choice, else the segment's."""
        own = inputs.get(run, f"{k}.{name}")
        return when(own < 0, inputs.get(run, f"{s}.{name}"), own)

    def _parts(
        self, base: Expression, relief: Expression, kind: Expression, i: int, wage_earner: bool
    ) -> list[Expression]:
        """JKK, JKM and JHT in a period."""

        def law(name: str) -> Expression:
            return self.page.fixed(self._rows[name], 3 + i)

        if wage_earner:
            top, bottom = self._rows["pu_jkk_rate_very_low"], self._rows["pu_jkk_rate_very_high"]
            rates = self.page.area(top, 3 + i, bottom, 3 + i, own=True)
            return [pick(rates, kind) * base, law("pu_jkm_rate") * base, law("pu_jht_rate") * base]
        off = when(kind > 0, law("relief_transport"), law("relief_general"))
        left = 1 - relief * off
        return [law("bpu_jkk_rate") * base * left, law("bpu_jkm") * left, law("bpu_jht_rate") * base]

    def tariff(self, run: Run, k: str, s: str, name: str = "total") -> Cells:
        """Rp a place in every period: of a programme, or of all."""
        key = (run.number, k, s, name)
        if key not in self._areas:
            row, left = self._tariffs[key]
            self._areas[key] = self.page.area(row, left, row, left + len(self.periods) - 1)
        return self._areas[key]

    def tariff_in(self, run: Run, k: str, s: str, name: str, period: int) -> Expression:
        """Rp a place in one period, from 0."""
        row, left = self._tariffs[run.number, k, s, name]
        return self.page.there(row, left + period)
