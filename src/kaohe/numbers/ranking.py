"""Places in a ranking, with the usual ways to treat ties."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Literal

Ties = Literal["lowest", "average", "highest", "dense"]
"""Places of four units of which two tie for second: 1,2,2,4 · 1,2.5,2.5,4 · 1,3,3,4 · 1,2,2,3."""


def rank_values(
    values: Sequence[Fraction], *, higher_is_better: bool = True, ties: Ties = "lowest"
) -> list[Fraction]:
    """The place of each value, in the order given; the best is 1."""
    counts = Counter(values)
    best_first = sorted(counts, reverse=higher_is_better)
    ahead = accumulate((counts[value] for value in best_first), initial=0)
    places = {
        value: _place_tied(index, before, counts[value], ties)
        for index, (value, before) in enumerate(zip(best_first, ahead, strict=False))
    }
    return [places[value] for value in values]


def _place_tied(index: int, before: int, tied: int, ties: Ties) -> Fraction:
    match ties:
        case "lowest":
            return Fraction(before + 1)
        case "average":
            return Fraction(2 * before + tied + 1, 2)
        case "highest":
            return Fraction(before + tied)
        case "dense":
            return Fraction(index + 1)
