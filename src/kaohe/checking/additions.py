"""Findings about bonus and deduction: nothing that caps them, deductions that add."""

from collections.abc import Iterator
from fractions import Fraction

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.checking.pointless import is_held_at_nothing
from kaohe.checking.probes import score_alone
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.rules.matters import Awards, OverFulfilment
from kaohe.scheme.indicators import IndicatorNode


def _find_uncapped(inspected: Inspected, family: str, cap: str) -> Iterator[Fault]:
    """Top-level nodes of a family that neither a cap on the whole family nor a bound of their own holds."""
    if getattr(inspected.model.total, cap) is not None:
        return
    for place, node in enumerate(inspected.model.indicators):
        is_unbound = node.family == family and (node.minimum, node.maximum) == (None, None)
        if is_unbound and not is_held_at_nothing(node, inspected):
            yield Fault(
                ("indicators", place),
                Text(f"“{node.name}”没有合计上限", f"nothing caps {node.code} as a whole"),
            )


BONUS_WITHOUT_CAP = Kind(
    code="bonus-without-cap",
    severity=Severity.WARNING,
    title=Text("加分没有合计上限", "Bonus without a cap"),
    explanation=Text(
        "加分项各有各的上限，合计却没有封顶，多头申报加分可能压过主体指标。",
        "Each bonus may have its own cap, but nothing holds them together: many small ones can outweigh the assessment.",
    ),
    remedy=Text(
        "请写明 total.bonus_cap（加分合计上限），或该项的 maximum（得分上限）",
        "write total.bonus_cap, or the node's maximum",
    ),
    example=Example(
        "bonus_cap: 1, deduction_cap: 2", "deduction_cap: 2", "indicators[2]", "code: C\n"
    ),
    find=lambda inspected: _find_uncapped(inspected, "bonus", "bonus_cap"),
)

DEDUCTION_WITHOUT_CAP = Kind(
    code="deduction-without-cap",
    severity=Severity.WARNING,
    title=Text("扣分没有合计上限", "Deduction without a cap"),
    explanation=Text(
        "扣分项没有合计上限，个别事项重复扣分可能把总分扣穿。",
        "Nothing holds the deductions together, so that one chain of events can use up the whole total.",
    ),
    remedy=Text(
        "请写明 total.deduction_cap，或该项的 minimum",
        "write total.deduction_cap, or the node's minimum",
    ),
    example=Example(
        "total: {points: 20, bonus_cap: 1, deduction_cap: 2}\n",
        "total: {points: 20, bonus_cap: 1}\n",
        "indicators[3]",
        "code: E\n",
    ),
    find=lambda inspected: _find_uncapped(inspected, "deduction", "deduction_cap"),
)


def _find_adding_deductions(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        if leaf.family == "deduction" and _may_add(leaf, inspected):
            yield Fault(
                (*path, "rule"),
                Text(
                    f"“{leaf.name}”属扣分项，计分办法却会得正分，等于加分",
                    f"{leaf.code} is a deduction, yet its rule gives points above zero, which are added",
                ),
            )


def _may_add(leaf: IndicatorNode, inspected: Inspected) -> bool:
    """Whether the rule is for awards, or gives a score above zero where nothing happened."""
    if isinstance(leaf.rule, Awards | OverFulfilment):
        return True
    facets = {name: [Fraction(0)] for name in inspected.facets_of(leaf)}
    (score,) = score_alone(leaf.expression, facets, inspected.most_points(leaf), rows=1)
    return score is not None and score > 0


DEDUCTION_ADDS = Kind(
    code="deduction-adds",
    severity=Severity.BLOCKING,
    title=Text("扣分项反而加分", "A deduction that adds"),
    explanation=Text(
        "扣分项（family: deduction）的得分是扣掉的分，为零或负数。从本项分值起扣（start: points）或按奖项加分的办法得正分，"
        "放在扣分项里会加到总分上。",
        "The score of a deduction is what it takes away: zero or below. A rule that starts from the points, or gives "
        "points for awards, would add them to the total.",
    ),
    remedy=Text(
        "请改用从零分起扣（start: zero），或不列为扣分项",
        "start from zero (start: zero), or take it out of the family deduction",
    ),
    example=Example(
        "start: zero, per_event: 0.5",
        "start: points, per_event: 0.5",
        "indicators[3].rule",
        "start: points",
    ),
    find=_find_adding_deductions,
)

KINDS = (BONUS_WITHOUT_CAP, DEDUCTION_WITHOUT_CAP, DEDUCTION_ADDS)
