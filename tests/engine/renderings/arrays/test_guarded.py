"""Columns give what the exact rendering gives, node by node, within the bounds they state."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.renderings.samples import FRAME, SAMPLES, A, B

from kaohe.expressions import nodes
from kaohe.expressions.nodes import as_node
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import ROUNDING_NAMES, RoundingMode, scale_fraction
from kaohe.renderings.arrays.columns import make_columns
from kaohe.renderings.arrays.guarded import evaluate_columns, score_columns
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame

FEW = st.integers(-6, 6).map(lambda number: Fraction(number, 2))
MANY = st.integers(-(10**9), 10**9).map(lambda number: Fraction(number, 100))
CELLS = st.one_of(FEW, MANY, st.just(Absence.EMPTY))


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    pool_of = draw(st.lists(st.integers(0, 2), min_size=1, max_size=12))
    columns = st.lists(CELLS, min_size=len(pool_of), max_size=len(pool_of))
    pools = sorted(set(pool_of))
    return Frame(
        facets={"a": draw(columns), "b": draw(columns)},
        points=[draw(st.sampled_from([Fraction(5), Fraction("0.75005")]))] * len(pool_of),
        pool_of=[pools.index(pool) for pool in pool_of],
        pools=[[row for row, own in enumerate(pool_of) if own == pool] for pool in pools],
    )


def assert_agree(node: nodes.Node, frame: Frame, mode: RoundingMode = "half_up") -> None:
    values = evaluate(node, frame).values
    column = evaluate_columns(node, make_columns(frame))
    scores = score_columns(node, make_columns(frame), decimals=2, mode=mode)
    for value, figure, error, score in zip(
        values, column.figures, column.error, scores, strict=True
    ):
        if isinstance(value, Fraction):
            assert abs(Fraction(float(figure)) - value) <= error
            assert score == scale_fraction(value, 2, mode)
        else:
            assert np.isnan(figure)
            assert score == MISSING_SCORE


@pytest.mark.parametrize("name", SAMPLES)
def test_a_node_agrees_with_exact(name: str) -> None:
    for mode in ROUNDING_NAMES:
        assert_agree(SAMPLES[name], FRAME, mode)


@given(frames(), st.sampled_from(sorted(SAMPLES)), st.sampled_from(sorted(ROUNDING_NAMES)))
def test_nodes_agree_with_exact_on_any_frame(frame: Frame, name: str, mode: RoundingMode) -> None:
    assert_agree(SAMPLES[name], frame, mode)


def test_a_pool_of_thousands_is_added_up_without_loss() -> None:
    rows = 5000
    frame = Frame(
        {"a": [Fraction(row % 97 * 3 + 1, 100) for row in range(rows)]},
        [Fraction(1)] * rows,
        [0] * rows,
        [range(rows)],
    )
    mean = nodes.Peer("mean", nodes.Facet("a"))

    assert evaluate_columns(mean, make_columns(frame)).error.max() < 1e-15
    assert_agree(mean, frame)


def test_a_refused_term_refuses_the_mean_of_those_there() -> None:
    mean = nodes.WeightedMean((B, A / B), (as_node(3), as_node(1)), "renormalise")

    assert_agree(mean, FRAME)


def test_weights_that_add_up_to_nothing_refuse_the_mean() -> None:
    weights = tuple(as_node(Fraction(text)) for text in ("0.1", "0.2", "-0.3"))

    assert_agree(nodes.WeightedMean((A, B, A), weights, "renormalise"), FRAME)


def test_what_no_column_can_hold_is_refused() -> None:
    huge = nodes.Facet("a") * 10**18

    with pytest.raises(ValueError, match="more than 62 bits"):
        score_columns(huge, make_columns(FRAME), decimals=2)
