"""A table written as a sheet with live formulas, and read again after recalculation."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from python_calamine import CalamineSheet
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kaohe.expressions.nodes import Named, list_steps
from kaohe.expressions.structure import list_facets
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.frame import Frame
from kaohe.renderings.workbook.formulas import write_rounding_formula, write_step_formula
from kaohe.renderings.workbook.grid import Grid, Row, measure_digits
from tests.engine.tables import DECIMALS, Case

REFUSED = "#N/A"


def write_case(sheet: Worksheet, case: Case) -> None:
    """A rule over its table."""
    write_expression(sheet, case.expression(), case.frame, case.rounding)


def write_expression(
    sheet: Worksheet, expression: Named, frame: Frame, rounding: RoundingMode
) -> None:
    """Facets, points, one column per step, the rounded score and what it is, from the second row on."""
    steps = list_steps(expression)
    nowhere = [facet.name for facet in list_facets(expression) if facet.name not in frame.facets]
    names = [*frame.facets, "points", *nowhere, *(step.name for step in steps), "rounded"]
    columns = {name: xl_col_to_name(place) for place, name in enumerate(names)}
    grid = Grid(columns, {}, measure_digits(frame))
    sheet.write_row(0, 0, names)
    for place in range(len(frame)):
        _write_figures(sheet, frame, place)
        pool = frame.pools[frame.pool_of[place]]
        row = Row(grid, place + 2, pool[0] + 2, pool[-1] + 2)
        formulas = {step.name: write_step_formula(step, row) for step in steps}
        formulas["rounded"] = write_rounding_formula(
            steps[-1], row, decimals=DECIMALS, mode=rounding
        )
        _write_formulas(sheet, row, formulas)


def _write_figures(sheet: Worksheet, frame: Frame, place: int) -> None:
    for column, cells in enumerate([*frame.facets.values(), frame.points]):
        if isinstance(cells[place], Fraction):
            sheet.write_number(place + 1, column, float(cells[place]))


def _write_formulas(sheet: Worksheet, row: Row, formulas: Mapping[str, str]) -> None:
    """The last column says in words what the reader of files leaves out: an error."""
    for name, formula in formulas.items():
        sheet.write_formula(row.cell(name), formula)
    rounded = row.cell("rounded")
    shown = f'=IF(ISNA({rounded}),"{REFUSED}",IF(ISERROR({rounded}),"error",{rounded}))'
    sheet.write_formula(row.number - 1, len(row.grid.columns), shown)


def read_scores(sheet: CalamineSheet) -> list[Any]:
    """Each row's score in units of the last decimal; "" where blank, #N/A where refused."""
    rows = sheet.to_python(skip_empty_area=False)[1:]
    return [read_score(row[-1]) for row in rows]


def read_score(cell: Any) -> Any:
    """One score."""
    return round(cell * 10**DECIMALS) if isinstance(cell, float) else cell
