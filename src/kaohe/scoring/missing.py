"""What a missing figure means: the five answers a scheme may give, never a silent zero."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import round_fraction
from kaohe.numbers.sums import sum_exactly
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scoring.scores import LeafScore
from kaohe.scoring.sheet import Sheet


def fill_gaps(leaf: IndicatorNode, sheet: Sheet, cells: Sequence[LeafScore]) -> list[LeafScore]:
    """Cells without a figure, each treated as the indicator's policy for its kind of absence says.

    A group's or comparable units' mean is that of the peers' scores that came from figures; of nobody's
    scores it leaves the cell provisional. An indicator that is not the unit's is left out.
    """
    return [
        _fill_gap(leaf, sheet, cells, row) if cell.absence else cell
        for row, cell in enumerate(cells)
    ]


def _fill_gap(leaf: IndicatorNode, sheet: Sheet, cells: Sequence[LeafScore], row: int) -> LeafScore:
    cell = cells[row]
    if not queries.belongs_to(leaf, sheet.units[row]):
        return replace(cell, policy="leave_out")
    policy = queries.missing_policy(sheet.model, leaf, cell.absence or Absence.EMPTY)
    if policy == "zero":
        return replace(cell, policy=policy, score=Fraction(0))
    if policy in ("leave_out", "provisional"):
        return replace(cell, policy=policy)
    pool_of, pools = sheet.list_pools("" if policy == "group_mean" else leaf.pool)
    peers = _list_scores(cell, [cells[other] for other in pools[pool_of[row]]])
    if not peers:
        return replace(cell, policy="provisional")
    rounding = queries.rounding_of(sheet.model, leaf)
    score = round_fraction(sum_exactly(peers) / len(peers), rounding.indicator, rounding.mode)
    return replace(cell, policy=policy, score=score, mean_of=peers)


def _list_scores(cell: LeafScore, peers: Sequence[LeafScore]) -> tuple[Fraction, ...]:
    """The peers' scores, each in proportion where their full marks differ from the cell's."""
    return tuple(
        _fold(peer.score, peer.points, cell.points) for peer in peers if peer.score is not None
    )


def _fold(score: Fraction, points: Fraction, own: Fraction) -> Fraction:
    return score if points == own or not points else score * own / points
