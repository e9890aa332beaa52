"""Words and figures of a result as readers see them, in either language."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple
from unicodedata import east_asian_width

from kaohe.grading.proposals import GradeProposal
from kaohe.language import Language, Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.writing import write_exactly, write_number
from kaohe.results.receipt_lines import describe_absence
from kaohe.results.result import UnitResult
from kaohe.scheme.grades import Participation

PARTICIPATIONS: dict[Participation, Text] = {
    "ranked": Text("参评", "ranked"),
    "listed_apart": Text("单列", "listed apart"),
    "ungraded": Text("不定等次", "ungraded"),
    "exempt": Text("不参评", "exempt"),
}
RANK = Text("位次", "Rank")
CODE = Text("代码", "Code")
UNIT = Text("单位", "Unit")
GROUP = Text("考核类别", "Group")
TOTAL = Text("总分", "Total")
BASE = Text("基础分", "Base")
BONUS = Text("加分", "Bonus")
DEDUCTION = Text("扣分", "Deduction")
MOVED = Text("升降", "Moved")
GAP = Text("距上一位", "To next place")
GRADE = Text("建议等次", "Proposed grade")
UNDECIDED = Text("待研究决定", "to be decided")
INDICATOR = Text("指标", "Indicator")
POINTS = Text("分值", "Points")
SCORE = Text("得分", "Score")
NOTE = Text("说明", "Note")
NAME = Text("名称", "Name")
PREVIOUS = Text("上期位次", "Rank before")
PARTICIPATION = Text("参评方式", "Takes part")
MISSING = Text("未报数据", "Figures to come")
OF = Text("对象", "Of")
STEP = Text("步骤", "Step")
VALUE = Text("数值", "Value")
PLACE = Text("出处", "Read from")
NOTHING = "—"


def show_figure(value: Cell | None, language: Language, decimals: int | None = None) -> str:
    """A figure, exactly or to so many decimals; the word for its absence; a dash for nothing."""
    if value is None:
        return NOTHING
    if isinstance(value, Absence):
        return describe_absence(value).say(language)
    return write_number(value, decimals=decimals)


def say_grade(proposal: GradeProposal | None, language: Language) -> str | None:
    """The proposed grade, or that a tie waits for a decision; None where the unit takes no grade."""
    if proposal is not None and proposal.basis == "undecided":
        return UNDECIDED.say(language)
    return proposal.label if proposal else None


class Mark(NamedTuple):
    """A word beside a unit's name; an open one says that something is still to come."""

    text: Text
    is_open: bool = False


def list_marks(each: UnitResult) -> Iterator[Mark]:
    """What a reader should know of a place and a grade: none taken, shared, vetoed, promoted, provisional."""
    if each.unit.participation != "ranked":
        yield Mark(PARTICIPATIONS[each.unit.participation])
    if each.standing.tied_with:
        yield Mark(Text("并列", "tied"))
    elif each.standing.broken_by:
        yield Mark(Text("同分定序", "tie broken"))
    if each.vetoes:
        yield Mark(Text(f"否决 {'、'.join(each.vetoes)}", f"veto {', '.join(each.vetoes)}"))
    if each.grade is not None and each.grade.basis == "promotion":
        yield Mark(Text("晋优", "promoted"))
    if each.total.provisional:
        count = len(each.total.provisional)
        yield Mark(Text(f"暂定，缺 {count} 项", f"provisional, {count} to come"), is_open=True)


def show_exactly(value: Cell | None, language: Language) -> str:
    """A figure exactly; one whose decimals never end also nearly, as people read numbers."""
    return write_exactly(value) if isinstance(value, Fraction) else show_figure(value, language)


def measure_width(text: str) -> int:
    """How wide a text stands, in digits: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
