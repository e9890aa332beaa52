"""Empties the tests' database after a test that really committed, past the triggers that keep rows for ever."""
