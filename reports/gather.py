"""A brief from an order: the runs, their draws and stress tests, and what is said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports import grids, recommend, words
from reports.brief import Brief, Order, Setting
from simulator import indonesian as fmt
from simulator.faults import InputError
from simulator.projection import Projection, project
from simulator.questions import answer as answers
from simulator.questions import compare, frames, stress
from simulator.questions.compare import PROPOSED, Side
from simulator.questions.measure import END, check_question
from simulator.questions.ranking import Effect, rank
from simulator.questions.risk import Risk, Versus, risk, versus
from simulator.questions.warnings import Warning, warnings
from simulator.region import configure
from simulator.version import MODEL_VERSION

TODAY = "berjalan"
TODAY_NAME = "Kondisi berjalan"


def gather(order: Order) -> Brief:
    """All that memo and slides tell. Raises InputError for settings that break a rule and a year outside the run."""
    f = Facts(order)
    return Brief(
        region=order.region,
        year=f.year,
        when=f.when,
        base=f.base,
        run=f.run,
        baseline=f.baseline,
        sides=f.sides,
        coverage=compare.coverage_with_bands(compare.coverage(f.sides), f.risks),
        cost=compare.cost(f.sides, f.year),
        payers=_payers(f.run),
        yearly_cost=frames.cost(f.run),
        groups=frames.segments(f.run, f.year),
        title=f"Simulasi cakupan Jamsostek {order.region.title}",
        subtitle=words.subtitle(f),
        question=order.question.strip() or words.question(f),
        recommendation=order.recommendation.strip() or recommend.recommendation(f),
        reasons=words.reasons(f),
        figures=words.figures(f),
        comparison=grids.comparison(f),
        comparison_words=words.comparison(f),
        different=grids.different(f),
        paying=grids.paying(f),
        paying_words=words.paying(f),
        years=grids.years(f),
        rka=grids.rka(f),
        chances=grids.chances(f),
        risks=words.risks(f),
        warnings=tuple(w.text for w in f.warnings),
        stress=grids.stress(f),
        stops=words.stops(f),
        groups_words=words.groups(f),
        obligation=words.obligation(f),
        assumptions=grids.assumptions(f),
        laws=grids.laws(f),
        sources=words.sources(f),
        footing=words.footing(f),
        version=MODEL_VERSION,
        link=order.link,
        made=order.made,
        above=f.above,
    )


@dataclass(frozen=True)
class Facts:
    """What an order comes to; each part is worked out once, where it is first asked for."""

    order: Order

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Main's changes to data and behaviour: they hold for today's policy too."""
        return changed_facts(self.order.region, self.order.main)

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """Key of a side → its setting; today's policy first; nothing twice."""
        o, facts = self.order, self.facts
        today = Setting(o.main.name if self.is_today and facts else TODAY_NAME, None, facts)
        found = {TODAY: today} | ({} if self.is_today else {PROPOSED: o.main})
        kept: list[Setting] = []
        for s in (self._alike(s, facts) for s in o.others):
            known = [(k.scenario, dict(k.changes)) for k in (o.main, *kept)]
            same = is_today(o.region, s) and dict(s.changes) == facts
            if (s.scenario, dict(s.changes)) not in known and not same:
                kept.append(s)
        return found | {str(i): s for i, s in enumerate(kept, 1)}

    def _alike(self, other: Setting, facts: Mapping[str, Any]) -> Setting:
        """A setting to compare with, on main's data and behaviour unless it has its own or they clash."""
        if not facts or changed_facts(self.order.region, other):
            return other
        shared = Setting(other.name, other.scenario, {**facts, **other.changes})
        try:
            configure(self.order.region, shared.scenario, shared.changes)
        except InputError:
            return other
        return shared

    @cached_property
    def on_other_facts(self) -> tuple[str, ...]:
        """The names of those compared that stand on other data or behaviour than main."""
        compared = [s for key, s in self.settings.items() if key.isdigit()]
        return tuple(s.name for s in compared if changed_facts(self.order.region, s) != self.facts)

    @cached_property
    def is_today(self) -> bool:
        """Whether the main setting is today's policy itself."""
        return is_today(self.order.region, self.order.main)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The runs that are compared, with a mark of one letter each."""
        marks = iter("ABCDEF")
        found = []
        for key, s in self.settings.items():
            run = self.baseline if key == TODAY else project(self.order.region, s.scenario, s.changes)
            found.append(Side(key, s.name, "K" if key == TODAY else next(marks), run))
        return tuple(found)

    @cached_property
    def baseline(self) -> Projection:
        """Today's funding on the data and behaviour of the main setting; on the file's where they clash."""
        try:
            return project(self.order.region, None, self.facts)
        except InputError:
            return project(self.order.region)

    @cached_property
    def run(self) -> Projection:
        """The main setting's run."""
        return self.main.run

    @cached_property
    def main(self) -> Side:
        """The main setting's side."""
        return compare.find(self.sides, TODAY if self.is_today else PROPOSED)

    @cached_property
    def year(self) -> int:
        """The year that the report is about: asked for, else the latest target's, else the last one."""
        o = self.order
        usual = compare.years(self.sides)[-1]
        target = answers.default_target(self.baseline)
        year = o.year if o.year is not None else (int(target.year.value) if target else usual)
        check_question(o.region, year, None, "end")
        return year

    @cached_property
    def row(self) -> int:
        """The year's place in the run."""
        return self.run.years.years.index(self.year)

    @cached_property
    def when(self) -> str:
        """The year's last simulated month in words."""
        return fmt.month(max(m for m in self.run.arrays.months if m[0] == self.year))

    @cached_property
    def base(self) -> str:
        """What percentages are of."""
        return answers.base_name(self.run)

    @cached_property
    def answer(self) -> answers.Answer:
        """Main beside today's policy."""
        return answers.answer(self.run, self.baseline, self.year)

    @cached_property
    def answers(self) -> dict[str, answers.Answer]:
        """Every side beside today's policy."""
        return {s.key: answers.answer(s.run, self.baseline, self.year) for s in self.sides}

    @cached_property
    def risks(self) -> dict[str, Risk]:
        """Every side's draws; the same point of the sequence for the same number."""
        return {s.key: self.main_risk if s is self.main else self._drawn(s) for s in self.sides}

    @cached_property
    def main_risk(self) -> Risk:
        """The main setting's draws."""
        return self._drawn(self.main)

    def _drawn(self, side: Side) -> Risk:
        own, run = dict(self.order.ranges), side.run
        return risk(self.order.region, run.scenario, dict(run.changes), ranges=own, run=run)

    @cached_property
    def above(self) -> Versus | None:
        """Main's coverage at the year's end beside today's, draw by draw; None for today's and where all is sure."""
        if self.is_today or self.main_risk.certain:
            return None
        return versus(self.main_risk, self.risks[TODAY], END, self.year)

    @property
    def certain(self) -> bool:
        """Whether no side has anything with a range."""
        return all(r.certain for r in self.risks.values())

    @cached_property
    def stress(self) -> stress.Report:
        """Main under every stress test."""
        return stress.report(self.order.region, self.year, self.run.scenario, dict(self.run.changes))

    @cached_property
    def effects(self) -> list[Effect]:
        """What coverage at the year's end hangs on, the greatest first."""
        return rank(
            self.order.region, self.year, "end", self.run.scenario, dict(self.run.changes), dict(self.order.ranges)
        )

    @cached_property
    def warnings(self) -> Sequence[Warning]:
        """What the model warns of on main."""
        return warnings(self.run)


def is_today(region: Any, setting: Setting) -> bool:
    """Whether a setting changes no funding: the file as written, or a scenario that sets nothing."""
    written = next((s for s in region.scenarios if s.id == setting.scenario), None)
    sets = dict(written.set) if written else {}
    return not sets and not any(path.split(".")[0] in region.funder_ids for path in setting.changes)


def changed_facts(region: Any, setting: Setting) -> dict[str, Any]:
    """A setting's changes to anything but funders."""
    return {path: v for path, v in setting.changes.items() if path.split(".")[0] not in region.funder_ids}


def _payers(run: Projection):
    """Insured people by who pays; without those insured by themselves or employers, unless nobody else pays."""
    people = frames.insured_by_payer(run)
    others = people[people["colour_key"] != frames.OWN[0]]
    return people if others["insured"].max() < 0.5 else others
