"""Places are the exact ones whichever way they are found: by counting, by packed keys, by sorting."""

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.ranking import Ties, rank_values
from kaohe.renderings.arrays.columns import PoolOrder
from kaohe.renderings.arrays.places import Grid, find_places

WAYS: tuple[Ties, ...] = get_args(Ties)
GRIDS = {
    "counting": Grid(-2.0, 10.0, 45),
    "packed keys": Grid(-2.0, 10.0, 10**9),
    "sorting": None,
}
"""Tenths from −2.0 to 2.5: counted where bins are few, packed where they are many."""


def place(cells, pools, grid, *, higher):
    """The places of each way, None for who has none.

    Forty more in the last pool have no figure: with them there are rows enough to be counted.
    """
    many = [*cells, *[None] * 40]
    figures = np.array([[np.nan if cell is None else cell / 10 for cell in many]])
    order = PoolOrder.sort(np.array([*pools, *[pools[-1]] * 40]))
    found = find_places(figures, order, np.array([[0.01]]), higher=higher, wanted=WAYS, grid=[grid])
    return {
        way: [None if np.isnan(each) else float(each) for each in places[0, : len(cells)]]
        for way, places in zip(WAYS, found, strict=True)
    }


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_tied_rows_are_placed_in_every_way(grid):
    found = place([10, 20, None, 20, 5, 7], [0, 0, 0, 0, 1, 1], grid, higher=True)

    assert found == {
        "lowest": [3, 1, None, 1, 2, 1],
        "highest": [3, 2, None, 2, 2, 1],
        "average": [3, 1.5, None, 1.5, 2, 1],
        "dense": [2, 1, None, 1, 2, 1],
    }


@st.composite
def pooled_cells(draw):
    """Cells in pool order, thirty or so in up to three pools, some missing and many tied."""
    sizes = draw(st.lists(st.integers(1, 14), min_size=1, max_size=3))
    pools = [pool for pool, size in enumerate(sizes) for _ in range(size)]
    cell = st.none() | st.integers(-20, 25)
    return draw(st.lists(cell, min_size=len(pools), max_size=len(pools))), pools


@given(pooled_cells(), st.booleans(), st.sampled_from([*GRIDS]))
def test_places_are_those_of_the_exact_rendering(drawn, higher, name):
    cells, pools = drawn

    found = place(cells, pools, GRIDS[name], higher=higher)

    for way in WAYS:
        expected: list[float | None] = [None] * len(cells)
        for pool in set(pools):
            rows = [
                row for row, each in enumerate(pools) if each == pool and cells[row] is not None
            ]
            figures = [Fraction(cells[row], 10) for row in rows]
            ranks = rank_values(figures, higher_is_better=higher, ties=way)
            for row, rank in zip(rows, ranks, strict=True):
                expected[row] = float(rank)
        assert found[way] == expected
