"""Start, test and time the simulator: ``python tasks.py run``, ``test`` or ``bench``.

Needs nothing but Python itself. The first call makes an environment in ``.venv`` and installs
what the task needs; later calls find it there and work without a network.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Python 3.11, 3.12 or 3.13 is needed; this is Python {}.{}.".format(*sys.version_info))

import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
NEWEST_TRIED = (3, 13)
PORTS = range(8501, 8600)
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


class Stop(Exception):
    """A task cannot go on; the message tells the user what to do."""


def main(arguments: list[str]) -> int:
    if WINDOWS and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    tasks = {"run": run, "test": test, "bench": bench}
    parser = argparse.ArgumentParser(prog="tasks.py", description=__doc__.split("\n", 1)[0])
    parser.add_argument("task", choices=tasks, help="run the app, the tests or the benchmarks")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="options of the task; pytest's for test")
    chosen = parser.parse_args(arguments)
    try:
        return tasks[chosen.task](chosen.rest)
    except Stop as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# ---- tasks


def run(arguments: list[str]) -> int:
    """Serve the app on this computer and open it in the browser."""
    parser = argparse.ArgumentParser(prog="tasks.py run")
    parser.add_argument("--port", type=int, help=f"use this port (else the first free one from {PORTS[0]})")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    options = parser.parse_args(arguments)
    install("requirements.txt")
    port = options.port or first_free_port()
    url = f"http://localhost:{port}"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = subprocess.Popen(server_command(port), cwd=ROOT, env=ENVIRONMENT)
    try:
        if answers(server, url) and not options.no_browser:
            open_browser(url)
        say(f"Open {url} in a browser. Ctrl+C ends the simulator.")
        return server.wait()
    except KeyboardInterrupt:  # the server was told by the same Ctrl+C
        return 0 if ended(server) else 130
    finally:
        if server.poll() is None:
            server.terminate()
            if not ended(server):
                server.kill()


def test(arguments: list[str]) -> int:
    """Run the linter and the tests; options go to pytest. Without any, files go side by side, browsers one by one."""
    install("requirements-dev.txt")
    provide_browser()
    provide_office()
    lint = call([PYTHON, "-m", "ruff", "check", "."])
    pytest = [PYTHON, "-m", "pytest", "-q"]
    if arguments:
        tests = call([*pytest, *arguments])
    else:
        tests = call([*pytest, "-n", "auto", "--dist", "loadfile", "-m", "not browser"])
        tests = call([*pytest, "-m", "browser"]) or tests
    return lint or tests


def bench(arguments: list[str]) -> int:
    """Run the benchmarks."""
    install("requirements-dev.txt")
    provide_browser()
    return call([PYTHON, "-m", "benchmarks", *arguments])


# ---- environment


def install(requirements: str) -> None:
    """Bring .venv up to a requirements file; does nothing where that was done before."""
    version = environment_version()
    stamp = read_stamp() if version else {}
    if version and stamp.get("python") != version:
        stamp = {}
    wanted = fingerprint(requirements)
    if stamp.get(requirements) == wanted:
        return
    if not stamp and not running_inside_environment():
        create_environment()
    say(f"Installing {requirements}; the first time this takes some minutes and needs the internet.")
    pip = [PYTHON, "-m", "pip", "install", "--no-input", "--only-binary", ":all:"]
    if call([*pip, "-r", requirements, "-c", "constraints.txt"]):
        raise Stop("Installing failed; the lines above tell why. It needs the internet; later starts do not.")
    done = {"python": environment_version(), requirements: wanted}
    if requirements == "requirements-dev.txt":
        done["requirements.txt"] = fingerprint("requirements.txt")
    STAMP.write_text(json.dumps(done), encoding="utf-8")


def create_environment() -> None:
    if sys.version_info[:2] > NEWEST_TRIED:
        say(f"Python {version_text()} was not tried yet; if it gives trouble, use 3.11, 3.12 or 3.13.")
    say(f"Making an environment with Python {version_text()} in {VENV}")
    if call([sys.executable, "-m", "venv", "--clear", VENV]):
        raise Stop(
            f"Python could not make an environment in {VENV}. If the simulator runs in another window, "
            "end it there first. On Debian and Ubuntu, install the package python3-venv."
        )


def environment_version() -> str | None:
    """Return the version of the Python in .venv, None where there is none that works."""
    code = "import sys, pip; print('{}.{}'.format(*sys.version_info))"
    try:
        reply = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, env=ENVIRONMENT)
    except OSError:
        return None
    return reply.stdout.strip() or None


def running_inside_environment() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def fingerprint(requirements: str) -> str:
    """Return a hash of all files that say what an installation holds."""
    digest = hashlib.sha256()
    for name in dict.fromkeys(["requirements.txt", requirements, "constraints.txt"]):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


# ---- server


def server_command(port: int) -> list[str]:
    """Return the command that serves the app to this computer only; the rest is in .streamlit/."""
    options = {
        "server.address": "localhost",
        "server.port": port,
        "server.headless": "true",  # this script opens the browser, once the app can answer
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [str(PYTHON), "-m", "streamlit", "run", "streamlit_app.py", *flags]


def first_free_port() -> int:
    for port in PORTS:
        if not is_taken(port):
            if port != PORTS[0]:
                say(f"Port {PORTS[0]} is taken; using {port}.")
            return port
    raise Stop(f"All ports from {PORTS[0]} to {PORTS[-1]} are taken; choose another with --port.")


def is_taken(port: int) -> bool:
    """Tell whether anything on this computer answers at a port, or keeps it."""
    for host in ("127.0.0.1", "::1"):
        try:
            socket.create_connection((host, port), timeout=0.3).close()
            return True
        except OSError:
            continue
    with socket.socket() as probe:
        if WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def answers(server: subprocess.Popen, url: str, seconds: float = 60) -> bool:
    """Wait for a server; False when it ended or stayed silent."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with direct.open(f"{url}/_stcore/health", timeout=2) as reply:
                return reply.status == 200
        except OSError:
            time.sleep(0.05)
    return False


def open_browser(url: str) -> None:
    """Open the default browser, except where only one for the terminal could come up."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    webbrowser.open(url)


def ended(server: subprocess.Popen, seconds: float = 5) -> bool:
    """Wait for a server to end by itself."""
    try:
        server.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


# ---- browser and office for tests


def provide_browser() -> None:
    """Install Chromium where that can be done; tell what to do where it cannot."""
    if find_browser():
        return
    if has_apt():
        say("No Chromium, Chrome or Edge found; installing Chromium.")
        apt_install("chromium", "libatomic1")  # playwright needs the second
    if not find_browser():
        say(
            "No Chromium, Chrome or Edge found: what needs a browser is left out, and fails where CI is set. "
            "Install one of them, or put the path of its program in the variable CHROMIUM."
        )


def provide_office() -> None:
    """Install LibreOffice where that can be done: it recalculates the workbook and opens memo and slides in tests."""
    if find_office():
        return
    if has_apt():
        say("No LibreOffice found; installing its parts without a screen.")
        apt_install("--no-install-recommends", *OFFICE_PARTS)
    if not find_office():
        say("No LibreOffice found: the tests that open documents in it are left out.")


OFFICE_PARTS = (
    "libreoffice-calc-nogui",
    "libreoffice-writer-nogui",
    "libreoffice-impress-nogui",
    "fonts-crosextra-carlito",  # as wide as Calibri, which the documents ask for
    "poppler-utils",  # pages of a PDF as text
)


def find_office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def has_apt() -> bool:
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    root = [] if os.geteuid() == 0 else ["sudo"] if sys.stdin and sys.stdin.isatty() else ["sudo", "-n"]
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    for step in (["update"], ["install", "-y", *packages]):
        call([*apt, *step], stdin=None if "sudo" in root else subprocess.DEVNULL)


def find_browser() -> str | None:
    """Return the program of a Chromium-like browser; CHROMIUM in the environment goes first."""
    if os.environ.get("CHROMIUM"):
        return shutil.which(os.environ["CHROMIUM"])
    names = ["chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "chromium-browser"]
    places = [Path("/Applications", f"{app}.app/Contents/MacOS/{app}") for app in MAC_BROWSERS]
    for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        places += [Path(os.environ.get(variable, "-"), *parts) for parts in WINDOWS_BROWSERS]
    found = [shutil.which(name) for name in names] + [str(place) for place in places if place.is_file()]
    return next((path for path in found if path), None)


MAC_BROWSERS = ("Chromium", "Google Chrome", "Microsoft Edge")
WINDOWS_BROWSERS = (
    ("Google", "Chrome", "Application", "chrome.exe"),
    ("Microsoft", "Edge", "Application", "msedge.exe"),
)


# ---- small things


def call(command: list, **options) -> int:
    """Run a command in the project's folder and return its exit code."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=ROOT, env=ENVIRONMENT, **options)
    except FileNotFoundError:
        say(f"{command[0]} was not found.")
        return 127
    return done.returncode


def say(text: str) -> None:
    print(text, flush=True)


def version_text() -> str:
    return "{}.{}".format(*sys.version_info)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
