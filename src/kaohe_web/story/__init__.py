"""The seeded district: its seasons told through the real actions."""
