"""The workbook rendering: the same expression as live spreadsheet formulas.

One column per named step; a pool's rows stand together, so plain ranges serve as peers. Cells hold
doubles, so every decision on a figure that was computed rounds it first, to a digit that depends on
the error it can have (`measure_digits`): noise goes, differences that matter stay. A cell is blank
while a figure it needs is missing, and #N/A where the rule refuses the row. The formulas keep to
what LibreOffice 7.4, WPS and Excel 2016 share.
"""

from kaohe.expressions import nodes
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.workbook.formula_nodes import write_piece, write_zero_test
from kaohe.renderings.workbook.formula_peers import find_column, write_range
from kaohe.renderings.workbook.formula_rounding import round_piece, write_rounding
from kaohe.renderings.workbook.formula_text import SUM, Piece
from kaohe.renderings.workbook.grid import Row
from kaohe.renderings.workbook.needs import Needing, Needs


def write_step_formula(step: nodes.Named, row: Row) -> str:
    """The formula of one named step in one row; blank while a figure it needs is missing."""
    return f"={_write_checked(step.of, row, ())}"


def write_rounding_formula(
    step: nodes.Named, row: Row, *, decimals: int, mode: RoundingMode = "half_up"
) -> str:
    """The formula of the rounded score, from the cell of its last step."""
    cell = row.cell(step.name)
    rounded = write_rounding(Piece(cell), step, row, decimals, mode)
    return f'=IF({cell}="","",{rounded.text})'


def write_rounded(formula: str, *, digits: int, decimals: int, mode: RoundingMode) -> str:
    """A formula rounded as a scheme rounds, once the noise beyond its trusted digits is gone."""
    return round_piece(Piece(formula, SUM), digits, decimals, mode).text


def _write_checked(node: nodes.Node, row: Row, known: Needs) -> str:
    """A formula behind the tests for what it needs and is not known to be there yet.

    A choice looks for what only one of its branches needs inside that branch.
    """
    needing = Needing(row.is_guest)
    if isinstance(node, nodes.When):
        needs = needing.split_choice(node)[0]
        met = (*known, *needs)
        then, otherwise = (_write_checked(part, row, met) for part in (node.then, node.otherwise))
        formula = f"IF({write_piece(node.condition, row).text},{then},{otherwise})"
    else:
        needs, formula = needing.find(node), write_piece(node, row).text
    for test in reversed(_list_tests(needing.subtract(needs, known), row)):
        formula = f'IF({test},"",{formula})'
    return formula


def _list_tests(needs: Needs, row: Row) -> list[str]:
    """Conditions under which a cell stays blank, to be asked one after the other."""
    needs = Needing(row.is_guest).simplify(needs)
    facets = sorted(row.cell(need.name) for need in needs if isinstance(need, nodes.Facet))
    steps = [row.cell(need.name) for need in needs if isinstance(need, nodes.Named)]
    cells = [f"COUNT({','.join(facets)})<{len(facets)}"] if facets else []
    cells += [f'{step}=""' for step in steps]
    first = [f"OR({','.join(cells)})" if len(cells) > 1 else cells[0]] if cells else []
    return [*first, *(_write_test(need, row) for need in needs if not _is_cell(need))]


def _is_cell(need: nodes.Node) -> bool:
    return isinstance(need, nodes.Facet | nodes.Named)


def _write_test(need: nodes.Node, row: Row) -> str:
    """The condition under which one need that is no cell is not met."""
    match need:
        case nodes.Peer():
            cells = write_range(need, row)
            return f"COUNT({cells})=0" if cells else "TRUE"
        case nodes.Divide():
            return write_zero_test(need.below, row)
        case nodes.When():
            _, *branches = Needing(row.is_guest).split_choice(need)
            then, otherwise = (_join_tests(_list_tests(branch, row)) for branch in branches)
            return f"IF({write_piece(need.condition, row).text},{then},{otherwise})"
        case nodes.WeightedMean():
            return _write_nobody_there(need, row)
    raise TypeError(f"{type(need).__name__} is no need")


def _write_nobody_there(node: nodes.WeightedMean, row: Row) -> str:
    """The condition that every term of a mean is missing; terms are facets or steps."""
    columns = [(find_column(term), isinstance(term, nodes.Named)) for term in node.terms]
    facets = [row.cell(name) for name, is_step in columns if not is_step]
    tests = [f"COUNT({','.join(facets)})=0"] if facets else []
    tests += [f'{row.cell(name)}=""' for name, is_step in columns if is_step]
    return f"AND({','.join(tests)})" if len(tests) > 1 else tests[0]


def _join_tests(tests: list[str]) -> str:
    """Several tests as one condition; a later one is asked only where the earlier are met."""
    if not tests:
        return "FALSE"
    first, *others = tests
    return f"IF({first},TRUE,{_join_tests(others)})" if others else first
