"""Places within pools over rows that stand in pool order, by counting or by sorting."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaohe.numbers.ranking import Ties
from kaohe.renderings.arrays.columns import Floats, Integers, Mask, PoolOrder

_SAFE = float(2**62)
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
    for number, figures in enumerate(rows):
        out, lattice = [each[number] for each in found], grid[number]
        if lattice is not None and _counts_well(lattice, pools):
            _place_pools(figures, pools, lattice, wanted, out, higher=higher)
        elif lattice is not None and (lattice.reach + 1) * len(pools.starts) * len(figures) < _SAFE:
            _place_packed(_climb(figures, lattice, higher=higher), pools, wanted, out)
        else:
            _place_sorted(
                -figures if higher else figures, pools, float(margins[number, 0]), wanted, out
            )
    return found


def _counts_well(grid: Grid, pools: PoolOrder) -> bool:
    """Whether pools are large enough for a bin on every point of the grid."""
    return grid.reach * len(pools.starts) <= _COUNTED * len(pools.order)


def _climb(figures: Floats, grid: Grid, *, higher: bool) -> Floats:
    """How many points of the grid each figure is from the best; NaN stays."""
    points = np.rint((figures - grid.low) * grid.scale)
    return grid.reach - points if higher else points


def _place_pools(
    figures: Floats, pools: PoolOrder, grid: Grid, wanted: Sequence[Ties], out: list[Floats], *,
    higher: bool,
) -> None:  # fmt: skip
    stops = np.append(pools.starts[1:], len(figures))
    for start, stop in zip(pools.starts, stops, strict=True):
        points = _climb(figures[start:stop], grid, higher=higher)
        _place_by_counting(points, grid, wanted, [each[start:stop] for each in out])


def _place_packed(
    points: Floats, pools: PoolOrder, wanted: Sequence[Ties], out: list[Floats]
) -> None:
    """All pools in one sorting, of whole numbers that carry pool, place on the grid and row."""
    rows = np.flatnonzero(~np.isnan(points))
    if not len(rows):
        return
    number, chosen = pools.number[rows], points[rows].astype(np.int64)
    packed = (number * (int(chosen.max()) + 1) + chosen) * len(points) + rows
    packed.sort()
    keys, order = np.divmod(packed, len(points))
    _number_runs(pools.number[order], _find_changes(keys), order, wanted, out)


def _place_sorted(
    keys: Floats, pools: PoolOrder, margin: float, wanted: Sequence[Ties], out: list[Floats]
) -> None:
    """All pools in one sorting, of figures that are equal within a margin."""
    order = np.lexsort((keys, pools.number))
    order = order[~np.isnan(keys[order])]
    if len(order):
        key = keys[order]
        begins = np.append(True, key[1:] - key[:-1] > margin)
        _number_runs(pools.number[order], begins, order, wanted, out)


def _find_changes(keys: Integers) -> Mask:
    """Where a sorted column has another figure than the row before."""
    changes = np.empty(len(keys), dtype=np.bool_)
    changes[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=changes[1:])
    return changes


def _number_runs(
    number: Integers, begins: Mask, order: Integers, wanted: Sequence[Ties], out: list[Floats]
) -> None:
    """Places of sorted rows: `number` is each one's pool, `begins` where a tie may begin."""
    firsts = np.flatnonzero(begins | _find_changes(number))
    counts = np.append(firsts[1:], len(order)) - firsts
    pool = number[firsts]
    new_pool = np.flatnonzero(_find_changes(pool))
    sizes = np.append(new_pool[1:], len(pool)) - new_pool
    ahead = firsts - np.repeat(firsts[new_pool], sizes)
    dense = np.arange(len(pool)) - np.repeat(new_pool, sizes)
    for way, places in zip(wanted, out, strict=True):
        places[order] = np.repeat(_number_ties(way, ahead, counts, dense), counts)


def _place_by_counting(
    points: Floats, grid: Grid, wanted: Sequence[Ties], out: list[Floats]
) -> None:
    """Figures on a grid of few points: how many stand on each says how many are ahead of it."""
    absent = np.isnan(points)
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
