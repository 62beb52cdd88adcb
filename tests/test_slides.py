"""The slides: what stands on them, that it fits, and that their charts hold the results of the runs."""

import io
import re
import shutil
import subprocess
import sys
from itertools import combinations
from zipfile import ZipFile

import openpyxl
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from slide_decks import DECKS, HOSTILE, LINK, bare, box, brief, charts, made, opened, preset, region, texts

from reports.slides import build, fit
from reports.slides.lines import LOOKS
from reports.slides.pages import wanted
from simulator.catalogue import region_files
from simulator.questions import frames
from ui import compare_charts
from ui.palette import region_palette

EVERY = pytest.mark.parametrize("name", list(DECKS))
SMALL_KINDS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
ENGLISH = r"January|February|March|May|June|July|August|October|December|Click|Master|Sheet\d|Slide|Chart Title|Series"


# ---- how many, and what


@pytest.mark.parametrize("name", list(region_files()))
def test_every_preset_of_every_region_makes_six_to_nine_slides(name):
    for scenario in region(name).scenarios:
        found = wanted(preset(name, scenario.id))
        assert 6 <= len(found) + 1 <= 9, scenario.id
        assert found[:2] == ["answer", "coverage"] and found[-1] == "asked"


@EVERY
def test_the_file_has_the_slides_that_are_wanted(name):
    assert len(opened(name).slides) == len(wanted(DECKS[name]())) + 1
    assert 6 <= len(opened(name).slides) <= 9


@pytest.mark.parametrize("name", list(region_files()))
def test_one_preset_of_every_region_is_built(name):
    known = preset(name, "gotong_royong")
    assert build(known)[:2] == b"PK"


def test_what_has_no_content_has_no_slide():
    found = wanted(bare())
    assert not {"chances", "stops", "paying"} & set(found)
    assert {"chances", "stops", "paying"} <= set(wanted(brief()))
    assert all(len(c.plots[0].categories) for c in charts(opened("kosong")))


@EVERY
def test_every_title_is_a_sentence_of_its_own_in_the_layouts_placeholder(name):
    titles = [s.shapes.title.text_frame.text for s in opened(name).slides]
    assert all(titles) and len(set(titles)) == len(titles)
    for title in titles[1:]:
        assert len(title) > 30 and (title.endswith((".", "…")) or "?" in title), title
    kept = [t for t in titles[1:] if not re.search(r"\d", t)]
    assert len(kept) <= 1, kept  # a finding has its number


# ---- that it fits


@EVERY
def test_everything_is_on_the_slide_and_nothing_lies_on_another(name):
    prs = opened(name)
    right, bottom = prs.slide_width / 914400, prs.slide_height / 914400
    assert right / bottom == pytest.approx(16 / 9, abs=0.001)
    for number, slide in enumerate(prs.slides, 1):
        shapes = [s for s in slide.shapes if s.shape_type != MSO_SHAPE_TYPE.LINE]
        for shape in slide.shapes:
            x0, y0, x1, y1 = box(shape)
            assert x0 >= 0 and y0 >= 0 and x1 <= right + 1e-6 and y1 <= bottom + 1e-6, (number, shape.name)
        for a, b in combinations(shapes, 2):
            (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = box(a), box(b)
            apart = ax1 <= bx0 + 0.01 or bx1 <= ax0 + 0.01 or ay1 <= by0 + 0.01 or by1 <= ay0 + 0.01
            assert apart, (number, a.name, b.name)


@EVERY
def test_every_text_fits_its_box(name):
    for number, slide in enumerate(opened(name).slides, 1):
        for shape in slide.shapes:
            if shape.is_placeholder and shape.placeholder_format.type in SMALL_KINDS:
                continue
            if shape.has_text_frame and shape.text_frame.text:
                frame = shape.text_frame
                x0, y0, x1, y1 = box(shape)
                inside = 0 if shape.is_placeholder else frame.margin_left + frame.margin_right  # a title: the layout's
                margins = inside / 914400
                high = 0.0
                for p in frame.paragraphs:
                    run = p.runs[0]
                    dent = 0.26 if p._p.xpath("./a:pPr/a:buChar") else 0.0
                    room = x1 - x0 - margins - dent
                    high += fit.height([p.text], run.font.size.pt, room, bool(run.font.bold))
                assert high <= y1 - y0 + 0.02, (number, frame.text)
            if shape.has_table:
                table = shape.table
                assert sum(c.width for c in table.columns) == pytest.approx(shape.width, rel=0.001)
                for row in table.rows:
                    for cell, column in zip(row.cells, table.columns, strict=True):
                        run = cell.text_frame.paragraphs[0].runs[0]
                        room = (column.width - cell.margin_left - cell.margin_right) / 914400
                        need = fit.height([cell.text], run.font.size.pt, room, bool(run.font.bold))
                        assert need <= row.height / 914400 + 0.01, (number, cell.text)


@EVERY
def test_letters_are_large_enough_for_the_back_of_the_hall(name):
    for number, slide in enumerate(opened(name).slides, 1):
        for shape in slide.shapes:
            if shape.has_chart:
                sizes = shape.chart._chartSpace.xpath("//@sz")
                assert sizes and min(int(s) for s in sizes) >= 1400, number
            small = shape.is_placeholder and shape.placeholder_format.type in SMALL_KINDS
            frames_ = [shape.text_frame] if shape.has_text_frame else []
            least = 18
            if shape.has_table:
                frames_, least = [c.text_frame for r in shape.table.rows for c in r.cells], 14
            if shape.has_text_frame and re.match(r"[0-9,]+%  ", shape.text_frame.text):
                least = 14  # at a line's end: the chart's text
            for run in (r for f in frames_ for p in f.paragraphs for r in p.runs):
                if not small:
                    assert run.font.size.pt >= least, (number, run.text)


@EVERY
def test_every_slide_but_the_first_has_footing_and_number(name):
    known = DECKS[name]()
    for slide in list(opened(name).slides)[1:]:
        kinds = {s.placeholder_format.type: s for s in slide.placeholders}
        assert kinds[PP_PLACEHOLDER.SLIDE_NUMBER]._element.xpath(".//a:fld[@type='slidenum']")
        assert known.version in kinds[PP_PLACEHOLDER.FOOTER].text_frame.text
        assert known.base in kinds[PP_PLACEHOLDER.FOOTER].text_frame.text


# ---- charts


@EVERY
def test_every_chart_has_numbers_a_name_for_the_blind_and_a_workbook(name):
    for slide in opened(name).slides:
        for shape in (s for s in slide.shapes if s.has_chart):
            plot = shape.chart.plots[0]
            assert len(plot.categories) and len(plot.series)
            for series in plot.series:
                assert series.name
                known = [v for v in series.values if v is not None]
                assert known and all(v == v and abs(v) < 1e15 for v in known)
            assert len(shape._element.xpath(".//p:cNvPr")[0].get("descr")) > 20
            book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
            cells = [c for row in book.active.iter_rows() for c in row]
            assert not [c.value for c in cells if c.data_type == "f"]
            assert [c.value for c in book.active[1]][1:] == [s.name for s in plot.series]


@pytest.mark.parametrize("name", ["blora", "ponorogo", "lampung", "ramai", "berjalan"])
def test_lines_are_the_runs_coverage_and_the_targets(name):
    known, chart = DECKS[name](), charts(opened(name))[0]
    series = list(chart.plots[0].series)
    for side, line in zip(known.sides, series, strict=False):
        wanted_ = side.run.months.insured[:, 0] / side.run.base
        assert list(line.values) == pytest.approx(list(wanted_), rel=1e-12)
        assert line.name == fit.plain(side.name)
    targets = known.coverage[known.coverage["side"] == "target"]
    goals = list(dict.fromkeys(targets["goal"]))
    assert [s.name for s in series[len(known.sides) :]] == goals
    for goal, line in zip(goals, series[len(known.sides) :], strict=True):
        own = targets[targets["goal"] == goal]
        assert {v for v in line.values if v is not None} == set(own["coverage"])
        months = list(known.coverage.loc[known.coverage["side"] == known.sides[0].key, "month"])
        for month, share in zip(own["month"], own["coverage"], strict=True):
            assert line.values[months.index(month)] == share
    dashes = [str(s.format.line.dash_style) for s in series[: len(known.sides)]]
    assert len(set(dashes)) >= len(known.sides) - 1  # main and the first other differ in width


@pytest.mark.parametrize("name", ["blora", "ponorogo", "lampung", "ramai"])
def test_bars_are_what_every_funder_pays(name):
    known, chart = DECKS[name](), charts(opened(name))[1]
    i = known.run.years.years.index(known.year)
    drawn = {s.name: s.values for s in chart.plots[0].series}
    colours = dict(region_palette([(f.id, f.name) for f in known.run.region.funders]))
    for k, funder in enumerate(known.run.region.funders):
        paid = [float(s.run.years.cost[i, k, 0]) for s in known.sides]
        if max(paid) <= 0.5:
            assert funder.name not in drawn
            continue
        assert [v * 1e6 for v in drawn.pop(funder.name)] == pytest.approx(paid)
        fill = next(s for s in chart.plots[0].series if s.name == funder.name).format.fill
        assert f"#{fill.fore_color.rgb}".lower() == colours[funder.name]
    assert not drawn


def test_one_side_alone_is_drawn_year_by_year():
    known = DECKS["berjalan"]()
    chart = charts(opened("berjalan"))[1]
    assert list(chart.plots[0].categories) == [str(y) for y in known.run.years.years]
    total = [sum(v) for v in zip(*(s.values for s in chart.plots[0].series), strict=True)]
    assert [v * 1e6 for v in total] == pytest.approx(list(known.run.years.cost[:, :, 0].sum(axis=1)))


@pytest.mark.parametrize("name", ["blora", "palopo", "lampung"])
def test_groups_are_parted_into_covered_and_not(name):
    known = DECKS[name]()
    chart = next(c for c in charts(opened(name)) if [s.name for s in c.plots[0].series][0] == "Terlindungi")
    inside, out = (s.values for s in chart.plots[0].series)
    t = max(i for i, m in enumerate(known.run.arrays.months) if m[0] == known.year)
    workers = known.run.arrays.workers[t, :, 0]
    assert [a + b for a, b in zip(inside, out, strict=True)] == pytest.approx([w for w in workers if w >= 0.5])
    people = frames.by_payer(known.run)[:, t].sum(axis=0)
    assert list(inside) == pytest.approx([p for p, w in zip(people, workers, strict=True) if w >= 0.5])


def test_lines_have_the_colours_of_the_screen():
    screen = {k: look.colour for k, look in compare_charts.LOOKS.items()}
    screen["usulan"] = screen.pop("sekarang")
    assert {k: look.colour for k, look in LOOKS.items()} == screen


# ---- notes and words


@EVERY
def test_notes_say_where_the_numbers_come_from(name):
    known = DECKS[name]()
    for slide in opened(name).slides:
        told = slide.notes_slide.notes_text_frame.text
        for part in ("Cara menghitung:", "Dasar persentase:", known.base, f"model versi {known.version}"):
            assert part in told
        assert all(fit.plain(source) in told for source in known.sources)
        assert (LINK in told) == bool(known.link)
        assert all(fit.plain(s.name) in told for s in known.sides)


@EVERY
def test_no_english_no_gaps_in_figures(name):
    for number, slide in enumerate(opened(name).slides, 1):
        notes = slide.notes_slide.notes_text_frame.text
        for text in [*texts(slide), notes.replace(LINK, "")]:
            assert not re.search(r"\b(nan|NaN|None|inf|True|False)\b", text), (number, text)
            if "http" not in text:
                assert not re.search(rf"\b({ENGLISH})", text), (number, text)
            assert "{" not in text.replace("{0}", ""), (number, text)


def test_all_texts_are_marked_as_indonesian():
    with ZipFile(io.BytesIO(made("ramai"))) as parts:
        for part in parts.namelist():
            if part.endswith(".xml") and part.startswith("ppt/"):
                found = set(re.findall(r'lang="([A-Za-z-]+)"', parts.read(part).decode("utf-8")))
                assert found <= {"id-ID"}, part


def test_names_come_out_as_they_were_written():
    known, prs = DECKS["ramai"](), opened("ramai")
    shown = "=CMD|'/C calc'!A1 <b>&amp; \"kutip\" {0} %s 😀 12,5%"
    assert fit.plain(HOSTILE) == shown
    assert shown in [s.name for c in charts(prs)[:1] for s in c.plots[0].series]
    assert any(shown in t for slide in prs.slides for t in texts(slide))
    assert len(known.sides) == 6
    heads = next(s for s in prs.slides[3].shapes if s.has_table).table.rows[0].cells
    assert [c.text[:4] for c in heads][1:] == ["K · ", "A · ", "B · ", "C · ", "D · ", "E · "]


def test_the_table_of_six_sides_keeps_coverage_cost_and_target():
    known = DECKS["ramai"]()
    table = next(s for s in opened("ramai").slides[3].shapes if s.has_table).table
    rows = {r.cells[0].text: [c.text for c in r.cells][1:] for r in table.rows}
    whole = {r[0]: list(r[1:]) for r in known.comparison.rows}
    assert len(rows) == 7
    for label, cells in list(rows.items())[1:]:
        assert [c.replace("\u00a0", " ") for c in cells] == whole[label]
    assert any(label.startswith("Target") for label in rows)


# ---- the file


def test_nothing_is_loaded_before_slides_are_made():
    code = "import reports.slides, sys; print(*{n.split('.')[0] for n in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=region_root())
    assert not {"pptx", "xlsxwriter", "lxml", "streamlit", "altair"} & set(done.stdout.split())


def region_root():
    """The folder of the product."""
    return next(iter(region_files().values())).parent.parent


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_them(tmp_path):
    names = ["blora", "ramai", "kosong"]
    for name in names:
        (tmp_path / f"{name}.pptx").write_bytes(made(name))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
        "--convert-to",
        "pdf",
    ]
    files = [str(tmp_path / f"{n}.pptx") for n in names]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], capture_output=True, timeout=240, check=True)
    for name in names:
        raw = (tmp_path / f"{name}.pdf").read_bytes()
        pages = max(int(n) for n in re.findall(rb"/Type\s*/Pages.*?/Count (\d+)", raw, re.S) or [b"0"])
        assert pages == len(opened(name).slides)
