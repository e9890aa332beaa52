"""A scheme over a cluster: Spark schedules buckets of whole groups, each task scores its own with `population`."""
