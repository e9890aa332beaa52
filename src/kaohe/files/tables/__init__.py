"""Tables in: every format read behind guards, whatever the figures mean."""
