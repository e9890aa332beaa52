"""Indicators scored together in floats: equal to the exact rendering wherever that is certain, and said where not."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from tests.engine.tables import CODES, DECIMALS, Case, make_case, score_exactly

from kaohe.expressions import nodes
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import RoundingMode, scale_fraction
from kaohe.renderings.arrays.blocks import Program, Scoring
from kaohe.renderings.arrays.columns import ColumnFrame, FacetColumn, PoolOrder, make_columns
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame

VALUE, TARGET = nodes.Facet("value"), nodes.Facet("target")
TABLES = 12


def score(
    expression: nodes.Node,
    facets: dict[str, list[str]],
    *,
    pools: list[int] | None = None,
    decimals: int = 0,
    mode: RoundingMode = "half_up",
) -> list[int | None]:
    rows = len(next(iter(facets.values())))
    frame = ColumnFrame(
        {name: make_facet(cells) for name, cells in facets.items()},
        FacetColumn(np.full(rows, 10.0), 1),
        np.array(pools or [0] * rows),
    )
    scores = Program([Scoring(expression, decimals, mode)]).score([frame])[0]
    return list_scores(scores)


def make_facet(cells: list[str]) -> FacetColumn:
    exact: list[Cell] = [Fraction(cell) if cell else Absence.EMPTY for cell in cells]
    frame = Frame(
        {"value": exact}, [Fraction(10)] * len(cells), [0] * len(cells), [[*range(len(cells))]]
    )
    return make_columns(frame).facets["value"]


def list_scores(scores: np.ndarray) -> list[int | None]:
    return [None if each == MISSING_SCORE else int(each) for each in scores]


def count_guarded(program: Program, frames: list[ColumnFrame]) -> int:
    """How many indicators could not be scored in floats."""
    scores = np.empty((len(frames), len(frames[0])), dtype=np.int64)
    return len(frames) - len(program.score_certain(frames, scores))


@pytest.mark.parametrize("code", CODES)
def test_every_rule_agrees_with_exact(code: str) -> None:
    for number in range(TABLES):
        case = make_case(code, number, seed=20261125)
        program = Program([Scoring(case.expression(), DECIMALS, case.rounding)])

        found = list_scores(program.score([make_columns(case.frame)])[0])

        assert found == score_exactly(case), f"table {number}: {case}"


@pytest.mark.parametrize("code", CODES)
def test_rules_of_one_shape_are_scored_together(code: str) -> None:
    """The same rule over its own table and over the table with each facet's cells in another order."""
    random = Random(7)  # noqa: S311 – tables, not secrets
    for number in range(TABLES // 3):
        case = make_case(code, number, seed=5)
        cases = [case, *(shuffle_cells(case, random) for _ in range(2))]
        pools = make_columns(case.frame).pools
        frames = [replace(make_columns(each.frame), order=pools) for each in cases]
        program = Program([Scoring(each.expression(), DECIMALS, case.rounding) for each in cases])

        found = [list_scores(scores) for scores in program.score(frames)]

        assert found == [score_exactly(each) for each in cases], f"table {number}: {case}"


def shuffle_cells(case: Case, random: Random) -> Case:
    facets = {
        name: random.sample(list(cells), len(cells)) for name, cells in case.frame.facets.items()
    }
    return replace(case, frame=replace(case.frame, facets=facets))


@pytest.mark.parametrize("code", CODES)
def test_rows_may_stand_in_any_order(code: str) -> None:
    random = Random(3)  # noqa: S311 – tables, not secrets
    for number in range(TABLES // 3):
        case = make_case(code, number, seed=11)
        order = random.sample(range(len(case.frame)), len(case.frame))
        columns = make_columns(case.frame)
        moved = ColumnFrame(
            {name: take(column, order) for name, column in columns.facets.items()},
            take(columns.points, order),
            columns.pool_codes[order],
        )
        program = Program([Scoring(case.expression(), DECIMALS, case.rounding)])

        found = list_scores(program.score([moved])[0])

        expected = score_exactly(case)
        assert found == [expected[row] for row in order], f"table {number}: {case}"


def take(column: FacetColumn, rows: list[int]) -> FacetColumn:
    return FacetColumn(column.figures[rows], column.denominator)


def test_halves_that_floats_miss_go_up() -> None:
    """35 % of 2.15 is 0.7525; in floats it is a little less."""
    product = nodes.Multiply((VALUE, nodes.Constant(Fraction("0.35"))))

    assert score(product, {"value": ["2.15", "-2.15", "2.14"]}, decimals=3) == [753, -753, 749]


def test_every_way_of_rounding_keeps_whole_figures_whole() -> None:
    """0.3 / 0.1 is 2.9999999999999996 in floats."""
    quotient, facets = (
        nodes.Divide(VALUE, TARGET),
        {"value": ["0.3", "-0.3", "0.35"], "target": ["0.1"] * 3},
    )
    found = {
        mode: score(quotient, facets, mode=mode)
        for mode in ("half_up", "half_even", "up", "down", "floor", "ceil")
    }

    assert found == {
        "half_up": [3, -3, 4],
        "half_even": [3, -3, 4],
        "up": [3, -3, 4],
        "down": [3, -3, 3],
        "floor": [3, -3, 3],
        "ceil": [3, -3, 4],
    }


def test_equal_figures_compare_as_equal() -> None:
    """0.1 + 0.2 is not 0.3 in floats."""
    sum_ = nodes.Add((nodes.Facet("one"), nodes.Facet("two")))
    facets = {"one": ["0.1", "0.1"], "two": ["0.2", "0.21"], "value": ["0.3", "0.3"]}
    met = nodes.When(
        nodes.Compare(sum_, "<=", VALUE), nodes.Constant(Fraction(1)), nodes.Constant(Fraction(0))
    )

    assert score(met, facets) == [1, 0]


def test_derived_figures_that_are_equal_share_their_place() -> None:
    step = nodes.Named("ratio", Text("比", "ratio"), nodes.Divide(VALUE, TARGET))
    facets = {"value": ["0.3", "0.6", "0.1", "0.2"], "target": ["0.1", "0.2", "0.1", "0"]}

    assert score(nodes.Rank(step, ties="average"), facets, decimals=1) == [15, 15, 30, None]


def test_what_no_margin_can_tell_is_scored_exactly() -> None:
    """Divisors of ten digits: two scores may differ by less than floats tell; the guarded way decides."""
    expression = nodes.Add((nodes.Divide(VALUE, TARGET), nodes.Divide(TARGET, VALUE)))
    facets = {
        "value": ["1234567891", "9876543211", "3"],
        "target": ["9876543217", "1234567897", "7"],
    }
    frame = ColumnFrame(
        {name: make_facet(cells) for name, cells in facets.items()},
        FacetColumn(np.full(3, 10.0), 1),
        np.zeros(3, dtype=np.int64),
    )
    program = Program([Scoring(expression, 9, "half_up")])

    assert count_guarded(program, [frame]) == 1
    exact = evaluate(
        expression,
        Frame(
            {name: [*map(Fraction, cells)] for name, cells in facets.items()},
            [Fraction(10)] * 3,
            [0] * 3,
            [[0, 1, 2]],
        ),
    )
    assert list_scores(program.score([frame])[0]) == [
        scale_fraction(value, 9) for value in exact.values
    ]


def test_a_plain_ratio_of_money_is_certain() -> None:
    ratio = nodes.Multiply((nodes.Points(), nodes.Divide(VALUE, TARGET)))
    frame = ColumnFrame(
        {
            "value": make_facet(["12345.67", "99999.99"]),
            "target": make_facet(["10000.01", "88888.88"]),
        },
        FacetColumn(np.full(2, 10.0), 1),
        np.zeros(2, dtype=np.int64),
    )

    assert count_guarded(Program([Scoring(ratio, 4)]), [frame]) == 0


def test_nobody_and_nothing_are_no_trouble() -> None:
    mean = nodes.Subtract(VALUE, nodes.Peer("mean", VALUE))
    nobody = ColumnFrame({}, FacetColumn(np.zeros(0), 1), np.zeros(0, dtype=np.int64))

    assert score(mean, {"value": ["", ""]}) == [None, None]
    assert score(mean, {"other": ["1", "2"]}) == [None, None]
    assert Program([Scoring(mean, 4)]).score([nobody]).tolist() == [[]]


def test_many_rows_are_scored_in_parts() -> None:
    """Two pools that are longer than a part, and one of three rows."""
    rows = 50_000
    figures = np.arange(rows) % 997 / 100
    pools = np.repeat([0, 1, 2], [20_000, rows - 20_003, 3])
    frame = ColumnFrame(
        {"value": FacetColumn(figures, 100)}, FacetColumn(np.full(rows, 2.5), 2), pools
    )
    rule = nodes.Multiply((nodes.Points(), nodes.Divide(VALUE, nodes.Peer("max", VALUE))))

    scores, again = (
        Program([Scoring(rule, 4)]).score([frame], threads=threads)[0] for threads in (1, 2)
    )

    assert (scores == again).all()
    best = [Fraction(int(round(100 * figures[pools == pool].max())), 100) for pool in range(3)]
    chosen = [0, 996, 19_999, 20_000, 49_996, 49_997, 49_999]
    assert [int(scores[row]) for row in chosen] == [
        scale_fraction(Fraction(5, 2) * Fraction(row % 997, 100) / best[pools[row]], 4)
        for row in chosen
    ]


def test_pools_keep_their_order_of_codes() -> None:
    order = PoolOrder.sort(np.array([2, 0, 2, 1]))

    assert (order.order.tolist(), order.sizes.tolist(), order.is_sorted) == (
        [1, 3, 0, 2],
        [1, 1, 2],
        False,
    )
