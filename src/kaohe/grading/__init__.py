"""Ranks with their tie-breaks, grades within their shares, quotas within their caps."""
