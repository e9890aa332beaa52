"""Formulas written out: what an auditor reads in the cells."""

from fractions import Fraction

import pytest
from tests.engine.renderings.samples import FRAME, SAMPLES, STEP, A, B

from kaohe.expressions import nodes
from kaohe.expressions.nodes import Named, as_node, list_steps
from kaohe.expressions.writing import compare
from kaohe.language import Text
from kaohe.renderings.workbook.formula_text import write_literal
from kaohe.renderings.workbook.formulas import (
    write_rounding_formula,
    write_step_formula,
)
from kaohe.renderings.workbook.grid import Grid, Row, TableNames, measure_digits
from kaohe.rules.catalogue import BY_NAME

COLUMNS = {
    "a": "A",
    "b": "B",
    "c": "C",
    "points": "P",
    "doubled": "D",
    "share": "E",
    "value": "A",
    "target": "B",
}
GRID = Grid(COLUMNS, {"gain": "Gain"}, lambda node: 9)

FORMULAS = {
    "constant": "=2.5",
    "parameter": "=Gain",
    "points": "=P3",
    "facet": '=IF(COUNT(A3)<1,"",A3)',
    "least of the pool": '=IF(COUNT($A$2:$A$5)=0,"",MIN($A$2:$A$5))',
    "greatest of the others": '=IF(COUNT($A$2,$A$4:$A$5)=0,"",MAX($A$2,$A$4:$A$5))',
    "mean": '=IF(COUNT($A$2:$A$5)=0,"",AVERAGE($A$2:$A$5))',
    "count of the others": "=COUNT($A$2,$A$4:$A$5)",
    "place": '=IF(COUNT(A3)<1,"",RANK(A3,$A$2:$A$5,0))',
    "highest place": '=IF(COUNT(A3)<1,"",COUNT($A$2:$A$5)+1-RANK(A3,$A$2:$A$5,1))',
    "points by place": '=IF(COUNT(A3)<1,"",INDEX({9,7,4},MIN(RANK(A3,$A$2:$A$5,0),3)))',
    "difference": '=IF(COUNT(A3,B3)<2,"",A3-B3)',
    "quotient": '=IF(COUNT(A3,B3)<2,"",IF(B3=0,NA(),A3/B3))',
    "quotient or not applicable": '=IF(COUNT(A3,B3)<2,"",IF(B3=0,"",A3/B3))',
    "quotient or a value": '=IF(COUNT(A3,B3)<2,"",IF(B3=0,1,A3/B3))',
    "clamp": '=IF(COUNT(A3)<1,"",MIN(MAX(A3,0),2))',
    "when": '=IF(COUNT(A3)<1,"",IF(A3>1,A3*10,0))',
    "bands": '=IF(COUNT(A3)<1,"",IF(A3<0,-1,LOOKUP(A3,{0,1.5,3},{9,7,4})))',
    "lookup": '=IF(COUNT(A3)<1,"",IF(A3=0,9,IF(A3=1.5,7,IF(A3=3,4,NA()))))',
    "curve": '=IF(COUNT(A3)<1,"",IF(A3<=0,9,IF(A3<=1.5,9-A3*4/3,IF(A3<=3,7-(A3-1.5)*2,4))))',
    "whole steps": '=IF(COUNT(A3)<1,"",INT(ROUND(A3/2,9)))',
    "begun steps": '=IF(COUNT(A3)<1,"",-INT(-ROUND(A3/2,9)))',
    "half up": '=IF(COUNT(A3)<1,"",ROUND(A3,0))',
    "down": '=IF(COUNT(A3)<1,"",INT(ROUND(A3*100,7))/100)',
    "require": '=IF(COUNT(A3,B3)<2,"",IF(B3>0,A3,NA()))',
    "weighted mean": '=IF(COUNT(A3,B3)<2,"",(A3*3+B3*1)/(3+1))',
    "weighted mean of those there": '=IF(COUNT(A3,B3)=0,"",(N(A3)*3+N(B3)*1)/(COUNT(A3)*3+COUNT(B3)*1))',
}  # fmt: skip


def write(node: nodes.Node) -> str:
    step = Named("x", Text("某步", "a step"), node)
    return write_step_formula(step, Row(GRID, 3, 2, 5))


@pytest.mark.parametrize(("name", "formula"), FORMULAS.items())
def test_a_node_is_written_as(name: str, formula: str) -> None:
    assert write(SAMPLES[name]) == formula


@pytest.mark.parametrize("name", SAMPLES)
def test_every_node_can_be_written(name: str) -> None:
    assert write(SAMPLES[name]).startswith("=")


def test_a_step_is_a_cell_of_its_own() -> None:
    assert write(STEP + 1) == '=IF(D3="","",D3+1)'
    assert write(STEP.of) == '=IF(COUNT(A3)<1,"",A3*2)'


def test_the_noise_of_a_step_decides_no_place() -> None:
    noisy = Named("doubled", STEP.label, A / 3)

    assert write(nodes.Rank(noisy)) == ('=IF(D3="","",COUNTIF($D$2:$D$5,">"&D3+0.0000000005)+1)')
    assert write(nodes.Rank(noisy, ties="highest")) == (
        '=IF(D3="","",COUNTIF($D$2:$D$5,">="&D3-0.0000000005))'
    )


def test_what_only_one_branch_needs_is_looked_for_there() -> None:
    one_sided = nodes.When(compare(A, ">", 0), B, as_node(0))

    assert write(one_sided) == '=IF(COUNT(A3)<1,"",IF(A3>0,IF(COUNT(B3)<1,"",B3),0))'
    assert write(one_sided + 1) == (
        '=IF(COUNT(A3)<1,"",IF(IF(A3>0,COUNT(B3)<1,FALSE),"",IF(A3>0,B3,0)+1))'
    )


def test_statistics_of_what_may_be_refused_leave_errors_out() -> None:
    share = Named("doubled", STEP.label, A / B)

    assert write(share + nodes.Peer("max", share)) == (
        '=IF(D3="","",D3+_xlfn.AGGREGATE(4,6,$D$2:$D$5))'
    )


def test_brackets_stand_only_where_they_are_needed() -> None:
    tree = (A - (B - 1)) * 2 / (A * (B / 3)) - (0 - A)

    assert write(tree) == (
        '=IF(COUNT(A3,B3)<2,"",IF(ROUND(A3*(B3/3),9)=0,NA(),(A3-(B3-1))*2/(A3*(B3/3)))-(-A3))'
    )


def test_a_mean_of_those_there_is_blank_where_nobody_is() -> None:
    weights = (as_node(2), as_node(1), as_node(1))

    assert write(nodes.WeightedMean((A, STEP, B), weights, "renormalise")) == (
        '=IF(AND(COUNT(A3,B3)=0,D3=""),"",'
        "(N(A3)*2+N(D3)*1+N(B3)*1)/(COUNT(A3)*2+COUNT(D3)*1+COUNT(B3)*1))"
    )
    with pytest.raises(TypeError, match="a facet or a named step"):
        write(nodes.WeightedMean((A, B * 2, B), weights, "renormalise"))


def test_the_pool_is_asked_about_cells_only() -> None:
    with pytest.raises(TypeError, match="a facet or a named step"):
        write(nodes.Peer("max", A * 2))


def test_a_number_without_an_end_is_written_as_a_quotient() -> None:
    assert [write_literal(Fraction(text)) for text in ("-1", "3", "0.25", "1/3")] == [
        "-1",
        "3",
        "0.25",
        "1/3",
    ]


def test_the_score_is_rounded_as_the_scheme_says() -> None:
    row = Row(GRID, 3, 2, 5)

    assert write_rounding_formula(STEP, row, decimals=4) == ('=IF(D3="","",ROUND(ROUND(D3,9),4))')
    assert write_rounding_formula(STEP, row, decimals=2, mode="half_even") == (
        '=IF(D3="","",IF(ROUND(D3*100,7)-INT(ROUND(D3*100,7))=0.5,'
        "2*ROUND(ROUND(D3*100,7)/2,0),ROUND(ROUND(D3*100,7),0))/100)"
    )


def test_the_efficacy_coefficient_as_a_whole() -> None:
    score = BY_NAME["efficacy_coefficient"]().expression(higher_is_better=True)
    columns = {**COLUMNS, "efficacy": "E", "percent": "F"}
    row = Row(Grid(columns, {}, lambda node: 9), 3, 2, 5)

    assert [write_step_formula(step, row) for step in list_steps(score)] == [
        '=IF(COUNT(A3)<1,"",MIN(MAX(IF(MAX($A$2:$A$5)=MIN($A$2:$A$5),1,'
        "(A3-MIN($A$2:$A$5))/(MAX($A$2:$A$5)-MIN($A$2:$A$5))),0),1))",
        '=IF(E3="","",60+40*E3)',
        '=IF(F3="","",IF(COUNT($A$2:$A$5)>=3,P3*F3/100,NA()))',
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
        '=IF(COUNT(A7)<1,"",SUMPRODUCT(ISNUMBER($A$2:$A$5)*($A$2:$A$5>A7))+1)'
    )


def test_tables_may_stand_in_cells_of_their_own() -> None:
    bands = nodes.Bands(A, (Fraction(60), Fraction(80)), (Fraction(1), Fraction(2)), Fraction(0))
    table = (Fraction(9), Fraction(7))
    places = nodes.PlacePoints(A, table, beyond=Fraction(1))
    shared = nodes.PlacePoints(A, table, ties="average")
    tables = {
        bands: TableNames("values", "edges", "below"),
        places: TableNames("points", outside="beyond"),
        shared: TableNames("shared"),
    }
    row = Row(Grid(COLUMNS, {}, lambda node: 9, tables), 3, 2, 5)
    formulas = [
        write_step_formula(Named("step", Text("步", "step"), node), row)
        for node in (bands, places, shared)
    ]

    assert formulas == [
        '=IF(COUNT(A3)<1,"",IF(A3<INDEX(edges,1),below,LOOKUP(A3,edges,values)))',
        '=IF(COUNT(A3)<1,"",IF(RANK(A3,$A$2:$A$5,0)>2,beyond,'
        "INDEX(points,MIN(RANK(A3,$A$2:$A$5,0),2))))",
        '=IF(COUNT(A3)<1,"",(SUMPRODUCT(({1;2}>=RANK(A3,$A$2:$A$5,0))*'
        "({1;2}<=COUNT($A$2:$A$5)+1-RANK(A3,$A$2:$A$5,1))*shared)"
        "+INDEX(shared,2)*MAX(0,COUNT($A$2:$A$5)+1-RANK(A3,$A$2:$A$5,1)"
        "-MAX(RANK(A3,$A$2:$A$5,0)-1,2)))"
        "/(COUNT($A$2:$A$5)+1-RANK(A3,$A$2:$A$5,1)-RANK(A3,$A$2:$A$5,0)+1))",
    ]
