"""Ids made of names."""

import re
import unicodedata
from collections.abc import Collection


def slug(name: str, otherwise: str = "") -> str:
    """A code made of a name: Guru ngaji & TPQ as guru_ngaji_tpq."""
    plain = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    text = "_".join(words)[:40].strip("_")
    return text if text[:1].isalpha() else f"{otherwise}_{text}".strip("_")


def unique(wanted: str, taken: Collection[str]) -> str:
    """The code, or the code with the first number that nobody has."""
    found, n = wanted, 2
    while found in taken:
        found, n = f"{wanted}_{n}", n + 1
    return found
