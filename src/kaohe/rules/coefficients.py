"""Methods that place a figure between the pool's worst and best, or against its mean."""

from fractions import Fraction
from itertools import accumulate
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Curve, Facet, Named, Node, Peer, Require
from kaohe.expressions.writing import (
    POINTS,
    VALUE,
    clamp,
    compare,
    divide,
    greatest,
    least,
    name_step,
)
from kaohe.language import Text
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, Weight

_SMALLEST_POOL = 3
OUT_OF_100 = ("百分制", "out of 100")


class EfficacyCoefficient(Method):
    """Base per cent for the pool's worst, base plus span for its best, in proportion between."""

    method: Literal["efficacy_coefficient"] = "efficacy_coefficient"
    base: Exact = describe("基础分", "base", OUT_OF_100, default=60)
    span: Exact = describe("功效分", "span", OUT_OF_100, default=40, ge=0)
    worst: Exact | None = describe(
        "不允许值",
        "worst value",
        ("与满意值同写；空＝取组内最差值", "given with `best`; the pool's own if empty"),
        default=None,
    )
    best: Exact | None = describe(
        "满意值",
        "best value",
        ("与不允许值同写；空＝取组内最好值", "given with `worst`; the pool's own if empty"),
        default=None,
    )

    code: ClassVar = "R04"
    title: ClassVar = Text("功效系数法", "Efficacy coefficient")
    formula: ClassVar = "S = w·(c + d·(x−worst)/(best−worst))/100"
    summary: ClassVar = Text(
        "组内最好的得满分，最差的得基础分，其余按所处位置折算；基础分0、功效分100即极差法。",
        "Full marks for the pool's best, the base for its worst, in proportion between; base 0 is min–max.",
    )
    source: ClassVar = Text(
        "滁州市季度考核：功效系数法（基础分60）",
        "Chuzhou, quarterly assessment: efficacy coefficient with base 60",
    )
    examples: ClassVar = (
        Example(
            points="5",
            figures={"value": ("12.5", "9.8", "7.1", "15.2", "10.4")},
            scores=("4.3333", "3.6667", "3.0000", "5.0000", "3.8148"),
            reference="E4",
        ),
        Example(
            figures={"value": ("12.5", "9.8", "7.1", "15.2", "10.4")},
            scores=("86.6667", "73.3333", "60", "100", "76.2963"),
            reference="E4",
        ),
        Example(
            figures={"value": ("28", "31", "25", "35", "30")},
            higher_is_better=False,
            scores=("88", "76", "100", "60", "80"),
            reference="E4b",
        ),
        Example(figures={"value": ("7", "7", "7")}, scores=("100", "100", "100"), reference="E4c"),
        Example(
            points="10",
            figures={"value": ("80", "90", "100", "120")},
            parameters={"worst": 80, "best": 100},
            scores=("6", "8", "10", "10"),
        ),
    )

    @model_validator(mode="after")
    def _has_both_bounds(self) -> Self:
        if (self.worst is None) != (self.best is None):
            raise ValueError(
                "worst 与 best 须同时写明，或都不写\ngive `worst` and `best` together, or neither"
            )
        if self.worst is not None and self.worst == self.best:
            raise ValueError(
                "不允许值与满意值相同，无从折算\n"
                "`worst` and `best` are the same: nothing lies between them"
            )
        return self

    def directions(self) -> tuple[bool, ...]:
        """Fixed figures say themselves whether more is better."""
        if self.worst is None or self.best is None:
            return (True, False)
        return (self.best > self.worst,)

    def expression(self, *, higher_is_better: bool) -> Named:
        """efficacy → per cent → score."""
        of_pool = self.worst is None
        efficacy = (
            measure_efficacy(VALUE, higher_is_better=higher_is_better)
            if of_pool
            else self._measure_fixed()
        )
        share = name_step("efficacy", "功效系数", "efficacy", efficacy)
        percent = name_step(
            "percent",
            "百分制得分",
            "score in per cent",
            self.figure("base") + self.figure("span") * share,
        )
        score = POINTS * percent / 100
        return name_score(require_peers(score) if of_pool else score)

    def _measure_fixed(self) -> Node:
        worst = self.figure("worst")
        return clamp((VALUE - worst) / (self.figure("best") - worst), 0, 1)


def measure_efficacy(of: Node, *, higher_is_better: bool) -> Node:
    """A figure's place between the pool's worst (0) and best (1); 1 where they are the same.

    Who is compared with a pool without being in it may be beyond either end, and is held at it.
    """
    low, high = Peer("min", of), Peer("max", of)
    worst, best = (low, high) if higher_is_better else (high, low)
    return clamp(divide(of - worst, best - worst, on_zero=Fraction(1)), 0, 1)


def require_peers(score: Node, of: Node = VALUE) -> Node:
    """A score that is refused in a pool of fewer than three figures."""
    reason = Text(
        "可比组内有数据的不足三个，不得使用相对计分办法",
        "fewer than three figures in the pool for a relative rule",
    )
    return Require(compare(Peer("count", of), ">=", _SMALLEST_POOL), reason, score)


class MeanTaper(Method):
    """Base points at the pool's mean; each further band above or below counts for less."""

    method: Literal["mean_taper"] = "mean_taper"
    band: Exact = describe("每档宽度", "width of a band", default=10, gt=0)
    gains: tuple[Weight, ...] = describe(
        "高于平均各档除数", "divisors of the bands above the mean", default=(20, 40, 60), min_length=1
    )  # fmt: skip
    losses: tuple[Weight, ...] = describe(
        "低于平均各档除数", "divisors of the bands below the mean", default=(60, 80, 100), min_length=1
    )  # fmt: skip
    cap: Exact | None = describe(
        "得分上限", "highest score", ("空＝不设上限", "none if empty"), default=None
    )
    floor: Exact | None = describe(
        "得分下限", "lowest score", ("空＝不设下限", "none if empty"), default=0
    )
    not_started: Exact | None = describe(
        "每个当年未开工项目扣分", "loss per project not started in the year", default=None, gt=0
    )

    code: ClassVar = "R08"
    title: ClassVar = Text("均值递减加分法", "Tapering around the mean")
    formula: ClassVar = (
        "S = w·(1 + x₁/20 + x₂/40 + x₃/60 + …), xᵢ: points in the i-th band from the mean"
    )
    summary: ClassVar = Text(
        "达到组内平均得本项分值，高于平均的部分逐档递减加分，低于平均的部分逐档递减扣分。",
        "The points at the pool's mean; each further band above or below counts for less.",
    )
    source: ClassVar = Text(
        "黑龙江省产业项目考核办法：与平均比、逐档递减",
        "Heilongjiang, assessment of industrial projects: against the mean, tapering by band",
    )
    examples: ClassVar = (
        Example(
            points="20",
            figures={"value": ("60", "50", "40", "85", "15")},
            scores=("30.0000", "20.0000", "16.6667", "40.0000", "11.1667"),
            reference="R08",
        ),
        Example(
            points="20",
            figures={"value": ("60", "50", "40"), "not_started": ("1", "0", "2")},
            parameters={"not_started": "0.33", "cap": 25},
            scores=("24.67", "20", "16.0067"),
            reference="R08",
        ),
        Example(
            points="1",
            figures={"value": ("0", "200", "100")},
            parameters={"floor": None, "band": 50, "gains": [100], "losses": [25]},
            scores=("-3", "2", "1"),
        ),
    )

    def expression(self, *, higher_is_better: bool) -> Named:
        """gap → taper → score."""
        mean = Peer("mean", VALUE)
        gap = VALUE - mean if higher_is_better else mean - VALUE
        step = name_step("gap", "与平均值的差距", "gap to the mean", gap)
        taper = name_step("taper", "递减系数", "taper", self._curve(step))
        points: Node = POINTS * (1 + taper)
        if self.cap is not None:
            points = least(points, self.figure("cap"))
        if self.not_started is not None:
            points = points - self.figure("not_started") * Facet("not_started")
        return name_score(points if self.floor is None else greatest(points, self.figure("floor")))

    def _curve(self, gap: Node) -> Curve:
        above = list(accumulate(self.band / divisor for divisor in self.gains))
        below = list(accumulate(-self.band / divisor for divisor in self.losses))
        xs = [self.band * count for count in range(-len(below), len(above) + 1)]
        ys = [*reversed(below), Fraction(0), *above]
        return Curve(gap, tuple(xs), tuple(ys), before="extend", after="extend")
