"""The grading of one group as its sheet computes it: the figures its formulas show before they recalculate.

What is proposed is the engine's; this is only the working beside it, line by line, and a test holds
that both end in the same grades.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

from kaohe.files.results.live.grade_columns import GradeLayout
from kaohe.grading.bands import count_places
from kaohe.grading.proposals import list_labels
from kaohe.scheme.grades import Band, GradeRule

TAKEN, UNDECIDED, PASSED, FAILED, NOTHING = "taken", "undecided", "passed", "failed", ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a unit in the order of places; one without a place has no total and no tier."""

    total: Fraction | None
    tier: int | None
    fails: int = 0
    no_top: int = 0
    downs: int = 0
    barred: int = 0
    ways: tuple[bool, ...] = ()


@dataclass(slots=True)
class BandState:
    """One band: its numbers, and a figure for every unit in each of its columns."""

    share: int | None = None
    places: int | None = None
    held: int = 0
    free: int = 0
    open: int = 0
    used: int = 0
    still_held: int = 0
    line: Fraction | None = None
    waiting: list[int] = field(default_factory=list)
    kept_out: list[int] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    ahead: list[int] = field(default_factory=list)
    level: list[int] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    ways: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)


def follow_grading(
    layout: GradeLayout, group: str, base: int, units: Sequence[Candidate]
) -> list[BandState]:
    """Every band's state from the best down."""
    rule = layout.rule
    line = rule.pass_line
    waiting = [
        int(each.total is not None and (line is None or each.total >= line)) for each in units
    ]
    downs = [each.downs for each in units]
    states: list[BandState] = []
    for number, band in enumerate(rule.bands):
        before = states[-1] if states else BandState()
        state = _count_band(rule, band, group, base, before, len(units))
        state.waiting = list(waiting)
        state.kept_out = _keep_out(rule, number, units, downs)
        _fill_band(rule, band, state, units)
        for way in layout.ways_of(number):
            state.ways[way] = _promote(rule, way, state, units)
        _settle(rule, band, state, units, before)
        states.append(state)
        promoted = [any(has[row] for _, has in state.ways.values()) for row in range(len(units))]
        waiting = [
            int(here and outcome in (NOTHING, PASSED) and not has)
            for here, outcome, has in zip(waiting, state.outcomes, promoted, strict=True)
        ]
        downs = [
            max(left - (outcome == PASSED), 0)
            for left, outcome in zip(downs, state.outcomes, strict=True)
        ]
    return states


def _count_band(
    rule: GradeRule, band: Band, group: str, base: int, before: BandState, size: int
) -> BandState:
    state = BandState(places=None)
    state.places = _count_places(rule, band, group, base, before.used)
    state.held = 0 if state.places is None else min(before.still_held, state.places)
    state.free = size if state.places is None else state.places - state.held
    return state


def _count_places(rule: GradeRule, band: Band, group: str, base: int, used: int) -> int | None:
    tilts = [each for each in rule.tilts if each.grade == band.label]
    gained = [each for each in tilts if each.group == group]
    more = sum(each.places or 0 for each in gained)
    less = sum(each.taken_from.get(group, 0) for each in tilts if each.group != group)
    if band.number is not None:
        return band.number + more - less
    if band.up_to is not None:
        return max(count_places(band.up_to, base) - used, 0) + more - less
    if band.share is None:
        return None
    raised = sum((each.points_share or Fraction(0) for each in gained), band.share)
    count = count_places(raised, base, rounding=rule.share_rounding, at_least=band.at_least)
    return count + more - less


def _keep_out(
    rule: GradeRule, number: int, units: Sequence[Candidate], downs: Sequence[int]
) -> list[int]:
    is_last = rule.bands[number].label == list_labels(rule)[-1]
    return [
        int(each.fails > 0 or (not is_last and (left > 0 or (each.no_top > 0 and number == 0))))
        for each, left in zip(units, downs, strict=True)
    ]


def _reaches(band: Band, each: Candidate) -> bool:
    return each.total is not None and (
        band.minimum_score is None or each.total >= band.minimum_score
    )


def _fill_band(rule: GradeRule, band: Band, state: BandState, units: Sequence[Candidate]) -> None:
    keeps_places = rule.vetoed == "vacant"
    able = [bool(here) and _reaches(band, each) for here, each in zip(state.waiting, units, strict=True)]  # fmt: skip
    state.claims = [
        int(can and (keeps_places or not out))
        for can, out in zip(able, state.kept_out, strict=True)
    ]
    state.ahead, state.level = _count_claims(units, state.claims)
    state.outcomes = [
        _find_outcome(rule, state, row, units[row]) if can else NOTHING
        for row, can in enumerate(able)
    ]


def _count_claims(units: Sequence[Candidate], claims: Sequence[int]) -> tuple[list[int], list[int]]:
    """For every unit the claims ahead of it, and those level with it, its own among them."""
    sums: Counter[int] = Counter()
    for each, claim in zip(units, claims, strict=True):
        if each.tier is not None:
            sums[each.tier] += claim
    tiers = sorted(sums)
    before = accumulate((sums[tier] for tier in tiers), initial=0)
    ahead = dict(zip(tiers, before, strict=False))
    return (
        [0 if each.tier is None else ahead[each.tier] for each in units],
        [0 if each.tier is None else sums[each.tier] for each in units],
    )


def _find_outcome(rule: GradeRule, state: BandState, row: int, each: Candidate) -> str:
    if state.ahead[row] >= state.free:
        return NOTHING
    fits = state.ahead[row] + state.level[row] <= state.free
    if not fits and rule.cut_tie == "none_in":
        return NOTHING
    if state.kept_out[row]:
        return FAILED if each.fails else PASSED
    return TAKEN if fits or rule.cut_tie == "all_in" else UNDECIDED


def _promote(
    rule: GradeRule, way: int, state: BandState, units: Sequence[Candidate]
) -> tuple[list[int], list[int]]:
    earlier = [has for _, has in state.ways.values()]
    claims = [
        int(
            bool(state.waiting[row])
            and each.ways[way]
            and not each.barred
            and state.outcomes[row] in (NOTHING, PASSED)
            and not any(has[row] for has in earlier)
        )
        for row, each in enumerate(units)
    ]
    most = rule.promotions[way].limit
    limit = len(units) if most is None else most
    ahead, level = _count_claims(units, claims)
    has = [
        int(
            bool(claims[row])
            and ahead[row] < limit
            and (rule.cut_tie == "all_in" or ahead[row] + level[row] <= limit)
        )
        for row in range(len(units))
    ]
    return claims, has


def _settle(
    rule: GradeRule, band: Band, state: BandState, units: Sequence[Candidate], before: BandState
) -> None:
    """What a band used up, what is still open in it, and its cut line."""
    rows = range(len(units))
    able = [bool(state.waiting[row]) and _reaches(band, units[row]) for row in rows]
    split = [
        row
        for row in rows
        if able[row] and state.ahead[row] < state.free < state.ahead[row] + state.level[row]
    ]
    if split and rule.cut_tie == "tie_break":
        state.open = state.free - state.ahead[split[0]]
    taken = state.outcomes.count(TAKEN)
    tied = state.outcomes.count(UNDECIDED)
    gone = [
        row
        for row in rows
        if state.outcomes[row] in (PASSED, FAILED)
        and (rule.cut_tie == "all_in" or row not in split)
    ]
    vacant = len(gone) if rule.vetoed == "vacant" else 0
    state.used = before.used + state.held + taken + vacant + state.open
    left = 0 if state.places is None else before.still_held - state.held
    state.still_held = left + max(tied - state.open, 0)
    totals = [units[row].total for row in rows if state.outcomes[row] == TAKEN]
    state.line = min((total for total in totals if total is not None), default=None)
