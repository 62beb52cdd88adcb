"""Sources: which figures of weight nobody can trace, and which are assumed as if they were certain."""

import re
from collections.abc import Iterator

from simulator import indonesian as fmt
from simulator.levers import numbers
from simulator.quality.note import Note, names, weighty
from simulator.quality.quotes import sentences
from simulator.questions.warnings import GRAVE, NOTABLE, REMARK
from simulator.region import plain_data
from simulator.rules import unlisted_references
from simulator.schema import Region

MOST = 0.5  # of the numbers given: more assumed ones than others
QUOTED = 200  # letters: a longer sentence is no quotation
_DOUBT = re.compile(r"diragukan|tidak dijelaskan|tanpa definisi|tidak cocok|perubahan cara menghitung", re.I)
ENOUGH = 10  # numbers with a status: of fewer no share is worth telling


def no_source(region: Region) -> Iterator[Note]:
    """A figure of weight has a reference or a status."""
    known = list(weighty(region))
    found = [f for f in known if not f.quantity.reference and not f.quantity.status]
    if not found:
        return
    text = f"{len(found)} dari {len(known)} angka pokok tidak menyebut sumber maupun status: "
    text += f"{names([f.label for f in found])}."
    mend = "Tambahkan sumber, tanggal data, dan status; angka tanpa bukti ditandai sebagai asumsi dan diberi rentang."
    first = {"coverage_base.workers", "covered"} & {f.path for f in found}
    yield Note("no_source", GRAVE if first else NOTABLE, text, tuple(f.path for f in found), mend)


def no_range(region: Region) -> Iterator[Note]:
    """An assumption of weight has a range, for it is not certain."""
    found = [f for f in weighty(region) if f.quantity.status == "assumption" and not f.quantity.ranged]
    if found:
        told = [f"{f.label} ({_value(f.path, f.quantity.value)})" for f in found]
        which = "Satu angka pokok berupa" if len(found) == 1 else f"{len(found)} angka pokok berupa"
        text = f"{which} asumsi tanpa rentang, jadi dihitung seolah-olah pasti: {names(told)}."
        mend = "Beri batas bawah dan batas atas yang masuk akal, atau ganti dengan angka bersumber."
        yield Note("no_range", NOTABLE, text, tuple(f.path for f in found), mend)


def _value(path: str, value: float) -> str:
    return fmt.rupiah(value) if path.endswith("annual_budget") else fmt.count(value)


def doubted(region: Region) -> Iterator[Note]:
    """A figure of weight whose own note doubts it: told with the note's words."""
    found = []
    for f in weighty(region):
        notes = (
            f"{f.quantity.note or ''} {region.coverage_base.note or '' if f.path == 'coverage_base.workers' else ''}"
        )
        told = next((s.rstrip(".;") for s in sentences(notes) if _DOUBT.search(s) and len(s) <= QUOTED), None)
        if told:
            found.append((f.path, f"{f.label} (“{told}”)"))
    if found:
        text = f"Catatan di berkas sendiri meragukan {names([t for _, t in found])}."
        mend = "Minta penjelasan tertulis dari pemberi angka, lalu tulis jawabannya di catatan atau ganti angkanya."
        yield Note("doubted", NOTABLE, text, tuple(path for path, _ in found), mend)


def mostly_assumed(region: Region) -> Iterator[Note]:
    """Most of the numbers that the file gives are not assumptions."""
    once = {id(n.quantity): n.quantity for n in numbers(region) if n.quantity and n.quantity.status}  # some stand in
    stated = [q.status for q in once.values()]
    assumed = stated.count("assumption")
    if len(stated) >= ENOUGH and assumed > MOST * len(stated):
        text = (
            f"{assumed} dari {len(stated)} angka yang diberi status ({fmt.percent(assumed / len(stated), 0)}) berupa"
            f" asumsi; hanya {len(stated) - assumed} berasal dari peraturan, statistik, atau laporan."
        )
        mend = "Dahulukan mengganti asumsi yang paling memengaruhi hasil; lihat halaman Risiko."
        yield Note("mostly_assumed", REMARK, text, (), mend)


def references(region: Region) -> Iterator[Note]:
    """Every source that is named is in the list of sources, and every one in the list is named."""
    data = plain_data(region)
    unlisted = list(unlisted_references(data))
    if unlisted:
        keys = list(dict.fromkeys(name for _, name in unlisted))
        text = f"Sumber yang disebut tetapi tidak ada dalam daftar sumber: {names(keys)}."
        mend = "Tambahkan judul, alamat, dan tanggalnya ke daftar sumber."
        yield Note("unlisted_sources", NOTABLE, text, tuple(path for path, _ in unlisted), mend)
    used = {name for _, name in unlisted_references({**data, "references": {}})}
    idle = [key for key in region.references if key not in used]
    if idle:
        titles = [f"“{region.references[key].title}”" for key in idle]
        text = f"Sumber dalam daftar yang tidak dipakai angka mana pun: {names(titles)}."
        mend = "Kaitkan dengan angkanya, atau hapus dari daftar."
        yield Note("idle_sources", REMARK, text, tuple(f"references.{key}" for key in idle), mend)


RULES = (no_source, doubted, no_range, mostly_assumed, references)
