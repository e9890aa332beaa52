"""Findings about who takes part: units, groups, whom an indicator is for, and names that confuse."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.scheme import queries
from kaohe.scheme.draft import Path
from kaohe.scheme.indicators import IndicatorNode


def _find_unreasoned(inspected: Inspected) -> Iterator[Fault]:
    for place, unit in enumerate(inspected.model.units):
        if unit.participation != "ranked" and not unit.reason:
            yield Fault(
                ("units", place, "participation"),
                Text(
                    f"{unit.name}（{unit.code}）不参加排名，没有写明理由",
                    f"{unit.code} is not ranked, and no reason is given",
                ),
            )


NO_REASON = Kind(
    code="no-reason",
    severity=Severity.WARNING,
    title=Text("单列、不定等次、不参评没有理由", "Not ranked, and no reason given"),
    explanation=Text(
        "单列、不定等次、不参评的单位不与他人排名，须写明理由和起止日期，否则他人会问为什么。",
        "A unit listed apart, ungraded or exempt is not ranked with the others, who will ask why: the reason belongs in "
        "the scheme.",
    ),
    remedy=Text("请写明 reason，有期限的写 since、until", "write reason, with since and until"),
    example=Example(", reason: 年内新设}", "}", "units[6].participation", "- {code: D4"),
    find=_find_unreasoned,
)


def _find_empty_groups(inspected: Inspected) -> Iterator[Fault]:
    for place, group in enumerate(inspected.model.groups):
        if inspected.lists_units and group.code not in inspected.groups:
            yield Fault(
                ("groups", place),
                Text(f"类别“{group.name}”没有参评单位", f"the group {group.code} has no units"),
            )


EMPTY_GROUP = Kind(
    code="empty-group",
    severity=Severity.NOTICE,
    title=Text("没有单位的类别", "A group without units"),
    explanation=Text(
        "类别里没有一个计分的单位，多半是单位的 group 写错。",
        "No scored unit belongs to the group; mostly a unit's `group` is wrong.",
    ),
    remedy=Text("请删去该类别，或核对单位的 group", "remove the group, or check the units' group"),
    example=Example(
        "  - {code: bureaus, name: 部门}\n",
        "  - {code: bureaus, name: 部门}\n  - {code: parks, name: 园区}\n",
        "groups[2]",
        "- {code: parks",
    ),
    find=_find_empty_groups,
)


def _find_for_nobody(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        if inspected.lists_units and not inspected.units_of(leaf):
            yield Fault(
                path,
                Text(f"“{leaf.name}”不适用于任何单位", f"{leaf.code} applies to nobody"),
            )


INDICATOR_FOR_NOBODY = Kind(
    code="indicator-for-nobody",
    severity=Severity.WARNING,
    title=Text("没有单位适用的指标", "An indicator for nobody"),
    explanation=Text(
        "按适用单位、不适用单位和分值类别，没有一个计分的单位适用该指标；其分值会折算到其他指标上。",
        "By what it applies to and for whom it has points no scored unit is left; its points are spread over the others.",
    ),
    remedy=Text(
        "请核对 applicable、not_applicable 和分值类别",
        "check applicable, not_applicable and points",
    ),
    example=Example(
        "        points: 3\n",
        "        points: 3\n        applicable: []\n",
        "indicators[0].children[2]",
        "- code: A3",
    ),
    find=_find_for_nobody,
)


def _find_unscored(inspected: Inspected) -> Iterator[Fault]:
    scored = {unit.code for leaf, _ in inspected.leaves for unit in inspected.units_of(leaf)}
    places = {unit.code: place for place, unit in enumerate(inspected.model.units)}
    for unit in inspected.units:
        if unit.code not in scored:
            yield Fault(
                ("units", places[unit.code]),
                Text(
                    f"{unit.name}（{unit.code}）没有适用的指标",
                    f"no indicator applies to {unit.code}",
                ),
            )


UNIT_WITHOUT_INDICATORS = Kind(
    code="unit-without-indicators",
    severity=Severity.WARNING,
    title=Text("没有指标的单位", "A unit without indicators"),
    explanation=Text(
        "没有一个指标适用于该单位，算不出得分。",
        "No indicator applies to the unit; it has no score.",
    ),
    remedy=Text(
        "请核对适用范围；不参评的写 participation: exempt 和理由",
        "check what applies to it; if it takes no part, write participation: exempt with a reason",
    ),
    example=Example(
        "        points: 5\n",
        "        points: 5\n        not_applicable: [D4]\n",
        "units[6]",
        "- {code: D4",
        also=tuple(
            (f"{old}\n", f"{old}\n{old[: -len(old.lstrip())]}not_applicable: [D4]\n")
            for old in (
                "        points: 4",
                "        points: 3",
                "        weight: 0.6",
                "        weight: 0.4",
                "    points: 1",
                "    points: 2",
            )
        ),
    ),  # fmt: skip
    find=_find_unscored,
)


Coded = tuple[str, str, Path]
"""Code, name, and where it stands."""


def _list_namesakes(
    named: Sequence[Coded],
) -> Iterator[tuple[str, list[str], Path]]:
    """Names that several codes share: the name, the codes, and where the last stands."""
    codes: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for code, name, path in named:
        codes[name].append((code, path))
    for name, found in codes.items():
        if len(found) > 1:
            yield name, [code for code, _ in found], (*found[-1][1], "name")


def _name_siblings(nodes: Sequence[IndicatorNode], path: Path) -> list[Coded]:
    return [(node.code, node.name, (*path, place)) for place, node in enumerate(nodes)]


def _find_namesakes(inspected: Inspected) -> Iterator[Fault]:
    model = inspected.model
    families: list[list[Coded]] = [
        [(unit.code, unit.name, ("units", place)) for place, unit in enumerate(model.units)],
        [(group.code, group.name, ("groups", place)) for place, group in enumerate(model.groups)],
        _name_siblings(model.indicators, ("indicators",)),
        *(
            _name_siblings(branch.children, (*path, "children"))
            for branch, path in inspected.branches
        ),
    ]
    for named in families:
        for name, codes, where in _list_namesakes(named):
            yield Fault(
                where,
                Text(
                    f"“{name}”是 {'、'.join(codes)} 共同的名称",
                    f'"{name}" is the name of {", ".join(codes)}',
                ),
            )


DUPLICATE_NAME = Kind(
    code="duplicate-name",
    severity=Severity.WARNING,
    title=Text("名称重复", "A name used twice"),
    explanation=Text(
        "两个单位、两个类别或同一上级下的两个指标同名，代码虽不同，表里分不出谁是谁，数据容易填错行。",
        "Two units, groups or sibling indicators share a name: codes tell them apart, readers of a table cannot.",
    ),
    remedy=Text("请改用能区分的名称", "give them names that can be told apart"),
    example=Example("name: 乙局", "name: 甲局", "units[4].name", "- {code: D2"),
    find=_find_namesakes,
)


def _find_misplaced(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        for code in leaf.targets:
            unit = inspected.model.units_by_code.get(code)
            if unit is not None and not queries.applies_to(leaf, unit):
                yield Fault(
                    (*path, "targets", code),
                    Text(
                        f"“{leaf.name}”不适用于 {code}，却有其目标值",
                        f"{leaf.code} does not apply to {code}, which has a target all the same",
                    ),
                )


TARGET_NOT_APPLICABLE = Kind(
    code="target-not-applicable",
    severity=Severity.WARNING,
    title=Text("不适用的单位有目标值", "A target where the indicator does not apply"),
    explanation=Text(
        "某单位不适用该指标（applicable、not_applicable 或按类别的分值），却写了目标值，两处必有一处不对。",
        "The indicator does not apply to the unit, yet there is a target for it: one of the two is wrong.",
    ),
    remedy=Text(
        "请删去该目标值，或改正适用范围", "leave the target out, or mend what it applies to"
    ),
    example=Example(
        "        rule: {method: target_ratio}\n",
        "        not_applicable: [D4]\n        rule: {method: target_ratio}\n",
        "indicators[0].children[0].targets.D4",
        "targets: {T1: 120.5",
    ),
    find=_find_misplaced,
)

KINDS = (
    NO_REASON,
    EMPTY_GROUP,
    INDICATOR_FOR_NOBODY,
    TARGET_NOT_APPLICABLE,
    UNIT_WITHOUT_INDICATORS,
    DUPLICATE_NAME,
)
