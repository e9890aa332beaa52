"""The tree of a random world: leaves of every method, branches of every family, up to three levels."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from tests.engine.worlds.rules import BONUSES, DEDUCTIONS, draw_rule, read_rule

Node = dict[str, Any]
POLICIES = ("group_mean", "comparable_mean", "leave_out", "zero", "provisional")
ABSENCES = ("empty", "not_applicable", "not_due", "refused", "no_target")
POINTS = ("5", "10", "2.5", "12.00125", "1", "100")
WEIGHTS = ("1", "1", "1", "0.3", "2", "1/3")
LEVELS = 3


def draw_indicators(random: Random, people: Mapping[str, Any]) -> list[Node]:
    """One to three nodes of the base, then perhaps bonus and deductions; codes by the order of the tree."""
    trunk = [_draw_node(random, people, LEVELS) for _ in range(random.choice([1, 1, 2, 2]))]
    beside = [
        _draw_beside(random, people, family)
        for family in ("bonus", "deduction")
        for _ in range(random.choice([0, 0, 1, 1]))
    ]
    nodes = [*trunk, *beside]
    for number, node in enumerate(iterate_nodes(nodes), start=1):
        node["code"] = f"N{number}"
        node["name"] = f"指标{number}"
    return nodes


def iterate_nodes(nodes: list[Node]) -> Iterator[Node]:
    """Every node of a tree, parents first."""
    return (node for _, node in iterate_paths(nodes))


def iterate_paths(nodes: list[Node], path: str = "indicators") -> Iterator[tuple[str, Node]]:
    """Every node of a tree with its dotted path, parents first."""
    for place, node in enumerate(nodes):
        yield f"{path}[{place}]", node
        yield from iterate_paths(node.get("children", []), f"{path}[{place}].children")


def _draw_node(random: Random, people: Mapping[str, Any], levels: int) -> Node:
    if levels == 1 or random.random() < 0.5:
        return _draw_leaf(random, people)
    children = [_draw_node(random, people, levels - 1) for _ in range(random.choice([1, 2, 2, 3]))]
    if random.random() < 0.25:
        children.append(_draw_beside(random, people, random.choice(["bonus", "deduction"])))
    return {
        "children": children,
        "weight": random.choice(WEIGHTS),
        "combine": random.choice(["sum", "weighted_mean"]),
        **_draw_bounds(random),
    }


def _draw_beside(random: Random, people: Mapping[str, Any], family: str) -> Node:
    """A leaf or a branch of bonus or deductions; in such a branch any leaf may stand."""
    methods = BONUSES if family == "bonus" else DEDUCTIONS
    leaf = _draw_leaf(random, people, methods) | {"family": family}
    if random.random() < 0.7:
        return leaf
    children = [leaf, _draw_leaf(random, people, methods)]
    return {
        "family": family, "children": children, "combine": random.choice(["sum", "weighted_mean"]),
        "weight": random.choice(WEIGHTS), **_draw_bounds(random),
    }  # fmt: skip


def _draw_bounds(random: Random) -> Node:
    return random.choice([{}, {}, {}, {}, {}, {"maximum": "6.5"}, {"minimum": "-1"}, {"minimum": "0", "maximum": "11"}])  # fmt: skip


def _draw_leaf(random: Random, people: Mapping[str, Any], methods: tuple[str, ...] = ()) -> Node:
    rule = draw_rule(random, methods) if methods else draw_rule(random)
    ways = read_rule(rule).directions()
    leaf = {
        "rule": rule,
        "direction": "higher" if random.choice(ways) else "lower",
        "points": random.choice(POINTS),
        "weight": random.choice(WEIGHTS),
        "pool": random.choice(["", "", "ALL", "ALL", "SOME"]),
        "family": random.choice(["common", "common", "unit_specific", "special"]),
        **_draw_bounds(random),
    }
    if random.random() < 0.3:
        leaf |= _draw_scope(random, people)
    if random.random() < 0.3:
        leaf["missing"] = draw_missing(random)
    if random.random() < 0.4:
        leaf["rounding"] = _draw_rounding(random)
    return leaf | _draw_targets(random, people)


def _draw_scope(random: Random, people: Mapping[str, Any]) -> Node:
    """Whom a leaf is for: groups by their points, units one by one, or all but some."""
    units = [unit["code"] for unit in people["units"]]
    some = [code for code in units if random.random() < 0.5]
    groups = [group["code"] for group in people["groups"]]
    return random.choice([
        {"points": {code: random.choice(POINTS) for code in groups}},
        {"points": {code: random.choice(POINTS) for code in groups[:2]}},
        {"applicable": some},
        {"not_applicable": some},
    ])  # fmt: skip


def draw_missing(random: Random) -> dict[str, str]:
    """What every kind of absence means."""
    return {absence: random.choice(POLICIES) for absence in ABSENCES}


def _draw_rounding(random: Random) -> Node:
    return {
        "indicator": random.choice([0, 1, 2, 3, 6, 8]),
        "mode": random.choice(["half_up", "half_even"]),
    }


def _draw_targets(random: Random, people: Mapping[str, Any]) -> Node:
    """Targets in the scheme: one for all, some units' own, both or none."""
    written: Node = {}
    if random.random() < 0.5:
        written["target"] = random.choice(["4", "6", "7.5"])
    if random.random() < 0.4:
        plans = ["5", "8", {"target": "6", "challenge": "9"}, {"constraint": "2"}]
        units = [unit["code"] for unit in people["units"] if random.random() < 0.4]
        written["targets"] = {code: random.choice(plans) for code in units}
    return written
