"""Timings of documents: what is gathered, then memo, slides and the workbook, one scenario and four compared."""

from benchmarks.data import _row
from benchmarks.engine import _milliseconds

REPEATS = 3
REGION, MAIN = "blora-2027", "gotong_royong"
OTHERS = ("asn_usulan_3", "dbhcht", "kewajiban_dahulu", "apbdes")


def main() -> None:
    """Print the table."""
    from reports.brief import Order, Setting
    from reports.gather import gather
    from reports.make import KINDS, make
    from reports.memo.figures import pictures
    from simulator import load_region
    from simulator.catalogue import FOLDER

    region = load_region(FOLDER / f"{REGION}.yaml")
    names = {s.id: s.name for s in region.scenarios}
    print(f"{f'reports: {REGION}, 5 years':52}{'median ms':>10}{'best ms':>10}  aim")
    for others in ((), OTHERS):
        order = Order(region, Setting(names[MAIN], MAIN), tuple(Setting(names[i], i) for i in others))
        beside = f", {len(others)} compared" if others else ""
        _row(f"runs, draws, stress tests{beside}", *_milliseconds(lambda o=order: gather(o), REPEATS))
        for ending in KINDS:
            took = _milliseconds(lambda o=order, e=ending: make(o, e), REPEATS)
            _row(f"{KINDS[ending].name}{beside}", *took, "<= 5000")
    brief = gather(order)
    _row("two charts as PNG, as in the memo", *_milliseconds(lambda: pictures(brief), REPEATS))
