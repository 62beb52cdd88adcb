"""The formulas of coverage, people and prices, filled with one run's numbers, and what goes into them.

The right side of each filled formula is the figure as the screen has it; the left side comes to it when it is
reckoned with the numbers as written (to their last digit). Words stay in the formula, numbers in the filled one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.questions.answer import Answer, base_name
from simulator.questions.origins import Origin, Origins, of_quantity, of_run, of_target
from simulator.registry import FIELDS, POPULATIONS

TODAY = "kondisi berjalan"  # what prices and added workers are beside, unless another baseline is chosen


@dataclass(frozen=True)
class Line:
    """One formula in words and the same with numbers."""

    formula: str
    filled: str


@dataclass(frozen=True)
class Explanation:
    """A figure: its formula (the first line) and those of its parts, what went in, and the law.

    `value` is the figure itself, None where there is none and `told` says why.
    """

    key: str
    title: str
    value: float | None
    lines: tuple[Line, ...]
    told: str = ""
    inputs: tuple[Origin, ...] = ()
    law: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Year:
    """One run in one year, with what several formulas need of it."""

    p: Projection
    year: int

    @cached_property
    def i(self) -> int:
        """The year's place among the run's years."""
        return self.p.years.years.index(self.year)

    @cached_property
    def months(self) -> list[int]:
        """The year's months, as places among the run's."""
        return [t for t, m in enumerate(self.p.arrays.months) if m[0] == self.year]

    @property
    def last(self) -> int:
        """The year's last month."""
        return self.months[-1]

    @property
    def last_month(self) -> str:
        """Its name."""
        return fmt.month(self.p.arrays.months[self.last])

    @cached_property
    def origins(self) -> Origins:
        """The origins of the run's numbers."""
        return of_run(self.p)

    @cached_property
    def paying(self) -> list[int]:
        """The funders that pay anything in this year."""
        return [k for k in range(len(self.p.region.funders)) if self.p.years.cost[self.i, k, 0] > 0]

    def levers(self, funders: Iterable[int]) -> tuple[Origin, ...]:
        """What decides on how much some funders pay."""
        return tuple(x for k in funders for x in self.origins.funder(k, self.year))


def percent_of(part: float, whole: float) -> str:
    """151.000 ÷ 539.654 = 27,98%."""
    return f"{fmt.count(part)} ÷ {fmt.count(whole)} = {fmt.percent(part / whole)}"


def _joined(numbers: Iterable[float], digits: int = 0) -> str:
    return " + ".join(fmt.count(v, digits) for v in numbers) or "0"


# ---- coverage


def coverage_end(y: Year) -> Explanation:
    """Insured in the year's last month ÷ the base of that month."""
    p, insured, base = y.p, float(y.p.years.insured_end[y.i, 0]), float(y.p.base[y.last])
    formula = f"cakupan akhir = terlindungi {y.last_month} ÷ penyebut bulan itu"
    lines = (Line(formula, percent_of(insured, base)), _insured(y), _base(y))
    inputs = (*y.origins.base(), y.origins.of("covered"))
    return Explanation("coverage_end", f"Cakupan akhir {y.year}", insured / base, lines, _percentage_of(p), inputs)


def _percentage_of(p: Projection) -> str:
    return f"Persentase dari {base_name(p)}."


def _insured(y: Year) -> Line:
    """Insured by who pays: themselves or employers, each funder, going on alone."""
    p, t = y.p, y.last
    reached = p.months.reached[:, t, :, 0].sum(axis=1)
    payers = [(f.name, float(reached[k])) for k, f in enumerate(p.region.funders) if reached[k] >= 0.05]
    own, alone = float(p.arrays.own[t, :, 0].sum()), float(p.months.self_payers[t, :, 0].sum())
    parts = [("mandiri atau pemberi kerja", own), *payers, *([("lanjut mandiri", alone)] if alone >= 0.05 else [])]
    total = float(p.months.insured[t, 0])
    return Line(
        "terlindungi = " + " + ".join(name for name, _ in parts),
        f"{_joined((v for _, v in parts), 1)} = {fmt.count(total, 1)}",
    )


def _base(y: Year) -> Line:
    """The base of the last month: at the start, grown."""
    base = y.p.region.coverage_base
    start, growth = base.workers.value, base.growth.value
    return Line(
        f"penyebut = {base_name(y.p)} saat awal × (1 + pertumbuhan setahun)^(bulan ÷ 12)",
        f"{fmt.count(start)} × (1 + {_share(growth)})^({y.last} ÷ 12) = {fmt.count(float(y.p.base[y.last]), 1)}",
    )


def _share(share: float) -> str:
    """A share as it was given, however many digits that took: 2,4% or 0,125%."""
    return fmt.count(share * 100, 8) + "%"


def coverage_average(y: Year, short: bool = False) -> Explanation:
    """The mean of the months' coverage; `short` gives their sum, not each of them."""
    p = y.p
    shares = [float(p.months.insured[t, 0] / p.base[t]) for t in y.months]
    value = float(p.years.coverage_average[y.i, 0])
    total = fmt.percent(sum(shares), 3) if short else f"({' + '.join(fmt.percent(v, 3) for v in shares)})"
    line = Line("rata-rata = Σ cakupan tiap bulan ÷ bulan", f"{total} ÷ {len(shares)} = {fmt.percent(value)}")
    told = f"{_percentage_of(p)} Cakupan tiap bulan = terlindungi ÷ penyebut bulan itu."
    return Explanation("coverage_average", f"Cakupan rata-rata {y.year}", value, (line,), told, y.origins.base())


def active_end(y: Year) -> Explanation:
    """BPJS's active members ÷ the base, in the year's last month."""
    p, active, base = y.p, float(y.p.months.active[y.last, 0]), float(y.p.base[y.last])
    grace = int(p.region.assumptions.grace_months.value)
    told = (
        f"{_percentage_of(p)} Aktif: iurannya terbayar pada {y.last_month} atau dalam {grace} bulan sebelumnya; jadi"
        f" dapat lebih banyak daripada {fmt.count(float(p.months.insured[y.last, 0]))} yang terlindungi."
    )
    line = Line(f"peserta aktif = aktif {y.last_month} ÷ penyebut bulan itu", percent_of(active, base))
    inputs = (*y.origins.base(), y.origins.of("assumptions.grace_months"))
    return Explanation("active_end", "Peserta aktif hitungan BPJS", active / base, (line,), told, inputs)


def insured_end(y: Year) -> Explanation:
    """Workers insured in the year's last month, by who pays."""
    total = float(y.p.years.insured_end[y.i, 0])
    inputs = (y.origins.of("covered"), y.origins.of("assumptions.self_pay_continuation"))
    return Explanation("insured_end", f"Terlindungi akhir {y.year}", total, (_insured(y),), "", inputs)


def others(y: Year) -> Explanation | None:
    """The same people as a share of the other bases; None where the file has none."""
    p = y.p
    also = p.region.coverage_base.also
    if not also:
        return None
    insured = float(p.years.insured_end[y.i, 0])
    growth = float(p.base[y.last]) / p.region.coverage_base.workers.value
    lines = tuple(
        Line(
            f"cakupan = terlindungi {y.last_month} ÷ ({POPULATIONS[b.population]} saat awal × pertumbuhan)",
            f"{fmt.count(insured)} ÷ ({fmt.count(b.workers.value)} × {fmt.count(growth, 6)})"
            f" = {fmt.percent(insured / (b.workers.value * growth))}",
        )
        for b in also
    )
    field = FIELDS["also.workers"]
    inputs = []
    for b in also:
        name = f"Penyebut lain: {POPULATIONS[b.population]}"
        found = of_quantity(p.region, name, fmt.count(b.workers.value), b.workers, field)
        inputs.append(found if not b.note else _noted(found, b.note))
    value = insured / (also[0].workers.value * growth)
    return Explanation(
        "others", "Dengan penyebut lain", value, lines, "Orang yang sama, penyebut yang lain.", tuple(inputs)
    )


def _noted(found: Origin, note: str) -> Origin:
    return replace(found, note=" ".join(filter(None, (note, found.note))))


def target(y: Year, a: Answer) -> Explanation:
    """Coverage on the target's own base, beside the target."""
    p, goal = y.p, a.target
    title = "Target"
    if goal is None:
        return Explanation("target", title, None, (), "Daerah ini belum mempunyai target pada masa simulasi.")
    inputs = (of_target(p.region, goal),)
    title = inputs[0].label
    when = Year(p, int(goal.year.value))
    size = p.target_base(goal)
    if a.target_share is None or size is None:
        told = "Penyebut target tidak diketahui, jadi belum dapat dinilai."
        return Explanation("target", title, None, (), told, inputs)
    insured = float(p.years.insured_end[when.i, 0])
    grown = size * float(p.base[when.last]) / p.region.coverage_base.workers.value
    lines = [Line(f"cakupan {when.year} = terlindungi {when.last_month} ÷ penyebut target", percent_of(insured, grown))]
    if not a.reached:
        goal_text = _share(goal.coverage.value)
        filled = f"{goal_text} × {fmt.count(grown, 1)} − {fmt.count(insured, 1)} = {fmt.count(a.short, 1)}"
        lines.append(Line("kurang = target × penyebut target − terlindungi", filled))
    return Explanation("target", title, a.target_share, tuple(lines), "", inputs)


# ---- people beside today's policy


def added(a: Answer) -> Explanation:
    """Insured over today's policy, at the year's end and on average."""
    run, old = a.run, a.baseline
    lines = (
        Line(
            f"tambahan = terlindungi akhir {a.year} − terlindungi pada kondisi berjalan",
            f"{fmt.count(run.insured_end, 1)} − {fmt.count(old.insured_end, 1)} = {fmt.count(a.added, 1)}",
        ),
        _added_average(a),
    )
    return Explanation("added", "Pekerja tambahan terlindungi", a.added, lines, "Kurang dari nol berarti berkurang.")


def _added_average(a: Answer, beside: str = TODAY) -> Line:
    return Line(
        f"rata-rata setahun = rata-rata terlindungi tiap bulan − yang sama pada {beside}",
        f"{fmt.count(a.run.insured_average, 1)} − {fmt.count(a.baseline.insured_average, 1)}"
        f" = {fmt.count(a.added_average, 1)}",
    )


def must_uninsured(y: Year) -> Explanation:
    """Workers in segments of duty who are not insured at the year's end."""
    p, total = y.p, float(y.p.years.must_uninsured[y.i, 0])
    rows = [(s, r.name, r.id) for s, r in enumerate(p.region.segments) if r.duty == "must"]
    workers = {s: float(p.arrays.workers[y.last, s, 0]) for s, _, _ in rows}
    insured = {s: float(p.months.segments[y.last, s, 0]) for s, _, _ in rows}
    if not rows:
        told = "Tidak ada kelompok kewajiban dalam berkas daerah ini."
        return Explanation("must_uninsured", "Kewajiban belum terlindungi", total, (), told)
    lines = [
        Line(
            f"belum terlindungi = Σ (pekerja − terlindungi), {y.last_month}: {fmt.listing([n for _, n, _ in rows])}",
            " + ".join(f"({fmt.count(workers[s], 1)} − {fmt.count(insured[s], 1)})" for s, _, _ in rows)
            + f" = {fmt.count(total, 1)}",
        )
    ]
    inputs = tuple(
        y.origins.of(f"{i}.{n}", f"{name}: {FIELDS[f'segment.{n}'].label.lower()}")
        for _, name, i in rows
        for n in ("workers", "covered")
    )
    told = "Kelompok yang pemberi kerjanya pemerintah daerah atau desa, yang wajib mendaftarkan."
    return Explanation("must_uninsured", "Kewajiban belum terlindungi", total, tuple(lines), told, inputs)


# ---- prices beside today's policy


def _extra(a: Answer) -> str:
    return f"({fmt.rupiah_full(a.run.cost)} − {fmt.rupiah_full(a.baseline.cost)})"


def _no_price(a: Answer, beside: str) -> str:
    if a.extra_cost <= 0.5:
        return f"Tidak ada biaya tambahan dibanding {beside}, jadi tidak ada harga."
    return "Tidak ada pekerja tambahan sepanjang tahun, jadi tidak ada harga."


def per_worker(a: Answer, beside: str = TODAY) -> Explanation:
    """Extra cost ÷ mean of the months' added workers."""
    formula = f"(biaya semua sumber − biaya {beside}) ÷ rata-rata pekerja tambahan"
    title = "Biaya 1 pekerja tambahan"
    if a.per_worker is None:
        return Explanation("per_worker", title, None, (Line(formula, fmt.NONE),), _no_price(a, beside))
    filled = f"{_extra(a)} ÷ {fmt.count(a.added_average, 1)} = {fmt.rupiah_full(a.per_worker)}"
    return Explanation(
        "per_worker", title, a.per_worker, (Line(formula, filled), _added_average(a, beside)), "Setahun."
    )


def per_point(a: Answer, beside: str = TODAY) -> Explanation:
    """Extra cost ÷ points of average coverage added."""
    formula = f"(biaya semua sumber − biaya {beside}) ÷ tambahan poin cakupan rata-rata"
    title = "Harga satu poin cakupan"
    if a.per_point is None:
        return Explanation("per_point", title, None, (Line(formula, fmt.NONE),), _no_price(a, beside))
    now, before = a.run.coverage_average, a.baseline.coverage_average
    points = fmt.count((now - before) * 100, 6)
    lines = (
        Line(formula, f"{_extra(a)} ÷ {points} = {fmt.rupiah_full(a.per_point)}"),
        Line(
            f"tambahan poin = (cakupan rata-rata − yang sama pada {beside}) × 100",
            f"({fmt.percent(now, 6)} − {fmt.percent(before, 6)}) × 100 = {points}",
        ),
    )
    return Explanation("per_point", title, a.per_point, lines, "Setahun.")
