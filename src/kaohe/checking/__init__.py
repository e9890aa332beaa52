"""Findings about schemes and data before anything is scored."""
