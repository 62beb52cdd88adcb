"""The app in a real browser, for tests and benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from tasks import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parent.parent
VIEWPORT = {"width": 1366, "height": 768}
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = {"localhost", "127.0.0.1", "::1", None}

# Streamlit tells on its outermost element whether it is connected and a script is running. Before
# the first run it is connected and idle with nothing on the page, which does not count as settled.
SETTLED = """([quiet, limit]) => new Promise(resolve => {
    const start = performance.now();
    let changed = start;
    const observer = new MutationObserver(() => { changed = performance.now(); });
    observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    const idle = () => {
        const app = document.querySelector('[data-testid="stApp"]');
        return app?.dataset.testConnectionState === 'CONNECTED'
            && app.dataset.testScriptState === 'notRunning'
            && document.querySelector('[data-testid="stElementContainer"]') !== null
            && document.querySelector('[data-testid="stSkeleton"]') === null;
    };
    const timer = setInterval(() => {
        const now = performance.now();
        const settled = idle() && now - changed >= quiet;
        if (settled || now - start > limit) {
            clearInterval(timer);
            observer.disconnect();
            resolve(settled);
        }
    }, 20);
})"""


class BrowserMissing(RuntimeError):
    """No Chromium, Chrome or Edge on this computer."""


@dataclass(frozen=True)
class Server:
    """A Streamlit server that answers."""

    url: str
    seconds_to_health: float
    output: Path

    def log(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serve(script: str | Path, variables: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run a Streamlit script with the project's settings on a free port, and end it afterwards."""
    url = f"http://localhost:{free_port()}"
    flags = ["--server.headless=true", "--server.address=localhost", f"--server.port={urlsplit(url).port}"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *flags]
    environment = {**os.environ, "PYTHONUTF8": "1", **(variables or {})}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        output = Path(folder, "server.log")
        with output.open("w", encoding="utf-8") as log, _started(command, environment, log) as process:
            seconds = _wait_for_health(process, url, output)
            yield Server(url, seconds, output)


@contextmanager
def _started(command: list[str], environment: Mapping[str, str], log: TextIO) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for_health(process: subprocess.Popen[bytes], url: str, output: Path, limit: float = 60) -> float:
    direct = build_opener(ProxyHandler({}))
    start = time.perf_counter()
    while (waited := time.perf_counter() - start) < limit and process.poll() is None:
        try:
            with direct.open(f"{url}/_stcore/health", timeout=5):
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.01)
    log = output.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"Streamlit did not answer within {waited:.0f} s; it wrote:\n{log}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def launch() -> Iterator[Browser]:
    """Start the browser that is installed; raises BrowserMissing where there is none."""
    program = find_browser()
    if program is None:
        raise BrowserMissing("No Chromium, Chrome or Edge found; `python tasks.py test` tells what to do.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def new_context(browser: Browser) -> BrowserContext:
    """Return an empty profile on the kind of laptop the app is laid out for, set to Indonesian."""
    return browser.new_context(viewport=VIEWPORT, locale="id-ID", timezone_id="Asia/Jakarta")


def watch_hosts(context: BrowserContext) -> set[str]:
    """Return a set that fills with the address of each thing asked for from another computer."""
    outside: set[str] = set()

    def note(asked) -> None:
        if urlsplit(asked.url).hostname not in HERE:
            outside.add(asked.url)

    context.on("request", note)
    context.on("page", lambda page: page.on("websocket", note))
    return outside


def settle(page: Page, quiet: int = 250, limit: int = 20_000) -> None:
    """Wait until Streamlit is idle and nothing on the page has changed for ``quiet`` ms."""
    if not page.evaluate(SETTLED, [quiet, limit]):
        raise TimeoutError(f"{page.url} did not come to rest within {limit} ms")


def open_page(page: Page, url: str) -> None:
    """Go to an address of the app and wait until all of it is there."""
    page.goto(url)
    settle(page)
