"""Golden results: what every preset of every shipped region gives, kept in `tests/golden/`.

After a change that is meant to change results (a rule, a rate, a number of a region file), look at what the failing
test says has changed, raise the version, say why in `tests/golden/changes.yaml`, then rewrite the files and commit
them together with the change:

    python -m tests.golden_update                # all regions
    python -m tests.golden_update ponorogo       # only these
"""

import json
import sys

from simulator.proof import golden
from simulator.proof.golden import GOLDEN, SCENARIOS, files, runs
from simulator.version import MODEL_VERSION


def written(found):
    """The text of a golden file: a line a year, so that a change reads well in a diff."""
    presets = []
    for preset, years in found["runs"].items():
        lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in years)
        presets.append(f"{json.dumps(preset)}: [\n{lines}\n]")
    version = f'"version": {json.dumps(found["version"])},\n' if "version" in found else ""
    columns = json.dumps(found["columns"])
    return "{" + version + '"columns": ' + columns + ',\n"runs": {\n' + ",\n".join(presets) + "\n}}\n"


def main(names):
    """Rewrites the golden files of these regions, or of all; takes away those of regions that are gone."""
    GOLDEN.mkdir(exist_ok=True)
    for path in files():
        if not names or path.stem in names:
            text = written({"version": MODEL_VERSION, **runs(path)})
            (GOLDEN / f"{path.stem}.json").write_text(text, encoding="utf-8")
            print(f"{path.stem}: written")
    for old in GOLDEN.glob("*.json"):
        if not (SCENARIOS / f"{old.stem}.yaml").exists():
            old.unlink()
            print(f"{old.stem}: taken away")
    if MODEL_VERSION not in {change.version for change in golden.record_of()}:
        print(f"{golden.GOLDEN.name}/changes.yaml: say there what version {MODEL_VERSION} changed, and why")


if __name__ == "__main__":
    main(sys.argv[1:])
