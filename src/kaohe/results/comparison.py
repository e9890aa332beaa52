"""Why a unit's total moved between two results: its own change, the others', and the rules'.

Each part is the exact Shapley mean: what the change adds, averaged over all six orders in which
the three changes can be made one after the other. The parts add up to the whole move.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Literal

from kaohe.results.worlds import Run, World, Worlds
from kaohe.scheme import queries

Cause = Literal["own", "others", "rule"]
CAUSES: tuple[Cause, ...] = ("own", "others", "rule")


@dataclass(frozen=True, slots=True)
class Move:
    """One unit's total before and after, and the parts of the move by cause.

    `parts` is None where a total is missing before, after, or on the way.
    """

    unit: str
    before: Fraction | None
    after: Fraction | None
    parts: Mapping[Cause, Fraction] | None


def explain_moves(before: Run, after: Run, *, only: str | None = None) -> Iterator[Move]:
    """The moves of the units scored in both runs, or of one of them, in the later scheme's order."""
    worlds = Worlds(before, after)
    for unit in _common_units(before, after):
        if only in (None, unit):
            yield _explain_move(worlds, unit)


def count_moves(before: Run, after: Run) -> int:
    """How many units are scored in both runs."""
    return len(_common_units(before, after))


def _common_units(before: Run, after: Run) -> list[str]:
    earlier = {unit.code for unit in queries.scored_units(before.scheme.model)}
    later = queries.scored_units(after.scheme.model)
    return [unit.code for unit in later if unit.code in earlier]


def share_move(value_of: Callable[[frozenset[Cause]], Fraction]) -> dict[Cause, Fraction]:
    """The Shapley mean of each cause; `value_of` gives the total once those changes are made."""
    shares = dict.fromkeys(CAUSES, Fraction(0))
    orders = list(permutations(CAUSES))
    for order in orders:
        made: frozenset[Cause] = frozenset()
        for cause in order:
            shares[cause] += value_of(made | {cause}) - value_of(made)
            made |= {cause}
    return {cause: share / len(orders) for cause, share in shares.items()}


def _explain_move(worlds: Worlds, unit: str) -> Move:
    totals = worlds.totals(unit)
    before, after = totals[World(0, 0, 0)], totals[World(1, 1, 1)]
    known = {world: total for world, total in totals.items() if total is not None}
    if len(known) < len(totals):
        return Move(unit, before, after, None)
    return Move(unit, before, after, share_move(lambda made: known[_enter(made)]))


def _enter(made: frozenset[Cause]) -> World:
    """The world in which these changes are made."""
    return World(int("rule" in made), int("own" in made), int("others" in made))
