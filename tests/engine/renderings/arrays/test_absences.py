"""Why a row has no score: over columns as exactly, for every node and mixed gaps."""

import numpy as np
import pytest
from tests.engine.renderings.samples import FRAME, SAMPLES, A, B

from kaohe.expressions import nodes
from kaohe.expressions.writing import compare, divide
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.renderings.arrays.absences import (
    CODE_OF,
    REFUSED_BY_RULE,
    find_absences,
    find_reasons,
    missing_code,
)
from kaohe.renderings.arrays.columns import make_columns
from kaohe.renderings.exact import Refusal, evaluate
from kaohe.renderings.frame import Frame

POSITIVE = Text("须为正数", "must be positive")
TRICKY = {
    "left before right": nodes.Subtract(A, B),
    "right before left": nodes.Subtract(B, A),
    "refused before absent": nodes.Add((divide(A, 0), B)),
    "absent before refused": nodes.Add((B, divide(A, 0))),
    "a condition that is absent": nodes.When(
        compare(A, ">", 2), B, nodes.Constant(FRAME.points[0])
    ),
    "the branch taken": nodes.When(compare(B, ">", 0), A, divide(A, 0)),
    "required of what is absent": nodes.Require(compare(B, ">", 1), POSITIVE, A),
    "a mean of what is there": nodes.WeightedMean(
        (A, divide(A, B), B), (nodes.Constant(FRAME.points[0]),) * 3, "renormalise"
    ),
    "nobody's mean": nodes.Peer("mean", A, own=False),
    "a place of nothing": nodes.Rank(nodes.Facet("c")),
}


SCORES = {
    name: node
    for name, node in {**SAMPLES, **TRICKY}.items()
    if not isinstance(node, nodes.Compare | nodes.All)
}


@pytest.mark.parametrize("name", SCORES)
def test_the_kind_of_absence_is_the_exact_one(name: str) -> None:
    expression = SCORES[name]
    values = evaluate(expression, FRAME).values
    rows = np.array([row for row, value in enumerate(values) if is_absent(value)], dtype=np.int64)

    found = find_absences(expression, make_columns(FRAME), list_kinds(FRAME), rows)

    assert found.tolist() == [
        REFUSED_BY_RULE if isinstance(values[row], Refusal) else CODE_OF[values[row]]
        for row in rows
    ]


def is_absent(value) -> bool:
    return isinstance(value, Refusal | Absence)


def list_kinds(frame: Frame):
    return {
        name: np.array(
            [CODE_OF[cell] if isinstance(cell, Absence) else 0 for cell in cells], dtype=np.int8
        )
        for name, cells in frame.facets.items()
    }


def test_where_nothing_was_written_a_target_is_not_set_and_all_else_is_empty():
    frame = make_columns(FRAME)
    rows = np.array([0])

    assert find_absences(nodes.Facet("target"), frame, {}, rows).tolist() == [
        CODE_OF[Absence.NO_TARGET]
    ]
    assert find_absences(nodes.Facet("previous"), frame, {}, rows).tolist() == [
        CODE_OF[Absence.EMPTY]
    ]
    assert missing_code("target") == CODE_OF[Absence.NO_TARGET]


def test_a_refusal_has_the_rules_reason():
    required = nodes.Require(compare(B, ">", 0), POSITIVE, A)

    assert find_reasons(required, make_columns(FRAME), np.array([1, 2])) == [POSITIVE, POSITIVE]
