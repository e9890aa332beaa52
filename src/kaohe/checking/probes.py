"""A rule tried out: scores at chosen figures, and the figures where it turns."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kaohe.expressions.nodes import (
    Bands,
    Compare,
    Constant,
    Curve,
    Facet,
    Lookup,
    Node,
    Parameter,
    Peer,
    PlacePoints,
    Rank,
    Steps,
    iterate_nodes,
)
from kaohe.expressions.structure import rewrite
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame
from kaohe.scheme.indicators import IndicatorNode

Facets = Mapping[str, Sequence[Fraction]]
NEAR_STEPS = (0, 1, 2)
"""Of the steps of a rule the first ones, where figures lie."""


def score_alone(
    expression: Node, facets: Facets, points: Fraction, *, rows: int
) -> list[Fraction | None]:
    """The score of each row, every row being a pool of its own; None where there is none."""
    frame = Frame(facets, [points] * rows, range(rows), [[row] for row in range(rows)])
    values = evaluate(expression, frame).values
    return [value if type(value) is Fraction else None for value in values]


def is_allowed(value: Fraction, leaf: IndicatorNode) -> bool:
    """Whether a figure lies within the leaf's bounds for data."""
    least, most = leaf.value_minimum, leaf.value_maximum
    return (least is None or value >= least) and (most is None or value <= most)


def compares_places(expression: Node) -> bool:
    """Whether places in the pool decide, so that no figure alone says anything."""
    return any(isinstance(node, Rank | PlacePoints) for node in iterate_nodes(expression))


def settle_peers(expression: Node, figure: Fraction) -> Node:
    """The expression with every statistic of the pool taken to be one figure."""

    def settle(node: Node) -> Node | None:
        if not isinstance(node, Peer):
            return None
        return Constant(Fraction(100) if node.statistic == "count" else figure)

    return rewrite(expression, settle)


def list_turns(expression: Node, facets: Mapping[str, Fraction]) -> list[Fraction]:
    """The values at which the expression may jump or bend, the other facets being given.

    Found where an argument of a decision depends on the value in a straight line; others are left out.
    """
    found = {
        turn
        for node in iterate_nodes(expression)
        for left, right in _list_meetings(node)
        if (turn := _solve(left, right, facets)) is not None
    }
    return sorted(found)


def list_edges(expression: Node) -> Iterator[Fraction]:
    """The fixed figures with which the value itself is compared."""
    for node in iterate_nodes(expression):
        match node:
            case Bands(of=Facet(name="value"), edges=edges):
                yield from edges
            case Compare(left=Facet(name="value"), right=Constant(value=edge)):
                yield edge
            case Compare(left=Facet(name="value"), right=Parameter(value=edge)):
                yield edge


def _list_meetings(node: Node) -> Iterator[tuple[Node, Node]]:
    """Pairs of expressions inside a node at whose equality its result turns."""
    match node:
        case Compare(left=left, right=right):
            yield left, right
        case Bands(of=of, edges=marks) | Lookup(of=of, keys=marks) | Curve(of=of, xs=marks):
            yield from ((of, Constant(mark)) for mark in marks)
        case Steps(of=of, size=size):
            yield from ((of, size * count) for count in NEAR_STEPS)


def _solve(left: Node, right: Node, facets: Mapping[str, Fraction]) -> Fraction | None:
    """The value at which both are equal, where their difference is a straight line in it."""
    tried = [Fraction(1), Fraction(2), Fraction(5)]
    gaps = _measure(left - right, tried, facets)
    if None in gaps:
        return None
    first, second, third = (gap for gap in gaps if gap is not None)
    slope = second - first
    if not slope or third - second != 3 * slope:
        return None
    return tried[0] - first / slope


def _measure(
    expression: Node, values: Sequence[Fraction], facets: Mapping[str, Fraction]
) -> list[Fraction | None]:
    columns = {name: [figure] * len(values) for name, figure in facets.items()}
    return score_alone(expression, {**columns, "value": values}, Fraction(1), rows=len(values))
