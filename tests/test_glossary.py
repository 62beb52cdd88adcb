"""The terms: sorted, each once, in plain words, with laws that the parameters know, and places that exist."""

import re

import pytest
from on_screen import is_on_screen

from docs.make_sheet import TERMS, terms
from simulator import glossary

ALL = glossary.all_terms()
EVERY_TERM = pytest.mark.parametrize("term", ALL, ids=lambda t: t.term)
PAGES = ("Simulasi", "Bandingkan", "Cari jawaban", "Bauran termurah", "Risiko", "Laporan", "Presentasi", "Data daerah",
         "Uji model", "Metode dan sumber")  # fmt: skip
ASKED = (
    "Penyebut cakupan", "Terlindungi", "Peserta aktif", "BPU", "PU", "JKK", "JKM", "JHT", "Kewajiban", "Pilihan",
    "Tempat iuran terbayar", "Kondisi berjalan", "Skenario", "Sematan", "Pita", "Uji tekanan", "RKA", "KPI", "Pagu",
    "Serapan anggaran", "DBHCHT", "APBDes", "ADD", "Baznas", "UCJ", "Keringanan iuran PP 50/2025",
)  # fmt: skip
REGULATION = re.compile(r"\b(?:UU|PP|Perpres|Inpres|Permendagri|Permenaker|PMK|SE|Fatwa MUI) [\d./]+\b")


def test_terms_are_unique_and_sorted_as_in_a_dictionary():
    names = [t.term for t in ALL]
    assert names == sorted(names, key=str.casefold) and len({n.casefold() for n in names}) == len(names)


def test_the_terms_that_newcomers_ask_for_are_there():
    assert set(ASKED) <= {t.term for t in ALL}


@EVERY_TERM
def test_a_term_has_one_or_two_sentences_and_sources_that_exist(term):
    sentences = re.split(r"(?<=[.?])\s+(?=[A-Z])", term.says)
    assert 1 <= len(sentences) <= 3 and len(term.says.split()) <= 45
    assert term.says.endswith(".")
    assert all(title for title, _ in glossary.sources(term))


@EVERY_TERM
def test_a_regulation_named_in_the_words_is_among_the_sources(term):
    told = " ".join(title for title, _ in glossary.sources(term))
    assert not [r for r in REGULATION.findall(term.says) if r not in told]


@EVERY_TERM
def test_the_places_named_are_on_the_screen(term):
    for place in term.where.split("; "):
        page, _, rest = place.partition(", ")
        assert page in PAGES, place
        for name in re.split(r" dan (?=tab |kotak )", rest):
            name = re.sub(r"^(tabel|tab|langkah|daftar|isian|tombol|bagian|parameter|kotak angka|kotak) ?", "", name)
            assert not name or name == "tiap sumber" or is_on_screen(name), place


def test_the_search_finds_other_words_and_names_first():
    assert [t.term for t in glossary.find("alokasi dana desa")] == ["ADD"]
    assert glossary.find("jkm")[0].term == "JKM"
    assert glossary.find("  ") == ALL and glossary.find("tidakadasamasekali") == ()


def test_the_written_list_of_terms_is_up_to_date():
    assert TERMS.read_text(encoding="utf-8") == terms()
