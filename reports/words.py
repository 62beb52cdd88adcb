"""The sentences of a brief: question, recommendation, reasons, risks, and what happens when money stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import recommend
from reports.brief import Figure, Point
from simulator import indonesian as fmt
from simulator.questions import compare, frames, risk_words, stress_words
from simulator.questions.measure import END
from simulator.questions.origins import of_base
from simulator.questions.risk import COST, versus
from simulator.questions.robust import standings
from simulator.questions.settings import value_text
from simulator.registry import POPULATIONS
from simulator.stress import ALL, APBD_STOPS
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from reports.gather import Facts

HALF = 0.5
TODAY = "berjalan"
_STOPPING = ("cliff", "year_end_above_average", "short_payment", "relief_ends")
_MOST_EFFECTS = 3


def subtitle(f: Facts) -> str:
    """What is proposed and how many others it is compared with."""
    text = f.main.name if f.is_today else f"Usulan: {f.main.name}"
    others = sum(s.key.isdigit() for s in f.sides)
    return f"{text}, dibandingkan dengan {others} pilihan lain" if others else text


def question(f: Facts) -> str:
    """The question of the meeting, where the user has not written one."""
    place, target = f.order.region.title, f.answer.target
    if f.is_today:
        return f"Berapa pekerja di {place} yang terlindungi sampai {f.when} bila kebijakan tidak berubah?"
    who = f"“{f.main.name}”"
    if target is None:
        return (
            f"Berapa pekerja {place} yang bertambah terlindungi dengan {who}, siapa yang membayar, dan seberapa pasti?"
        )
    goal = f"{target.name} {fmt.percent(target.coverage.value)} pada {int(target.year.value)}"
    return f"Apakah {who} membawa {place} ke {goal}, siapa yang membayar, dan seberapa pasti hasilnya?"


# ---- reasons


def reasons(f: Facts) -> tuple[str, ...]:
    """What stands behind the recommendation: price, obligations, how sure, and the others."""
    hopes = [w.text for w in f.warnings if w.kind == recommend.OPTIMISTIC]
    told = ""
    if better := recommend.better_one(f):
        name = compare.find(f.sides, better).name
        told = (
            f"Angka dan tabel di sini tentang “{f.main.name}” yang dinilai; angka “{name}” ada di tabel perbandingan."
        )
    return tuple(filter(None, (told, _coverage(f), _price(f), obligation(f), *hopes, _sure(f), *_others(f), _later(f))))


def _coverage(f: Facts) -> str:
    a = f.answer
    text = (
        f"Cakupan akhir {f.year} {fmt.percent(a.run.coverage_end)} dari {f.base} dan rata-rata setahun"
        f" {fmt.percent(a.run.coverage_average)}"
    )
    if f.is_today:
        return f"{text}."
    old = a.baseline
    return f"{text}; pada kondisi berjalan {fmt.percent(old.coverage_end)} dan {fmt.percent(old.coverage_average)}."


def _price(f: Facts) -> str:
    a = f.answer
    if a.per_worker is None:
        return ""
    share = f", {fmt.percent(a.run.apbd_share)} dari seluruh APBD" if a.run.apbd_share else ""
    own = "; tanpa uang pemerintah daerah"
    if a.run.apbd_cost >= HALF:
        own = f"; dari {recommend.public_money(f)} {fmt.rupiah(a.run.apbd_cost)}{share}"
    return f"Satu pekerja tambahan berbiaya {fmt.rupiah(a.per_worker)} setahun{own}."


def _later(f: Facts) -> str:
    """The targets of later years, which the table does not tell."""
    told = int(f.answer.target.year.value) if f.answer.target else f.year
    words = {
        True: "tercapai",
        False: "belum tercapai",
        None: "belum dapat dinilai (di luar masa simulasi atau penyebut)",
    }
    found = [
        f"{t.name} {fmt.percent(t.coverage.value)} pada {int(t.year.value)} {words[f.run.target_reached(t)]}"
        for t in f.run.region.targets
        if t.year.value > told
    ]
    return f"Target sesudahnya: {fmt.listing(found)}." if found else ""


def _sure(f: Facts) -> str:
    before = None if f.is_today else f.risks[TODAY]
    return risk_words.sentence(f.main_risk, f.answer, before)


def _others(f: Facts) -> list[str]:
    """What covers most and what is cheapest, and which is never far from the best."""
    if len(f.sides) < 3:
        return []
    found = [comparison(f)]
    if not f.certain:
        proposals = [s for s in f.sides if s.key != TODAY]
        ranked = standings({s.key: f.risks[s.key].samples(END, f.year) for s in proposals}, {})
        best = compare.find(f.sides, ranked[0].key)
        gap = ranked[0].behind
        most = (
            "tidak pernah di bawah yang lain" if gap <= 5e-5 else f"paling jauh {fmt.points(gap)} di bawah yang terbaik"
        )
        found.append(f"Di semua undian, cakupan akhir {f.year} pada “{best.name}” {most}.")
    return found


def comparison(f: Facts) -> str:
    """Which side covers most and which adds workers most cheaply; nothing to say of a proposal beside today alone."""
    if len(f.sides) < 3:
        return ""
    text = compare.headline(compare.results(f.sides, TODAY, f.year), f.sides, TODAY, f.year, f.base)
    hoping = [s.said for s in f.sides if s.key.isdigit() and recommend.hopes(s.run)]
    more = (
        f" {fmt.listing(hoping)} menganggap lebih banyak penanggung ikut daripada yang pernah terjadi di tempat lain."
    )
    return text + (more[:1] + more[1:2].upper() + more[2:] if hoping else "")


def obligation(f: Facts) -> str:
    """Workers whom district or villages must insure and who are not."""
    must = [i for i, s in enumerate(f.run.region.segments) if s.duty == "must"]
    if not must:
        return ""
    left, old = f.answer.run.must_uninsured, f.answer.baseline.must_uninsured
    if left < HALF:
        text = "Semua pekerja yang menjadi kewajiban pemerintah daerah atau desa terlindungi"
        return text + (f"; pada kondisi berjalan {fmt.count(old)} belum." if old >= HALF else ".")
    t = _end(f)
    open_now = [
        (f.run.region.segments[i].name, float(f.run.arrays.workers[t, i, 0] - f.run.months.segments[t, i, 0]))
        for i in must
    ]
    named = [f"{name} {fmt.count(n)}" for name, n in sorted(open_now, key=lambda x: -x[1]) if n >= HALF]
    text = f"Kewajiban pemerintah daerah atau desa yang belum terlindungi pada {f.when}: {fmt.count(left)} pekerja"
    if named:
        text += f" ({fmt.listing(named[:3])})"
    return text + ("." if f.is_today else f"; pada kondisi berjalan {fmt.count(old)}.")


# ---- headline figures


def figures(f: Facts) -> tuple[Figure, ...]:
    """Four to six headline figures."""
    a, today = f.answer, f.is_today
    old = a.baseline
    beside = f"dari {f.base}"
    found = [
        Figure(
            f"Cakupan akhir {f.year}",
            fmt.percent(a.run.coverage_end),
            beside if today else f"{beside}; kondisi berjalan {fmt.percent(old.coverage_end)}",
        )
    ]
    if today:
        found.append(Figure("Pekerja terlindungi", fmt.count(a.run.insured_end), f.when))
    else:
        value = fmt.signed(fmt.count(a.added), a.added)
        found.append(Figure("Pekerja tambahan terlindungi", value, f"{f.when}, dibanding kondisi berjalan"))
    share = f"; {fmt.percent(a.run.apbd_share)} dari APBD" if a.run.apbd_share else ""
    found += [
        Figure(f"Iuran semua sumber {f.year}", fmt.rupiah(a.run.cost), "setahun"),
        Figure(f"Dari {recommend.public_money(f)}", fmt.rupiah(a.run.apbd_cost), f"{f.year}, setahun{share}"),
    ]
    extra = fmt.signed(fmt.count(a.added_average), a.added_average)
    if a.per_worker is not None:
        found.append(
            Figure("Biaya satu pekerja tambahan", fmt.rupiah(a.per_worker), f"setahun; rata-rata {extra} pekerja")
        )
    if a.target is not None and a.reached is not None:
        whose = POPULATIONS[a.target.population or f.run.region.coverage_base.population]
        goal = f"{fmt.percent(a.target.coverage.value)} dari {whose}"
        word = "tercapai" if a.reached else "belum tercapai"
        name = f"{a.target.name[:1].upper()}{a.target.name[1:]} {int(a.target.year.value)}"
        found.append(Figure(name, word, goal if a.reached else f"{goal}; kurang {fmt.count(a.short)} pekerja"))
    return tuple(found)


def paying(f: Facts) -> tuple[str, ...]:
    """Who pays more and who less than today, a sentence a side, its name before it."""
    told = compare.paying_words(compare.paying(f.sides, TODAY, f.year), f.sides, TODAY, f.year)
    return tuple(f"{compare.find(f.sides, key).name}: {text}" for key, text in told.items())


# ---- what may go wrong


def risks(f: Facts) -> tuple[Point, ...]:
    """What may go wrong, each with a chance or with the people whom it hits."""
    found = _chances(f)
    for e in [e for e in f.effects if e.swing > 5e-5 and not e.number.decision][:_MOST_EFFECTS]:
        n = e.number
        ends = f"{value_text(n.field, n.low)} sampai {value_text(n.field, n.high)}"
        text = (
            f"Pada {ends} (dipakai {value_text(n.field, n.value)}), cakupan akhir {f.year} berubah"
            f" {risk_words.points(e.lower, e.upper)}."
        )
        found.append(Point(_named(f, n.label, n.group, n.whose), text))
    worst = f.stress.worst
    if worst is not None:
        found.append(Point(worst.test.name, stress_words.outcome(worst, f.stress)))
    return tuple(found)


def _named(f: Facts, label: str, group: str, whose: str) -> str:
    """A number's label, with whose it is where it is one group's or funder's."""
    own = group in f.run.region.funder_ids or group in f.run.arrays.segments
    return f"{label} ({whose})" if own else label


def _chances(f: Facts) -> list[Point]:
    """The chances of missing the target, of falling short of the answer, and of paying more."""
    drawn, a = f.main_risk, f.answer
    if drawn.certain:
        return []
    found = []
    end, cost = drawn.band(END, f.year), drawn.band(COST, f.year)
    if a.target is not None and (share := drawn.chance(a.target)) is not None:
        goal = f"{a.target.name} {fmt.percent(a.target.coverage.value)} pada {int(a.target.year.value)}"
        found.append(Point("Target", f"Peluang mencapai {goal}: {risk_words.chance(share)}."))
    below = 1 - drawn.chance_of(END, f.year, end.value)
    text = (
        f"Peluang cakupan akhir {f.year} di bawah {fmt.percent(end.value)}: {risk_words.chance(below)}; delapan dari"
        f" sepuluh hasil {risk_words.shares(end.p10, end.p90)} dari {f.base}."
    )
    found.append(Point("Cakupan lebih rendah daripada jawaban", text))
    if cost.p90 - cost.p10 > HALF:
        above = drawn.chance_of(COST, f.year, cost.value + HALF)
        text = (
            f"Peluang iuran {f.year} di atas {fmt.rupiah(cost.value)}: {risk_words.chance(above)}; delapan dari sepuluh"
            f" hasil {risk_words.money(cost.p10, cost.p90)}."
        )
        found.append(Point("Biaya lebih besar daripada jawaban", text))
    if not f.is_today:
        gap = versus(drawn, f.risks[TODAY], END, f.year)
        if gap.less > 0.005:
            text = f"Peluang cakupan lebih rendah daripada kondisi berjalan: {risk_words.chance(gap.less)}."
            found.append(Point("Lebih buruk daripada kondisi berjalan", text))
    return found


# ---- when money stops


def stops(f: Facts) -> tuple[str, ...]:
    """What happens when money stops."""
    t = _end(f)
    held = float(f.run.months.reached[:, t, :, 0].sum()) if f.run.months.reached is not None else 0.0
    found = []
    if held >= HALF:
        share = held / float(f.run.base[t])
        found.append(
            f"Pada {f.when}, {fmt.count(held)} pekerja, {fmt.percent(share)} dari {f.base}, terlindungi hanya selama"
            " ada yang membayar iurannya tiap bulan."
        )
        kept, lapse = f.run.region.assumptions.self_pay_continuation, f.run.region.assumptions.self_pay_lapse
        text = f"Bila pembayaran berhenti, yang diperkirakan lanjut membayar sendiri {fmt.percent_short(kept.value)}"
        text += f" dari yang sudah dibayari enam bulan berturut-turut; dari mereka {fmt.percent_short(lapse.value)}"
        found.append(f"{text} berhenti lagi dalam setahun.")
    found += [w.text for w in f.warnings if w.kind in _STOPPING]
    stopped = next((o for o in f.stress.outcomes if o.test.id == APBD_STOPS and o.ran), None)
    if stopped is not None:
        found.append(stress_words.outcome(stopped, f.stress))
    both = next((o for o in f.stress.outcomes if o.test.id == ALL and o.ran), None)
    if both is not None and both.loss.most >= HALF:
        found.append(stress_words.outcome(both, f.stress))
    return tuple(found)


# ---- who is covered


def groups(f: Facts) -> str:
    """Who is covered at the year's end and where most are not."""
    rows = frames.segments(f.run, f.year)
    left = rows[rows["part"] == frames.OPEN[1]].sort_values("workers", ascending=False)
    total, whole = float(left["workers"].sum()), float(f.run.base[_end(f)])
    most = [f"{r.segment} {fmt.count(r.workers)}" for r in left.head(3).itertuples() if r.workers >= HALF]
    text = f"Pada {f.when}, {fmt.count(total)} pekerja belum terlindungi, {fmt.percent(total / whole)} dari {f.base}"
    outside = f.run.region.coverage_base.outside.value * float(f.run.arrays.growth[_end(f), 0, 0])
    if outside >= HALF:
        text += f", di luar {fmt.count(outside)} yang bukan sasaran program ini (ASN, TNI, Polri, penganggur)"
    return f"{text}; terbanyak {fmt.listing(most)}." if most else f"{text}."


def _end(f: Facts) -> int:
    return max(i for i, m in enumerate(f.run.arrays.months) if m[0] == f.year)


# ---- sources and footing


def sources(f: Facts) -> tuple[str, ...]:
    """The references of the region's file."""
    found = []
    for ref in f.run.region.references.values():
        date = fmt.date_text(ref.date) if ref.date else ""
        found.append(", ".join(filter(None, (ref.title, date, ref.address))))
    return tuple(found)


def footing(f: Facts) -> str:
    """Model version, day, what percentages are of and where that is from, and since when the proposal is reckoned."""
    made = f"{f.order.made}; " if f.order.made else ""
    origin = of_base(f.run.region)
    told = ", ".join(filter(None, (origin.status, origin.dated, *(c.title for c in origin.sources[:1]))))
    first, last = (fmt.month(f.run.arrays.months[t]) for t in (0, -1))
    since = "" if f.is_today else "; usulan dihitung seolah berlaku sejak bulan pertama"
    return (
        f"Simulator cakupan Jamsostek, model versi {MODEL_VERSION}; {made}persentase dari {f.base} kecuali disebut"
        f" lain: {fmt.count(float(f.run.base[_end(f)]))} orang pada {f.when}, {origin.value} pada awal simulasi"
        f" ({told})."
        f" Masa simulasi {first} sampai {last}{since}."
    )
