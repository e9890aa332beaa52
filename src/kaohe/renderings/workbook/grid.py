"""Where the figures of one indicator stand on a sheet, and to how many digits they can be trusted.

What a spreadsheet can hold bounds it: figures of at most 14 significant digits, differences of at least
10**-12, and rounding of figures that have at most 13 digits with the one that is dropped, so that scores
of four decimals stay below 10**8 (from there on LibreOffice's own ROUND misses halves).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from kaohe.expressions import nodes
from kaohe.renderings.arrays.columns import Floats, make_columns
from kaohe.renderings.arrays.guarded import ArrayRun
from kaohe.renderings.frame import Frame

_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class TableNames:
    """The defined names of a table's cells: the values, the edges they begin at, what holds outside it."""

    values: str
    edges: str = ""
    outside: str = ""


@dataclass(frozen=True)
class Grid:
    """Where one indicator's figures stand on a sheet.

    `columns` maps each facet, each step and `points` to a column letter; `parameters` maps a
    parameter to the defined name of its cell; `digits` says to which decimal a decision on a node
    may round its operands; `tables` holds the nodes whose tables stand in cells of their own.
    """

    columns: Mapping[str, str]
    parameters: Mapping[str, str]
    digits: Callable[[nodes.Node], int]
    tables: Mapping[nodes.Node, TableNames] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row of a grid, with the first and last row of its comparison pool.

    A row that is compared with a pool it does not belong to is a guest there.
    """

    grid: Grid
    number: int
    first: int
    last: int
    is_guest: bool = False

    def cell(self, column: str) -> str:
        """The reference to this row's cell in a column."""
        return f"{self.grid.columns[column]}{self.number}"

    def pool_range(self, column: str) -> str:
        """The reference to a column's cells over the whole pool."""
        letter = self.grid.columns[column]
        return f"${letter}${self.first}:${letter}${self.last}"

    def other_ranges(self, column: str) -> list[str]:
        """The references to the pool's cells above and below this row's own; none where it is alone."""
        if self.is_guest:
            return [self.pool_range(column)]
        letter = self.grid.columns[column]
        parts = [(self.first, self.number - 1), (self.number + 1, self.last)]
        return [
            f"${letter}${first}" + (f":${letter}${last}" if first < last else "")
            for first, last in parts
            if first <= last
        ]


def measure_digits(frame: Frame) -> Callable[[nodes.Node], int]:
    """For a node, the decimals at which its figures over the frame still tell from noise.

    Raises ValueError where a figure has more digits than a double keeps.
    """
    run = ArrayRun(make_columns(frame))
    counted: dict[nodes.Node, int] = {}

    def count_digits(node: nodes.Node) -> int:
        if node not in counted:
            counted[node] = _count_digits(run.compute(node).error)
        return counted[node]

    return count_digits


@np.errstate(all="ignore")
def _count_digits(errors: Floats) -> int:
    # Noise of half a unit still rounds away; formulas may add up in another order than columns do.
    unit = 4 * np.nanmax(errors, initial=0.0)
    return int(np.clip(np.floor(-np.log10(unit)), 0, _MOST_DIGITS))
