"""Adding up: leaves to branches, branches to the base, bonus and deduction with caps, the clamp."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kaohe.numbers.sums import sum_exactly, sum_products
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit
from kaohe.scoring.scores import BranchScore, LeafScore, TotalScore

ZERO = Fraction(0)
Column = Sequence[Fraction | None]


class RollUp:
    """The scores of all nodes over the scored units, worked out from the leaves upwards."""

    def __init__(
        self, model: SchemeModel, units: Sequence[Unit], leaves: Mapping[str, Sequence[LeafScore]]
    ) -> None:
        self.branches: dict[str, list[BranchScore]] = {}
        self._policy = model.total
        self._units = units
        self._kinds = queries.tell_apart(model, units)
        self._leaves = leaves
        columns = [(node, self._add_up(node)) for node in model.indicators]
        base = [each for each in columns if each[0].family not in queries.ADDED_FAMILIES]
        self._base = self._combine(base)
        self._bonus = self._sum_family("bonus", columns)
        self._deduction = self._sum_family("deduction", columns)

    def totals(self) -> list[TotalScore]:
        """Each unit's total, with bonus and deduction before and after their caps."""
        return [self._total(row) for row in range(len(self._units))]

    def _add_up(self, node: IndicatorNode, *, beside: bool = False) -> Column:
        """The node's column; `beside` the base stands whatever is in a bonus or deduction branch."""
        if not node.children:
            return [cell.score for cell in self._leaves[node.code]]
        beside = beside or node.family in queries.ADDED_FAMILIES
        columns = [(child, self._add_up(child, beside=beside)) for child in node.children]
        scores = [
            replace(branch, score=_clamp(branch.score, node.minimum, node.maximum))
            for branch in self._combine(
                columns, is_mean=node.combine == "weighted_mean", beside=beside
            )
        ]
        self.branches[node.code] = scores
        return [branch.score for branch in scores]

    def _combine(
        self,
        columns: Sequence[tuple[IndicatorNode, Column]],
        *,
        is_mean: bool = False,
        beside: bool = False,
    ) -> list[BranchScore]:
        nodes = [node for node, _ in columns]
        sums = {
            kind: ChildSum.plan(nodes, unit, is_mean=is_mean, beside=beside)
            for kind, unit in dict(zip(self._kinds, self._units, strict=True)).items()
        }
        return [
            sums[kind].add_up([column[row] for _, column in columns])
            for row, kind in enumerate(self._kinds)
        ]

    def _sum_family(
        self, family: str, columns: Sequence[tuple[IndicatorNode, Column]]
    ) -> list[Fraction]:
        chosen = [each for each in columns if each[0].family == family]
        return [branch.added for branch in self._combine(chosen)]

    def _total(self, row: int) -> TotalScore:
        policy, base = self._policy, self._base[row].score
        bonus, deduction = self._bonus[row], -self._deduction[row]
        counted = ZERO if policy.bonus == "tie_break" else _cap(bonus, policy.bonus_cap)
        taken = _cap(max(deduction, ZERO), policy.deduction_cap)
        total = None if base is None else base + counted - taken
        held = _clamp(total, policy.minimum, policy.maximum)
        return TotalScore(base, bonus, counted, deduction, taken, held, self._provisional(row))

    def _provisional(self, row: int) -> tuple[str, ...]:
        return tuple(code for code, cells in self._leaves.items() if cells[row].is_provisional)


def add_children(
    children: Sequence[IndicatorNode],
    scores: Sequence[Fraction | None],
    unit: Unit,
    *,
    combine: str,
) -> BranchScore:
    """The sum or weighted mean of one unit's scores, before any clamp; what is left out is renormalised away."""
    is_mean = combine == "weighted_mean"
    return ChildSum.plan(children, unit, is_mean=is_mean).add_up(scores)


@dataclass(frozen=True, slots=True)
class ChildSum:
    """How the children of one branch add up for units of one kind.

    `counts` is what each counts for in renormalising: full marks · weight in a sum, the weight in a
    mean; nothing for what is not the units', for bonus and deductions, nor for anything inside a branch
    of such, none of which has full marks to be scaled to.
    """

    nodes: Sequence[IndicatorNode]
    counts: Sequence[Fraction]
    is_mean: bool

    @classmethod
    def plan(
        cls, nodes: Sequence[IndicatorNode], unit: Unit, *, is_mean: bool, beside: bool = False
    ) -> "ChildSum":
        """The sum or weighted mean of these children for a unit and others of its kind."""
        counts = [
            _count(node, unit, is_mean=is_mean, beside=beside)
            if queries.belongs_to(node, unit)
            else ZERO
            for node in nodes
        ]
        return cls(nodes, counts, is_mean)

    def add_up(self, scores: Column) -> BranchScore:
        """What is present, renormalised to what all would count for, and what is added beside it.

        Sum: Σ weight · score · (Σ counts of all) / (Σ counts of those present). Mean: Σ weight · score
        over the present weights.
        """
        present = [
            (node, count, score)
            for node, count, score in zip(self.nodes, self.counts, scores, strict=True)
            if score is not None
        ]
        total = _sum_weighted([(node, score) for node, count, score in present if count])
        added = _sum_weighted([(node, score) for node, count, score in present if not count])
        counted = sum_exactly(count for _, count, _ in present)
        branch = BranchScore(
            tuple(node.code for node, _, _ in present),
            total, counted, sum_exactly(self.counts), None, added,
        )  # fmt: skip
        return replace(branch, score=self._score(branch))

    def _score(self, branch: BranchScore) -> Fraction | None:
        if not branch.present:
            return branch.added if branch.children and not branch.full else None
        if self.is_mean:
            return branch.sum / branch.present + branch.added
        if branch.present == branch.full:
            return branch.sum + branch.added
        return branch.sum * branch.full / branch.present + branch.added


def _count(node: IndicatorNode, unit: Unit, *, is_mean: bool, beside: bool) -> Fraction:
    if is_mean and (beside or node.family not in queries.ADDED_FAMILIES):
        return node.weight
    if beside or node.family in queries.ADDED_FAMILIES:
        return ZERO
    return queries.points_of(node, unit) * node.weight


def _sum_weighted(parts: Sequence[tuple[IndicatorNode, Fraction]]) -> Fraction:
    return sum_products([node.weight for node, _ in parts], [score for _, score in parts])


def _cap(value: Fraction, cap: Fraction | None) -> Fraction:
    return value if cap is None else min(value, cap)


def _clamp(
    value: Fraction | None, minimum: Fraction | None, maximum: Fraction | None
) -> Fraction | None:
    if value is None:
        return None
    if minimum is not None:
        value = max(value, minimum)
    return value if maximum is None else min(value, maximum)
