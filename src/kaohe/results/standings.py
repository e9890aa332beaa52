"""Ranks within groups: of totals with their tie-break figures, and of every node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.grading.ranking import RankedUnit, Standing, rank_units
from kaohe.numbers.ranking import rank_values
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit
from kaohe.scoring.observations import Observations
from kaohe.scoring.scores import Scores

NodeRanks = Mapping[str, Sequence[Fraction | None]]
UNIT_LEVEL = "total"
"""The code under which data hold figures of the unit itself, such as last year's rank."""


@dataclass(frozen=True)
class Scored:
    """A scheme with its scored units, its data and its scores: what ranks and grades are made of."""

    model: SchemeModel
    units: Sequence[Unit]
    observations: Observations
    scores: Scores


def rank_nodes(scored: Scored) -> dict[str, list[Fraction | None]]:
    """Each unit's place in its group on every leaf and branch; None where it has no score or place."""
    codes = [*scored.scores.leaves, *scored.scores.branches]
    return {code: _rank_node(scored, code) for code in codes}


def _rank_node(scored: Scored, code: str) -> list[Fraction | None]:
    ranks: list[Fraction | None] = [None] * len(scored.units)
    for rows in _rows_by_group(scored.units).values():
        placed = [row for row in rows if scored.scores.score_of(code, row) is not None]
        figures = [scored.scores.score_of(code, row) or Fraction(0) for row in placed]
        places = rank_values(figures, ties=scored.model.ties)
        for row, place in zip(placed, places, strict=True):
            ranks[row] = place
    return ranks


def _rows_by_group(units: Sequence[Unit]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, unit in enumerate(units):
        if unit.participation == "ranked":
            rows.setdefault(unit.group, []).append(row)
    return rows


def rank_totals(scored: Scored, node_ranks: NodeRanks) -> dict[str, tuple[RankedUnit, ...]]:
    """Each group's units as they stand, by exact totals and the declared tie-break chain."""
    standings: dict[str, list[Standing]] = {}
    for row, unit in enumerate(scored.units):
        standing = _make_standing(scored, node_ranks, row)
        standings.setdefault(unit.group, []).append(standing)
    return {
        group: rank_units(members, chain=scored.model.tie_break, ties=scored.model.ties)
        for group, members in standings.items()
    }


def _make_standing(scored: Scored, node_ranks: NodeRanks, row: int) -> Standing:
    unit, total = scored.units[row], scored.scores.totals[row]
    firsts = sum(node_ranks[code][row] == 1 for code in scored.scores.leaves)
    figures = {"firsts": Fraction(firsts), "bonus": total.bonus}
    previous = scored.observations.figures.get((UNIT_LEVEL, "previous_rank", unit.code))
    if isinstance(previous, Fraction):
        figures["previous_rank"] = previous
    for link in scored.model.tie_break:
        score = scored.scores.score_of(link.of, row) if link.of else None
        if score is not None:
            figures[f"category.{link.of}"] = score
    return Standing(unit.code, total.total, unit.participation, figures)
