"""Golden results: what every preset of every shipped region gives, kept in `tests/golden/`.

After a change that is meant to change results (a rule, a rate, a number of a region file), look at what the failing
test says has changed, then rewrite the files and commit them together with the change:

    python -m tests.golden_update                # all regions
    python -m tests.golden_update ponorogo       # only these
"""

import json
import sys
from pathlib import Path

from simulator import load_region, project

SCENARIOS = Path(__file__).parent.parent / "scenarios"
GOLDEN = Path(__file__).parent / "golden"
AS_WRITTEN = "as written"
RUPIAH = {"cost", "available", "unspent", "not_absorbed", "jkm"}
DIGITS = 10  # significant; enough to see any real change, too few to see a processor's last bit


def files():
    """All shipped region files, the template too."""
    return sorted(SCENARIOS.glob("*.yaml"))


def flat(row, prefix=""):
    """{"cost.apbd": 5} of {"cost": {"apbd": 5}}."""
    found = {}
    for key, value in row.items():
        found.update(flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value})
    return found


def dust(column):
    """What is nothing in this column: sums of billions of rupiah leave a hundredth, people and shares far less."""
    return 0.01 if column.split(".")[0] in RUPIAH else 1e-8


def rounded(number, column):
    """A number with ten significant digits, 0 where it is but rounding."""
    short = float(f"{number:.{DIGITS}g}")
    return 0 if abs(short) < dust(column) else int(short) if short.is_integer() else short


def runs(path):
    """{"columns": [names], "runs": {preset: [a row of numbers a year]}} of a region file as it is now."""
    region = load_region(path)
    presets = [None, *(s.id for s in region.scenarios)]
    rows = {preset or AS_WRITTEN: [flat(y) for y in project(region, preset).records["yearly"]] for preset in presets}
    columns = list(rows[AS_WRITTEN][0])
    return {
        "columns": columns,
        "runs": {preset: [[rounded(year[c], c) for c in columns] for year in years] for preset, years in rows.items()},
    }


def written(found):
    """The text of a golden file: a line a year, so that a change reads well in a diff."""
    presets = []
    for preset, years in found["runs"].items():
        lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in years)
        presets.append(f"{json.dumps(preset)}: [\n{lines}\n]")
    return '{"columns": ' + json.dumps(found["columns"]) + ',\n"runs": {\n' + ",\n".join(presets) + "\n}}\n"


def main(names):
    """Rewrites the golden files of these regions, or of all; takes away those of regions that are gone."""
    GOLDEN.mkdir(exist_ok=True)
    for path in files():
        if not names or path.stem in names:
            (GOLDEN / f"{path.stem}.json").write_text(written(runs(path)), encoding="utf-8")
            print(f"{path.stem}: written")
    for old in GOLDEN.glob("*.json"):
        if not (SCENARIOS / f"{old.stem}.yaml").exists():
            old.unlink()
            print(f"{old.stem}: taken away")


if __name__ == "__main__":
    main(sys.argv[1:])
