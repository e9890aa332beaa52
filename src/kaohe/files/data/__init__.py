"""What tables hold for one scheme: figures, records, headcounts."""
