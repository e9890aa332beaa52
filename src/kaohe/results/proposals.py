"""The grades proposed for every group, by the rule that holds at the end of the assessed period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kaohe.grading.grades import propose_grades
from kaohe.grading.proposals import Attained, GradeOutcome, GradeProposal, UnitFacts, VetoHit
from kaohe.grading.ranking import RankedUnit
from kaohe.results.standings import Scored
from kaohe.rules.records import Matter
from kaohe.scheme import queries
from kaohe.scheme.grades import GradeRule, Promotion
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations
from kaohe.scoring.vetoes import find_vetoes


@dataclass(frozen=True)
class GroupGrades:
    """One group's proposals under the rule that grades it."""

    group: str
    rule: GradeRule
    outcome: GradeOutcome

    @property
    def by_unit(self) -> dict[str, GradeProposal]:
        """The proposals by unit."""
        return {proposal.unit: proposal for proposal in self.outcome.proposals}


def propose_all(
    scored: Scored, rankings: Mapping[str, tuple[RankedUnit, ...]]
) -> tuple[GroupGrades, ...]:
    """The proposals of every group that a rule grades on the last day of the period."""
    facts = _list_facts(scored)
    found = []
    for group, ranking in rankings.items():
        rule = find_grade_rule(scored.model, group)
        if rule is not None:
            found.append(
                GroupGrades(group, rule, propose_grades(rule, ranking, facts, group=group))
            )
    return tuple(found)


def find_grade_rule(model: SchemeModel, group: str) -> GradeRule | None:
    """The rule that grades a group on the last day of the assessed period; one without an end where none is known."""
    on = queries.last_day(model) or date.max
    return next((rule for rule in model.grades if rule.holds(group, on)), None)


def _list_facts(scored: Scored) -> dict[str, UnitFacts]:
    vetoes = find_vetoes(scored.model, scored.observations)
    promotions = [each for rule in scored.model.grades for each in rule.promotions]
    levels = _list_levels(scored.observations)
    return {
        unit.code: UnitFacts(
            tuple(
                VetoHit(veto.code, frozenset(veto.effects)) for veto, _ in vetoes.get(unit.code, ())
            ),
            {
                each.of: _attained(each, scored, row, levels.get((unit.code, each.of), frozenset()))
                for each in promotions
            },
        )
        for row, unit in enumerate(scored.units)
    }


def _list_levels(observations: Observations) -> dict[tuple[str, str], frozenset[str]]:
    levels: dict[tuple[str, str], frozenset[str]] = {}
    for record in observations.records:
        if isinstance(record, Matter) and record.status == "counted":
            key = (record.unit, record.indicator)
            levels[key] = levels.get(key, frozenset()) | {record.level}
    return levels


def _attained(promotion: Promotion, scored: Scored, row: int, levels: frozenset[str]) -> Attained:
    known = promotion.of in scored.scores.leaves or promotion.of in scored.scores.branches
    score = scored.scores.score_of(promotion.of, row) if known else None
    return Attained(score, levels)
