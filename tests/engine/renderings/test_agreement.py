"""The bet: exact, columns and the recalculated workbook agree from one definition."""

import os
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter

from kaohe.expressions.nodes import list_steps
from kaohe.numbers.rounding import scale_fraction
from kaohe.renderings.arrays import score_columns
from kaohe.renderings.columns import make_columns
from kaohe.renderings.exact import evaluate
from kaohe.renderings.formulas import (
    Grid,
    Row,
    list_ranked_steps,
    measure_digits,
    write_rounding_formula,
    write_step_formula,
)
from kaohe.renderings.settling import MISSING_SCORE
from tests.engine.office import recalculate
from tests.engine.tables import Case, make_cases

TABLES = int(os.environ.get("KAOHE_AGREEMENT_TABLES", "100"))
DECIMALS = 4


def score_exactly(case: Case) -> list[int | None]:
    expression = case.rule.expression(higher_is_better=case.higher_is_better)
    values = evaluate(expression, case.frame).values
    return [
        scale_fraction(value, DECIMALS) if isinstance(value, Fraction) else None for value in values
    ]


@pytest.mark.slow
def test_columns_agree_with_exact_on_generated_tables() -> None:
    for number, case in enumerate(make_cases(TABLES * 5, seed=20191231)):
        expression = case.rule.expression(higher_is_better=case.higher_is_better)
        scores = score_columns(expression, make_columns(case.frame), decimals=DECIMALS)
        found = [None if score == MISSING_SCORE else int(score) for score in scores]

        assert found == score_exactly(case), f"table {number}: {case}"


@pytest.mark.slow
def test_workbook_agrees_with_exact_on_generated_tables(tmp_path: Path) -> None:
    cases = list(make_cases(TABLES, seed=20200331))
    workbook = tmp_path / "tables.xlsx"
    with xlsxwriter.Workbook(str(workbook)) as book:
        for number, case in enumerate(cases):
            write_case(book.add_worksheet(f"T{number}"), case)

    saved = recalculate(workbook, tmp_path)

    for number, case in enumerate(cases):
        sheet = saved.get_sheet_by_name(f"T{number}").to_python(skip_empty_area=False)
        found = [read_score(row[-1]) for row in sheet[1:]]
        assert found == score_exactly(case), f"table {number}: {case}"


def read_score(cell: object) -> int | None:
    return round(cell * 10**DECIMALS) if isinstance(cell, float) else None


def write_case(sheet: xlsxwriter.worksheet.Worksheet, case: Case) -> None:
    """Facets, points and one column per step, from the second row on."""
    expression = case.rule.expression(higher_is_better=case.higher_is_better)
    steps = list_steps(expression)
    names = [*case.frame.facets, "points", *(step.name for step in steps)]
    columns = {name: chr(ord("A") + place) for place, name in enumerate(names)}
    grid = Grid(columns, {}, measure_digits(case.frame))
    ranked = list_ranked_steps(expression)
    sheet.write_row(0, 0, [*names, "rounded"])
    for place in range(len(case.frame)):
        write_figures(sheet, case, place)
        pool = case.frame.pools[case.frame.pool_of[place]]
        row = Row(grid, place + 2, pool[0] + 2, pool[-1] + 2)
        for step in steps:
            formula = write_step_formula(step, row, ranked=step.name in ranked)
            sheet.write_formula(f"{columns[step.name]}{place + 2}", formula)
        formula = write_rounding_formula(steps[-1], row, decimals=DECIMALS)
        sheet.write_formula(place + 1, len(names), formula)


def write_figures(sheet: xlsxwriter.worksheet.Worksheet, case: Case, place: int) -> None:
    for column, cells in enumerate([*case.frame.facets.values(), case.frame.points]):
        if isinstance(cells[place], Fraction):
            sheet.write_number(place + 1, column, float(cells[place]))
