"""What the engine costs, each figure beside a baseline of the same run."""
