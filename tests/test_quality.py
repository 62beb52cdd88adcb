"""Notes on data: each rule on a small region that has the fault, silent on one that has not; what ships has its own."""

import re

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import budget, region
from small_regions import small_regions
from strategies import regions
from streamlit.testing.v1 import AppTest
from test_pages import html_of

from simulator import load_region, parse_region
from simulator.catalogue import TEMPLATE, region_files
from simulator.levers import levers
from simulator.quality import notes, quotes
from simulator.questions.warnings import GRAVE, NOTABLE, REMARK
from simulator.region import read_region
from ui import quality_notes

RENTAN = {"id": "rentan", "workers": 500, "covered": 100}
ENGLISH = re.compile(
    r"\b(covered|coverage|outside|segments?|workers|base|target_|funders?|reference|value|note|the|and|of|nan|inf|None)\b"
)


def found(where):
    """{kind: note} of a region; no kind twice but where a rule looks at several things."""
    return {note.kind: note for note in notes(where)}


def small(*segments, funders=(), **more):
    """A region of 1,000 employed, 200 of them insured unless told otherwise, of these segments."""
    return region(list(segments or [RENTAN]), list(funders), **{"covered": 200, **more})


def insured(note, value=200, **more):
    """The number of insured with a note."""
    return {"value": value, "note": note, **more}


def also(workers, population="labour_force", note=None):
    """A coverage base of 1,000 employed with another one beside it."""
    return {"also": [{"population": population, "workers": {"value": workers, "note": note or "BPS."}}]}


# ---- quoted percentages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "20% dari penduduk bekerja menurut laporan.",
        "20,0% dari 1.000.",
        "Cakupan 20 persen menurut laporan.",
        "20%.",
        "Target 45% pada 2029.",
        "Naik 30% dari tahun lalu.",
        "90% dari peserta laki-laki.",
        "Batas bawah 15,78%, batas atas 29%.",
        "27% dari semesta pekerja.",  # the file does not give that base
        "Belum 50% dari angkatan kerja.",
        "",
    ],
)
def test_a_share_that_fits_or_is_no_coverage_raises_nothing(note):
    assert not {"quoted_share", "quoted_on_other_base"} & set(found(small(covered=insured(note))))


@pytest.mark.parametrize("note", ["27% dari penduduk bekerja.", "27,4% dari 1.000.", "Cakupan 27 persen.", "27%."])
def test_a_quoted_share_that_no_base_gives_is_grave_and_says_what_each_gives(note):
    told = found(small(covered=insured(note), coverage_base=also(1100)))["quoted_share"]
    assert told.weight == GRAVE
    assert "200 dari 1.000 (penduduk bekerja) = 20,00%" in told.text
    assert "200 dari 1.100 (angkatan kerja) = 18,18%" in told.text
    assert "covered" in told.places


def test_a_share_that_fits_another_base_names_it():
    told = found(small(covered=insured("18,2% menurut laporan."), coverage_base=also(1100)))
    assert told["quoted_on_other_base"].weight == NOTABLE
    assert "quoted_share" not in told
    told = found(small(covered=insured("25% dari 800."), base=1000))
    assert "quoted_share" in told  # 800 is below a thousand, and so no count that is read: 25% fits nothing
    told = found(small(covered=insured("2,00% dari 10.000.")))
    assert "200 dari 10.000 (angka di catatan) = 2,00%" in told["quoted_on_other_base"].text


def test_rounded_counts_are_given_room_but_not_too_much():
    def where(people):
        part = {"id": "desa", "workers": 13500, "covered": {"value": people, "note": "Tidak diketahui; memakai 78,3%."}}
        return small(part, base=50_000, covered=20_000)

    assert "quoted_segment_share" not in found(where(10_500))  # 77.8%, of counts in hundreds
    told = found(where(10_200))["quoted_segment_share"]
    assert "10.200 dari 13.500 (kelompok ini) = 75,56%" in told.text
    assert told.places == ("segments.desa.covered", "segments.desa.workers")


def test_the_arithmetic_of_a_note_at_another_base_is_done_again():
    right = also(97_189, note="Angkatan kerja. Terhadap angka ini, 36.553 orang hanya 37,6%.")
    assert "share_of_other_base" not in found(small(coverage_base=right))
    wrong = also(97_189, note="Angkatan kerja. Terhadap angka ini, 36.553 orang hanya 39,6%.")
    assert "37,61%" in found(small(coverage_base=wrong))["share_of_other_base"].text


@pytest.mark.parametrize(
    ("text", "share", "population", "count"),
    [
        ("27% dari angkatan kerja menurut laporan Oktober 2023.", 0.27, "labour_force", None),
        ("15,78% dari 467.018. Media lain menulis sekitar 15%.", 0.1578, None, 467018),
        ("Tidak diketahui; memakai 78,3%, kepesertaan di Lampung (2025).", 0.783, None, None),
        ("1,33% dari daftar.", 0.0133, None, None),
    ],
)
def test_a_claim_is_read_with_its_base(text, share, population, count):
    quote = quotes.claim(text)
    assert (quote.share, quote.population, quote.count) == (pytest.approx(share), population, count)


def test_insured_reckoned_from_a_share_are_told_with_what_another_base_would_mean():
    base = {"population": "labour_force", "workers": 539_654, "also": [{"population": "employed", "workers": 519_853}]}
    share = insured("27% dari angkatan kerja.", 145_707)
    told = found(region([RENTAN], [], covered=share, coverage_base=base))["covered_from_share"]
    assert "145.707 tepat 27% × 539.654" in told.text and "140.360 orang atas penduduk bekerja" in told.text
    assert told.weight == NOTABLE
    share["note"] += " Penyebut persentase itu tidak disebutkan."
    assert found(region([RENTAN], [], covered=share, coverage_base=base))["covered_from_share"].weight == GRAVE
    share["value"] = 145_800
    assert "covered_from_share" not in found(region([RENTAN], [], covered=share, coverage_base=base))


def test_round_reported_counts_are_not_taken_for_reckoned_ones():
    share = insured("32% dari 375.000 menurut laporan.", 120_000, status="reported")
    assert "covered_from_share" not in found(region([RENTAN], [], base=375_000, covered=share))
    share["status"] = "assumption"
    assert "covered_from_share" in found(region([RENTAN], [], base=375_000, covered=share))


# ---- averages -------------------------------------------------------------------------------------

LARGE = {"id": "petani", "workers": 9000, "covered": 900}  # 10%
SMALL = {"id": "guru", "workers": 1000, "covered": 800}  # 80%


def test_a_coverage_that_averages_segments_is_found_and_the_pooled_one_told():
    told = found(region([LARGE, SMALL], [], base=20_000, covered=9000))["average"]
    assert told.weight == GRAVE
    assert "rata-rata biasa dari persentase 2 kelompok (45,00%)" in told.text and "17,00%" in told.text
    assert "average" not in found(region([LARGE, SMALL], [], base=20_000, covered=8500))
    alike = {**SMALL, "covered": 100}
    assert "average" not in found(region([LARGE, alike], [], base=20_000, covered=2000))


def test_a_quoted_share_that_is_the_mean_is_found_though_the_counts_are_right():
    share = insured("45% menurut laporan.", 1700)
    assert {"average", "quoted_share"} <= set(found(region([LARGE, SMALL], [], base=10_000, covered=share)))


def test_a_note_that_speaks_of_an_unweighted_mean_is_told():
    note = "Angkanya dapat berupa rata-rata tanpa bobot dari cakupan tiap segmen."
    told = found(small(covered=insured(note, low=150, high=200)))["average_told"]
    assert "150 orang (15,00% dari penduduk bekerja)" in told.text
    assert "average_told" not in found(small(covered=insured("Rata-rata suhu 30 derajat.")))


# ---- parts and wholes -----------------------------------------------------------------------------


def test_segments_and_insured_fit_into_every_base():
    told = found(small(coverage_base=also(400, "bpjs_potential")))["larger_than_a_base"]
    assert told.weight == GRAVE
    assert "500" in told.text and "semesta pekerja UCJ (400)" in told.text and "saja sudah 500" in told.text
    told = notes(small({**RENTAN, "workers": 120}, coverage_base=also(150, "bpjs_potential")))
    assert [n.text for n in told if n.kind == "larger_than_a_base"] == [
        "Peserta 200 orang, lebih banyak daripada semesta pekerja UCJ (150)."
    ]
    assert "larger_than_a_base" not in found(small(coverage_base=also(500, "bpjs_potential")))


def test_nobody_works_outside_the_labour_force():
    assert "order_of_bases" not in found(small(coverage_base=also(1000)))
    assert "Penduduk bekerja 1.000" in found(small(coverage_base=also(900)))["order_of_bases"].text


def test_ranges_that_cannot_be_true_together():
    part = {**RENTAN, "workers": {"value": 500, "low": 150, "high": 600}}
    assert "ranges_collide" not in found(small(part))
    part["covered"] = {"value": 100, "low": 50, "high": 160}
    assert "sampai 160 dari 150" in found(small(part))["ranges_collide"].text
    part = {**RENTAN, "workers": {"value": 500, "low": 400, "high": 1200}}
    assert "1.200 dari 1.000" in found(small(part))["ranges_collide"].text


def test_what_the_segments_leave_is_neither_full_nor_empty():
    assert "rest_full" in found(small(RENTAN, covered=570))  # 470 of 500
    assert "rest_empty" in found(small(RENTAN, covered=100))
    assert "rest_untold" in found(small({**RENTAN, "workers": 300}, covered=300))
    assert not {"rest_full", "rest_empty", "rest_untold"} & set(found(small(RENTAN, covered=150)))
    assert not {"rest_full", "rest_empty"} & set(found(small({**RENTAN, "workers": 1000}, covered=100)))


def test_who_pays_alone_and_is_not_counted():
    part = {**RENTAN, "covered": {"value": 100, "note": "Yang membayar sendiri tidak diketahui."}}
    assert "“Rentan”" in found(small(part))["pay_themselves"].text
    part["covered"]["note"] = "Tidak diketahui; sebagian membayar sendiri."
    assert "pay_themselves" not in found(small(part))


def test_more_sponsors_than_people_outside():
    payer = samples.sponsors(50)
    assert "more_sponsors_than_outside" not in found(small(funders=[payer], coverage_base={"outside": 50}))
    told = found(small(funders=[payer], coverage_base={"outside": 40}))["more_sponsors_than_outside"]
    assert "50" in told.text and "(40)" in told.text
    company = {**payer, "id": "csr", "name": "Dermawan"}
    assert "more_sponsors_than_outside" not in found(small(funders=[company], coverage_base={"outside": 40}))


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Guru ngaji", "GURU-NGAJI?", "same_name"),
        ("Guru ngaji", "guru ngaji.", "same_name"),
        ("Guru ngaji", "Marbot, guru ngaji, dan petugas masjid", "alike_names"),
        ("Pekerja rentan", "Pekerja rentan terdata", "alike_names"),
        ("Perangkat desa", "Perangkat desa, RT, RW, BPD, dan guru honorer", "alike_names"),
        ("Guru TPQ, madin", "Guru madin", "alike_names"),
        ("Buruh tani", "Buruh bangunan", None),
        ("Buruh tani padi", "Buruh tani tembakau", None),
        ("Nelayan (data Dinas Sosial 2025)", "Petani (data Dinas Sosial 2025)", None),
        ("Guru honorer", "Guru TPQ", None),
        ("Tenaga non-ASN", "Tenaga ASN", None),
        ("Nelayan", "Petani", None),
    ],
)
def test_names_of_segments(first, second, kind):
    parts = [{"id": "a", "name": first, "workers": 100}, {"id": "b", "name": second, "workers": 200}]
    assert {"same_name", "alike_names"} & set(found(small(*parts))) == ({kind} if kind else set())


def test_many_similar_names_are_one_note():
    parts = [{"id": f"s{i}", "name": f"Nelayan {i}", "workers": 10} for i in range(5)]
    told = [n for n in notes(small(*parts)) if n.kind == "alike_names"]
    assert len(told) == 1 and "dan 7 pasang lainnya" in told[0].text and len(told[0].places) == 5


def test_the_same_uneven_number_twice():
    parts = [{"id": "a", "name": "Nelayan", "workers": 137}, {"id": "b", "name": "Petani", "workers": 137}]
    assert "same_count" in found(small(*parts))
    assert "same_count" not in found(small(*({**p, "workers": 200} for p in parts)))


def test_a_note_that_lists_may_overlap_is_quoted():
    part = {**RENTAN, "note": "Tidak diketahui apakah daftar ini memuat juga marbot."}
    assert "memuat juga marbot" in found(small(part))["told_twice"].text
    assert "told_twice" not in found(small({**RENTAN, "note": "Daftar ini memuat nelayan."}))


# ---- dates and targets ----------------------------------------------------------------------------


def of(date, value=1000):
    return {"value": value, "as_of": date}


def test_insured_and_base_of_different_years():
    def where(first, second):
        return small(covered=of(first, 200), coverage_base={"workers": of(second)})

    told = found(where("2024-06", "2026-08"))["dates_of_coverage"]
    assert "Juni 2024" in told.text and "berjarak 26 bulan" in told.text
    assert "dates_of_coverage" not in found(where("2025-08", "2026-08"))
    assert "dates_of_coverage" not in found(where("2025", "2026-08"))  # it may be December 2025


def test_dates_are_summed_up_in_one_note():
    parts = [{"id": "desa", "workers": of("2023-01", 50)}, {"id": "rentan", "workers": of("2026-10", 300)}]
    told = [n for n in notes(small(*parts, coverage_base={"workers": of("2026-08")})) if n.kind == "dates"]
    assert [n.text for n in told] == [
        "Dari 3 angka jumlah orang yang bertanggal, 1 berjarak lebih dari setahun dari penyebut (Agustus 2026) dan 1"
        " lebih tua dari dua tahun pada awal simulasi (Januari 2027). Tertua jumlah pekerja “Desa” (Januari 2023),"
        " terbaru jumlah pekerja “Rentan” (Oktober 2026)."
    ]
    fresh = [{"id": "desa", "workers": of("2026-01", 50)}, {"id": "rentan", "workers": of("2026", 300)}]
    assert "dates" not in found(small(*fresh, coverage_base={"workers": of("2026-08")}))


def test_a_number_without_date_has_that_of_its_source():
    old = {"references": {"lama": {"title": "Lama", "date": "2020-03-01"}}}
    part = {**RENTAN, "workers": {"value": 500, "reference": "lama"}}
    assert "1 Maret 2020" in found(small(part, **old))["dates"].text
    part["workers"]["as_of"] = "2026"
    assert "dates" not in found(small(part, **old))


def target(**more):
    return {"targets": [{"year": 2028, "coverage": 0.4, **more}]}


def test_a_target_on_another_base_is_worked_out_on_this_one():
    other = small(coverage_base=also(800, "bpjs_potential"), **target(population="bpjs_potential"))
    text = found(other)["base_of_target"].text
    assert "Itu 320 orang, atau 32,00% dari penduduk bekerja." in text
    assert "belum diisi" in found(small(**target(population="bpjs_potential")))["base_of_target"].text
    assert not {"base_of_target", "base_of_target_unknown"} & set(found(small(**target(population="employed"))))


def test_a_target_of_unknown_base_is_worked_out_on_each():
    for unknown in ({}, {"population": "employed", "note": "Penyebutnya tidak disebutkan."}):
        text = found(small(coverage_base=also(1250), **target(**unknown)))["base_of_target_unknown"].text
        assert "400 orang bila dari penduduk bekerja, tetapi 500 orang (50,00% dari penyebut di sini)" in text


def test_targets_that_are_reached_already():
    assert "reached_already" not in found(small(**target(population="employed")))
    assert "20,00%" in found(small(**target(population="employed", coverage=0.15)))["reached_already"].text
    past = {"targets": [{"year": 2025, "coverage": 0.15, "population": "employed"}]}
    assert "reached_already" not in found(small(**past))


# ---- sources --------------------------------------------------------------------------------------


def sourced(value, status="reported", **more):
    return {"value": value, "status": status, **more}


def test_figures_without_source():
    assert "2 dari 3 angka pokok" not in found(small())["no_source"].text
    assert found(small())["no_source"].weight == GRAVE
    base = {"coverage_base": {"workers": sourced(1000, "statistic")}, "covered": sourced(200)}
    told = found(small(**base))["no_source"]
    assert told.weight == NOTABLE and told.places == ("segments.rentan.workers", "segments.rentan.covered")
    part = {**RENTAN, "workers": sourced(500), "covered": sourced(100)}
    assert "no_source" not in found(small(part, **base))


def test_assumptions_without_range():
    part = {**RENTAN, "workers": sourced(500, "assumption")}
    assert "jumlah pekerja “Rentan” (500)" in found(small(part))["no_range"].text
    part["workers"] |= {"low": 400, "high": 600}
    assert "no_range" not in found(small(part))
    payer = budget(sourced(2_600_000_000, "assumption"))
    assert "anggaran APBD (Rp 2,6 miliar)" in found(small(funders=[payer]))["no_range"].text


def test_a_figure_that_its_own_note_doubts():
    share = insured("Menurut laporan; selisih 14 tidak dijelaskan. Lainnya jelas.")
    assert "jumlah peserta (“selisih 14 tidak dijelaskan”)" in found(small(covered=share))["doubted"].text
    assert "doubted" not in found(small(covered=insured("Menurut laporan.")))


def test_mostly_assumed_counts_what_has_a_status():
    names = ("verification_yield", "overlap", "self_pay_continuation", "self_pay_lapse")
    more = {n: sourced(0.5, "assumption") for n in names}
    more |= {n: sourced(1, "assumption") for n in ("grace_months", "children_per_death")}
    parts = [{"id": i, "workers": sourced(50), "covered": sourced(5)} for i in ("desa", "nelayan")]
    assert "6 dari 10" in found(small(*parts, assumptions=more))["mostly_assumed"].text
    more["overlap"]["status"] = "reported"
    assert "mostly_assumed" not in found(small(*parts, assumptions=more))


def test_sources_unlisted_and_unused():
    part = {**RENTAN, "workers": {"value": 500, "reference": "berita-jawa"}}
    told = found(small(part, references={"bps": {"title": "Badan Pusat Statistik"}}))
    assert "berita-jawa" in told["unlisted_sources"].text
    assert "“Badan Pusat Statistik”" in told["idle_sources"].text
    told = found(small(part, references={"berita-jawa": {"title": "Berita Jawa"}}))
    assert not {"unlisted_sources", "idle_sources"} & set(told)


# ---- what else is asked ---------------------------------------------------------------------------


def test_a_base_rounded_so_that_coverage_feels_it():
    def where(people, status="statistic"):
        return region([RENTAN], [], covered=1_540_000, coverage_base={"workers": sourced(people, status)})

    assert "sampai 50.000 orang" in found(where(4_400_000))["round_base"].text
    assert "0,40 poin" in found(where(4_400_000))["round_base"].text
    assert "round_base" not in found(where(4_412_345))
    assert "round_base" not in found(where(4_400_000, "assumption"))
    assert "round_base" not in found(where(4_590_000))  # rounded, but by less than a tenth of a point


def test_nobody_comes_or_goes():
    assert "nobody_comes_or_goes" in found(small())
    assert "nobody_comes_or_goes" not in found(small({**RENTAN, "covered_change": -5}))


def test_silent_defaults_are_listed_in_one_note():
    told = found(small(funders=[budget(1000)]))["not_filled"]
    assert told.weight == NOTABLE  # growth is among them
    for text in ("pertumbuhan penyebut (model memakai 0)", "lolos verval (model memakai 100%)", "target cakupan"):
        assert text in told.text
    assert "serapan anggaran APBD (model memakai 100%)" in told.text
    full = small(
        funders=[budget(1000, absorption=1)],
        coverage_base={"growth": 0},
        assumptions={"verification_yield": 1, "overlap": 0, "self_pay_continuation": 0},
        apbd_total=10**12,
        **target(name="target RPJMD", population="employed"),
    )
    assert "not_filled" not in found(full)


def test_who_is_outside_a_base_of_bps():
    assert "ASN, TNI, dan Polri;" in found(small())["outside"].text
    assert "outside" not in found(small(coverage_base={"outside": 10}))
    assert "outside" not in found(small(coverage_base={"population": "bpjs_potential"}))
    base = {"population": "labour_force", **also(950, "employed")}
    assert "Penganggur saja 50 orang" in found(small(coverage_base=base))["outside"].text
    assert "hanya 40 orang" in found(small(coverage_base={**base, "outside": 40}))["outside"].text
    assert "outside" not in found(small(coverage_base={**base, "outside": 60}))


def test_pay_below_the_lowest_base_of_a_contribution():
    paid = {**RENTAN, "membership": "pu", "wage": 2_000_000}
    assert "low_pay" not in found(small(paid))
    assert "upah “Rentan” Rp 2.000" in found(small({**paid, "wage": 2000}))["low_pay"].text
    assert "Rp 500.000" in found(small({**RENTAN, "income": 500_000}))["low_pay"].text


def test_workers_whom_nobody_may_pay_for():
    desa = {"id": "desa", "workers": 50, "covered": 10, "duty": "must"}
    told = found(small(RENTAN, desa))
    assert (
        told["obligation_unpaid"].weight == NOTABLE
        and "“Desa” (40 belum terlindungi)" in told["obligation_unpaid"].text
    )
    assert "“Rentan” (400 belum terlindungi)" in told["nobody_may_pay"].text
    paid = budget(1000, ["rentan", "desa"])
    assert not {"obligation_unpaid", "nobody_may_pay"} & set(found(small(RENTAN, desa, funders=[paid])))
    opened = {"id": "wajib", "name": "Kewajiban dahulu", "set": {"apbd.segments": ["rentan", "desa"]}}
    told = found(small(RENTAN, desa, funders=[budget(1000)], scenarios=[opened]))["obligation_unpaid"]
    assert "skenario “Kewajiban dahulu”" in told.text


# ---- all together ---------------------------------------------------------------------------------

USUAL = {"base_of_target_unknown", "rest_untold", "mostly_assumed", "not_filled"}
PROVINCE = {"covered_from_share", "dates", "obligation_unpaid", "nobody_comes_or_goes"}
KINDS = {
    "bengkulu": PROVINCE,
    "blora-2022": {
        *("average_told", "covered_from_share", "told_twice", "dates", "pay_themselves", "nobody_comes_or_goes"),
    },
    "blora-2027": {
        *("covered_from_share", "told_twice", "dates", "doubted", "no_range", "pay_themselves", "nobody_comes_or_goes"),
    },
    "lampung": PROVINCE,
    "palopo": {"doubted", "obligation_unpaid", "reached_already"},
    "ponorogo": {"dates", "doubted", "no_range", "pay_themselves", "nobody_comes_or_goes"},
    "sumatera-selatan": {*PROVINCE, "reached_already", "round_base"},
}


@pytest.mark.parametrize("name", sorted(region_files()))
def test_what_each_shipped_region_shows(name):
    told = notes(load_region(region_files()[name]))
    assert sorted(n.kind for n in told) == sorted({*USUAL, *KINDS[name]})
    assert [n.weight for n in told] == sorted(n.weight for n in told)


def test_the_template_shows_no_more_than_that_it_is_invented():
    where = load_region(region_files()["ponorogo"].parent / f"{TEMPLATE}.yaml")
    assert {n.kind for n in notes(where)} == {*USUAL, "no_range"}


def readable(note):
    """Indonesian, with its numbers, a remedy and a weight; no raw float and no key of the file."""
    for text in (note.text, note.mend):
        assert text[-1] in ".!" and text[0] == text[0].upper()
        assert not ENGLISH.search(re.sub(r"“[^”]*”", "", text)), text
        assert not re.search(r"\d\.\d(?!\d\d)|\d\.\d{4}|_", re.sub(r"“[^”]*”", "", text)), text
    assert note.weight in (GRAVE, NOTABLE, REMARK)


@pytest.mark.parametrize("name", sorted(region_files()))
def test_every_note_reads_well_and_says_where(name):
    where = load_region(region_files()[name])
    known = {"covered", "targets", "other", "other.covered_change", "apbd_total"}
    known |= {f"targets[{i}]" for i, _ in enumerate(where.targets, 1)} | {f"segments.{s.id}" for s in where.segments}
    for x in levers(where):
        known |= {x.path, f"segments.{x.path}", f"funders.{x.path}"}
    for note in notes(where):
        readable(note)
        assert set(note.places) <= known, note


@given(st.one_of(regions(), small_regions()))
@settings(max_examples=60, deadline=None)
def test_no_valid_region_raises(data):
    for note in notes(parse_region(data)):
        readable(note)


@given(st.text(max_size=80), st.integers(0, 10**7))
def test_no_note_raises_whatever_it_says(text, number):
    for note in (text, f"{number}% dari {text}", f"{number},{number} persen.{text}", f"rata-rata {text} kelompok"):
        notes(small(covered=insured(note), coverage_base=also(1100, note=f"{note} angka ini")))


def test_a_scenario_makes_a_region_of_its_own():
    text = samples.text_with("scenarios:", "apbd_total: 1000000000000\nscenarios:")
    told = found(read_region(text))
    assert "“Guru honorer” (900 belum terlindungi)" in told["nobody_may_pay"].text
    assert "growth" not in told["not_filled"].text


# ---- the screen -----------------------------------------------------------------------------------


def _method() -> None:
    from ui import method_page

    method_page.page()


def opened(region_id):
    at = AppTest.from_function(_method, default_timeout=60)
    at.query_params["daerah"] = region_id
    at.session_state["tabs_metode"] = "Mutu data"
    return at.run()


def test_the_method_page_shows_the_notes_of_the_region():
    at = opened("blora-2027")
    assert not at.exception
    text = html_of(at)
    assert "145.707 tepat 27% × 539.654" in text
    assert text.count("Cara membetulkan:") == len(notes(load_region(region_files()["blora-2027"])))
    assert "15,78% × 467.018" in html_of(opened("blora-2022"))


def test_names_are_escaped_and_weights_in_order():
    evil = {**RENTAN, "name": "<b>Rentan</b>", "workers": sourced(500, "assumption")}
    text = quality_notes.html(small(evil))
    assert "<b>Rentan" not in text and "&lt;b&gt;Rentan&lt;/b&gt;" in text
    assert text.index("Betulkan dahulu") < text.index("Patut ditanyakan") < text.index("Sekadar diketahui")


def test_a_region_with_nothing_to_note_says_what_was_checked():
    part = {"id": "rentan", "workers": sourced(800), "covered": sourced(100), "covered_change": 5}
    where = small(
        part,
        funders=[budget(sourced(1_000_000), absorption=1)],
        covered=sourced(110),
        coverage_base={"workers": sourced(1003, "statistic"), "growth": 0, "outside": sourced(10)},
        assumptions={"verification_yield": 1, "overlap": 0, "self_pay_continuation": 0},
        apbd_total=10**12,
        **target(name="target RPJMD", population="employed"),
    )
    assert notes(where) == []
    text = quality_notes.html(where)
    assert "Tidak ada catatan: tidak satu pun pemeriksaan menemukan kejanggalan" in text and "Yang diperiksa" in text
