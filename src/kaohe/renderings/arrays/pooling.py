"""Statistics and places within pools over float columns."""

from fractions import Fraction

import numpy as np

from kaohe.expressions.nodes import PlacePoints, Statistic
from kaohe.numbers.ranking import Ties
from kaohe.numbers.sums import as_integers
from kaohe.renderings.arrays.columns import Floats, Integers, PoolOrder
from kaohe.renderings.peers import points_at


def summarise(figures: Floats, pools: PoolOrder, statistic: Statistic, *, own: bool) -> Floats:
    """One statistic of each row's pool over the members with a figure; NaN of nobody."""
    figures = pools.keep_members(figures)
    present = ~np.isnan(figures)
    counts = _reduce(present.astype(np.float64), pools, np.add)[pools.number]
    if statistic in ("min", "max"):
        return _extreme(figures, pools, statistic, own=own)
    if not own:
        counts = counts - present
    if statistic == "count":
        return counts
    filled = np.where(present, figures, 0.0)
    sums = _reduce(filled, pools, np.add)[pools.number]
    if not own:
        sums = sums - filled
    return sums if statistic == "sum" else sums / np.where(counts == 0, np.nan, counts)


def _reduce(figures: Floats, pools: PoolOrder, operation: np.ufunc) -> Floats:
    reduced: Floats = operation.reduceat(figures[pools.order], pools.starts)
    return reduced


def _extreme(figures: Floats, pools: PoolOrder, statistic: str, *, own: bool) -> Floats:
    pick = np.fmin if statistic == "min" else np.fmax
    best = _reduce(figures, pools, pick)[pools.number]
    if own:
        return best
    is_best = figures == best
    alone = _reduce(is_best.astype(np.float64), pools, np.add)[pools.number] == 1
    second = _reduce(np.where(is_best, np.nan, figures), pools, pick)[pools.number]
    return np.where(is_best & alone, second, best)


def rank(figures: Floats, pools: PoolOrder, *, higher: bool, ties: Ties) -> Floats:
    """Each row's place in its pool, 1 for the best; NaN where it has no figure."""
    if ties == "average":
        low, high = _place_range(figures, pools, higher=higher)
        return (low + high) / 2
    if ties == "dense":
        return _dense_rank(figures, pools, higher=higher)
    low, high = _place_range(figures, pools, higher=higher)
    return low if ties == "lowest" else high


def _sort_rows(figures: Floats, pools: PoolOrder, *, higher: bool) -> tuple[Integers, Integers]:
    """Rows by pool and then from the best (NaN last), with a flag where a new tie begins."""
    keys = -figures if higher else figures
    rows = np.lexsort((keys, pools.number))
    number, key = pools.number[rows], keys[rows]
    begins = np.r_[True, (number[1:] != number[:-1]) | (key[1:] != key[:-1])]
    return rows, begins.astype(np.int64)


def _place_range(figures: Floats, pools: PoolOrder, *, higher: bool) -> tuple[Floats, Floats]:
    """The first and the last of the places that each row shares with its equals.

    A guest stands among the members as if it were one of them, alone.
    """
    rows, begins = _sort_rows(figures, pools, higher=higher)
    is_member = np.ones(len(rows)) if pools.members is None else pools.members[rows] * 1.0
    group = np.cumsum(begins) - 1
    before = np.r_[0.0, np.cumsum(is_member)]
    ahead = before[np.flatnonzero(begins)][group] - before[pools.starts[pools.number[rows]]]
    equals = np.bincount(group, weights=is_member)[group]
    low, high = np.empty(len(rows)), np.empty(len(rows))
    low[rows], high[rows] = ahead + 1, ahead + equals + (1 - is_member)
    absent = np.isnan(figures)
    return np.where(absent, np.nan, low), np.where(absent, np.nan, high)


def _dense_rank(figures: Floats, pools: PoolOrder, *, higher: bool) -> Floats:
    rows, begins = _sort_rows(figures, pools, higher=higher)
    group = np.cumsum(begins) - 1
    is_filled = np.ones(group[-1] + 1, dtype=bool)
    if pools.members is not None:
        is_filled = np.bincount(group, weights=pools.members[rows]) > 0
    before = np.r_[0.0, np.cumsum(is_filled)]
    places = np.empty(len(rows))
    places[rows] = before[group] - before[group[pools.starts[pools.number[rows]]]] + 1
    return np.where(np.isnan(figures), np.nan, places)


def place_points(figures: Floats, pools: PoolOrder, node: PlacePoints) -> Floats:
    """The points of each row's place; with ties "average" tied rows share the points of their places."""
    present = ~np.isnan(figures)
    table = [points_at(node, place) for place in range(1, pools.widest + 1)]
    wholes, scale = as_integers([Fraction(0), *table])
    if node.ties != "average":
        places = rank(figures, pools, higher=node.higher_is_better, ties=node.ties)
        points = np.array(wholes, dtype=np.float64)[np.where(present, places, 0).astype(np.int64)]
        return np.where(present, points / scale, np.nan)
    sums = np.cumsum(np.array(wholes, dtype=np.float64))
    low, high = _place_range(figures, pools, higher=node.higher_is_better)
    first = np.where(present, low, 1).astype(np.int64)
    last = np.where(present, high, 1).astype(np.int64)
    shared = (sums[last] - sums[first - 1]) / (scale * (last - first + 1.0))
    return np.where(present, shared, np.nan)
