"""All benchmarks with one command: ``python -m benchmarks``."""

import argparse
import importlib
import importlib.util
import sys


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parts = ["engine", "decide", "trust", "data", "reports", "browser"]
    parser.add_argument("--only", choices=parts, help="leave out the other parts")
    parser.add_argument("--moves", type=int, default=30, help="moves of the slider (30)")
    parser.add_argument("--slider", default="", help="its label, or css=SELECTOR (the first in view)")
    parser.add_argument("--path", default="", help="what follows the app's address, as /page?query")
    options = parser.parse_args()
    for part in ("engine", "decide", "trust", "data", "reports"):
        if options.only in (None, part) and importlib.util.find_spec(f"benchmarks.{part}"):
            importlib.import_module(f"benchmarks.{part}").main()
            print()
    if options.only in (None, "browser"):
        from benchmarks import browser

        browser.main(options.moves, options.slider, options.path)


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as reason:
        sys.exit(str(reason))
