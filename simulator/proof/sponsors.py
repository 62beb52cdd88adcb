"""Civil servants who pay for workers: what was asked of them, what came of it, and what the model makes of both."""

from dataclasses import dataclass
from typing import Any

from simulator import parameters
from simulator.parameters import SponsorPlan
from simulator.projection import project
from simulator.region import parse_region

ALIKE = 0.5  # workers; computed and reported counts nearer than this are the same


@dataclass(frozen=True)
class Shares:
    """How a plan was lived up to: share of sponsors who join, workers each, share of workers still paid for."""

    participation: float
    workers_per_sponsor: float
    still_paying: float


@dataclass(frozen=True)
class Outcome:
    """A plan in the model, all in workers: `asked` (low, high) if everyone joined; `realised` by the shares that came
    true there, or in `like`'s place; `usual` by the model's suggested shares. `reported`: registered or, where known,
    still paid for; `difference` = realised − reported. `cost` Rp a year of what was asked (low, high)."""

    plan: SponsorPlan
    shares: Shares | None
    asked: tuple[float, float]
    realised: float | None
    usual: float
    reported: float | None
    difference: float | None
    cost: tuple[float, float]

    @property
    def held(self) -> bool:
        """Whether the model gives what was reported, where anything was."""
        return self.difference is None or abs(self.difference) < ALIKE


def outcomes(plans: tuple[SponsorPlan, ...] | None = None) -> list[Outcome]:
    """Every known plan of sponsoring, in the model."""
    known = parameters.sponsor_plans() if plans is None else plans
    by_id = {p.id: p for p in known}
    return [_outcome(p, shares_of(by_id[p.like] if p.like else p), usual_shares()) for p in known]


def usual_shares() -> Shares:
    """What the model suggests where nothing is known of a place."""
    names = ("participation", "workers_per_sponsor", "still_paying")
    return Shares(*(parameters.parameter(name).latest.value for name in names))


def shares_of(plan: SponsorPlan) -> Shares | None:
    """The shares that came true: joined/sponsors, registered/joined, paying/registered; None where not reported."""
    if plan.joined is None or plan.registered is None:
        return None
    paying = 1.0 if plan.paying is None else plan.paying / plan.registered
    return Shares(plan.joined / plan.sponsors, plan.registered / plan.joined, paying)


def _outcome(plan: SponsorPlan, shares: Shares | None, usual: Shares) -> Outcome:
    asked = [workers_paid(plan, Shares(1.0, each, 1.0)) for each in (plan.asked_low, plan.asked_high)]
    realised = workers_paid(plan, shares)[0] if shares else None
    reported = None if plan.like else plan.paying or plan.registered
    return Outcome(
        plan,
        shares,
        (asked[0][0], asked[1][0]),
        realised,
        workers_paid(plan, usual)[0],
        reported,
        realised - reported if realised is not None and reported is not None else None,
        (asked[0][1], asked[1][1]),
    )


def region_data(plan: SponsorPlan, shares: Shares) -> dict[str, Any]:
    """The plain data of a plan's region: more uninsured workers than could be asked for, one funder of sponsors."""
    workers = 2 * plan.sponsors * max(plan.asked_high, shares.workers_per_sponsor)
    funder = {"id": "asn", "name": "ASN", "kind": "sponsors", "payer": "individual", "segments": ["pekerja"]}
    funder |= {"sponsors": plan.sponsors, "ramp_months": 1, **vars(shares)}
    return {
        "title": plan.place,
        "start": f"{plan.year}-01",
        "years": 1,
        "coverage_base": {"population": "employed", "workers": workers},
        "covered": 0,
        "segments": [{"id": "pekerja", "name": "Pekerja", "workers": workers, "covered": 0, "membership": "bpu"}],
        "funders": [funder],
    }


def workers_paid(plan: SponsorPlan, shares: Shares) -> tuple[float, float]:
    """(workers insured at the year's end, Rp in the year) of a plan in the model."""
    run = project(parse_region(region_data(plan, shares), plan.id))
    return float(run.months.insured[-1, 0]), float(run.months.cost.sum())
