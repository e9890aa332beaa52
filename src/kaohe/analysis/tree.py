"""Figures added up a tree of indicators, in binary floats, and what each indicator amounts to in the end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kaohe.analysis.aggregating import ANY, Availability, OnMissing, aggregate
from kaohe.analysis.correlations import correlate
from kaohe.analysis.matrices import Floats, Names
from kaohe.analysis.ranking import rank_values
from kaohe.analysis.weights import read_weights
from kaohe.errors import BadInput, Finding
from kaohe.numbers.ranking import Ties


@dataclass(frozen=True)
class Combination:
    """How the children of a branch become one figure."""

    method: str = "arithmetic"
    missing: OnMissing = "renormalise"
    availability: Availability = ANY
    power: float | None = None

    def apply(self, values: Floats, weights: Sequence[float], names: Names) -> Floats:
        """One figure a subject. Raises BadInput where the method has no meaning."""
        options = {} if self.power is None else {"power": self.power}
        return aggregate(
            values, weights, self.method, names=names,
            missing=self.missing, availability=self.availability, **options,
        )  # fmt: skip


@dataclass(frozen=True)
class Node:
    """An indicator, or a branch with children; weights are relative among the children of one parent."""

    code: str
    weight: float = 1.0
    children: tuple["Node", ...] = ()
    combination: Combination = field(default_factory=Combination)

    def walk(self) -> Iterator["Node"]:
        """The node and everything below it, parents before their children."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator["Node"]:
        """The indicators below it, or itself."""
        return (node for node in self.walk() if not node.children)


def aggregate_tree(
    root: Node, columns: Mapping[str, Floats], subjects: Sequence[str] = ()
) -> dict[str, Floats]:
    """The figures of every node: those given for the leaves, and every branch made of its children.

    Raises BadInput naming the child and the subject wherever a method has no meaning.
    """
    found: dict[str, Floats] = {}
    findings: list[Finding] = []
    for node in reversed(list(root.walk())):
        if not node.children:
            found[node.code] = columns[node.code]
            continue
        try:
            found |= _aggregate_branch(node, found, subjects)
        except BadInput as refusal:
            findings[:0] = refusal.findings
    if findings:
        raise BadInput(findings)
    return {node.code: found[node.code] for node in root.walk()}


def _aggregate_branch(
    node: Node, found: Mapping[str, Floats], subjects: Sequence[str]
) -> dict[str, Floats]:
    """The figures of one branch; none where a child has none, but the others are looked at all the same."""
    known = [child for child in node.children if child.code in found]
    weights = [child.weight for child in known]
    if len(known) < len(node.children) and not any(weights):
        return {}
    codes = [child.code for child in known]
    values = np.column_stack([found[code] for code in codes])
    combined = node.combination.apply(values, weights, Names(subjects, codes))
    return {node.code: combined} if len(known) == len(node.children) else {}


def find_effective_weights(root: Node) -> dict[str, float]:
    """What share of the whole each node has: its share within its parent, times its parent's.

    OECD/JRC Handbook (2008), step 6, weights through all levels; COINr `get_eff_weights`.
    """
    found = {root.code: 1.0}
    for node in root.walk():
        if node.children:
            codes = [child.code for child in node.children]
            shares = read_weights(
                [child.weight for child in node.children], len(codes), Names((), codes)
            )
            whole = found[node.code]
            found |= {code: whole * float(share) for code, share in zip(codes, shares, strict=True)}
    return found


@dataclass(frozen=True)
class Correlation:
    """How a node goes with one above it: Pearson's r, NaN where it is not defined."""

    code: str
    above: str
    levels: int
    """How far above: 1 is the parent."""
    coefficient: float


def correlate_up(root: Node, values: Mapping[str, Floats]) -> list[Correlation]:
    """Every node with every node above it, nearest first.

    OECD/JRC Handbook (2008), step 4, and step 8 ("Back to the data"); COINr `get_corr`.
    """
    codes = list(values)
    matrix = correlate(np.column_stack([values[code] for code in codes]))
    place = {code: at for at, code in enumerate(codes)}
    return [
        Correlation(
            node.code, above.code, levels, float(matrix[place[node.code], place[above.code]])
        )
        for node, line in _walk_lines(root, ())
        for levels, above in enumerate(line, start=1)
    ]


def _walk_lines(node: Node, line: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Every node with those above it, nearest first."""
    yield node, line
    for child in node.children:
        yield from _walk_lines(child, (node, *line))


def rank_without_each(
    root: Node,
    columns: Mapping[str, Floats],
    subjects: Sequence[str] = (),
    *,
    ties: Ties = "lowest",
    decimals: int | None = None,
) -> dict[str, Floats]:
    """The places when one indicator is left out, by that indicator; its weight goes to its siblings.

    A branch left without children goes too. OECD/JRC Handbook (2008), step 7 (exclusion of an individual
    indicator); COINr `remove_elements`. An index of a single indicator has no such places.
    """
    found: dict[str, Floats] = {}
    for leaf in root.leaves():
        remaining = _prune(root, leaf.code)
        if remaining is not None:
            total = aggregate_tree(remaining, columns, subjects)[root.code]
            found[leaf.code] = rank_values(total, ties=ties, decimals=decimals)
    return found


def _prune(node: Node, code: str) -> Node | None:
    """The tree without one leaf, and without branches or weights left for nothing; None where nothing is left."""
    if not node.children:
        return None if node.code == code else node
    kept = [kept for child in node.children if (kept := _prune(child, code)) is not None]
    if not any(child.weight for child in kept):
        return None
    return replace(node, children=tuple(kept))
