"""What is wrong with a region file is told with its place, the number and the limit: one broken part, its lines."""

import pytest
from samples import TEXT, text_with

from simulator import InputError
from simulator.region import read_region

BLANK = "is blank; a blank is not zero: write a value, or take the line out"
MISSING = "is missing; it has no default"
GROWTH = "growth: {value: 0.0125, low: 0.005, high: 0.03}"
BUDGET = "annual_budget: 302400000"
SET = "set: {apbd.annual_budget: 2610921600}"
GURU = "membership: pu\n    wage: 2000000"
PAYERS = "government, village, zakat, corporate, individual"
RISKS = "very_low, low, medium, high, very_high"


def faults_of(text):
    """The faults of a text, as one InputError tells them."""
    with pytest.raises(InputError) as caught:
        read_region(text, "scenarios/x.yaml")
    return caught.value.faults


def check(old, new, *lines):
    """Exactly these lines, in any order, and the same in Indonesian."""
    found = faults_of(text_with(old, new))
    assert sorted(f.english() for f in found) == sorted(f"scenarios/x.yaml: {line}" for line in lines)
    for fault in found:
        place = f"scenarios/x.yaml: {fault.path}: "
        assert fault.indonesian().startswith(place)
        assert fault.indonesian() != fault.english()


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (".nan", "nan is not a finite number"),
        (".inf", "inf is not a finite number"),
        ("-.INF", "-inf is not a finite number"),
        ("1e999", "inf is not a finite number"),
        ("1" + "0" * 500, "inf is not a finite number"),
        ("true", "true is not a number"),
        ("[1, 2]", "[1, 2] is not a number"),
        ("1.830.000.000", '"1.830.000.000" is text, not a number; did you mean 1830000000?'),
        ('"1.830.000.000"', '"1.830.000.000" is text, not a number; did you mean 1830000000?'),
        ('"15,78%"', '"15,78%" is text, not a number; did you mean 0.1578?'),
        ("15,78%", '"15,78%" is text, not a number; did you mean 0.1578?'),
        ("Rp 302.400.000", '"Rp 302.400.000" is text, not a number; did you mean 302400000?'),
        ("'5'", '"5" is text, not a number; did you mean 5?'),
        ("banyak", '"banyak" is text, not a number'),
        ("2027-01", '"2027-01" is text, not a number'),
        ("0x10", '"0x10" is text, not a number'),
        ("yes", '"yes" is text, not a number'),
        ('"a\\nb"', '"a\\nb" is text, not a number'),
        ("", BLANK),
        ("null", BLANK),
        ("~", BLANK),
        ("-1", "-1 is less than 0"),
        ("1e16", "1e+16 is more than 1e+15"),
    ],
)
def test_a_budget_that_is_no_lawful_number_is_told_with_what_it_is(value, what):
    check(BUDGET, f"annual_budget: {value}", f"funders.apbd.annual_budget: {what}")


@pytest.mark.parametrize(
    ("value", "path", "what"),
    [
        ("{value: }", ".value", BLANK),
        ("{}", ".value", MISSING),
        ("{value: 5, low: }", ".low", BLANK),
        ("{value: 5, high: null}", ".high", BLANK),
        ("{value: 5, reference: }", ".reference", BLANK),
        ("{value: 5, note: ~}", ".note", BLANK),
        ("{value: '5'}", ".value", '"5" is text, not a number; did you mean 5?'),
        ("{value: 5, low: 6}", "", "low 6, value 5 and high 5 are not in this order"),
        ("{value: 5, low: 4, high: 3}", "", "low 4, value 5 and high 3 are not in this order"),
        ("{value: 5, low: 7, high: 6}", "", "low 7, value 5 and high 6 are not in this order"),
        ("{value: 5, low: -1}", "", "-1 is less than 0"),
        ("{value: 5, hgih: 6}", ".hgih", "is not a known key; did you mean high?"),
        ("{value: 5, status: guess}", ".status", "guess is not one of law, statistic, reported, assumption"),
        ("{value: 5, reference: bsp}", ".reference", "bsp is not in the list of references; did you mean bps?"),
    ],
)
def test_a_mapping_in_place_of_a_number_is_looked_into(value, path, what):
    check(BUDGET, f"annual_budget: {value}", f"funders.apbd.annual_budget{path}: {what}")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("years: 3", "years: 0", "years: 0 is less than 1"),
        ("years: 3", "years: 21", "years: 21 is more than 20"),
        ("years: 3", "years: 2.5", "years: 2.5 is not a whole number"),
        ("workers: 500000", "workers: 0", "coverage_base.workers: 0 is not above 0"),
        ("workers: 500000", "workers: -5", "coverage_base.workers: -5 is not above 0"),
        (GROWTH, "growth: -1", "coverage_base.growth: -1 is not above -1"),
        (BUDGET, f"{BUDGET}\n    budget_growth: -1", "funders.apbd.budget_growth: -1 is not above -1"),
        (BUDGET, f"{BUDGET}\n    absorption: 1.5", "funders.apbd.absorption: 1.5 is more than 1"),
        (BUDGET, f"{BUDGET}\n    absorption: -0.5", "funders.apbd.absorption: -0.5 is less than 0"),
        (BUDGET, f"{BUDGET}\n    onboarding_per_month: -1", "funders.apbd.onboarding_per_month: -1 is less than 0"),
        (BUDGET, f"{BUDGET}\n    months: 14", "funders.apbd.months: 14 is more than 12"),
        (BUDGET, f"{BUDGET}\n    months: 0", "funders.apbd.months: 0 is less than 1"),
        (BUDGET, f"{BUDGET}\n    months: 1.5", "funders.apbd.months: 1.5 is not a whole number"),
        (BUDGET, f"{BUDGET}\n    start_month: 13", "funders.apbd.start_month: 13 is more than 12"),
        ("participation: 0.055", "participation: 55", "funders.asn.participation: 55 is more than 1"),
        ("sponsors: 11000", "sponsors: -1", "funders.asn.sponsors: -1 is less than 0"),
        ("sponsors: 11000", "sponsors: 1\n    ramp_months: 0", "funders.asn.ramp_months: 0 is less than 1"),
        ("wage: 2000000", "wage: 0", "segments.guru.wage: 0 is not above 0"),
        ("references:", "apbd_total: 0\nreferences:", "apbd_total: 0 is not above 0"),
        ("references:", "assumptions: {overlap: 1}\nreferences:", "assumptions.overlap: 1 is not below 1"),
        (
            "references:",
            "assumptions: {self_pay_lapse: 1}\nreferences:",
            "assumptions.self_pay_lapse: 1 is not below 1",
        ),
        (
            "references:",
            "assumptions: {verification_yield: 1.2}\nreferences:",
            "assumptions.verification_yield: 1.2 is more than 1",
        ),
        (
            "references:",
            "targets: [{year: 2029, coverage: 43.92}]\nreferences:",
            "targets[1].coverage: 43.92 is more than 1",
        ),
        (
            "    workers: 20000",
            "    workers: 20000\n    verification_yield: 2",
            "segments.perangkat.verification_yield: 2 is more than 1",
        ),
        ("    workers: 20000", "    workers: 20000\n    income: 0", "segments.perangkat.income: 0 is not above 0"),
        ("{rentan: 1500}", "{rentan: -1}", "funders.apbd.paid_before.rentan: -1 is less than 0"),
    ],
)
def test_a_number_out_of_its_limits_is_told_with_the_limit(old, new, line):
    check(old, new, line)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            "covered: 100000",
            "coverd: 100000",
            [f"covered: {MISSING}", "coverd: is not a known key; did you mean covered?"],
        ),
        (
            BUDGET,
            "anual_budget: 5",
            [
                f"funders.apbd.annual_budget: {MISSING}",
                "funders.apbd.anual_budget: is not a known key; did you mean annual_budget?",
            ],
        ),
        ("    workers: 20000", "    workers: 20000\n    duti: may", ["segments.perangkat.duti: is not a known key"]),
        (
            BUDGET,
            f"{BUDGET}\n    absorpton: 1",
            ["funders.apbd.absorpton: is not a known key; did you mean absorption?"],
        ),
        (
            BUDGET,
            f"{BUDGET}\n    by_year: {{2028: {{month: 3}}}}",
            ["funders.apbd.by_year.2028.month: is not a known key; did you mean months?"],
        ),
        (
            "references:",
            "assumptions: {overlpa: 0}\nreferences:",
            ["assumptions.overlpa: is not a known key; did you mean overlap?"],
        ),
        (
            "references:",
            "other: {coverd_change: 4}\nreferences:",
            ["other.coverd_change: is not a known key; did you mean covered_change?"],
        ),
        (
            "population:",
            "poplation:",
            [
                f"coverage_base.population: {MISSING}",
                "coverage_base.poplation: is not a known key; did you mean population?",
            ],
        ),
        ("title: Kabupaten Contoh", "title: x\n2027: 5", ["2027: is not a known key"]),
        (
            "kind: budget",
            "kind: budgett",
            ["funders.apbd.kind: budgett is not one of budget, sponsors; did you mean budget?"],
        ),
        ("    kind: budget\n", "", [f"funders.apbd.kind: {MISSING}"]),
        ("kind: budget", "kind: ", [f"funders.apbd.kind: {BLANK}"]),
        (
            "payer: government",
            "payer: goverment",
            [f"funders.apbd.payer: goverment is not one of {PAYERS}; did you mean government?"],
        ),
        (
            "population: labour_force",
            "population: labor_force",
            [
                "coverage_base.population: labor_force is not one of labour_force, employed, bpjs_potential;"
                " did you mean labour_force?"
            ],
        ),
        (GURU, "membership: ppu", ["segments.guru.membership: ppu is not one of bpu, pu; did you mean pu?"]),
        (GURU, f"{GURU}\n    risk: hihg", [f"segments.guru.risk: hihg is not one of {RISKS}; did you mean high?"]),
        (
            "    membership: bpu",
            "    membership: bpu\n    sector: transprt",
            ["segments.perangkat.sector: transprt is not one of general, transport; did you mean transport?"],
        ),
        ("duty: must", "duty: wajib", ["segments.perangkat.duty: wajib is not one of must, may"]),
        (
            "    membership: bpu",
            "    membership: bpu\n    programmes: [jkk, jkm, jhtt]",
            ["segments.perangkat.programmes[3]: jhtt is not one of jkk, jkm, jht; did you mean jht?"],
        ),
        (
            "title:",
            "schema: 2\ntitle:",
            ["schema: 2 is newer than 1, the newest that this simulator reads; update the simulator"],
        ),
        (
            "[perangkat, rentan]",
            "[perangkat, rentn]",
            [
                "funders.apbd.segments: rentn is not a segment of this file; did you mean rentan?",
                "funders.apbd.paid_before.rentan: rentan is not among the segments this funder may pay for",
            ],
        ),
        (
            "{rentan: 1500}",
            "{rentn: 1}",
            ["funders.apbd.paid_before.rentn: rentn is not a segment of this file; did you mean rentan?"],
        ),
        (
            "references:",
            "targets: [{year: 2029, coverage: 0.4, reference: bsp}]\nreferences:",
            ["targets[1].reference: bsp is not in the list of references; did you mean bps?"],
        ),
        (
            "name: Pekerja rentan penuh",
            "name: x, references: [bsp]",
            ["scenarios.rentan_penuh.references: bsp is not in the list of references; did you mean bps?"],
        ),
    ],
)
def test_a_misspelt_word_is_told_with_the_word_that_was_meant(old, new, lines):
    check(old, new, *lines)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (BUDGET, f"{BUDGET}\n    sponsors: 5", ["funders.apbd.sponsors: belongs to sponsors only, not to budget"]),
        (
            "sponsors: 11000",
            "sponsors: 11000\n    months: 3\n    by_year: {}",
            [
                "funders.asn.months: belongs to budget only, not to sponsors",
                "funders.asn.by_year: belongs to budget only, not to sponsors",
            ],
        ),
        (
            "kind: sponsors",
            "kind: budget",
            [
                f"funders.asn.annual_budget: {MISSING}",
                "funders.asn.sponsors: belongs to sponsors only, not to budget",
                "funders.asn.participation: belongs to sponsors only, not to budget",
                "funders.asn.workers_per_sponsor: belongs to sponsors only, not to budget",
            ],
        ),
        (GURU, "membership: pu", [f"segments.guru.wage: {MISSING}"]),
        (GURU, "membership: pu\n    wage: ", [f"segments.guru.wage: {BLANK}"]),
        (GURU, f"{GURU}\n    income: 5", ["segments.guru.income: belongs to bpu only, not to pu"]),
        (
            "    membership: bpu",
            "    membership: bpu\n    wage: 5",
            ["segments.perangkat.wage: belongs to pu only, not to bpu"],
        ),
        (
            "    membership: bpu",
            "    membership: bpu\n    risk: low",
            ["segments.perangkat.risk: belongs to pu only, not to bpu"],
        ),
        (
            "    membership: bpu",
            "    membership: bpu\n    programmes: [jkk, jht]",
            ["segments.perangkat.programmes: both jkk and jkm are needed"],
        ),
        (
            "    membership: bpu",
            "    membership: bpu\n    programmes: [jkk, jkm, jkm]",
            ["segments.perangkat.programmes: jkm stands twice in the list"],
        ),
        (BUDGET, f"{BUDGET}\n    programmes: [jht]", ["funders.apbd.programmes: both jkk and jkm are needed"]),
        (
            BUDGET,
            f"{BUDGET}\n    relief: true",
            ["funders.apbd.relief: the relief of PP 50/2025 is never given where the government pays"],
        ),
        (BUDGET, f"{BUDGET}\n    relief: yes", ["funders.apbd.relief: yes is neither true nor false"]),
        (
            "[perangkat, rentan]",
            "[perangkat]",
            ["funders.apbd.paid_before.rentan: rentan is not among the segments this funder may pay for"],
        ),
        ("[perangkat, rentan]", "[rentan, rentan]", ["funders.apbd.segments: rentan stands twice in the list"]),
        ("[perangkat, rentan]", "rentan", ["funders.apbd.segments: is not a list"]),
        ("{rentan: 1500}", "[rentan]", ["funders.apbd.paid_before: is not a mapping of keys to values"]),
        ("{rentan: 1500}", "{2027: 1}", ["funders.apbd.paid_before.2027: 2027 is not text"]),
        ("{rentan: 1500}", "{rentan: }", [f"funders.apbd.paid_before.rentan: {BLANK}"]),
    ],
)
def test_what_does_not_go_together_is_told(old, new, lines):
    check(old, new, *lines)


@pytest.mark.parametrize(
    ("extra", "lines"),
    [
        ("months: 10\n    start_month: 4", ["funders.apbd.months: 10 months from month 4 end after December"]),
        ("start_month: 2", ["funders.apbd.months: 12 months from month 2 end after December"]),
        (
            "by_year: {2028: {start_month: 2}}",
            ["funders.apbd.by_year.2028.months: 12 months from month 2 end after December 2028"],
        ),
        (
            "start_month: 10\n    months: 3\n    by_year: {2028: {months: 4}, 2029: {start_month: 11}}",
            [
                "funders.apbd.by_year.2028.months: 4 months from month 10 end after December 2028",
                "funders.apbd.by_year.2029.months: 3 months from month 11 end after December 2029",
            ],
        ),
        ("by_year: {2028: {months: 14}}", ["funders.apbd.by_year.2028.months: 14 is more than 12"]),
        ("by_year: {2028: {annual_budget: -1}}", ["funders.apbd.by_year.2028.annual_budget: -1 is less than 0"]),
        ("by_year: {twenty: {months: 3}}", ["funders.apbd.by_year.twenty: twenty is not a whole number"]),
        ("by_year: {2028: }", [f"funders.apbd.by_year.2028: {BLANK}"]),
        ("by_year: {2028: 5}", ["funders.apbd.by_year.2028: is not a mapping of keys to values"]),
    ],
)
def test_paying_months_end_by_december_in_every_single_year(extra, lines):
    check(BUDGET, f"{BUDGET}\n    {extra}", *lines)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("covered: 8000", "covered: 21000", "segments.perangkat.covered: 21000 insured is more than the 20000 workers"),
        (
            "{rentan: 1500}",
            "{rentan: 1600}",
            "segments.rentan.covered: 1600 paid for before (paid_before of all funders) is more than the 1500 insured",
        ),
        (
            "sponsors: 11000",
            "sponsors: 11000\n    paid_before: {rentan: 1}",
            "segments.rentan.covered: 1501 paid for before (paid_before of all funders) is more than the 1500 insured",
        ),
        (
            "sponsors: 11000",
            "sponsors: 11000\n    paid_before: {other: 90401}",
            "other.covered: 90401 paid for before (paid_before of all funders) is more than the 90400 insured",
        ),
        (
            "workers: 500000",
            "workers: 60000",
            "coverage_base.workers: segments and outside add up to 63951, 3951 more than the base of 60000",
        ),
        (
            "covered: 100000",
            "covered: 9000",
            "covered: the segments' insured add up to 9600, 600 more than all 9000 insured",
        ),
        ("covered: 100000", "covered: 480000", "other.covered: 470400 insured is more than the 436049 workers"),
    ],
)
def test_people_counted_twice_are_told_by_how_many(old, new, line):
    check(old, new, line)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        *(
            ("id: asn", f"id: {word}", f"funders.{word}.id: the id {word} is taken by the model")
            for word in ("other", "assumptions", "coverage_base", "covered")
        ),
        ("id: guru", "id: other", "segments.other.id: the id other is taken by the model"),
        ("id: asn", "id: guru", "funders.guru.id: the id guru stands twice"),
        ("id: asn", "id: apbd", "funders.apbd.id: the id apbd stands twice"),
        ("id: guru", "id: perangkat", "segments.perangkat.id: the id perangkat stands twice"),
        (
            "id: asn",
            "id: a.sn",
            "funders.a.sn.id: a.sn is not an id; use letters, digits, _ and -, starting with a letter",
        ),
        ("id: asn", "id: 5", "funders[2].id: 5 is not text"),
        ("id: asn", "id: ", f"funders[2].id: {BLANK}"),
        ("- id: asn\n    name", "- name", f"funders[2].id: {MISSING}"),
        ("id: rentan_penuh", "id: 5", "scenarios[1].id: 5 is not text"),
        (
            "- {id: rentan_penuh,",
            "- {id: rentan_penuh, name: x}\n  - {id: rentan_penuh,",
            "scenarios.rentan_penuh.id: the id rentan_penuh stands twice",
        ),
    ],
)
def test_ids_are_unique_over_segments_and_funders_and_not_taken(old, new, line):
    check(old, new, line)


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        (
            "{apbd.annual_budgt: 1}",
            ["apbd.annual_budgt: is not a lever of this region; did you mean apbd.annual_budget?"],
        ),
        ("{abpd.absorption: 1}", ["abpd.absorption: is not a lever of this region; did you mean apbd.absorption?"]),
        ("{zz.y: 3}", ["zz.y: is not a lever of this region"]),
        ("{asn.months: 3}", ["asn.months: is not a lever of this region; did you mean asn.ramp_months?"]),
        (
            "{apbd.by_year.2028.month: 3}",
            ["apbd.by_year.2028.month: is not a lever of this region; did you mean apbd.by_year.2028.months?"],
        ),
        ("{apbd.months: 14}", ["apbd.months: 14 is more than 12"]),
        ("{apbd.start_month: 4}", ["apbd.months: 12 months from month 4 end after December"]),
        (
            "{apbd.by_year.2028.start_month: 4}",
            ["apbd.by_year.2028.months: 12 months from month 4 end after December 2028"],
        ),
        ("{apbd.annual_budget: }", [f"apbd.annual_budget: {BLANK}"]),
        ("{apbd.annual_budget: '1'}", ['apbd.annual_budget: "1" is text, not a number; did you mean 1?']),
        (
            "{rentan.covered: 500}",
            ["rentan.covered: 1500 paid for before (paid_before of all funders) is more than the 500 insured"],
        ),
        (
            "{coverage_base.workers: 100}",
            ["coverage_base.workers: segments and outside add up to 63951, 63851 more than the base of 100"],
        ),
        (
            "{assumptions.overlap: 1, asn.participation: 2}",
            ["assumptions.overlap: 1 is not below 1", "asn.participation: 2 is more than 1"],
        ),
    ],
)
def test_a_setting_of_a_scenario_is_told_under_that_scenario(settings, lines):
    check(SET, f"set: {settings}", *(f"scenarios.rentan_penuh.set.{line}" for line in lines))


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("2027-13", "2027-13 is not a month; write it as 2027-01"),
        ("27-01", "27-01 is not a month; write it as 2027-01"),
        ("2027-01-01", "2027-01-01 is not a month; write it as 2027-01"),
        ("2027", "2027 is not text"),
        ("", BLANK),
    ],
)
def test_the_start_is_a_month(value, what):
    check("start: 2027-01", f"start: {value}", f"start: {what}")


def test_all_faults_of_a_file_come_at_once():
    text = TEXT
    for old, new in [
        ("years: 3", "years: 30"),
        (GROWTH, "growth: -1"),
        ("covered: 8000", "covered: 21000"),
        ("payer: government", "payer: negara"),
        (BUDGET, f"{BUDGET}\n    months: 14\n    relief: true"),
        ("participation: 0.055", "participation: "),
        ("wage: 2000000", "wage: 2.000.000"),
        ("apbd.annual_budget: 2610921600", "apbd.annual_budgets: 2610921600"),
    ]:
        assert old in text
        text = text.replace(old, new, 1)
    assert sorted(f.english().removeprefix("scenarios/x.yaml: ") for f in faults_of(text)) == sorted(
        [
            "years: 30 is more than 20",
            "coverage_base.growth: -1 is not above -1",
            "segments.perangkat.covered: 21000 insured is more than the 20000 workers",
            f"funders.apbd.payer: negara is not one of {PAYERS}",
            "funders.apbd.months: 14 is more than 12",
            f"funders.asn.participation: {BLANK}",
            'segments.guru.wage: "2.000.000" is text, not a number; did you mean 2000000?',
            "scenarios.rentan_penuh.set.apbd.annual_budgets: is not a lever of this region;"
            " did you mean apbd.annual_budget?",
        ]
    )
