"""A scheme as written and well formed: what counts, for whom, and how it is scored."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from kaohe.numbers.ranking import Ties
from kaohe.rules.method import describe
from kaohe.scheme.grades import Declared, GradeRule, Participation, TieBreak
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.policies import (
    DisclosureRow,
    MatterCatalogue,
    Missing,
    Rounding,
    TotalPolicy,
    Veto,
)
from kaohe.scheme.quotas import QuotaRule
from kaohe.scheme.units import Group, Pool, Unit


def _read_format(written: Any) -> Any:
    return 1 if written == "1" else written


class SchemeModel(Declared):
    """What was written, well formed; only a checked `Scheme` can be scored."""

    kaohe: Annotated[Literal[1], BeforeValidator(_read_format)] = describe(
        "格式版本", "format version"
    )
    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", min_length=1)
    period: str = describe("考核年度", "period", min_length=1)
    starts: date | None = describe("考核期起", "first day of the period", default=None)
    ends: date | None = describe("考核期止", "last day of the period", default=None)
    groups: tuple[Group, ...] = describe("考核类别", "groups", min_length=1)
    pools: tuple[Pool, ...] = describe("可比组", "comparison pools", default=())
    peers: tuple[Participation, ...] = describe(
        "可比单位的参评方式", "who counts as a peer", default=("ranked",)
    )
    units: tuple[Unit, ...] = describe("考核对象", "units", default=())
    rounding: Rounding = describe("舍入", "rounding", default_factory=Rounding)
    missing: Missing = describe("缺数处理", "what a missing figure means", default_factory=Missing)
    ties: Ties = describe("并列位次", "tied places", default="lowest")
    tie_break: tuple[TieBreak, ...] = describe("同分定序", "tie-break chain", default=())
    total: TotalPolicy = describe("总分", "total", default_factory=TotalPolicy)
    indicators: tuple[IndicatorNode, ...] = describe("指标", "indicators", min_length=1)
    matters: MatterCatalogue = describe(
        "事项级别", "matter levels", default_factory=MatterCatalogue
    )
    vetoes: tuple[Veto, ...] = describe("否决", "vetoes", default=())
    grades: tuple[GradeRule, ...] = describe("等次规则", "grade rules", default=())
    quotas: tuple[QuotaRule, ...] = describe("名额规则", "quota rules", default=())
    disclosure: tuple[DisclosureRow, ...] = describe("公开表", "disclosure table", default=())
    extensions: Mapping[str, Any] = describe("扩展", "free extensions", default_factory=dict)

    @cached_property
    def nodes_by_code(self) -> dict[str, IndicatorNode]:
        """Every node by its code, parents before children, in the order written."""
        return {node.code: node for top in self.indicators for node in _walk(top)}

    @cached_property
    def units_by_code(self) -> dict[str, Unit]:
        """Every unit by its code."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def pools_by_code(self) -> dict[str, Pool]:
        """Every comparison pool by its code."""
        return {pool.code: pool for pool in self.pools}


def _walk(node: IndicatorNode) -> Iterator[IndicatorNode]:
    yield node
    for child in node.children:
        yield from _walk(child)
