"""What all pages share: their frame, who may come, how refusals read, headers of every answer."""
