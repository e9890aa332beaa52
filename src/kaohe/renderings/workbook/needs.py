"""What a figure cannot do without: read off an expression, for the rendering that leaves cells blank.

A need is a node: a facet or a step of the row itself; a statistic that nobody's figures make; a quotient
that a zero makes not applicable; a choice, when the branch that is taken lacks something; a mean of
those there, when nobody is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kaohe.expressions import nodes

Needs = tuple[nodes.Node, ...]


@dataclass(frozen=True)
class Needing:
    """Finds the needs of a row: of a member of its pool, or of a guest, whom nobody counts."""

    is_guest: bool = False

    def find(self, node: nodes.Node) -> Needs:
        """What a node always needs, each once, in the order in which it is met."""
        return _find(self, node)

    def split_choice(self, node: nodes.When) -> tuple[Needs, Needs, Needs]:
        """What a choice always needs, and what each of its branches needs besides."""
        then, otherwise = self.find(node.then), self.find(node.otherwise)
        shared = [need for need in then if need in otherwise]
        always = _unite([self.find(node.condition), shared])
        return always, self.subtract(then, always), self.subtract(otherwise, always)

    def subtract(self, needs: Needs, known: Needs) -> Needs:
        """The needs that are still open where others are known to be met."""
        met = self._imply(known)
        return tuple(need for need in needs if need not in met and not self._is_answered(need, met))

    def simplify(self, needs: Needs) -> Needs:
        """The needs without those that steps among them have themselves."""
        steps = [need for need in needs if isinstance(need, nodes.Named)]
        implied = {need for step in steps for need in self._imply(self.find(step.of))}
        met = implied.union(needs)
        return tuple(
            need for need in needs if need not in implied and not self._is_answered(need, met)
        )

    def _imply(self, needs: Needs) -> set[nodes.Node]:
        """The needs, and all that the steps among them need in turn."""
        met = set(needs)
        for need in needs:
            if isinstance(need, nodes.Named):
                met |= self._imply(self.find(need.of))
        return met

    def _is_answered(self, need: nodes.Node, met: set[nodes.Node]) -> bool:
        """Whether a statistic has somebody's figure because the row itself has one."""
        if not isinstance(need, nodes.Peer) or not need.own or self.is_guest:
            return False
        return need.of in met


@lru_cache(maxsize=10_000)
def _find(needing: Needing, node: nodes.Node) -> Needs:
    if isinstance(node, nodes.Facet | nodes.Named):
        return (node,)
    if isinstance(node, nodes.Peer):
        return () if node.statistic in ("sum", "count") else (node,)
    if isinstance(node, nodes.When):
        always, *branches = needing.split_choice(node)
        return (*always, node) if any(branches) else always
    if isinstance(node, nodes.WeightedMean) and node.missing == "renormalise":
        return (node,)
    inside = _unite(needing.find(child) for child in nodes.iterate_children(node))
    is_quotient = isinstance(node, nodes.Divide) and node.on_zero == "not_applicable"
    return (*inside, node) if is_quotient else inside


def _unite(parts: Iterable[Iterable[nodes.Node]]) -> Needs:
    return tuple(dict.fromkeys(need for part in parts for need in part))
