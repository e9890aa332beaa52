"""Reading, ranking, rounding and writing of exact numbers."""
