"""From k expressions of one shape to the pieces that compute them together."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from kaohe.expressions import nodes
from kaohe.renderings.arrays.block_choices import Banded, Both, Branch, Comparison, Looked
from kaohe.renderings.arrays.block_peers import Awarded, Best, Others, Placed, Summary
from kaohe.renderings.arrays.block_pieces import (
    Condition,
    Extreme,
    Leaf,
    Numbers,
    Piece,
    Product,
    Quotient,
    Sum,
)
from kaohe.renderings.arrays.block_rounding import Counted, Curved, Mean, Rounded

POINTS = "points"
_VALUES = {"value", "label", "reason", "edges", "values", "below", "keys", "xs", "ys", "table"}
"""What may differ between expressions of one shape: numbers, and what they are called."""
Row = tuple[Any, ...]
"""The same node of each of the k expressions."""


def tell_shape(node: nodes.Node) -> Hashable:
    """What expressions must share to be computed together: everything but their numbers."""
    if isinstance(node, nodes.Constant | nodes.Parameter):
        return "number"
    parts = [_tell_part(field.name, getattr(node, field.name)) for field in fields(node)]
    return (type(node).__name__, *parts)


def _tell_part(name: str, part: Any) -> Hashable:
    if isinstance(part, nodes.Node):
        return tell_shape(part)
    if isinstance(part, tuple):
        return tuple(
            tell_shape(each) if isinstance(each, nodes.Node) else "number" for each in part
        )
    if isinstance(part, Fraction):
        return "number"
    if name in _VALUES:
        return part is None
    hashable: Hashable = part
    return hashable


def compile_block(expressions: Sequence[nodes.Node]) -> Piece:
    """The pieces of expressions of one shape."""
    return _Compiler().compile(tuple(expressions))


class _Compiler:
    """Makes each node's piece once: a named step, and what is asked of a pool, wherever it stands."""

    def __init__(self) -> None:
        self._steps: dict[Hashable, Piece] = {}

    def compile(self, row: Row) -> Piece:
        made: Piece = _COMPILE[type(row[0])](row, self)
        return made

    def compile_part(self, row: Row, name: str) -> Piece:
        return self.compile(tuple(getattr(node, name) for node in row))

    def compile_parts(self, row: Row, name: str) -> list[Piece]:
        parts = zip(*(getattr(node, name) for node in row), strict=True)
        return [self.compile(tuple(part)) for part in parts]

    def condition(self, row: Row) -> Condition:
        if isinstance(row[0], nodes.All):
            parts = zip(*(node.conditions for node in row), strict=True)
            return Both([self.condition(tuple(part)) for part in parts])
        left, right = self.compile_part(row, "left"), self.compile_part(row, "right")
        return Comparison(left, row[0].sign, right)

    def keep(self, key: Hashable, make: Callable[[], Piece]) -> Piece:
        if key not in self._steps:
            self._steps[key] = make()
        return self._steps[key]


def _lay(table: Sequence[Sequence[Fraction]], whole: Sequence[int] | None = None) -> Numbers:
    """Exact numbers, a row for each expression, with their common denominators."""
    figures = np.array([[float(each) for each in row] for row in table])
    common = [_common(row) for row in table] if whole is None else whole
    return Numbers(figures, np.array([[float(each)] for each in common]))


def _common(numbers: Sequence[Fraction]) -> int:
    return lcm(*(number.denominator for number in numbers))


def _number(row: Row, _: _Compiler) -> Piece:
    return _lay([[node.value] for node in row])


def _leaf(row: Row, compiler: _Compiler) -> Piece:
    name = row[0].name if isinstance(row[0], nodes.Facet) else POINTS
    return compiler.keep(("leaf", name), lambda: Leaf(name))


def _named(row: Row, compiler: _Compiler) -> Piece:
    return compiler.keep(("step", row[0].name), lambda: compiler.compile_part(row, "of"))


def _peer(row: Row, compiler: _Compiler) -> Piece:
    node, of = row[0], compiler.compile_part(row, "of")
    return compiler.keep((node.statistic, node.own, of), lambda: _make_peer(node, of))


def _make_peer(node: nodes.Peer, of: Piece) -> Piece:
    if node.statistic not in ("min", "max"):
        return Summary(of, node.statistic, own=node.own)
    made = Best if node.own else Others
    return made(of, greatest=node.statistic == "max")


def _rank(row: Row, compiler: _Compiler) -> Piece:
    node, of = row[0], compiler.compile_part(row, "of")
    key = ("rank", node.higher_is_better, node.ties, of)
    return compiler.keep(key, lambda: Placed(of, higher=node.higher_is_better, ties=node.ties))


def _place_points(row: Row, compiler: _Compiler) -> Piece:
    return Awarded(compiler.compile_part(row, "of"), row)


def _add(row: Row, compiler: _Compiler) -> Piece:
    total, *others = compiler.compile_parts(row, "terms")
    for term in others:
        total = Sum(total, term)
    return total


def _subtract(row: Row, compiler: _Compiler) -> Piece:
    return Sum(compiler.compile_part(row, "left"), compiler.compile_part(row, "right"), minus=True)


def _multiply(row: Row, compiler: _Compiler) -> Piece:
    product, *others = compiler.compile_parts(row, "factors")
    for factor in others:
        product = Product(product, factor)
    return product


def _divide(row: Row, compiler: _Compiler) -> Piece:
    above, below = compiler.compile_part(row, "above"), compiler.compile_part(row, "below")
    is_number = isinstance(row[0].on_zero, Fraction)
    return Quotient(above, below, _lay([[node.on_zero] for node in row]) if is_number else None)


def _least(row: Row, compiler: _Compiler) -> Piece:
    return Extreme(compiler.compile_parts(row, "terms"), greatest=False)


def _greatest(row: Row, compiler: _Compiler) -> Piece:
    return Extreme(compiler.compile_parts(row, "terms"), greatest=True)


def _clamp(row: Row, compiler: _Compiler) -> Piece:
    held = compiler.compile_part(row, "of")
    if row[0].low is not None:
        held = Extreme([held, compiler.compile_part(row, "low")], greatest=True)
    if row[0].high is not None:
        held = Extreme([held, compiler.compile_part(row, "high")], greatest=False)
    return held


def _when(row: Row, compiler: _Compiler) -> Piece:
    condition = compiler.condition(tuple(node.condition for node in row))
    return Branch(condition, *(compiler.compile_part(row, name) for name in ("then", "otherwise")))


def _require(row: Row, compiler: _Compiler) -> Piece:
    condition = compiler.condition(tuple(node.condition for node in row))
    return Branch(condition, compiler.compile_part(row, "then"), None)


def _bands(row: Row, compiler: _Compiler) -> Piece:
    if not row[0].edges:
        return _lay([[node.below] for node in row])  # for want of an edge: all are below it
    values = [[node.below, *node.values] for node in row]
    return Banded(
        compiler.compile_part(row, "of"), _lay([node.edges for node in row]), _lay(values)
    )


def _lookup(row: Row, compiler: _Compiler) -> Piece:
    values = _lay([[*node.values] for node in row])
    others = [np.nan if node.otherwise is None else float(node.otherwise) for node in row]
    common = [_common([*node.values, node.otherwise or Fraction(0)]) for node in row]
    table = np.column_stack([others, values.figures])
    whole = np.array([[float(each)] for each in common])
    keys = _lay([node.keys for node in row])
    return Looked(compiler.compile_part(row, "of"), keys, Numbers(table, whole))


def _curve(row: Row, compiler: _Compiler) -> Piece:
    slopes = [
        [
            (after[1] - before[1]) / (after[0] - before[0])
            for before, after in zip(points, points[1:], strict=False)
        ]
        for points in (list(zip(node.xs, node.ys, strict=True)) for node in row)
    ]
    whole = [
        _common([*steep, *node.ys, *(slope * x for slope in steep for x in node.xs)])
        for node, steep in zip(row, slopes, strict=True)
    ]
    return Curved(
        compiler.compile_part(row, "of"),
        _lay([node.xs for node in row]), _lay([node.ys for node in row]), _lay(slopes, whole),
        flat=(row[0].before == "flat", row[0].after == "flat"),
    )  # fmt: skip


def _steps(row: Row, compiler: _Compiler) -> Piece:
    count = Quotient(compiler.compile_part(row, "of"), compiler.compile_part(row, "size"), None)
    mode = row[0].mode
    return count if mode == "linear" else Counted(count, ceil=mode == "ceil")


def _round(row: Row, compiler: _Compiler) -> Piece:
    return Rounded(compiler.compile_part(row, "of"), row[0].decimals, row[0].mode)


def _mean(row: Row, compiler: _Compiler) -> Piece:
    terms, weights = (compiler.compile_parts(row, name) for name in ("terms", "weights"))
    if row[0].missing == "renormalise":
        return Mean(terms, weights)
    total, below = Product(terms[0], weights[0]), weights[0]
    above: Piece = total
    for term, weight in zip(terms[1:], weights[1:], strict=True):
        above, below = Sum(above, Product(term, weight)), Sum(below, weight)
    return Quotient(above, below, None)


_COMPILE: dict[type[nodes.Node], Callable[[Row, _Compiler], Piece]] = {
    nodes.Constant: _number,
    nodes.Parameter: _number,
    nodes.Points: _leaf,
    nodes.Facet: _leaf,
    nodes.Peer: _peer,
    nodes.Rank: _rank,
    nodes.PlacePoints: _place_points,
    nodes.Add: _add,
    nodes.Subtract: _subtract,
    nodes.Multiply: _multiply,
    nodes.Divide: _divide,
    nodes.Minimum: _least,
    nodes.Maximum: _greatest,
    nodes.Clamp: _clamp,
    nodes.When: _when,
    nodes.Bands: _bands,
    nodes.Lookup: _lookup,
    nodes.Curve: _curve,
    nodes.Steps: _steps,
    nodes.Round: _round,
    nodes.WeightedMean: _mean,
    nodes.Require: _require,
    nodes.Named: _named,
}
