"""Methods that hold a figure against a target."""

from typing import ClassVar, Literal

from kaohe.expressions.nodes import Named, Require, StepMode, Steps, When
from kaohe.expressions.writing import (
    POINTS,
    TARGET,
    VALUE,
    compare,
    greatest,
    least,
    name_step,
)
from kaohe.language import Text
from kaohe.rules.method import POINTS_AS_CAP, STEP_MODES, Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, NotNegative


class TargetSteps(Method):
    """Full marks at the target, so much more for each step above it, so much less for each below."""

    method: Literal["target_steps"] = "target_steps"
    gain: Exact = describe("每步加分", "gain per step", ge=0)
    gain_step: Exact = describe("加分步长", "step above the target", gt=0)
    gain_mode: StepMode = describe("加分步进方式", "step mode above", STEP_MODES)
    gain_cap: NotNegative | Literal["points"] = describe(
        "加分上限", "cap on the gain", POINTS_AS_CAP
    )
    loss: Exact = describe("每步扣分", "loss per step", ge=0)
    loss_step: Exact = describe("扣分步长", "step below the target", gt=0)
    loss_mode: StepMode = describe("扣分步进方式", "step mode below", STEP_MODES)
    step_in: Literal["value", "percent_of_target"] = describe(
        "步长单位",
        "unit of the steps",
        (
            "value＝完成值的单位，percent_of_target＝目标值的百分比",
            "the `value`'s own, or `percent_of_target`",
        ),
        default="value",
    )

    code: ClassVar = "R03"
    title: ClassVar = Text("基准分步进法", "Steps around a target")
    formula: ClassVar = "x ≥ t: w + min(u·g((x−t)/s), U); x < t: max(0, w − d·h((t−x)/s′))"
    summary: ClassVar = Text(
        "达到目标得基本分，超过的按步加分、不足的按步扣分；“每增加1%加1分”须写明按比例、满步还是不足一步按一步。",
        "Base points at the target, more or less by steps; how a part of a step counts must be said.",
    )
    source: ClassVar = Text(
        "衢州市县（市、区）目标责任制考核计分表",
        "Quzhou, scoring table of target responsibility of counties",
    )
    examples: ClassVar = (
        Example(
            points="5",
            figures={"value": ("99.6", "100.9", "95.5", "90"), "target": ("98",) * 4},
            parameters={
                "gain": 1, "gain_step": 1, "gain_mode": "linear", "gain_cap": 2,
                "loss": 1, "loss_step": 1, "loss_mode": "linear",
            },
            scores=("6.60", "7.00", "2.50", "0.00"),
            reference="E3",
        ),
        Example(
            points="5",
            figures={"value": ("99.6", "95.5"), "target": ("98", "98")},
            parameters={
                "gain": 1, "gain_step": 1, "gain_mode": "floor", "gain_cap": 2,
                "loss": 1, "loss_step": 1, "loss_mode": "floor",
            },
            scores=("6.00", "3.00"),
            reference="E3",
        ),
        Example(
            points="5",
            figures={"value": ("95.5",), "target": ("98",)},
            parameters={
                "gain": 1, "gain_step": 1, "gain_mode": "floor", "gain_cap": 2,
                "loss": 1, "loss_step": 1, "loss_mode": "ceil",
            },
            scores=("2.00",),
            reference="E3",
        ),
        Example(
            points="4",
            figures={"value": ("135", "75"), "target": ("120", "100")},
            parameters={
                "gain": "0.5", "gain_step": 10, "gain_mode": "floor", "gain_cap": "points",
                "loss": 1, "loss_step": 10, "loss_mode": "floor", "step_in": "percent_of_target",
            },
            scores=("4.50", "2.00"),
            reference="每少完成目标值10%扣1分",
        ),
    )  # fmt: skip

    def expression(self, *, higher_is_better: bool) -> Named:
        """gap → steps → change → score."""
        better, worse = (VALUE, TARGET) if higher_is_better else (TARGET, VALUE)
        gap = name_step("gap", "与目标的差距", "gap to the target", better - worse)
        is_met = compare(gap, ">=", 0)
        gained, lost = self.figure("gain_step"), self.figure("loss_step")
        sizes = (gained, lost) if self.step_in == "value" else (
            TARGET * gained / 100, TARGET * lost / 100)  # fmt: skip
        steps = name_step("steps", "步数", "steps", When(
            is_met,
            Steps(gap, sizes[0], self.gain_mode),
            Steps(worse - better, sizes[1], self.loss_mode),
        ))  # fmt: skip
        change = name_step("change", "加扣分", "points gained or lost", When(
            is_met, least(self.figure("gain") * steps, self.figure_or_points("gain_cap")),
            0 - self.figure("loss") * steps
        ))  # fmt: skip
        score = greatest(POINTS + change, 0)
        if self.step_in == "percent_of_target":
            score = Require(compare(TARGET, ">", 0), _TARGET_NOT_POSITIVE, score)
        return name_score(score)


_TARGET_NOT_POSITIVE = Text(
    "目标值须大于零，否则不能按目标值的百分比计分",
    "the target must be above zero to score in per cent of it",
)
