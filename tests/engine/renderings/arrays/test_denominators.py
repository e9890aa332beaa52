"""Known denominators make every exact figure whole."""

from fractions import Fraction

import pytest
from tests.engine.renderings.samples import FRAME, SAMPLES, A
from tests.engine.tables import make_cases

from kaohe.expressions import nodes
from kaohe.renderings.arrays.columns import make_columns
from kaohe.renderings.arrays.denominators import Denominators
from kaohe.renderings.arrays.guarded import ArrayRun
from kaohe.renderings.exact import evaluate

COLUMNS = make_columns(FRAME)


def find(node: nodes.Node) -> list[int]:
    found: list[int] = Denominators(COLUMNS, ArrayRun(COLUMNS).compute).find(node).tolist()
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_known_denominator_makes_the_figure_whole(name: str) -> None:
    values = evaluate(SAMPLES[name], FRAME).values

    for value, denominator in zip(values, find(SAMPLES[name]), strict=True):
        if isinstance(value, Fraction) and denominator:
            assert (value * denominator).denominator == 1


def test_they_follow_the_figures_of_the_row() -> None:
    assert find(A) == [8] * 8
    assert find(A * A) == [64] * 8
    assert find(nodes.Peer("mean", A)) == [24] * 7 + [0]
    assert find(nodes.Round(A, -1)) == [1] * 8
    assert find(nodes.Round(A, 2)) == [100] * 8


def test_what_is_too_large_or_not_worked_out_is_unknown() -> None:
    assert find(A * Fraction(1, 10**16)) == [0] * 8
    assert find(SAMPLES["weighted mean"]) == [0] * 8


def test_most_figures_of_the_first_rules_have_one() -> None:
    """Else each exact half would be settled row by row, and there are many."""
    known = total = 0
    for case in make_cases(50, seed=3):
        columns = make_columns(case.frame)
        found = Denominators(columns, ArrayRun(columns).compute).find(case.expression())
        known += int((found > 0).sum())
        total += len(found)

    assert known > total * 0.8
