"""The seeded district: schemes written by hand, data drawn by a program that always draws the same."""
