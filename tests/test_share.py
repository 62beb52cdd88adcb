"""The share link: what goes in comes out, and what cannot be read is refused."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.version import MODEL_VERSION
from ui import history as histories
from ui import share

paths = st.sampled_from(["apbd.annual_budget", "asn.participation", "apbd.by_year.2028.months", "covered"])
values = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.booleans(),
    st.none(),
    st.just(["jkk", "jkm", "jht"]),
    st.just(["rentan"]),
)


@given(st.dictionaries(paths, values))
def test_a_link_gives_back_what_it_was_made_of(changes):
    link = share.Link("ponorogo", "asn_usulan_3", changes, 2026)
    back = share.decode(share.encode(link))
    assert (back.region, back.scenario, back.year, back.version) == ("ponorogo", "asn_usulan_3", 2026, MODEL_VERSION)
    assert back.changes == changes


# No sign is left out: those of our own writing, of addresses, of Markdown and HTML, and beyond the first plane.
texts = st.text(st.one_of(st.sampled_from("&;:|=+%#?/\\\"'<>[]`$~ 😀é“–\u200f\n\t"), st.characters()), max_size=90)
pins = st.lists(
    st.builds(
        share.Pin,
        texts,
        st.sampled_from([None, "asn_usulan_2", "gotong_royong"]),
        st.dictionaries(paths, values, max_size=3),
    ),
    max_size=4,
)


def named(pins):
    """The pins as a case holds them: names cleaned and unlike each other."""
    found = []
    for pin in pins:
        found.append(share.Pin(share.unique_name(pin.name, [p.name for p in found]), pin.scenario, pin.changes))
    return found


@given(pins, st.sampled_from(["berjalan", "sekarang", "1", "4"]), st.one_of(st.none(), st.floats(0, 1e15)))
def test_pins_baseline_and_cap_come_back_whatever_their_names(pins, baseline, cap):
    link = share.Link("ponorogo", None, {}, 2026, pins=named(pins), baseline=baseline, cap=cap, cap_scope="semua")
    words = share.encode(link)
    back = share.decode(words, longest=None)
    assert (back.pins, back.baseline, back.cap, back.cap_scope) == (link.pins, baseline, cap, "semua")
    opened = parse_qs(urlsplit(f"http://localhost/?{share.query_text(words)}").query, strict_parsing=True)
    assert share.decode({key: text for key, (text,) in opened.items()}, longest=None) == back  # as a browser has it


@given(texts, st.lists(texts, max_size=4))
def test_a_name_is_one_line_of_at_most_60_signs_and_like_no_other(name, taken):
    found = share.unique_name(name, taken)
    assert 0 < len(found) <= share.LONGEST_NAME and found == share.clean_name(found)
    assert found.casefold() not in {other.casefold() for other in taken}
    assert "\n" not in found and not found.startswith(" ")


def test_a_link_with_pins_can_be_read_by_people():
    pin = share.Pin("Usulan Sekda", "asn_usulan_2", {"asn.participation": 0.5, "apbd.programmes": ["jkk", "jkm"]})
    link = share.Link("ponorogo", "baznas", {}, 2026, pins=[pin], baseline="1", cap=5e9)
    assert share.query_text(share.encode(link)) == (
        "daerah=ponorogo&skenario=baznas&tahun=2026&sematan1=asn_usulan_2;asn.participation:0.5;apbd.programmes:jkk+jkm"
        f"&nama1=Usulan+Sekda&patokan=1&batas=5000000000&versi={MODEL_VERSION}"
    )


def test_names_that_are_missing_doubled_or_too_long_are_made_up_for():
    query = {"sematan1": "baznas", "sematan2": "dbhcht", "sematan3": "apbdes", "sematan9": "-"}
    query |= {"nama2": "X" * 200, "nama3": "Sematan 1"}
    found = share.decode(query).pins
    assert [p.name for p in found] == ["Sematan 1", "X" * 60, "Sematan 1 (2)", "Sematan 9"]
    assert found[-1] == share.Pin("Sematan 9", None, {})


def test_a_link_too_long_for_its_way_is_told_from_one_that_is_not():
    long = {f"apbd.by_year.{year}.annual_budget": 123456789012.5 for year in range(2020, 2070)}
    link = share.Link("ponorogo", pins=[share.Pin(str(i), "baznas", long) for i in range(4)])
    words = share.encode(link)
    assert share.too_long(words) and not share.too_long(share.without_pins(words))
    assert share.decode(share.without_pins(words)).pins == []
    with pytest.raises(share.BadLink, match="terlalu panjang"):
        share.decode(words)


def test_a_list_survives_a_browser_that_turns_plus_into_blank():
    assert share.decode({"ubah": "apbd.programmes:jkk jkm jht"}).changes == {"apbd.programmes": ["jkk", "jkm", "jht"]}


@pytest.mark.parametrize(
    "query",
    [
        {"ubah": "apbd.months"},
        {"ubah": "apbd.months:"},
        {"ubah": ":6"},
        {"ubah": "apbd.months:enam"},
        {"ubah": "apbd.months:<script>"},
        {"tahun": "besok"},
        {"tahun": "99999"},
        {"ubah": "x:1;" * 5000},
        {"sematan1": "baznas;apbd.months"},
        {"sematan1": "baznas;apbd.months:enam"},
        {f"sematan{i}": "baznas" for i in range(1, 6)},
        {"patokan": "nol"},
        {"patokan": "-1"},
        {"patokan": "1e3"},
        {"batas": "banyak"},
        {"batas": "-5"},
        {"batas": ".nan"},
        {"batas": "true"},
        {"tahun": "²²²²"},
        {"nama1": "x" * 10_000},
    ],
)
def test_a_link_that_cannot_be_read_is_refused(query):
    with pytest.raises(share.BadLink):
        share.decode(query)


def test_what_is_asked_is_told_as_typed_and_never_makes_a_step():
    asked = {"target": "45% & lebih; “ya”", "batas.apbd": "2,5 miliar", "tetap": "tidak"}
    words = share.encode(share.Link("blora-2027", "kondisi_berjalan", asks=asked))
    assert share.decode(words).asks == asked
    assert histories.same(words, share.encode(share.Link("blora-2027", "kondisi_berjalan")))
    long = {f"tanya.x{i}": "y" * 500 for i in range(10)}
    assert all(len(text) <= share.LONGEST_ASK for text in share.decode(long).asks.values())
