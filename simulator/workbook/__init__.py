"""A region's tables as an Excel workbook or CSV, out and in. Loaded only when a file is read or written."""
