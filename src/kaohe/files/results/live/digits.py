"""To how many decimals the figures of a block can be trusted once they are doubles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor, log10

from kaohe.expressions.nodes import Node
from kaohe.numbers.absence import Cell
from kaohe.numbers.rounding import round_fraction
from kaohe.renderings.frame import Frame
from kaohe.renderings.workbook.grid import measure_digits

_KEPT, _MOST = 12, 12
_UNIT = 2.0**-52


def trust_digits(frame: Frame) -> Callable[[Node], int]:
    """For a node, the decimals at which its figures over the frame still tell from noise.

    Figures that no double keeps, such as means of many marks, are measured at what it does keep.
    """
    try:
        return measure_digits(frame)
    except ValueError:
        return measure_digits(_shorten(frame))


def _shorten(frame: Frame) -> Frame:
    facets = {name: _shorten_column(cells) for name, cells in frame.facets.items()}
    points = [each for each in _shorten_column(frame.points) if isinstance(each, Fraction)]
    return replace(frame, facets=facets, points=points)


def _shorten_column(cells: Sequence[Cell]) -> list[Cell]:
    largest = max((abs(cell) for cell in cells if isinstance(cell, Fraction)), default=Fraction(0))
    kept = _KEPT - len(str(int(largest)))
    return [
        round_fraction(cell, max(kept, 0)) if isinstance(cell, Fraction) else cell for cell in cells
    ]


def trust_sum(figures: Iterable[Fraction | None], operations: int) -> int:
    """The decimals at which sums of so many terms, as large as these figures, tell from noise."""
    largest = max((abs(each) for each in figures if each is not None), default=Fraction(0))
    error = float(max(largest, Fraction(1))) * (operations + 1) * _UNIT
    return min(max(floor(-log10(2 * error)), 0), _MOST)
