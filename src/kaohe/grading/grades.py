"""Grades proposed for the units of one group, band by band from the best.

Order within a band: by rank within its places, tilts included; then promotions. Whoever a veto keeps out is met again
by the next band. A promoted unit needs neither rank nor minimum score, but no veto against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from kaohe.errors import BadInput, Place, blocking
from kaohe.grading import grade_steps as say
from kaohe.grading.bands import Contender, Cut, count_band_places, draw_line
from kaohe.grading.grade_tilts import tilt_band
from kaohe.grading.proposals import (
    Attained,
    BandOutcome,
    Basis,
    GradeOutcome,
    GradeProposal,
    UnitFacts,
    list_labels,
)
from kaohe.grading.ranking import RankedUnit
from kaohe.grading.steps import Step
from kaohe.language import Text
from kaohe.scheme.grades import Band, GradeRule, Promotion

AGAINST_GRADES = frozenset({"no_top_grade", "grade_down", "fail", "no_award"})
"""The effects of vetoes that touch a grade."""


def propose_grades(
    rule: GradeRule,
    ranking: Sequence[RankedUnit],
    facts: Mapping[str, UnitFacts],
    *,
    group: str = "",
) -> GradeOutcome:
    """Proposed grades of one group's units, given in the order of their ranking; tilts act by `group`.

    A unit tied at a line that nothing separates gets no label and waits for a decision; a unit that is
    not ranked gets none. Raises BadInput when a veto fails a unit and the rule names no such grade, and
    when a tilt takes more than the group has.
    """
    contenders = _list_contenders(rule, ranking, facts)
    grading = _Grading(rule, group, _count_base(rule, ranking), contenders)
    grading.fail_below_pass_line()
    bands = tuple(grading.fill_band(level) for level in range(len(rule.bands)))
    grading.fail_the_rest()
    proposals = tuple(
        grading.proposals.get(each.unit) or _leave_outside(rule, each) for each in ranking
    )
    return GradeOutcome(rule.code, grading.base, bands, proposals)


def _count_base(rule: GradeRule, ranking: Sequence[RankedUnit]) -> int:
    if isinstance(rule.share_base, int):
        return rule.share_base
    return sum(each.participation in rule.share_base for each in ranking)


def _list_contenders(
    rule: GradeRule, ranking: Sequence[RankedUnit], facts: Mapping[str, UnitFacts]
) -> list[Contender]:
    contenders = [
        _make_contender(rule, each, each.total, each.rank, facts.get(each.unit, UnitFacts()))
        for each in ranking
        if each.total is not None and each.rank is not None
    ]
    if not rule.fail and any(each.fails for each in contenders):
        raise BadInput([NO_FAILING_GRADE])
    return contenders


def _make_contender(
    rule: GradeRule, unit: RankedUnit, total: Fraction, rank: Fraction, facts: UnitFacts
) -> Contender:
    effects = [effect for veto in facts.vetoes for effect in veto.effects]
    return Contender(
        unit.unit,
        total,
        rank,
        downs=effects.count("grade_down"),
        no_top="no_top_grade" in effects,
        fails="fail" in effects,
        vetoes=tuple(veto.code for veto in facts.vetoes if veto.effects & AGAINST_GRADES),
        ways=_list_ways(rule, facts),
        steps=list(unit.steps),
    )


def _list_ways(rule: GradeRule, facts: UnitFacts) -> frozenset[int]:
    return frozenset(
        number
        for number, promotion in enumerate(rule.promotions)
        if _is_met(promotion, facts.attained.get(promotion.of, Attained()))
    )


def _is_met(promotion: Promotion, attained: Attained) -> bool:
    if promotion.at_least is not None:
        return attained.score is not None and attained.score >= promotion.at_least
    return not attained.levels.isdisjoint(promotion.levels)


@dataclass(slots=True)
class _Grading:
    """The state between two bands.

    `waiting` have no grade yet, best first; `used` places were taken above; `held` units are tied at a
    line above and will need that many places below it, whoever they are.
    """

    rule: GradeRule
    group: str
    base: int
    waiting: list[Contender]
    used: int = 0
    held: int = 0
    proposals: dict[str, GradeProposal] = field(default_factory=dict)

    def fail_below_pass_line(self) -> None:
        """Whoever is below the pass line is in no band."""
        line = self.rule.pass_line
        if line is not None:
            self._fail([each for each in self.waiting if each.total < line])
            self._let_go()

    def fail_the_rest(self) -> None:
        """Whoever no band took, the last one having a minimum score."""
        self._fail(self.waiting)

    def fill_band(self, level: int) -> BandOutcome:
        """Fill one band by rank, then by promotion."""
        band = self.rule.bands[level]
        if band.label == list_labels(self.rule)[-1]:
            self._end_lowering()
        places, told = self._count_places(band)
        free = self._hold_places(places)
        able = [each for each in self.waiting if _reaches(band, each)]
        cut = self._draw(able, free, level)
        inside = self._promote(band, cut, outside=False, most=free)
        cut = self._draw([each for each in able if each not in inside], free - len(inside), level)
        most = len(self.waiting)
        promoted = inside + self._promote(band, cut, outside=True, most=most, ahead=inside)
        told += self._settle(band, cut, promoted)
        return _sum_band(band, places, cut, promoted, told)

    def _count_places(self, band: Band) -> tuple[int | None, list[Step]]:
        """A band's places and how they were reckoned, tilts included."""
        places = count_band_places(
            band, self.base, used=self.used, rounding=self.rule.share_rounding
        )
        told = say.tell_places(self.rule, band, base=self.base, used=self.used, places=places)
        places, tilted = tilt_band(self.rule, band, self.group, base=self.base, places=places)
        return places, [told, *tilted]

    def _end_lowering(self) -> None:
        """In the lowest grade there is nothing to be lowered to."""
        for each in self.waiting:
            each.downs, each.no_top = 0, False

    def _hold_places(self, places: int | None) -> int:
        """The places left to whoever is not held; what is held goes on when a band is too small."""
        if places is None:
            self.held = 0
            return len(self.waiting)
        taken = min(self.held, places)
        self.held -= taken
        self.used += taken
        return places - taken

    def _draw(self, contenders: Sequence[Contender], places: int, level: int) -> Cut:
        return draw_line(
            contenders,
            places,
            level=level,
            cut_tie=self.rule.cut_tie,
            leaves_vacant=self.rule.vetoed == "vacant",
        )

    def _promote(
        self,
        band: Band,
        cut: Cut,
        *,
        outside: bool,
        most: int,
        ahead: Sequence[Contender] = (),
    ) -> list[Contender]:
        promoted: list[Contender] = []
        for number, promotion in enumerate(self.rule.promotions):
            if promotion.to == band.label and promotion.outside_share == outside:
                before = {*cut.taken, *cut.tied, *ahead, *promoted}
                claims = [each for each in self.waiting if each not in before]
                qualified = [each for each in claims if number in each.ways and not each.vetoes]
                promoted += self._limit(promotion, qualified, most - len(promoted))
        return promoted

    def _limit(
        self, promotion: Promotion, qualified: Sequence[Contender], most: int
    ) -> Sequence[Contender]:
        limit = most if promotion.limit is None else min(promotion.limit, most)
        chosen = self._draw(qualified, limit, level=0)
        for each in chosen.taken:
            each.steps.append(say.tell_promoted(promotion))
        for each in chosen.tied:
            each.steps.append(say.tell_limited(promotion, chosen.tied))
        return chosen.taken

    def _settle(self, band: Band, cut: Cut, promoted: Sequence[Contender]) -> list[Step]:
        self.used += len(cut.taken) + cut.vacant + cut.open_places
        self.held += max(len(cut.tied) - cut.open_places, 0)
        for each in cut.barred:
            self._pass_over(band, each)
        for each in cut.taken:
            self._propose(each, band.label, "place", say.tell_taken(band, each))
        for each in promoted:
            self._propose(each, band.label, "promotion")
        for each in cut.tied:
            self._propose(each, None, "undecided", say.tell_tied(band, cut))
        self._let_go()
        return [
            say.tell_line(band, _find_line(cut)),
            *([say.tell_tied(band, cut)] if cut.tied else []),
        ]

    def _pass_over(self, band: Band, unit: Contender) -> None:
        """Kept out of this band by a veto: one grade of lowering is spent, a failed unit leaves."""
        unit.steps.append(say.tell_barred(self.rule, band, unit))
        unit.downs = max(unit.downs - 1, 0)
        if unit.fails:
            self._fail([unit])

    def _fail(self, units: Sequence[Contender]) -> None:
        for each in units:
            self._propose(each, self.rule.fail, "failed", say.tell_failed(self.rule, each))

    def _propose(self, unit: Contender, label: str | None, basis: Basis, *told: Step) -> None:
        self.proposals[unit.unit] = GradeProposal(
            self.rule.code, unit.unit, label, basis, (*unit.steps, *told)
        )

    def _let_go(self) -> None:
        """Whoever has a proposal no longer waits."""
        self.waiting = [each for each in self.waiting if each.unit not in self.proposals]


def _sum_band(
    band: Band, places: int | None, cut: Cut, promoted: Sequence[Contender], told: Sequence[Step]
) -> BandOutcome:
    return BandOutcome(
        band.label,
        places=places,
        units=tuple(each.unit for each in (*cut.taken, *promoted)),
        promoted=tuple(each.unit for each in promoted),
        vacant=cut.vacant,
        tied=tuple(each.unit for each in cut.tied),
        open_places=cut.open_places,
        cut_line=_find_line(cut),
        steps=tuple(told),
    )


def _find_line(cut: Cut) -> Fraction | None:
    return min((each.total for each in cut.taken), default=None)


def _reaches(band: Band, unit: Contender) -> bool:
    return band.minimum_score is None or unit.total >= band.minimum_score


def _leave_outside(rule: GradeRule, unit: RankedUnit) -> GradeProposal:
    told = say.tell_outside(unit.participation)
    return GradeProposal(rule.code, unit.unit, None, "outside", (*unit.steps, told))


NO_FAILING_GRADE = blocking(
    "veto-fails-without-grade",
    Place(key="grades"),
    Text(
        "否决事项定为不合格，等次规则未写明 fail",
        "a veto fails a unit; the grade rule has no `fail`",
    ),
    Text("请在等次规则中写明不合格等次 fail", "name the failing grade as `fail` in the grade rule"),
)
