"""What memo and slides tell, gathered once, so that both say the same and every figure comes from the same runs.

All texts are Indonesian and ready to be set; names in them are plain text. Nothing here knows a document format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from simulator.projection import Projection
from simulator.questions.compare import Side
from simulator.questions.risk import Versus
from simulator.schema import Region


@dataclass(frozen=True)
class Setting:
    """One way of funding: a scenario of the region (None: the file as written) and changes to it."""

    name: str
    scenario: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """What a report is to be about.

    `others` are compared with `main`, at most four; today's policy always stands beside. `year` None: that of the
    latest target. `ranges` are the user's own. `question` and `recommendation` replace the report's own sentences.
    `link` rebuilds the setting: an address, or a command where there is none. `made` is the day, as 22 November 2026.
    """

    region: Region
    main: Setting
    others: tuple[Setting, ...] = ()
    year: int | None = None
    ranges: Mapping[str, tuple[float, float] | None] = field(default_factory=dict)
    question: str = ""
    recommendation: str = ""
    link: str = ""
    made: str = ""


@dataclass(frozen=True)
class Grid:
    """A table as text. `numeric` are the columns that stand right, `totals` the rows that are sums (from 0)."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A headline figure: what it is, the value, and the base or what it is beside (one short line each)."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True)
class Point:
    """A heading of a few words and one or two sentences."""

    heading: str
    text: str


@dataclass(frozen=True)
class Brief:
    """All that a report tells.

    `sides` are the runs compared: today's policy first (key "berjalan"), then the main one (key "usulan"), then the
    others (keys "1", "2", …); where the main one is today's policy it stands once. `run` and `baseline` are those of
    main and today. Frames for charts are those of `simulator.questions.frames` and `compare`; `coverage` (columns of
    `compare.coverage_with_bands`), `cost` (of `compare.cost`, in `year`), `payers` (of `frames.insured_by_payer` of
    main, without those insured by themselves or employers unless nobody else pays), `yearly_cost` (of `frames.cost`
    of main), `groups` (of `frames.segments` of main at the end of `year`).
    """

    region: Region
    year: int
    when: str  # Desember 2029
    base: str  # angkatan kerja
    run: Projection
    baseline: Projection
    sides: tuple[Side, ...]
    coverage: pd.DataFrame
    cost: pd.DataFrame
    payers: pd.DataFrame
    yearly_cost: pd.DataFrame
    groups: pd.DataFrame

    title: str  # Simulasi cakupan Jamsostek Kabupaten Blora 2027
    subtitle: str  # Usulan: <scenario>, dibandingkan dengan …
    question: str  # one sentence
    recommendation: str  # one sentence
    reasons: tuple[str, ...]  # two to four sentences behind it
    figures: tuple[Figure, ...]  # four to six tiles of main beside today
    comparison: Grid  # measures by side
    comparison_words: str
    different: Grid  # the levers in which the sides differ; no rows where they do not
    paying: Grid  # funder by side, Rp in `year`, with a row of sums
    paying_words: tuple[str, ...]
    years: Grid  # main, a row a year: coverage, insured, cost by funder
    rka: Grid  # the budget table of main in `year`, to the rupiah, sums by funder and of all
    chances: (
        Grid  # by side: coverage low–middle–high, cost band, chance of the target; no rows where nothing has a range
    )
    risks: tuple[Point, ...]  # what may go wrong, with chances and people
    warnings: tuple[str, ...]  # the model's warnings on main, gravest first
    stress: Grid  # stress tests of main that change something
    stops: tuple[str, ...]  # what happens when money stops: one to four sentences
    groups_words: str  # who is covered at the end of `year` and who is not
    obligation: str  # workers whom the district or villages must insure and who are not, and who pays
    assumptions: Grid  # what is assumed: value, range, status, source; those that matter most first
    laws: Grid  # regulation, what it sets here, since when, checked when
    sources: tuple[str, ...]  # references of the region's file: title, date, address
    footing: str  # one line under everything: model version, day, base of every percentage
    version: str
    link: str
    made: str
    above: Versus | None = None  # coverage at the end of `year` beside today's; None for today's and where all is sure
