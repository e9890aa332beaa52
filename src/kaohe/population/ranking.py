"""Places within groups over columns: exact totals, and the declared chain that separates equal ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaohe.grading.ranking import LOWER_FIRST
from kaohe.numbers.ranking import Ties
from kaohe.population.leaves import LeafColumns
from kaohe.population.program import Program
from kaohe.population.rollup import Sums
from kaohe.population.roster import Roster
from kaohe.population.sorting import find_begins, number_rows, sort_within
from kaohe.renderings.arrays.columns import Floats, Integers, Mask
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.scheme.grades import TieBreak


@dataclass(frozen=True)
class Standings:
    """Who takes a place, best first within each group, and where a new place and a new total begin.

    `rows` are sorted by group and then from the best; `tiers` numbers those that nothing separates and
    `totals` those equal in total, rising over all groups.
    """

    rows: Integers
    groups: Integers
    tiers: Integers
    totals: Integers

    def place(self, ties: Ties, count: int) -> Floats:
        """The place of each of `count` subjects; NaN for who takes none."""
        places = np.full(count, np.nan)
        places[self.rows] = place_tiers(self.groups, self.tiers, ties)
        return places


def place_tiers(groups: Integers, tiers: Integers, ties: Ties) -> Floats:
    """Places of rows sorted by group and tier, counted anew in each group."""
    if not len(tiers):
        return np.empty(0)
    first_of_group = np.flatnonzero(find_begins(groups))
    group, tier = number_rows(groups), number_rows(tiers)
    firsts = np.flatnonzero(find_begins(tiers))
    if ties == "dense":
        return np.asarray(tier - tier[first_of_group[group]] + 1.0)
    lowest = firsts[tier] - first_of_group[group] + 1.0
    sizes = np.diff(np.r_[firsts, len(tiers)])[tier]
    extra = {"lowest": 0.0, "highest": 1.0, "average": 0.5}[ties]
    return np.asarray(lowest + extra * (sizes - 1))


def rank_totals(program: Program, roster: Roster, leaves: LeafColumns, sums: Sums) -> Standings:
    """Where everybody stands who takes a place."""
    is_placed = roster.ranked & sums.total.is_known()
    rows = np.flatnonzero(is_placed)
    groups = roster.population.group
    keys = (sums.total if len(rows) == len(groups) else sums.total.take(rows)).order()
    order = sort_within(groups[rows], keys, higher=True)
    rows, keys = rows[order], keys[order]
    totals = tiers = number_rows(groups[rows], keys)
    if program.model.tie_break:
        chain = _Chain(program, roster, leaves, sums)
        rows, tiers = _separate(rows, totals, program.model.tie_break, chain)
    return Standings(rows, groups[rows], tiers, totals)


def _separate(
    rows: Integers, totals: Integers, links: Sequence[TieBreak], chain: "_Chain"
) -> tuple[Integers, Integers]:
    """Split tied tiers by each key in turn; a key that a member lacks decides nothing in its tier."""
    tied = np.flatnonzero(np.bincount(totals, minlength=1)[totals] > 1)
    members, tiers = rows[tied], number_rows(totals[tied])
    for link in links:
        if not len(members):
            break
        keys, known = chain.find(link, members)
        is_open = ~(np.bincount(tiers, weights=~known) > 0)[tiers]
        keys = np.where(is_open, keys, 0)
        order = sort_within(tiers, keys, higher=link.by not in LOWER_FIRST)
        members, tiers = members[order], number_rows(tiers[order], keys[order])
    rows, begins = rows.copy(), find_begins(totals)
    rows[tied] = members
    begins[tied] |= find_begins(tiers)
    return rows, np.cumsum(begins) - 1


@dataclass(frozen=True)
class _Chain:
    """The figures that tie-breaks ask for, of the rows that need them."""

    program: Program
    roster: Roster
    leaves: LeafColumns
    sums: Sums

    def find(self, link: TieBreak, rows: Integers) -> tuple[Integers, Mask]:
        """A link's keys as whole numbers in their order, and where there is one."""
        return self._FINDERS[link.by](self, link, rows)

    def _of_category(self, link: TieBreak, rows: Integers) -> tuple[Integers, Mask]:
        return order_node(self.program, self.leaves, self.sums, link.of, rows)

    def _of_bonus(self, _: TieBreak, rows: Integers) -> tuple[Integers, Mask]:
        return self.sums.bonus.take(rows).order(), np.ones(len(rows), dtype=bool)

    def _of_firsts(self, _: TieBreak, rows: Integers) -> tuple[Integers, Mask]:
        counts = count_firsts(self.program, self.roster, self.leaves.scores)
        return counts[rows], np.ones(len(rows), dtype=bool)

    def _of_previous_rank(self, _: TieBreak, rows: Integers) -> tuple[Integers, Mask]:
        column = self.roster.population.previous_rank
        if column is None:
            return np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=bool)
        return column.numerators[rows], ~np.isnan(column.figures[rows])

    def _of_decision(self, link: TieBreak, rows: Integers) -> tuple[Integers, Mask]:
        places = np.full(len(self.roster.population), -1)
        found, order = self.roster.population.find_rows(link.order)
        places[found] = order
        return places[rows], places[rows] >= 0

    _FINDERS = {
        "category": _of_category,
        "firsts": _of_firsts,
        "bonus": _of_bonus,
        "previous_rank": _of_previous_rank,
        "decision": _of_decision,
    }


def order_node(
    program: Program, leaves: LeafColumns, sums: Sums, code: str, rows: Integers
) -> tuple[Integers, Mask]:
    """Whole numbers in the order of a node's scores, and where there is a score."""
    if code in program.row_of:
        scores = leaves.scores[program.row_of[code]][rows]
        return np.where(scores == MISSING_SCORE, 0, scores), scores != MISSING_SCORE
    column = sums.branches[code].take(rows)
    return column.order(), column.is_known()


def count_firsts(program: Program, roster: Roster, scores: Integers) -> Integers:
    """How many indicators each subject is first under, among the ranked of its group."""
    pools, ranked = roster.pools(""), roster.ranked
    counts = np.zeros(scores.shape[1], dtype=np.int64)
    must_be_alone = program.model.ties in ("average", "highest")
    for column in scores:
        figures = np.where(ranked, column, MISSING_SCORE)
        best = np.maximum.reduceat(figures[pools.order], pools.starts)[pools.number]
        is_best = (figures == best) & (figures != MISSING_SCORE)
        if must_be_alone:
            is_best &= np.bincount(pools.number, weights=is_best)[pools.number] == 1
        counts += is_best
    return counts


def rank_node(
    program: Program, roster: Roster, leaves: LeafColumns, sums: Sums, code: str
) -> Floats:
    """Everybody's place in the group under one node; NaN without a score, or without a place."""
    everybody = np.arange(len(roster.population))
    keys, known = order_node(program, leaves, sums, code, everybody)
    rows = np.flatnonzero(known & roster.ranked)
    groups, keys = roster.population.group[rows], keys[rows]
    order = sort_within(groups, keys, higher=True)
    groups, keys, rows = groups[order], keys[order], rows[order]
    places = np.full(len(roster.population), np.nan)
    if len(rows):
        places[rows] = place_tiers(groups, number_rows(groups, keys), program.model.ties)
    return places
