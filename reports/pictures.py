"""Charts as SVG and PNG without a browser and without a network (vl-convert draws them)."""

import io
import json
from collections.abc import Mapping
from typing import Any

SCALE = 2.0  # pixels of a PNG for one of the chart's: sharp in print and on a projector
_LIGHT = {"background": "#ffffff"}


def svg(spec: Mapping[str, Any]) -> str:
    """A Vega-Lite specification with its data as SVG."""
    import vl_convert

    return vl_convert.vegalite_to_svg(_whole(spec))


def png(spec: Mapping[str, Any], scale: float = SCALE) -> bytes:
    """A Vega-Lite specification with its data as PNG, packed as small as it goes without loss."""
    import vl_convert
    from PIL import Image

    raw = vl_convert.vegalite_to_png(_whole(spec), scale=scale)
    out = io.BytesIO()
    Image.open(io.BytesIO(raw)).convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def _whole(spec: Mapping[str, Any]) -> str:
    """The specification on white, whatever the screen's theme."""
    return json.dumps({**spec, **_LIGHT})
