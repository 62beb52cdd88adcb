"""The sections of the proof page: each with a verdict and tables, from what the model's checks found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator import indonesian as fmt
from simulator.identities import Check
from simulator.proof.ends import End
from simulator.proof.programmes import Rerun
from simulator.proof.sponsors import Outcome, Shares
from simulator.proof.unproven import Unproven
from simulator.questions.settings import value_text
from simulator.registry import STATUSES
from ui import html
from ui.labels import label


@dataclass(frozen=True)
class Source:
    """A cell with a source: a title, its address, and a note below."""

    title: str
    address: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Lines:
    """A cell with a smaller line below."""

    text: str
    below: str


Cell = str | Source | Lines


@dataclass(frozen=True)
class Table:
    """Rows under heads; `numbers` are right-aligned. `folded`: the label it is hidden under."""

    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    numbers: tuple[str, ...] = ()
    folded: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the proof. `held`: None where there is nothing to pass. `short` stands in the sentence on top."""

    title: str
    verdict: str
    held: bool | None
    tables: tuple[Table, ...] = ()
    short: str = ""


FUNDERS = {
    "apbd": "APBD",
    "apbd_perubahan": "APBD Perubahan",
    "dbhcht": "DBHCHT",
    "apbdes": "APBDes",
    "baznas": "Baznas",
    "bumd": "Perusahaan/BUMD",
    "asn": "ASN",
}
MATCHES = {
    "exact": "tepat",
    "rounded": "dalam pembulatan",
    "wrong": "berita keliru",
    "unreported": "tidak diberitakan",
    "incomplete": "data tidak lengkap",
}
FAILED = "TIDAK cocok"
SPECK = 1e-6  # people or rupiah: what a computer's rounding may leave of sums of billions


def headline(sections: Sequence[Section], running: bool) -> str:
    """The outcome of all sections in one sentence."""
    failed = [s.title for s in sections if s.held is False]
    if failed:
        tested = sum(s.held is not None for s in sections)
        return f"{len(failed)} dari {tested} pemeriksaan TIDAK lolos: {fmt.listing([fmt.inside(t) for t in failed])}."
    told = fmt.listing([s.short for s in sections if s.short])
    begins = "Sejauh ini semua pemeriksaan lolos" if running else "Semua pemeriksaan lolos"
    return f"{begins}: {told}." + (" Hasil baku masih dibandingkan." if running else "")


def section_html(section: Section) -> str:
    """A section's verdict line."""
    tone = {True: "lolos", False: "berat", None: "ringan"}[section.held]
    mark = {True: "✓ ", False: "✗ ", None: ""}[section.held]
    return f'<p class="awas {tone}">{html.unbroken(html.escape(mark + section.verdict))}</p>'


def table_html(table: Table) -> str:
    """A table, and the remark below it."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    note = f'<div class="kecil">{html.escape(table.note)}</div>' if table.note else ""
    return f'<div class="bukti">{html.grid(table.heads, rows, table.numbers)}</div>{note}'


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return html.escape(cell)
    if isinstance(cell, Lines):
        return f'{html.escape(cell.text)}<div class="selisih">{html.escape(cell.below)}</div>'
    note = f'<div class="selisih">{html.unbroken(html.escape(cell.note))}</div>' if cell.note else ""
    return f'<div class="dasar">{html.link(cell.title, cell.address)}{note}</div>'


def plain_cell(cell: Cell) -> str:
    """A cell as text, for a file."""
    parts = (cell,) if isinstance(cell, str) else vars(cell).values()
    return " · ".join(filter(None, parts)).replace("\u00a0", " ")


# ---- identities, levers


def identities(checks: Sequence[Check], rupiah: float) -> Section:
    """The identities on this run; `rupiah`: the largest sum in it, beside which a deviation is seen."""
    held = all(c.holds for c in checks)
    worst = max(c.worst for c in checks)
    far = fmt.count(worst, 6) if worst >= SPECK else "di bawah sepersejuta" if worst else "nol"
    count = sum(c.holds for c in checks)
    verdict = (
        f"{count} dari {len(checks)} hal yang harus selalu benar memang benar pada simulasi ini. Selisih terbesar {far}"
    )
    verdict += " orang atau rupiah" if worst else ""
    verdict += f" (sisa pembulatan; uang terbesar di sini {fmt.rupiah(rupiah)})." if held and worst else "."
    rows = [(c.statement, "berlaku" if c.holds else "TIDAK berlaku", fmt.count(c.worst, 6)) for c in checks]
    table = Table(
        ("Yang selalu berlaku", "Hasil", "Selisih terbesar"),
        rows,
        ("Selisih terbesar",),
    )
    return Section(
        "Hitungan yang harus selalu benar",
        verdict,
        held,
        (table,),
        f"uang dan orang selalu berjumlah benar ({count} hal diperiksa)",
    )


def lever_ends(ends: Sequence[End]) -> Section:
    """Every lever at both ends of its slider."""
    broken, refused = [e for e in ends if e.broken], [e for e in ends if e.reason]
    count, ran = len({e.lever.path for e in ends}), len(ends) - len(refused)
    verdict = (
        f"{count} parameter dijalankan pada nilai terendah dan tertinggi penggesernya: {ran} simulasi,"
        f" {f'{len(broken)} di antaranya TIDAK wajar' if broken else 'semuanya wajar'}; {len(refused)} pengaturan lain"
        " ditolak dengan alasan yang jelas."
    )
    tables = []
    if broken:
        rows = [(_whose(e), label(e.lever, e.value), "; ".join(e.broken)) for e in broken]
        tables.append(Table(("Parameter", "Nilai", "Yang dilanggar"), rows, ("Nilai",)))
    rows = [(_whose(e), label(e.lever, e.value), e.reason or "") for e in refused]
    note = "Wajar: hal-hal di atas berlaku, cakupan 0–100%, tidak ada hasil negatif, biaya tidak melebihi uang."
    tables.append(
        Table(("Parameter", "Nilai", "Mengapa ditolak"), rows, ("Nilai",), f"{len(refused)} yang ditolak", note)
    )
    tables.append(_every_lever(ends))
    short = f"{count} parameter wajar di kedua ujungnya ({ran} simulasi, {len(refused)} ditolak dengan alasan)"
    return Section("Setiap parameter di kedua ujungnya", verdict, not broken, tuple(tables), short)


def _whose(e: End) -> str:
    return f"{e.lever.group_name}: {fmt.inside(e.lever.label)}"


def _every_lever(ends: Sequence[End]) -> Table:
    heads = ("Parameter", "Terendah", "Cakupan akhir", "Tertinggi", "Cakupan akhir ")
    by_lever: dict[str, list[End]] = {}
    for e in ends:
        by_lever.setdefault(e.lever.path, []).append(e)
    rows = []
    for pair in by_lever.values():
        row = [_whose(pair[0])]
        for e in (pair[0], pair[-1]):
            outcome = "ditolak" if e.reason else "TIDAK wajar" if e.broken else fmt.percent(e.coverage or 0.0)
            row += [label(e.lever, e.value), outcome]
        rows.append(row)
    note = "Cakupan pada akhir simulasi, dari penyebut cakupan daerah ini."
    return Table(heads, rows, heads[1:], "Semua parameter", note)


# ---- real programmes


def programmes(reruns: Sequence[Rerun]) -> Section:
    """Real programmes beside what the model makes of them."""
    count = {kind: sum(r.programme.match == kind for r in reruns) for kind in MATCHES}
    held = all(r.held for r in reruns)
    reported = [r for r in reruns if r.programme.reported_rupiah]
    alike = sum(r.held and r.programme.match in ("exact", "rounded") for r in reruns)
    inferred = sum(r.programme.months_inferred for r in reruns)
    verdict = (
        f"{len(reruns)} program nyata dihitung ulang oleh model. Dari {len(reported)} yang rupiahnya diberitakan,"
        f" {alike} cocok ({count['exact']} tepat sampai rupiah, {count['rounded']} dalam pembulatan berita),"
        f" {count['wrong']} berita keliru, dan {count['incomplete']} berita tidak lengkap."
        f" {count['unreported']} program diberitakan tanpa rupiah."
    )
    if not held:
        verdict += f" {sum(not r.held for r in reruns)} program TIDAK cocok dengan catatannya."
    note = (
        "Dihitung model: satu kelompok pekerja dan satu sumber dengan uang lebih dari cukup, selama bulan bayarnya."
        " Dalam pembulatan: selisihnya tidak lebih dari satu satuan angka terakhir yang ditulis berita dan 4%."
        f" Bertanda *: bulannya disimpulkan dari rupiahnya ({inferred} program). Bila berita tidak lengkap, yang"
        " ditampilkan berapa bulan atau pekerja yang dapat dibayar rupiah itu. Program sebelum 2020 dihitung dengan"
        " tarif 2020, yang sama sejak Juli 2015; yang tahunnya tidak diketahui dengan tarif 2025."
    )
    order = list(MATCHES)
    told = sorted(reported, key=lambda r: (r.held, order.index(r.programme.match)))
    silent = [r for r in reruns if not r.programme.reported_rupiah]
    tables = (
        Table(_HEADS, [_programme(r) for r in told], _HEADS[1:6], "", note),
        Table(
            (*_HEADS[:3], _HEADS[4], _HEADS[7]),
            [(*row[:3], row[4], row[7]) for row in map(_programme, silent)],
            (*_HEADS[1:3], _HEADS[4]),
            f"{len(silent)} program tanpa rupiah dalam berita",
        ),
    )
    short = f"{alike} program nyata cocok dengan rupiah yang diberitakan dan {count['wrong']} berita terbukti keliru"
    return Section("Program nyata dihitung ulang", verdict, held, tables, short if held else "")


_HEADS = (
    "Tempat, tahun, sumber dana", "Pekerja", "Bulan", "Diberitakan", "Dihitung model", "Selisih", "Hasil",
    "Sumber dan catatan",
)  # fmt: skip


def _programme(r: Rerun) -> tuple[Cell, ...]:
    p = r.programme
    months = "–" if p.months is None else fmt.count(p.months) + ("*" if p.months_inferred else "")
    difference = "" if r.difference is None else fmt.signed(_money(r.difference), r.difference)
    source = Source(p.reference.title, p.reference.address, " ".join(filter(None, (_quoted(r), p.note))))
    return (
        Lines(f"{p.place}, {p.year}" if p.year else p.place, FUNDERS[p.funder]),
        fmt.count(p.workers) if p.workers else "–",
        months,
        _money(p.reported_rupiah) if p.reported_rupiah else "–",
        _computed(r),
        difference,
        MATCHES[p.match] if r.held else FAILED,
        source,
    )


def _money(value: float) -> str:
    return html.unbroken(fmt.rupiah_full(value))


def _quoted(r: Rerun) -> str:
    """What the report itself says, where its rupiah are not written out."""
    text = r.programme.reported_text
    return f"Menurut berita: {text}." if text else ""


def _computed(r: Rerun) -> str:
    """Rupiah of the whole programme; where that cannot be known, of a month, or what the rupiah would pay for."""
    if r.computed is not None:
        return _money(r.computed)
    if r.pays_months is not None:
        return f"cukup untuk {fmt.count(r.pays_months, 1)} bulan"
    if r.pays_worker_months is not None:
        return f"cukup untuk {fmt.count(r.pays_worker_months / 12)} pekerja setahun"
    return f"{_money(r.month or 0.0)} sebulan"


# ---- civil servants


def sponsors(outcomes: Sequence[Outcome], usual: Shares) -> Section:
    """What civil servants were asked for, and what came of it; `usual`: the shares that the model suggests."""
    held = all(o.held for o in outcomes)
    checked = [o for o in outcomes if o.difference is not None]
    kendal = next((o for o in checked if o.plan.id == "kendal"), None)
    alike = sum(o.held for o in checked)
    verdict = f"{alike} dari {len(checked)} gerakan ASN yang realisasinya diberitakan keluar sama dari model."
    if kendal and kendal.shares and kendal.realised is not None:
        share = kendal.realised / kendal.asked[0]
        verdict += (
            f" Yang dijanjikan jauh lebih besar: di Kendal {fmt.count(kendal.asked[0])} pekerja bila semua ASN ikut,"
            f" nyatanya {fmt.percent_short(round(kendal.shares.participation, 3))} ASN ikut dan"
            f" {fmt.count(kendal.realised)} pekerja dibayari ({fmt.percent(share, 1)} dari janji)."
        )
    heads = (
        "Tempat", "Diminta", "Bila semua ikut", "Yang ikut", "Dihitung model", "Diberitakan", "Selisih",
        "Dengan angka bawaan", "Sumber dan catatan",
    )  # fmt: skip
    note = (
        "Semua angka pekerja. Dihitung model: bagian yang ikut, pekerja tiap ASN, dan bagian yang tetap dibayar menurut"
        " realisasinya. Dengan angka bawaan: perkiraan simulator bila realisasinya tidak diketahui"
        f" ({fmt.percent_short(usual.participation)} ikut, {fmt.count(usual.workers_per_sponsor, 1)} pekerja,"
        f" {fmt.percent_short(usual.still_paying)} tetap dibayar)."
    )
    table = Table(heads, [_sponsor(o) for o in outcomes], heads[2:8], "", note)
    return Section("ASN: janji dan realisasi", verdict, held, (table,), f"{len(checked)} gerakan ASN keluar sama")


def _sponsor(o: Outcome) -> tuple[Cell, ...]:
    p = o.plan
    low, high = (fmt.count(v) for v in o.asked)
    each = (
        fmt.count(p.asked_low) if p.asked_low == p.asked_high else f"{fmt.count(p.asked_low)}–{fmt.count(p.asked_high)}"
    )
    joined, computed = "–", "–"
    if o.shares:
        joined = f"{fmt.percent(o.shares.participation, 1)}, {fmt.count(o.shares.workers_per_sponsor, 2)} tiap ASN"
        joined += "" if o.shares.still_paying == 1 else f", {fmt.percent(o.shares.still_paying, 0)} dibayar"
        joined = f"seperti di Kendal: {joined}" if p.like else joined
        computed = f"sekitar {fmt.count(round(o.realised, -1))}" if p.like else fmt.count(o.realised)
    cost = " sampai ".join(dict.fromkeys(fmt.rupiah(v, 2) for v in o.cost))
    note = f"{p.note or ''} Bila semua ikut, {cost} setahun."
    return (
        p.place,
        f"{fmt.count(p.sponsors)} ASN × {each}",
        low if low == high else f"{low}–{high}",
        joined,
        computed,
        "tidak ada" if o.reported is None else fmt.count(o.reported),
        "" if o.difference is None else fmt.count(o.difference, 1),
        fmt.count(o.usual),
        Source(p.reference.title, p.reference.address, note.strip()),
    )


# ---- assumptions


def unproven(numbers: Sequence[Unproven], parameters: Sequence[tuple[Any, Any]]) -> Section:
    """What is an assumption without evidence."""
    written, usual = [x for x in numbers if x.written], [x for x in numbers if not x.written]
    bare = [p for p, v in parameters if v.reference is None or not v.reference.address]
    verdict = (
        f"{len(written)} angka dalam berkas daerah ini asumsi tanpa sumber, {sum(x.ranged for x in written)} di"
        f" antaranya berentang; {len(usual)} lagi mengikuti bawaan model. Dari parameter bersama {len(parameters)}"
        f" berstatus asumsi, {len(bare)} di antaranya tanpa bukti apa pun. Asumsi bukan kesalahan, tetapi hasil"
        " bergantung padanya."
    )
    heads = ("Kelompok", "Angka", "Nilai", "Rentang", "Catatan")
    rows = [(x.owner, x.label, _value(x, x.quantity.value), _range(x), x.quantity.note or "") for x in written]
    defaults = [(x.owner, x.label, _value(x, x.quantity.value)) for x in usual]
    note = "Dasar penghasilan bawaan adalah yang terendah menurut PP 44/2015; yang lain nol, penuh, atau tanpa batas."
    shared = [
        (p.label, _parameter(p, v.value), _parameter_range(p, v), Source(*_reference(v), v.note or ""))
        for p, v in parameters
    ]
    tables = (
        Table(heads, rows, ("Nilai", "Rentang"), f"{len(rows)} angka berkas daerah"),
        Table(heads[:3], defaults, ("Nilai",), f"{len(defaults)} angka bawaan model", note),
        Table(
            ("Parameter bersama", "Nilai", "Rentang", "Sumber dan catatan"), shared, ("Nilai", "Rentang"),
            f"{len(shared)} parameter bersama",
        ),
    )  # fmt: skip
    return Section("Asumsi tanpa bukti", verdict, None, tables)


def _value(x: Unproven, value: float) -> str:
    return value_text(x.field, value)


def _range(x: Unproven) -> str:
    q = x.quantity
    return f"{_value(x, q.low)} – {_value(x, q.high)}" if q.ranged else ""


def _parameter(p: Any, value: float) -> str:
    if p.unit.startswith("share"):
        return fmt.percent_short(value)
    return fmt.rupiah_full(value) if p.unit.startswith("rupiah") else fmt.count(value, 2)


def _parameter_range(p: Any, v: Any) -> str:
    return "" if v.low is None or v.high is None else f"{_parameter(p, v.low)} – {_parameter(p, v.high)}"


def _reference(v: Any) -> tuple[str, str | None]:
    return (v.reference.title, v.reference.address) if v.reference else (STATUSES[v.status], None)
