"""Curves, steps, rounding and means, for k expressions at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.arrays.block_pieces import Leaf, Numbers, Piece, View, with_gaps
from kaohe.renderings.arrays.certified import (
    UNIT,
    Bound,
    bound_product,
    bound_quotient,
    bound_sum,
    reduce_by,
)
from kaohe.renderings.arrays.columns import Floats

if TYPE_CHECKING:
    from kaohe.renderings.arrays.block_run import BlockRun


class Curved(Piece):
    """A piecewise linear curve: the first ordinate, and each segment's slope times what lies in it."""

    def __init__(
        self, of: Piece, xs: Numbers, ys: Numbers, slopes: Numbers, *, flat: tuple[bool, bool]
    ) -> None:
        super().__init__(of)
        self.of, self.xs, self.ys, self.slopes, self.flat = of, xs, ys, slopes, flat

    def bound(self, run: "BlockRun") -> Bound:
        inside, xs, ys = run.bound(self.of), run.bound(self.xs), run.bound(self.ys)
        steepest = run.bound(self.slopes).size
        reach = np.where(all(self.flat), xs.size, np.maximum(inside.size, xs.size))
        rise = steepest * (reach + xs.size)
        low = ys.low if all(self.flat) else np.minimum(ys.low, -ys.size - rise)
        high = ys.high if all(self.flat) else np.maximum(ys.high, ys.size + rise)
        count = self.slopes.figures.shape[1]
        error = inside.noise * steepest + (ys.size + rise * count) * (UNIT * 4 * (count + 1))
        scaled = bound_product(inside, run.bound(self.slopes))
        return Bound(
            low, high, error, np.full_like(error, np.inf),
            scaled.whole, scaled.factors, inside.gaps,
        )  # fmt: skip

    def compute(self, _: "BlockRun", view: View) -> Floats:
        inside = view.get(self.of)
        xs, slopes = self.xs.figures, self.slopes.figures
        figures, last = self.ys.figures[:, :1], slopes.shape[1] - 1
        for number in range(last + 1):
            start, reach = xs[:, number : number + 1], inside
            if number < last or self.flat[1]:
                reach = np.minimum(reach, xs[:, number + 1 : number + 2])
            if number or self.flat[0]:
                reach = np.maximum(reach, start)
            figures = figures + slopes[:, number : number + 1] * (reach - start)
        return figures


class Counted(Piece):
    """How many whole steps are in a quotient."""

    def __init__(self, quotient: Piece, *, ceil: bool) -> None:
        super().__init__(quotient)
        self.quotient, self.ceil = quotient, ceil

    def bound(self, run: "BlockRun") -> Bound:
        inside = run.bound(self.quotient)
        run.require(inside, at=self)
        nothing = np.zeros_like(inside.low)
        return Bound(
            np.floor(inside.low) - 1, np.ceil(inside.high) + 1,
            nothing, nothing, nothing + 1, {}, inside.gaps,
        )  # fmt: skip

    def compute(self, run: "BlockRun", view: View) -> Floats:
        inside, margin = view.get(self.quotient), run.margins[self]
        return np.ceil(inside - margin) if self.ceil else np.floor(inside + margin)


class Rounded(Piece):
    """A figure rounded; `scaled` leaves it as a whole number of units of its last decimal."""

    def __init__(
        self, of: Piece, decimals: int, mode: RoundingMode, *, scaled: bool = False
    ) -> None:
        super().__init__(of)
        self.of, self.decimals, self.mode, self.scaled = of, decimals, mode, scaled
        self._scale = 10.0 ** abs(decimals)

    def bound(self, run: "BlockRun") -> Bound:
        inside = run.bound(self.of)
        units = self._bound_units(inside)
        halves = (
            units if not self.mode.startswith("half") else replace(units, whole=units.whole * 2)
        )
        run.require(halves, at=self)
        nothing = np.zeros_like(inside.low)
        low, high = np.floor(units.low) - 1, np.ceil(units.high) + 1
        if self.scaled:
            return Bound(low, high, nothing, nothing, nothing + 1, {}, inside.gaps)
        unit = nothing + UNIT
        if self.decimals < 0:
            low, high = low * self._scale, high * self._scale
            return Bound(low, high, nothing, unit, nothing + 1, {}, inside.gaps)
        low, high = low / self._scale, high / self._scale
        size = np.maximum(np.abs(low), np.abs(high))
        return Bound(low, high, size * UNIT, unit, nothing + self._scale, {}, inside.gaps)

    def _bound_units(self, inside: Bound) -> Bound:
        """The figure in units of the last decimal, with room for the sum that finds its half."""
        whole = inside.whole
        if self.decimals < 0:
            low, high = inside.low / self._scale, inside.high / self._scale
            noise, whole = inside.noise / self._scale, whole * self._scale
        else:
            low, high = inside.low * self._scale, inside.high * self._scale
            noise, whole = inside.noise * self._scale, reduce_by(whole, self._scale)
        size = np.maximum(np.abs(low), np.abs(high))
        error = noise + (size + 1) * (3 * UNIT)
        return Bound(
            low, high, error, np.full_like(low, np.inf), whole, inside.factors, inside.gaps
        )

    def compute(self, run: "BlockRun", view: View) -> Floats:
        inside = view.get(self.of)
        units = inside * self._scale if self.decimals >= 0 else inside / self._scale
        rounding = _ROUND[self.mode]
        if self.mode == "half_up" and (run.bound(self.of).low >= 0).all():
            rounding = _round_half_upwards
        wholes = rounding(units, run.margins[self])
        if self.scaled:
            return wholes
        return wholes / self._scale if self.decimals >= 0 else wholes * self._scale


def _round_half_upwards(units: Floats, margin: Floats) -> Floats:
    wholes: Floats = np.floor(units + (0.5 + margin))
    return wholes


def _round_half_up(units: Floats, margin: Floats) -> Floats:
    wholes: Floats = np.copysign(_round_half_upwards(np.abs(units), margin), units)
    return wholes


def _round_half_even(units: Floats, margin: Floats) -> Floats:
    wholes = _round_half_upwards(units, margin)
    is_half = np.abs(wholes - units - 0.5) < margin
    even: Floats = wholes - (is_half & (wholes % 2 == 1))
    return even


def _round_away(units: Floats, margin: Floats) -> Floats:
    wholes: Floats = np.copysign(np.ceil(np.abs(units) - margin), units)
    return wholes


def _round_towards(units: Floats, margin: Floats) -> Floats:
    wholes: Floats = np.copysign(np.floor(np.abs(units) + margin), units)
    return wholes


_ROUND: dict[RoundingMode, Callable[[Floats, Floats], Floats]] = {
    "half_up": _round_half_up,
    "half_even": _round_half_even,
    "up": _round_away,
    "down": _round_towards,
    "floor": lambda units, margin: np.floor(units + margin),
    "ceil": lambda units, margin: np.ceil(units - margin),
}


class Mean(Piece):
    """A weighted mean that leaves out what is missing and renormalises the weights."""

    def __init__(self, terms: Sequence[Piece], weights: Sequence[Piece]) -> None:
        super().__init__(*terms, *weights)
        self.pairs = list(zip(terms, weights, strict=True))

    def bound(self, run: "BlockRun") -> Bound:
        parts = [bound_product(run.bound(term), run.bound(weight)) for term, weight in self.pairs]
        weights = [run.bound(weight) for _, weight in self.pairs]
        for term, _ in self.pairs:  # elsewhere a refused term could not be told from a missing one
            if run.bound(term).gaps and not isinstance(term, Leaf):
                run.give_up()
        above = _or_nothing(reduce(bound_sum, map(_or_nothing, parts)))
        below = reduce(bound_sum, map(_or_nothing, weights))
        run.require(below, at=self)
        quotient = bound_quotient(above, below, least=1 / below.denominator, divisor=self)
        return with_gaps(quotient)

    def compute(self, run: "BlockRun", view: View) -> Floats:
        above = below = np.zeros((1, 1))
        for term, weight in self.pairs:
            figures, share = view.get(term), view.get(weight)
            if run.bound(term).gaps:
                is_there = ~np.isnan(figures)
                share = share * is_there
                figures = np.where(is_there, figures, 0.0)
            above, below = above + figures * share, below + share
        return above / np.where(np.abs(below) < run.margins[self], np.nan, below)


def _or_nothing(bound: Bound) -> Bound:
    """The same, of figures of which some may be left out of a sum."""
    low, high = np.minimum(bound.low, 0.0), np.maximum(bound.high, 0.0)
    return bound.within(low, high)
