"""What is known of a unit beside its rank, the grade proposed for it, and the grade once decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.grading.decisions import Decision
from kaohe.grading.steps import Step
from kaohe.language import Text
from kaohe.scheme.grades import GradeRule

Basis = Literal["place", "promotion", "failed", "undecided", "outside"]
"""Why a grade is proposed: by place in a band, by promotion, by failing; or why none is."""


@dataclass(frozen=True, slots=True)
class VetoHit:
    """A veto that struck a unit, with the effects the scheme gives it."""

    code: str
    effects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Attained:
    """What a unit reached under an indicator that may promote: its score, its award or matter levels."""

    score: Fraction | None = None
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Vetoes and attainments of one unit; `attained` is by indicator."""

    vetoes: tuple[VetoHit, ...] = ()
    attained: Mapping[str, Attained] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GradeProposal:
    """A proposed grade (建议等次) of a unit under a rule, with every step that led to it.

    It is never a grade by itself: `decided_by` is always None, and `decide_grade` makes the grade.
    """

    rule: str
    unit: str
    label: str | None
    basis: Basis
    steps: tuple[Step, ...] = ()
    decided_by: None = field(default=None, init=False)


@dataclass(frozen=True, slots=True)
class BandOutcome:
    """How one band was filled.

    `places` is None without a limit; `cut_line` is the lowest total that came in by rank; `tied`
    share the line and wait for a decision on `open_places`; `promoted` are among `units`.
    """

    label: str
    places: int | None
    units: tuple[str, ...]
    promoted: tuple[str, ...]
    vacant: int
    tied: tuple[str, ...]
    open_places: int
    cut_line: Fraction | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class GradeOutcome:
    """All proposals of one group under one rule, in order of rank; `base` is what shares are taken of."""

    rule: str
    base: int
    bands: tuple[BandOutcome, ...]
    proposals: tuple[GradeProposal, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade somebody named has decided, with the reason; `proposed` is what the rule had led to."""

    rule: str
    unit: str
    label: str
    proposed: str | None
    decision: Decision


def decide_grade(
    rule: GradeRule, proposal: GradeProposal, *, label: str, decision: Decision
) -> Grade:
    """Make a proposal a grade, the proposed one or another of the rule.

    Raises BadInput for a grade the rule does not know, and for a unit that takes no grade.
    """
    if proposal.basis == "outside":
        raise BadInput([_refuse_outside(proposal)])
    if label not in list_labels(rule):
        raise BadInput([_refuse_unknown(proposal, label, list_labels(rule))])
    return Grade(rule.code, proposal.unit, label, proposal.label, decision)


def list_labels(rule: GradeRule) -> list[str]:
    """Every grade a rule can lead to, best first."""
    labels = [band.label for band in rule.bands]
    return labels if rule.fail in ("", labels[-1]) else [*labels, rule.fail]


def _refuse_outside(proposal: GradeProposal) -> Finding:
    return blocking(
        "grade-outside",
        Place(key=proposal.unit),
        Text(f"{proposal.unit}不定等次", f"{proposal.unit} takes no grade"),
        Text(
            "请先更改其参评方式或补齐总分", "change how it takes part, or complete its total, first"
        ),
    )


def _refuse_unknown(proposal: GradeProposal, label: str, known: list[str]) -> Finding:
    return blocking(
        "grade-unknown",
        Place(key=proposal.unit),
        Text(f"规则中没有等次“{label}”", f'the rule knows no grade "{label}"'),
        Text(f"可用：{'、'.join(known)}", f"known: {', '.join(known)}"),
    )
