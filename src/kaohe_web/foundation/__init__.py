"""What every column stands on: who acts, verdicts, refusals, the clock, digests, doing a thing once."""
