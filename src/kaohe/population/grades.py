"""Grades over columns: a group's bands filled as `kaohe.grading.grades` fills them, without an object per subject.

Subjects stand best first, so that a band's line is a place in the running sum of what tied subjects claim.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from kaohe.errors import BadInput
from kaohe.grading.bands import count_band_places
from kaohe.grading.grade_tilts import tilt_band
from kaohe.grading.grades import AGAINST_GRADES, NO_FAILING_GRADE
from kaohe.grading.proposals import list_labels
from kaohe.renderings.arrays.columns import Integers, Mask
from kaohe.scheme.grades import Band, GradeRule, Promotion

NO_GRADE, UNDECIDED, FAILED = -1, -2, -3
"""Codes beside the numbers of the bands: takes no grade, tied at a line until a decision, has the failing grade."""


@dataclass(frozen=True)
class VetoMarks:
    """What vetoes do to the grades of subjects: how often lowered, kept from the top, failed, struck at all."""

    downs: Integers
    no_top: Mask
    fails: Mask
    struck: Mask

    @classmethod
    def gather(
        cls, effects: Sequence[frozenset[str]], hits: Sequence[Integers], count: int
    ) -> "VetoMarks":
        """The marks of `count` subjects from each veto's effects and how often it struck each subject."""

        def add_hits(wanted: frozenset[str]) -> Integers:
            added = np.zeros(count, dtype=np.int64)
            for own, hit in zip(effects, hits, strict=True):
                added += hit if wanted & own else 0
            return added

        return cls(
            add_hits(frozenset({"grade_down"})),
            add_hits(frozenset({"no_top_grade"})) > 0,
            add_hits(frozenset({"fail"})) > 0,
            add_hits(AGAINST_GRADES) > 0,
        )

    def take(self, rows: Integers) -> "VetoMarks":
        """The marks of some subjects, in the order given."""
        return VetoMarks(self.downs[rows], self.no_top[rows], self.fails[rows], self.struck[rows])


@dataclass(frozen=True)
class Contenders:
    """The ranked subjects of one group, best first, as columns.

    `rank_tiers` and `total_tiers` number those equal in rank and in total, rising from the best;
    `reaches` tells who has at least a total; `ways` holds for each promotion of the rule who meets it.
    """

    rank_tiers: Integers
    total_tiers: Integers
    reaches: Callable[[Fraction], Mask]
    vetoes: VetoMarks
    ways: Sequence[Mask] = ()

    def __len__(self) -> int:
        return len(self.rank_tiers)


def grade_contenders(
    rule: GradeRule, contenders: Contenders, *, base: int, group: str = ""
) -> Integers:
    """The grade proposed for each subject: the number of its band, or `UNDECIDED` or `FAILED`.

    `base` is the number shares are taken of; tilts act by `group`. Raises BadInput when a veto fails a
    subject and the rule names no such grade, and when a tilt takes more than the group has.
    """
    if not rule.fail and contenders.vetoes.fails.any():
        raise BadInput([NO_FAILING_GRADE])
    grading = _Grading(rule, group, base, contenders)
    grading.fail_below_pass_line()
    for level in range(len(rule.bands)):
        grading.fill_band(level)
    grading.fail(np.flatnonzero(grading.waiting))
    return grading.codes


@dataclass(frozen=True, slots=True)
class _Cut:
    """Who is above a line, as positions in the group; as `kaohe.grading.bands.Cut`."""

    taken: Integers
    barred: Integers
    vacant: int
    tied: Integers
    open_places: int


@dataclass
class _Grading:
    """The state between two bands, as in `kaohe.grading.grades`; `waiting` have no grade yet."""

    rule: GradeRule
    group: str
    base: int
    contenders: Contenders
    used: int = 0
    held: int = 0
    waiting: Mask = field(init=False)
    codes: Integers = field(init=False)
    downs: Integers = field(init=False)
    no_top: Mask = field(init=False)

    def __post_init__(self) -> None:
        self.waiting = np.ones(len(self.contenders), dtype=bool)
        self.codes = np.full(len(self.contenders), NO_GRADE)
        self.downs = self.contenders.vetoes.downs.copy()
        self.no_top = self.contenders.vetoes.no_top

    def fail_below_pass_line(self) -> None:
        """Whoever is below the pass line is in no band."""
        if self.rule.pass_line is not None:
            self.fail(np.flatnonzero(~self.contenders.reaches(self.rule.pass_line)))

    def fail(self, rows: Integers) -> None:
        """Give these the failing grade."""
        self._propose(rows, FAILED)

    def fill_band(self, level: int) -> None:
        """Fill one band by rank, then by promotion."""
        band = self.rule.bands[level]
        if band.label == list_labels(self.rule)[-1]:
            self.downs[:], self.no_top = 0, np.zeros(len(self.codes), dtype=bool)
        free = self._hold_places(self._count_places(band))
        able = self._list_able(band)
        barred = self.contenders.vetoes.fails | (self.downs > 0) | (self.no_top & (level == 0))
        cut = self._draw(able, free, barred)
        inside = self._promote(band, cut, outside=False, most=free)
        if len(inside):
            able = able[~np.isin(able, inside, assume_unique=True)]
            cut = self._draw(able, free - len(inside), barred)
        most = int(self.waiting.sum())
        outside = self._promote(band, cut, outside=True, most=most, ahead=inside)
        self._settle(level, cut, np.concatenate([inside, outside]))

    def _count_places(self, band: Band) -> int | None:
        places = count_band_places(
            band, self.base, used=self.used, rounding=self.rule.share_rounding
        )
        return tilt_band(self.rule, band, self.group, base=self.base, places=places)[0]

    def _hold_places(self, places: int | None) -> int:
        """The places left to whoever is not held; what is held goes on when a band is too small."""
        if places is None:
            self.held = 0
            return int(self.waiting.sum())
        taken = min(self.held, places)
        self.held -= taken
        self.used += taken
        return places - taken

    def _list_able(self, band: Band) -> Integers:
        if band.minimum_score is None:
            return np.flatnonzero(self.waiting)
        return np.flatnonzero(self.waiting & self.contenders.reaches(band.minimum_score))

    def _draw(self, rows: Integers, places: int, barred: Mask) -> _Cut:
        columns, cut_tie = self.contenders, self.rule.cut_tie
        tiers = columns.rank_tiers if cut_tie == "tie_break" else columns.total_tiers
        is_vacant = self.rule.vetoed == "vacant"
        return _draw_line(rows, tiers, barred, places, cut_tie=cut_tie, leaves_vacant=is_vacant)

    def _promote(
        self, band: Band, cut: _Cut, *, outside: bool, most: int, ahead: Integers | None = None
    ) -> Integers:
        free = self.waiting & ~self.contenders.vetoes.struck
        free[cut.taken] = free[cut.tied] = False
        if ahead is not None:
            free[ahead] = False
        promoted = [np.empty(0, dtype=np.int64)]
        for promotion, way in zip(self.rule.promotions, self.contenders.ways, strict=True):
            if promotion.to == band.label and promotion.outside_share == outside:
                room = most - sum(map(len, promoted))
                promoted.append(self._limit(promotion, np.flatnonzero(free & way), room))
                free[promoted[-1]] = False
        return np.concatenate(promoted)

    def _limit(self, promotion: Promotion, qualified: Integers, most: int) -> Integers:
        limit = most if promotion.limit is None else min(promotion.limit, most)
        return self._draw(qualified, limit, np.zeros(len(self.codes), dtype=bool)).taken

    def _settle(self, level: int, cut: _Cut, promoted: Integers) -> None:
        self.used += len(cut.taken) + cut.vacant + cut.open_places
        self.held += max(len(cut.tied) - cut.open_places, 0)
        self.downs[cut.barred] = np.maximum(self.downs[cut.barred] - 1, 0)
        self.fail(cut.barred[self.contenders.vetoes.fails[cut.barred]])
        self._propose(cut.taken, level)
        self._propose(promoted, level)
        self._propose(cut.tied, UNDECIDED)

    def _propose(self, rows: Integers, code: int) -> None:
        self.codes[rows] = code
        self.waiting[rows] = False


def _draw_line(
    rows: Integers,
    tiers: Integers,
    barred: Mask,
    places: int,
    *,
    cut_tie: str,
    leaves_vacant: bool,
) -> _Cut:
    """Fill a band's places from the top of `rows`, as `kaohe.grading.bands.draw_line` does.

    The tiers whose claims together fit the places are taken whole; one may lie across the line.
    """
    nobody = rows[:0]
    if places <= 0 or not len(rows):
        return _Cut(nobody, nobody, 0, nobody, 0)
    keys, is_barred = tiers[rows], barred[rows]
    edges = np.r_[0, np.flatnonzero(keys[1:] != keys[:-1]) + 1, len(rows)]
    claims = np.ones(len(rows), dtype=bool) if leaves_vacant else ~is_barred
    claimed = np.r_[0, np.cumsum(claims)][edges]
    whole = _count_whole_tiers(claimed[1:], places)
    tied, open_places = (0, 0), 0
    if whole + 1 < len(edges) and claimed[whole] < places:
        if cut_tie == "all_in":
            whole += 1
        elif cut_tie == "tie_break":
            tied, open_places = (edges[whole], edges[whole + 1]), places - int(claimed[whole])
    end = edges[whole]
    reached = slice(0, max(end, tied[1]))
    return _Cut(
        rows[:end][~is_barred[:end]],
        rows[reached][is_barred[reached]],
        int(is_barred[:end].sum()) if leaves_vacant else 0,
        rows[slice(*tied)][~is_barred[slice(*tied)]],
        open_places,
    )


def _count_whole_tiers(claimed: Integers, places: int) -> int:
    """How many tiers come in whole: those whose running claim fits, up to the one that fills the last place."""
    fitting = np.searchsorted(claimed, places, side="right")
    filling = np.searchsorted(claimed, places, side="left") + 1
    return int(min(fitting, filling))
