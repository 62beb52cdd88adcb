"""What may be done with pinned settings. Each is a step that can be undone."""

from collections.abc import Iterable

from ui import cases, share, state
from ui.regions import scenario_title
from ui.state import Case, Pin

# Presets that differ most in who pays; a region may lack some.
USEFUL = ("kewajiban_dahulu", "asn_usulan_2", "gotong_royong", "rentan_apbd", "baznas", "dbhcht", "apbdes")


def default_name(c: Case) -> str:
    """A name for the current setting: its scenario's, told to be changed where it is."""
    name = scenario_title(state.region(c.region), c.scenario)
    return f"{name}, diubah" if c.changes else name


def pin_current() -> str | None:
    """Pin what the levers say now; the reason where that cannot be."""
    c = state.case()
    return state.pin(default_name(c), c.scenario, c.changes)


def pin_scenarios(ids: Iterable[str]) -> None:
    """Pin presets of the region as they are written, as one step; those there is no room for are left out."""
    c = state.case()
    r = state.region(c.region)
    with state.step("Menyematkan skenario"):
        for scenario in ids:
            new = Pin(share.unique_name(scenario_title(r, scenario), [p.name for p in c.pins]), scenario, {})
            if len(c.pins) < state.MOST_PINS and all(p.setting != new.setting for p in c.pins):
                c.pins = [*c.pins, new]


def useful(c: Case) -> list[str]:
    """Three presets to begin a comparison with."""
    known = [s.id for s in state.region(c.region).scenarios]
    named = [s for s in USEFUL if s in known]
    return [*named, *(s for s in known if s not in named and s != state.TODAY)][:3]


def drop(number: int) -> None:
    """Take a pin away; where it was the baseline, today's policy is."""
    c = state.case()
    gone = c.pins[number - 1]
    with state.step(f"Melepas sematan “{gone.name}”"):
        _arrange(c, [p for p in c.pins if p is not gone])


def move(number: int, by: int) -> None:
    """Move a pin one place up (-1) or down (+1)."""
    c = state.case()
    pins = list(c.pins)
    place = number - 1 + by
    if not 0 <= place < len(pins):
        return
    moved = pins.pop(number - 1)
    with state.step(f"Memindahkan sematan “{moved.name}”"):
        pins.insert(place, moved)
        _arrange(c, pins)


def _arrange(c: Case, pins: list[Pin]) -> None:
    """Set the pins; the baseline stays the pin it was."""
    chosen = cases.pin_numbered(c.pins, c.compare_with)
    c.pins, c.compare_with = pins, cases.number_of(pins, chosen, c.compare_with)
    c.errors, c.notices = {}, []


def rename(number: int, text: str) -> None:
    """Another name for a pin; a name that is refused stays in its box, with the reason in the case's errors."""
    state.touch()
    c = state.case()
    old, name, box = c.pins[number - 1], share.clean_name(text), name_box(number)
    c.errors.pop(box, None)
    if not name:
        c.errors[box] = (text, "Nama tidak boleh kosong.")
    elif name.casefold() in (p.name.casefold() for p in c.pins if p is not old):
        c.errors[box] = (text, f"Nama “{name}” sudah dipakai sematan lain.")
    else:
        with state.step(f"Mengganti nama “{old.name}” menjadi “{name}”"):
            c.pins = [Pin(name, *p.setting) if p is old else p for p in c.pins]


def name_box(number: int) -> str:
    """The key of a pin's name among the case's errors."""
    return f"nama {number}"


def open_pin(number: int) -> None:
    """Make a pin's setting the one that the levers show."""
    found = state.case().pins[number - 1]
    state.apply_changes(found.changes, found.scenario, f"Membuka sematan “{found.name}”")


def compare_with(baseline: str) -> None:
    """Choose what all are compared with: share.TODAY, share.CURRENT or a pin's number."""
    with state.step("Mengganti patokan perbandingan") as c:
        c.compare_with = baseline
