"""What is assessed and how it is scored: the scheme as written, checked and digested."""
