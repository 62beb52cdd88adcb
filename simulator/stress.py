"""Stress tests: what exactly changes when something goes wrong, worked out of the region as it is set.

A test is data: lever settings on top of scenario and changes, and, for the one thing that no lever can say, the share
of members lost (`lose_members` does that to a run's arrays). Running them is simulator.questions.stress.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from simulator import indonesian as fmt
from simulator import parameters, stress_format
from simulator.arrays import Arrays
from simulator.schema import BudgetFunder, Region, SponsorFunder, StressSpec

BUILT_IN = stress_format.BUILT_IN  # their ids, in the order of `stress_tests`
DBHCHT_LESS, DBHCHT_LEAST, APBD_STOPS, LATE, SPONSORS, CHECKS, MEMBERS, ALL = BUILT_IN
LOST = 0.12  # 39.7 of 45.22 million active members were left from December 2024 to April 2025: 12.2% less
LOSS_MONTHS = 3  # the months over which members are lost, evenly
KEPT_YEARS = 2  # calendar years that the APBD pays before it stops
OCTOBER = 10
HALF_RUPIAH = 0.5


@dataclass(frozen=True)
class Source:
    """Where the size of a trouble comes from: what was seen, and who told it."""

    text: str
    title: str = ""
    address: str | None = None


@dataclass(frozen=True)
class StressTest:
    """One trouble for one region as configured.

    `settings` {lever path: value} go on top of everything; `members_lost` is the share of those insured by themselves
    or through employers who are gone after three months. `none` says in Indonesian why it changes nothing here, and
    is empty where it changes something.
    """

    id: str
    name: str
    description: str
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    members_lost: float = 0.0
    sources: tuple[Source, ...] = ()
    none: str = ""


def stress_tests(region: Region) -> tuple[StressTest, ...]:
    """The built-in tests for a region as configured; the last of them is all others at once."""
    single = (
        _dbhcht(region, DBHCHT_LESS, "value"),
        _dbhcht(region, DBHCHT_LEAST, "low"),
        _apbd_stops(region),
        _late(region),
        _sponsors(region),
        _checks(region),
        _members(region),
    )
    return (*single, together(single[1:]))


def written(region: Region, spec: StressSpec) -> StressTest:
    """A test of a region's file, or of a user's own, for a region as configured."""
    raw = spec.model_dump(include={"set", "scale"})
    settings = stress_format.settings_of(region, raw)
    told = spec.description or "Uji yang ditulis sendiri."
    gone = not settings and not spec.members_lost
    none = "Angka yang diubah dengan persen tidak ada di skenario ini." if gone else ""
    sources = (Source(spec.note),) if spec.note else ()
    return StressTest(spec.id, spec.name, told, settings, spec.members_lost, sources, none)


def together(tests: Iterable[StressTest]) -> StressTest:
    """Several tests at once. No two built-in ones set the same lever."""
    able = [t for t in tests if not t.none]
    settings = {path: value for t in able for path, value in t.settings.items()}
    names = fmt.listing([t.name for t in able])
    lost = max((t.members_lost for t in able), default=0.0)
    sources = tuple(dict.fromkeys(s for t in able for s in t.sources))
    told = f"Bersamaan: {names}." if able else "Semua uji bawaan bersamaan."
    none = "" if able else "Tidak satu pun uji berpengaruh di skenario ini."
    return StressTest(ALL, "Semua sekaligus", told, settings, lost, sources, none)


def lose_members(a: Arrays, share: float) -> Arrays:
    """The arrays with members lost: own · (1 − share · min(1, (t + 1)/3)); whoever is lost is uninsured.

    As in arrays.build: room = workers − own, known = min(room, paid_before · growth), unknown = room − known.
    """
    t = np.arange(len(a.months), dtype=float)[:, None, None]
    own = a.own * (1 - share * np.minimum(1.0, (t + 1) / LOSS_MONTHS))
    room = a.workers - own
    known = np.minimum(room, a.paid_before * a.growth)
    return replace(a, own=own, unknown=room - known, known=known)


# ---- what is known of the region


def is_dbhcht(funder: BudgetFunder | SponsorFunder) -> bool:
    """Whether a funder's budget is tobacco excise money: told by its id or its name."""
    name = funder.name.lower()
    return isinstance(funder, BudgetFunder) and (
        funder.id.lower().startswith("dbhcht") or "dbhcht" in name or "cukai" in name
    )


def _years(region: Region) -> list[int]:
    return sorted({y for y, _ in region.months})


def budget_in(region: Region, funder: BudgetFunder, year: int) -> float:
    """Rp a year that a funder has: the year's own, else usual · (1 + growth)^years since the start."""
    single = funder.by_year.get(year)
    if single is not None and single.annual_budget is not None:
        return single.annual_budget.value
    return funder.annual_budget.value * (1 + funder.budget_growth.value) ** (year - region.first_month[0])


def _budgets(region: Region) -> list[BudgetFunder]:
    """Budget funders that have money in some year of the run."""
    found = [f for f in region.funders if isinstance(f, BudgetFunder)]
    return [f for f in found if any(budget_in(region, f, y) > HALF_RUPIAH for y in _years(region))]


def _seen(*ids: str) -> tuple[Source, ...]:
    """What came true elsewhere."""
    found = {r.id: r for r in parameters.all_realised() if r.id in ids}
    return tuple(Source(found[i].text, found[i].reference.title, found[i].reference.address) for i in ids)


def _told(label: str, figure: parameters.DatedValue) -> Source:
    """A figure of practice with its reference."""
    ref = figure.reference
    return Source(f"{label}: {figure.note or ''}", ref.title if ref else "", ref.address if ref else None)


# ---- the built-in tests


def _dbhcht(region: Region, name: str, which: str) -> StressTest:
    """Every DBHCHT budget that holds in the run, times 1 + change (value −40%, low −95%)."""
    figure = parameters.parameter("dbhcht_change").latest
    change = figure.value if which == "value" or figure.low is None else figure.low
    funders = [f for f in region.funders if is_dbhcht(f)]
    settings = {}
    for f in funders:
        for path, value in _held(f, _years(region)):
            settings[path] = stress_format.scaled(value, 1 + change)
    less = fmt.count(-100 * change)
    none = "" if settings else "Anggaran DBHCHT di skenario ini nol." if funders else "Daerah ini tanpa dana DBHCHT."
    return StressTest(
        name,
        f"DBHCHT −{less}%",
        f"Setiap anggaran iuran dari DBHCHT berkurang {less}% sejak awal simulasi, juga yang ditetapkan untuk satu"
        " tahun. Bulan bayar dan sumber lain tetap.",
        settings,
        sources=_seen("blora_dbhcht", "sukabumi_dbhcht") if which == "value" else _seen("batu_kuota"),
        none=none,
    )


def _held(funder: BudgetFunder, years: list[int]) -> Iterable[tuple[str, float]]:
    """(path, Rp) of a funder's budgets, usual and of single years, that hold in some year of the run; none of 0."""
    own = {y: b.annual_budget.value for y, b in funder.by_year.items() if b.annual_budget is not None and y in years}
    if funder.annual_budget.value > 0 and len(own) < len(years):
        yield f"{funder.id}.annual_budget", funder.annual_budget.value
    yield from ((f"{funder.id}.by_year.{y}.annual_budget", v) for y, v in sorted(own.items()) if v > 0)


def _apbd_stops(region: Region) -> StressTest:
    """Government budgets other than DBHCHT are 0 from the third calendar year on."""
    years = _years(region)
    late = years[KEPT_YEARS:]
    settings = {
        f"{f.id}.by_year.{y}.annual_budget": 0
        for f in region.funders
        if isinstance(f, BudgetFunder) and f.payer == "government" and not is_dbhcht(f)
        for y in late
        if budget_in(region, f, y) > 0
    }
    none = ""
    if not late:
        none = f"Simulasi hanya sampai {years[-1]}; APBD baru berhenti pada tahun ketiga."
    elif not settings:
        none = f"Tidak ada anggaran APBD selain DBHCHT sejak {late[0]}."
    since = f" (sejak {late[0]})" if late else ""
    return StressTest(
        APBD_STOPS,
        "APBD berhenti setelah 2 tahun",
        f"Anggaran iuran dari uang pemerintah daerah selain DBHCHT menjadi nol mulai tahun ketiga{since}.",
        settings,
        sources=_seen("simalungun_bulan"),
        none=none,
    )


def _late(region: Region) -> StressTest:
    """Budget funders that begin before October begin in October, for at most three months; the budget stays."""
    most = 12 - OCTOBER + 1
    settings: dict[str, int] = {}
    for f in _budgets(region):
        usual = {"start_month": f.start_month.value, "months": f.months.value}
        later = {"start_month": OCTOBER, "months": min(usual["months"], most)}
        if usual["start_month"] < OCTOBER:
            settings |= {f"{f.id}.{k}": int(v) for k, v in later.items() if v != usual[k]}
        for year, single in sorted(f.by_year.items()):
            own = {k: q.value for k in usual if (q := getattr(single, k)) is not None}
            start = own.get("start_month", usual["start_month"])
            if not own or start >= OCTOBER:
                continue
            months = min(own.get("months", usual["months"]), most)
            want = {"start_month": OCTOBER, "months": months}
            # where the year has none of its own, what is usual by now holds
            held = {k: own.get(k, later[k] if usual["start_month"] < OCTOBER else usual[k]) for k in want}
            settings |= {f"{f.id}.by_year.{year}.{k}": int(v) for k, v in want.items() if v != held[k]}
    paid = _budgets(region)
    none = "Semua sumber yang mempunyai anggaran sudah mulai Oktober atau sesudahnya."
    none = "" if settings else none if paid else "Tidak ada sumber dengan anggaran di skenario ini."
    return StressTest(
        LATE,
        "Baru dibayar mulai Oktober",
        "Setiap sumber beranggaran yang mulai lebih awal baru membayar mulai Oktober, paling lama tiga bulan setahun."
        " Anggaran setahun tetap, jadi tiap bulan lebih banyak yang dibayari.",
        settings,
        sources=_seen("bogor_mulai", "blora_2024_mulai"),
        none=none,
    )


def _sponsors(region: Region) -> StressTest:
    """Participation and workers of each individual sponsor are no more than what came true elsewhere."""
    share, each = (parameters.parameter(k).latest for k in ("participation", "workers_per_sponsor"))
    most = {"participation": share.value, "initial_participation": share.value, "workers_per_sponsor": each.value}
    funders = [f for f in region.funders if isinstance(f, SponsorFunder) and f.payer == "individual"]
    paying = [f for f in funders if _sponsored(f) and f.start_after.value < len(region.months)]
    settings = {
        f"{f.id}.{name}": limit for f in paying for name, limit in most.items() if getattr(f, name).value > limit
    }
    told = f"{fmt.percent_short(share.value)} ikut, {fmt.count(each.value, 2)} pekerja tiap penanggung"
    none = f"ASN penanggung di skenario ini tidak lebih dari realisasi di tempat lain ({told})."
    none = none if paying else "Tidak ada ASN penanggung yang ikut di skenario ini."
    return StressTest(
        SPONSORS,
        "ASN ikut seperti realisasi",
        f"Penanggung perorangan paling banyak seperti yang terlaksana di tempat lain: {told}. Yang sudah lebih rendah"
        " tetap.",
        settings,
        sources=(_told("ASN yang ikut dan pekerja tiap ASN", share), _told("Pekerja tiap ASN", each)),
        none="" if settings else none,
    )


def _sponsored(f: SponsorFunder) -> bool:
    """Whether sponsors pay for anybody."""
    share = max(f.participation.value, f.initial_participation.value)
    return f.sponsors.value * share * f.workers_per_sponsor.value * f.still_paying.value > 0


def _checks(region: Region) -> StressTest:
    """No segment has a larger share that passes the checks than the low end; duty must, whose default is 1, too."""
    figure = parameters.parameter("verification_yield").latest
    most = figure.value if figure.low is None else figure.low
    general = region.assumptions.verification_yield.value
    settings = {"assumptions.verification_yield": most} if general > most else {}
    for s in (*region.segments, region.other):
        own = s.verification_yield
        passes = own.value if own is not None else 1.0 if getattr(s, "duty", "may") == "must" else None
        if passes is not None and passes > most:
            settings[f"{getattr(s, 'id', 'other')}.verification_yield"] = most
    none = "" if settings else f"Yang lolos verval di skenario ini sudah paling banyak {fmt.percent_short(most)}."
    if not _budgets(region) and not any(isinstance(f, SponsorFunder) and _sponsored(f) for f in region.funders):
        settings, none = {}, "Tidak ada yang dibayari sumber pendanaan, jadi verval tidak berpengaruh."
    return StressTest(
        CHECKS,
        f"Lolos verval {fmt.percent_short(most)}",
        f"Di setiap kelompok paling banyak {fmt.percent_short(most)} dari pekerja yang belum terlindungi lolos NIK,"
        " usia, dan kepesertaan; kelompok kewajiban juga. Yang sudah dibayari saat awal tetap.",
        settings,
        sources=(_told("Lolos verifikasi", figure),),
        none=none,
    )


def _members(region: Region) -> StressTest:
    """Those insured by themselves or through employers fall by 12% within three months; no lever can say this."""
    paid = sum(q.value for f in region.funders for q in f.paid_before.values())
    joining = any(s.covered_change.value > 0 for s in (*region.segments, region.other))
    nobody = region.covered.value - paid < 1 and not joining
    steps = fmt.listing([fmt.percent_short(LOST * (i + 1) / LOSS_MONTHS) for i in range(LOSS_MONTHS)])
    return StressTest(
        MEMBERS,
        f"Peserta hilang {fmt.percent_short(LOST)}",
        f"Peserta mandiri dan yang dibayari pemberi kerja berkurang {steps} dalam tiga bulan pertama, lalu tetap"
        f" {fmt.percent_short(LOST)} lebih sedikit. Yang dibayari sumber pendanaan bergantung pada uangnya.",
        members_lost=0.0 if nobody else LOST,
        sources=_seen("nasional_turun"),
        none="Tidak ada peserta mandiri atau yang dibayari pemberi kerja." if nobody else "",
    )
