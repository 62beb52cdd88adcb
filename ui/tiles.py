"""The answer's tiles: each figure with its change against today's policy."""

from dataclasses import replace

from simulator import Projection
from simulator import indonesian as fmt
from simulator.questions import formulas
from simulator.questions.answer import Answer, base_name
from simulator.registry import POPULATIONS
from ui import origin
from ui.html import Tile


def _change(now: float, before: float, text: str, more_is_good: bool | None) -> dict:
    """The change against today's policy and whether it is welcome."""
    difference = now - before
    if not any(digit in text for digit in "123456789"):
        return {"change": "tetap", "good": None}
    good = None if more_is_good is None else (difference > 0) == more_is_good
    return {"change": fmt.signed(text, difference), "good": good}


KEYS = (
    "coverage_end",
    "coverage_average",
    "active_end",
    "added",
    "must_uninsured",
    "apbd_cost",
    "cost",
    "per_worker",
    "per_point",
    "others",
)


def build(a: Answer, p: Projection) -> list[Tile]:
    """Tiles of one year, each with its formula and where the numbers in it come from."""
    found, told = formulas.tiles(a, p), origin.Told()
    plain = [*_coverage(a, p), *_people(a), *_money(a), *_other_bases(a)]
    return [
        replace(t, key=key, origin=origin.explanation(found[key], told, t.name))
        for t, key in zip(plain, KEYS, strict=False)
    ]


def _coverage(a: Answer, p: Projection) -> list[Tile]:
    run, old, base = a.run, a.baseline, base_name(p)
    rows = (
        (
            f"Cakupan akhir {a.year}",
            run.coverage_end,
            old.coverage_end,
            "Terlindungi bulan terakhir ÷ penyebut",
        ),
        (
            f"Cakupan rata-rata {a.year}",
            run.coverage_average,
            old.coverage_average,
            "Rata-rata cakupan tiap bulan",
        ),
        (
            "Peserta aktif hitungan BPJS",
            run.active_end,
            old.active_end,
            "Terbayar bulan ini atau masih masa tunggak",
        ),
    )
    found = []
    for name, now, before, explain in rows:
        found.append(
            Tile(
                name,
                fmt.percent(now),
                f"dari {base}",
                **_change(now, before, fmt.points(now - before), True),
                explain=f"{explain}. Kondisi berjalan: {fmt.percent(before)}.",
            )
        )
    return found


def _other_bases(a: Answer) -> list[Tile]:
    """The same people as a share of the other bases."""
    if not a.run.others:
        return []
    (first, share), *rest = a.run.others
    more = "".join(f"; {fmt.percent(v)} {POPULATIONS[k]}" for k, v in rest)
    below = f"dari {POPULATIONS[first]}{more}"
    return [Tile("Dengan penyebut lain", fmt.percent(share), below, explain="Orang yang sama, penyebut yang lain.")]


def _people(a: Answer) -> list[Tile]:
    run, old = a.run, a.baseline
    open_change = run.must_uninsured - old.must_uninsured
    return [
        Tile(
            "Pekerja tambahan terlindungi",
            fmt.signed(fmt.count(a.added), a.added),
            f"rata-rata setahun {fmt.signed(fmt.count(a.added_average), a.added_average)}",
            explain=f"Terlindungi akhir {a.year} dikurangi kondisi berjalan ({fmt.count(old.insured_end)}).",
        ),
        Tile(
            "Kewajiban belum terlindungi",
            fmt.count(run.must_uninsured),
            "pekerja",
            **_change(run.must_uninsured, old.must_uninsured, fmt.count(open_change), False),
            explain="Pekerja yang pemberi kerjanya pemerintah daerah atau desa dan belum terlindungi.",
        ),
    ]


def _why_none(a: Answer) -> str:
    return "tanpa biaya tambahan" if a.added_average > 0.5 else "tidak ada tambahan"


def _money(a: Answer) -> list[Tile]:
    run, old = a.run, a.baseline
    share = f"; {fmt.percent(run.apbd_share)} dari APBD" if run.apbd_share is not None else ""
    return [
        Tile(
            f"Biaya APBD {a.year}",
            fmt.rupiah(run.apbd_cost),
            f"setahun{share}",
            **_change(run.apbd_cost, old.apbd_cost, fmt.rupiah(run.apbd_cost - old.apbd_cost), None),
            explain="Iuran terbayar dari APBD, APBD Perubahan, dan DBHCHT (bagian dari APBD).",
        ),
        Tile(
            f"Biaya semua sumber {a.year}",
            fmt.rupiah(run.cost),
            "setahun",
            **_change(run.cost, old.cost, fmt.rupiah(run.cost - old.cost), None),
            explain=f"Iuran terbayar semua sumber: {fmt.rupiah_full(run.cost)}.",
        ),
        Tile(
            "Biaya 1 pekerja tambahan",
            fmt.rupiah(a.per_worker) if a.per_worker else fmt.NONE,
            "setahun, rata-rata" if a.per_worker else _why_none(a),
            explain=f"Tambahan biaya {fmt.rupiah(a.extra_cost)} ÷ rata-rata {fmt.count(a.added_average)}"
            " pekerja tambahan.",
        ),
        Tile(
            "Harga satu poin cakupan",
            fmt.rupiah(a.per_point) if a.per_point else fmt.NONE,
            "setahun, cakupan rata-rata" if a.per_point else _why_none(a),
            explain=f"Tambahan biaya {fmt.rupiah(a.extra_cost)} ÷ tambahan poin cakupan rata-rata.",
        ),
    ]
