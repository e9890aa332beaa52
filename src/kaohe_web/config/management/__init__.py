"""Commands of an operator that no column owns."""
