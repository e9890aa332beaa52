"""The pages: each column's in a room of its own, all over one shell."""
