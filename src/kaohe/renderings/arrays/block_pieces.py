"""The nodes of k expressions of one shape, as pieces that are computed for all k at once.

Figures have shape (k, width): width 1 where each expression has one figure for all rows, a width of the
pools where each pool has one, and of the rows otherwise. A piece is computed at the least of these levels,
so what a whole pool shares is worked out once for the pool.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import reduce
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kaohe.renderings.arrays.certified import (
    Bound,
    bound_choice,
    bound_exactly,
    bound_product,
    bound_quotient,
    bound_sum,
    negate,
)
from kaohe.renderings.arrays.columns import Floats, Integers, Mask

if TYPE_CHECKING:
    from kaohe.renderings.arrays.block_run import BlockRun


class Level(IntEnum):
    """For what a piece has one figure: for all rows of an expression, for each pool, for each row."""

    COLUMN = 0
    POOL = 1
    ROW = 2


class View(Protocol):
    """A part of the rows, or the pools, for which pieces give their figures."""

    start: int
    stop: int

    def get(self, piece: "Piece") -> Floats:
        """The figures of a piece here."""

    def holds(self, condition: "Condition") -> Mask:
        """Where a condition holds here; nothing is said where a figure is missing."""


class Piece:
    """One node of each of the k expressions."""

    def __init__(self, *parts: "Piece | Condition") -> None:
        self.parts = parts

    def find_level(self, run: "BlockRun") -> Level:
        """The level at which its figures stand."""
        return max((run.level(part) for part in self.parts), default=Level.COLUMN)

    def bound(self, run: "BlockRun") -> Bound:
        """What is known of its figures before they are computed."""
        raise NotImplementedError

    def compute(self, run: "BlockRun", view: View) -> Floats:
        """Its figures over a view of its own level."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of a condition beforehand: that it always or never holds; that it may be unknown."""

    always: bool | None
    is_unknown: bool


class Condition:
    """What holds or does not hold in a row."""

    parts: tuple["Piece | Condition", ...]

    def look_ahead(self, run: "BlockRun") -> Outlook:
        """Bound what is compared, and say what is known of the answers."""
        raise NotImplementedError

    def holds(self, run: "BlockRun", view: View) -> Mask:
        """Where it holds; of no meaning where it is unknown."""
        raise NotImplementedError

    def find_unknown(self, run: "BlockRun", view: View) -> Mask:
        """Where a figure it needs is missing."""
        raise NotImplementedError


class Numbers(Piece):
    """Constants and parameters: a number, or a row of a table, for each expression."""

    def __init__(self, figures: Floats, whole: Floats) -> None:
        super().__init__()
        self.figures = figures
        low = np.fmin.reduce(figures, axis=1, keepdims=True)
        self._bound = bound_exactly(low, np.fmax.reduce(figures, axis=1, keepdims=True), whole)

    def bound(self, _: "BlockRun") -> Bound:
        return self._bound

    def compute(self, _: "BlockRun", __: View) -> Floats:
        return self.figures


class Leaf(Piece):
    """A facet, or the points."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def find_level(self, run: "BlockRun") -> Level:
        return run.stack(self.name).level

    def bound(self, run: "BlockRun") -> Bound:
        return run.stack(self.name).bound

    def compute(self, run: "BlockRun", view: View) -> Floats:
        return run.stack(self.name).take(view)


class Sum(Piece):
    """Two terms added, the second perhaps with its sign turned."""

    def __init__(self, one: Piece, other: Piece, *, minus: bool = False) -> None:
        super().__init__(one, other)
        self.one, self.other, self.minus = one, other, minus

    def bound(self, run: "BlockRun") -> Bound:
        other = run.bound(self.other)
        return bound_sum(run.bound(self.one), negate(other) if self.minus else other)

    def compute(self, _: "BlockRun", view: View) -> Floats:
        one, other = view.get(self.one), view.get(self.other)
        return one - other if self.minus else one + other


class Product(Piece):
    """Two factors."""

    def __init__(self, one: Piece, other: Piece) -> None:
        super().__init__(one, other)
        self.one, self.other = one, other

    def bound(self, run: "BlockRun") -> Bound:
        return bound_product(run.bound(self.one), run.bound(self.other))

    def compute(self, _: "BlockRun", view: View) -> Floats:
        return view.get(self.one) * view.get(self.other)


class Quotient(Piece):
    """Above over below; missing, or a number of the rule's own, where below is zero."""

    def __init__(self, above: Piece, below: Piece, on_zero: "Numbers | None") -> None:
        super().__init__(above, below)
        self.above, self.below, self.on_zero = above, below, on_zero

    def bound(self, run: "BlockRun") -> Bound:
        above, below = run.bound(self.above), run.measure_divisor(self.below)
        key: Hashable = None if run.level(self.below) is Level.COLUMN else self.below
        quotient = bound_quotient(above, below.bound, least=below.least, divisor=key)
        if not below.may_be_zero:
            return quotient
        run.require(below.bound, at=self)
        if self.on_zero is None:
            return with_gaps(quotient)
        instead = run.bound(self.on_zero)
        low, high = find_span([quotient, instead])
        return bound_choice([quotient, instead], key=self, low=low, high=high)

    def compute(self, run: "BlockRun", view: View) -> Floats:
        above, below = view.get(self.above), view.get(self.below)
        quotient = above / below
        if self not in run.margins:
            return quotient
        is_zero = np.abs(below) < run.margins[self]
        if not is_zero.any():
            return quotient
        instead = np.nan if self.on_zero is None else self.on_zero.figures
        # An absent figure above stays absent, so the number of the rule is added to nothing of it.
        return np.where(is_zero, instead + above * 0.0, quotient)


class Extreme(Piece):
    """The least, or the greatest, of several."""

    def __init__(self, pieces: Sequence[Piece], *, greatest: bool) -> None:
        super().__init__(*pieces)
        self.pieces, self.greatest = pieces, greatest
        self.pick = np.maximum if greatest else np.minimum

    def bound(self, run: "BlockRun") -> Bound:
        run.open_pieces[self] = self._list_open(run)
        bounds = [run.bound(piece) for piece in run.open_pieces[self]]
        low = reduce(self.pick, (each.low for each in bounds))
        high = reduce(self.pick, (each.high for each in bounds))
        return bound_choice(bounds, key=self, low=low, high=high)

    def _list_open(self, run: "BlockRun") -> list[Piece]:
        """Those that can be chosen at all, or that leave a gap where they are missing."""
        kept = list(self.pieces)
        for piece in self.pieces:
            others = [other for other in kept if other is not piece]
            if any(self._outdoes(run.bound(other), run.bound(piece)) for other in others):
                kept = others
        return kept

    def _outdoes(self, one: Bound, other: Bound) -> bool:
        """Whether one is always at least as good, so that the other is never needed."""
        if other.gaps:
            return False
        always = one.low >= other.high if self.greatest else one.high <= other.low
        return bool(always.all())

    def compute(self, run: "BlockRun", view: View) -> Floats:
        figures: Floats = reduce(self.pick, [view.get(piece) for piece in run.open_pieces[self]])
        return figures


def with_gaps(bound: Bound) -> Bound:
    """The same, of figures some of which may be missing."""
    return replace(bound, gaps=True)


def find_span(bounds: Sequence[Bound]) -> tuple[Floats, Floats]:
    """The interval in which one of several figures lies."""
    low = reduce(np.minimum, (each.low for each in bounds))
    return low, reduce(np.maximum, (each.high for each in bounds))


def pick_columns(table: Floats, place: Integers) -> Floats:
    """From row i of a table what each place of row i points at."""
    if len(table) == 1:
        return np.take(table[0], place)
    width = table.shape[1]
    starts = np.arange(0, len(table) * width, width)[:, None]
    figures: Floats = table.reshape(-1).take(place + starts)
    return figures
