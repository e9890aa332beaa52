"""The desk: what waits for this reader, over all columns."""
