"""The formulas of money and of the benefits to expect, filled with one run's numbers (see `formulas`)."""

import numpy as np

from simulator import indonesian as fmt
from simulator import parameters
from simulator.contributions import BPU_RATES, default_income
from simulator.questions.budget import Line as BudgetLine
from simulator.questions.formulas_people import Explanation, Line, Year
from simulator.questions.origins import Origin, of_quantity
from simulator.registry import FIELDS
from simulator.years import KPI_MONTHS


def months(y: Year) -> Explanation:
    """Months of the year that are simulated."""
    told = f"Simulasi mulai {fmt.month(y.p.arrays.months[0])}."
    return Explanation("months", "Bulan disimulasikan", float(len(y.months)), (), told)


# ---- contributions paid


def _paid(y: Year, k: int) -> list[tuple[float, float]]:
    """(person-months, Rp a person-month) that funder k pays for in the year, a pair a price."""
    a = y.p.arrays.funders[k]
    rows, first, last = a.rows, y.months[0], y.last + 1
    places = y.p.months.places[k, first:last, :, 0][:, rows]
    price = np.broadcast_to(a.price[..., 0], (len(y.p.arrays.months), places.shape[1]))[first:last]
    if a.one_price is not None and (price == price.flat[0]).all():
        return [(float(places.sum()), float(price.flat[0]))]
    pairs = [(float(places[price == v].sum()), float(v)) for v in np.unique(price)]
    return [(n, v) for n, v in pairs if n > 0]


def _cost_line(y: Year, k: int) -> Line:
    f, cost = y.p.region.funders[k], float(y.p.years.cost[y.i, k, 0])
    sums = " + ".join(f"{fmt.count(n, 4)} × {fmt.rupiah_full(v, 2)}" for n, v in _paid(y, k)) or "0"
    return Line(f"iuran {f.name} = orang-bulan × iuran sebulan", f"{sums} = {fmt.rupiah_full(cost)}")


def _tariff_law(y: Year, funders: list[int]) -> tuple[Origin, ...]:
    """The law of the contributions that these funders pay in the year, as it stands in its last month."""
    p, ids = y.p, []
    known = {s.id: s for s in p.region.segments}
    for k in funders:
        f = p.region.funders[k]
        paid = y.p.months.places[k, y.months[0] : y.last + 1, :, 0].any(axis=0)
        for s in f.segments:
            if paid[p.arrays.segments.index(s)]:
                ids += _law_ids(known.get(s), f)
    return y.origins.law(*dict.fromkeys(ids), month=p.arrays.months[y.last])


def _law_ids(segment, funder) -> list[str]:
    """The parameters that a contribution of a funder for a segment (None: the residual) is made of."""
    programmes = funder.programmes or (segment.programmes if segment is not None else ("jkk", "jkm"))
    if segment is not None and segment.membership == "pu":
        return [_rate(segment, n) for n in programmes]
    ids = [BPU_RATES[n] for n in programmes]
    return [*ids, f"relief_{_sector(segment)}"] if funder.has_relief else ids


def _sector(segment) -> str:
    return (segment.sector if segment is not None else None) or "general"


def _rate(segment, programme: str) -> str:
    """The parameter of a programme's contribution for a segment."""
    if segment is None or segment.membership != "pu":
        return BPU_RATES[programme]
    return f"pu_jkk_rate_{segment.risk or 'very_low'}" if programme == "jkk" else f"pu_{programme}_rate"


def cost(y: Year, short: bool = False) -> Explanation:
    """Contributions of all funders: the sum of what each pays; `short` leaves out how each of them comes about."""
    total = float(y.p.years.cost[y.i, :, 0].sum())
    return _sum_of(y, "cost", f"Biaya semua sumber {y.year}", total, y.paying, short)


def apbd_cost(y: Year) -> Explanation:
    """Contributions of the government's funders, and their share of the whole APBD."""
    p = y.p
    own = [k for k in y.paying if p.region.funders[k].payer == "government"]
    total = float(sum(p.years.cost[y.i, k, 0] for k in own))
    found = _sum_of(y, "apbd_cost", f"Biaya APBD {y.year}", total, own)
    whole = p.region.apbd_total
    if not whole:
        return found
    share = Line(
        "bagian dari APBD = biaya APBD ÷ seluruh APBD",
        f"{fmt.rupiah_full(total)} ÷ {fmt.rupiah_full(whole.value)} = {fmt.percent(total / whole.value)}",
    )
    seen = of_quantity(p.region, "Seluruh APBD", fmt.rupiah(whole.value, 2), whole, FIELDS["apbd_total"])
    return Explanation(
        found.key, found.title, total, (*found.lines, share), found.told, (*found.inputs, seen), found.law
    )


def _sum_of(y: Year, key: str, title: str, total: float, own: list[int], short: bool = False) -> Explanation:
    p = y.p
    names = [p.region.funders[k].name for k in own]
    if not own:
        return Explanation(key, title, total, (), "Tidak ada iuran yang dibayar pada tahun ini.")
    each = " + ".join(fmt.rupiah_full(float(p.years.cost[y.i, k, 0])) for k in own)
    lines = [Line("biaya = Σ iuran terbayar: " + " + ".join(names), f"{each} = {fmt.rupiah_full(total)}")]
    lines += [_cost_line(y, k) for k in own if not (short and p.region.funders[k].payer == "government")]
    told = "Iuran pemerintah daerah dirinci di ubin biaya APBD." if len(lines) <= len(own) else ""
    return Explanation(key, title, total, tuple(lines), told, y.levers(own), _tariff_law(y, own))


def funder_cost(y: Year, k: int) -> Explanation:
    """Contributions of one funder: person-months × contribution."""
    f, paid = y.p.region.funders[k], float(y.p.years.cost[y.i, k, 0])
    law = _tariff_law(y, [k])
    return Explanation(f"cost.{f.id}", f"Iuran {f.name}", paid, (_cost_line(y, k),), "", y.levers([k]), law)


def unspent(y: Year, k: int) -> Explanation:
    """Money that was there and was not paid."""
    f, i = y.p.region.funders[k], y.i
    there, paid, left = (float(x[i, k, 0]) for x in (y.p.years.available, y.p.years.cost, y.p.years.unspent))
    lines = [
        Line(
            "tidak terpakai = tersedia − terbayar",
            f"{fmt.rupiah_full(there)} − {fmt.rupiah_full(paid)} = {fmt.rupiah_full(left)}",
        )
    ]
    if f.kind == "budget":
        lines.append(_available(y, k, there))
    told = "Penanggung hanya menyediakan sebanyak yang dibayarnya." if f.kind == "sponsors" else ""
    return Explanation(f"unspent.{f.id}", f"Tidak terpakai {f.name}", left, tuple(lines), told, y.levers([k]))


def _available(y: Year, k: int, there: float) -> Line:
    """The year's budget ÷ its months of paying × those that are simulated."""
    f, first = y.p.region.funders[k], y.p.arrays.months[0][0]
    single = f.by_year.get(y.year)

    def own(name: str):
        given = getattr(single, name, None)
        return given.value if given is not None else None

    budget, count = own("annual_budget"), own("months")
    grown = (1 + f.budget_growth.value) ** (y.year - first)
    budget = f.annual_budget.value * grown if budget is None else budget
    count = f.months.value if count is None else count
    start = own("start_month") or f.start_month.value
    paying = sum(start <= y.p.arrays.months[t][1] < start + count for t in y.months)
    formula = f"tersedia = anggaran {y.year} ÷ bulan bayar setahun × bulan bayar yang disimulasikan"
    filled = f"{fmt.rupiah_full(budget)} ÷ {fmt.count(count)} × {paying} = {fmt.rupiah_full(there)}"
    return Line(formula, filled)


def not_absorbed(y: Year, k: int) -> Explanation | None:
    """Money that is not spent because only a part of the budget is; None for sponsors."""
    f, i = y.p.region.funders[k], y.i
    if f.kind != "budget":
        return None
    there, left = float(y.p.years.available[i, k, 0]), float(y.p.years.not_absorbed[i, k, 0])
    share = fmt.count(f.absorption.value * 100, 8)
    line = Line(
        "tidak terserap = tersedia × (1 − serapan)",
        f"{fmt.rupiah_full(there)} × (1 − {share}%) = {fmt.rupiah_full(left)}",
    )
    inputs = (y.origins.of(f"{f.id}.absorption", f"{f.name}: serapan anggaran"),)
    return Explanation(f"not_absorbed.{f.id}", f"Tidak terserap {f.name}", left, (line,), "", inputs)


def _most(values: np.ndarray, number: int) -> list[float]:
    """The greatest `number` of some values, greatest first; 0 where there are fewer."""
    return sorted([*(float(v) for v in values), *([0.0] * number)], reverse=True)[:number]


def kpi(y: Year, k: int) -> Explanation:
    """BPJS's own count: the mean of the six fullest months; of a company, the sixth fullest month."""
    f, value = y.p.region.funders[k], float(y.p.years.kpi_workers[y.i, k, 0])
    most = _most(y.p.months.funded[k, y.months[0] : y.last + 1, 0], KPI_MONTHS)
    if f.payer == "corporate":
        line = Line("tempat pada bulan keenam terbanyak", f"{fmt.count(most[-1], 1)} = {fmt.count(value, 1)}")
    else:
        total = " + ".join(fmt.count(v, 1) for v in most)
        line = Line("Σ tempat enam bulan terbanyak ÷ 6", f"({total}) ÷ {KPI_MONTHS} = {fmt.count(value, 1)}")
    told = "Bulan kosong dihitung 0."
    law = y.origins.law("kpi_full_after_months")
    return Explanation(f"kpi_workers.{f.id}", f"Hitungan KPI BPJS {f.name}", value, (line,), told, y.levers([k]), law)


# ---- the budget table


def budget_line(y: Year, row: BudgetLine) -> Explanation:
    """A line of the budget table: person-months × tariff, and the tariff from the law."""
    k = y.p.region.funder_ids.index(row.funder)
    value = float(row.amount)
    if row.tariff is None:
        paid = float(y.p.years.cost[y.i, k, 0])
        formula = "iuran setahun − jumlah baris di atasnya"
        filled = f"{fmt.rupiah_full(paid)} − {fmt.rupiah_full(round(paid) - value)} = {fmt.rupiah_full(value)}"
        told = "Bagian orang-bulan yang tidak utuh."
        return Explanation("rka", row.description, value, (Line(formula, filled),), told, y.levers([k]))
    lines = [
        Line(
            "jumlah = orang-bulan × tarif",
            f"{fmt.count(row.person_months)} × {fmt.rupiah_full(row.tariff, 2)} = {fmt.rupiah_full(value)}",
        ),
        _tariff(y, k, row),
    ]
    segment = next((s for s in y.p.region.segments if s.id == row.segment), None)
    basis = "wage" if segment is not None and segment.membership == "pu" else "income"
    name = y.origins.numbers[f"{row.segment}.{basis}"].group_name
    inputs = (y.origins.of(f"{row.segment}.{basis}", f"{name}: {FIELDS[f'segment.{basis}'].label.lower()}"),)
    if basis == "income" and row.programme == "jkm":
        inputs = ()
    when = y.p.arrays.months[_month_of(y, k, row)]
    law = y.origins.law(*_line_law(segment, y.p.region.funders[k], row.programme), month=when)
    return Explanation("rka", row.description, value, tuple(lines), "", (*inputs, *y.levers([k])), law)


def _line_law(segment, funder, programme: str) -> list[str]:
    ids = [_rate(segment, programme)]
    formal = segment is not None and segment.membership == "pu"
    return ids if formal or programme == "jht" or not funder.has_relief else [*ids, f"relief_{_sector(segment)}"]


def _parts(y: Year, k: int, row: BudgetLine, t: int) -> tuple[float, float, float]:
    """(rate or rupiah of the law, base of the rate or 1, relief) of a programme's contribution in month t."""
    f, month = y.p.region.funders[k], y.p.arrays.months[t]
    segment = next((s for s in y.p.region.segments if s.id == row.segment), None)
    law = parameters.value(_rate(segment, row.programme), month)
    if segment is not None and segment.membership == "pu":
        return law, segment.wage.value, 0.0
    given = segment.income if segment is not None else y.p.region.other.income
    base = given.value if given else default_income(y.p.arrays.months[0])
    relieved = f.has_relief and row.programme != "jht"
    off = parameters.value(f"relief_{_sector(segment)}", month) if relieved else 0.0
    return law, (1.0 if row.programme == "jkm" else base), off


def _month_of(y: Year, k: int, row: BudgetLine) -> int:
    """The first month of the year in which a line's tariff holds."""
    for t in y.months:
        rate, base, off = _parts(y, k, row, t)
        if abs(rate * base * (1 - off) - row.tariff) < 1e-6:
            return t
    return y.last


def _tariff(y: Year, k: int, row: BudgetLine) -> Line:
    rate, base, off = _parts(y, k, row, _month_of(y, k, row))
    relief = f" × (1 − {fmt.count(off * 100, 4)}%)" if off else ""
    if base == 1.0:
        return Line(
            "tarif = iuran menurut peraturan" + (" × (1 − keringanan)" if off else ""),
            f"{fmt.rupiah_full(rate)}{relief} = {fmt.rupiah_full(row.tariff, 2)}",
        )
    return Line(
        "tarif = bagian menurut peraturan × dasar sebulan" + (" × (1 − keringanan)" if off else ""),
        f"{fmt.count(rate * 100, 6)}% × {fmt.rupiah_full(base)}{relief} = {fmt.rupiah_full(row.tariff, 2)}",
    )


def budget_total(y: Year, rows: list[BudgetLine], title: str) -> Explanation:
    """A sum in the budget table."""
    total = sum(r.amount for r in rows)
    filled = " + ".join(fmt.rupiah_full(r.amount) for r in rows) + f" = {fmt.rupiah_full(total)}"
    return Explanation("rka", title, float(total), (Line("jumlah semua baris di atasnya", filled),))


# ---- benefits to expect


def _held(y: Year) -> float:
    return float(y.p.months.held[y.months, 0].mean())


HELD = "rata-rata peserta yang dibayari orang lain atau lanjut mandiri"


def _rate_of(y: Year, key: str, title: str, name: str, value: float, unit: str) -> Explanation:
    """A number of cases from a yearly rate per 1,000."""
    rate = getattr(y.p.region.assumptions, name).value
    line = Line(
        f"{unit} = {unit} per 1.000 setahun ÷ 1.000 × {HELD} × bulan ÷ 12",
        f"{fmt.count(rate, 4)} ÷ 1.000 × {fmt.count(_held(y), 2)} × {len(y.months)} ÷ 12 = {fmt.count(value, 1)}",
    )
    return Explanation(key, title, value, (line,), "Perkiraan.", (y.origins.of(f"assumptions.{name}"),))


def deaths(y: Year) -> Explanation:
    """Deaths to expect."""
    value = float(y.p.years.deaths[y.i, 0])
    return _rate_of(y, "deaths", "Perkiraan kematian", "deaths_per_1000", value, "kematian")


def accidents(y: Year) -> Explanation:
    """Work accidents to expect."""
    value = float(y.p.years.accidents[y.i, 0])
    return _rate_of(y, "accidents", "Perkiraan kecelakaan kerja", "accidents_per_1000", value, "kecelakaan")


def jkm(y: Year) -> Explanation:
    """Death benefits: in full for those long enough a member, else the funeral alone."""
    p, value = y.p, float(y.p.years.jkm[y.i, 0])
    rate, groups = p.region.assumptions.deaths_per_1000.value, {}
    for t in y.months:
        sums = tuple(parameters.value(i, p.arrays.months[t]) for i in ("jkm_full", "jkm_funeral_only"))
        long, all_ = float(p.months.lasting[t, 0]), float(p.months.held[t, 0])
        before = groups.get(sums, (0.0, 0.0))
        groups[sums] = (before[0] + long, before[1] + all_ - long)
    inner = " + ".join(
        f"{fmt.count(a, 2)} × {fmt.rupiah_full(full)} + {fmt.count(b, 2)} × {fmt.rupiah_full(funeral)}"
        for (full, funeral), (a, b) in groups.items()
    )
    line = Line(
        "santunan = kematian per 1.000 ÷ 1.000 ÷ 12 × (orang-bulan yang sudah lama peserta × santunan penuh"
        " + orang-bulan lainnya × biaya pemakaman)",
        f"{fmt.count(rate, 4)} ÷ 1.000 ÷ 12 × ({inner}) = {fmt.rupiah_full(value)}",
    )
    ids = ("jkm_full", "jkm_funeral_only", "jkm_full_after_months")
    law = y.origins.law(*ids, month=p.arrays.months[y.last])
    inputs = (y.origins.of("assumptions.deaths_per_1000"),)
    return Explanation("jkm", f"Perkiraan santunan JKM {y.year}", value, (line,), "Perkiraan.", inputs, law)


def scholarships(y: Year) -> Explanation:
    """Children who would get a scholarship."""
    p, value = y.p, float(y.p.years.scholarship_children[y.i, 0])
    a, months_of = p.region.assumptions, float(p.months.schooled[y.months, 0].sum())
    line = Line(
        "anak = kematian per 1.000 ÷ 1.000 ÷ 12 × orang-bulan yang cukup lama peserta × anak tiap kematian",
        f"{fmt.count(a.deaths_per_1000.value, 4)} ÷ 1.000 ÷ 12 × {fmt.count(months_of, 2)} ×"
        f" {fmt.count(a.children_per_death.value, 4)} = {fmt.count(value, 1)}",
    )
    inputs = tuple(y.origins.of(f"assumptions.{n}") for n in ("deaths_per_1000", "children_per_death"))
    law = y.origins.law("scholarship_after_months", "scholarship_max_per_child", month=p.arrays.months[y.last])
    title = "Perkiraan anak beasiswa"
    return Explanation("scholarship_children", title, value, (line,), "Perkiraan.", inputs, law)
