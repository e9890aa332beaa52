"""Rounding of exact numbers, by integer arithmetic alone."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

from kaohe.language import Text

RoundingMode = Literal["half_up", "half_even", "up", "down", "floor", "ceil"]
"""half_up: 四舍五入, halves away from zero; half_even: 四舍六入五成双; up and down: from and to zero."""

ROUNDING_NAMES: dict[RoundingMode, Text] = {
    "half_up": Text("四舍五入", "half up"),
    "half_even": Text("四舍六入五成双", "half even"),
    "up": Text("只入不舍", "away from zero"),
    "down": Text("只舍不入", "towards zero"),
    "floor": Text("向下取整", "down"),
    "ceil": Text("向上取整", "up"),
}

ROUND_QUOTIENT: dict[RoundingMode, Callable[[Any, Any, Any], Any]] = {
    "half_up": lambda whole, rest, divisor: whole + (2 * rest > divisor - (whole >= 0)),
    "half_even": lambda whole, rest, divisor: whole + (2 * rest > divisor - (whole & 1)),
    "up": lambda whole, rest, divisor: whole + (whole >= 0),
    "down": lambda whole, rest, divisor: whole + (whole < 0),
    "floor": lambda whole, rest, divisor: whole,
    "ceil": lambda whole, rest, divisor: whole + 1,
}
"""Each takes the whole part (towards minus infinity) and what is left over, out of the divisor,
as whole numbers or columns of them; the rest is never zero there."""


def describe_rounding(decimals: int, mode: RoundingMode) -> Text:
    """How a number is rounded, said in words."""
    name = ROUNDING_NAMES[mode]
    if decimals < 0:
        zh, en = f"到 {10**-decimals} 的倍数", f"a multiple of {10**-decimals}"
    elif decimals == 0:
        zh, en = "保留整数", "a whole number"
    else:
        zh, en = f"保留 {decimals} 位小数", f"{decimals} decimal{'s' if decimals > 1 else ''}"
    return Text(f"{name.zh}{zh}", f"rounded to {en} ({name.en})")


def scale_fraction(value: Fraction, decimals: int, mode: RoundingMode = "half_up") -> int:
    """The rounded value as a whole number of units of the last decimal: 1.235 to two decimals is 124."""
    above, below = value.as_integer_ratio()
    if decimals >= 0:
        above *= 10**decimals
    else:
        below *= 10**-decimals
    whole, rest = divmod(above, below)
    return ROUND_QUOTIENT[mode](whole, rest, below) if rest else whole


def round_fraction(value: Fraction, decimals: int, mode: RoundingMode = "half_up") -> Fraction:
    """The value rounded to so many decimals; a negative number of decimals rounds to tens, hundreds …"""
    scaled = scale_fraction(value, decimals, mode)
    return Fraction(scaled, 10**decimals) if decimals >= 0 else Fraction(scaled * 10**-decimals)
