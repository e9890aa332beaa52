"""Columns of numbers as whole numbers over a common power of ten, which is what makes them exact.

A double means the decimal of fifteen significant digits that a spreadsheet shows for it; the common
denominator of a column has as few decimals as all its figures allow, every figure being looked at.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kaohe.renderings.arrays.columns import FacetColumn, Floats, Integers

MOST_DECIMALS = 12
LARGEST = 10**15
"""Whole numbers below it have at most fifteen digits, and come back from their double."""

_SAMPLE = 1_000
_BLOCK = 1 << 15


@dataclass(frozen=True)
class DecimalColumn:
    """Numbers with their common denominator, and the rows whose figures do not fit under one."""

    numbers: FacetColumn
    unfit: Integers

    @property
    def decimals(self) -> int:
        """The decimals that the figures have."""
        return len(str(self.numbers.denominator)) - 1


@np.errstate(over="ignore")
def settle_doubles(figures: Floats) -> DecimalColumn:
    """Doubles as decimals; NaN is missing. Unfit are those that have more decimals than twelve, or are too large.

    A figure that is nearly a decimal, such as 0.30000000000000004, becomes the double nearest to it.
    """
    sample = _clean(figures[:_SAMPLE])
    decimals, unfit = _raise_decimals(figures, _raise_decimals(sample, 0)[0])
    if len(unfit):
        figures = figures.copy()
        figures[unfit] = _clean(figures[unfit])
        decimals, unfit = _raise_decimals(figures, decimals)
    large = np.flatnonzero(np.abs(figures) >= LARGEST / 10**decimals)
    return DecimalColumn(FacetColumn(figures, 10**decimals), np.union1d(unfit, large))


def _raise_decimals(figures: Floats, least: int) -> tuple[int, Integers]:
    """The least decimals, from `least`, under which the figures are whole; and the rows that never are."""
    waiting, decimals = _list_broken(figures, least), least
    for tried in range(least + 1, MOST_DECIMALS + 1):
        if not len(waiting):
            break
        left = waiting[_list_broken(figures[waiting], tried)]
        decimals = tried if len(left) < len(waiting) else decimals
        waiting = left
    return decimals, waiting


def _list_broken(figures: Floats, decimals: int) -> Integers:
    """The rows that hold no whole number of 10**-decimals; a double holds the one it is nearest to."""
    ratio = 10.0**decimals
    limit = LARGEST / ratio
    found = []
    for start in range(0, len(figures), _BLOCK):
        block = figures[start : start + _BLOCK]
        whole = np.rint(block * ratio)
        is_broken = (whole / ratio != block) & ~np.isnan(block)
        if max(np.fmax.reduce(block), -np.fmin.reduce(block)) >= limit:
            is_broken |= np.abs(block) >= limit
        if is_broken.any():
            found.append(np.flatnonzero(is_broken) + start)
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _clean(values: Floats) -> Floats:
    """The doubles nearest to the values' first fifteen digits; if some of the first will not fit, as they are."""
    cleaned = np.array([float(f"{value:.15g}") for value in values[:_SAMPLE]])
    if len(values) > _SAMPLE:
        if len(_raise_decimals(cleaned, 0)[1]):
            return values
        return np.array([float(f"{value:.15g}") for value in values])
    return cleaned


def settle_integers(column: pa.Array) -> DecimalColumn:
    """Whole numbers of any width; unfit are those of more than fifteen digits."""
    figures = pc.cast(column, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return DecimalColumn(FacetColumn(figures, 1), np.flatnonzero(np.abs(figures) >= LARGEST))


def settle_decimals(column: pa.Array) -> DecimalColumn:
    """Decimals exactly; unfit are those with more decimals than twelve, or too large under all decimals."""
    for decimals in range(MOST_DECIMALS + 1):
        try:
            whole = pc.cast(column, pa.decimal128(38, decimals))
        except pa.ArrowInvalid:
            continue
        return _split_wholes(whole, decimals)
    figures = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    cut = pc.cast(pc.cast(column, pa.decimal128(38, MOST_DECIMALS), safe=False), column.type)
    is_cut = pc.fill_null(pc.not_equal(cut, column), fill_value=False)
    return DecimalColumn(
        FacetColumn(figures, 1), np.flatnonzero(is_cut.to_numpy(zero_copy_only=False))
    )


def _split_wholes(column: pa.Array, decimals: int) -> DecimalColumn:
    """The whole numbers behind decimals: of each the lower and the upper eight bytes."""
    words = np.frombuffer(column.buffers()[1], dtype=np.int64).reshape(-1, 2)
    lower, upper = words[column.offset : column.offset + len(column)].T
    is_known = pc.is_valid(column).to_numpy(zero_copy_only=False)
    is_large = (upper != lower >> 63) | (np.abs(lower) >= LARGEST)
    figures = np.where(is_known, lower / 10.0**decimals, np.nan)
    if is_large.any():  # which the lower bytes alone do not say
        figures = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    return DecimalColumn(FacetColumn(figures, 10**decimals), np.flatnonzero(is_known & is_large))
