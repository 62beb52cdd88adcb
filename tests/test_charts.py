"""Charts: what they say, that their specification never follows a value, and colours that hold."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ui import charts, decide_charts, live_chart, palette

FUNDERS = [
    ("apbd", "APBD Kabupaten"),
    ("dbhcht", "DBHCHT"),
    ("baznas", "Baznas"),
    ("asn", "ASN penanggung iuran"),
    ("csr_tambang", "CSR tambang"),
]
PAYERS = [("mandiri", "Mandiri atau pemberi kerja"), *FUNDERS, ("lanjut", "Lanjut mandiri")]
PARTS = [*PAYERS, ("belum", "Belum terlindungi")]

PAYER_PALETTE = palette.region_palette(PAYERS)
PART_PALETTE = palette.region_palette(PARTS)
FUNDER_PALETTE = palette.region_palette(FUNDERS)

SENTINEL = 987654.25


def coverage(size=1.0):
    months = pd.date_range("2027-01-01", periods=24, freq="MS")
    target = pd.DataFrame({"month": [months[11]], "series": "Target", "coverage": [0.4392], "insured": [np.nan]})
    lines = [
        pd.DataFrame({"month": months, "series": s, "coverage": 0.1 * size, "insured": SENTINEL * size})
        for s in ("Skenario", "Kondisi berjalan")
    ]
    return pd.concat([*lines, target], ignore_index=True)


def payers(size=1.0):
    months = pd.date_range("2027-01-01", periods=24, freq="MS")
    rows = [(m, label, key, i, SENTINEL * size) for i, (key, label) in enumerate(PAYERS) for m in months]
    return pd.DataFrame(rows, columns=["month", "payer", "colour_key", "order", "insured"])


def cost(size=1.0):
    rows = [
        (year, label, key, i, part, SENTINEL * size)
        for year in (2027, 2028)
        for i, (key, label) in enumerate(FUNDERS)
        for part in (charts.PAID, charts.UNSPENT)
    ]
    return pd.DataFrame(rows, columns=["year", "payer", "colour_key", "order", "part", "rupiah"])


def segments(size=1.0):
    rows = [
        (segment, duty, label, key, i, SENTINEL * size)
        for segment, duty in (("RT dan RW", "kewajiban"), ("Pekerja lainnya", "pilihan"))
        for i, (key, label) in enumerate(PARTS)
    ]
    return pd.DataFrame(rows, columns=["segment", "duty_label", "part", "colour_key", "order", "workers"])


def claims(size=1.0):
    rows = [(year, kind, SENTINEL * size, np.nan) for year in (2027, 2028) for kind in palette.CLAIM_COLOURS]
    return pd.DataFrame(rows, columns=["year", "kind", "count", "rupiah"])


def curve(size=1.0):
    rows = [(SENTINEL * size * i, 0.1 * i, kind) for i in range(4) for kind in decide_charts.COLOURS]
    return pd.DataFrame(rows, columns=["value", "coverage", "kind"])


def frontier(size=1.0):
    rows = [(line, SENTINEL * size * i, 0.1 * i, "", 0) for line in decide_charts.LINES for i in range(4)]
    rows.append(("", SENTINEL * size, 0.2, "Usulan Sekda", 1))
    return pd.DataFrame(rows, columns=["line", "cost", "coverage", "name", "order"])


CASES = {
    "curve": (decide_charts.curve_chart, curve, ((("rupiah", "Jumlah"),),)),
    "frontier": (decide_charts.frontier_chart, frontier, ()),
    "coverage": (charts.coverage_chart, coverage, ()),
    "payers": (charts.payers_chart, payers, (PAYER_PALETTE,)),
    "cost": (charts.cost_chart, cost, (FUNDER_PALETTE,)),
    "segments": (charts.segments_chart, segments, (PART_PALETTE,)),
    "claims": (charts.claims_chart, claims, ()),
}
every_chart = pytest.mark.parametrize("name", CASES)


def specification(name, size=1.0):
    build, frame, more = CASES[name]
    spec = build(frame(size), *more).to_dict()
    return {key: spec[key] for key in spec if key not in ("data", "datasets")}


def parts_of(value, key):
    """Every value that stands under a key, at any depth."""
    if isinstance(value, dict):
        found = [value[key]] if key in value else []
        return found + [x for v in value.values() for x in parts_of(v, key)]
    return [x for v in value for x in parts_of(v, key)] if isinstance(value, list) else []


# What the charts say


@every_chart
def test_specification_does_not_follow_the_values(name):
    assert specification(name, 1.0) == specification(name, 3.7)
    assert str(int(SENTINEL)) not in json.dumps(specification(name))


@every_chart
def test_a_chart_can_be_built_before_there_are_rows(name):
    build, frame, more = CASES[name]
    spec = build(frame().iloc[:0], *more).to_dict()
    assert {key: spec[key] for key in spec if key not in ("data", "datasets")} == specification(name)


@every_chart
def test_numbers_and_months_are_written_in_indonesian(name):
    locale = specification(name)["config"]["locale"]
    assert locale["number"]["decimal"] == "," and locale["number"]["thousands"] == "."
    assert locale["number"]["currency"][0].startswith("Rp")
    assert locale["time"]["months"][7] == "Agustus" and locale["time"]["shortMonths"][11] == "Des"
    assert [len(locale["time"][k]) for k in ("days", "shortDays", "months", "shortMonths")] == [7, 7, 12, 12]


@every_chart
def test_drawing_is_cheap_and_the_legend_lies_below(name):
    spec = specification(name)
    assert spec["usermeta"]["embedOptions"]["renderer"] == "canvas"
    assert spec["config"]["mark"]["aria"] is False
    assert spec["config"]["legend"]["orient"] == "bottom"
    assert "params" not in json.dumps(spec)


@every_chart
def test_tooltips_have_indonesian_titles_and_formats(name):
    tooltips = [tip for tips in parts_of(specification(name), "tooltip") if tips for tip in tips]
    assert tooltips
    for tip in tooltips:
        assert tip["title"] in {
            "Bulan", "Garis", "Cakupan", "Terlindungi", "Pembayar", "Pekerja", "Tahun", "Sumber", "Bagian",
            "Jumlah", "Kelompok", "Sifat", "Porsi", "Jenis", "Perkiraan", "Santunan", "Target",
            "Iuran setahun", "Pengaturan",
        }  # fmt: skip
        assert "format" in tip or tip["type"] in ("nominal", "ordinal")


def test_coverage_shows_month_share_and_people():
    tips = {tip["title"]: tip.get("format") for tip in parts_of(specification("coverage"), "tooltip")[-2]}
    assert tips == {"Bulan": "%B %Y", "Garis": None, "Cakupan": ".2%", "Terlindungi": ",.0f"}


def test_a_target_has_no_people_to_show():
    points = next(
        layer
        for layer in specification("coverage")["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "point"
    )
    assert "insured" not in json.dumps(points)


def test_the_scenario_is_bold_and_the_others_are_dashed():
    lines = [
        layer
        for layer in specification("coverage")["layer"]
        if layer["mark"]["type"] == "line" and layer["mark"].get("stroke") != "transparent"
    ]
    widths = {layer["transform"][0]["filter"].split("'")[1]: layer["mark"]["strokeWidth"] for layer in lines}
    assert widths["Skenario"] > max(widths["Kondisi berjalan"], widths["Target"])
    scale = lines[0]["encoding"]["strokeDash"]["scale"]
    dashes = dict(zip(scale["domain"], scale["range"], strict=True))
    assert dashes["Skenario"] == [1, 0]
    assert len({tuple(d) for d in dashes.values()}) == 3


@pytest.mark.parametrize("name", ["payers", "cost"])
def test_what_is_stacked_already_is_not_stacked_again(name):
    y = specification(name)["encoding"]["y"]
    assert y["field"] == "top" and y["stack"] is None


def test_unspent_money_lies_above_all_that_is_paid():
    sort = specification("cost")["transform"][0]["sort"]
    assert [s["field"] for s in sort] == ["part", "order"]
    assert charts.PAID < charts.UNSPENT  # sorted as text


@pytest.mark.parametrize("name", ["payers", "cost", "segments", "claims"])
def test_parts_are_parted_by_a_line_in_the_colour_of_the_page(name):
    strokes = parts_of(specification(name), "stroke")
    assert any("background" in json.dumps(stroke) for stroke in strokes)


def test_a_legend_takes_only_the_columns_that_fit():
    long = [("Sebuah nama yang panjang sekali", "#111111")] * 3
    assert charts._legend_width(long, 2) > 400
    assert charts._columns(long).startswith(f"width >= {charts._legend_width(long, 3)} ? 3 : ")
    assert charts._columns(long).endswith(" : 2")


# Colours


def test_a_payer_keeps_its_colour_in_every_chart():
    for name, field, pairs in (
        ("payers", "payer", PAYER_PALETTE),
        ("cost", "payer", FUNDER_PALETTE),
        ("segments", "part", PART_PALETTE),
    ):
        encodings = [e for e in parts_of(specification(name), "color") if isinstance(e, dict) and "scale" in e]
        assert [e["field"] for e in encodings] == [field]
        scale = encodings[0]["scale"]
        assert list(zip(scale["domain"], scale["range"], strict=True)) == list(pairs)
        assert dict(pairs).items() <= dict(PART_PALETTE).items()


def test_unknown_funders_get_colours_that_stay_and_differ():
    strangers = [(f"donatur_{i}", f"Donatur {i}") for i in range(len(palette.SPARE_COLOURS))]
    there = palette.region_palette(strangers)
    back = palette.region_palette(reversed(strangers))
    assert dict(there) == dict(back)
    assert sorted(dict(there).values()) == sorted(palette.SPARE_COLOURS)
    assert dict(palette.region_palette(strangers[:1]))["Donatur 0"] == palette.colour_of("donatur_0")
    assert palette.colour_of("apbd") == palette.PAYER_COLOURS["apbd"]


def linear(colour, page="#ffffff"):
    """Linear red, green and blue of a colour as it lies on a page."""
    numbers = [int(colour[i : i + 2], 16) / 255 for i in range(1, len(colour), 2)]
    alpha = numbers[3] if len(numbers) == 4 else 1.0
    under = [int(page[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    mixed = alpha * np.array(numbers[:3]) + (1 - alpha) * np.array(under)
    return np.where(mixed <= 0.04045, mixed / 12.92, ((mixed + 0.055) / 1.055) ** 2.4)


TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
# How a full red, green or blue blindness sees, after Machado, Oliveira and Fernandes (2009).
SIGHTS = {
    "full": np.eye(3),
    "no red": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "no green": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "no blue": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
}


def lab(rgb):
    ratios = TO_XYZ @ np.clip(rgb, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(ratios > (6 / 29) ** 3, np.cbrt(ratios), ratios / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour):
    return lab(linear(colour))[0]


def contrast(colour, page):
    a, b = (TO_XYZ[1] @ linear(c, page) + 0.05 for c in (colour, page))
    return max(a, b) / min(a, b)


OPAQUE = {k: c for k, c in palette.PAYER_COLOURS.items() if k != "belum"}


def test_any_two_payers_differ_in_grey():
    gaps = [abs(lightness(a) - lightness(b)) for a, b in itertools.combinations(palette.PAYER_COLOURS.values(), 2)]
    assert min(gaps) >= 5


@pytest.mark.parametrize(
    "stack",
    [
        "mandiri apbd dbhcht baznas asn lanjut belum",
        "mandiri apbd apbd_perubahan dbhcht dbhcht_2 apbdes baznas bumd asn lanjut belum",
        "mandiri apbd dbhcht apbdes baznas bumd asn lanjut belum",
        "mandiri apbd apbdes baznas asn lanjut belum",
        "mandiri apbd apbdes dbhcht baznas bumd asn apbd_perubahan lanjut belum",
        "mandiri apbd apbdes dbhcht dbhcht_2 baznas bumd asn apbd_perubahan lanjut belum",
        "apbd dbhcht dbhcht_2 baznas bumd asn",
        "mandiri belum",
    ],
)
def test_neighbours_in_a_stack_differ_well_in_grey(stack):
    levels = [lightness(palette.PAYER_COLOURS[key]) for key in stack.split()]
    assert min(abs(a - b) for a, b in itertools.pairwise(levels)) >= 11


@pytest.mark.parametrize("sight", SIGHTS)
def test_payers_stay_apart_for_the_colour_blind(sight):
    seen = [lab(SIGHTS[sight] @ linear(c)) for c in (*OPAQUE.values(), *palette.SPARE_COLOURS)]
    known = len(OPAQUE)
    distances = {(i, j): np.linalg.norm(seen[i] - seen[j]) for i, j in itertools.combinations(range(len(seen)), 2)}
    assert min(d for (_, j), d in distances.items() if j < known) >= 13
    assert min(distances.values()) >= 10


@pytest.mark.parametrize("page", ["#ffffff", "#11171d"])
def test_lines_stand_out_from_a_light_and_a_dark_page(page):
    assert min(contrast(colour, page) for colour in palette.SERIES_COLOURS.values()) >= 3
    assert min(contrast(colour, page) for colour in OPAQUE.values()) >= 1.4


def test_kinds_of_claims_differ_well_in_grey():
    levels = [lightness(colour) for colour in palette.CLAIM_COLOURS.values()]
    assert min(abs(a - b) for a, b in itertools.combinations(levels, 2)) >= 14


# Feeding rows


def test_a_chart_is_built_once_for_a_palette_and_height():
    calls = []

    def build(frame, pairs):
        calls.append(len(frame))
        return charts.payers_chart(frame, pairs)

    first = live_chart.spec_text("once", build, payers(1), height=300, palette=PAYER_PALETTE)
    again = live_chart.spec_text("once", build, payers(2), height=300, palette=PAYER_PALETTE)
    other = live_chart.spec_text("once", build, payers(2), height=200, palette=PAYER_PALETTE)
    assert first is again and first != other
    assert calls == [0, 0]  # built without rows, so no value can slip in
    assert json.loads(first)["data"] == {"name": live_chart.ROWS}


def test_rows_carry_only_what_the_chart_speaks_of():
    text = live_chart.spec_text("rows", charts.cost_chart, cost(), height=300, palette=FUNDER_PALETTE)
    rows = live_chart.rows_for(cost(), text)
    assert set(rows.column_names) == {"year", "payer", "order", "part", "rupiah"}
    assert rows.num_rows == len(cost())
    assert rows["year"].to_pylist()[0] == 2027
    assert rows["payer"].to_pylist() == list(cost()["payer"])


def test_a_slider_moves_rows_and_leaves_the_chart():
    def page():
        import streamlit as st

        from tests.test_charts import PAYER_PALETTE, payers
        from ui import charts, live_chart

        live_chart.settle_memory()
        size = st.slider("Ukuran", 1, 9, 1)
        live_chart.show("page", charts.payers_chart, payers(size), alt="Grafik", height=300, palette=PAYER_PALETTE)

    app = AppTest.from_function(page).run()
    before = app.get("vega_lite_chart")[0].proto
    app.slider[0].set_value(7).run()
    after = app.get("vega_lite_chart")[0].proto
    assert not app.exception
    assert before.spec == after.spec and before.alt == after.alt == "Grafik"
    assert before.datasets[0].data.data != after.datasets[0].data.data
