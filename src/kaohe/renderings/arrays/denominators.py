"""Known denominators: for each row a whole number that makes the exact figure whole.

Figures enter with a common denominator, so sums, products and quotients have a denominator
that can be worked out without working out the figure. 0 says "unknown, or beyond 2**53".
"""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any

import numpy as np

from kaohe.expressions import nodes
from kaohe.renderings.arrays.bounded import Bounded
from kaohe.renderings.arrays.columns import ColumnFrame, Integers

_LARGEST = float(2**53)


class Denominators:
    """Denominators of nodes over one frame; `compute` gives a node's float column."""

    def __init__(self, frame: ColumnFrame, compute: Callable[[nodes.Node], Bounded]) -> None:
        self._frame = frame
        self._compute = compute
        self._found: dict[str, Integers] = {}

    def find(self, node: nodes.Node) -> Integers:
        """The denominators of a node's figures, a row each; 0 where unknown."""
        rule = self._RULES.get(type(node))
        return self._same(0) if rule is None else rule(self, node)

    def _same(self, denominator: int) -> Integers:
        fits = 0 <= denominator < _LARGEST
        return np.full(len(self._frame), denominator if fits else 0, dtype=np.int64)

    def _of_number(self, node: nodes.Constant | nodes.Parameter) -> Integers:
        return self._same(node.value.denominator)

    def _of_points(self, _: nodes.Points) -> Integers:
        return self._same(self._frame.points.denominator)

    def _of_facet(self, node: nodes.Facet) -> Integers:
        column = self._frame.facets.get(node.name)
        return self._same(1 if column is None else column.denominator)

    def _of_named(self, node: nodes.Named) -> Integers:
        if node.name not in self._found:
            self._found[node.name] = self.find(node.of)
        return self._found[node.name]

    def _of_peer(self, node: nodes.Peer) -> Integers:
        if node.statistic == "count":
            return self._same(1)
        inside = self.find(node.of)
        if inside.size == 0 or inside.min() != inside.max():
            return self._same(0)
        if node.statistic != "mean":
            return inside
        count = self._compute(nodes.Peer("count", node.of, node.own)).figures
        return _multiply(inside, count.astype(np.int64))

    def _of_rank(self, node: nodes.Rank) -> Integers:
        return self._same(2 if node.ties == "average" else 1)

    def _of_place_points(self, node: nodes.PlacePoints) -> Integers:
        table = self._same(_common([*node.table, node.beyond or Fraction(0)]))
        if node.ties != "average":
            return table
        low = self._compute(nodes.Rank(node.of, node.higher_is_better, "lowest")).figures
        high = self._compute(nodes.Rank(node.of, node.higher_is_better, "highest")).figures
        return _multiply(table, np.nan_to_num(high - low + 1).astype(np.int64))

    def _of_common(self, node: nodes.Node) -> Integers:
        parts = [self.find(part) for part in nodes.iterate_children(node)]
        return reduce(_combine, parts)

    def _of_branches(self, node: nodes.When | nodes.Require) -> Integers:
        then = self.find(node.then)
        if isinstance(node, nodes.Require):
            return then
        return _combine(then, self.find(node.otherwise))

    def _of_product(self, node: nodes.Multiply) -> Integers:
        return reduce(_multiply, (self.find(factor) for factor in node.factors))

    def _of_quotient(self, node: nodes.Divide) -> Integers:
        above, below = self.find(node.above), self.find(node.below)
        divisor = self._compute(node.below)
        certain = divisor.error * below < 0.25
        whole = np.abs(np.rint(np.nan_to_num(divisor.figures) * below))
        quotient = _multiply(
            above, np.where(certain & (whole < _LARGEST), whole, 0).astype(np.int64)
        )
        if isinstance(node.on_zero, Fraction):
            at_zero = node.on_zero.denominator
            return np.where(certain & (whole == 0) & (below > 0), at_zero, quotient)
        return quotient

    def _of_table(self, node: nodes.Bands | nodes.Lookup) -> Integers:
        rest = node.below if isinstance(node, nodes.Bands) else node.otherwise
        return self._same(_common([*node.values, rest or Fraction(0)]))

    def _of_curve(self, node: nodes.Curve) -> Integers:
        slopes = [
            (node.ys[place + 1] - node.ys[place]) / (node.xs[place + 1] - node.xs[place])
            for place in range(len(node.xs) - 1)
        ]
        pieces = [slope * x for slope in slopes for x in node.xs]
        return _multiply(self.find(node.of), self._same(_common([*slopes, *pieces, *node.ys])))

    def _of_steps(self, node: nodes.Steps) -> Integers:
        if node.mode == "linear":
            return self._of_quotient(nodes.Divide(node.of, node.size))
        return self._same(1)

    def _of_round(self, node: nodes.Round) -> Integers:
        return self._same(10 ** max(node.decimals, 0))

    _RULES: dict[type[nodes.Node], Callable[[Any, Any], Integers]] = {
        nodes.Constant: _of_number,
        nodes.Parameter: _of_number,
        nodes.Points: _of_points,
        nodes.Facet: _of_facet,
        nodes.Named: _of_named,
        nodes.Peer: _of_peer,
        nodes.Rank: _of_rank,
        nodes.PlacePoints: _of_place_points,
        nodes.Add: _of_common,
        nodes.Subtract: _of_common,
        nodes.Minimum: _of_common,
        nodes.Maximum: _of_common,
        nodes.Clamp: _of_common,
        nodes.When: _of_branches,
        nodes.Require: _of_branches,
        nodes.Multiply: _of_product,
        nodes.Divide: _of_quotient,
        nodes.Bands: _of_table,
        nodes.Lookup: _of_table,
        nodes.Curve: _of_curve,
        nodes.Steps: _of_steps,
        nodes.Round: _of_round,
    }


def _common(numbers: list[Fraction]) -> int:
    return lcm(*(number.denominator for number in numbers))


def _multiply(left: Integers, right: Integers) -> Integers:
    fits = left.astype(np.float64) * right.astype(np.float64) < _LARGEST
    return np.where(fits, left * right, 0)


def _combine(left: Integers, right: Integers) -> Integers:
    shared = np.gcd(left, right)
    reduced = np.where(shared == 0, 0, right // np.maximum(shared, 1))
    return _multiply(left, reduced)
