"""Short ways to write expressions, so that a method's definition reads like its formula."""

from kaohe.expressions.nodes import (
    Clamp,
    Compare,
    Comparison,
    Divide,
    Facet,
    Figure,
    Maximum,
    Minimum,
    Named,
    Node,
    OnZero,
    Points,
    as_node,
)
from kaohe.language import Text

VALUE = Facet("value")
TARGET = Facet("target")
PREVIOUS = Facet("previous")
POINTS = Points()


def divide(above: Node | Figure, below: Node | Figure, on_zero: OnZero = "refuse") -> Node:
    """Above over below, saying what a zero below means."""
    return Divide(as_node(above), as_node(below), on_zero)


def least(*terms: Node | Figure) -> Node:
    """The least of the terms."""
    return Minimum(tuple(as_node(term) for term in terms))


def greatest(*terms: Node | Figure) -> Node:
    """The greatest of the terms."""
    return Maximum(tuple(as_node(term) for term in terms))


def clamp(of: Node, low: Node | Figure | None = None, high: Node | Figure | None = None) -> Node:
    """Its argument, held between `low` and `high` where they are given."""
    if low is None and high is None:
        return of
    return Clamp(of, None if low is None else as_node(low), None if high is None else as_node(high))


def compare(left: Node | Figure, sign: Comparison, right: Node | Figure) -> Node:
    """A condition between two figures."""
    return Compare(as_node(left), sign, as_node(right))


def name_step(name: str, zh: str, en: str, of: Node) -> Named:
    """A named step with its label in both languages."""
    return Named(name, Text(zh, en), of)
