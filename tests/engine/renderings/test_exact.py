"""The exact rendering, node by node: values, what an absence makes of them, and refusals."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from kaohe.expressions import nodes
from kaohe.expressions.nodes import as_node
from kaohe.expressions.writing import compare, name_step
from kaohe.numbers.writing import write_number
from kaohe.renderings.exact import Refusal, evaluate
from tests.engine.renderings.samples import FRAME, SAMPLES, STEP, A, B
from tests.engine.tables import make_cases

EXPECTED = {
    "constant": "2.5 2.5 2.5 2.5 2.5 2.5 2.5 2.5",
    "parameter": "0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25",
    "points": "10 10 10 10 10 10 10 10",
    "facet": "3 1.5 1.5 empty -2 0.125 7 not_due",
    "facet nobody has": "empty empty empty empty empty empty empty empty",
    "least of the pool": "1.5 1.5 1.5 1.5 -2 -2 -2 empty",
    "greatest of the others": "1.5 3 3 3 7 7 0.125 empty",
    "least of the others": "1.5 1.5 1.5 1.5 0.125 -2 -2 empty",
    "mean": "2 2 2 2 41/24 41/24 41/24 empty",
    "mean of the others": "1.5 2.25 2.25 2 3.5625 2.5 -0.9375 empty",
    "sum of a step": "12 12 12 12 10.25 10.25 10.25 0",
    "sum of the others": "3 4.5 4.5 6 7.125 5 -1.875 0",
    "greatest of what may be refused": "1.5 1.5 1.5 1.5 3.5 3.5 3.5 empty",
    "mean of the others' that may be refused": "-1.5 0 1.5 0 2.375 3.5 1.25 empty",
    "place of what may be refused": "1 refused:zero 2 empty no_target 2 1 not_due",
    "count": "3 3 3 3 3 3 3 0",
    "count of the others": "2 2 2 3 2 2 2 0",
    "place": "1 2 2 empty 3 2 1 not_due",
    "average place, less is better": "3 1.5 1.5 empty 1 2 3 not_due",
    "highest place": "1 3 3 empty 3 2 1 not_due",
    "dense place of a step": "1 2 2 empty 3 2 1 not_due",
    "points by place": "9 7 7 empty 4 7 9 not_due",
    "points by shared place": "9 4 4 empty 1 7 9 not_due",
    "sum of terms": "6 2.5 1.5 empty no_target 1.225 10 not_due",
    "difference": "1 1.5 2.5 empty no_target 0.025 5 not_due",
    "product": "12 0 -3 empty no_target 0.025 28 not_due",
    "quotient": "1.5 refused:zero -1.5 empty no_target 1.25 3.5 not_due",
    "quotient or not applicable": "1.5 not_applicable -1.5 empty no_target 1.25 3.5 not_due",
    "quotient or a value": "1.5 1 -1.5 empty no_target 1.25 3.5 not_due",
    "minimum": "2 0 -1 empty no_target 0.1 2 not_due",
    "maximum": "3 1.5 1.5 empty no_target 0.125 7 not_due",
    "clamp": "2 1.5 1.5 empty 0 0.125 2 not_due",
    "clamp from below": "3 1.5 1.5 empty no_target 0.125 7 not_due",
    "when": "30 15 15 empty 0 0 70 not_due",
    "when both": "2 1 1 empty no_target 2 2 not_due",
    "bands": "4 7 7 empty -1 9 4 not_due",
    "lookup": "4 7 7 empty refused:table refused:table refused:table not_due",
    "lookup with the rest": "4 7 7 empty 0 0 0 not_due",
    "curve": "4 7 7 empty 9 53/6 4 not_due",
    "curve going on": "4 7 7 empty 35/3 53/6 -4 not_due",
    "steps in parts": "1.5 0.75 0.75 empty -1 0.0625 3.5 not_due",
    "whole steps": "1 0 0 empty -1 0 3 not_due",
    "begun steps": "2 1 1 empty -1 1 4 not_due",
    "steps of nothing": "1 refused:zero -2 empty no_target 1 3 not_due",
    "half up": "3 2 2 empty -2 0 7 not_due",
    "half even": "3 2 2 empty -2 0 7 not_due",
    "away from zero": "3 1.5 1.5 empty -2 0.2 7 not_due",
    "towards zero": "3 1 1 empty -2 0 7 not_due",
    "down": "3 1.5 1.5 empty -2 0.12 7 not_due",
    "up": "3 1.5 1.5 empty -2 0.13 7 not_due",
    "to tens": "10 0 0 empty -10 0 20 not_due",
    "weighted mean": "2.75 1.125 0.875 empty no_target 0.11875 5.75 not_due",
    "weighted mean of those there": "2.75 1.125 0.875 1 -2 0.11875 5.75 3",
    "require": "3 refused:positive refused:positive empty no_target 0.125 7 not_due",
    "named": "6 3 3 empty -4 0.25 14 not_due",
}
REASONS = {
    "cannot be scored: the divisor is zero": "zero",
    "the figure is not in the table": "table",
    "must be positive": "positive",
}


def write_value(value: Any) -> str:
    if isinstance(value, Refusal):
        return f"refused:{REASONS[value.reason.en]}"
    return write_number(value) if isinstance(value, Fraction) else value.value


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
def test_a_node_gives(name: str, expected: str) -> None:
    values = evaluate(SAMPLES[name], FRAME).values

    assert " ".join(map(write_value, values)) == expected


def test_every_node_has_a_sample() -> None:
    used = {type(part).__name__ for node in SAMPLES.values() for part in nodes.iterate_nodes(node)}

    assert used == {node.__name__ for node in nodes.Node.__subclasses__()}
    assert set(SAMPLES) == set(EXPECTED)


def test_a_target_nobody_set_is_missing_as_a_target() -> None:
    assert {write_value(value) for value in evaluate(nodes.Facet("target"), FRAME).values} == {
        "no_target"
    }


def test_the_branch_not_taken_refuses_nobody() -> None:
    share = nodes.When(compare(B, "==", 0), as_node(1), A / B)
    beside = nodes.When(compare(B, ">", -5), B, nodes.Facet("c"))

    assert [write_value(value) for value in evaluate(share, FRAME).values[:3]] == [
        "1.5",
        "1",
        "-1.5",
    ]
    assert evaluate(beside, FRAME).values == FRAME.facets["b"]


def test_a_condition_that_nobody_knows_decides_nothing() -> None:
    node = nodes.When(nodes.All((compare(A, ">", 0), compare(B, ">", 0))), as_node(1), as_node(0))

    assert " ".join(map(write_value, evaluate(node, FRAME).values)) == (
        "1 0 0 empty no_target 1 1 not_due"
    )


def test_weights_that_add_up_to_nothing_are_refused() -> None:
    node = nodes.WeightedMean((A, A), (as_node(1), as_node(-1)))

    assert write_value(evaluate(node, FRAME).values[0]) == "refused:zero"


def test_a_refused_term_refuses_the_mean_of_those_there_wherever_it_stands() -> None:
    terms = (A, A / B)
    weights = (as_node(1), as_node(1))
    for order in (terms, terms[::-1]):
        mean = nodes.WeightedMean(order, weights, "renormalise")
        assert write_value(evaluate(mean, FRAME).values[1]) == "refused:zero"


def test_every_named_step_and_every_question_to_the_pool_is_kept() -> None:
    mean = nodes.Peer("mean", STEP)
    score = name_step("score", "得分", "score", STEP - mean)
    evaluation = evaluate(score, FRAME)

    assert list(evaluation.steps) == ["doubled", "score"]
    assert evaluation.steps["score"] == evaluation.values
    assert list(evaluation.peers) == [mean]
    assert [write_value(value) for value in evaluation.peers[mean]][:4] == ["4", "4", "4", "4"]


def test_no_step_is_left_blank_in_a_row_that_has_a_score() -> None:
    """A step that only a branch not taken needs would stand in the receipt and say nothing.

    A mean of those there may do without one.
    """
    for case in make_cases(100, seed=1):
        optional = {part.name for part in find_optional(case.expression())}
        evaluation = evaluate(case.expression(), case.frame)
        for row, score in enumerate(evaluation.values):
            if isinstance(score, Fraction):
                steps = {
                    name: column[row]
                    for name, column in evaluation.steps.items()
                    if name not in optional
                }
                assert {type(value) for value in steps.values()} == {Fraction}, case


def find_optional(expression: nodes.Node) -> Iterator[nodes.Named]:
    for mean in nodes.iterate_nodes(expression):
        if isinstance(mean, nodes.WeightedMean) and mean.missing == "renormalise":
            yield from (part for part in nodes.iterate_nodes(mean) if isinstance(part, nodes.Named))
