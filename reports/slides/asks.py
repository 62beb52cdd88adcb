"""What the meeting is asked for: to decide what who pays for, to mend obligations, to check what is assumed."""

from reports import recommend
from reports.brief import Brief
from reports.slides.fit import plain, short
from simulator import indonesian as fmt
from simulator.projection import Projection
from simulator.questions import answer as answers
from simulator.questions.compare import PROPOSED, Side

NAME = 44  # characters of a name within a request
SMALL = 0.5  # rupiah or people; less is nothing
PAYERS = 3  # named one by one; where there are more, the largest two
AGAINST = ("tidak", "belum", "jangan", "tunda", "tolak")  # how a recommendation against the proposal begins
_MEND = {
    recommend.NOBODY: "agar jumlah pekerja terlindungi bertambah",
    recommend.FEWER_AT_END: "agar pekerja terlindungi pada akhir tahun tidak lebih sedikit daripada kondisi berjalan",
}


def main_side(brief: Brief) -> Side:
    """The side that the report is about."""
    return next((s for s in brief.sides if s.key == PROPOSED), brief.sides[0])


def advised(brief: Brief) -> Side | None:
    """The side that the recommendation is for: main, or another that it names first; None where it is against main."""
    text, main = plain(brief.recommendation), main_side(brief)
    if text.casefold().startswith(AGAINST):
        return None
    named = [s for s in brief.sides if text.startswith(f"Disarankan “{plain(s.name)}”")]
    return named[0] if named else main if main.key == PROPOSED else None


def task(brief: Brief) -> str:
    """What the meeting is to do, in a few words."""
    found, main = advised(brief), main_side(brief)
    if main.key != PROPOSED and found is None:
        return "memutuskan langkah berikutnya"
    if found is None:
        return "menunda usulan ini"
    return "memutuskan usulan ini" if found is main else f"memutuskan “{short(plain(found.name), NAME)}”"


def asks(brief: Brief) -> list[str]:
    """The requests, a sentence each."""
    found = [_decision(brief)]
    left = answers.figures(brief.run, brief.year).must_uninsured
    if left >= SMALL:
        found.append(f"Tetapkan pembayar iuran bagi {fmt.count(left)} pekerja kewajiban yang belum terlindungi.")
    most = [short(plain(r[0]), 48) for r in brief.assumptions.rows[:2]]
    if most:
        found.append(f"Periksa dengan data daerah, yang paling menentukan lebih dahulu: {' dan '.join(most)}.")
    return found


def _decision(brief: Brief) -> str:
    side, main = advised(brief), main_side(brief)
    if side is None and main.key != PROPOSED:
        return "Putuskan: kebijakan sekarang diteruskan atau diubah."
    verdict = recommend.verdict(answers.answer(brief.run, brief.baseline, brief.year), brief.run)
    own = f"“{short(plain(main.name), NAME)}”"
    if side is None:
        return f"Tunda {own} ({paid(brief.run, brief.year)}); minta perbaikan{_mend(verdict)}."
    instead = f" sebagai pengganti {own}" if side is not main and main.key == PROPOSED else ""
    text = f"Putuskan “{short(plain(side.name), NAME)}”{instead}: {paid(side.run, brief.year)}"
    if side is main and verdict == recommend.HOPEFUL:
        text += "; syaratnya, kesanggupan para penanggung dipastikan dahulu"
    return f"{text}."


def _mend(verdict: str) -> str:
    return f" {_MEND[verdict]}" if verdict in _MEND else ""


def paid(run: Projection, year: int) -> str:
    """A year's contributions and who pays them, the largest first."""
    i = run.years.years.index(year)
    money = [(f.name, float(run.years.cost[i, k, 0])) for k, f in enumerate(run.region.funders)]
    money = sorted((m for m in money if m[1] >= SMALL), key=lambda m: -m[1])
    if not money:
        return f"tanpa iuran dari sumber pendanaan pada {year}"
    text = f"iuran {fmt.rupiah(sum(v for _, v in money))} pada {year}"
    if len(money) == 1:
        return f"{text}, seluruhnya dari {short(plain(money[0][0]), NAME)}"
    kept = money if len(money) <= PAYERS else money[: PAYERS - 1]
    named = [f"{short(plain(n), NAME)} {fmt.rupiah(v)}" for n, v in kept]
    left = len(money) - len(kept)
    return f"{text}, dari {fmt.listing([*named, *([f'{left} sumber lain'] if left else [])])}"
