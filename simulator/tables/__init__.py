"""A region as tables that people fill in: the same for the screen, for Excel and for CSV."""
