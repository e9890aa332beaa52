"""Findings about what a rule reads: targets it ignores, results of other schemes, facets of its own."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.rules.composites import Reference
from kaohe.rules.custom import CustomFormula
from kaohe.scheme import queries


def _find_unpinned(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        if isinstance(leaf.rule, Reference) and not (leaf.rule.scheme and leaf.rule.version):
            yield Fault(
                (*path, "rule"),
                Text(
                    f"“{leaf.name}”引用其他考核结果，没有写明方案和版本",
                    f"{leaf.code} refers to another result without naming its scheme and version",
                ),
            )


REFERENCE_UNPINNED = Kind(
    code="reference-unpinned",
    severity=Severity.NOTICE,
    title=Text("引用没有写明版本", "A reference without a version"),
    explanation=Text(
        "引用其他方案的结果（R24）须写明方案代码和版本校验码，否则对方更正后，两边的结果对不上。",
        "A score taken from another scheme needs that scheme's code and digest: after a correction there nobody could "
        "say which result was meant.",
    ),
    remedy=Text("请写明 scheme 和 version", "write scheme and version"),
    example=Example(
        "        rule: {method: panel}\n",
        "        rule: {method: reference, by: score}\n",
        "indicators[1].children[1].rule",
        "rule: {method: reference",
    ),
    find=_find_unpinned,
)


def _find_unused_facets(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        declared = leaf.rule.facets if isinstance(leaf.rule, CustomFormula) else {}
        for name in sorted(set(declared) - inspected.facets_of(leaf)):
            yield Fault(
                (*path, "rule", "facets", name),
                Text(
                    f"“{leaf.name}”的公式没有用到数据项 {name}",
                    f"{leaf.code}: the formula never reads the facet {name}",
                ),
            )


FACET_UNREAD = Kind(
    code="facet-unread",
    severity=Severity.WARNING,
    title=Text("公式没有用到的数据项", "A facet the formula never reads"),
    explanation=Text(
        "自定义公式声明了数据项却没有用到，要么公式漏写，要么数据白收。",
        "A custom formula declares a facet and never reads it: the formula is incomplete, or a figure is collected for nothing.",
    ),
    remedy=Text(
        "请在公式中用上，或从 facets 删去", "use it in the formula, or take it out of facets"
    ),
    example=Example(
        "        rule: {method: panel}\n",
        "        rule: {method: custom, calculation: w * mark / 100, facets: {tax: 税收收入}}\n",
        "indicators[1].children[1].rule.facets.tax",
        "rule: {method: custom",
    ),
    find=_find_unused_facets,
)


def _find_unread(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        reads = inspected.facets_of(leaf) & {*queries.PLANNED_FACETS}
        if not reads and (leaf.target is not None or leaf.targets):
            key = "targets" if leaf.targets else "target"
            yield Fault(
                (*path, key),
                Text(
                    f"“{leaf.name}”写了目标值，计分办法并不使用",
                    f"{leaf.code} has targets its rule never reads",
                ),
            )


TARGET_UNREAD = Kind(
    code="target-unread",
    severity=Severity.NOTICE,
    title=Text("目标值没有用到", "Targets nobody reads"),
    explanation=Text(
        "写了目标值，但计分办法不用目标（如排位、功效系数），单位会误以为完成目标就得满分。",
        "Targets are given under a rule that does not read them, such as a ranking; units will think that reaching them "
        "earns full marks.",
    ),
    remedy=Text(
        "请删去目标值，或换用按目标计分的办法", "leave the targets out, or score against them"
    ),
    example=Example(
        "        rule: {method: place,",
        "        target: 90\n        rule: {method: place,",
        "indicators[0].children[2].target",
        "target: 90",
    ),
    find=_find_unread,
)


_BY_LEVEL = ("levels", "kinds", "rates", "deductions")
"""Parameters that give points by level of matter."""


def _find_undeclared_levels(inspected: Inspected) -> Iterator[Fault]:
    declared = {level.code for level in inspected.model.matters.levels}
    for leaf, path in inspected.leaves:
        for key in _BY_LEVEL:
            priced: Mapping[str, Fraction] = getattr(leaf.rule, key, {})
            for level in priced if declared else ():
                if level not in declared:
                    yield Fault(
                        (*path, "rule", key, level),
                        Text(
                            f"“{leaf.name}”的级别“{level}”不在事项级别（matters.levels）中",
                            f'{leaf.code}: the level "{level}" is none of matters.levels',
                        ),
                    )


LEVEL_UNDECLARED = Kind(
    code="level-undeclared",
    severity=Severity.WARNING,
    title=Text("没有列出的事项级别", "A level of matters not declared"),
    explanation=Text(
        "方案列出了事项级别（matters.levels），计分办法却给没有列出的级别规定分值；事项填报时写不了这一级别，永远用不上。",
        "The scheme lists the levels of matters, and a rule gives points to one that is not among them: no matter can "
        "have it.",
    ),
    remedy=Text(
        "请补入 matters.levels，或改正级别代码", "add it to matters.levels, or mend its code"
    ),
    example=Example(
        "levels: {national: 1, city: 0.5}",
        "levels: {national: 1, county: 0.5}",
        "indicators[2].rule.levels.county",
        "rule: {method: awards",
    ),
    find=_find_undeclared_levels,
)

KINDS = (LEVEL_UNDECLARED, TARGET_UNREAD, REFERENCE_UNPINNED, FACET_UNREAD)
