"""Quota rules as a scheme declares them: headcount base, caps, pools, tilts and the link to unit grades."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Literal, Self

from pydantic import model_validator

from kaohe.rules.method import describe
from kaohe.rules.parameters import Share
from kaohe.scheme.grades import Declared, is_within, list_repeated, require_order

ApportionmentMethod = Literal["largest_remainder", "quota_method"]
"""最大余数法 · 巴林斯基—杨配额法 (Balinski & Young, 1975)."""

TieRule = Literal["larger_headcount", "smaller_headcount"]


class Cap(Declared):
    """The legal cap while it holds: the ordinary share, and the higher one that needs an approval."""

    since: date | None = describe("施行日", "first day", default=None)
    until: date | None = describe("失效日", "last day", default=None)
    share: Share = describe("比例上限", "share at most", ge=0, le=1)
    approved_share: Share | None = describe(
        "经批准的比例上限", "share at most with an approval", default=None, ge=0, le=1
    )
    approval: str = describe("批准文件", "document of the approval", default="")

    @model_validator(mode="after")
    def _approved_is_higher(self) -> Self:
        require_order(self.since, self.until)
        if self.approved_share is not None and self.approved_share < self.share:
            raise ValueError(
                "经批准的比例低于一般比例\nthe approved share is below the ordinary one"
            )
        return self

    @property
    def limit(self) -> Fraction:
        """The share nobody may exceed: the approved one where the approval is stated."""
        return self.approved_share if self.approved_share and self.approval else self.share


class QuotaPool(Declared):
    """Organs reckoned together, such as those of one supervising leader (分管领导).

    Only with a stated approval are their fractions pooled; without one each organ keeps its own cap
    and the pool is a subtotal.
    """

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", default="")
    leader: str = describe("分管领导（职务）", "supervising leader (office held)", default="")
    organs: tuple[str, ...] = describe("单位", "organs", min_length=1)
    approval: str = describe("合并核定的批准文件", "approval to pool", default="")


class Tilt(Declared):
    """More for some organs (倾斜): additional by an approved document, or redistributed from the others.

    `points_share` is added to each organ's share (0.05: five points of a hundred); `seats` is a
    number for each organ.
    """

    units: tuple[str, ...] = describe("单位", "organs", min_length=1)
    points_share: Share | None = describe(
        "提高的比例", "added to the share", default=None, gt=0, le=1
    )
    seats: int | None = describe("每个单位增加的名额", "seats added to each", default=None, ge=1)
    kind: Literal["additional", "redistributed"] = describe(
        "来源：另增、调剂", "where it comes from"
    )
    approval: str = describe("批准文件", "document of the approval", default="")
    reason: str = describe("理由", "reason", min_length=1)

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.points_share is None) == (self.seats is None):
            raise ValueError(
                "points_share 与 seats 须恰写其一\ngive exactly one of points_share and seats"
            )
        if self.kind == "additional" and not self.approval:
            raise ValueError(
                "另增名额须写明批准文件 approval\nan additional tilt needs its `approval`"
            )
        return self


class QuotaRule(Declared):
    """How many persons of one category may have a grade, organ by organ."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", min_length=1)
    grade: str = describe("名额所属等次", "the grade it is for", default="优秀")
    category: str = describe("人员类别", "category of staff", min_length=1)
    base_date: date = describe("核定基准日", "date of the headcount")
    base_categories: tuple[str, ...] = describe(
        "计入基数的人员类别（默认同 category）", "categories that count (default: `category`)",
        default=(),
    )  # fmt: skip
    caps: tuple[Cap, ...] = describe("比例上限", "caps", min_length=1)
    approved_total: int | None = describe(
        "核定总数（默认按上限取整）", "total approved (default: the cap, rounded down)",
        default=None, ge=0,
    )  # fmt: skip
    method: ApportionmentMethod = describe(
        "分配方法：最大余数法、配额法", "how a number is divided", default="largest_remainder"
    )
    minimum: int = describe(
        "每个单位至少（不突破上限）", "least of each organ (never beyond the cap)", default=0, ge=0
    )
    tie: TieRule = describe("并列规则", "who comes first at a tie", default="larger_headcount")
    tie_order: tuple[str, ...] = describe(
        "仍并列时的先后（集体研究决定）", "order at ties that remain, as decided", default=()
    )
    tie_decision: str = describe("先后由谁决定、理由", "who decided that order, why", default="")
    pools: tuple[QuotaPool, ...] = describe("合并核定组", "pools", default=())
    unit_grade_link: Mapping[str, Share] = describe(
        "单位等次与比例挂钩", "share by the unit's grade", default_factory=dict
    )
    tilts: tuple[Tilt, ...] = describe("倾斜", "tilts, in this order", default=())

    @model_validator(mode="after")
    def _one_cap_a_day(self) -> Self:
        if any(_overlap(one, other) for one, other in combinations(self.caps, 2)):
            raise ValueError("比例上限的施行期间重叠\ntwo caps hold on the same day")
        return self

    @model_validator(mode="after")
    def _one_pool_an_organ(self) -> Self:
        organs = (organ for pool in self.pools for organ in pool.organs)
        repeated = [*list_repeated(organs), *list_repeated(pool.code for pool in self.pools)]
        if repeated:
            raise ValueError(
                f"合并核定组的代码或单位重复：{'、'.join(repeated)}\ntwice among pools: {', '.join(repeated)}"
            )
        return self

    @model_validator(mode="after")
    def _order_is_decided(self) -> Self:
        if self.tie_order and not self.tie_decision:
            raise ValueError(
                "写明先后须同时写明由谁决定、理由 tie_decision\ntie_order needs its tie_decision"
            )
        return self

    @property
    def counted_categories(self) -> tuple[str, ...]:
        """The categories of staff that make the headcount base."""
        return self.base_categories or (self.category,)

    def find_cap(self, on: date) -> Cap | None:
        """The cap that holds on a day."""
        return next((cap for cap in self.caps if is_within(on, cap.since, cap.until)), None)


def _overlap(one: Cap, other: Cap) -> bool:
    starts = max(one.since or date.min, other.since or date.min)
    return starts <= min(one.until or date.max, other.until or date.max)
