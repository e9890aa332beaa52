"""Methods that score work done: items weighed by difficulty, and the handling of cases."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Facet, Named, Node, WeightedMean
from kaohe.expressions.writing import POINTS, clamp, divide, name_step
from kaohe.language import Text
from kaohe.rules.coefficients import OUT_OF_100
from kaohe.rules.composites import MISSING_PARTS
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, Share
from kaohe.rules.records import Records, Reduction
from kaohe.rules.reductions import Tariff, sum_items
from kaohe.rules.samples import sample_items, sample_matters
from kaohe.rules.tallied import TALLY, Tallied

_COMPLETED, _PLANNED = Facet("completed"), Facet("planned")


class Difficulty(Method):
    """Items of work weighed by difficulty: their mean completion, or their sum."""

    method: Literal["difficulty"] = "difficulty"
    combine: Literal["mean", "sum"] = describe(
        "合成方式",
        "combined by",
        (
            "mean＝加权平均折算本项分值，sum＝逐项相加",
            "`mean` of the completions folded to the points, or the `sum` of the items",
        ),
    )
    cap: Exact | None = describe(
        "得分上限",
        "highest score",
        ("仅用于相加；空＝本项分值", "of a sum; the indicator's own points if empty"),
        default=None,
    )

    code: ClassVar = "R15"
    title: ClassVar = Text("难度系数法", "Weighed by difficulty")
    formula: ClassVar = "S = w·Σ(wᵢ·dᵢ·cᵢ)/Σ(wᵢ·dᵢ), or min(Σ wᵢ·dᵢ·cᵢ, cap)"
    summary: ClassVar = Text(
        "分项工作按权重和难度系数加权计分；难度系数须在年初审定，不得事后调整。",
        "Items of work weighed by difficulty, which is approved before the start and never after.",
    )
    source: ClassVar = Text(
        "成都市林业系统目标管理考核等的难度系数做法，公式为通行写法",
        "difficulty coefficients as in Chengdu's forestry assessment; the formula is practice",
    )
    reduced: ClassVar = ("completed", "planned")
    examples: ClassVar = (
        Example(
            points="10",
            records=(
                sample_items(("5", "1.2", "1"), ("5", "1", "0.5"), ("2", "2", "0")),
                sample_items(("3", "1", "1")),
                sample_items(("3", "1", "1.2")),
                sample_items(),
            ),
            parameters={"combine": "mean"},
            scores=("5.6667", "10", "", ""),
            reference="R15",
        ),
        Example(
            points="10",
            records=(
                sample_items(("5", "1.2", "1"), ("5", "1", "0.5")),
                sample_items(("5", "1.2", "1"), ("5", "1.3", "1")),
            ),
            parameters={"combine": "sum", "cap": 11},
            scores=("8.5", "11"),
        ),
    )

    @model_validator(mode="after")
    def _caps_a_sum(self) -> Self:
        if self.cap is not None and self.combine == "mean":
            raise ValueError("加权平均不设得分上限，请删去 cap\nleave out cap with combine mean")
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """completed, planned → score."""
        if self.combine == "mean":
            rate = name_step("rate", "加权完成率", "weighted completion", _COMPLETED / _PLANNED)
            return name_score(POINTS * rate)
        return name_score(clamp(_COMPLETED, 0, self.figure_or_points("cap")))

    def reduce_records(self, records: Records) -> Reduction:
        """The items, summed by weight and difficulty."""
        return sum_items(records.items)

    def describe_records(self) -> tuple[Text, ...]:
        """What an item counts for."""
        return (
            Text(
                "分项完成量＝各项权重×难度系数×完成率之和，分项总量＝各项权重×难度系数之和",
                "weighted work completed: the sum of weight × difficulty × completion; planned: that of weight × difficulty",
            ),
        )


class CaseHandling(Tallied):
    """Cases closed on time, late, delayed and reworked, together with team and street scores."""

    method: Literal["case_handling"] = "case_handling"
    closing: Exact = describe("办结分", "points for closing", OUT_OF_100, default=80, ge=0)
    late_factor: Share = describe("超期办结折扣", "weight of a late closing", default="0.4", ge=0)
    delay: Exact = describe("延期分", "points for not delaying", OUT_OF_100, default=10, ge=0)
    rework: Exact = describe("返工分", "points for not reworking", OUT_OF_100, default=10, ge=0)
    kinds: dict[str, Exact] = describe(
        "各类加减分",
        "points by kind of matter",
        ("减分写负数", "below zero for a loss"),
        default_factory=dict,
    )
    case_share: Share = describe("案件处置比重", "weight of the cases", default="0.7", gt=0)
    team_share: Share = describe("队伍评分比重", "weight of the team", default="0.15", ge=0)
    street_share: Share = describe("街面评分比重", "weight of the streets", default="0.15", ge=0)
    missing: Literal["refuse", "renormalise"] = describe(
        "缺一部分时", "with a part missing", MISSING_PARTS
    )

    code: ClassVar = "R22"
    title: ClassVar = Text("案件处置法", "Handling of cases")
    formula: ClassVar = (
        "C = 80·(on time + 0.4·late)/due + 10·(1 − delayed/due) + 10·(1 − reworked/due) ± items;"
        " S = w·(70 %·C + 15 %·team + 15 %·street)/100"
    )
    summary: ClassVar = Text(
        "按期办结率、超期办结率、延期率和返工率合成案件处置分，再与队伍、街面评分加权；没有应办案件的为不适用，不记零分。",
        "Rates of closing, delay and rework, weighed with team and street scores; no case due is not zero.",
    )
    source: ClassVar = Text(
        "某市城市管理月度考核的公开程序代码；延期率、返工率的分母原文未载，均按应办件数",
        "published code of a city's monthly assessment of city management; the denominators of delay"
        " and rework are not given and taken as the cases due",
    )
    examples: ClassVar = (
        Example(
            figures={
                "due": ("100", "0", "50"), "on_time": ("90", "0", "50"),
                "late_closed": ("5", "0", "0"), "delayed": ("10", "0", "0"),
                "reworked": ("2", "0", "0"), "team": ("90", "90", "80"),
                "street": ("80", "80", ""),
            },
            records=(sample_matters("praised"), sample_matters(), sample_matters()),
            parameters={"missing": "refuse", "kinds": {"praised": "0.5"}},
            scores=("90.53", "", ""),
            reference="R22",
        ),
        Example(
            points="20",
            figures={
                "due": ("50", "0"), "on_time": ("50", "0"), "late_closed": ("0", "0"),
                "delayed": ("0", "0"), "reworked": ("0", "0"), "tally": ("0", "0"),
                "team": ("80", "90"), "street": ("", "80"),
            },
            parameters={"missing": "renormalise"},
            scores=("19.2941", "17"),
        ),
        Example(
            figures={
                "due": ("40",), "on_time": ("20",), "late_closed": ("10",),
                "delayed": ("4",), "reworked": ("0",), "tally": ("-1",),
            },
            parameters={"missing": "refuse", "team_share": 0, "street_share": 0},
            scores=("66",),
        ),
    )  # fmt: skip

    def expression(self, *, higher_is_better: bool) -> Named:
        """closed, undelayed, unreworked → cases → score."""
        closed = Facet("on_time") + self.figure("late_factor") * Facet("late_closed")
        closing = name_step("closed", "办结率", "rate of closing", _rate(closed))
        undelayed = name_step(
            "undelayed", "未延期率", "rate not delayed", 1 - _rate(Facet("delayed"))
        )
        unreworked = name_step(
            "unreworked", "未返工率", "rate not reworked", 1 - _rate(Facet("reworked"))
        )
        cases = name_step("cases", "案件处置分", "score of the cases", (
            self.figure("closing") * closing + self.figure("delay") * undelayed
            + self.figure("rework") * unreworked + TALLY
        ))  # fmt: skip
        parts = {"case_share": cases, "team_share": Facet("team"), "street_share": Facet("street")}
        used = {name: part for name, part in parts.items() if getattr(self, name)}
        weights = tuple(self.figure(name) for name in used)
        mean = WeightedMean(tuple(used.values()), weights, self.missing)
        return name_score(POINTS * mean / 100)

    def tariff(self) -> Tariff:
        """Points gained or lost, by kind of matter."""
        return Tariff(self.kinds)


def _rate(of: Node) -> Node:
    return divide(of, Facet("due"), on_zero="not_applicable")
