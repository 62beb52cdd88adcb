"""Timings in a real browser: how soon the charts follow a slider, and how soon the page is there.

The app and a bare page with one slider and one chart of the same size are timed in one run, so
that their ratio holds on any computer. A move during which other programs kept the processor
busy is made again.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.load import ForeignLoad
from tests.browser import VIEWPORT, Server, launch, new_context, serve, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

PROBE = Path(__file__).with_name("probe.js")
APP, BARE = "streamlit_app.py", "benchmarks/bare_page.py"
ANY_SLIDER = '[data-testid="stSidebar"] input[type=range], [data-testid="stMain"] input[type=range]'
WARM_UPS, STARTS, QUIET, LIMIT = 3, 3, 400, 10_000
BUSY = 0.15  # cores that other programs may take during a move
TARGETS = {"first": 150, "last": 250}


@dataclass(frozen=True)
class Target:
    """What is opened and which slider is moved there."""

    script: str
    path: str = ""
    slider: str = f"css={ANY_SLIDER}"

    def find_slider(self, page: Page) -> Locator:
        """Return the first visible slider with this label, or this CSS selector after ``css=``."""
        if self.slider.startswith("css="):
            return page.locator(self.slider).locator("visible=true").first
        return page.get_by_role("slider", name=self.slider).first


@dataclass(frozen=True)
class Moves:
    """Milliseconds from a move of the slider to the first and the last drawing of a chart."""

    first: list[float]
    last: list[float]
    visible: int
    changed: int
    values: int
    lost: int
    busy: int


def main(moves: int = 30, slider: str = "", path: str = "") -> None:
    """Time the app beside the bare page and print both."""
    app = Target(APP, path, slider or Target.slider)
    with launch() as browser:
        size = chart_size(browser, app)
        variables = {"CHART_SIZE": "x".join(map(str, size))}
        print(f"Browser {browser.version}, {VIEWPORT['width']} x {VIEWPORT['height']};", end=" ")
        print(f"the bare page's chart has the app's size, {size[0]} x {size[1]}.", flush=True)
        bare = Target(BARE)
        with serve(bare.script, variables) as bare_server, serve(app.script) as app_server:
            pages = {
                "bare page": time_moves(browser, bare_server, bare, moves),
                "app": time_moves(browser, app_server, app, moves),
            }
        print_moves(pages, moves)
        print_starts({"bare page": time_starts(browser, bare, variables), "app": time_starts(browser, app, {})})


# ---- moves


def time_moves(browser: Browser, server: Server, target: Target, count: int) -> Moves:
    """Move the slider, a step each time, and note when the charts in view are drawn."""
    with opened(browser, server, target) as page:
        slider = target.find_slider(page)
        changed = warm_up(page, slider)
        step = stepper(slider)
        kept, spoiled = [], []
        while len(kept) < count and len(spoiled) < 3 * count:
            load = ForeignLoad()
            move = time_move(page, slider, step())
            (spoiled if load.cores() > BUSY else kept).append(move)
        busy = count - len(kept)
        kept += spoiled[:busy]
    return Moves(
        first=[move["first"] for move in kept],
        last=[move["last"] for move in kept],
        visible=max(move["visible"] for move in kept),
        changed=changed,
        values=len({move["value"] for move in kept}),
        lost=len(spoiled) - busy,
        busy=busy,
    )


def warm_up(page: Page, slider: Locator) -> int:
    """Move a few times; return how many charts in view looked different afterwards."""
    before = page.evaluate("probe.pictures()")
    step = stepper(slider)
    for _ in range(WARM_UPS):
        time_move(page, slider, step())
    after = page.evaluate("probe.pictures()")
    changed = sum(old != new for old, new in zip(before, after, strict=True))
    if not changed:
        raise RuntimeError("Moving the slider changed no chart in view; choose another with --slider.")
    return changed


def stepper(slider: Locator) -> Callable[[], str]:
    """Return a function that tells the next key: up to the slider's end, then down again."""
    key = "ArrowRight"

    def next_key() -> str:
        nonlocal key
        value, low, high = slider.evaluate("e => [e.value, e.min, e.max].map(Number)")
        if value >= high:
            key = "ArrowLeft"
        elif value <= low:
            key = "ArrowRight"
        return key

    return next_key


def time_move(page: Page, slider: Locator, key: str) -> dict[str, float]:
    """Press a key on the slider; return ms to the first and the last drawing after it."""
    slider.focus()
    page.evaluate("probe.forget()")
    page.keyboard.press(key)
    drawn = page.evaluate(f"probe.settled({QUIET}, {LIMIT})")
    if drawn is None:
        raise RuntimeError(f"No chart was drawn within {LIMIT / 1000:.0f} s of a move of the slider.")
    pressed = page.evaluate("probe.pressed")
    value = float(slider.input_value())
    return {**drawn, "first": drawn["first"] - pressed, "last": drawn["last"] - pressed, "value": value}


# ---- starts


def time_starts(browser: Browser, target: Target, variables: dict[str, str]) -> dict[str, list[float]]:
    """Start the server anew a few times and open the page with an empty cache, then again."""
    times: dict[str, list[float]] = {}
    for _ in range(STARTS):
        with serve(target.script, variables) as server, profile(browser) as context:
            page = context.new_page()
            note(times, {"server answers": server.seconds_to_health * 1000})
            page.goto(server.url + target.path, wait_until="commit")
            note(times, first_page(page))
            page.reload(wait_until="commit")
            note(times, {f"reloaded: {name}": value for name, value in first_page(page).items()})
    return times


def first_page(page: Page) -> dict[str, float]:
    """Return ms from asking for the page to what appears on it."""
    charts = page.evaluate(f"probe.settled({QUIET}, 3 * {LIMIT})")
    if charts is None:
        raise RuntimeError("The page shows no chart.")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    slider = page.evaluate("probe.firstSlider")
    return {
        "first paint": paint,
        "first slider": slider,
        "first chart": charts["first"],
        "all visible charts": charts["last"],
    }


def note(times: dict[str, list[float]], new: dict[str, float]) -> None:
    for name, value in new.items():
        times.setdefault(name, []).append(value)


# ---- pages


@contextmanager
def profile(browser: Browser) -> Iterator[BrowserContext]:
    with new_context(browser) as context:
        context.add_init_script(path=PROBE)
        yield context


@contextmanager
def opened(browser: Browser, server: Server, target: Target) -> Iterator[Page]:
    """Open the page in an empty profile and wait until its charts are there."""
    with profile(browser) as context:
        page = context.new_page()
        page.goto(server.url + target.path)
        page.evaluate(f"probe.settled({QUIET}, 3 * {LIMIT})")
        settle(page)
        yield page


def chart_size(browser: Browser, target: Target) -> tuple[int, int]:
    with serve(target.script) as server, opened(browser, server, target) as page:
        size = page.evaluate("probe.size()")
    if size is None:
        raise RuntimeError(f"{target.script} shows no chart in the first {VIEWPORT['height']} pixels.")
    return tuple(size)


# ---- tables


def print_moves(pages: dict[str, Moves], count: int) -> None:
    print(f"\nFrom a key press on the slider, in ms: median / 95th percentile of {count} moves\n")
    print_row("", *pages, "target (median)")
    for label, part in (("first changed chart", "first"), ("all visible charts settled", "last")):
        cells = [median_and_95th(getattr(moves, part)) for moves in pages.values()]
        print_row(label, *cells, f"<= {TARGETS[part]}")
    print_row("charts in view / changed", *(f"{m.visible} / {m.changed}" for m in pages.values()))
    print_row("different slider values", *(str(m.values) for m in pages.values()))
    if any(m.lost or m.busy for m in pages.values()):
        print_row("repeated, computer was busy", *(str(m.lost) for m in pages.values()))
        print_row("counted though it was busy", *(str(m.busy) for m in pages.values()))
    if any(m.busy for m in pages.values()):
        print("Other programs kept the processor busy: only the ratio of the columns can be trusted.")


def print_starts(pages: dict[str, dict[str, list[float]]]) -> None:
    print(f"\nStart with an empty browser cache, in ms: median of {STARTS}\n")
    print_row("", *pages)
    for name in next(iter(pages.values())):
        print_row(name, *(f"{statistics.median(times[name]):.0f}" for times in pages.values()))


def print_row(label: str, *cells: str) -> None:
    print(f"{label:<32}" + "".join(f"{cell:>18}" for cell in cells))


def median_and_95th(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.0f} / {ordered[math.ceil(0.95 * len(ordered)) - 1]:.0f}"
