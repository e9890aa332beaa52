"""Where the grading of a group stands, and the formulas of one band: who is there, who is in."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.files.results.live.names import cell, span
from kaohe.scheme.grades import GradeRule

ORDER, RANK, CODE, UNIT, GRADE, TOTAL, TIER, FAILS, NO_TOP, DOWNS, BARRED = range(11)
"""The first columns of a unit's line; behind them the promotions it meets, then six columns a band."""
FIRST_WAY = BARRED + 1
WAITING, KEPT_OUT, CLAIM, AHEAD, LEVEL, OUTCOME = range(6)
BAND_COLUMNS = 6
LABEL, BASE, PLACES, HELD, FREE, OPEN, USED, STILL_HELD, LINE = range(9)
"""The columns of a band's line."""


@dataclass(frozen=True, slots=True)
class GradeLayout:
    """One group's grading: a title, a line a band, then a line a unit in order of place."""

    rule: GradeRule
    title: int
    count: int

    @property
    def first_band(self) -> int:
        """The line of the best band."""
        return self.title + 2

    @property
    def first(self) -> int:
        """The line of the first unit."""
        return self.first_band + len(self.rule.bands) + 2

    @property
    def last(self) -> int:
        """The line of the last unit."""
        return self.first + self.count - 1

    def band_column(self, band: int, which: int) -> int:
        """One of a band's columns on the units' lines; a band's promotions follow its outcome."""
        before = sum(2 * len(self.ways_of(number)) for number in range(band))
        return FIRST_WAY + len(self.rule.promotions) + BAND_COLUMNS * band + before + which

    def ways_of(self, band: int) -> Sequence[int]:
        """The promotions to a band, by number."""
        label = self.rule.bands[band].label
        return [number for number, each in enumerate(self.rule.promotions) if each.to == label]

    def way_columns(self, band: int, way: int) -> tuple[int, int]:
        """Whether a unit claims a promotion, and whether it has it."""
        first = self.band_column(band, BAND_COLUMNS) + 2 * self.ways_of(band).index(way)
        return first, first + 1

    def span(self, column: int) -> str:
        """A column over the group's units."""
        return span(column, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Contest:
    """Formulas for the claims on so many places: how many are ahead, how many level with a line."""

    layout: GradeLayout
    claims: int

    def ahead(self, line: int) -> str:
        """The claims of units before this one."""
        tier = cell(TIER, line)
        claims, tiers = self.layout.span(self.claims), self.layout.span(TIER)
        return f'SUMIF({tiers},"<"&{tier},{claims})'

    def level(self, line: int) -> str:
        """The claims of units that nothing separates from this one, its own among them."""
        tier = cell(TIER, line)
        return f"SUMIF({self.layout.span(TIER)},{tier},{self.layout.span(self.claims)})"


def can_follow(rule: GradeRule) -> bool:
    """Whether formulas can follow a rule; promotions within the share move the places of a band."""
    return all(each.outside_share for each in rule.promotions)


def write_count(formula: str, rounding: str) -> str:
    """A share of a number of units as a whole number."""
    exact = f"ROUND({formula},9)"
    return {"floor": f"INT({exact})", "half_up": f"ROUND({exact},0)", "ceil": f"(-INT(-{exact}))"}[
        rounding
    ]
