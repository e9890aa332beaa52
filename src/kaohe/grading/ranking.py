"""Ranks of exact totals within one group, with the declared chain that breaks ties.

Order of units that stay tied is never decided here, neither by code nor by the order of rows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from kaohe.grading.steps import Step, tell_step
from kaohe.language import Text
from kaohe.numbers.ranking import Ties, rank_values
from kaohe.scheme.grades import Participation, TieBreak

LOWER_FIRST = {"previous_rank", "decision"}
LINK_LABELS = {
    "category": Text("类别得分", "category score"),
    "firsts": Text("单项第一个数", "number of first places"),
    "bonus": Text("加分", "bonus"),
    "previous_rank": Text("上年位次", "previous rank"),
    "decision": Text("研究决定的先后", "order decided"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's total in its group, and the figures a tie-break may ask for.

    `figures` are named firsts, bonus, previous_rank, and category.CODE for a category's score. A unit
    without a total has no rank.
    """

    unit: str
    total: Fraction | None
    participation: Participation = "ranked"
    figures: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """Where a unit stands.

    `rank` is None for a unit that takes no place; `would_be` is then where its total would put it.
    `tied_with` names the units that share the rank, `broken_by` the keys that separated it from
    units with the same total.
    """

    unit: str
    total: Fraction | None
    participation: Participation = "ranked"
    rank: Fraction | None = None
    would_be: Fraction | None = None
    tied_with: tuple[str, ...] = ()
    broken_by: tuple[TieBreak, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tier:
    """Units that nothing looked at so far separates."""

    total: Fraction
    members: tuple[Standing, ...]
    broken_by: tuple[TieBreak, ...] = ()
    steps: tuple[Step, ...] = ()


def rank_units(
    standings: Sequence[Standing],
    *,
    chain: Sequence[TieBreak] = (),
    ties: Ties = "lowest",
) -> tuple[RankedUnit, ...]:
    """The units of one group, best first; those that take no place follow.

    Units that stay tied stand side by side under one rank, sorted by code for reading only.
    """
    tiers = [
        tier for same_total in _split_by_total(standings) for tier in _separate(same_total, chain)
    ]
    ranked = [each for tier, rank in _place_tiers(tiers, ties) for each in _rank_tier(tier, rank)]
    placed = {each.unit for each in ranked}
    apart = sorted((each for each in standings if each.unit not in placed), key=lambda it: it.unit)
    return (*ranked, *(_rank_apart(each, ranked) for each in apart))


def _split_by_total(standings: Sequence[Standing]) -> list[_Tier]:
    by_total: dict[Fraction, list[Standing]] = defaultdict(list)
    for each in standings:
        if each.total is not None and each.participation == "ranked":
            by_total[each.total].append(each)
    return [_Tier(total, tuple(by_total[total])) for total in sorted(by_total, reverse=True)]


def _separate(tier: _Tier, chain: Sequence[TieBreak]) -> list[_Tier]:
    """Split a tier by each key in turn; a key that a member lacks decides nothing in that tier."""
    if len(tier.members) == 1 or not chain:
        return [tier]
    link, *rest = chain
    return [each for part in _split_by_key(tier, link) for each in _separate(part, rest)]


def _split_by_key(tier: _Tier, link: TieBreak) -> list[_Tier]:
    by_figure: dict[Fraction, list[Standing]] = defaultdict(list)
    for member in tier.members:
        figure = _find_figure(member, link)
        if figure is None:
            return [tier]
        by_figure[figure].append(member)
    if len(by_figure) == 1:
        return [tier]
    best_first = sorted(by_figure, reverse=link.by not in LOWER_FIRST)
    return [
        _Tier(
            tier.total,
            tuple(by_figure[figure]),
            (*tier.broken_by, link),
            (*tier.steps, _tell_break(tier, link, figure)),
        )
        for figure in best_first
    ]


def _find_figure(member: Standing, link: TieBreak) -> Fraction | None:
    if link.by != "decision":
        return member.figures.get(f"category.{link.of}" if link.of else link.by)
    return Fraction(link.order.index(member.unit) + 1) if member.unit in link.order else None


def _tell_break(tier: _Tier, link: TieBreak, figure: Fraction) -> Step:
    decided = Text(f"（{link.decided_by}：{link.reason}）", f" ({link.decided_by}: {link.reason})")
    return tell_step(
        "{count}个单位总分同为{total}，按{key}{of}定序：{figure}{why}",
        "{count} units have the total {total}; ordered by {key}{of}: {figure}{why}",
        count=len(tier.members),
        total=tier.total,
        key=LINK_LABELS[link.by],
        of=f" {link.of}" if link.of else "",
        figure=figure,
        why=decided if link.by == "decision" else "",
    )


def _place_tiers(tiers: Sequence[_Tier], ties: Ties) -> list[tuple[_Tier, Fraction]]:
    order = [Fraction(index) for index, tier in enumerate(tiers) for _ in tier.members]
    ranks = rank_values(order, higher_is_better=False, ties=ties)
    rank_of = dict(zip(order, ranks, strict=True))
    return [(tier, rank_of[Fraction(index)]) for index, tier in enumerate(tiers)]


def _rank_tier(tier: _Tier, rank: Fraction) -> list[RankedUnit]:
    units = sorted(member.unit for member in tier.members)
    told = (*tier.steps, _tell_rank(tier, rank))
    return [
        RankedUnit(
            unit,
            tier.total,
            rank=rank,
            tied_with=tuple(other for other in units if other != unit),
            broken_by=tier.broken_by,
            steps=told,
        )
        for unit in units
    ]


def _tell_rank(tier: _Tier, rank: Fraction) -> Step:
    count = len(tier.members)
    tied = Text(f"，{count}个单位并列", f", {count} units tied")
    return tell_step(
        "总分{total}，第{rank}名{tied}",
        "total {total}, rank {rank}{tied}",
        total=tier.total,
        rank=rank,
        tied=tied if count > 1 else "",
    )


def _rank_apart(standing: Standing, ranked: Sequence[RankedUnit]) -> RankedUnit:
    apart = RankedUnit(standing.unit, standing.total, standing.participation)
    total = standing.total
    if total is None or standing.participation == "exempt":
        return apart
    ahead = sum(each.total is not None and each.total > total for each in ranked)
    told = tell_step(
        "总分{total}，不占位次，相当于第{would_be}名",
        "total {total}; takes no place, would be at rank {would_be}",
        total=total,
        would_be=ahead + 1,
    )
    return replace(apart, would_be=Fraction(ahead + 1), steps=(told,))
