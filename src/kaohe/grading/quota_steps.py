"""The sentences that explain a quota, and those that refuse one."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from kaohe.errors import Finding, Place, blocking
from kaohe.grading.organs import Block
from kaohe.grading.steps import Step, tell_step
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.scheme.quotas import Cap, QuotaRule


def tell_base(rule: QuotaRule, cap: Cap, headcount: int, total: int) -> Iterator[Step]:
    """The cap in force, and the total that may be divided."""
    yield tell_step(
        "上限{share}{approved}",
        "cap {share}{approved}",
        share=cap.share,
        approved=_name_approved(cap),
    )
    if rule.approved_total is None:
        yield tell_step(
            "基数合计{headcount}人，{share} × {headcount} = {exact}，总数{total}个",
            "headcount {headcount}, {share} × {headcount} = {exact}, total {total}",
            headcount=headcount,
            share=cap.share,
            exact=cap.share * headcount,
            total=total,
        )
    else:
        yield tell_step(
            "基数合计{headcount}人，核定总数{total}个",
            "headcount {headcount}, approved total {total}",
            headcount=headcount,
            total=total,
        )


def _name_approved(cap: Cap) -> Text | str:
    if cap.limit == cap.share:
        return ""
    limit = write_number(cap.limit)
    return Text(
        f"，经批准不超过{limit}（{cap.approval}）", f", {limit} by approval ({cap.approval})"
    )


def tell_block(block: Block) -> Step:
    """What an organ, or an approved pool, may have by its claim."""
    if block.pool is not None:
        return tell_step(
            "{pool}（合并核定：{approval}）：应得合计{claim}，取整{most}",
            "{pool} (pooled by {approval}): claims {claim}, rounded down {most}",
            pool=block.code,
            approval=block.pool.approval,
            claim=block.claim,
            most=block.most,
        )
    return tell_step(
        "{organ}：{share} × {headcount} = {claim}，取整{most}",
        "{organ}: {share} × {headcount} = {claim}, rounded down {most}",
        organ=block.code,
        share=block.organs[0].share,
        headcount=block.headcount,
        claim=block.claim,
        most=block.most,
    )


def tell_scarce(most: int, total: int) -> Step:
    """The claims together exceed the approved total."""
    return tell_step(
        "各单位取整合计{most}个，超过总数{total}个，按总数分配",
        "rounded claims come to {most}, above the total {total}: the total is divided",
        most=most,
        total=total,
    )


def tell_pool(block: Block, house: int) -> Step:
    """The places of an approved pool go to its organs."""
    return tell_step(
        "{pool}的{house}个名额在组内分配",
        "the {house} places of {pool} are divided inside",
        pool=block.code,
        house=house,
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
