"""Where the parts of a scheme stand in the draft they were read from."""

from collections.abc import Iterator

from kaohe.scheme.draft import Path
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel


def iterate_node_paths(model: SchemeModel) -> Iterator[tuple[IndicatorNode, Path]]:
    """Every node with its path, parents before their children."""
    for position, node in enumerate(model.indicators):
        yield from _walk(node, ("indicators", position))


def _walk(node: IndicatorNode, path: Path) -> Iterator[tuple[IndicatorNode, Path]]:
    yield node, path
    for position, child in enumerate(node.children):
        yield from _walk(child, (*path, "children", position))
