"""Where a figure decides something, noise of doubles decides nothing: in columns and workbooks alike.

Each trap hands a decision node an operand whose doubles are off by a hair: 0.1 + 0.2 - 0.3 is zero.
"""

from fractions import Fraction
from pathlib import Path

import numpy as np
import xlsxwriter
from python_calamine import CalamineSheet

from kaohe.expressions import nodes
from kaohe.expressions.nodes import Named, as_node
from kaohe.expressions.writing import compare, name_step
from kaohe.language import Text
from kaohe.renderings.arrays.columns import make_columns
from kaohe.renderings.arrays.guarded import evaluate_columns
from kaohe.renderings.exact import evaluate, is_number
from kaohe.renderings.frame import Frame
from kaohe.renderings.workbook.formulas import write_step_formula
from kaohe.renderings.workbook.grid import Grid, Row, measure_digits
from tests.engine.office import recalculate

A, B, C, HALF = (nodes.Facet(name) for name in ("a", "b", "c", "half"))
FRAME = Frame(
    facets={
        "a": [Fraction("0.1"), Fraction(0)],
        "b": [Fraction("0.2"), Fraction(0)],
        "c": [Fraction("0.3"), Fraction(0)],
        "half": [Fraction("1.005"), Fraction("2.675")],
    },
    points=[Fraction(1), Fraction(1)],
    pool_of=[0, 0],
    pools=[[0, 1]],
)
ABOVE, BELOW = A + B - C, C - A - B
ONE, TWO, SEVEN = Fraction(1), Fraction(2), Fraction(7)
NOISY = name_step("noisy", "含噪", "noisy", ABOVE)

TRAPS: dict[str, tuple[nodes.Node, list[Fraction | None]]] = {
    "compare": (nodes.When(compare(ABOVE, ">", 0), as_node(ONE), as_node(TWO)), [TWO, TWO]),
    "equal": (nodes.When(compare(A + B, "==", C), as_node(ONE), as_node(TWO)), [ONE, ONE]),
    "bands": (nodes.Bands(BELOW, (Fraction(0),), (SEVEN,), ONE), [SEVEN, SEVEN]),
    "lookup": (nodes.Lookup(ABOVE, (Fraction(0),), (SEVEN,)), [SEVEN, SEVEN]),
    "floor": (nodes.Steps(BELOW, as_node(1), "floor"), [Fraction(0), Fraction(0)]),
    "ceil": (nodes.Steps(ABOVE, as_node(1), "ceil"), [Fraction(0), Fraction(0)]),
    "rank": (nodes.Rank(NOISY, higher_is_better=True, ties="highest"), [TWO, TWO]),
    "points by place": (nodes.PlacePoints(NOISY, (SEVEN, ONE)), [SEVEN, SEVEN]),
    "divide": (nodes.Divide(as_node(1), ABOVE, SEVEN), [SEVEN, SEVEN]),
    "divide, refused": (as_node(1) / ABOVE, [None, None]),
    "half up": (nodes.Round(HALF, 2), [Fraction("1.01"), Fraction("2.68")]),
    "half even": (nodes.Round(HALF, 2, "half_even"), [ONE, Fraction("2.68")]),
    "up": (nodes.Round(ABOVE, 2, "up"), [Fraction(0), Fraction(0)]),
    "down": (nodes.Round((A + B) * 10, 0, "down"), [Fraction(3), Fraction(0)]),
    "to the floor": (nodes.Round(BELOW, 2, "floor"), [Fraction(0), Fraction(0)]),
    "to the ceiling": (nodes.Round(ABOVE, -1, "ceil"), [Fraction(0), Fraction(0)]),
}


def test_there_is_a_trap_for_every_node_that_decides_and_only_for_those() -> None:
    marked = {type(part).__name__ for trap, _ in TRAPS.values() for part in nodes.iterate_nodes(trap)
              if part.is_decision}  # fmt: skip

    assert marked == {node.__name__ for node in nodes.Node.__subclasses__() if node.is_decision}


def test_the_exact_rendering_sees_no_noise() -> None:
    assert {name: exactly(trap) for name, (trap, _) in TRAPS.items()} == {
        name: expected for name, (_, expected) in TRAPS.items()
    }


def exactly(trap: nodes.Node) -> list[Fraction | None]:
    return [value if is_number(value) else None for value in evaluate(trap, FRAME).values]


def test_columns_settle_every_decision() -> None:
    found = {
        name: evaluate_columns(trap, make_columns(FRAME)).figures.tolist()
        for name, (trap, _) in TRAPS.items()
    }

    for name, (_, expected) in TRAPS.items():
        figures = [np.nan if value is None else float(value) for value in expected]
        np.testing.assert_array_equal(found[name], figures, err_msg=name)


def test_workbooks_round_before_every_decision(tmp_path: Path) -> None:
    workbook = tmp_path / "traps.xlsx"
    with xlsxwriter.Workbook(str(workbook)) as book:
        for place, (trap, _) in enumerate(TRAPS.values()):
            write_trap(book.add_worksheet(f"T{place}"), trap)

    saved = recalculate(workbook, tmp_path)

    found = {
        name: read_results(saved.get_sheet_by_name(f"T{place}")) for place, name in enumerate(TRAPS)
    }
    assert found == {
        name: [None if value is None else float(value) for value in expected]
        for name, (_, expected) in TRAPS.items()
    }


def write_trap(sheet: xlsxwriter.worksheet.Worksheet, trap: nodes.Node) -> None:
    steps = [NOISY, Named("result", Text("结果", "result"), trap)]
    names = [*FRAME.facets, *(step.name for step in steps)]
    columns = {name: chr(ord("A") + place) for place, name in enumerate(names)}
    grid = Grid(columns, {}, measure_digits(FRAME))
    sheet.write_row(0, 0, names)
    for place in range(len(FRAME)):
        sheet.write_row(place + 1, 0, [float(cells[place]) for cells in FRAME.facets.values()])
        row = Row(grid, place + 2, 2, 3)
        for step in steps:
            formula = write_step_formula(step, row)
            sheet.write_formula(f"{columns[step.name]}{place + 2}", formula)


def read_results(sheet: CalamineSheet) -> list[float | None]:
    rows = sheet.to_python(skip_empty_area=False)[1:]
    return [row[-1] if isinstance(row[-1], float) else None for row in rows]
