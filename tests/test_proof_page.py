"""The page Uji model through Streamlit's own test harness: opens for regions, says its verdict, speaks Indonesian."""

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from simulator import load_region
from simulator.identities import check_identities
from simulator.projection import project
from simulator.proof import ends, golden, programmes, sponsors
from ui import proof_golden, proof_page
from ui import proof_tables as tables
from ui.proof_tables import Section, Source, Table

ENGLISH = re.compile(
    r"\b(nan|None|inf|True|False|the|year|budget|coverage|exact|rounded|wrong|unreported|incomplete|outside|all"
    r"|paid_before|cost|available|unspent|as written)\b"
)


def _proof() -> None:
    from ui import proof_page

    proof_page.page()


def opened(**query: str) -> AppTest:
    at = AppTest.from_function(_proof, default_timeout=120)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def bodies(at: AppTest) -> str:
    """All HTML of the page, without tags."""
    return re.sub(r"<[^>]+>", " ", "\n".join(e.proto.body for e in at.get("html")))


def sentence(at: AppTest) -> str:
    return next(re.sub(r"<[^>]+>", " ", e.proto.body) for e in at.get("html") if "jawaban" in e.proto.body)


@pytest.mark.parametrize("region", ["blora-2027", "ponorogo", "lampung"])
def test_the_page_opens_says_its_verdict_and_speaks_indonesian(region):
    at = opened(daerah=region)
    assert not at.exception and not at.error
    assert "Semua pemeriksaan lolos" in sentence(at) and "120 skenario baku tidak berubah" in sentence(at)
    text = bodies(at)
    for title in (
        "Hitungan yang harus selalu benar",
        "Setiap parameter",
        "Program nyata",
        "ASN: janji",
        "Perbandingan dengan hasil baku",
        "Asumsi tanpa bukti",
    ):
        assert title in text, title
    assert not ENGLISH.search(re.sub(r"\S*(https?://|\.\w{2,3}/)\S*", "", text)), ENGLISH.search(text)
    assert "Rp\u00a0659.265.600" in text and "5,5%" in text and "973" not in sentence(at)


def test_an_installation_without_golden_results_says_so_and_fails_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(golden, "GOLDEN", tmp_path / "tidak" / "ada")
    at = opened(daerah="palopo")
    assert not at.exception and "Semua pemeriksaan lolos" in sentence(at)
    assert "Tidak dapat diperiksa" in bodies(at)


def test_a_changed_figure_is_shown_as_unexplained(monkeypatch):
    def spoilt(path, folder, record, load):
        told = golden.Difference(golden.AS_WRITTEN, 2027, "cost.apbd", 1.0, 2.0)
        same = golden.Compared(path.stem, "1.0.0", 15, 100)
        return replace(same, largest=1.0, differences=(told,)) if path.stem == "palopo" else same

    monkeypatch.setattr(golden, "compare", spoilt)
    at = opened(daerah="palopo")
    assert "1 dari 5 pemeriksaan TIDAK lolos: perbandingan dengan hasil baku" in sentence(at)
    assert "TANPA penjelasan" in bodies(at) and "iuran, APBD" in bodies(at)
    assert not ENGLISH.search(re.sub(r"\S*(https?://|\.\w{2,3}/)\S*", "", bodies(at)))


def test_an_explained_change_is_told_with_its_reason_and_fails_nothing():
    told = golden.Difference("x", 2027, "coverage_end", 0.1, None)
    found = golden.Compared("palopo", "0.9", 15, 100, 0.5, (told,), ("Tarif baru.",))
    section = proof_golden.section([found], (), {"palopo": "Kota Palopo"}, lambda n: load_region(f"scenarios/{n}.yaml"))
    assert section.held is True and "0 di antaranya TANPA" in section.verdict
    assert "Tarif baru." in str(section.tables)


def test_an_unreadable_record_or_golden_file_fails():
    assert proof_golden.unreadable("x").held is False
    same = golden.Compared("palopo", "1.0.0", 15, 100)
    gone = golden.Compared("lampung", fault=f"berkas hasil baku {golden.UNREADABLE}")
    new = golden.Compared("baru", fault="belum ada hasil baku untuk daerah ini")
    read = proof_golden.section
    assert read([same, gone], (), {}, load_region).held is False
    assert read([same, new], (), {}, load_region).held is True
    assert "Tidak dibandingkan: baru" in read([same, new], (), {}, load_region).verdict


def test_each_section_fails_where_its_check_does():
    run = project(load_region("scenarios/template.yaml"))
    checks = check_identities(run)
    assert tables.identities(checks, 1e9).held
    assert not tables.identities([replace(checks[0], holds=False, worst=5.0), *checks[1:]], 1e9).held
    found = ends.lever_ends(run.region)
    assert tables.lever_ends(found).held
    spoilt = tables.lever_ends([replace(found[0], broken=("Tidak ada hasil yang negatif",)), *found[1:]])
    assert not spoilt.held and "TIDAK wajar" in spoilt.verdict
    reruns = programmes.rerun_all()
    assert not tables.programmes([replace(reruns[0], held=False), *reruns[1:]]).held
    outcomes = sponsors.outcomes()
    usual = sponsors.usual_shares()
    assert tables.sponsors(outcomes, usual).held and "974 pekerja" in tables.sponsors(outcomes, usual).verdict
    assert not tables.sponsors([replace(outcomes[0], difference=9.0), *outcomes[1:]], usual).held


def test_the_sentence_counts_what_failed():
    good, bad, rest = Section("A", "", True, (), "satu"), Section("Bagian dua", "", False), Section("C", "", None)
    assert tables.headline([good, rest], False) == "Semua pemeriksaan lolos: satu."
    assert tables.headline([good, bad, rest], False) == "1 dari 2 pemeriksaan TIDAK lolos: bagian dua."


def test_names_are_escaped_on_the_page_and_formulas_in_the_file():
    table = Table(("Angka",), [("<b>",), (Source("<i>", "https://x.id", "=1"),), ("=SUM(A1)",)])
    assert "<b>" not in tables.table_html(table) and "<i>" not in tables.table_html(table)
    text = proof_page.as_csv([Section("Judul", "Lolos.", True, (table,))], "Daerah")
    assert text.startswith("\ufeffUji model") and "'=SUM(A1)" in text and "https://x.id" in text
