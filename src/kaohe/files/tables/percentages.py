"""Cells that are shown as percentages: which they are, and their doubles marked when they are looked at."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

_COLUMNS = 1 << 14
"""No sheet has more columns, so that row and column go into one number."""


class Percentage(float):
    """A spreadsheet double that is shown as a percentage: 0.125 shown as 12.5%."""

    __slots__ = ()


class PercentCells:
    """The cells of one sheet that are shown as percentages, eight bytes each."""

    def __init__(self) -> None:
        self._packed = array("Q")
        self._is_sorted = True

    def add(self, cells: Iterable[tuple[int, int]]) -> None:
        """Take in rows and columns, counted from one, in whichever order."""
        self._packed.extend([row * _COLUMNS + column - 1 for row, column in cells])
        self._is_sorted = False

    def mark(self, row: Sequence[Any], number: int) -> Sequence[Any]:
        """The row of this number, its doubles made percentages where they are shown so."""
        self._sort()
        start = bisect_left(self._packed, number * _COLUMNS)
        end = bisect_left(self._packed, (number + 1) * _COLUMNS, start)
        if start == end:
            return row
        marked = list(row)
        for packed in self._packed[start:end]:
            place = packed % _COLUMNS
            if place < len(marked) and type(marked[place]) is float:
                marked[place] = Percentage(marked[place])
        return marked

    def _sort(self) -> None:
        if not self._is_sorted:
            self._packed = array("Q", sorted(self._packed))
            self._is_sorted = True
