"""The sentences of a brief: question, recommendation, reasons, risks, and what happens when money stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.brief import Figure, Point
from simulator import indonesian as fmt
from simulator.questions import answer as answers
from simulator.questions import compare, frames, risk_words, stress_words
from simulator.questions.measure import END
from simulator.questions.risk import COST, versus
from simulator.questions.robust import standings
from simulator.questions.settings import value_text
from simulator.registry import POPULATIONS
from simulator.stress import ALL, APBD_STOPS
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from reports.gather import Facts

HALF = 0.5
CHEAPER = 1e6  # Rp a year; less is no reason to prefer another
TODAY = "berjalan"
OPTIMISTIC = "optimistic_sponsors"
_STOPPING = ("cliff", "year_end_above_average", "short_payment", "relief_ends")
_MOST_EFFECTS = 3


def subtitle(f: Facts) -> str:
    """What is proposed and how many others it is compared with."""
    text = "Kondisi berjalan" if f.is_today else f"Usulan: {f.main.name}"
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


# ---- the recommendation


def recommendation(f: Facts) -> str:
    """What the runs recommend in one sentence: the proposal, what is better in everything, or not to do it."""
    if better := _better(f):
        side = compare.find(f.sides, better)
        than = "kondisi berjalan" if f.is_today else f"“{f.main.name}”"
        told = _told(f, f.answers[better])
        return f"Disarankan “{side.name}”, yang tidak kalah dari {than} dalam cakupan, biaya, maupun kewajiban: {told}"
    if f.is_today:
        told = _told(f, f.answer)
        return f"Belum ada yang diusulkan; ini keadaan bila kebijakan tidak berubah: {told}"
    told = _told(f, f.answer)
    if f.answer.added_average < HALF:
        what = "perlindungan sepanjang tahun" if f.answer.added >= HALF else "perlindungan"
        return f"Tidak disarankan menjalankan “{f.main.name}” apa adanya: {what} tidak bertambah; {told}"
    if any(w.kind == OPTIMISTIC for w in f.warnings):
        return f"Disarankan “{f.main.name}” dengan syarat kesanggupan para penanggung dipastikan dahulu: {told}"
    return f"Disarankan “{f.main.name}”: {told}"


def _told(f: Facts, a: answers.Answer) -> str:
    """The answer: people, coverage, money, target. Whose money it is stands beside it, in the tables."""
    base = f"{fmt.percent(a.run.coverage_end)} dari {f.base}"
    paid = f"dengan iuran {fmt.rupiah(a.run.cost)} setahun"
    if 0.5 <= a.run.apbd_cost < a.run.cost - HALF:
        paid += f" ({fmt.rupiah(a.run.apbd_cost)} di antaranya dari APBD)"
    elif a.run.apbd_cost >= HALF:
        paid += " dari APBD"
    if abs(a.added) < HALF:
        people = f"{fmt.count(a.run.insured_end)} pekerja terlindungi, {base}"
    else:
        word = "lebih banyak" if a.added > 0 else "lebih sedikit"
        people = (
            f"{fmt.count(abs(a.added))} pekerja {word} terlindungi daripada kondisi berjalan, menjadi"
            f" {fmt.count(a.run.insured_end)} atau {base}"
        )
    return f"pada {f.when}, {people}, {paid}; {answers.target_sentence(a)}."


def _better(f: Facts) -> str:
    """The key of another proposal that is nowhere worse than main and somewhere better; empty where there is none."""
    main, best = f.answer.run, ""
    for key, a in f.answers.items():
        if not key.isdigit():
            continue
        x = a.run
        least = ((x.coverage_end, main.coverage_end), (x.coverage_average, main.coverage_average))
        most = ((x.cost, main.cost), (x.apbd_cost, main.apbd_cost), (x.must_uninsured, main.must_uninsured))
        sound = all(new >= old - 1e-9 for new, old in least) and all(new <= old + HALF for new, old in most)
        more, cheaper = x.coverage_average > main.coverage_average + 5e-5, x.cost < main.cost - CHEAPER
        if sound and (more or cheaper):
            best, main = key, x
    return best


# ---- reasons


def reasons(f: Facts) -> tuple[str, ...]:
    """What stands behind the recommendation: price, obligations, how sure, and the others."""
    hopes = [w.text for w in f.warnings if w.kind == OPTIMISTIC]
    return tuple(filter(None, (_coverage(f), _price(f), obligation(f), *hopes, _sure(f), *_others(f))))


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
    own = f"; beban APBD {fmt.rupiah(a.run.apbd_cost)}{share}" if a.run.apbd_cost >= HALF else "; tanpa beban APBD"
    return f"Satu pekerja tambahan berbiaya {fmt.rupiah(a.per_worker)} setahun{own}."


def _sure(f: Facts) -> str:
    before = None if f.is_today else f.risks[TODAY]
    return risk_words.sentence(f.risks[f.main.key], f.answer, before)


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
    return compare.headline(compare.results(f.sides, TODAY, f.year), f.sides, TODAY, f.year, f.base)


def obligation(f: Facts) -> str:
    """Workers whom district or villages must insure and who are not."""
    must = [i for i, s in enumerate(f.run.region.segments) if s.duty == "must"]
    if not must:
        return ""
    left, old = f.answer.run.must_uninsured, f.answer.baseline.must_uninsured
    if left < HALF:
        text = "Semua pekerja yang menjadi kewajiban pemerintah daerah atau desa terlindungi"
        return text + (f"; pada kondisi berjalan {fmt.count(old)} belum." if old >= HALF else ".")
    t = max(i for i, m in enumerate(f.run.arrays.months) if m[0] == f.year)
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
        Figure(f"Iuran dari APBD {f.year}", fmt.rupiah(a.run.apbd_cost), f"setahun{share}"),
    ]
    if a.per_worker is not None:
        found.append(Figure("Biaya satu pekerja tambahan", fmt.rupiah(a.per_worker), "setahun, rata-rata"))
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
    drawn, a = f.risks[f.main.key], f.answer
    if drawn.certain:
        return []
    found = []
    end, cost = drawn.band(END, f.year), drawn.band(COST, f.year)
    if a.target is not None and (share := drawn.chance(a.target)) is not None:
        goal = f"{a.target.name} {fmt.percent(a.target.coverage.value)} pada {int(a.target.year.value)}"
        found.append(Point("Target tidak tercapai", f"Peluang {goal} tidak tercapai: {risk_words.chance(1 - share)}."))
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
    t = max(i for i, m in enumerate(f.run.arrays.months) if m[0] == f.year)
    held = float(f.run.months.reached[:, t, :, 0].sum()) if f.run.months.reached is not None else 0.0
    found = []
    if held >= HALF:
        share = held / float(f.run.base[t])
        found.append(
            f"Pada {f.when}, {fmt.count(held)} pekerja ({fmt.percent(share)} dari {f.base}) terlindungi hanya selama"
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
    text = f"Pada {f.when}, {fmt.count(total)} pekerja belum terlindungi ({fmt.percent(total / whole)} dari {f.base})"
    outside = f.run.region.coverage_base.outside.value * float(f.run.arrays.growth[_end(f), 0, 0])
    if outside >= HALF:
        text += f", di luar {fmt.count(outside)} yang tidak dapat dilindungi di sini"
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
    """Model version, day, and what percentages are of."""
    workers = f.run.region.coverage_base.workers.value
    made = f"{f.order.made}; " if f.order.made else ""
    return (
        f"Simulator cakupan Jamsostek, model versi {MODEL_VERSION}; {made}persentase dari {f.base}"
        f" ({fmt.count(workers)} orang pada awal simulasi) kecuali disebut lain."
    )
