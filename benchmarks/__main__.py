"""All benchmarks with one command: ``python -m benchmarks``."""

import argparse
import importlib
import importlib.util
import sys


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=["engine", "browser"], help="leave out the other part")
    parser.add_argument("--moves", type=int, default=30, help="moves of the slider (30)")
    parser.add_argument("--slider", default="", help="its label, or css=SELECTOR (the first in view)")
    parser.add_argument("--path", default="", help="what follows the app's address, as /page?query")
    options = parser.parse_args()
    if options.only != "browser" and importlib.util.find_spec("benchmarks.engine"):
        importlib.import_module("benchmarks.engine").main()
        print()
    if options.only != "engine":
        from benchmarks import browser

        browser.main(options.moves, options.slider, options.path)


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as reason:
        sys.exit(str(reason))
