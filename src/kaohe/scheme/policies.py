"""What a scheme decides once for all indicators: rounding, gaps, totals, vetoes, disclosure."""

from typing import Literal

from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import RoundingMode
from kaohe.rules.method import describe
from kaohe.rules.parameters import Exact
from kaohe.scheme.grades import Declared

MissingPolicy = Literal["group_mean", "comparable_mean", "leave_out", "zero", "provisional"]
VetoEffect = Literal["no_top_grade", "grade_down", "zero_indicator", "fail", "no_award"]
Stage = Literal["trial", "first_result", "feedback", "decided", "public_notice", "published"]
Audience = Literal["office", "leaders", "own_unit", "same_group", "all_units", "public"]
Shown = Literal[
    "own_score", "own_rank", "own_figures", "cut_lines", "peer_scores", "peer_ranks",
    "peer_figures", "grades",
]  # fmt: skip


class Rounding(Declared):
    """Decimals and mode of rounding for the whole scheme."""

    indicator: int = describe("指标得分小数位", "decimals of a score", default=4, ge=0, le=12)
    display: int = describe("公布小数位", "decimals shown", default=2, ge=0, le=12)
    mode: RoundingMode = describe("舍入方式", "mode", default="half_up")


class RoundingOverride(Declared):
    """An indicator's own rounding; what is unset is the scheme's."""

    indicator: int | None = describe(
        "得分小数位", "decimals of the score", default=None, ge=0, le=12
    )
    mode: RoundingMode | None = describe("舍入方式", "mode", default=None)


class Missing(Declared):
    """What each kind of absence means; what is unset is the scheme's, then the default."""

    empty: MissingPolicy | None = describe("未报", "not reported", default=None)
    not_applicable: MissingPolicy | None = describe("不适用", "not applicable", default=None)
    not_due: MissingPolicy | None = describe("未到期", "not due", default=None)
    refused: MissingPolicy | None = describe("拒报", "refused", default=None)
    no_target: MissingPolicy | None = describe("未定目标", "no target", default=None)

    def policy(self, absence: Absence) -> MissingPolicy | None:
        """The policy for one kind of absence."""
        found: MissingPolicy | None = getattr(self, absence.value)
        return found


DEFAULT_MISSING: dict[Absence, MissingPolicy] = {
    Absence.EMPTY: "provisional",
    Absence.NOT_APPLICABLE: "leave_out",
    Absence.NOT_DUE: "leave_out",
    Absence.REFUSED: "zero",
    Absence.NO_TARGET: "provisional",
}


class TotalPolicy(Declared):
    """How the total is made of base, bonus and deduction, and held within its bounds."""

    points: Exact | None = describe("总分满分", "full marks of the base", default=None)
    minimum: Exact | None = describe("总分下限", "least total", default=None)
    maximum: Exact | None = describe("总分上限", "greatest total", default=None)
    bonus: Literal["added", "tie_break"] = describe(
        "加分用法：计入总分、仅用于定序", "bonus: added, or for ties only", default="added"
    )
    bonus_cap: Exact | None = describe("加分合计上限", "cap on all bonus", default=None, ge=0)
    deduction_cap: Exact | None = describe(
        "扣分合计上限", "cap on all deductions", default=None, ge=0
    )


class MatterLevel(Declared):
    """A level of matters, such as national or provincial."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", default="")


class MatterCatalogue(Declared):
    """The levels matters may have, highest first."""

    levels: tuple[MatterLevel, ...] = describe(
        "级别，由高到低", "levels, highest first", default=()
    )


class Veto(Declared):
    """A condition with effects on the grade, kept apart from the score (一票否决)."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", min_length=1)
    groups: tuple[str, ...] = describe("适用类别（空为全部）", "groups (all if empty)", default=())
    effects: tuple[VetoEffect, ...] = describe("效果", "effects", default=())
    indicator: str = describe("记零分的指标", "the indicator it zeroes", default="")
    text: str = describe("条文", "verbatim text", default="")


class DisclosureRow(Declared):
    """What one audience may see at one stage."""

    stage: Stage = describe("阶段", "stage")
    audience: Audience = describe("对象", "audience")
    shows: tuple[Shown, ...] = describe("可见内容", "what may be seen", default=())
