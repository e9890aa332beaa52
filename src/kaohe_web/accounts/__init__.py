"""Accounts, posts with dates, delegation, the three administrators, sign-in."""
