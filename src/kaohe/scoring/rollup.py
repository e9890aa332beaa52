"""Adding up: leaves to branches, branches to the base, bonus and deduction with caps, the clamp."""

from collections.abc import Mapping, Sequence
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
        self._model = model
        self._units = units
        self._leaves = leaves
        for node in model.indicators:
            self._add_up(node)

    def totals(self) -> list[TotalScore]:
        """Each unit's total, with bonus and deduction before and after their caps."""
        return [self._total(row) for row in range(len(self._units))]

    def _add_up(self, node: IndicatorNode) -> Column:
        if not node.children:
            return [cell.score for cell in self._leaves[node.code]]
        columns = [self._add_up(child) for child in node.children]
        scores = [
            _combine(node, unit, tuple(column[row] for column in columns))
            for row, unit in enumerate(self._units)
        ]
        self.branches[node.code] = scores
        return [branch.score for branch in scores]

    def _score(self, node: IndicatorNode, row: int) -> Fraction | None:
        if node.children:
            return self.branches[node.code][row].score
        return self._leaves[node.code][row].score

    def _family(self, family: str, row: int) -> Fraction:
        nodes = [node for node in self._model.indicators if node.family == family]
        return sum_exactly(self._score(node, row) or ZERO for node in nodes)

    def _base(self, row: int) -> Fraction | None:
        nodes = queries.base_nodes(self._model)
        scores = tuple(self._score(node, row) for node in nodes)
        return add_children(nodes, scores, self._units[row], combine="sum").score

    def _total(self, row: int) -> TotalScore:
        policy = self._model.total
        base = self._base(row)
        bonus, deduction = self._family("bonus", row), self._family("deduction", row)
        counted = ZERO if policy.bonus == "tie_break" else _cap(bonus, policy.bonus_cap)
        taken = _cap(deduction, policy.deduction_cap)
        total = None if base is None else base + counted - taken
        return TotalScore(
            base, bonus, counted, deduction, taken, self._clamp_total(total), self._provisional(row)
        )

    def _clamp_total(self, total: Fraction | None) -> Fraction | None:
        return _clamp(total, self._model.total.minimum, self._model.total.maximum)

    def _provisional(self, row: int) -> tuple[str, ...]:
        return tuple(code for code, cells in self._leaves.items() if cells[row].is_provisional)


def _combine(node: IndicatorNode, unit: Unit, scores: tuple[Fraction | None, ...]) -> BranchScore:
    branch = add_children(node.children, scores, unit, combine=node.combine)
    held = _clamp(branch.score, node.minimum, node.maximum)
    return BranchScore(branch.children, branch.sum, branch.present, branch.full, held)


def add_children(
    children: Sequence[IndicatorNode],
    scores: tuple[Fraction | None, ...],
    unit: Unit,
    *,
    combine: str,
) -> BranchScore:
    """The present children's sum or weighted mean; what is left out is renormalised away.

    Sum: Σ scores · (Σ points of all) / (Σ points of those present). Mean: Σ weight · score over
    the present weights. Bonus and deduction leaves have no full marks to renormalise by.
    """
    present = [
        (child, score) for child, score in zip(children, scores, strict=True) if score is not None
    ]
    codes = tuple(child.code for child, _ in present)
    total = sum_products([child.weight for child, _ in present], [score for _, score in present])
    full, counted = (
        sum_exactly(_measure(child, unit, combine) for child in nodes)
        for nodes in (children, [child for child, _ in present])
    )
    if combine == "weighted_mean":
        return BranchScore(codes, total, counted, full, total / counted if counted else None)
    score = _renormalise(total, counted=counted, full=full) if present else None
    return BranchScore(codes, total, counted, full, score)


def _renormalise(total: Fraction, *, counted: Fraction, full: Fraction) -> Fraction:
    return total * full / counted if counted and counted != full else total


def _measure(node: IndicatorNode, unit: Unit, combine: str) -> Fraction:
    """What a child counts for in renormalising: its weight in a mean, its full marks in a sum."""
    if combine == "weighted_mean":
        return node.weight
    if node.family in queries.ADDED_FAMILIES:
        return ZERO
    return queries.points_of(node, unit.group) * node.weight


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
