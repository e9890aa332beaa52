"""Which missing facet a row's absence comes from, told from the expression alone.

Most rows without a score miss one facet, and it decides whatever the others are. Where that is sure, no
row need be looked at; what is left is asked of `kaohe.renderings.arrays.absences`, which computes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from kaohe.expressions import nodes

Facets = frozenset[str]
Outcome = str | Literal[True, False] | None
"""The facet that surely decides; True: a figure, False: a figure or nothing reported, None: not told."""


def find_deciding_facet(expression: nodes.Node, missing: Facets, unreported: Facets) -> str | None:
    """The facet whose absence a row has that misses just these facets; None where that cannot be told.

    Of `unreported` is known that nothing was reported wherever they are missing, which is also what
    a statistic of nobody gives.
    """
    outcome = _Search(missing, unreported).find(expression)
    return outcome if isinstance(outcome, str) else None


@dataclass
class _Search:
    missing: Facets
    unreported: Facets
    steps: dict[str, Outcome] = field(default_factory=dict)

    def find(self, node: nodes.Node) -> Outcome:
        """What a node gives in such a row."""
        rule = _RULES.get(type(node))
        return self.first(nodes.iterate_children(node)) if rule is None else rule(node, self)

    def first(self, parts: Iterable[nodes.Node]) -> Outcome:
        """What the first part that is absent gives."""
        is_sure = True
        for part in parts:
            found = self.find(part)
            if found is None or isinstance(found, str):
                return found if is_sure or found in self.unreported else None
            is_sure = is_sure and found
        return is_sure


def _facet(node: nodes.Facet, search: _Search) -> Outcome:
    return node.name if node.name in search.missing else True


def _peer(node: nodes.Peer, _: _Search) -> Outcome:
    return node.statistic in ("sum", "count")


def _divide(node: nodes.Divide, search: _Search) -> Outcome:
    is_safe = not isinstance(node.on_zero, str) or _is_never_zero(node.below)
    return _unless(search.first((node.above, node.below)), is_safe=is_safe)


def _steps(node: nodes.Steps, search: _Search) -> Outcome:
    return _unless(search.first((node.of, node.size)), is_safe=_is_never_zero(node.size))


def _lookup(node: nodes.Lookup, search: _Search) -> Outcome:
    return _unless(search.find(node.of), is_safe=node.otherwise is not None)


def _unless(found: Outcome, *, is_safe: bool) -> Outcome:
    """What was found; but a figure only where the node cannot refuse it."""
    return found if is_safe or isinstance(found, str) else None


def _is_never_zero(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Constant | nodes.Parameter) and node.value != 0


def _when(node: nodes.When, search: _Search) -> Outcome:
    asked = search.find(node.condition)
    if asked is None or isinstance(asked, str):
        return asked
    then, otherwise = search.find(node.then), search.find(node.otherwise)
    return _go_on(asked, then, search) if then == otherwise else None


def _require(node: nodes.Require, search: _Search) -> Outcome:
    """A row without a figure has nothing that could be refused: its absence goes on."""
    asked = search.find(node.condition)
    if asked is None or isinstance(asked, str):
        return asked
    then = search.find(node.then)
    return _go_on(asked, then, search) if isinstance(then, str) else None


def _go_on(asked: Outcome, then: Outcome, search: _Search) -> Outcome:
    """What follows a condition that may itself be of nobody."""
    if asked is True:
        return then
    if isinstance(then, str):
        return then if then in search.unreported else None
    return None if then is None else False


def _weighted_mean(node: nodes.WeightedMean, search: _Search) -> Outcome:
    found = search.first(node.terms)
    return found if node.missing == "refuse" and isinstance(found, str) else None


def _named(node: nodes.Named, search: _Search) -> Outcome:
    if node.name not in search.steps:
        search.steps[node.name] = search.find(node.of)
    return search.steps[node.name]


_RULES: dict[type[nodes.Node], Callable[[Any, _Search], Outcome]] = {
    nodes.Facet: _facet,
    nodes.Peer: _peer,
    nodes.Divide: _divide,
    nodes.Steps: _steps,
    nodes.Lookup: _lookup,
    nodes.When: _when,
    nodes.Require: _require,
    nodes.WeightedMean: _weighted_mean,
    nodes.Named: _named,
}
