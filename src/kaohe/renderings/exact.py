"""The official rendering: rational arithmetic, a column at a time, every named step kept."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial, reduce
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any

from kaohe.expressions import nodes
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import round_fraction
from kaohe.renderings import peers
from kaohe.renderings.frame import Frame

Value = Any  # Fraction, bool in conditions, or an Absence or Refusal that travels through
Column = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A score that the rule itself refuses, with the reason it gives."""

    reason: Text


_ZERO_BELOW = Refusal(Text("除数为零，无法计分", "cannot be scored: the divisor is zero"))
_NOT_IN_TABLE = Refusal(Text("取值不在对照表中", "the figure is not in the table"))


@dataclass(slots=True)
class Evaluation:
    """What an expression gave: the value of every row, of every named step, and of its peer nodes."""

    frame: Frame
    values: Column = ()
    steps: dict[str, Column] = field(default_factory=dict)
    peers: dict[nodes.Node, Column] = field(default_factory=dict)


def evaluate(expression: nodes.Node, frame: Frame) -> Evaluation:
    """Compute an expression exactly over a frame.

    Values are fractions; a row whose figures are absent gives the Absence, a row that the rule
    refuses gives a Refusal with its reason.
    """
    evaluation = Evaluation(frame)
    evaluation.values = _compute(expression, evaluation)
    return evaluation


def _compute(node: nodes.Node, run: Evaluation) -> Column:
    return _COMPUTE[type(node)](node, run)


def is_number(value: Value) -> bool:
    """Whether a value is a figure or a truth, not an absence or a refusal."""
    return type(value) is Fraction or type(value) is bool


def _map(function: Callable[..., Value], *columns: Column) -> Column:
    """Apply row by row; the first absent argument of a row is its result."""
    absent: dict[int, Value] = {}
    for column in reversed(columns):
        absent |= {
            row: value
            for row, value in enumerate(column)
            if type(value) is not Fraction and type(value) is not bool
        }
    if not absent:
        return list(map(function, *columns))
    rows = enumerate(zip(*columns, strict=True))
    return [absent[row] if row in absent else function(*values) for row, values in rows]


def _fill(node: nodes.Constant | nodes.Parameter, run: Evaluation) -> Column:
    return [node.value] * len(run.frame)


def _points(_: nodes.Points, run: Evaluation) -> Column:
    return run.frame.points


def _facet(node: nodes.Facet, run: Evaluation) -> Column:
    return run.frame.column(node.name)


def _compare_with_peers(
    node: nodes.Peer | nodes.Rank | nodes.PlacePoints, run: Evaluation
) -> Column:
    if node not in run.peers:
        run.peers[node] = _ask_peers(node, _compute(node.of, run), run.frame)
    return run.peers[node]


def _ask_peers(
    node: nodes.Peer | nodes.Rank | nodes.PlacePoints, column: Column, frame: Frame
) -> Column:
    if isinstance(node, nodes.Peer):
        return peers.summarise_pools(column, frame, statistic=node.statistic, own=node.own)
    if isinstance(node, nodes.Rank):
        higher, ties = node.higher_is_better, node.ties
        return peers.rank_in_pools(column, frame, higher_is_better=higher, ties=ties)
    return peers.give_place_points(column, frame, node)


def _fold(function: Callable[..., Value], terms: Sequence[nodes.Node], run: Evaluation) -> Column:
    columns = (_compute(term, run) for term in terms)
    return reduce(partial(_map, function), columns)


def _add(node: nodes.Add, run: Evaluation) -> Column:
    return _fold(add, node.terms, run)


def _subtract(node: nodes.Subtract, run: Evaluation) -> Column:
    return _map(sub, _compute(node.left, run), _compute(node.right, run))


def _multiply(node: nodes.Multiply, run: Evaluation) -> Column:
    return _fold(mul, node.factors, run)


def _divide(node: nodes.Divide, run: Evaluation) -> Column:
    on_zero: Value = node.on_zero
    if on_zero == "refuse":
        on_zero = _ZERO_BELOW
    elif on_zero == "not_applicable":
        on_zero = Absence.NOT_APPLICABLE
    return _map(
        lambda above, below: above / below if below else on_zero,
        _compute(node.above, run),
        _compute(node.below, run),
    )


def _minimum(node: nodes.Minimum, run: Evaluation) -> Column:
    return _fold(min, node.terms, run)


def _maximum(node: nodes.Maximum, run: Evaluation) -> Column:
    return _fold(max, node.terms, run)


def _clamp(node: nodes.Clamp, run: Evaluation) -> Column:
    column = _compute(node.of, run)
    if node.low is not None:
        column = _map(max, column, _compute(node.low, run))
    if node.high is not None:
        column = _map(min, column, _compute(node.high, run))
    return column


_SIGNS: dict[str, Callable[..., bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "==": eq,
    "!=": ne,
}


def _compare(node: nodes.Compare, run: Evaluation) -> Column:
    return _map(_SIGNS[node.sign], _compute(node.left, run), _compute(node.right, run))


def _all(node: nodes.All, run: Evaluation) -> Column:
    return _map(lambda *row: all(row), *(_compute(condition, run) for condition in node.conditions))


def _when(node: nodes.When, run: Evaluation) -> Column:
    conditions, then, otherwise = (
        _compute(part, run) for part in (node.condition, node.then, node.otherwise)
    )
    return [
        (yes if condition else no) if type(condition) is bool else condition
        for condition, yes, no in zip(conditions, then, otherwise, strict=True)
    ]


def _bands(node: nodes.Bands, run: Evaluation) -> Column:
    table = tuple(zip(node.edges, node.values, strict=True))

    def find_band(figure: Fraction) -> Fraction:
        value = node.below
        for edge, band in table:
            if figure < edge:
                break
            value = band
        return value

    return _map(find_band, _compute(node.of, run))


def _lookup(node: nodes.Lookup, run: Evaluation) -> Column:
    table = dict(zip(node.keys, node.values, strict=True))
    otherwise: Value = _NOT_IN_TABLE if node.otherwise is None else node.otherwise
    return _map(lambda figure: table.get(figure, otherwise), _compute(node.of, run))


def _curve(node: nodes.Curve, run: Evaluation) -> Column:
    xs, ys = node.xs, node.ys
    slopes = [(ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]) for k in range(len(xs) - 1)]

    def interpolate(x: Fraction) -> Fraction:
        if x <= xs[0] and node.before == "flat":
            return ys[0]
        if x >= xs[-1] and node.after == "flat":
            return ys[-1]
        segment = bisect_right(xs, x, 1, len(xs) - 1) - 1
        return ys[segment] + slopes[segment] * (x - xs[segment])

    return _map(interpolate, _compute(node.of, run))


def _steps(node: nodes.Steps, run: Evaluation) -> Column:
    def count_steps(figure: Fraction, size: Fraction) -> Value:
        if not size:
            return _ZERO_BELOW
        count = figure / size
        if node.mode == "linear":
            return count
        whole = count.__floor__() if node.mode == "floor" else count.__ceil__()
        return Fraction(whole)

    return _map(count_steps, _compute(node.of, run), _compute(node.size, run))


def _round(node: nodes.Round, run: Evaluation) -> Column:
    return _map(
        lambda figure: round_fraction(figure, node.decimals, node.mode), _compute(node.of, run)
    )


def _weighted_mean(node: nodes.WeightedMean, run: Evaluation) -> Column:
    columns = [_compute(term, run) for term in node.terms]
    weights = [_compute(weight, run) for weight in node.weights]
    rows = zip(zip(*columns, strict=True), zip(*weights, strict=True), strict=True)
    return [_average_row(terms, shares, node.missing) for terms, shares in rows]


def _average_row(terms: Sequence[Value], weights: Sequence[Value], missing: str) -> Value:
    absent = next((term for term in terms if not is_number(term)), None)
    refused = next((term for term in terms if isinstance(term, Refusal)), None)
    if absent is not None and (missing == "refuse" or refused is not None):
        return absent if missing == "refuse" else refused
    present = [
        (term, weight) for term, weight in zip(terms, weights, strict=True) if is_number(term)
    ]
    total = sum((weight for _, weight in present), Fraction(0))
    if not total:
        return absent or _ZERO_BELOW
    return sum((term * weight for term, weight in present), Fraction(0)) / total


def _require(node: nodes.Require, run: Evaluation) -> Column:
    refusal = Refusal(node.reason)
    rows = zip(_compute(node.condition, run), _compute(node.then, run), strict=True)
    return [_require_row(condition, then, refusal) for condition, then in rows]


def _require_row(condition: Value, then: Value, refusal: Refusal) -> Value:
    """A row without a figure has nothing that could be refused: its absence goes on."""
    if type(condition) is not bool:
        return condition
    return then if condition or isinstance(then, Absence) else refusal


def _named(node: nodes.Named, run: Evaluation) -> Column:
    if node.name not in run.steps:
        run.steps[node.name] = _compute(node.of, run)
    return run.steps[node.name]


_COMPUTE: dict[type[nodes.Node], Callable[[Any, Evaluation], Column]] = {
    nodes.Constant: _fill,
    nodes.Parameter: _fill,
    nodes.Points: _points,
    nodes.Facet: _facet,
    nodes.Peer: _compare_with_peers,
    nodes.Rank: _compare_with_peers,
    nodes.PlacePoints: _compare_with_peers,
    nodes.Add: _add,
    nodes.Subtract: _subtract,
    nodes.Multiply: _multiply,
    nodes.Divide: _divide,
    nodes.Minimum: _minimum,
    nodes.Maximum: _maximum,
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
    nodes.Named: _named,
}
