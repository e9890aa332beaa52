"""The grades proposed for a whole population, every group by the rule that holds for it."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from kaohe.grading.proposals import list_labels
from kaohe.population.grades import (
    FAILED,
    NO_GRADE,
    UNDECIDED,
    Contenders,
    VetoMarks,
    grade_contenders,
)
from kaohe.population.leaves import LeafColumns
from kaohe.population.program import Program
from kaohe.population.ranking import Standings
from kaohe.population.rollup import Sums
from kaohe.population.subjects import PARTICIPATIONS, Population
from kaohe.renderings.arrays.columns import Integers, Mask
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.results.proposals import find_grade_rule
from kaohe.scheme.grades import GradeRule, Promotion
from kaohe.scheme.model import SchemeModel


def list_grade_labels(model: SchemeModel) -> tuple[str, ...]:
    """Every grade that some rule of a scheme can lead to; codes of grades number them."""
    return tuple(dict.fromkeys(label for rule in model.grades for label in list_labels(rule)))


@dataclass(frozen=True)
class Grading:
    """What grades are made of: the population with its scores, its sums and its places."""

    program: Program
    population: Population
    leaves: LeafColumns
    sums: Sums
    standings: Standings

    def propose(self) -> Integers:
        """The number of each subject's grade among `list_grade_labels`, `UNDECIDED` or `NO_GRADE`.

        Raises BadInput when a veto fails a subject whose rule names no such grade, and when a tilt takes
        more than a group has.
        """
        codes = np.full(len(self.population), NO_GRADE)
        counts = self._count_groups()
        for number, group in enumerate(self.program.groups):
            rule = find_grade_rule(self.program.model, group)
            if rule is not None and counts[number].any():
                at = slice(*np.searchsorted(self.standings.groups, [number, number + 1]))
                found = grade_contenders(
                    rule,
                    self._list_contenders(rule, at),
                    base=_count_base(rule, counts[number]),
                    group=group,
                )
                codes[self.standings.rows[at]] = self._name(rule)[found]
        return codes

    def _count_groups(self) -> Integers:
        """How many of each group take part in each way."""
        kinds = len(PARTICIPATIONS)
        cells = self.population.group * kinds + self.population.participation
        return np.bincount(cells, minlength=len(self.program.groups) * kinds).reshape(-1, kinds)

    def _name(self, rule: GradeRule) -> Integers:
        """The code of what `grade_contenders` gives; the two below zero count from the end."""
        labels = list_grade_labels(self.program.model)
        codes = np.full(len(rule.bands) + 3, NO_GRADE)
        codes[: len(rule.bands)] = [labels.index(band.label) for band in rule.bands]
        codes[UNDECIDED] = UNDECIDED
        codes[FAILED] = labels.index(rule.fail) if rule.fail else NO_GRADE
        return codes

    def _list_contenders(self, rule: GradeRule, at: slice) -> Contenders:
        rows = self.standings.rows[at]
        totals = self.sums.total.take(rows)
        met = self.population.vetoes
        vetoes = [veto for veto in self.program.model.vetoes if veto.code in met]
        return Contenders(
            self.standings.tiers[at],
            self.standings.totals[at],
            totals.reaches,
            VetoMarks.gather(
                [frozenset(veto.effects) for veto in vetoes],
                [met[veto.code][rows] for veto in vetoes],
                len(rows),
            ),
            [self._find_met(promotion, rows) for promotion in rule.promotions],
        )

    def _find_met(self, promotion: Promotion, rows: Integers) -> Mask:
        """Who meets a promotion."""
        nobody = np.zeros(len(rows), dtype=bool)
        if promotion.at_least is not None:
            return self._reach(promotion.of, promotion.at_least, rows)
        marks = self.population.levels
        keys = [(promotion.of, level) for level in promotion.levels]
        won: Mask = np.logical_or.reduce(
            [nobody, *(marks[key][rows] for key in keys if key in marks)]
        )
        return won

    def _reach(self, code: str, least: Fraction, rows: Integers) -> Mask:
        """Who has at least so much under a node."""
        number = self.program.row_of.get(code)
        if number is not None:
            scores = self.leaves.scores[number][rows]
            line = ceil(least * 10 ** self.program.leaves[number].decimals)
            reached: Mask = (scores >= line) & (scores != MISSING_SCORE)
            return reached
        if code not in self.sums.branches:
            return np.zeros(len(rows), dtype=bool)
        return self.sums.branches[code].take(rows).reaches(least)


def _count_base(rule: GradeRule, counts: Integers) -> int:
    if isinstance(rule.share_base, int):
        return rule.share_base
    return sum(int(counts[PARTICIPATIONS.index(how)]) for how in rule.share_base)
