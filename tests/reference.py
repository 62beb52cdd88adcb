"""The model in plain Python: slow, loops and dictionaries only, to be read beside the formulas.

It shares no code with `simulator`, so that the two can disagree. It takes the plain data of a region
file (as a YAML reader gives it), a scenario id and changes {path: value}, and returns the mapping that
`run --format json` prints, without `model_version`. It trusts its input: nothing is validated here.

Where the formulas leave a choice: the run is 12 · years months from `start`; the first year of budgets
is the year of `start`; `reached` is null for a year outside the run or a population that is not listed.
"""

from copy import deepcopy

# Contributions, a share of income or wage or rupiah, since 2015; relief by half in 2026 and early 2027.
BPU_JKK, BPU_JKM, BPU_JHT = 0.01, 6_800, 0.02
PU_JKK = {"very_low": 0.0024, "low": 0.0054, "medium": 0.0089, "high": 0.0127, "very_high": 0.0174}
PU_JKM, PU_JHT = 0.003, 0.037
RELIEF = 0.5
RELIEF_MONTHS = {"general": ((2026, 4), (2026, 12)), "transport": ((2026, 1), (2027, 3))}

DEATH_GRANT, FUNERAL_GRANT = 42_000_000, 10_000_000

SEGMENT = {
    "covered_change": 0,
    "membership": "bpu",
    "income": 1_000_000,
    "sector": "general",
    "risk": "very_low",
    "programmes": ["jkk", "jkm"],
    "duty": "may",
}
FUNDER = {
    "paid_before": {},
    "by_year": {},
    "onboarding_per_month": None,
    "programmes": None,
    "budget_growth": 0,
    "start_month": 1,
    "months": 12,
    "absorption": 1,
    "initial_participation": 0,
    "start_after": 0,
    "ramp_months": 12,
    "still_paying": 1,
}
ASSUMPTIONS = {
    "verification_yield": 1,
    "overlap": 0,
    "self_pay_continuation": 0,
    "self_pay_lapse": 0,
    "grace_months": 3,
    "deaths_per_1000": 2.0,
    "accidents_per_1000": 2.5,
    "children_per_death": 1,
}


# ---- the region -----------------------------------------------------------------------------------


def run(data, scenario=None, changes=None):
    """The whole run: levers, defaults, every month, every year."""
    changes = dict(changes or {})
    data = plain(data)
    for chosen in data.get("scenarios") or []:
        if chosen["id"] == scenario:
            set_levers(data, chosen["set"])
    set_levers(data, plain(changes))
    region = with_defaults(data)
    past = []
    for t in range(12 * region["years"]):
        past.append(one_month(region, past, t))
    base = region["coverage_base"]
    return {
        "region": region["title"],
        "scenario": scenario,
        "coverage_base": {"population": base["population"], "workers": base["workers"]},
        "changes": changes,
        "targets": [target_row(region, past, target) for target in region["targets"]],
        "monthly": [monthly_row(region, now) for now in past],
        "yearly": [yearly_row(region, past, year) for year in years_of(past)],
    }


def plain(data):
    """The data with every mapping that has a `value` replaced by it."""
    if isinstance(data, dict):
        return plain(data["value"]) if "value" in data else {key: plain(item) for key, item in data.items()}
    if isinstance(data, list):
        return [plain(item) for item in data]
    return deepcopy(data)


def set_levers(data, settings):
    """Write each number at its path; a segment or funder goes by its id, a year is a number."""
    ids = {item["id"]: item for item in data["segments"] + data["funders"]}
    for path, number in settings.items():
        *names, last = path.split(".")
        place = data
        for depth, name in enumerate(names):
            if depth == 0 and name in ids:
                place = ids[name]
                continue
            name = int(name) if name.isdigit() else name
            if place.get(name) is None:
                place[name] = {}
            place = place[name]
        place[last] = number


def filled(given, defaults):
    """The given mapping over the defaults; a blank is as good as not given."""
    return {**defaults, **{key: item for key, item in (given or {}).items() if item is not None}}


def with_defaults(data):
    """The region with nothing left out, `other` among its segments."""
    region = filled(data, {"targets": []})
    region["coverage_base"] = filled(data["coverage_base"], {"growth": 0, "outside": 0, "also": []})
    region["assumptions"] = filled(data.get("assumptions"), ASSUMPTIONS)
    segments = {given["id"]: filled(given, SEGMENT) for given in data["segments"]}
    workers = sum(segment["workers"] for segment in segments.values())
    covered = sum(segment["covered"] for segment in segments.values())
    segments["other"] = filled(data.get("other"), SEGMENT)
    segments["other"]["workers"] = region["coverage_base"]["workers"] - region["coverage_base"]["outside"] - workers
    segments["other"]["covered"] = data["covered"] - covered
    for segment in segments.values():
        if "verification_yield" not in segment:
            must = segment["duty"] == "must"
            segment["verification_yield"] = 1 if must else region["assumptions"]["verification_yield"]
    region["segments"] = segments
    region["funders"] = {given["id"]: filled(given, FUNDER) for given in data["funders"]}
    for funder in region["funders"].values():
        relief = funder.get("relief", funder["payer"] == "individual")
        funder["relief"] = relief and funder["payer"] != "government"
    return region


def paid_before(region, s):
    """Σ_k paid_before_ks."""
    return sum(funder["paid_before"].get(s, 0) for funder in region["funders"].values())


def history(region, past, name, s, first, last):
    """F_s or H_s in months first … last; before the start both are Σ_k paid_before_ks."""
    return [past[t][name][s] if t >= 0 else paid_before(region, s) for t in range(first, last + 1)]


# ---- one month ------------------------------------------------------------------------------------


def one_month(region, past, t):
    """t = 0, 1, … from `start`; y, m its year and month; g = (1 + growth)^(t/12)."""
    year, month = (int(part) for part in region["start"].split("-"))
    y, m = divmod(year * 12 + month - 1 + t, 12)
    growth = region["coverage_base"]["growth"]
    now = {"t": t, "y": y, "m": m + 1, "first_year": year, "g": (1 + growth) ** (t / 12)}
    for step in (people, self_payers, need, money_or_places, contribution, waterfall, falling_out, counts):
        step(region, past, now)
    return now


def people(region, past, now):
    """1. N_s = workers_s · g;
    O_s = min(N_s, max(0, (covered_s − Σ_k paid_before_ks + covered_change_s · t/12) · g))."""
    now["N"], now["O"] = {}, {}
    for s, segment in region["segments"].items():
        by_themselves = segment["covered"] - paid_before(region, s) + segment["covered_change"] * now["t"] / 12
        now["N"][s] = segment["workers"] * now["g"]
        now["O"][s] = min(now["N"][s], max(0, by_themselves * now["g"]))


def self_payers(region, past, now):
    """2. Q_s = min(N_s − O_s, Q_s(t−1) · (1 − self_pay_lapse)^(1/12)), with Q_s(−1) = 0."""
    staying = (1 - region["assumptions"]["self_pay_lapse"]) ** (1 / 12)
    now["Q"] = {}
    for s in region["segments"]:
        last_month = past[-1]["Q"][s] if past else 0
        now["Q"][s] = min(now["N"][s] - now["O"][s], last_month * staying)


def need(region, past, now):
    """3. R = N_s − O_s; B = min(R, Σ_k paid_before_ks · g); need_s = max(0, yield_s · (R − B) + B − Q_s);
    v_s = min(overlap, O_s / (O_s + need_s)), or 0 where need_s = 0."""
    now["need"], now["v"] = {}, {}
    for s, segment in region["segments"].items():
        R = now["N"][s] - now["O"][s]
        B = min(R, paid_before(region, s) * now["g"])
        needed = max(0, segment["verification_yield"] * (R - B) + B - now["Q"][s])
        blind_choice = now["O"][s] / (now["O"][s] + needed) if needed > 0 else 0
        now["need"][s] = needed
        now["v"][s] = min(region["assumptions"]["overlap"], blind_choice)


def money_or_places(region, past, now):
    """4. What each funder has this month: rupiah (available, and spendable = available · absorption) or
    promised places; and its onboarding room."""
    now["available"], now["spendable"], now["promised"], now["room"] = {}, {}, {}, {}
    for k, funder in region["funders"].items():
        if funder["kind"] == "budget":
            now["available"][k] = monthly_budget(funder, now)
            now["spendable"][k] = now["available"][k] * funder["absorption"]
        else:
            now["promised"][k] = promised_places(funder, now["t"])
        now["room"][k] = onboarding_room(k, funder, past)


def monthly_budget(funder, now):
    """budget / months where start_month ≤ m < start_month + months, else 0; what by_year does not name is
    annual_budget · (1 + budget_growth)^(y − first year), start_month and months."""
    named = funder["by_year"].get(now["y"]) or {}
    grown = funder["annual_budget"] * (1 + funder["budget_growth"]) ** (now["y"] - now["first_year"])
    budget = named.get("annual_budget", grown)
    start_month = named.get("start_month", funder["start_month"])
    months = named.get("months", funder["months"])
    return budget / months if start_month <= now["m"] < start_month + months else 0


def promised_places(funder, t):
    """sponsors · share · workers_per_sponsor · still_paying; share = 0 where t < start_after, else
    initial + (participation − initial) · min(1, (t − start_after + 1) / ramp_months)."""
    if t < funder["start_after"]:
        return 0
    ramp = min(1, (t - funder["start_after"] + 1) / funder["ramp_months"])
    initial = funder["initial_participation"]
    share = initial + (funder["participation"] - initial) * ramp
    return funder["sponsors"] * share * funder["workers_per_sponsor"] * funder["still_paying"]


def onboarding_room(k, funder, past):
    """max over t−12 … t−1 of Σ_s x_ks (Σ_s paid_before_ks before the start) + onboarding_per_month."""
    if funder["onboarding_per_month"] is None:
        return float("inf")
    paid = [sum(month["x"][k].values()) for month in past[-12:]]
    if len(past) < 12:
        paid.append(sum(funder["paid_before"].values()))
    return max(paid) + funder["onboarding_per_month"]


def contribution(region, past, now):
    """5. p_ks, rupiah a place, of the funder's own programmes or else the segment's."""
    now["p"] = {}
    for k, funder in region["funders"].items():
        now["p"][k] = {}
        for s in funder["segments"]:
            segment = region["segments"][s]
            programmes = funder["programmes"] or segment["programmes"]
            rupiah = rates(segment, funder["relief"], (now["y"], now["m"]))
            now["p"][k][s] = sum(rupiah[programme] for programme in programmes)


def rates(segment, relief, date):
    """bpu: 1% of income, 6,800, 2% of income, the first two by half under relief;
    pu: by risk, 0.30% and 3.7% of wage."""
    if segment["membership"] == "pu":
        wage = segment["wage"]
        return {"jkk": PU_JKK[segment["risk"]] * wage, "jkm": PU_JKM * wage, "jht": PU_JHT * wage}
    first, last = RELIEF_MONTHS[segment["sector"]]
    share = RELIEF if relief and first <= date <= last else 1
    income = segment["income"]
    return {"jkk": BPU_JKK * income * share, "jkm": BPU_JKM * share, "jht": BPU_JHT * income}


def waterfall(region, past, now):
    """6. In file order x_ks = max(0, min(need_s / (1 − v_s), money left / p_ks or places left, room left));
    need_s −= x_ks · (1 − v_s). F_s = Σ_k x_ks · (1 − v_s); cost_k = Σ_s x_ks · p_ks."""
    now["x"], now["cost"] = {}, {}
    now["F"] = dict.fromkeys(region["segments"], 0)
    for k, funder in region["funders"].items():
        money, promised, room = now["spendable"].get(k), now["promised"].get(k), now["room"][k]
        now["x"][k], now["cost"][k] = {}, 0
        for s in funder["segments"]:
            p, new = now["p"][k][s], 1 - now["v"][s]
            means = money / p if funder["kind"] == "budget" else promised
            x = max(0, min(now["need"][s] / new, means, room))
            now["need"][s] -= x * new
            room -= x
            if funder["kind"] == "budget":
                money -= x * p
            else:
                promised -= x
            now["x"][k][s] = x
            now["F"][s] += x * new
            now["cost"][k] += x * p
        if funder["kind"] == "sponsors":
            now["available"][k] = now["spendable"][k] = now["cost"][k]


def falling_out(region, past, now):
    """7. settled_s = min of F_s over t−6 … t−1; peak_s = max of settled_s so far;
    fallen_s = max(0, min(peak_s − F_s, need_s left)); asked_s = max of fallen_s so far;
    Q_s += self_pay_continuation · (asked_s − asked_s(t−1)), asked_s(−1) = 0."""
    now["settled"], now["fallen"] = {}, {}
    continuation, t = region["assumptions"]["self_pay_continuation"], now["t"]
    for s in region["segments"]:
        now["settled"][s] = min(history(region, past, "F", s, t - 6, t - 1))
        peak = max(month["settled"][s] for month in [*past, now])
        now["fallen"][s] = max(0, min(peak - now["F"][s], now["need"][s]))
        asked_before = max((month["fallen"][s] for month in past), default=0)
        asked = max(asked_before, now["fallen"][s])
        now["Q"][s] += continuation * (asked - asked_before)


def counts(region, past, now):
    """8. H_s = F_s + Q_s; insured_s = min(N_s, O_s + H_s);
    active_s = min(N_s, O_s + max of H_s over t − grace_months … t); coverage = insured / (base · g).
    Benefits need the least H_s of the last 3 and 36 months as well: m3_s and m36_s."""
    now["H"] = {s: now["F"][s] + now["Q"][s] for s in region["segments"]}
    now["insured"], now["active"], now["m3"], now["m36"] = {}, {}, {}, {}
    t, grace = now["t"], region["assumptions"]["grace_months"]
    months = [*past, now]
    for s in region["segments"]:
        N, O = now["N"][s], now["O"][s]  # noqa: E741
        now["insured"][s] = min(N, O + now["H"][s])
        now["active"][s] = min(N, O + max(history(region, months, "H", s, t - grace, t)))
        now["m3"][s] = min(history(region, months, "H", s, t - 3, t))
        now["m36"][s] = min(history(region, months, "H", s, t - 36, t))
    now["base"] = region["coverage_base"]["workers"] * now["g"]
    now["coverage"] = sum(now["insured"].values()) / now["base"]
    now["active_coverage"] = sum(now["active"].values()) / now["base"]


# ---- what is reported -----------------------------------------------------------------------------


def monthly_row(region, now):
    """One row of `monthly`."""
    return {
        "month": f"{now['y']}-{now['m']:02d}",
        "workers": now["base"],
        "insured": sum(now["insured"].values()),
        "active": sum(now["active"].values()),
        "coverage": now["coverage"],
        "active_coverage": now["active_coverage"],
        "funded": {k: sum(now["x"][k].values()) for k in region["funders"]},
        "places": now["x"],
        "cost": now["cost"],
        "available": {k: now["available"][k] for k in region["funders"]},
        "self_paying": sum(now["Q"].values()),
        "fallen": sum(now["fallen"].values()),
        "segments": now["insured"],
    }


def years_of(past):
    """The simulated years in order."""
    return sorted({now["y"] for now in past})


def yearly_row(region, past, year):
    """One row of `yearly`; its end is December or the last month simulated."""
    months = [now for now in past if now["y"] == year]
    end = months[-1]
    money = {
        k: {name: sum(now[name][k] for now in months) for name in ("cost", "available", "spendable")}
        for k in region["funders"]
    }
    return {
        "year": year,
        "months": len(months),
        "insured_end": sum(end["insured"].values()),
        "coverage_end": end["coverage"],
        "active_end": end["active_coverage"],
        "coverage_average": sum(now["coverage"] for now in months) / len(months),
        "cost": {k: sums["cost"] for k, sums in money.items()},
        "available": {k: sums["available"] for k, sums in money.items()},
        "unspent": {k: sums["available"] - sums["cost"] for k, sums in money.items()},
        "not_absorbed": {k: sums["available"] - sums["spendable"] for k, sums in money.items()},
        "kpi_workers": {
            k: kpi_workers(funder, [sum(now["x"][k].values()) for now in months])
            for k, funder in region["funders"].items()
        },
        "must_uninsured": sum(
            end["N"][s] - end["insured"][s] for s, segment in region["segments"].items() if segment["duty"] == "must"
        ),
        **benefits(region, months),
    }


def kpi_workers(funder, places):
    """c_1 ≥ c_2 ≥ … are the year's monthly places: (c_1 + … + c_6) / 6, for a corporate payer c_6."""
    most_first = sorted([*places, 0, 0, 0, 0, 0, 0], reverse=True)
    return most_first[5] if funder["payer"] == "corporate" else sum(most_first[:6]) / 6


def benefits(region, months):
    """r = deaths_per_1000 / 1000 / 12: deaths = Σ r · H_s;
    jkm = Σ r · (42 million · m3_s + 10 million · (H_s − m3_s));
    scholarship_children = Σ r · m36_s · children_per_death; accidents likewise by their own rate."""
    assumed = region["assumptions"]
    r = assumed["deaths_per_1000"] / 1000 / 12
    deaths = jkm = children = accidents = 0
    for now in months:
        for s in region["segments"]:
            H, m3, m36 = now["H"][s], now["m3"][s], now["m36"][s]
            deaths += r * H
            jkm += r * (DEATH_GRANT * m3 + FUNERAL_GRANT * (H - m3))
            children += r * m36 * assumed["children_per_death"]
            accidents += assumed["accidents_per_1000"] / 1000 / 12 * H
    return {"deaths": deaths, "jkm": jkm, "scholarship_children": children, "accidents": accidents}


def target_row(region, past, target):
    """Whether the coverage at the year's end, on the target's own population, is at least what is asked."""
    base = region["coverage_base"]
    bases = {other["population"]: other["workers"] for other in base["also"]}
    bases[base["population"]] = base["workers"]
    population = target.get("population") or base["population"]
    months = [now for now in past if now["y"] == target["year"]]
    reached = None
    if months and population in bases:
        end = months[-1]
        reached = sum(end["insured"].values()) / (bases[population] * end["g"]) >= target["coverage"]
    return {"year": target["year"], "coverage": target["coverage"], "reached": reached}
