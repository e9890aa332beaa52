"""Methods that price matters by kind: general deductions, and the results of special assessments."""

from typing import ClassVar, Literal

from kaohe.expressions.nodes import Named
from kaohe.expressions.writing import clamp
from kaohe.language import Text
from kaohe.rules.method import Example, describe, name_score
from kaohe.rules.parameters import Exact, NotNegative
from kaohe.rules.reductions import Tariff
from kaohe.rules.samples import sample_matters
from kaohe.rules.tallied import ABOVE_ZERO, OWN_POINTS, START, TALLY, Start, Tallied, take_off


class Deductions(Tallied):
    """So much less for each matter, by its kind, up to a cap."""

    method: Literal["deductions"] = "deductions"
    start: Start = describe(*START)
    kinds: dict[str, NotNegative] = describe("各类扣分", "loss by kind", ABOVE_ZERO, min_length=1)
    kind_caps: dict[str, NotNegative] = describe(
        "各类合计上限", "most lost for one kind", default_factory=dict
    )
    cap: Exact | None = describe("扣分上限", "cap on the loss", OWN_POINTS, default=None, ge=0)

    code: ClassVar = "R19"
    title: ClassVar = Text("通用扣分法", "General deductions")
    formula: ClassVar = "S = w − min(Σ loss of each matter by kind, cap); from zero: −min(…)"
    summary: ClassVar = Text(
        "按扣分情形逐件扣分，每件须有文件、日期和处理结果；经容错认定的按保留比例扣，扣到上限为止。",
        "Loss matter by matter, by kind; what a ruling on tolerance leaves still counts; up to a cap.",
    )
    source: ClassVar = Text(
        "某市目标考核办法：迟报、瞒报紧急信息每次扣5分等",
        "a city's target assessment: late or false emergency reports lose 5 points each, and others",
    )
    examples: ClassVar = (
        Example(
            points="10",
            records=(
                sample_matters(),
                sample_matters("late_report"),
                sample_matters("late_report", "below_standard", "late_report"),
                sample_matters("late_report", tolerance="1/2"),
            ),
            parameters={"start": "points", "kinds": {"late_report": 5, "below_standard": 2}},
            scores=("10", "5", "0", "7.5"),
            reference="R19",
        ),
        Example(
            points="10",
            records=(
                sample_matters("criticised", "criticised", "criticised"),
                sample_matters("criticised", "criticised", "criticised", "late_report"),
                sample_matters("unheard_of"),
            ),
            parameters={
                "start": "zero", "kinds": {"late_report": 5, "criticised": 1},
                "kind_caps": {"criticised": 2}, "cap": 6,
            },
            scores=("-2", "-6", ""),
        ),
    )  # fmt: skip

    def expression(self, *, higher_is_better: bool) -> Named:
        """lost → score."""
        return take_off(TALLY, self.figure_or_points("cap"), self.start)

    def tariff(self) -> Tariff:
        """The loss by kind, and the most of one kind."""
        return Tariff(self.kinds, self.kind_caps)


class Specials(Tallied):
    """The results of special assessments, by points or by grade, held between two bounds."""

    method: Literal["specials"] = "specials"
    grades: dict[str, Exact] = describe(
        "各等次的加减分",
        "points of each grade",
        ("等次制用；减分写负数", "where specials have grades; below zero for a loss"),
        default_factory=dict,
    )
    most_lost: Exact = describe("合计扣分上限", "cap on the loss", default=1, ge=0)
    most_gained: Exact = describe("合计加分上限", "cap on the gain", default=1, ge=0)

    code: ClassVar = "R21"
    title: ClassVar = Text("专项目标法", "Special assessments")
    formula: ClassVar = "S = clamp(Σ points of the specials, −1, 1); by grade: 较差 −0.3, 差 −0.5"
    summary: ClassVar = Text(
        "每个专项为一件事项：赋分制写明得分，等次制写明等次；合计加减分各有上限。"
        "加分单位和优秀、良好等次的占比由专项主办单位在认定前核对。",
        "Each special is a matter with its points or its grade; the sum is held between two bounds."
        " The shares of units that may gain are checked before the matters are accepted.",
    )
    source: ClassVar = Text(
        "杭州市直单位专项目标考核办法（2018年）：赋分制、等次制",
        "Hangzhou 2018, special targets of city departments: by points or by grade",
    )
    examples: ClassVar = (
        Example(
            points="0",
            records=(
                sample_matters("good", "excellent"),
                sample_matters("poor", "good"),
                sample_matters("bad", "bad", "poor"),
            ),
            parameters={"grades": {"excellent": 0, "good": 0, "poor": "-0.3", "bad": "-0.5"}},
            scores=("0", "-0.3", "-1"),
            reference="R21",
        ),
        Example(
            points="0",
            records=(
                sample_matters("", points="0.4"),
                sample_matters("", "", "", points="0.4"),
                sample_matters("unheard_of"),
            ),
            scores=("0.4", "1", ""),
            reference="R21",
        ),
    )

    def expression(self, *, higher_is_better: bool) -> Named:
        """tally, held between the bounds."""
        lost, gained = self.figure("most_lost"), self.figure("most_gained")
        return name_score(clamp(TALLY, 0 - lost, gained))

    def tariff(self) -> Tariff:
        """The points by grade."""
        return Tariff(self.grades)
