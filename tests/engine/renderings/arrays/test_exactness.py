"""Which cells hold no noise, and which rows a rule may refuse."""

from fractions import Fraction

from tests.engine.renderings.samples import SAMPLES, STEP, A, B

from kaohe.expressions import nodes
from kaohe.expressions.writing import compare
from kaohe.language import Text
from kaohe.renderings.arrays.exactness import (
    has_sure_sign,
    is_noiseless,
    is_whole,
    may_be_refused,
)


def test_figures_read_counted_or_chosen_hold_no_noise() -> None:
    noiseless = [
        A,
        nodes.Points(),
        nodes.Peer("max", A),
        nodes.Peer("count", STEP),
        nodes.Rank(STEP),
    ]
    noisy = [A + B, STEP, nodes.Peer("mean", A), nodes.Peer("max", STEP), A / 3]

    assert [is_noiseless(node) for node in noiseless] == [True] * 5
    assert [is_noiseless(node) for node in noisy] == [False] * 5
    assert is_noiseless(nodes.When(compare(A + B, ">", 0), A, B))
    assert not is_noiseless(nodes.When(compare(A, ">", 0), A, A + B))


def test_places_and_counts_add_up_to_whole_numbers() -> None:
    assert is_whole(nodes.Peer("count", A) + 1 - nodes.Rank(A))
    assert not is_whole(nodes.Rank(A, ties="average"))
    assert not is_whole(nodes.Peer("count", A) + Fraction(1, 2))


def test_the_difference_of_two_cells_is_zero_only_where_they_are_equal() -> None:
    assert has_sure_sign(nodes.Named("gap", Text("差距", "gap"), A - B))
    assert not has_sure_sign(A + B - 1)


def test_only_divisors_tables_and_requirements_refuse() -> None:
    refused = {name for name, node in SAMPLES.items() if may_be_refused(node)}

    assert refused == {
        "quotient", "lookup", "steps of nothing", "require", "place of what may be refused",
    }  # fmt: skip
