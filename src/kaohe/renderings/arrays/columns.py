"""Float columns with their exact background: what the array rendering computes on.

A facet is a float64 column together with a common denominator of its figures; a figure is the double
nearest to `k / denominator`, so the whole number `k` can be had back exactly. Missing figures are NaN.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isnan, lcm

import numpy as np
import numpy.typing as npt

from kaohe.numbers.absence import Cell
from kaohe.renderings.frame import Frame

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_LARGEST = 10**15
"""Whole numbers below it come back from their double, divided and multiplied again."""


@dataclass(frozen=True)
class FacetColumn:
    """One facet: float64 figures (NaN where missing) with a common denominator."""

    figures: Floats
    denominator: int

    @cached_property
    def numerators(self) -> Integers:
        """The figures as whole numbers over the denominator; 0 where missing."""
        filled = np.where(np.isnan(self.figures), 0.0, self.figures)
        return np.rint(filled * float(self.denominator)).astype(np.int64)

    @cached_property
    def extent(self) -> tuple[float, float, bool]:
        """The least and the greatest figure (0 where there is none), and whether some are missing."""
        figures = self.figures if any(self.figures.strides) else self.figures[:1]
        if not len(figures):
            return 0.0, 0.0, True
        low, high = float(figures.min()), float(figures.max())
        if not isnan(low):
            return low, high, False
        low, high = float(np.fmin.reduce(figures)), float(np.fmax.reduce(figures))
        return (0.0, 0.0, True) if isnan(low) else (low, high, True)

    def exact(self, row: int) -> Fraction:
        """One figure, exactly."""
        return Fraction(int(self.numerators[row]), self.denominator)


@dataclass(frozen=True)
class ColumnFrame:
    """One indicator over n subjects, as columns: facets, points, and a pool code per row.

    `order` is given where many indicators share their pools, and where a pool has guests.
    """

    facets: Mapping[str, FacetColumn]
    points: FacetColumn
    pool_codes: Integers
    order: "PoolOrder | None" = None

    def __len__(self) -> int:
        return len(self.pool_codes)

    @cached_property
    def pools(self) -> "PoolOrder":
        """The rows in pool order."""
        return PoolOrder.sort(self.pool_codes) if self.order is None else self.order


@dataclass(frozen=True)
class PoolOrder:
    """Rows sorted by pool: `order` lists them, `starts` where each pool begins, `number` each row's pool.

    `members` says which rows belong to the pool they are compared with, None that all do; the others
    are its guests, who count for nobody else.
    """

    order: Integers
    starts: Integers
    number: Integers
    members: Mask | None = None

    @cached_property
    def widest(self) -> int:
        """How many rows the largest pool has."""
        return int(self.sizes.max(initial=0))

    @cached_property
    def sizes(self) -> Integers:
        """How many rows each pool has."""
        sizes: Integers = np.diff(np.r_[self.starts, len(self.order)])
        return sizes

    @cached_property
    def is_sorted(self) -> bool:
        """Whether the rows stand in pool order as they are."""
        return bool((self.number[1:] >= self.number[:-1]).all())

    def keep_members(self, figures: Floats) -> Floats:
        """The figures of members; NaN for guests."""
        return figures if self.members is None else np.where(self.members, figures, np.nan)

    @classmethod
    def sort(cls, codes: Integers, members: Mask | None = None) -> "PoolOrder":
        """Sort the rows by pool code; `number[row]` counts the pools 0, 1, … in that order."""
        order = sort_codes(codes)
        in_order = codes[order]
        begins = np.flatnonzero(np.r_[True, in_order[1:] != in_order[:-1]])
        number = np.empty(len(codes), dtype=np.int64)
        number[order] = np.cumsum(np.r_[False, in_order[1:] != in_order[:-1]])
        return cls(order, begins, number, members)


def sort_codes(codes: Integers) -> Integers:
    """The rows in rising order of small codes; NumPy counts those of 16 bits instead of comparing them."""
    is_small = codes.min(initial=0) >= 0 and codes.max(initial=0) < 2**15
    return np.argsort(codes.astype(np.int16) if is_small else codes, kind="stable")


def make_columns(frame: Frame) -> ColumnFrame:
    """An exact frame as columns; its pools must part the rows (no row compared with a foreign pool).

    Raises ValueError where figures over their common denominator have more than 15 digits.
    """
    facets = {name: make_facet(cells) for name, cells in frame.facets.items()}
    return ColumnFrame(facets, make_facet(frame.points), np.asarray(frame.pool_of, dtype=np.int64))


def make_facet(cells: Sequence[Cell]) -> FacetColumn:
    """Exact cells as one column; every absence becomes NaN."""
    exact = [cell for cell in cells if isinstance(cell, Fraction)]
    denominator = lcm(*{cell.denominator for cell in exact})
    if any(abs(cell) * denominator >= _LARGEST for cell in exact):
        raise ValueError("figures of more than 15 significant digits cannot be scored as columns")
    figures = [float(cell) if isinstance(cell, Fraction) else np.nan for cell in cells]
    return FacetColumn(np.array(figures, dtype=np.float64), denominator)
