"""A scheme made ready for columns: all that depends on no data, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import get_args

import numpy as np

from kaohe.expressions.nodes import Constant, Node
from kaohe.expressions.structure import compares_peers, list_facets
from kaohe.expressions.writing import clamp
from kaohe.numbers.rounding import RoundingMode
from kaohe.numbers.sums import as_integers
from kaohe.population.plans import Branch, PlainSum, Plan
from kaohe.population.quotients import LARGEST
from kaohe.renderings.arrays import blocks
from kaohe.renderings.arrays.absences import ABSENCES, Kinds
from kaohe.renderings.arrays.columns import FacetColumn, make_facet
from kaohe.renderings.arrays.first_absences import Facets, find_deciding_facet
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.policies import MissingPolicy

POLICY_CODES: dict[MissingPolicy, int] = {
    policy: code for code, policy in enumerate(get_args(MissingPolicy))
}
"""What a scheme may make of a missing figure, by code."""


@dataclass(frozen=True)
class LeafProgram:
    """One indicator: its rule within its bounds, how it is rounded, and what its gaps mean.

    `points` are by the number of the group; `belongs` says whose it is by group, `listed` by code where
    it is listed, and `exempted` whom it does not apply to.
    """

    node: IndicatorNode
    expression: Node
    decimals: int
    mode: RoundingMode
    points: tuple[Fraction, ...]
    belongs: tuple[bool, ...]
    policies: tuple[MissingPolicy, ...]
    compares_peers: bool
    _spread: dict[int, FacetColumn] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _deciding: dict[tuple[Facets, Facets], str | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def point_table(self) -> FacetColumn:
        """The points of each group as a column; of one row where they are the same for all."""
        return make_facet(self.points if len(set(self.points)) > 1 else self.points[:1])

    def spread_points(self, count: int) -> FacetColumn:
        """The same points for so many subjects; the column made last is kept."""
        made = self._spread.get(count)
        if made is None:
            self._spread.clear()
            figures = np.broadcast_to(self.point_table.figures, (count,))
            made = self._spread[count] = replace(self.point_table, figures=figures)
        return made

    @cached_property
    def policy_codes(self) -> Kinds:
        """What is made of each kind of absence, by its code: see POLICY_CODES; −1 of none."""
        made = (POLICY_CODES[policy] for policy in self.policies)
        return np.array([-1, *made, -1], dtype=np.int8)

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """The facets its rule reads."""
        return tuple(facet.name for facet in list_facets(self.expression))

    def find_deciding(self, missing: Facets, unreported: Facets) -> str | None:
        """The facet that decides why a subject missing just these has no score; None if it takes more."""
        key = missing, unreported
        if key not in self._deciding:
            self._deciding[key] = find_deciding_facet(self.expression, missing, unreported)
        return self._deciding[key]

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.node.code

    @property
    def listed(self) -> tuple[str, ...] | None:
        """The subjects it is listed for; None where it is not listed."""
        return self.node.applicable

    @property
    def exempted(self) -> tuple[str, ...]:
        """The subjects it does not apply to."""
        return self.node.not_applicable


@dataclass(frozen=True)
class Program:
    """A compiled scheme: `leaves` in the order written, groups by number."""

    model: SchemeModel
    leaves: tuple[LeafProgram, ...]
    plans: dict[queries.UnitKind, Plan] = field(default_factory=dict, compare=False)
    _plain_sums: dict[int, PlainSum | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    compiled: dict[tuple[str, ...], blocks.Program] = field(default_factory=dict, compare=False)

    def find_plain_sum(self, branch: Branch) -> PlainSum | None:
        """How a branch of one of the plans adds up where nothing about it is special; None elsewhere."""
        if id(branch) not in self._plain_sums:
            self._plain_sums[id(branch)] = self._make_plain_sum(branch)
        return self._plain_sums[id(branch)]

    def _make_plain_sum(self, branch: Branch) -> PlainSum | None:
        parts = branch.parts
        if not parts or any(each.branch or not each.count or each.weight != 1 for each in parts):
            return None
        numbers = [self.row_of[part.code] for part in parts]
        decimals = {self.leaves[number].decimals for number in numbers}
        if len(decimals) > 1:
            return None
        counts, one = as_integers([part.count for part in parts])
        if sum(map(abs, counts)) >= LARGEST:
            return None
        target = one if branch.is_mean else sum(counts)
        return PlainSum(numbers, [*counts], target, 10 ** decimals.pop())

    def rules_of(self, codes: tuple[str, ...]) -> blocks.Program:
        """The rules of some leaves, compiled to be scored together."""
        if codes not in self.compiled:
            chosen = (self.leaves[self.row_of[code]] for code in codes)
            self.compiled[codes] = blocks.Program(
                [blocks.Scoring(leaf.expression, leaf.decimals, leaf.mode) for leaf in chosen]
            )
        return self.compiled[codes]

    @cached_property
    def groups(self) -> Mapping[str, int]:
        """The number of each group."""
        return {group.code: number for number, group in enumerate(self.model.groups)}

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The number of each leaf."""
        return {leaf.code: number for number, leaf in enumerate(self.leaves)}

    @cached_property
    def zeroes(self) -> Mapping[str, frozenset[str]]:
        """The leaves that each veto makes zero."""
        return {
            veto.code: frozenset(
                leaf.code
                for leaf in queries.list_leaves(queries.node_by_code(self.model, veto.indicator))
            )
            for veto in self.model.vetoes
            if "zero_indicator" in veto.effects and veto.indicator
        }

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """Every subject that some indicator is listed for, or not applicable to."""
        named = (code for leaf in self.leaves for code in (*(leaf.listed or ()), *leaf.exempted))
        return tuple(dict.fromkeys(named))


def compile_scheme(scheme: Scheme) -> Program:
    """The program of a scheme; kept for the schemes used last."""
    return _compile(_Key(scheme.digest, scheme))


@dataclass(frozen=True)
class _Key:
    digest: str
    scheme: Scheme = field(compare=False)


@lru_cache(maxsize=16)
def _compile(key: _Key) -> Program:
    model = key.scheme.model
    leaves = tuple(_compile_leaf(model, leaf) for leaf in queries.iterate_leaves(model))
    return Program(model, leaves)


def _compile_leaf(model: SchemeModel, leaf: IndicatorNode) -> LeafProgram:
    rounding = queries.rounding_of(model, leaf)
    stated = leaf.points_by_group
    return LeafProgram(
        leaf,
        hold_within_bounds(leaf),
        rounding.indicator,
        rounding.mode,
        tuple(queries.group_points(leaf, group.code) for group in model.groups),
        tuple(not stated or group.code in stated for group in model.groups),
        tuple(queries.missing_policy(model, leaf, absence) for absence in ABSENCES),
        compares_peers(leaf.expression),
    )


def hold_within_bounds(leaf: IndicatorNode) -> Node:
    """The rule within the indicator's own bounds; a deduction never adds."""
    low, high = leaf.minimum, leaf.maximum
    held = clamp(queries.leaf_expression(leaf), low, high)
    return clamp(held, high=Constant(Fraction(0))) if leaf.family == "deduction" else held
