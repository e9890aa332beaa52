"""Methods that score how far a target was reached."""

from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Curve, Lookup, Named, Node, Require, When, as_node
from kaohe.expressions.writing import (
    POINTS,
    TARGET,
    VALUE,
    clamp,
    compare,
    divide,
    name_step,
)
from kaohe.language import Text
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, Share

_TARGET_NOT_POSITIVE = Text(
    "目标值须大于零，否则完成率没有意义；增速类目标请改用差值方式",
    "the target must be above zero for a ratio to mean anything; score growth by difference",
)
_VALUE_NEGATIVE = Text(
    "逆向指标按完成率计分时，完成值不得为负数",
    "a figure where less is better must not be negative to score by ratio",
)


def require_target(score: Node, target: Node = TARGET) -> Node:
    """A score that is refused where the target is not above zero."""
    return Require(compare(target, ">", 0), _TARGET_NOT_POSITIVE, score)


class TargetRatio(Method):
    """Points in proportion to value over target, up to a cap."""

    method: Literal["target_ratio"] = "target_ratio"
    mode: Literal["ratio", "difference"] = describe(
        "计分方式",
        "mode",
        (
            "ratio＝按完成率，difference＝按与目标的差值",
            "by `ratio` of value to target, or by their `difference` (targets of growth)",
        ),
        default="ratio",
    )
    cap: Share = describe(
        "完成率上限",
        "cap on completion",
        ("1＝超额不加分", "with 1 nothing is gained above the target"),
        default=1,
        gt=0,
    )
    per_unit: Share | None = describe(
        "每差1个单位增减的完成率",
        "completion per unit of difference",
        default=None,
        gt=0,
    )
    zero_if_negative: bool = describe(
        "负增长计零分", "a negative figure scores zero", default=False
    )

    code: ClassVar = "R01"
    title: ClassVar = Text("目标完成率法", "Completion of a target")
    formula: ClassVar = "S = w·min(x/t, cap); by difference: S = w·min(max(0, 1 + k·(x−t)), cap)"
    summary: ClassVar = Text(
        "完成目标得满分，未完成按完成率得分；目标为零或负数时不能按完成率计分，须用差值方式。",
        "Full marks at the target, in proportion below it; a target of zero or less has no ratio.",
    )
    source: ClassVar = Text(
        "贵阳市目标绩效考核计分细则：发展型指标",
        "Guiyang, scoring rules of target assessment: indicators of development",
    )
    examples: ClassVar = (
        Example(
            points="8",
            figures={"value": ("108", "130"), "target": ("120", "120")},
            scores=("7.20", "8.00"),
            reference="E1",
        ),
        Example(
            points="8",
            figures={"value": ("130", "140"), "target": ("120", "120")},
            parameters={"cap": "1.1"},
            scores=("8.67", "8.80"),
            reference="E1",
        ),
        Example(
            points="10",
            figures={"value": ("-1", "-4", "-30"), "target": ("-2", "-2", "-2")},
            parameters={"mode": "difference", "per_unit": "0.05"},
            scores=("10", "9", "0"),
            reference="N4",
        ),
        Example(
            points="10",
            figures={"value": ("7", "5", "-0.1"), "target": ("6", "6", "1")},
            parameters={
                "mode": "difference", "per_unit": "10%", "cap": "1.05", "zero_if_negative": True,
            },
            scores=("10.5", "9", "0"),
        ),
        Example(
            points="6",
            figures={"value": ("50", "60", "40"), "target": ("50", "50", "50")},
            higher_is_better=False,
            scores=("6", "5", "6"),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _has_what_the_mode_needs(self) -> Self:
        if (self.mode == "difference") != (self.per_unit is not None):
            raise ValueError(
                "差值方式须写 per_unit，完成率方式不写\n"
                "give per_unit with mode difference, and only then"
            )
        return self

    def directions(self) -> tuple[bool, ...]:
        """Where less is better, a negative figure is no reason for nothing."""
        return (True,) if self.zero_if_negative else (True, False)

    def expression(self, *, higher_is_better: bool) -> Named:
        """completion → score."""
        by_ratio = self.mode == "ratio"
        of = self._ratio if by_ratio else self._difference
        reached = of(higher_is_better=higher_is_better)
        if self.zero_if_negative:
            reached = When(compare(VALUE, "<", 0), as_node(0), reached)
        completion = name_step("completion", "完成率", "completion", reached)
        score = POINTS * clamp(completion, 0, self.figure("cap"))
        return name_score(require_target(score) if by_ratio else score)

    def _ratio(self, *, higher_is_better: bool) -> Node:
        if higher_is_better:
            return VALUE / TARGET
        ratio = divide(TARGET, VALUE, on_zero=self.cap)
        return Require(compare(VALUE, ">=", 0), _VALUE_NEGATIVE, ratio)

    def _difference(self, *, higher_is_better: bool) -> Node:
        gap = VALUE - TARGET if higher_is_better else TARGET - VALUE
        return 1 + self.figure("per_unit") * gap


class Control(Method):
    """Full marks up to a limit, falling to nothing at a multiple of it."""

    method: Literal["control"] = "control"
    zero_at: Exact = describe(
        "得零分的倍数",
        "multiple that scores zero",
        ("完成值与控制值之比", "the figure over its limit"),
        default=2,
        gt=1,
    )

    code: ClassVar = "R02"
    title: ClassVar = Text("控制型指标法", "Keeping under a limit")
    formula: ClassVar = "x ≤ t: w; t < x ≤ 2t: w·(2 − x/t); x > 2t: 0"
    summary: ClassVar = Text(
        "不超过控制值得满分，超过部分按比例扣减，达到控制值的两倍得零分；用于能耗、事故等逆向指标。",
        "Full marks up to the limit, in proportion above it, nothing at twice the limit.",
    )
    source: ClassVar = Text(
        "贵阳市目标绩效考核计分细则：控制型指标",
        "Guiyang, scoring rules of target assessment: indicators of control",
    )
    examples: ClassVar = (
        Example(
            points="6",
            figures={"value": ("40", "55", "100", "101"), "target": ("50",) * 4},
            higher_is_better=False,
            scores=("6.00", "5.40", "0.00", "0.00"),
            reference="E2",
        ),
        Example(
            points="6",
            figures={"value": ("50", "60", "75"), "target": ("50",) * 3},
            parameters={"zero_at": "1.5"},
            higher_is_better=False,
            scores=("6", "3.6", "0"),
        ),
    )

    def directions(self) -> tuple[bool, ...]:
        """Less is better under a limit."""
        return (False,)

    def expression(self, *, higher_is_better: bool) -> Named:
        """ratio → share → score."""
        ratio = name_step("ratio", "完成值与控制值之比", "ratio of value to limit", VALUE / TARGET)
        share = Curve(ratio, (Fraction(1), self.zero_at), (Fraction(1), Fraction(0)))
        kept = name_step("kept", "得分比例", "share of the points", share)
        return name_score(require_target(POINTS * kept))


class AllOrNothing(Method):
    """Full marks when it is done, nothing otherwise."""

    method: Literal["all_or_nothing"] = "all_or_nothing"
    met_by: Literal["mark", "target"] = describe(
        "完成的认定",
        "counted as done",
        (
            "mark＝填1或0，正向指标1为完成、逆向指标1为发生；target＝达到目标值",
            "by a `mark`: 1 for done, or where less is better for happened, else 0; or by reaching the `target`",
        ),
    )

    code: ClassVar = "R17"
    title: ClassVar = Text("全有或全无法", "All or nothing")
    formula: ClassVar = "done: w; otherwise: 0"
    summary: ClassVar = Text(
        "完成得满分，未完成不得分；须写明验收标准并附证明材料。",
        "Full marks when done and nothing otherwise; needs an acceptance standard and a proof.",
    )
    source: ClassVar = Text(
        "衢州市县（市、区）目标责任制考核计分表",
        "Quzhou, scoring table of target responsibility of counties",
    )
    examples: ClassVar = (
        Example(
            points="3",
            figures={"value": ("1", "0")},
            parameters={"met_by": "mark"},
            scores=("3", "0"),
            reference="R17",
        ),
        Example(
            points="3",
            figures={"value": ("1", "0")},
            parameters={"met_by": "mark"},
            higher_is_better=False,
            scores=("0", "3"),
        ),
        Example(
            points="3",
            figures={"value": ("10", "9.99"), "target": ("10", "10")},
            parameters={"met_by": "target"},
            scores=("3", "0"),
        ),
        Example(
            points="3",
            figures={"value": ("2", "2.01"), "target": ("2", "2")},
            parameters={"met_by": "target"},
            higher_is_better=False,
            scores=("3", "0"),
        ),
    )

    def expression(self, *, higher_is_better: bool) -> Named:
        """done → score."""
        if self.met_by == "mark":
            marks = (Fraction(0), Fraction(1))
            shares = marks if higher_is_better else marks[::-1]
            return name_score(POINTS * Lookup(VALUE, marks, shares))
        reached = compare(VALUE, ">=" if higher_is_better else "<=", TARGET)
        return name_score(When(reached, POINTS, as_node(0)))
