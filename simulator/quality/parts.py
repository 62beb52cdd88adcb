"""Parts and wholes: what is larger than it can be, who may be counted twice, how much nobody has told apart."""

import re
from collections.abc import Iterator
from itertools import combinations

from simulator import indonesian as fmt
from simulator.quality.note import NAMED, Note, bases, called, names, population, residual
from simulator.quality.quotes import sentences
from simulator.questions.warnings import GRAVE, NOTABLE, REMARK
from simulator.schema import Quantity, Region, Segment, SponsorFunder

FULL = 0.9  # of the residual insured: nowhere are nine in ten of all other workers insured
LEFT = 0.1  # of the base: so many workers in the residual without one insured are not believable
UNTOLD = 0.5  # of base and of insured: more than half without a segment leaves the file silent on most
_FILLING = {"di", "yang", "pada", "dari", "para", "pekerja", "tenaga", "terdata", "terdaftar", "data"}
_LIST = re.compile(r"[,;/&]|\b(?:dan|atau|serta)\b")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TWICE = re.compile(
    r"memuat juga|juga (ada |tercatat |termasuk )*(di |pada )?dalam daftar|juga ada (di|pada)|tumpang tindih"
    r"|terhitung (dua kali|ganda)|terdata ganda",
    re.I,
)
_ALONE = re.compile(r"membayar sendiri.*(tidak diketahui|lainnya)", re.I)


def larger_than_a_base(region: Region) -> Iterator[Note]:
    """The segments together, and the insured, fit into every other base that the file gives."""
    total, covered = sum(s.workers.value for s in region.segments), region.covered.value
    for path, name, workers in bases(region)[1:]:
        mend = f"Periksa tanggal dan batasan {called(name)} serta daftar kelompoknya; salah satunya keliru."
        if total > workers:
            text = (
                f"Kelompok pekerja berjumlah {fmt.count(total)} orang, lebih besar daripada {called(name)}"
                f" ({fmt.count(workers)})."
            )
            alone = next((s for s in region.segments if s.workers.value > workers), None)
            if alone:
                text += f" {alone.name} saja sudah {fmt.count(alone.workers.value)}."
            places = (path, *(f"segments.{s.id}.workers" for s in region.segments))
            yield Note("larger_than_a_base", GRAVE, text, places, mend)
        if covered > workers:
            text = f"Peserta {fmt.count(covered)} orang, lebih banyak daripada {called(name)} ({fmt.count(workers)})."
            yield Note("larger_than_a_base", GRAVE, text, ("covered", path), mend)


def order_of_bases(region: Region) -> Iterator[Note]:
    """Nobody works who is not in the labour force: it is the largest of the bases."""
    sizes = {name: (path, workers) for path, name, workers in reversed(bases(region))}
    whole = sizes.get("labour_force")
    for name in ("employed", "bpjs_potential"):
        if whole and name in sizes and sizes[name][1] > whole[1]:
            text = (
                f"{called(name)[:1].upper()}{called(name)[1:]} {fmt.count(sizes[name][1])} orang, lebih besar daripada"
                f" angkatan kerja {fmt.count(whole[1])}, padahal bagian darinya."
            )
            mend = "Ambil kedua angka dari tanggal dan terbitan yang sama."
            yield Note("order_of_bases", GRAVE, text, (sizes[name][0], whole[0]), mend)


def ranges_collide(region: Region) -> Iterator[Note]:
    """High ends of parts stay within the low end of the whole, so that every draw can be true."""
    base, found = region.coverage_base, []
    for s in region.segments:
        high, low = _high(s.covered), _low(s.workers)
        if (s.covered.ranged or s.workers.ranged) and high > low:
            found.append(
                (f"segments.{s.id}.covered", f"peserta “{s.name}” sampai {fmt.count(high)} dari {fmt.count(low)}")
            )
    parts, room = sum(_high(s.workers) for s in region.segments), _low(base.workers) - _high(base.outside)
    if parts > room:
        text = f"semua kelompok bersama sampai {fmt.count(parts)} dari {fmt.count(room)} yang dapat menjadi peserta"
        found.append(("coverage_base.workers", text))
    if _high(region.covered) > room:
        text = f"peserta seluruhnya sampai {fmt.count(_high(region.covered))} dari {fmt.count(room)}"
        found.append(("covered", text))
    if found:
        text = f"Ada rentang yang tidak mungkin benar bersama: {names([t for _, t in found])}."
        mend = "Sempitkan batas atas bagian atau batas bawah keseluruhannya; model menggeser undian yang bertabrakan."
        yield Note("ranges_collide", NOTABLE, text, tuple(p for p, _ in found), mend)


def _high(q: Quantity) -> float:
    return q.value if q.high is None else q.high


def _low(q: Quantity) -> float:
    return q.value if q.low is None else q.low


def the_rest(region: Region) -> Iterator[Note]:
    """What the segments leave is neither all insured nor without anyone insured, and not most of the file."""
    workers, insured = residual(region)
    base, covered, name = region.coverage_base.workers.value, region.covered.value, region.other.name
    places = ("covered", "coverage_base.workers", "other")
    if workers >= 1 and insured / workers >= FULL:
        text = (
            f"“{name}” (sisa penyebut): {fmt.count(insured)} dari {fmt.count(workers)} orang sudah peserta"
            f" ({fmt.percent(insured / workers)}). Setinggi itu tidak lazim; penyebut mungkin terlalu kecil, atau"
            " peserta suatu kelompok belum dimasukkan ke kelompoknya."
        )
        mend = "Periksa penyebut dan jumlah peserta, lalu pindahkan peserta yang diketahui ke kelompoknya."
        yield Note("rest_full", NOTABLE, text, places, mend)
    elif workers >= LEFT * base and insured < 1:
        text = (
            f"Tidak seorang pun dari {fmt.count(workers)} {fmt.inside(name)} tercatat sebagai peserta, padahal pekerja"
            " perusahaan dan peserta mandiri ada di sana."
        )
        mend = "Isi jumlah peserta dengan seluruh peserta aktif, termasuk yang didaftarkan perusahaan."
        yield Note("rest_empty", NOTABLE, text, places, mend)
    elif workers > UNTOLD * base and insured > UNTOLD * covered:
        text = (
            f"{fmt.percent(workers / base, 0)} dari {population(region)} ({fmt.count(workers)} orang) dan"
            f" {fmt.percent(insured / covered, 0)} peserta ({fmt.count(insured)}) berada di {fmt.inside(name)}, tanpa"
            " rincian kelompok."
        )
        mend = "Minta rincian peserta menurut segmen kepada BPJS Ketenagakerjaan dan tambahkan kelompok yang besar."
        yield Note("rest_untold", REMARK, text, places, mend)


def pay_themselves(region: Region) -> Iterator[Note]:
    """Segments whose notes say that members who pay themselves are not among their insured."""
    found = [s for s in region.segments if any(_ALONE.search(x) for x in sentences(s.covered.note))]
    if found:
        text = (
            f"Peserta yang membayar sendiri tidak terhitung di {names([f'“{s.name}”' for s in found])}; cakupan"
            f" kelompok itu batas bawah, dan mereka yang sudah peserta dapat ikut didaftarkan sekali lagi."
        )
        mend = "Cocokkan daftar kelompok dengan data peserta BPJS Ketenagakerjaan menurut NIK."
        yield Note("pay_themselves", REMARK, text, tuple(f"segments.{s.id}.covered" for s in found), mend)


def more_sponsors_than_outside(region: Region) -> Iterator[Note]:
    """Civil servants are outside the scheme; a base that holds them says so with at least as many as may sponsor."""
    outside = region.coverage_base.outside.value
    if region.coverage_base.population == "bpjs_potential" or not outside:
        return  # none outside at all is asked about elsewhere
    for f in region.funders:
        words = set(_WORD.findall(f"{f.id} {f.name}".lower().replace("_", " ")))
        if isinstance(f, SponsorFunder) and words & {"asn", "pns"} and f.sponsors.value > outside:
            text = (
                f"“{f.name}”: {fmt.count(f.sponsors.value)} calon penanggung, lebih banyak daripada semua yang di luar"
                f" kepesertaan ({fmt.count(outside)}), padahal ASN termasuk di sana."
            )
            mend = "Samakan jumlah ASN pada kedua angka dan tambahkan TNI, Polri, serta penganggur bila perlu."
            places = (f"funders.{f.id}.sponsors", "coverage_base.outside")
            yield Note("more_sponsors_than_outside", NOTABLE, text, places, mend)


def alike(region: Region) -> Iterator[Note]:
    """Segments of the same name, of names that name the same workers, or of the same uneven number."""
    mend = "Pastikan kedua daftar memuat orang yang berbeda (cocokkan NIK); gabungkan bila sama."
    similar = []
    for a, b in combinations(region.segments, 2):
        places = (f"segments.{a.id}.workers", f"segments.{b.id}.workers")
        both = f"“{a.name}” ({fmt.count(a.workers.value)} orang) dan “{b.name}” ({fmt.count(b.workers.value)} orang)"
        if _bare(a) and _bare(a) == _bare(b):
            most = fmt.count(min(a.workers.value, b.workers.value))
            text = f"Dua kelompok bernama sama: {both}. Paling banyak {most} orang dapat terhitung dua kali."
            yield Note("same_name", GRAVE, text, places, mend)
        elif _name_the_same(a, b):
            similar.append((places, both))
        elif a.workers.value == b.workers.value and a.workers.value >= 100 and a.workers.value % 100:
            text = f"Kelompok {both} berjumlah persis sama; mungkin daftar yang sama atau salah salin."
            yield Note("same_count", NOTABLE, text, places, mend)
    if similar:
        text = f"Nama kelompok menyebut pekerja yang sama: {'; '.join(both for _, both in similar[:NAMED])}"
        text += f"; dan {len(similar) - NAMED} pasang lainnya" if len(similar) > NAMED else ""
        places = tuple(dict.fromkeys(path for pair, _ in similar for path in pair))
        yield Note("alike_names", NOTABLE, f"{text}. Mereka dapat terhitung dua kali.", places, mend)


def _bare(s: Segment) -> str:
    """A name without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", s.name.lower())


def _kinds(s: Segment) -> list[set[str]]:
    """The kinds of workers that a name lists, each as its main words; what stands in brackets explains the list."""
    listed = _LIST.split(re.sub(r"\([^)]*\)", " ", s.name.lower()))
    words = ({w for w in _WORD.findall(part) if not w.isdigit()} - _FILLING for part in listed)
    return [found for found in words if found]


def _name_the_same(a: Segment, b: Segment) -> bool:
    """Whether a kind of workers of one name is one of the other's, or the wider of the two."""
    return any(x <= y or y <= x for x in _kinds(a) for y in _kinds(b))


def told_twice(region: Region) -> Iterator[Note]:
    """A note that says itself that lists may overlap."""
    for s in region.segments:
        for where, note in (("workers", s.workers.note), ("covered", s.covered.note), ("note", s.note)):
            told = next((x for x in sentences(note) if _TWICE.search(x)), None)
            if told:
                who = f"“{s.name}” ({fmt.count(s.workers.value)} orang)"
                text = f"{who} mungkin juga terhitung di kelompok lain. Catatannya: “{told.rstrip('.;')}”."
                mend = "Cocokkan daftar itu dengan kelompok yang disebut (NIK), lalu kurangi jumlah yang sama."
                yield Note("told_twice", NOTABLE, text, (f"segments.{s.id}.{where}",), mend)
                break


RULES = (
    larger_than_a_base,
    order_of_bases,
    ranges_collide,
    more_sponsors_than_outside,
    alike,
    told_twice,
    the_rest,
    pay_themselves,
)
