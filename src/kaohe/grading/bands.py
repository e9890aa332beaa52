"""How many units a grade has room for, and where exactly its line falls."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import Literal

from kaohe.grading.steps import Step
from kaohe.numbers.rounding import round_fraction
from kaohe.scheme.grades import Band

ShareRounding = Literal["floor", "half_up", "ceil"]
CutTie = Literal["all_in", "none_in", "tie_break"]


def count_places(
    share: Fraction, base: int, *, rounding: ShareRounding = "floor", at_least: int = 0
) -> int:
    """A share of a number of units as a whole number, never more than there are."""
    rounded = int(round_fraction(share * base, 0, rounding))
    return min(max(rounded, at_least), base)


def count_band_places(
    band: Band, base: int, *, used: int, rounding: ShareRounding = "floor"
) -> int | None:
    """How many places a band has; None when it has room for everybody.

    `used` is how many places the bands above took, which only `up_to` counts from the top.
    """
    if band.number is not None:
        return band.number
    if band.up_to is not None:
        return max(count_places(band.up_to, base) - used, 0)
    if band.share is not None:
        return count_places(band.share, base, rounding=rounding, at_least=band.at_least)
    return None


@dataclass(slots=True, eq=False)
class Contender:
    """A unit on its way through the bands.

    `downs` counts the grades it still has to be lowered; `no_top` keeps it out of the best grade,
    `fails` out of all; `vetoes` names what did so; `ways` numbers the promotions it qualifies for.
    """

    unit: str
    total: Fraction
    rank: Fraction
    downs: int = 0
    no_top: bool = False
    fails: bool = False
    vetoes: tuple[str, ...] = ()
    ways: frozenset[int] = frozenset()
    steps: list[Step] = field(default_factory=list)

    def is_barred(self, level: int) -> bool:
        """Whether a veto keeps it out of the band at this level (0 is the best)."""
        return self.fails or self.downs > 0 or (self.no_top and level == 0)


@dataclass(frozen=True, slots=True)
class Cut:
    """Who is above a line.

    `barred` were reached and may not have the grade, which left `vacant` places empty; `tied` share
    the line, and only a decision can say which of them have the `open_places`.
    """

    taken: tuple[Contender, ...]
    barred: tuple[Contender, ...] = ()
    vacant: int = 0
    tied: tuple[Contender, ...] = ()
    open_places: int = 0


def draw_line(
    contenders: Sequence[Contender],
    places: int,
    *,
    level: int,
    cut_tie: CutTie,
    leaves_vacant: bool,
) -> Cut:
    """Fill a band's places from the top of the contenders, given best first.

    A barred contender's place stays empty when `leaves_vacant`, otherwise the next moves up.
    """
    taken: list[Contender] = []
    barred: list[Contender] = []
    vacant = 0
    for tier in _group_tied(contenders, cut_tie):
        if places <= 0:
            break
        here = [each for each in tier if each.is_barred(level)]
        fit = [each for each in tier if not each.is_barred(level)]
        claims = len(tier) if leaves_vacant else len(fit)
        if claims > places and cut_tie == "none_in":
            break
        barred += here
        if claims > places and cut_tie == "tie_break":
            return Cut(tuple(taken), tuple(barred), vacant, tuple(fit), places)
        taken += fit
        vacant += claims - len(fit)
        places -= claims
    return Cut(tuple(taken), tuple(barred), vacant)


def _group_tied(contenders: Sequence[Contender], cut_tie: CutTie) -> list[list[Contender]]:
    """Equal totals belong together, unless the declared tie-break chain may separate them."""
    by_rank = cut_tie == "tie_break"
    return [
        list(tier)
        for _, tier in groupby(contenders, key=lambda it: it.rank if by_rank else it.total)
    ]
