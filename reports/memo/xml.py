"""Small pieces of WordprocessingML."""

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, values: Mapping[str, Any], *children: Any) -> Any:
    """An element with attributes and children; names carry their prefix (w:p)."""
    made = OxmlElement(tag)
    attributes(made, values)
    made.extend(children)
    return made


def attributes(made: Any, values: Mapping[str, Any]) -> None:
    """Set attributes, names with their prefix."""
    for name, value in values.items():
        made.set(qn(name), str(value))


def twips(points: float) -> int:
    """Points as twentieths, in which Word measures."""
    return round(points * 20)


def text_run(text: str, bold: bool = False) -> Any:
    """A run of text; a tab is a tab."""
    run = element("w:r", {}, *((element("w:rPr", {}, element("w:b", {})),) if bold else ()))
    for i, part in enumerate(text.split("\t")):
        if i:
            run.append(element("w:tab", {}))
        if part:
            piece = element("w:t", {"xml:space": "preserve"})
            piece.text = part
            run.append(piece)
    return run


def field(code: str, shown: str) -> list[Any]:
    """A field that Word works out anew, with what it shows until then."""
    instruction = element("w:instrText", {"xml:space": "preserve"})
    instruction.text = f" {code} "
    return [
        element("w:r", {}, element("w:fldChar", {"w:fldCharType": "begin"})),
        element("w:r", {}, instruction),
        element("w:r", {}, element("w:fldChar", {"w:fldCharType": "separate"})),
        text_run(shown),
        element("w:r", {}, element("w:fldChar", {"w:fldCharType": "end"})),
    ]
