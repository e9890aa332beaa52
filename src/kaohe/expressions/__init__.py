"""The closed vocabulary in which every scoring rule is written."""
