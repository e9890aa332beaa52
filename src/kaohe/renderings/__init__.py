"""The four readings of one expression: exact, arrays, workbook and prose."""
