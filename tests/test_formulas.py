"""Every figure's formula, reckoned anew from the numbers as they are written, comes to the figure."""

import ast
import html
import operator
import re
from dataclasses import dataclass

import pytest

from simulator import indonesian as fmt
from simulator import load_region, parameters, project
from simulator.catalogue import region_files
from simulator.levers import numbers
from simulator.questions import budget, formulas, formulas_money, origins
from simulator.questions import formulas_people as people
from simulator.questions.answer import answer
from simulator.questions.compare import MEASURES
from ui import origin

REGIONS = sorted(region_files())
FILES = region_files()


@dataclass(frozen=True)
class Range:
    """A number known to the last digit that is written: everything that would be written so."""

    low: float
    high: float

    def of(self, other, how):
        ends = [how(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))


HOW = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?%?")


def reckon(text):
    """An Indonesian sum (Rp 1.000 × 2,5%) as the range of what it may come to."""
    found = []

    def keep(hit):
        found.append(written(hit.group()))
        return f"N[{len(found) - 1}]"

    bare = text.replace("\xa0", " ").replace("Rp ", "").replace(" poin", "")
    bare = NUMBER.sub(keep, bare)
    for sign, meant in (("÷", "/"), ("×", "*"), ("−", "-"), ("^", "**")):
        bare = bare.replace(sign, meant)
    return value_of(ast.parse(bare, mode="eval").body, found)


EXACT = (1, 6, 12, 100, 1000)  # what a formula itself says


def written(text):
    """One number as written, half its last digit either way; zeros behind the comma are left out in writing."""
    share = text.endswith("%")
    digits = len(text.rstrip("%").partition(",")[2])
    number = float(text.rstrip("%").replace(".", "").replace(",", "."))
    half = 0.5 * 10**-digits
    if not digits and (share or number < 1000):
        half = 5e-7 if share else 0.05
    half = 0 if number in EXACT else half
    ends = [(number + side) / (100 if share else 1) for side in (-half, half)]
    return Range(*ends)


def value_of(node, found):
    if isinstance(node, ast.Subscript):
        return found[node.slice.value]
    if isinstance(node, ast.UnaryOp):
        inner = value_of(node.operand, found)
        return Range(-inner.high, -inner.low)
    return value_of(node.left, found).of(value_of(node.right, found), HOW[type(node.op)])


def check(line):
    """Both sides of a filled formula may be the same number."""
    left, right = line.filled.rsplit(" = ", 1)
    a, b = reckon(left), reckon(right)
    slack = 1e-9 * (1 + abs(b.high))
    assert a.low <= b.high + slack and b.low <= a.high + slack, f"{line.formula}: {line.filled}"


@pytest.mark.parametrize("wrong", ["20 × 3 = 61,5", "Rp 1.000.000 ÷ 12 = Rp 83.335", "(1 + 1,25%)^(12 ÷ 12) = 1,0127"])
def test_a_wrong_sum_is_found_out(wrong):
    with pytest.raises(AssertionError):
        check(people.Line("", wrong))


def runs(region):
    """Several presets and settings of a region, with today's policy."""
    found = load_region(FILES[region])
    ids = [s.id for s in found.scenarios]
    before = project(found)
    for scenario in dict.fromkeys([ids[0], ids[3], "kewajiban_dahulu", "gotong_royong", ids[-1]]):
        if scenario in ids:
            yield before, project(found, scenario)
    budget_of = next(f.id for f in found.funders if f.kind == "budget")
    changes = {f"{budget_of}.annual_budget": 1_234_567_890, f"{budget_of}.absorption": 0.873}
    changes |= {"assumptions.overlap": 0.07, "assumptions.self_pay_continuation": 0.13}
    yield before, project(found, "gotong_royong", changes)


@pytest.mark.parametrize("region", REGIONS)
def test_every_formula_comes_to_its_figure(region):
    seen = 0
    for before, run in runs(region):
        for year in {run.years.years[0], run.years.years[-1]}:
            for x in formulas.outputs(run, before, year):
                assert x.lines or x.told, x.key
                for line in x.lines:
                    if line.filled != fmt.NONE:
                        check(line)
                        seen += 1
    assert seen > 100


@pytest.mark.parametrize("region", REGIONS)
def test_the_first_line_ends_in_the_figure_that_the_run_has(region):
    for before, run in runs(region):
        year = run.years.years[-1]
        row = run.yearly[run.yearly["year"] == year].iloc[0]
        a = answer(run, before, year)
        found = {x.key: x for x in formulas.outputs(run, before, year)}
        expected = {k: row[k] for k in ("coverage_end", "coverage_average", "insured_end", "must_uninsured", "jkm")}
        expected |= {k: row[k] for k in ("deaths", "accidents", "scholarship_children")}
        expected |= {"active_end": row["active_end"], "added": a.added, "cost": a.run.cost}
        expected |= {"per_worker": a.per_worker, "per_point": a.per_point, "apbd_cost": a.run.apbd_cost}
        expected |= {
            f"{n}.{f}": row[f"{n}.{f}"] for n in ("cost", "unspent", "kpi_workers") for f in run.region.funder_ids
        }
        for key, value in expected.items():
            if value is None:
                assert found[key].value is None and found[key].told
                continue
            assert found[key].value == pytest.approx(value, rel=1e-12, abs=1e-9), key
            if found[key].lines:
                shown = found[key].lines[0].filled.rsplit(" = ", 1)[1]
                limits = reckon(shown)
                assert limits.low - 1e-9 <= value <= limits.high + 1e-9 * (1 + abs(value)), (key, shown)


def test_a_run_known_by_heart_is_filled_as_by_hand():
    run = project(load_region(FILES["ponorogo"]))
    cost = formulas_money.funder_cost(people.Year(run, 2024), run.region.funder_ids.index("apbd"))
    assert cost.lines[0].filled == "154.761,9048 × Rp 16.800 = Rp 2.600.000.000"
    first = formulas.year_rows(run, 2024)["Cakupan akhir tahun"].lines[0]
    insured, base = run.months.insured[11, 0], 375_000 * 1.0125 ** (11 / 12)
    assert first.filled == f"{fmt.count(insured)} ÷ {fmt.count(base)} = {fmt.percent(insured / base)}"


@pytest.mark.parametrize("region", REGIONS)
def test_every_line_of_the_budget_table_follows_from_the_law(region):
    for _, run in runs(region):
        for row in budget.lines(run):
            found = formulas_money.budget_line(people.Year(run, row.year), row)
            assert found.value == row.amount
            for line in found.lines:
                check(line)
            if row.programme:
                assert found.law and all(x.sources and "diperiksa" in x.dated for x in found.law)


@pytest.mark.parametrize("region", REGIONS)
def test_rows_of_the_screens_all_have_an_explanation(region):
    found = load_region(FILES[region])
    run, before = project(found, "gotong_royong"), project(found)
    year = run.years.years[-1]
    assert set(formulas.year_rows(run, year)) == set(budget.year_table(run).columns) - {"Tahun"}
    assert set(formulas.measures(run, before, year)) == {m.key for m in MEASURES}


# ---- where inputs come from


@pytest.mark.parametrize("region", REGIONS)
def test_every_number_has_a_status_and_its_note_is_not_cut(region):
    found = load_region(FILES[region])
    for scenario in (None, *(s.id for s in found.scenarios)):
        run = project(found, scenario)
        known = origins.of_run(run)
        for n in numbers(run.region):
            one = known.of(n.path)
            assert one.status and one.value, n.path
            funder = n.group if n.group in run.region.funder_ids else None
            law = origins.lever_law(run.region, n.path, n.key, funder)
            assert all(x.sources or x.note for x in law)
            assert law or n.key not in ("funder.annual_budget", "segment.income", "segment.wage")
            q = n.quantity
            if q is not None and q.note:
                assert q.note in one.note, n.path
            if q is not None and q.status and q.reference:
                assert one.sources[0].title == run.region.references[q.reference].title


def test_a_model_default_names_the_parameter_behind_it():
    run = project(load_region(FILES["blora-2027"]))
    income = origins.of_run(run).of("other.income")
    dated = parameters.parameter("bpu_min_income_base").latest
    assert income.status.startswith(origins.BY_MODEL) and income.sources[0].title == dated.reference.title
    assert "PP 44/2015" in income.note and "diperiksa" in income.dated


def test_what_is_typed_or_set_bare_by_a_scenario_says_so():
    region = load_region(FILES["blora-2027"])
    known = origins.of_run(project(region, "asn_usulan_2", {"apbd.annual_budget": 3e9}))
    assert known.of("apbd.annual_budget").status == origins.TYPED
    set_bare = known.of("asn.participation")
    assert set_bare.status == origins.BY_SCENARIO and "ASN menanggung 2" in set_bare.note and set_bare.sources


def test_a_law_is_the_one_in_force_in_the_month_asked_for():
    now, later = origins.law("relief_general", (2026, 12)), origins.law("relief_general", (2027, 1))
    assert (now.value, later.value) == ("50,00%", "0,00%")
    assert "April 2026" in now.dated and "Januari 2027" in later.dated


def test_what_a_file_says_is_escaped_and_unsafe_links_are_no_links():
    evil = origins.Citation("<b>judul</b>", "javascript:alert(1)", note="<i>")
    one = origins.Origin("<script>", "<1>", "asumsi", sources=(evil,), note="<img>")
    text = origin.origin(one) + origin.explanation(people.Explanation("k", "t", 1.0, (people.Line("<f>", "<g>"),)))
    assert not re.search(r"<(script|img|f|g|1|b>judul|a )", text)
    assert "](" not in origin.markdown(one)


def test_a_note_that_several_tiles_need_is_told_once_and_referred_to():
    run = project(load_region(FILES["blora-2027"]))
    found, told = formulas.tiles(answer(run, run, 2029), run), origin.Told()
    texts = {key: origin.explanation(x, told, x.title) for key, x in found.items()}
    note = html.escape(run.region.coverage_base.workers.note.split(".")[0])
    assert note in texts["coverage_end"] and note not in texts["coverage_average"]
    assert "Sumber dan catatannya di “Cakupan akhir 2029”" in texts["coverage_average"]


def test_a_comparison_marks_what_is_not_the_same_on_all_sides():
    region = load_region(FILES["palopo"])
    a, b = (people.Year(project(region, s), 2029) for s in (None, "gotong_royong"))
    sides = {m: (m, formulas_money.cost(y)) for m, y in (("K", a), ("1", b))}
    text = origin.of_sides(sides)
    assert "K · APBD Kota: anggaran iuran" in text and "1 · APBD Kota: anggaran iuran" in text
    assert text.count("biaya = Σ iuran terbayar") == 2  # not the same funders pay
