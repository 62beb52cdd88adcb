"""What each slide says: titles, leaders, captions, the cover, the footing, and what the meeting is asked for."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from slide_decks import DECKS, brief, charts, opened, texts

from reports.brief import Point
from reports.slides import build, fit, master
from reports.slides.asks import asks, main_side
from reports.slides.said import messages
from simulator import indonesian as fmt
from simulator.questions.risk import Versus


def lines_of(slide):
    """The straight lines that are drawn on a slide."""
    return [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.LINE]


@pytest.mark.parametrize("name", ["blora", "ramai"])
def test_leaders_to_names_look_like_no_data(name):
    chart = charts(opened(name))[0]
    drawn = {str(s.format.line.color.rgb) for s in chart.plots[0].series}
    own = lines_of(opened(name).slides[2])
    leaders = [s for s in own if str(s.line.color.rgb) == master.LINE]
    samples = [s for s in own if s not in leaders]
    assert len(leaders) == len(samples) == len(list(chart.plots[0].series))
    assert all(s.line.width.pt < 1 for s in leaders) and master.LINE not in drawn
    assert {str(s.line.color.rgb) for s in samples} == drawn
    assert all(s.height == 0 and s.width < 400_000 for s in samples)  # short and flat: neither rises nor falls


def test_an_axis_that_does_not_start_at_zero_is_told_whole():
    known = brief("lampung", "kondisi_berjalan", ())
    raised = replace(known, base="angkatan kerja yang bekerja di sektor informal " * 2, coverage=known.coverage.copy())
    raised.coverage["coverage"] = 0.5 + raised.coverage["coverage"] / 10
    slide = Presentation(io.BytesIO(build(raised))).slides[2]
    assert any(t.endswith("(sumbu tidak mulai dari 0)") for t in texts(slide))


@pytest.mark.parametrize("length", [0, 300, 1000])
def test_the_cover_keeps_day_and_version_whatever_is_asked(length):
    asked = ("Apakah semua pekerja rentan terlindungi " * 30)[:length] or "Apa?"
    slide = Presentation(io.BytesIO(build(replace(brief(), question=asked)))).slides[0]
    told = slide.placeholders[1].text_frame.text.split("\n")
    assert told[0] == fit.plain(brief().subtitle)
    assert told[-1] == f"22 November 2026 · model versi {brief().version}"
    assert told[1][:20] == asked[:20] and (length < 400 or told[1].endswith("…"))


@pytest.mark.parametrize("more", [0, 1, 8])
def test_the_footing_stands_in_two_lines(more):
    known = brief()
    long = f"Model versi {known.version}; persentase dari {known.base}."
    long += " Sumbernya sebuah kalimat yang panjang." * more * 3
    for slide in list(Presentation(io.BytesIO(build(replace(known, footing=long)))).slides)[1:]:
        foot = next(s for s in slide.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.FOOTER)
        run = foot.text_frame.paragraphs[0].runs[0]
        assert run.font.size.pt >= 9 and run.text.endswith(".") and long.startswith(run.text)
        assert len(fit.wrapped(run.text, run.font.size.pt, master.FOOT[2])) <= 2
        assert fit.height([run.text], run.font.size.pt, master.FOOT[2]) <= master.FOOT[3]


def test_the_gravest_chance_is_the_title():
    known = brief()
    band = known.above.difference
    weak = replace(known, above=Versus(0.31, 0.6, band))
    title = messages(weak)["chances"]
    assert title.startswith(f"Peluang cakupan akhir {known.year} di atas kondisi berjalan: sekitar 3 dari 10; peluang")
    strong = messages(replace(known, above=Versus(0.9, 0.1, band)))["chances"]
    assert strong == known.risks[0].text


@pytest.mark.parametrize("texts_", [("Satu kalimat yang cukup panjang untuk menjadi sebuah judul.",), ("A.", "B.")])
def test_a_title_is_never_its_own_only_bullet(texts_):
    points = tuple(Point(f"Hal {i} yang dapat terjadi", t) for i, t in enumerate(texts_))
    known = replace(brief(), risks=points, chances=replace(brief().chances, rows=()), stops=texts_, above=None)
    prs = Presentation(io.BytesIO(build(known)))
    for slide in prs.slides:
        title = slide.shapes.title
        others = [s for s in slide.shapes if s.has_text_frame and s.shape_id != title.shape_id]
        assert title.text_frame.text not in [s.text_frame.text for s in others]
    chances = next(s for s in prs.slides if s.shapes.title.text_frame.text == messages(known)["chances"])
    assert any(texts_[0] in t for t in texts(chances))


@pytest.mark.parametrize("name", list(DECKS))
def test_the_request_agrees_with_the_recommendation(name):
    known = DECKS[name]()
    first, side = asks(known)[0], main_side(known)
    against = known.recommendation.startswith(("Tidak disarankan", "Belum disarankan"))
    start = "Tunda “" if against else "Putuskan"
    assert first.startswith(start)
    if f"Disarankan “{side.name}”" in known.recommendation:
        i = known.run.years.years.index(known.year)
        paid = sorted(known.run.years.cost[i, :, 0], reverse=True)
        assert f"“{fit.short(fit.plain(side.name), 44)}”: iuran {fmt.rupiah(sum(paid))} pada {known.year}, " in first
        assert fmt.rupiah(paid[0]) in first


def test_a_proposal_that_is_not_recommended_is_put_off_and_another_that_is_takes_its_place():
    known = DECKS["ponorogo"]()
    main, other = main_side(known), known.sides[2]
    off = replace(known, recommendation=f"Tidak disarankan menjalankan “{main.name}” apa adanya: tidak bertambah.")
    assert asks(off)[0].startswith(f"Tunda “{main.name}” (iuran Rp") and "; minta perbaikan" in asks(off)[0]
    assert "menunda usulan ini" in messages(off)["asked"]
    better = replace(known, recommendation=f"Disarankan “{other.name}”, yang tidak kalah: banyak.")
    i = other.run.years.years.index(known.year)
    total = fmt.rupiah(float(other.run.years.cost[i, :, 0].sum()))
    assert asks(better)[0].startswith(f"Putuskan “{other.name}” sebagai pengganti “{main.name}”: iuran {total}")
