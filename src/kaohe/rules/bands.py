"""Methods that read the score from fixed bands, an interval, or fixed standards."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from kaohe.expressions.nodes import Bands, Curve, Named, Node, When, as_node
from kaohe.expressions.writing import POINTS, VALUE, compare, name_step
from kaohe.language import Text
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, Share

_GRADES = (Fraction(1), Fraction(4, 5), Fraction(3, 5), Fraction(2, 5), Fraction(1, 5))


def rises(numbers: Sequence[Fraction]) -> bool:
    """Whether each number is above the one before."""
    return all(later > earlier for earlier, later in pairwise(numbers))


class Band(BaseModel):
    """One band: the figure from which it holds, and its share of the points."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edge: Exact = describe(
        "界值", "edge", ("含本数", "the figure from which it holds, itself included")
    )
    share: Share = describe("得分比例", "share of the points")


class ValueBands(Method):
    """A share of the points by the band the unrounded figure falls in."""

    method: Literal["bands"] = "bands"
    bands: tuple[Band, ...] = describe(
        "分档",
        "bands",
        (
            "由好到差；正向指标为“不低于界值”，逆向指标为“不高于界值”",
            "from the best on; at least the edge, or at most it where less is better",
        ),
        min_length=1,
    )
    below: Share = describe(
        "未达最低一档的得分比例", "share of the points below the lowest band", default=0
    )

    code: ClassVar = "R14"
    title: ClassVar = Text("分档计分法", "Points by band")
    formula: ClassVar = "S = w·share of the band [lower, upper) that x falls in"
    summary: ClassVar = Text(
        "按完成值所在的档取分值的一定比例，界值含在较好一档；用未四舍五入的原值判断。",
        "A share of the points by band; an edge belongs to the better band; unrounded figures decide.",
    )
    source: ClassVar = Text(
        "各地考核细则的通行做法，未见原文", "common practice; no document was seen"
    )
    examples: ClassVar = (
        Example(
            figures={"value": ("94.995", "95", "85", "84.99")},
            parameters={
                "bands": [
                    {"edge": 95, "share": 1}, {"edge": 90, "share": "90%"},
                    {"edge": 85, "share": "75%"},
                ],
            },
            scores=("90", "100", "75", "0"),
            reference="E34",
        ),
        Example(
            points="5",
            figures={"value": ("2", "2.01", "5", "5.1")},
            parameters={
                "bands": [{"edge": 2, "share": 1}, {"edge": 5, "share": "3/5"}], "below": "0.2",
            },
            higher_is_better=False,
            scores=("5", "3", "3", "1"),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _falls_off(self) -> Self:
        edges = [band.edge for band in self.bands]
        shares = [band.share for band in self.bands]
        if not (rises(edges) or rises(edges[::-1])):
            raise ValueError(
                "分档须由好到差排列，界值不得重复\nwrite the bands from the best on, no edge twice"
            )
        if any(worse > better for better, worse in pairwise([*shares, self.below])):
            raise ValueError(
                "较差一档的得分比例不得高于较好一档；越接近区间越好的指标请用 interval\n"
                "a worse band must not earn more; for an ideal range use the method interval"
            )
        return self

    def directions(self) -> tuple[bool, ...]:
        """From the best band on, edges fall where more is better and rise where less is."""
        edges = [band.edge for band in self.bands]
        return (True, False) if len(edges) == 1 else (not rises(edges),)

    def expression(self, *, higher_is_better: bool) -> Named:
        """share → score."""
        share = self._by_lower_edge() if higher_is_better else self._by_upper_edge()
        return name_score(POINTS * name_step("share", "得分比例", "share of the points", share))

    def _by_lower_edge(self) -> Node:
        ascending = sorted((band.edge, band.share) for band in self.bands)
        edges, shares = zip(*ascending, strict=True)
        return Bands(VALUE, edges, shares, self.below)

    def _by_upper_edge(self) -> Node:
        share: Node = as_node(self.below)
        for band in sorted(self.bands, key=lambda band: band.edge, reverse=True):
            share = When(compare(VALUE, "<=", band.edge), as_node(band.share), share)
        return share


class Interval(Method):
    """Full marks inside an ideal range, fewer with the distance from it."""

    method: Literal["interval"] = "interval"
    low: Exact = describe("适度区间下限", "lower end of the ideal range")
    high: Exact = describe("适度区间上限", "upper end of the ideal range")
    lowest: Exact = describe("最小参考值", "least figure reckoned with")
    highest: Exact = describe("最大参考值", "greatest figure reckoned with")

    code: ClassVar = "R25"
    title: ClassVar = Text("适度区间法", "Ideal range")
    formula: ClassVar = "p ≤ x ≤ q: w; else w·max(0, 1 − distance/max(p − m, M − q))"
    summary: ClassVar = Text(
        "完成值在适度区间内得满分，偏离越远得分越低；区间和参考值须事先定好。",
        "Full marks inside the range, fewer with distance; range and bounds are fixed beforehand.",
    )
    source: ClassVar = Text(
        "综合评价中适度指标的通行算法",
        "usual normalisation of moderate indicators in composite indices",
    )
    is_monotone: ClassVar = False
    examples: ClassVar = (
        Example(
            points="10",
            figures={"value": ("45", "40", "60", "35", "90", "100", "-1")},
            parameters={"low": 40, "high": 60, "lowest": 20, "highest": 100},
            scores=("10", "10", "10", "8.75", "2.5", "0", "0"),
            reference="R25",
        ),
        Example(
            points="10",
            figures={"value": ("3", "2", "4.5")},
            parameters={"low": 3, "high": 3, "lowest": 1, "highest": 5},
            scores=("10", "5", "2.5"),
        ),
    )

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if not self.lowest <= self.low <= self.high <= self.highest:
            raise ValueError(
                "须满足 lowest ≤ low ≤ high ≤ highest\nkeep lowest ≤ low ≤ high ≤ highest"
            )
        if self.lowest == self.low and self.high == self.highest:
            raise ValueError(
                "适度区间与参考范围相同，偏离无从衡量\n"
                "the range is as wide as its bounds: no distance can be measured"
            )
        return self

    def directions(self) -> tuple[bool, ...]:
        """Neither more nor less is better; such figures are read as they stand."""
        return (True,)

    def expression(self, *, higher_is_better: bool) -> Named:
        """share → score."""
        reach = max(self.low - self.lowest, self.highest - self.high)
        heights = {
            self.low - reach: Fraction(0), self.low: Fraction(1),
            self.high: Fraction(1), self.high + reach: Fraction(0),
        }  # fmt: skip
        curve = Curve(VALUE, tuple(heights), tuple(heights.values()))
        return name_score(POINTS * name_step("share", "得分比例", "share of the points", curve))


class FiveGrades(Method):
    """Between fixed standards of five grades, each with its share of the points."""

    method: Literal["five_grades"] = "five_grades"
    standards: tuple[Exact, Exact, Exact, Exact, Exact] = describe(
        "优秀、良好、平均、较低、较差值", "standards from excellent to poor"
    )
    coefficients: tuple[Share, Share, Share, Share, Share] = describe(
        "各档标准系数", "share of the points at each standard", default=_GRADES
    )
    below: Share = describe("达不到较差值的系数", "share short of the poor standard", ge=0)

    code: ClassVar = "R26"
    title: ClassVar = Text("五档标准系数法", "Standards of five grades")
    formula: ClassVar = "S = w·(k′ + (k − k′)·(x − s′)/(s − s′)) between the standards s′ and s"
    summary: ClassVar = Text(
        "按年度标准值分五档，两档之间按直线折算，达到优秀值得满分；达不到较差值的按规定系数得分。",
        "Fixed standards of five grades, in proportion between them; full marks from excellent on.",
    )
    source: ClassVar = Text(
        "企业绩效评价标准值的功效系数法（五档系数1.0至0.2为通行做法，未见原文）",
        "efficacy by standards as in enterprise performance evaluation; shares 1.0 … 0.2 are practice",
    )
    examples: ClassVar = (
        Example(
            points="10",
            figures={"value": ("25", "20", "17.5", "11", "4", "2", "1.9")},
            parameters={"standards": (20, 15, 10, 5, 2), "below": 0},
            scores=("10", "10", "9", "6.4", "3.3333", "2", "0"),
            reference="R26",
        ),
        Example(
            points="10",
            figures={"value": ("50", "65", "90", "91")},
            parameters={"standards": (50, 60, 70, 80, 90), "below": "0.1"},
            higher_is_better=False,
            scores=("10", "7", "2", "1"),
        ),
    )

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if not (rises(self.standards) or rises(self.standards[::-1])):
            raise ValueError(
                "五档标准值须由优到差依次递增或递减\n"
                "the five standards must rise or fall all the way from excellent to poor"
            )
        if not rises((*self.coefficients[::-1],)) or self.below > self.coefficients[-1]:
            raise ValueError(
                "系数须由优到差递减，below 不得高于较差档系数\n"
                "the shares must fall from excellent to poor, and `below` must not exceed the last"
            )
        return self

    def directions(self) -> tuple[bool, ...]:
        """Where more is better the excellent standard is the highest."""
        return (not rises(self.standards),)

    def expression(self, *, higher_is_better: bool) -> Named:
        """share → score."""
        standards, coefficients = zip(
            *sorted(zip(self.standards, self.coefficients, strict=True)), strict=True
        )
        curve = Curve(VALUE, standards, coefficients)
        reached = compare(VALUE, ">=" if higher_is_better else "<=", self.standards[-1])
        share = When(reached, curve, as_node(self.below))
        return name_score(POINTS * name_step("share", "得分比例", "share of the points", share))
