"""Methods that turn judgement into points: a panel's marks, a ballot's votes."""

from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Facet, Named
from kaohe.expressions.writing import POINTS
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.rules.appraisals import (
    BallotTerms,
    PanelTerms,
    Trimming,
    Weighing,
    average_marks,
    average_votes,
)
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, Share, Weight
from kaohe.rules.records import Records, Reduction
from kaohe.rules.samples import sample_marks, sample_votes

_SEVEN = ("95", "92", "90", "88", "85", "60", "99")


def describe_classes(weighing: Weighing) -> tuple[Text, ...]:
    """The weights of classes, said in a sentence."""
    if not weighing.weights:
        return ()
    shown = [f"{name} {write_number(weight)}" for name, weight in weighing.weights.items()]
    return (
        Text(
            f"各类权重：{'、'.join(shown)}；无人参加的类别不计，其余按比例折算",
            f"weights of the classes: {', '.join(shown)}; a class without anybody leaves its weight to the others",
        ),
    )


_CLASSES = ("空＝不分类", "no classes if empty")


class Panel(Method):
    """The trimmed mean of a panel's marks, folded to the points."""

    method: Literal["panel"] = "panel"
    full: Exact = describe("评委满分", "full marks of a scorer", default=100, gt=0)
    fewest: int = describe("最少评委人数", "fewest scorers", default=3, ge=1)
    drop: int = describe("最高、最低各去掉的个数", "marks left out at each end", default=0, ge=0)
    drop_share: Share = describe(
        "最高、最低各去掉的比例",
        "share of the marks left out at each end",
        ("人数舍去小数", "their number is rounded down"),
        default=0,
        ge=0,
        lt=Fraction(1, 2),
    )
    drop_from: int = describe(
        "评委达到多少人才去掉", "number of scorers from which marks are left out", default=5, ge=1
    )
    classes: dict[str, Weight] = describe(
        "评委类别权重", "weights of classes of scorers", _CLASSES, default_factory=dict
    )

    code: ClassVar = "R27"
    title: ClassVar = Text("评委评分法", "Marks of a panel")
    formula: ClassVar = "S = w·mean of the marks kept/full"
    summary: ClassVar = Text(
        "评委打分取平均，可去掉若干最高分和最低分，评委分类的按类加权；评委人数不足时不计分。",
        "The mean of the marks, trimmed where the scheme says so, classes weighed; not scored with too few.",
    )
    source: ClassVar = Text(
        "贵阳市目标绩效考核计分细则：定性目标由评审组评分；去掉最高最低分为通行做法",
        "Guiyang, scoring rules of target assessment: qualitative targets by a panel; trimming is practice",
    )
    reduced: ClassVar = ("mark",)
    examples: ClassVar = (
        Example(records=(sample_marks(*_SEVEN),), scores=("87.00",), reference="E18"),
        Example(
            records=(sample_marks(*_SEVEN),),
            parameters={"drop": 1},
            scores=("90.00",),
            reference="E18",
        ),
        Example(
            records=(sample_marks("0", "0", *("80",) * 23, "100", "100"),),
            parameters={"drop_share": "10%"},
            scores=("80",),
            reference="E18",
        ),
        Example(
            points="10",
            records=(
                sample_marks(leaders=("9", "8"), staff=("6", "7", "8")),
                sample_marks(staff=("6", "7", "8")),
                sample_marks("9", "9"),
            ),
            parameters={"full": 10, "classes": {"leaders": "0.6", "staff": "0.4"}},
            scores=("7.9", "7", ""),
        ),
    )

    @model_validator(mode="after")
    def _trims_one_way(self) -> Self:
        if self.drop and self.drop_share:
            raise ValueError("drop 与 drop_share 只写其一\ngive drop or drop_share, not both")
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """mark, folded."""
        return name_score(POINTS * Facet("mark") / self.figure("full"))

    def reduce_records(self, records: Records) -> Reduction:
        """The mean of the marks."""
        return average_marks(records.marks, self._terms())

    def describe_records(self) -> tuple[Text, ...]:
        """Fewest scorers, trimming and classes."""
        lines = [Text(f"评委不少于 {self.fewest} 人", f"fewest scorers: {self.fewest}")]
        if self.drop or self.drop_share:
            share = f"{write_number(100 * self.drop_share)}%"
            zh = f"各 {self.drop} 个" if self.drop else f"各 {share}（舍去小数）"
            en = f"{self.drop}" if self.drop else f"{share}, rounded down"
            lines.append(Text(
                f"评委达到 {self.drop_from} 人的，去掉最高、最低{zh}",
                f"marks left out at each end, from {self.drop_from} scorers on: {en}",
            ))  # fmt: skip
        return (*lines, *describe_classes(Weighing(self.classes)))

    def _terms(self) -> PanelTerms:
        trimming = Trimming(self.drop, self.drop_share, self.drop_from)
        return PanelTerms(trimming, self.fewest, self.full, Weighing(self.classes))


class Ballot(Method):
    """The mean value of valid ballots, folded to the points."""

    method: Literal["ballot"] = "ballot"
    options: dict[str, Exact] = describe("各选项分值", "value of each option", min_length=1)
    full: Exact = describe("选项满分", "full marks of an option", default=100, gt=0)
    uncounted: tuple[str, ...] = describe(
        "不计入有效票的选项",
        "options left out of the valid ballots",
        ("如“不了解”", 'such as "do not know"'),
        default=(),
    )
    fewest: int = describe("最少有效票数", "fewest valid ballots", default=1, ge=1)
    classes: dict[str, Weight] = describe(
        "投票人类别权重", "weights of classes of voters", _CLASSES, default_factory=dict
    )

    code: ClassVar = "R28"
    title: ClassVar = Text("票决折算法", "Ballot")
    formula: ClassVar = "S = w·(Σ votes·value/valid votes)/full"
    summary: ClassVar = Text(
        "各选项按分值加权平均，只以有效票为分母，“不了解”等不计入；投票人分类的按类加权。",
        "Options by value over the valid ballots only; “don't know” is not counted; classes weighed.",
    )
    source: ClassVar = Text(
        "民主测评与满意度调查的通行折算：优秀、良好、一般、较差计100、80、60、40分；"
        "社会评价中满意、基本满意、不满意计100、75、55分，不了解不计",
        "usual in staff and public surveys: 100, 80, 60, 40; or 100, 75, 55 with “don't know” left out",
    )
    reduced: ClassVar = ("ballot",)
    examples: ClassVar = (
        Example(
            records=(
                sample_votes(everybody={"优秀": 12, "良好": 6, "一般": 2}),
                sample_votes(everybody={"优秀": 1, "较差": 1}),
            ),
            parameters={"options": {"优秀": 100, "良好": 80, "一般": 60, "较差": 40}},
            scores=("90", "70"),
            reference="R28",
        ),
        Example(
            points="20",
            records=(
                sample_votes(everybody={"满意": 60, "基本满意": 20, "不满意": 20, "不了解": 50}),
                sample_votes(everybody={"满意": 9, "不了解": 50}),
            ),
            parameters={
                "options": {"满意": 100, "基本满意": 75, "不满意": 55},
                "uncounted": ["不了解"], "fewest": 10,
            },
            scores=("17.2", ""),
            reference="R28",
        ),
        Example(
            points="10",
            records=(
                sample_votes(A={"A": 3, "B": 1}, B={"B": 5}, C={"A": 1, "D": 1}),
                sample_votes(A={"A": 4}, C={"C": 2}),
            ),
            parameters={
                "options": {"A": 10, "B": 8, "C": 6, "D": 4}, "full": 10,
                "classes": {"A": "0.5", "B": "0.3", "C": "0.2"},
            },
            scores=("8.55", "8.8571"),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _values_within_full_marks(self) -> Self:
        both = [name for name in self.uncounted if name in self.options]
        if both:
            raise ValueError(
                f"选项“{'、'.join(both)}”不能既有分值又不计入有效票\n"
                f"an option cannot both have a value and be left out: {', '.join(both)}"
            )
        if max(self.options.values()) > self.full:
            raise ValueError(
                f"有选项分值高于满分 {write_number(self.full)}；请写明 full\n"
                f"an option is worth more than full marks, {write_number(self.full)}; say `full`"
            )
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """ballot, folded."""
        return name_score(POINTS * Facet("ballot") / self.figure("full"))

    def reduce_records(self, records: Records) -> Reduction:
        """The mean value of the valid ballots."""
        terms = BallotTerms(self.options, self.uncounted, self.fewest, Weighing(self.classes))
        return average_votes(records.votes, terms)

    def describe_records(self) -> tuple[Text, ...]:
        """Values of the options, options left out, fewest ballots and classes."""
        worth = [f"{name} {write_number(value)}" for name, value in self.options.items()]
        lines = [
            Text(f"各选项分值：{'、'.join(worth)}", f"values of the options: {', '.join(worth)}")
        ]
        if self.uncounted:
            names = "、".join(self.uncounted)
            lines.append(
                Text(
                    f"“{names}”不计入有效票",
                    f"not among the valid ballots: {', '.join(self.uncounted)}",
                )
            )
        if self.fewest > 1:
            lines.append(
                Text(f"有效票不少于 {self.fewest} 张", f"fewest valid ballots: {self.fewest}")
            )
        return (*lines, *describe_classes(Weighing(self.classes)))
