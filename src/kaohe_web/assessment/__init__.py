"""What a scheme would say: rehearsal on the figures of last year."""
