"""The memo that a regional secretary reads before a budget meeting: two to four A4 pages for Word."""

from reports.brief import Brief

__all__ = ["build"]


def build(brief: Brief) -> bytes:
    """A brief as a .docx. What does not fit on four pages is shortened by rules, and the memo says where it stands."""
    from reports.memo.clean import cleaned
    from reports.memo.content import fitted
    from reports.memo.figures import pictures
    from reports.memo.writer import Writer

    brief = cleaned(brief)
    blocks = fitted(brief, pictures(brief))
    return Writer(brief.title, brief.subtitle, brief.made).write(blocks)
