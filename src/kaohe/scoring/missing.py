"""What a missing figure means: the five answers a scheme may give, never a silent zero."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import round_fraction
from kaohe.numbers.sums import sum_exactly
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.policies import MissingPolicy
from kaohe.scoring.scores import LeafScore
from kaohe.scoring.sheet import Sheet


def fill_gaps(leaf: IndicatorNode, sheet: Sheet, cells: Sequence[LeafScore]) -> list[LeafScore]:
    """Cells without a figure, each treated as the indicator's policy for its kind of absence says.

    A mean of nobody's scores leaves the cell provisional.
    """
    return [
        _fill_gap(leaf, sheet, cells, row) if cell.absence else cell
        for row, cell in enumerate(cells)
    ]


def _fill_gap(leaf: IndicatorNode, sheet: Sheet, cells: Sequence[LeafScore], row: int) -> LeafScore:
    cell = cells[row]
    policy = queries.missing_policy(sheet.model, leaf, cell.absence or Absence.EMPTY)
    if policy == "zero":
        return replace(cell, policy=policy, score=Fraction(0))
    if policy in ("leave_out", "provisional"):
        return replace(cell, policy=policy)
    mean = _mean_score(cells, _list_compared(leaf, sheet, row, policy))
    if mean is None:
        return replace(cell, policy="provisional")
    rounding = queries.rounding_of(sheet.model, leaf)
    score = round_fraction(mean, rounding.indicator, rounding.mode)
    return replace(cell, policy=policy, score=score)


def _list_compared(
    leaf: IndicatorNode, sheet: Sheet, row: int, policy: MissingPolicy
) -> Sequence[int]:
    """The rows whose scores stand in: the unit's group, or its comparison pool."""
    if policy == "group_mean":
        group = sheet.units[row].group
        return [other for other, unit in enumerate(sheet.units) if unit.group == group]
    pool_of, pools = sheet.list_pools(leaf.pool)
    return pools[pool_of[row]]


def _mean_score(cells: Sequence[LeafScore], rows: Sequence[int]) -> Fraction | None:
    scores = [
        score for row in rows if (score := cells[row].score) is not None and not cells[row].absence
    ]
    return sum_exactly(scores) / len(scores) if scores else None
