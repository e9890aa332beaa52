"""A ranking whose firmness is asked for: what is drawn, what it is held against, and what came of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kaohe.analysis.composites import Composite
from kaohe.analysis.draws import Band, Spread
from kaohe.analysis.rank_counts import RankCounts
from kaohe.analysis.rank_shifts import ShiftSensitivity
from kaohe.analysis.robustness import Study, rank_centrally
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

_PERCENTS = (5, 50, 95)
Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked for, whatever the ranking: empty choices are the ranking's own methods.

    `cuts` are places under which a line is drawn, beside those of the scheme's grades; without
    `decimals` scores are rounded as the scheme rounds its indicators, or as the index is shown.
    """

    spread: Spread = field(default_factory=Band)
    draws: int = 1000
    seed: int = 1
    decimals: int | None = None
    normalisations: Sequence[str] = ()
    aggregations: Sequence[str] = ()
    imputations: Sequence[str] = ()
    cuts: Sequence[int] = ()
    with_wins: bool = False

    def __post_init__(self) -> None:
        wrong = [rank for rank in self.cuts if rank < 1]
        if wrong:
            raise BadInput([_refuse_cut(rank) for rank in wrong])


def _refuse_cut(rank: int) -> Finding:
    return blocking(
        "bad-cut",
        Place(),
        Text(f"没有第 {rank} 名", f"there is no place {rank}"),
        Text("名次线须为 1 或更大的整数", "a line stands under place 1 or a later one"),
    )


@dataclass(frozen=True, slots=True)
class Cut:
    """A line under so many places: of a grade of the scheme, or one that was asked for."""

    rank: int
    grade: str = ""


@dataclass(frozen=True)
class RankingStudy:
    """A study with what its readers know of the ranking.

    `reference` are the places that stand: official, or the index's own; `notes` say where the study's
    own ranking at the given weights is another, and who is not in it.
    """

    code: str
    name: str
    names: Sequence[str]
    reference: Sequence[float]
    cuts: Sequence[Cut]
    notes: Sequence[Text]
    study: Study


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Where a subject stands over all draws; `above` is its chance to be above each line.

    Five (and 95) of a hundred draws do not exceed `low` (`high`).
    """

    expected: float
    best: int
    low: int
    median: int
    high: int
    worst: int
    above: tuple[float, ...]


@dataclass(frozen=True)
class Robustness:
    """What came of a study; fewer draws than asked for where it was stopped."""

    of: RankingStudy
    counts: RankCounts
    sensitivity: ShiftSensitivity | None = None

    @property
    def draws(self) -> int:
        """How many sets of weights were drawn."""
        return self.counts.draws // len(self.of.study.composites)

    @property
    def is_complete(self) -> bool:
        """Whether all draws asked for are in it."""
        return self.draws == self.of.study.draws

    def list_intervals(self) -> list[RankInterval]:
        """The interval of every subject, in the order of the study."""
        counts = self.counts
        best, worst = counts.extremes()
        low, median, high = counts.quantiles(_PERCENTS)
        expected = counts.expected_ranks()
        above = [counts.chance_within(cut.rank) for cut in self.of.cuts]
        return [
            RankInterval(
                float(expected[row]), int(best[row]), int(low[row]), int(median[row]),
                int(high[row]), int(worst[row]), tuple(float(chances[row]) for chances in above),
            )
            for row in range(counts.subjects)
        ]  # fmt: skip

    def order_subjects(self) -> list[int]:
        """The rows of the study by the place that stands, the best first."""
        return sorted(range(len(self.of.reference)), key=lambda row: self.of.reference[row])


def note_moved(study: Study, reference: Sequence[float]) -> Iterator[Text]:
    """Who stands elsewhere in the study's ranking at the given weights than in the one that stands."""
    found = rank_centrally(study).tolist()
    moved = [
        subject
        for subject, rank, stands in zip(study.subjects, found, reference, strict=True)
        if rank != stands
    ]
    if moved:
        yield Text(
            f"{'、'.join(moved)}：按给定权重和所列第一种方法，这里的位次与原位次不同"
            f"（这里按 {study.decimals} 位小数的分数排，同分并列取最好位次）",
            f"{', '.join(moved)}: at the given weights and by the first of the methods not at the rank that"
            f" stands (here scores are ranked at {study.decimals} decimals, equal ones share the best rank)",
        )


def compose_all(
    choices: Sequence[Option], make: Callable[[Option], Composite]
) -> tuple[Composite, ...]:
    """A composite of every choice. Raises BadInput with the findings of all that have no meaning."""
    found: list[Composite] = []
    faults: list[Finding] = []
    for choice in choices:
        try:
            found.append(make(choice))
        except BadInput as refused:
            faults += refused.findings
    if faults:
        raise BadInput(dict.fromkeys(faults))
    return tuple(found)
