"""A case: what a user has chosen, how it is made of a link, and what it comes to when it is run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator import InputError, Projection, Region, configure, project
from simulator import indonesian as fmt
from simulator.levers import Lever, lever, levers, numbers
from simulator.questions.risk import Risk, ranged
from simulator.questions.settings import settings
from simulator.region import stress_test_faults
from simulator.uncertainty.ranges import numbered
from simulator.version import MODEL_VERSION
from ui import own_memory, regions, share
from ui.regions import baseline, files, region, usual_year
from ui.share import ALL_FUNDERS, APBD, Pin

OTHER_DATA = "Data daerah ini tidak sama dengan data ketika tautan dibuat; angkanya dapat berbeda."
NEEDS_FILE = (
    "Tautan ini memakai data daerah milik pembuatnya; mintalah berkasnya lalu buka di halaman Data daerah."
    " Simulator dimulai dari kondisi berjalan."
)


@dataclass
class Case:
    """The user's choices. `errors` holds what was typed last and refused, by lever path; `notices` are shown once.

    `compare_with` is what pins are compared with: share.TODAY, share.CURRENT or a pin's number from 1, as text.
    `cap` is the Rp a year that must not be passed by the funders of `cap_scope`: "apbd" (payer government),
    "semua", or one funder's id.
    """

    region: str
    scenario: str | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    year: int = 0
    pins: list[Pin] = field(default_factory=list)
    compare_with: str = share.TODAY
    cap: float | None = None
    cap_scope: str = APBD
    asks: dict[str, str] = field(default_factory=dict)  # inputs of the pages with questions, by name
    ranges: dict[str, share.Range | None] = field(default_factory=dict)  # the user's own ranges; None: taken away
    tests: list[share.OwnTest] = field(default_factory=list)  # the user's own stress tests
    errors: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    serial: int = 0  # counts resets; part of widget keys

    def link(self) -> share.Link:
        """The share link of these choices."""
        return share.Link(
            self.region, self.scenario, self.changes, self.year, MODEL_VERSION,
            self.pins, self.compare_with, self.cap, self.cap_scope, self.asks, self.ranges,
            tests=self.tests, data=regions.fingerprint(self.region),
        )  # fmt: skip


def case_project(c: Case) -> Projection:
    """The run of a case's setting."""
    return regions.run(c.region, c.scenario, c.changes)


def pin_project(c: Case, pin: Pin) -> Projection:
    """The run of a pinned setting."""
    return regions.run(c.region, pin.scenario, pin.changes)


def case_risk(c: Case, run: Projection | None = None) -> Risk:
    """The draws of a case's setting, with the user's own ranges; `run` where it is known already."""
    return regions.risk(c.region, c.scenario, c.changes, c.ranges, run or case_project(c))


def pin_risk(c: Case, pin: Pin) -> Risk:
    """The draws of a pinned setting: the same as the case's for every number that both draw."""
    return regions.risk(c.region, pin.scenario, pin.changes, c.ranges, pin_project(c, pin))


def compared_risk(c: Case) -> Risk:
    """The draws of what a case is compared with."""
    facts = fact_changes(c)
    try:
        return regions.risk(c.region, None, facts, c.ranges, todays_policy(c.region, facts))
    except InputError:  # as for its run: the data go together only with the scenario's own settings
        return regions.risk(c.region, None, {}, c.ranges, baseline(c.region))


def sound_ranges(c: Case, ranges: Mapping[str, share.Range | None]) -> dict[str, share.Range | None]:
    """The ranges that a case's numbers can have."""
    return {path: ends for path, ends in ranges.items() if range_refused(c, path, ends) is None}


def range_refused(c: Case, path: str, ends: share.Range | None) -> str | None:
    """Why a number of a case cannot have this range, or None where it can."""
    r = region(c.region)
    if path not in numbered(r):
        return "tidak ada angka ini di daerah ini"
    if ends is not None and ends[0] > ends[1]:
        return "nilai rendah lebih besar daripada nilai tinggi"
    try:
        ranged(r, c.scenario, c.changes, {path: ends})
    except InputError as err:
        return "; ".join(dict.fromkeys(f.reason() for f in err.faults))
    return None


def compared(c: Case) -> Projection:
    """What a case is compared with: today's funding on the same data and behaviour.

    The user's changes to data and behaviour hold for both sides; only funding makes the difference.
    """
    return todays_policy(c.region, fact_changes(c))


def todays_policy(name: str, facts: Mapping[str, Any]) -> Projection:
    """Today's funding of a region on changed data and behaviour."""
    if not facts:
        return baseline(name)
    try:
        return project(region(name), None, facts)
    except InputError:  # the data go together only with the scenario's own settings
        return baseline(name)


def fact_changes(c: Case | Pin, name: str | None = None) -> dict[str, Any]:
    """The user's changes to anything but funders; of a pin in the region of this name."""
    funders = region(name or c.region).funder_ids
    return {path: v for path, v in c.changes.items() if path.split(".")[0] not in funders}


def started(name: str, notices: list[str]) -> Case:
    """A region as it is today."""
    return Case(name, regions.usual_scenario(region(name)), year=usual_year(name), notices=notices)


def reason_text(err: share.BadLink | InputError) -> str:
    """Why something was refused, in Indonesian."""
    told = [": ".join(filter(None, (f.path, f.reason()))) for f in getattr(err, "faults", ())[:3]]
    return "; ".join(dict.fromkeys(told)) or str(err)


def known(name: str | None) -> bool:
    """Whether there is such a region: one that ships, or one of the user's own in this session."""
    return name is not None and (own_memory.kept(name) is not None or name in files())


def built(link: share.Link) -> Case:
    """The case that a link tells. Raises BadLink or InputError where its setting cannot be run."""
    if not known(link.region):
        raise share.BadLink(f"daerah “{str(link.region)[:40]}” tidak ada di simulator ini")
    r = region(link.region)
    if link.cap_scope not in (APBD, ALL_FUNDERS, *r.funder_ids):
        raise share.BadLink(f"lingkup batas “{link.cap_scope[:40]}” tidak dikenal")
    scenario = link.scenario or regions.usual_scenario(r)
    years = regions.run(link.region, scenario, link.changes).years.years
    found = Case(link.region, scenario, link.changes, cap=link.cap, cap_scope=link.cap_scope)
    found.asks = dict(link.asks)
    found.ranges = sound_ranges(found, link.ranges)
    if lost := len(link.ranges) - len(found.ranges):
        found.notices.append(f"{lost} rentang tidak cocok dengan data daerah ini dan dilewati.")
    found.pins = [pin for pin in link.pins if refused(link.region, pin.scenario, pin.changes) is None]
    lost = [f"“{pin.name}”" for pin in link.pins if pin not in found.pins]
    if lost:
        found.notices.append(f"Sematan {fmt.listing(lost)} tidak cocok lagi dengan data daerah ini dan dilewati.")
    found.tests = [test for test in link.tests if test_refused(link.region, test) is None]
    if gone := [f"“{test.name}”" for test in link.tests if test not in found.tests]:
        found.notices.append(f"Uji {fmt.listing(gone)} tidak cocok dengan data daerah ini dan dilewati.")
    found.compare_with = number_of(found.pins, pin_numbered(link.pins, link.baseline), link.baseline)
    found.year = link.year if link.year in years else usual_year(link.region)
    if found.year not in years:
        found.year = years[-1]
    if link.year and link.year != found.year:
        found.notices.append(f"Tahun {link.year} di luar masa simulasi; yang ditampilkan {found.year}.")
    if link.data and link.data != regions.fingerprint(link.region):
        found.notices.append(OTHER_DATA)
    if link.version != MODEL_VERSION:
        found.notices.append(
            f"Tautan ini dibuat dengan model versi {link.version}; angka di sini dihitung dengan versi {MODEL_VERSION}"
            " dan dapat berbeda."
        )
    return found


def pin_numbered(pins: list[Pin], number: str) -> Pin | None:
    """The pin that a baseline names; None where it names none."""
    return pins[int(number) - 1] if number.isdigit() and 1 <= int(number) <= len(pins) else None


def number_of(pins: list[Pin], pin: Pin | None, otherwise: str) -> str:
    """How a baseline names a pin; where it is not among the pins, today's policy."""
    if pin is None:
        return share.TODAY if otherwise.isdigit() else otherwise
    return str(pins.index(pin) + 1) if pin in pins else share.TODAY


def origin(c: Case) -> Region:
    """The region with the scenario set and none of the user's changes."""
    return configure(region(c.region), c.scenario)


def current(c: Case) -> Region:
    """The region as it is run."""
    return configure(region(c.region), c.scenario, c.changes)


def refused(name: str, scenario: str | None, changes: Mapping[str, Any]) -> str | None:
    """Why a setting of a region cannot be run, or None where it can."""
    try:
        if not share.carries(changes):
            return "ada nilai yang bukan angka, ya/tidak, atau daftar"
        configure(region(name), scenario, changes)
    except InputError as err:
        return reason_text(err)
    return None


def test_refused(name: str, test: share.OwnTest) -> str | None:
    """Why a stress test cannot be kept with a region, or None where it can: held against its file as it is written."""
    if not share.carries(test.set):
        return "ada nilai yang bukan angka, ya/tidak, atau daftar"
    faults = stress_test_faults(region(name), test_data(test, "uji"))
    return reason_text(InputError(faults)) if faults else None


def test_data(test: share.OwnTest, key: str) -> dict[str, Any]:
    """A user's stress test as a region file holds it, under an id."""
    data = {"id": key, "name": test.name, "set": dict(test.set), "scale": dict(test.scale)}
    data["members_lost"] = test.members_lost
    return {k: v for k, v in data.items() if v}


def changed_only(name: str, scenario: str | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes without those that say what the scenario says anyway."""
    if not changes:
        return {}
    written = settings(configure(region(name), scenario), changes)
    plain = {path: share.plain(v) for path, v in changes.items()}
    return {path: v for path, v in plain.items() if path not in written or not written[path].holds(v)}


def values(r: Region) -> dict[str, float | None]:
    """The numbers of a region by path."""
    return {n.path: n.quantity.value if n.quantity else None for n in numbers(r)}


def one_lever(r: Region, path: str) -> Lever:
    """A region's lever by its path."""
    return lever(r, next(n for n in numbers(r) if n.path == path))


def lever_map(r: Region) -> dict[str, Lever]:
    """Levers of a region by path."""
    return {x.path: x for x in levers(r)}
