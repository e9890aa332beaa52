"""What can be said about an expression without computing it: its size, its shape, its parts."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from kaohe.expressions.nodes import (
    Facet,
    Named,
    Node,
    Peer,
    PlacePoints,
    Rank,
    When,
    iterate_children,
)

PeerNode = Peer | Rank | PlacePoints


def iterate_once(node: Node) -> Iterator[Node]:
    """The node and everything inside it, outermost first; what a named step holds only once."""
    return _iterate_new(node, set())


def _iterate_new(node: Node, seen: set[str]) -> Iterator[Node]:
    if isinstance(node, Named):
        if node.name in seen:
            return
        seen.add(node.name)
    yield node
    for child in iterate_children(node):
        yield from _iterate_new(child, seen)


def rewrite(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """The expression with nodes replaced, outermost first.

    `change` gives the replacement of a node, or None to keep it and look inside.
    """
    changed = change(node)
    if changed is not None:
        return changed
    parts = {field.name: getattr(node, field.name) for field in fields(node)}
    inside = {name: _rewrite_part(part, change) for name, part in parts.items()}
    return replace(node, **inside)


def _rewrite_part(part: Any, change: Callable[[Node], Node | None]) -> Any:
    if isinstance(part, Node):
        return rewrite(part, change)
    if isinstance(part, tuple):
        return tuple(_rewrite_part(item, change) for item in part)
    return part


def count_nodes(node: Node) -> int:
    """How many nodes an expression has written out in full, steps used twice counted twice."""
    return _measure(node, {}, lambda sizes: 1 + sum(sizes))


def measure_depth(node: Node) -> int:
    """How many nodes lie one inside the other at most."""
    return _measure(node, {}, lambda depths: 1 + max(depths, default=0))


def _measure(node: Node, known: dict[str, int], combine: Callable[[list[int]], int]) -> int:
    if isinstance(node, Named) and node.name in known:
        return known[node.name]
    measure = combine([_measure(child, known, combine) for child in iterate_children(node)])
    if isinstance(node, Named):
        known[node.name] = measure
    return measure


def find_open_steps(node: Node) -> set[str]:
    """The names of the steps that stand somewhere outside the branches of a `When`.

    What the pool is asked about counts as outside: it is computed whichever branch is taken.
    """
    found: set[str] = set()
    _collect_open_steps(node, found)
    return found


def _collect_open_steps(node: Node, found: set[str]) -> None:
    if isinstance(node, Named):
        if node.name in found:
            return
        found.add(node.name)
    for child in _list_open_children(node):
        _collect_open_steps(child, found)


def _list_open_children(node: Node) -> list[Node]:
    if not isinstance(node, When):
        return [*iterate_children(node)]
    inside = (part for branch in (node.then, node.otherwise) for part in iterate_once(branch))
    return [node.condition, *(part for part in inside if isinstance(part, PeerNode))]


def inline_hidden_steps(score: Named) -> Named:
    """The expression with every step that is not open replaced by what it stands for."""
    shown = find_open_steps(score)

    def change(node: Node) -> Node | None:
        if isinstance(node, Named) and node.name not in shown:
            return rewrite(node.of, change)
        return None

    return Named(score.name, score.label, rewrite(score.of, change))


def compares_peers(node: Node) -> bool:
    """Whether other units' figures move the result."""
    return any(isinstance(part, PeerNode) for part in iterate_once(node))


def list_facets(node: Node) -> list[Facet]:
    """The facets an expression reads, each once, in the order in which they are met."""
    found = {part.name: part for part in iterate_once(node) if isinstance(part, Facet)}
    return list(found.values())
