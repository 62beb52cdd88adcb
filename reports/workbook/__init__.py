"""The workbook whose whole model is live formulas: input sheets that can be uploaded again, months, years, RKA."""

from reports.workbook.build import build

__all__ = ["build"]
