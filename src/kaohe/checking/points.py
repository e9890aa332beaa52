"""Findings about points, weights and bounds: what must add up, and what cannot be reached."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.numbers.sums import sum_exactly
from kaohe.numbers.writing import write_number
from kaohe.scheme import queries
from kaohe.scheme.draft import Path
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.units import Unit

Sums = tuple[Fraction, Fraction]
"""Points as declared, and as they add up."""


def _find_uneven_branches(inspected: Inspected) -> Iterator[Fault]:
    for branch, path in inspected.branches:
        if branch.points is None or branch.family in queries.ADDED_FAMILIES:
            continue
        for sums, units in _compare_sums(branch, inspected.kinds).items():
            group = (units[0].group,) if branch.points_by_group else ()
            yield _refuse_sum(branch.name, _name(units, inspected), sums, (*path, "points", *group))


def _compare_sums(branch: IndicatorNode, kinds: Iterable[list[Unit]]) -> dict[Sums, list[Unit]]:
    """Declared and added points where they differ, with the units for which they do."""
    found: dict[Sums, list[Unit]] = {}
    for units in kinds:
        unit = units[0]
        if queries.belongs_to(branch, unit) and states_points(branch, unit.group):
            sums = queries.points_of(branch, unit), queries.combine_points(branch, unit)
            if sums[0] != sums[1]:
                found.setdefault(sums, []).extend(units)
    return found


def states_points(node: IndicatorNode, group: str) -> bool:
    """Whether a node says itself how many points it has for a group."""
    return group in node.points_by_group if node.points_by_group else node.points is not None


def _name(units: Iterable[Unit], inspected: Inspected) -> list[str]:
    """The groups of these units; the units themselves where not all of a group are meant."""
    named: dict[str, list[str]] = {}
    for unit in units:
        named.setdefault(unit.group, []).append(unit.code)
    sizes = Counter(unit.group for unit in inspected.units)
    return [
        name
        for group, codes in named.items()
        for name in ([group] if len(codes) == sizes[group] else codes)
    ]


def _add_points(children: Iterable[IndicatorNode], unit: Unit) -> Fraction:
    own = (child for child in children if queries.belongs_to(child, unit))
    return sum_exactly(queries.points_of(child, unit) * child.weight for child in own)


def _refuse_sum(name: str, for_whom: list[str], sums: Sums, where: Path) -> Fault:
    parent, children = map(write_number, sums)
    return Fault(
        where,
        Text(
            f"“{name}”写明 {parent} 分，下级指标合计 {children} 分（{'、'.join(for_whom)}）",
            f'"{name}" has {parent} points, its children {children} together (for {", ".join(for_whom)})',
        ),
        Text(
            f"请改为 {children}，或调整下级分值使合计为 {parent}",
            f"write {children}, or change the children's points so that they add up to {parent}",
        ),
    )


POINTS_DO_NOT_ADD_UP = Kind(
    code="points-do-not-add-up",
    severity=Severity.BLOCKING,
    title=Text("下级分值合计与上级不符", "Points do not add up to the parent's"),
    explanation=Text(
        "上级写明分值的，下级指标分值（乘以权重）之和须与之相等，按权重平均的为加权平均；逐类别、逐单位检查。加分、扣分项不计。"
        "用 applicable 列明单位的指标，只算所列单位的；用 not_applicable 排除的仍计入合计，因为其分值会折算到其余指标上。",
        "Where a branch states its points, those of its children (times their weights; in a weighted mean their mean) must "
        "come to the same, for every group and unit. Bonus and deduction do not count. An indicator that lists its units (`applicable`) is only "
        "theirs; one that excludes some (`not_applicable`) counts for all, since its points are spread over the others.",
    ),
    remedy=Text(
        "请使下级分值合计等于上级分值", "make the children's points add up to the parent's"
    ),
    example=Example("    points: 12\n", "    points: 13\n", "indicators[0].points", "points: 13"),
    find=_find_uneven_branches,
)


def _find_other_total(inspected: Inspected) -> Iterator[Fault]:
    declared = inspected.model.total.points
    if declared is None:
        return
    tops = queries.base_nodes(inspected.model)
    found: dict[Fraction, list[Unit]] = {}
    for units in inspected.kinds:
        found.setdefault(_add_points(tops, units[0]), []).extend(units)
    for added, units in found.items():
        if added != declared:
            named = _name(units, inspected)
            yield _refuse_sum("总分", named, (declared, added), ("total", "points"))


TOTAL_POINTS_DIFFER = Kind(
    code="total-points-differ",
    severity=Severity.BLOCKING,
    title=Text("一级指标合计与总分不符", "Points do not add up to the total"),
    explanation=Text(
        "写明总分满分（total.points）的，一级指标分值之和须与之相等，逐类别检查；加分、扣分项不计。",
        "Where `total.points` is stated, the points of the top-level indicators must add up to it for every group; "
        "bonus and deduction do not count.",
    ),
    remedy=Text("请使一级指标分值合计等于总分", "make the top-level points add up to the total"),
    example=Example("total: {points: 20,", "total: {points: 100,", "total.points", "points: 100"),
    find=_find_other_total,
)


def _find_reversed_bounds(inspected: Inspected) -> Iterator[Fault]:
    for node, path in inspected.nodes:
        for low, high in (("minimum", "maximum"), ("value_minimum", "value_maximum")):
            least, most = getattr(node, low), getattr(node, high)
            if least is not None and most is not None and least > most:
                yield Fault(
                    (*path, low),
                    Text(
                        f"“{node.name}”的 {low} {write_number(least)} 大于 {high} {write_number(most)}",
                        f"{node.code}: {low} {write_number(least)} is above {high} {write_number(most)}",
                    ),
                )


BOUNDS_REVERSED = Kind(
    code="bounds-reversed",
    severity=Severity.BLOCKING,
    title=Text("上下限颠倒", "Bounds the wrong way round"),
    explanation=Text(
        "得分上下限（minimum、maximum）或数据上下限（value_minimum、value_maximum）写反，没有任何数能满足。",
        "The least score (or figure) allowed is above the greatest, so that nothing can lie between.",
    ),
    remedy=Text("请把上限、下限对调", "exchange the two"),
    example=Example(
        "        value_minimum: 0\n        value_maximum: 1000\n",
        "        value_minimum: 1000\n        value_maximum: 0\n",
        "indicators[0].children[0].value_minimum",
        "value_minimum: 1000",
    ),
    find=_find_reversed_bounds,
)


def _find_low_maximum(inspected: Inspected) -> Iterator[Fault]:
    for node, path in inspected.nodes:
        points = inspected.most_points(node)
        if node.maximum is not None and node.maximum < points and node.combine == "sum":
            yield Fault(
                (*path, "maximum"),
                Text(
                    f"“{node.name}”得分上限 {write_number(node.maximum)} 低于分值 {write_number(points)}，无法得满分",
                    f"{node.code}: the greatest score {write_number(node.maximum)} is below its points "
                    f"{write_number(points)}; nobody can have full marks",
                ),
            )


MAXIMUM_BELOW_POINTS = Kind(
    code="maximum-below-points",
    severity=Severity.WARNING,
    title=Text("得分上限低于分值", "Greatest score below the points"),
    explanation=Text(
        "指标得分上限小于其分值，满分谁也得不到，实际权重低于公布的分值。",
        "The score is held below the points, so nobody can reach full marks and the indicator weighs less than it says.",
    ),
    remedy=Text("请提高 maximum，或降低 points", "raise the maximum, or lower the points"),
    example=Example(
        "        points: 3\n",
        "        points: 3\n        maximum: 2\n",
        "indicators[0].children[2].maximum",
        "maximum: 2",
    ),
    find=_find_low_maximum,
)


def _list_means(inspected: Inspected) -> Iterator[tuple[IndicatorNode, Path, Fraction]]:
    for branch, path in inspected.branches:
        if branch.combine == "weighted_mean":
            yield branch, path, sum_exactly(child.weight for child in branch.children)


def _find_weightless(inspected: Inspected) -> Iterator[Fault]:
    for branch, path, weights in _list_means(inspected):
        if not weights:
            yield Fault(
                (*path, "children"),
                Text(
                    f"“{branch.name}”按权重平均，下级权重合计为零",
                    f"{branch.code} is a weighted mean whose weights add up to nothing",
                ),
            )


WEIGHTS_ZERO = Kind(
    code="weights-zero",
    severity=Severity.BLOCKING,
    title=Text("权重合计为零", "Weights add up to nothing"),
    explanation=Text(
        "按权重平均（combine: weighted_mean）的上级指标，下级权重合计为零，无法平均。",
        "A branch that is the weighted mean of its children needs weights above zero.",
    ),
    remedy=Text("请给下级指标写明权重", "give the children weights"),
    example=Example(
        "        weight: 0.6\n",
        "        weight: 0\n",
        "indicators[1].children",
        "    children:\n      - code: B1",
        also=(("        weight: 0.4\n", "        weight: 0\n"),),
    ),
    find=_find_weightless,
)


def _find_odd_weights(inspected: Inspected) -> Iterator[Fault]:
    for branch, path, weights in _list_means(inspected):
        if weights in (0, 1, 100) or len({child.weight for child in branch.children}) == 1:
            continue
        yield Fault(
            (*path, "children"),
            Text(
                f"“{branch.name}”下级权重合计 {write_number(weights)}，不是 1（或 100）",
                f"{branch.code}: the weights add up to {write_number(weights)}, not to 1 (or 100)",
            ),
        )


WEIGHTS_NOT_WHOLE = Kind(
    code="weights-not-whole",
    severity=Severity.NOTICE,
    title=Text("权重合计不是 1", "Weights do not add up to one"),
    explanation=Text(
        "按权重平均时，权重按合计折算，得分不受影响；但合计不是 1（或 100）多半是漏项或笔误。权重全部相同的不提示。",
        "A weighted mean divides by the weights' sum, so scores stand; but a sum other than 1 (or 100) is mostly a slip. "
        "Equal weights are not reported.",
    ),
    remedy=Text(
        "请核对权重，使合计为 1 或 100", "check the weights so that they add up to 1 or 100"
    ),
    example=Example(
        "        weight: 0.6\n",
        "        weight: 0.7\n",
        "indicators[1].children",
        "    children:\n      - code: B1",
    ),
    find=_find_odd_weights,
)


KINDS = (
    POINTS_DO_NOT_ADD_UP,
    TOTAL_POINTS_DIFFER,
    BOUNDS_REVERSED,
    MAXIMUM_BELOW_POINTS,
    WEIGHTS_ZERO,
    WEIGHTS_NOT_WHOLE,
)
