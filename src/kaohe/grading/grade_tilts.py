"""Tilts of the grades (等次倾斜): a group has more places of a grade, additional or from other groups.

What a redistributed tilt gives to one group it takes from others, place by place as the rule says, so
that all groups of the rule together have as many as before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.grading.bands import count_places
from kaohe.grading.steps import Step, show_decimal, tell_step
from kaohe.grading.tilts import KINDS
from kaohe.language import Text
from kaohe.scheme.grades import Band, GradeRule, GradeTilt


@dataclass(slots=True)
class BandTilting:
    """One group's places of one band while tilts are applied; `share` is the band's, as raised so far."""

    rule: GradeRule
    band: Band
    group: str
    base: int
    places: int
    share: Fraction
    steps: list[Step] = field(default_factory=list)


def tilt_band(
    rule: GradeRule, band: Band, group: str, *, base: int, places: int | None
) -> tuple[int | None, Sequence[Step]]:
    """A group's places of a band after the rule's tilts, and a sentence about each.

    Raises BadInput when the group is to give more than it has above the band's `at_least`.
    """
    if places is None:
        return None, ()
    tilting = BandTilting(rule, band, group, base, places, band.share or Fraction())
    for tilt in rule.tilts:
        if tilt.grade == band.label and tilt.group == group:
            _gain(tilting, tilt)
        elif tilt.grade == band.label and group in tilt.taken_from:
            _give(tilting, tilt, tilt.taken_from[group])
    return tilting.places, tilting.steps


def _gain(tilting: BandTilting, tilt: GradeTilt) -> None:
    gained = tilt.places or _raise_share(tilting, tilt.points_share or Fraction())
    tilting.places += gained
    tilting.steps.append(
        tell_step(
            "{label}倾斜（{reason}，{kind}{approval}）{how}：增{gained}个，共{places}个",
            "{label} tilt ({reason}; {kind}{approval}){how}: {gained} more, {places} together",
            label=tilting.band.label,
            reason=tilt.reason,
            kind=KINDS[tilt.kind],
            approval=f" {tilt.approval}" if tilt.approval else "",
            how=_tell_points(tilt),
            gained=gained,
            places=tilting.places,
        )
    )


def _tell_points(tilt: GradeTilt) -> Text | str:
    if tilt.points_share is None:
        return ""
    points = show_decimal(tilt.points_share * 100).words
    return Text(f"，比例提高{points}个百分点", f", the share raised by {points} points")


def _raise_share(tilting: BandTilting, points: Fraction) -> int:
    raised = tilting.share + points
    before, after = (_count(tilting, share) for share in (tilting.share, raised))
    tilting.share = raised
    return after - before


def _count(tilting: BandTilting, share: Fraction) -> int:
    return count_places(
        share,
        tilting.base,
        rounding=tilting.rule.share_rounding,
        at_least=tilting.band.at_least,
    )


def _give(tilting: BandTilting, tilt: GradeTilt, given: int) -> None:
    if tilting.places - given < tilting.band.at_least:
        raise BadInput([_refuse_giving(tilting, given)])
    tilting.places -= given
    tilting.steps.append(
        tell_step(
            "{label}倾斜（{reason}，{kind}）：让出{given}个给{group}，余{places}个",
            "{label} tilt ({reason}; {kind}): {given} given to {group}, {places} left",
            label=tilting.band.label,
            reason=tilt.reason,
            kind=KINDS[tilt.kind],
            given=given,
            group=tilt.group,
            places=tilting.places,
        )
    )


def _refuse_giving(tilting: BandTilting, given: int) -> Finding:
    group, label, places = tilting.group, tilting.band.label, tilting.places
    least = tilting.band.at_least
    return blocking(
        "grade-tilt-too-large",
        Place(key=f"grades.{tilting.rule.code}.tilts"),
        Text(
            f"类别{group}的“{label}”有{places}个，至少留{least}个，让不出{given}个",
            f'group {group} has {places} of "{label}", keeps {least} at least, and cannot give {given}',
        ),
        Text("请减少 taken_from 中该类别的个数", "take fewer from it in `taken_from`"),
    )
