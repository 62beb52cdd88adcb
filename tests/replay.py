"""A setting played in the reference model: what the plain loops make of what a question answered."""

from copy import deepcopy

import reference

KEYS = {"end": "coverage_end", "average": "coverage_average", "active": "active_end"}


class Replay:
    """One year of a run of the reference: `coverage` by a measure, `base` in the year's last month, `cost` in Rp."""

    def __init__(self, data, year, measure="end", changes=None, scenario=None):
        self.run = reference.run(data, scenario, changes)
        self.row = next(row for row in self.run["yearly"] if row["year"] == year)
        self.coverage = self.row[KEYS[measure]]
        self.end, self.average = self.row["coverage_end"], self.row["coverage_average"]
        self.base = [row for row in self.run["monthly"] if row["month"].startswith(str(year))][-1]["workers"]
        self.cost = self.row["cost"]
        self.total = sum(self.cost.values())


def without_single_years(data):
    """A copy of a region's plain data in which no funder sets a year apart."""
    found = deepcopy(data)
    for funder in found["funders"]:
        funder.pop("by_year", None)
    return found


def years_of(data):
    """The calendar years that a run touches."""
    year, month = (int(part) for part in data["start"].split("-"))
    return list(range(year, year + data["years"] + (month > 1)))
