"""Valid region files as plain data, and changes that keep one valid, for hypothesis.

Everything is drawn from whole numbers (shares are thousandths), so that a failing example reads well.
Stocks are built from the parts up: what the segments and `other` hold is drawn first, the base and the
covered total are their sums, so no example has to be thrown away.
"""

from functools import cache

from hypothesis import strategies as st

SEGMENT_IDS = ["perangkat_desa", "rt_rw", "honorer", "rentan", "petani", "nelayan"]
FUNDER_IDS = ["apbd", "perubahan", "dbhcht", "desa", "baznas", "asn"]
POPULATIONS = ["labour_force", "employed", "bpjs_potential"]
PAYERS = ["government", "village", "zakat", "corporate", "individual"]
RISKS = ["very_low", "low", "medium", "high", "very_high"]
YEAR_AT_MINIMUM_INCOME = 201_600  # rupiah that insure one worker for a year


@cache
def whole(low, high):
    """A whole number."""
    return st.integers(low, high)


@cache
def share(low=0, high=1000):
    """A share in thousandths."""
    return st.integers(low, high).map(lambda thousandths: thousandths / 1000)


@cache
def ranged(numbers, ceiling=None):
    """The number itself or a mapping with a range around it, never above the ceiling."""

    def with_range(number):
        high = number * 1.5 + 0.01
        return {
            "value": number,
            "low": number * 0.5,
            "status": "assumption",
            "high": high if ceiling is None else max(number, min(ceiling, high)),
        }

    return st.one_of(numbers, numbers, numbers.map(with_range))


def plain_number(item):
    """The number, whether or not it came in a mapping."""
    return item["value"] if isinstance(item, dict) else item


def some(draw, **optional):
    """A mapping of some of the optional fields."""
    chosen = draw(whole(0, 2 ** len(optional) - 1))
    names = [name for bit, name in enumerate(optional) if chosen >> bit & 1]
    return {name: draw(optional[name]) for name in names}


@cache
def programmes():
    """The two that are needed, and the third sometimes."""
    return st.sampled_from([["jkk", "jkm"], ["jkk", "jkm", "jht"]])


@cache
def incomes():
    """Rupiah a month."""
    return st.sampled_from([500_000, 1_000_000, 1_250_000, 2_900_000])


def changes_a_year(workers):
    """Workers who come or go by themselves in a year: up to a fifth of the segment either way."""
    return ranged_signed(whole(-workers // 5, workers // 5))


@cache
def ranged_signed(numbers):
    """As `ranged`, for numbers that may be negative."""

    def with_range(number):
        return {"value": number, "low": number - 10, "high": number + 20}

    return st.one_of(numbers, numbers.map(with_range))


# ---- segments -------------------------------------------------------------------------------------


@st.composite
def segments(draw, name):
    """One segment of its own id."""
    workers = draw(st.one_of(whole(0, 50), whole(0, 40_000)))
    covered = draw(st.one_of(st.just(0), st.just(workers), whole(0, workers)))
    segment = {
        "id": name,
        "name": name.replace("_", " "),
        "workers": workers,
        "covered": covered,
        "membership": draw(st.sampled_from(["bpu", "bpu", "pu"])),
    }
    if segment["membership"] == "pu":
        segment["wage"] = draw(st.sampled_from([900_000, 2_200_000, 5_100_000]))
        segment.update(some(draw, risk=st.sampled_from(RISKS)))
    else:
        segment.update(some(draw, income=incomes(), sector=st.sampled_from(["general", "transport"])))
    segment.update(
        some(
            draw,
            covered_change=changes_a_year(workers),
            programmes=programmes(),
            duty=st.sampled_from(["must", "may"]),
            verification_yield=ranged(share(), 1),
        )
    )
    return segment


@st.composite
def rests(draw):
    """What the segments leave: workers, covered, and the optional `other` mapping."""
    workers = draw(st.one_of(st.just(0), whole(1, 150_000)))
    covered = draw(whole(0, workers))
    given = some(
        draw,
        covered_change=changes_a_year(workers),
        income=incomes(),
        verification_yield=share(),
        name=st.just("Pekerja lainnya"),
    )
    return workers, covered, given


# ---- funders --------------------------------------------------------------------------------------


@st.composite
def payment_calendars(draw, years):
    """start_month, months and by_year, every year ending in December at the latest."""
    start_month = draw(whole(1, 12))
    months = draw(whole(1, 13 - start_month))
    calendar = {"start_month": start_month, "months": months}
    by_year = {}
    for year in years:
        if draw(whole(0, 3)) == 0:
            named = some(draw, annual_budget=budgets())
            if draw(st.booleans()):
                named["start_month"] = draw(whole(1, 13 - months))
            if draw(st.booleans()):
                named["months"] = draw(whole(1, 13 - named.get("start_month", start_month)))
            if named:
                by_year[year] = named
    if by_year:
        calendar["by_year"] = by_year
    return calendar


@cache
def budgets():
    """Rupiah a year, from nothing to more than any region here can spend."""
    return st.one_of(whole(0, 1_000), whole(0, 60_000)).map(lambda workers: workers * YEAR_AT_MINIMUM_INCOME)


@st.composite
def funders(draw, name, segment_ids, years, kinds):
    """One funder of its own id, without `paid_before`."""
    kind = draw(st.sampled_from(kinds))
    payer = draw(st.sampled_from(PAYERS))
    wanted = draw(st.permutations([*segment_ids, "other"]))
    funder = {"id": name, "name": name, "kind": kind, "payer": payer, "segments": wanted[: draw(whole(1, len(wanted)))]}
    funder.update(some(draw, onboarding_per_month=whole(0, 5_000), programmes=programmes()))
    if payer != "government":
        funder.update(some(draw, relief=st.booleans()))
    if kind == "budget":
        funder["annual_budget"] = draw(ranged(budgets()))
        funder.update(
            some(draw, budget_growth=st.integers(-300, 300).map(lambda n: n / 1000), absorption=ranged(share(), 1))
        )
        funder.update(draw(payment_calendars(years)) if draw(st.booleans()) else {})
        return funder
    funder.update(
        sponsors=draw(whole(0, 14_000)),
        participation=draw(ranged(share(), 1)),
        workers_per_sponsor=draw(ranged(whole(0, 60).map(lambda tenths: tenths / 10))),
    )
    funder.update(
        some(
            draw,
            initial_participation=share(),
            start_after=whole(0, 20),
            ramp_months=whole(1, 30),
            still_paying=ranged(share(), 1),
        )
    )
    return funder


def share_out(draw, funders_, stocks):
    """Give funders some of the workers covered at the start, each worker once."""
    left = dict(stocks)
    for funder in funders_:
        before = {}
        for name in funder["segments"]:
            if left[name] and draw(st.booleans()):
                before[name] = draw(whole(0, left[name]))
                left[name] -= before[name]
        if before:
            funder["paid_before"] = before


# ---- the whole file -------------------------------------------------------------------------------


@st.composite
def assumptions(draw):
    """Continuation, and some of the other assumptions; what is left out keeps its default."""
    optional = {
        "overlap": ranged(share(0, 900), 0.95),
        "verification_yield": ranged(share(200), 1),
        "self_pay_lapse": ranged(share(0, 900), 0.95),
        "grace_months": whole(0, 6),
        "deaths_per_1000": ranged(whole(0, 10)),
        "accidents_per_1000": ranged(whole(0, 10)),
        "children_per_death": ranged(whole(0, 2)),
    }
    continuation = draw(st.one_of(st.just(0), ranged(share(1), 1)))
    return {"self_pay_continuation": continuation, **some(draw, **optional)}


@st.composite
def coverage_bases(draw, insurable):
    """The coverage base around so many insurable workers."""
    outside = draw(st.one_of(st.just(0), whole(0, 30_000)))
    if insurable + outside == 0:
        outside = 1_000
    population, second = draw(st.permutations(POPULATIONS))[:2]
    base = {
        "population": population,
        "workers": draw(st.sampled_from([insurable + outside, {"value": insurable + outside}])),
    }
    if outside:
        base["outside"] = outside
    base.update(
        some(draw, growth=ranged_growth(), also=whole(1, 300_000).map(lambda n: [{"population": second, "workers": n}]))
    )
    return base


@cache
def ranged_growth():
    """A growth a year, down as well as up."""
    numbers = st.integers(-100, 100).map(lambda n: n / 1000)
    return st.one_of(numbers, numbers.map(lambda n: {"value": n, "low": n - 0.01, "high": n + 0.02}))


def target_lists(years):
    """Targets inside the run and beyond it; odd denominators keep coverage from meeting one exactly."""
    coverage = whole(1, 9_972).map(lambda n: n / 9_973)
    target = st.fixed_dictionaries(
        {"year": st.sampled_from([*years, years[-1] + 1]), "coverage": coverage},
        optional={"population": st.sampled_from(POPULATIONS)},
    )
    return st.lists(target, min_size=1, max_size=2, unique_by=lambda t: t["year"])


@st.composite
def regions(draw, max_years=4, kinds=("budget", "sponsors")):
    """A whole valid region file."""
    first, month, length = draw(whole(2025, 2028)), draw(whole(1, 12)), draw(whole(1, max_years))
    years = list(range(first, first + length + (month > 1)))
    ids = SEGMENT_IDS[: draw(whole(1, len(SEGMENT_IDS)))]
    parts = [draw(segments(name)) for name in ids]
    rest_workers, rest_covered, other = draw(rests())
    payers = [draw(funders(name, ids, years, list(kinds))) for name in FUNDER_IDS[: draw(whole(1, len(FUNDER_IDS)))]]
    share_out(draw, payers, {**{part["id"]: part["covered"] for part in parts}, "other": rest_covered})
    data = {
        "schema": 1,
        "title": "Kabupaten Contoh",
        "start": f"{first}-{month:02d}",
        "years": length,
        "coverage_base": draw(coverage_bases(rest_workers + sum(part["workers"] for part in parts))),
        "covered": rest_covered + sum(part["covered"] for part in parts),
        "segments": parts,
        "funders": payers,
        "assumptions": draw(assumptions()),
    }
    if other:
        data["other"] = other
    data.update(some(draw, targets=target_lists(years), apbd_total=whole(10**11, 10**13)))
    if draw(st.booleans()):
        data["scenarios"] = [{"id": "lain", "name": "Pilihan lain", "set": draw(changes(data, stocks=False))}]
    return data


# ---- changes --------------------------------------------------------------------------------------


def latest_start(funder, year=None):
    """The month in which the funder starts in that year, or the latest of all years."""
    usual = funder.get("start_month", 1)
    starts = {named: entry.get("start_month", usual) for named, entry in funder.get("by_year", {}).items()}
    return max([usual, *starts.values()]) if year is None else starts.get(year, usual)


def years_of(data):
    """The calendar years that the run touches."""
    year, month = (int(part) for part in data["start"].split("-"))
    return list(range(year, year + data["years"] + (month > 1)))


def funder_levers(funder, years):
    """Levers of one funder with what each may be set to."""
    name = funder["id"]
    if funder["kind"] == "sponsors":
        return {
            f"{name}.sponsors": whole(0, 14_000),
            f"{name}.participation": share(),
            f"{name}.initial_participation": share(),
            f"{name}.start_after": whole(0, 20),
            f"{name}.ramp_months": whole(1, 30),
            f"{name}.still_paying": share(),
            f"{name}.workers_per_sponsor": whole(0, 6),
            f"{name}.onboarding_per_month": whole(0, 5_000),
        }
    year = years[-1]
    return {
        f"{name}.annual_budget": budgets(),
        f"{name}.absorption": share(),
        f"{name}.budget_growth": share(0, 300),
        f"{name}.onboarding_per_month": whole(0, 5_000),
        f"{name}.months": whole(1, 13 - latest_start(funder)),
        f"{name}.by_year.{year}.months": whole(1, 13 - latest_start(funder, year)),
        f"{name}.by_year.{year}.annual_budget": budgets(),
    }


def segment_levers(segment):
    """Levers of one segment that leave every stock as it is."""
    name = segment["id"]
    levers = {f"{name}.covered_change": whole(-500, 500), f"{name}.verification_yield": share()}
    if segment["membership"] == "pu":
        return {**levers, f"{name}.wage": whole(500_000, 9_000_000)}
    return {**levers, f"{name}.income": whole(500_000, 9_000_000)}


ASSUMPTION_LEVERS = {
    "assumptions.verification_yield": share(),
    "assumptions.overlap": share(0, 900),
    "assumptions.self_pay_continuation": share(),
    "assumptions.self_pay_lapse": share(0, 900),
    "assumptions.grace_months": whole(0, 6),
    "assumptions.deaths_per_1000": whole(0, 10),
    "assumptions.accidents_per_1000": whole(0, 10),
    "assumptions.children_per_death": whole(0, 2),
    "coverage_base.growth": st.integers(-100, 100).map(lambda n: n / 1000),
    "other.covered_change": whole(-500, 500),
    "other.income": whole(500_000, 9_000_000),
}


def stock_levers(data):
    """Levers that move people: any one of them alone leaves no segment with too few or too many."""
    before = {part["id"]: 0 for part in data["segments"]} | {"other": 0}
    levers = {}
    for funder in data["funders"]:
        for name, people in funder.get("paid_before", {}).items():
            before[name] += people
            levers[f"{funder['id']}.paid_before.{name}"] = whole(0, people)
    base = plain_number(data["coverage_base"]["workers"])
    outside = data["coverage_base"].get("outside", 0)
    covered = sum(part["covered"] for part in data["segments"])
    rest = base - outside - sum(part["workers"] for part in data["segments"])
    rest_covered = data["covered"] - covered
    levers["coverage_base.workers"] = whole(base, base + 50_000)
    levers["coverage_base.outside"] = whole(0, outside + rest - rest_covered)
    levers["covered"] = whole(covered + before["other"], covered + rest)
    for part in data["segments"]:
        name, most = part["id"], part["covered"] + rest_covered - before["other"]
        least = max(before[name], part["covered"] - (rest - rest_covered))
        levers[f"{name}.covered"] = whole(least, min(most, part["workers"]))
        levers[f"{name}.workers"] = whole(part["covered"], part["workers"] + rest - rest_covered)
    return levers


@st.composite
def changes(draw, data, stocks=True):
    """Settings by path that keep the region valid; with `stocks`, at most one that moves people."""
    levers = dict(ASSUMPTION_LEVERS)
    for part in data["segments"]:
        levers.update(segment_levers(part))
    for funder in data["funders"]:
        levers.update(funder_levers(funder, years_of(data)))
    chosen = draw(st.lists(st.sampled_from(sorted(levers)), unique=True, max_size=4))
    settings = {path: draw(levers[path]) for path in chosen}
    if stocks and draw(st.booleans()):
        moving = stock_levers(data)
        path = draw(st.sampled_from(sorted(moving)))
        settings[path] = draw(moving[path])
    return settings


@st.composite
def regions_with_settings(draw, **options):
    """A region, the id of one of its scenarios or None, and changes on top."""
    data = draw(regions(**options))
    scenario = draw(st.sampled_from([*(item["id"] for item in data.get("scenarios", [])), None]))
    return data, scenario, draw(changes(data))
