"""Expressions as live formulas of a workbook."""
