"""Correlations over the subjects that have both figures."""

import numpy as np

from kaohe.analysis.matrices import Floats, find_constant

_FEWEST = 3  # two points always lie on a line
_NOTHING = 1e-12  # variance left by float noise, of standardised figures


def correlate(matrix: Floats) -> Floats:
    """Pearson's r of every two columns; NaN where fewer than three subjects have both, or nobody differs.

    OECD/JRC Handbook (2008), step 4 (multivariate analysis) and step 8 (links to other indicators).
    """
    is_there = ~np.isnan(matrix)
    standard = _standardise(matrix)
    counted = is_there.astype(np.float64)
    both = counted.T @ counted
    sums = standard.T @ counted
    squares = (standard**2).T @ counted
    shared = np.maximum(both, 1)
    covariance = standard.T @ standard - sums * sums.T / shared
    variance = squares - sums**2 / shared
    is_known = (both >= _FEWEST) & (variance > _NOTHING) & (variance.T > _NOTHING)
    product = np.sqrt(np.where(is_known, variance * variance.T, 1.0))
    return np.where(is_known, np.clip(covariance / product, -1.0, 1.0), np.nan)


def _standardise(matrix: Floats) -> Floats:
    """Deviations from each column's mean, the greatest being 1; zero where missing or constant."""
    is_there = ~np.isnan(matrix)
    filled = np.where(is_there, matrix, 0.0)
    means = filled.sum(axis=0) / np.maximum(is_there.sum(axis=0), 1)
    deviations = np.where(is_there & ~find_constant(matrix), matrix - means, 0.0)
    greatest = np.abs(deviations).max(axis=0)
    scaled: Floats = deviations / np.where(greatest > 0, greatest, 1.0)
    return scaled
