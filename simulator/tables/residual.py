"""What is left of the base after all groups: Pekerja lainnya, worked out while the tables are filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator import indonesian as fmt
from simulator.tables.rows import LARGEST, Row


@dataclass(frozen=True)
class Residual:
    """People, None where a number that is needed is not there yet.

    rest = base − outside − Σ workers; rest_covered = covered − Σ covered of the groups. `missing` names what is not
    filled in.
    """

    base: float | None
    outside: float | None
    segments: float
    rest: float | None
    covered: float | None
    segments_covered: float
    rest_covered: float | None
    missing: tuple[str, ...] = ()
    largest: str = ""
    largest_covered: str = ""

    @property
    def workers_text(self) -> str:
        """Which counts cannot be true together, empty where they can."""
        if self.rest is None or self.rest >= -1e-6:
            return ""
        outside = f", {_n(self.outside)} di luar kepesertaan" if self.outside else ""
        return (
            f"Pekerja lainnya menjadi {_n(self.rest)}: penyebut {_n(self.base)}{outside}, dan semua kelompok"
            f" {_n(self.segments)} tidak mungkin benar bersama. Kelebihannya {_n(-self.rest)} orang. Periksa penyebut,"
            f" yang di luar kepesertaan, dan kelompok terbesar: {self.largest}."
        )

    @property
    def covered_text(self) -> str:
        """Which insured cannot be true together, empty where they can."""
        if self.rest_covered is None or self.rest_covered >= -1e-6:
            return ""
        return (
            f"Yang terlindungi pada pekerja lainnya menjadi {_n(self.rest_covered)}: seluruh yang terlindungi"
            f" {_n(self.covered)} dan jumlah semua kelompok {_n(self.segments_covered)} tidak mungkin benar bersama."
            f" Kelebihannya {_n(-self.rest_covered)} orang. Periksa angka seluruhnya dan kelompok terbesar:"
            f" {self.largest_covered}."
        )


def residual(tables: Mapping[str, tuple[Row, ...]]) -> Residual:
    """What is left of the base with the numbers that can be read; a number that cannot counts as missing."""
    region = tables["region"][0].cells
    missing = [
        name for key, name in (("workers", "penyebut"), ("covered", "seluruh yang terlindungi")) if key not in region
    ]
    base, covered, outside = (_value(region.get(k)) for k in ("workers", "covered", "outside"))
    people: list[tuple[float, str]] = []
    insured: list[tuple[float, str]] = []
    for row in tables["segments"]:
        if row.blank:
            continue
        name = str(row.cells.get("name", "kelompok tanpa nama"))
        for key, found, word in (("workers", people, "jumlah"), ("covered", insured, "terlindungi")):
            value = _value(row.cells.get(key))
            if value is None:
                missing.append(f"{word} {name}")
            else:
                found.append((value, name))
    n, c = (sum(value for value, _ in found) for found in (people, insured))
    rest = None if base is None else base - (outside or 0) - n
    rest_covered = None if covered is None else covered - c
    return Residual(
        base, outside, n, rest, covered, c, rest_covered, tuple(missing), _largest(people), _largest(insured)
    )


def _largest(found: list[tuple[float, str]]) -> str:
    return fmt.listing([f"{name} {_n(value)}" for value, name in sorted(found, reverse=True)[:3]])


def _value(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not abs(raw) < LARGEST:
        return None
    return float(raw)


def _n(value: float | None) -> str:
    return fmt.count(value or 0.0, 1)
