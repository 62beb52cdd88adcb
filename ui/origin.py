"""Where a figure comes from, as HTML: formula with numbers, inputs with sources, law. Texts are escaped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape

from simulator import Projection, Region
from simulator.questions import budget, formulas_money, origins
from simulator.questions.formulas_people import Explanation, Year
from simulator.questions.origins import Citation, Origin
from ui.html import link, unbroken


@dataclass
class Told:
    """What a set of explanations has told in full already, so that a long note stands there once: what → where."""

    where: dict[Origin, str] = field(default_factory=dict)


def explanation(x: Explanation, told: Told | None = None, place: str = "") -> str:
    """The inside of a figure's panel. With `told`, what was told before is referred to by the place's name."""
    lines = "".join(_line(one.formula, one.filled) for one in x.lines)
    said = f"<p>{escape(x.told)}</p>" if x.told else ""
    return lines + said + _listed("Masukan", x.inputs, told, place) + _listed("Peraturan", x.law, told, place)


def _line(formula: str, filled: str) -> str:
    return f'<p class="rumus">{escape(formula)}<br><b>{escape(unbroken(filled))}</b></p>'


def _listed(head: str, items: Iterable[Origin], told: Told | None, place: str) -> str:
    before: dict[str, list[str]] = {}
    rows = ""
    for one in dict.fromkeys(items):
        at = told.where.setdefault(one, place) if told is not None else place
        if at == place:
            rows += f"<li>{origin(one)}"
        else:
            before.setdefault(at, []).append(_named(one))
    for at, names in before.items():
        rows += f"<li>{'; '.join(names)}. Sumber dan catatannya di “{escape(at)}”."
    return f"<h6>{head}</h6><ul>{rows}</ul>" if rows else ""


def _named(one: Origin) -> str:
    value = f": {escape(unbroken(one.value))}" if one.value else ""
    return f"<b>{escape(one.label)}</b>{value}"


def inputs(one: Origin, law: Iterable[Origin]) -> str:
    """The inside of an input's panel: the number, and the law that works on it."""
    return f"<p>{origin(one)}</p>" + _listed("Peraturan", law, None, "")


@lru_cache(maxsize=1024)
def origin(one: Origin) -> str:
    """A number with its status, date, range, sources and notes, as much as is known."""
    about = escape(", ".join(filter(None, (one.status, one.dated))))
    ranged = f"; rentang {escape(unbroken(one.ranged))}" if one.ranged else ""
    cited = "; ".join(citation(c) for c in one.sources)
    cited = f"<br>Sumber: {cited}." if cited else ""
    note = f"<br><i>{escape(one.note)}</i>" if one.note else ""
    return f"{_named(one)} ({about}{ranged}){cited}{note}"


def citation(c: Citation) -> str:
    """A source, a link where its address is complete, with its note."""
    note = f" – {escape(c.note)}" if c.note else ""
    return link(c.title, c.address) + note


def panels(found: Mapping[str, Explanation]) -> dict[str, str]:
    """The insides of the panels of several rows that are read together, a long note told once among them."""
    told = Told()
    return {key: explanation(x, told, key) for key, x in found.items()}


def of_budget(p: Projection, year: int) -> list[str]:
    """The insides of the panels of a year's budget table: its lines, a sum after each funder, the sum of all."""
    y, found, told = Year(p, year), [], Told()
    rows = [row for row in budget.lines(p) if row.year == year]
    for name in dict.fromkeys(row.funder_name for row in rows):
        own = [row for row in rows if row.funder_name == name]
        found += [explanation(formulas_money.budget_line(y, row), told, f"{name}: {row.description}") for row in own]
        found.append(explanation(formulas_money.budget_total(y, own, name)))
    return [*found, explanation(formulas_money.cost(y), told, "Jumlah semua sumber")]


def of_region(region: Region, scenario_id: str | None) -> str:
    """A line that unfolds: what scenario, targets and base stand on."""
    found = origins.scenario(region, scenario_id)
    own = [origins.of_scenario(region, found)] if found else []
    goals = [origins.of_target(region, t) for t in region.targets]
    base = _plain_list("Penyebut", [origins.of_base(region)])
    listed = _plain_list("Skenario", own) + _plain_list("Target", goals) + base
    head = "<summary>Sumber skenario, target, dan penyebut</summary>"
    return f'<details class="lipat">{head}<div class="asal-isi">{listed}</div></details>'


def of_claims(p: Projection, year: int) -> str:
    """A line that unfolds: how the benefits to expect are reckoned."""
    y, told = Year(p, year), Told()
    found = [f(y) for f in (formulas_money.deaths, formulas_money.jkm, formulas_money.scholarships)]
    found.append(formulas_money.accidents(y))
    inside = "".join(f'<h6 class="judul">{escape(x.title)}</h6>{explanation(x, told, x.title)}' for x in found)
    head = f"<summary>Rumus dan sumber perkiraan {year}</summary>"
    return f'<details class="lipat">{head}<div class="asal-isi">{inside}</div></details>'


def of_owner(region: Region, key: str) -> str:
    """A line that unfolds: sources and notes of a funder or a segment as a whole; empty where there are none."""
    found = next((x for x in (*region.funders, *region.segments) if x.id == key), None)
    if key == "other":
        found = region.other
    if found is None or not (found.note or getattr(found, "reference", None)):
        return ""
    sources = "; ".join(citation(c) for c in origins.citations(region, (getattr(found, "reference", None),)))
    told = f"<p><i>{escape(found.note)}</i></p>" if found.note else ""
    told += f"<p>Sumber: {sources}.</p>" if sources else ""
    head = f"<summary>Sumber dan catatan: {escape(found.name)}</summary>"
    return f'<details class="lipat">{head}<div class="asal-isi">{told}</div></details>'


def of_sides(known: Mapping[str, tuple[str, Explanation]]) -> str:
    """One figure of several runs: mark → (name, explanation). What does not hold for all bears the marks it does."""
    formulas = {x.lines[0].formula for _, x in known.values() if x.lines and x.value is not None}
    once = f"<p>{escape(next(iter(formulas)))}</p>" if len(formulas) == 1 else ""
    filled = ""
    for name, x in known.values():
        there = x.lines and x.value is not None
        said = f"<b>{escape(unbroken(x.lines[0].filled if there else x.told))}</b>"
        own = f"{escape(x.lines[0].formula)}<br>" if there and not once else ""
        filled += f'<p class="rumus">{escape(name)}<br>{own}{said}</p>'
    inputs = _marked({mark: x.inputs for mark, (_, x) in known.items()})
    law = _marked({mark: x.law for mark, (_, x) in known.items()})
    return once + filled + _plain_list("Masukan", inputs) + _plain_list("Peraturan", law)


def _marked(found: Mapping[str, Iterable[Origin]]) -> list[Origin]:
    """The origins of several sides, each once, with the marks of its sides where it is not all of them."""
    marks: dict[Origin, list[str]] = {}
    for mark, items in found.items():
        for one in dict.fromkeys(items):
            marks.setdefault(one, []).append(mark)
    return [
        one if len(own) == len(found) else replace(one, label=f"{', '.join(own)} · {one.label}")
        for one, own in marks.items()
    ]


def _plain_list(head: str, items: Iterable[Origin]) -> str:
    return _listed(head, items, None, "")


# ---- in the Markdown of a question mark


def markdown(one: Origin, head: str = "") -> str:
    """A number's origin as Markdown for the help of a widget: sources as links, notes uncut."""
    about = ", ".join(filter(None, (one.status, one.dated)))
    ranged = f"; rentang {one.ranged}" if one.ranged else ""
    parts = [plain(f"{head or one.label}: {one.value} ({about}{ranged}).")]
    parts += [f"Sumber: {cited(c)}." for c in one.sources]
    parts += [f"Catatan: {plain(one.note)}"] if one.note else []
    return "  \n".join(parts)


def law_markdown(parameter_id: str, month: tuple[int, int]) -> str:
    """A dated parameter as it stands in a month, for a widget's help."""
    found = origins.law(parameter_id, month)
    return markdown(found, f"Peraturan: {found.label}")


def scenario_help(region: Region, scenario_id: str | None) -> str | None:
    """What a scenario stands on, for the help of the box it is chosen in."""
    found = origins.scenario(region, scenario_id)
    if found is None:
        return None
    one = origins.of_scenario(region, found)
    parts = [f"Skenario “{plain(found.name)}”."]
    parts += [f"Sumber: {cited(c)}." for c in one.sources] or ["Sumber: data dan anggapan berkas daerah."]
    parts += [f"Catatan: {plain(one.note)}"] if one.note else []
    return "  \n".join(parts)


def cited(c: Citation) -> str:
    """A source in Markdown."""
    return " – ".join(filter(None, (markdown_link(c.title, c.address), plain(c.note))))


def markdown_link(text: str, address: str | None) -> str:
    """A source in Markdown; clickable where its address is complete."""
    from ui.html import plain_markdown

    if address and address.startswith(("https://", "http://")):
        return f"[{plain_markdown(text)}](<{address.replace('>', '%3E')}>)"
    return plain_markdown(text) + (f" ({plain_markdown(address)})" if address else "")


def plain(text: str) -> str:
    """A text whose dollar signs are no formula to Streamlit."""
    return text.replace("$", "\\$")
