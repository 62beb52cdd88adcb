"""Every figure in memo and slides is one that the runs come to."""

import dataclasses
import io
import zipfile

import docx
import pptx
import pytest
from figures import ROOT, allowed, tokens
from lxml import etree

from reports import memo, slides
from reports.brief import Brief, Figure, Grid, Order, Point, Setting
from reports.gather import gather
from reports.make import make
from simulator import load_region, parse_region
from simulator.region import plain_data

LINK, MADE = "http://localhost:8501/?daerah=x", "22 November 2026"
CASES = [
    ("blora-2027", "gotong_royong", ("asn_usulan_3", "dbhcht", "kewajiban_dahulu")),
    ("ponorogo", "asn_usulan_3", ()),
    ("lampung", "apbdes", ("baznas",)),
    ("palopo", None, ()),
]


def order(name, main, others):
    region = load_region(ROOT / "scenarios" / f"{name}.yaml")
    known = {s.id: s.name for s in region.scenarios}
    settings = [Setting(known.get(i, "Kondisi berjalan"), i) for i in (main, *others)]
    return Order(region, settings[0], tuple(settings[1:]), link=LINK, made=MADE)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def told(request):
    """A brief and the figures that it may show."""
    name, main, others = request.param
    brief = gather(order(name, main, others))
    return brief, allowed(name, [(i, {}) for i in (main, *others)], brief.year) | tokens(LINK) | tokens(MADE)


def foreign(texts, known):
    """Figures that are in no result, with where they stand."""
    return {token: text for text in texts for token in tokens(text) - known}


def parts(value):
    """All texts of a brief."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from parts(part)
    elif isinstance(value, (Brief, Grid, Figure, Point)):
        for field in dataclasses.fields(value):
            yield from parts(getattr(value, field.name))


def memo_texts(content):
    """The paragraphs of a memo, those in tables, headers and footers too."""
    document = docx.Document(io.BytesIO(content))
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    for root in roots:
        for paragraph in root.iter(docx.oxml.ns.qn("w:p")):
            yield "".join(t.text or "" for t in paragraph.iter(docx.oxml.ns.qn("w:t")))


def slide_texts(content):
    """The paragraphs of slides, tables and notes."""
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        for tree in (slide.element, slide.notes_slide.element):
            for paragraph in tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
                yield "".join(t.text or "" for t in paragraph.iter() if t.tag.endswith("}t"))


def test_every_figure_of_a_brief_is_one_of_the_runs(told):
    brief, known = told
    assert foreign(parts(brief), known) == {}


def test_every_figure_of_the_memo_is_one_of_the_runs(told):
    brief, known = told
    found = list(memo_texts(memo.build(brief)))
    assert len(set().union(*map(tokens, found))) > 50
    assert foreign(found, known) == {}


def test_every_figure_of_the_slides_is_one_of_the_runs(told):
    brief, known = told
    found = list(slide_texts(slides.build(brief)))
    assert len(set().union(*map(tokens, found))) > 30
    assert foreign(found, known) == {}


def test_an_invented_figure_is_found(told):
    brief, known = told
    a = brief.run.years.insured_end[0, 0]
    wrong = f"{round(a) + 1234:,} pekerja, Rp 3,1416 miliar".replace(",", ".", 1)
    assert len(foreign([wrong], known)) == 2


def test_the_budget_table_adds_up_to_the_rupiah_of_the_run(told):
    brief, _ = told
    amounts = [int("".join(c for c in row[-1] if c.isdigit())) for row in brief.rka.rows]
    lines = [a for i, a in enumerate(amounts) if i not in brief.rka.totals]
    cost = brief.run.years.cost[brief.run.years.years.index(brief.year), :, 0]
    assert sum(lines) == amounts[-1] == sum(round(c) for c in cost)


def test_what_is_compared_stands_once():
    same = ("gotong_royong", "dbhcht", "dbhcht", "kondisi_berjalan")
    brief = gather(order("palopo", "gotong_royong", same))
    assert [s.key for s in brief.sides] == ["berjalan", "usulan", "1"]
    assert [s.mark for s in brief.sides] == ["K", "A", "B"]


def test_todays_policy_is_no_proposal():
    brief = gather(order("palopo", "kondisi_berjalan", ()))
    assert [s.key for s in brief.sides] == ["berjalan"]
    assert brief.recommendation.startswith("Belum ada yang diusulkan")


def test_a_proposal_that_adds_nobody_is_not_recommended():
    plain = order("palopo", "gotong_royong", ())
    nothing = Setting("Nol", None, {"apbd.annual_budget": 0})
    brief = gather(dataclasses.replace(plain, main=nothing))
    assert brief.recommendation.startswith("Tidak disarankan menjalankan “Nol”")


def test_december_alone_is_not_recommended():
    late = Setting("Akhir tahun", None, {"apbd.start_month": 7, "apbd.months": 6})
    brief = gather(dataclasses.replace(order("ponorogo", None, ()), main=late))
    assert "perlindungan sepanjang tahun tidak bertambah" in brief.recommendation


def test_what_is_better_in_everything_is_recommended_instead():
    shares = {"asn.participation": 0.05}
    dear = Setting("Tanpa keringanan", None, {**shares, "asn.relief": False})
    same = Setting("Dengan keringanan", None, {**shares, "asn.relief": True})
    plain = order("ponorogo", None, ())
    told = [
        gather(dataclasses.replace(plain, main=a, others=(b,))).recommendation for a, b in ((dear, same), (same, dear))
    ]
    assert told[0].startswith("Disarankan “Dengan keringanan”, yang tidak kalah dari “Tanpa keringanan”")
    assert told[1].startswith("Disarankan “Dengan keringanan”:")


def test_ones_own_sentences_replace_the_reports():
    plain = order("palopo", "gotong_royong", ())
    brief = gather(dataclasses.replace(plain, question="Berapa?", recommendation=" Setujui. "))
    assert (brief.question, brief.recommendation) == ("Berapa?", "Setujui.")


def test_changed_facts_hold_for_all_that_is_compared():
    plain = order("ponorogo", "apbdes", ("baznas",))
    changed = dataclasses.replace(plain.main, changes={"assumptions.verification_yield": 0.5})
    brief = gather(dataclasses.replace(plain, main=changed))
    assert {s.run.region.assumptions.verification_yield.value for s in brief.sides} == {0.5}
    assert "data dan perilaku yang diubah pengguna" in brief.comparison.note


def test_what_stands_on_other_facts_is_kept_and_told():
    plain = order("ponorogo", "apbdes", ())
    other = Setting("Verval jelek", None, {"assumptions.verification_yield": 0.4})
    brief = gather(dataclasses.replace(plain, others=(other,)))
    assert [s.name for s in brief.sides][-1] == "Verval jelek"
    assert "“Verval jelek” memakai data atau perilaku lain" in brief.comparison.note
    alone = gather(dataclasses.replace(plain, main=other))
    assert [s.name for s in alone.sides] == ["Verval jelek"] and alone.subtitle == "Verval jelek"


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_names_that_no_document_can_hold_are_made_fit(ending):
    data = plain_data(load_region(ROOT / "scenarios" / "palopo.yaml"))
    data["title"] = "A\x07B\ud800C"
    data["segments"][0]["name"] = "x\ud800y\ufffe"
    data["targets"][0]["name"] = "kata " * 400
    content = make(Order(parse_region(data), Setting("G", "gotong_royong"), year=2026), ending)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(part))
