"""Every figure asked once of its owner: rounds, sheets, review, sign-off, check, approval, lock."""
