"""Grade rules as a scheme declares them: bands from best to worst, their shares, ties and promotions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, PositiveInt, model_validator

from kaohe.rules.method import describe
from kaohe.rules.parameters import Exact, Share

Participation = Literal["ranked", "listed_apart", "ungraded", "exempt"]
"""参评、单列、不定等次、不参评: only a ranked unit takes a place and a grade."""

TieKey = Literal["category", "firsts", "bonus", "previous_rank", "decision"]


class Declared(BaseModel):
    """Base of what a scheme declares: it cannot change, and knows no key beside its own."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, str_strip_whitespace=True
    )


class TieBreak(Declared):
    """One link of the chain that orders units with equal totals.

    A decision is recorded here: the units in the order decided, by whom and why. Until then the tie stands.
    """

    by: TieKey = describe("定序依据", "what decides the order")
    of: str = describe("指标代码（按类别得分定序时）", "the indicator, for `category`", default="")
    order: tuple[str, ...] = describe(
        "研究决定的先后（按研究决定定序时）",
        "units in the order decided, for `decision`",
        default=(),
    )
    decided_by: str = describe("决定人（机构、会议）", "who decided that order", default="")
    reason: str = describe("决定的理由", "why", default="")

    @model_validator(mode="after")
    def _name_the_category(self) -> Self:
        if (self.by == "category") != bool(self.of):
            raise ValueError(
                "of 只与 by: category 同写，写明指标代码\n"
                "`of` names the indicator of `by: category`, and of nothing else"
            )
        return self

    @model_validator(mode="after")
    def _name_the_decider(self) -> Self:
        written = [bool(each) for each in (self.order, self.decided_by, self.reason)]
        if any(written) and (self.by != "decision" or not all(written)):
            raise ValueError(
                "order、decided_by、reason 只与 by: decision 同写，且须三项齐全\n"
                "order, decided_by and reason go together, with `by: decision` only"
            )
        if repeated := list_repeated(self.order):
            raise ValueError(
                f"先后中单位重复：{'、'.join(repeated)}\ntwice in the order: {', '.join(repeated)}"
            )
        return self


class Band(Declared):
    """One grade and who may have it.

    A band with `share`, `number` or `up_to` is limited; one with `minimum_score` alone, or `rest`,
    takes everybody left who reaches it.
    """

    label: str = describe("等次名称", "name of the grade", min_length=1)
    share: Share | None = describe(
        "占参评单位比例", "share of the units that count", default=None, ge=0, le=1
    )
    up_to: Share | None = describe(
        "位次÷单位数不超过", "rank over units, at most (counted from the top)", default=None, ge=0, le=1
    )  # fmt: skip
    number: int | None = describe("个数", "how many", default=None, ge=0)
    at_least: int = describe("按比例至少个数", "least number under a share", default=0, ge=0)
    minimum_score: Exact | None = describe("分数线", "least total", default=None)
    rest: bool = describe("其余单位", "everybody left", default=False)

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        limits = sum(each is not None for each in (self.share, self.up_to, self.number))
        if limits + self.rest > 1 or (limits + self.rest == 0 and self.minimum_score is None):
            raise ValueError(
                f"等次“{self.label}”须在 share、up_to、number、rest 中恰写其一，或只写 minimum_score\n"
                f'grade "{self.label}" needs one of share, up_to, number and rest, or minimum_score alone'
            )
        if self.at_least and self.share is None:
            raise ValueError(
                f"等次“{self.label}”的 at_least 只与 share 同写\n"
                f'at_least of grade "{self.label}" goes with share only'
            )
        return self

    @property
    def is_limited(self) -> bool:
        """Whether only so many units can have this grade."""
        return not (self.share is None and self.up_to is None and self.number is None)


class Promotion(Declared):
    """A way to a better grade than the rank gives (专项晋优): by an award or matter level, or by a score."""

    by: Literal["special_award", "matter_level", "indicator_score"] = describe(
        "晋优依据", "what promotes"
    )
    of: str = describe("指标代码", "the indicator it stands under", min_length=1)
    levels: tuple[str, ...] = describe("达到其中一级", "any of these levels", default=())
    at_least: Exact | None = describe("得分不低于", "least score", default=None)
    to: str = describe("晋升到的等次", "the grade it gives", min_length=1)
    outside_share: bool = describe("不占比例", "beside the share", default=True)
    limit: int | None = describe("至多几个", "how many at most", default=None, ge=0)

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        by_score = self.by == "indicator_score"
        if (self.at_least is not None) != by_score or bool(self.levels) == by_score:
            raise ValueError(
                "按得分晋优写 at_least，按奖项或事项级别晋优写 levels\n"
                "a promotion by score needs at_least, one by award or matter level needs levels"
            )
        return self


class GradeTilt(Declared):
    """More places of one grade for a group (等次倾斜): additional by an approved document, or from other groups.

    `points_share` is added to the share (0.05: five points of a hundred), `places` to the number;
    `taken_from` says how many each giving group gives.
    """

    group: str = describe("倾斜的类别", "the group that gains", min_length=1)
    grade: str = describe("等次", "the grade", min_length=1)
    points_share: Share | None = describe(
        "提高的比例", "added to the share", default=None, gt=0, le=1
    )
    places: int | None = describe("增加的个数", "places added", default=None, ge=1)
    kind: Literal["additional", "redistributed"] = describe(
        "来源：另增、调剂", "where it comes from"
    )
    taken_from: Mapping[str, PositiveInt] = describe(
        "各类别让出个数", "places each giving group gives", default_factory=dict
    )
    approval: str = describe("批准文件", "document of the approval", default="")
    reason: str = describe("理由", "reason", min_length=1)

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.points_share is None) == (self.places is None):
            raise ValueError(
                "points_share 与 places 须恰写其一\ngive exactly one of points_share and places"
            )
        return self

    @model_validator(mode="after")
    def _known_source(self) -> Self:
        given = sum(self.taken_from.values())
        if self.kind == "redistributed" and (given != self.places or self.group in self.taken_from):
            raise ValueError(
                "调剂须写明 places，并在 taken_from 写明其他类别让出的个数，合计相等\n"
                "a redistributed tilt needs `places`, and `taken_from` other groups just as many"
            )
        if self.kind == "additional" and (given or not self.approval):
            raise ValueError(
                "另增须写明批准文件 approval，且不写 taken_from\n"
                "an additional tilt needs its `approval`, and no `taken_from`"
            )
        return self


class GradeRule(Declared):
    """How the units of some groups are graded, and from when until when the rule holds (both days included)."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", min_length=1)
    groups: tuple[str, ...] = describe("适用类别", "groups it holds for", min_length=1)
    since: date | None = describe("施行日", "first day", default=None)
    until: date | None = describe("失效日", "last day", default=None)
    bands: tuple[Band, ...] = describe("等次，由高到低", "grades, best first", min_length=1)
    share_base: tuple[Participation, ...] | int = describe(
        "比例基数：计入的参评方式，或固定个数", "units that count for shares, or a fixed number",
        default=("ranked",),
    )  # fmt: skip
    share_rounding: Literal["floor", "half_up", "ceil"] = describe(
        "比例取整", "how a share becomes a number", default="floor"
    )
    cut_tie: Literal["all_in", "none_in", "tie_break"] = describe(
        "线上并列：都进、都不进、按定序规则", "equal totals at a cut line", default="tie_break"
    )
    vetoed: Literal["successor", "vacant"] = describe(
        "被否决单位的位置：递补、空缺", "the place of a vetoed unit", default="successor"
    )
    promotions: tuple[Promotion, ...] = describe("晋优", "promotions", default=())
    tilts: tuple[GradeTilt, ...] = describe("等次倾斜", "tilts of the grades", default=())
    pass_line: Exact | None = describe(
        "合格线", "least total of any grade but `fail`", default=None
    )
    fail: str = describe("不合格等次", "grade of whoever fails", default="")

    @model_validator(mode="after")
    def _bands_in_order(self) -> Self:
        labels = [band.label for band in self.bands]
        if len(set(labels)) < len(labels):
            raise ValueError("等次名称重复\na grade is named twice")
        if self.fail in labels[:-1]:
            raise ValueError("不合格等次须是最后一个等次\n`fail` must be the last grade")
        return self

    @model_validator(mode="after")
    def _grade_for_everybody(self) -> Self:
        last = self.bands[-1]
        if last.is_limited or (last.minimum_score is not None and not self.fail):
            raise ValueError(
                "最后一个等次须是 rest；以分数线为限时须写明 fail\n"
                "the last grade must be `rest`; where it has a minimum score, `fail` must be given"
            )
        if self.pass_line is not None and not self.fail:
            raise ValueError("有合格线须写明不合格等次 fail\na pass line needs `fail`")
        return self

    @model_validator(mode="after")
    def _promotions_known(self) -> Self:
        labels = {band.label for band in self.bands}
        unknown = sorted({each.to for each in self.promotions} - labels)
        if unknown:
            raise ValueError(
                f"晋升到的等次未列出：{'、'.join(unknown)}\nno such grade: {', '.join(unknown)}"
            )
        return self

    @model_validator(mode="after")
    def _tilts_known(self) -> Self:
        bands = {band.label: band for band in self.bands}
        for tilt in self.tilts:
            band = bands.get(tilt.grade)
            if band is None or not band.is_limited or (tilt.points_share and band.share is None):
                raise ValueError(
                    f"等次“{tilt.grade}”不能这样倾斜：须是限定个数的等次，提高比例须按 share\n"
                    f'no such tilt of "{tilt.grade}": a limited grade is needed, and a `share` to raise one'
                )
            if unknown := sorted({tilt.group, *tilt.taken_from} - {*self.groups}):
                raise ValueError(
                    f"等次倾斜涉及的类别不适用本规则：{'、'.join(unknown)}\n"
                    f"the rule does not hold for the groups of a tilt: {', '.join(unknown)}"
                )
        return self

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        require_order(self.since, self.until)
        if isinstance(self.share_base, int) and self.share_base < 1:
            raise ValueError("比例基数须大于零\nthe base of shares must be positive")
        return self

    def holds(self, group: str, on: date) -> bool:
        """Whether the rule grades this group on this day."""
        return group in self.groups and is_within(on, self.since, self.until)


def is_within(day: date, since: date | None, until: date | None) -> bool:
    """Whether a day lies between two dates, both included; no date, no limit."""
    return (since is None or since <= day) and (until is None or day <= until)


def require_order(since: date | None, until: date | None) -> None:
    """Refuse an end before its beginning."""
    if since is not None and until is not None and until < since:
        raise ValueError("失效日早于施行日\nuntil is before since")


def list_repeated(names: Iterable[str]) -> list[str]:
    """The names that occur more than once, sorted."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for name in names:
        (repeated if name in seen else seen).add(name)
    return sorted(repeated)
