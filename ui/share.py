"""The share link: everything a user has chosen, in the address, readable by people.

?daerah=ponorogo&skenario=asn_usulan_3&ubah=asn.workers_per_sponsor:3;apbd.months:6&tahun=2029
&sematan1=asn_usulan_2;asn.participation:0.5&nama1=Usulan Sekda&patokan=1&batas=5000000000&lingkup=apbd
&tanya.target=45%&data=3f9a01c2&versi=1.0.0

A pin's name has a parameter to itself, so no sign in it can be taken for one of ours.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

from simulator.questions import cap
from simulator.registry import LARGEST
from simulator.version import MODEL_VERSION
from simulator.yaml_io import scalar

REGION, SCENARIO, CHANGES, YEAR, VERSION = "daerah", "skenario", "ubah", "tahun", "versi"
PIN, NAME, BASELINE, CAP, SCOPE = "sematan", "nama", "patokan", "batas", "lingkup"
TEST, TEST_NAME, LOST = "uji", "namauji", "peserta_hilang"  # uji1=apbd.months:6;dbhcht.annual_budget*0.6
MOST_TESTS, MOST_TEST_SETTINGS = 8, 8
DATA = "data"  # of a user's own region: the beginning of its data's fingerprint
RANGES = "rentang"  # the user's own ranges: rentang=assumptions.overlap:0:0.2;covered:-
ASK = "tanya."  # what the pages with questions ask, each input by its name: tanya.target=30%
MOST_ASKS, LONGEST_ASK = 80, 80  # inputs, characters of one
MOST_PINS = 4
LONGEST_NAME = 60
LONGEST = 7000  # characters as sent; servers, proxies and chat programmes refuse or cut longer addresses
LARGEST_CAP = LARGEST  # Rp a year
NO_SCENARIO = "-"  # no scenario has this id

# What may be compared with, besides a pin: today's policy, or the setting that is not pinned.
TODAY, CURRENT = "berjalan", "sekarang"
APBD, ALL_FUNDERS = cap.APBD, cap.ALL

_NUMBERED = re.compile(rf"{PIN}([0-9]{{1,3}})\Z")
_NAME = re.compile(rf"{NAME}[0-9]{{1,3}}\Z")
_TEST = re.compile(rf"{TEST}([0-9]{{1,3}})\Z")
_WORD = re.compile(r"=[A-Za-z_][A-Za-z0-9_-]*\Z")
_WHOLE = re.compile(r"[1-9][0-9]{0,2}\Z")


Range = tuple[float, float]


@dataclass(frozen=True)
class Pin:
    """A setting kept for comparison: a scenario of the region and the user's changes to it (read only)."""

    name: str
    scenario: str | None
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def setting(self) -> tuple[str | None, dict[str, Any]]:
        """What it sets, whatever its name."""
        return self.scenario, dict(self.changes)


@dataclass(frozen=True)
class OwnTest:
    """A stress test of the user's: new values, factors on present ones, share of members lost (read only)."""

    name: str
    set: Mapping[str, Any] = field(default_factory=dict)
    scale: Mapping[str, float] = field(default_factory=dict)
    members_lost: float = 0.0


@dataclass
class Link:
    """What an address says. `baseline` is TODAY, CURRENT or a pin's number from 1; `version` the link's model."""

    region: str | None = None
    scenario: str | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    year: int | None = None
    version: str = MODEL_VERSION
    pins: list[Pin] = field(default_factory=list)
    baseline: str = TODAY
    cap: float | None = None
    cap_scope: str = APBD
    asks: dict[str, str] = field(default_factory=dict)
    tests: list[OwnTest] = field(default_factory=list, kw_only=True)
    ranges: dict[str, Range | None] = field(default_factory=dict)  # None: taken away
    data: str = field(default="", kw_only=True)  # of a user's own region: what its data were like


class BadLink(ValueError):
    """A link that cannot be read. The message is Indonesian."""


def encode(link: Link) -> dict[str, str]:
    """Query parameters of a link; what is empty or usual is left out."""
    words = {
        REGION: link.region or "",
        SCENARIO: link.scenario or "",
        CHANGES: _settings(link.changes),
        YEAR: str(link.year or ""),
    }
    for number, pin in enumerate(link.pins, 1):
        words[f"{PIN}{number}"] = ";".join(filter(None, (pin.scenario or NO_SCENARIO, _settings(pin.changes))))
        words[f"{NAME}{number}"] = pin.name
    for number, test in enumerate(link.tests, 1):
        words |= {f"{TEST}{number}": _test_text(test), f"{TEST_NAME}{number}": test.name}
    words |= {
        BASELINE: "" if link.baseline == TODAY else link.baseline,
        CAP: "" if link.cap is None else _value(link.cap),
        SCOPE: "" if link.cap_scope == APBD else link.cap_scope,
        RANGES: ";".join(f"{path}:{_range(ends)}" for path, ends in link.ranges.items()),
        **{f"{ASK}{name}": text for name, text in link.asks.items()},
        DATA: link.data,
        VERSION: MODEL_VERSION,
    }
    return {key: text for key, text in words.items() if text}


def query_text(words: Mapping[str, str]) -> str:
    """The part of an address after the question mark; signs that are safe there are left readable."""
    # elsewhere a + would be read as a blank
    settings = {key: key == CHANGES or key.startswith((PIN, TEST)) for key in words}
    signs = {key: ":;,+*" if is_setting else ":;," for key, is_setting in settings.items()}
    return "&".join(f"{key}={quote_plus(text, safe=signs[key])}" for key, text in words.items())


def length(words: Mapping[str, str]) -> int:
    """Characters of an address as the browser sends it."""
    return len(urlencode(words))


def too_long(words: Mapping[str, str]) -> bool:
    """Whether an address would be longer than all programmes on its way take."""
    return length(words) > LONGEST


def without_pins(words: Mapping[str, str]) -> dict[str, str]:
    """The same address for one setting only."""
    return {k: v for k, v in words.items() if k != BASELINE and not k.startswith(PIN) and not _NAME.match(k)}


def decode(query: Mapping[str, str], longest: int | None = LONGEST) -> Link:
    """The link that query parameters tell. Raises BadLink where they cannot be read."""
    if longest is not None and sum(map(len, query.values())) > longest:
        raise BadLink("tautan terlalu panjang")
    year = query.get(YEAR)
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise BadLink(f"tahun “{year[:20]}” tidak terbaca")
    return Link(
        query.get(REGION),
        query.get(SCENARIO),
        _read_settings(filter(None, query.get(CHANGES, "").split(";"))),
        int(year) if year else None,
        query.get(VERSION, MODEL_VERSION),
        _read_pins(query),
        _read_baseline(query.get(BASELINE, TODAY)),
        _read_cap(query.get(CAP)),
        query.get(SCOPE, APBD),
        _read_asks(query),
        _read_ranges(filter(None, query.get(RANGES, "").split(";"))),
        tests=_read_tests(query),
        data=query.get(DATA, "")[:8],
    )


def _range(ends: Range | None) -> str:
    return "-" if ends is None else ":".join(map(_value, ends))


def _read_ranges(parts: Iterable[str]) -> dict[str, Range | None]:
    found: dict[str, Range | None] = {}
    for part in parts:
        path, _, rest = part.partition(":")
        ends = None if rest == "-" else [scalar(text) for text in rest.split(":")]
        if ends is not None and (len(ends) != 2 or any(type(v) not in (int, float) for v in ends)):
            raise BadLink(f"rentang “{part[:60]}” tidak terbaca")
        found[path] = None if ends is None else (float(ends[0]), float(ends[1]))
    return found


def _read_asks(query: Mapping[str, str]) -> dict[str, str]:
    """Inputs of the pages with questions. The pages read them as what a user typed, so any text may stand there."""
    found = {key.removeprefix(ASK): text[:LONGEST_ASK] for key, text in query.items() if key.startswith(ASK)}
    return dict(list(found.items())[:MOST_ASKS])


def clean_name(text: str, longest: int = LONGEST_NAME) -> str:
    """A name as it is kept: one line, no unseen signs, at most 60 characters. Empty where nothing is left."""
    seen = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in text
        if unicodedata.category(sign) != "Cs" and sign not in _DIRECTIONS
    )
    return " ".join(seen.split())[:longest].strip()


_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def unique_name(name: str, taken: Iterable[str]) -> str:
    """A name that none of the taken ones is like: with a number behind it where needed."""
    known = {other.casefold() for other in taken}
    base, found, number = clean_name(name) or "Sematan", clean_name(name) or "Sematan", 2
    while found.casefold() in known:
        behind = f" ({number})"
        found, number = base[: LONGEST_NAME - len(behind)].strip() + behind, number + 1
    return found


def _settings(changes: Mapping[str, Any]) -> str:
    return ";".join(f"{path}:{_value(v)}" for path, v in changes.items())


def _read_settings(parts: Iterable[str]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for part in parts:
        path, sign, value = part.partition(":")
        if not sign or not path or not value:
            raise BadLink(f"bagian “{part[:60]}” tidak terbaca")
        changes[path] = _read(value)
    return changes


def _read_pins(query: Mapping[str, str]) -> list[Pin]:
    """Pins in the order of their numbers; a missing or doubled name is made up for."""
    numbers = sorted(int(found[1]) for key in query if (found := _NUMBERED.match(key)))
    if len(numbers) > MOST_PINS:
        raise BadLink(f"paling banyak {MOST_PINS} sematan")
    pins: list[Pin] = []
    for number in numbers:
        scenario, *settings = query.get(f"{PIN}{number}", "").split(";")
        name = unique_name(query.get(f"{NAME}{number}", "") or f"Sematan {number}", [p.name for p in pins])
        pins.append(
            Pin(name, None if scenario in ("", NO_SCENARIO) else scenario, _read_settings(filter(None, settings)))
        )
    return pins


def without_tests(words: Mapping[str, str]) -> dict[str, str]:
    """The same address without the user's own stress tests."""
    return {k: v for k, v in words.items() if not (_TEST.match(k) or k.startswith(TEST_NAME))}


def _test_text(test: OwnTest) -> str:
    """A test's settings; a factor stands behind a star."""
    parts = [_settings(test.set), *(f"{path}*{_value(factor)}" for path, factor in test.scale.items())]
    parts += [f"{LOST}:{_value(test.members_lost)}"] if test.members_lost else []
    return ";".join(filter(None, parts))


def _read_tests(query: Mapping[str, str]) -> list[OwnTest]:
    """The user's own tests in the order of their numbers; a missing or doubled name is made up for."""
    numbers = sorted(int(found[1]) for key in query if (found := _TEST.match(key)))
    if len(numbers) > MOST_TESTS:
        raise BadLink(f"paling banyak {MOST_TESTS} uji")
    tests: list[OwnTest] = []
    for number in numbers:
        parts = [part for part in query[f"{TEST}{number}"].split(";") if part]
        factors = [part for part in parts if "*" in part.partition(":")[0]]
        changes = _read_settings(part for part in parts if part not in factors)
        scale = _read_settings(part.replace("*", ":", 1) for part in factors)
        lost = changes.pop(LOST, 0.0)
        if any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in (lost, *scale.values())):
            raise BadLink(f"uji {number} tidak terbaca")
        name = unique_name(query.get(f"{TEST_NAME}{number}", "") or f"Uji {number}", [t.name for t in tests])
        tests.append(OwnTest(name, changes, scale, lost))
    return tests


def _read_baseline(text: str) -> str:
    if text not in (TODAY, CURRENT) and not _WHOLE.match(text):
        raise BadLink(f"patokan “{text[:20]}” tidak terbaca")
    return text


def _read_cap(text: str | None) -> float | None:
    if text is None:
        return None
    value = scalar(text)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= LARGEST_CAP:
        raise BadLink(f"batas “{text[:20]}” tidak terbaca")
    return float(value)


def plain(value: Any) -> Any:
    """A setting as a link gives it back: lists, and numbers of Python's own."""
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value.item() if hasattr(value, "item") else value


def carries(changes: Mapping[str, Any]) -> bool:
    """Whether a link gives these settings back."""
    try:
        return _read_settings(filter(None, _settings(changes).split(";"))) == dict(changes)
    except BadLink:
        return False


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "+".join(str(v) for v in value) + ("+" if len(value) < 2 else "")
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"={value}"
    return repr(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)


def _read(text: str) -> Any:
    if _WORD.match(text):
        return text[1:]
    value = scalar(text)
    if isinstance(value, str) and ("+" in text or " " in text):  # browsers turn + into a blank
        return [v for v in text.replace(" ", "+").split("+") if v]
    if isinstance(value, str):
        raise BadLink(f"nilai “{text[:60]}” bukan angka")
    return value
