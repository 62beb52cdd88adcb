"""Percentages that a note quotes: read only where they plainly are the coverage of what the note stands at.

A false alarm is worse than silence, so a sentence with two percentages, a target, a limit or a rise is left alone.
"""

import re
from dataclasses import dataclass

_END = re.compile(r"(?<=[.;!?])\s+")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})(?:[.,](\d+))?\s*(?:%|persen\b)", re.I)
COUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d,])")
# What a percentage is not the coverage of today when it stands beside.
_ELSE = re.compile(
    r"\b(target|sasaran\s+\d|batas|naik|turun|kenaikan|penurunan|tumbuh|pertumbuhan|tambah|ditambah|poin|bukan|kecuali"
    r"|lolos|kelulusan|serapan|anggaran|iuran|belum|tidak termasuk|selisih|dikurangi|bila|jika|kalau)\b",
    re.I,
)
_BEFORE = re.compile(
    r"(^|\b(cakupan(nya)?|kepesertaan|terlindungi|memakai|menyebut|disebut|sebesar|mencapai|adalah|yaitu))"
    r"\W*(sekitar|kira-kira|kurang lebih|hanya|baru|sudah)?\s*$",
    re.I,
)
_AFTER = re.compile(
    r"\s*($|[.,;()]|menurut\b|(dari|atas|terhadap)\s+(seluruh\s+|total\s+|jumlah\s+)?"
    r"(\d|angkatan\s+kerja|penduduk\s+(yang\s+)?bekerja|semesta|kelompok\s+ini|daftar\b|pekerja\s*($|[.,;])))",
    re.I,
)
_WHOLE = r"(dari|atas|terhadap)\s+(seluruh\s+|total\s+|jumlah\s+)?"
_OF = {
    "labour_force": re.compile(_WHOLE + r"angkatan\s+kerja", re.I),
    "employed": re.compile(_WHOLE + r"penduduk\s+(yang\s+)?bekerja", re.I),
    "bpjs_potential": re.compile(_WHOLE + r"semesta", re.I),
}
_OF_COUNT = re.compile(r"\s*(?:dari|atas|terhadap)\s+(?:seluruh\s+|total\s+)?(\d{1,3}(?:\.\d{3})+)(?![\d,])", re.I)


_UNKNOWN = re.compile(
    r"penyebut\w*\b[^.;]*\btidak\s+(disebut\w*|dinyatakan|diketahui|dijelaskan|dirinci|tercatat|ada)\b", re.I
)


@dataclass(frozen=True)
class Quote:
    """A share as quoted: `half` is half the unit of its last digit, `text` as it was written; `population` or `count`
    is the base it names."""

    share: float
    half: float
    text: str
    population: str | None = None
    count: float | None = None


def sentences(text: str | None) -> list[str]:
    """A note's sentences; parts joined by a semicolon count as sentences."""
    return [s.strip() for s in _END.split(" ".join((text or "").split())) if s.strip()]


def _quote(hit: re.Match) -> Quote:
    whole, behind = hit[1], hit[2] or ""
    written = f"{whole},{behind}%" if behind else f"{whole}%"
    return Quote(float(f"{whole}.{behind or 0}") / 100, 0.5 * 10 ** -len(behind) / 100, written)


def base_unknown(note: str | None) -> bool:
    """Whether a note says that it is not known what a percentage is of."""
    return bool(_UNKNOWN.search(note or ""))


def shares(sentence: str) -> list[Quote]:
    """Every percentage of a sentence, of whatever it may be."""
    return [_quote(hit) for hit in _PERCENT.finditer(sentence)]


def counts(sentence: str) -> list[float]:
    """Every count written with points for the thousands."""
    return [float(hit.replace(".", "")) for hit in COUNT.findall(sentence)]


def claim(note: str | None) -> Quote | None:
    """The coverage that a note at a number of insured quotes in its first words, None where there is no such thing."""
    first = [s for s in sentences(note) if _PERCENT.search(s)][:1]
    if not first or first[0] not in sentences(note)[:2]:
        return None
    hits = list(_PERCENT.finditer(first[0]))
    hit = hits[0]
    before, after = first[0][: hit.start()], first[0][hit.end() :]
    if len(hits) != 1 or _ELSE.search(first[0]) or not _BEFORE.search(before) or not _AFTER.match(after):
        return None
    found, number = _quote(hit), _OF_COUNT.match(after)
    named = next((p for p, words in _OF.items() if words.match(after.lstrip())), None)
    count = float(number[1].replace(".", "")) if number else None
    return Quote(found.share, found.half, found.text, named, count)
