"""Copeland's rule: subjects compared pair by pair, so that no indicator makes good for another."""

import numpy as np

from kaohe.analysis.matrices import UNNAMED, Floats, Names, round_significant

_CELLS_AT_ONCE = 2**18
"""Pairs compared together: so many that their counts stay in the processor's cache."""
_SLACK = 1e-12  # of the whole weight, as sums of floats leave it


def copeland(matrix: Floats, weights: Floats, *, names: Names = UNNAMED) -> Floats:
    """How many subjects each one beats, less those that beat it: from −(n − 1) to n − 1.

    One beats another that is better on more than half of the weight of the indicators both have; a tie
    (on twelve significant digits) counts half to each. OECD/JRC Handbook step 6, "Non-compensatory
    multi-criteria approach", with the rule of Copeland (1951) for ordering the outranking matrix. COINr's
    `a_copeland` adds up the shares of weight instead of the pairs won.
    """
    del names
    compared = round_significant(matrix)
    step = max(1, _CELLS_AT_ONCE // len(matrix))
    blocks = [
        _count_wins(compared[start : start + step], compared, weights)
        for start in range(0, len(matrix), step)
    ]
    return np.where(np.isnan(matrix).all(axis=1), np.nan, np.concatenate(blocks))


def _count_wins(block: Floats, matrix: Floats, weights: Floats) -> Floats:
    """Wins less losses of some subjects against all."""
    lead = np.zeros((len(block), len(matrix)))
    for mine, theirs, weight in zip(block.T, matrix.T, weights, strict=True):
        mine = mine[:, np.newaxis]
        # A comparison with a missing figure is false both ways, and counts for nobody.
        lead += weight * (mine > theirs)
        lead -= weight * (mine < theirs)
    counted: Floats = np.sum(lead > _SLACK, axis=1) - np.sum(
        lead < -_SLACK, axis=1, dtype=np.float64
    )
    return counted
