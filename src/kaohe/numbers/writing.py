"""Exact numbers written out in full."""

from fractions import Fraction

from kaohe.numbers.rounding import scale_fraction

_NEARLY = 6


def write_number(value: Fraction, *, decimals: int | None = None) -> str:
    """The number as plain decimal text, exactly; one that never ends as a ratio such as 1/3.

    With `decimals`, for display: exactly so many of them, halves away from zero.
    """
    if decimals is None:
        decimals = _count_decimals(value.denominator)
        if decimals is None:
            return f"{_write_whole(value.numerator)}/{_write_whole(value.denominator)}"
    return _place_point(scale_fraction(value, decimals), decimals)


def write_exactly(value: Fraction) -> str:
    """The number in full; one whose decimals never end also nearly, as people read numbers: 1/3 ≈ 0.333333."""
    shown = write_number(value)
    return f"{shown} ≈ {write_number(value, decimals=_NEARLY)}" if "/" in shown else shown


def _count_decimals(denominator: int) -> int | None:
    """How many decimals a fraction with this denominator has; None when they never end."""
    twos = (denominator & -denominator).bit_length() - 1
    odd, fives = denominator >> twos, 0
    while odd % 5 == 0:
        odd, fives = odd // 5, fives + 1
    return max(twos, fives) if odd == 1 else None


def _place_point(scaled: int, decimals: int) -> str:
    sign = "-" if scaled < 0 else ""
    digits = _write_whole(abs(scaled)).rjust(decimals + 1, "0")
    if decimals == 0:
        return f"{sign}{digits}"
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


_DIGITS = 4_000
_PART = 10**_DIGITS


def _write_whole(number: int) -> str:
    """The digits of a whole number of any length; `str` refuses one of more than 4,300."""
    parts = []
    size = abs(number)
    while size >= _PART:
        size, part = divmod(size, _PART)
        parts.append(str(part).rjust(_DIGITS, "0"))
    sign = "-" if number < 0 else ""
    return "".join([sign, str(size), *reversed(parts)])
