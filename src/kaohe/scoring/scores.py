"""What scoring a scheme gives: exact scores of every leaf, branch and total, with how they came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.numbers.absence import Absence
from kaohe.renderings.exact import Evaluation
from kaohe.rules.records import Reduction
from kaohe.scheme.policies import MissingPolicy


@dataclass(frozen=True, slots=True)
class LeafScore:
    """One unit's score under one indicator.

    `raw` is what the rule gave, `clamped` the same within the indicator's bounds, `score` the
    rounded figure that counts from there on; None is left out. Where there was no figure,
    `absence` says why and `policy` what the scheme made of it; where that is a mean, `mean_of` are
    the peers' scores it is taken of. `vetoed_by` names the veto that zeroed the score.
    """

    points: Fraction
    score: Fraction | None = None
    raw: Fraction | None = None
    clamped: Fraction | None = None
    absence: Absence | None = None
    policy: MissingPolicy | None = None
    mean_of: tuple[Fraction, ...] = ()
    vetoed_by: str = ""

    @property
    def is_provisional(self) -> bool:
        """Whether the figure is still to come, which blocks publication."""
        return self.policy == "provisional"


@dataclass(frozen=True, slots=True)
class BranchScore:
    """One unit's score on a branch: its parts, their renormalisation and the branch's clamp.

    `children` are those with a score. `sum` adds up those that have full marks (or a weight),
    `present` is what they count for and `full` what all would; `added` is the sum of the others, bonus
    and deductions above all. The score is sum · full / present (a mean: sum / present) plus `added`,
    clamped; None where nothing is there to be scored.
    """

    children: tuple[str, ...]
    sum: Fraction
    present: Fraction
    full: Fraction
    score: Fraction | None
    added: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class TotalScore:
    """One unit's total: base, bonus and deduction before and after their caps, and the clamp.

    A deduction is what is taken, above zero, while the scores it comes from are below.
    """

    base: Fraction | None
    bonus: Fraction
    bonus_counted: Fraction
    deduction: Fraction
    deduction_counted: Fraction
    total: Fraction | None
    provisional: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeafScores:
    """One indicator over all scored units, with its evaluation kept for receipts."""

    cells: Sequence[LeafScore]
    evaluation: Evaluation
    reductions: Sequence[Reduction]


@dataclass(frozen=True)
class Scores:
    """Everything scoring gave; every column is in the order of `units`."""

    units: tuple[str, ...]
    leaves: Mapping[str, LeafScores]
    branches: Mapping[str, Sequence[BranchScore]]
    totals: Sequence[TotalScore]

    def score_of(self, code: str, row: int) -> Fraction | None:
        """A leaf's or branch's score in one row."""
        if code in self.leaves:
            return self.leaves[code].cells[row].score
        return self.branches[code][row].score
