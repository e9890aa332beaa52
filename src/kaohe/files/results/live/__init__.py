"""The live workbook: a result whose every cell can be followed and changed."""
