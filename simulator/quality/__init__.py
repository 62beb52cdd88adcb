"""Notes on the quality of a region's data: what a careful statistician would ask about the file as it is written.

It looks at what the file says, not at what funding brings about (that is `simulator.questions.warnings`). Each rule
looks at one thing and stays silent where it cannot be sure; a scenario or typed changes make a region of their own, and
its notes are had the same way.

- `shares`   quoted percentages, counts made of percentages, averages of percentages
- `parts`    parts larger than wholes, people counted twice, what no segment holds
- `bases`    dates that lie apart, old figures, targets on another base
- `sources`  figures without source, assumptions without range
- `asked`    round figures, silent zeros, low pay, workers nobody may pay for
"""

from simulator.quality import asked, bases, parts, shares, sources
from simulator.quality.note import Note
from simulator.schema import Region

RULES = (*shares.RULES, *parts.RULES, *bases.RULES, *sources.RULES, *asked.RULES)

__all__ = ["RULES", "Note", "notes"]


def notes(region: Region) -> list[Note]:
    """All notes on a region's data, gravest first, else in the order of the rules. A valid region raises nothing."""
    return sorted((note for rule in RULES for note in rule(region)), key=lambda note: note.weight)
