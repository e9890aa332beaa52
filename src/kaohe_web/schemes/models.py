"""Tables of this column."""
