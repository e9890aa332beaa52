"""The fast rendering: the same expression over float64 columns.

Every column carries a bound on its absolute error. A decision whose operand lies within the bound
of its edge is settled exactly (kaohe.renderings.settling), so that scores equal the exact
rendering after rounding, halves included.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kaohe.expressions import nodes
from kaohe.renderings import pooling
from kaohe.renderings.columns import ColumnFrame, Floats, Integers
from kaohe.renderings.settling import MISSING_SCORE, Settler

# One rounding of a float64 operation, doubled to be safe.
_UNIT = 2.0**-52
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Bounded:
    """Float figures, each within `error` of the exact one; NaN is missing."""

    figures: Floats
    error: float

    @property
    def size(self) -> float:
        """The largest magnitude in the column, 0 where it is all missing."""
        finite = np.abs(self.figures[~np.isnan(self.figures)])
        return float(finite.max(initial=0.0))


@dataclass
class ArrayRun:
    """One evaluation: its frame and the columns of the named steps computed so far."""

    frame: ColumnFrame
    steps: dict[str, Bounded] = field(default_factory=dict)
    settler: Settler = field(init=False)

    def __post_init__(self) -> None:
        self.settler = Settler(self.frame, lambda node: _compute(node, self))


def evaluate_columns(expression: nodes.Node, frame: ColumnFrame) -> Floats:
    """Compute an expression over columns; float64, NaN where missing or refused."""
    return _compute(expression, ArrayRun(frame)).figures


def score_columns(expression: nodes.Node, frame: ColumnFrame, *, decimals: int) -> Integers:
    """Scores rounded half-up to `decimals`, as whole numbers of 10**-decimals.

    Equal to the exact rendering after rounding. `MISSING_SCORE` where there is no score.
    """
    run = ArrayRun(frame)
    return run.settler.round_half_up(expression, _compute(expression, run), decimals)


def _compute(node: nodes.Node, run: ArrayRun) -> Bounded:
    return _COMPUTE[type(node)](node, run)


def _fill(node: nodes.Constant | nodes.Parameter, run: ArrayRun) -> Bounded:
    figure = float(node.value)
    return Bounded(np.full(len(run.frame), figure), abs(figure) * _UNIT)


def _points(_: nodes.Points, run: ArrayRun) -> Bounded:
    return _leaf(run.frame.points.figures)


def _facet(node: nodes.Facet, run: ArrayRun) -> Bounded:
    column = run.frame.facets.get(node.name)
    return _leaf(np.full(len(run.frame), np.nan) if column is None else column.figures)


def _leaf(figures: Floats) -> Bounded:
    leaf = Bounded(figures, 0.0)
    return Bounded(figures, leaf.size * _UNIT)


def _peer(node: nodes.Peer, run: ArrayRun) -> Bounded:
    inside = _compute(node.of, run)
    figures = pooling.summarise(inside.figures, run.frame.pools, node.statistic, own=node.own)
    widest = len(run.frame) if node.statistic in ("sum", "mean") else 1
    return _with_rounding(
        figures, inside.error * (widest if node.statistic == "sum" else 1), widest
    )


def _rank(node: nodes.Rank, run: ArrayRun) -> Bounded:
    keys = _sort_keys(node, run)
    return Bounded(
        pooling.rank(keys, run.frame.pools, higher=node.higher_is_better, ties=node.ties), 0.0
    )


def _sort_keys(node: nodes.Rank | nodes.PlacePoints, run: ArrayRun) -> Floats:
    """Figures whose order and equality are exact: a leaf as it stands, anything else settled."""
    if isinstance(node.of, nodes.Facet | nodes.Points):
        return _compute(node.of, run).figures
    return run.settler.make_sort_keys(node.of)


def _place_points(node: nodes.PlacePoints, run: ArrayRun) -> Bounded:
    keys = _sort_keys(node, run)
    figures = pooling.place_points(keys, run.frame.pools, node)
    return _with_rounding(figures, 0.0, len(run.frame))


def _with_rounding(figures: Floats, inherited: float, operations: int = 1) -> Bounded:
    plain = Bounded(figures, inherited)
    return Bounded(figures, inherited + plain.size * _UNIT * operations)


def _add(node: nodes.Add, run: ArrayRun) -> Bounded:
    total = _compute(node.terms[0], run)
    for term in node.terms[1:]:
        other = _compute(term, run)
        total = _with_rounding(total.figures + other.figures, total.error + other.error)
    return total


def _subtract(node: nodes.Subtract, run: ArrayRun) -> Bounded:
    left, right = _compute(node.left, run), _compute(node.right, run)
    return _with_rounding(left.figures - right.figures, left.error + right.error)


def _times(left: Bounded, right: Bounded) -> Bounded:
    inherited = left.size * right.error + right.size * left.error + left.error * right.error
    return _with_rounding(left.figures * right.figures, inherited)


def _multiply(node: nodes.Multiply, run: ArrayRun) -> Bounded:
    product = _compute(node.factors[0], run)
    for factor in node.factors[1:]:
        product = _times(product, _compute(factor, run))
    return product


def _divide(node: nodes.Divide, run: ArrayRun) -> Bounded:
    above, below = _compute(node.above, run), _compute(node.below, run)
    is_zero = run.settler.compare_to_zero(node.below, below) == 0
    divisor = np.where(is_zero, np.nan, below.figures)
    figures = above.figures / divisor
    least = float(np.nanmin(np.abs(divisor), initial=np.inf))
    largest = Bounded(figures, 0.0).size
    inherited = (above.error + largest * below.error) / max(least - below.error, 1e-300)
    quotient = _with_rounding(figures, inherited if np.isfinite(least) else 0.0)
    if isinstance(node.on_zero, str):
        return quotient
    both = is_zero & ~np.isnan(above.figures)
    return Bounded(
        np.where(both, float(node.on_zero), quotient.figures),
        quotient.error + abs(float(node.on_zero)) * _UNIT,
    )


def _extreme(pick: Callable[..., Floats]) -> Callable[[Any, ArrayRun], Bounded]:
    def compute(node: Any, run: ArrayRun) -> Bounded:
        found = _compute(node.terms[0], run)
        for term in node.terms[1:]:
            other = _compute(term, run)
            found = Bounded(pick(found.figures, other.figures), max(found.error, other.error))
        return found

    return compute


def _clamp(node: nodes.Clamp, run: ArrayRun) -> Bounded:
    held = _compute(node.of, run)
    if node.low is not None:
        low = _compute(node.low, run)
        held = Bounded(np.maximum(held.figures, low.figures), max(held.error, low.error))
    if node.high is not None:
        high = _compute(node.high, run)
        held = Bounded(np.minimum(held.figures, high.figures), max(held.error, high.error))
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
    return _SIGNS[node.sign](sign), ~np.isnan(gap.figures)


_SIGNS: dict[str, Callable[[Integers], Mask]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "==": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
}


def _when(node: nodes.When, run: ArrayRun) -> Bounded:
    holds, known = _truths(node.condition, run)
    then, otherwise = _compute(node.then, run), _compute(node.otherwise, run)
    chosen = np.where(holds, then.figures, otherwise.figures)
    return Bounded(np.where(known, chosen, np.nan), max(then.error, otherwise.error))


def _require(node: nodes.Require, run: ArrayRun) -> Bounded:
    holds, known = _truths(node.condition, run)
    then = _compute(node.then, run)
    return Bounded(np.where(holds & known, then.figures, np.nan), then.error)


def _bands(node: nodes.Bands, run: ArrayRun) -> Bounded:
    inside = _compute(node.of, run)
    place = run.settler.find_band(node)
    table = np.array([float(node.below), *map(float, node.values)])
    figures = np.where(np.isnan(inside.figures), np.nan, table[place])
    return _with_rounding(figures, 0.0)


def _lookup(node: nodes.Lookup, run: ArrayRun) -> Bounded:
    inside = _compute(node.of, run)
    edges = nodes.Bands(node.of, node.keys, node.keys, node.keys[0])
    place = run.settler.find_band(edges)
    keys = np.array([np.nan, *map(float, node.keys)])
    found = np.abs(keys[place] - inside.figures) <= inside.error + np.abs(keys[place]) * _UNIT
    otherwise = np.nan if node.otherwise is None else float(node.otherwise)
    values = np.array([np.nan, *map(float, node.values)])
    figures = np.where(found, values[place], otherwise)
    return _with_rounding(np.where(np.isnan(inside.figures), np.nan, figures), 0.0)


def _curve(node: nodes.Curve, run: ArrayRun) -> Bounded:
    inside = _compute(node.of, run)
    xs, ys = np.array(list(map(float, node.xs))), np.array(list(map(float, node.ys)))
    slopes = np.diff(ys) / np.diff(xs)
    x = inside.figures
    if node.before == "flat":
        x = np.maximum(x, xs[0])
    if node.after == "flat":
        x = np.minimum(x, xs[-1])
    place = np.clip(np.searchsorted(xs, x, side="right") - 1, 0, len(slopes) - 1)
    figures = ys[place] + slopes[place] * (x - xs[place])
    steepest = float(np.abs(slopes).max())
    spread = Bounded(x, 0.0).size + float(np.abs(xs).max())
    return _with_rounding(figures, inside.error * steepest + spread * steepest * _UNIT * 4, 4)


def _steps(node: nodes.Steps, run: ArrayRun) -> Bounded:
    count = nodes.Divide(node.of, node.size)
    quotient = _divide(count, run)
    if node.mode == "linear":
        return quotient
    return Bounded(run.settler.round_whole(count, quotient, node.mode), 0.0)


def _round(node: nodes.Round, run: ArrayRun) -> Bounded:
    if node.mode != "half_up":
        raise NotImplementedError(f"columns round half up, not {node.mode}")
    inside = _compute(node.of, run)
    scaled = run.settler.round_half_up(node.of, inside, node.decimals)
    figures = np.where(scaled == MISSING_SCORE, np.nan, scaled / 10.0**node.decimals)
    return _with_rounding(figures, 0.0)


def _weighted_mean(node: nodes.WeightedMean, run: ArrayRun) -> Bounded:
    above = below = Bounded(np.zeros(len(run.frame)), 0.0)
    for term, weight in zip(node.terms, node.weights, strict=True):
        value, share = _compute(term, run), _compute(weight, run)
        if node.missing == "renormalise":
            absent = np.isnan(value.figures)
            value = Bounded(np.where(absent, 0.0, value.figures), value.error)
            share = Bounded(np.where(absent, 0.0, share.figures), share.error)
        part = _times(value, share)
        above = _with_rounding(above.figures + part.figures, above.error + part.error)
        below = _with_rounding(below.figures + share.figures, below.error + share.error)
    divisor = np.where(below.figures == 0, np.nan, below.figures)
    figures = above.figures / divisor
    least = float(np.nanmin(np.abs(divisor), initial=np.inf))
    size = Bounded(figures, 0.0).size
    return _with_rounding(figures, (above.error + size * below.error) / max(least, 1e-300))


def _named(node: nodes.Named, run: ArrayRun) -> Bounded:
    if node.name not in run.steps:
        run.steps[node.name] = _compute(node.of, run)
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
    nodes.Minimum: _extreme(np.minimum),
    nodes.Maximum: _extreme(np.maximum),
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
