"""The share link: region, scenario, levers, year and the model's version in the address, readable by people.

?daerah=ponorogo&skenario=asn_usulan_3&ubah=asn.workers_per_sponsor:3;apbd.months:6&tahun=2029&versi=1.0.0
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.version import MODEL_VERSION
from simulator.yaml_io import scalar

REGION, SCENARIO, CHANGES, YEAR, VERSION = "daerah", "skenario", "ubah", "tahun", "versi"
LONGEST = 6000  # characters; proxies and chat programmes cut longer addresses


@dataclass
class Link:
    """What an address says. `version` is the model's when the link was made."""

    region: str | None = None
    scenario: str | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    year: int | None = None
    version: str = MODEL_VERSION


class BadLink(ValueError):
    """A link that cannot be read. The message is Indonesian."""


def encode(link: Link) -> dict[str, str]:
    """Query parameters of a link; what is empty is left out."""
    words = {
        REGION: link.region or "",
        SCENARIO: link.scenario or "",
        CHANGES: ";".join(f"{path}:{_value(v)}" for path, v in link.changes.items()),
        YEAR: str(link.year or ""),
        VERSION: MODEL_VERSION,
    }
    return {key: text for key, text in words.items() if text}


def decode(query: Mapping[str, str]) -> Link:
    """The link that query parameters tell. Raises BadLink where they cannot be read."""
    changes: dict[str, Any] = {}
    text = query.get(CHANGES, "")
    if len(text) > LONGEST:
        raise BadLink("tautan terlalu panjang")
    for part in filter(None, text.split(";")):
        path, sign, value = part.partition(":")
        if not sign or not path or not value:
            raise BadLink(f"bagian “{part[:60]}” tidak terbaca")
        changes[path] = _read(value)
    year = query.get(YEAR)
    if year is not None and not (year.isdigit() and len(year) == 4):
        raise BadLink(f"tahun “{year[:20]}” tidak terbaca")
    return Link(
        query.get(REGION),
        query.get(SCENARIO),
        changes,
        int(year) if year else None,
        query.get(VERSION, MODEL_VERSION),
    )


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "+".join(str(v) for v in value) + ("+" if len(value) == 1 else "")
    if value is None:
        return "null"
    return repr(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)


def _read(text: str) -> Any:
    value = scalar(text)
    if isinstance(value, str) and ("+" in text or " " in text):  # browsers turn + into a blank
        return [v for v in text.replace(" ", "+").split("+") if v]
    if isinstance(value, str):
        raise BadLink(f"nilai “{text[:60]}” bukan angka")
    return value
