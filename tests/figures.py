"""Which figures a report may show: those that its runs, draws, stress tests, data and law come to, however rounded.

Worked out from the runs themselves, without the code that writes reports. People, shares and money are kept apart, so
that a sum of money cannot stand in for a count of people.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from simulator import indonesian as fmt
from simulator import load_region, parameters, project
from simulator.levers import levers
from simulator.questions import budget, frames
from simulator.questions.answer import answer
from simulator.questions.measure import ACTIVE, AVERAGE, END
from simulator.questions.ranking import rank
from simulator.questions.risk import APBD_COST, COST, INSURED, risk, versus
from simulator.questions.risk_words import round_people
from simulator.questions.stress import report
from simulator.version import MODEL_VERSION

ROOT = Path(__file__).parent.parent
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SAID = 3  # digits: less is a month, a count of tests or a share in round words


def tokens(text):
    """The numbers in a text as they are written, those of three digits and more."""
    found = (match.rstrip(".,") for match in NUMBER.findall(text))
    return {t for t in found if len(re.sub(r"\D", "", t).lstrip("0")) >= SAID}


@dataclass
class Bag:
    """Numbers by kind."""

    people: list = field(default_factory=list)
    shares: list = field(default_factory=list)
    money: list = field(default_factory=list)
    plain: list = field(default_factory=list)  # of any kind: levers, law
    years: set = field(default_factory=set)

    def written(self):
        """Every way in which these may be written."""
        found = {MODEL_VERSION, *map(str, self.years)}
        for v in _unique(self.people + self.plain):
            found |= tokens(" ".join((fmt.count(v), fmt.count(v, 1), fmt.count(v, 2), fmt.count(round_people(v)))))
        for v in _unique(self.shares + self.plain):
            found |= tokens(" ".join((fmt.percent(v, 1), fmt.percent(v), fmt.count(v * 100, 2), fmt.count(v * 100, 1))))
        for v in _unique(self.money + self.plain):
            ways = [fmt.rupiah(v), fmt.rupiah(v, 2), fmt.rupiah(v, 3), fmt.rupiah_full(v), fmt.count(v)]
            ways += [fmt.count(v / scale, n) for scale in (1e6, 1e9) for n in (0, 1, 2)]  # an axis has its own unit
            found |= tokens(" ".join(ways))
        return found


def _unique(values):
    return {abs(float(v)) for v in values if v is not None and np.isfinite(v)}


def of_run(p, bag):
    """Months and years of a run, its groups at the ends of years, its budget lines."""
    a, m, y = p.arrays, p.months, p.years
    insured, funded = m.insured[:, 0], m.funded[..., 0]
    for row in (insured, *funded, funded.sum(axis=0)):
        bag.people += [*row, *(b - a for a, b in pairwise(row))]
    held = m.reached[..., 0].sum(axis=(0, 2))
    bag.people += [*held, *y.insured_end[:, 0], *y.must_uninsured[:, 0], *y.kpi_workers[..., 0].ravel()]
    bag.people += [*(y.deaths[:, 0]), *y.scholarship_children[:, 0], *y.accidents[:, 0], *p.base]
    must = np.array([s.duty == "must" for s in p.region.segments] + [False])
    places = m.places[..., 0]
    bag.people += [*places[:, :, ~must].sum(axis=2).ravel(), *places[:, :, ~must].sum(axis=(0, 2))]
    bag.people += [*places[:, :, must].sum(axis=2).ravel(), *a.growth[:, 0, 0] * p.region.coverage_base.outside.value]
    public = [k for k, f in enumerate(p.region.funders) if f.payer == "government"]
    bag.people += [*places[public][:, :, ~must].sum(axis=(0, 2)), *(a.workers - m.segments)[:, must, 0].sum(axis=1)]
    bag.shares += [*(insured / p.base), *(held / p.base), *y.coverage_end[:, 0], *y.coverage_average[:, 0]]
    bag.shares += [*y.active_end[:, 0]]
    ends = [max(t for t, when in enumerate(a.months) if when[0] == year) for year in y.years]
    people = frames.by_payer(p)[:, ends]
    workers = a.workers[ends, :, 0]
    for part in (*people, workers - people.sum(axis=0), people[1:].sum(axis=0), people.sum(axis=0), workers):
        bag.people += [*part.ravel(), *part.sum(axis=1)]
        bag.shares += [*(part.sum(axis=1) / p.base[ends]), *(part / np.maximum(workers, 1e-9)).ravel()]
    bag.money += [*y.cost[..., 0].ravel(), *y.cost[..., 0].sum(axis=1), *y.cost[:, public, 0].sum(axis=1)]
    bag.money += [*y.jkm[:, 0], *y.available[..., 0].ravel(), *y.unspent[..., 0].ravel()]
    whole = np.maximum(y.cost[..., 0].sum(axis=1), 1e-9)
    bag.shares += [*(y.cost[..., 0] / whole[:, None]).ravel(), *(t.coverage.value for t in p.region.targets)]
    for line in budget.lines(p):
        bag.people += [line.workers, line.person_months]
        bag.money += [line.tariff, line.amount]
    joined = {}
    for line in budget.lines(p):  # the memo may write the programmes of one group in one row
        key = (line.year, line.funder, line.segment, line.person_months)
        joined[key] = joined.get(key, 0) + line.amount
    bag.money += list(joined.values())
    for f in a.funders:
        bag.money += np.unique(f.price).tolist()
    bag.years |= set(y.years)


def _beside(p, other, year, bag):
    """A run beside another: what is added and what that costs."""
    a = answer(p, other, year)
    bag.people += [a.added, a.added_average, a.short]
    bag.shares += [a.target_share, a.run.apbd_share, *(share for _, share in a.run.others)]
    bag.shares += [a.run.coverage_end - a.baseline.coverage_end]
    bag.money += [a.extra_cost, a.per_worker, a.per_point]
    i, j = p.years.years.index(year), other.years.years.index(year)
    bag.money += list(p.years.cost[i, :, 0] - other.years.cost[j, :, 0])


def _stressed(region, year, scenario, changes, bag):
    found = report(region, year, scenario, changes)
    for o in (found.usual, *found.outcomes):
        bag.shares += [o.end, o.average, o.lowest]
        bag.people += [o.loss.most]
        bag.money += [o.cost, o.cost - found.usual.cost]


def _drawn(found, year, bag, today):
    for what, kind in ((END, bag.shares), (AVERAGE, bag.shares), (ACTIVE, bag.shares), (COST, bag.money),
                       (APBD_COST, bag.money), (INSURED, bag.people)):  # fmt: skip
        kind += _ends(found.band(what, year)) + _ends(versus(found, today, what, year).difference)


def _ends(band):
    return [band.p10, band.p50, band.p90, band.value]


def allowed(name, settings, year):
    """Every figure of a report of a shipped region on these settings, (scenario, changes) each, main one first."""
    file = ROOT / "scenarios" / f"{name}.yaml"
    region, bag = load_region(file), Bag()
    every = [(None, {}), *settings]
    runs = [project(region, scenario, changes) for scenario, changes in every]
    drawn = [risk(region, s, c, run=p) for (s, c), p in zip(every, runs, strict=True)]
    for p, found in zip(runs, drawn, strict=True):
        of_run(p, bag)
        _beside(p, runs[0], year, bag)
        _drawn(found, year, bag, drawn[0])
        bag.plain += [v for x in levers(p.region) for v in (x.value, x.low, x.high)]
    main, changes = settings[0]
    _stressed(region, year, main, changes, bag)
    for e in rank(region, year, "end", main, changes):
        bag.shares += [e.lower, e.upper]
        bag.plain += [e.number.low, e.number.high, e.number.value]
    samples = np.array(np.broadcast_arrays(*(d.samples(END, year) for d in drawn[1:])))
    bag.shares += list((samples.max(axis=0) - samples).max(axis=1))
    bag.people += [max(d.n for d in drawn)]
    bag.plain += [v for p in parameters.all_parameters() for x in p.values for v in (x.value, x.low, x.high)]
    return bag.written() | _told(file)


def _told(file):
    """What is written in the region's file and in the law's: dates, titles, addresses, names."""
    texts = [file, *(ROOT / "simulator" / "parameters").glob("*.yaml")]
    return set().union(*(tokens(path.read_text(encoding="utf-8")) for path in texts))
