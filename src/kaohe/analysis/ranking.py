"""Places of values in binary floats; values that agree in twelve significant digits are tied."""

import numpy as np

from kaohe.analysis.matrices import Floats, round_significant
from kaohe.numbers.ranking import Ties


def round_decimals(values: Floats, decimals: int) -> Floats:
    """Each value at so many decimals, halves away from zero as written in twelve significant digits."""
    scaled = round_significant(np.abs(values) * 10.0**decimals)
    rounded: Floats = np.copysign(np.floor(scaled + 0.5), values) / 10.0**decimals
    return rounded


def rank_values(
    values: Floats,
    *,
    higher_is_better: bool = True,
    ties: Ties = "lowest",
    decimals: int | None = None,
) -> Floats:
    """The place of each value, the best is 1; NaN has none. With `decimals` they are rounded first."""
    rounded = values if decimals is None else round_decimals(values, decimals)
    rounded = round_significant(rounded)
    is_there = ~np.isnan(rounded)
    keys = -rounded[is_there] if higher_is_better else rounded[is_there]
    places = np.full(values.shape, np.nan)
    places[is_there] = _place_keys(keys, ties)
    return places


def _place_keys(keys: Floats, ties: Ties) -> Floats:
    """The places of keys, the least being first."""
    _, index, counts = np.unique(keys, return_inverse=True, return_counts=True)
    before = np.cumsum(counts) - counts
    placed: Floats = {
        "lowest": before + 1.0,
        "average": before + (counts + 1.0) / 2.0,
        "highest": (before + counts).astype(np.float64),
        "dense": np.arange(1.0, len(counts) + 1),
    }[ties]
    return placed[index.reshape(keys.shape)]


def rank_columns(matrix: Floats, *, ties: Ties = "lowest", decimals: int | None = None) -> Floats:
    """The places within each column, the greatest value being first."""
    columns = [rank_values(column, ties=ties, decimals=decimals) for column in matrix.T]
    return np.column_stack(columns)
