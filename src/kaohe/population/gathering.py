"""Columns of exact sums, put together from the blocks in which they are worked out."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kaohe.population.quotients import Quotients
from kaohe.renderings.arrays.columns import Integers

Rows = Integers | slice


class Gathering:
    """Columns of all subjects, put together from blocks."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pieces: dict[str, list[tuple[Rows, Quotients]]] = {}

    def keep(self, rows: Rows, columns: Mapping[str, Quotients]) -> None:
        """Keep the columns of one block."""
        for name, column in columns.items():
            self._pieces.setdefault(name, []).append((rows, column))

    def finish(self) -> dict[str, Quotients]:
        """Every column; where a branch is no part of a plan, its subjects have no score there."""
        return {name: self._join(pieces) for name, pieces in self._pieces.items()}

    def _join(self, pieces: Sequence[tuple[Rows, Quotients]]) -> Quotients:
        columns = [column for _, column in pieces]
        is_wide = any(column.above.dtype == object for column in columns)
        above = np.zeros(self._count, dtype=object if is_wide else np.int64)
        known = np.zeros(self._count, dtype=bool)
        for rows, column in pieces:
            above[rows] = column.above
            known[rows] = True if column.known is None else column.known
        bound = max(column.most for column in columns)
        return Quotients(above, self._join_below(pieces), None if known.all() else known, bound)

    def _join_below(self, pieces: Sequence[tuple[Rows, Quotients]]) -> Any:
        found = [column.below for _, column in pieces]
        if all(isinstance(each, int) and each == found[0] for each in found):
            return found[0]
        is_wide = any(column.above.dtype == object for _, column in pieces)
        below = np.ones(self._count, dtype=object if is_wide else np.int64)
        for rows, column in pieces:
            below[rows] = column.below
        return below
