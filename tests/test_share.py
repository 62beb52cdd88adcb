"""The share link: what goes in comes out, and what cannot be read is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.version import MODEL_VERSION
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
    ],
)
def test_a_link_that_cannot_be_read_is_refused(query):
    with pytest.raises(share.BadLink):
        share.decode(query)
