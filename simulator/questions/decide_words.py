"""Goal seek and mixes in Indonesian sentences, each figure with its unit and its base."""

from collections.abc import Iterable

from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.questions import measure as measures
from simulator.questions.answer import base_name
from simulator.questions.gap import GapPlan
from simulator.questions.goal import Bought, Goal
from simulator.questions.mix import ADJUSTED, EXACT, Mix
from simulator.questions.settings import NO_LIMIT, Setting, value_text
from simulator.registry import FIELDS
from simulator.schema import Region

FEW = 0.5  # people
SMALL_MONEY = 1e6  # Rp
LITTLE = 0.01  # of the cost: as much as self-payers and idle months make out
BEYOND = 0.005  # of the base: so far over a target it is called passed
NO_MONEY = 0.5  # Rp


def lever_name(setting: Setting) -> str:
    """Whose lever it is and what: Anggaran iuran APBD Kabupaten; a funder called a budget is named by itself."""
    if not setting.group_name:
        return setting.label
    same = setting.label.split()[0].lower() == setting.group_name.split()[0].lower()
    rest = setting.label.split(" ", 2)[2:] if same else [setting.label]
    year = [word for word in rest if word.isdigit()] if same else rest
    return " ".join([setting.group_name, *year] if same else [setting.label, setting.group_name])


def lever_value(setting: Setting, value: float | None, region: Region | None = None) -> str:
    """A lever's value with its unit; where the region is given, a share of sponsors with how many they are."""
    if value is None:
        return NO_LIMIT
    field = FIELDS[setting.number.key] if setting.number else None
    if field is None:
        return fmt.count(value, 4)
    if field.unit.startswith("rupiah"):
        return f"{fmt.rupiah(value, 2)} {'setahun' if field.unit == 'rupiah_year' else 'sebulan'}"
    funder = next((f for f in region.funders if f.id == setting.group), None) if region else None
    if field.key == "funder.participation" and funder is not None:
        people = fmt.count(value * funder.sponsors.value)
        return f"{fmt.percent_short(value)}, {people} dari {fmt.count(funder.sponsors.value)} orang"
    text = value_text(field, value)
    units = {
        "months": "bulan",
        "people": "orang",
        "people_year": "orang setahun",
        "people_month": "tempat sebulan",
        "share_year": "setahun",
    }
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
    base, name = base_name(g.run), fmt.inside(lever_name(setting))
    what, target = measure_words(g.measure, g.year), f"{fmt.percent(g.target)} dari {base}"
    found, now = lever_value(setting, g.value, g.run.region), lever_value(setting, g.now)
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


def pushed_out(run: Projection, before: Projection, year: int, own: str) -> list[str]:
    """Other funders whose money finds nobody any more because this one pays for the same people."""
    i, j = run.years.years.index(year), before.years.years.index(year)
    found = []
    for k, f in enumerate(run.region.funders):
        less = float(before.years.cost[j, k, 0] - run.years.cost[i, k, 0])
        idle = float(run.years.unspent[i, k, 0] - before.years.unspent[j, k, 0])
        if f.id != own and less > SMALL_MONEY and (idle > SMALL_MONEY or not hasattr(f, "annual_budget")):
            found.append(f"{f.name} {fmt.rupiah(less, 2)}")
    if not found:
        return []
    return [
        f"Menggeser uang lain: pada {year} {fmt.listing(found)} tidak lagi menemukan pekerja yang belum dibayari."
        " Halaman Bauran termurah mencari pembagian tanpa uang menganggur."
    ]


def apart(end: float, average: float) -> str:
    """Why year's end and average that differ must be told apart."""
    gap = f"Akhir tahun dan rata-rata berbeda {fmt.points(abs(end - average))}: "
    if end > average:
        return gap + (
            "membayar beberapa bulan saja menaikkan angka Desember, tetapi memberi sedikit perlindungan sepanjang"
            " tahun."
        )
    return gap + "sebagian pembayaran berhenti sebelum Desember, sehingga akhir tahun lebih rendah."


def in_the_way(items: Iterable) -> str:
    """What limits an answer, as one sentence; nothing where nothing does."""
    items = list(items)
    caps = [x for x in items if x.kind == "cap"]
    told = [f"{fmt.listing([str(x.facts['name']) for x in caps])} sudah di batasnya"] if caps else []
    told += [x.indonesian() for x in items if x.kind != "cap"]
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
    if all(y.reached and y.budget < NO_MONEY for y in plan.years):
        return f"Sumber lain sudah mencapai sasaran setiap tahun; {name} tidak perlu membayar."
    paid = [f"{fmt.rupiah(y.budget, 2)} pada {y.year}" for y in plan.years]
    text = f"Setelah sumber lain membayar bagiannya, {name} perlu {fmt.listing(paid)}"
    missed = [str(y.year) for y in plan.years if not y.reached]
    return f"{text}; sasaran {fmt.listing(missed)} tetap tidak tercapai." if missed else f"{text}."


def mix(m: Mix) -> str:
    """The answer of a mix in one sentence."""
    base, year = base_name(m.run), m.task.year
    total = sum(m.cost.values())
    parts = [f"{c.name} {fmt.rupiah(m.cost[c.funder], 2)}" for c in m.task.choices if m.cost[c.funder] > NO_MONEY]
    who = f": {fmt.listing(parts)}" if parts else ""
    got = f"{measure_words(m.task.measure, year)} {fmt.percent(m.coverage)} dari {base}"
    paid = f"iuran {fmt.rupiah(total, 2)} setahun"
    if m.goal is None:
        whose = f" dari {fmt.listing(_spared(m))}, seluruhnya {fmt.rupiah(total, 2)}" if _some(m) else ""
        return f"Dengan paling banyak {fmt.rupiah(m.total or 0, 2)}{whose} pada {year}, {got}{who}."
    if not m.reached:
        start = f"Target {fmt.percent(m.goal)} tidak dapat dicapai dalam batas ini"
        return f"{start}. Yang terdekat: {got}, dengan {paid}{who}."
    if m.coverage > m.goal + BEYOND:
        return f"Target {fmt.percent(m.goal)} sudah terlampaui: {got}, dengan {paid}{who}."
    if _some(m):
        money = fmt.rupiah(sum(m.cost[f] for f in m.minimise), 2)
        return f"Dengan uang {fmt.listing(_spared(m))} sesedikit mungkin ({money}), {got}: {paid}{who}."
    return f"Termurah untuk {got}: {paid}{who}."


def _some(m: Mix) -> bool:
    """Whether only some funders' money counts."""
    return len(m.minimise) < len(m.task.choices)


def _spared(m: Mix) -> list[str]:
    return [c.name for c in m.task.choices if c.funder in m.minimise]


def mix_details(m: Mix) -> list[str]:
    """What one should know of a mix: price of the next worker, limits, alternatives, programme against run."""
    found = []
    unit = "pekerja sepanjang tahun" if m.task.measure == measures.AVERAGE else "pekerja"
    if m.price is not None and m.goal is not None and m.coverage <= m.goal + BEYOND:
        whose = "" if len(m.minimise) == len(m.task.choices) else " dari sumber yang dihemat"
        found.append(
            f"Satu {unit} lagi di atas target menambah {fmt.rupiah_full(m.price)} setahun{whose}."
            if m.price >= 1
            else "Satu pekerja lagi di atas target tidak menambah biaya sumber yang dihemat."
        )
    found += _marginal(m, unit) + _bounds(m) + _alternatives(m) + _replay(m)
    found += _open_duties(m)
    if m.apart:
        found.append(apart(m.end, m.average))
    if m.dropped > FEW:
        found.append(
            f"{fmt.count(m.dropped)} orang yang dibayari hari ini tidak dibayari lagi dalam bauran ini"
            + (": batas sumbernya, target, atau urutan membayar tidak mengizinkan lebih." if m.keep else ".")
        )
    if not m.reached:
        found.append(in_the_way(m.limits))
    return found


def _open_duties(m: Mix) -> list[str]:
    """Where obligations come first: who of them is still open, and whether anybody may pay for them."""
    i = m.run.years.years.index(m.task.year)
    left = float(m.run.years.must_uninsured[i, 0])
    if not m.must_first or left <= FEW:
        return []
    allowed = {s for f in m.run.region.funders for s in f.segments}
    orphans = [s.name for s in m.run.region.segments if s.duty == "must" and s.id not in allowed]
    why = (
        f"tidak ada sumber yang boleh membayari {fmt.listing(orphans)} pada pengaturan ini (lihat skenario Kewajiban"
        " dahulu)"
        if orphans
        else "batas sumber yang boleh membayari mereka tidak cukup"
    )
    return [f"{fmt.count(left)} pekerja kewajiban tetap belum terlindungi: {why}."]


def _marginal(m: Mix, unit: str) -> list[str]:
    """What Rp 1 billion more of each funder adds: within its limit, and where the limit itself must rise."""
    within: dict[int, list[str]] = {}
    beyond: dict[int, list[str]] = {}
    for c in m.task.choices:
        people = m.marginal.get(c.funder, 0.0)
        if people > FEW:
            full = m.set[c.path] >= c.cap * (1 - 1e-6)
            (beyond if full else within).setdefault(round(people), []).append(c.name)
    found = []
    for groups, start in (
        (within, f"Rp 1 miliar lagi menambah {unit}"),
        (beyond, f"Bila batasnya dinaikkan Rp 1 miliar, tambahan {unit}"),
    ):
        told = [
            f"{fmt.count(people)} dari {fmt.listing(names)}" for people, names in sorted(groups.items(), reverse=True)
        ]
        found += [f"{start}: {'; '.join(told)}."] if told else []
    return found


def _bounds(m: Mix) -> list[str]:
    """Limits that hold workers back or make the mix dearer; those that do so alike are told together."""
    held: dict[int, list[str]] = {}
    dearer: dict[str, list[str]] = {}
    for b in m.bounds:
        name = f"{b.choice.name} ({fmt.rupiah(b.choice.cap) if b.choice.budget else fmt.percent_short(b.choice.cap)})"
        if b.held > FEW:
            held.setdefault(round(b.held), []).append(name)
        elif b.saving > NO_MONEY:
            dearer.setdefault(fmt.rupiah(b.saving), []).append(name)
    whose = " bagi sumber yang dihemat" if _some(m) else ""
    return [f"Batas {_each(names)} menahan {fmt.count(people)} pekerja." for people, names in held.items()] + [
        f"Batas {_each(names)} membuat bauran lebih mahal {money} setahun{whose}." for money, names in dearer.items()
    ]


def _each(names: list[str]) -> str:
    return fmt.listing(names) + (" masing-masing" if len(names) > 1 else "")


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
        return [f"Hitungan optimasi (program linear) dan model sama: {run}."]
    if abs(m.people - m.programme_people) < 1 and abs(m.objective_cost - m.programme_cost) < SMALL_MONEY:
        return [f"Hitungan optimasi (program linear) dan model sama: {run}."]
    linear = f"{fmt.count(m.programme_people)} pekerja dengan {fmt.rupiah(m.programme_cost, 2)}"
    why = (
        "peserta yang lanjut mandiri dan bulan yang tidak terpakai mengubah angkanya sedikit"
        if m.how == ADJUSTED and abs(m.objective_cost - m.programme_cost) < LITTLE * m.objective_cost
        else "di model, sumber membayar menurut urutannya, sehingga uang sumber yang kemudian dapat tidak menemukan"
        " pekerja lagi"
    )
    return [f"Hitungan optimasi (program linear): {linear}. Dijalankan di model: {run}. Bedanya: {why}."]
