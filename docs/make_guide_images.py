"""Makes the pictures of the user guide from the running app: `python -m docs.make_guide_images [NAME …]`.

Needs a Chromium. What each picture shows stands in `docs/guide_pictures.py`; one that is no longer listed is deleted.
"""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docs.guide_pictures import MAIN, PICTURES, Picture
from tests.browser import launch, new_context, open_page, serve, settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FOLDER = Path(__file__).parent / "panduan" / "gambar"
EDGE, BELOW, NUMBERED = 10, 4, 30  # px left around what is cut out; below it; to its left where there are numbers
LARGEST = 150_000  # bytes of one picture
COLOURS = (256, 128, 64, 32)  # fewer until a picture is small enough

NUMBER = """(boxes) => boxes.forEach(([x, y], i) => {
    const mark = document.createElement("div");
    mark.textContent = i + 1;
    mark.className = "nomor-panduan";
    mark.style.cssText = `position:fixed;left:${Math.max(x - 27, 3)}px;top:${Math.max(y, 3)}px;width:24px;
        height:24px;border-radius:50%;background:#b3261e;color:#fff;font:700 14px/24px sans-serif;text-align:center;
        z-index:9999999;box-shadow:0 0 0 2px #fff`;
    document.body.append(mark);
})"""


def main(names: list[str]) -> None:
    """Write the pictures named, else all, and delete those that nothing makes any more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve("streamlit_app.py") as server, launch() as browser:
        for name in names or PICTURES:
            page = new_context(browser).new_page()
            image = photograph(page, server.url, PICTURES[name])
            page.context.close()
            (FOLDER / f"{name}.png").write_bytes(small(image))
            print(FOLDER / f"{name}.png", (FOLDER / f"{name}.png").stat().st_size)
    for path in FOLDER.glob("*.png"):
        if path.stem not in PICTURES:
            path.unlink()


def photograph(page: "Page", url: str, picture: Picture) -> bytes:
    """One picture as PNG."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    open_page(page, url + picture.address)
    for step in picture.steps:
        step(page)
        settle(page, 500)
    settle(page, 600)
    boxes = [_box(page.locator(mark).first) for mark in picture.marks]
    page.evaluate(NUMBER, [[x, y] for x, y, _, _ in boxes])
    if not picture.cut:
        return page.screenshot()
    return page.screenshot(clip=_clip(page, picture))


def _box(place: "Locator") -> tuple[float, float, float, float]:
    """Left, top, right, bottom of an element in px. Raises LookupError where it is not shown."""
    place.wait_for(state="visible")
    box = place.bounding_box()
    if box is None:
        raise LookupError(f"{place} is not shown")
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def _clip(page: "Page", picture: Picture) -> dict[str, float]:
    """What encloses all elements of a cut; a part of the main page is always as wide as the page."""
    boxes = [_box(page.locator(one).first) for one in picture.cut]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes) - EDGE
    right, bottom = max(b[2] for b in boxes) + EDGE, max(b[3] for b in boxes) + BELOW
    main = _box(page.locator(MAIN).first)
    if left > main[0]:
        left, right = main[0], main[2]
    else:
        left -= NUMBERED if picture.marks else EDGE
    left, top = max(left, 0), max(top, 0)
    return {"x": left, "y": top, "width": min(right, picture.width) - left,
            "height": min(bottom, picture.height) - top}  # fmt: skip


def small(image: bytes) -> bytes:
    """A PNG with so few colours that it is small enough. Raises ValueError where none are few enough."""
    from PIL import Image

    for colours in COLOURS:
        packed = io.BytesIO()
        found = Image.open(io.BytesIO(image)).convert("RGB")
        found.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            packed, "PNG", optimize=True
        )
        if packed.tell() <= LARGEST:
            return packed.getvalue()
    raise ValueError(f"a picture of {packed.tell()} bytes is too large")


if __name__ == "__main__":
    main(sys.argv[1:])
