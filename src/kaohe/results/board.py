"""The scoreboard: each group as it stands, with movement and gaps, and each unit's tree of scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.results.result import Result, UnitResult
from kaohe.results.standings import UNIT_LEVEL
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.units import Unit
from kaohe.scoring.scores import LeafScore


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit on the board.

    `previous` is its rank in the period before, `gap` the points to the next place above it; either
    is None where there is none.
    """

    result: UnitResult
    previous: Fraction | None
    gap: Fraction | None

    @property
    def climbed(self) -> Fraction | None:
        """Places gained since the period before; negative where places were lost."""
        rank = self.result.standing.rank
        return None if rank is None or self.previous is None else self.previous - rank


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One node in a unit's tree of scores: `level` counts from 0, `cell` is a leaf's score with how it came."""

    node: IndicatorNode
    level: int
    points: Fraction
    score: Fraction | None
    rank: Fraction | None
    is_last: bool
    cell: LeafScore | None


def list_board(result: Result, group: str) -> list[BoardRow]:
    """A group's units as they stand, best first, those without a place last."""
    ranked = result.rank_group(group)
    figures = result.observations.figures
    rows = []
    for each in ranked:
        previous = figures.get((UNIT_LEVEL, "previous_rank", each.unit.code))
        known = previous if isinstance(previous, Fraction) else None
        rows.append(BoardRow(each, known, _measure_gap(each, ranked)))
    return rows


def _measure_gap(unit: UnitResult, ranked: Sequence[UnitResult]) -> Fraction | None:
    """How far a unit is behind the nearest one placed above it; 0 where a tie-break decided."""
    rank, own = unit.standing.rank, unit.total.total
    if rank is None or own is None:
        return None
    above = [
        other.total.total
        for other in ranked
        if other.standing.rank is not None
        and other.standing.rank < rank
        and other.total.total is not None
    ]
    return min(above) - own if above else None


class Trees:
    """Every unit's tree of scores under one result."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._levels = _list_levels(result.scheme.model.indicators, 0)
        self._worst = {node.code: _find_worst(result, node.code) for node, _ in self._levels}

    def of_unit(self, unit: Unit) -> list[NodeRow]:
        """The unit's scores on every node, parents before children, in the order written."""
        row = self._result.scores.units.index(unit.code)
        return [self._make_row(node, level, unit, row) for node, level in self._levels]

    def _make_row(self, node: IndicatorNode, level: int, unit: Unit, row: int) -> NodeRow:
        scores, ranks = self._result.scores, self._result.node_ranks[node.code]
        return NodeRow(
            node,
            level,
            queries.points_of(node, unit),
            scores.score_of(node.code, row),
            ranks[row],
            ranks[row] is not None and ranks[row] == self._worst[node.code].get(unit.group),
            scores.leaves[node.code].cells[row] if node.code in scores.leaves else None,
        )


def _list_levels(nodes: Sequence[IndicatorNode], level: int) -> list[tuple[IndicatorNode, int]]:
    return [
        pair for node in nodes for pair in ((node, level), *_list_levels(node.children, level + 1))
    ]


def _find_worst(result: Result, code: str) -> dict[str, Fraction]:
    """The last rank of each group on a node; none where all its units share one rank."""
    ranks: dict[str, set[Fraction]] = {}
    for each, rank in zip(result.units, result.node_ranks[code], strict=True):
        if rank is not None:
            ranks.setdefault(each.unit.group, set()).add(rank)
    return {group: max(found) for group, found in ranks.items() if len(found) > 1}
