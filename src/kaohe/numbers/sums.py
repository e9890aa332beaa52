"""Exact sums over one common denominator: one reduction a sum instead of one a term."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm


def as_integers(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """The values as whole numbers over their common denominator, and that denominator."""
    ratios = [value.as_integer_ratio() for value in values]
    scale = lcm(*{below for _, below in ratios})
    return [above * (scale // below) for above, below in ratios], scale


def sum_exactly(values: Iterable[Fraction]) -> Fraction:
    """The sum of the values; zero of none."""
    wholes, scale = as_integers(list(values))
    return Fraction(sum(wholes), scale)


def sum_products(weights: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    """The sum of each value times its weight. Raises ValueError unless they are equally many."""
    heavy, one = as_integers(weights)
    wholes, other = as_integers(values)
    total = sum(weight * whole for weight, whole in zip(heavy, wholes, strict=True))
    return Fraction(total, one * other)
