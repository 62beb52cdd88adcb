"""What the last screen of a presentation asks of the meeting: who decides what, and whether the runs bear it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.recommend import FEWER_AT_END, HALF, HOPEFUL, NOBODY, verdict
from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions.answer import Answer, base_name
from simulator.questions.settings import Setting, differences, words
from simulator.region import Region
from ui.present_words import SMALL, last_month

MOST_ROWS = 7  # payers that change, a row each; what is more stands in one row
MOST_CHANGES = 3  # of one payer, told in its row
MOST_GROUPS = 3  # named in a change
MOST_SAME = 2  # payers that stay as they are, a row each

Row = tuple[str, str, str]  # payer, what is asked of it, what it pays


@dataclass(frozen=True)
class Decision:
    """What one payer is asked to decide, a text for each setting, and Rp that it pays in the year."""

    payer: str
    changes: tuple[str, ...]
    pays: float


def decisions(today: Projection, run: Projection, year: int) -> list[Decision]:
    """What every payer is asked to decide: its settings that differ from today's, main ones first."""
    paid = _paid(run, year)
    changes: dict[str, list[str]] = {}
    for before, after in _funder_differences(today.region, run.region):
        changes.setdefault((after or before).group, []).append(_change(before, after, run.region))
    names = {f.id: f.name for f in (*today.region.funders, *run.region.funders)}
    return [Decision(names[key], tuple(own), paid.get(key, 0.0)) for key, own in changes.items()]


def _paid(run: Projection, year: int) -> dict[str, float]:
    row = run.years.cost[run.years.years.index(year), :, 0]
    return {key: float(v) for key, v in zip(run.region.funder_ids, row, strict=True)}


def _funder_differences(one: Region, other: Region) -> list[tuple[Setting | None, Setting | None]]:
    payers = {*one.funder_ids, *other.funder_ids}
    return [(a, b) for a, b in differences(one, other) if (a or b).group in payers]


def _change(before: Setting | None, after: Setting | None, region: Region) -> str:
    """One setting from what to what; of a list of groups those that come and go."""
    named = after or before
    if before and after and named.path.endswith(".segments"):
        return _groups(before, after, region)
    return f"{named.label}: {words(before)} → {words(after)}"


def _groups(before: Setting, after: Setting, region: Region) -> str:
    """Groups that a payer pays for from now on or no more; where they are the same, their new order."""
    names = {s.id: s.name for s in region.segments} | {"other": region.other.name}
    more = [names[s] for s in after.value if s not in before.value]
    less = [names.get(s, s) for s in before.value if s not in after.value]
    parts = []
    if more:
        first = ", paling dahulu" if after.value[0] not in before.value else ""
        parts.append(f"juga membayari {_few(more)}{first}")
    if less:
        parts.append(f"tidak lagi membayari {_few(less)}")
    if not parts:
        parts.append(f"membayari berurutan: {_few([names[s] for s in after.value])}")
    return "; ".join(parts)


def _few(names: list[str]) -> str:
    rest = len(names) - MOST_GROUPS
    shown = names if rest <= 0 else [*names[:MOST_GROUPS], f"{rest} kelompok lain"]
    return fmt.listing(shown)


def rows(run: Projection, year: int, decided: Sequence[Decision]) -> list[Row]:
    """What the table shows: payers that change, those that stay, and the sum, which is all contributions of the year.

    Empty where nothing is asked or nobody pays.
    """
    paid = _paid(run, year)
    total = sum(paid.values())
    if not decided or total < SMALL:
        return []
    shown = decided if len(decided) <= MOST_ROWS + 1 else decided[:MOST_ROWS]
    found = [(d.payer, _told(d), fmt.rupiah(d.pays)) for d in shown]
    if rest := decided[len(shown) :]:
        more = fmt.listing([d.payer for d in rest])
        found.append((f"{len(rest)} sumber lain", f"berubah: {more}", fmt.rupiah(sum(d.pays for d in rest))))
    changed = {d.payer for d in decided}
    same = [(f.name, paid[f.id]) for f in run.region.funders if f.name not in changed and paid[f.id] >= SMALL]
    if len(same) <= MOST_SAME:
        found += [(name, "tetap", fmt.rupiah(v)) for name, v in same]
    else:
        money = fmt.rupiah(sum(v for _, v in same))
        found.append(("Sumber lain", f"tetap: {fmt.listing([name for name, _ in same])}", money))
    return [*found, (f"Seluruh iuran {year}", "", fmt.rupiah(total))]


def _told(d: Decision) -> str:
    rest = len(d.changes) - MOST_CHANGES
    return "; ".join(d.changes[:MOST_CHANGES]) + (f"; {rest} pengaturan lain" if rest > 0 else "")


def asked(a: Answer, run: Projection, decided: Sequence[Decision]) -> str:
    """What this meeting is asked for, in a sentence; approval only where the runs bear it out, as in the reports."""
    if a.run.cost < SMALL:
        before = f"; pada kondisi berjalan {fmt.rupiah(a.baseline.cost)}" if a.baseline.cost >= SMALL else ""
        return f"Tidak ada yang perlu diputuskan: pada {a.year} tidak ada sumber pendanaan yang membayar iuran{before}."
    if not decided:
        return "Belum ada yang diminta: pendanaannya sama dengan kondisi berjalan."
    end, found = fmt.month(run.arrays.months[last_month(run, a.year)]), verdict(a, run)
    share = f"{fmt.percent(a.run.coverage_end)} dari {base_name(run)}"
    if found == NOBODY:
        what = "perlindungan sepanjang tahun tidak bertambah" if a.added >= HALF else "perlindungan tidak bertambah"
        if a.added <= -HALF:
            what = f"{fmt.count(-a.added)} pekerja lebih sedikit terlindungi daripada kondisi berjalan"
        return f"Tidak disarankan disetujui apa adanya: {what}; pada {end}, {share} terlindungi. {_money(a)}"
    if found == FEWER_AT_END:
        text = f"pada {end}, {fmt.count(-a.added)} pekerja lebih sedikit terlindungi daripada kondisi berjalan"
        text += f" walau rata-rata setahun {fmt.count(a.added_average)} lebih banyak"
        return f"Belum disarankan disetujui apa adanya: {text}. {_money(a)}"
    who = f"{len(decided)} sumber berikut" if len(decided) > 1 else decided[0].payer
    text = f"Persetujuan atas perubahan pendanaan dari {who}"
    if found == HOPEFUL:
        text += ", dengan syarat kesanggupan para penanggung dipastikan dahulu"
    return f"{text}, agar {share} terlindungi pada {end}. {_money(a)}"


def _money(a: Answer) -> str:
    text = f"Iuran semua sumber {fmt.rupiah(a.run.cost)} pada {a.year}"
    if a.run.apbd_cost >= SMALL and abs(a.run.cost - a.run.apbd_cost) >= SMALL:
        text += f", {fmt.rupiah(a.run.apbd_cost)} di antaranya uang pemerintah daerah"
    return f"{text}."
