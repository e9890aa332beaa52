"""Expressions over columns: in floats where that is certain, settled exactly where it is not."""
