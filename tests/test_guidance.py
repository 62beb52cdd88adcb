"""Guidance beside the inputs, usual groups, funders and suggestions: complete, true to the files, in Indonesian."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import guidance, load_region, parameters, parse_region, paths, project
from simulator.catalogue import region_files
from simulator.guidance import UNKNOWN, guide, typical_text
from simulator.guidance_rows import OTHER_INPUTS, FromLaw, FromParameter, FromRealised, FromRegions, Guidance, parse
from simulator.levers import numbers
from simulator.parameters import FUNDERS, ParameterError
from simulator.registry import FIELDS
from simulator.rules import unlisted_references
from simulator.schema import AlsoBase, Assumptions, BudgetFunder, CoverageBase, Region, Segment, SponsorFunder, Target
from simulator.schema import check_limits as within
from simulator.usual import SUGGESTED, UsualGroup
from simulator.yaml_io import read_yaml

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "scenarios" / "template.yaml"
OWNERS = {
    "coverage_base": CoverageBase,
    "also": AlsoBase,
    "target": Target,
    "segment": Segment,
    "assumptions": Assumptions,
}
GROUPS, STEPS = guidance.usual_groups(), guidance.steps()
FUNDED = guidance.usual_funders()


@pytest.fixture(scope="module")
def regions():
    """Every region that ships, by its file's name."""
    return {name: load_region(path) for name, path in region_files().items()}


# --- complete --------------------------------------------------------------------------------------


def test_every_number_and_every_other_input_has_guidance_and_nothing_else_has():
    assert sorted(guidance.inputs()) == sorted({*FIELDS, *OTHER_INPUTS})


def optional(key):
    """Whether the format lets a number be left out."""
    owner, _, name = key.rpartition(".")
    if owner == "funder":
        kinds = [kind for kind in (BudgetFunder, SponsorFunder) if name in kind.model_fields]
        return not any(kind.model_fields[name].is_required() for kind in kinds)
    return not OWNERS.get(owner, Region).model_fields[name].is_required()


@pytest.mark.parametrize("key", FIELDS)
def test_what_a_blank_means_is_told_of_every_number_that_may_be_left_blank_and_of_no_other(key):
    # a wage earner's wage may be missing in the format, but not of a wage earner
    assert bool(guide(key).zero) == (optional(key) and key != "segment.wage")


def test_a_blank_that_stands_for_a_number_names_the_number_that_the_model_takes():
    taken = {"funder.ramp_months": "12 bulan", "assumptions.grace_months": "3 bulan", "segment.income": "1.000.000"}
    for key, shown in taken.items():
        assert shown in guide(key).zero
    assert SponsorFunder.model_fields["ramp_months"].default.value == 12
    assert Assumptions().grace_months.value == parameters.parameter("grace_months").latest.value == 3


def test_the_six_steps_are_told_in_two_or_three_sentences():
    assert [s.id for s in STEPS] == ["base", "segments", "funders", "assumptions", "targets", "check"]
    for step in STEPS:
        assert 2 <= len(re.findall(r"[.](?: |$)", step.text)) <= 3, step.id


# --- ranges are what the files say -----------------------------------------------------------------


def written(region, key):
    """The numbers of a key that a region's file writes, other than zero."""
    owner, _, name = key.rpartition(".")
    if key in ("years", "apbd_total"):
        found = [getattr(region, key)]
    elif owner == "also":
        found = [a.workers for a in region.coverage_base.also]
    elif owner == "target":
        found = [getattr(t, name) for t in region.targets]
    elif name == "paid_before":
        found = [q for f in region.funders for q in f.paid_before.values()]
    else:
        found = [n.quantity for n in numbers(region) if n.key == key and paths.read(region._data, n.path) is not None]
    return [q.value for q in found if q is not None and q.value != 0]


OF_REGIONS = [(key, origin) for key, origin in guidance.written_typicals() if isinstance(origin, FromRegions)]


@pytest.mark.parametrize(("key", "origin"), OF_REGIONS, ids=[key for key, _ in OF_REGIONS])
def test_ranges_of_regions_are_the_least_and_the_most_that_their_files_write(key, origin, regions):
    found = []
    for name in guidance.region_groups()[origin.regions].files:
        base = written(regions[name], origin.share_of)[0] if origin.share_of else 1
        found += [value / base for value in written(regions[name], key)]
    digits = 4 if origin.share_of else 9
    assert (origin.low, origin.high) == (round(min(found), digits), round(max(found), digits))


def test_the_groups_of_regions_are_the_files_that_ship(regions):
    groups = guidance.region_groups()
    assert set(groups["semua"].files) == set(regions)
    districts = {name for name, region in regions.items() if region.title.startswith(("Kabupaten", "Kota"))}
    assert set(groups["kabupaten_kota"].files) == districts
    assert len(regions) == 7 and "tujuh" in groups["semua"].text


@pytest.mark.parametrize(("key", "origin"), guidance.written_typicals())
def test_every_range_has_a_known_source_in_the_unit_of_its_number_and_keeps_its_limits(key, origin):
    field = FIELDS[key]
    if isinstance(origin, FromParameter):
        units = {parameters.parameter(p).unit for p in (origin.parameter, *origin.more)}
    elif isinstance(origin, FromLaw):
        units = {parameters.parameter(origin.law).unit}
    elif isinstance(origin, FromRealised):
        units = {r.unit for r in parameters.all_realised() if r.id in origin.realised}
        assert {r.lever for r in parameters.all_realised() if r.id in origin.realised} <= {
            field.name,
            # how many joined at first is told by what is told of joining
            *(["participation"] if field.name == "initial_participation" else []),
        }
    else:
        units = {field.unit}
    assert {u.replace("share_year", "share") for u in units} == {field.unit.replace("share_year", "share")}
    if not isinstance(origin, FromRegions) or not origin.share_of:
        found = [t for t in typicals(key) if t]
        for end in (end for t in found for end in (t.low, t.high) if end is not None):
            within(end, field)


def typicals(key):
    """What is usual for a number, whoever pays."""
    return [guide(key, funder).typical for funder in ("", *FUNDERS)]


@pytest.mark.parametrize("key", FIELDS)
def test_a_range_names_who_says_so_and_an_unknown_one_says_that_it_is_unknown(key):
    for funder in ("", *FUNDERS):
        one = guide(key, funder)
        if one.typical is None:
            assert typical_text(one).startswith(UNKNOWN)
        else:
            text = typical_text(one)
            assert one.typical.source.split("; ")[0] in text
            for figure in re.findall(r"[^\s–(]*\d[^\s–)]*", one.typical.shown):
                assert figure in text, (figure, text)


def test_ranges_read_as_people_write_them():
    assert guide("coverage_base.growth").typical.shown == "0,5% – 3% setahun"
    assert typical_text(guide("coverage_base.growth")).startswith("Lazimnya 1,25% (0,5% – 3%) setahun. ")
    assert "Sumber: BPS, Sakernas Agustus 2025" in typical_text(guide("coverage_base.growth"))
    assert "diperiksa 21 November 2026" in typical_text(guide("coverage_base.growth"))
    assert guide("covered").typical.shown == "15,78% – 61,55% dari penyebut cakupan"
    assert guide("funder.start_month", "dbhcht").typical.shown == "Maret – Juni"
    assert guide("target.coverage").typical.text.startswith("Sasaran RPJMN: 32,15% (2025), 43,92% (2029).")
    assert guide("segment.income").typical.shown == "paling rendah Rp 1 juta sebulan"
    assert guide("segment.income").typical.high is None
    assert "ASN yang ikut, potong gaji: 60% (31% – 78%). Sumber: Radar Bojonegoro" in typical_text(
        guide("funder.participation")
    )
    assert typical_text(guide("title")) == ""


def test_a_funder_has_its_own_range_where_one_is_known_and_the_general_one_elsewhere():
    own = guide("funder.months", "dbhcht").typical
    p = parameters.parameter("months_dbhcht").latest
    assert (own.low, own.high) == (p.low, p.high)
    assert guide("funder.months", "dbhcht_2") == guide("funder.months", "dbhcht") != guide("funder.months")
    assert guide("funder.months", "donatur") == guide("funder.months")
    assert guide("funder.ramp_months", "asn").note


def test_what_a_contribution_costs_is_what_the_law_says():
    month = (2027, 1)
    rupiah = parameters.value("bpu_jkm", month) + parameters.value("bpu_jkk_rate", month) * parameters.value(
        "bpu_min_income_base", month
    )
    assert f"Rp {rupiah:,.0f}".replace(",", ".") == "Rp 16.800"
    shown = re.findall(r"Rp 1\d\.\d{3}(?![.\d])", " ".join(texts()))
    assert set(shown) == {"Rp 16.800"}


def test_an_input_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        guide("segment.colour")


# --- texts -----------------------------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(the|of|and|workers?|covered|coverage|budget|funders?|segments?|target[s]|share|month|months|year|years|"
    r"none|null|unknown|default|true|false|government|village|income|wage|update|download|online|TODO|FIXME|xxx)\b",
    re.IGNORECASE,
)


def texts():
    """Everything that guidance, steps, groups and funders say."""
    for key in guidance.inputs():
        for one in (guide(key, funder) for funder in ("", *FUNDERS)):
            yield from (one.what, one.where, one.zero, one.example, typical_text(one))
    yield from (text for step in STEPS for text in (step.name, step.text))
    yield from (text for g in GROUPS for text in (g.name, g.where, g.seen_text, g.note or ""))
    yield from (text for f in FUNDED for text in (f.name, f.where, f.note))


def test_no_text_is_english_or_a_placeholder():
    found = {hit.group() for text in texts() for hit in ENGLISH.finditer(re.sub(r"https?://\S+", "", text))}
    assert found == set()
    assert not [text for text in texts() if "..." in text or "  " in text or "{" in text or "_" in text]


@pytest.mark.parametrize("key", guidance.inputs())
def test_guidance_is_short_whole_sentences(key):
    one = guide(key)
    for text in filter(None, (one.what, one.where, one.zero)):
        assert text.endswith(".") and text[0].isupper() and 10 <= len(text) <= 330, text
    assert len(re.findall(r"[.](?: [A-Z]|$)", one.what)) <= 2, "one sentence, at most one more"
    assert one.example and (not one.zero or one.zero.startswith("Bila kosong"))


# --- usual groups and funders ----------------------------------------------------------------------


def test_counts_of_usual_groups_are_those_of_the_shipped_files(regions):
    for group in GROUPS:
        for seen in group.seen:
            segment = next(s for s in regions[seen.file].segments if s.id == seen.group)
            assert (seen.workers, seen.status) == (segment.workers.value, segment.workers.status), seen
            assert seen.place.removeprefix("Provinsi ").split()[0].strip(",") in regions[seen.file].title


def test_every_usual_group_is_backed_by_a_shipped_file_or_a_report():
    # school teachers without tenure are named in two shipped files, though in one number with others
    assert [g.id for g in GROUPS if not g.seen and not g.reports] == ["guru_honorer"]
    assert not [r for g in GROUPS for r in g.reports if not r.reference.link]


def test_usual_items_bring_no_number_that_only_the_district_can_know():
    unknown = {"workers", "covered", "wage", "annual_budget", "sponsors", "participation", "paid_before"}
    for item in (*GROUPS, *FUNDED):
        assert not unknown & set(item.data()), item.id


def completed(groups=GROUPS):
    """A region begun from nothing: all usual groups and funders, with the numbers that only a district knows."""
    segments = []
    for group in groups:
        wage = {"wage": 2_000_000} if group.membership == "pu" else {}
        segments.append(group.data() | {"workers": 1_000, "covered": 100} | wage)
    funders = []
    for f in FUNDED:
        own = {"annual_budget": 10_000_000} if f.kind == "budget" else {"sponsors": 5_000, "participation": 0.05}
        funders.append(f.data([g.id for g in groups]) | own)
    data = {
        "title": "Kabupaten Baru",
        "start": "2027-01",
        "years": 3,
        "coverage_base": {"population": "labour_force", "workers": 300_000, "growth": guidance.usual_growth()},
        "covered": 60_000,
        "targets": guidance.usual_targets(2027),
        "segments": segments,
        "funders": [f for f in funders if f["segments"]],
        "assumptions": guidance.usual_assumptions(),
    }
    return data | {"references": guidance.usual_references(data)}


def test_a_region_of_all_usual_items_is_valid_runs_and_lists_exactly_the_references_it_names():
    data = completed()
    region = parse_region(data)
    last = project(region).yearly.iloc[-1]
    assert last["coverage_end"] > 0.2 and last["cost.dbhcht"] > 0
    assert list(unlisted_references(data)) == []
    assert set(data["references"]) == {name for _, name in unlisted_references({**data, "references": {}})}
    assert [t.year.value for t in region.targets] == [2029]


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.id)
def test_each_usual_group_is_valid_by_itself(group):
    region = parse_region(completed([group]))
    assert region.segments[0].name == group.name
    assert all(set(f.segments) <= {group.id, "other"} for f in region.funders)


def test_usual_funders_name_usual_groups_duties_first_and_those_of_the_model():
    known = [g.id for g in GROUPS] + ["other"]
    must = {g.id for g in GROUPS if g.duty == "must"}
    assert [f.id for f in FUNDED] == [f.id for f in load_region(TEMPLATE).funders]
    for f in FUNDED:
        assert set(f.segments) <= set(known) and len(set(f.segments)) == len(f.segments)
        duties = [s in must for s in f.segments]
        assert duties == sorted(duties, reverse=True), f.id
        assert "other" not in f.segments[:-1]


def test_usual_funders_pay_as_the_template_and_the_parameters_say():
    template = {f.id: f for f in load_region(TEMPLATE).funders}
    for f in FUNDED:
        own, data = template[f.id], f.data()
        assert (f.kind, f.payer, data.get("relief", own.has_relief)) == (own.kind, own.payer, own.has_relief), f.id
        for name in ("start_month", "months", "workers_per_sponsor", "still_paying"):
            if hasattr(own, name):
                assert data[name]["value"] == getattr(own, name).value, (f.id, name)
    sponsors = next(f for f in FUNDED if f.kind == "sponsors").data()
    for name in ("workers_per_sponsor", "still_paying"):
        assert (sponsors[name]["low"], sponsors[name]["high"]) == (
            parameters.parameter(name).latest.low,
            parameters.parameter(name).latest.high,
        )


def test_the_plain_data_is_the_callers_own():
    first = GROUPS[0].data()
    first["id"] = "lain"
    FUNDED[0].data()["segments"].clear()
    guidance.usual_assumptions()["overlap"]["value"] = 1
    guidance.usual_references()["bawaan-growth"].clear()
    assert GROUPS[0].data()["id"] == "non_asn" and FUNDED[0].data()["segments"]
    assert guidance.usual_assumptions()["overlap"]["value"] == 0
    assert guidance.usual_references()["bawaan-growth"]["title"]


# --- suggestions -----------------------------------------------------------------------------------


def test_usual_behaviour_is_what_the_parameters_and_the_template_say():
    data, _ = read_yaml(TEMPLATE.read_text(encoding="utf-8"))
    found = guidance.usual_assumptions()
    assert set(found) == set(data["assumptions"]) == set(Assumptions.model_fields)
    for name, own in data["assumptions"].items():
        p = parameters.parameter(name).latest
        assert found[name]["value"] == own["value"] == p.value
        assert found[name].get("low") == own.get("low") == p.low
        assert found[name].get("high") == own.get("high") == p.high
        assert found[name]["status"] == own["status"] == p.status and found[name]["note"]
        assert ("reference" in found[name]) == ("reference" in own), name


def test_growth_is_the_nations_and_so_an_assumption():
    p = parameters.parameter("growth").latest
    found = guidance.usual_growth()
    assert (found["value"], found["low"], found["high"]) == (p.value, p.low, p.high)
    assert found["status"] == "assumption" and "Angka nasional" in found["note"]


def test_national_targets_are_those_of_the_parameters_by_year():
    found = guidance.usual_targets()
    assert [(t["year"], t["coverage"]["value"]) for t in found] == [(2025, 0.3215), (2026, 0.3499), (2029, 0.4392)]
    assert [t["year"] for t in guidance.usual_targets(2026, 2028)] == [2026]
    assert all(t["reference"] in guidance.usual_references() for t in found)


def test_references_are_those_of_the_parameters_each_once():
    found = guidance.usual_references()
    sources = {d.reference for i in SUGGESTED for d in parameters.parameter(i).values if d.reference.address}
    assert sorted((r["title"], r["address"]) for r in found.values()) == sorted((s.title, s.address) for s in sources)
    assert all(r["note"].startswith("Diperiksa ") for r in found.values())
    assert guidance.usual_references({"covered": {"value": 1, "reference": "lain"}}) == {}


# --- reading ---------------------------------------------------------------------------------------


def test_reading_guidance_opens_no_region_file():
    code = (
        "import sys; opened = []; sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None);"
        "from simulator import guidance as g; [g.typical_text(g.guide(k)) for k in g.inputs()];"
        "g.usual_groups(); g.usual_funders(); g.usual_references();"
        "print(any('guidance.yaml' in o for o in opened), any('scenarios' in o for o in opened))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == ["True", "False"]


ONE_GROUP = "references: {{a: {{title: A}}}}\ngroups: [{{id: x, name: X, membership: bpu, duty: may, where: W{more}}}]"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (", colour: red", "colour: Unexpected keyword argument"),
        (", duty: often", "not readable as YAML"),
        (", reports: [{text: T, reference: b}]", "x: reference 'b' is not in the list"),
        ("}, {id: x, name: X, membership: bpu, duty: may, where: W", "x comes twice"),
    ],
)
def test_a_faulty_file_of_groups_is_refused_in_one_line(more, what):
    with pytest.raises(ParameterError, match=re.escape(what)) as caught:
        parse(ONE_GROUP.format(more=more), "groups", tuple[UsualGroup, ...], "x.yaml")
    assert str(caught.value).startswith("x.yaml: ") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("key: years", "numbers of the registry say what is typical"),
        ("key: title, typical: none", "numbers of the registry say what is typical"),
        ("key: segment.colour", "'segment.colour' is no input"),
        ("key: years, typical: {regions: bulan, low: 1, high: 2}", "'bulan' is no group of regions"),
        ("key: years, typical: {regions: semua, low: 1}", "high"),
        ("key: years, typical: often", "typical.FromRegions"),
    ],
)
def test_a_faulty_guide_is_refused_in_one_line(row, what):
    head = "region_groups: {semua: {files: [a], text: T}}\nsteps: []\n"
    text = f"{head}guides: [{{{row}, what: W, where: W, example: E}}]"
    with pytest.raises(ParameterError, match=re.escape(what)) as caught:
        parse(text, None, Guidance, "x.yaml")
    assert "\n" not in str(caught.value)
