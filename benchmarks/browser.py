"""Timings in a real browser: how soon the charts follow a slider, and how soon the page is there.

The app and a bare page with one slider and one chart of the same size are timed in one run, so
that their ratio holds on any computer. A move during which other programs kept the processor
busy is made again.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
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
    """What the moves on each page took, and how many of them fell into a busy moment."""

    moves: dict[str, list[dict[str, float]]]
    changed: dict[str, int]
    busy: int


class Mover:
    """Moves the slider of an open page and times the charts that follow."""

    def __init__(self, page: Page, slider: Locator) -> None:
        self.page = page
        self.slider = slider
        self.key = "ArrowRight"
        before = page.evaluate("probe.pictures()")
        for _ in range(WARM_UPS):
            self.move()
        after = page.evaluate("probe.pictures()")
        self.changed = sum(old != new for old, new in zip(before, after, strict=True))
        if not self.changed:
            raise RuntimeError("Moving the slider changed no chart in view; choose another with --slider.")

    def move(self) -> dict[str, float]:
        """Press a key on the slider; return ms to the first and the last drawing of a chart in view."""
        self.slider.focus()
        self.page.evaluate("probe.forget()")
        self.page.keyboard.press(self._next_key())
        drawn = self.page.evaluate(f"probe.settled({QUIET}, {LIMIT})")
        if drawn is None:
            raise RuntimeError(f"No chart was drawn within {LIMIT / 1000:.0f} s of a move of the slider.")
        pressed = self.page.evaluate("probe.pressed")
        moved = {part: drawn[part] - pressed for part in ("first", "last")}
        return {**moved, "visible": drawn["visible"], "value": float(self.slider.input_value())}

    def _next_key(self) -> str:
        """Go up to the slider's end, then down again."""
        value, low, high = self.slider.evaluate("e => [e.value, e.min, e.max].map(Number)")
        if value >= high:
            self.key = "ArrowLeft"
        elif value <= low:
            self.key = "ArrowRight"
        return self.key


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
            targets = {"bare page": (bare_server, bare), "app": (app_server, app)}
            print_moves(time_moves(browser, targets, moves))
        print_starts({"bare page": time_starts(browser, bare, variables), "app": time_starts(browser, app, {})})


# ---- moves


def time_moves(browser: Browser, targets: dict[str, tuple[Server, Target]], count: int) -> Moves:
    """Move the slider of each page in turn, so that all meet the same conditions."""
    with ExitStack() as stack:
        movers = {}
        for name, (server, target) in targets.items():
            page = stack.enter_context(opened(browser, server, target))
            movers[name] = Mover(page, target.find_slider(page))
        quiet, busy = [], []
        while len(quiet) < count and len(busy) < 3 * count:
            load = ForeignLoad()
            moved = {name: mover.move() for name, mover in movers.items()}
            (busy if load.cores() > BUSY else quiet).append(moved)
    counted = (quiet + busy)[:count]
    return Moves(
        moves={name: [moved[name] for moved in counted] for name in targets},
        changed={name: mover.changed for name, mover in movers.items()},
        busy=max(0, count - len(quiet)),
    )


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


def print_moves(timed: Moves) -> None:
    pages = timed.moves.values()
    count = len(next(iter(pages)))
    print(f"\nFrom a key press on the slider, in ms: median / 95th percentile of {count} moves\n")
    print_row("", *timed.moves, "target (median)")
    for label, part in (("first changed chart", "first"), ("all visible charts settled", "last")):
        cells = [median_and_95th([move[part] for move in moves]) for moves in pages]
        print_row(label, *cells, f"<= {TARGETS[part]}")
    views = [max(move["visible"] for move in moves) for moves in pages]
    changed = timed.changed.values()
    print_row("charts in view / changed", *(f"{n} / {m}" for n, m in zip(views, changed, strict=True)))
    print_row("different slider values", *(str(len({move["value"] for move in moves})) for moves in pages))
    if timed.busy:
        print(f"{timed.busy} moves on a busy computer: trust the ratio of the columns, not the figures.")


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
