"""What leaves the simulator: memo, slides, a workbook with live formulas, and charts as pictures.

Nothing here is loaded before a report is asked for. `brief` gathers what is told, once for memo and slides; each
document has its own room. Knows the model and the chart functions of `ui`, but no screen.
"""
