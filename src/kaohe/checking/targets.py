"""Findings about targets: missing, without meaning for the rule, out of bounds, or read by nobody."""

from collections.abc import Iterator
from fractions import Fraction

from kaohe.checking.inspected import Inspected, list_some
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.expressions.facets import facet_label
from kaohe.expressions.nodes import Compare, Constant, Divide, Facet, Node, Require, iterate_nodes
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.writing import write_number
from kaohe.scheme import queries
from kaohe.scheme.draft import Path
from kaohe.scheme.indicators import IndicatorNode, Targets
from kaohe.scheme.units import Unit

ZERO = Fraction(0)


def _list_planned(
    leaf: IndicatorNode, path: Path, inspected: Inspected
) -> Iterator[tuple[Path, str, Fraction]]:
    """Every figure planned for a unit the leaf applies to, and the one for all: path, facet, figure."""
    if leaf.target is not None:
        yield (*path, "target"), "target", leaf.target
    scored = {unit.code for unit in inspected.units_of(leaf)}
    for unit, written in leaf.targets.items():
        where = (*path, "targets", unit)
        if unit not in scored:
            continue
        if isinstance(written, Fraction):
            yield where, "target", written
        elif isinstance(written, Targets):
            for facet in queries.PLANNED_FACETS:
                figure = getattr(written, facet)
                if figure is not None:
                    yield (*where, facet), facet, figure


def _find_invalid(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        positive, divisors = _list_positive(leaf.expression), _list_divisors(leaf.expression)
        for where, facet, figure in _list_planned(leaf, path, inspected):
            if (facet in positive and figure <= 0) or (facet in divisors and figure == 0):
                yield Fault(
                    where,
                    Text(
                        f"“{leaf.name}”的目标值 {write_number(figure)} 不大于零，不能按比例计分",
                        f"{leaf.code}: a target of {write_number(figure)} has no ratio",
                    ),
                )


def _list_positive(expression: Node) -> set[str]:
    """The facets a rule requires to be above zero."""
    return {
        node.condition.left.name
        for node in iterate_nodes(expression)
        if isinstance(node, Require)
        and isinstance(node.condition, Compare)
        and isinstance(node.condition.left, Facet)
        and (node.condition.sign, node.condition.right) == (">", Constant(ZERO))
    }


def _list_divisors(expression: Node) -> set[str]:
    """The facets a rule divides by without saying what zero means."""
    return {
        node.below.name
        for node in iterate_nodes(expression)
        if isinstance(node, Divide) and isinstance(node.below, Facet) and node.on_zero == "refuse"
    }


TARGET_NOT_POSITIVE = Kind(
    code="target-not-positive",
    severity=Severity.BLOCKING,
    title=Text("按比例计分而目标值为零或负数", "A target of zero or below under a ratio"),
    explanation=Text(
        "按完成率等比例计分时，目标值为零没有比例，为负数时结果颠倒（目标-2%、实际-1%，完成率竟为50%）。",
        "Completion in proportion to a target means nothing at zero and is upside down below it: −1 % against a target "
        "of −2 % would be half done.",
    ),
    remedy=Text(
        "请改用差值方式（mode: difference 和 per_unit），或换用其他计分办法",
        "score by difference (mode: difference with per_unit), or by another method",
    ),
    example=Example(
        "T1: 120.5,", "T1: -2,", "indicators[0].children[0].targets.T1", "targets: {T1: -2"
    ),
    find=_find_invalid,
)


Gap = tuple[str, list[Unit]]
"""A planned facet a rule reads, and the units that have none."""


def _list_gaps(leaf: IndicatorNode, inspected: Inspected) -> list[Gap]:
    """The planned facets some units lack, where the scheme does not say what that means."""
    policies = (leaf.missing.no_target, inspected.model.missing.no_target)
    if policies != (None, None):
        return []
    gaps = [
        (facet, [unit for unit in inspected.units_of(leaf) if _lacks(leaf, unit, facet, inspected)])
        for facet in queries.PLANNED_FACETS
        if facet in inspected.facets_of(leaf)
    ]
    return [(facet, units) for facet, units in gaps if units]


def _lacks(leaf: IndicatorNode, unit: Unit, facet: str, inspected: Inspected) -> bool:
    """Whether a unit has no such figure, and no word why its value is not there either."""
    written = inspected.figures.get((leaf.code, "value", unit.code))
    is_excused = isinstance(written, Absence) and written is not Absence.EMPTY
    return not is_excused and inspected.figure(leaf, unit, facet) is None


def _comes_with_data(leaf: IndicatorNode, without: list[Unit], inspected: Inspected) -> bool:
    """Whether no unit has a target yet and no data were given, which may bring them."""
    return inspected.observations is None and len(without) == len(inspected.units_of(leaf))


def _find_untargeted(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        for facet, without in _list_gaps(leaf, inspected):
            if not _comes_with_data(leaf, without, inspected):
                label, (zh, en) = facet_label(facet), list_some(unit.code for unit in without)
                yield Fault(
                    (*path, "targets"),
                    Text(
                        f"“{leaf.name}”没有 {zh} 的{label.zh}",
                        f"{leaf.code} has no {label.en} for {en}",
                    ),
                )


NO_TARGET = Kind(
    code="no-target",
    severity=Severity.WARNING,
    title=Text("单位没有目标值", "A unit without a target"),
    explanation=Text(
        "计分办法要用目标值，而有的单位方案和数据里都没有；没有目标的单位无法计分，得分待定。",
        "The rule reads a target, and some units have one neither in the scheme nor in the data: they cannot be scored.",
    ),
    remedy=Text(
        "请在 targets 中补上；确不设目标的，写明 missing.no_target 如何处理",
        "add it under targets; where none is meant, say so under missing.no_target",
    ),
    example=Example("T1: 120.5, ", "", "indicators[0].children[0].targets", "targets: {T2: 80.5"),
    find=_find_untargeted,
)


def _find_targets_to_come(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        for facet, without in _list_gaps(leaf, inspected):
            if _comes_with_data(leaf, without, inspected):
                label = facet_label(facet)
                yield Fault(
                    (*path, "targets"),
                    Text(
                        f"“{leaf.name}”的计分办法要用{label.zh}，方案里一个也没有",
                        f"{leaf.code} is scored by its {label.en}, and the scheme holds none",
                    ),
                )


TARGETS_TO_COME = Kind(
    code="targets-to-come",
    severity=Severity.NOTICE,
    title=Text("方案里没有目标值", "No targets in the scheme"),
    explanation=Text(
        "计分办法要用目标值，方案里一个也没有。目标可随数据提供（列名为“指标代码.target”），但写进方案才能事前公布。",
        "The rule reads a target and the scheme holds none. Targets may come with the data (a column `code.target`); only "
        "in the scheme are they known beforehand.",
    ),
    remedy=Text(
        "请写 target 或 targets，或随数据提供", "write target or targets, or supply them with data"
    ),
    example=Example("        target: 82.5\n", "", "indicators[0].children[1].targets", "code: A2"),
    find=_find_targets_to_come,
)


def _find_out_of_range(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        low, high = leaf.value_minimum, leaf.value_maximum
        for where, _, figure in _list_planned(leaf, path, inspected):
            if (low is not None and figure < low) or (high is not None and figure > high):
                least, most = ("—" if end is None else write_number(end) for end in (low, high))
                yield Fault(
                    where,
                    Text(
                        f"“{leaf.name}”的目标 {write_number(figure)} 超出数据范围 {least} 至 {most}",
                        f"{leaf.code}: the target {write_number(figure)} lies outside {least} to {most}",
                    ),
                )


TARGET_OUT_OF_RANGE = Kind(
    code="target-out-of-range",
    severity=Severity.WARNING,
    title=Text("目标值超出数据范围", "A target no figure can have"),
    explanation=Text(
        "目标值在数据上下限（value_minimum、value_maximum）之外，谁也不可能达到，或谁都已超过。",
        "The target lies outside the least and greatest figure allowed: nobody can reach it, or everybody is past it.",
    ),
    remedy=Text("请核对目标值、计量单位和数据上下限", "check the target, its unit and the bounds"),
    example=Example(
        "target: 82.5\n        rule",
        "target: 825\n        rule",
        "indicators[0].children[1].target",
        "target: 825",
    ),
    find=_find_out_of_range,
)


def _find_easy_challenges(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        for unit, written in leaf.targets.items():
            if isinstance(written, Targets) and _is_easier(written, leaf):
                yield Fault(
                    (*path, "targets", unit, "challenge"),
                    Text(
                        f"“{leaf.name}”{unit} 的挑战目标比目标还容易",
                        f"{leaf.code}: the stretch target of {unit} is easier than its target",
                    ),
                )


def _is_easier(targets: Targets, leaf: IndicatorNode) -> bool:
    target = leaf.target if targets.target is None else targets.target
    if target is None or targets.challenge is None:
        return False
    ahead = targets.challenge - target
    return ahead > 0 if leaf.direction == "lower" else ahead < 0


CHALLENGE_EASIER = Kind(
    code="challenge-easier",
    severity=Severity.WARNING,
    title=Text("挑战目标低于目标", "A stretch target easier than the target"),
    explanation=Text(
        "挑战目标应当比目标更难；逆向指标的挑战目标应更小。",
        "A stretch target should be harder to reach than the target: lower where less is better.",
    ),
    remedy=Text("请核对两个目标是否写反", "check whether the two were written the wrong way round"),
    example=Example(
        "T1: 120.5,",
        "T1: {target: 120.5, challenge: 110},",
        "indicators[0].children[0].targets.T1.challenge",
        "targets: {T1: {target: 120.5",
    ),
    find=_find_easy_challenges,
)


KINDS = (
    TARGET_NOT_POSITIVE,
    NO_TARGET,
    TARGETS_TO_COME,
    TARGET_OUT_OF_RANGE,
    CHALLENGE_EASIER,
)
