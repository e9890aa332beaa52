"""Findings about rules that compare units: pools too small, tables that do not fit, ties nobody may have."""

import re
from collections.abc import Iterator

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.checking.probes import compares_places
from kaohe.errors import Severity
from kaohe.expressions.nodes import (
    Compare,
    Constant,
    Node,
    Peer,
    Require,
    iterate_nodes,
)
from kaohe.expressions.structure import compares_peers
from kaohe.language import Text
from kaohe.rules.movements import Movement
from kaohe.rules.places import Place
from kaohe.scheme import queries
from kaohe.scheme.draft import Path
from kaohe.scheme.indicators import IndicatorNode

SMALLEST_RANKING = 3
"""Under how many units a ranking says nothing (domain practice: a group of two must not use one)."""


def _list_pools(inspected: Inspected) -> Iterator[tuple[IndicatorNode, Path, str, int]]:
    """Every leaf that compares peers, with each of its groups and the size of that group's pool, where it is known."""
    for leaf, path in inspected.leaves if inspected.lists_units else ():
        if compares_peers(leaf.expression):
            for group in inspected.groups_of(leaf):
                yield leaf, path, group, _count_pool(leaf, group, inspected)


def _count_pool(leaf: IndicatorNode, group: str, inspected: Inspected) -> int:
    members = queries.pool_members(inspected.model, leaf.pool, group)
    return sum(queries.applies_to(leaf, unit) for unit in members)


def _count_needed(expression: Node) -> int:
    """How many figures a rule needs in its pool: as it requires itself, and three for places."""
    required = [
        int(node.condition.right.value)
        for node in iterate_nodes(expression)
        if isinstance(node, Require)
        and isinstance(node.condition, Compare)
        and isinstance(node.condition.left, Peer)
        and node.condition.left.statistic == "count"
        and isinstance(node.condition.right, Constant)
    ]
    return max([1, *required, *([SMALLEST_RANKING] if compares_places(expression) else [])])


def _find_small_pools(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path, group, size in _list_pools(inspected):
        needed = _count_needed(leaf.expression)
        if size < needed:
            title = queries.leaf_rule(leaf).title
            yield Fault(
                (*path, "rule"),
                Text(
                    f"“{leaf.name}”：类别 {group} 的可比单位只有 {size} 个，“{title.zh}”至少要 {needed} 个",
                    f"{leaf.code}: the pool of {group} has {size} units, the rule ({title.en}) needs {needed}",
                ),
            )


POOL_TOO_SMALL = Kind(
    code="pool-too-small",
    severity=Severity.BLOCKING,
    title=Text("可比单位太少", "A pool too small to compare"),
    explanation=Text(
        "功效系数、位次等相对计分办法在不足三个单位时没有意义（两个单位时一个满分、一个垫底），计分会被拒绝。",
        "Rules by range or place say nothing among fewer than three units: of two, one has everything and one nothing. "
        "Scoring would refuse.",
    ),
    remedy=Text(
        "请用 pool 指定较大的可比组，或改用按目标计分的办法",
        "compare in a larger pool (pool: …), or score against a target",
    ),
    example=Example(
        "        pool: everybody\n",
        "        applicable: [D1, D2]\n        pool: everybody\n",
        "indicators[0].children[2].rule",
        "rule: {method: place",
    ),
    find=_find_small_pools,
)


def _find_lonely(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path, group, size in _list_pools(inspected):
        if size < 2 and _count_needed(leaf.expression) < 2:
            yield Fault(
                (*path, "rule"),
                Text(
                    f"“{leaf.name}”与可比单位比较，类别 {group} 的可比单位只有 {size} 个",
                    f"{leaf.code} compares units, and the pool of {group} holds {size}",
                ),
            )


LONELY_POOL = Kind(
    code="lonely-pool",
    severity=Severity.WARNING,
    title=Text("没有可比单位", "Nobody to compare with"),
    explanation=Text(
        "与平均值或最好值比较的办法，可比组里只有一个单位，等于自己与自己比，得分恒定。",
        "A rule against the mean or the best of a pool of one compares a unit with itself: the score never changes.",
    ),
    remedy=Text("请用 pool 指定较大的可比组", "compare in a larger pool (pool: …)"),
    example=Example(
        "        pool: everybody\n        owner: 行政审批局\n        frequency: year\n        due: 20\n"
        "        acceptance: 以评价通报为准\n        text: 按位次得分，从第一名起依次得3、2.5、2、1.5、1、0.5分，并列的取前位。\n"
        "        rule: {method: place, table: [3, 2.5, 2, 1.5, 1, 0.5]}\n",
        "        applicable: [D1]\n        rule: {method: ratio_to_best}\n",
        "indicators[0].children[2].rule",
        "rule: {method: ratio_to_best}",
    ),
    find=_find_lonely,
)


def _list_tables(inspected: Inspected) -> Iterator[tuple[IndicatorNode, Path, int, int]]:
    """Leaves scored by a table of places: the table's length and the size of the largest pool."""
    sizes: dict[str, int] = {}
    for leaf, _, _, size in _list_pools(inspected):
        sizes[leaf.code] = max(size, sizes.get(leaf.code, 0))
    for leaf, path in inspected.leaves:
        rule = leaf.rule
        if isinstance(rule, Place | Movement) and rule.table and leaf.code in sizes:
            yield leaf, path, len(rule.table), sizes[leaf.code]


def _find_short_tables(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path, length, size in _list_tables(inspected):
        if length < size and getattr(leaf.rule, "beyond", None) is None:
            yield Fault(
                (*path, "rule", "table"),
                Text(
                    f"“{leaf.name}”位次表有 {length} 个位次，可比单位有 {size} 个",
                    f"{leaf.code}: the table has {length} places for {size} units",
                ),
            )


TABLE_TOO_SHORT = Kind(
    code="table-too-short",
    severity=Severity.WARNING,
    title=Text("位次表短于单位数", "A table of places too short"),
    explanation=Text(
        "位次表没有列到最后一名，又没有写 beyond，排在后面的单位都按表中最后一项得分，原文多半没有这样说。",
        "The table ends before the last place and `beyond` is not given: everybody behind gets its last entry, which the "
        "text mostly does not say.",
    ),
    remedy=Text("请把位次表列全，或写明 beyond", "write every place, or say `beyond`"),
    example=Example(
        "table: [3, 2.5, 2, 1.5, 1, 0.5]",
        "table: [3, 2.5, 2]",
        "indicators[0].children[2].rule.table",
        "rule: {method: place",
    ),
    find=_find_short_tables,
)


def _find_long_tables(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path, length, size in _list_tables(inspected):
        if length > size:
            yield Fault(
                (*path, "rule", "table"),
                Text(
                    f"“{leaf.name}”位次表有 {length} 个位次，可比单位只有 {size} 个，后 {length - size} 项用不上",
                    f"{leaf.code}: the table has {length} places for {size} units; the last {length - size} are never used",
                ),
            )


TABLE_TOO_LONG = Kind(
    code="table-too-long",
    severity=Severity.NOTICE,
    title=Text("位次表长于单位数", "A table of places too long"),
    explanation=Text(
        "位次表的位次多于可比单位，最后几项永远用不上，最后一名得分偏高，拉不开差距。",
        "The table has more places than there are units: its last entries are never used and the last unit scores more "
        "than the table suggests.",
    ),
    remedy=Text("请核对单位数和位次表", "check the table against the number of units"),
    example=Example(
        "table: [3, 2.5, 2, 1.5, 1, 0.5]",
        "table: [3, 2.5, 2, 1.5, 1, 0.5, 0.2]",
        "indicators[0].children[2].rule.table",
        "rule: {method: place",
    ),
    find=_find_long_tables,
)

_NO_TIES = re.compile(r"不得并列|不并列|不允许并列|不设并列|必须拉开|no ties", re.IGNORECASE)


def _find_forbidden_ties(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        found = _NO_TIES.search(leaf.text)
        if found and compares_places(leaf.expression):
            yield Fault(
                (*path, "text"),
                Text(
                    f"“{leaf.name}”原文说“{found.group()}”，数据相同的单位仍会并列",
                    f'{leaf.code}: the text says "{found.group()}", yet equal figures share a place',
                ),
            )


TIES_FORBIDDEN = Kind(
    code="ties-forbidden",
    severity=Severity.WARNING,
    title=Text("原文禁止并列，数据却可能相同", "Ties forbidden, and nothing that breaks them"),
    explanation=Text(
        "原文禁止并列，但位次只由数据决定，数据相同就会并列；没有写明用什么分出先后，就只能由人定。",
        "The text forbids ties, but places follow from figures alone and equal figures tie: unless the text says what "
        "separates them, somebody has to.",
    ),
    remedy=Text(
        "请增加数据的小数位，或在原文中写明并列如何处理",
        "ask for figures with more decimals, or say in the text how ties count",
    ),
    example=Example(
        "0.5分，并列的取前位。",
        "0.5分，并列的取前位，但不得并列。",
        "indicators[0].children[2].text",
        "text: 按位次得分",
    ),
    find=_find_forbidden_ties,
)


_TIES_SAID = re.compile(r"并列|同分|相同|\bt(?:ie|ied|ies)\b|equal", re.IGNORECASE)


def _find_unsaid_ties(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        said = not leaf.text or _TIES_SAID.search(leaf.text)
        if not said and compares_places(leaf.expression):
            yield Fault(
                (*path, "text"),
                Text(
                    f"“{leaf.name}”按位次计分，原文没有说并列怎么算",
                    f"{leaf.code} scores by place, and the text does not say how ties count",
                ),
            )


TIES_UNSAID = Kind(
    code="ties-unsaid",
    severity=Severity.NOTICE,
    title=Text("原文没有说并列怎么算", "The text is silent on ties"),
    explanation=Text(
        "按位次计分时，数据相同的单位同取前位、取后位还是平均，得分不同；参数 ties 已经定了一种，原文也应写明，免得公布后争论。",
        "Whether tied units take the better place, the worse one or the average makes a difference to their points. The "
        "parameter `ties` decides it; the text should say the same, so that nobody argues afterwards.",
    ),
    remedy=Text(
        "请在原文中写明，如“并列的取前位”，并核对参数 ties",
        'say it in the text, such as "tied units take the better place", and check the parameter `ties`',
    ),
    example=Example(
        "，并列的取前位",
        "",
        "indicators[0].children[2].text",
        "text: 按位次得分",
    ),
    find=_find_unsaid_ties,
)


KINDS = (
    POOL_TOO_SMALL,
    LONELY_POOL,
    TABLE_TOO_SHORT,
    TABLE_TOO_LONG,
    TIES_FORBIDDEN,
    TIES_UNSAID,
)
