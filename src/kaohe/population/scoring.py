"""Scoring a whole scheme over columns, to the figures that the exact engine gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from kaohe.errors import BadInput
from kaohe.population.leaves import LeafColumns, score_leaves
from kaohe.population.program import Program, compile_scheme
from kaohe.population.proposals import Grading, list_grade_labels
from kaohe.population.ranking import Standings, rank_node, rank_totals
from kaohe.population.rollup import Sums, add_up
from kaohe.population.roster import Roster
from kaohe.population.subjects import Population
from kaohe.renderings.arrays.absences import Kinds
from kaohe.renderings.arrays.columns import Floats, Integers, Mask
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.scheme.draft import Scheme


@dataclass(frozen=True)
class PopulationResult:
    """What `score_population` gives; every column is in the order of the population.

    Scores and sums are kept as whole numbers and quotients; what is float64 here is the double
    nearest to the exact figure.
    """

    program: Program
    population: Population
    roster: Roster
    leaf_columns: LeafColumns
    sums: Sums
    standings: Standings
    grades: Integers
    """The number of the grade proposed among `labels`; UNDECIDED or NO_GRADE of kaohe.population.grades."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The grades that `grades` numbers."""
        return list_grade_labels(self.program.model)

    @property
    def leaves(self) -> Mapping[str, Integers]:
        """Scores by leaf, as whole numbers of its last decimal; MISSING_SCORE where left out."""
        return dict(zip(self.program.row_of, self.leaf_columns.scores, strict=True))

    @property
    def decimals(self) -> Mapping[str, int]:
        """The decimals of each leaf's scores."""
        return {leaf.code: leaf.decimals for leaf in self.program.leaves}

    @property
    def absences(self) -> Mapping[str, Kinds]:
        """By leaf why rows had no figure, coded as kaohe.renderings.arrays.absences does; 0 is a figure."""
        count = len(self.population)
        return {code: gaps.spread(count) for code, gaps in self.leaf_columns.absences.items()}

    @property
    def provisional(self) -> Mapping[str, Mask]:
        """By leaf whose figure is still to come, where anybody's is."""
        return self.leaf_columns.provisional

    @cached_property
    def branches(self) -> Mapping[str, Floats]:
        """Scores by branch."""
        return {code: column.floats() for code, column in self.sums.branches.items()}

    @cached_property
    def totals(self) -> Floats:
        """Totals, NaN where there is none."""
        return self.sums.total.floats()

    @cached_property
    def rounded_totals(self) -> Integers:
        """Totals rounded to the decimals shown, as whole numbers; MISSING_SCORE where there is none."""
        rounding = self.program.model.rounding
        rounded = self.sums.total.round_off(rounding.display, rounding.mode)
        known = self.sums.total.known
        return rounded if known is None else np.where(known, rounded, MISSING_SCORE)

    @cached_property
    def ranks(self) -> Floats:
        """Places in the group by exact totals and the tie-break chain; NaN for who takes none."""
        return self.standings.place(self.program.model.ties, len(self.population))

    def node_ranks(self, code: str) -> Floats:
        """Places in the group under one leaf or branch."""
        return rank_node(self.program, self.roster, self.leaf_columns, self.sums, code)

    def exact_total(self, row: int) -> Fraction | None:
        """One subject's total, exactly."""
        return self.sums.total.exact(row)


def score_population(
    scheme: Scheme, population: Population, *, threads: int = 1
) -> PopulationResult:
    """Score and rank a population, and propose grades.

    Raises BadInput with every figure that a rule refuses, whatever else had to be mended first, and
    where grades cannot be proposed as the scheme says.
    """
    program = compile_scheme(scheme)
    roster = Roster(program, population)
    leaves = score_leaves(program, roster, threads=threads)
    if findings := [*leaves.findings, *population.findings]:
        raise BadInput(findings)
    sums = add_up(program, roster, leaves.scores, leaves.has_gaps, threads=threads)
    standings = rank_totals(program, roster, leaves, sums)
    grades = Grading(program, population, leaves, sums, standings).propose()
    return PopulationResult(program, population, roster, leaves, sums, standings, grades)
