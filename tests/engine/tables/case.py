"""One rule over one table, and the scores it gives exactly."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kaohe.expressions.nodes import Named
from kaohe.numbers.rounding import RoundingMode, scale_fraction
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame
from kaohe.rules.method import Method

DECIMALS = 4
MOST_IN_COLUMNS = 10**13
"""Scores of four decimals are whole numbers of 64 bits."""
MOST_IN_WORKBOOKS = 10**8
"""Spreadsheets round up to 13 digits as people do (see kaohe.renderings.workbook.grid)."""


@dataclass(frozen=True)
class Case:
    """One rule with its parameters over one table, rows in pool order."""

    rule: Method
    higher_is_better: bool
    frame: Frame
    rounding: RoundingMode

    def expression(self) -> Named:
        """The rule's expression."""
        return self.rule.expression(higher_is_better=self.higher_is_better)

    def values(self) -> list[Any]:
        """What the exact rendering gives, row by row: fractions, absences and refusals."""
        return list(evaluate(self.expression(), self.frame).values)

    def find_largest(self) -> Fraction:
        """The largest score, whatever its sign; 0 where there is none."""
        scores = (abs(value) for value in self.values() if isinstance(value, Fraction))
        return max(scores, default=Fraction(0))


def score_exactly(case: Case) -> list[int | None]:
    """The rounded scores as whole numbers of the last decimal; None where there is none."""
    return [
        scale_fraction(value, DECIMALS, case.rounding) if isinstance(value, Fraction) else None
        for value in case.values()
    ]


def is_half(score: Fraction) -> bool:
    """Whether a score lies exactly between two rounded ones."""
    doubled = score * 2 * 10**DECIMALS
    return doubled.denominator == 1 and bool(doubled.numerator % 2)
