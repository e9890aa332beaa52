"""Panels and ballots reduced to plain facets before a rule is computed.

What one scorer gave or how one person voted is never said: the lines tell numbers and means only.
A panel or ballot that does not meet its own conditions leaves the facet absent, with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.writing import write_exactly, write_number
from kaohe.rules.records import Mark, RecordLine, Reduction, Vote

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Trimming:
    """How many marks are left out at each end: a number, or a share of the scorers rounded down.

    Nothing is left out of fewer than `smallest` marks.
    """

    number: int = 0
    share: Fraction = _ZERO
    smallest: int = 1

    def count_dropped(self, scorers: int) -> int:
        """The marks left out at each end among so many scorers; at least one always stays."""
        if scorers < self.smallest:
            return 0
        wanted = max(self.number, int(self.share * scorers))
        return min(wanted, (scorers - 1) // 2)


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of voter or scorer classes; none means that everybody counts alike."""

    weights: Mapping[str, Fraction]

    def sort(self, classes: Sequence[str]) -> list[str]:
        """The classes met, in the order of the weights; one group of all where none are weighed."""
        return [name for name in self.weights if name in classes] if self.weights else [""]

    def belongs(self, record_class: str, group: str) -> bool:
        """Whether a record is counted in a group."""
        return not self.weights or record_class == group

    def knows(self, classes: Sequence[str]) -> bool:
        """Whether every class met has a weight."""
        return not self.weights or set(classes) <= set(self.weights)

    def average(self, means: Mapping[str, Fraction]) -> Fraction:
        """The weighted mean of the groups that are there, their weights renormalised."""
        weights = {group: self.weights.get(group, Fraction(1)) for group in means}
        total = sum((mean * weights[group] for group, mean in means.items()), _ZERO)
        return total / sum(weights.values(), _ZERO)

    def say_missing(self, means: Mapping[str, Fraction]) -> tuple[RecordLine, ...]:
        """A line for the classes nobody of which took part."""
        missing = [name for name in self.weights if name not in means]
        if not missing:
            return ()
        names = "、".join(missing)
        said = Text(
            f"{names}无人参加，其余各类权重按比例折算",
            f"nobody of {', '.join(missing)} took part: the other classes' weights are scaled up",
        )
        return (RecordLine(said),)


@dataclass(frozen=True, slots=True)
class PanelTerms:
    """The conditions of a panel: trimming, fewest scorers, the highest mark, classes."""

    trimming: Trimming
    fewest: int
    full: Fraction
    weighing: Weighing


def average_marks(marks: Sequence[Mark], terms: PanelTerms) -> Reduction:
    """The facet `mark`: the trimmed mean of a panel, weighted over its classes."""
    if not marks:
        return Reduction()
    fault = _find_panel_fault(marks, terms)
    if fault is not None:
        return Reduction({"mark": Absence.EMPTY}, (RecordLine(fault, tuple(marks)),))
    means: dict[str, Fraction] = {}
    lines: list[RecordLine] = []
    for group in terms.weighing.sort([mark.scorer_class for mark in marks]):
        given = [mark for mark in marks if terms.weighing.belongs(mark.scorer_class, group)]
        points = sorted(mark.points for mark in given)
        dropped = terms.trimming.count_dropped(len(points))
        kept = points[dropped : len(points) - dropped]
        means[group] = sum(kept, _ZERO) / len(kept)
        said = _say_panel(group, len(points), dropped, means[group])
        lines.append(RecordLine(said, tuple(given)))
    lines.extend(terms.weighing.say_missing(means))
    return Reduction({"mark": terms.weighing.average(means)}, tuple(lines))


def _find_panel_fault(marks: Sequence[Mark], terms: PanelTerms) -> Text | None:
    scorers = [mark.scorer for mark in marks]
    if len(set(scorers)) < len(scorers):
        return Text("有评委重复打分，不能计分", "a scorer gave more than one mark: not scored")
    if len(scorers) < terms.fewest:
        return Text(
            f"评委 {len(scorers)} 人，少于规定的 {terms.fewest} 人，不能计分",
            f"scorers: {len(scorers)}, fewer than the {terms.fewest} required: not scored",
        )
    if any(not 0 <= mark.points <= terms.full for mark in marks):
        full = write_number(terms.full)
        return Text(
            f"有评分不在 0 与 {full} 之间，不能计分",
            f"a mark lies outside 0 … {full}: not scored",
        )
    if not terms.weighing.knows([mark.scorer_class for mark in marks]):
        return Text(
            "有评委类别没有规定权重，不能计分", "a class of scorers has no weight: not scored"
        )
    return None


def _say_panel(group: str, scorers: int, dropped: int, mean: Fraction) -> Text:
    shown = write_exactly(mean)
    zh = f"{group}评委 {scorers} 人"
    en = f"scorers of {group}: {scorers}" if group else f"scorers: {scorers}"
    if dropped:
        zh += f"，去掉最高、最低各 {dropped} 个"
        en += f", marks left out at each end: {dropped}"
    return Text(f"{zh}，平均 {shown} 分", f"{en}, mean {shown}")


@dataclass(frozen=True, slots=True)
class BallotTerms:
    """The conditions of a ballot: the options' values, options not counted, fewest valid, classes."""

    values: Mapping[str, Fraction]
    uncounted: Sequence[str]
    fewest: int
    weighing: Weighing


def average_votes(votes: Sequence[Vote], terms: BallotTerms) -> Reduction:
    """The facet `ballot`: Σ votes × value ÷ valid votes, weighted over the voter classes."""
    if not votes:
        return Reduction()
    valid = [vote for vote in votes if vote.option not in terms.uncounted]
    fault = _find_ballot_fault(valid, terms)
    if fault is not None:
        return Reduction({"ballot": Absence.EMPTY}, (RecordLine(fault, tuple(votes)),))
    means: dict[str, Fraction] = {}
    lines: list[RecordLine] = []
    for group in terms.weighing.sort([vote.voter_class for vote in valid]):
        cast = [vote for vote in valid if terms.weighing.belongs(vote.voter_class, group)]
        number = sum((vote.count for vote in cast), _ZERO)
        if number:
            worth = sum((vote.count * terms.values[vote.option] for vote in cast), _ZERO)
            means[group] = worth / number
            lines.append(RecordLine(_say_ballot(group, number, means[group]), tuple(cast)))
    lines.extend(terms.weighing.say_missing(means))
    lines.extend(_say_uncounted_votes(votes, terms))
    return Reduction({"ballot": terms.weighing.average(means)}, tuple(lines))


def _find_ballot_fault(valid: Sequence[Vote], terms: BallotTerms) -> Text | None:
    unknown = sorted({vote.option for vote in valid} - set(terms.values))
    if unknown:
        return Text(
            f"选项“{'、'.join(unknown)}”没有规定分值，不能计分",
            f"no value is given for the option {', '.join(unknown)}: not scored",
        )
    if not terms.weighing.knows([vote.voter_class for vote in valid]):
        return Text(
            "有投票人类别没有规定权重，不能计分", "a class of voters has no weight: not scored"
        )
    number = sum((vote.count for vote in valid), _ZERO)
    if number < max(terms.fewest, 1):
        shown = write_number(number)
        return Text(
            f"有效票 {shown} 张，少于规定的 {max(terms.fewest, 1)} 张，不能计分",
            f"valid ballots: {shown}, fewer than the {max(terms.fewest, 1)} required: not scored",
        )
    return None


def _say_ballot(group: str, number: Fraction, mean: Fraction) -> Text:
    cast, shown = write_number(number), write_exactly(mean)
    of = f" of {group}" if group else ""
    return Text(
        f"{group}有效票 {cast} 张，平均 {shown} 分", f"valid ballots{of}: {cast}, mean {shown}"
    )


def _say_uncounted_votes(votes: Sequence[Vote], terms: BallotTerms) -> tuple[RecordLine, ...]:
    left_out = tuple(vote for vote in votes if vote.option in terms.uncounted)
    if not left_out:
        return ()
    number = write_number(sum((vote.count for vote in left_out), _ZERO))
    options = sorted({vote.option for vote in left_out})
    said = Text(
        f"“{'、'.join(options)}”{number} 张不计入",
        f"ballots for {', '.join(options)}, not counted: {number}",
    )
    return (RecordLine(said, left_out),)
