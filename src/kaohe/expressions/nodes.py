"""The closed vocabulary in which every scoring rule is written.

A rule is one expression over these nodes; the exact score, the column arithmetic, the workbook
formula and the sentence that explains it are four renderings of that same expression.

Rules of use:
- `Named` gives one receipt line, one workbook column and one sentence. It never stands only inside a
  branch of `When`, where it would be shown although it decided nothing, unless the pool is asked.
- The argument of `Peer`, `Rank` and `PlacePoints` is a facet or a named step, which a workbook can
  name as a range, and contains no peer node, so two passes suffice everywhere. The terms of a
  `WeightedMean` that renormalises are facets or named steps too: cells that can be blank.
- Decision nodes (`Compare`, `Bands`, `Lookup`, `Steps`, `Rank`, `PlacePoints`, `Round`, and `Divide`,
  which asks whether its divisor is zero) are where an inexact number goes wrong unnoticed;
  `is_decision` marks them, and every inexact rendering guards them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import ClassVar, Literal

from kaohe.language import Text
from kaohe.numbers.ranking import Ties
from kaohe.numbers.rounding import RoundingMode

Statistic = Literal["min", "max", "mean", "sum", "count"]
Comparison = Literal["<", "<=", ">", ">=", "==", "!="]
StepMode = Literal["linear", "floor", "ceil"]
OnZero = Literal["refuse", "not_applicable"] | Fraction
End = Literal["flat", "extend"]


Figure = int | Fraction


@dataclass(frozen=True, slots=True)
class Node:
    """Base of the vocabulary; nodes are immutable, compare by value and add up like figures."""

    is_decision: ClassVar[bool] = False

    def __add__(self, other: "Node | Figure") -> "Node":
        return Add((self, as_node(other)))

    def __radd__(self, other: Figure) -> "Node":
        return Add((as_node(other), self))

    def __sub__(self, other: "Node | Figure") -> "Node":
        return Subtract(self, as_node(other))

    def __rsub__(self, other: Figure) -> "Node":
        return Subtract(as_node(other), self)

    def __mul__(self, other: "Node | Figure") -> "Node":
        return Multiply((self, as_node(other)))

    def __rmul__(self, other: Figure) -> "Node":
        return Multiply((as_node(other), self))

    def __truediv__(self, other: "Node | Figure") -> "Node":
        return Divide(self, as_node(other))


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number that belongs to the method itself, such as the 100 of a percentage."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A number the scheme chose, with the name it has there."""

    name: str
    value: Fraction
    label: Text


@dataclass(frozen=True, slots=True)
class Points(Node):
    """Full marks of the indicator for the unit's group."""


@dataclass(frozen=True, slots=True)
class Facet(Node):
    """One figure of the unit's observation: value, target, previous, …

    A facet that only one scheme knows brings its label along.
    """

    name: str
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Peer(Node):
    """A statistic of the comparison pool over the members that have a figure.

    With `own` false the unit itself is left out; min, max and mean of nobody are absent.
    """

    statistic: Statistic
    of: Node
    own: bool = True


@dataclass(frozen=True, slots=True)
class Rank(Node):
    """The unit's place in its comparison pool, 1 for the best."""

    of: Node
    higher_is_better: bool = True
    ties: Ties = "lowest"
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PlacePoints(Node):
    """Points by place in the pool; with ties "average" the tied places share their points evenly.

    `table[0]` belongs to the first place; places beyond the table get its last entry, or `beyond`.
    """

    of: Node
    table: tuple[Fraction, ...]
    higher_is_better: bool = True
    ties: Ties = "lowest"
    beyond: Fraction | None = None
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Add(Node):
    """Sum of its terms."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Subtract(Node):
    """Left minus right."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Multiply(Node):
    """Product of its factors."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Divide(Node):
    """Above over below; what a zero below means is said, never guessed."""

    above: Node
    below: Node
    on_zero: OnZero = "refuse"
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Minimum(Node):
    """The least of its terms."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Maximum(Node):
    """The greatest of its terms."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Clamp(Node):
    """Its argument, held between `low` and `high` where they are given."""

    of: Node
    low: Node | None = None
    high: Node | None = None


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A condition between two figures, on unrounded values."""

    left: Node
    sign: Comparison
    right: Node
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class All(Node):
    """True where every condition is."""

    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class When(Node):
    """`then` where the condition holds, `otherwise` elsewhere."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Bands(Node):
    """A value by band: the last edge that is at most the argument decides (lower edges inclusive).

    `edges` ascend; below the first edge the value is `below`.
    """

    of: Node
    edges: tuple[Fraction, ...]
    values: tuple[Fraction, ...]
    below: Fraction
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """A value by exact key; `otherwise` None refuses a key that is not in the table."""

    of: Node
    keys: tuple[Fraction, ...]
    values: tuple[Fraction, ...]
    otherwise: Fraction | None = None
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Curve(Node):
    """A piecewise linear curve through points with ascending x; each end goes on flat or extended."""

    of: Node
    xs: tuple[Fraction, ...]
    ys: tuple[Fraction, ...]
    before: End = "flat"
    after: End = "flat"


@dataclass(frozen=True, slots=True)
class Steps(Node):
    """How many steps of `size` fit in the argument: counted whole (floor, ceil) or in parts (linear)."""

    of: Node
    size: Node
    mode: StepMode
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Round(Node):
    """Its argument, rounded to `decimals` places."""

    of: Node
    decimals: int
    mode: RoundingMode = "half_up"
    is_decision: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WeightedMean(Node):
    """Weighted mean of its terms; an absent term is refused, or left out and the weights renormalised."""

    terms: tuple[Node, ...]
    weights: tuple[Node, ...]
    missing: Literal["refuse", "renormalise"] = "refuse"


@dataclass(frozen=True, slots=True)
class Require(Node):
    """`then`, but only where the condition holds; elsewhere the score is refused with the reason."""

    condition: Node
    reason: Text
    then: Node


@dataclass(frozen=True, slots=True)
class Named(Node):
    """A step with a name: one receipt line, one workbook column, one sentence."""

    name: str
    label: Text
    of: Node


def as_node(figure: Node | Figure) -> Node:
    """A bare figure as a node of the method itself."""
    return figure if isinstance(figure, Node) else Constant(Fraction(figure))


def iterate_children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, in the order of its fields."""
    for field in fields(node):
        inside = getattr(node, field.name)
        if isinstance(inside, Node):
            yield inside
        elif isinstance(inside, tuple):
            yield from (item for item in inside if isinstance(item, Node))


def iterate_nodes(node: Node) -> Iterator[Node]:
    """The node and everything inside it, outermost first."""
    yield node
    for child in iterate_children(node):
        yield from iterate_nodes(child)


def list_steps(node: Node) -> list[Named]:
    """The named steps of an expression in the order in which they are computed, each once."""
    found: dict[str, Named] = {}
    _collect_steps(node, found)
    return list(found.values())


def _collect_steps(node: Node, found: dict[str, Named]) -> None:
    if isinstance(node, Named) and node.name in found:
        return
    for child in iterate_children(node):
        _collect_steps(child, found)
    if isinstance(node, Named):
        found[node.name] = node
