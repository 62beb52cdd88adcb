"""One colour for each payer, the same in every chart and table.

The colours were chosen by search so that

* any two differ in lightness (L*) by 5 or more, and those that usually lie side by side
  in a stack by 11 or more: the charts survive a grey printer;
* any two stay apart for readers who do not see red, green or blue.

``tests/test_charts.py`` holds them to it. Ten shades cannot all stand out from white and
from black alike, so charts also draw a hairline in the colour of the page between parts.
"""

from collections.abc import Iterable
from zlib import crc32

OWN, CONTINUED, UNINSURED = "mandiri", "lanjut", "belum"

PAYER_COLOURS = {
    OWN: "#9ba7b7",
    "apbd": "#274699",
    "apbd_perubahan": "#96ccfd",
    "dbhcht": "#b44416",
    "dbhcht_2": "#cfb555",
    "apbdes": "#0d9786",
    "baznas": "#a8e6a0",
    "bumd": "#9e5db3",
    "asn": "#ee7301",
    CONTINUED: "#a22175",
    UNINSURED: "#8088942b",  # see-through: an empty place, on a light page and on a dark one
}

# For funders that a region names otherwise.
SPARE_COLOURS = ("#78424f", "#2d6d41", "#c45e77", "#7e87dd", "#84bd6b", "#eaabd8")

SERIES_COLOURS = {"Skenario": "#1668ad", "Kondisi berjalan": "#8a8f98", "Target": "#c2571a"}

CLAIM_COLOURS = {
    "Kematian": "#5a6480",
    "Kecelakaan kerja": "#b98a2e",
    "Anak penerima beasiswa": "#8fc1c4",
}

Palette = tuple[tuple[str, str], ...]


def colour_of(key: str) -> str:
    """Return the colour of a payer; one never heard of always gets the same spare colour."""
    return PAYER_COLOURS.get(key) or SPARE_COLOURS[_first_spare(key)]


def region_palette(payers: Iterable[tuple[str, str]]) -> Palette:
    """Pair each payer's label with its colour: ``(id, label), …`` gives ``(label, colour), …``.

    Unknown ids that would fall on the same spare colour move on to the next free one, in the
    order of their ids, so the outcome does not hang on the order in which they are given.
    Build it once for all payers of a region and pass parts of it to the charts.
    """
    payers = tuple(payers)
    taken: dict[str, str] = {}
    for key in sorted({key for key, _ in payers} - PAYER_COLOURS.keys()):
        ring = SPARE_COLOURS[_first_spare(key) :] + SPARE_COLOURS[: _first_spare(key)]
        free = [colour for colour in ring if colour not in taken.values()]
        taken[key] = (free or ring)[0]
    return tuple((label, PAYER_COLOURS.get(key) or taken[key]) for key, label in payers)


def _first_spare(key: str) -> int:
    """Where an unknown id starts in the spare colours; the same on every machine."""
    return crc32(key.encode()) % len(SPARE_COLOURS)
