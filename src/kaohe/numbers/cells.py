"""Numbers as spreadsheets keep them: binary doubles, of which 15 significant digits are meant."""

import math
from decimal import Decimal
from fractions import Fraction

from kaohe.language import Text
from kaohe.numbers.refusals import BadNumber

_MOST = 10**15
"""From here on a double no longer shows every unit that was typed."""

_MOST_SHOWN = 10**21


def number_from_double(value: float) -> Fraction:
    """The decimal number that a spreadsheet shows for a double: 0.1 is one tenth.

    Raises BadNumber for NaN and infinity, and for whole numbers of more than 15 digits.
    """
    if not math.isfinite(value):
        raise BadNumber(
            Text(f"{value} 不是一个确定的数", f"{value} is not a definite number"),
            Text("请改正公式，再填算好的数", "mend the formula and enter its result"),
        )
    if abs(value) >= _MOST:
        shown = f"{value:.0f}" if abs(value) < _MOST_SHOWN else f"{value:.6g}"
        raise BadNumber(
            Text(
                f"{shown} 多于15位，表格里已不精确",
                f"{shown} has more than 15 digits, which a spreadsheet does not keep",
            ),
            Text(
                "编码请存成文本；数请换更大的单位",
                "store codes as text; give numbers in a larger unit",
            ),
        )
    return Fraction(Decimal(f"{value:.15g}"))
