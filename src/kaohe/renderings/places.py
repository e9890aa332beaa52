"""Places within pools over rows that stand in pool order, by counting or by sorting."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaohe.numbers.ranking import Ties
from kaohe.renderings.columns import Floats, Integers, PoolOrder

_SHORT = 512
_COUNTED = 4
"""Counting pays while there are at most so many bins for each figure."""


@dataclass(frozen=True)
class Grid:
    """Whole numbers on which all figures lie: (figure − low) × scale, at most `reach`."""

    low: float
    scale: float
    reach: float


def find_places(
    rows: Floats,
    pools: PoolOrder,
    margins: Floats,
    *,
    higher: bool,
    wanted: Sequence[Ties],
    grid: Sequence[Grid | None],
) -> list[Floats]:
    """Places of k columns of figures within their pools, a (k, rows) array for each way wanted.

    Figures that differ by less than the column's margin are equal. NaN where there is no figure.
    """
    found = [np.full(rows.shape, np.nan) for _ in wanted]
    stops = np.r_[pools.starts[1:], rows.shape[1]]
    for number, figures in enumerate(rows):
        margin, out = float(margins[number, 0]), [each[number] for each in found]
        if len(pools.starts) * _SHORT > len(figures):
            _place_mixed(-figures if higher else figures, pools, margin, wanted, out)
            continue
        for start, stop in zip(pools.starts, stops, strict=True):
            part, places = figures[start:stop], [each[start:stop] for each in out]
            lattice = grid[number]
            if lattice is not None and lattice.reach <= _COUNTED * len(part):
                _place_by_counting(part, lattice, wanted, places, higher=higher)
            else:
                _place_by_sorting(-part if higher else part, margin, wanted, places)
    return found


def _place_mixed(
    keys: Floats, pools: PoolOrder, margin: float, wanted: Sequence[Ties], out: list[Floats]
) -> None:
    """All pools in one sorting, for pools of few rows."""
    order = np.lexsort((keys, pools.number))
    order = order[~np.isnan(keys[order])]
    if not len(order):
        return
    number, key = pools.number[order], keys[order]
    new_pool = np.r_[True, number[1:] != number[:-1]]
    begins = new_pool | np.r_[True, key[1:] - key[:-1] > margin]
    firsts = np.flatnonzero(begins)
    pool_first = np.maximum.accumulate(np.where(new_pool, np.arange(len(order)), 0))
    counts = np.diff(np.r_[firsts, len(order)])
    base = pool_first[firsts]
    dense = np.arange(len(firsts)) - np.searchsorted(firsts, base)
    for way, places in zip(wanted, out, strict=True):
        each = _number_ties(way, firsts - base, counts, dense)
        places[order] = np.repeat(each, counts)


def _place_by_sorting(
    keys: Floats, margin: float, wanted: Sequence[Ties], out: list[Floats]
) -> None:
    order = np.argsort(keys)
    key = keys[order]
    present = int(np.searchsorted(key, np.inf, side="right"))
    if not present:
        return
    order, key = order[:present], key[:present]
    firsts = np.r_[0, np.flatnonzero(key[1:] - key[:-1] > margin) + 1]
    counts = np.diff(np.r_[firsts, present])
    for way, places in zip(wanted, out, strict=True):
        each = _number_ties(way, firsts, counts, np.arange(len(firsts)))
        places[order] = np.repeat(each, counts)


def _place_by_counting(
    figures: Floats, grid: Grid, wanted: Sequence[Ties], out: list[Floats], *, higher: bool
) -> None:
    """Figures on a grid of few points: how many stand on each says how many are ahead of it."""
    absent = np.isnan(figures)
    points = np.rint((figures - grid.low) * grid.scale)
    if higher:
        points = grid.reach - points
    bins = np.where(absent, 0, points).astype(np.int64)
    counts = np.bincount(bins, minlength=int(grid.reach) + 1)
    counts[0] -= np.count_nonzero(absent)
    ahead, dense = np.cumsum(counts) - counts, np.cumsum(counts > 0) - 1
    for way, places in zip(wanted, out, strict=True):
        places[:] = _number_ties(way, ahead, counts, dense)[bins]
        places[absent] = np.nan


def _number_ties(way: Ties, ahead: Integers, counts: Integers, dense: Integers) -> Floats:
    """The place of each tied group, from how many are ahead of it and how many are in it."""
    if way == "average":
        return (ahead + (counts + 1) / 2).astype(np.float64)
    place = {"lowest": ahead + 1, "highest": ahead + counts, "dense": dense + 1}[way]
    return place.astype(np.float64)
