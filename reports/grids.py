"""The tables of a brief, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.brief import Grid
from simulator import indonesian as fmt
from simulator import parameters
from simulator.legal_basis import rules_for
from simulator.levers import numbers
from simulator.questions import budget, compare, compare_risk, risk_words, stress_words
from simulator.questions.measure import END
from simulator.questions.origins import TYPED, amount, of_run
from simulator.questions.settings import value_text
from simulator.registry import FIELDS
from simulator.uncertainty.ranges import ranges

if TYPE_CHECKING:
    from reports.gather import Facts

HALF = 0.5
_TOLD = ("coverage_end", "coverage_average", "active_end", "insured_end", "must_uninsured", "cost", "apbd_cost",
         "per_worker", "target", "jkm")  # fmt: skip


def _right(count: int, first: int = 1) -> frozenset[int]:
    return frozenset(range(first, count))


def comparison(f: Facts) -> Grid:
    """A row a measure, a column a side."""
    found = compare.results(f.sides, "berjalan", f.year)
    cells = {(r.measure, r.side): r for r in found.itertuples()}
    rows = []
    for m in compare.MEASURES:
        if m.key not in _TOLD or m.kind == "target" and f.answer.target is None:
            continue
        label = f"{m.label[:1].upper()}{m.label[1:]}" + (f", % {f.base}" if m.kind == "share" else "")
        if m.kind == "target":
            label = f"{compare.target_label(f.sides, f.year)} pada {int(f.answer.target.year.value)}"
            label = label[:1].upper() + label[1:]
        rows.append((label, *(_figure(m.kind, cells[m.key, s.key]) for s in f.sides)))
    heads = (f"Ukuran, {f.year}", *(s.name for s in f.sides))
    note = "Biaya satu pekerja tambahan dihitung terhadap kondisi berjalan." if len(f.sides) > 1 else ""
    if f.on_other_facts:
        other = fmt.listing([f"“{name}”" for name in f.on_other_facts])
        note += f" {other} memakai data atau perilaku lain, jadi selisihnya memuat beda itu juga."
    elif f.facts:
        note += " Semuanya dihitung dengan data dan perilaku yang diubah pengguna."
    return Grid(f"Hasil {f.year}", heads, tuple(rows), _right(len(heads)), note=note)


def _figure(kind: str, cell) -> str:
    if kind == "target":
        share = "" if cell.value != cell.value else f"{fmt.percent(cell.value)}, "
        return f"{share}{cell.text.partition(': ')[2] or cell.text}"
    if cell.value != cell.value:
        return fmt.NONE
    if kind == "share":
        return fmt.percent(cell.value)
    return fmt.count(cell.value) if kind == "people" else fmt.rupiah(cell.value)


def different(f: Facts) -> Grid:
    """The settings in which the sides differ."""
    found = compare.different_settings(f.sides)
    rows: dict[str, dict[str, str]] = {}
    names: dict[str, tuple[str, str]] = {}
    for r in found.itertuples():
        rows.setdefault(r.path, {})[r.side] = r.text
        names[r.path] = (r.label, r.whose)
    heads = ("Parameter", "Milik", *(s.name for s in f.sides))
    body = tuple((*names[path], *(own[s.key] for s in f.sides)) for path, own in rows.items())
    return Grid("Yang diatur berbeda", heads, body, _right(len(heads), 2))


def paying(f: Facts) -> Grid:
    """A row a funder that pays anywhere in the year, a column a side, sums last."""
    found = compare.paying(f.sides, "berjalan", f.year)
    money: dict[str, dict[str, float]] = {}
    names: dict[str, str] = {}
    for r in found.itertuples():
        money.setdefault(r.payer_id, {})[r.side] = r.rupiah
        names[r.payer_id] = r.payer
    paid = {k: own for k, own in money.items() if max(own.values()) > compare.SMALL}
    rows = [(names[k], *(fmt.rupiah(own[s.key], 2) for s in f.sides)) for k, own in paid.items()]
    if rows:
        rows.append(("Jumlah", *(fmt.rupiah(sum(own[s.key] for own in money.values()), 2) for s in f.sides)))
    heads = (f"Iuran {f.year} dari", *(s.name for s in f.sides))
    return Grid(
        f"Siapa membayar berapa, {f.year}",
        heads,
        tuple(rows),
        _right(len(heads)),
        frozenset([len(rows) - 1] if rows else []),
    )


def years(f: Facts) -> Grid:
    """Main, a row a year."""
    y = f.run.years
    public = [k for k, x in enumerate(f.run.region.funders) if x.payer == "government"]
    rows = tuple(
        (
            str(year),
            fmt.count(y.insured_end[i, 0]),
            fmt.percent(y.coverage_end[i, 0]),
            fmt.percent(y.coverage_average[i, 0]),
            fmt.percent(y.active_end[i, 0]),
            fmt.rupiah(y.cost[i, :, 0].sum()),
            fmt.rupiah(y.cost[i, public, 0].sum()),
        )
        for i, year in enumerate(y.years)
    )
    heads = (
        "Tahun",
        "Terlindungi akhir tahun",
        "Cakupan akhir tahun",
        "Cakupan rata-rata",
        "Peserta aktif (BPJS)",
        "Iuran semua sumber",
        "di antaranya uang pemerintah daerah",
    )
    return Grid(f"{f.main.name}, tiap tahun", heads, rows, _right(len(heads)), note=f"Persentase dari {f.base}.")


def rka(f: Facts) -> Grid:
    """The budget table of main in the year, to the rupiah."""
    frame = budget.table(f.run, f.year)
    title = f"Tabel RKA {f.year}: {f.main.name}"
    if frame.empty:
        return Grid(title, tuple(c for c in budget.COLUMNS if c != "Tahun"), ())
    shown, totals = budget.with_totals(frame)
    shown = shown.drop(columns="Tahun")
    rows = tuple(tuple(str(v) for v in row) for row in shown.itertuples(index=False))
    note = (
        "Orang-bulan × tarif = jumlah; bagian orang-bulan yang tidak utuh menjadi baris sisa pembulatan."
        " Jumlah pekerja = orang-bulan ÷ bulan, dibulatkan."
    )
    return Grid(title, tuple(shown.columns), rows, _right(len(shown.columns), 2), frozenset(totals), note)


def chances(f: Facts) -> Grid:
    """Bands and chances, a column a side; no rows where nothing has a range."""
    heads = ("Seberapa pasti", *(s.name for s in f.sides))
    if f.certain:
        return Grid("Seberapa pasti", heads, ())
    rows = compare_risk.rows(f.sides, f.risks, "berjalan", f.year, END, f.base)
    if len(f.sides) == 1:
        rows = [row for row in rows if row[1] != fmt.NONE]
    drawn = max(r.n for r in f.risks.values())
    note = (
        f"{fmt.count(drawn)} undian dari semua angka yang mempunyai rentang, sama untuk semua kolom."
        f" {risk_words.RANGE_NAME}: delapan dari sepuluh hasil."
    )
    return Grid("Seberapa pasti", heads, tuple(tuple(r) for r in rows), _right(len(heads)), note=note)


def stress(f: Facts) -> Grid:
    """The stress tests of main by which people or money are lost."""
    heads = (
        "Bila …",
        "Paling banyak kehilangan perlindungan",
        "Pulih",
        f"Cakupan akhir {f.year}",
        f"Cakupan rata-rata {f.year}",
        f"Iuran {f.year}",
    )
    told = [o for o in f.stress.outcomes if o.ran and o.loss.most >= HALF]
    rows = tuple(
        (
            o.test.name,
            f"{fmt.count(o.loss.most)} orang ({fmt.month(o.loss.worst)})",
            stress_words.recovery(o.loss, o.run),
            fmt.percent(o.end),
            fmt.percent(o.average),
            fmt.rupiah(o.cost),
        )
        for o in told
    )
    if rows:
        u = f.stress.usual
        rows = (("Tanpa gangguan", fmt.NONE, fmt.NONE, fmt.percent(u.end), fmt.percent(u.average), fmt.rupiah(u.cost)),
                *rows)  # fmt: skip
    note = f"Uji tekanan bukan ramalan: peluangnya tidak diketahui. Persentase dari {f.base}."
    return Grid(f"Bila keadaan memburuk: {f.main.name}", heads, rows, _right(len(heads)), note=note)


def assumptions(f: Facts) -> Grid:
    """What is not certain, that which moves coverage most first, each with its source."""
    known = of_run(f.run)
    listed = known.numbers
    swing = {e.number.path: e for e in f.effects}
    spread = ranges(f.run.region) | {p: r for p, r in f.order.ranges.items() if r is not None}
    rows, names = [], {x.id: x.name for x in (*f.run.region.segments, *f.run.region.funders)}
    names["other"] = f.run.region.other.name
    paths = [e.number.path for e in f.effects if e.swing > 5e-6 and (e.number.origin == "file")]
    for path in dict.fromkeys([*paths, *spread, *(p for p in f.run.changes if p in listed), *_assumed(f)]):
        n = listed.get(path)
        if n is None or n.quantity is None:
            continue
        one, field = known.of_number(n), FIELDS[n.key]
        drawn = f.risks[f.main.key].ranges.get(path)
        ranged = f"{value_text(field, drawn.low)} – {value_text(field, drawn.high)}" if drawn else one.ranged
        e = swing.get(path)
        moves = risk_words.points(e.lower, e.upper) if e and e.swing > 5e-5 else fmt.NONE
        whose = names.get(n.group, "")
        label = f"{whose}: {fmt.inside(one.label)}" if whose else one.label
        source = (
            "; ".join(", ".join(filter(None, (s.title, fmt.date_text(s.date)))) for s in one.sources) or "tanpa sumber"
        )
        rows.append((label, one.value, ranged or fmt.NONE, moves, one.status, source if one.status != TYPED else TYPED))
    heads = ("Asumsi", "Nilai", "Rentang", f"Pengaruh pada cakupan akhir {f.year}", "Status", "Sumber")
    note = "Pengaruh: cakupan bila angka itu di ujung rentangnya, yang lain tetap."
    return Grid("Asumsi dan sumbernya", heads, tuple(rows), frozenset([1, 2, 3]), note=note)


_DATA = ("coverage_base.workers", "coverage_base.outside", "covered", "segment.workers", "segment.covered")


def _assumed(f: Facts) -> list[str]:
    """People counted whom the file calls assumed, whether or not they have a range."""
    return [
        n.path
        for n in numbers(f.run.region)
        if n.key in _DATA and n.quantity is not None and n.quantity.status == "assumption"
    ]


_FIXED = ("bpu_jkk_rate", "bpu_jkm")
_BENEFITS = ("jkm_full", "jkm_funeral_only", "jkm_full_after_months", "scholarship_max_per_child",
             "scholarship_after_months", "kpi_full_after_months", "self_pay_needs_months", "grace_months")  # fmt: skip


def laws(f: Facts) -> Grid:
    """Regulations on who pays, then what sets the rupiah, those that this run uses."""
    paid = [x.id for k, x in enumerate(f.run.region.funders) if float(f.run.years.cost[:, k, 0].sum()) >= HALF]
    rows = [
        (r.title, f"{r.says}{f' Catatan: {r.doubt}' if r.doubt else ''}", r.source)
        for r in rules_for(paid, f.run.region.first_month)
    ]
    month, checked = f.run.region.first_month, [r.checked for r in rules_for(paid, f.run.region.first_month)]
    for name in (*_rates(f), *_BENEFITS):
        p = parameters.parameter(name)
        v = p.at(max(month, p.values[0].start))
        if v.status == "assumption":
            continue
        title = v.reference.title if v.reference else "Asumsi model"
        text = f"{p.label}: {amount(v.value, p.unit)}, sejak {fmt.month(v.start)}"
        rows.append((title, text, _page(v.reference.address) if v.reference else fmt.NONE))
        checked.append(v.checked)
    note = (
        f"Diperiksa paling akhir {fmt.date_text(str(max(checked)))} dari halaman yang disebut; naskah resminya belum"
        " dibaca. Periksa kembali sebelum dijadikan dasar."
    )
    return Grid("Dasar hukum", ("Peraturan", "Isinya di sini", "Dibaca dari"), tuple(rows), note=note)


def _page(address: str | None) -> str:
    """The site of an address."""
    return (address or fmt.NONE).partition("://")[2].partition("/")[0] or address or fmt.NONE


def _rates(f: Facts) -> list[str]:
    """The contributions that the run's groups are insured at."""
    kinds = {s.membership for s in f.run.region.segments} | {"bpu"}
    jht = any("jht" in s.programmes for s in f.run.region.segments)
    found = list(_FIXED) + (["bpu_jht_rate"] if jht else [])
    if "pu" in kinds:
        risks = dict.fromkeys(s.risk or "very_low" for s in f.run.region.segments if s.membership == "pu")
        found += [*(f"pu_jkk_rate_{r}" for r in risks), "pu_jkm_rate", *(["pu_jht_rate"] if jht else [])]
    return found
