"""Rounding of exact numbers, by integer arithmetic alone."""

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

RoundingMode = Literal["half_up", "half_even", "up", "down", "floor", "ceil"]
"""half_up: 四舍五入, halves away from zero; half_even: 四舍六入五成双; up and down: from and to zero."""

# Each takes the whole part (towards minus infinity) and what is left over, out of the divisor;
# the rest is never zero there.
_WHOLE: dict[RoundingMode, Callable[[int, int, int], int]] = {
    "half_up": lambda whole, rest, divisor: whole + (2 * rest > divisor - (whole >= 0)),
    "half_even": lambda whole, rest, divisor: whole + (2 * rest > divisor - (whole & 1)),
    "up": lambda whole, rest, divisor: whole + (whole >= 0),
    "down": lambda whole, rest, divisor: whole + (whole < 0),
    "floor": lambda whole, rest, divisor: whole,
    "ceil": lambda whole, rest, divisor: whole + 1,
}


def scale_fraction(value: Fraction, decimals: int, mode: RoundingMode = "half_up") -> int:
    """The rounded value as a whole number of units of the last decimal: 1.235 to two decimals is 124."""
    above, below = value.as_integer_ratio()
    if decimals >= 0:
        above *= 10**decimals
    else:
        below *= 10**-decimals
    whole, rest = divmod(above, below)
    return _WHOLE[mode](whole, rest, below) if rest else whole


def round_fraction(value: Fraction, decimals: int, mode: RoundingMode = "half_up") -> Fraction:
    """The value rounded to so many decimals; a negative number of decimals rounds to tens, hundreds …"""
    scaled = scale_fraction(value, decimals, mode)
    return Fraction(scaled, 10**decimals) if decimals >= 0 else Fraction(scaled * 10**-decimals)
