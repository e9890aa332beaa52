"""Named reads of a scheme: its nodes, units, pools, points, targets and policies."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from kaohe.expressions.nodes import Named
from kaohe.numbers.absence import Absence
from kaohe.numbers.sums import sum_exactly
from kaohe.rules.method import Method
from kaohe.scheme.grades import is_within
from kaohe.scheme.indicators import IndicatorNode, Targets
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.policies import DEFAULT_MISSING, MissingPolicy, Rounding
from kaohe.scheme.units import Unit

ZERO = Fraction(0)
ADDED_FAMILIES = ("bonus", "deduction")
UnitKind = tuple[str, frozenset[str]]
PLANNED_FACETS = ("target", "challenge", "constraint")


def iterate_nodes(model: SchemeModel) -> Iterator[IndicatorNode]:
    """Every node, parents before their children, in the order written."""
    return iter(model.nodes_by_code.values())


def iterate_leaves(model: SchemeModel) -> Iterator[IndicatorNode]:
    """Every leaf, in the order written."""
    return (node for node in iterate_nodes(model) if not node.children)


def node_by_code(model: SchemeModel, code: str) -> IndicatorNode:
    """The node of a code. Raises KeyError."""
    return model.nodes_by_code[code]


def unit_by_code(model: SchemeModel, code: str) -> Unit:
    """The unit of a code. Raises KeyError."""
    return model.units_by_code[code]


def list_leaves(node: IndicatorNode) -> list[IndicatorNode]:
    """The leaves of a branch, in the order written; a leaf alone."""
    if not node.children:
        return [node]
    return [leaf for child in node.children for leaf in list_leaves(child)]


def last_day(model: SchemeModel) -> date | None:
    """The last day of the assessed period: as given, else of the year the period begins with."""
    year = model.period[:4]
    if model.ends is None and len(year) == 4 and year.isascii() and year.isdecimal():
        return date(int(year), 12, 31) if int(year) else None
    return model.ends


def scored_units(model: SchemeModel) -> tuple[Unit, ...]:
    """The units that get a score, as they take part on the period's last day.

    A participation outside its dates does not hold: the unit is ranked like any other. Not scored are
    exempt units, and those not yet there or no longer there on that day.
    """
    day = last_day(model)
    there = (_date_participation(unit, day) for unit in model.units if _is_there(unit, day))
    return tuple(unit for unit in there if unit.participation != "exempt")


def _date_participation(unit: Unit, day: date | None) -> Unit:
    if day is None or is_within(day, unit.since, unit.until):
        return unit
    return unit.model_copy(update={"participation": "ranked", "reason": ""})


def _is_there(unit: Unit, day: date | None) -> bool:
    if unit.left is None and unit.merged_into:
        return False
    gone = unit.left is not None and (day is None or unit.left <= day)
    to_come = unit.joined is not None and day is not None and unit.joined > day
    return not (gone or to_come)


def base_nodes(model: SchemeModel) -> tuple[IndicatorNode, ...]:
    """The top-level nodes that make the base: neither bonus nor deduction."""
    return tuple(node for node in model.indicators if node.family not in ADDED_FAMILIES)


def leaf_rule(leaf: IndicatorNode) -> Method:
    """The scoring method of a leaf."""
    if leaf.rule is None:
        raise KeyError(leaf.code)
    return leaf.rule


def leaf_expression(leaf: IndicatorNode) -> Named:
    """The rule of a leaf as one expression."""
    return leaf.expression


def applies_to(leaf: IndicatorNode, unit: Unit) -> bool:
    """Whether an indicator is measured for a unit: it is the unit's, and not named as not applicable."""
    return unit.code not in leaf.not_applicable and belongs_to(leaf, unit)


def belongs_to(node: IndicatorNode, unit: Unit) -> bool:
    """Whether a node is the unit's at all: a leaf of its group, listed for it where units are listed.

    A branch is the unit's where anything in it is. What is not the unit's is no part of its full marks;
    what merely does not apply is, and is treated as the policy for that absence says.
    """
    if node.children:
        return any(belongs_to(child, unit) for child in node.children)
    is_of_group = not node.points_by_group or unit.group in node.points_by_group
    return is_of_group and (node.applicable is None or unit.code in node.applicable)


def tell_apart(model: SchemeModel, units: Iterable[Unit]) -> list[UnitKind]:
    """Each unit's group and the listed indicators that are its own: units alike in both add up alike."""
    listed = [leaf for leaf in iterate_leaves(model) if leaf.applicable is not None]
    return [
        (unit.group, frozenset(leaf.code for leaf in listed if belongs_to(leaf, unit)))
        for unit in units
    ]


def points_of(node: IndicatorNode, unit: Unit) -> Fraction:
    """Full marks of a node for a unit; a branch without its own has what its children combine to."""
    if node.children and node.points is None:
        return combine_points(node, unit)
    return group_points(node, unit.group)


def group_points(node: IndicatorNode, group: str) -> Fraction:
    """Full marks that a node states for a group; nothing where it states none."""
    if isinstance(node.points, Fraction):
        return node.points
    return node.points_by_group.get(group, ZERO)


def combine_points(branch: IndicatorNode, unit: Unit) -> Fraction:
    """What a branch's children have together for a unit: their points by weight, or the weighted mean.

    A child without points for the unit is in nobody's mean there.
    """
    children = [
        child
        for child in branch.children
        if child.family not in ADDED_FAMILIES and belongs_to(child, unit)
    ]
    marked = [(points, child.weight) for child in children if (points := points_of(child, unit))]
    total = sum_exactly(points * weight for points, weight in marked)
    weights = sum_exactly(weight for _, weight in marked)
    return total / weights if branch.combine == "weighted_mean" and weights else total


def planned_figure(leaf: IndicatorNode, unit: str, facet: str) -> Fraction | None:
    """A target, challenge or constraint that stands in the scheme: the unit's own, or the one for all."""
    own = own_planned_figure(leaf, unit, facet)
    return leaf.target if own is None and facet == "target" else own


def own_planned_figure(leaf: IndicatorNode, unit: str, facet: str) -> Fraction | None:
    """A target, challenge or constraint that stands in the scheme under the unit's own code; no other facet does."""
    if facet not in PLANNED_FACETS:
        return None
    written = leaf.targets.get(unit)
    if isinstance(written, Targets):
        found: Fraction | None = getattr(written, facet)
        return found
    return written if facet == "target" else None


def list_planned(leaf: IndicatorNode) -> list[str]:
    """The facets that the scheme itself states for some unit; the target is always among them."""
    units = leaf.targets
    return [
        facet
        for facet in PLANNED_FACETS
        if facet == "target"
        or any(own_planned_figure(leaf, unit, facet) is not None for unit in units)
    ]


def list_absorbed(model: SchemeModel, unit: Unit) -> list[str]:
    """The units merged into one by the period's last day."""
    day = last_day(model)
    return [
        other.code
        for other in model.units
        if other.merged_into == unit.code and not _is_there(other, day)
    ]


def pool_members(model: SchemeModel, pool: str, group: str) -> tuple[Unit, ...]:
    """The scored units with which a group is compared: a pool, or the group itself where `pool` is empty.

    Of groups only those whose participation the scheme counts as peers; units named one by one
    always.
    """
    chosen = model.pools_by_code.get(pool)
    groups = chosen.groups if chosen else (group,)
    named = chosen.units if chosen else ()
    return tuple(
        unit
        for unit in scored_units(model)
        if unit.code in named or (unit.group in groups and unit.participation in model.peers)
    )


def missing_policy(model: SchemeModel, leaf: IndicatorNode, absence: Absence) -> MissingPolicy:
    """What an absence means under an indicator: its own policy, the scheme's, or the default."""
    own, general = leaf.missing.policy(absence), model.missing.policy(absence)
    return own or general or DEFAULT_MISSING[absence]


def rounding_of(model: SchemeModel, leaf: IndicatorNode) -> Rounding:
    """An indicator's rounding: its own where set, else the scheme's."""
    own = leaf.rounding
    decimals = model.rounding.indicator if own.indicator is None else own.indicator
    mode = own.mode or model.rounding.mode
    return Rounding(indicator=decimals, display=model.rounding.display, mode=mode)
