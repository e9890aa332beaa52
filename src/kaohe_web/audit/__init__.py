"""What happened, by whom, in which post: one chained event for each change, refusal, export, sensitive read."""
