"""Organs as a quota sees them, and the blocks whose caps are rounded down as one."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from kaohe.scheme.quotas import QuotaPool


@dataclass(frozen=True, slots=True)
class Organ:
    """One organ: its headcount base and its share; the approved pool it is in, its decided grade (empty: none)."""

    code: str
    headcount: int
    share: Fraction
    pool: str = ""
    grade: str = ""

    @property
    def claim(self) -> Fraction:
        """Share × headcount, exactly (理论名额)."""
        return self.share * self.headcount


@dataclass(frozen=True, slots=True)
class Block:
    """An organ by itself, or an approved pool: its claim is rounded down once, as a whole."""

    code: str
    organs: tuple[Organ, ...]
    pool: QuotaPool | None = None

    @property
    def headcount(self) -> int:
        """Persons of all its organs."""
        return sum(each.headcount for each in self.organs)

    @property
    def claim(self) -> Fraction:
        """Claims of all its organs, exactly."""
        return sum((each.claim for each in self.organs), Fraction())

    @property
    def most(self) -> int:
        """The claim rounded down."""
        return floor(self.claim)
