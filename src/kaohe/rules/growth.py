"""Methods that put a figure's level and its growth together."""

from typing import ClassVar, Literal

from kaohe.expressions.nodes import Facet, Named, Node, StepMode, Steps, When
from kaohe.expressions.writing import POINTS, VALUE, clamp, compare, name_step
from kaohe.language import Text
from kaohe.rules.coefficients import OUT_OF_100, measure_efficacy, require_peers
from kaohe.rules.comparisons import compare_to_best, require_positive_best
from kaohe.rules.completion import require_target
from kaohe.rules.method import STEP_MODES, Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, NotNegative, Share
from kaohe.rules.reductions import Tariff
from kaohe.rules.samples import sample_matters
from kaohe.rules.tallied import ABOVE_ZERO, TALLY, Tallied

_GROWTH = Facet("growth")
_REFERENCE = Facet("reference")
_BY_EFFICACY = ("百分制，用功效系数时", "out of 100, where measured by `efficacy`")


class StaticDynamic(Tallied):
    """Efficacy of the level and of the growth, then more or less by the distance to a wider area."""

    method: Literal["static_dynamic"] = "static_dynamic"
    static_share: Share = describe(
        "静态比重",
        "weight of the level",
        ("静态即总量", "the growth has the rest"),
        default="0.4",
        ge=0,
        le=1,
    )
    base: Exact = describe("基础分", "base", OUT_OF_100, default=60)
    span: Exact = describe("功效分", "span", OUT_OF_100, default=40, ge=0)
    change: Exact = describe(
        "每步加减分",
        "points per step",
        ("增幅与参照地区相比", "of the growth from the reference area's"),
        ge=0,
    )
    change_step: Exact = describe("加减分步长", "step from the reference", gt=0)
    change_mode: StepMode = describe("步进方式", "step mode", STEP_MODES)
    change_cap: Exact | None = describe(
        "加减分上限",
        "cap on the change",
        ("空＝不设上限", "no limit if empty"),
        default=None,
        ge=0,
    )
    deductions: dict[str, NotNegative] = describe(
        "约谈等各类扣分", "loss by kind of matter", ABOVE_ZERO, default_factory=dict
    )

    code: ClassVar = "R05"
    title: ClassVar = Text("静态动态合成法", "Level and growth together")
    formula: ClassVar = (
        "S = w·(0.4·R04(x) + 0.6·R04(growth))/100 ± u·h((growth − reference)/s) − deductions"
    )
    summary: ClassVar = Text(
        "总量和增幅分别按功效系数法计分后合成，再按增幅与参照地区（如全市）之差加减分，被约谈的另扣分。",
        "Level and growth by efficacy, put together; more or less by growth against a reference area.",
    )
    source: ClassVar = Text(
        "滁州市季度考核：静态占四成、动态占六成，与全市相比加减分",
        "Chuzhou, quarterly assessment: level 40 %, growth 60 %, compared with the city",
    )
    examples: ClassVar = (
        Example(
            figures={
                "value": ("200", "150", "100"), "growth": ("5", "9", "7"),
                "reference": ("7", "7", "7"),
            },
            records=(
                sample_matters("quarterly"), sample_matters(), sample_matters("monthly", "monthly"),
            ),
            parameters={
                "change": "0.1", "change_step": "0.1", "change_mode": "linear",
                "deductions": {"monthly": "0.5", "quarterly": 1},
            },
            scores=("73", "94", "71"),
            reference="R05",
        ),
        Example(
            points="10",
            figures={
                "value": ("200", "150", "100"), "growth": ("6.75", "9", "7"),
                "reference": ("7", "7", "7"), "tally": ("0", "0", "0"),
            },
            parameters={
                "static_share": "0.5", "change": "0.1", "change_step": "0.1",
                "change_mode": "floor", "change_cap": "0.5",
            },
            scores=("7.8", "9.5", "6.2222"),
        ),
    )  # fmt: skip

    def expression(self, *, higher_is_better: bool) -> Named:
        """static, dynamic → blend; ahead → change → score."""
        static = name_step(
            "static",
            "静态得分",
            "score of the level",
            self._percent(VALUE, higher_is_better=higher_is_better),
        )
        dynamic = name_step(
            "dynamic",
            "动态得分",
            "score of the growth",
            self._percent(_GROWTH, higher_is_better=higher_is_better),
        )
        share = self.figure("static_share")
        blend = name_step(
            "blend", "合成得分", "combined score", share * static + (1 - share) * dynamic
        )
        ahead, behind = _GROWTH - _REFERENCE, _REFERENCE - _GROWTH
        if not higher_is_better:
            ahead, behind = behind, ahead
        change = name_step(
            "change",
            "与参照地区相比加减分",
            "gained or lost against the reference",
            self._change(ahead, behind),
        )
        score = POINTS * blend / 100 + change - TALLY
        return name_score(require_peers(require_peers(score, _GROWTH)))

    def _percent(self, of: Node, *, higher_is_better: bool) -> Node:
        efficacy = measure_efficacy(of, higher_is_better=higher_is_better)
        return self.figure("base") + self.figure("span") * efficacy

    def _change(self, ahead: Node, behind: Node) -> Node:
        step, points = self.figure("change_step"), self.figure("change")
        gained = points * Steps(ahead, step, self.change_mode)
        lost = 0 - points * Steps(behind, step, self.change_mode)
        change = When(compare(ahead, ">=", 0), gained, lost)
        if self.change_cap is None:
            return change
        cap = self.figure("change_cap")
        return clamp(change, 0 - cap, cap)

    def tariff(self) -> Tariff:
        """The points lost by matters such as being summoned for a talk."""
        return Tariff(self.deductions)


class IncrementGrowth(Method):
    """The increment and the growth, each held against the pool or a target, put together."""

    method: Literal["increment_growth"] = "increment_growth"
    measured_by: Literal["ratio_to_best", "efficacy", "target_ratio"] = describe(
        "折算方式",
        "measured by",
        (
            "ratio_to_best＝与最好值之比，efficacy＝功效系数，target_ratio＝目标完成率",
            "`ratio_to_best`, `efficacy` or `target_ratio`, of each of the two",
        ),
    )
    increment_share: Share = describe(
        "增量比重", "weight of the increment", default="0.4", ge=0, le=1
    )
    base: Exact = describe("基础分", "base", _BY_EFFICACY, default=60)
    span: Exact = describe("功效分", "span", _BY_EFFICACY, default=40, ge=0)
    cap: Share = describe(
        "完成率上限",
        "cap on completion",
        ("用目标完成率时", "where measured by `target_ratio`"),
        default=1,
        gt=0,
    )

    code: ClassVar = "R09"
    title: ClassVar = Text("增量增幅合成法", "Increment and growth together")
    formula: ClassVar = "S = w·(0.4·z(increment) + 0.6·z(growth)); z: x/max, efficacy, or x/t"
    summary: ClassVar = Text(
        "增量和增幅各按一定比重合成，既看多增了多少，也看增得多快；折算方式须写明。",
        "How much more and how much faster, put together; how each is measured must be said.",
    )
    source: ClassVar = Text(
        "周口市经济指标考核（2009年）：增量占四成、增幅占六成；折算方式原文未载，须在方案中写明",
        "Zhoukou 2009, economic indicators: increment 40 %, growth 60 %; how each is measured is not given",
    )
    examples: ClassVar = (
        Example(
            points="10",
            figures={"increment": ("35", "50"), "growth": ("12", "15")},
            parameters={"measured_by": "ratio_to_best"},
            scores=("7.60", "10"),
            reference="E11",
        ),
        Example(
            points="10",
            figures={"increment": ("10", "20", "30"), "growth": ("6", "8", "7")},
            parameters={"measured_by": "efficacy"},
            scores=("6", "9.2", "8.8"),
        ),
        Example(
            points="10",
            figures={
                "increment": ("45", "60"), "increment_target": ("50", "50"),
                "growth": ("6", "4"), "growth_target": ("5", "5"),
            },
            parameters={"measured_by": "target_ratio", "increment_share": "0.5"},
            scores=("9.5", "9"),
        ),
    )  # fmt: skip

    def directions(self) -> tuple[bool, ...]:
        """More is better of what grows."""
        return (True,)

    def expression(self, *, higher_is_better: bool) -> Named:
        """by_increment, by_growth → score."""
        increment, growth = Facet("increment"), _GROWTH
        by_increment = name_step(
            "by_increment", "增量折算", "measure of the increment", self._measure(increment)
        )
        by_growth = name_step(
            "by_growth", "增幅折算", "measure of the growth", self._measure(growth)
        )
        share = self.figure("increment_share")
        score = POINTS * (share * by_increment + (1 - share) * by_growth)
        return name_score(self._require(increment, self._require(growth, score)))

    def _measure(self, of: Facet) -> Node:
        if self.measured_by == "ratio_to_best":
            return clamp(compare_to_best(of, higher_is_better=True), 0, 1)
        if self.measured_by == "efficacy":
            efficacy = measure_efficacy(of, higher_is_better=True)
            return (self.figure("base") + self.figure("span") * efficacy) / 100
        return clamp(of / Facet(f"{of.name}_target"), 0, self.figure("cap"))

    def _require(self, of: Facet, score: Node) -> Node:
        if self.measured_by == "ratio_to_best":
            return require_positive_best(of, score, higher_is_better=True)
        if self.measured_by == "efficacy":
            return require_peers(score, of)
        return require_target(score, Facet(f"{of.name}_target"))
