"""Formulas longer or deeper than spreadsheets allow become several columns with the same outcome."""

from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kaohe.expressions import nodes
from kaohe.expressions.language import parse_formula
from kaohe.expressions.nodes import list_steps
from kaohe.numbers.absence import Absence
from kaohe.renderings.exact import evaluate
from kaohe.renderings.formula_splitting import DEEPEST, LONGEST, split_long_steps
from kaohe.renderings.formulas import write_step_formula
from kaohe.renderings.frame import Frame
from kaohe.renderings.grid import Grid, Row, measure_digits
from kaohe.rules.bands import ValueBands
from tests.engine.office import recalculate
from tests.engine.tables import make_cases

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


@pytest.mark.slow
def test_split_steps_are_worth_the_same_and_fit(tmp_path: Path) -> None:
    expressions = [split_long_steps(each) for each in (score_deep(), parse_formula(WIDE))]
    workbook = tmp_path / "split.xlsx"
    with xlsxwriter.Workbook(str(workbook)) as book:
        for number, expression in enumerate(expressions):
            write_steps(book.add_worksheet(f"T{number}"), expression)

    saved = recalculate(workbook, tmp_path)

    for number, (split, whole) in enumerate(
        zip(expressions, (score_deep(), parse_formula(WIDE)), strict=True)
    ):
        assert evaluate(split, FRAME).values == evaluate(whole, FRAME).values
        rows = saved.get_sheet_by_name(f"T{number}").to_python(skip_empty_area=False)
        expected = [value for value in evaluate(whole, FRAME).values if isinstance(value, Fraction)]
        assert [row[-1] for row in rows if row[-1] != ""] == pytest.approx(
            [float(value) for value in expected], rel=1e-12
        )
        assert rows[2][-1] == ""


def write_steps(sheet: xlsxwriter.worksheet.Worksheet, expression: nodes.Named) -> None:
    steps = list_steps(expression)
    names = [*FRAME.facets, "points", *(step.name for step in steps)]
    grid = Grid({name: xl_col_to_name(place) for place, name in enumerate(names)}, {}, measure_digits(FRAME))  # fmt: skip
    for place in range(len(FRAME)):
        for column, cells in enumerate([*FRAME.facets.values(), FRAME.points]):
            if isinstance(cells[place], Fraction):
                sheet.write_number(place, column, float(cells[place]))
        for step in steps:
            row = Row(grid, place + 1, 1, len(FRAME))
            formula = write_step_formula(step, row)
            assert len(formula) <= LONGEST
            assert formula.count("(IF(") <= DEEPEST
            sheet.write_formula(row.cell(step.name), formula)
