"""How region files are written and read: YAML 1.2, nothing but data; whatever else it is, it is told, never a crash."""

import re
import string
from copy import deepcopy
from pathlib import Path

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import TEXT, text_with
from test_region_faults import faults_of

from simulator import InputError, configure, dump_region, load_region, parse_region, project
from simulator.faults import MESSAGES
from simulator.region import read_region
from simulator.yaml_io import MAX_BYTES, MAX_VALUES, read_yaml, write_yaml

TAG = "is not data; only text, numbers, lists and mappings are read"


def lines(text):
    """The faults of a text as lines, without the file's name."""
    return [f.english().removeprefix("scenarios/x.yaml: ") for f in faults_of(text)]


# ---- YAML -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("years: 3", "years: 3\nyears: 4", "years: line 4: the key years stands twice; keep one"),
        (
            "{rentan: 1500}",
            "{rentan: 1, rentan: 2}",
            "funders.apbd.paid_before.rentan: line 34: the key rentan stands twice; keep one",
        ),
        (
            "title: Kabupaten Contoh",
            "title: !!python/object/apply:os.system [ls]",
            f"title: line 1: tag:yaml.org,2002:python/object/apply:os.system {TAG}",
        ),
        ("title: Kabupaten Contoh", "title: !Kabupaten Contoh", f"title: line 1: !Kabupaten {TAG}"),
        ("covered: 100000", "covered: !!binary aGFsbG8=", f"covered: line 9: tag:yaml.org,2002:binary {TAG}"),
        ("references:", "<<: {note: a}\nreferences:", f"line 46: tag:yaml.org,2002:merge {TAG}"),
        ("years: 3", "years: 3\n? [a]\n: b", "line 4: a key must be text or a year"),
        ("years: 3", "years: 3\n2.5: b", "line 4: a key must be text or a year"),
        ("years: 3", "years: 3\ntrue: b", "line 4: a key must be text or a year"),
        ("years: 3", "years: *years", "line 3, column 8: not valid YAML: found undefined alias 'years'"),
        ("years: 3", "years: [1", "line 4, column 14: not valid YAML: expected ',' or ']', but got ':'"),
        ("years: 3", "years: 3\n--- \ntitle: x", "line 4, column 1: not valid YAML: but found another document"),
        (
            "years: 3",
            "years: 3\n\ttitle: x",
            "line 4, column 1: not valid YAML: found character '\\t' that cannot start any token",
        ),
    ],
)
def test_what_is_not_plain_data_is_told_with_its_line(old, new, line):
    assert line in lines(text_with(old, new))


def test_two_keys_alike_are_the_only_fault_of_a_file_that_is_sound_otherwise():
    assert lines(text_with("years: 3", "years: 3\nyears: 4")) == ["years: line 4: the key years stands twice; keep one"]


def test_faults_of_writing_and_of_content_come_together():
    assert lines(text_with("years: 3", "years: 4\nyears: 30")) == [
        "years: line 4: the key years stands twice; keep one",
        "years: 30 is more than 20",
    ]


def test_anchors_that_explode_are_refused():
    bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert lines("\n".join(bomb)) == [f"anchors expand to more than {MAX_VALUES} values; write the values out"]


def test_an_anchor_that_holds_itself_is_refused():
    found = lines(text_with("years: 3", "years: &a [*a]"))
    assert any(line.endswith("is nested too deeply") for line in found)


@pytest.mark.parametrize("depth", [25, 1000])
def test_deep_nesting_is_refused(depth):
    assert any(line.endswith("is nested too deeply") for line in lines("title: " + "[" * depth + "]" * depth))


def test_an_anchor_may_stand_for_one_number():
    region = read_region(text_with("covered: 100000", "covered: &x 100000\napbd_total: *x"))
    assert region.apbd_total.value == 100000


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("9e8", 9e8),
        ("0123", 123),
        ("+5", 5),
        ("5.", 5),
        (".5e2", 50),
        ("{value: 7}", 7),
        ("!!int 7", 7),
    ],
)
def test_numbers_are_read_as_yaml_1_2_has_them(written, number):
    region = read_region(text_with("302400000", written))
    assert region.funders[0].annual_budget.value == number


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "2027-01", "1:30", "0x10", "0o7", "1_000", "'1'", "1.2.3"])
def test_words_that_older_yaml_turned_into_something_else_stay_text(word):
    region = read_region(text_with("Kabupaten Contoh", word))
    assert region.title == word.strip("'")


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path):
    file = tmp_path / "daerah.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert project(load_region(file)).to_json() == project(read_region(TEXT)).to_json()


def test_a_funder_may_say_that_it_has_no_limit_and_no_programmes_of_its_own():
    text = text_with("302400000", "302400000\n    onboarding_per_month: null\n    programmes: null")
    assert project(read_region(text)).to_json() == project(read_region(TEXT)).to_json()


@pytest.mark.parametrize(
    "quantity",
    [
        "{value: 5e5, as_of: 2024-08-31}",
        "{value: 5e5, as_of: 2024}",
        "{value: 5e5, status: statistic, reference: bps, note: a, low: 4e5, high: 6e5}",
    ],
)
def test_a_number_may_tell_where_it_comes_from(quantity):
    assert read_region(text_with("workers: 500000", f"workers: {quantity}")).coverage_base.workers.value == 500_000


def test_a_region_written_and_read_back_is_the_same():
    region = read_region(TEXT)
    again = read_region(dump_region(region))
    assert again == region
    assert project(again).to_json() == project(region).to_json()


# ---- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff\xfe\x00binary", "is not UTF-8 text"),
        (b"", "is not a mapping of keys to values"),
        (b"# nothing\n", "is not a mapping of keys to values"),
        (b"- a\n- b\n", "is not a mapping of keys to values"),
        (b"just words", "is not a mapping of keys to values"),
        (
            b"title: " + b"x" * MAX_BYTES,
            f"{MAX_BYTES + 7} bytes is more than {MAX_BYTES}; a region file is far smaller",
        ),
    ],
)
def test_a_file_that_is_no_region_is_told_in_one_line(tmp_path, content, what):
    file = tmp_path / "x.yaml"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_region(file)
    assert str(caught.value) == f"{file}: {what}"


def test_zero_bytes_are_told_in_one_line(tmp_path):
    file = tmp_path / "x.yaml"
    file.write_bytes(b"title: \x00\x01")
    with pytest.raises(InputError, match=r"x\.yaml: cannot be read: [^\n]+\Z"):
        load_region(file)


def test_a_missing_file_and_a_folder_are_told_in_one_line(tmp_path):
    with pytest.raises(InputError, match=r"tidak-ada\.yaml: there is no such file\Z"):
        load_region(tmp_path / "tidak-ada.yaml")
    with pytest.raises(InputError, match=r": cannot be read: [^\n]+\Z"):
        load_region(tmp_path)


# ---- two languages --------------------------------------------------------------------------------

ENGLISH = {
    "is",
    "are",
    "a",
    "the",
    "not",
    "of",
    "more",
    "less",
    "than",
    "above",
    "below",
    "and",
    "or",
    "mean",
    "known",
    "missing",
    "blank",
    "twice",
    "cannot",
    "be",
    "read",
    "must",
    "both",
    "line",
    "column",
    "months",
    "month",
    "text",
    "number",
    "key",
    "to",
    "in",
    "for",
    "workers",
    "insured",
    "after",
    "before",
    "start",
    "where",
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_each_message_says_the_same_in_indonesian_with_no_english_word(kind):
    english, indonesian = MESSAGES[kind]
    blanks = re.compile(r"\{\w+\}")
    assert set(blanks.findall(english)) == set(blanks.findall(indonesian))
    assert english != indonesian
    words = set(re.findall(r"[a-z_]+", blanks.sub("", indonesian).lower()))
    assert not words & ENGLISH


def test_numbers_in_indonesian_faults_are_in_indonesian_style():
    found = faults_of(text_with("covered: 8000", "covered: 21000"))
    assert [f.indonesian() for f in found] == [
        "scenarios/x.yaml: segments.perangkat.covered: 21.000 terlindungi lebih banyak daripada 20.000 pekerja"
    ]
    found = faults_of(text_with("participation: 0.055", "participation: 1.5"))
    assert [f.indonesian() for f in found] == ["scenarios/x.yaml: funders.asn.participation: 1,5 lebih dari 1"]


# ---- anything at all ------------------------------------------------------------------------------

many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
words = st.sampled_from(
    [
        "title",
        "start",
        "years",
        "segments",
        "funders",
        "covered",
        "id",
        "name",
        "kind",
        "budget",
        "sponsors",
        "value",
        "low",
        "high",
        "set",
        "scenarios",
        "apbd.months",
        "apbd.by_year.2028.months",
        "apbd.by_year.²²²².months",
        "reference",
        "references",
        "null",
        "2027-01",
        ".nan",
        "1e999",
        "-1",
        "1" * 399,
    ]
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    words,
    st.integers(10**300, 10**320),
    st.integers(-(10**320), -(10**300)),
)
keys = st.one_of(words, st.text(max_size=5), st.integers(-5, 3000))
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=12,
)


def only_faults(read, *given_to):
    """Reading and running gives a result or faults that can be told in one line each, and nothing else."""
    try:
        project(read(*given_to)).to_json()
    except InputError as err:
        assert err.faults
        for fault in err.faults:
            assert len(fault.english().splitlines()) == 1
            assert len(fault.indonesian().splitlines()) == 1


def places(tree, path=()):
    """The path of everything in a tree but its root."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


def put(tree, path, value):
    """Sets what stands at a path; a path that an earlier change took away is left alone."""
    for key in path[:-1]:
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(tree, dict) or (isinstance(tree, list) and path[-1] in range(len(tree))):
        tree[path[-1]] = value


PLACES = list(places(samples.data()))


@many
@given(st.one_of(st.text(), st.text(alphabet="&*!|>-?:,[]{}#%@`\"'\\ \n\tab01.~<=")))
def test_any_text_is_a_region_or_told(text):
    only_faults(read_region, text)


@many
@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text(alphabet=string.printable, max_size=6))
def test_any_region_text_with_a_piece_replaced_is_a_region_or_told(start, length, piece):
    only_faults(read_region, TEXT[:start] + piece + TEXT[start + length :])


@many
@given(trees)
def test_any_data_are_a_region_or_told(tree):
    only_faults(parse_region, tree)


@many
@given(st.lists(st.tuples(st.sampled_from(PLACES), trees), min_size=1, max_size=3))
def test_a_region_with_anything_put_anywhere_is_a_region_or_told(changes):
    raw = samples.data()
    for path, value in changes:
        put(raw, path, deepcopy(value))
    only_faults(parse_region, raw)


@many
@given(st.dictionaries(keys, trees, max_size=3))
def test_any_settings_are_set_or_told(changes):
    region = read_region(TEXT)
    only_faults(lambda: configure(region, None, changes))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200))
def test_any_bytes_are_a_region_or_told(tmp_path_factory, content):
    file = Path(tmp_path_factory.getbasetemp()) / "any.yaml"
    file.write_bytes(content)
    only_faults(load_region, file)


like_numbers = st.sampled_from(["9e8", "0123", "yes", "null", "~", "1:30", "2027-01-01", ".5", "+5", "0x10", "- a", ""])
letters = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])
printable = st.one_of(st.text(letters, max_size=12), like_numbers)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), printable)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.recursive(
        plain,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(printable, inner, max_size=3)),
        max_leaves=6,
    )
)
def test_data_written_and_read_back_are_the_same(tree):
    assert read_yaml(write_yaml(tree)) == (tree, [])
