"""Shares that are quoted: do they agree with the counts, were the counts made of them, are they averages?"""

import re
from collections.abc import Iterator

from simulator import indonesian as fmt
from simulator.quality.note import Note, bases, called, coverage, population, rounding
from simulator.quality.quotes import Quote, base_unknown, claim, counts, sentences, shares
from simulator.questions.warnings import GRAVE, NOTABLE
from simulator.schema import Region

ROUNDED = 0.05  # of a count: up to this unit it may have been rounded (7.200 to hundreds); coarser would hide faults
CHANCE = 0.05  # that a rounded share times the base meets the count by accident; above it nothing is said
SAME = 0.0005  # 0.05 points: shares that agree in the first decimal
APART = 0.01  # a point: a plain mean nearer to the pooled share than this misleads nobody
_AVERAGE = re.compile(r"rata-rata\b.*\b(bobot|segmen|kelompok|kecamatan|desa)", re.I)
FIX_SHARE = "Cocokkan persentase di catatan dengan jumlah peserta dan penyebut dari laporan yang sama, lalu betulkan."


def fits(quote: Quote, part: float, whole: float) -> bool:
    """Whether part ÷ whole gives the quoted share, with all three rounded as they seem to be.

    |part/whole − share| ≤ half a unit of the share + half a unit of part ÷ whole + share · half a unit of whole ÷ whole
    """
    slack = 0.5 * (rounding(part, ROUNDED) + quote.share * rounding(whole, ROUNDED)) / whole
    return abs(part / whole - quote.share) <= quote.half + slack + 1e-9


def _given(part: float, whole: float, name: str) -> str:
    return f"{fmt.count(part)} dari {fmt.count(whole)} ({name}) = {fmt.percent(part / whole)}"


def quoted_share(region: Region) -> Iterator[Note]:
    """The share quoted at the number of insured is what insured ÷ base gives, on the base that the note names."""
    quote, people = claim(region.covered.note), region.covered.value
    if quote is None:
        return
    known = [(workers, called(p), p) for _, p, workers in bases(region)]
    if quote.count is not None and quote.count not in [n for n, _, _ in known]:
        known.append((quote.count, "angka di catatan", ""))
    expected = [k for k in known if quote.count == k[0] or quote.population == k[2]]
    if quote.count is None and quote.population is None:
        expected = known
    good = [k for k in expected if fits(quote, people, k[0])]
    if not expected or known[0] in good:
        return  # right, or of a base that the file does not give
    given = "; ".join(_given(people, workers, name) for workers, name, _ in known)
    places = ("covered", *(path for path, _, _ in bases(region)))
    if good:
        text = f"Catatan jumlah peserta menyebut {quote.text}. Itu bukan atas penyebut berkas ini: {given}."
        yield Note("quoted_on_other_base", NOTABLE, text, places, FIX_SHARE)
    else:
        text = f"Catatan jumlah peserta menyebut {quote.text}, tetapi tidak cocok dengan angkanya: {given}."
        yield Note("quoted_share", GRAVE, text, places, FIX_SHARE)


def quoted_segment_share(region: Region) -> Iterator[Note]:
    """The share quoted at a segment's insured is what its insured ÷ its workers gives."""
    for s in region.segments:
        quote, workers, people = claim(s.covered.note), s.workers.value, s.covered.value
        if quote is None or quote.population or not workers or quote.count not in (None, workers):
            continue
        if not fits(quote, people, workers):
            text = (
                f"Catatan peserta “{s.name}” menyebut {quote.text}, tetapi"
                f" {_given(people, workers, 'kelompok ini')}: tidak cocok."
            )
            yield Note(
                "quoted_segment_share",
                NOTABLE,
                text,
                (f"segments.{s.id}.covered", f"segments.{s.id}.workers"),
                FIX_SHARE,
            )


def share_of_other_base(region: Region) -> Iterator[Note]:
    """A note at another base that says what share of "this number" some people are is right."""
    for (path, name, workers), also in zip(bases(region)[1:], region.coverage_base.also, strict=True):
        for sentence in sentences(f"{also.note or ''} {also.workers.note or ''}"):
            quotes, numbers = shares(sentence), counts(sentence)
            if "angka ini" not in sentence.lower() or len(quotes) != 1 or len(numbers) != 1:
                continue
            if not fits(quotes[0], numbers[0], workers):
                text = (
                    f"Catatan pada penyebut lain menyebut {quotes[0].text}, tetapi"
                    f" {_given(numbers[0], workers, called(name))}: tidak cocok."
                )
                yield Note("share_of_other_base", NOTABLE, text, (path,), FIX_SHARE)


def covered_from_share(region: Region) -> Iterator[Note]:
    """The number of insured is a rounded share times the base, to the person: it was reckoned, not counted."""
    quote, people = claim(region.covered.note), region.covered.value
    base = region.coverage_base.workers.value
    if quote is None or abs(people - quote.share * base) > 0.5 or not people:
        return
    if region.covered.status != "assumption" and rounding(people) / (2 * quote.half * base) > CHANCE:
        return
    sure = "jadi" if region.covered.status == "assumption" else "tampaknya"
    text = (
        f"Jumlah peserta {fmt.count(people)} tepat {quote.text} × {fmt.count(base)} ({population(region)}), {sure}"
        " dihitung dari persentase, bukan didata."
    )
    others = [f"{fmt.count(quote.share * n)} orang atas {called(p)}" for _, p, n in bases(region)[1:]]
    if others:
        text += f" Persentase yang sama berarti {fmt.listing(others)}."
    unknown = base_unknown(region.covered.note)
    if unknown:
        text += " Catatannya sendiri mengakui penyebut persentase itu tidak diketahui."
    mend = "Minta jumlah peserta aktif pada satu tanggal dari kantor cabang BPJS Ketenagakerjaan, bukan persentasenya."
    yield Note("covered_from_share", GRAVE if unknown else NOTABLE, text, ("covered", "coverage_base.workers"), mend)


def average(region: Region) -> Iterator[Note]:
    """The reported coverage is the plain mean of the segments' shares, or its note says that it may be one.

    mean = Σ (covered_s ÷ workers_s) ÷ S, pooled = Σ covered_s ÷ Σ workers_s
    """
    some = [s for s in region.segments if s.workers.value]
    parts = [s.covered.value / s.workers.value for s in some]
    places = ("covered", *(f"segments.{s.id}.covered" for s in some))
    mend = "Jumlahkan peserta semua kelompok lalu bagi dengan jumlah pekerjanya; jangan rata-ratakan persentasenya."
    if len(some) > 1 and max(parts) - min(parts) > APART:
        mean = sum(parts) / len(parts)
        pooled = sum(s.covered.value for s in some) / sum(s.workers.value for s in some)
        if abs(mean - pooled) > APART and _reported_as(region, mean):
            text = (
                f"Cakupan yang dilaporkan sama dengan rata-rata biasa dari persentase {len(some)} kelompok"
                f" ({fmt.percent(mean)}). Bila memang dihitung begitu, angkanya keliru: gabungan kelompok itu"
                f" {fmt.percent(pooled)}."
            )
            yield Note("average", GRAVE, text, places, mend)
            return
    told = next((s for s in sentences(region.covered.note) if _AVERAGE.search(s)), None)
    if told:
        low, base = region.covered.low, region.coverage_base.workers.value
        text = (
            f"Jumlah peserta {fmt.count(region.covered.value)} dapat berasal dari rata-rata cakupan antarkelompok tanpa"
            " bobot; catatannya sendiri menyebut kemungkinan itu."
        )
        if low is not None:
            text += (
                f" Batas bawah di berkas {fmt.count(low)} orang ({fmt.percent(low / base)} dari {population(region)})."
            )
        yield Note("average_told", GRAVE, text, ("covered",), mend)


def _reported_as(region: Region, mean: float) -> bool:
    """Whether coverage, or the share quoted where that does not agree with it, is the mean."""
    quote, base = claim(region.covered.note), region.coverage_base.workers.value
    if abs(coverage(region) - mean) <= SAME:
        return True
    return quote is not None and not fits(quote, region.covered.value, base) and abs(quote.share - mean) <= quote.half


RULES = (quoted_share, quoted_segment_share, share_of_other_base, covered_from_share, average)
