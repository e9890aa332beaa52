"""What missing figures mean, over columns: the five answers a scheme may give, never a silent zero."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from kaohe.numbers.rounding import scale_fraction
from kaohe.numbers.sums import sum_exactly
from kaohe.population.program import POLICY_CODES, LeafProgram
from kaohe.population.roster import Roster
from kaohe.renderings.arrays.absences import Kinds
from kaohe.renderings.arrays.columns import Integers, Mask
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.scheme.policies import MissingPolicy

_SAFE = 2**62
LEFT_OUT = POLICY_CODES["leave_out"]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Who has no figure under an indicator, and the kind of each one's absence (renderings.absences)."""

    rows: Integers
    kinds: Kinds

    def spread(self, count: int) -> Kinds:
        """The kinds of so many subjects, 0 where there is a figure."""
        kinds = np.zeros(count, dtype=np.int8)
        kinds[self.rows] = self.kinds
        return kinds


def fill_gaps(leaf: LeafProgram, roster: Roster, scores: Integers, gaps: Gaps) -> Mask | None:
    """Fill the scores of rows without a figure as the policy for their kind of absence says.

    Gives the rows whose figure is still to come, None where there are none. What is not a subject's
    at all is left out; a mean of nobody's scores is provisional.
    """
    rows, kinds = gaps.rows, gaps.kinds
    if (belongs := roster.belongs(leaf)) is not None:
        is_theirs = belongs[rows]
        rows, kinds = rows[is_theirs], kinds[is_theirs]
    chosen = leaf.policy_codes[kinds]
    if (chosen == LEFT_OUT).all():
        return None
    to_come = [rows[chosen == POLICY_CODES["provisional"]]]
    filled = [(rows[chosen == POLICY_CODES["zero"]], np.int64(0))]
    averages: tuple[tuple[MissingPolicy, str], ...] = (
        ("group_mean", ""),
        ("comparable_mean", leaf.node.pool),
    )
    for policy, pool in averages:
        wanting = rows[chosen == POLICY_CODES[policy]]
        if len(wanting):
            means = _average_peers(leaf, roster, scores, pool)[roster.population.group[wanting]]
            to_come.append(wanting[means == MISSING_SCORE])
            filled.append((wanting, means))
    for where, figures in filled:
        scores[where] = figures
    return _mark(np.concatenate(to_come), len(scores))


def _mark(rows: Integers, count: int) -> Mask | None:
    if not len(rows):
        return None
    marked = np.zeros(count, dtype=bool)
    marked[rows] = True
    return marked


def _average_peers(leaf: LeafProgram, roster: Roster, scores: Integers, pool: str) -> Integers:
    """For each group the mean of its peers' scores, in proportion where full marks differ."""
    sums = _sum_groups(roster, scores, pool)
    shared = sums if pool in roster.program.model.pools_by_code else None
    means = np.full(len(leaf.points), MISSING_SCORE)
    for group, own in enumerate(leaf.points):
        peers = shared or {group: sums.get(group, (0, 0))}
        count = sum(number for _, number in peers.values())
        if count:
            folded = [_fold(total, leaf.points[other], own) for other, (total, _) in peers.items()]
            means[group] = scale_fraction(sum_exactly(folded) / count, 0, leaf.mode)
    return means


def _fold(total: int, points: Fraction, own: Fraction) -> Fraction:
    return Fraction(total) if points == own or not points else total * own / points


def _sum_groups(roster: Roster, scores: Integers, pool: str) -> dict[int, tuple[int, int]]:
    """The sum and the number of the scores of each group's members of a pool."""
    groups, members = roster.pools(""), roster.pools(pool).members
    counted = scores != MISSING_SCORE
    counted = counted if members is None else counted & members
    figures = np.where(counted, scores, 0)
    if max(int(figures.max()), -int(figures.min())) * len(figures) >= _SAFE:
        figures = figures.astype(object)
    sums = np.add.reduceat(figures[groups.order], groups.starts)
    numbers = np.add.reduceat(counted[groups.order].astype(np.int64), groups.starts)
    codes = roster.population.group[groups.order[groups.starts]]
    return {
        int(code): (int(total), int(number))
        for code, total, number in zip(codes, sums, numbers, strict=True)
    }
