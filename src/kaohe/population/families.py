"""Which groups must be scored together: those that some indicator compares with one another."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from kaohe.expressions.nodes import Peer, PlacePoints, Rank, iterate_nodes
from kaohe.population.program import LeafProgram, Program

Families = npt.NDArray[np.int16]
"""The family of each subject."""


def list_families(program: Program) -> tuple[int, ...]:
    """The family of every group, by the group's number; groups of one family share a number.

    A group is a family of its own unless an indicator takes its peers from a comparison pool.
    """
    family = list(range(len(program.groups)))
    for linked in _list_links(program):
        together = {family[group] for group in linked}
        family = [min(together) if each in together else each for each in family]
    return tuple(family)


def _list_links(program: Program) -> Iterator[set[int]]:
    """For each indicator with a comparison pool, the groups it is measured for and those of the pool."""
    for leaf in program.leaves:
        pool = program.model.pools_by_code.get(leaf.node.pool)
        if pool is None or not compares(leaf):
            continue
        measured = {number for number, belongs in enumerate(leaf.belongs) if belongs}
        if pool.units:  # they may stand in any group of the data
            measured = set(range(len(leaf.belongs)))
        yield measured | {program.groups[code] for code in pool.groups}


def compares(leaf: LeafProgram) -> bool:
    """Whether a score under this indicator depends on those it is compared with."""
    nodes = iterate_nodes(leaf.expression)
    by_rule = any(isinstance(node, Peer | Rank | PlacePoints) for node in nodes)
    return by_rule or "comparable_mean" in leaf.policies
