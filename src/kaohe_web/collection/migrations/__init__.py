"""How the tables of this column came to be."""
