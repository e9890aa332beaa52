"""Findings about indicators without points: those that multiply them, and those whose cap they are."""

from collections.abc import Callable, Iterator

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.expressions.nodes import Clamp, Points, iterate_nodes
from kaohe.language import Text
from kaohe.scheme import queries
from kaohe.scheme.draft import Path
from kaohe.scheme.indicators import IndicatorNode


def is_held_at_nothing(node: IndicatorNode, inspected: Inspected) -> bool:
    """Whether a node is a leaf whose cap would be its own points, of which nobody has any."""
    if node.children or not _is_capped_by_points(node):
        return False
    return _list_without(node, inspected) == inspected.groups_of(node)


def _is_capped_by_points(leaf: IndicatorNode) -> bool:
    """Whether a rule that takes a cap has none, and reads the points for nothing but their being that cap."""
    nodes = list(iterate_nodes(leaf.expression))
    points = sum(isinstance(node, Points) for node in nodes)
    caps = sum(isinstance(node, Clamp) and isinstance(node.high, Points) for node in nodes)
    return hasattr(leaf.rule, "cap") and points == caps > 0


def _multiplies_points(leaf: IndicatorNode) -> bool:
    reads = any(isinstance(node, Points) for node in iterate_nodes(leaf.expression))
    return reads and not _is_capped_by_points(leaf)


def _list_without(leaf: IndicatorNode, inspected: Inspected) -> list[str]:
    """The groups for which a leaf has no points."""
    return [group for group in inspected.groups_of(leaf) if not queries.group_points(leaf, group)]


def _list_pointless(
    inspected: Inspected, is_meant: Callable[[IndicatorNode], bool]
) -> Iterator[tuple[IndicatorNode, Path, list[str]]]:
    """The leaves of one sort that have no points for some groups, and those groups."""
    for leaf, path in inspected.leaves:
        without = _list_without(leaf, inspected)
        if without and is_meant(leaf):
            yield leaf, path, without


def _find_without_points(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path, without in _list_pointless(inspected, _multiplies_points):
        yield Fault(
            (*path, "points"),
            Text(
                f"“{leaf.name}”对类别 {'、'.join(without)} 没有分值，得分恒为零",
                f"{leaf.code} has no points for {', '.join(without)}: its score is always nothing",
            ),
        )


NO_POINTS = Kind(
    code="no-points",
    severity=Severity.BLOCKING,
    title=Text("指标没有分值", "An indicator without points"),
    explanation=Text(
        "计分办法以本项分值为基础，而该指标没有写分值（或分值为零），得多少数据都是零分。",
        "The rule multiplies the indicator's points, and there are none: whatever the figure, the score is nothing.",
    ),
    remedy=Text("请写明 points: 分值", "write points: …"),
    example=Example(
        "        points: 8\n        weight: 0.4\n",
        "        weight: 0.4\n",
        "indicators[1].children[1].points",
        "code: B2",
    ),
    find=_find_without_points,
)


def _find_without_cap(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path, without in _list_pointless(inspected, _is_capped_by_points):
        yield Fault(
            (*path, "rule"),
            Text(
                f"“{leaf.name}”对类别 {'、'.join(without)} 没有分值，计分办法也没有写上限，得分恒为零，从不计入",
                f"{leaf.code} has neither points for {', '.join(without)} nor a cap in its rule: "
                "it is held at 0 and never counts",
            ),
        )


CAP_WITHOUT_POINTS = Kind(
    code="cap-without-points",
    severity=Severity.BLOCKING,
    title=Text("上限为零：没有分值，也没有写上限", "A cap of nothing: neither points nor a cap"),
    explanation=Text(
        "计分办法不写上限（cap）时以本项分值为上限，而该指标没有分值，上限就是零：加多少、扣多少都不计入。",
        "Where the rule states no cap, the indicator's own points are the cap. There are none, so that the cap is 0: "
        "nothing gained or lost ever counts.",
    ),
    remedy=Text(
        "请在 rule 中写明 cap: 上限，或写明 points: 分值",
        "write cap: … in the rule, or points: … for the indicator",
    ),
    example=Example("    points: 1\n", "", "indicators[2].rule", "    rule: {method: awards"),
    find=_find_without_cap,
)

KINDS = (NO_POINTS, CAP_WITHOUT_POINTS)
