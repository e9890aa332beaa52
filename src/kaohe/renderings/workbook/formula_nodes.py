"""Every node as a piece of a formula, where nothing it needs is missing."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from kaohe.expressions import nodes
from kaohe.numbers.writing import write_number
from kaohe.renderings.arrays.exactness import has_sure_sign, is_fixed, is_noiseless
from kaohe.renderings.workbook.formula_curves import draw_curve
from kaohe.renderings.workbook.formula_peers import write_place, write_place_points, write_statistic
from kaohe.renderings.workbook.formula_rounding import guard, write_rounding
from kaohe.renderings.workbook.formula_text import (
    COMPARISON,
    PRODUCT,
    SIGNED,
    SUM,
    Piece,
    as_piece,
    call_function,
    join_pieces,
    write_table,
)
from kaohe.renderings.workbook.grid import Row, TableNames

_REFUSED = Piece("NA()")
_ZERO = Fraction(0)


def write_piece(node: nodes.Node, row: Row) -> Piece:
    """The formula of a node in one row."""
    return _PIECES[type(node)](node, row)


def write_zero_test(node: nodes.Node, row: Row) -> str:
    """The condition under which a figure is zero; noise around zero is."""
    if isinstance(node, nodes.Divide) and is_fixed(node.below):
        return write_zero_test(node.above, row)
    if isinstance(node, nodes.Multiply):
        loose = [factor for factor in node.factors if not is_fixed(factor)]
        if len(loose) == 1:
            return write_zero_test(loose[0], row)
    return _compare_to(node, "=", nodes.Constant(_ZERO), row).text


def _constant(node: nodes.Constant, _: Row) -> Piece:
    return as_piece(node.value)


def _parameter(node: nodes.Parameter, row: Row) -> Piece:
    name = row.grid.parameters.get(node.name)
    return as_piece(node.value) if name is None else Piece(name)


def _points(_: nodes.Points, row: Row) -> Piece:
    return Piece(row.cell("points"))


def _cell(node: nodes.Facet | nodes.Named, row: Row) -> Piece:
    return Piece(row.cell(node.name))


def _add(node: nodes.Add, row: Row) -> Piece:
    return join_pieces("+", [write_piece(term, row) for term in node.terms])


def _subtract(node: nodes.Subtract, row: Row) -> Piece:
    right = write_piece(node.right, row)
    if node.left == nodes.Constant(_ZERO):
        return Piece(f"-{right.within(PRODUCT, is_first=False)}", SUM)
    return join_pieces("-", [write_piece(node.left, row), right])


def _multiply(node: nodes.Multiply, row: Row) -> Piece:
    return join_pieces("*", [write_piece(factor, row) for factor in node.factors])


def _divide(node: nodes.Divide, row: Row) -> Piece:
    quotient = join_pieces("/", [write_piece(node.above, row), write_piece(node.below, row)])
    if is_fixed(node.below) or node.on_zero == "not_applicable":
        return quotient
    instead = _REFUSED if node.on_zero == "refuse" else as_piece(Fraction(node.on_zero))
    return call_function("IF", Piece(write_zero_test(node.below, row)), instead, quotient)


def _extreme(function: str) -> Callable[[Any, Row], Piece]:
    return lambda node, row: call_function(
        function, *(write_piece(term, row) for term in node.terms)
    )


def _clamp(node: nodes.Clamp, row: Row) -> Piece:
    piece = write_piece(node.of, row)
    if node.low is not None:
        piece = call_function("MAX", piece, write_piece(node.low, row))
    if node.high is not None:
        piece = call_function("MIN", piece, write_piece(node.high, row))
    return piece


_SIGNS = {"==": "=", "!=": "<>"}


def _compare(node: nodes.Compare, row: Row) -> Piece:
    return _compare_to(node.left, _SIGNS.get(node.sign, node.sign), node.right, row)


def _compare_to(left: nodes.Node, sign: str, right: nodes.Node, row: Row) -> Piece:
    """A comparison: of cells as they stand, else of figures freed of noise."""
    is_to_zero = right == nodes.Constant(_ZERO)
    if is_to_zero and isinstance(left, nodes.Subtract):
        return _compare_to(left.left, sign, left.right, row)
    pieces = [write_piece(left, row), write_piece(right, row)]
    if _ends_before(right, row.grid.digits(left)):
        if not (is_to_zero and has_sure_sign(left)):
            pieces[0] = guard(pieces[0], left, row)
    elif not (is_noiseless(left) and is_noiseless(right)):
        difference = left - right
        pieces = [guard(write_piece(difference, row), difference, row), Piece("0")]
    return Piece(f"{pieces[0].within(SUM)}{sign}{pieces[1].within(SUM)}", COMPARISON)


def _ends_before(node: nodes.Node, digits: int) -> bool:
    """Whether a node is a number whose decimals end before a digit."""
    if not isinstance(node, nodes.Constant):
        return False
    text = write_number(node.value)
    return "/" not in text and len(text.partition(".")[2]) <= digits


def _all(node: nodes.All, row: Row) -> Piece:
    return call_function("AND", *(write_piece(condition, row) for condition in node.conditions))


def _when(node: nodes.When, row: Row) -> Piece:
    parts = (node.condition, node.then, node.otherwise)
    return call_function("IF", *(write_piece(part, row) for part in parts))


def _require(node: nodes.Require, row: Row) -> Piece:
    return call_function(
        "IF", write_piece(node.condition, row), write_piece(node.then, row), _REFUSED
    )


def _bands(node: nodes.Bands, row: Row) -> Piece:
    """The value of the last edge reached, looked up in a table where there are several."""
    if names := row.grid.tables.get(node):
        return _look_up_cells(node, names, row)
    if len(node.edges) < 2 or not _can_look_up(node, row):
        piece = as_piece(node.below)
        for edge, value in zip(node.edges, node.values, strict=True):
            is_short = _compare_to(node.of, "<", nodes.Constant(edge), row)
            piece = call_function("IF", is_short, piece, as_piece(value))
        return piece
    inside = guard(write_piece(node.of, row), node.of, row)
    edges, values = write_table(node.edges)[0], write_table(node.values)[0]
    found = Piece(f"LOOKUP({inside.text},{edges},{values})")
    is_short = _compare_to(node.of, "<", nodes.Constant(node.edges[0]), row)
    return call_function("IF", is_short, as_piece(node.below), found)


def _look_up_cells(node: nodes.Bands, names: TableNames, row: Row) -> Piece:
    """The value of the last edge reached, from cells that may be changed."""
    inside = write_piece(node.of, row)
    if not is_noiseless(node.of):
        inside = guard(inside, node.of, row)
    is_short = Piece(f"{inside.within(SUM)}<INDEX({names.edges},1)", COMPARISON)
    found = Piece(f"LOOKUP({inside.text},{names.edges},{names.values})")
    return call_function("IF", is_short, Piece(names.outside), found)


def _can_look_up(node: nodes.Bands, row: Row) -> bool:
    """Whether every number of the table ends, the edges before the digit to which noise reaches."""
    digits = row.grid.digits(node.of)
    is_noisy = not is_noiseless(node.of)
    edges = all(
        _ends_before(nodes.Constant(edge), digits if is_noisy else 99) for edge in node.edges
    )
    return edges and not any("/" in write_number(value) for value in node.values)


def _lookup(node: nodes.Lookup, row: Row) -> Piece:
    piece = _REFUSED if node.otherwise is None else as_piece(node.otherwise)
    for key, value in reversed(list(zip(node.keys, node.values, strict=True))):
        is_key = _compare_to(node.of, "=", nodes.Constant(key), row)
        piece = call_function("IF", is_key, as_piece(value), piece)
    return piece


def _curve(node: nodes.Curve, row: Row) -> Piece:
    return draw_curve(node, write_piece(node.of, row))


def _steps(node: nodes.Steps, row: Row) -> Piece:
    """A step of no size refuses the row, as a divisor of zero does."""
    count = nodes.Divide(node.of, node.size)
    if node.mode == "linear":
        return _divide(count, row)
    quotient = write_piece(node.of, row)
    if node.size != nodes.Constant(Fraction(1)):
        quotient = join_pieces("/", [quotient, write_piece(node.size, row)])
    whole = _count_whole(guard(quotient, count, row), node.mode)
    if is_fixed(node.size):
        return whole
    return call_function("IF", Piece(write_zero_test(node.size, row)), _REFUSED, whole)


def _count_whole(piece: Piece, mode: str) -> Piece:
    if mode == "floor":
        return call_function("INT", piece)
    return Piece(f"-INT(-{piece.within(SIGNED, is_first=False)})", SIGNED)


def _round(node: nodes.Round, row: Row) -> Piece:
    return write_rounding(write_piece(node.of, row), node.of, row, node.decimals, node.mode)


def _weighted_mean(node: nodes.WeightedMean, row: Row) -> Piece:
    terms = [write_piece(term, row) for term in node.terms]
    weights = [write_piece(weight, row) for weight in node.weights]
    if node.missing == "refuse":
        counted = weights
    else:
        counted = [join_pieces("*", [_count_term(term, row), weight])
                   for term, weight in zip(node.terms, weights, strict=True)]  # fmt: skip
        terms = [Piece(f"N({term.text})") for term in terms]
    products = [join_pieces("*", pair) for pair in zip(terms, weights, strict=True)]
    return join_pieces("/", [join_pieces("+", products), join_pieces("+", counted)])


def _count_term(term: nodes.Node, row: Row) -> Piece:
    return Piece(f"COUNT({write_piece(term, row).text})")


_PIECES: dict[type[nodes.Node], Callable[[Any, Row], Piece]] = {
    nodes.Constant: _constant,
    nodes.Parameter: _parameter,
    nodes.Points: _points,
    nodes.Facet: _cell,
    nodes.Peer: write_statistic,
    nodes.Rank: write_place,
    nodes.PlacePoints: write_place_points,
    nodes.Add: _add,
    nodes.Subtract: _subtract,
    nodes.Multiply: _multiply,
    nodes.Divide: _divide,
    nodes.Minimum: _extreme("MIN"),
    nodes.Maximum: _extreme("MAX"),
    nodes.Clamp: _clamp,
    nodes.Compare: _compare,
    nodes.All: _all,
    nodes.When: _when,
    nodes.Bands: _bands,
    nodes.Lookup: _lookup,
    nodes.Curve: _curve,
    nodes.Steps: _steps,
    nodes.Round: _round,
    nodes.WeightedMean: _weighted_mean,
    nodes.Require: _require,
    nodes.Named: _cell,
}
