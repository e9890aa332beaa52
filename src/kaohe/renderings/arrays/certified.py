"""What is known of float figures before one of them is computed: how large, how wrong, how divisible.

A decision between exact figures is safe in floats when the error is smaller than half the least gap that
two different exact figures can have. The gap follows from the denominators: a figure that is not zero
and whose denominator is at most q is at least 1/q. So one comparison with a margin decides every row of
a column as the exact rendering would, halves and equal figures included; where the bounds do not allow
that, the column says so and is scored the guarded way (kaohe.renderings.arrays.guarded).

Every bound is an array of shape (k, 1): k expressions of one shape are bounded together.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from kaohe.renderings.arrays.columns import Floats, Mask

UNIT = 2.0**-53 * 1.01
"""One rounding of a float64 operation, relative, and a little more for rounding the bounds themselves."""
_LARGEST = float(2**53)

Factors = Mapping[Hashable, tuple[Floats, int]]
"""Divisors that differ from row to row: which one, the most it can be, and how often it divides."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Of k columns of figures: their interval, their errors, and what their denominators divide.

    `error` is absolute, `relative` in parts of the figure, and the lesser counts. Exact figures times
    `whole` and the row's own `factors` are whole numbers. A figure that is not zero is at least
    `least`. `gaps`: some may be missing.
    """

    low: Floats
    high: Floats
    error: Floats
    relative: Floats
    whole: Floats
    factors: Factors = field(default_factory=dict)
    gaps: bool = False

    def within(self, low: Floats, high: Floats) -> "Bound":
        """The same, of figures in another interval."""
        parts = (self.error, self.relative, self.whole, self.factors, self.gaps)
        return Bound(low, high, *parts)

    @property
    def size(self) -> Floats:
        """The most any figure can be, without its sign."""
        return np.maximum(np.abs(self.low), np.abs(self.high))

    @property
    def noise(self) -> Floats:
        """The most any figure can be wrong."""
        return np.fmin(self.error, self.relative * self.size)

    @property
    def denominator(self) -> Floats:
        """The most the denominator of a figure can be."""
        parts = [most**times for most, times in self.factors.values()]
        return reduce(np.multiply, parts, self.whole)

    @property
    def slack(self) -> Floats:
        """Half the least figure that is not zero."""
        return 0.5 / self.denominator

    @property
    def is_certain(self) -> Mask:
        """Whether zero can be told from every other figure."""
        certain: Mask = self.noise < 0.9 * self.slack
        return certain


def bound_exactly(low: Floats, high: Floats, whole: Floats, *, gaps: bool = False) -> Bound:
    """Figures as they were read: the doubles nearest to exact ones."""
    units = np.full_like(low, UNIT)
    return Bound(low, high, units * np.maximum(np.abs(low), np.abs(high)), units, whole, {}, gaps)


def bound_sum(one: Bound, other: Bound) -> Bound:
    """One plus the other."""
    low, high = one.low + other.low, one.high + other.high
    same_sign = ((one.low >= 0) & (other.low >= 0)) | ((one.high <= 0) & (other.high <= 0))
    relative = np.where(same_sign, np.maximum(one.relative, other.relative) + UNIT, np.inf)
    whole, factors = _share(one, other)
    error = one.noise + other.noise + np.maximum(np.abs(low), np.abs(high)) * UNIT
    return Bound(low, high, error, relative, whole, factors, _gaps(one, other))


def negate(one: Bound) -> Bound:
    """Minus the figure."""
    return one.within(-one.high, -one.low)


def bound_product(one: Bound, other: Bound) -> Bound:
    """One times the other."""
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    low, high = reduce(np.minimum, corners), reduce(np.maximum, corners)
    error = one.size * other.noise + (other.size + other.noise) * one.noise
    error = error + np.maximum(np.abs(low), np.abs(high)) * UNIT
    relative = (one.relative + other.relative) * 1.01 + UNIT
    whole = _hold(one.whole * other.whole)
    factors = dict(one.factors)
    for key, (most, times) in other.factors.items():
        factors[key] = (most, times + factors[key][1] if key in factors else times)
    return Bound(low, high, error, relative, whole, factors, _gaps(one, other))


def bound_quotient(one: Bound, other: Bound, *, least: Floats, divisor: Hashable | None) -> Bound:
    """One over the other, whose figures are at least `least` where they are not zero.

    `divisor` names the divisor where it differs from row to row; None where each column has one.
    """
    above, below = other.noise, least - other.noise
    relative_below = np.fmin(other.relative, np.where(below > 0, above / below, np.inf))
    size = one.size / least
    low = np.where((one.low >= 0) & (other.low >= 0), 0.0, -size)
    high = np.where((one.low >= 0) & (other.high <= 0), 0.0, size)
    error = (one.noise / least + size * relative_below) * 1.01 + size * UNIT
    relative = (one.relative + relative_below) * 1.01 + UNIT
    shared = _gcd(one.whole, other.whole)
    whole, factors = one.whole / shared, dict(one.factors)
    numerator = np.maximum(other.size * other.denominator, 1.0)
    if divisor is None:
        whole = _hold(whole * np.rint(numerator))
    else:
        times = factors[divisor][1] + 1 if divisor in factors else 1
        factors[divisor] = (numerator, times)
    return Bound(low, high, error, relative, whole, factors, _gaps(one, other))


def bound_choice(bounds: list[Bound], *, key: Hashable, low: Floats, high: Floats) -> Bound:
    """One figure of several, within an interval known beforehand."""
    error = reduce(np.maximum, (_noise_within(each, low, high) for each in bounds))
    relative = reduce(np.maximum, (each.relative for each in bounds))
    whole, factors = _share_choice(bounds, key)
    gaps = any(each.gaps for each in bounds)
    return Bound(low, high, error, relative, whole, factors, gaps)


def _noise_within(bound: Bound, low: Floats, high: Floats) -> Floats:
    """The error of figures that were chosen, so lie within the interval, whatever the others are."""
    size = np.maximum(np.abs(low), np.abs(high))
    return np.fmin(bound.error, bound.relative * size * 1.01)


def _share_choice(bounds: list[Bound], key: Hashable) -> tuple[Floats, Factors]:
    """Denominators of figures of which each row has one: the greatest counts, they do not multiply."""
    whole = reduce(_lcm, (each.whole for each in bounds))
    varying = [each.factors for each in bounds if each.factors]
    if not varying:
        return whole, {}
    if all(each.keys() == varying[0].keys() for each in varying):
        return whole, varying[0]
    most = reduce(np.maximum, (each.denominator for each in bounds))
    return np.ones_like(whole), {key: (most, 1)}


def _share(one: Bound, other: Bound) -> tuple[Floats, Factors]:
    factors = dict(one.factors)
    for key, (most, times) in other.factors.items():
        factors[key] = (most, max(times, factors[key][1]) if key in factors else times)
    return _lcm(one.whole, other.whole), factors


def _gaps(one: Bound, other: Bound) -> bool:
    return one.gaps or other.gaps


def reduce_by(whole: Floats, factor: float) -> Floats:
    """What figures times a whole number must still be multiplied by to be whole."""
    return whole / _gcd(whole, np.full_like(whole, factor))


def _lcm(one: Floats, other: Floats) -> Floats:
    return _hold(one / _gcd(one, other) * other)


def _gcd(one: Floats, other: Floats) -> Floats:
    """The greatest common divisor; 1 where a number is too large to be whole."""
    fits = (one < _LARGEST) & (other < _LARGEST)
    safe = np.where(fits, one, 1.0).astype(np.int64), np.where(fits, other, 1.0).astype(np.int64)
    return np.maximum(np.gcd(*safe).astype(np.float64), 1.0)


def _hold(whole: Floats) -> Floats:
    """A whole number of a double, or no bound at all."""
    return np.where(whole < _LARGEST, np.maximum(whole, 1.0), np.inf)
