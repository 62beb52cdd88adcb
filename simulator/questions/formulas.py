"""The formula of every figure on the screens, filled with one run's numbers, and where those come from.

Which figures a screen shows is put together here; the formulas are in `formulas_people` and `formulas_money`.
"""

from simulator.projection import Projection
from simulator.questions import formulas_money as money
from simulator.questions import formulas_people as people
from simulator.questions.answer import Answer, answer
from simulator.questions.formulas_people import Explanation, Year


def tiles(a: Answer, p: Projection, short: bool = True) -> dict[str, Explanation]:
    """The explanations of the answer's tiles, by key. `p` is the run that `a` answers for.

    `short` leaves out the list of months, for tiles are drawn anew with every slider.
    """
    y = Year(p, a.year)
    found = [
        people.coverage_end(y),
        people.coverage_average(y, short),
        people.active_end(y),
        people.added(a),
        people.must_uninsured(y),
    ]
    found += [money.apbd_cost(y), money.cost(y, short), people.per_worker(a), people.per_point(a), people.others(y)]
    return {x.key: x for x in found if x is not None}


def outputs(p: Projection, baseline: Projection, year: int) -> list[Explanation]:
    """Every figure of the screens in one year: the tiles, the target, and the rows of the tables."""
    a, y = answer(p, baseline, year), Year(p, year)
    own = tiles(a, p, short=False)
    found = [own.pop("coverage_end"), people.insured_end(y), people.target(y, a), *own.values(), money.months(y)]
    for k in range(len(p.region.funders)):
        found += [money.funder_cost(y, k), money.unspent(y, k), money.not_absorbed(y, k), money.kpi(y, k)]
    return [*(x for x in found if x), money.deaths(y), money.jkm(y), money.scholarships(y), money.accidents(y)]


def year_rows(p: Projection, year: int) -> dict[str, Explanation]:
    """The explanations of the rows of the yearly table, by the row's name."""
    y = Year(p, year)
    rows = {
        "Bulan disimulasikan": money.months(y),
        "Terlindungi akhir tahun": people.insured_end(y),
        "Cakupan akhir tahun": people.coverage_end(y),
        "Cakupan rata-rata": people.coverage_average(y),
        "Peserta aktif (BPJS)": people.active_end(y),
        "Kewajiban belum terlindungi": people.must_uninsured(y),
        "Iuran semua sumber": money.cost(y),
        "Perkiraan kematian": money.deaths(y),
        "Perkiraan santunan JKM": money.jkm(y),
        "Perkiraan anak beasiswa": money.scholarships(y),
        "Perkiraan kecelakaan kerja": money.accidents(y),
    }
    for k, f in enumerate(p.region.funders):
        rows[f"Iuran {f.name}"] = money.funder_cost(y, k)
        rows[f"Tidak terpakai {f.name}"] = money.unspent(y, k)
        rows[f"Hitungan KPI BPJS {f.name}"] = money.kpi(y, k)
    return rows


def measures(p: Projection, baseline: Projection, year: int) -> dict[str, Explanation]:
    """The explanations of the rows of the comparison, by the measure's key; prices are beside `baseline`."""
    a, y = answer(p, baseline, year), Year(p, year)
    found = [
        people.coverage_end(y),
        people.coverage_average(y),
        people.active_end(y),
        people.insured_end(y),
        people.must_uninsured(y),
    ]
    found += [
        money.cost(y),
        money.apbd_cost(y),
        people.per_worker(a, "patokan"),
        people.per_point(a, "patokan"),
        people.target(y, a),
        money.jkm(y),
    ]
    return {x.key: x for x in found}
