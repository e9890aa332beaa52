"""Methods that hold a figure against the pool's best, its largest contribution or its mean."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Named, Node, Peer, Require, StepMode, Steps, When, as_node
from kaohe.expressions.writing import (
    POINTS,
    TARGET,
    VALUE,
    clamp,
    compare,
    greatest,
    name_step,
)
from kaohe.language import Text
from kaohe.rules.completion import require_target
from kaohe.rules.method import STEP_MODES, Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, Share

_BEST_NOT_POSITIVE = Text(
    "组内最好值须大于零，否则不能按比例计分",
    "the pool's best figure must be above zero to score in proportion to it",
)
_BAR_NEGATIVE = Text(
    "比较标准为负数时不得使用免扣幅度",
    "an allowance in per cent means nothing where the standard is negative",
)
_NOTHING_CONTRIBUTED = Text(
    "组内最大完成值须大于零，否则贡献率没有意义",
    "the largest figure of the pool must be above zero for contributions to mean anything",
)


def compare_to_best(of: Node, *, higher_is_better: bool) -> Node:
    """A figure over the pool's best one, or the best one over it where less is better."""
    if higher_is_better:
        return of / Peer("max", of)
    return Peer("min", of) / of


def require_positive_best(of: Node, score: Node, *, higher_is_better: bool) -> Node:
    """A score that is refused where the pool's best figure is not above zero."""
    best = Peer("max" if higher_is_better else "min", of)
    return Require(compare(best, ">", 0), _BEST_NOT_POSITIVE, score)


class RatioToBest(Method):
    """Full marks for the pool's best, the others in proportion to it."""

    method: Literal["ratio_to_best"] = "ratio_to_best"

    code: ClassVar = "R07"
    title: ClassVar = Text("比例法", "In proportion to the best")
    formula: ClassVar = "S = w·x/max(x); where less is better: w·min(x)/x"
    summary: ClassVar = Text(
        "第一名得满分，其余按与第一名的比例得分；最好值为零或负数时不能计分。",
        "Full marks for the first, the others in proportion; needs a best figure above zero.",
    )
    source: ClassVar = Text(
        "机构编制质效评估计分细则：比例法",
        "scoring rules of an assessment of public bodies: in proportion to the first",
    )
    examples: ClassVar = (
        Example(
            points="6",
            figures={"value": ("3.2", "2.8", "2.5", "1.9", "1.6")},
            scores=("6", "5.25", "4.6875", "3.5625", "3.00"),
            reference="E8",
        ),
        Example(
            points="6",
            figures={"value": ("2", "4", "5")},
            higher_is_better=False,
            scores=("6", "3", "2.4"),
        ),
        Example(points="6", figures={"value": ("4", "-1")}, scores=("6", "0")),
    )

    def expression(self, *, higher_is_better: bool) -> Named:
        """ratio → score."""
        ratio = name_step(
            "ratio",
            "与最好值之比",
            "ratio to the best",
            compare_to_best(VALUE, higher_is_better=higher_is_better),
        )
        score = POINTS * clamp(ratio, 0, 1)
        return name_score(require_positive_best(VALUE, score, higher_is_better=higher_is_better))


class Contribution(Method):
    """Completion of the own target together with the share of the whole that a unit brings."""

    method: Literal["contribution"] = "contribution"
    completion_share: Share = describe(
        "完成率所占比重", "weight of completion", default="0.8", ge=0, le=1
    )
    cap: Share = describe("完成率上限", "cap on completion", default=1, gt=0)

    code: ClassVar = "R20"
    title: ClassVar = Text("贡献率计分法", "Contribution to the whole")
    formula: ClassVar = "S = w·(0.8·min(x/t, 1) + 0.2·x/max(x))"
    summary: ClassVar = Text(
        "一部分按目标完成率、一部分按对全域的贡献率计分，贡献最大的得满贡献分；只用于体量可比的单位。",
        "Part for completion, part for the share of the whole; for units of comparable size only.",
    )
    source: ClassVar = Text(
        "贵阳市目标绩效考核计分细则：约二成实行贡献率计分；合成公式为本系统设计",
        "Guiyang, scoring rules of target assessment: about a fifth by contribution;"
        " how the two are put together is this project's design",
    )
    examples: ClassVar = (
        Example(
            points="10",
            figures={"value": ("120", "60", "30"), "target": ("100", "80", "30")},
            scores=("10", "7", "8.5"),
            reference="R20",
        ),
        Example(
            points="2",
            figures={"value": ("120", "60", "30")},
            parameters={"completion_share": 0},
            scores=("2", "1", "0.5"),
        ),
    )

    def directions(self) -> tuple[bool, ...]:
        """More is better of what is contributed."""
        return (True,)

    def expression(self, *, higher_is_better: bool) -> Named:
        """contribution, completion → score."""
        largest = Peer("max", VALUE)
        contribution = name_step(
            "contribution", "相对贡献率", "contribution against the largest", VALUE / largest
        )
        share = self.figure("completion_share")
        score = brought = clamp(contribution, 0, 1)
        if self.completion_share:
            completion = name_step("completion", "完成率", "completion", VALUE / TARGET)
            reached = clamp(completion, 0, self.figure("cap"))
            score = share * reached + (1 - share) * brought
        score = Require(compare(largest, ">", 0), _NOTHING_CONTRIBUTED, POINTS * score)
        return name_score(require_target(score) if self.completion_share else score)


class ReachMean(Method):
    """Full marks at the mean (or another standard), so much less for each step short of it."""

    method: Literal["reach_mean"] = "reach_mean"
    standard: Literal["mean", "mean_of_others", "target", "fixed"] = describe(
        "比较标准",
        "standard",
        (
            "mean＝组内平均含本单位，mean_of_others＝不含本单位，target＝目标值，fixed＝固定值",
            "the pool's `mean`, the `mean_of_others`, the `target`, or a `fixed` figure",
        ),
        default="mean",
    )
    fixed: Exact | None = describe("固定标准值", "fixed standard", default=None)
    allowance: Share = describe(
        "免扣幅度",
        "allowance",
        ("占标准的比例", "shortfall let pass, as a share of the standard"),
        default=0,
        ge=0,
        lt=1,
    )  # fmt: skip
    loss: Exact = describe("每步扣分", "loss per step", ge=0)
    loss_step: Exact = describe("扣分步长", "step of the shortfall", gt=0)
    loss_mode: StepMode = describe("步进方式", "step mode", STEP_MODES)
    floor: Exact = describe("最低得分", "lowest score", default=0)

    code: ClassVar = "R12"
    title: ClassVar = Text("达标扣减法", "Reaching the mean")
    formula: ClassVar = "x ≥ a: w; x < a: max(floor, w − k·h((a − x)/s))"
    summary: ClassVar = Text(
        "达到平均值（或规定标准）得满分，每低一步扣若干分；须写明步进方式。",
        "Full marks at the mean or another standard, so much less for each step short of it.",
    )
    source: ClassVar = Text(
        "机构编制质效评估计分细则：达到平均值得满分",
        "scoring rules of an assessment of public bodies: full marks at the mean",
    )
    examples: ClassVar = (
        Example(
            points="2",
            figures={"value": ("18.9", "21.4", "30"), "target": ("21.4",) * 3},
            parameters={"standard": "target", "loss": "0.1", "loss_step": 1, "loss_mode": "linear"},
            scores=("1.75", "2", "2"),
            reference="E12",
        ),
        Example(
            points="2",
            figures={"value": ("18.9", "1")},
            parameters={
                "standard": "fixed", "fixed": "21.4",
                "loss": "0.1", "loss_step": 1, "loss_mode": "floor",
            },
            scores=("1.80", "0.00"),
            reference="E12",
        ),
        Example(
            points="2",
            figures={"value": ("10", "20", "36")},
            parameters={"loss": "0.1", "loss_step": 1, "loss_mode": "ceil"},
            scores=("0.8", "1.8", "2"),
        ),
        Example(
            points="2",
            figures={"value": ("10", "20", "36")},
            parameters={
                "standard": "mean_of_others", "loss": "0.1", "loss_step": 1,
                "loss_mode": "linear", "floor": "0.5",
            },
            scores=("0.5", "1.7", "2"),
        ),
        Example(
            points="2",
            figures={"value": ("21", "22", "17")},
            parameters={"allowance": "5%", "loss": "0.5", "loss_step": 1, "loss_mode": "linear"},
            higher_is_better=False,
            scores=("2", "1.5", "2"),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _has_the_fixed_standard(self) -> Self:
        if (self.standard == "fixed") != (self.fixed is not None):
            raise ValueError(
                "standard 为 fixed 时须写 fixed 的值，其余不写\n"
                "give `fixed` with the standard fixed, and only then"
            )
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """bar → gap → lost → score."""
        standard = self._standard()
        leeway = self.figure("allowance")
        relaxed = standard * (1 - leeway if higher_is_better else 1 + leeway)
        bar = name_step("bar", "满分标准", "standard", relaxed if self.allowance else standard)
        gap = name_step(
            "gap", "未达标的差距", "shortfall", bar - VALUE if higher_is_better else VALUE - bar
        )
        steps = Steps(gap, self.figure("loss_step"), self.loss_mode)
        lost = name_step(
            "lost", "扣分", "points lost",
            When(compare(gap, ">", 0), self.figure("loss") * steps, as_node(0)),
        )  # fmt: skip
        score = greatest(POINTS - lost, self.figure("floor"))
        if self.allowance:
            score = Require(compare(standard, ">=", 0), _BAR_NEGATIVE, score)
        return name_score(score)

    def _standard(self) -> Node:
        if self.standard == "target":
            return TARGET
        if self.standard == "fixed":
            return self.figure("fixed")
        return Peer("mean", VALUE, own=self.standard == "mean")
