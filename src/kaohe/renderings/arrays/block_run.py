"""One evaluation of a block: its columns, what is known of every piece, and the parts of the rows."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kaohe.renderings.arrays.block_pieces import Condition, Level, Outlook, Piece
from kaohe.renderings.arrays.block_pieces import View as PartOfRows
from kaohe.renderings.arrays.certified import Bound, bound_exactly
from kaohe.renderings.arrays.columns import FacetColumn, Floats, Integers, Mask, PoolOrder
from kaohe.renderings.arrays.places import Grid

_WIDTH = 40_000
"""Figures of one part: few enough to stay in a processor's cache from one operation to the next."""


_NOTHING = 0.0, 0.0, True
"""The extent of a facet that is nowhere there."""


@dataclass(frozen=True)
class Stack:
    """The columns of one facet of k indicators, rows in pool order; one figure each where all are the same."""

    figures: Floats
    bound: Bound
    level: Level

    @classmethod
    def gather(
        cls, columns: Sequence[FacetColumn | None], order: slice | Integers, length: int
    ) -> "Stack":
        """The columns of k indicators under each other; a facet that is not there is missing everywhere."""
        extents = [_NOTHING if each is None else each.extent for each in columns]
        low, high, gaps = np.array(extents, dtype=np.float64).T[:, :, None]
        whole = np.array([1.0 if each is None else each.denominator for each in columns])
        bound = bound_exactly(low, high, whole[:, None], gaps=bool(gaps.any()))
        if not gaps.any() and (low == high).all():
            return cls(low, bound, Level.COLUMN)
        if len(columns) == 1 and columns[0] is not None:
            return cls(columns[0].figures[order][None, :], bound, Level.ROW)
        figures = np.empty((len(columns), length))
        for row, column in zip(figures, columns, strict=True):
            row[:] = np.nan if column is None else column.figures[order]
        return cls(figures, bound, Level.ROW)

    def take(self, view: PartOfRows) -> Floats:
        """The figures of a part of the rows."""
        if self.level is Level.COLUMN:
            return self.figures
        return self.figures[:, view.start : view.stop]


@dataclass(frozen=True)
class Divisor:
    """What is known of a divisor: that it is at least so much where it is not zero, and whether it may be."""

    bound: Bound
    least: Floats
    may_be_zero: bool


class BlockRun:
    """k expressions of one shape over the same rows and pools.

    `certain` says of each whether every decision could be made in floats as the exact rendering makes it.
    """

    def __init__(self, stacks: Mapping[str, Stack], pools: PoolOrder, count: int) -> None:
        self._stacks = stacks
        self.pools = pools
        self.margins: dict[Hashable, Floats] = {}
        self.certain = np.ones((count, 1), dtype=np.bool_)
        self.column_view = View(self, Level.COLUMN, 0, 1)
        self.pool_view = View(self, Level.POOL, 0, len(pools.starts))
        self.all_rows = View(self, Level.ROW, 0, len(pools.number))
        self.open_pieces: dict[Piece, list[Piece]] = {}
        self._bounds: dict[Piece, Bound] = {}
        self.level_of: dict[Piece | Condition, Level] = {}
        self._outlooks: dict[Condition, Outlook] = {}
        self._kept: dict[Piece, Floats] = {}

    def stack(self, name: str) -> Stack:
        """The columns of a facet."""
        return self._stacks[name]

    def level(self, part: Piece | Condition) -> Level:
        """The level at which a piece has its figures, a condition its answers."""
        level = self.level_of.get(part)
        if level is None:
            if isinstance(part, Piece):
                level = part.find_level(self)
            else:
                level = max(self.level(each) for each in part.parts)
            self.level_of[part] = level
        return level

    def bound(self, piece: Piece) -> Bound:
        """What is known of a piece; where its figures are few they are looked at."""
        bound = self._bounds.get(piece)
        if bound is None:
            bound = self._bounds[piece] = piece.bound(self)
            if self.level(piece) is Level.POOL:
                bound = self._bounds[piece] = self._look_at(piece, bound)
        return bound

    def outlook(self, condition: Condition) -> Outlook:
        """What is known of a condition beforehand."""
        if condition not in self._outlooks:
            self._outlooks[condition] = condition.look_ahead(self)
        return self._outlooks[condition]

    def small_view(self, level: Level) -> "View":
        """All figures of a level above the rows."""
        return self.pool_view if level is Level.POOL else self.column_view

    def _look_at(self, piece: Piece, bound: Bound) -> Bound:
        figures = self.pool_view.get(piece)
        low = np.fmin.reduce(figures, axis=1, keepdims=True)
        high = np.fmax.reduce(figures, axis=1, keepdims=True)
        gaps = bool(np.isnan(figures).any())
        if gaps:
            low, high = np.nan_to_num(low, nan=0.0), np.nan_to_num(high, nan=0.0)
        return Bound(low, high, bound.error, bound.relative, bound.whole, bound.factors, gaps)

    def measure_divisor(self, piece: Piece) -> Divisor:
        """A divisor's bound, with the least it can be where it is not zero."""
        bound = self.bound(piece)
        away = np.maximum(bound.low, -bound.high)
        if (away > 2 * bound.noise).all():
            return Divisor(bound, away, may_be_zero=False)
        self.require_whole(bound.is_certain)
        figures = np.abs(
            self.rows(piece) if self.level(piece) is Level.ROW else self.pool_view.get(piece)
        )
        is_zero = figures < bound.slack
        nearest = np.fmin.reduce(np.where(is_zero, np.inf, figures), axis=1, keepdims=True)
        nearest = np.nan_to_num(nearest, nan=1.0, posinf=1.0) - 2 * bound.noise
        least = np.maximum(nearest * 0.99, 1 / bound.denominator)
        size = np.fmax.reduce(figures, axis=1, keepdims=True)
        size = np.nan_to_num(size, nan=1.0) * 1.01
        held = bound.within(np.maximum(bound.low, -size), np.minimum(bound.high, size))
        return Divisor(held, least, may_be_zero=bool(is_zero.any()))

    def require(self, bound: Bound, *, at: Hashable) -> None:
        """Have a margin for a decision on these figures; without one the indicator is not certain."""
        self.require_whole(bound.is_certain)
        self.margins[at] = bound.slack

    def require_whole(self, certain: Mask) -> None:
        """Something that must hold for an indicator to be scored in floats."""
        self.certain &= certain

    def give_up(self) -> None:
        """Leave the whole block to be scored the guarded way."""
        self.certain[:] = False

    def rows(self, piece: Piece) -> Floats:
        """A piece over all rows, in pool order."""
        figures = self.all_rows.get(piece)
        return np.broadcast_to(figures, (len(self.certain), self.all_rows.stop))

    def keep_rows(self, piece: Piece, compute: Callable[["BlockRun"], Floats]) -> Floats:
        """A piece that can only be had for all rows at once."""
        if piece not in self._kept:
            self._kept[piece] = compute(self)
        return self._kept[piece]

    def grids_of(self, piece: Piece) -> list[Grid | None]:
        """The whole numbers on which each indicator's figures lie, where they do."""
        bound = self.bound(piece)
        if bound.factors:
            return [None] * len(bound.low)
        parts = zip(bound.low[:, 0], bound.high[:, 0], bound.whole[:, 0], strict=True)
        return [Grid(low, whole, round((high - low) * whole)) for low, high, whole in parts]

    @cached_property
    def part_width(self) -> int:
        """How many rows a part has."""
        return max(_WIDTH // len(self.certain), 1)

    def iterate_parts(self) -> Iterator["View"]:
        """The rows in parts; those of a large pool stand alone, so that its figures need no spreading."""
        rows, width = self.all_rows.stop, self.part_width
        edges = np.arange(0, rows, width)
        if rows >= len(self.pools.starts) * width:
            edges = np.union1d(edges, self.pools.starts)
        for start, stop in zip(edges, [*edges[1:], rows], strict=True):
            yield View(self, Level.ROW, int(start), int(stop))


class View:
    """A part of the rows (or all pools, or what all rows share) with what was computed for it."""

    def __init__(self, run: BlockRun, level: Level, start: int, stop: int) -> None:
        self._run, self._level = run, level
        self.start, self.stop = start, stop
        self._figures: dict[Piece, Floats] = {}
        self._holds: dict[Condition, Mask] = {}

    def get(self, piece: Piece) -> Floats:
        """The figures of a piece, of a width that goes with this part."""
        figures = self._figures.get(piece)
        if figures is None:
            figures = self._figures[piece] = self._find(piece)
        return figures

    def _find(self, piece: Piece) -> Floats:
        level = self._run.level_of.get(piece)
        if level is None:
            level = self._run.level(piece)
        if level is self._level:
            return piece.compute(self._run, self)
        if level is Level.COLUMN:
            return self._run.column_view.get(piece)
        return self._spread(self._run.pool_view.get(piece))

    def _spread(self, pools: Floats) -> Floats:
        number = self._run.pools.number
        if pools.shape[1] == 1:
            return pools
        first, last = number[self.start], number[self.stop - 1]
        if first == last:
            return pools[:, first : first + 1]
        return pools.take(number[self.start : self.stop], axis=1)

    def holds(self, condition: Condition) -> Mask:
        """Where a condition holds; what it says where a figure is missing means nothing."""
        if condition not in self._holds:
            self._holds[condition] = condition.holds(self._run, self)
        return self._holds[condition]
