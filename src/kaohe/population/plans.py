"""How the scores of one kind of subjects add up: the tree with every weight and full mark worked out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit
from kaohe.scoring.rollup import ChildSum


@dataclass(frozen=True, slots=True)
class Part:
    """One child in a sum: its weight, and what it counts for in renormalising (nothing: added beside)."""

    code: str
    branch: "Branch | None"
    weight: Fraction
    count: Fraction


@dataclass(frozen=True, slots=True)
class Branch:
    """A sum or weighted mean of parts, within its bounds; parts that are nobody's here are left away."""

    code: str
    parts: tuple[Part, ...]
    is_mean: bool = False
    minimum: Fraction | None = None
    maximum: Fraction | None = None

    def list_counted(self) -> Iterator[str]:
        """The leaves inside whose absence is renormalised, in the order written."""
        for part in self.parts:
            if part.branch is not None:
                yield from part.branch.list_counted()
            elif part.count:
                yield part.code


@dataclass(frozen=True, slots=True)
class PlainSum:
    """A branch of leaves of the same decimals, none weighted: their numbers, counts, and denominator."""

    leaves: list[int]
    counts: list[int]
    target: int
    below: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The three sums of which a total is made: the base, and what is added and taken beside it.

    `counted` are the leaves whose absence is renormalised somewhere.
    """

    base: Branch
    bonus: Branch
    deduction: Branch
    counted: tuple[str, ...]


def plan_kind(model: SchemeModel, unit: Unit) -> Plan:
    """The plan for a unit and all others of its kind."""
    base, bonus, deduction = (
        _plan_sum([node for node in model.indicators if find_sum(node) == name], unit)
        for name in ("base", *queries.ADDED_FAMILIES)
    )
    counted = (code for branch in (base, bonus, deduction) for code in branch.list_counted())
    return Plan(base, bonus, deduction, tuple(counted))


def find_sum(node: IndicatorNode) -> str:
    """The sum in which a top-level node stands: base, bonus or deduction."""
    return node.family if node.family in queries.ADDED_FAMILIES else "base"


def _plan_sum(nodes: Sequence[IndicatorNode], unit: Unit) -> Branch:
    return Branch("", _plan_parts(nodes, unit, is_mean=False, beside=False))


def _plan_parts(
    nodes: Sequence[IndicatorNode], unit: Unit, *, is_mean: bool, beside: bool
) -> tuple[Part, ...]:
    counts = ChildSum.plan(nodes, unit, is_mean=is_mean, beside=beside).counts
    return tuple(
        Part(node.code, _plan_branch(node, unit, beside=beside), node.weight, count)
        for node, count in zip(nodes, counts, strict=True)
        if queries.belongs_to(node, unit)
    )


def _plan_branch(node: IndicatorNode, unit: Unit, *, beside: bool) -> Branch | None:
    if not node.children:
        return None
    beside = beside or node.family in queries.ADDED_FAMILIES
    is_mean = node.combine == "weighted_mean"
    parts = _plan_parts(node.children, unit, is_mean=is_mean, beside=beside)
    return Branch(node.code, parts, is_mean, node.minimum, node.maximum)
