"""Columns give what the exact rendering gives for any expression, not only for those of the catalogue."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings

from kaohe.expressions import nodes
from kaohe.numbers.rounding import RoundingMode, scale_fraction
from kaohe.renderings.arrays.columns import make_columns
from kaohe.renderings.arrays.guarded import score_columns
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame
from tests.engine.renderings.expressions import MODES, expressions, frames

SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=SLOW_TO_DRAW)
@given(frames(), expressions(), MODES)
def test_any_expression_agrees_with_exact(
    frame: Frame, expression: nodes.Named, mode: RoundingMode
) -> None:
    values = evaluate(expression, frame).values
    figures = [value for value in values if isinstance(value, Fraction)]
    assume(max(map(abs, figures), default=0) < 10**13)
    found = score(expression, frame, mode)

    expected = [
        scale_fraction(value, 2, mode) if isinstance(value, Fraction) else None for value in values
    ]
    assert found in (expected, "too large"), expression


def score(expression: nodes.Named, frame: Frame, mode: RoundingMode) -> list[int | None] | str:
    """The scores; or that a step of the expression is too large for columns, which then say so."""
    try:
        scores = score_columns(expression, make_columns(frame), decimals=2, mode=mode)
    except ValueError as fault:
        return "too large" if "62 bits" in str(fault) else str(fault)
    return [None if each == MISSING_SCORE else int(each) for each in scores]
