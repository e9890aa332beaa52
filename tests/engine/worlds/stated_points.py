"""Full marks that a random world states: of one branch by group, or of the total, where they add up."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from kaohe.numbers.sums import sum_exactly
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from tests.engine.worlds.indicators import iterate_nodes


def state_points(random: Random, tree: dict[str, Any], model: SchemeModel) -> bool:
    """Write what one branch, or the total, comes to; False where that differs within a group."""
    branches = [
        node
        for node in iterate_nodes(tree["indicators"])
        if "children" in node and node.get("family") not in queries.ADDED_FAMILIES
    ]
    if branches and random.random() < 0.7:
        branch = random.choice(branches)
        points = _add_up_branch(model.nodes_by_code[branch["code"]], model)
        branch |= {"points": points} if points else {}
        return bool(points)
    total = _add_up_total(model)
    tree["total"] |= {"points": str(total)} if total else {}
    return bool(total)


def _add_up_branch(branch: IndicatorNode, model: SchemeModel) -> Mapping[str, str]:
    found: dict[str, set[Fraction]] = {}
    for unit in queries.scored_units(model):
        if queries.belongs_to(branch, unit):
            points = queries.combine_points(branch, unit)
            found.setdefault(unit.group, set()).add(points)
    if any(len(points) > 1 for points in found.values()):
        return {}
    return {group: str(*points) for group, points in found.items()}


def _add_up_total(model: SchemeModel) -> Fraction | None:
    tops = queries.base_nodes(model)
    found = {
        sum_exactly(
            queries.points_of(top, unit) * top.weight
            for top in tops
            if queries.belongs_to(top, unit)
        )
        for unit in queries.scored_units(model)
    }
    return found.pop() if len(found) == 1 else None
