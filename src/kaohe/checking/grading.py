"""Findings about grades, vetoes and quotas: gaps, overlaps, and what nobody can have."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.grading.bands import count_places
from kaohe.language import Text
from kaohe.numbers.sums import sum_exactly
from kaohe.numbers.writing import write_number
from kaohe.scheme import queries
from kaohe.scheme.grades import Band, GradeRule

ALWAYS = (date.min, date.max)


def _count_ranked(inspected: Inspected, group: str) -> int:
    return sum(unit.group == group and unit.participation == "ranked" for unit in inspected.units)


def _find_ungraded(inspected: Inspected) -> Iterator[Fault]:
    model = inspected.model
    day = queries.last_day(model)
    for place, group in enumerate(model.groups):
        rules = [
            rule
            for rule in model.grades
            if group.code in rule.groups and (day is None or rule.holds(group.code, day))
        ]
        if model.grades and not rules and _count_ranked(inspected, group.code):
            yield Fault(
                ("groups", place),
                Text(
                    f"类别“{group.name}”在 {day or '考核期'} 没有等次规则",
                    f"no grade rule holds for {group.code} on {day or 'the last day'}",
                ),
            )


GROUP_UNGRADED = Kind(
    code="group-ungraded",
    severity=Severity.WARNING,
    title=Text("没有等次规则的类别", "A group that nothing grades"),
    explanation=Text(
        "方案有等次规则，但没有一条在考核期末适用于这一类别，这些单位只有得分没有等次。",
        "The scheme has grade rules, none of which holds for this group on the period's last day: its units get scores "
        "and no grade.",
    ),
    remedy=Text("请把该类别写进等次规则的 groups", "name the group in a grade rule"),
    example=Example("    groups: [towns, bureaus]\n    bands", "    groups: [towns]\n    bands",
                    "groups[1]", "- {code: bureaus"),
    find=_find_ungraded,
)  # fmt: skip


def _find_double_rules(inspected: Inspected) -> Iterator[Fault]:
    numbered = enumerate(inspected.model.grades)
    for (_, one), (place, other) in combinations(numbered, 2):
        shared = [group for group in one.groups if group in other.groups]
        if shared and _overlap(one, other):
            yield Fault(
                ("grades", place, "groups"),
                Text(
                    f"等次规则 {one.code} 与 {other.code} 同日适用于 {'、'.join(shared)}",
                    f"grade rules {one.code} and {other.code} hold for {', '.join(shared)} on the same day",
                ),
            )


def _overlap(one: GradeRule, other: GradeRule) -> bool:
    first = max(one.since or ALWAYS[0], other.since or ALWAYS[0])
    return first <= min(one.until or ALWAYS[1], other.until or ALWAYS[1])


TWO_GRADE_RULES = Kind(
    code="two-grade-rules",
    severity=Severity.BLOCKING,
    title=Text("同日适用两条等次规则", "Two grade rules on the same day"),
    explanation=Text(
        "同一类别同一天适用两条等次规则，等次无法确定。",
        "Two grade rules hold for a group on the same day; nobody can say which grade counts.",
    ),
    remedy=Text(
        "请用 since、until 分开施行期间，或拆分 groups",
        "part them by since and until, or by groups",
    ),
    example=Example(
        "quotas:\n",
        "  - code: G2\n    name: 另一等次规则\n    groups: [towns]\n    bands:\n"
        "      - {label: 达标, rest: true}\nquotas:\n",
        "grades[1].groups",
        "    groups: [towns]\n",
    ),
    find=_find_double_rules,
)


def _find_full_shares(inspected: Inspected) -> Iterator[Fault]:
    for place, rule in enumerate(inspected.model.grades):
        shares = sum_exactly(band.share for band in rule.bands if band.share is not None)
        if shares > 1:
            yield Fault(
                ("grades", place, "bands"),
                Text(
                    f"“{rule.name}”各等次比例合计 {write_number(shares * 100, decimals=1)}%",
                    f"the shares of {rule.code} add up to {write_number(shares * 100, decimals=1)} %",
                ),
            )


SHARES_ABOVE_ONE = Kind(
    code="shares-above-one",
    severity=Severity.WARNING,
    title=Text("等次比例合计超过100%", "Shares of grades beyond the whole"),
    explanation=Text(
        "各等次比例之和超过100%，排在后面的等次得不到写明的比例。",
        "The shares of the grades add up to more than all units; the later ones cannot have theirs.",
    ),
    remedy=Text(
        "请核对 share；累计比例请用 up_to", "check the shares; for running totals use up_to"
    ),
    example=Example(
        "      - {label: 第一等次, share: 40%}\n",
        "      - {label: 第一等次, share: 40%}\n      - {label: 中间等次, share: 70%}\n",
        "grades[0].bands",
        "    bands:\n      - {label: 第一等次",
    ),
    find=_find_full_shares,
)


def _find_grades_out_of_reach(inspected: Inspected) -> Iterator[Fault]:
    for place, rule in enumerate(inspected.model.grades):
        for number, band in enumerate(rule.bands):
            reason = _refuse_band(rule, number, inspected)
            if reason is not None:
                yield Fault(
                    ("grades", place, "bands", number),
                    Text(
                        f"等次“{band.label}”谁也得不到：{reason.zh}",
                        f'nobody can have the grade "{band.label}": {reason.en}',
                    ),
                )


def _refuse_band(rule: GradeRule, number: int, inspected: Inspected) -> Text | None:
    """Why nobody can have a grade, or None."""
    band, better = rule.bands[number], rule.bands[:number]
    lines = [other.minimum_score for other in better if not other.is_limited]
    line = min((each for each in lines if each is not None), default=None)
    if line is not None and band.minimum_score is not None and band.minimum_score >= line:
        return Text("分数线不低于较好等次", "its least score is not below a better grade's")
    most = _count_most(inspected)
    if most is not None and band.minimum_score is not None and band.minimum_score > most:
        return Text(
            f"分数线高于总分可能的最高分 {write_number(most)}",
            f"its least score is above the greatest total {write_number(most)}",
        )
    if _has_no_place(rule, band, better, inspected):
        return Text("按单位数取整后名额为零", "its share comes to no place at all")
    return None


def _count_most(inspected: Inspected) -> Fraction | None:
    """The greatest total anybody can have, where the scheme says."""
    total = inspected.model.total
    if total.maximum is not None or total.points is None:
        return total.maximum
    return None if total.bonus_cap is None else total.points + total.bonus_cap


def _has_no_place(
    rule: GradeRule, band: Band, better: tuple[Band, ...], inspected: Inspected
) -> bool:
    """Whether a limited band has room for nobody, in every group of the rule."""
    beside = {each.to for each in rule.promotions} | {each.grade for each in rule.tilts}
    if band.label in beside or not band.is_limited:
        return False
    if band.number is not None:
        return band.number == 0
    if band.up_to is not None:
        return any(other.up_to is not None and other.up_to >= band.up_to for other in better)
    bases = [_count_base(rule, group, inspected) for group in rule.groups]
    share = band.share or Fraction(0)
    return inspected.lists_units and not any(
        count_places(share, base, rounding=rule.share_rounding, at_least=band.at_least)
        for base in bases
    )


def _count_base(rule: GradeRule, group: str, inspected: Inspected) -> int:
    if isinstance(rule.share_base, int):
        return rule.share_base
    return sum(
        unit.group == group and unit.participation in rule.share_base for unit in inspected.units
    )


GRADE_OUT_OF_REACH = Kind(
    code="grade-out-of-reach",
    severity=Severity.WARNING,
    title=Text("谁也得不到的等次", "A grade nobody can have"),
    explanation=Text(
        "比例按单位数取整后为零（如5个单位的15%）、分数线不低于较好等次，或高于总分可能的最高分。",
        "Its share of the units comes to nothing (15 % of five), its least score is not below a better grade's, or above "
        "the greatest total.",
    ),
    remedy=Text(
        "请改正比例、at_least 或分数线", "mend the share, give at_least, or mend the least score"
    ),
    example=Example(
        "{label: 第一等次, share: 40%}",
        "{label: 第一等次, share: 15%}",
        "grades[0].bands[0]",
        "- {label: 第一等次",
    ),
    find=_find_grades_out_of_reach,
)


def _find_untied(inspected: Inspected) -> Iterator[Fault]:
    if inspected.model.tie_break:
        return
    for place, rule in enumerate(inspected.model.grades):
        if rule.cut_tie == "tie_break" and any(band.is_limited for band in rule.bands):
            yield Fault(
                ("grades", place),
                Text(
                    f"“{rule.name}”线上并列按定序规则，方案没有定序规则",
                    f"{rule.code} breaks ties by the tie-break chain, and there is none",
                ),
            )


NO_TIE_BREAK = Kind(
    code="no-tie-break",
    severity=Severity.NOTICE,
    title=Text("没有同分定序规则", "No tie-break chain"),
    explanation=Text(
        "等次线上同分时按定序规则取舍，而方案没有写 tie_break，只能留待集体研究决定。",
        "Equal totals at the line of a grade are told apart by the tie-break chain; without one they wait for a decision.",
    ),
    remedy=Text(
        "请写 tie_break，或在等次规则中写 cut_tie: all_in 或 none_in",
        "write tie_break, or cut_tie: all_in or none_in",
    ),
    example=Example("tie_break:\n  - {by: firsts}\n", "", "grades[0]", "- code: G"),
    find=_find_untied,
)

KINDS = (
    GROUP_UNGRADED,
    TWO_GRADE_RULES,
    SHARES_ABOVE_ONE,
    GRADE_OUT_OF_REACH,
    NO_TIE_BREAK,
)
