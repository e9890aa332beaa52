"""The guarded way: the same expression over float64 columns, for what blocks are not certain of.

Every figure carries a bound on its error. A decision whose operand lies within the bound of its
edge is settled exactly (kaohe.renderings.arrays.settling), so that scores equal the exact rendering after
rounding, halves included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from kaohe.expressions import nodes
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.arrays import pooling
from kaohe.renderings.arrays.bounded import (
    Bounded,
    choose,
    find_greatest,
    find_least,
    keep,
    round_off,
)
from kaohe.renderings.arrays.columns import ColumnFrame, Floats, Integers, Mask
from kaohe.renderings.arrays.exactness import may_be_refused
from kaohe.renderings.arrays.settling import MISSING_SCORE, Settler

_LARGEST_WHOLE = float(2**53)
"""Whole numbers below it are doubles, so sums that stay below it are exact."""


@dataclass
class ArrayRun:
    """One evaluation: its frame and the columns of the named steps computed so far."""

    frame: ColumnFrame
    steps: dict[str, Bounded] = field(default_factory=dict)
    settler: Settler = field(init=False)

    def __post_init__(self) -> None:
        self.settler = Settler(self.frame, self.compute)

    def compute(self, node: nodes.Node) -> Bounded:
        """The column of a node, with its errors."""
        return _COMPUTE[type(node)](node, self)

    def compute_all(self, expressions: Sequence[nodes.Node]) -> list[Bounded]:
        """The columns of several nodes."""
        return [self.compute(node) for node in expressions]


@np.errstate(all="ignore")  # what has no bound is settled exactly
def evaluate_columns(expression: nodes.Node, frame: ColumnFrame) -> Bounded:
    """Compute an expression over columns; NaN where missing or refused."""
    return ArrayRun(frame).compute(expression)


@np.errstate(all="ignore")
def score_columns(
    expression: nodes.Node, frame: ColumnFrame, *, decimals: int, mode: RoundingMode = "half_up"
) -> Integers:
    """Scores rounded to `decimals`, as whole numbers of 10**-decimals.

    Equal to the exact rendering after rounding. `MISSING_SCORE` where there is no score. Raises
    TooManyDigits where a figure to be rounded has more than 62 bits in that unit.
    """
    run = ArrayRun(frame)
    return run.settler.round_figures(expression, run.compute(expression), decimals, mode)


def _fill(node: nodes.Constant | nodes.Parameter, run: ArrayRun) -> Bounded:
    return round_off(np.full(len(run.frame), float(node.value)))


def _points(_: nodes.Points, run: ArrayRun) -> Bounded:
    return round_off(run.frame.points.figures)


def _facet(node: nodes.Facet, run: ArrayRun) -> Bounded:
    column = run.frame.facets.get(node.name)
    return round_off(np.full(len(run.frame), np.nan) if column is None else column.figures)


def _peer(node: nodes.Peer, run: ArrayRun) -> Bounded:
    inside = run.compute(node.of)
    if node.statistic in ("sum", "mean"):
        return _add_pool(node, inside, run)
    figures = pooling.summarise(inside.figures, run.frame.pools, node.statistic, own=node.own)
    if node.statistic == "count":
        return Bounded(figures, np.zeros(len(run.frame)))
    return Bounded(figures, pooling.summarise(inside.error, run.frame.pools, "max", own=True))


def _add_pool(node: nodes.Peer, inside: Bounded, run: ArrayRun) -> Bounded:
    """Sum or mean of the pool: facets are added as whole numbers, which loses nothing."""
    pools, column = run.frame.pools, None
    if isinstance(node.of, nodes.Facet):
        column = run.frame.facets.get(node.of.name)
    if column is not None:
        wholes = np.where(np.isnan(inside.figures), np.nan, column.numerators)
        if np.nansum(np.abs(wholes)) < _LARGEST_WHOLE:
            total = pooling.summarise(wholes, pools, node.statistic, own=node.own)
            return round_off(total / float(column.denominator), operations=3)
    figures = pooling.summarise(inside.figures, pools, node.statistic, own=node.own)
    sizes = round_off(inside.figures, inside.error, operations=pools.widest).error
    return round_off(figures, 2 * pooling.summarise(sizes, pools, node.statistic, own=True))


def _rank(node: nodes.Rank, run: ArrayRun) -> Bounded:
    keys, higher = _sort_keys(node, run), node.higher_is_better
    places = pooling.rank(keys, run.frame.pools, higher=higher, ties=node.ties)
    return Bounded(places, np.zeros(len(run.frame)))


def _sort_keys(node: nodes.Rank | nodes.PlacePoints, run: ArrayRun) -> Floats:
    """Figures whose order and equality are exact: a leaf as it stands, anything else settled."""
    if isinstance(node.of, nodes.Facet | nodes.Points):
        return run.compute(node.of).figures
    return run.settler.make_sort_keys(node.of)


def _place_points(node: nodes.PlacePoints, run: ArrayRun) -> Bounded:
    figures = pooling.place_points(_sort_keys(node, run), run.frame.pools, node)
    return round_off(figures, operations=2)


def _add(node: nodes.Add, run: ArrayRun) -> Bounded:
    first, *others = run.compute_all(node.terms)
    return sum(others, first)


def _subtract(node: nodes.Subtract, run: ArrayRun) -> Bounded:
    return run.compute(node.left) - run.compute(node.right)


def _multiply(node: nodes.Multiply, run: ArrayRun) -> Bounded:
    product, *others = run.compute_all(node.factors)
    for factor in others:
        product = product * factor
    return product


def _divide(node: nodes.Divide, run: ArrayRun) -> Bounded:
    above, below = run.compute(node.above), run.compute(node.below)
    is_zero = run.settler.compare_to_zero(node.below, below) == 0
    quotient = above / keep(~is_zero, below)
    if isinstance(node.on_zero, str):
        return quotient
    instead = np.where(np.isnan(above.figures + below.figures), np.nan, float(node.on_zero))
    return choose(is_zero, round_off(instead), quotient)


def _least(node: nodes.Minimum, run: ArrayRun) -> Bounded:
    return find_least(run.compute_all(node.terms))


def _greatest(node: nodes.Maximum, run: ArrayRun) -> Bounded:
    return find_greatest(run.compute_all(node.terms))


def _clamp(node: nodes.Clamp, run: ArrayRun) -> Bounded:
    held = run.compute(node.of)
    if node.low is not None:
        held = find_greatest([held, run.compute(node.low)])
    if node.high is not None:
        held = find_least([held, run.compute(node.high)])
    return held


def _truths(node: nodes.Node, run: ArrayRun) -> tuple[Mask, Mask]:
    """Where a condition holds, and where it is known at all."""
    if isinstance(node, nodes.All):
        parts = [_truths(condition, run) for condition in node.conditions]
        return (
            np.logical_and.reduce([holds for holds, _ in parts]),
            np.logical_and.reduce([known for _, known in parts]),
        )
    if not isinstance(node, nodes.Compare):
        raise TypeError(f"{type(node).__name__} is no condition")
    difference = nodes.Subtract(node.left, node.right)
    gap = _subtract(difference, run)
    sign = run.settler.compare_to_zero(difference, gap)
    return SIGNS[node.sign](sign), ~np.isnan(gap.figures)


SIGNS: dict[str, Callable[[Integers], Mask]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "==": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
}
"""Where a comparison holds, by the sign of left minus right."""


def _when(node: nodes.When, run: ArrayRun) -> Bounded:
    holds, known = _truths(node.condition, run)
    return keep(known, choose(holds, run.compute(node.then), run.compute(node.otherwise)))


def _require(node: nodes.Require, run: ArrayRun) -> Bounded:
    holds, known = _truths(node.condition, run)
    return keep(holds & known, run.compute(node.then))


def _bands(node: nodes.Bands, run: ArrayRun) -> Bounded:
    inside = run.compute(node.of)
    table = np.array([float(node.below), *map(float, node.values)])
    figures = table[run.settler.find_band(node, inside)]
    return round_off(np.where(np.isnan(inside.figures), np.nan, figures))


def _lookup(node: nodes.Lookup, run: ArrayRun) -> Bounded:
    inside = run.compute(node.of)
    otherwise = np.nan if node.otherwise is None else float(node.otherwise)
    figures = np.full(len(run.frame), otherwise)
    for key, value in zip(node.keys, node.values, strict=True):
        figures[run.settler.compare_to(node.of, inside, key) == 0] = float(value)
    return round_off(np.where(np.isnan(inside.figures), np.nan, figures))


def _curve(node: nodes.Curve, run: ArrayRun) -> Bounded:
    inside = run.compute(node.of)
    xs, ys = np.array(list(map(float, node.xs))), np.array(list(map(float, node.ys)))
    slopes = np.diff(ys) / np.diff(xs)
    x = inside.figures
    if node.before == "flat":
        x = np.maximum(x, xs[0])
    if node.after == "flat":
        x = np.minimum(x, xs[-1])
    place = np.clip(np.searchsorted(xs, x, side="right") - 1, 0, len(slopes) - 1)
    figures = ys[place] + slopes[place] * (x - xs[place])
    steepest = np.abs(slopes).max()
    reach = np.abs(x) + np.abs(xs).max()
    return round_off(figures, (inside.error + reach * 2.0**-50) * steepest, operations=4)


def _steps(node: nodes.Steps, run: ArrayRun) -> Bounded:
    count = nodes.Divide(node.of, node.size)
    quotient = _divide(count, run)
    if node.mode == "linear":
        return quotient
    return _unscale(run.settler.round_figures(count, quotient, 0, node.mode), 0)


def _round(node: nodes.Round, run: ArrayRun) -> Bounded:
    inside = run.compute(node.of)
    scaled = run.settler.round_figures(node.of, inside, node.decimals, node.mode)
    return _unscale(scaled, node.decimals)


def _unscale(scaled: Integers, decimals: int) -> Bounded:
    return round_off(np.where(scaled == MISSING_SCORE, np.nan, scaled / 10.0**decimals))


def _weighted_mean(node: nodes.WeightedMean, run: ArrayRun) -> Bounded:
    if node.missing == "renormalise" and any(map(may_be_refused, node.terms)):
        return _compute_exactly(node, run)  # NaN does not tell a refused term from an absent one
    nothing = round_off(np.zeros(len(run.frame)))
    above = below = nothing
    for value, weight in zip(
        run.compute_all(node.terms), run.compute_all(node.weights), strict=True
    ):
        part, share = value * weight, weight
        if node.missing == "renormalise":
            is_absent = np.isnan(value.figures)
            part, share = choose(is_absent, nothing, part), choose(is_absent, nothing, share)
        above, below = above + part, below + share
    if ((np.abs(below.figures) <= below.error) & (below.error > 0)).any():
        return _compute_exactly(node, run)
    return above / keep(below.figures != 0, below)


def _compute_exactly(node: nodes.Node, run: ArrayRun) -> Bounded:
    """A node's column by the exact rendering, for what cannot be told from floats."""
    values = run.settler.exact_values(node, np.arange(len(run.frame)))
    return round_off(np.array([float(v) if isinstance(v, Fraction) else np.nan for v in values]))


def _named(node: nodes.Named, run: ArrayRun) -> Bounded:
    if node.name not in run.steps:
        run.steps[node.name] = run.compute(node.of)
    return run.steps[node.name]


_COMPUTE: dict[type[nodes.Node], Callable[[Any, ArrayRun], Bounded]] = {
    nodes.Constant: _fill,
    nodes.Parameter: _fill,
    nodes.Points: _points,
    nodes.Facet: _facet,
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
    nodes.WeightedMean: _weighted_mean,
    nodes.Require: _require,
    nodes.Named: _named,
}
