"""One group of a scored scheme taken apart: shares of full marks, weights and constants, all exact.

Each unit's figures are its shares of the full marks. Weights are full marks times the weights down the tree.
Bonus and deductions, as counted, are added as they are. A figure left out counts as the rest of its branch
does, which is what the scheme's renormalising makes of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from kaohe.analysis.composites import Offsets
from kaohe.analysis.matrices import Floats, Names
from kaohe.analysis.ranking_studies import Cut
from kaohe.language import Text
from kaohe.numbers.sums import sum_exactly
from kaohe.results.result import Result, UnitResult
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.units import Unit
from kaohe.scoring.rollup import ChildSum, add_children
from kaohe.scoring.scores import BranchScore, Scores

ZERO = Fraction(0)


@dataclass(frozen=True)
class Parts:
    """What one unit's total is made of: each leaf's share of its full marks, its weight in points, and the rest."""

    shares: dict[str, Fraction]
    weights: dict[str, Fraction]
    added: Fraction


@dataclass(frozen=True)
class OfficialGroup:
    """The ranked units of a group, exactly.

    `weights` are the points each leaf is worth, `deviations` says whose total adding up by them does not
    give.
    """

    units: Sequence[UnitResult]
    parts: Sequence[Parts]
    weights: dict[str, Fraction]
    deviations: tuple[Text, ...]
    cuts: tuple[Cut, ...]

    @property
    def names(self) -> Names:
        """Codes of units and leaves, as rows and columns of `shares`."""
        return Names([each.unit.code for each in self.units], list(self.weights))

    def shares(self) -> Floats:
        """Units × leaves; NaN where a leaf is not the unit's."""
        missing = float("nan")
        return np.array([
            [float(part.shares[leaf]) if leaf in part.shares else missing for leaf in self.weights]
            for part in self.parts
        ])  # fmt: skip

    def central(self) -> Floats:
        """The weights, adding up to 1."""
        whole = sum_exactly(self.weights.values())
        return np.array([float(weight / whole) for weight in self.weights.values()])

    def offsets(self) -> Offsets:
        """Each unit's full marks, and its points beside them."""
        full = [float(_sum_own(self.weights, part)) for part in self.parts]
        return Offsets(np.array(full), np.array([float(part.added) for part in self.parts]))


def lay_out_group(result: Result, group: str) -> OfficialGroup:
    """One group of a result, its units in the order of the scheme; units without a place are not in it."""
    model = result.scheme.model
    units = [each for each in result.units if each.unit.group == group and each.standing.rank]
    tops = queries.base_nodes(model)
    row_of = {code: row for row, code in enumerate(result.scores.units)}
    parts = [
        _Taking(result.scores, each.unit, row_of[each.unit.code]).take_apart(tops, each)
        for each in units
    ]
    weights: dict[str, Fraction] = {}
    for part in parts:
        weights = {**part.weights, **weights}
    order = [leaf.code for leaf in queries.iterate_leaves(model) if weights.get(leaf.code)]
    weights = {code: weights[code] for code in order}
    deviations = tuple(_find_deviations(units, parts, weights))
    return OfficialGroup(units, parts, weights, deviations, tuple(_list_cuts(result, group)))


@dataclass(frozen=True)
class _Taking:
    """One unit's scores, taken apart down the tree."""

    scores: Scores
    unit: Unit
    row: int

    def take_apart(self, tops: Sequence[IndicatorNode], each: UnitResult) -> Parts:
        """Shares and weights of every leaf that has full marks; all else is added."""
        found = [self.scores.score_of(top.code, self.row) for top in tops]
        base = add_children(tops, found, self.unit, combine="sum")
        parts = Parts({}, {}, each.total.bonus_counted - each.total.deduction_counted)
        added = self._descend(tops, base, ZERO, Fraction(1), parts, is_mean=False)
        return Parts(parts.shares, parts.weights, parts.added + added)

    def _descend(
        self,
        children: Sequence[IndicatorNode],
        branch: BranchScore,
        given: Fraction,
        factor: Fraction,
        parts: Parts,
        *,
        is_mean: bool,
    ) -> Fraction:
        """Take in the leaves below; what is added beside them, in points of the total.

        `given` is what stands in for the share of each (its score, in a mean) where none is there.
        """
        counts = ChildSum.plan(children, self.unit, is_mean=is_mean).counts
        whole = sum_exactly(counts) if is_mean else Fraction(1)
        stand_in = branch.sum / branch.present if branch.present else given
        added = ZERO if branch.score is None else factor * branch.added
        for child, count in zip(children, counts, strict=True):
            if count:
                points = queries.points_of(child, self.unit)
                score = stand_in if is_mean else stand_in * points
                added += self._take(child, score, factor * child.weight / whole, parts)
        return added

    def _take(
        self, node: IndicatorNode, stand_in: Fraction, factor: Fraction, parts: Parts
    ) -> Fraction:
        if node.children:
            branch = self.scores.branches[node.code][self.row]
            is_mean = node.combine == "weighted_mean"
            full = ZERO if is_mean else queries.combine_points(node, self.unit)
            given = stand_in / full if full else stand_in
            return self._descend(node.children, branch, given, factor, parts, is_mean=is_mean)
        points = queries.points_of(node, self.unit)
        score = self.scores.score_of(node.code, self.row)
        score = stand_in if score is None else score
        if points <= 0:
            return factor * score
        parts.shares[node.code] = score / points
        parts.weights[node.code] = factor * points
        return ZERO


def _sum_own(weights: dict[str, Fraction], part: Parts) -> Fraction:
    return sum_exactly(weights[leaf] for leaf in part.shares if leaf in weights)


def _total(weights: dict[str, Fraction], part: Parts) -> Fraction:
    """The total of a unit at the weights of its group: what the products of the draws approximate."""
    own = (weights[leaf] * share for leaf, share in part.shares.items() if leaf in weights)
    return sum_exactly(own) + part.added


def _find_deviations(
    units: Sequence[UnitResult], parts: Sequence[Parts], weights: dict[str, Fraction]
) -> Iterator[Text]:
    """Whose total is another than the scheme's when it is added up by these weights."""
    totals = [_total(weights, part) for part in parts]
    differing = [
        each.unit.code
        for each, total in zip(units, totals, strict=True)
        if total != each.total.total
    ]
    if differing:
        yield Text(
            f"{'、'.join(differing)}：按权重相加不等于方案总分（得分上下限、总分上下限起了作用，或同一指标对不同单位的权重不同）",
            f"{', '.join(differing)}: the weighted sum is not the scheme's total (a least or greatest score"
            " or total held it, or an indicator weighs differently for different units)",
        )


def _list_cuts(result: Result, group: str) -> Iterator[Cut]:
    """The last place of each limited grade, as its places add up from the best; vetoes move nothing here."""
    graded = next((each for each in result.grades if each.group == group), None)
    rank = 0
    for band in graded.outcome.bands if graded else ():
        if band.places is None:
            return
        rank += band.places
        if band.places:
            yield Cut(rank, band.label)
