"""Faults: what is wrong with an input, where, and how to mend it, in English and in Indonesian.

A fault carries a kind and its facts, never a finished sentence, so that the command line and the screen
say the same thing in their own language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

# kind: (English, Indonesian). {value} and {limit} are the number read and the limit it breaks.
MESSAGES: dict[str, tuple[str, str]] = {
    "unreadable": ("cannot be read: {problem}", "tidak dapat dibaca: {problem}"),
    "call": ("{problem}", "perintah ini tidak dapat dijalankan: {problem}"),  # a command's own options
    "no_file": ("there is no such file", "berkas tidak ditemukan"),
    "not_utf8": ("is not UTF-8 text", "bukan teks UTF-8"),
    "not_utf8_line": (
        "line {line}: a sign is not UTF-8 text; save the file as UTF-8",
        "baris {line}: ada huruf yang tidak tersimpan sebagai UTF-8; simpan ulang berkasnya dengan penyandian UTF-8",
    ),
    "utf16": (
        "is UTF-16 or UTF-32 text; save the file as UTF-8",
        "tersimpan dengan penyandian UTF-16 atau UTF-32; simpan ulang dengan penyandian UTF-8",
    ),
    "empty_file": ("is empty", "kosong; tidak ada data di dalamnya"),
    "no_region": (
        "is not a region file: it does not consist of keys with values, such as title: Kabupaten Contoh",
        "bukan berkas daerah: isinya bukan kunci dengan nilai, misalnya title: Kabupaten Contoh",
    ),
    "other_kind": (
        "is {what}, not a region file (YAML)",
        "adalah {what}, bukan berkas daerah (YAML)",
    ),
    "syntax": (
        "line {line}, column {column}: not valid YAML: {problem}",
        "baris {line}, kolom {column}: penulisan YAML tidak benar: {problem}",
    ),
    "too_large": (
        "{value} bytes is more than {limit}; a region file is far smaller",
        "{value} byte lebih besar daripada {limit}; berkas daerah jauh lebih kecil",
    ),
    "too_deep": ("is nested too deeply", "bersarang terlalu dalam"),
    "expands": (
        "anchors expand to more than {limit} values; write the values out",
        "jangkar (&, *) mengembang menjadi lebih dari {limit} nilai; tuliskan nilainya satu per satu",
    ),
    "tag": (
        "line {line}: {tag} is not data; only text, numbers, lists and mappings are read",
        "baris {line}: {tag} bukan data; hanya teks, angka, daftar, dan pasangan kunci yang dibaca",
    ),
    "duplicate_key": (
        "line {line}: the key {key} stands twice; keep one",
        "baris {line}: kunci {key} tertulis dua kali; pertahankan satu",
    ),
    "key_not_text": (
        "line {line}: a key must be text or a year",
        "baris {line}: kunci harus berupa teks atau tahun",
    ),
    "missing": ("is missing; it has no default", "belum diisi; nilai ini tidak mempunyai bawaan"),
    "blank": (
        "is blank; a blank is not zero: write a value, or take the line out",
        "kosong; kosong bukan nol: isi nilainya atau hapus barisnya",
    ),
    "unknown_key": (
        "is not a known key{hint}",
        "bukan kunci yang dikenal{hint}",
    ),
    "wrong_kind": (
        "belongs to {owner} only, not to {kind}",
        "hanya berlaku untuk {owner}, bukan untuk {kind}",
    ),
    "unknown_segment": ("{value} is not a segment of this file{hint}", "{value} bukan kelompok dalam berkas ini{hint}"),
    "unknown_reference": (
        "{value} is not in the list of references{hint}",
        "{value} tidak ada dalam daftar references{hint}",
    ),
    "unknown_path": (
        "is not a lever of this region{hint}",
        "bukan parameter daerah ini{hint}",
    ),
    "unknown_scenario": (
        "{value} is not a scenario of this file{hint}",
        "{value} bukan skenario dalam berkas ini{hint}",
    ),
    "text_number": (
        '"{value}" is text, not a number{hint}',
        '"{value}" adalah teks, bukan angka{hint}',
    ),
    "not_number": ("{value} is not a number", "{value} bukan angka"),
    "not_finite": ("{value} is not a finite number", "{value} bukan angka yang berhingga"),
    "not_whole": ("{value} is not a whole number", "{value} bukan bilangan bulat"),
    "not_text": ("{value} is not text", "{value} bukan teks"),
    "not_list": ("is not a list", "bukan daftar"),
    "not_mapping": ("is not a mapping of keys to values", "bukan pasangan kunci dan nilai"),
    "not_true_false": ("{value} is neither true nor false", "{value} bukan true atau false"),
    "not_month": (
        "{value} is not a month; write it as 2027-01",
        "{value} bukan bulan; tuliskan seperti 2027-01",
    ),
    "not_one_of": ("{value} is not one of {allowed}{hint}", "{value} bukan salah satu dari {allowed}{hint}"),
    "more_than": ("{value} is more than {limit}", "{value} lebih dari {limit}"),
    "less_than": ("{value} is less than {limit}", "{value} kurang dari {limit}"),
    "not_above": ("{value} is not above {limit}", "{value} harus di atas {limit}"),
    "not_below": ("{value} is not below {limit}", "{value} harus di bawah {limit}"),
    "range_order": (
        "low {low}, value {value} and high {high} are not in this order",
        "batas bawah {low}, nilai {value}, dan batas atas {high} tidak berurutan",
    ),
    "bad_id": (
        "{value} is not an id; use letters, digits, _ and -, starting with a letter",
        "{value} bukan id yang sah; pakai huruf, angka, _ dan -, diawali huruf",
    ),
    "reserved_id": ("the id {value} is taken by the model", "id {value} sudah dipakai oleh model"),
    "duplicate_id": ("the id {value} stands twice", "id {value} dipakai dua kali"),
    "duplicate_item": ("{value} stands twice in the list", "{value} tertulis dua kali dalam daftar"),
    "covered_over_workers": (
        "{value} insured is more than the {limit} workers",
        "{value} terlindungi lebih banyak daripada {limit} pekerja",
    ),
    "paid_over_covered": (
        "{value} paid for before (paid_before of all funders) is more than the {limit} insured",
        "{value} yang sudah dibayari (paid_before semua pendana) lebih banyak daripada {limit} yang terlindungi",
    ),
    "residual_workers": (
        "segments and outside add up to {value}, {excess} more than the base of {limit}",
        "jumlah kelompok dan outside {value}, kelebihan {excess} dari penyebut {limit}",
    ),
    "residual_covered": (
        "the segments' insured add up to {value}, {excess} more than all {limit} insured",
        "jumlah terlindungi semua kelompok {value}, kelebihan {excess} dari seluruh {limit} yang terlindungi",
    ),
    "past_december": (
        "{months} months from month {start} end after December{year}",
        "{months} bulan mulai bulan ke-{start} melewati Desember{year}",
    ),
    "relief_government": (
        "the relief of PP 50/2025 is never given where the government pays",
        "keringanan PP 50/2025 tidak berlaku bila pemerintah yang membayar",
    ),
    "programmes_needed": (
        "both jkk and jkm are needed",
        "jkk dan jkm keduanya wajib ada",
    ),
    "not_eligible": (
        "{value} is not among the segments this funder may pay for",
        "{value} tidak termasuk kelompok yang boleh dibayari sumber ini",
    ),
    "before_first": (
        "{value} is before the first known contribution rate or benefit ({limit})",
        "{value} mendahului tarif iuran atau manfaat pertama yang diketahui ({limit})",
    ),
    "columns": (
        "{count} of {total} columns break a rule of the file: {rule}",
        "{count} dari {total} kolom melanggar aturan berkas: {rule}",
    ),
    "year_outside": (
        "{value} is outside the simulated years {first} to {last}",
        "{value} di luar tahun simulasi {first} sampai {last}",
    ),
    "draws": (
        "{value} is not a number of draws; give a whole number from 1 to {limit}",
        "{value} bukan jumlah undian; isi bilangan bulat dari 1 sampai {limit}",
    ),
    "not_a_share": (
        "{value} is not a share; write 0.35 for 35%",
        "{value} bukan bagian antara 0 dan 1; tulis 0,35 untuk 35%",
    ),
    "not_sought": (
        "is not a number that can be sought",
        "bukan angka yang dapat dicari",
    ),
    "unknown_test": (
        "{value} is not a stress test of this file{hint}",
        "{value} bukan uji tekanan dalam berkas ini{hint}",
    ),
    "not_scaled": (
        "a factor needs a number that need not be whole; give a new value instead",
        "hanya angka yang boleh berkoma dapat diubah dengan persen; isi nilai barunya",
    ),
    "set_and_scaled": (
        "stands in set and in scale; keep one",
        "tertulis di set dan di scale; pertahankan satu",
    ),
    "no_change": (
        "changes nothing; give set, scale or members_lost",
        "tidak mengubah apa pun; isi nilai baru, persen, atau peserta yang hilang",
    ),
    "unknown_funder": (
        "{value} is not a funder of this file{hint}",
        "{value} bukan sumber pendanaan dalam berkas ini{hint}",
    ),
    "newer_schema": (
        "{value} is newer than {limit}, the newest that this simulator reads; update the simulator",
        "{value} lebih baru daripada {limit}, yang terbaru yang dikenal simulator ini; perbarui simulator",
    ),
    "bad_schema": (
        "{value} is not a version of the format; write {limit}, or take the line out",
        "{value} bukan versi format; tulis {limit} atau hapus barisnya",
    ),
    "too_many_regions": (
        "there are {limit} regions of your own already; take one away first",
        "sudah ada {limit} daerah milik Anda; hapus salah satu lebih dahulu",
    ),
    "shape": (
        "arrays of {value} and {limit} values cannot go in one batch",
        "larik berisi {value} dan {limit} nilai tidak dapat dihitung bersama",
    ),
}

_HINT = {"en": "; did you mean {guess}?", "id": "; maksudnya {guess}?"}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one input: `kind` is a key of MESSAGES, `facts` fills its template."""

    path: str
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""

    def _text(self, language: str) -> str:
        template = MESSAGES[self.kind][0 if language == "en" else 1]
        facts = {k: plain(v, language) for k, v in self.facts.items() if k != "guess"}
        if language == "id":  # what was quoted from elsewhere, in our own words
            facts |= {k.removesuffix("_id"): v for k, v in facts.items() if k.endswith("_id")}
        guess = self.facts.get("guess")
        facts["hint"] = _HINT[language].format(guess=guess) if guess else ""
        return template.format(**facts)

    def english(self) -> str:
        """`file: path: what`, for the command line."""
        return ": ".join(one_line(part) for part in (self.source, self.path, self._text("en")) if part)

    def indonesian(self) -> str:
        """The same in Indonesian, for the screen."""
        return ": ".join(one_line(part) for part in (self.source, self.path, self._text("id")) if part)

    def reason(self) -> str:
        """What is wrong in Indonesian, without file and place: for a message that stands beside the number."""
        return self._text("id")

    __str__ = english


class InputError(ValueError):
    """Input that cannot be used. `.faults` holds all that is wrong, each with place and remedy."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(f.english() for f in self.faults))


def one_line(text: str) -> str:
    """The text with line breaks and other unprintable characters as their escapes."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def plain(value: Any, language: str = "en") -> str:
    """A number or text as it stands in a message: 14, 0.5, 12951 (English) or 12.951 (Indonesian)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if language == "id" and abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        text = f"{value:.10g}"
        return text.replace(".", ",") if language == "id" else text
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(v, language) for v in value)
    text = one_line("blank" if value is None else str(value))
    return text if len(text) <= 80 else text[:77] + "..."


def nearest(word: Any, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely means, or None."""
    hits = get_close_matches(str(word), [str(k) for k in known], n=1, cutoff=0.6)
    return hits[0] if hits else None
