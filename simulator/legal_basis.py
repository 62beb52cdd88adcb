"""Regulations on who may or must pay for whom, from `parameters/legal_basis.yaml`."""

import datetime
from collections.abc import Iterable
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from simulator.parameters import FOLDER
from simulator.yaml_io import read_yaml

FILE = FOLDER / "legal_basis.yaml"


class Rule(BaseModel):
    """One regulation: what it says in Indonesian, the funders it speaks of (none: all), where it was read and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str = Field(min_length=3)
    says: str = Field(min_length=10)
    funders: tuple[str, ...] = ()
    source: str = Field(min_length=3)
    address: str = ""
    checked: datetime.date
    until: str = ""  # the last month in which it holds, as 2027-03
    doubt: str = ""


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every regulation, in the order of the file. Raises pydantic.ValidationError where the file is wrong."""
    data, faults = read_yaml(FILE.read_text(encoding="utf-8"), FILE.name)
    if faults:
        raise ValueError(f"{FILE.name}: {faults[0]}")
    return tuple(Rule.model_validate(row) for row in data["rules"])


def rules_for(funders: Iterable[str], month: tuple[int, int]) -> tuple[Rule, ...]:
    """The regulations on some funders (ids of a region; dbhcht_2 is like dbhcht), and those on all, that hold in a
    month or later.
    """
    kinds, text = {f.rstrip("_0123456789") for f in funders}, f"{month[0]:04d}-{month[1]:02d}"
    return tuple(
        r for r in all_rules() if (not r.funders or kinds & set(r.funders)) and (not r.until or text <= r.until)
    )
