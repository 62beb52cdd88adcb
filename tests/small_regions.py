"""Small regions for questions about mixes, one to three funders and one to four segments, for hypothesis.

Few choices for every number, so that most examples bind somewhere: a budget that is too small, an enrolment limit,
a segment that runs out of workers. Every rule of the model takes part in some of them.
"""

from hypothesis import strategies as st
from strategies import whole

SEGMENTS = ["perangkat", "guru", "rentan"]
FUNDERS = ["apbd", "dbhcht", "asn"]
ANNUAL = 201_600  # Rp that insure one worker for a year at the usual income


def _pick(draw, *values):
    return draw(st.sampled_from(values))


def _segment(draw, name):
    workers = _pick(draw, 200, 1_000, 3_000)
    covered = _pick(draw, 0, 0.1, 0.5) * workers
    segment = {"id": name, "name": name, "workers": workers, "covered": covered, "membership": "bpu"}
    if name == "guru":
        segment |= {"membership": "pu", "wage": 2_000_000, "risk": _pick(draw, "very_low", "high")}
    else:
        segment |= {"income": _pick(draw, 1_000_000, 1_500_000), "sector": _pick(draw, "general", "transport")}
    segment["duty"] = _pick(draw, "may", "may", "must")
    segment["covered_change"] = _pick(draw, 0, 0, 20, -20)
    if draw(st.booleans()):
        segment["verification_yield"] = _pick(draw, 0.5, 1)
    return segment


def _calendar(draw, years):
    start = _pick(draw, 1, 1, 1, 3, 7, 12)
    calendar = {"start_month": start, "months": _pick(draw, 13 - start, 13 - start, 1)}
    if draw(whole(0, 3)) == 0:
        year = draw(st.sampled_from(years))
        calendar["by_year"] = {year: _pick(draw, {"annual_budget": 50e6}, {"start_month": 1, "months": 12})}
    return calendar


def _funder(draw, name, ids, years):
    wanted = draw(st.permutations(ids))
    kind = "sponsors" if name == "asn" else "budget"
    payer = "individual" if name == "asn" else _pick(draw, "government", "village", "individual")
    funder = {"id": name, "name": name.upper(), "kind": kind, "payer": payer}
    funder["segments"] = wanted[: draw(whole(1, len(wanted)))]
    if draw(whole(0, 3)) == 0:
        funder["onboarding_per_month"] = _pick(draw, 5, 50)
    if kind == "sponsors":
        asked = {"sponsors": _pick(draw, 100, 1_000), "participation": 0.2, "workers_per_sponsor": 2}
        asked |= {"ramp_months": _pick(draw, 1, 12, 20), "start_after": _pick(draw, 0, 0, 6)}
        asked |= {"initial_participation": _pick(draw, 0, 0.1), "still_paying": _pick(draw, 1, 0.7)}
        return funder | asked
    funder["annual_budget"] = _pick(draw, 100, 500, 2_000) * ANNUAL
    funder["budget_growth"] = _pick(draw, 0, 0, 0.1, -0.2)
    funder["absorption"] = _pick(draw, 1, 1, 0.8)
    return funder | _calendar(draw, years)


def _paid_before(draw, funders, covered):
    left = dict(covered)
    for funder in funders:
        before = {s: _pick(draw, 0, 0, 0.5) * left[s] for s in funder["segments"]}
        left = {s: n - before.get(s, 0) for s, n in left.items()}
        funder["paid_before"] = {s: n for s, n in before.items() if n}


@st.composite
def small_regions(draw, alone=True, idle=True):
    """A valid region file. Without `alone` nobody goes on alone, without `idle` all months are paid alike."""
    first, length = _pick(draw, 2026, 2027), draw(whole(1, 3))
    ids = SEGMENTS[: draw(whole(1, 3))]
    segments = [_segment(draw, name) for name in ids]
    rest, rest_covered = _pick(draw, 0, 2_000), 0
    if rest:
        ids, rest_covered = [*ids, "other"], _pick(draw, 0, 200)
    years = list(range(first, first + length))
    funders = [_funder(draw, name, ids, years) for name in draw(st.permutations(FUNDERS))[: draw(whole(1, 3))]]
    covered = {s["id"]: s["covered"] for s in segments} | {"other": rest_covered}
    _paid_before(draw, funders, covered)
    if not idle:
        for f in funders:
            f |= {"start_month": 1, "months": 12} if f["kind"] == "budget" else {}
            f.pop("by_year", None)
    return {
        "title": "Kabupaten Contoh",
        "start": f"{first}-{_pick(draw, 1, 1, 1, 7):02d}",
        "years": length,
        "coverage_base": {
            "population": "employed",
            "workers": rest + sum(s["workers"] for s in segments),
            "growth": _pick(draw, 0, 0, 0.02),
        },
        "covered": sum(covered.values()),
        "segments": segments,
        "funders": funders,
        "assumptions": {
            "verification_yield": _pick(draw, 1, 0.75),
            "overlap": _pick(draw, 0, 0, 0.2),
            "self_pay_continuation": _pick(draw, 0, 0.05, 0.3) if alone else 0,
            "self_pay_lapse": 0.25,
        },
    }
