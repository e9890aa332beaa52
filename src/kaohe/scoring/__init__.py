"""From observations to scores: evaluation of every rule and roll-up of the tree."""
