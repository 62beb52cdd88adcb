"""20,000 plain random draws of the slow reference: what bands and chances are held to (`tests/draws/*.json`).

Nothing of the product is used but its YAML reader: the ranges are read from the plain data of the file, drawn by
Python's own `random.triangular`, and each draw is a run of `reference.run`. That takes some seven minutes a region, so
the results are kept; a test repeats the first draws to see that they still are what the reference gives.

    python -m tests.plain_draws            # all; after a change of the model or of these region files
"""

import json
import math
import random
import sys
from copy import deepcopy
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

import reference

from simulator.yaml_io import read_yaml

SCENARIOS = Path(__file__).parent.parent / "scenarios"
KEPT = Path(__file__).parent / "draws"
CASES = (("palopo", "gotong_royong", 0.675), ("blora-2027", "asn_realisasi", 0.25))  # region, scenario, a goal
DRAWS, SEED, REPEATED = 20_000, 1, 12
WHOLE = ("months", "start_month", "grace_months")  # drawn numbers that are counted
PERCENTILES = (10, 50, 90)


def plain_data(name):
    """The plain data of a shipped region file."""
    data, faults = read_yaml((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"), name)
    assert not faults
    return data


def with_scenario(data, scenario):
    """The data with a scenario's numbers set; a number that is set keeps its range, widened to hold the new value."""
    data = deepcopy(data)
    settings = next(s["set"] for s in data["scenarios"] if s["id"] == scenario)
    for path, value in settings.items():
        owner, key = place(data, path)
        old = owner.get(key)
        new = dict(value) if isinstance(value, dict) else {"value": value}
        if isinstance(old, dict) and isinstance(new["value"], (int, float)) and not {"low", "high"} & set(new):
            new |= {end: pick(old[end], new["value"]) for end, pick in (("low", min), ("high", max)) if end in old}
        owner[key] = new if len(new) > 1 else value
    return data


def place(data, path):
    """(mapping, key) of a path in plain data."""
    head, *rest = path.split(".")
    if not rest:
        return data, head
    owner = data.get(head) if head in ("coverage_base", "assumptions", "other") else None
    if owner is None:
        owner = next(x for kind in ("segments", "funders") for x in data[kind] if x["id"] == head)
    for key in rest[:-1]:
        owner = owner.setdefault(int(key) if key.isdigit() else key, {})
    return owner, rest[-1]


def ranges(data, path=""):
    """{path: (low, mode, high)} of every number with a range that a run hangs on."""
    found = {}
    parts = {key: data[key] for key in ("covered",) if key in data}
    for owner in ("coverage_base", "assumptions", "other"):
        parts |= {f"{owner}.{k}": v for k, v in data.get(owner, {}).items() if k != "also"}
    for item in (*data["segments"], *data["funders"]):
        for key, v in item.items():
            inner = v if key in ("paid_before", "by_year") else {}
            parts |= {f"{item['id']}.{key}.{k}": x for k, x in inner.items()} or {f"{item['id']}.{key}": v}
    for where, raw in parts.items():
        if isinstance(raw, dict) and "low" in raw and "high" in raw and raw["low"] < raw["high"]:
            found[where] = (raw["low"], raw["value"], raw["high"])
    return found


def draw(known, generator):
    """One value of each number."""
    values = {path: generator.triangular(low, high, mode) for path, (low, mode, high) in known.items()}
    return {path: round(v) if path.split(".")[-1] in WHOLE else v for path, v in values.items()}


def figures(data, values):
    """{figure: [a number a year]} of one draw."""
    found = reference.run(data, None, values)["yearly"]
    return {
        "coverage_end": [y["coverage_end"] for y in found],
        "coverage_average": [y["coverage_average"] for y in found],
        "cost": [math.fsum(y["cost"].values()) for y in found],
    }


def percentile(values, percent):
    """The percentile of sorted values, straight between neighbours."""
    at = (len(values) - 1) * percent / 100
    below = math.floor(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (at - below) * (values[above] - values[below])


def summary(name, scenario, goal, draws=DRAWS):
    """Bands of every year, the chance of so much coverage at every year's end, and the first draws."""
    data = with_scenario(plain_data(name), scenario)
    known, generator = ranges(data), random.Random(SEED)
    runs = [figures(data, draw(known, generator)) for _ in range(draws)]
    years = range(len(runs[0]["cost"]))
    bands = {}
    for what in runs[0]:
        columns = [sorted(run[what][i] for run in runs) for i in years]
        bands[what] = [[percentile(column, p) for p in PERCENTILES] for column in columns]
    chances = [sum(run["coverage_end"][i] >= goal for run in runs) / draws for i in years]
    return {
        "region": name,
        "scenario": scenario,
        "goal": goal,
        "draws": draws,
        "numbers": sorted(known),
        "bands": bands,
        "chances": chances,
        "first": runs[:REPEATED],
    }


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for region, chosen, goal in CASES:
        if not sys.argv[1:] or region in sys.argv[1:]:
            text = json.dumps(summary(region, chosen, goal), indent=1)
            (KEPT / f"{region}.json").write_text(text + "\n", encoding="utf-8")
            print(f"{region}: written", flush=True)
