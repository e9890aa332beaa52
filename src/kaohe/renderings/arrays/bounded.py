"""Float columns in which every figure carries a bound on its absolute error.

A bound grows by the rounding of each operation and by what the operands bring along; where a figure
is chosen among several, only those that can be the chosen one count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from kaohe.renderings.arrays.columns import Floats
from kaohe.renderings.arrays.columns import Mask as Mask

# One rounding of a float64 operation, and a little more for the roundings of the bounds themselves.
_UNIT = 2.0**-53 * 1.001


@dataclass(frozen=True, slots=True)
class Bounded:
    """Float figures, each within its `error` of the exact one; NaN is missing."""

    figures: Floats
    error: Floats

    def __add__(self, other: "Bounded") -> "Bounded":
        return round_off(self.figures + other.figures, self.error + other.error)

    def __sub__(self, other: "Bounded") -> "Bounded":
        return round_off(self.figures - other.figures, self.error + other.error)

    def __mul__(self, other: "Bounded") -> "Bounded":
        inherited = np.abs(self.figures) * other.error
        inherited += (np.abs(other.figures) + other.error) * self.error
        return round_off(self.figures * other.figures, inherited)

    def __truediv__(self, other: "Bounded") -> "Bounded":
        """The quotient; of a divisor that may be zero the error has no bound."""
        figures = self.figures / other.figures
        surely = np.abs(other.figures) - other.error
        inherited = (self.error + np.abs(figures) * other.error) / surely
        return round_off(figures, np.where(surely > 0, inherited, np.inf))


def round_off(figures: Floats, inherited: Floats | float = 0.0, operations: int = 1) -> Bounded:
    """Figures that came by so many roundings, with the error their operands had."""
    return Bounded(figures, inherited + np.abs(figures) * (_UNIT * operations))


def choose(holds: Mask, then: Bounded, otherwise: Bounded) -> Bounded:
    """One figure where a condition holds, another elsewhere."""
    return Bounded(
        np.where(holds, then.figures, otherwise.figures),
        np.where(holds, then.error, otherwise.error),
    )


def keep(holds: Mask, column: Bounded) -> Bounded:
    """The figures where a condition holds; missing elsewhere."""
    nothing = np.full(len(holds), np.nan)
    return choose(holds, column, Bounded(nothing, nothing))


def find_least(columns: Sequence[Bounded]) -> Bounded:
    """The least figure of each row; missing where one is."""
    return reduce(lambda one, other: _pick(np.minimum, one, other), columns)


def find_greatest(columns: Sequence[Bounded]) -> Bounded:
    """The greatest figure of each row; missing where one is."""
    return reduce(lambda one, other: _pick(np.maximum, one, other), columns)


def _pick(pick: np.ufunc, one: Bounded, other: Bounded) -> Bounded:
    figures = pick(one.figures, other.figures)
    error = np.where(figures == one.figures, one.error, other.error)
    is_close = np.abs(one.figures - other.figures) <= one.error + other.error
    return Bounded(figures, np.where(is_close, np.maximum(one.error, other.error), error))
