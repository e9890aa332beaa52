"""Tilts (倾斜): more places for some organs, additional by an approved document or taken from others.

No tilt lifts an organ, an approved pool or all together above the cap. What a redistributed tilt gives
is taken from the other organs of the approved pool, or else from all other organs; organs with a tilt
of their own give nothing. The givers divide what is left by the rule's method, so that it is plain who
gave. Where a tie waits for a decision, tilts wait too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from kaohe.grading.apportionment import METHODS, Claim, OpenTie, apportion_places
from kaohe.grading.caps import count_cap
from kaohe.grading.organs import Organ
from kaohe.grading.steps import Step, show_decimal, show_percent, tell_step
from kaohe.language import Text
from kaohe.scheme.quotas import QuotaRule, Tilt

KINDS = {
    "additional": Text("另增", "additional"),
    "redistributed": Text("调剂", "redistributed"),
}


@dataclass(slots=True)
class Tilting:
    """Places while tilts are applied.

    `gained` and `given` say what each organ got and gave by them, `added` how many nobody gave.
    """

    rule: QuotaRule
    organs: Mapping[str, Organ]
    limit: Fraction
    places: dict[str, int]
    open_ties: list[OpenTie]
    added: int = 0
    gained: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    steps: list[Step] = field(default_factory=list)


def apply_tilts(tilting: Tilting) -> None:
    """Apply the rule's tilts in their order, organ by organ as each tilt lists them."""
    for tilt in tilting.rule.tilts:
        for unit in tilt.units:
            if tilting.open_ties:
                tilting.steps.append(_tell_waiting(tilt, unit))
            else:
                _apply_tilt(tilting, tilt, tilting.organs[unit])


def _apply_tilt(tilting: Tilting, tilt: Tilt, organ: Organ) -> None:
    asked = _count_asked(tilt, organ)
    givers = _list_givers(tilting, organ) if tilt.kind == "redistributed" else []
    granted = max(min(asked, *_list_rooms(tilting, tilt, organ, givers)), 0)
    tilting.steps.append(_tell_tilt(tilting, tilt, organ, asked, granted))
    if givers and granted:
        _take_from(tilting, givers, granted)
    tilting.places[organ.code] += granted
    tilting.added += granted if tilt.kind == "additional" else 0
    tilting.gained[organ.code] += granted


def _count_asked(tilt: Tilt, organ: Organ) -> int:
    """Seats as they stand; points of share by how much they raise the organ's claim rounded down."""
    if tilt.points_share is None:
        return tilt.seats or 0
    raised = count_cap(organ.headcount, organ.share + tilt.points_share)
    return raised - count_cap(organ.headcount, organ.share)


def _list_rooms(
    tilting: Tilting, tilt: Tilt, organ: Organ, givers: Sequence[Organ]
) -> Iterator[int]:
    """How many places each bound leaves: the organ's, and the pool's and total's or the givers'."""
    held = tilting.places[organ.code]
    own = organ.headcount if organ.pool else count_cap(organ.headcount, tilting.limit)
    yield own - held
    if tilt.kind == "redistributed":
        yield sum(tilting.places[each.code] - _find_least(tilting, each) for each in givers)
        return
    everyone = list(tilting.organs.values())
    yield _find_room(tilting, everyone)
    if organ.pool:
        yield _find_room(tilting, [each for each in everyone if each.pool == organ.pool])


def _find_room(tilting: Tilting, organs: Sequence[Organ]) -> int:
    headcount = sum(each.headcount for each in organs)
    held = sum(tilting.places[each.code] for each in organs)
    return count_cap(headcount, tilting.limit) - held


def _find_least(tilting: Tilting, organ: Organ) -> int:
    return min(tilting.rule.minimum, tilting.places[organ.code])


def _list_givers(tilting: Tilting, organ: Organ) -> list[Organ]:
    tilted = {unit for tilt in tilting.rule.tilts for unit in tilt.units}
    return [
        each
        for each in tilting.organs.values()
        if each.code not in tilted and organ.pool in ("", each.pool)
    ]


def _take_from(tilting: Tilting, givers: Sequence[Organ], taken: int) -> None:
    before = {each.code: tilting.places[each.code] for each in givers}
    tilting.steps.append(_tell_taking(tilting, sum(before.values()), taken))
    claims = [
        Claim(
            each.code,
            each.claim,
            each.headcount,
            most=before[each.code],
            least=_find_least(tilting, each),
        )
        for each in givers
    ]
    left = apportion_places(
        claims,
        sum(before.values()) - taken,
        method=tilting.rule.method,
        tie=tilting.rule.tie,
        tie_order=tilting.rule.tie_order,
    )
    tilting.places.update(left.places)
    tilting.open_ties += left.open_ties
    tilting.steps += left.steps
    for code, held in before.items():
        _note_giving(tilting, code, held - left.places[code])


def _note_giving(tilting: Tilting, code: str, given: int) -> None:
    if given:
        tilting.given[code] += given
        tilting.steps.append(
            tell_step("{organ}让出{given}个", "{organ} gives {given}", organ=code, given=given)
        )


def _tell_tilt(tilting: Tilting, tilt: Tilt, organ: Organ, asked: int, granted: int) -> Step:
    held = tilting.places[organ.code]
    capped = Text("，其余受上限或可调剂数所限", "; the cap, or what others have, allows no more")
    return tell_step(
        "倾斜（{reason}，{kind}{approval}）：{organ}{points}现有{held}个，应增{asked}个，实增{granted}个{capped}",
        "tilt ({reason}; {kind}{approval}): {organ}{points} has {held}, asked {asked}, gets {granted}{capped}",
        reason=tilt.reason,
        kind=KINDS[tilt.kind],
        approval=f" {tilt.approval}" if tilt.approval else "",
        organ=organ.code,
        points=_tell_points(tilt, organ),
        held=held,
        asked=asked,
        granted=granted,
        capped=capped if granted < asked else "",
    )


def _tell_points(tilt: Tilt, organ: Organ) -> Text | str:
    """How points of share raise a claim."""
    if tilt.points_share is None:
        return ""
    raised = organ.share + tilt.points_share
    return tell_step(
        "（{share} × {headcount} = {claim}，{raised} × {headcount} = {more}）",
        " ({share} × {headcount} = {claim}, {raised} × {headcount} = {more})",
        share=show_percent(organ.share),
        headcount=organ.headcount,
        claim=show_decimal(organ.claim),
        raised=show_percent(raised),
        more=show_decimal(raised * organ.headcount),
    ).text


def _tell_taking(tilting: Tilting, held: int, taken: int) -> Step:
    return tell_step(
        "调剂：其他单位现有{held}个，让出{taken}个，余下{left}个按{method}重新分配",
        "the others have {held} and give {taken}; the {left} left are divided by {method}",
        held=held,
        taken=taken,
        left=held - taken,
        method=METHODS[tilting.rule.method],
    )


def _tell_waiting(tilt: Tilt, unit: str) -> Step:
    return tell_step(
        "倾斜（{reason}）：{organ}，待并列名额决定后再作",
        "tilt ({reason}): {organ}, waits for the decision of a tie",
        reason=tilt.reason,
        organ=unit,
    )
