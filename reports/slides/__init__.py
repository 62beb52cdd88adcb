"""The slides that are shown to a regional government: a .pptx whose charts PowerPoint can edit.

`pages` says what stands on each slide and whether there is one, `notes` what the speaker can answer; `parts` and
`charts` set texts, tables and charts into boxes, `fit` measures so that all of it fits; `master` is the look.
Knows the model's frames and the colours of `ui.palette`, but no screen. Nothing is loaded before slides are made.
"""

from reports.brief import Brief


def build(brief: Brief) -> bytes:
    """The slides of a report as the bytes of a .pptx file: six to nine of them, 16:9, with notes for the speaker."""
    from reports.slides.pages import deck  # python-pptx is loaded only where slides are asked for

    return deck(brief)
