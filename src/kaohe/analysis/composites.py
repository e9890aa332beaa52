"""An index under one choice of methods, laid out to be scored under many sets of weights at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from kaohe.analysis.matrices import UNNAMED, Flags, Floats, Names
from kaohe.analysis.products import Branch, Columns, Mean, Pairs, find_transform
from kaohe.analysis.tree import Combination, Node, aggregate_tree
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

MOST_COMPARED = 200
"""Subjects that Copeland's rule can compare pair by pair in every draw."""


class Choice(NamedTuple):
    """The names of the methods a composite was made by; empty where there was nothing to choose."""

    normalisation: str = ""
    aggregation: str = "arithmetic"
    imputation: str = ""


@dataclass(frozen=True)
class Offsets:
    """What turns a mean of shares into points: full marks times the mean, and points added to it; by subject."""

    full: Floats
    added: Floats


@dataclass(frozen=True)
class Composite:
    """The whole index under one choice of methods; weights are those of its leaves, in their order."""

    choice: Choice
    root: Branch
    offsets: Offsets | None = None

    def score(self, weights: Floats) -> Floats:
        """The scores, draws × subjects, under weights in steps, draws × indicators."""
        scores = self.root.score(weights)
        if self.offsets is not None:
            scores *= self.offsets.full
            scores += self.offsets.added
        return scores


def compose(
    values: Floats,
    choice: Choice,
    *,
    names: Names = UNNAMED,
    offsets: Offsets | None = None,
    power: float | None = None,
) -> Composite:
    """The composite of normalised figures, n × indicators, aggregated as the choice says; NaN is missing.

    Where a figure is missing the others' weights count for more; no row may be without any. Raises
    BadInput where the aggregation is unknown or has no meaning for these figures.
    """
    codes = [names.indicator(column).en for column in range(values.shape[1])]
    combination = Combination(choice.aggregation, power=power)
    root = Node("", children=tuple(Node(code) for code in codes), combination=combination)
    columns = dict(zip(codes, values.T, strict=True))
    return compose_tree(root, columns, choice, subjects=names.subjects, offsets=offsets)


def compose_tree(
    root: Node,
    columns: Mapping[str, Floats],
    choice: Choice,
    *,
    subjects: Sequence[str] = (),
    offsets: Offsets | None = None,
) -> Composite:
    """The composite of an index with branches: a branch weighs what the indicators below it weigh together.

    What a subject lacks at the tree's own weights, by its rules of availability, it lacks in every draw.
    Raises BadInput where a method has no meaning for these figures, and where Copeland's rule would have
    to compare branches, or too many subjects.
    """
    found = aggregate_tree(root, columns, subjects)
    places = {leaf.code: place for place, leaf in enumerate(root.leaves())}
    return Composite(choice, _Layout(found, places).lay_out(_flatten(root, columns)), offsets)


def _flatten(root: Node, columns: Mapping[str, Floats]) -> Node:
    """The leaves alone where means of means are the mean of all: arithmetic ones of figures that are all there."""
    leaves = tuple(root.leaves())
    is_plain = all(node.combination.method == "arithmetic" for node in root.walk() if node.children)
    is_whole = not any(np.isnan(columns[leaf.code]).any() for leaf in leaves)
    return replace(root, children=leaves) if is_plain and is_whole else root


@dataclass(frozen=True)
class _Layout:
    """The figures of every node at the tree's own weights, and the column of each leaf's weight."""

    found: Mapping[str, Floats]
    places: Mapping[str, int]

    def lay_out(self, node: Node) -> Branch:
        """A branch over its leaves and the branches below."""
        leaves = [child for child in node.children if not child.children]
        direct = np.array([self.places[leaf.code] for leaf in leaves], dtype=np.intp)
        values = self._collect(leaves)
        if node.combination.method == "copeland":
            _require_comparable(node, len(values))
            return Pairs.of(values, direct)
        forth, back = find_transform(node.combination.method, node.combination.power)
        with np.errstate(all="ignore"):  # figures that a zero weight keeps out
            columns = Columns.of(forth(values))
        below = tuple(
            (self.lay_out(child), self._find_present(child))
            for child in node.children
            if child.children
        )
        return Mean(direct, columns, forth, back, below)

    def _collect(self, leaves: Sequence[Node]) -> Floats:
        subjects = len(next(iter(self.found.values())))
        values = [self.found[leaf.code] for leaf in leaves]
        return np.column_stack(values) if values else np.empty((subjects, 0))

    def _find_present(self, node: Node) -> Flags | None:
        present: Flags = ~np.isnan(self.found[node.code])
        return None if present.all() else present


def _require_comparable(node: Node, subjects: int) -> None:
    faults = []
    if any(child.children for child in node.children):
        faults.append(_refuse(node, _NO_BRANCHES, _LEAVES_ONLY))
    if subjects > MOST_COMPARED:
        faults.append(_refuse(node, _TOO_MANY, _FEWER))
    if faults:
        raise BadInput(faults)


def _refuse(node: Node, wrong: Text, remedy: Text) -> Finding:
    return blocking("copeland-draws", Place(key=node.code), wrong, remedy)


_NO_BRANCHES = Text(
    "科普兰法要逐次比较下级指标，抽样时只能用于末级指标",
    "Copeland's rule cannot compare branches in every draw",
)
_LEAVES_ONLY = Text(
    "请换汇总方法，或把末级指标直接放在它下面", "choose another, or put leaves under it"
)
_TOO_MANY = Text(
    "科普兰法要逐对比较，对象太多", "Copeland's rule compares every pair: too many subjects"
)
_FEWER = Text(
    f"请少于 {MOST_COMPARED + 1} 个，或换汇总方法",
    f"take at most {MOST_COMPARED}, or choose another",
)
