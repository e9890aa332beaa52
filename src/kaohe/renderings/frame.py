"""The rows over which an expression is computed: figures, points and comparison pools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.numbers.absence import Absence, Cell


@dataclass(frozen=True, slots=True)
class Frame:
    """One indicator over `n` subjects.

    `facets` and `points` are columns of length n; a facet that is not there is empty everywhere.
    `pool_of[row]` numbers the row's comparison pool; `pools[number]` lists the rows in it.
    """

    facets: Mapping[str, Sequence[Cell]]
    points: Sequence[Fraction]
    pool_of: Sequence[int]
    pools: Sequence[Sequence[int]]

    def __len__(self) -> int:
        return len(self.points)

    def column(self, facet: str) -> Sequence[Cell]:
        """The cells of one facet, row by row."""
        missing: Cell = Absence.NO_TARGET if facet == "target" else Absence.EMPTY
        return self.facets.get(facet) or [missing] * len(self)
