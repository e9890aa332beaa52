"""Results out: board, workbook, CSV, receipts, packages."""
