"""How many persons of each organ may have a grade: within the cap of each organ and of all together.

1. The cap in force on the day; the headcount base of each organ; its share, by the unit's grade where
   the rule links the two, otherwise the ordinary one.
2. Every organ, and every approved pool, may have its claim rounded down. Where these exceed the
   approved total, the total is divided among them.
3. The places of an approved pool are divided among its organs.
4. Tilts, in the order of the rule (`tilts.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from kaohe.errors import BadInput
from kaohe.grading.apportionment import Apportionment, Claim, OpenTie, apportion_places
from kaohe.grading.caps import count_cap
from kaohe.grading.headcounts import Headcount, count_bases, find_unreported
from kaohe.grading.organs import Block, Organ
from kaohe.grading.quota_steps import (
    refuse_day,
    refuse_share,
    refuse_total,
    tell_base,
    tell_block,
    tell_pool,
    tell_scarce,
    tell_strangers,
    tell_sum,
    tell_unreported,
)
from kaohe.grading.steps import Step
from kaohe.grading.tilts import Tilting, apply_tilts
from kaohe.scheme.quotas import Cap, QuotaPool, QuotaRule


@dataclass(frozen=True, slots=True)
class OrganQuota:
    """One organ's places, with what tilts gave it and took from it.

    `claim` is share × headcount, exactly (理论名额); `cap` the most the law allows the organ, None where
    an approved pool is held to it instead.
    """

    organ: str
    headcount: int
    share: Fraction
    claim: Fraction
    cap: int | None
    gained: int
    given: int
    places: int


@dataclass(frozen=True, slots=True)
class PoolQuota:
    """A pool's sums; `cap` is None for a pool without approval, whose organs keep their own."""

    code: str
    leader: str
    headcount: int
    claim: Fraction
    cap: int | None
    places: int


@dataclass(frozen=True, slots=True)
class QuotaAllocation:
    """The division of one quota on one day.

    `total` is the approved total before additional tilts, which gave `added` places more; `limit` is the
    share nobody may exceed. Places in `open_ties` are in nobody's `places` until a decision gives them.
    """

    rule: str
    on: date
    share: Fraction
    limit: Fraction
    headcount: int
    total: int
    added: int
    organs: tuple[OrganQuota, ...]
    pools: tuple[PoolQuota, ...]
    open_ties: tuple[OpenTie, ...]
    steps: tuple[Step, ...]

    @property
    def places(self) -> int:
        """Places given to all organs together."""
        return sum(each.places for each in self.organs)

    @property
    def most(self) -> int:
        """Places the cap allows all organs together."""
        return count_cap(self.headcount, self.limit)


def allocate_quota(
    rule: QuotaRule,
    headcounts: Sequence[Headcount],
    *,
    on: date,
    grades: Mapping[str, str] | None = None,
) -> QuotaAllocation:
    """Divide a quota among organs by the caps in force on a day; `grades` are decided ones, by unit.

    Raises BadInput for unusable headcounts, a day without a cap, and shares or totals above it.
    """
    bases = count_bases(rule, headcounts)
    cap = _require_cap(rule, on)
    organs = _list_organs(rule, cap, bases, grades or {})
    headcount = sum(bases.values())
    total = _find_total(rule, cap, headcount)
    _require_within_cap(rule, cap, headcount)
    blocks = _list_blocks(rule, organs)
    divided = _divide_total(rule, blocks, total)
    inside = [_divide_pool(rule, each, divided.places[each.code]) for each in blocks if each.pool]
    tilting = _start_tilting(rule, cap, organs, [divided, *inside])
    apply_tilts(tilting)
    told = [
        *tell_base(rule, cap, on, headcount, total),
        *_tell_missing(rule, headcounts, bases, grades or {}),
    ]
    return QuotaAllocation(
        rule.code,
        on,
        share=cap.share,
        limit=cap.limit,
        headcount=headcount,
        total=total,
        added=tilting.added,
        organs=tuple(_sum_organ(tilting, each) for each in organs),
        pools=tuple(_sum_pool(tilting, each) for each in rule.pools),
        open_ties=tuple(tilting.open_ties),
        steps=(*told, *tilting.steps, _tell_sum(tilting, headcount, total)),
    )


def _tell_missing(
    rule: QuotaRule,
    headcounts: Sequence[Headcount],
    bases: Mapping[str, int],
    grades: Mapping[str, str],
) -> Iterator[Step]:
    unreported = find_unreported(rule, headcounts)
    if unreported:
        yield tell_unreported(unreported)
    strangers = sorted(set(grades) - set(bases))
    if rule.unit_grade_link and strangers:
        yield tell_strangers(strangers)


def _tell_sum(tilting: Tilting, headcount: int, total: int) -> Step:
    return tell_sum(
        total=total,
        places=sum(tilting.places.values()),
        added=tilting.added,
        waiting=sum(tie.places for tie in tilting.open_ties),
        most=count_cap(headcount, tilting.limit),
    )


def _require_cap(rule: QuotaRule, on: date) -> Cap:
    cap = rule.find_cap(on)
    if cap is None:
        raise BadInput([refuse_day(rule, on)])
    return cap


def _require_within_cap(rule: QuotaRule, cap: Cap, headcount: int) -> None:
    findings = [
        refuse_share(rule, cap, label, share)
        for label, share in rule.unit_grade_link.items()
        if share > cap.limit
    ]
    most = count_cap(headcount, cap.limit)
    if rule.approved_total is not None and rule.approved_total > most:
        findings.append(refuse_total(rule, rule.approved_total, most))
    if findings:
        raise BadInput(findings)


def _find_total(rule: QuotaRule, cap: Cap, headcount: int) -> int:
    if rule.approved_total is not None:
        return rule.approved_total
    return count_cap(headcount, cap.share)


def _list_organs(
    rule: QuotaRule, cap: Cap, bases: Mapping[str, int], grades: Mapping[str, str]
) -> list[Organ]:
    pool_of = {organ: pool.code for pool in rule.pools if pool.approval for organ in pool.organs}
    return [
        Organ(
            code,
            headcount,
            share=rule.unit_grade_link.get(grades.get(code, ""), cap.share),
            pool=pool_of.get(code, ""),
            grade=grades.get(code, ""),
        )
        for code, headcount in bases.items()
    ]


def _list_blocks(rule: QuotaRule, organs: Sequence[Organ]) -> list[Block]:
    alone = [Block(each.code, (each,)) for each in organs if not each.pool]
    pooled = [
        Block(pool.code, tuple(each for each in organs if each.pool == pool.code), pool)
        for pool in rule.pools
        if pool.approval
    ]
    return alone + pooled


def _divide_total(rule: QuotaRule, blocks: Sequence[Block], total: int) -> Apportionment:
    """Every block its rounded claim, or the total in proportion where these exceed it."""
    told = tuple(step for each in blocks for step in tell_block(rule, each))
    most = sum(each.most for each in blocks)
    if most <= total:
        return Apportionment({each.code: each.most for each in blocks}, (), told)
    claims = [
        Claim(each.code, each.claim, each.headcount, each.most, rule.minimum * len(each.organs))
        for each in blocks
    ]
    divided = _apportion(rule, claims, total)
    return replace(divided, steps=(*told, tell_scarce(rule, most, total), *divided.steps))


def _divide_pool(rule: QuotaRule, block: Block, house: int) -> Apportionment:
    claims = [
        Claim(each.code, each.claim, each.headcount, each.headcount, rule.minimum)
        for each in block.organs
    ]
    divided = _apportion(rule, claims, house)
    return replace(divided, steps=(tell_pool(rule, block, house), *divided.steps))


def _apportion(rule: QuotaRule, claims: Sequence[Claim], house: int) -> Apportionment:
    return apportion_places(
        claims, house, method=rule.method, tie=rule.tie, tie_order=rule.tie_order
    )


def _start_tilting(
    rule: QuotaRule, cap: Cap, organs: Sequence[Organ], divisions: Sequence[Apportionment]
) -> Tilting:
    by_code = {each.code: each for each in organs}
    return Tilting(
        rule,
        by_code,
        cap.limit,
        places={
            code: places
            for each in divisions
            for code, places in each.places.items()
            if code in by_code
        },
        open_ties=[tie for each in divisions for tie in each.open_ties],
        steps=[step for each in divisions for step in each.steps],
    )


def _sum_organ(tilting: Tilting, organ: Organ) -> OrganQuota:
    return OrganQuota(
        organ.code,
        organ.headcount,
        organ.share,
        organ.claim,
        cap=None if organ.pool else count_cap(organ.headcount, tilting.limit),
        gained=tilting.gained[organ.code],
        given=tilting.given[organ.code],
        places=tilting.places[organ.code],
    )


def _sum_pool(tilting: Tilting, pool: QuotaPool) -> PoolQuota:
    block = Block(pool.code, tuple(tilting.organs[code] for code in pool.organs))
    return PoolQuota(
        pool.code,
        pool.leader,
        block.headcount,
        block.claim,
        cap=count_cap(block.headcount, tilting.limit) if pool.approval else None,
        places=sum(tilting.places[code] for code in pool.organs),
    )
