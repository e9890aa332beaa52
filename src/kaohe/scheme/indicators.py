"""The tree of indicators: branches that add up, leaves that are measured and scored by a rule."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from kaohe.expressions.nodes import Named
from kaohe.rules.catalogue import RuleSpec
from kaohe.rules.method import describe
from kaohe.rules.parameters import Exact
from kaohe.scheme.grades import Declared
from kaohe.scheme.policies import Missing, RoundingOverride

Family = Literal["common", "unit_specific", "special", "bonus", "deduction", "veto"]
Direction = Literal["higher", "lower", "interval", "judged"]
Frequency = Literal["month", "quarter", "half_year", "year", "once"]
LEVELS = 5


class Targets(Declared):
    """What is planned for one unit: target, stretch target, constraint."""

    target: Exact | None = describe("目标值", "target", default=None)
    challenge: Exact | None = describe("挑战目标", "stretch target", default=None)
    constraint: Exact | None = describe("约束目标", "constraint", default=None)


def _simplify_targets(planned: "Fraction | Targets") -> "Fraction | Targets":
    """A target alone is the same, however it is written."""
    if isinstance(planned, Fraction) or planned.target is None:
        return planned
    return planned.target if planned == Targets(target=planned.target) else planned


UnitTargets = Annotated[Exact | Targets, AfterValidator(_simplify_targets)]


class RuleExample(Declared):
    """The rule's own example: figures in, the score that must come out."""

    value: Exact | None = describe("完成值", "value", default=None)
    target: Exact | None = describe("目标值", "target", default=None)
    previous: Exact | None = describe("基期值", "previous value", default=None)
    facets: Mapping[str, Exact] = describe("其他数据", "other facets", default_factory=dict)
    peers: tuple[Exact, ...] = describe("可比单位完成值", "peers' values", default=())
    score: Exact = describe("应得分", "the score")


class IndicatorNode(Declared):
    """A branch (with children) or a leaf (with a rule)."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", min_length=1)
    children: tuple["IndicatorNode", ...] = describe("下级指标", "children", default=())
    family: Family = describe("指标类别", "family", default="common")
    provenance: str = describe("来源标记", "provenance", default="")
    points: Exact | Mapping[str, Exact] | None = describe(
        "分值（可分类别）", "points, also by group", default=None
    )
    weight: Exact = describe("权重", "weight", default=1, ge=0)
    combine: Literal["sum", "weighted_mean"] = describe(
        "汇总方式", "how children combine", default="sum"
    )
    minimum: Exact | None = describe("得分下限", "least score", default=None)
    maximum: Exact | None = describe("得分上限", "greatest score", default=None)
    direction: Direction = describe("方向", "direction", default="higher")
    unit: str = describe("计量单位", "unit", default="")
    decimals: int | None = describe(
        "数据小数位", "decimals of the figure", default=None, ge=0, le=12
    )
    value_minimum: Exact | None = describe("数据下限", "least figure allowed", default=None)
    value_maximum: Exact | None = describe("数据上限", "greatest figure allowed", default=None)
    myriads: bool = describe("可写万、亿", "万 and 亿 may be written", default=False)
    owner: str = describe("数据来源单位", "owner", default="")
    reporter: Literal["owner", "assessed_unit"] = describe(
        "填报方", "who reports the figure", default="owner"
    )
    figure: str = describe(
        "共用数据代码", "the figure's code, where several schemes share it", default=""
    )
    evidence: bool = describe("须附佐证", "whether evidence must be attached", default=False)
    lead: str = describe("牵头单位", "lead unit", default="")
    scorer: str = describe("评分单位", "scoring unit", default="")
    frequency: Frequency | None = describe("报送频度", "frequency", default=None)
    due: int | date | None = describe("报送期限（期后天数或日期）", "due day", default=None)
    vintage: Literal["preliminary", "annual", "final"] = describe(
        "采用数", "which figure counts", default="final"
    )
    cutoff: date | None = describe("截止日", "cut-off date", default=None)
    acceptance: str = describe("认定依据", "acceptance text", default="")
    text: str = describe("计分办法原文", "verbatim rule text", default="")
    disclosure: Literal["own", "group", "all"] = describe(
        "公开范围", "who may see it", default="group"
    )
    pool: str = describe("可比组", "comparison pool (own group if empty)", default="")
    target: Exact | None = describe("统一目标值", "one target for all", default=None)
    targets: Mapping[str, UnitTargets] = describe(
        "各单位目标", "targets by unit", default_factory=dict
    )
    applicable: tuple[str, ...] | None = describe("适用单位", "units it applies to", default=None)
    not_applicable: tuple[str, ...] = describe(
        "不适用单位", "units it does not apply to", default=()
    )
    missing: Missing = describe("缺数处理", "what a missing figure means", default_factory=Missing)
    rounding: RoundingOverride = describe("舍入", "rounding", default_factory=RoundingOverride)
    rule: RuleSpec | None = describe("计分办法", "rule", default=None)
    examples: tuple[RuleExample, ...] = describe("算例", "the rule's own examples", default=())

    @cached_property
    def expression(self) -> Named:
        """The rule as one expression. Raises KeyError for a branch."""
        if self.rule is None:
            raise KeyError(self.code)
        return self.rule.expression(higher_is_better=self.direction != "lower")

    @property
    def points_by_group(self) -> Mapping[str, Fraction]:
        """Points by group where they differ; empty where all groups have the same."""
        return self.points if isinstance(self.points, Mapping) else {}

    @model_validator(mode="after")
    def _branch_or_leaf(self) -> Self:
        if self.children and self.rule is not None:
            raise ValueError("有下级的指标不能有计分办法\na branch has no rule")
        if not self.children and self.rule is None:
            raise ValueError(
                "末级指标须有计分办法 rule；请写明，可用的见 kaohe methods\n"
                "a leaf needs a rule; give one of those that kaohe methods lists"
            )
        return self
