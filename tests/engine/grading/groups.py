"""Groups of units, rules and outcomes, in few words."""

from fractions import Fraction
from typing import Any

from kaohe.grading.proposals import Attained, UnitFacts, VetoHit
from kaohe.grading.ranking import Standing, rank_units
from kaohe.scheme.grades import GradeRule

FIRST_THREE = ({"label": "一等次", "number": 3}, {"label": "二等次", "number": 3}, {"label": "三等次", "rest": True})  # fmt: skip


def make_rule(*bands, **fields):
    return GradeRule.model_validate(
        {"code": "G", "name": "等次", "groups": ["towns"], "bands": bands, **fields}
    )


def rank(*totals, **apart: Any):
    """Units U1, U2 … with these totals; `apart` are those that take no place."""
    standings = [Standing(f"U{i}", Fraction(total)) for i, total in enumerate(totals, 1)]
    how: Any
    for how, total in apart.items():
        standings.append(Standing(how, Fraction(total), how))
    return rank_units(standings)


def veto(*effects, code="V1"):
    return UnitFacts(vetoes=(VetoHit(code, frozenset(effects)),))


def promoted_by(code, **attained):
    return UnitFacts(attained={code: Attained(**attained)})


def labels(outcome):
    return {each.unit: each.label for each in outcome.proposals}


def units(outcome):
    return {band.label: band.units for band in outcome.bands}


def tell(proposal):
    return [step.text.zh for step in proposal.steps]
