"""Correlations over the subjects that have both figures."""

import numpy as np

from kaohe.analysis.matrices import Flags, Floats, find_constant

_FEWEST = 3  # two points always lie on a line
_SMALL_PRODUCT = 2**18
"""Multiplications up to which the linear algebra library stays on one thread; on a busy machine two are slower."""
_NOTHING = 1e-12  # variance left by float noise, of standardised figures


def correlate(matrix: Floats) -> Floats:
    """Pearson's r of every two columns; NaN where fewer than three subjects have both, or nobody differs.

    OECD/JRC Handbook (2008), step 4 (multivariate analysis).
    """
    both, sums, squares, products = _add_up(_standardise(matrix), ~np.isnan(matrix))
    shared = np.maximum(both, 1)
    covariance = products - sums * sums.T / shared
    variance = squares - sums**2 / shared
    is_known = (both >= _FEWEST) & (variance > _NOTHING) & (variance.T > _NOTHING)
    product = np.sqrt(np.where(is_known, variance * variance.T, 1.0))
    return np.where(is_known, np.clip(covariance / product, -1.0, 1.0), np.nan)


def _add_up(standard: Floats, is_there: Flags) -> tuple[Floats, Floats, Floats, Floats]:
    """For every two columns: the subjects with both, and over them Σx, Σx² and Σxy."""
    width = standard.shape[1]
    both, sums, squares, products = np.zeros((4, width, width))
    step = max(1, _SMALL_PRODUCT // width**2)
    for start in range(0, len(standard), step):
        piece = standard[start : start + step]
        counted = is_there[start : start + step].astype(np.float64)
        both += counted.T @ counted
        sums += piece.T @ counted
        squares += (piece**2).T @ counted
        products += piece.T @ piece
    return both, sums, squares, products


def _standardise(matrix: Floats) -> Floats:
    """Deviations from each column's mean, the greatest being 1; zero where missing or constant."""
    is_there = ~np.isnan(matrix)
    filled = np.where(is_there, matrix, 0.0)
    means = filled.sum(axis=0) / np.maximum(is_there.sum(axis=0), 1)
    deviations = np.where(is_there & ~find_constant(matrix), matrix - means, 0.0)
    greatest = np.abs(deviations).max(axis=0)
    scaled: Floats = deviations / np.where(greatest > 0, greatest, 1.0)
    return scaled
