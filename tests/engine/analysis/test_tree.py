"""Up the tree: aggregates, effective weights, correlations, and what one indicator alone changes."""

import numpy as np
import pytest

from kaohe.analysis.aggregating import Availability
from kaohe.analysis.tree import (
    Combination,
    Node,
    aggregate_tree,
    correlate_up,
    find_effective_weights,
    rank_without_each,
)
from kaohe.errors import BadInput

NAN = float("nan")
SUBJECTS = ("QX", "QY", "QZ")
TREE = Node(
    "I",
    children=(
        Node("P", 3, (Node("A1", 1), Node("A2", 3)), Combination("geometric")),
        Node("B", 1),
    ),
)
COLUMNS = {
    "A1": np.array([1.0, 16, 81]),
    "A2": np.array([16.0, 1, 81]),
    "B": np.array([4.0, 6, NAN]),
}


def rounded(columns):
    return {code: [round(each, 6) for each in column.tolist()] for code, column in columns.items()}


def test_every_branch_is_made_of_its_children():
    found = rounded(aggregate_tree(TREE, COLUMNS, SUBJECTS))

    assert list(found) == ["I", "P", "A1", "A2", "B"]
    assert found["P"] == [8, 2, 81]
    assert found["I"] == [7, 3, 81]


def test_a_branch_can_ask_for_all_its_children():
    strict = Node("I", 1, TREE.children, Combination(availability=Availability(weight=1)))

    found = aggregate_tree(strict, COLUMNS, SUBJECTS)["I"]

    assert found[:2].tolist() == pytest.approx([7, 3])
    assert np.isnan(found[2])


def test_a_refusal_names_the_child_and_the_subject():
    with pytest.raises(BadInput) as refused:
        aggregate_tree(TREE, {**COLUMNS, "A2": np.array([16.0, 0, 81])}, SUBJECTS)

    assert "A2 of QY is zero or negative: a geometric mean is not defined" in refused.value.say(
        "en"
    )


def test_effective_weights_are_shares_of_the_whole():
    assert find_effective_weights(TREE) == {
        "I": 1,
        "P": 0.75,
        "B": 0.25,
        "A1": 0.1875,
        "A2": 0.5625,
    }


def test_a_negative_weight_is_refused_by_name():
    with pytest.raises(BadInput) as refused:
        find_effective_weights(Node("I", children=(Node("A1", 1), Node("A2", -1))))

    assert "A2 has a weight that is negative" in refused.value.say("en")


def test_every_node_is_correlated_with_all_above_it():
    found = correlate_up(TREE, aggregate_tree(TREE, COLUMNS, SUBJECTS))

    assert [(each.code, each.above, each.levels) for each in found] == [
        ("P", "I", 1),
        ("A1", "P", 1),
        ("A1", "I", 2),
        ("A2", "P", 1),
        ("A2", "I", 2),
        ("B", "I", 1),
    ]
    assert found[1].coefficient == pytest.approx(np.corrcoef([1, 16, 81], [8, 2, 81])[0, 1])
    assert np.isnan(found[5].coefficient)


def test_each_indicator_is_left_out_once():
    found = rank_without_each(TREE, COLUMNS, SUBJECTS)

    # Without A1: (3·A2 + B) ÷ 4 = 13, 2.25, 81. Without A2: (3·A1 + B) ÷ 4 = 1.75, 13.5, 81.
    assert {code: ranks.tolist() for code, ranks in found.items()} == {
        "A1": [2, 3, 1],
        "A2": [3, 2, 1],
        "B": [2, 3, 1],
    }


def test_a_branch_left_without_children_goes_too():
    tree = Node("I", children=(Node("P", 1, (Node("A1"),)), Node("B", 1), Node("C", 0)))
    columns = {**COLUMNS, "C": np.array([1.0, 2, 3])}

    found = rank_without_each(tree, columns)

    assert found["A1"].tolist()[:2] == [2, 1]
    assert found["B"].tolist() == [3, 2, 1]


def test_a_single_indicator_cannot_be_left_out():
    assert rank_without_each(Node("I", children=(Node("A1"),)), COLUMNS) == {}
