"""The whole scheme over columns: scores, ranks and grades of any number of subjects, equal to the exact ones."""
