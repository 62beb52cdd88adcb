"""Goal seek and mixes in Indonesian sentences, each figure with its unit and its base."""

from collections.abc import Iterable

from simulator import indonesian as fmt
from simulator.questions import measure as measures
from simulator.questions.answer import base_name
from simulator.questions.gap import GapPlan
from simulator.questions.goal import Bought, Goal
from simulator.questions.mix import ADJUSTED, EXACT, Mix
from simulator.questions.settings import NO_LIMIT, Setting, value_text
from simulator.registry import FIELDS

FEW = 0.5  # people
NO_MONEY = 0.5  # Rp


def lever_name(setting: Setting) -> str:
    """Whose lever it is and what: Anggaran iuran APBD Kabupaten."""
    return f"{setting.label} {setting.group_name}" if setting.group_name else setting.label


def _inside(text: str) -> str:
    """A name inside a sentence: its first letter small, unless the word is an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def lever_value(setting: Setting, value: float | None, exact: bool = False) -> str:
    """A lever's value with its unit; `exact` gives rupiah in full, for a budget document."""
    if value is None:
        return NO_LIMIT
    field = FIELDS[setting.number.key] if setting.number else None
    if field is None:
        return fmt.count(value, 4)
    if field.unit.startswith("rupiah"):
        text = fmt.rupiah_full(value) if exact else fmt.rupiah(value, 2)
        return f"{text} {'setahun' if field.unit == 'rupiah_year' else 'sebulan'}"
    text = value_text(field, value)
    units = {"months": "bulan", "people": "orang", "people_year": "orang setahun", "people_month": "tempat sebulan"}
    return f"{text} {units[field.unit]}" if field.unit in units else text


def measure_words(measure: str, year: int) -> str:
    """What is measured, in a year."""
    return {
        measures.END: f"cakupan akhir {year}",
        measures.AVERAGE: f"cakupan rata-rata {year}",
        measures.ACTIVE: f"peserta aktif akhir {year} (hitungan BPJS)",
    }[measure]


def goal(g: Goal, setting: Setting) -> str:
    """The answer of a goal seek in one sentence."""
    base, name = base_name(g.run), _inside(lever_name(setting))
    what, target = measure_words(g.measure, g.year), f"{fmt.percent(g.target)} dari {base}"
    found, now = lever_value(setting, g.value), lever_value(setting, g.now)
    if not g.reached:
        start = f"{what[0].upper()}{what[1:]} tidak dapat mencapai {target} dengan {name} saja"
        if g.now == g.value:
            return f"{start}; pengaturan sekarang ({now}) sudah yang terdekat, {fmt.percent(g.coverage)}."
        return f"{start}. Yang terdekat {fmt.percent(g.coverage)}, dengan {found} (sekarang {now})."
    if g.coverage_now >= g.target:
        least = "cukup" if g.rising else "boleh sampai"
        return (
            f"{what[0].upper()}{what[1:]} sudah mencapai {target}; untuk itu {name} {least} {found} (sekarang {now},"
            f" dengan {fmt.percent(g.coverage_now)})."
        )
    word = "perlu" if g.rising else "paling banyak"
    return (
        f"Agar {what} mencapai {target}, {name} {word} {found} (sekarang {now}, dengan {fmt.percent(g.coverage_now)})."
    )


def proof(g: Goal) -> str:
    """What the run that proves a goal seek came to."""
    people = g.run.years.insured_end[g.run.years.years.index(g.year), 0]
    text = (
        f"Dibuktikan dengan menjalankan model: akhir {g.year} {fmt.percent(g.end)} ({fmt.count(people)} pekerja),"
        f" rata-rata setahun {fmt.percent(g.average)}."
    )
    return f"{text} {apart(g.end, g.average)}" if g.apart else text


def apart(end: float, average: float) -> str:
    """Why year's end and average that differ must be told apart."""
    return (
        f"Akhir tahun dan rata-rata berbeda {fmt.points(abs(end - average))}: membayar beberapa bulan saja menaikkan"
        " angka Desember, tetapi memberi sedikit perlindungan sepanjang tahun."
    )


def in_the_way(items: Iterable) -> str:
    """What limits an answer, as one sentence; nothing where nothing does."""
    told = [x.indonesian() for x in items]
    return f"Yang menghalangi: {'; '.join(told)}." if told else ""


def bought(b: Bought, setting: Setting, year: int) -> str:
    """What a setting buys in one sentence."""
    base = base_name(b.run)
    value = lever_value(setting, b.value)
    if abs(b.added) < FEW and abs(b.added_average) < FEW:
        text = f"{lever_name(setting)} {value} tidak mengubah jumlah yang terlindungi pada {year}"
    else:
        word = "menambah" if b.added >= 0 else "mengurangi"
        average = "" if b.added_average * b.added > 0 else "−" if b.added_average < 0 else ""
        text = (
            f"{lever_name(setting)} {value} {word} {fmt.count(abs(b.added))} pekerja pada akhir {year} (rata-rata"
            f" setahun {average}{fmt.count(abs(b.added_average))}), dari {fmt.percent(b.coverage_before)} menjadi"
            f" {fmt.percent(b.coverage)} dari {base}"
        )
    cost = f", dengan iuran {fmt.rupiah(abs(b.cost), 2)} {'lebih banyak' if b.cost > 0 else 'lebih sedikit'} setahun"
    text += cost if abs(b.cost) > NO_MONEY else ""
    if b.own_unspent and b.own_unspent > NO_MONEY:
        text += f"; {fmt.rupiah(b.own_unspent, 2)} tidak terpakai"
    return text + "."


def gap(plan: GapPlan, name: str) -> str:
    """What a funder that closes the gap must pay, year by year, in one sentence."""
    paid = [f"{fmt.rupiah(y.budget)} pada {y.year}" for y in plan.years]
    text = f"Setelah sumber lain membayar bagiannya, {name} perlu {fmt.listing(paid)}"
    missed = [str(y.year) for y in plan.years if not y.reached]
    return f"{text}; sasaran {fmt.listing(missed)} tetap tidak tercapai." if missed else f"{text}."


def mix(m: Mix) -> str:
    """The answer of a mix in one sentence."""
    base, year = base_name(m.run), m.task.year
    total = sum(m.cost.values())
    parts = [f"{c.name} {fmt.rupiah(m.cost[c.funder])}" for c in m.task.choices if m.cost[c.funder] > NO_MONEY]
    who = f": {fmt.listing(parts)}" if parts else ""
    got = f"{measure_words(m.task.measure, year)} {fmt.percent(m.coverage)} dari {base}"
    if m.goal is None:
        return f"Dengan paling banyak {fmt.rupiah(m.total or 0)} pada {year}, {got}{who}."
    if not m.reached:
        return (
            f"Target {fmt.percent(m.goal)} tidak dapat dicapai dalam batas ini. Yang terdekat: {got}, dengan iuran"
            f" {fmt.rupiah(total)} setahun{who}."
        )
    spared = "" if len(m.minimise) == len(m.task.choices) else f", {_spared(m)}"
    return f"Termurah untuk {got}: iuran {fmt.rupiah(total)} pada {year}{spared}{who}."


def _spared(m: Mix) -> str:
    names = [c.name for c in m.task.choices if c.funder in m.minimise]
    money = sum(m.cost[f] for f in m.minimise)
    return f"{fmt.rupiah(money)} di antaranya dari {fmt.listing(names)}"


def mix_details(m: Mix) -> list[str]:
    """What one should know of a mix: price of the next worker, limits, alternatives, programme against run."""
    found = []
    unit = "pekerja sepanjang tahun" if m.task.measure == measures.AVERAGE else "pekerja"
    if m.price is not None and m.goal is not None:
        whose = "" if len(m.minimise) == len(m.task.choices) else " dari sumber yang dihemat"
        found.append(
            f"Satu {unit} lagi di atas target menambah {fmt.rupiah_full(m.price)} setahun{whose}."
            if m.price >= 1
            else "Satu pekerja lagi di atas target tidak menambah biaya sumber yang dihemat."
        )
    found += _marginal(m, unit) + _bounds(m) + _alternatives(m) + _replay(m)
    if m.apart:
        found.append(apart(m.end, m.average))
    if m.dropped > FEW:
        found.append(
            f"{fmt.count(m.dropped)} orang yang dibayari hari ini tidak dibayari lagi pada sebagian bulan"
            f" {'karena urutan membayar' if m.kept else 'dalam bauran ini'}."
        )
    if not m.reached:
        found.append(in_the_way(m.limits))
    return found


def _marginal(m: Mix, unit: str) -> list[str]:
    """What Rp 1 billion more of each funder adds; funders that add alike are told together."""
    groups: dict[int, list[str]] = {}
    for c in m.task.choices:
        if c.funder in m.marginal and m.marginal[c.funder] > FEW:
            groups.setdefault(round(m.marginal[c.funder]), []).append(c.name)
    told = [f"{fmt.count(people)} dari {fmt.listing(names)}" for people, names in sorted(groups.items(), reverse=True)]
    return [f"Tiap Rp 1 miliar lagi menambah {unit}: {'; '.join(told)}."] if told else []


def _bounds(m: Mix) -> list[str]:
    """Limits that hold workers back or make the mix dearer; those that do so alike are told together."""
    held: dict[int, list[str]] = {}
    dearer = []
    for b in m.bounds:
        name = f"{b.choice.name} ({fmt.rupiah(b.choice.cap) if b.choice.budget else fmt.percent_short(b.choice.cap)})"
        if b.held > FEW:
            held.setdefault(round(b.held), []).append(name)
        elif b.saving > NO_MONEY:
            dearer.append(f"Batas {name} membuat bauran lebih mahal {fmt.rupiah(b.saving)} setahun.")
    told = [
        f"Batas {fmt.listing(names)}{' masing-masing' if len(names) > 1 else ''} menahan {fmt.count(people)} pekerja."
        for people, names in held.items()
    ]
    return told + dearer


def _alternatives(m: Mix) -> list[str]:
    if len(m.alternatives) < 2:
        return []
    names = {c.funder: c.name for c in m.task.choices}
    told = [f"{names[k]} {fmt.rupiah(low)}–{fmt.rupiah(high)}" for k, (low, high) in m.alternatives.items()]
    return [
        "Banyak bauran sama biayanya; yang ditampilkan paling dekat dengan pembayaran hari ini. Bagian tiap sumber"
        f" dapat dipertukarkan: {'; '.join(told)}."
    ]


def _replay(m: Mix) -> list[str]:
    """The programme's figure and the run's, and why they differ."""
    if m.programme_people != m.programme_people:  # nothing to compare with
        return []
    run = f"{fmt.count(m.people)} pekerja dengan {fmt.rupiah(m.objective_cost, 2)}"
    if m.how == EXACT:
        return [f"Hitungan program linear dan model sama: {run}."]
    linear = f"{fmt.count(m.programme_people)} pekerja dengan {fmt.rupiah(m.programme_cost, 2)}"
    why = (
        "peserta yang lanjut mandiri dan bulan yang tidak terpakai mengubah angkanya sedikit"
        if m.how == ADJUSTED
        else "di model, sumber membayar menurut urutannya, sehingga uang sumber yang kemudian dapat tidak menemukan"
        " pekerja lagi; bauran ini dicari langsung di model"
    )
    return [f"Program linear: {linear}. Dijalankan di model: {run}. Bedanya: {why}."]
