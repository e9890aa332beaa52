"""Why a score is missing, written as a formula: what an auditor reads in the cells."""

from fractions import Fraction

import pytest

from kaohe.expressions import nodes
from kaohe.expressions.nodes import Facet, Named, Peer
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.renderings.workbook.formula_absences import write_absence_formula
from kaohe.renderings.workbook.grid import Grid, Row

COLUMNS = {"value": "A", "target": "B", "other": "C", "points": "P", "double": "D"}
WORDS = {absence: f'"{absence.value}"' for absence in Absence}
VALUE, TARGET, OTHER = Facet("value"), Facet("target"), Facet("other")
DOUBLE = Named("double", Text("两倍", "double"), VALUE * 2)
POSITIVE = nodes.Compare(VALUE, ">", nodes.Constant(Fraction(0)))


def write(node: nodes.Node, *, is_guest: bool = False) -> str:
    row = Row(Grid(COLUMNS, {}, lambda _: 9), 3, 2, 5, is_guest=is_guest)
    return write_absence_formula(Named("score", Text("得分", "score"), node), row, WORDS)


VALUE_BLANK = 'IF(A3="","empty",A3)'
TARGET_BLANK = 'IF(B3="","no_target",B3)'


@pytest.mark.parametrize(
    ("node", "formula"),
    [
        (VALUE, f'IF(ISNUMBER(A3),"empty",{VALUE_BLANK})'),
        (DOUBLE + VALUE, f'IF(ISNUMBER(A3),"empty",{VALUE_BLANK})'),
        (
            VALUE / TARGET,
            f'IF(ISNUMBER(A3),IF(ISNUMBER(B3),"empty",{TARGET_BLANK}),{VALUE_BLANK})',
        ),
        (VALUE - Peer("mean", VALUE), f'IF(ISNUMBER(A3),"empty",{VALUE_BLANK})'),
        (
            nodes.Divide(nodes.Constant(Fraction(1)), VALUE, "not_applicable"),
            f'IF(ISNUMBER(A3),IF(A3=0,"not_applicable","empty"),{VALUE_BLANK})',
        ),
        (
            nodes.When(POSITIVE, OTHER, VALUE),
            f'IF(ISNUMBER(A3),IF(A3>0,IF(ISNUMBER(C3),"empty",IF(C3="","empty",C3)),"empty"),'
            f"{VALUE_BLANK})",
        ),
    ],
)
def test_the_first_figure_that_is_missing_says_why(node: nodes.Node, formula: str) -> None:
    assert write(node) == formula


def test_a_guest_asks_whether_anybody_in_the_pool_has_a_figure() -> None:
    assert write(VALUE - Peer("mean", VALUE), is_guest=True) == (
        f'IF(ISNUMBER(A3),IF(COUNT($A$2:$A$5)=0,"empty","empty"),{VALUE_BLANK})'
    )


def test_a_mean_of_those_there_lacks_its_first_term_where_all_are_missing() -> None:
    weights = (nodes.Constant(Fraction(1)),) * 2
    mean = nodes.WeightedMean((VALUE, OTHER), weights, "renormalise")

    assert write(mean) == (
        f"IF(OR(ISLOGICAL(IF(ISNUMBER(A3),TRUE,{VALUE_BLANK})),"
        'ISLOGICAL(IF(ISNUMBER(C3),TRUE,IF(C3="","empty",C3)))),"empty",'
        f'IF(ISNUMBER(A3),"empty",{VALUE_BLANK}))'
    )
