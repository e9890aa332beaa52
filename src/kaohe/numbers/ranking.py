"""Places in a ranking, with the usual ways to treat ties."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from kaohe.numbers.sums import as_integers

Ties = Literal["lowest", "average", "highest", "dense"]
"""Places of four units of which two tie for second: 1,2,2,4 · 1,2.5,2.5,4 · 1,3,3,4 · 1,2,2,3."""


def rank_values(
    values: Sequence[Fraction], *, higher_is_better: bool = True, ties: Ties = "lowest"
) -> list[Fraction]:
    """The place of each value, in the order given; the best is 1."""
    keys, _ = as_integers(values)
    counts = Counter(keys)
    best_first = sorted(counts, reverse=higher_is_better)
    ahead = accumulate((counts[key] for key in best_first), initial=0)
    places = {
        key: _place_tied(index, before, counts[key], ties)
        for index, (key, before) in enumerate(zip(best_first, ahead, strict=False))
    }
    return [places[key] for key in keys]


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
