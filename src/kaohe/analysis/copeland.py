"""Copeland's rule: subjects compared pair by pair, so that no indicator makes good for another."""

import numpy as np

from kaohe.analysis.matrices import UNNAMED, Floats, Names, round_significant

_CELLS_AT_ONCE = 4_000_000
_HALF_SLACK = 1e-12


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
    both = np.zeros_like(lead)
    for mine, theirs, weight in zip(block.T, matrix.T, weights, strict=True):
        difference = mine[:, np.newaxis] - theirs
        is_known = ~np.isnan(difference)
        lead += weight * np.sign(np.where(is_known, difference, 0.0))
        both += weight * is_known
    beats = np.where(np.abs(lead) > _HALF_SLACK * both, np.sign(lead), 0.0)
    counted: Floats = beats.sum(axis=1)
    return counted
