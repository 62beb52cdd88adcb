"""The terms on the screens in plain words, from `parameters/glossary.yaml`."""

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from simulator import legal_basis, parameters
from simulator.yaml_io import read_yaml

FILE = parameters.FOLDER / "glossary.yaml"


class Term(BaseModel):
    """One term: other words for it, what it is in Indonesian, ids of what says so, and where it stands in the app."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: str = Field(min_length=2)
    also: tuple[str, ...] = ()
    says: str = Field(min_length=20)
    law: tuple[str, ...] = ()
    where: str = Field(min_length=5)


@lru_cache(maxsize=1)
def all_terms() -> tuple[Term, ...]:
    """Every term, in the order of the file. Raises ValueError where the file is wrong."""
    data, faults = read_yaml(FILE.read_text(encoding="utf-8"), FILE.name)
    if faults:
        raise ValueError(f"{FILE.name}: {faults[0]}")
    return tuple(Term.model_validate(row) for row in data["terms"])


def find(text: str) -> tuple[Term, ...]:
    """The terms that have every typed word in name, other words or meaning; those named so come first."""
    words = text.casefold().split()
    found = [t for t in all_terms() if all(w in " ".join((t.term, *t.also, t.says)).casefold() for w in words)]
    named = [t for t in found if any(all(w in name.casefold() for w in words) for name in (t.term, *t.also))]
    return (*named, *(t for t in found if t not in named))


def sources(term: Term) -> tuple[tuple[str, str | None], ...]:
    """(title, link or None) of what says so, each once. Raises LookupError where an id is not known."""
    rules = {r.id: r for r in legal_basis.all_rules()}
    found = []
    for name in term.law:
        if name in rules:
            rule = rules[name]
            whole = rule.address if rule.address.startswith("https://") else None
            found.append((f"{rule.title}; dikutip dari {rule.source}", whole))
        else:
            figure = parameters.parameter(name)
            stated = [v for v in figure.values if v.status == "law"] or [figure.latest]
            found += [(v.reference.title, v.reference.link) for v in stated if v.reference]
    return tuple(dict.fromkeys(found))
