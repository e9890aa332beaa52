"""Named reads of a scheme: its nodes, units, pools, points, targets and policies."""

from collections.abc import Iterator
from fractions import Fraction

from kaohe.expressions.nodes import Named
from kaohe.numbers.absence import Absence
from kaohe.numbers.sums import sum_exactly
from kaohe.rules.method import Method
from kaohe.scheme.indicators import IndicatorNode, Targets
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.policies import DEFAULT_MISSING, MissingPolicy, Rounding
from kaohe.scheme.units import Unit

ZERO = Fraction(0)
ADDED_FAMILIES = ("bonus", "deduction")


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


def scored_units(model: SchemeModel) -> tuple[Unit, ...]:
    """The units that get a score: neither exempt nor gone before the period's end."""
    return tuple(unit for unit in model.units if is_scored(unit, model))


def is_scored(unit: Unit, model: SchemeModel) -> bool:
    """Whether a unit gets a score."""
    gone = unit.left is not None and (model.ends is None or unit.left <= model.ends)
    return unit.participation != "exempt" and not gone and not unit.merged_into


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
    """Whether an indicator applies to a unit: as listed, and with points for its group."""
    if unit.code in leaf.not_applicable:
        return False
    if leaf.applicable is not None and unit.code not in leaf.applicable:
        return False
    return not leaf.points_by_group or unit.group in leaf.points_by_group


def points_of(node: IndicatorNode, group: str) -> Fraction:
    """Full marks of a node for a group; a branch without its own has the sum of its children's."""
    if isinstance(node.points, Fraction):
        return node.points
    if node.points is not None:
        return node.points.get(group, ZERO)
    marked = (child for child in node.children if child.family not in ADDED_FAMILIES)
    return sum_exactly(points_of(child, group) * child.weight for child in marked)


def planned_figure(
    model: SchemeModel, leaf: IndicatorNode, unit: Unit, facet: str
) -> Fraction | None:
    """A target, challenge or constraint that stands in the scheme, with those of merged units.

    A unit that takes over others' targets (`inherit_targets: sum`) has the sum of all of them.
    """
    if facet not in ("target", "challenge", "constraint"):
        return None
    own = _written_target(leaf, unit.code, facet)
    if unit.inherit_targets == "own":
        return own
    merged = [other.code for other in model.units if other.merged_into == unit.code]
    found = [own, *(_written_target(leaf, code, facet) for code in merged)]
    present = [figure for figure in found if figure is not None]
    return sum(present, ZERO) if present else None


def _written_target(leaf: IndicatorNode, unit: str, facet: str) -> Fraction | None:
    written = leaf.targets.get(unit)
    if isinstance(written, Targets):
        found: Fraction | None = getattr(written, facet)
        return found
    if facet != "target":
        return None
    return written if written is not None else leaf.target


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
