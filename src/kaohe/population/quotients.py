"""Columns of exact quotients: whole numbers over one denominator, or over one of each row's own.

Whole numbers are int64 while they stay below 2**53, so that the double nearest to a quotient is had by
one division; `TooLarge` is raised beyond that, and the same arithmetic then runs on Python's integers in
columns of objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from kaohe.numbers.rounding import RoundingMode
from kaohe.population.sorting import find_begins, sort_rows
from kaohe.renderings.arrays.columns import Floats, Integers, Mask
from kaohe.renderings.arrays.settling import round_ratios

Wholes = npt.NDArray[Any]
"""Whole numbers: int64, or Python's in a column of objects."""
LARGEST = 2**53
"""Whole numbers below it are doubles."""
_SAFE = 2**62
_FEW = 1000
"""So many figures are compared as fractions before all are sorted again by their doubles."""


class TooLarge(ArithmeticError):
    """Whole numbers would leave the range in which int64 and doubles are exact."""


@dataclass(frozen=True)
class Quotients:
    """A column of exact figures: `above` over `below`; `known` says where there is one, None everywhere.

    Where nothing is known, `above` is 0. `bound` is at least the most any of `above` is, without its
    sign, where that is known without looking.
    """

    above: Wholes
    below: int | Wholes = 1
    known: Mask | None = None
    bound: int | None = None

    def __len__(self) -> int:
        return len(self.above)

    @property
    def most(self) -> int:
        """At least the most any of `above` is, without its sign."""
        return measure(self.above) if self.bound is None else self.bound

    def take(self, rows: Integers | slice) -> "Quotients":
        """The figures of some rows."""
        below = self.below if isinstance(self.below, int) else self.below[rows]
        known = None if self.known is None else self.known[rows]
        return Quotients(self.above[rows], below, known, self.bound)

    def exact(self, row: int) -> Fraction | None:
        """One figure."""
        if self.known is not None and not self.known[row]:
            return None
        below = self.below if isinstance(self.below, int) else self.below[row]
        return Fraction(int(self.above[row]), int(below))

    def is_known(self) -> Mask:
        """Where there is a figure."""
        return np.ones(len(self), dtype=bool) if self.known is None else self.known

    def floats(self) -> Floats:
        """The double nearest to each figure; NaN where there is none."""
        nearest = (self.above / self.below).astype(np.float64)
        return nearest if self.known is None else np.where(self.known, nearest, np.nan)

    def scale(self, factor: Fraction) -> "Quotients":
        """Each figure times one factor."""
        return self if factor == 1 else multiply_quotients(self, *factor.as_integer_ratio())

    def hold(self, low: Fraction | None, high: Fraction | None) -> "Quotients":
        """Each figure within its bounds, the lower one applied first."""
        held = self if low is None else _pick(np.maximum, self, low)
        return held if high is None else _pick(np.minimum, held, high)

    def reaches(self, line: Fraction) -> Mask:
        """Who has at least so much."""
        most = max(self.most * line.denominator, measure(self.below) * abs(line.numerator))
        above, below = self._open(most)
        holds: Mask = np.asarray(above * line.denominator >= line.numerator * below, dtype=bool)
        return holds if self.known is None else holds & self.known

    def round_off(self, decimals: int, mode: RoundingMode) -> Integers:
        """Each figure rounded, as whole numbers of 10**-decimals; 0 where there is none."""
        scale = 10**decimals
        above, below = self._open(self.most * scale)
        wholes = np.asarray(below, dtype=above.dtype)
        return round_ratios(above * scale, wholes, mode).astype(np.int64)

    def _open(self, most: int) -> tuple[Any, Any]:
        """Both parts, as Python's integers where int64 would not hold so much."""
        if most < _SAFE or _is_wide(self.above):
            return self.above, self.below
        below = self.below if isinstance(self.below, int) else self.below.astype(object)
        return self.above.astype(object), below

    def order(self) -> Integers:
        """Whole numbers in the same order, equal where the figures are equal."""
        if isinstance(self.below, int) and self.above.dtype != object:
            wholes: Integers = self.above
            return wholes
        return _order_fractions(self)


def measure(wholes: int | Wholes) -> int:
    """The most any of the whole numbers is, without its sign."""
    if isinstance(wholes, int):
        return abs(wholes)
    return max(int(wholes.max()), -int(wholes.min())) if len(wholes) else 0


def add_quotients(columns: Sequence[Quotients]) -> Quotients:
    """The sum of each row's known figures; every row is known."""
    filled = [_fill(column) for column in columns]
    below = reduce(_find_common, (column.below for column in filled))
    parts = [_multiply_above(column, below // column.below) for column in filled]
    bound = sum(part.most for part in parts)
    return require_small(
        Quotients(reduce(np.add, [part.above for part in parts]), below, None, bound)
    )


def _fill(column: Quotients) -> Quotients:
    if column.known is None:
        return column
    below = column.below
    if not isinstance(below, int):
        below = np.where(column.known, below, 1)
    return Quotients(np.where(column.known, column.above, 0), below, None, column.bound)


def multiply_quotients(column: Quotients, above: int | Wholes, below: int | Wholes) -> Quotients:
    """Each figure times a quotient of its own row."""
    product = _multiply_above(column, above)
    return replace(product, below=_multiply_below(column, below))


def _multiply_above(column: Quotients, factor: Any) -> Quotients:
    """The figures times whole numbers, over the same denominators."""
    if isinstance(factor, int) and factor == 1:
        return column
    bound = column.most * measure(factor)
    product = Quotients(column.above, column.below, column.known, bound)
    return replace(require_small(product), above=column.above * factor)


def _multiply_below(column: Quotients, factor: Any) -> Any:
    is_small = measure(column.below) * measure(factor) < LARGEST
    if not is_small and not _is_wide(column.above):
        raise TooLarge
    return column.below * factor


def _find_common(one: Any, other: Any) -> Any:
    """The least common denominator. Raises TooLarge where int64 would not hold it."""
    if isinstance(one, int) and isinstance(other, int):
        return lcm(one, other)
    rest = one // np.gcd(one, other)
    if not _is_wide(one, other) and measure(rest) * measure(other) >= LARGEST:
        raise TooLarge
    return rest * other


def _is_wide(*wholes: int | Wholes) -> bool:
    return any(not isinstance(each, int) and each.dtype == object for each in wholes)


def require_small(column: Quotients) -> Quotients:
    """The column, if int64 and doubles can hold it or it needs neither."""
    is_small = column.most < LARGEST and measure(column.below) < LARGEST
    if not is_small and not _is_wide(column.above):
        raise TooLarge
    return column


def _pick(pick: np.ufunc, column: Quotients, edge: Fraction) -> Quotients:
    below = _find_common(column.below, edge.denominator)
    scaled = _multiply_above(column, below // column.below)
    line = below // edge.denominator * edge.numerator
    bound = max(scaled.most, measure(below) * abs(edge.numerator))
    require_small(Quotients(column.above, below, None, bound))
    held = pick(scaled.above, line)
    if column.known is not None:
        held = np.where(column.known, held, 0)
    return Quotients(held, below, column.known, bound)


def _order_fractions(column: Quotients) -> Integers:
    """Numbered by their doubles, which keep the order, and exactly where those are close."""
    floats = np.nan_to_num(column.floats())
    coarse = _scale_floats(floats)
    rows = sort_rows(coarse)
    close = find_begins(coarse[rows])
    if np.count_nonzero(_find_new(column, rows, floats) & ~close) > _FEW:
        rows = np.argsort(floats, kind="stable")
        close = find_begins(floats[rows])
    begins = _find_new(column, rows, floats)
    for run in _list_mixed(close, begins):
        found = [column.exact(row) or Fraction(0) for row in rows[run]]
        order = sorted(range(len(found)), key=found.__getitem__)
        rows[run] = rows[run][order]
        begins[run][1:] = [found[one] != found[next_] for one, next_ in pairwise(order)]
    numbers = np.empty(len(rows), dtype=np.int64)
    numbers[rows] = np.cumsum(begins) - 1
    return numbers


def _scale_floats(floats: Floats) -> Integers:
    """Whole numbers in the order of the figures, equal where those are equal, and maybe where they are close."""
    low = floats.min(initial=np.inf)
    span = floats.max(initial=-np.inf) - low
    if not len(floats) or span == 0:
        return np.zeros(len(floats), dtype=np.int64)
    levels = 2.0 ** (61 - len(floats).bit_length())
    return np.asarray((floats - low) * (levels / span)).astype(np.int64)


def _find_new(column: Quotients, rows: Integers, floats: Floats) -> Mask:
    """Where a figure differs from the one before.

    The products wrap, but where the doubles are equal their difference is below 2**55.
    """
    above, begins = column.above[rows], find_begins(floats[rows])
    if isinstance(column.below, int):
        begins[1:] |= np.asarray(above[1:] != above[:-1], dtype=bool)
        return begins
    below = column.below[rows]
    begins[1:] |= np.asarray(above[1:] * below[:-1] != above[:-1] * below[1:], dtype=bool)
    return begins


def _list_mixed(close: Mask, begins: Mask) -> list[slice]:
    """Runs of close figures that are not all equal."""
    starts = np.flatnonzero(close)
    stops = np.r_[starts[1:], len(close)]
    mixed = np.unique(np.searchsorted(starts, np.flatnonzero(begins & ~close), side="right") - 1)
    return [slice(int(starts[run]), int(stops[run])) for run in mixed]
