"""Formulas longer or deeper than spreadsheets allow become several columns with the same outcome."""

from fractions import Fraction

from tests.engine.tables import make_cases

from kaohe.expressions import nodes
from kaohe.expressions.language import parse_formula
from kaohe.expressions.nodes import list_steps
from kaohe.numbers.absence import Absence
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame
from kaohe.renderings.workbook.formula_splitting import DEEPEST, LONGEST, split_long_steps
from kaohe.renderings.workbook.formulas import write_step_formula
from kaohe.renderings.workbook.grid import Grid, Row, measure_digits
from kaohe.rules.bands import ValueBands

FRAME = Frame(
    facets={"value": [Fraction(7), Fraction(-3), Absence.EMPTY, Fraction(95)], "target": [Fraction(2)] * 4},
    points=[Fraction(10)] * 4,
    pool_of=[0] * 4,
    pools=[[0, 1, 2, 3]],
)  # fmt: skip
BANDS = [{"edge": edge, "share": f"{101 - edge}/100"} for edge in range(1, 101)]
LONG = " + ".join(f"abs(x - {number}.5 * t) * x / (t + {number}) / w" for number in range(1, 25))
WIDE = f"y = {LONG}; if x > 0 then y * y * y * y + y else t"


def score_deep() -> nodes.Named:
    rule = ValueBands.model_validate({"bands": BANDS})
    return rule.expression(higher_is_better=False)


def test_what_fits_stays_as_it_is() -> None:
    for case in make_cases(60, seed=2):
        expression = case.expression()

        assert split_long_steps(expression) is expression


def test_what_is_too_deep_or_too_long_is_split_into_steps() -> None:
    deep, wide = split_long_steps(score_deep()), split_long_steps(parse_formula(WIDE))

    assert [step.name for step in list_steps(deep)] == ["share_1", "share", "score"]
    assert [step.label.en for step in list_steps(wide)] == ["score · 1", "score"]


def test_split_steps_are_worth_the_same_and_fit() -> None:
    for whole in (score_deep(), parse_formula(WIDE)):
        split = split_long_steps(whole)

        assert evaluate(split, FRAME).values == evaluate(whole, FRAME).values
        for formula in write_formulas(split):
            assert len(formula) <= LONGEST
            assert formula.count("IF(") <= DEEPEST


def write_formulas(expression: nodes.Named) -> list[str]:
    steps = list_steps(expression)
    names = [*FRAME.facets, "points", *(step.name for step in steps)]
    grid = Grid(dict(zip(names, "ABCDEFGH", strict=False)), {}, measure_digits(FRAME))
    return [write_step_formula(step, Row(grid, 2, 1, len(FRAME))) for step in steps]
