"""Pieces of a formula that know how tightly they bind, so that brackets stand only where needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from kaohe.numbers.writing import write_number

COMPARISON, SUM, PRODUCT, SIGNED, WHOLE = range(5)
"""From the loosest to the tightest: a < b, a + b, a × b, −a, and what holds together by itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of a formula or a part of one, and how tightly it binds."""

    text: str
    level: int = WHOLE

    def within(self, level: int, *, is_first: bool = True) -> str:
        """The text as it stands among others that bind so tightly; a leading minus only at first."""
        if self.level < level or (self.text.startswith("-") and not is_first):
            return f"({self.text})"
        return self.text


def write_literal(value: Fraction) -> str:
    """A number as a formula writes it; one whose decimals never end as a quotient."""
    return write_number(value)


def as_piece(value: Fraction) -> Piece:
    """A number as a piece of a formula."""
    text = write_literal(value)
    if "/" in text:
        return Piece(text, PRODUCT)
    return Piece(text, SIGNED if value < 0 else WHOLE)


def join_pieces(sign: str, pieces: Sequence[Piece]) -> Piece:
    """Pieces added, subtracted, multiplied or divided from left to right."""
    level = SUM if sign in "+-" else PRODUCT
    first, *others = pieces
    parts = [first.within(level), *(piece.within(level + 1, is_first=False) for piece in others)]
    return Piece(sign.join(parts), level if others else first.level)


def call_function(name: str, *arguments: Piece) -> Piece:
    """A function of some arguments."""
    return Piece(f"{name}({','.join(argument.text for argument in arguments)})")


def write_table(values: Sequence[Fraction]) -> tuple[str, Piece | None]:
    """An array constant of the values, and what to divide its entries by, if anything.

    Array constants hold decimals only, so values whose decimals never end are multiplied first.
    """
    scale = 1
    if any("/" in write_number(value) for value in values):
        scale = lcm(*(value.denominator for value in values))
    text = ",".join(write_number(value * scale) for value in values)
    return f"{{{text}}}", None if scale == 1 else as_piece(Fraction(scale))
