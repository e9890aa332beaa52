"""Decisions near their edge, settled exactly.

A float column knows each figure only within an error. Where that leaves a decision open, the
figure is had back as a fraction: from a known denominator, one column operation for all open rows
(`numerator = rint(figure × denominator)` is exact while `error × denominator` is below a quarter),
and by the exact rendering for the few rows whose denominator is unknown or too large.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from kaohe.expressions import nodes
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import ROUND_QUOTIENT, RoundingMode, scale_fraction
from kaohe.renderings.arrays.bounded import Bounded, round_off
from kaohe.renderings.arrays.columns import ColumnFrame, FacetColumn, Floats, Integers, Mask
from kaohe.renderings.arrays.denominators import Denominators
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame

MISSING_SCORE = int(np.iinfo(np.int64).min)
_SAFE_INTEGER = float(2**62)


class TooManyDigits(ValueError):
    """A rounded figure is too long for a column; `number` says of which of several indicators."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__("figures of more than 62 bits cannot be rounded as columns")
        self.number = number


@dataclass
class Settler:
    """Settles open decisions over one frame; `compute` gives the float column of a node."""

    frame: ColumnFrame
    compute: Callable[[nodes.Node], Bounded]
    _denominators: Denominators = field(init=False)

    def __post_init__(self) -> None:
        self._denominators = Denominators(self.frame, self.compute)

    def compare_to_zero(self, node: nodes.Node, column: Bounded) -> Integers:
        """The sign of each figure: −1, 0 or 1 (0 where missing)."""
        figures = np.where(np.isnan(column.figures), 0.0, column.figures)
        signs = np.sign(figures).astype(np.int64)
        is_open = (np.abs(column.figures) <= column.error) & (column.error > 0)
        self._settle(
            signs,
            _Open(node, column, is_open),
            _Decision(_sign_of, lambda value: (value > 0) - (value < 0)),
        )
        return signs

    def compare_to(self, node: nodes.Node, column: Bounded, edge: Fraction) -> Integers:
        """The sign of each figure less an edge: −1, 0 or 1 (0 where missing)."""
        gap = column - round_off(np.full(len(self.frame), float(edge)))
        return self.compare_to_zero(nodes.Subtract(node, nodes.Constant(edge)), gap)

    def round_figures(
        self, node: nodes.Node, column: Bounded, decimals: int, mode: RoundingMode
    ) -> Integers:
        """Rounded figures as whole numbers of 10**-decimals; MISSING_SCORE where missing.

        Raises TooManyDigits where one has more than 62 bits.
        """
        known = ~np.isnan(column.figures)
        scaled = np.where(known, column.figures, 0.0) * 10.0**decimals
        edge = scaled - 0.5 if mode.startswith("half") else scaled
        margin = column.error * 10.0**decimals + np.abs(scaled) * 2.0**-51
        is_open = known & ~(np.abs(edge - np.rint(edge)) > margin)
        if (np.abs(scaled[~is_open]) >= _SAFE_INTEGER).any():
            raise TooManyDigits
        rounded = _ROUND_FLOATS[mode](scaled).astype(np.int64)
        ratios = 10 ** max(decimals, 0), 10 ** max(-decimals, 0)
        self._settle(
            rounded,
            _Open(node, column, is_open),
            _Decision(
                lambda above, below: round_ratios(above * ratios[0], below * ratios[1], mode),
                lambda value: scale_fraction(value, decimals, mode),
                factor=2 * max(ratios),
            ),
        )
        rounded[~known] = MISSING_SCORE
        return rounded

    def find_band(self, node: nodes.Bands, column: Bounded) -> Integers:
        """How many lower edges each figure has reached."""
        reached = np.zeros(len(self.frame), dtype=np.int64)
        for edge in node.edges:
            reached += self.compare_to(node.of, column, edge) >= 0
        return reached

    def make_sort_keys(self, node: nodes.Node) -> Floats:
        """Figures replaced by whole numbers in the same exact order; NaN stays."""
        values = self.exact_values(node, np.arange(len(self.frame)))
        order = sorted({value for value in values if isinstance(value, Fraction)})
        place = {value: float(number) for number, value in enumerate(order)}
        return np.array([place.get(value, np.nan) for value in values])

    def exact_values(self, node: nodes.Node, rows: Integers) -> list[Any]:
        """The exact rendering's values of a node in the given rows."""
        if any(isinstance(part, nodes.Peer | nodes.Rank | nodes.PlacePoints)
               for part in nodes.iterate_nodes(node)):  # fmt: skip
            values = evaluate(node, _exact_frame(self.frame, range(len(self.frame)))).values
            return [values[row] for row in rows]
        return list(evaluate(node, _exact_frame(self.frame, rows.tolist())).values)

    def _settle(self, decided: Integers, question: "_Open", decision: "_Decision") -> None:
        rows = np.flatnonzero(question.is_open)
        if not len(rows):
            return
        below = self._denominators.find(question.node)[rows]
        above = np.rint(question.column.figures[rows] * below)
        fits = (np.abs(above) + below) * decision.factor < _SAFE_INTEGER
        known = (below > 0) & (question.column.error[rows] * below < 0.25) & fits
        decided[rows[known]] = decision.by_columns(
            above[known].astype(np.int64), below[known].astype(np.int64)
        )
        rest = rows[~known]
        values = self.exact_values(question.node, rest) if len(rest) else []
        for row, value in zip(rest, values, strict=True):
            decided[row] = _hold_whole(decision.exactly(value))


@dataclass(frozen=True)
class _Open:
    """A decision left open in some rows of a node's column."""

    node: nodes.Node
    column: Bounded
    is_open: Mask


@dataclass(frozen=True)
class _Decision:
    """A decision over numerators and denominators, the same over one fraction, and its growth."""

    by_columns: Callable[[Integers, Integers], Integers]
    exactly: Callable[[Fraction], int]
    factor: int = 1


def _hold_whole(number: int) -> int:
    if abs(number) >= _SAFE_INTEGER:
        raise TooManyDigits
    return number


def _sign_of(above: Integers, _: Integers) -> Integers:
    return np.sign(above)


def round_ratios(above: Integers, below: Integers, mode: RoundingMode) -> Integers:
    """Quotients rounded to whole numbers, of int64 (twice a divisor must fit) or of Python's integers."""
    whole = above // below
    rest = above - whole * below
    return np.where(rest == 0, whole, ROUND_QUOTIENT[mode](whole, rest, below))


# For figures that are surely on one side of every edge, where all ways to treat halves agree.
_ROUND_FLOATS: dict[RoundingMode, Callable[[Floats], Floats]] = {
    "half_up": np.rint,
    "half_even": np.rint,
    "up": lambda figures: np.copysign(np.ceil(np.abs(figures)), figures),
    "down": np.trunc,
    "floor": np.floor,
    "ceil": np.ceil,
}


def _exact_frame(frame: ColumnFrame, rows: Sequence[int]) -> Frame:
    pools: dict[int, list[int]] = {}
    codes = [int(frame.pool_codes[row]) for row in rows]
    members = frame.pools.members
    for position, (row, code) in enumerate(zip(rows, codes, strict=True)):
        pool = pools.setdefault(code, [])
        if members is None or members[row]:
            pool.append(position)
    number = {code: place for place, code in enumerate(pools)}
    return Frame(
        facets={name: _exact_cells(column, rows) for name, column in frame.facets.items()},
        points=[frame.points.exact(row) for row in rows],
        pool_of=[number[code] for code in codes],
        pools=list(pools.values()),
    )


def _exact_cells(column: FacetColumn, rows: Sequence[int]) -> list[Fraction | Absence]:
    return [Absence.EMPTY if np.isnan(column.figures[row]) else column.exact(row) for row in rows]
