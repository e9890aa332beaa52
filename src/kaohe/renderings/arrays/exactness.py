"""What a cell shows without any noise, and what a rule may refuse: read off an expression alone."""

from kaohe.expressions import nodes

_LEAVES = nodes.Constant | nodes.Parameter | nodes.Points | nodes.Facet
_CHOOSING = (
    nodes.Minimum | nodes.Maximum | nodes.Clamp | nodes.When | nodes.Bands | nodes.Lookup
    | nodes.Require | nodes.Named
)  # fmt: skip


def is_noiseless(node: nodes.Node) -> bool:
    """Whether a double holds the figure as near as it can: read, counted or chosen, not computed."""
    if isinstance(node, _LEAVES):
        return True
    if isinstance(node, nodes.Rank):
        return True
    if isinstance(node, nodes.Peer):
        return node.statistic == "count" or (
            node.statistic in ("min", "max") and is_noiseless(node.of)
        )
    if isinstance(node, _CHOOSING):
        return all(map(is_noiseless, _list_chosen(node)))
    return is_whole(node)


def _list_chosen(node: nodes.Node) -> list[nodes.Node]:
    """The nodes that the figure may come from; tables hold plain numbers."""
    if isinstance(node, nodes.Bands | nodes.Lookup):
        return []
    if isinstance(node, nodes.When):
        return [node.then, node.otherwise]
    if isinstance(node, nodes.Require):
        return [node.then]
    return list(nodes.iterate_children(node))


def has_sure_sign(node: nodes.Node) -> bool:
    """Whether noise never makes the figure zero or other than zero: differences of cells have none."""
    if isinstance(node, nodes.Named):
        return has_sure_sign(node.of)
    if isinstance(node, nodes.Subtract):
        return is_noiseless(node.left) and is_noiseless(node.right)
    return is_noiseless(node)


def is_whole(node: nodes.Node) -> bool:
    """Whether the figure is surely a whole number made of whole numbers."""
    if isinstance(node, nodes.Constant):
        return node.value.denominator == 1
    if isinstance(node, nodes.Peer):
        return node.statistic == "count"
    if isinstance(node, nodes.Rank):
        return node.ties != "average"
    if isinstance(node, nodes.Named):
        return is_whole(node.of)
    if isinstance(node, nodes.Add | nodes.Subtract):
        return all(map(is_whole, nodes.iterate_children(node)))
    return False


def may_be_refused(node: nodes.Node) -> bool:
    """Whether the rule may refuse the figure of some row."""
    if isinstance(node, nodes.Peer):
        return False
    if isinstance(node, nodes.Require):
        return True
    if isinstance(node, nodes.Lookup) and node.otherwise is None:
        return True
    if isinstance(node, nodes.Divide) and node.on_zero == "refuse" and not is_fixed(node.below):
        return True
    if isinstance(node, nodes.Steps) and not is_fixed(node.size):
        return True
    return any(map(may_be_refused, nodes.iterate_children(node)))


def is_fixed(node: nodes.Node) -> bool:
    """Whether the figure is a number of the rule itself, and not zero."""
    return isinstance(node, nodes.Constant | nodes.Parameter) and node.value != 0
