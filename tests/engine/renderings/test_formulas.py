"""Formulas written out: what an auditor reads in the cells."""

from fractions import Fraction

import pytest

from kaohe.expressions import nodes
from kaohe.expressions.nodes import Named, list_steps
from kaohe.language import Text
from kaohe.renderings.formulas import (
    list_ranked_steps,
    write_literal,
    write_rounding_formula,
    write_step_formula,
)
from kaohe.renderings.grid import Grid, Row, measure_digits
from kaohe.rules.catalogue import BY_NAME
from tests.engine.renderings.samples import FRAME, SAMPLES, STEP, A

COLUMNS = {"a": "A", "b": "B", "c": "C", "points": "P", "doubled": "D", "value": "A", "target": "B"}
GRID = Grid(COLUMNS, {"gain": "Gain"}, lambda node: 9)

FORMULAS = {
    "constant": "=2.5",
    "parameter": "=Gain",
    "points": "=P3",
    "facet": '=IF(COUNT(A3)<1,"",A3)',
    "least of the pool": '=IF(COUNT($A$2:$A$5)<1,"",MIN($A$2:$A$5))',
    "greatest of the others": '=IF(COUNT($A$2:$A$5)-COUNT(A3)<1,"",'
    "IF(ISNUMBER(A3),IF(A3=MAX($A$2:$A$5),LARGE($A$2:$A$5,2),MAX($A$2:$A$5)),MAX($A$2:$A$5)))",
    "mean": '=IF(COUNT($A$2:$A$5)<1,"",AVERAGE($A$2:$A$5))',
    "place": '=IF(COUNT(A3)<1,"",RANK(A3,$A$2:$A$5,0))',
    "points by place": '=IF(COUNT(A3)<1,"",IF(RANK(A3,$A$2:$A$5,0)>3,4,INDEX({9,7,4},RANK(A3,$A$2:$A$5,0))))',
    "difference": '=IF(COUNT(A3,B3)<2,"",(A3-B3))',
    "quotient": '=IF(COUNT(A3,B3)<2,"",(A3/(B3)))',
    "quotient or a value": '=IF(COUNT(A3,B3)<2,"",IF(ROUND(B3,9)=0,1,A3/(B3)))',
    "clamp": '=IF(COUNT(A3)<1,"",MIN(MAX(A3,0),2))',
    "when": '=IF(COUNT(A3)<1,"",IF(ROUND((A3-1),9)>0,A3*10,0))',
    "bands": '=IF(COUNT(A3)<1,"",IF(ROUND(A3,9)<3,IF(ROUND(A3,9)<1.5,IF(ROUND(A3,9)<0,(-1),9),7),4))',
    "whole steps": '=IF(COUNT(A3)<1,"",INT(ROUND((A3/(2)),9)))',
    "half up": '=IF(COUNT(A3)<1,"",ROUND(ROUND(A3,9),0))',
    "down": '=IF(COUNT(A3)<1,"",(INT(ROUND((A3)*100,7)))/100)',
    "require": '=IF(COUNT(A3,B3)<2,"",IF(ROUND((B3-0),9)>0,A3,NA()))',
    "weighted mean": '=IF(COUNT(A3,B3)<2,"",((A3*3+B3*1)/(3+1)))',
}  # fmt: skip


def write(node: nodes.Node, *, ranked: bool = False) -> str:
    step = Named("x", Text("某步", "a step"), node)
    return write_step_formula(step, Row(GRID, 3, 2, 5), ranked=ranked)


@pytest.mark.parametrize(("name", "formula"), FORMULAS.items())
def test_a_node_is_written_as(name: str, formula: str) -> None:
    assert write(SAMPLES[name]) == formula


@pytest.mark.parametrize("name", SAMPLES)
def test_every_node_can_be_written(name: str) -> None:
    assert write(SAMPLES[name]).startswith("=")


def test_a_step_is_a_cell_of_its_own() -> None:
    assert write(STEP + 1) == '=IF(COUNT(D3)<1,"",(D3+1))'
    assert write(STEP.of) == '=IF(COUNT(A3)<1,"",A3*2)'


def test_a_step_that_rows_are_ranked_by_is_rounded_itself() -> None:
    assert list_ranked_steps(nodes.Rank(STEP) + nodes.Rank(A)) == {"doubled"}
    assert write(STEP.of, ranked=True) == '=IF(COUNT(A3)<1,"",ROUND(A3*2,9))'


def test_the_pool_is_asked_about_cells_only() -> None:
    with pytest.raises(TypeError, match="a facet or a named step"):
        write(nodes.Peer("max", A * 2))


def test_a_number_without_an_end_is_written_as_a_quotient() -> None:
    assert [write_literal(Fraction(text)) for text in ("-1", "3", "0.25", "1/3")] == [
        "(-1)",
        "3",
        "0.25",
        "(1/3)",
    ]


def test_the_score_is_rounded_as_the_scheme_says() -> None:
    row = Row(GRID, 3, 2, 5)

    assert write_rounding_formula(STEP, row, decimals=4) == (
        '=IF(COUNT(D3)<1,"",ROUND(ROUND(D3,9),4))'
    )
    assert write_rounding_formula(STEP, row, decimals=2, mode="half_even") == (
        '=IF(COUNT(D3)<1,"",(IF(ROUND((D3)*100,7)-INT(ROUND((D3)*100,7))=0.5,'
        "2*ROUND(ROUND((D3)*100,7)/2,0),ROUND(ROUND((D3)*100,7),0)))/100)"
    )


def test_the_efficacy_coefficient_as_a_whole() -> None:
    score = BY_NAME["efficacy_coefficient"]().expression(higher_is_better=True)
    columns = {**COLUMNS, "efficacy": "E", "percent": "F"}
    row = Row(Grid(columns, {}, lambda node: 9), 3, 2, 5)

    assert [write_step_formula(step, row) for step in list_steps(score)] == [
        '=IF(COUNT(A3)<1,"",MIN(MAX(IF(ROUND((MAX($A$2:$A$5)-MIN($A$2:$A$5)),9)=0,1,'
        "(A3-MIN($A$2:$A$5))/((MAX($A$2:$A$5)-MIN($A$2:$A$5)))),0),1))",
        '=IF(COUNT(E3)<1,"",(60+40*E3))',
        '=IF(COUNT(F3)<1,"",IF(ROUND((COUNT($A$2:$A$5)-3),9)>=0,(P3*F3/(100)),NA()))',
    ]


def test_digits_follow_the_error_that_doubles_can_have() -> None:
    digits = measure_digits(FRAME)

    assert digits(A) == 12
    assert digits(A * 10**6) == 8
    assert digits(A * 10**20) == 0


def test_a_guest_is_placed_among_the_members_of_a_pool() -> None:
    guest = Row(Grid(COLUMNS, {}, lambda node: 9), 7, 2, 5, is_guest=True)
    place = Named("place", Text("位次", "place"), nodes.Rank(nodes.Facet("value")))

    assert write_step_formula(place, guest) == (
        '=IF(COUNT(A7)<1,"",(SUMPRODUCT(ISNUMBER($A$2:$A$5)*($A$2:$A$5>A7))+1))'
    )
