"""What is said about stress tests, in Indonesian."""

from simulator import indonesian as fmt
from simulator import paths
from simulator.projection import Projection
from simulator.questions.answer import base_name, target_of
from simulator.questions.settings import Setting, settings, value_text, words
from simulator.questions.stress import HALF, Loss, Outcome, Report
from simulator.registry import FIELDS, POPULATIONS
from simulator.rules import amount
from simulator.schema import BudgetFunder, Region
from simulator.stress import ALL, budget_in


def sentence(found: Report) -> str:
    """The answer: the worst single test, then what all of them at once come to."""
    worst, base = found.worst, base_name(found.usual.run)
    if worst is None:
        able = [o.test.name for o in found.outcomes if o.ran and o.test.id != ALL]
        tried = f" ({fmt.listing(able)})" if able else ""
        return f"Tidak ada uji{tried} yang membuat orang kehilangan perlindungan di skenario ini."
    text = f"Paling banyak yang kehilangan perlindungan: {worst.test.name}; {lost_words(worst.loss)}"
    text += f" ({recovery(worst.loss, worst.run)}), {_coverage(worst, found)} dari {base}"
    both = next((o for o in found.outcomes if o.test.id == ALL and o.ran), None)
    if both is not None and both.loss.most >= HALF and abs(both.loss.most - worst.loss.most) >= HALF:
        text += f". Bila semuanya terjadi sekaligus: {lost_words(both.loss)}, {_coverage(both, found)}"
    return text + "."


def outcome(o: Outcome, found: Report) -> str:
    """One test in a sentence or two: people, coverage, cost, target."""
    if not o.ran:
        return f"{o.test.name}: {not_run(o)}"
    base = base_name(found.usual.run)
    if o.loss.since is None:
        text = f"{o.test.name}: tidak ada yang kehilangan perlindungan"
    else:
        text = f"{o.test.name}: {lost_words(o.loss)}"
    if o.loss.since is not None:
        text += f" ({recovery(o.loss, o.run)})"
    text += f". {_coverage(o, found).capitalize()} dari {base}"
    change = o.cost - found.usual.cost
    paid = "tetap" if abs(change) < HALF else f"{'naik' if change > 0 else 'turun'} {fmt.rupiah(abs(change), 2)}"
    return f"{text}; iuran {found.year} {paid}{_target(o, found)}."


def not_run(o: Outcome) -> str:
    """Why a test was not run."""
    if o.refused:
        return f"tidak dapat dihitung di skenario ini. {o.refused}."
    return f"tidak berpengaruh di skenario ini. {o.test.none}"


def lost_words(loss: Loss) -> str:
    """How many lose insurance at most, since when, and when they are most."""
    if loss.since is None or loss.worst is None:
        return "tidak ada yang kehilangan perlindungan"
    text = f"{fmt.count(loss.most)} orang kehilangan perlindungan mulai {fmt.month(loss.since)}"
    return text if loss.worst == loss.since else f"sampai {text}, terbanyak {fmt.month(loss.worst)}"


def recovery(loss: Loss, run: Projection) -> str:
    """Whether and when those lost are insured again."""
    if loss.since is None:
        return fmt.NONE
    if loss.recurs:
        return f"berulang, {loss.yearly} bulan tiap tahun" if loss.yearly else "berulang tiap tahun"
    if loss.months is None or loss.recovered is None:
        return f"tidak pulih sampai {fmt.month(run.arrays.months[-1])}"
    return f"{loss.months} bulan, pulih {fmt.month(loss.recovered)}"


def _coverage(o: Outcome, found: Report) -> str:
    """Coverage of the year: its average where people are lost in part of each year, for December hides that."""
    if o.loss.recurs:
        return f"cakupan rata-rata {found.year} {_from_to(found.usual.average, o.average)}"
    return f"cakupan akhir {found.year} {_from_to(found.usual.end, o.end)}"


def _from_to(before: float, after: float) -> str:
    one, other = fmt.percent(before), fmt.percent(after)
    return f"tetap {one}" if one == other else f"{'turun' if after < before else 'naik'} dari {one} menjadi {other}"


def _target(o: Outcome, found: Report) -> str:
    target = target_of(found.usual.run, found.year)
    if target is None or o.reached is None:
        return ""
    whose = POPULATIONS[target.population or found.usual.run.region.coverage_base.population]
    goal = f"{target.name} {fmt.percent_short(target.coverage.value)} dari {whose} pada {int(target.year.value)}"
    if o.reached == found.usual.reached:
        return f"; {goal} {'tetap tercapai' if o.reached else 'tidak tercapai, seperti tanpa gangguan'}"
    return f"; {goal} menjadi {'tercapai' if o.reached else 'tidak tercapai'}"


# ---- what a test changes


def changes(o: Outcome, found: Report) -> list[tuple[str, str, str]]:
    """(what, from, to) of everything a test changes; years of one funder that change alike stand in one line."""
    before, after = found.usual.run.region, o.run.region
    known = [settings(r, set(o.test.settings)) for r in (before, after)]
    rows: dict[tuple[str, str, str], list[int]] = {}
    for path in o.test.settings:
        whose, name, year = _named(before, after, path, known)
        texts = [words(k[path]) if path in k else _usual(r, path) for k, r in zip(known, (before, after), strict=True)]
        rows.setdefault((f"{whose}: {fmt.inside(name)}", *texts), []).extend([year] if year else [])
    found_rows = [(f"{what}{_span(years)}", *texts) for (what, *texts), years in rows.items()]
    if o.test.members_lost:
        less = f"−{fmt.percent_short(o.test.members_lost)} sejak bulan ketiga"
        found_rows.append(("Peserta mandiri dan dari pemberi kerja", "apa adanya", less))
    return found_rows


def _named(before: Region, after: Region, path: str, known: list[dict[str, Setting]]) -> tuple[str, str, int | None]:
    """Whose setting a path is, what it is called, and the single year it is for."""
    owner, _, rest = path.partition(".")
    year = int(rest.split(".")[1]) if rest.startswith("by_year.") else None
    setting = known[0].get(path) or known[1].get(path)
    key = paths.field_key(path, after._data)
    name = FIELDS[key].label if key else setting.label if setting else path
    names = {x.id: x.name for x in (*before.segments, *before.funders)} | {"other": before.other.name}
    return setting.group_name if setting else names.get(owner, owner), name, year


def _usual(region: Region, path: str) -> str:
    """What holds where a path has nothing of its own: a single year's budget or months follow the usual ones."""
    key = paths.field_key(path, region._data)
    if key is None:
        return fmt.NONE
    owner, _, rest = path.partition(".")
    funder = next((f for f in region.funders if f.id == owner), None)
    value = amount(paths.read(region._data, path))
    if value is None and isinstance(funder, BudgetFunder) and rest.startswith("by_year."):
        _, year, name = rest.split(".")
        value = budget_in(region, funder, int(year)) if name == "annual_budget" else getattr(funder, name).value
    elif value is None and funder is not None and getattr(funder, rest, None) is not None:
        value = getattr(funder, rest).value
    return fmt.NONE if value is None else value_text(FIELDS[key], value)


def _span(years: list[int]) -> str:
    if len(years) > 1 and years == list(range(years[0], years[-1] + 1)):
        return f" {years[0]}–{years[-1]}"
    return f" {fmt.listing([str(y) for y in years])}" if years else ""
