"""Float columns with their exact background: what the array rendering computes on.

A facet is a float64 column together with the number of decimals its figures have; a figure is the
double nearest to `k / 10**decimals`, so `k` can be had back exactly. Missing figures are NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kaohe.renderings.frame import Frame

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_LARGEST_EXACT = float(2**53)


@dataclass(frozen=True)
class FacetColumn:
    """One facet: float64 figures (NaN where missing) with `decimals` decimals each."""

    figures: Floats
    decimals: int

    @cached_property
    def scaled(self) -> Integers:
        """The figures as whole numbers of 10**-decimals; 0 where missing."""
        filled = np.where(np.isnan(self.figures), 0.0, self.figures)
        return np.rint(filled * 10.0**self.decimals).astype(np.int64)

    def exact(self, row: int) -> Fraction:
        """One figure, exactly."""
        return Fraction(int(self.scaled[row]), 10**self.decimals)


@dataclass(frozen=True)
class ColumnFrame:
    """One indicator over n subjects, as columns: facets, points, and a pool code per row."""

    facets: Mapping[str, FacetColumn]
    points: FacetColumn
    pool_codes: Integers

    def __len__(self) -> int:
        return len(self.pool_codes)

    @cached_property
    def pools(self) -> "PoolOrder":
        """The rows in pool order."""
        return PoolOrder.sort(self.pool_codes)


@dataclass(frozen=True)
class PoolOrder:
    """Rows sorted by pool: `order` lists rows, `starts` where each pool begins, `code_of` its number."""

    order: Integers
    starts: Integers
    number: Integers

    @classmethod
    def sort(cls, codes: Integers) -> "PoolOrder":
        """Sort the rows by pool code; `number[row]` counts the pools 0, 1, … in that order."""
        order = np.argsort(codes, kind="stable")
        in_order = codes[order]
        begins = np.flatnonzero(np.r_[True, in_order[1:] != in_order[:-1]])
        number = np.empty(len(codes), dtype=np.int64)
        number[order] = np.cumsum(np.r_[False, in_order[1:] != in_order[:-1]])
        return cls(order, begins, number)


def make_columns(frame: Frame) -> ColumnFrame:
    """An exact frame as columns; its pools must part the rows (no row compared with a foreign pool)."""
    points = _make_facet(list(frame.points))
    facets = {name: _make_facet(list(cells)) for name, cells in frame.facets.items()}
    return ColumnFrame(facets, points, np.asarray(frame.pool_of, dtype=np.int64))


def _make_facet(cells: list[object]) -> FacetColumn:
    exact = [cell for cell in cells if isinstance(cell, Fraction)]
    decimals = max(map(count_decimals, exact), default=0)
    figures = np.array(
        [float(cell) if isinstance(cell, Fraction) else np.nan for cell in cells], dtype=np.float64
    )
    if exact and max(abs(cell) for cell in exact) * 10**decimals >= _LARGEST_EXACT:
        raise ValueError("figures of more than 15 significant digits cannot be scored as columns")
    return FacetColumn(figures, decimals)


def count_decimals(value: Fraction) -> int:
    """How many decimals a terminating number has.

    Raises ValueError for a number such as 1/3.
    """
    for decimals in range(40):
        if 10**decimals % value.denominator == 0:
            return decimals
    raise ValueError(f"{value} has no end as a decimal")
