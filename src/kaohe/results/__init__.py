"""What a run leaves behind: results, receipts, comparisons and package content."""
