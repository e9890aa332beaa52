"""Decisions near their edge, settled exactly.

A float column knows each figure only within an error. Where that leaves a decision open, the
figure is had back as a fraction: from a known denominator, one column operation for all open rows
(`numerator = rint(figure × denominator)` is exact while `error × denominator` is below a quarter),
and by the exact rendering for the few rows whose denominator is unknown or too large.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from kaohe.expressions import nodes
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import scale_fraction
from kaohe.renderings.columns import ColumnFrame, FacetColumn, Floats, Integers
from kaohe.renderings.denominators import Denominators
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame

MISSING_SCORE = int(np.iinfo(np.int64).min)
_SAFE_INTEGER = float(2**62)
Mask = npt.NDArray[np.bool_]


class BoundedFigures(Protocol):
    """Float figures with a bound on their error."""

    @property
    def figures(self) -> Floats: ...

    @property
    def error(self) -> float: ...


@dataclass
class Settler:
    """Settles open decisions over one frame; `compute` gives the float column of a node."""

    frame: ColumnFrame
    compute: Callable[[nodes.Node], BoundedFigures]
    _denominators: Denominators = field(init=False)

    def __post_init__(self) -> None:
        self._denominators = Denominators(self.frame, self.compute)

    def compare_to_zero(self, node: nodes.Node, column: BoundedFigures) -> Integers:
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

    def round_half_up(self, node: nodes.Node, column: BoundedFigures, decimals: int) -> Integers:
        """Figures rounded half away from zero, as whole numbers of 10**-decimals."""
        scale = 10.0**decimals
        size = np.abs(column.figures) * scale + 0.5
        known = ~np.isnan(size)
        rounded = np.where(known, np.sign(column.figures) * np.floor(size), 0.0).astype(np.int64)
        margin = column.error * scale + np.where(known, size, 0.0) * 2.0**-51
        self._settle(
            rounded,
            _Open(node, column, known & (np.abs(size - np.rint(size)) <= margin)),
            _Decision(
                lambda above, below: _round_ratios(above, below, 10**decimals),
                lambda value: scale_fraction(value, decimals, "half_up"),
                factor=2 * 10**decimals,
            ),
        )
        rounded[~known] = MISSING_SCORE
        return rounded

    def round_whole(self, node: nodes.Node, column: BoundedFigures, mode: str) -> Floats:
        """Figures rounded down (floor) or up (ceil) to whole numbers; NaN stays."""
        rounding = np.floor if mode == "floor" else np.ceil
        known = ~np.isnan(column.figures)
        whole = rounding(np.where(known, column.figures, 0.0)).astype(np.int64)
        is_open = known & (np.abs(column.figures - np.rint(column.figures)) <= column.error)
        self._settle(
            whole,
            _Open(node, column, is_open),
            _Decision(
                (lambda above, below: above // below)
                if mode == "floor"
                else (lambda above, below: -(-above // below)),
                Fraction.__floor__ if mode == "floor" else Fraction.__ceil__,
            ),
        )
        return np.where(known, whole.astype(np.float64), np.nan)

    def find_band(self, node: nodes.Bands) -> Integers:
        """How many lower edges each figure has reached."""
        reached = np.zeros(len(self.frame), dtype=np.int64)
        for edge in node.edges:
            gap = nodes.Subtract(node.of, nodes.Constant(edge))
            reached += self.compare_to_zero(gap, self.compute(gap)) >= 0
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
        known = (below > 0) & (question.column.error * below < 0.25) & fits
        decided[rows[known]] = decision.by_columns(
            above[known].astype(np.int64), below[known].astype(np.int64)
        )
        rest = rows[~known]
        values = self.exact_values(question.node, rest) if len(rest) else []
        for row, value in zip(rest, values, strict=True):
            decided[row] = decision.exactly(value)


@dataclass(frozen=True)
class _Open:
    """A decision left open in some rows of a node's column."""

    node: nodes.Node
    column: BoundedFigures
    is_open: Mask


@dataclass(frozen=True)
class _Decision:
    """A decision over numerators and denominators, the same over one fraction, and its growth."""

    by_columns: Callable[[Integers, Integers], Integers]
    exactly: Callable[[Fraction], int]
    factor: int = 1


def _sign_of(above: Integers, _: Integers) -> Integers:
    return np.sign(above)


def _round_ratios(above: Integers, below: Integers, scale: int) -> Integers:
    rounded: Integers = np.sign(above) * ((2 * scale * np.abs(above) + below) // (2 * below))
    return rounded


def _exact_frame(frame: ColumnFrame, rows: Sequence[int]) -> Frame:
    pools: dict[int, list[int]] = {}
    codes = [int(frame.pool_codes[row]) for row in rows]
    for position, code in enumerate(codes):
        pools.setdefault(code, []).append(position)
    number = {code: place for place, code in enumerate(pools)}
    return Frame(
        facets={name: _exact_cells(column, rows) for name, column in frame.facets.items()},
        points=[frame.points.exact(row) for row in rows],
        pool_of=[number[code] for code in codes],
        pools=list(pools.values()),
    )


def _exact_cells(column: FacetColumn, rows: Sequence[int]) -> list[Fraction | Absence]:
    return [Absence.EMPTY if np.isnan(column.figures[row]) else column.exact(row) for row in rows]
