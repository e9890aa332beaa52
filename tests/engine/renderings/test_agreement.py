"""The bet: exact, columns and the recalculated workbook agree from one definition, for every rule.

100 tables, 1,000 while soaking; KAOHE_AGREEMENT_TABLES chooses another figure.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kaohe.expressions.nodes import Named
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import scale_fraction
from kaohe.renderings.arrays.columns import make_columns
from kaohe.renderings.arrays.guarded import score_columns
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.renderings.exact import Refusal, evaluate
from tests.engine.office import recalculate
from tests.engine.renderings.samples import FRAME, SAMPLES
from tests.engine.renderings.sheets import REFUSED, read_scores, write_case, write_expression
from tests.engine.tables import DECIMALS, MOST_IN_WORKBOOKS, Case, make_cases, score_exactly
from tests.figures import choose_figure

TABLES = choose_figure("KAOHE_AGREEMENT_TABLES", usual=100, full=1000)
SEED = 20200331
LABEL = Text("得分", "score")
NODES = {
    name + beside: Named("score", LABEL, node + 1 if beside else node)
    for name, node in SAMPLES.items()
    for beside in ("", " + 1")
}
"""Every node alone and inside a sum, where a blank or a refusal has to come through."""


@pytest.mark.slow
@pytest.mark.soak
def test_columns_agree_with_exact_on_generated_tables() -> None:
    for number, case in enumerate(make_cases(TABLES * 5, seed=SEED)):
        columns = make_columns(case.frame)
        scores = score_columns(case.expression(), columns, decimals=DECIMALS, mode=case.rounding)
        found = [None if score == MISSING_SCORE else int(score) for score in scores]

        assert found == score_exactly(case), f"table {number}: {case}"


def draw_small_cases() -> list[Case]:
    made = make_cases(TABLES, seed=SEED)
    return [case for case in made if case.find_largest() < MOST_IN_WORKBOOKS]


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> CalamineWorkbook:
    """All tables and all nodes in one workbook, recalculated by one LibreOffice."""
    folder = tmp_path_factory.mktemp("agreement")
    workbook = folder / "tables.xlsx"
    with xlsxwriter.Workbook(str(workbook)) as book:
        for number, case in enumerate(draw_small_cases()):
            write_case(book.add_worksheet(f"T{number}"), case)
        for number, expression in enumerate(NODES.values()):
            write_expression(book.add_worksheet(f"N{number}"), expression, FRAME, "half_up")
    return recalculate(workbook, folder)


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.xdist_group("recalculated agreement")
def test_workbook_agrees_with_exact_on_generated_tables(recalculated: CalamineWorkbook) -> None:
    for number, case in enumerate(draw_small_cases()):
        found = read_scores(recalculated.get_sheet_by_name(f"T{number}"))
        assert found == expect_cells(case, found), f"table {number}: {case}"


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.xdist_group("recalculated agreement")
def test_workbook_agrees_with_exact_node_by_node(recalculated: CalamineWorkbook) -> None:
    for number, (name, expression) in enumerate(NODES.items()):
        found = read_scores(recalculated.get_sheet_by_name(f"N{number}"))
        assert found == [read_value(value) for value in evaluate(expression, FRAME).values], name


def read_value(value: Any) -> Any:
    if isinstance(value, Fraction):
        return scale_fraction(value, DECIMALS)
    return REFUSED if isinstance(value, Refusal) else ""


def expect_cells(case: Case, found: Sequence[Any]) -> list[Any]:
    """What each row shows: a score, nothing, or #N/A; either of these where a row lacks a figure
    and is refused besides.
    """
    expected: list[Any] = list(score_exactly(case))
    evaluation = evaluate(case.expression(), case.frame)
    for row, value in enumerate(evaluation.values):
        met = {type(column[row]) for column in evaluation.steps.values()}
        lacks = any(isinstance(cells[row], Absence) for cells in case.frame.facets.values())
        if not isinstance(value, Fraction):
            expected[row] = REFUSED if isinstance(value, Refusal) else ""
            if lacks and Refusal in met and found[row] in ("", REFUSED):
                expected[row] = found[row]
    return expected
