"""The command line: one verb a file, exit codes 0, 1 and 2."""
