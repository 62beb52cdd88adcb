"""The comparison as HTML: legend, results, who pays more, what is set otherwise. Names are users' texts: escaped."""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from simulator import indonesian as fmt
from simulator.questions import formulas, formulas_money
from simulator.questions.compare import MEASURES, SMALL, Measure, Side, find
from simulator.questions.formulas_people import Year
from ui import origin
from ui.compare_charts import LOOKS
from ui.html import grid, unbroken

OWN_UNIT = ("%", "bulan ke-")  # units that the value itself shows


def beginning(region: str) -> str:
    """What the page is for and how to begin, where nothing is pinned."""
    return (
        f'<div class="siapa">{escape(region)}</div><div class="jawaban" role="status">'
        "Belum ada pengaturan yang disematkan. Sematkan sampai empat pengaturan untuk membandingkan cakupan, biaya,"
        " dan siapa yang membayar.</div>"
        '<ol class="langkah"><li>Di halaman <b>Simulasi</b>, atur parameter, lalu tekan <b>Sematkan untuk'
        " dibandingkan</b> di bawah parameter.</li><li>Atau pilih skenario di <b>Sematkan</b> di sebelah kiri"
        " halaman ini.</li><li>Skenario yang sama boleh disematkan beberapa kali dengan pengaturan berbeda.</li></ol>"
    )


def title(side: Side) -> str:
    """A side's mark and name."""
    return f"{side.mark} · {side.name}"


def legend(sides: Sequence[Side]) -> str:
    """The lines of the coverage chart with the whole names, however long."""
    items = [_sample(s.key) + f"<b>{escape(s.mark)}</b> {escape(s.name)}" for s in sides]
    items.append(_sample("target") + "◆ Target")
    return '<div class="legenda">' + "".join(f"<div>{item}</div>" for item in items) + "</div>"


def _sample(key: str) -> str:
    """A piece of a side's line, dashed as in the chart."""
    look = LOOKS[key]
    stops, at = [], 0
    for i, length in enumerate(look.dash):
        stops.append(f"{'transparent' if i % 2 else look.colour} {at}px {at + length}px")
        at += length
    return f'<i style="background:repeating-linear-gradient(90deg,{",".join(stops)})"></i>'


def pin_title(number: str, name: str, scenario: str, changes: int) -> str:
    """A pin's line and whole name, and what it was made of."""
    more = f", {changes} perubahan" if changes else ""
    return (
        f'<div class="sematan">{_sample(number)}<div><b>{number} · {escape(name)}</b>'
        f"<br>{escape(scenario)}{more}</div></div>"
    )


# ---- results


def results(frame: pd.DataFrame, sides: Sequence[Side], baseline: str, year: int, base: str, target: str) -> str:
    """The table of results: a row a measure, a column a side, each figure with its difference from the baseline."""
    cells = {(r.measure, r.side): r for r in frame.itertuples()}
    rows, told = [], _explained(sides, baseline, year)
    shown = [m for m in MEASURES if m.kind != "target" or target]
    for m in shown:
        named = f'<span title="{escape(m.explain)}">{_label(m, base, target)}</span>'
        rows.append([named, *(_cell(m, cells[m.key, s.key], s.key == baseline) for s in sides)])
    table = _table(("Ukuran",), rows, sides, baseline, origins=[told[m.key] for m in shown])
    below = "Di bawah tiap angka: selisihnya terhadap patokan. Ketuk nama ukuran untuk rumus dan sumbernya."
    return _section(f"Hasil {year}", table, below)


def _explained(sides: Sequence[Side], baseline: str, year: int) -> dict[str, str]:
    """Under each measure: its formula with the numbers of every side."""
    base = find(sides, baseline).run
    found = [(s, formulas.measures(s.run, base, year)) for s in sides]
    return {m.key: origin.of_sides({s.mark: (title(s), x[m.key]) for s, x in found}) for m in MEASURES}


def _label(m: Measure, base: str, target: str) -> str:
    """A measure's name, and under it the base of its percentage."""
    if m.kind == "target":
        name, _, whose = target.partition(" dari ")
        return f'{escape(name[:1].upper() + name[1:])}<div class="selisih">% dari {escape(whose)}</div>'
    below = f'<div class="selisih">% dari {escape(base)}</div>' if m.kind == "share" else ""
    return escape(m.label) + below


def _cell(m: Measure, r: tuple, is_baseline: bool) -> str:
    value = _figure(m.kind, r.value)
    if m.kind == "target":
        value = f"{escape(r.text)}" + ("" if r.value != r.value else f'<div class="selisih">{value}</div>')
    if is_baseline or m.kind == "price":
        return value
    return value + _difference(m, r.difference)


def _figure(kind: str, value: float) -> str:
    if value != value:
        return fmt.NONE
    return f'<span class="utuh">{_plain_figure(kind, value)}</span>'


def _plain_figure(kind: str, value: float) -> str:
    if kind in ("share", "target"):
        return fmt.percent(value)
    return fmt.count(value) if kind == "people" else fmt.rupiah(value)


def _difference(m: Measure, difference: float) -> str:
    if difference != difference:
        return ""
    text = fmt.points(difference) if m.kind in ("share", "target") else _plain_figure(m.kind, difference)
    if not any(digit in text for digit in "123456789"):
        return '<div class="selisih">sama</div>'
    tone = "" if m.more_is_good is None else "naik" if (difference > 0) == m.more_is_good else "turun"
    return f'<div class="selisih utuh {tone}">{escape(fmt.signed(text, difference))}</div>'


# ---- who pays more


def paying(frame: pd.DataFrame, sentences: Mapping[str, str], sides: Sequence[Side], baseline: str, year: int) -> str:
    """Who pays more and who less than at the baseline: sentences, then a row a funder that pays anywhere."""
    names = {s.key: title(s) for s in sides}
    told = "".join(f"<p><b>{escape(names[key])}.</b> {escape(unbroken(text))}</p>" for key, text in sentences.items())
    cells: dict[str, dict[str, tuple[float, float]]] = {}
    for r in frame.itertuples():
        cells.setdefault(r.payer, {})[r.side] = (r.rupiah, r.difference)
    paid = {payer: own for payer, own in cells.items() if max(v for v, _ in own.values()) > SMALL}
    sums = {s.key: tuple(sum(own[s.key][i] for own in cells.values()) for i in (0, 1)) for s in sides}
    rows = [
        [escape(name), *(_paid(*own[s.key], s.key == baseline) for s in sides)]
        for name, own in [*paid.items(), ("Jumlah", sums)]
    ]
    origins = _paid_origins(sides, paid, year)
    table = _table(("Sumber",), rows, sides, baseline, totals=(len(rows) - 1,), origins=origins)
    return _section(f"Siapa membayar lebih, siapa kurang, {year}", f'<div class="kalimat">{told}</div>{table}')


def _paid_origins(sides: Sequence[Side], paid: Sequence[str], year: int) -> list[str]:
    """Under each funder that pays anywhere: person-months × contribution on every side, and under them the sum."""
    found: dict[str, dict] = {}
    for s in sides:
        y = Year(s.run, year)
        for k, f in enumerate(s.run.region.funders):
            found.setdefault(f.name, {})[s.mark] = (title(s), formulas_money.funder_cost(y, k))
    sums = {s.mark: (title(s), formulas_money.cost(Year(s.run, year))) for s in sides}
    return [*(origin.of_sides(found[name]) if name in found else "" for name in paid), origin.of_sides(sums)]


def _paid(rupiah: float, difference: float, is_baseline: bool) -> str:
    value = f'<span class="utuh">{fmt.rupiah(rupiah)}</span>'
    if is_baseline:
        return value
    if abs(difference) <= SMALL:
        return f'{value}<div class="selisih">sama</div>'
    return f'{value}<div class="selisih beda utuh">{fmt.signed(fmt.rupiah(difference), difference)}</div>'


# ---- what is set otherwise


def different(frame: pd.DataFrame, sides: Sequence[Side], baseline: str) -> str:
    """The settings that differ between the sides, and only those; in bold what is not as at the baseline."""
    cells: dict[str, dict] = {}
    for r in frame.itertuples():
        cells.setdefault(r.path, {"named": r})[r.side] = r.text
    rows = []
    for own in cells.values():
        named = own["named"]
        unit = f" ({named.unit})" if named.unit and named.unit not in OWN_UNIT else ""
        values = [_set(own[s.key], own[baseline]) for s in sides]
        rows.append([escape(named.label + unit), escape(named.whose), *values])
    if not rows:
        return _section("Parameter yang berbeda", '<div class="kecil">Tidak ada parameter yang berbeda.</div>')
    return _section("Parameter yang berbeda", _table(("Parameter", "Milik"), rows, sides, baseline, numbers=False))


def _set(text: str, usual: str) -> str:
    return escape(text) if text == usual else f"<b>{escape(text)}</b>"


def _table(
    first: Sequence[str],
    rows: Sequence[Sequence[str]],
    sides: Sequence[Side],
    baseline: str,
    totals: Sequence[int] = (),
    numbers: bool = True,
    origins: Sequence[str] = (),
) -> str:
    heads = [title(s) + (" (patokan)" if s.key == baseline else "") for s in sides]
    return f'<div class="banding">{grid((*first, *heads), rows, heads if numbers else (), totals, origins)}</div>'


def _section(name: str, inside: str, below: str = "") -> str:
    told = f'<div class="kecil">{escape(below)}</div>' if below else ""
    return f'<div class="judul bagian">{escape(name)}</div>{inside}{told}'
