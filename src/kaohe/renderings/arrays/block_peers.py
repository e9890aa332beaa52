"""What is asked of a pool, for k expressions at once: statistics, places, points by place."""

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from kaohe.expressions.nodes import PlacePoints, Statistic
from kaohe.numbers.ranking import Ties
from kaohe.numbers.sums import as_integers
from kaohe.renderings.arrays.block_pieces import Leaf, Level, Piece, View, pick_columns, with_gaps
from kaohe.renderings.arrays.certified import UNIT, Bound, Factors
from kaohe.renderings.arrays.columns import Floats, Mask, PoolOrder
from kaohe.renderings.arrays.places import find_places
from kaohe.renderings.peers import points_at

if TYPE_CHECKING:
    from kaohe.renderings.arrays.block_run import BlockRun

_WHOLE = float(2**52)


class Total(Piece):
    """The sum of a pool's figures in whole numbers over their common denominator."""

    def __init__(self, of: Piece) -> None:
        super().__init__(of)
        self.of = of

    def find_level(self, _: "BlockRun") -> Level:
        return Level.POOL

    def compute(self, run: "BlockRun", _: View) -> Floats:
        return reduce_pools(np.add, find_wholes(run.rows(self.of), run.bound(self.of)), run.pools)


class Present(Piece):
    """How many of a pool have a figure."""

    def __init__(self, of: Piece) -> None:
        super().__init__(of)
        self.of = of

    def find_level(self, _: "BlockRun") -> Level:
        return Level.POOL

    def compute(self, run: "BlockRun", _: View) -> Floats:
        if not run.bound(self.of).gaps:
            return run.pools.sizes[None, :].astype(np.float64)
        present = ~np.isnan(run.rows(self.of))
        return reduce_pools(np.add, present.astype(np.float64), run.pools)


def find_wholes(figures: Floats, bound: Bound) -> Floats:
    """Figures as whole numbers over their common denominator; nothing where missing."""
    wholes = np.rint(figures * bound.whole)
    return np.nan_to_num(wholes, copy=False, nan=0.0) if bound.gaps else wholes


class Summary(Piece):
    """A statistic of the pool: the unit itself included (a figure for each pool), or left out."""

    def __init__(self, of: Piece, statistic: Statistic, *, own: bool) -> None:
        super().__init__(of)
        self.of, self.statistic, self.own = of, statistic, own
        self._total, self._present = Total(of), Present(of)

    def find_level(self, _: "BlockRun") -> Level:
        return Level.POOL if self.own else Level.ROW

    def bound(self, run: "BlockRun") -> Bound:
        return bound_total(self, run)

    def compute(self, run: "BlockRun", view: View) -> Floats:
        counts = view.get(self._present)
        if not self.own:
            counts = counts - ~np.isnan(view.get(self.of))
        if self.statistic == "count":
            return counts
        bound, sums = run.bound(self.of), view.get(self._total)
        if not self.own:
            sums = sums - find_wholes(view.get(self.of), bound)
        sums = sums / bound.whole
        return sums if self.statistic == "sum" else sums / np.where(counts == 0, np.nan, counts)


class Best(Piece):
    """The least or the greatest figure of a pool, the unit itself included."""

    def __init__(self, of: Piece, *, greatest: bool) -> None:
        super().__init__(of)
        self.of, self.pick = of, np.fmax if greatest else np.fmin

    def find_level(self, _: "BlockRun") -> Level:
        return Level.POOL

    def bound(self, run: "BlockRun") -> Bound:
        inside = run.bound(self.of)
        factors: Factors = {(self, key): most for key, most in inside.factors.items()}
        return replace(inside, factors=factors)

    def compute(self, run: "BlockRun", _: View) -> Floats:
        return reduce_pools(self.pick, run.rows(self.of), run.pools)


class Others(Piece):
    """The least or the greatest figure of the pool's other rows."""

    def __init__(self, of: Piece, *, greatest: bool) -> None:
        super().__init__(of)
        self.of, self.best = of, Best(of, greatest=greatest)
        self._ties, self._second = _Ties(self), _Second(self)

    def find_level(self, _: "BlockRun") -> Level:
        return Level.ROW

    def bound(self, run: "BlockRun") -> Bound:
        return with_gaps(run.bound(self.best))

    def compute(self, _: "BlockRun", view: View) -> Floats:
        best = view.get(self.best)
        is_alone = (view.get(self.of) == best) & (view.get(self._ties) == 1)
        return np.where(is_alone, view.get(self._second), best)


class _OfBest(Piece):
    """Something about the rows of a pool that have its least or greatest figure."""

    def __init__(self, others: Others) -> None:
        super().__init__()
        self.others = others

    def find_level(self, _: "BlockRun") -> Level:
        return Level.POOL

    def _find(self, run: "BlockRun") -> tuple[Floats, Mask]:
        rows = run.rows(self.others.of)
        return rows, rows == run.pool_view.get(self.others.best)[:, run.pools.number]


class _Ties(_OfBest):
    """How many rows have it."""

    def compute(self, run: "BlockRun", _: View) -> Floats:
        _rows, is_best = self._find(run)
        return reduce_pools(np.add, is_best.astype(np.float64), run.pools)


class _Second(_OfBest):
    """The next figure after it."""

    def compute(self, run: "BlockRun", _: View) -> Floats:
        rows, is_best = self._find(run)
        return reduce_pools(self.others.best.pick, np.where(is_best, np.nan, rows), run.pools)


class Placed(Piece):
    """A row's place in its pool, 1 for the best."""

    def __init__(self, of: Piece, *, higher: bool, ties: Ties) -> None:
        super().__init__(of)
        self.of, self.higher, self.ties = of, higher, ties

    def find_level(self, _: "BlockRun") -> Level:
        return Level.ROW

    def bound(self, run: "BlockRun") -> Bound:
        inside = run.bound(self.of)
        require_order(self, run)
        one = np.ones_like(inside.low)
        whole = one * (2.0 if self.ties == "average" else 1.0)
        return Bound(one, one * run.pools.widest, one * 0, one * 0, whole, {}, inside.gaps)

    def compute(self, run: "BlockRun", view: View) -> Floats:
        return run.keep_rows(self, self._place)[:, view.start : view.stop]

    def _place(self, run: "BlockRun") -> Floats:
        places = find_places(
            run.rows(self.of), run.pools, run.margins[self], higher=self.higher,
            wanted=(self.ties,), grid=run.grids_of(self.of),
        )  # fmt: skip
        return places[0]


class Awarded(Piece):
    """Points by place; with ties averaged, tied rows share the points of their places."""

    def __init__(self, of: Piece, nodes: tuple[PlacePoints, ...]) -> None:
        super().__init__(of)
        self.of, self.nodes = of, nodes
        self._tables: dict[int, tuple[Floats, Floats]] = {}

    def find_level(self, _: "BlockRun") -> Level:
        return Level.ROW

    def _lay_tables(self, widest: int) -> tuple[Floats, Floats]:
        """Points of every place from 0 (none) on as whole numbers, and what they are divided by."""
        if widest not in self._tables:
            laid = [_lay_table(node, widest) for node in self.nodes]
            tables = np.stack([table for table, _ in laid])
            self._tables = {widest: (tables, np.array([[scale] for _, scale in laid]))}
        return self._tables[widest]

    def bound(self, run: "BlockRun") -> Bound:
        inside = run.bound(self.of)
        require_order(self, run)
        tables, scale = self._lay_tables(run.pools.widest)
        points = tables[:, 1:] / scale
        low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
        unit = np.full_like(low, 3 * UNIT)
        error = unit * np.maximum(np.abs(low), np.abs(high))
        if self.nodes[0].ties != "average":
            return Bound(low, high, error, unit, scale, {}, inside.gaps)
        run.require_whole(np.abs(tables).sum(axis=1, keepdims=True) < _WHOLE)
        tied: Factors = {self: (np.full_like(low, run.pools.widest), 1)}
        return Bound(low, high, error, unit, scale, tied, inside.gaps)

    def compute(self, run: "BlockRun", view: View) -> Floats:
        return run.keep_rows(self, self._award)[:, view.start : view.stop]

    def _award(self, run: "BlockRun") -> Floats:
        node, rows = self.nodes[0], run.rows(self.of)
        tables, scale = self._lay_tables(run.pools.widest)
        wanted: tuple[Ties, ...] = (node.ties,)
        if node.ties == "average":
            wanted = ("lowest", "highest")
        places = find_places(
            rows, run.pools, run.margins[self], higher=node.higher_is_better,
            wanted=wanted, grid=run.grids_of(self.of),
        )  # fmt: skip
        low, *highest = (np.nan_to_num(each, nan=0.0).astype(np.int64) for each in places)
        if not highest:
            points = tables / scale
            points[:, 0] = np.nan  # who takes no place has no points
            return pick_columns(points, low)
        sums, first = np.cumsum(tables, axis=1), np.maximum(low - 1, 0)
        shared = pick_columns(sums, highest[0]) - pick_columns(sums, first)
        return np.where(low == 0, np.nan, shared / (scale * (highest[0] - first)))


def _lay_table(node: PlacePoints, widest: int) -> tuple[Floats, float]:
    """The points of the places 0 (nothing) … widest, and their common denominator."""
    listed = min(len(node.table), widest)
    known = [Fraction(0), *(points_at(node, place) for place in range(1, listed + 1))]
    wholes, scale = as_integers([*known, points_at(node, len(node.table) + 1)])
    table = np.full(widest + 1, float(wholes[-1]))
    table[: listed + 1] = [float(whole) for whole in wholes[:-1]]
    return table, float(scale)


def require_order(piece: "Placed | Awarded", run: "BlockRun") -> None:
    """Have a margin by which figures that are one are told from figures that differ.

    Leaves are the doubles nearest to exact figures, in the same order and as equal as those.
    """
    inside = run.bound(piece.of)
    if isinstance(piece.of, Leaf):
        run.margins[piece] = np.zeros_like(inside.low)
        return
    apart = 1 / inside.denominator if not inside.factors else 1 / inside.denominator**2
    run.require_whole(2 * inside.noise < 0.45 * apart)
    run.margins[piece] = 0.5 * apart


def bound_total(piece: Summary, run: "BlockRun") -> Bound:
    """A count, a sum or a mean: whole numbers over a common denominator, added without loss."""
    inside, one = run.bound(piece.of), np.ones_like(run.bound(piece.of).low)
    most = float(run.pools.widest)
    if piece.statistic == "count":
        return Bound(one * 0, one * most, one * 0, one * 0, one, {}, gaps=False)
    run.require_whole(inside.noise * inside.whole < 0.2)
    run.require_whole(inside.size * inside.whole * most < _WHOLE)
    if inside.factors:
        run.give_up()
    unit = one * (3 * UNIT)
    if piece.statistic == "mean":
        low, high, gaps = inside.low, inside.high, True
        factors: Factors = {(piece, "count"): (one * most, 1)}
    else:
        low, high = np.minimum(inside.low * most, 0.0), np.maximum(inside.high * most, 0.0)
        factors, gaps = {}, False
    error = np.maximum(np.abs(low), np.abs(high)) * unit
    return Bound(low, high, error, unit, inside.whole, factors, gaps)


def reduce_pools(function: np.ufunc, rows: Floats, pools: PoolOrder) -> Floats:
    """One figure for each pool, of shape (k, pools); rows stand in pool order."""
    count = len(pools.starts)
    if rows.shape[1] < 1024 * count:
        reduced: Floats = function.reduceat(rows, pools.starts, axis=1)
        return reduced
    stops = [*pools.starts[1:], rows.shape[1]]
    parts = [
        function.reduce(rows[:, start:stop], axis=1)
        for start, stop in zip(pools.starts, stops, strict=True)
    ]
    return np.stack(parts, axis=1)
