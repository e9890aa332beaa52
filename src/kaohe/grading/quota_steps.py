"""The sentences that explain a quota, and those that refuse one."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from kaohe.errors import Finding, Place, blocking
from kaohe.grading.apportionment import METHODS
from kaohe.grading.caps import count_cap
from kaohe.grading.organs import Block, Organ
from kaohe.grading.steps import Step, show_decimal, show_percent, tell_step
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.scheme.quotas import Cap, QuotaRule


def tell_base(rule: QuotaRule, cap: Cap, on: date, headcount: int, total: int) -> Iterator[Step]:
    """The cap in force, the total that may be divided, and what else holds for every organ."""
    yield tell_step(
        "{on}执行的比例上限为{share}{approved}",
        "the cap in force on {on} is {share}{approved}",
        on=str(on),
        share=show_percent(cap.share),
        approved=_name_approved(cap),
    )
    yield _tell_total(rule, cap, headcount, total)
    if rule.minimum:
        yield tell_step(
            "每个单位至少{minimum}个，但不突破上限",
            "at least {minimum} for each organ, never beyond the cap",
            minimum=rule.minimum,
        )
    if rule.tie_order:
        order = "、".join(rule.tie_order)
        yield tell_step(
            "条件完全相同时的先后：{order}（{decision}）",
            "the order of organs equal in everything: {order} ({decision})",
            order=Text(order, order.replace("、", ", ")),
            decision=rule.tie_decision,
        )


def _tell_total(rule: QuotaRule, cap: Cap, headcount: int, total: int) -> Step:
    categories = rule.counted_categories
    counted = Text(
        f"{rule.base_date}{'、'.join(categories)}合计{headcount}人",
        f"{', '.join(categories)} on {rule.base_date}: {headcount}",
    )
    if rule.approved_total is None:
        return tell_step(
            "{counted}，{share} × {headcount} = {exact}，取整，总数{total}个",
            "{counted}; {share} × {headcount} = {exact}, rounded down, total {total}",
            counted=counted,
            headcount=headcount,
            share=show_percent(cap.share),
            exact=show_decimal(cap.share * headcount),
            total=total,
        )
    return tell_step(
        "{counted}，按上限至多{most}个，核定总数{total}个",
        "{counted}; at most {most} by the cap, approved total {total}",
        counted=counted,
        headcount=headcount,
        most=count_cap(headcount, cap.limit),
        total=total,
    )


def _name_approved(cap: Cap) -> Text | str:
    if cap.limit == cap.share:
        return ""
    limit = show_percent(cap.limit).words
    return Text(
        f"，经批准不超过{limit}（{cap.approval}）", f", {limit} by approval ({cap.approval})"
    )


def tell_unreported(unreported: Iterable[tuple[str, str]]) -> Step:
    """Organs without a row of a category that counts."""
    listed = [f"{organ} {category}" for organ, category in unreported]
    return tell_step(
        "没有这些人数的行，按零计：{rows}",
        "no row of these headcounts, counted as zero: {rows}",
        rows=Text("、".join(listed), ", ".join(listed)),
    )


def tell_strangers(units: Iterable[str]) -> Step:
    """Units with a decided grade and without headcount, which the quota leaves aside."""
    listed = list(units)
    return tell_step(
        "有等次而没有人数、未参加分配的单位：{units}",
        "units with a grade and without headcount, left aside: {units}",
        units=Text("、".join(listed), ", ".join(listed)),
    )


def tell_block(rule: QuotaRule, block: Block) -> Iterator[Step]:
    """What an organ, or an approved pool of organs, may have by its claim."""
    if block.pool is None:
        yield tell_step(
            "{claim}，取整{most}",
            "{claim}, rounded down {most}",
            claim=_reckon_claim(rule, block.organs[0]),
            most=block.most,
        )
        return
    for organ in block.organs:
        yield tell_step(
            "{claim}，归入{pool}",
            "{claim}, goes into {pool}",
            claim=_reckon_claim(rule, organ),
            pool=block.code,
        )
    yield tell_step(
        "{pool}（合并核定：{approval}）：应得合计{claim}，取整{most}",
        "{pool} (pooled by {approval}): claims {claim}, rounded down {most}",
        pool=block.code,
        approval=block.pool.approval,
        claim=show_decimal(block.claim),
        most=block.most,
    )


def _reckon_claim(rule: QuotaRule, organ: Organ) -> Text:
    return tell_step(
        "{organ}{grade}：{share} × {headcount} = {claim}",
        "{organ}{grade}: {share} × {headcount} = {claim}",
        organ=organ.code,
        grade=_name_grade(rule, organ),
        share=show_percent(organ.share),
        headcount=organ.headcount,
        claim=show_decimal(organ.claim),
    ).text


def _name_grade(rule: QuotaRule, organ: Organ) -> Text | str:
    if not rule.unit_grade_link:
        return ""
    if organ.grade in rule.unit_grade_link:
        return Text(f"（{organ.grade}）", f" ({organ.grade})")
    if organ.grade:
        return Text(
            f"（{organ.grade}，未挂钩，按一般比例）",
            f" ({organ.grade}, not linked: the ordinary share)",
        )
    return Text("（未定等次，按一般比例）", " (no grade: the ordinary share)")


def tell_scarce(rule: QuotaRule, most: int, total: int) -> Step:
    """The claims together exceed the approved total."""
    return tell_step(
        "取整合计{most}个，超过总数{total}个，总数按{method}分配",
        "rounded claims come to {most}, above the total {total}: it is divided by {method}",
        most=most,
        total=total,
        method=METHODS[rule.method],
    )


def tell_pool(rule: QuotaRule, block: Block, house: int) -> Step:
    """The places of an approved pool go to its organs."""
    return tell_step(
        "{pool}的{house}个名额在组内按{method}分配",
        "the {house} places of {pool} are divided inside by {method}",
        pool=block.code,
        house=house,
        method=METHODS[rule.method],
    )


def tell_sum(*, total: int, places: int, added: int, waiting: int, most: int) -> Step:
    """All places together: what of the total was given, what was added, and the cap that holds."""
    left = total - (places - added) - waiting
    return tell_step(
        "合计{places}个：总数{total}个{left}{waiting}{added}，不超过上限{most}个",
        "{places} places: total {total}{left}{waiting}{added}, within the cap of {most}",
        places=places,
        total=total,
        left=Text(f"，余{left}个不分配", f", {left} not given") if left else "",
        waiting=Text(f"，{waiting}个待决定", f", {waiting} wait for a decision") if waiting else "",
        added=Text(f"，另增{added}个", f", {added} additional") if added else "",
        most=most,
    )


def refuse_day(rule: QuotaRule, on: date) -> Finding:
    """No cap is in force on the day."""
    return blocking(
        "quota-cap-missing",
        Place(key=f"quotas.{rule.code}.caps"),
        Text(f"{on}没有有效的比例上限", f"no cap is in force on {on}"),
        Text("请补写施行期间包含该日的上限", "add a cap whose dates include that day"),
    )


def refuse_share(rule: QuotaRule, cap: Cap, label: str, share: Fraction) -> Finding:
    """A share linked to a unit grade is above the cap."""
    linked, limit = write_number(share), write_number(cap.limit)
    return blocking(
        "quota-share-above-cap",
        Place(key=f"quotas.{rule.code}.unit_grade_link.{label}"),
        Text(
            f"“{label}”挂钩比例{linked}高于上限{limit}",
            f'the share {linked} of "{label}" is above the cap {limit}',
        ),
        Text("请降低比例，或写明批准文件 approval", "lower it, or state the `approval` of the cap"),
    )


def refuse_total(rule: QuotaRule, total: int, most: int) -> Finding:
    """The approved total is above the cap."""
    return blocking(
        "quota-total-above-cap",
        Place(key=f"quotas.{rule.code}.approved_total"),
        Text(
            f"核定总数{total}超过上限{most}", f"the approved total {total} is above the cap {most}"
        ),
        Text("请降低总数，或写明批准文件 approval", "lower it, or state the `approval` of the cap"),
    )
