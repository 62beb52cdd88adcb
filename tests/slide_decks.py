"""Briefs and slides for the tests of slides, each made once."""

import io
from dataclasses import replace
from functools import lru_cache

from pptx import Presentation
from pptx.util import Emu

from reports.brief import Order, Setting
from reports.gather import gather
from reports.slides import build
from simulator import load_region, project
from simulator.catalogue import region_files
from simulator.questions import compare, frames
from simulator.questions.compare import PROPOSED

LINK = "https://simulator.contoh.id/?d=blora"
HOSTILE = "=CMD|'/C calc'!A1 <b>&amp; \"kutip\" {0} %s 😀\x07\u202e 12,5%"
LONG = (
    "ASN menanggung tiga pekerja rentan dan APBD menutup sisanya ya",
    "Dana desa untuk seluruh perangkat, RT, RW, dan lembaga desanya",
    "Iuran-gotong-royong-semua-sumber-tanpa-satu-spasi-pun-di-sini!",
    HOSTILE,
)
SCENARIOS = ("asn_usulan_3", "apbdes", "dbhcht_turun", "asn_potong_gaji")


@lru_cache
def region(name):
    """A region that ships with the product."""
    return load_region(region_files()[name])


def setting(name, scenario):
    """A scenario of a region under its own name."""
    return Setting(next(s.name for s in region(name).scenarios if s.id == scenario), scenario)


@lru_cache
def brief(name="blora-2027", scenario="gotong_royong", others=("asn_usulan_3",)):
    """A brief of a scenario and others."""
    also = tuple(setting(name, s) for s in others)
    return gather(Order(region(name), setting(name, scenario), also, link=LINK, made="22 November 2026"))


@lru_cache
def crowded():
    """Four others with names of sixty letters or signs that mean something elsewhere."""
    also = tuple(Setting(n, s) for n, s in zip(LONG, SCENARIOS, strict=True))
    return gather(
        Order(region("blora-2027"), Setting(HOSTILE, "gotong_royong"), also, link=LINK, made="22 November 2026")
    )


@lru_cache
def preset(name, scenario):
    """The brief of a scenario whose sentences and draws are those of another: quick, for what hangs on the run."""
    known = brief(name, "gotong_royong", ())
    run, side = project(region(name), scenario), known.sides[-1]
    sides = (known.sides[0], replace(side, name=setting(name, scenario).name, run=run, key=PROPOSED))
    return replace(
        known,
        run=run,
        sides=sides,
        coverage=compare.coverage(sides),
        cost=compare.cost(sides, known.year),
        yearly_cost=frames.cost(run),
        payers=frames.insured_by_payer(run).query("colour_key != 'mandiri'"),
        groups=frames.segments(run, known.year),
    )


@lru_cache
def bare():
    """Nothing has a range, nobody pays, and there is one side."""
    known = brief("palopo", "kondisi_berjalan", ())
    nothing = {"risks": (), "stops": (), "paying_words": (), "reasons": known.reasons[:1], "obligation": ""}
    empty = {name: replace(getattr(known, name), rows=()) for name in ("chances", "assumptions", "laws")}
    unpaid = {name: getattr(known, name).assign(rupiah=0.0) for name in ("cost", "yearly_cost")}
    return replace(known, payers=known.payers.assign(insured=0.0), link="", made="", **nothing, **empty, **unpaid)


DECKS = {
    "blora": brief,
    "ponorogo": lambda: brief("ponorogo", "asn_usulan_3", ("gotong_royong", "dbhcht")),
    "lampung": lambda: brief("lampung", "gotong_royong", ("asn_realisasi", "apbdes")),
    "palopo": lambda: brief("palopo", "rentan_apbd", ()),
    "berjalan": lambda: brief("palopo", "kondisi_berjalan", ()),
    "ramai": crowded,
    "kosong": bare,
}


@lru_cache
def made(name):
    """The file of a deck."""
    return build(DECKS[name]())


@lru_cache
def opened(name):
    """The slides of a deck, opened again."""
    return Presentation(io.BytesIO(made(name)))


def charts(slides):
    """All charts, in order."""
    return [s.chart for slide in slides.slides for s in slide.shapes if s.has_chart]


def texts(slide):
    """All that is written on a slide, charts included."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif shape.has_table:
            found += [c.text for row in shape.table.rows for c in row.cells]
        elif shape.has_chart:
            plot = shape.chart.plots[0]
            found += [str(c) for c in plot.categories] + [s.name for s in plot.series]
        found.append(shape._element.xpath(".//p:cNvPr")[0].get("descr", ""))
    return found


def box(shape):
    """(left, top, right, bottom) in inches."""
    left, top, wide, high = (Emu(v).inches for v in (shape.left, shape.top, shape.width, shape.height))
    return left, top, left + wide, top + high
