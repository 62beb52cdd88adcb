"""The memo for Word: its structure, what it says, and that it stays within four pages."""

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from samples import budget, region

from reports import memo, print_charts
from reports.brief import Grid, Order, Setting
from reports.gather import gather
from reports.memo import content
from reports.memo.blocks import TEXT_WIDTH, Para, Table, column_widths, pages
from reports.memo.clean import cleaned
from reports.memo.figures import pictures
from reports.memo.plain import folded, plain, width
from reports.memo.rows import largest, rka_by_funder
from simulator import load_region

ROOT = Path(__file__).parent.parent
HOSTILE = "=CMD(\"x\")!A1 & <b>tebal</b> 'k' 😀\x00\x07\u202e\nbaris dua"
SAID = "=CMD(\"x\")!A1 & <b>tebal</b> 'k' 😀 baris dua"
LONG = "Baznas, BUMN, BUMD, dan perusahaan swasta membayari marbot"
STYLES = {"Title", "Heading 1", "Caption", "List Bullet", "Rekomendasi", "Kepala Memo", "Keterangan"}


def shipped(name):
    return load_region(ROOT / "scenarios" / f"{name}.yaml")


def brief_of(where, scenario, name=None, others=(), **more):
    """The brief of a scenario, compared with others."""
    known = {s.id: s.name for s in where.scenarios}
    main = Setting(name or known[scenario], scenario)
    return gather(Order(where, main, tuple(Setting(n, s) for n, s in others), made="22 November 2026", **more))


@pytest.fixture(scope="module")
def usual():
    """A proposal of a shipped region with an awkward name, beside another."""
    return brief_of(shipped("blora-2027"), "gotong_royong", HOSTILE, [("Semua rentan", "rentan_apbd")], link="perintah")


@pytest.fixture(scope="module")
def crowded():
    """As much as can be compared, under long names."""
    ids = ("asn_usulan_3", "bumd", "rentan_apbd", "dbhcht")
    return brief_of(shipped("ponorogo"), "gotong_royong", LONG, [(f"{LONG[:-2]} {i}", s) for i, s in enumerate(ids)])


@pytest.fixture(scope="module")
def bare():
    """A region without targets, ranges, scenarios or anybody who pays."""
    segments = [{"id": "rentan", "workers": 500}]
    return gather(Order(region(segments, [budget(0)], covered=100), Setting("Kondisi berjalan")))


@pytest.fixture(scope="module")
def files(usual, crowded, bare):
    return {"usual": memo.build(usual), "crowded": memo.build(crowded), "bare": memo.build(bare)}


def opened(data):
    return Document(io.BytesIO(data))


def texts(document):
    """All paragraphs' texts, in tables too."""
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


def captions(document):
    return [p.text for p in document.paragraphs if p.style.name == "Caption"]


# ---- structure


def test_it_is_set_in_styles_that_word_lists(files):
    used = {p.style.name for p in opened(files["usual"]).paragraphs}
    assert used >= STYLES
    assert {t.style.name for t in opened(files["usual"]).tables} == {"Tabel Memo", "Kotak Angka"}


@pytest.mark.parametrize("which", ["usual", "crowded", "bare"])
def test_tables_and_pictures_are_counted_by_fields_that_show_their_number(files, which):
    document = opened(files[which])
    for kind, count in (("Tabel", sum(t.style.name == "Tabel Memo" for t in document.tables)),
                        ("Gambar", len(document.inline_shapes))):  # fmt: skip
        found = [c for c in captions(document) if c.startswith(kind)]
        assert [int(re.match(rf"{kind} (\d+)\. \S", c)[1]) for c in found] == list(range(1, count + 1))
        codes = [i.text for i in document.element.iter(qn("w:instrText")) if f"SEQ {kind} " in i.text]
        assert len(codes) == count > 0


@pytest.mark.parametrize("which", ["usual", "crowded", "bare"])
def test_no_table_is_empty_heads_are_said_again_and_rows_stay_whole(files, which):
    for table in opened(files[which]).tables:
        rows = table._tbl.tr_lst
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        if table.style.name == "Tabel Memo":
            heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
            assert heads == [True] + [False] * (len(rows) - 1) and len(rows) > 1
            assert all(any(cell.text for cell in row.cells) for row in table.rows)


def test_every_picture_says_what_it_shows(files):
    document = opened(files["usual"])
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(told) == 2 and "29,50%" in told[0] and "Rp\u00a02,9 miliar" in told[1]
    assert all(shape.width.cm <= 17.01 for shape in document.inline_shapes)


def test_page_language_footer_and_properties(files):
    document = opened(files["usual"])
    section, core = document.sections[0], document.core_properties
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert all(2 <= m.cm <= 2.5 for m in (section.left_margin, section.right_margin, section.top_margin))
    codes = [i.text.strip() for i in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"] and "Halaman 1 dari 4" in section.footer.paragraphs[0].text
    languages = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"id-ID"} == {core.language}
    assert core.title == "Simulasi cakupan Jamsostek Kabupaten Blora 2027" and core.author != "python-docx"
    assert core.subject.startswith("Usulan") and core.created.strftime("%d-%m-%Y") == "22-11-2026"


def test_body_and_tables_are_never_set_in_tiny_type(files):
    sizes = {
        s.name: s.font.size.pt for s in opened(files["usual"]).styles if s.name in {*STYLES, "Normal", "Isi Tabel"}
    }
    assert min(sizes[name] for name in ("Normal", "List Bullet", "Rekomendasi")) >= 10
    assert sizes["Isi Tabel"] >= 8.5


# ---- words


@pytest.mark.parametrize("which", ["usual", "crowded", "bare"])
def test_no_broken_figure_and_no_english(files, which):
    document = opened(files[which])
    told = "\n".join([*texts(document), *(s._inline.docPr.get("descr") for s in document.inline_shapes)])
    assert not re.search(r"\b(nan|None|inf|True|False)\b", told)
    assert not re.search(r"\b(January|February|March|May|June|July|August|October|December|Table|Page|Figure)\b", told)
    assert not re.search(r"\d\.\d{1,2}%|\{|\}", told)


def test_a_name_stands_as_it_was_typed_without_what_xml_forbids(files):
    told = texts(opened(files["usual"]))
    assert f"Usulan: {SAID}" in "".join(told)
    assert any(t.startswith(f"Disarankan “{SAID}”") for t in told)
    assert not re.search("[\x00-\x08\u202e]", "".join(told))


def test_the_recommendation_stands_in_its_box_before_all_figures(usual, files):
    styles = [p.style.name for p in opened(files["usual"]).paragraphs]
    body = list(opened(files["usual"]).element.body)
    assert styles.index("Rekomendasi") < styles.index("Caption")
    box = next(p for p in opened(files["usual"]).paragraphs if p.style.name == "Rekomendasi")
    assert box.text == plain(usual.recommendation) and box.runs[0].bold
    assert body.index(next(e for e in body if e.tag == qn("w:tbl"))) > styles.index("Rekomendasi")


def test_figures_of_the_brief_stand_in_full(usual, files):
    told = set(texts(opened(files["usual"])))
    for grid in (usual.comparison, usual.paying, usual.chances):
        for row in grid.rows:
            assert {plain(cell) for cell in row[1:] if re.search(r"\d", cell) and "(" not in cell} <= told
    for figure in usual.figures:
        assert plain(figure.value) in told


def rupiah(text):
    return int("".join(c for c in text if c.isdigit()))


def test_the_budget_table_is_told_to_the_rupiah(usual, files):
    table = next(t for t in opened(files["usual"]).tables if t.rows[0].cells[0].text == "Uraian")
    shown = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    grid = rka_by_funder(usual.rka)
    assert {plain(grid.rows[i][-1]) for i in grid.totals} <= {row[-1] for row in shown}
    known = [[plain(cell) for cell in row] for row in grid.rows]
    assert all(row in known for row in shown) and len(shown) >= len(grid.totals) + 6
    *sums, whole = (rupiah(grid.rows[i][-1]) for i in sorted(grid.totals))
    lines = [rupiah(row[-1]) for i, row in enumerate(grid.rows) if i not in grid.totals]
    assert sum(sums) == sum(lines) == whole
    left = len(known) - len(shown)
    said = f"… dan {left} baris lain yang terkecil ada di buku kerja Excel"
    assert any(said in t for t in texts(opened(files["usual"]))) == (left > 0)


def test_parts_without_content_are_left_out_or_said_in_a_sentence(files):
    document = opened(files["bare"])
    told = [p.text for p in document.paragraphs]
    assert any("tidak ada sumber pendanaan yang membayar" in t for t in told)
    assert any("Tidak ada iuran yang harus dianggarkan" in t for t in told)
    assert any("peluang tidak dapat dihitung" in t for t in told)
    assert len(document.inline_shapes) == 1
    after = zip(document.element.body[:-1], document.element.body[1:], strict=True)
    headed = [b for a, b in after if a.tag == qn("w:p") and "Heading" in (a.style or "")]
    assert headed and not any("Heading1" in (getattr(b, "style", "") or "") for b in headed)


def test_equal_settings_differ_in_nothing(usual):
    same = replace(usual, different=replace(usual.different, rows=()))
    assert "Tidak ada parameter yang diatur berbeda di antara yang dibandingkan." in texts(opened(memo.build(same)))


@pytest.mark.parametrize(
    ("link", "clickable"),
    [("https://contoh.id/?d=a&b=\"'<x>", True), ("http://localhost:8501/", True), ("javascript:alert(1)", False),
     ("python -m simulator run x.yaml", False), ("file:///etc/passwd", False), ("https://x.id/" + "a" * 3000, False)],
)  # fmt: skip
def test_only_a_web_address_can_be_clicked(bare, link, clickable):
    document = opened(memo.build(replace(bare, link=link)))
    targets = [r.target_ref for r in document.part.rels.values() if r.reltype.endswith("/hyperlink")]
    assert bool(targets) == clickable
    assert all(re.fullmatch(r"https?://[!-~]+", t) and '"' not in t and "<" not in t for t in targets)
    assert link in "".join(texts(document))


# ---- length


def test_the_estimate_keeps_to_four_pages_and_tells_the_sums_first(crowded):
    brief = cleaned(crowded)
    charts = pictures(brief)
    blocks = content.fitted(brief, charts)
    assert all(1 < pages(blocks, scale) <= content.MOST_PAGES for scale in content.SCALES)
    rka = next(b for b in blocks if isinstance(b, Table) and b.caption.startswith("RKA"))
    assert len(rka.grid.totals) == len(crowded.rka.totals)
    assert pages([*blocks, *(Para("Normal", "Kalimat. " * 40) for _ in range(10))]) > pages(blocks) + 0.5


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_sets_them_on_two_to_four_pages(files, tmp_path):
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True, timeout=300)
    for name in files:
        count = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{name}.pdf").read_bytes()))
        assert 2 <= count <= 4, name


def test_the_memo_loads_nothing_of_the_screen():
    code = "import reports.memo, sys; print('streamlit' in sys.modules, 'altair' in sys.modules, 'docx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]


# ---- pieces


@given(st.text(max_size=80))
def test_plain_text_can_be_held_by_xml_and_is_plain_already(text):
    OxmlElement("w:t").text = plain(text)
    assert "\n" not in plain(text) and plain(plain(text)) == plain(text)


@given(st.text("abcWWii. ,", max_size=120), st.floats(20, 300))
def test_lines_hold_the_whole_text_and_no_more_than_their_room(text, room):
    lines = folded(text, 10.0, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line.strip(), 10.0) <= room + 1e-6 or len(line) == 1 for line in lines)


@given(st.lists(st.lists(st.text("abW 1.,", max_size=40), min_size=3, max_size=3), min_size=1, max_size=6))
def test_columns_fill_the_page(rows):
    grid = Grid("x", ("Uraian", "Jumlah", "Sumber"), tuple(map(tuple, rows)), frozenset([1]))
    assert sum(column_widths(grid)) == pytest.approx(TEXT_WIDTH) and min(column_widths(grid)) > 0


def test_the_largest_lines_and_all_sums_are_kept():
    rows = (("S", "kecil", "Rp 9"), ("S", "besar", "Rp 1.000"), ("S", "Jumlah S", "Rp 1.009"))
    grid = Grid("RKA", ("Sumber", "Uraian", "Jumlah"), rows, frozenset([2]), frozenset([2]))
    found, left = largest(rka_by_funder(grid), 1)
    assert found.rows == (("S", "Rp 1.009"), ("besar", "Rp 1.000")) and found.totals == {0} and left == 1


# ---- charts for paper


def held(spec, column):
    """The rows of a specification that have a column."""
    return next(rows for rows in spec["datasets"].values() if column in rows[0])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.floats(0.01, 0.1))
def test_letters_at_the_ends_of_lines_stand_apart_in_their_order(heights, gap):
    found = print_charts.apart(np.array(heights), gap)
    order = np.argsort(heights, kind="stable")
    assert (np.diff(found[order]) >= gap * 0.98).all()


def test_lines_and_funders_are_told_apart_without_colour(crowded):
    looks = list(print_charts.LOOKS.values())
    assert len({dash for _, dash, _ in looks}) == len(looks)
    spec = print_charts.coverage_chart(crowded.coverage, crowded.base, crowded.year).to_dict()
    assert {row["end"] for row in held(spec, "end")} >= {side.mark for side in crowded.sides}
    cost = print_charts.cost_chart(crowded.cost, [(f.id, f.name) for f in crowded.region.funders]).to_dict()
    inside = [row["inside"] for row in held(cost, "inside")]
    assert {text.partition(":")[0] for text in inside if text} >= {"1", "3"}


def test_a_target_is_led_up_to_and_the_last_figure_stands_where_the_year_ends():
    months = pd.to_datetime(["2027-01-01", "2027-12-01", "2027-12-01"])
    frame = pd.DataFrame(
        {"month": months, "side": ["berjalan", "berjalan", "target"], "name": ["Kini", "Kini", "target"],
         "goal": ["", "", "target"], "coverage": [0.1, 0.2, 0.3], "insured": [1.0, 2.0, np.nan],
         "mark": ["", "K", ""], "mark_at": [np.nan, 0.2, np.nan]}
    )  # fmt: skip
    rows = pd.DataFrame(held(print_charts.coverage_chart(frame, "angkatan kerja", 2027).to_dict(), "end"))
    assert list(rows[rows["side"] == "target"]["month"].str[:7]) == ["2027-12", "2027-01"]
    assert "K  20,00%" in set(rows["end"]) and "Target 30%" in set(rows["end"])
