"""A result: exact scores, ranks and proposed grades of one scheme on one snapshot of data."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaohe import __version__
from kaohe.grading.proposals import GradeProposal
from kaohe.grading.ranking import RankedUnit
from kaohe.grading.steps import Step
from kaohe.results.proposals import GroupGrades, propose_all
from kaohe.results.standings import NodeRanks, Scored, rank_nodes, rank_totals
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.units import Unit
from kaohe.scoring.observations import Observations
from kaohe.scoring.scheme_scores import score_scheme
from kaohe.scoring.scores import Scores, TotalScore
from kaohe.scoring.snapshot import digest_snapshot
from kaohe.scoring.vetoes import find_vetoes


@dataclass(frozen=True)
class UnitResult:
    """One unit's outcome: its total, its place in its group, the grade proposed for it, and the
    codes of the vetoes it is under."""

    unit: Unit
    total: TotalScore
    standing: RankedUnit
    grade: GradeProposal | None = None
    vetoes: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """How the unit came to its place, and from there to the grade proposed."""
        return self.grade.steps if self.grade else self.standing.steps


@dataclass(frozen=True)
class Result:
    """What `score` gives.

    `units` stand in scheme order, `rankings` by group from the best; `node_ranks` holds a column
    per leaf and branch.
    """

    scheme: Scheme
    observations: Observations
    scores: Scores
    units: tuple[UnitResult, ...]
    rankings: Mapping[str, tuple[RankedUnit, ...]]
    grades: tuple[GroupGrades, ...]
    node_ranks: NodeRanks
    data_digest: str
    engine: str = __version__

    def rank_group(self, group: str) -> list[UnitResult]:
        """The units of a group as they stand, best first, those without a place last."""
        by_code = {each.unit.code: each for each in self.units}
        return [by_code[each.unit] for each in self.rankings.get(group, ())]

    @property
    def is_provisional(self) -> bool:
        """Whether figures are still to come, which blocks publication."""
        return any(each.total.provisional for each in self.units)


def score(scheme: Scheme, observations: Observations) -> Result:
    """Score, rank and propose grades.

    Raises BadInput with every cell that a rule refuses.
    """
    model = scheme.model
    scores = score_scheme(scheme, observations)
    scored = Scored(model, queries.scored_units(model), observations, scores)
    node_ranks = rank_nodes(scored)
    rankings = rank_totals(scored, node_ranks)
    grades = propose_all(scored, rankings)
    vetoes = find_vetoes(model, observations)
    standings = {each.unit: each for ranking in rankings.values() for each in ranking}
    proposals = {unit: each for group in grades for unit, each in group.by_unit.items()}
    units = tuple(
        UnitResult(
            unit,
            total,
            standings[unit.code],
            proposals.get(unit.code),
            tuple(dict.fromkeys(veto.code for veto, _ in vetoes.get(unit.code, ()))),
        )
        for unit, total in zip(scored.units, scores.totals, strict=True)
    )
    digest = digest_snapshot(observations)
    return Result(scheme, observations, scores, units, rankings, grades, node_ranks, digest)
