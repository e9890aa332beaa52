"""The sentences that explain a proposed grade."""

from collections.abc import Sequence
from fractions import Fraction

from kaohe.grading.bands import Contender, Cut
from kaohe.grading.steps import Step, show_decimal, show_percent, tell_step
from kaohe.language import Text
from kaohe.scheme.grades import Band, GradeRule, Promotion

_PROMOTIONS = {
    "special_award": Text("专项奖项", "special award"),
    "matter_level": Text("事项级别", "matter level"),
    "indicator_score": Text("指标得分", "indicator score"),
}
_PARTICIPATION = {
    "listed_apart": Text("单列", "listed apart"),
    "ungraded": Text("参评不定等次", "taking part without a grade"),
    "exempt": Text("不参评", "exempt"),
    "ranked": Text("尚无总分", "without a total so far"),
}

_ROUNDINGS = {
    "floor": Text("舍去尾数", "rounded down"),
    "half_up": Text("四舍五入", "rounded half up"),
    "ceil": Text("有尾数即进一", "rounded up"),
}


def tell_places(rule: GradeRule, band: Band, *, base: int, used: int, places: int | None) -> Step:
    """How many places a band has, and how they were reckoned; `used` is what the bands above took."""
    if places is None:
        return tell_step("{label}：不限个数", "{label}: no limit", label=band.label)
    if band.up_to is not None:
        return tell_step(
            "{label}：位次前{share}，{share} × {base} = {exact}，舍去尾数，减去以上已占{used}个，{places}个",
            "{label}: the first {share}, {share} × {base} = {exact}, rounded down, less {used} above: {places}",
            label=band.label,
            share=show_percent(band.up_to),
            base=base,
            exact=show_decimal(band.up_to * base),
            used=used,
            places=places,
        )
    if band.share is None:
        return tell_step(
            "{label}：{places}个", "{label}: {places}", label=band.label, places=places
        )
    return tell_step(
        "{label}：{share} × {base} = {exact}，{rounding}{least}，{places}个",
        "{label}: {share} × {base} = {exact}, {rounding}{least}: {places}",
        label=band.label,
        share=show_percent(band.share),
        base=base,
        exact=show_decimal(band.share * base),
        rounding=_ROUNDINGS[rule.share_rounding],
        least=Text(f"，至少{band.at_least}个", f", {band.at_least} at least")
        if band.at_least
        else "",
        places=places,
    )


def tell_line(band: Band, cut_line: Fraction | None) -> Step:
    """The lowest total that came into a band by rank."""
    if cut_line is None:
        return tell_step("{label}：无单位入线", "{label}: nobody by rank", label=band.label)
    return tell_step(
        "{label}：入线最低总分{line}",
        "{label}: lowest total in {line}",
        label=band.label,
        line=cut_line,
    )


def tell_taken(band: Band, unit: Contender) -> Step:
    """In a band by rank."""
    return tell_step(
        "第{rank}名，总分{total}，在{label}范围内",
        "rank {rank}, total {total}: within {label}",
        rank=unit.rank,
        total=unit.total,
        label=band.label,
    )


def tell_barred(rule: GradeRule, band: Band, unit: Contender) -> Step:
    """In reach of a band, and kept out by a veto."""
    vacant = Text("空缺", "stays vacant")
    successor = Text("由下一名递补", "goes to the next")
    return tell_step(
        "在{label}范围内，因否决事项{vetoes}不得评为该等次，位置{place}",
        "within {label}, kept out by veto {vetoes}; the place {place}",
        label=band.label,
        vetoes=", ".join(unit.vetoes),
        place=vacant if rule.vetoed == "vacant" else successor,
    )


def tell_failed(rule: GradeRule, unit: Contender) -> Step:
    """Failed by a veto, or below the lines."""
    why = Text(
        f"因否决事项{', '.join(unit.vetoes)}" if unit.fails else "低于合格线",
        f"by veto {', '.join(unit.vetoes)}" if unit.fails else "below the line",
    )
    return tell_step(
        "总分{total}，{why}，评为{fail}",
        "total {total}: {fail}, {why}",
        total=unit.total,
        why=why,
        fail=rule.fail,
    )


def tell_tied(band: Band, cut: Cut) -> Step:
    """Tied at the line of a band: only a decision can tell who is in."""
    return tell_step(
        "{count}个单位在{label}线上并列，剩{places}个位置，须研究决定",
        "{count} units tied at the line of {label} for {places} places: needs a decision",
        count=len(cut.tied),
        label=band.label,
        places=cut.open_places,
    )


def tell_promoted(promotion: Promotion) -> Step:
    """Promoted to a better grade than the rank gives."""
    outside = Text("不占比例", "beside the share")
    inside = Text("占用比例", "within the share")
    return tell_step(
        "符合晋优条件（{by} {of}），晋为{label}，{share}",
        "promoted to {label} by {by} {of}, {share}",
        by=_PROMOTIONS[promotion.by],
        of=promotion.of,
        label=promotion.to,
        share=outside if promotion.outside_share else inside,
    )


def tell_limited(promotion: Promotion, tied: Sequence[Contender]) -> Step:
    """More units tied for a promotion than it has room for."""
    return tell_step(
        "{count}个单位并列争{of}晋优的最后位置，须研究决定",
        "{count} units tied for the last promotion by {of}: needs a decision",
        count=len(tied),
        of=promotion.of,
    )


def tell_outside(participation: str) -> Step:
    """Takes no grade, by the way the unit takes part."""
    return tell_step(
        "{how}，不占位次和等次",
        "{how}: takes neither place nor grade",
        how=_PARTICIPATION[participation],
    )
