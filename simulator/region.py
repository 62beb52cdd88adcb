"""Region files: read, validate as a whole, set levers, write back."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from simulator import paths, stress_format
from simulator.faults import MESSAGES, Fault, InputError, nearest
from simulator.ids import slug, unique
from simulator.migrate import Step, migrate
from simulator.rules import amount, check_all, is_id, items
from simulator.schema import BudgetFunder, Region, Saved, Segment, SponsorFunder, StressSpec
from simulator.yaml_io import read_yaml, write_yaml

# pydantic's error types that have a message of ours
_KINDS = {
    "missing": "missing",
    "float_type": "not_number",
    "int_type": "not_whole",
    "int_parsing": "not_whole",
    "string_type": "not_text",
    "bool_type": "not_true_false",
    "tuple_type": "not_list",
    "list_type": "not_list",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "literal_error": "not_one_of",
}


def load_region(path: str | Path) -> Region:
    """The region in a YAML file.

    Raises InputError with every fault of the file; a file that cannot be opened is a fault too.
    """
    source = str(path).replace("\\", "/")
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError([Fault("", "not_utf8", {}, source)]) from None
    except FileNotFoundError:
        raise InputError([Fault("", "no_file", {}, source)]) from None
    except OSError as err:
        raise InputError([Fault("", "unreadable", {"problem": err.strerror or str(err)}, source)]) from None
    return read_region(text, source)


def read_region(text: str, source: str = "") -> Region:
    """The region in a YAML text; `source` names it in faults."""
    data, faults = read_yaml(text, source)
    if faults:
        if isinstance(data, dict):
            faults += [f for f in _read(data, source)[1] if f.kind != "blank"]
        raise InputError(faults)
    return parse_region(data, source)


def parse_region(data: Any, source: str = "") -> Region:
    """The region in plain data (as read from YAML) of this or an older format. Raises InputError with all faults."""
    if not isinstance(data, dict):
        raise InputError([Fault("", "not_mapping", {}, source)])
    region, faults = _read(data, source)
    if faults or region is None:
        raise InputError(faults)
    return region


def _read(data: dict, source: str) -> tuple[Region | None, list[Fault]]:
    """A file's plain data brought up to the present format and validated. What was saved with them is held apart,
    so that setting a lever does not look at it again."""
    faults: list[Fault] = []
    told: tuple[Step, ...] = ()
    try:
        data, steps = migrate(data)
        told = tuple(steps)
    except InputError as err:
        faults = [Fault(f.path, f.kind, f.facts, source) for f in err.faults]
        if any(f.kind == "newer_schema" for f in faults):
            return None, faults  # whatever else is wrong with it, a newer simulator may know
    rest = {k: v for k, v in data.items() if k != "saved" and not (faults and k == "schema")}
    region, more = _validate(rest, source, scenarios=True)
    saved, broken = _saved(data, source)
    faults += [*more, *broken]
    if region is None or faults:
        return None, faults
    if saved is not None:
        region = region.model_copy(update={"saved": saved})
    region._source, region._data, region._told = source, rest, told
    return region, []


def _saved(data: dict, source: str) -> tuple[Saved | None, list[Fault]]:
    """What a file says of the moment it was saved, and what is wrong with that."""
    if "saved" not in data:
        return None, []
    try:
        return Saved.model_validate(data["saved"]), []
    except ValidationError as err:
        errors = [{**e, "loc": ("saved", *e["loc"])} for e in err.errors(include_url=False)]
        return None, [Fault(f.path, f.kind, f.facts, source) for f in (_translate(e, data) for e in errors)]


def _parse(data: dict, source: str, scenarios: bool) -> Region:
    region, faults = _validate(data, source, scenarios)
    if faults or region is None:
        raise InputError(faults)
    region._source, region._data = source, data
    return region


def _faults(data: dict, source: str, scenarios: bool) -> list[Fault]:
    return _validate(data, source, scenarios)[1]


def _validate(data: dict, source: str, scenarios: bool) -> tuple[Region | None, list[Fault]]:
    """The region as far as the schema goes (None where it fails) and all faults, those of the rules included."""
    faults, region = [], None
    try:
        region = Region.model_validate(data)
    except ValidationError as err:
        faults = [_translate(e, data) for e in err.errors(include_url=False)]
    known = {f.path for f in faults}
    faults += [f for f in check_all(data) if f.path not in known]
    if scenarios:
        sound = region if not faults else None
        faults += _scenario_faults(data, sound=sound is not None)
        faults += (f for path, test in items(data, "stress_tests") for f in _stress_faults(data, path, test, sound))
    return region, list(dict.fromkeys(Fault(f.path, f.kind, _Facts(f.facts), source) for f in faults))


class _Facts(dict):
    """Facts that can stand in a set."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted((k, str(v)) for k, v in self.items())))


def _scenario_faults(data: dict, sound: bool) -> Iterable[Fault]:
    """Faults of each scenario's settings, and of the file with them (where the file itself is sound)."""
    for path, scenario in items(data, "scenarios"):
        settings = scenario.get("set")
        if not isinstance(settings, dict):
            continue
        where = f"{path}.set"
        changed, problems = paths.apply(data, settings)
        yield from (Fault(f"{where}.{f.path}", f.kind, f.facts) for f in problems)
        if sound and not problems and settings:
            for fault in _faults(changed, "", scenarios=False):
                yield Fault(f"{where}.{paths.as_lever(fault.path)}", fault.kind, fault.facts)


def _stress_faults(data: dict, path: str, test: Mapping[str, Any], sound: Region | None) -> Iterable[Fault]:
    """Faults of a stress test's settings, and of the file with them (where the file itself is `sound`)."""
    problems = list(stress_format.faults(data, test))
    yield from (Fault(".".join(filter(None, (path, f.path))), f.kind, f.facts) for f in problems)
    if sound is None or problems:
        return
    changed, _ = paths.apply(data, stress_format.settings_of(sound, test))
    for fault in _faults(changed, "", scenarios=False):
        where = paths.as_lever(fault.path)
        part = "scale" if where in (test.get("scale") or {}) else "set"
        yield Fault(".".join(filter(None, (path, part, where))), fault.kind, fault.facts)


def stress_test_faults(region: Region, raw: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with one stress test, as plain data, for a region as its file has it; empty where nothing is."""
    try:
        StressSpec.model_validate(dict(raw))
    except ValidationError as err:
        return [_translate(e, dict(raw)) for e in err.errors(include_url=False)]
    return list(_stress_faults(region._data or plain_data(region), "", raw, region))


def with_stress_tests(region: Region, more: Iterable[Mapping[str, Any]]) -> Region:
    """The region with more stress tests, as plain data, after its own. Raises InputError as `parse_region` does."""
    data = dict(region._data or plain_data(region))
    data["stress_tests"] = [*data.get("stress_tests", ()), *more]
    return parse_region(data, region._source)


def with_scenarios(region: Region, more: Iterable[tuple[str, str, str, Mapping[str, Any]]]) -> dict:
    """The region's plain data with more scenarios after its own: (id, name, description, settings) each.

    An id that is missing, malformed or taken is made of the name. Whether the settings fit, `parse_region` tells.
    """
    data = dict(region._data or plain_data(region))
    scenarios = list(data.get("scenarios", ()))
    taken = {s.get("id") for s in scenarios if isinstance(s, dict)}
    for wanted, name, description, settings in more:
        key = unique(wanted if is_id(wanted) else slug(name, "skenario") or "skenario", taken)
        taken.add(key)
        new = {"id": key, "name": name, "description": description, "set": _plain_values(settings)}
        scenarios.append({k: v for k, v in new.items() if v or k in ("id", "name")})
    return {**data, "scenarios": scenarios}


def _plain_values(raw: Any) -> Any:
    """Settings as YAML has them: lists for tuples, numbers of Python's own."""
    if isinstance(raw, Mapping):
        return {k: _plain_values(v) for k, v in raw.items()}
    if isinstance(raw, (list, tuple)):
        return [_plain_values(v) for v in raw]
    return raw.item() if hasattr(raw, "item") else raw


def _translate(error: Mapping[str, Any], data: dict) -> Fault:
    """A pydantic error as a fault, its place told by ids."""
    kind, facts = error["type"], dict(error.get("ctx") or {})
    path, raw, owner = _place(error["loc"], data)
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown_key(path, error["loc"][-1], owner)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        found = owner.get("kind") if isinstance(owner, dict) else None
        path = f"{path}.kind"
        if found is None:
            return Fault(path, "missing" if "kind" not in (owner or {}) else "blank")
        allowed = ("budget", "sponsors")
        return Fault(path, "not_one_of", {"value": found, "allowed": allowed, "guess": nearest(found, allowed)})
    if raw is None and kind != "missing":
        return Fault(path, "blank")
    if kind == "literal_error":
        allowed = tuple(error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", "))
        return Fault(path, "not_one_of", {"value": raw, "allowed": allowed, "guess": nearest(raw, allowed)})
    if kind in _KINDS:
        return Fault(path, _KINDS[kind], {"value": raw} if kind != "missing" else {})
    return Fault(path, kind, facts) if kind in MESSAGES else Fault(path, "unreadable", {"problem": error["msg"]})


def _place(loc: tuple, data: Any) -> tuple[str, Any, Any]:
    """(path told by ids, the value there, the mapping or list that holds it) of a pydantic location."""
    parts: list[str] = []
    raw, owner = data, None
    for i, step in enumerate(loc):
        if i == 2 and loc[0] == "funders" and step in ("budget", "sponsors"):
            continue  # pydantic's name of a variant, not a key of the file
        if isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            owner, raw = raw, raw[step]
            name = raw.get("id") if isinstance(raw, dict) else None
            if isinstance(name, str):
                parts.append(name)
            else:
                parts[-1] = f"{parts[-1]}[{step + 1}]"
        elif isinstance(raw, dict) and step in raw:
            owner, raw = raw, raw[step]
            parts.append(str(step))
        elif step == "[key]":
            raw = loc[i - 1]  # the key itself is at fault, not what stands there
        elif step == "value" and not isinstance(raw, dict):
            continue  # the inside of a bare number
        else:
            owner, raw = raw, None
            parts.append(str(step))
    if isinstance(raw, dict) and len(loc) and loc[-1] in ("budget", "sponsors"):
        owner = raw
    return ".".join(parts), raw, raw if _is_item(loc) else owner


def _is_item(loc: tuple) -> bool:
    return bool(loc) and isinstance(loc[-1], int)


def _unknown_key(path: str, key: Any, owner: Any) -> Fault:
    """A key that is not in the format: belongs to another kind, or is misspelt."""
    names = {n for m in _models(path) for n in m.model_fields}
    here = owner if isinstance(owner, dict) else {}
    own, other = {"budget": (BudgetFunder, SponsorFunder), "sponsors": (SponsorFunder, BudgetFunder)}.get(
        str(here.get("kind")), (None, None)
    )
    if path.startswith("funders.") and path.count(".") == 2 and own:
        if key in other.model_fields:
            kind = "sponsors" if own is BudgetFunder else "budget"
            return Fault(path, "wrong_kind", {"owner": kind, "kind": here.get("kind")})
        names = set(own.model_fields)
    return Fault(path, "unknown_key", {"guess": nearest(key, sorted(names - set(here)))})


def _models(path: str) -> tuple[type[BaseModel], ...]:
    """The models whose keys may stand at a path, for hints."""
    from simulator import schema

    head, depth = path.split(".")[0].split("[")[0], path.count(".")
    if depth == 0:
        return (Region,)
    table = {
        "segments": (Segment,) if depth == 2 else (schema.Quantity,),
        "funders": (BudgetFunder, SponsorFunder) if depth == 2 else (schema.ByYear, schema.Quantity),
        "coverage_base": (schema.CoverageBase,) if depth == 1 else (schema.AlsoBase, schema.Quantity),
        "assumptions": (schema.Assumptions,) if depth == 1 else (schema.Quantity,),
        "other": (schema.Other,) if depth == 1 else (schema.Quantity,),
        "scenarios": (schema.Scenario,),
        "stress_tests": (schema.StressSpec,),
        "targets": (schema.Target,),
        "references": (schema.Reference,),
        "saved": (Saved,) if depth == 1 else (schema.SavedResult,),
    }
    return table.get(head, (schema.Quantity,))


def configure(region: Region, scenario: str | None = None, changes: Mapping[str, Any] | None = None) -> Region:
    """The region with a scenario's settings, then the user's changes, validated as a whole.

    Raises InputError for an unknown scenario or lever and for settings that break a rule of the file.
    """
    settings = dict(find_scenario(region, scenario).set) if scenario is not None else {}
    data, faults = paths.apply(region._data, settings)
    if not faults:
        data, faults = paths.apply(data, changes or {})
    if faults:
        raise InputError(Fault(f.path, f.kind, f.facts, region._source) for f in faults)
    return region if data is region._data else _parse(data, region._source, scenarios=False)


def without_single_years(region: Region) -> Region:
    """The region with every funder's settings of single years (`by_year`) taken away."""
    if not any(getattr(f, "by_year", None) for f in region.funders):
        return region
    data = dict(region._data)
    data["funders"] = [{k: v for k, v in f.items() if k != "by_year"} for f in data["funders"]]
    return _parse(data, region._source, scenarios=False)


def find_scenario(region: Region, scenario: str) -> Any:
    """The scenario with this id. Raises InputError with the nearest id."""
    for found in region.scenarios:
        if found.id == scenario:
            return found
    guess = nearest(scenario, [s.id for s in region.scenarios])
    raise InputError([Fault("scenarios", "unknown_scenario", {"value": scenario, "guess": guess}, region._source)])


def dump_region(region: Region) -> str:
    """The region as a YAML text that reads back to the same region."""
    return write_yaml(plain_data(region))


def plain_data(region: Region, saved: bool = False) -> dict:
    """The region as plain data, bare numbers where nothing but a value is known; what was saved with it if asked."""
    out = None if saved else {"saved"}
    return _bare(region.model_dump(mode="python", by_alias=True, exclude_unset=True, exclude=out))


def _bare(raw: Any) -> Any:
    if isinstance(raw, dict):
        if set(raw) == {"value"} and amount(raw) is not None:
            return raw["value"]
        return {k: _bare(v) for k, v in raw.items()}
    if isinstance(raw, (list, tuple)):
        return [_bare(v) for v in raw]
    return raw
